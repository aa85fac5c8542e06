"""Mails that leave by themselves: when, to whom, once, and what they wait for."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialoog.kernel import clock
from dialoog.kernel.members.actions import save_workspace
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.testing.factories import answer, invite, make_agenda_item, make_person, make_promised_session
from sessions.actions.brief import plan_briefing, take_back
from sessions.actions.planned import planned_view, recompute, run_due
from sessions.actions.send import send_briefing
from sessions.models import (
    Answer,
    BriefingKind,
    BriefingStatus,
    DecisionProcedure,
    PlannedKind,
    PlannedMail,
    PlannedState,
)
from sessions.send_view import send_view
from stakeholders.models import Channel

NOW = datetime(2027, 1, 4, 9, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def session(workspace, anna):
    with clock.at(NOW):
        session = make_promised_session(
            workspace=workspace,
            contact=anna,
            starts_at=datetime(2027, 3, 2, 9, tzinfo=UTC),
            ends_at=datetime(2027, 3, 2, 15, tzinfo=UTC),
            answer_by=date(2027, 2, 5),
        )
    invite(session=session)
    invite(session=session)
    return session


def send(session, by, **fields):
    briefing = plan_briefing(session=session, by=by, **fields)
    while send_briefing(briefing.pk):
        pass
    session.refresh_from_db()
    return briefing


def row(session, kind):
    return PlannedMail.objects.get(session=session, kind=kind)


def test_a_sent_invitation_plans_reminder_and_pack(session, anna):
    with clock.at(NOW):
        send(session, anna)

    assert row(session, PlannedKind.INVITATION).state == PlannedState.DONE
    assert row(session, PlannedKind.REMINDER).due_at == datetime(2027, 1, 29, 9, tzinfo=ZONE)
    assert row(session, PlannedKind.PACK).due_at == datetime(2027, 2, 16, 9, tzinfo=ZONE)


def test_moving_the_meeting_moves_its_mails(session, anna):
    with clock.at(NOW):
        send(session, anna)
        session.starts_at += timedelta(days=7)
        session.ends_at += timedelta(days=7)
        session.answer_by = date(2027, 2, 12)
        session.save()
        recompute(session)

    assert row(session, PlannedKind.REMINDER).due_at == datetime(2027, 2, 5, 9, tzinfo=ZONE)
    assert row(session, PlannedKind.PACK).due_at == datetime(2027, 2, 23, 9, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("answer_by", "reminded"),
    [
        (date(2027, 2, 3), date(2027, 1, 29)),  # five days before is a Friday
        (date(2027, 2, 4), date(2027, 1, 29)),  # a Saturday
        (date(2027, 2, 5), date(2027, 1, 29)),  # a Sunday
        (date(2027, 2, 6), date(2027, 2, 1)),  # a Monday
    ],
)
def test_the_reminder_goes_on_a_working_day_and_every_page_says_that_day(session, anna, answer_by, reminded):
    type(session).objects.filter(pk=session.pk).update(answer_by=answer_by)
    session.refresh_from_db()
    with clock.at(NOW):
        send(session, anna)
        shown = [day.on for day in send_view(session).days if day.title == "One reminder"]

    assert row(session, PlannedKind.REMINDER).due_at.astimezone(ZONE).date() == reminded
    assert shown == [reminded]


def test_the_reminder_goes_once_and_only_to_who_is_silent(session, anna):
    with clock.at(NOW):
        send(session, anna)
        answer(invitation=session.invitations.first(), answer=Answer.NO)
    silent = session.invitations.last().person

    with clock.at(datetime(2027, 1, 31, 9, tzinfo=ZONE)):
        run_due()
        run_due()

    mail = OutgoingMail.objects.get(key__contains=":reminder:")
    assert mail.to_email == silent.email
    assert mail.body.is_automatic
    assert row(session, PlannedKind.REMINDER).state == PlannedState.DONE
    assert row(session, PlannedKind.REMINDER).count == 1


def test_one_reminder_about_all_behind_an_intermediary(session, workspace, anna):
    helper = make_person(workspace=workspace)
    for _number in range(3):
        person = make_person(workspace=workspace, channel=Channel.INTERMEDIARY, intermediary=helper)
        invite(session=session, person=person)
    with clock.at(NOW):
        send(session, anna)

    with clock.at(datetime(2027, 1, 31, 9, tzinfo=ZONE)):
        run_due()

    mail = OutgoingMail.objects.get(key__contains=":reminder:intermediary:")
    assert mail.to_email == helper.email
    assert "from 3 people reached through you" in mail.body.text


def test_a_reminder_too_late_to_make_sense_is_missed(session, anna):
    with clock.at(NOW):
        send(session, anna)

    with clock.at(datetime(2027, 2, 6, 9, tzinfo=ZONE)):
        run_due()

    assert row(session, PlannedKind.REMINDER).state == PlannedState.MISSED
    assert not OutgoingMail.objects.filter(key__contains=":reminder:").exists()


def test_no_reminder_when_the_invitation_is_hardly_older(session, anna):
    with clock.at(datetime(2027, 1, 31, 7, tzinfo=UTC)):
        send(session, anna)

    assert not PlannedMail.objects.filter(kind=PlannedKind.REMINDER).exists()


def test_the_pack_waits_for_the_organiser_who_hears_it_once(session, anna):
    with clock.at(NOW):
        send(session, anna)

    with clock.at(datetime(2027, 2, 16, 9, 1, tzinfo=ZONE)):
        run_due()
        run_due()

    assert row(session, PlannedKind.PACK).state == PlannedState.BLOCKED
    assert OutgoingMail.objects.filter(key__endswith=":pack_waits").count() == 1
    (pack,) = [each for each in planned_view(session) if each.kind == PlannedKind.PACK]
    assert pack.reason == "Make the programme first."
    make_agenda_item(session=session)
    (pack,) = [each for each in planned_view(session) if each.kind == PlannedKind.PACK]
    assert pack.reason == "You see it first: look at it and put it ready."


def test_a_pack_put_ready_goes_at_its_moment_and_not_to_who_said_no(session, anna):
    with clock.at(NOW):
        send(session, anna)
        make_agenda_item(session=session, title="Welcome")
        answer(invitation=session.invitations.first(), answer=Answer.NO)
        due = datetime(2027, 2, 16, 9, tzinfo=ZONE)
        pack = plan_briefing(session=session, by=anna, kind=BriefingKind.PACK, send_at=due)

    with clock.at(due):
        while send_briefing(pack.pk):
            pass

    pack.refresh_from_db()
    assert pack.status == BriefingStatus.SENT
    assert OutgoingMail.objects.filter(body__kind="pack").count() == 1
    assert row(session, PlannedKind.PACK).state == PlannedState.DONE


def test_taking_back_leaves_nothing_planned(session, anna):
    with clock.at(NOW):
        briefing = plan_briefing(session=session, by=anna, send_at=NOW + timedelta(days=1))
        assert row(session, PlannedKind.INVITATION).due_at == NOW + timedelta(days=1)
        take_back(briefing=briefing, by=anna)

    assert set(PlannedMail.objects.values_list("state", flat=True)) == {PlannedState.CANCELLED}


def test_a_briefing_that_is_not_ready_at_its_moment_waits_with_its_reason(session, anna):
    with clock.at(NOW):
        briefing = plan_briefing(session=session, by=anna, send_at=NOW + timedelta(days=1))
        session.goal = ""
        session.status = "draft"
        session.save()

    with clock.at(NOW + timedelta(days=1)):
        send_briefing(briefing.pk)

    assert row(session, PlannedKind.INVITATION).state == PlannedState.BLOCKED
    assert planned_view(session)[0].reason == "Say what the goal is."
    assert not OutgoingMail.objects.exists()


def test_rules_that_were_promised_remind_the_organiser(session, anna):
    session.decides = "advice"
    session.save()
    DecisionProcedure.objects.create(session=session, method="later", rules_on=date(2027, 2, 9))
    with clock.at(NOW):
        send(session, anna)

    with clock.at(datetime(2027, 2, 6, 9, 1, tzinfo=ZONE)):
        run_due()
        run_due()

    mail = OutgoingMail.objects.get(body__kind="rules_due")
    assert mail.to_email == "anna@example.org"
    assert "9 February" in mail.body.subject


def test_another_country_moves_what_is_planned_at_once_and_leaves_what_was_sent(session, workspace, anna):
    kings_day = datetime(2027, 4, 27, 9, tzinfo=ZONE)
    with clock.at(NOW):
        session.starts_at = kings_day + timedelta(days=14)
        session.ends_at = session.starts_at + timedelta(hours=6)
        session.answer_by = date(2027, 5, 2)
        session.save()
        send(session, anna)
        day_before = kings_day - timedelta(days=1)
        assert [row(session, kind).due_at for kind in ("reminder", "pack")] == [day_before, day_before]

        save_workspace(workspace=workspace, fields={"country": "BE"}, by=anna)

    assert [row(session, kind).due_at for kind in ("reminder", "pack")] == [kings_day, kings_day]
    with clock.at(kings_day):
        run_due()
        reminded = row(session, "reminder")
        assert reminded.state == PlannedState.DONE
        save_workspace(workspace=workspace, fields={"country": "NL"}, by=anna)
    assert row(session, "reminder").due_at == kings_day


def test_another_country_leaves_the_meetings_of_other_workspaces_alone(session, anna, eva):
    with clock.at(NOW):
        send(session, anna)
    PlannedMail.objects.filter(session=session, kind="pack").update(due_at=NOW)

    save_workspace(workspace=eva.workspaces.get(), fields={"country": "BE"}, by=eva)

    assert row(session, "pack").due_at == NOW
