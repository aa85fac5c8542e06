"""Account pages in states one seldom sees: refusals, what has ended, what is away. In a real browser."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route

from dialoog.kernel.members import notices
from dialoog.kernel.members.actions import invitation_token, invite_member
from dialoog.kernel.members.second_step import ask_reset
from dialoog.kernel.outbox.models import OutgoingMail
from dialoog.kernel.workspaces.actions import make_user
from dialoog.kernel.workspaces.models import MemberInvitation, User
from dialoog.kernel.workspaces.policy import Role
from dialoog.testing.browser import PHONE, WIDE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "nl"]
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def look(page: Page, live_server, looks_right) -> Callable[..., None]:
    """Goes there, when an address is given, and looks: at both widths, with axe in English."""

    def see(name: str, address: str = "", *, language: str) -> None:
        if address:
            page.goto(live_server.url + address)
        assert page.locator("html").get_attribute("lang") == language
        looks_right(f"state-{name}-{language}", axe=language == "en")

    return see


def choose(page: Page, address: str, language: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.get_by_role("button", name={"en": "English", "nl": "Nederlands"}[language]).click()


def send(page: Page) -> None:
    """Sends the form one types in, and waits for the page that answers."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def ask_code(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/confirm/**")


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_signing_in(*, page, live_server, workspace, anna, bram, look, language):
    choose(page, live_server.url, language)
    ask_code(page, live_server.url, anna.email)
    page.locator("input[name=code]").fill("XXXX-XXXX")
    send(page)
    look("wrong-code", language=language)
    page.locator("input[name=code]").fill("XXXX-XXXX")
    send(page)
    page.locator("input[name=code]").fill("XXXX-XXXX")
    send(page)
    look("three-wrong-codes", language=language)

    ended = invite_member(workspace=workspace, email="old@example.org", role=Role.READER, by=anna)
    MemberInvitation.objects.filter(pk=ended.pk).update(expires_at=timezone.now() - timedelta(days=1))
    known = invite_member(workspace=workspace, email="eva@example.org", role=Role.READER, by=anna)
    make_user(email="eva@example.org", name="Eva", language="en")
    TOTP.activate(bram, SECRET)
    token = ask_reset(membership=workspace.memberships.select_related("user").get(user=bram), by=anna)
    look("join-expired", f"/accounts/join/{invitation_token(ended)}/", language=language)
    look("join-known", f"/accounts/join/{invitation_token(known)}/", language=language)
    look("second-step-reset", f"/accounts/second-step/{token}/", language=language)
    look("second-step-gone", "/accounts/second-step/x/", language=language)
    look("inactive", "/accounts/inactive/", language=language)
    look("link-used", "/accounts/once/x/", language=language)
    look("not-found", "/nothing/", language=language)

    page.goto(f"{live_server.url}/accounts/login/")
    page.context.clear_cookies(name=django_settings.CSRF_COOKIE_NAME)
    page.locator("input[name=login]").fill("anna@example.org")
    send(page)
    look("not-proved", language=language)

    for _time in range(31):
        Client().post("/accounts/login/", {"login": "no address"})
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill("anna@example.org")
    send(page)
    look("too-often", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_a_second_step(*, page, live_server, workspace, anna, signed_in, look, language):
    User.objects.filter(pk=anna.pk).update(language=language)
    for key in ("My laptop", "The phone of work"):
        WebAuthn.add(anna, key, {})
    TOTP.activate(anna, SECRET)
    RecoveryCodes.activate(anna)
    passkey = Authenticator.objects.filter(user=anna, type="webauthn").earliest("pk").pk
    signed_in(anna, live_server.url)
    mfa = "/accounts/2fa/"
    look("passkeys", f"{mfa}webauthn/", language=language)
    look("passkey-rename", f"{mfa}webauthn/keys/{passkey}/edit/", language=language)
    look("passkey-remove", f"{mfa}webauthn/keys/{passkey}/remove/", language=language)
    look("app-stop", f"{mfa}totp/deactivate/", language=language)
    look("codes-new", f"{mfa}recovery-codes/generate/", language=language)
    look("codes", f"{mfa}recovery-codes/", language=language)
    page.goto(f"{live_server.url}/accounts/email/")
    page.locator("input[name=email]").fill("new@example.org")
    page.locator("button[name=action_add]").click()
    look("email-code", language=language)
    look("email-waits", "/accounts/email/", language=language)
    page.locator("input[name=email]").fill("no address")
    page.locator("button[name=action_add]").click()
    look("email-wrong", language=language)

    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=1))
    look("still-you", f"{mfa}recovery-codes/generate/", language=language)
    page.locator("input[name=code]").fill("000000")
    send(page)
    look("still-you-wrong", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_between_members(*, page, live_server, workspace, anna, bram, signed_in, look, language):
    User.objects.update(language=language)
    anna.refresh_from_db()
    TOTP.activate(bram, SECRET)
    signed_in(anna, live_server.url)
    leave = f"/accounts/workspaces/{workspace.slug}/leave/"
    page.goto(live_server.url + leave)
    page.locator("main form button").click()
    look("last-owner", language=language)
    page.goto(live_server.url + workspace.url("workspaces:member_list"))
    for fold in page.locator(".row-fold summary").all():
        fold.click()
    look("members-changing", language=language)
    mine = invite_member(workspace=workspace, email="sam@example.org", role=Role.READER, by=anna)
    look("join-other", f"/accounts/join/{invitation_token(mine)}/", language=language)
    look("places", "/accounts/sessions/", language=language)
    notices.tell(user=anna, kind="webauthn_added", email=anna.email, browser="Firefox on Linux")
    told = OutgoingMail.objects.get().pk
    look("notice", workspace.url("outbox:mail_detail", told), language=language)
    page.goto(live_server.url + workspace.url("outbox:mail_view", told))
    page.screenshot(
        path=Path(django_settings.BASE_DIR) / ".screens" / f"state-notice-html-{language}-1440.png"
    )
    signed_in(bram, live_server.url)
    look("forbidden", workspace.url("workspaces:member_list"), language=language)
    look("missing", workspace.url("portal:home") + "nothing/", language=language)
    join = invite_member(workspace=workspace, email="new@example.org", role=Role.READER, by=anna)
    page.context.clear_cookies()
    choose(page, live_server.url, language)
    look("join-new", f"/accounts/join/{invitation_token(join)}/", language=language)
    page.locator("input[name=name]").fill(" ")
    page.locator("main form.plain-form button, main form button.go").last.click()
    look("join-no-name", language=language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_through_ones_own_organisation(*, page, live_server, workspace, organisation, look, language):
    choose(page, live_server.url, language)
    start = "/accounts/oidc/sso/login/"
    look("oidc-login", "/accounts/login/", language=language)
    look("oidc-start", start, language=language)
    look("oidc-cancelled", "/accounts/3rdparty/login/cancelled/", language=language)
    look("oidc-error", f"{start}callback/?error=access_denied&state=x", language=language)

    def stay(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('http-equiv="refresh"', "data-not-now"))

    page.goto(live_server.url + start)
    page.route("**/oidc/**", stay)
    page.locator("main form.plain-form button").click()
    look("oidc-going", language=language)
    page.unroute("**/oidc/**")
    organisation.person |= {"email": "stranger@example.org"}
    page.goto(live_server.url + start)
    page.locator("main form.plain-form button").click()
    page.wait_for_url("**/callback/**")
    look("oidc-stranger", language=language)
    organisation.shutdown()
    organisation.server_close()
    page.goto(live_server.url + start)
    page.locator("main form.plain-form button").click()
    look("oidc-away", language=language)


def test_when_we_break(page, live_server, looks_right):
    broken = (Path(django_settings.BASE_DIR) / "templates" / "500.html").read_text()
    page.route("**/broken/", lambda route: route.fulfill(body=broken, content_type="text/html"))
    page.goto(f"{live_server.url}/broken/")

    looks_right("state-broken")


def test_the_keyboard_alone_reaches_everything_at_sign_in(page, live_server, anna):
    page.goto(f"{live_server.url}/accounts/login/")
    reached = []
    for _step in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
        )

    wanted = [
        "To the content",
        "Dialoog",
        "id_login",
        "Mail me a code",
        "passkey_login",
        "English",
        "Nederlands",
    ]
    assert [name for name in reached if name in wanted][: len(wanted)] == wanted


def test_the_keyboard_alone_changes_a_role_on_a_phone(*, page, live_server, workspace, anna, bram, signed_in):
    signed_in(anna, live_server.url)
    page.set_viewport_size(PHONE)
    page.goto(live_server.url + workspace.url("workspaces:member_list"))
    page.locator(".row-fold summary").nth(1).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    send(page)
    page.set_viewport_size(WIDE)

    assert workspace.memberships.get(user=bram).role == Role.READER
