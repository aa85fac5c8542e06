"""Briefing people: what is refused, what is frozen, who gets what, and what a dead process leaves."""

import logging
from datetime import UTC, datetime, timedelta

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.message import Mould
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import invite, make_group, make_person, make_promised_session
from sessions.actions.brief import (
    brief_newcomers,
    plan_briefing,
    post_test,
    suggested_send_at,
    take_back,
)
from sessions.actions.invite import withdraw_invitation
from sessions.actions.planned import run_due
from sessions.actions.send import send_briefing
from sessions.audience import obstacles, ways
from sessions.models import (
    Briefing,
    BriefingCopy,
    BriefingKind,
    BriefingStatus,
    Invitation,
    SessionGroup,
    Status,
)
from stakeholders.actions.access import token_of
from stakeholders.models import AccessLink, Channel, Person, SeedGroup


@pytest.fixture
def session(workspace, anna):
    return make_promised_session(workspace=workspace, contact=anna, days=60)


def send_all(briefing):
    steps = 0
    while send_briefing(briefing.pk):
        steps += 1
    briefing.refresh_from_db()
    return steps


def many(session, count, *, groups=(SeedGroup.COMPANIES,), languages=("en",)):
    """`count` people in few queries, dealt over groups and languages."""
    workspace = session.workspace
    rows = [make_group(workspace=workspace, key=key) for key in groups]
    people = Person.objects.bulk_create(
        Person(
            workspace=workspace,
            name=f"Guest {number}",
            email=f"guest{number}@example.org",
            language=languages[number % len(languages)],
        )
        for number in range(count)
    )
    Invitation.objects.bulk_create(
        Invitation(session=session, person=person, group=rows[number // len(languages) % len(rows)])
        for number, person in enumerate(people)
    )
    for row in rows:
        SessionGroup.objects.create(
            session=session, group=row, why_you=f"you know {row.label}", what_we_ask=f"speak for {row.label}"
        )


def test_a_briefing_goes_out_whole(session, anna):
    invitation = invite(session=session)

    briefing = plan_briefing(session=session, by=anna)
    session.refresh_from_db()
    assert session.status == Status.PLANNED
    send_all(briefing)

    session.refresh_from_db()
    invitation.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert briefing.status == BriefingStatus.SENT
    assert session.status == Status.INVITING
    assert invitation.sent_at is not None
    assert BriefingCopy.objects.get().file.pdf.media_type == "application/pdf"
    assert mail.key == f"session:{session.pk}:briefing:{briefing.pk}:person:{invitation.person_id}"
    assert mail.from_name == "Anna de Boer (Home & Table)"
    assert mail.reply_to == "anna@example.org"
    assert mail.useless_after == session.starts_at
    names = mail.body.attachments.order_by("position").values_list("filename", flat=True)
    assert list(names) == ["information.pdf", "meeting.ics"]


@pytest.mark.slow
@pytest.mark.postgres
def test_a_thousand_people_with_six_contents_take_six_pdfs(session, anna, caplog):
    groups = (SeedGroup.COMPANIES, SeedGroup.NGOS, SeedGroup.UNIONS)
    many(session, 1000, groups=groups, languages=("en", "nl"))
    caplog.set_level(logging.INFO, logger="sessions.actions.send")

    briefing = plan_briefing(session=session, by=anna)
    steps = send_all(briefing)

    rendered = [record for record in caplog.records if "rendered" in record.message]
    assert len(rendered) == 6
    assert steps == 6
    assert briefing.files.count() == 6
    assert len(set(briefing.files.values_list("pdf", flat=True))) == 6
    assert OutgoingMail.objects.count() == 1000
    assert OutgoingMail.objects.values("body").distinct().count() == 6
    assert AccessLink.objects.count() == 1000


def test_the_first_content_is_written_down_before_the_second_is_rendered(session, anna):
    many(session, 4, groups=(SeedGroup.COMPANIES, SeedGroup.NGOS))
    briefing = plan_briefing(session=session, by=anna)

    assert send_briefing(briefing.pk)

    assert OutgoingMail.objects.count() == 2
    assert briefing.files.count() == 1


@pytest.mark.postgres
def test_sending_goes_on_where_a_dead_process_stopped(session, anna):
    many(session, 6, groups=(SeedGroup.COMPANIES, SeedGroup.NGOS, SeedGroup.UNIONS))
    briefing = plan_briefing(session=session, by=anna)
    send_briefing(briefing.pk)
    # as if it died after rendering, before the commit: the kept file is all that is left
    before = set(OutgoingMail.objects.values_list("key", "message_id"))

    send_all(briefing)
    send_all(briefing)

    after = set(OutgoingMail.objects.values_list("key", "message_id"))
    assert before < after
    assert len(after) == 6
    assert briefing.files.count() == 3


def test_the_tick_goes_on_with_what_was_interrupted(session, anna, django_capture_on_commit_callbacks):
    many(session, 2, groups=(SeedGroup.COMPANIES, SeedGroup.NGOS))
    briefing = plan_briefing(session=session, by=anna)
    send_briefing(briefing.pk)

    run_due()

    assert Briefing.objects.get().status == BriefingStatus.SENDING
    send_all(briefing)
    assert briefing.status == BriefingStatus.SENT


def test_a_planned_briefing_waits_for_its_moment(session, anna):
    invite(session=session)
    briefing = plan_briefing(session=session, by=anna, send_at=clock.now() + timedelta(days=2))

    assert not send_briefing(briefing.pk)

    assert not OutgoingMail.objects.exists()
    with clock.at(clock.now() + timedelta(days=2, minutes=1)):
        send_all(briefing)
    assert OutgoingMail.objects.count() == 1


def test_what_was_saved_before_it_leaves_goes_along(session, anna):
    invite(session=session)
    briefing = plan_briefing(session=session, by=anna)
    session.goal = "another list"
    session.save(update_fields=["goal"])

    send_all(briefing)

    assert "at the end we have together another list." in OutgoingMail.objects.get().body.text


def test_planning_twice_is_one_briefing(session, anna):
    invite(session=session)

    first = plan_briefing(session=session, by=anna, send_at=clock.now() + timedelta(days=1))
    second = plan_briefing(session=session, by=anna, send_at=clock.now() + timedelta(days=2))

    assert first.pk == second.pk
    assert second.version == 1
    assert second.planned_for > first.planned_for


def test_it_is_taken_back_until_it_leaves(session, anna):
    invite(session=session)
    briefing = plan_briefing(session=session, by=anna, send_at=clock.now() + timedelta(days=1))

    take_back(briefing=briefing, by=anna)

    session.refresh_from_db()
    assert session.status == Status.DRAFT
    assert not send_briefing(briefing.pk)
    with pytest.raises(DomainError, match="cannot be taken back"):
        take_back(briefing=briefing, by=anna)


def test_it_cannot_be_taken_back_or_planned_again_once_it_left(session, anna):
    invite(session=session)
    briefing = plan_briefing(session=session, by=anna)
    send_all(briefing)
    session.refresh_from_db()

    with pytest.raises(DomainError, match="on its way"):
        take_back(briefing=briefing, by=anna)
    with pytest.raises(DomainError, match="gone out already"):
        plan_briefing(session=session, by=anna)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"goal": ""}, "Say what the goal is."),
        ({"influence": ""}, "Say which influence people have."),
        ({"decides": "advice"}, "Say how is decided, or on which date people get the rules."),
        ({"contact_email": ""}, "Say who people can call or mail: a name and an e-mail address."),
        ({"starts_at": None, "ends_at": None}, "Give the date of the meeting, or let people choose one."),
        ({"goal": "a list 漢"}, "These characters cannot be printed: 漢. Leave them out"),
    ],
)
def test_an_incomplete_promise_is_refused(workspace, anna, fields, sentence):
    session = make_promised_session(workspace=workspace, contact=anna, **fields)
    invite(session=session)

    with pytest.raises(DomainError) as refused:
        plan_briefing(session=session, by=anna)

    assert str(refused.value).startswith(sentence)
    assert not Briefing.objects.exists()


def test_a_moment_in_the_past_and_an_empty_list_are_refused(session, workspace, anna):
    assert obstacles(session) == ["There is nobody to send this to yet."]
    invite(session=session)
    assert obstacles(session) == []
    with pytest.raises(DomainError, match="still to come"):
        plan_briefing(session=session, by=anna, send_at=clock.now() - timedelta(hours=1))
    with pytest.raises(DomainError, match="after the meeting has begun"):
        plan_briefing(session=session, by=anna, send_at=session.starts_at)
    past = make_promised_session(workspace=workspace, contact=anna, days=-3)
    invite(session=past)
    with pytest.raises(DomainError, match="moment in the past"):
        plan_briefing(session=past, by=anna)


def test_letters_and_calls_get_their_version_without_a_mail(session, workspace, anna):
    letter = make_person(
        workspace=workspace, channel=Channel.LETTER, street="Road 1", city="Utrecht", language="en"
    )
    phone = make_person(workspace=workspace, channel=Channel.PHONE, phone="06 1", language="en")
    invite(session=session, person=letter)
    invite(session=session, person=phone)
    invite(session=session, call_first=True)

    counted = ways(session)
    send_all(plan_briefing(session=session, by=anna))

    assert (counted.mails, counted.letters, counted.calls, counted.call_first) == (1, 1, 1, 1)
    assert OutgoingMail.objects.count() == 1
    assert BriefingCopy.objects.filter(file__isnull=False).count() == 3
    assert Invitation.objects.filter(sent_at__isnull=False).count() == 3


def test_an_intermediary_gets_one_mail_about_all_of_them(session, workspace, anna):
    helper = make_person(workspace=workspace, name="Ananya", language="nl")
    for number in range(6):
        person = make_person(
            workspace=workspace,
            name=f"Pseudonym {number}",
            channel=Channel.INTERMEDIARY,
            intermediary=helper,
            language="hi",
        )
        invite(session=session, person=person, group=SeedGroup.WORKERS)

    send_all(plan_briefing(session=session, by=anna))

    mail = OutgoingMail.objects.get()
    link = AccessLink.objects.get()
    assert mail.to_email == helper.email
    assert mail.link_ref == link.reference
    assert link.person == helper
    assert "6 people are invited through you" in mail.body.text or "6 mensen" in mail.body.text
    assert "Pseudonym" not in mail.body.text + mail.body.html


def test_a_newcomer_gets_the_same_version_whole(session, anna):
    invite(session=session)
    SessionGroup.objects.filter(session=session).update(what_we_ask="tell us what you see")
    briefing = plan_briefing(session=session, by=anna)
    send_all(briefing)
    SessionGroup.objects.filter(session=session).update(what_we_ask="something else")
    invite(session=session, sent_at=None)

    assert brief_newcomers(session=session, by=anna) == 1
    send_all(briefing)

    assert OutgoingMail.objects.count() == 2
    assert set(BriefingCopy.objects.values_list("what_we_ask", flat=True)) == {"tell us what you see"}
    assert briefing.files.count() == 1
    assert brief_newcomers(session=session, by=anna) == 0


def test_who_is_withdrawn_meanwhile_gets_nothing(session, anna):
    invitation = invite(session=session)
    invite(session=session)
    briefing = plan_briefing(session=session, by=anna)
    withdraw_invitation(invitation=invitation, by=anna)

    send_all(briefing)

    assert OutgoingMail.objects.count() == 1


def test_own_words_make_a_pdf_of_their_own(session, anna):
    invite(session=session)
    invite(session=session, what_we_ask="bring your contracts", opening_line="We met in Leiden.")
    briefing = plan_briefing(session=session, by=anna)

    send_all(briefing)

    assert briefing.files.count() == 2
    lines = sorted(mail.personal.get("opening", "") for mail in OutgoingMail.objects.all())
    assert lines == ["", "We met in Leiden."]


def test_nothing_personal_is_in_pdf_calendar_or_kept_body(session, anna):
    person = invite(session=session, opening_line="We met.").person
    send_all(plan_briefing(session=session, by=anna))
    mail = OutgoingMail.objects.get()
    token = token_of(AccessLink.objects.get())

    message = Mould(mail.body).cast(mail)
    kept = b"".join(store.read(each.file_id) for each in mail.body.attachments.all())

    assert token.encode() in message.replace(b"=\r\n", b"")
    assert token not in mail.body.html + mail.body.text
    assert person.name not in mail.body.html + mail.body.text
    for secret in (token, person.name, person.email):
        assert secret.encode() not in kept
    assert b"/g/" not in kept


def test_a_test_to_myself_is_marked_and_not_doubled(session, workspace, anna):
    invitation = invite(session=session)
    for _click in range(2):
        post_test(
            session=session,
            kind=BriefingKind.INVITATION,
            group=invitation.group_id,
            by=anna,
            minute="202611211200",
        )

    mail = OutgoingMail.objects.get()
    assert mail.to_email == anna.email
    assert mail.body.subject.startswith("Test: ")
    assert "This is a test to yourself." in mail.body.text
    assert mail.link_ref == ""
    session.refresh_from_db()
    assert session.status == Status.DRAFT


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        (datetime(2026, 11, 20, 7, 0, tzinfo=UTC), datetime(2026, 11, 20, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        (datetime(2026, 11, 22, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
    ],
)
def test_the_suggested_moment_is_nine_on_a_working_day(session, now, moment):
    with clock.at(now):
        assert suggested_send_at(session) == moment


def test_actors_are_ids_in_the_trail(session, anna):
    invite(session=session)
    briefing = plan_briefing(session=session, by=anna)
    send_all(briefing)

    verbs = list(
        session.workspace.audit_events.filter(verb__startswith="briefing").values_list("verb", "actor_kind")
    )
    assert verbs == [
        ("briefing_planned", Actor.user(anna).kind),
        ("briefing_sending", "system"),
        ("briefing_sent", "system"),
    ]
