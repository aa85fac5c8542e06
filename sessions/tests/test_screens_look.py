"""The screens while they are filled in, in a real browser: what is proposed, said and counted at once."""

from datetime import timedelta

import pytest
from django.utils import translation
from playwright.sync_api import expect

from dialoog.kernel import clock
from dialoog.kernel.ui import dates
from dialoog.testing.browser import choose
from dialoog.testing.factories import invite, make_promised_session
from sessions.actions.plan import plan_session, suggested_answer_by, suggested_report_after

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# as somebody types it, without the focus that goes with typing
TYPED = "(field, day) => { field.value = day; field.dispatchEvent(new Event('change', { bubbles: true })); }"


def in_days(count):
    return (clock.now() + timedelta(days=count)).date()


@pytest.fixture
def opened(page, live_server, signed_in, workspace, bram):
    """Opens a screen of a session, signed in."""
    signed_in(bram, live_server.url)

    def go(session, screen):
        page.goto(live_server.url + workspace.url(f"sessions:invite_{screen}", session.pk))
        return page

    return go


def test_the_day_for_answers_follows_the_date_until_somebody_chooses(opened, workspace, bram):
    session = plan_session(workspace=workspace, by=bram)
    page = opened(session, "meeting")
    proposed = [
        suggested_answer_by(in_days(days), clock.today(session.timezone), workspace.is_day_off)
        for days in (60, 90)
    ]

    page.locator("[name=day]").fill(in_days(60).isoformat())
    expect(page.locator("[name=answer_by]")).to_have_value(proposed[0].isoformat())
    page.locator("[name=day]").fill(in_days(90).isoformat())
    expect(page.locator("[name=answer_by]")).to_have_value(proposed[1].isoformat())
    expect(page.locator("#id_answer_by_helptext")).to_contain_text("Halfway between now and the meeting.")

    page.locator("[name=answer_by]").fill(in_days(20).isoformat())
    expect(page.locator("#id_answer_by_helptext")).to_contain_text("Halfway between now and the meeting is ")
    page.locator("[name=day]").fill(in_days(60).isoformat())
    expect(page.locator("#id_answer_by_helptext")).to_contain_text(dates.day_month(proposed[0]))
    expect(page.locator("[name=answer_by]")).to_have_value(in_days(20).isoformat())


def test_every_screen_begins_where_its_steps_begin(opened, workspace):
    page = opened(make_promised_session(workspace=workspace), "meeting")
    page.set_viewport_size({"width": 1440, "height": 900})

    boxes = [page.locator(each).first.bounding_box() for each in (".road ol", ".screen h1", ".work")]

    assert len({box["x"] for box in boxes}) == 1


@pytest.mark.parametrize("width", [390, 1024, 1440])
@pytest.mark.parametrize("times", [1, 12])
def test_the_mail_has_no_scroll_bar_of_its_own(opened, workspace, width, times):
    session = make_promised_session(
        workspace=workspace, use_of_outcomes="the work plan of the coming three years. " * times
    )
    invite(session=session)
    page = opened(session, "look")
    page.set_viewport_size({"width": width, "height": 900})

    frame = page.locator("iframe.mail-frame")
    room = frame.bounding_box()
    address = frame.evaluate("each => each.src")
    page.set_viewport_size({"width": int(room["width"]), "height": 200})
    page.goto(address)

    needed = page.evaluate("document.documentElement.scrollHeight")
    assert needed <= room["height"] < needed * 1.5


def test_the_phone_and_the_cards_say_what_is_typed_as_the_mail_will(opened, workspace):
    session = make_promised_session(workspace=workspace, decides="advice")
    page = opened(session, "promise")

    page.locator("[name=use_of_outcomes]").fill("for the work plan")
    page.locator("[name=not_used_for]").fill("to rate members")
    page.locator("[name=adopter]").fill("The council")

    phone = page.locator(".phone")
    expect(phone).to_contain_text("We use the outcome for the work plan. Not to rate members.")
    expect(phone).to_contain_text("The council adopts it, or puts in writing why not.")
    expect(page.locator(".say .pick").nth(3)).to_contain_text("The council adopts it")
    expect(page.locator(".say-key")).to_contain_text("the council")


def keeps(session, text):
    """Whether an answer is that to the autosave of a form with this text in it."""
    kept = session.workspace.url("sessions:draft_keep", session.pk, "promise")
    return lambda answer: answer.url.endswith(kept) and text in (answer.request.post_data or "")


def test_a_day_after_the_decision_is_one_press_away_and_never_moves_by_itself(
    opened, workspace, looks_right, bram
):
    early, decided = in_days(70), in_days(80)
    session = make_promised_session(
        workspace=workspace, decides="advice", adopts_by=in_days(72), report_by=early
    )
    page = opened(session, "promise")
    field, hint = page.locator("[name=report_by]"), page.locator("#id_report_by_helptext")
    page.locator("[name=adopts_by]").fill(decided.isoformat())
    later = suggested_report_after(decided, workspace.is_day_off)
    button = hint.get_by_role("button", name=f"Take {dates.day_month(later)}", exact=True)
    expect(button).to_be_visible()
    expect(field).to_have_value(early.isoformat())
    looks_right("promise-crossing")

    button.focus()
    # what comes in for another date is no reason to lose one's place
    field.evaluate(TYPED, in_days(71).isoformat())
    expect(page.locator(".phone [data-live=report]")).to_contain_text(dates.day_month(in_days(71)))
    expect(button).to_be_focused()
    with page.expect_response(keeps(session, later.isoformat())):
        page.keyboard.press("Enter")

    expect(field).to_have_value(later.isoformat())
    expect(field).to_be_focused()
    expect(hint).not_to_contain_text("This comes before")
    expect(page.locator(".phone [data-live=report]")).to_contain_text(dates.day_month(later))
    assert session.drafts.get(user=bram, screen="promise").fields["report_by"] == [later.isoformat()]


def test_another_moment_shows_in_the_button_and_in_the_line_of_days(opened, workspace):
    session = make_promised_session(workspace=workspace)
    invite(session=session)
    page = opened(session, "send")

    choose(page.locator("[name=when][value=other]"))
    page.locator("[name=day]").fill(in_days(5).isoformat())
    page.locator("[name=at]").fill("14:30")

    expect(page.locator("button.go")).to_contain_text(f"Put 1 mail ready for {dates.day(in_days(5))}, 14:30")
    expect(page.locator(".days .now time")).to_have_attribute("datetime", in_days(5).isoformat())


@pytest.mark.parametrize("width", [360, 390])
def test_the_button_that_names_a_moment_takes_two_lines_on_a_phone(opened, workspace, bram, width):
    """With the longest day there is, in the longer of our languages."""
    bram.language = "nl"
    bram.save()
    session = make_promised_session(workspace=workspace, days=365)
    for _each in range(10):
        invite(session=session)
    page = opened(session, "send")
    page.set_viewport_size({"width": width, "height": 844})
    with translation.override("nl"):
        longest = max((in_days(count) for count in range(2, 350)), key=lambda day: len(dates.day(day)))
        words = dates.day(longest)

    choose(page.locator("[name=when][value=other]"))
    page.locator("[name=day]").fill(longest.isoformat())
    page.locator("[name=at]").fill("09:00")
    label = page.locator(".dock .go span:visible")
    expect(label).to_contain_text(words)

    lines = label.evaluate(
        "span => span.getBoundingClientRect().height / parseFloat(getComputedStyle(span).lineHeight)"
    )
    assert round(lines) <= 2
