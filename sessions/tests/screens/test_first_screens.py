"""The first three screens: what is proposed, what is folded away, and what is seen while it is typed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from dialoog.kernel import clock
from dialoog.kernel.ui import dates
from dialoog.testing.factories import make_promised_session
from sessions.actions.plan import plan_session, suggested_answer_by
from sessions.models import DecisionProcedure, Fallback, Method, TieRule
from sessions.tests.screens.conftest import PROMISE, meeting, url

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def in_days(count):
    return (clock.now() + timedelta(days=count)).date()


def halfway(session, days):
    return suggested_answer_by(in_days(days), clock.today(session.timezone), session.workspace.is_day_off)


def shown(client, session, screen):
    return client.get(url(session, f"invite_{screen}")).content.decode()


def fold_of(page, name):
    """Whether the fold around this field is open."""
    before = page.partition(f'name="{name}"')[0]
    return " open>" in before[before.rindex("<details") :].partition("<summary")[0]


# --- screen 1


def test_the_day_for_answers_is_proposed_from_the_date_in_the_form(client, session):
    typed = {"date_mode": "fixed", "day": in_days(60).isoformat()}

    preview = client.post(url(session, "meeting_preview"), typed).content.decode()

    assert f'data-live-value="answer_by" value="{halfway(session, 60).isoformat()}"' in preview
    assert "Halfway between now and the meeting." in preview
    session.refresh_from_db()
    assert session.starts_at is None


@pytest.mark.parametrize(
    "typed",
    [
        {"date_mode": "poll", "day": "2999-01-01"},
        {"date_mode": "fixed"},
        {"date_mode": "fixed", "day": "2020-01-01"},
        {"date_mode": "fixed", "day": "soon"},
    ],
)
def test_without_a_day_to_come_nothing_is_proposed(client, session, typed):
    preview = client.post(url(session, "meeting_preview"), typed).content.decode()

    assert 'data-live-value="answer_by" value=""' in preview
    assert "Halfway" not in preview


def test_a_date_in_the_draft_already_brings_the_proposal(client, session):
    typed = meeting(session, day=in_days(40).isoformat())
    client.post(url(session, "draft_keep", "meeting"), typed)

    page = shown(client, session, "meeting")

    assert f'value="{halfway(session, 40).isoformat()}"' in page.partition('name="answer_by"')[2][:120]


def test_another_day_than_halfway_is_kept_and_compared(client, session):
    answer_by = in_days(20)
    client.post(url(session, "invite_meeting"), meeting(session, answer_by=answer_by.isoformat()))

    session.refresh_from_db()
    assert session.answer_by == answer_by
    middle = dates.day_month(halfway(session, 60))
    assert f"Halfway between now and the meeting is {middle}." in shown(client, session, "meeting")


def test_more_days_and_another_zone_are_folded_until_they_are_unusual(client, session):
    assert not fold_of(shown(client, session, "meeting"), "last_day")

    client.post(url(session, "invite_meeting"), meeting(session, timezone="Asia/Kolkata"))
    page = shown(client, session, "meeting")

    assert fold_of(page, "last_day")
    assert '<span data-mirror="timezone">Asia/Kolkata</span>' in page


def test_a_mistake_in_a_fold_opens_it(client, session):
    data = meeting(session, last_day="2020-01-01")

    page = client.post(url(session, "invite_meeting"), data)

    assert page.status_code == 422
    assert fold_of(page.content.decode(), "last_day")


def test_a_deputy_is_folded_until_there_is_one(client, session):
    assert not fold_of(shown(client, session, "meeting"), "deputy_name")

    client.post(url(session, "invite_meeting"), meeting(session, deputy_name="Tim"))

    assert fold_of(shown(client, session, "meeting"), "deputy_name")


@pytest.fixture
def local(bram):
    bram.email = "organiser@localhost"
    bram.name = bram.phone = ""
    bram.save()
    return bram


def test_the_address_of_a_first_user_is_left_empty_and_a_real_one_asked(client, workspace, local):
    session = plan_session(workspace=workspace, by=local)
    assert session.contact_email == ""
    session.contact_email = local.email
    session.save()

    page = shown(client, session, "meeting")
    refused = client.post(url(session, "invite_meeting"), meeting(session, contact_email=local.email))

    assert local.email not in page
    assert "Who replies to the mail writes to this address." in page
    assert refused.status_code == 422
    assert "Answers would not reach you here." in refused.content.decode()


def test_a_first_user_says_who_they_are_once(client, workspace, local):
    session = plan_session(workspace=workspace, by=local)
    client.post(url(session, "invite_meeting"), meeting(session))

    again = plan_session(workspace=workspace, by=local)

    local.refresh_from_db()
    assert (local.name, local.phone) == ("Bram", "070 555 01 02")
    assert again.contact_email == "bram@example.org"


# --- screen 2


def test_the_circles_are_explained_with_who_decides(client, session):
    page = shown(client, session, "promise")
    key = page.partition('class="say-key"')[2]

    assert f'<span data-live="who">{session.workspace.name.replace("&", "&amp;")}</span>' in key
    assert "the people at the table" in key
    assert "overlap: what you decide together" in key
    preview = client.post(url(session, "promise_preview"), PROMISE).content.decode()
    assert '<span data-live="who">the board</span>' in preview


def test_dates_that_cross_are_seen_before_saving(client, session):
    typed = {**PROMISE, "report_by": in_days(70).isoformat(), "adopts_by": in_days(90).isoformat()}

    preview = client.post(url(session, "promise_preview"), typed).content.decode()

    assert f"This comes before {dates.day_month(in_days(90))}, by which the board decides" in preview
    assert f"By {dates.day_month(in_days(70))} at the latest, also what we did" in preview
    later = {**typed, "report_by": in_days(95).isoformat()}
    assert "This comes before" not in client.post(url(session, "promise_preview"), later).content.decode()


@pytest.mark.parametrize(
    ("decided", "value", "button"),
    [
        (date(2027, 3, 10), "2027-03-17", "Take 17 March"),
        # a week later is Easter Monday
        (date(2027, 3, 22), "2027-03-30", "Take 30 March"),
    ],
)
def test_a_report_before_the_decision_is_offered_a_day_after_it(client, workspace, decided, value, button):
    with clock.at(datetime(2027, 1, 4, 9, tzinfo=UTC)):
        session = make_promised_session(
            workspace=workspace, decides="advice", adopts_by=decided, report_by=date(2027, 3, 8), days=50
        )

        page = shown(client, session, "promise")

    hint = page.partition('id="id_report_by_helptext"')[2].partition("</p>")[0]
    assert f'<button class="linklike" type="button" data-take="report_by" value="{value}">{button}<' in hint
    assert 'aria-live="polite"' in hint
    assert 'value="2027-03-08"' in page.partition('name="report_by"')[2][:40]


def test_the_phone_ends_its_sentences_as_the_mail_does(client, workspace):
    session = make_promised_session(workspace=workspace, out_of_scope="You do not decide about the budget")

    page = shown(client, session, "promise")

    assert "data-sentence>You do not decide about the budget.</span>" in page
    assert "We use the outcome for the work plan of the next three years.</span>" in page
    assert "Not to rate or exclude members.</span>" in page


def test_what_went_wrong_last_time_is_folded_until_it_is_written(client, session):
    assert not fold_of(shown(client, session, "promise"), "last_time")

    type(session).objects.filter(pk=session.pk).update(last_time="nobody knew the rules")

    assert fold_of(shown(client, session, "promise"), "last_time")


# --- screen 3


@pytest.fixture
def deciding(workspace):
    return make_promised_session(workspace=workspace, decides="yes")


def test_the_numbers_are_one_sentence_behind_a_fold(client, deciding):
    page = shown(client, deciding, "decision")

    assert not fold_of(page, "quorum")
    assert (
        "At least two thirds of the invited organisations must take part. If that does not work, nothing "
        "is decided. If two are equal, both count."
    ) in page.partition('data-live="numbers">')[2]


def test_the_sentence_of_the_numbers_follows_what_is_typed(client, deciding):
    typed = {
        "version": deciding.version,
        "method": "vote",
        "quorum": "9",
        "quorum_groups": "",
        "fallback": Fallback.NOTHING,
        "tie_rule": TieRule.SEVERITY,
    }

    preview = client.post(url(deciding, "decision_preview"), typed).content.decode()
    numbers = preview.partition('data-live="numbers">')[2].partition("<")[0]

    assert numbers == (
        "At least 9 organisations must take part. If that does not work, nothing is decided. "
        "If two are equal, the most serious harm goes first."
    )


def test_a_number_or_choice_that_is_wrong_says_nothing(client, deciding):
    wrong = {
        "version": deciding.version,
        "method": "vote",
        "quorum": "many",
        "fallback": "x",
        "tie_rule": "y",
    }

    answer = client.post(url(deciding, "invite_decision"), wrong)

    assert answer.status_code == 422
    numbers = answer.content.decode().partition('data-live="numbers">')[2].partition("<")[0]
    assert numbers == "At least two thirds of the invited organisations must take part."


def test_numbers_that_were_chosen_are_said_and_only_a_mistake_opens_the_fold(client, deciding):
    DecisionProcedure.objects.create(
        session=deciding, method=Method.VOTE, quorum=9, fallback=Fallback.NOTHING, tie_rule=TieRule.BOTH
    )
    page = shown(client, deciding, "decision")
    assert not fold_of(page, "quorum")
    assert "At least 9 organisations must take part." in page.partition('data-live="numbers">')[2]

    wrong = {"version": deciding.version, "method": "vote", "quorum": "0"}
    answer = client.post(url(deciding, "invite_decision"), wrong)

    assert answer.status_code == 422
    assert fold_of(answer.content.decode(), "quorum")


def test_saving_the_meeting_without_the_script_still_proposes(session, bram, client):
    client.post(url(session, "invite_meeting"), meeting(session))

    session.refresh_from_db()
    assert session.answer_by == halfway(session, 60)
