"""Screens 6 and 7: nothing stops you, a director who was asked, and another moment seen at once."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dialoog.kernel import clock
from dialoog.kernel.ui import dates
from dialoog.testing.factories import (
    invite,
    make_organisation,
    make_person,
    make_promised_session,
    make_sent_session,
)
from sessions.actions.brief import plan_briefing, suggested_send_at
from sessions.actions.endorse import answer_endorsement, ask_endorsement
from sessions.models import (
    BriefingKind,
    Decides,
    DecisionProcedure,
    Fallback,
    Method,
    PlannedKind,
    PlannedMail,
    TieRule,
)
from sessions.send_view import send_view
from sessions.tests.screens.conftest import url
from stakeholders.models import Channel

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
FREE, WAITS = "Nothing stops you", "Gerard Zijlstra has not answered yet"


@pytest.fixture
def session(workspace):
    session = make_promised_session(workspace=workspace)
    invite(session=session)
    return session


def shown(client, session, screen):
    return client.get(url(session, screen)).content.decode()


def ask(session, by):
    return ask_endorsement(session=session, name="Gerard Zijlstra", email="g@example.org", by=by)


def test_screen_six_says_that_nothing_stops_you_before_the_warnings(client, session):
    page = shown(client, session, "invite_look")

    assert FREE in page.partition('<ul class="points">')[0]


def test_screen_six_does_not_say_so_while_something_does(client, session):
    session.goal = ""
    session.save()

    assert FREE not in shown(client, session, "invite_look")


def test_screen_six_does_not_say_so_once_it_went_out(client, workspace):
    session = make_sent_session(workspace=workspace)
    invite(session=session)

    assert FREE not in shown(client, session, "invite_look")


def test_both_screens_speak_of_a_director_who_has_not_answered(client, session, bram):
    asked = ask(session, bram)
    assert FREE not in shown(client, session, "invite_look")
    assert WAITS in shown(client, session, "invite_look")
    assert "Gerard Zijlstra was asked to agree and has not answered yet." in shown(
        client, session, "invite_send"
    )

    answer_endorsement(endorsement=asked, agreed=True)

    assert FREE in shown(client, session, "invite_look")
    assert "has not answered yet" not in shown(client, session, "invite_send")


def test_a_planned_invitation_still_says_who_has_not_answered(client, session, bram):
    ask(session, bram)
    plan_briefing(session=session, kind=BriefingKind.INVITATION, send_at=suggested_send_at(session), by=bram)

    page = shown(client, session, "invite_look")

    assert WAITS in page
    assert "Nothing is open." not in page


def test_everybody_is_counted_once_and_whoever_is_called_first_gets_the_invitation_too(
    client, session, workspace
):
    called = invite(session=session)
    called.call_first = True
    called.save()
    phone = make_person(workspace=workspace, channel=Channel.PHONE, phone="070 555 01 09")
    invite(session=session, person=phone)
    invite(session=session, person=make_person(workspace=workspace, channel=Channel.PHONE, phone=""))

    page = shown(client, session, "invite_send")

    rows = re.findall(r'<span class="big">(\d+)</span><div><h3>([^<]+)', page)
    assert rows == [("2", "by e-mail"), ("1", "by telephone"), ("1", "cannot be reached yet")]
    assert "3 people get word" in page
    assert f"You call {called.person.name} first. The invitation goes out all the same." in page


def test_the_day_by_which_is_decided_stands_in_the_line_of_days(session):
    session.decides = Decides.ADVICE
    session.adopter, session.adopts_by = "the board", session.report_by + timedelta(days=20)

    days = send_view(session).days

    assert days[-1].title == "The board decides"
    assert days[-1].on == session.adopts_by


def test_asking_somebody_is_folded_until_it_went_wrong(client, session):
    assert '<details class="fold"><summary>Ask someone' in shown(client, session, "invite_look")

    wrong = client.post(url(session, "endorsement_ask"), {"name": "Gerard", "email": "nobody"})

    assert '<details class="fold" open><summary>Ask someone' in wrong.content.decode()


@pytest.mark.parametrize(("preview", "kind"), [("send_preview", "invite"), ("pack_send_preview", "pack")])
def test_another_moment_is_seen_at_once(client, workspace, preview, kind):
    make = make_promised_session if kind == "invite" else make_sent_session
    session = make(workspace=workspace)
    invite(session=session, **({} if kind == "invite" else {"sent_at": clock.now()}))
    day = (clock.now() + timedelta(days=3)).date()
    moment = datetime(day.year, day.month, day.day, 14, 30, tzinfo=ZoneInfo(session.timezone))
    typed = {"when": "other", "day": day.isoformat(), "at": "14:30"}

    page = client.post(url(session, preview), typed).content.decode()

    assert f'<li class="now"><time datetime="{day.isoformat()}"' in page
    assert f"ready for {dates.when(moment, session.timezone)}</span>" in page
    assert not session.briefings.filter(status="planned").exists()


@pytest.mark.parametrize(
    "typed",
    [{"when": "other"}, {"when": "other", "day": "2020-01-01", "at": "09:00"}, {"when": "other", "day": "x"}],
)
def test_a_moment_that_is_none_leaves_the_proposed_one(client, session, typed):
    page = client.post(url(session, "send_preview"), typed).content.decode()

    on = suggested_send_at(session).date()
    assert f'<li class="now"><time datetime="{on.isoformat()}"' in page
    assert "for the moment you chose</span>" in page


def test_right_now_is_today_on_the_line_of_days(client, session):
    page = client.post(url(session, "send_preview"), {"when": "now"}).content.decode()

    today = clock.today(session.timezone)
    assert f'<li class="now"><time datetime="{today.isoformat()}"' in page


def test_the_line_of_days_tells_of_the_questions_afterwards(client, session):
    line = shown(client, session, "invite_send").partition('<ol class="days">')[2].partition("</ol>")[0]

    meeting, questions, report = line.split("<li")[-3:]
    assert "The meeting" in meeting
    assert "A few questions about how it was" in questions
    assert "with one reminder" in questions
    assert "afterwards</span>" in questions
    assert "<time" not in questions
    assert "You tell what has happened" in report


def test_the_questions_have_their_day_once_it_is_planned(session):
    due_at = session.ends_at + timedelta(days=1)
    PlannedMail.objects.create(
        session=session, kind=PlannedKind.FEEDBACK, due_at=due_at, late_after=due_at + timedelta(days=5)
    )

    asked = next(day for day in send_view(session).days if day.title.startswith("A few questions"))

    assert (asked.on, asked.when) == (due_at.astimezone(ZoneInfo(session.timezone)).date(), "")


def test_a_refused_moment_still_shows_what_was_chosen(client, session):
    day = session.answer_by + timedelta(days=1)
    typed = {"when": "other", "day": day.isoformat(), "at": "09:00"}

    answer = client.post(url(session, "invite_send"), typed)

    assert answer.status_code == 422
    assert f'<li class="now"><time datetime="{day.isoformat()}"' in answer.content.decode()


def test_the_line_of_days_keeps_the_planned_moment_after_saving(client, session):
    day = (clock.now() + timedelta(days=4)).date()
    client.post(url(session, "invite_send"), {"when": "other", "day": day.isoformat(), "at": "10:00"})

    page = shown(client, session, "invite_send")

    assert session.briefings.get(kind=BriefingKind.INVITATION).planned_for.date() == day
    assert f'<li class="now"><time datetime="{day.isoformat()}"' in page


def test_the_numbers_of_three_pages_agree_and_say_what_they_count(client, workspace):
    session = make_promised_session(workspace=workspace, decides=Decides.YES)
    rules = {"fallback": Fallback.NOTHING, "tie_rule": TieRule.BOTH}
    DecisionProcedure.objects.create(session=session, method=Method.VOTE, **rules)
    for organisation in [make_organisation(workspace=workspace) for _each in range(2)]:
        for group in ("companies", "unions"):
            person = make_person(workspace=workspace, organisation=organisation)
            invite(session=session, person=person, group=group)
    invite(session=session, person=make_person(workspace=workspace), group="unions")

    look = shown(client, session, "invite_look")
    send = shown(client, session, "invite_send")
    whole = client.get(workspace.url("portal:session_detail", session.pk)).content.decode()

    assert "must take part: 2 of 3 now. 1 person without an organisation counts as one." in look
    assert "5 people get word" in send
    assert "2 organisations, 2 groups" in send
    assert "5 people of 2 organisations, from 2 groups." in whole


def test_a_planned_moment_is_where_choosing_another_begins(client, session):
    day = (clock.now() + timedelta(days=4)).date()
    client.post(url(session, "invite_send"), {"when": "other", "day": day.isoformat(), "at": "10:00"})

    page = shown(client, session, "invite_send")

    assert f'value="{day.isoformat()}"' in page.partition('name="day"')[2][:60]
    assert 'value="10:00"' in page.partition('name="at"')[2][:60]
