"""One journey, from a list of sixty people to a report that is read, in a browser, with real processes.

The days between are not waited for: the processes are stopped and started with their clock ahead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from dialoog.kernel import clock
from dialoog.testing.browser import PHONE, SCREENS, WIDE, choose
from dialoog.testing.journey import (
    House,
    Sink,
    attachments_of,
    open_house,
    personal_link,
    text_of,
    wait_until,
    write_list,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PEOPLE = 60
QUICK = 15_000
ZONE = "Europe/Amsterdam"
OWNER = "marieke@journey.internal"
QUESTION = "May my colleague listen in?"
WISH = "Late changes cause overtime."
PART = "Orders that change late"
DECIDED = "six materials we take on together"


@dataclass
class Journey:
    """What the steps hand on to each other."""

    house: House
    sink: Sink
    browser: Browser
    folder: Path
    day: date = field(default_factory=lambda: clock.today(ZONE) + timedelta(days=21))
    page: Page = None  # type: ignore[assignment]
    guest: Page = None  # type: ignore[assignment]
    session: str = ""
    # mails that had come before the last days went by
    told: int = 0

    def press(self, words: str) -> None:
        """Press the button or link with these words, and wait for the page that follows."""
        button = self.page.get_by_role("button", name=words).or_(self.page.get_by_role("link", name=words))
        with self.page.expect_navigation():
            button.first.click()
        expect(self.page.locator("h1")).to_be_visible()

    def choose(self, name: str, value: str) -> None:
        choose(self.page.locator(f"[name={name}][value={value}]"))

    def on(self) -> None:
        """The primary button of a screen."""
        with self.page.expect_navigation():
            self.page.locator(".dock .btn.go").click()
        errors = self.page.locator(".error, .errors").all_inner_texts()
        assert errors == [], errors

    def go(self, path: str) -> None:
        answer = self.page.goto(self.house.url + path)
        assert answer is not None
        assert answer.status == 200, path


@pytest.fixture
def journey(chromium: Browser, tmp_path: Path) -> Iterator[Journey]:
    for house, sink in open_house(tmp_path):
        made = Journey(house, sink, chromium, tmp_path)
        try:
            yield made
        finally:
            SCREENS.mkdir(exist_ok=True)
            for name, page in (("organiser", made.page), ("guest", made.guest)):
                if page is not None:
                    # where a journey that broke off stood
                    page.screenshot(path=SCREENS / f"journey-{name}.png", full_page=True)
                    page.context.close()


def test_from_a_list_of_sixty_people_to_a_report_that_is_read(journey):
    found_a_workspace(journey)
    sign_in(journey)
    say_what_it_is_about(journey)
    promise(journey)
    say_how_is_decided(journey)
    bring_the_list(journey)
    seat_the_groups(journey)
    send_now(journey)
    invitation = the_invitation_arrives(journey)
    a_guest_answers_on_a_cheap_phone(journey, invitation)
    the_organiser_answers_the_question(journey)
    the_guest_reads_the_answer(journey)
    the_wish_gets_a_place(journey)
    send_the_pack(journey)
    pack = the_pack_arrives(journey)
    the_guest_reads_the_programme_and_prepares(journey, pack)
    the_organiser_sees_what_was_answered(journey)

    travel(journey, journey.day + timedelta(days=1))
    sign_in(journey)
    write_down_how_it_went(journey)
    promise_something(journey)
    the_guest_says_how_it_was(journey)

    travel(journey, journey.day + timedelta(days=10))
    sign_in(journey)
    write_the_report(journey)
    the_report_arrives_and_is_read(journey)


def found_a_workspace(journey: Journey) -> None:
    journey.house.manage("prepare")
    words = ("Home & Table", "--owner", OWNER, "--owner-name", "Marieke de Wit", "--language", "en")
    assert "Home & Table" in journey.house.manage("create_workspace", *words)
    journey.house.open()
    journey.sink.wait_for(OWNER, "ready")


def sign_in(journey: Journey) -> None:
    """By a mailed code, as people do."""
    if journey.page is not None:
        journey.page.context.close()
    journey.page = journey.browser.new_context(locale="en-GB", viewport=WIDE).new_page()
    journey.page.set_default_timeout(QUICK)
    before = len(journey.sink.mails)
    journey.go("/accounts/login/")
    journey.page.fill("[name=login]", OWNER)
    journey.press("Mail me a code")
    code = re.search(
        r"^\s*([A-Z0-9]+-?[A-Z0-9]{3,})\s*$", text_of(journey.sink.wait_for(OWNER, after=before)), re.M
    )
    assert code is not None
    journey.page.fill("[name=code]", code[1])
    with journey.page.expect_navigation():
        journey.page.locator("form:has([name=code]) button[type=submit]").first.click()
    expect(journey.page).to_have_url(re.compile("/w/home-table/"))


def say_what_it_is_about(journey: Journey) -> None:
    page = journey.page
    journey.press("Meetings")
    journey.press("New meeting")
    page.fill("[name=title]", "Which materials do we take on?")
    page.fill("[name=day]", journey.day.isoformat())
    page.fill("[name=start]", "10:00")
    page.fill("[name=end]", "12:00")
    page.fill("[name=place]", "De Brug, Utrecht")
    page.fill("[name=answer_by]", (journey.day - timedelta(days=7)).isoformat())
    page.fill("[name=contact_phone]", "070 555 01 23")
    journey.on()
    journey.session = re.search(r"/w/home-table/sessions/\d+/", page.url)[0]


def promise(journey: Journey) -> None:
    page = journey.page
    page.fill("[name=goal]", "a list of at most six materials.")
    page.fill("[name=use_of_outcomes]", "our plan for three years.")
    journey.choose("influence", "collaborate")
    journey.choose("decides", "advice")
    page.fill("[name=adopter]", "the board")
    page.fill("[name=report_by]", (journey.day + timedelta(days=14)).isoformat())
    journey.choose("confidentiality", "room")
    journey.on()


def say_how_is_decided(journey: Journey) -> None:
    journey.choose("method", "own_advice")
    journey.on()


def bring_the_list(journey: Journey) -> None:
    page = journey.page
    write_list(journey.folder / "guests.xlsx", PEOPLE)
    page.set_input_files("input[type=file]", journey.folder / "guests.xlsx")
    journey.on()
    expect(page.locator("body")).to_contain_text("guests.xlsx")
    with page.expect_navigation():
        page.get_by_role("button", name=f"Add {PEOPLE} people").click()


def seat_the_groups(journey: Journey) -> None:
    page = journey.page
    expect(page.locator("h1")).to_have_text("Who is at the table?")
    # our sentences stand there; one group gets words of its own
    group = page.locator(".group").first
    group.locator(".edit > summary").click()
    group.locator("textarea").first.fill("you know this work.")
    journey.choose("history", "no")
    journey.on()
    expect(page.frame_locator("iframe.mail-frame").locator("body")).to_contain_text(
        "list of at most six materials"
    )
    journey.on()


def send_now(journey: Journey) -> None:
    page = journey.page
    expect(page.locator("h1")).to_have_text("Ready to send")
    journey.choose("when", "now")
    journey.on()


def the_invitation_arrives(journey: Journey) -> EmailMessage:
    """Everybody with an address gets one, with the paper and the meeting for their calendar."""
    mail = journey.sink.wait_for("guest1@journey.internal", "Which materials")
    invited = {f"guest{number}@journey.internal" for number in range(1, PEOPLE)}

    def all_came() -> bool:
        return invited <= {str(mail["To"]).split("<")[-1].strip(">") for mail in journey.sink.mails}

    wait_until(all_came, "all invitations")
    assert len([mail for mail in journey.sink.mails if "Which materials" in mail["Subject"]]) == PEOPLE - 1
    assert "Marieke de Wit (Home & Table)" in str(mail["From"])
    assert mail["Reply-To"].addresses[0].addr_spec == OWNER
    files = attachments_of(mail)
    with pikepdf.open(_kept(journey, files["application/pdf"])) as paper:
        assert "/StructTreeRoot" in paper.Root
    (event,) = icalendar.Calendar.from_ical(files["text/calendar"]).walk("VEVENT")
    assert event.decoded("dtstart").date() == journey.day
    return mail


def a_guest_answers_on_a_cheap_phone(journey: Journey, invitation: EmailMessage) -> None:
    """Without JavaScript, on a small screen: the answer, a question, a wish."""
    context = journey.browser.new_context(locale="en-GB", viewport=PHONE, java_script_enabled=False)
    journey.guest = page = context.new_page()
    page.set_default_timeout(QUICK)
    page.goto(personal_link(invitation))
    choose(page.locator("[name=answer][value=yes]"))
    choose(page.locator("[name=clear][value=question]"))
    page.locator("#answer [name=question]").fill(QUESTION)
    page.locator("#answer form button[type=submit]").click()
    expect(page.locator("h1")).to_contain_text("Thank you")
    page.locator("#wishes [name=agenda]").fill(WISH)
    page.locator("#wishes form button[type=submit]").first.click()
    expect(page.locator("body")).to_contain_text(QUESTION)


def the_organiser_answers_the_question(journey: Journey) -> None:
    page = journey.page
    journey.go(journey.session + "questions/")
    with page.expect_navigation():
        page.locator("main a[href*='/questions/']:not([href$='/questions/'])").first.click()
    page.fill("[name=answer]", "Yes, with pleasure.")
    journey.choose("whom", "everyone")
    journey.press("Put the answer on the page")


def the_guest_reads_the_answer(journey: Journey) -> None:
    journey.guest.reload()
    expect(journey.guest.locator("body")).to_contain_text("Yes, with pleasure.")


def the_wish_gets_a_place(journey: Journey) -> None:
    page = journey.page
    journey.go(journey.session + "programme/")
    journey.press("Start with a ready programme")
    journey.press("Start with six ready rules")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the rules").click()
    journey.go(journey.session + "wishes/")
    with page.expect_navigation():
        page.locator("main a[href*='/wishes/']:not([href$='/wishes/'])").first.click()
    expect(page.locator("main")).to_contain_text(WISH)
    journey.choose("place", "new")
    page.fill("[name=title]", PART)
    page.fill("[name=minutes]", "20")
    page.fill("[name=response]", "We begin with it.")
    journey.press("Save")
    expect(page.locator("main")).to_contain_text(PART)


def send_the_pack(journey: Journey) -> None:
    """Screens six and seven once more: looked at as everybody sees it, and sent."""
    page = journey.page
    journey.go(journey.session + "pack/look/")
    expect(page.frame_locator("iframe.mail-frame").locator("body")).to_contain_text(PART)
    journey.on()
    expect(page.locator("h1")).to_have_text("The pack, ready to send")
    journey.choose("when", "now")
    journey.on()
    expect(page.locator("body")).to_contain_text("The information pack is going out now.")


def the_pack_arrives(journey: Journey) -> EmailMessage:
    """Everybody who was invited by mail gets it, with the paper."""
    subject = "the programme of Which materials"
    mail = journey.sink.wait_for("guest1@journey.internal", subject)

    def all_came() -> bool:
        return len([each for each in journey.sink.mails if subject in each["Subject"]]) == PEOPLE - 1

    wait_until(all_came, "all packs")
    assert PART in text_of(mail)
    assert "application/pdf" in attachments_of(mail)
    return mail


def the_guest_reads_the_programme_and_prepares(journey: Journey, pack: EmailMessage) -> None:
    """The same phone, still without JavaScript: their wish on the programme, the rules, may you decide."""
    page = journey.guest
    page.goto(personal_link(pack))
    wanted = page.locator(".tl li", has_text=PART)
    expect(wanted).to_contain_text("asked by you")
    expect(page.locator(".rules")).to_contain_text("One person speaks, the others listen.")
    choose(page.locator("[name=rules_answer][value=agree]"))
    choose(page.locator("[name=mandate][value=consult]"))
    page.locator("#before form[action*=preparation] button[type=submit]").click()
    expect(page.locator("body")).to_contain_text("Thank you")
    expect(page.locator("[name=rules_answer][value=agree]")).to_be_checked()


def the_organiser_sees_what_was_answered(journey: Journey) -> None:
    journey.go(journey.session + "answers/")
    expect(journey.page.locator("main")).to_contain_text("I discuss it at home first")


def travel(journey: Journey, day: date) -> None:
    """Let days go by until noon of that day: the house is closed, and opened again with its clock ahead."""
    journey.house.close()
    journey.told = len(journey.sink.mails)
    noon = datetime.combine(day, time(12), ZoneInfo(ZONE))
    journey.house.open(ahead=noon - clock.now())


def write_down_how_it_went(journey: Journey) -> None:
    page = journey.page
    journey.go(journey.session + "meeting/")
    for row in page.locator("table.list select").all()[:6]:
        row.select_option("present")
    if page.get_by_role("button", name="Save: the meeting was held").count():
        journey.press("Save: the meeting was held")
    else:
        # beat has seen that the day went by
        with page.expect_navigation():
            page.locator(
                "#attendance form button[type=submit], section form button[type=submit]"
            ).first.click()
    journey.press("Add an outcome")
    page.select_option("[name=kind]", "decision")
    page.fill("[name=text]", DECIDED)
    journey.press("Save")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Take over 1")).click()
    expect(page.locator("main")).to_contain_text(WISH)


def promise_something(journey: Journey) -> None:
    page = journey.page
    journey.press("Add a commitment")
    page.fill("[name=text]", "We freeze orders six weeks before shipment.")
    choose(page.locator("[name=by_organiser]"))
    page.fill("[name=due_on]", (journey.day + timedelta(days=60)).isoformat())
    journey.press("Save")
    expect(page.locator("main")).to_contain_text("We freeze orders")


def the_guest_says_how_it_was(journey: Journey) -> None:
    """The questions come by mail the day after; beat sends them by itself."""
    mail = journey.sink.wait_for("guest1@journey.internal", after=journey.told)
    page = journey.guest
    page.goto(personal_link(mail))
    if not page.locator("[name=TR1]").count():
        page.locator("a[href*='feedback']").first.click()
    choose(page.locator("[name=TR1][value='5']"))
    choose(page.locator("[name=VE1][value='4']"))
    page.locator("#questions form button[type=submit]").click()
    expect(page.locator("body")).to_contain_text("apart from your name")


def write_the_report(journey: Journey) -> None:
    page = journey.page
    journey.go(journey.session + "report/edit/")
    page.fill("[name=decided]", DECIDED)
    journey.choose("as_announced", "yes")
    choose(page.locator("[name^=response_][value=adopted]"))
    page.locator("[name^=reason_]").first.fill("It becomes commitment 1.")
    journey.press("Look and send")
    journey.choose("when", "now")
    journey.press("Put the report ready")


def the_report_arrives_and_is_read(journey: Journey) -> None:
    mail = journey.sink.wait_for("guest1@journey.internal", DECIDED[:10], after=journey.told)
    assert "application/pdf" in attachments_of(mail)
    assert WISH.rstrip(".") in text_of(mail)
    page = journey.guest
    page.goto(personal_link(mail))
    expect(page.locator("h1")).to_contain_text(DECIDED)
    expect(page.locator("body")).to_contain_text("It becomes commitment 1.")


def _kept(journey: Journey, content: bytes) -> Path:
    path = journey.folder / "invitation.pdf"
    path.write_bytes(content)
    return path
