"""Days off: no mail that leaves by itself falls on one, and a director gets a day to answer."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from dialoog.kernel import clock
from dialoog.kernel.workspaces.models import Workspace
from dialoog.testing.factories import invite, make_promised_session
from sessions.actions.brief import suggested_moment, suggested_send_at
from sessions.actions.endorse import answer_endorsement, ask_endorsement
from sessions.actions.plan import suggested_answer_by
from sessions.actions.planned import recompute
from sessions.engine.working_days import next_working_day, pack_on, previous_working_day, reminder_on
from sessions.models import BriefingKind, PlannedKind, Status
from sessions.readiness.facts import SessionFacts
from sessions.send_view import send_view

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Europe/Amsterdam")
MONDAY = datetime(2027, 1, 11, 12, tzinfo=ZONE)


def is_weekend(day: date) -> bool:
    return day.weekday() >= 5


@pytest.mark.parametrize(
    ("country", "day", "is_off"),
    [
        ("NL", date(2027, 4, 27), True),  # King's Day
        ("BE", date(2027, 4, 27), False),
        ("BE", date(2027, 7, 21), True),
        ("NL", date(2027, 3, 29), True),  # Easter Monday
        ("NL", date(2027, 3, 30), False),
        ("NL", date(2027, 3, 20), True),  # a Saturday
        ("AQ", date(2027, 3, 22), False),
    ],
)
def test_a_day_off_is_one_of_the_country(country, day, is_off):
    assert Workspace(country=country).is_day_off(day) is is_off


@pytest.mark.parametrize("country", ["", "nl", "ZZ"])
def test_the_database_refuses_a_country_that_is_none(workspace, country):
    with pytest.raises(IntegrityError), transaction.atomic():
        Workspace.objects.filter(pk=workspace.pk).update(country=country)


def test_the_engine_walks_over_days_off():
    saturday = date(2027, 3, 6)

    assert next_working_day(saturday, is_weekend) == date(2027, 3, 8)
    assert previous_working_day(saturday, is_weekend) == date(2027, 3, 5)
    assert reminder_on(date(2027, 3, 11), is_weekend) == date(2027, 3, 5)


@pytest.mark.parametrize(
    ("starts_on", "answer_by", "expected"),
    [
        (date(2027, 3, 2), date(2027, 2, 5), date(2027, 2, 16)),
        (date(2027, 3, 6), None, date(2027, 2, 19)),  # two weeks before is a Saturday
        (date(2027, 3, 2), date(2027, 2, 16), date(2027, 2, 17)),  # answers are due that day
        (date(2027, 3, 5), date(2027, 2, 19), date(2027, 2, 22)),  # a Friday: the Monday after
        (date(2027, 3, 6), date(2027, 2, 20), date(2027, 2, 22)),  # answers on the Saturday it would avoid
        (date(2027, 3, 2), date(2027, 2, 18), date(2027, 2, 16)),  # later answers: a check says so
    ],
)
def test_the_pack_goes_on_a_working_day_and_not_while_answers_are_due(starts_on, answer_by, expected):
    assert pack_on(starts_on, answer_by, is_weekend) == expected


def test_reminder_and_pack_avoid_public_holidays_in_every_place(workspace):
    with clock.at(datetime(2027, 3, 1, 12, tzinfo=ZONE)):
        session = make_promised_session(
            workspace=workspace,
            starts_at=datetime(2027, 5, 11, 8, tzinfo=UTC),
            ends_at=datetime(2027, 5, 11, 10, tzinfo=UTC),
            answer_by=date(2027, 4, 3),
            status=Status.PLANNED,
        )
        invite(session=session)
        session.briefings.create(
            kind=BriefingKind.INVITATION, planned_for=clock.now(), content={}, digest="0" * 64, version=1
        )
        recompute(session)
        days = {day.title: day.on for day in send_view(session).days}
        suggested = suggested_send_at(session, BriefingKind.PACK)

    planned = {row.kind: row.due_at.astimezone(ZONE).date() for row in session.planned_mails.all()}
    # 29 March is Easter Monday, 26 March Good Friday; 27 April is King's Day
    assert planned[PlannedKind.REMINDER] == days["One reminder"] == date(2027, 3, 25)
    assert planned[PlannedKind.PACK] == days["Information pack"] == date(2027, 4, 26)
    assert suggested.date() == date(2027, 4, 26)


def test_before_anything_is_planned_every_page_says_the_day_of_the_pack(workspace):
    starts = datetime(2027, 5, 11, 8, tzinfo=UTC)
    with clock.at(datetime(2027, 3, 1, 12, tzinfo=ZONE)):
        draft = make_promised_session(
            workspace=workspace,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            answer_by=date(2027, 4, 3),
        )

        assert SessionFacts.of(draft).pack_due_on == date(2027, 4, 26)


def test_halfway_is_a_working_day():
    assert suggested_answer_by(date(2027, 3, 31), date(2027, 3, 1), is_weekend) == date(2027, 3, 16)
    assert suggested_answer_by(date(2027, 3, 31), date(2027, 2, 24), is_weekend) == date(2027, 3, 12)


# --- a director who was just asked


def ask(session, by):
    return ask_endorsement(session=session, name="Gerard Zijlstra", email="g@example.org", by=by)


@pytest.fixture
def session(workspace, anna):
    with clock.at(MONDAY):
        return make_promised_session(workspace=workspace, contact=anna)


def test_who_was_just_asked_to_agree_gets_a_working_day(session, anna):
    with clock.at(MONDAY):
        assert suggested_moment(session) == (datetime(2027, 1, 12, 9, tzinfo=ZONE), None)
        asked = ask(session, anna)

        assert suggested_moment(session) == (datetime(2027, 1, 13, 9, tzinfo=ZONE), asked)
        assert suggested_moment(session, BriefingKind.PACK)[1] is None

    with clock.at(MONDAY + timedelta(days=1)):
        assert suggested_moment(session) == (datetime(2027, 1, 13, 9, tzinfo=ZONE), None)


def test_the_day_for_a_director_is_no_day_off(session, anna):
    with clock.at(datetime(2027, 1, 14, 12, tzinfo=ZONE)):  # a Thursday
        ask(session, anna)

        assert suggested_send_at(session) == datetime(2027, 1, 18, 9, tzinfo=ZONE)


def test_an_answer_brings_the_usual_moment_back(session, anna):
    with clock.at(MONDAY):
        answer_endorsement(endorsement=ask(session, anna), agreed=True)

        assert suggested_moment(session) == (datetime(2027, 1, 12, 9, tzinfo=ZONE), None)


def test_nothing_waits_beyond_the_day_answers_are_due(session, anna):
    with clock.at(MONDAY):
        session.answer_by = date(2027, 1, 13)
        ask(session, anna)

        assert suggested_moment(session) == (datetime(2027, 1, 12, 9, tzinfo=ZONE), None)
