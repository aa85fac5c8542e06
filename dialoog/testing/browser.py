"""A real browser for tests: its console watched, axe at hand, a loud word when it is missing."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize, sync_playwright

from dialoog.kernel.workspaces.models import User

QUIET = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
STANDARD = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
SCREENS = Path(settings.BASE_DIR) / ".screens"


def chromium_path() -> str | None:
    return shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser per process. A missing one is a failure where services are required, else a loud skip."""
    path = chromium_path()
    if not path:
        if os.environ.get("DIALOOG_REQUIRE_SERVICES") == "1":
            pytest.fail("Chromium is missing: apt-get install chromium")
        pytest.skip("no chromium: apt-get install chromium")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright's loop stands in the thread of the test, and Django would refuse the database there
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of an English reader; an error in its console (the policy's too) fails the test."""
    context = chromium.new_context(locale="en-GB", viewport=WIDE)
    page = context.new_page()
    errors: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        expected = ("responded with a status of 4", "responded with a status of 503", "net::ERR_")
        if message.type == "error" and not any(words in message.text for words in expected):
            errors.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def signed_in(page: Page) -> Callable[[User, str], None]:
    """Signs a user in by the session cookie."""

    def sign_in(user: User, address: str) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": address}])

    return sign_in


@pytest.fixture
def looks_right(page: Page) -> Callable[..., None]:
    """At both widths: no axe violation, no sideways scrolling; keeps pictures in .screens/."""

    def look(name: str, *, axe: bool = True) -> None:
        SCREENS.mkdir(exist_ok=True)
        for width, size in (("1440", WIDE), ("390", PHONE)):
            page.set_viewport_size(size)
            _picture(page, SCREENS / f"{name}-{width}.png")
            found = Axe().run(page, options=STANDARD).response["violations"] if axe else []
            problems = [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found]
            assert problems == [], f"{name} at {width}"
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not wide, f"{name} scrolls sideways at {width}"
        page.set_viewport_size(WIDE)

    return look


def _picture(page: Page, path: Path) -> None:
    """For the eye only. A browser short of memory sometimes refuses once: that proves nothing of ours."""
    try:
        page.screenshot(path=path, full_page=True)
    except Error:
        page.screenshot(path=path, full_page=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "chromium" in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"!!! {len(skipped)} BROWSER TESTS DID NOT RUN (no chromium) !!!", red=True
        )
