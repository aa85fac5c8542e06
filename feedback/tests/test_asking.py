"""Asked the day after, reminded once, the organiser reminded of what was promised: all as planned rows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.members.actions import save_workspace
from dialoog.kernel.outbox.models import OutgoingMail
from feedback.actions.answers import submit
from feedback.actions.due import carry_out, due_rows
from feedback.models import Questionnaire, Sheet
from feedback.planned import plan_after_meeting, plan_all
from feedback.tasks import tend
from feedback.tests.conftest import AFTER_CLOSING, DAY, NEXT_MORNING
from sessions.actions.follow_up import complete_commitment, make_commitment
from sessions.actions.hold import enter_held_session
from sessions.actions.plan import plan_session, save_meeting
from sessions.models import DialogueSession, PlannedKind, PlannedMail, PlannedState, Status
from stakeholders.models import Channel, Person

pytestmark = pytest.mark.django_db
HERE = ZoneInfo("Europe/Amsterdam")
REMINDING = datetime(2027, 3, 8, 9, tzinfo=HERE)


def run_due() -> list[PlannedState]:
    return [carry_out(PlannedMail.objects.get(pk=pk)) for pk in due_rows()]


def planned(session) -> dict[tuple[str, int], datetime]:
    rows = session.planned_mails.filter(state=PlannedState.PLANNED)
    return {(row.kind, row.subject_id): row.due_at.astimezone(HERE) for row in rows}


@pytest.mark.parametrize(
    ("held", "reminded"),
    [
        (date(2027, 3, 8), date(2027, 3, 12)),  # two days before closing is a Sunday
        (date(2027, 3, 23), date(2027, 3, 30)),  # Easter Monday; before it lies the day after the question
    ],
)
def test_the_reminder_falls_on_a_working_day(invited, held, reminded):
    starts = datetime(held.year, held.month, held.day, 10, tzinfo=HERE)
    invited.starts_at, invited.ends_at = starts, starts + timedelta(hours=2)
    invited.save()

    with clock.at(DAY - timedelta(days=9)):
        plan_after_meeting(invited)

    assert planned(invited)[PlannedKind.FEEDBACK_REMINDER, 0].date() == reminded


def test_another_country_moves_the_reminder_at_once(invited, workspace, anna):
    invited.starts_at = datetime(2027, 4, 21, 10, tzinfo=HERE)
    invited.ends_at = invited.starts_at + timedelta(hours=2)
    invited.save()
    with clock.at(DAY - timedelta(days=9)):
        plan_after_meeting(invited)
        assert planned(invited)[PlannedKind.FEEDBACK_REMINDER, 0].date() == date(2027, 4, 26)

        save_workspace(workspace=workspace, fields={"country": "BE"}, by=anna)

    assert planned(invited)[PlannedKind.FEEDBACK_REMINDER, 0].date() == date(2027, 4, 27)


def test_plan_of_a_meeting_that_is_invited_to(invited):
    with clock.at(DAY - timedelta(days=9)):
        plan_after_meeting(invited)

    assert planned(invited) == {
        (PlannedKind.FEEDBACK, 0): datetime(2027, 3, 3, 9, tzinfo=HERE),
        (PlannedKind.FEEDBACK_REMINDER, 0): REMINDING,
        (PlannedKind.REPORT_DUE, 5): datetime(2027, 3, 11, 9, tzinfo=HERE),
        (PlannedKind.REPORT_DUE, 0): datetime(2027, 3, 16, 9, tzinfo=HERE),
    }


def test_plan_moves_with_the_meeting_and_stops_with_it(invited):
    with clock.at(DAY - timedelta(days=9)):
        plan_after_meeting(invited)
        DialogueSession.objects.filter(pk=invited.pk).update(
            starts_at=DAY + timedelta(days=7), ends_at=DAY + timedelta(days=7, hours=6)
        )
        plan_all()
        assert planned(invited)[PlannedKind.FEEDBACK, 0] == datetime(2027, 3, 10, 9, tzinfo=HERE)
        DialogueSession.objects.filter(pk=invited.pk).update(status=Status.CANCELLED)
        plan_all()

    assert planned(invited) == {}


def test_people_are_asked_the_day_after_also_when_nobody_said_it_was_held(invited):
    plan_after_meeting(invited)
    with clock.at(NEXT_MORNING):
        assert run_due() == [PlannedState.DONE]
        assert run_due() == []

    invited.refresh_from_db()
    assert invited.status == Status.HELD
    mails = OutgoingMail.objects.filter(body__kind="feedback")
    assert mails.count() == 17
    body = mails.first().body
    assert body.subject == "How was 2 March for you? Please answer before 10 March"
    assert "16 questions, 4 minutes" in body.text
    assert invited.planned_mails.get(kind=PlannedKind.FEEDBACK).count == 17


def test_one_reminder_and_only_to_who_has_not_answered(invited):
    plan_after_meeting(invited)
    with clock.at(NEXT_MORNING):
        run_due()
        questionnaire = Questionnaire.objects.get()
        people = list(invited.invitations.order_by("pk"))
        for invitation in people[:12]:
            submit(questionnaire=questionnaire, invitation=invitation, items={"TR4": 4})
    with clock.at(REMINDING):
        assert run_due() == [PlannedState.DONE]
        plan_all()
        run_due()

    reminded = OutgoingMail.objects.filter(body__kind="feedback_reminder").values_list("recipient", flat=True)
    assert set(reminded) == {f"person:{invitation.person_id}" for invitation in people[12:]}


def test_intermediary_gets_one_mail_for_all(invited):
    people = list(Person.objects.order_by("pk")[:4])
    for person in people[1:]:
        Person.objects.filter(pk=person.pk).update(channel=Channel.INTERMEDIARY, intermediary=people[0])
    plan_after_meeting(invited)
    with clock.at(NEXT_MORNING):
        run_due()

    assert OutgoingMail.objects.filter(body__kind="feedback").count() == 14


def test_too_late_to_ask_is_missed(invited):
    plan_after_meeting(invited)
    with clock.at(NEXT_MORNING + timedelta(days=30)):
        states = run_due()

    assert set(states) == {PlannedState.MISSED}
    assert invited.planned_mails.get(kind=PlannedKind.FEEDBACK).state == PlannedState.MISSED
    assert not OutgoingMail.objects.filter(body__kind="feedback").exists()


def test_nobody_to_ask_waits_for_the_organiser(make_session):
    session = make_session({"companies": 2})
    session.invitations.update(answer="no")
    plan_after_meeting(session)
    with clock.at(NEXT_MORNING):
        assert run_due() == [PlannedState.BLOCKED]
        session.invitations.update(attendance="present")
        assert run_due() == [PlannedState.DONE]


def test_questionnaire_is_tended_until_it_is_counted(invited):
    plan_after_meeting(invited)
    with clock.at(NEXT_MORNING):
        run_due()
        questionnaire = Questionnaire.objects.get()
        for invitation in invited.invitations.order_by("pk")[:6]:
            submit(questionnaire=questionnaire, invitation=invitation, items={"TR4": 4})
        tend(questionnaire.pk)
    assert Sheet.objects.count() == 6
    for minutes in range(3):
        with clock.at(AFTER_CLOSING + timedelta(minutes=minutes)):
            tend(questionnaire.pk)

    questionnaire.refresh_from_db()
    assert questionnaire.results["items"]["TR4"]["counts"] == [0, 0, 0, 6, 0]


def test_organiser_is_reminded_of_the_promised_report(held, anna):
    plan_after_meeting(held)
    with clock.at(datetime(2027, 3, 11, 9, tzinfo=HERE)):
        run_due()
    with clock.at(datetime(2027, 3, 16, 9, tzinfo=HERE)):
        run_due()

    subjects = (
        OutgoingMail.objects.filter(to_email=anna.email)
        .order_by("pk")
        .values_list("body__subject", flat=True)
    )
    assert list(subjects) == [
        "You promised to report back by 16 March: Which materials do we tackle together?",
        "Today you promised to report back: Which materials do we tackle together?",
    ]


def test_organiser_is_reminded_of_a_commitment_unless_it_is_done(held, anna):
    by = Actor.user(anna)
    with clock.at(NEXT_MORNING):
        first, second = (
            make_commitment(session=held, text=text, owner_name="Bank", due_on=date(2027, 4, 1), by=by)
            for text in ("Share the questions", "Send the list")
        )
        plan_after_meeting(held)
        complete_commitment(commitment=second, done_on=date(2027, 3, 3), by=by)
        plan_after_meeting(held)
    with clock.at(datetime(2027, 4, 1, 9, tzinfo=HERE)):
        run_due()

    mails = OutgoingMail.objects.filter(body__kind="commitment_due")
    assert [mail.key for mail in mails] == [f"session:{held.pk}:commitment-due:{first.pk}:2027-04-01"]
    assert "Bank promised: “Share the questions”, by 1 April." in mails[0].body.text


def test_meeting_entered_afterwards_asks_nobody_by_itself(make_session, workspace, anna):
    make_session({"companies": 3})
    with clock.at(NEXT_MORNING):
        session = plan_session(workspace=workspace, by=anna)
        fields = {"title": "Held before", "starts_at": DAY, "ends_at": DAY + timedelta(hours=2)}
        save_meeting(session=session, fields=fields, by=anna, version=1)
        enter_held_session(session=session, people=Person.objects.all(), by=Actor.user(anna))
        plan_after_meeting(session)

        assert planned(session) == {}
    session.refresh_from_db()
    assert (session.status, session.was_briefed) == (Status.HELD, False)
