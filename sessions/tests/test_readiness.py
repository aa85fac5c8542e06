"""Every check appears when its thing is missing and goes when it is mended."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from dialoog.kernel import clock
from dialoog.kernel.audit.models import AuditEvent
from dialoog.kernel.errors import DomainError
from dialoog.testing.factories import (
    answer,
    ask,
    invite,
    make_agenda_item,
    make_briefing,
    make_commitment,
    make_organisation,
    make_outcome,
    make_person,
    make_promised_session,
    make_sent_session,
    make_session,
    make_wish,
)
from sessions.actions.invite import explain_absence
from sessions.actions.readiness import bring_back, put_aside, put_off
from sessions.actions.translate import keep_text
from sessions.models import (
    Absence,
    Answer,
    Attendance,
    BriefingKind,
    Contribution,
    DecisionProcedure,
    DialogueSession,
    Endorsement,
    Status,
)
from sessions.readiness import purpose
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Severity, State
from sessions.readiness.programme import completeness
from sessions.readiness.registry import open_findings, step_states
from sessions.telling import promise_digest
from sessions.translations import sources_of
from stakeholders.models import Channel, Mode, SeedGroup

RULES = {"method": "vote", "quorum": 3, "fallback": "adopter", "tie_rule": "both"}


def ids(session):
    found = open_findings(_fresh(session))
    return {one.id for one in [*found.blocking, *found.shown, *found.rest]}


def titles(session):
    found = open_findings(_fresh(session))
    return {one.title for one in [*found.blocking, *found.shown, *found.rest]}


def put(session, **fields):
    DialogueSession.objects.filter(pk=session.pk).update(**fields)


def rules(session, **fields):
    DecisionProcedure.objects.update_or_create(session=session, defaults={**RULES, **fields})


def _fresh(session):
    return DialogueSession.objects.with_workspace().get(pk=session.pk)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The words below are the source's, whatever language a test before this one left behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def draft(workspace):
    """A draft with a complete promise and two people."""
    session = make_promised_session(workspace=workspace)
    for group in (SeedGroup.COMPANIES, SeedGroup.NGOS):
        invite(session=session, group=group)
    session.groups.update(why_you="You know the trade.", what_we_ask="Name three risks.")
    return session


@pytest.fixture
def sent(workspace):
    """An invitation that went out, a month before the meeting."""
    session = make_sent_session(workspace=workspace)
    for _number in range(4):
        invite(session=session)
    return session


@pytest.mark.parametrize(
    ("check", "broken", "whole"),
    [
        ("title", {"title": ""}, {"title": "Risks"}),
        ("T24", {"goal": ""}, {"goal": "a list."}),
        ("T25", {"use_of_outcomes": ""}, {"use_of_outcomes": "the plan."}),
        ("T25-not", {"not_used_for": ""}, {"not_used_for": "rate members."}),
        ("T27", {"influence": ""}, {"influence": "consult"}),
        ("decides", {"decides": ""}, {"decides": "no"}),
        ("T25-who", {"decides": "advice", "adopter": ""}, {"adopter": "the board"}),
        ("influence-method", {"decides": "yes", "influence": "consult"}, {"influence": "empower"}),
        ("T28", {"report_by": None}, {"report_by": "2027-12-01"}),
        ("T28", {"report_by": "2020-01-01"}, {"report_by": "2030-01-01"}),
        ("T85", {"confidentiality": ""}, {"confidentiality": "room"}),
        ("T10", {"place": ""}, {"place": "Zwolle"}),
        ("T10", {"place_mode": "open"}, {"place_known_on": "2030-01-01"}),
        ("T10", {"place_mode": "open", "place_known_on": "2020-01-01"}, {"place_mode": "online"}),
        ("T10-far", {"measures": ""}, {"travel_paid": True}),
        ("T117", {"history": ""}, {"history": "unknown"}),
        ("T117", {"history": "yes", "history_note": ""}, {"history_note": "In 2022."}),
        ("contact", {"contact_name": ""}, {"contact_name": "Anna"}),
        ("contact-phone", {"contact_phone": ""}, {"contact_phone": "070"}),
        (
            "date",
            {"starts_at": None, "ends_at": None},
            {"starts_at": "2030-01-01T10Z", "ends_at": "2030-01-01T12Z"},
        ),
        ("past", {"starts_at": "2020-01-01T10Z", "ends_at": "2020-01-01T12Z"}, {"date_mode": "poll"}),
        ("answer-by", {"answer_by": None}, {"answer_by": clock.today() + timedelta(days=9)}),
        ("answer-by", {"answer_by": "2020-01-01"}, {"answer_by": clock.today() + timedelta(days=9)}),
        ("answer-by", {"answer_by": "2030-01-01"}, {"answer_by": clock.today() + timedelta(days=9)}),
    ],
)
def test_check_of_a_field_appears_and_goes(draft, check, broken, whole):
    put(draft, **broken)
    assert check in ids(draft)

    put(draft, **whole)
    assert check not in ids(draft)


def test_nobody_blocks_until_somebody_is_on_the_list(workspace):
    session = make_promised_session(workspace=workspace)
    assert "nobody" in {one.id for one in open_findings(session).blocking}

    invite(session=session)
    assert "nobody" not in ids(session)


def test_gaps_are_at_most_three_and_go_with_a_person_or_a_reason(draft, anna):
    assert {one for one in ids(draft) if one.startswith("T2:")} == {"T2:workers", "T2:local", "T2:unions"}

    invite(session=draft, group=SeedGroup.UNIONS)
    workers = draft.workspace.stakeholder_groups.get(key=SeedGroup.WORKERS)
    explain_absence(session=draft, group=workers, absence=Absence.SEPARATE, reason="", by=anna)

    gaps = {one for one in ids(draft) if one.startswith("T2:")}
    assert gaps == {"T2:local", "T2:suppliers", "T2:government"}


def test_reason_and_request_per_group(draft):
    draft.groups.update(why_you="", what_we_ask="")
    assert {"T23", "T26"} <= ids(draft)

    draft.groups.update(why_you="You know.", what_we_ask="Tell us.")
    assert not {"T23", "T26"} & ids(draft)


def test_reason_per_person_is_enough(draft):
    draft.groups.update(why_you="", what_we_ask="")
    draft.invitations.update(why_you="You know.", what_we_ask="Tell us.")

    assert not {"T23", "T26"} & ids(draft)


def test_person_without_group(draft):
    lonely = invite(session=draft, group=None)
    assert "T23-group" in ids(draft)

    lonely.delete()
    assert "T23-group" not in ids(draft)


def test_measures_for_groups_easily_left_out(draft):
    assert "T39" not in ids(draft)
    invite(session=draft, group=SeedGroup.WORKERS)
    assert "T39" in ids(draft)

    put(draft, measures="Day pay, an interpreter.")
    assert "T39" not in ids(draft)


@pytest.mark.parametrize("where", ["person", "organisation", "needs"])
def test_what_helps_is_written_with_somebody_of_the_group(draft, where):
    person = make_person(workspace=draft.workspace, organisation=make_organisation(workspace=draft.workspace))
    invitation = invite(session=draft, person=person, group=SeedGroup.WORKERS)
    invite(session=draft, group=SeedGroup.WORKERS)
    assert open_findings(_fresh(draft)).find("T39").mend_args == (person.pk,)

    if where == "needs":
        type(invitation).objects.filter(pk=invitation.pk).update(needs=["interpreter"])
    else:
        one = invitation.person if where == "person" else person.organisation
        type(one).objects.filter(pk=one.pk).update(note="Reads nothing, listens well.")
    assert "T39" not in ids(draft)


def test_report_that_comes_before_the_decision_is_a_tip(draft):
    meeting = draft.starts_at.date()
    put(
        draft,
        decides="advice",
        report_by=meeting + timedelta(days=14),
        adopts_by=meeting + timedelta(days=42),
    )
    found = open_findings(_fresh(draft)).find("T28-early")
    assert found.severity == Severity.HINTS
    assert "the board may decide until" in found.title

    put(draft, report_by=meeting + timedelta(days=42))
    assert "T28-early" not in ids(draft)


@pytest.mark.parametrize("decides", ["no", "yes"])
def test_report_is_not_early_where_nobody_decides_afterwards(draft, decides):
    meeting = draft.starts_at.date()
    put(
        draft, decides=decides, report_by=meeting + timedelta(days=14), adopts_by=meeting + timedelta(days=42)
    )

    assert "T28-early" not in ids(draft)


@pytest.mark.parametrize(("before", "told"), [(15, False), (14, False), (13, True), (1, True), (0, False)])
def test_answers_that_come_after_the_pack_is_made(draft, before, told):
    put(draft, answer_by=draft.starts_at.date() - timedelta(days=before))

    assert ("answer-after-pack" in ids(draft)) is told


def test_on_short_notice_answers_and_pack_may_overlap(workspace):
    session = make_promised_session(workspace=workspace, days=18)

    assert "answer-after-pack" not in ids(session)


def test_protected_people_at_a_public_table(draft):
    person = make_person(workspace=draft.workspace, participation_mode=Mode.PSEUDONYM)
    invite(session=draft, person=person)
    put(draft, confidentiality="public")
    assert "T39-public" in ids(draft)

    put(draft, confidentiality="room")
    assert "T39-public" not in ids(draft)


def test_unreachable_person(draft):
    person = make_person(workspace=draft.workspace, channel=Channel.PHONE)
    invite(session=draft, person=person)
    assert "channel" in ids(draft)

    type(person).objects.filter(pk=person.pk).update(phone="070 555")
    assert "channel" not in ids(draft)


def test_person_behind_an_archived_intermediary_is_unreachable(draft):
    through = make_person(workspace=draft.workspace, archived_at=clock.now())
    person = make_person(workspace=draft.workspace, channel=Channel.INTERMEDIARY, intermediary=through)
    invite(session=draft, person=person)

    assert "channel" in ids(draft)


def test_texts_in_the_language_of_an_invitee(draft):
    invite(session=draft, person=make_person(workspace=draft.workspace, language="nl"))
    assert "1 person reads Dutch: 8 texts are not in Dutch yet" in titles(draft)

    for source in sources_of(draft):
        keep_text(session=draft, source=source, language="nl", text="Nederlands")
    assert "T76" not in ids(draft)

    put(draft, goal="another goal.")
    assert "1 person reads Dutch: 1 text is not in Dutch yet" in titles(draft)


def test_short_notice(workspace):
    session = make_promised_session(workspace=workspace, days=10)
    assert "T31" in ids(session)

    put(session, date_mode="poll")
    assert "T31" not in ids(session)


def test_endorsement_asked_once_and_again_after_a_change(draft, anna):
    assert "T52" in ids(draft)
    row = Endorsement.objects.create(
        session=draft, name="Gerard", email="g@example.org", asked_at=clock.now(), promise_digest="old"
    )
    assert not {"T52", "T52-again"} & ids(draft)

    Endorsement.objects.filter(pk=row.pk).update(agreed=True, answered_at=clock.now())
    assert "T52-again" in ids(draft)

    Endorsement.objects.filter(pk=row.pk).update(promise_digest=promise_digest(draft))
    assert not {"T52", "T52-again"} & ids(draft)


def test_the_first_step_says_who_was_asked_to_agree_and_who_did(draft):
    def line():
        return purpose.state(SessionFacts.of(draft)).line

    assert "gree" not in line()
    assert line().startswith("People read: “You help make the outcome. The board adopts it, or puts in")
    with clock.at(datetime(2027, 1, 8, 10, tzinfo=UTC)):
        row = Endorsement.objects.create(
            session=draft,
            name="Gerard Zijlstra",
            email="g@example.org",
            asked_at=clock.now(),
            promise_digest=promise_digest(draft),
        )
    assert line().endswith("Gerard Zijlstra was asked to agree, no answer yet.")

    at = datetime(2027, 1, 9, 10, tzinfo=UTC)
    Endorsement.objects.filter(pk=row.pk).update(agreed=True, answered_at=at)
    assert line().endswith("Gerard Zijlstra agreed on 9 January.")

    Endorsement.objects.filter(pk=row.pk).update(promise_digest="old")
    assert line().endswith("Gerard Zijlstra agreed, to an earlier text.")

    Endorsement.objects.filter(pk=row.pk).update(agreed=False)
    assert line().endswith("Gerard Zijlstra has a remark.")


def test_the_first_step_is_busy_while_somebody_asked_to_agree_has_not_answered(draft):
    def step():
        return purpose.state(SessionFacts.of(_fresh(draft)))

    assert step().state == State.DONE
    row = Endorsement.objects.create(
        session=draft,
        name="Gerard Zijlstra",
        email="g@example.org",
        asked_at=clock.now(),
        promise_digest=promise_digest(draft),
    )
    assert step().state == State.BUSY
    assert [item.state for item in step().items][:2] == [State.DONE, State.BUSY]

    # once it is sent, it went without the name
    put(draft, status=Status.INVITING)
    assert step().state == State.DONE

    put(draft, status=Status.DRAFT)
    Endorsement.objects.filter(pk=row.pk).update(agreed=True, answered_at=clock.now())
    assert step().state == State.DONE


def test_procedure_is_asked_and_must_be_complete(draft):
    assert "T21" not in ids(draft)
    put(draft, decides="advice")
    assert "T21" in ids(draft)
    rules(draft, tie_rule="")
    assert "T21" in ids(draft)

    rules(draft)
    assert "T21" not in ids(draft)


def test_rules_that_come_later_are_guarded(draft):
    put(draft, decides="advice")
    start = _fresh(draft).starts_at.date()
    rules(draft, method="later", rules_on=start - timedelta(days=12))
    assert "T22" in ids(draft)

    rules(draft, method="later", rules_on=start - timedelta(days=16))
    assert not {"T21", "T22"} & ids(draft)

    rules(draft, method="later", rules_on=clock.today() - timedelta(days=1))
    assert "T22" in ids(draft)


def test_rules_not_in_a_pack_two_weeks_before(workspace):
    session = make_sent_session(workspace=workspace, days=12, decides="advice")
    rules(session)
    assert {"T22-late", "T31-pack", "agenda", "T32"} <= ids(session)

    make_agenda_item(session=session)
    make_briefing(session=session, kind=BriefingKind.PACK, sent_at=clock.now())
    assert not {"T22-late", "T31-pack", "agenda", "T32"} & ids(session)


def test_vote_on_the_programme_needs_rules(sent):
    make_agenda_item(session=sent, form="vote")
    assert "T22-vote" in ids(sent)

    put(sent, decides="advice")
    rules(sent)
    assert "T22-vote" not in ids(sent)


def test_rules_of_conduct(sent):
    assert "T95" in ids(sent)

    put(sent, rules="One speaks, others listen.")
    assert "T95" not in ids(sent)

    sent.invitations.update(rules_answer="otherwise", rules_note="No.")
    assert "T95-other" in ids(sent)
    sent.invitations.update(rules_answer="agree")
    assert "T95-other" not in ids(sent)


def test_mandate_is_asked_not_guessed(sent):
    assert "T36" not in ids(sent)
    put(sent, decides="advice")
    assert "T36" in ids(sent)

    make_briefing(session=sent, kind=BriefingKind.PACK, sent_at=clock.now())
    answer(invitation=sent.invitations.first())
    assert "T36-open" in ids(sent)
    sent.invitations.update(mandate="consult")
    assert not {"T36", "T36-open"} & ids(sent)


def test_wish_without_a_place(sent):
    item = make_agenda_item(session=sent)
    wish = make_wish(session=sent)
    assert "T60" in ids(sent)

    type(wish).objects.update(agenda_item=item)
    assert "T60" not in ids(sent)


def test_needs_and_leader(sent):
    for _number in range(9):
        invite(session=sent)
    for invitation in sent.invitations.all():
        answer(invitation=invitation)
    sent.invitations.filter(pk=sent.invitations.first().pk).update(needs=["hearing_loop"])
    assert {"needs", "T15"} <= ids(sent)

    sent.invitations.update(needs=[])
    put(sent, facilitator="Simone van Dalen")
    assert not {"needs", "T15"} & ids(sent)


def test_place_that_shuts_out_a_group(sent):
    first, *_others = sent.invitations.order_by("pk")
    group = first.group_id
    answer(invitation=first, answer=Answer.NO, decline_reasons=["far"])
    found = open_findings(_fresh(sent)).find(f"T9:{group}")
    assert found.title == "1 of the group “Companies” does not come: too far"

    answer(invitation=first, answer=Answer.YES)
    assert f"T9:{group}" not in ids(sent)


def test_group_of_which_few_come(sent):
    for invitation in sent.invitations.all():
        answer(invitation=invitation, answer=Answer.NO)

    found = open_findings(_fresh(sent)).find(f"T9:{sent.invitations.first().group_id}")
    assert found.title == "Few of the group “Companies” come: 0 of 4"


def test_question_deputy_and_silence(sent):
    first, second, *_rest = sent.invitations.order_by("pk")
    question = ask(invitation=first)
    answer(invitation=second, answer=Answer.DEPUTY, deputy_name="Jan")
    put(sent, answer_by=clock.today() - timedelta(days=1))
    assert {"T66", "deputies", "silent"} <= ids(sent)

    type(question).objects.update(answer="Yes.", answered_at=clock.now())
    invite(session=sent, replaces=second)
    for invitation in sent.invitations.filter(answer=""):
        answer(invitation=invitation)
    assert not {"T66", "deputies", "silent"} & ids(sent)


def test_after_the_meeting(workspace):
    session = make_sent_session(workspace=workspace, days=-3)
    invitation = invite(session=session)
    assert "record" in ids(session)

    put(session, status=Status.HELD)
    assert ids(session) == {"attendance", "outcomes"}

    type(invitation).objects.update(attendance=Attendance.PRESENT)
    make_outcome(session=session)
    assert ids(session) == set()


def test_report_contributions_and_commitments(workspace):
    session = make_sent_session(workspace=workspace, days=-20, status=Status.HELD)
    make_outcome(session=session)
    row = Contribution.objects.create(session=session, text="Late changes")
    late = make_commitment(session=session, due_on=clock.today() - timedelta(days=1))
    assert ids(session) == {"T28-due", "T44", "T51"}

    put(session, status=Status.REPORTED)
    assert ids(session) == {"T51"}
    type(late).objects.update(status="done", done_on=clock.today())
    type(row).objects.update(response="study")
    put(session, status=Status.HELD, report_by=clock.today() + timedelta(days=30))
    assert ids(session) == set()


def test_blocks_are_few_and_a_place_never_blocks(workspace):
    found = open_findings(make_session(workspace=workspace))

    blocking = {"title", "T24", "T25", "T27", "decides", "nobody", "contact", "date"}
    assert {one.id for one in found.blocking} == blocking
    assert not found.is_ready


def test_at_most_three_are_shown_at_once(draft):
    put(draft, measures="", report_by=None, contact_phone="", history="", answer_by=None, confidentiality="")

    found = open_findings(_fresh(draft))

    assert len(found.shown) == len(found.now) == 3
    assert {one.severity for one in found.shown} == {Severity.WARNS}
    assert found.count == 3 + len(found.rest)
    assert found.behind == found.rest


def test_cancelled_session_asks_nothing(draft):
    put(draft, status=Status.CANCELLED, goal="")

    assert open_findings(_fresh(draft)).count == 0


def test_put_off_returns_on_its_day(draft, anna):
    put(draft, report_by=None)
    session = _fresh(draft)
    finding = open_findings(session).find("T28")
    put_off(session=session, finding=finding, until=clock.today() + timedelta(days=2), by=anna)
    assert "T28" not in ids(draft)
    assert open_findings(session).set_aside[0].finding.id == "T28"

    with clock.at(clock.now() + timedelta(days=3)):
        assert "T28" in ids(draft)


def test_put_aside_keeps_its_reason_and_comes_back(draft, anna):
    put(draft, report_by=None)
    session = _fresh(draft)
    finding = open_findings(session).find("T28")
    put_aside(session=session, finding=finding, reason=" We report  orally. ", by=anna)
    assert [aside.reason for aside in open_findings(session).set_aside] == ["We report orally."]

    for _attempt in range(2):
        bring_back(session=session, check_id="T28", by=anna)

    assert "T28" in ids(draft)
    verbs = [event.verb for event in AuditEvent.objects.on(session)]
    assert verbs == ["finding_put_aside", "finding_brought_back"]


@pytest.mark.parametrize("until", [-1, 0, 400])
def test_put_off_refuses_a_day_that_is_not_to_come(draft, anna, until):
    put(draft, report_by=None)
    session = _fresh(draft)
    finding = open_findings(session).find("T28")

    with pytest.raises(DomainError):
        put_off(session=session, finding=finding, until=clock.today() + timedelta(days=until), by=anna)


def test_what_blocks_cannot_wait(draft, anna):
    put(draft, goal="")
    session = _fresh(draft)
    finding = open_findings(session).find("T24")

    with pytest.raises(DomainError):
        put_aside(session=session, finding=finding, reason="because", by=anna)
    with pytest.raises(DomainError):
        put_off(session=session, finding=finding, until=clock.today() + timedelta(days=1), by=anna)


def test_put_aside_needs_a_reason(draft, anna):
    put(draft, report_by=None)
    session = _fresh(draft)

    with pytest.raises(DomainError):
        put_aside(session=session, finding=open_findings(session).find("T28"), reason="  ", by=anna)


def test_completeness_names_what_is_missing(sent):
    missing = [piece.name for piece in completeness(SessionFacts.of(sent)) if not piece.present]

    assert missing == ["what you ask of people", "programme"]


def test_queries_do_not_grow(draft, django_assert_num_queries):
    session = _fresh(draft)
    with django_assert_num_queries(15):
        open_findings(session)
    for _number in range(5):
        make_wish(session=session, invitation=invite(session=session))
    with django_assert_num_queries(15):
        open_findings(session)


@pytest.mark.parametrize(
    ("status", "states"),
    [
        (Status.DRAFT, ["done", "done", "later", "later", "later", "later"]),
        (Status.PLANNED, ["done", "done", "busy", "later", "later", "later"]),
        (Status.INVITING, ["done", "done", "busy", "busy", "later", "later"]),
        (Status.HELD, ["done", "done", "done", "done", "busy", "busy"]),
        (Status.REPORTED, ["done", "done", "done", "done", "done", "done"]),
    ],
)
def test_steps_follow_the_life_line(draft, status, states):
    put(draft, status=status, measures="Travel is paid.")
    if status not in {Status.DRAFT, Status.PLANNED}:
        draft.invitations.update(sent_at=clock.now())
        make_wish(session=draft)

    steps = step_states(_fresh(draft))

    assert [step.state for step in steps] == [State(one) for one in states]
    assert [step.name for step in steps] == [
        "Purpose",
        "Table",
        "Invite",
        "Programme",
        "Meeting",
        "Report back",
    ]
