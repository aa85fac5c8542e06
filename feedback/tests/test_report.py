"""The report back: what it says, to whom, when it may go, and what it never tells."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.outbox.models import OutgoingMail
from feedback.actions.report import (
    answer_correction,
    deliver_report,
    report_correction,
    save_report,
    send_report,
    start_report,
    take_back_report,
)
from feedback.guest import report_for
from feedback.lines import decided_line
from feedback.models import Report, ReportCopy, ReportFile, ReportStatus
from feedback.reading import read
from feedback.telling import freeze
from feedback.tests.conftest import DAY
from sessions.actions.conclude import respond_to_contributions, save_contribution, save_outcome
from sessions.actions.follow_up import complete_commitment, make_commitment
from sessions.actions.propose import carry_out_proposal, propose_commitment_change
from sessions.models import AgendaItem, Invitation, ProposalKind, Status, Wish
from stakeholders.models import Mode, Person

pytestmark = pytest.mark.django_db
IN_TIME = DAY + timedelta(days=12)
TOO_LATE = DAY + timedelta(days=20)


@pytest.fixture
def concluded(held, anna):
    """A meeting with an outcome, two contributions with answers, and a commitment."""
    by = Actor.user(anna)
    people = list(held.invitations.order_by("pk"))
    with clock.at(DAY + timedelta(days=2)):
        save_outcome(session=held, kind="decision", text="Cotton", figure="4.3", by=by)
        save_outcome(session=held, kind="decision", text="Leather", figure="3.7", by=by)
        late = save_contribution(session=held, text="Late changes cause overtime", people=people[:2], by=by)
        names = save_contribution(session=held, text="Publish the names", people=people[2:3], by=by)
        respond_to_contributions(
            session=held,
            responses={
                late.pk: ("adopted", "See commitment 1", None),
                names.pk: ("not", "Members may not decide that now", None),
            },
            by=by,
        )
        make_commitment(
            session=held,
            text="We freeze orders six weeks before shipment",
            owner_name="Haverkamp",
            due_on=date(2027, 6, 30),
            by=by,
        )
    return held


@pytest.fixture
def report(concluded, anna):
    with clock.at(DAY + timedelta(days=3)):
        draft = start_report(session=concluded, by=Actor.user(anna))
        fields = {
            "decided": "six materials we tackle together",
            "adoption": "The board took over the list",
            "as_announced": "yes",
            "names_kept": True,
            "missing": "Four of the nine companies did not come",
        }
        return save_report(report=draft, fields=fields, by=Actor.user(anna))


def send(report, anna, moment=IN_TIME) -> Report:
    with clock.at(moment):
        send_report(report=report, by=Actor.user(anna))
        deliver_report(report=report)
    report.refresh_from_db()
    return report


def mail_to(invitation: Invitation) -> OutgoingMail:
    return OutgoingMail.objects.with_body().get(
        recipient=f"person:{invitation.person_id}", body__kind="report"
    )


def test_report_reaches_everyone_invited_once(report, anna):
    send(report, anna)
    with clock.at(IN_TIME + timedelta(minutes=1)):
        again = deliver_report(report=report)

    assert again is False
    assert OutgoingMail.objects.filter(body__kind="report").count() == 17
    assert ReportCopy.objects.count() == 17
    report.session.refresh_from_db()
    assert report.session.status == Status.REPORTED


def test_each_language_is_rendered_once_and_shared(report, anna):
    Person.objects.filter(name__startswith="Person ngos").update(language="nl")

    send(report, anna)

    assert sorted(ReportFile.objects.values_list("language", flat=True)) == ["en", "nl"]
    assert OutgoingMail.objects.values("body").distinct().count() == 2


def test_mail_has_four_lines_in_order(report, anna):
    send(report, anna)
    first = report.session.invitations.order_by("pk").first()
    mail = mail_to(first)

    text = mail.body.text
    places = [text.index(words) for words in ("Decided: six", "Your input:", "Promised and done:", "Now:")]
    assert places == sorted(places)
    assert mail.personal["input"] == "“Late changes cause overtime” was adopted. See commitment 1."
    assert "Answer before 28 March." in text
    assert mail.body.subject == "Decided: six materials we tackle together (2 March)"


def test_late_report_opens_with_an_apology(report, anna):
    with clock.at(TOO_LATE), pytest.raises(DomainError, match="later than promised"):
        send_report(report=report, by=Actor.user(anna))
    save_report(report=report, fields={"late_reason": "The board met a week later"}, by=Actor.user(anna))

    send(report, anna, TOO_LATE)

    text = mail_to(report.session.invitations.first()).body.text
    assert "promised for 16 March and was sent on 22 March. We are sorry. The board met a week later." in text
    assert text.index("We are sorry") < text.index("Decided:")


def test_protected_person_reads_the_answer_on_the_page_only(report, anna):
    invitation = report.session.invitations.select_related("person").order_by("pk").first()
    Person.objects.filter(pk=invitation.person_id).update(participation_mode=Mode.PSEUDONYM)

    send(report, anna)

    assert mail_to(invitation).personal["input"] == "your answer is on your page."
    assert [str(each.text) for each in report_for(invitation).reading.own] == ["Late changes cause overtime"]


def test_neutral_mail_says_nothing_of_the_meeting(report, anna):
    invitation = report.session.invitations.select_related("person").order_by("pk").first()
    Person.objects.filter(pk=invitation.person_id).update(neutral_mail=True)

    send(report, anna)

    body = mail_to(invitation).body
    assert body.subject.startswith("A message from")
    assert "six materials" not in body.text + body.html + body.subject
    assert not body.attachments.exists()


def test_nobody_sees_whose_input_another_is(report, anna):
    send(report, anna)
    invitations = list(report.session.invitations.order_by("pk"))

    frozen = str(report.content)
    assert not any(invitation.person.name in frozen for invitation in invitations)
    reading = report_for(invitations[5]).reading
    assert reading.own == []
    assert len(reading.others) == 2


def test_report_waits_for_unanswered_contributions(report, concluded, anna):
    save_contribution(session=concluded, text="Ask for living wages", by=Actor.user(anna))

    with clock.at(IN_TIME), pytest.raises(DomainError, match="1 contribution has no answer yet"):
        send_report(report=report, by=Actor.user(anna))


def test_not_adopted_needs_a_reason(concluded, anna):
    contribution = concluded.contributions.first()

    with pytest.raises(DomainError, match="why this was not adopted"):
        respond_to_contributions(
            session=concluded, responses={contribution.pk: ("not", " ", None)}, by=Actor.user(anna)
        )


def test_planned_report_can_be_taken_back(report, anna):
    by = Actor.user(anna)
    with clock.at(IN_TIME):
        send_report(report=report, by=by, planned_for=IN_TIME + timedelta(days=1))
        assert deliver_report(report=report) is False
        take_back_report(report=report, by=by)

    assert report.status == ReportStatus.DRAFT
    assert not OutgoingMail.objects.filter(body__kind="report").exists()


def test_sent_report_cannot_be_taken_back_or_changed(report, anna):
    send(report, anna)

    with pytest.raises(DomainError, match="left already"):
        take_back_report(report=report, by=Actor.user(anna))
    with pytest.raises(DomainError, match="Take it back"):
        save_report(report=report, fields={"decided": "else"}, by=Actor.user(anna))


def test_half_sent_report_is_taken_up_again_without_second_mails(report, anna):
    with clock.at(IN_TIME):
        send_report(report=report, by=Actor.user(anna))
        deliver_report(report=report)
        Report.objects.filter(pk=report.pk).update(status=ReportStatus.SENDING)
        assert deliver_report(report=report) is True

    assert OutgoingMail.objects.filter(body__kind="report").count() == 17


def test_correction_is_a_new_version_that_says_what_changed(report, anna):
    send(report, anna)
    by = Actor.user(anna)
    with clock.at(IN_TIME + timedelta(days=2)):
        second = start_report(session=report.session, by=by)
        assert (second.version, second.decided) == (2, report.decided)
        second = save_report(report=second, fields={"late_reason": "A correction"}, by=by)
        with pytest.raises(DomainError, match="what changed"):
            send_report(report=second, by=by)
    second = save_report(report=second, fields={"changed": "Leather is 3.8, not 3.7."}, by=by)

    send(second, anna, IN_TIME + timedelta(days=2))

    assert OutgoingMail.objects.filter(body__kind="report").count() == 34
    invitation = report.session.invitations.first()
    assert str(report_for(invitation).reading.changed) == "Leather is 3.8, not 3.7."


def test_guest_says_what_is_not_right_and_reads_the_answer(report, anna):
    send(report, anna)
    invitation = report.session.invitations.select_related("person").first()
    with clock.at(IN_TIME + timedelta(days=1)):
        for _attempt in range(2):
            correction = report_correction(report=report, invitation=invitation, text="I did not come.")
        answer_correction(correction=correction, answer="Put right.", by=Actor.user(anna))

    assert [(each.text, each.answer) for each in report_for(invitation).corrections] == [
        ("I did not come.", "Put right.")
    ]


def test_database_refuses_two_reports_in_the_making(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(session=report.session, version=2)


def test_database_refuses_a_report_that_leaves_unfrozen(report):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(status=ReportStatus.PLANNED)


def test_advice_without_a_decision_says_by_when(report, concluded):
    concluded.decides, concluded.adopter, concluded.adopts_by = "advice", "The board", date(2027, 4, 13)
    report.session, report.adoption = concluded, ""

    reading = read(freeze(report, date(2027, 3, 14)), "en")

    assert str(reading.adoption) == "The board has not decided yet. You hear it by 13 April at the latest."


def test_dutch_reader_is_told_that_texts_are_english(report, anna):
    reading = read(freeze(report, date(2027, 3, 14)), "nl")

    assert reading.original == "en"


def test_guest_sees_that_a_commitment_moved_after_the_report(report, anna):
    send(report, anna)
    commitment, by = report.session.commitments.get(), Actor.user(anna)
    with clock.at(IN_TIME + timedelta(days=5)):
        proposal = propose_commitment_change(
            commitment=commitment,
            kind=ProposalKind.MOVE,
            to=date(2027, 7, 18),
            reason="The mill needs a month",
            by=by,
        )
        asked = report_for(report.session.invitations.first()).reading.pledges[0].shown.asked
    with clock.at(IN_TIME + timedelta(days=13)):
        carry_out_proposal(proposal=proposal, by=by)
        pledge = report_for(report.session.invitations.first()).reading.pledges[0]

    assert (pledge.due_on, pledge.word) == (date(2027, 6, 30), "On its way")
    assert (pledge.shown.word, pledge.shown.due_on) == ("Comes later", date(2027, 7, 18))
    assert (pledge.was_due_on, str(pledge.shown.note)) == (date(2027, 6, 30), "The mill needs a month")
    assert (asked.due_on, str(asked.reason)) == (date(2027, 7, 18), "The mill needs a month")
    assert (pledge.shown.agreed, pledge.shown.asked) == ("Agreed by 0 of 17", None)


def test_what_is_promised_since_the_report_stands_on_the_page_and_in_the_next_version(report, anna):
    by = Actor.user(anna)
    send(report, anna)
    with clock.at(IN_TIME + timedelta(days=1)):
        session = type(report.session).objects.with_workspace().get(pk=report.session_id)
        made = make_commitment(
            session=session, text="A hotline", owner_name="Bank", due_on=date(2027, 8, 1), by=by
        )
        since = report_for(session.invitations.first()).reading.since
        second = save_report(
            report=start_report(session=session, by=by), fields={"changed": "A promise more"}, by=by
        )
    with clock.at(IN_TIME + timedelta(days=2)):
        send_report(report=second, by=by)
        deliver_report(report=second)
        later = report_for(session.invitations.first()).reading

    assert [str(each.text) for each in since] == ["A hotline"]
    assert since[0].made_on == (IN_TIME + timedelta(days=1)).date()
    assert (later.since, len(later.pledges)) == ([], 2)
    made.refresh_from_db()
    assert (made.told_in, session.commitments.get(number=1).told_in) == (2, 1)


def test_guest_sees_that_a_commitment_was_kept_or_is_late(report, anna):
    send(report, anna)
    invitation = report.session.invitations.first()
    with clock.at(DAY.replace(month=7)):
        late = report_for(invitation).reading.pledges[0].shown
        complete_commitment(
            commitment=report.session.commitments.get(), done_on=date(2027, 7, 1), by=Actor.user(anna)
        )
        done = report_for(invitation).reading.pledges[0].shown

    assert (late.kind, late.word) == ("no", "Late")
    assert (done.kind, done.word, done.done_on) == ("ok", "Done", date(2027, 7, 1))


def test_unchanged_commitment_stays_as_it_was_told(report, anna):
    send(report, anna)

    with clock.at(IN_TIME + timedelta(days=1)):
        pledge = report_for(report.session.invitations.first()).reading.pledges[0]

    assert pledge.shown is pledge
    assert pledge.was_due_on is None


def test_wish_with_a_place_counts_as_answered(report, concluded, anna):
    part = AgendaItem.objects.create(session=concluded, position=1, title="Orders that change late")
    invitation = concluded.invitations.order_by("pk")[5]
    Wish.objects.create(
        session=concluded, kind="agenda", text="Overtime", invitation=invitation, agenda_item=part
    )

    send(report, anna)

    said = "“Overtime” was on the programme: “Orders that change late”."
    assert mail_to(invitation).personal["input"] == said
    own = report_for(invitation).reading.own
    assert [(str(each.text), each.word) for each in own] == [("Overtime", "On the programme")]


def test_wish_of_another_is_not_shown(report, concluded, anna):
    part = AgendaItem.objects.create(session=concluded, position=1, title="Orders")
    first, second = concluded.invitations.order_by("pk")[5:7]
    Wish.objects.create(session=concluded, kind="agenda", text="Overtime", invitation=first, agenda_item=part)

    send(report, anna)

    assert report_for(second).reading.own == []
    assert "Overtime" not in str(report.content)


def test_wish_taken_over_as_a_contribution_is_answered_once(report, concluded, anna):
    invitation = concluded.invitations.order_by("pk")[0]
    part = AgendaItem.objects.create(session=concluded, position=1, title="Orders")
    wish = Wish.objects.create(
        session=concluded, kind="agenda", text="Overtime!", invitation=invitation, agenda_item=part
    )
    concluded.contributions.get(text__startswith="Late").wishes.add(wish)

    send(report, anna)

    assert [str(each.text) for each in report_for(invitation).reading.own] == ["Late changes cause overtime"]


def test_wish_without_any_answer_is_not_called_nothing(report, concluded, anna):
    invitation = concluded.invitations.order_by("pk")[5]
    Wish.objects.create(session=concluded, kind="agenda", text="Overtime", invitation=invitation)

    send(report, anna)

    assert [each.word for each in report_for(invitation).reading.own] == ["No answer yet"]


def test_mail_says_who_promises_what_as_one_sentence(report, anna):
    send(report, anna)

    text = mail_to(report.session.invitations.first()).body.text
    assert "Promised by Haverkamp: “We freeze orders six weeks before shipment”, by 30 June." in text


def test_decisions_inside_a_sentence_begin_small_but_names_do_not(report, concluded, anna):
    by = Actor.user(anna)
    with clock.at(DAY + timedelta(days=2)):
        for text in ("India first", "NGOs read along", "We work with India"):
            save_outcome(session=concluded, kind="decision", text=text, by=by)

    reading = read(freeze(report, date(2027, 3, 14)), "en")

    assert decided_line(reading).startswith("Cotton, leather, India first, NGOs read along and we")
