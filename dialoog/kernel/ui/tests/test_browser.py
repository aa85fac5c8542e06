"""The style guide in a real browser: no error, no overflow, no barrier; the scripts do what they say."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.urls("dialoog.kernel.ui.tests.urls"),
    pytest.mark.django_db(transaction=True),
]

SCREENS = settings.BASE_DIR / ".screens"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("name", ["", "screen", "guest", "entrance"])
def test_page_has_no_barriers(page: Page, live_server, name, width):
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{live_server.url}/ui/{name}/" if name else f"{live_server.url}/ui/")
    page.evaluate("document.fonts.ready")

    found = Axe().run(page, options=RULES)
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    SCREENS.mkdir(exist_ok=True)
    page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
    page.screenshot(path=SCREENS / f"ui-{name or 'components'}-{width}.png", full_page=True)

    assert len(found.response["passes"]) > 10
    assert found.violations_count == 0, found.generate_report()
    assert overflow == 0
    assert said == []


def test_what_is_typed_and_chosen_appears_on_the_phone(page: Page, live_server):
    page.goto(f"{live_server.url}/ui/screen/")

    page.get_by_label("Goal").fill("chosen a road.")
    page.get_by_label("You decide. The board carries out the decision.").check()

    expect(page.locator("[data-mirror=goal]")).to_have_text("At the end we have together chosen a road.")
    expect(page.locator(".mine [data-when='influence=empower']").last).to_be_visible()
    expect(page.locator(".mine [data-when='influence=collaborate']").last).to_be_hidden()


def test_typing_is_saved_and_said_in_words(page: Page, live_server):
    posted: list[str] = []

    def keep(route) -> None:
        posted.append(route.request.post_data)
        route.fulfill(status=200, body="{}")

    page.route("**/draft/", keep)
    page.goto(f"{live_server.url}/ui/screen/")
    page.get_by_label("Goal").fill("agreed on three things.")

    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Saved at \d\d:\d\d"))
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")
    assert "agreed on three things." in posted[0]
    assert "csrfmiddlewaretoken" in posted[0]


def test_saving_stops_and_says_so_when_somebody_else_saved(page: Page, live_server):
    page.route("**/draft/", lambda route: route.fulfill(status=409, body="{}"))
    page.goto(f"{live_server.url}/ui/screen/")
    page.get_by_label("Goal").fill("agreed.")

    expect(page.locator("[data-saved]")).to_contain_text("Somebody else changed this")


def test_saving_keeps_trying_without_a_connection(page: Page, live_server):
    tries: list[int] = []

    def fail_once(route) -> None:
        tries.append(1)
        route.abort() if len(tries) == 1 else route.fulfill(status=200, body="{}")

    page.route("**/draft/", fail_once)
    page.goto(f"{live_server.url}/ui/screen/")
    page.get_by_label("Goal").fill("agreed.")

    expect(page.locator("[data-saved]")).to_contain_text("we keep trying")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"Saved at"), timeout=8000)


def test_ticking_rows_shows_what_can_be_done_with_them(page: Page, live_server):
    page.goto(f"{live_server.url}/ui/")
    expect(page.locator("[data-bulk-count]")).to_be_hidden()

    page.get_by_label("Choose Femke Haverkamp").check()
    page.get_by_label("Choose Geert Friso").check()

    expect(page.locator("[data-bulk-count]")).to_have_text("2 chosen")


def test_menu_of_the_avatar_opens_by_keyboard_and_closes_with_escape(page: Page, live_server):
    page.goto(f"{live_server.url}/ui/")
    summary = page.locator(".me summary")

    summary.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    expect(summary).to_be_focused()
