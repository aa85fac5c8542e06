"""A real browser for tests: its console watched, axe at hand, a loud word when it is missing."""

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from dialoog.kernel.workspaces.models import User

QUIET = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
STANDARD = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
AXE = Axe().axe_script
# how long a request that nobody waited for may take to end, in seconds
PATIENCE = 15
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


@contextmanager
def nothing_left_behind(context: BrowserContext) -> Iterator[None]:
    """
    Promises that no request of this browser still runs when the test ends, whose database is then emptied.

    A form saves what was typed a moment later, and once more when its page goes away: such a request would
    hold the database, or write into the next test's.
    """
    asked: set[Request] = set()
    inside: set[int] = set()

    # Playwright marks what listens, which a method of a set does not take
    def asks(request: Request) -> None:
        asked.add(request)

    def answered(request: Request) -> None:
        asked.discard(request)

    def starts(**_: object) -> None:
        if threading.current_thread() is not threading.main_thread():
            inside.add(threading.get_ident())

    def ends(**_: object) -> None:
        inside.discard(threading.get_ident())

    def wait_until_empty(running: set[Any], sleep: Callable[[], None]) -> None:
        until = time.monotonic() + PATIENCE
        while running:
            assert time.monotonic() < until, f"{running} did not end"
            sleep()

    request_started.connect(starts)
    request_finished.connect(ends)
    context.on("request", asks)
    # not when it is finished: a page that does not read the body never says so
    context.on("response", lambda response: answered(response.request))
    context.on("requestfailed", answered)
    try:
        yield
        # what the browser did since the test last spoke to it is told first
        context.pages[0].wait_for_timeout(0)
        wait_until_empty(asked, lambda: context.pages[0].wait_for_timeout(10))
    finally:
        # a page says goodbye with a last request, which nobody could wait for
        context.set_offline(True)
        context.close()
        wait_until_empty(inside, lambda: time.sleep(0.01))
        request_started.disconnect(starts)
        request_finished.disconnect(ends)


def choose(choice: Locator) -> None:
    """
    Choose a radio button or tick a box by keyboard, and see that it is chosen.

    The input lies under its label, where only a forced click would reach it; and such a click misses when a
    sentence that comes in moves the page meanwhile.
    """
    choice.focus()
    choice.press("Space")
    expect(choice).to_be_checked()


def barriers(page: Page, rules: dict[str, Any]) -> list[dict[str, Any]]:
    """What axe finds on the page as it stands; its script goes in once for each page that is loaded."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate("rules => axe.run(rules).then(found => found.violations)", rules)


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
    with nothing_left_behind(context):
        yield page
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
            _picture(page, SCREENS / f"{name}-{width}.jpg")
            found = barriers(page, STANDARD) if axe else []
            problems = [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found]
            assert problems == [], f"{name} at {width}"
            wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth + 1")
            assert not wide, f"{name} scrolls sideways at {width}"
        page.set_viewport_size(WIDE)

    return look


def _picture(page: Page, path: Path) -> None:
    """For the eye only. A browser short of memory sometimes refuses once: that proves nothing of ours."""
    try:
        page.screenshot(path=path, full_page=True, type="jpeg", quality=80)
    except Error:
        page.screenshot(path=path, full_page=True, type="jpeg", quality=80)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = [r for r in terminalreporter.stats.get("skipped", []) if "chromium" in str(r.longrepr)]
    if skipped:
        terminalreporter.write_line(
            f"!!! {len(skipped)} BROWSER TESTS DID NOT RUN (no chromium) !!!", red=True
        )
