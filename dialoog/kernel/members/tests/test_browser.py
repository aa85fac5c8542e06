"""Account pages in a real browser under the strict policy: passkeys, codes from an app, and the look."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from playwright.sync_api import Page, expect

from dialoog.kernel.members.actions import invitation_token, invite_member
from dialoog.kernel.outbox.post import Envelope, keep_body, post
from dialoog.kernel.workspaces.models import User
from dialoog.kernel.workspaces.one_time import make_link
from dialoog.kernel.workspaces.policy import Role
from dialoog.testing.browser import PHONE
from dialoog.testing.factories import make_session

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def app_code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def add_device(page: Page) -> None:
    """A phone or laptop that keeps passkeys."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    line.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def sign_in_by_code(page: Page, address: str, user: User) -> None:
    page.goto(f"{address}/accounts/login/")
    page.get_by_label(re.compile("e-?mail", re.IGNORECASE)).fill(user.email)
    page.get_by_role("button", name="Mail me a code").click()
    page.get_by_label("Code").fill(
        re.search(r"^[A-Z0-9]{4}-?[A-Z0-9]{4}$", mail.outbox[-1].body, re.M).group()
    )
    page.get_by_role("button", name="Continue").click()


def test_a_passkey_is_added_and_signs_in(page, live_server, workspace, anna, looks_right):
    add_device(page)
    sign_in_by_code(page, live_server.url, anna)
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.get_by_label("Name of this device").fill("My laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/")
    expect(page.get_by_role("row", name=re.compile("My laptop"))).to_be_visible()
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/reauthenticate/")
    looks_right("state-still-you-passkey-en")

    page.goto(f"{live_server.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url(f"**/w/{workspace.slug}/**")


def test_a_code_from_an_app_becomes_the_second_step(page, live_server, workspace, anna, looks_right):
    sign_in_by_code(page, live_server.url, anna)
    page.goto(f"{live_server.url}/accounts/2fa/totp/activate/")
    assert page.locator(".code-picture").evaluate("picture => picture.naturalWidth") > 0
    looks_right("account-totp-en")
    secret = page.locator("main code").inner_text()
    page.get_by_label("code").fill(app_code(secret))
    page.get_by_role("button", name="Use this app").click()
    expect(page.locator(".codes code")).to_have_count(10)
    looks_right("account-recovery-codes-en")
    page.goto(f"{live_server.url}/accounts/2fa/")
    looks_right("account-safely-active-en")

    page.goto(f"{live_server.url}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    sign_in_by_code(page, live_server.url, anna)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    looks_right("account-second-step-en")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_pages_before_signing_in_look_right(
    *, page, live_server, workspace, anna, looks_right, settings, language
):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name={"en": "English", "nl": "Nederlands"}[language]).click()
    open_one = invite_member(workspace=workspace, email="sam@example.org", role=Role.READER, by=anna)
    for_anna = invite_member(workspace=workspace, email="eva@example.org", role=Role.READER, by=anna)
    User.objects.create_user("eva@example.org")
    path = make_link(anna).removeprefix(settings.BASE_URL)
    pages = {
        "login": "/accounts/login/",
        "signup": "/accounts/signup/",
        "new-code": "/accounts/login/code/",
        "join": f"/accounts/join/{invitation_token(open_one)}/",
        "join-other": f"/accounts/join/{invitation_token(for_anna)}/",
        "gone": "/accounts/join/x/",
        "one-time": path,
        "cancelled": "/accounts/3rdparty/login/cancelled/",
    }
    for name, address in pages.items():
        page.goto(f"{live_server.url}{address}")
        assert page.locator("html").get_attribute("lang") == language
        looks_right(f"account-{name}-{language}")
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill("anna@example.org")
    page.locator("form.plain-form button[type=submit]").click()
    looks_right(f"account-code-{language}")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_pages_of_a_member_look_right(
    *, page, live_server, workspace, anna, chaima, signed_in, looks_right, language
):
    User.objects.filter(pk=anna.pk).update(language=language)
    invite_member(workspace=workspace, email="sam@example.org", role=Role.READER, by=anna)
    make_session(workspace=workspace, title="The day of the chain")
    facilitator = workspace.memberships.get(user=chaima).pk
    pages = {
        "profile": "/accounts/profile/",
        "email": "/accounts/email/",
        "safely": "/accounts/2fa/",
        "passkey-add": "/accounts/2fa/webauthn/add/",
        "passkeys": "/accounts/2fa/webauthn/",
        "sessions": "/accounts/sessions/",
        "logout": "/accounts/logout/",
        "leave": f"/accounts/workspaces/{workspace.slug}/leave/",
        "workspace": workspace.url("workspaces:workspace_edit"),
        "members": workspace.url("workspaces:member_list"),
        "facilitator": workspace.url("portal:facilitator_meetings", facilitator),
        "missing": workspace.url("sessions:session_list") + "nothing/",
        "forbidden": "/w/nowhere/",
    }
    signed_in(anna, live_server.url)
    for name, address in pages.items():
        page.goto(f"{live_server.url}{address}")
        looks_right(f"account-{name}-{language}")


def test_members_and_mails_fit_a_telephone(page, live_server, workspace, anna, signed_in):
    long = "a.very.long.name.indeed.of.somebody@an-organisation-with-a-long-name.example.org"
    User.objects.filter(pk=anna.pk).update(email=long)
    invite_member(workspace=workspace, email=f"b{long}", role=Role.READER, by=anna)
    body = keep_body(workspace=workspace, kind="test", language="en", subject="Hello", html="h", text="t")
    post(workspace=workspace, envelope=Envelope(key="k", body=body, to_email=long, to_name="Anna"))
    signed_in(anna, live_server.url)
    page.set_viewport_size(PHONE)

    for name in ("workspaces:member_list", "outbox:mail_list"):
        page.goto(live_server.url + workspace.url(name))
        tables = page.locator("table").all()
        assert tables
        assert all(
            table.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth + 1") for table in tables
        )
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
