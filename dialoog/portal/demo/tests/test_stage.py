"""A meeting is played in its own time: only its own mails leave, nothing is told ahead."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from dialoog.kernel import clock
from dialoog.portal.demo.stage import Stage, last_weekday, next_weekday
from dialoog.testing.factories import invite, make_sent_session, make_session
from sessions.actions.plan import save_meeting
from sessions.actions.planned import recompute, run_due
from sessions.models import PlannedKind, PlannedState


def test_only_the_mails_of_one_session_are_run(workspace):
    mine, other = (make_sent_session(workspace=workspace, days=8) for _each in range(2))
    for session in (mine, other):
        invite(session=session)
        recompute(session)
    due = clock.now() + timedelta(hours=1)

    with clock.at(due):
        run_due(session=mine)

    def pack(session):
        return session.planned_mails.get(kind=PlannedKind.PACK).state

    assert pack(mine) == PlannedState.BLOCKED
    assert pack(other) == PlannedState.PLANNED


def test_a_meeting_far_away_has_its_own_zone(workspace, anna):
    session = make_session(workspace=workspace)

    save_meeting(session=session, fields={"timezone": "Asia/Kolkata"}, by=anna, version=session.version)

    session.refresh_from_db()
    assert session.timezone == "Asia/Kolkata"


def test_the_stage_tells_nothing_that_is_still_to_come(db):
    stage = Stage(clock.today("Europe/Amsterdam"), "Europe/Amsterdam")

    with pytest.raises(ValueError, match="still to come"), stage.at(2, 9):
        pass


def test_moments_are_those_of_the_place(db):
    stage = Stage(last_weekday(clock.today("Asia/Kolkata") - timedelta(days=7), 1), "Asia/Kolkata")

    with stage.at(0, 9, 30):
        local = clock.now().astimezone(ZoneInfo("Asia/Kolkata"))

    assert (local.weekday(), local.hour, local.minute) == (1, 9, 30)


@pytest.mark.parametrize("weekday", range(7))
def test_weekdays_are_found_on_both_sides(weekday):
    today = clock.today("Europe/Amsterdam")

    before, after = last_weekday(today, weekday), next_weekday(today, weekday)

    assert {before.weekday(), after.weekday()} == {weekday}
    assert timedelta(0) <= today - before < timedelta(days=7)
    assert timedelta(0) <= after - today < timedelta(days=7)
