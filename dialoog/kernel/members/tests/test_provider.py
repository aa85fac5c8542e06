"""Signing in through one's own organisation, against a small provider in this process."""

import os
import subprocess
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.test import Client

from dialoog.kernel.members.tests.conftest import Provider, use
from dialoog.kernel.workspaces import provider
from dialoog.kernel.workspaces.models import User

START = "/accounts/oidc/sso/login/"


def come_back(client, server: Provider, process: str = "login"):
    """Press the button, let the provider say yes, and return."""
    away = client.post(f"{START}?process={process}")
    address = away.context["address"]
    assert address.startswith(f"{server.door}/authorize")
    state = parse_qs(urlsplit(address).query)["state"][0]
    return client.get("/accounts/oidc/sso/login/callback/", {"code": "c", "state": state})


def test_a_member_comes_in_by_the_verified_address(workspace, anna, organisation, client):
    answer = come_back(client, organisation)

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "person",
    [{"email_verified": False}, {"email": "stranger@example.org"}, {"email": None}],
)
def test_nobody_else_comes_in(workspace, anna, organisation, client, person):
    organisation.person |= person

    answer = come_back(client, organisation)

    assert "_auth_user_id" not in client.session
    assert "You join by invitation" in answer.content.decode()
    assert User.objects.count() == 1


def test_an_account_elsewhere_is_not_tied_to_who_is_signed_in(workspace, bram, organisation, as_user):
    organisation.person |= {"email": "stranger@example.org"}

    answer = come_back(as_user(bram), organisation, process="connect")

    assert answer.status_code == 401
    assert "Signing in did not work" in answer.content.decode()
    assert not SocialAccount.objects.exists()


@pytest.mark.django_db
def test_the_page_names_the_organisation_and_the_policy_no_other_host(organisation, client):
    page = client.get("/accounts/login/")

    assert "Sign in through Wool" in page.content.decode()
    assert "form-action 'self';" in page.headers["Content-Security-Policy"] + ";"


@pytest.mark.django_db
def test_nothing_but_the_button_sends_anybody_away(organisation, client):
    strict = Client(enforce_csrf_checks=True)

    assert "going" not in [template.name for template in client.get(START).templates]
    assert client.get(START).context.get("address") is None
    assert strict.post(START).status_code == 403


@pytest.mark.django_db
def test_the_page_between_goes_on_by_itself_and_by_a_link(organisation, client):
    page = client.post(START).content.decode()

    assert '<meta http-equiv="refresh" content="0;url=http://' in page
    assert 'rel="noreferrer"' in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["http://localhost:9", "http://no.such.host.invalid"])
def test_a_provider_that_is_away_gives_a_page(settings, client, address):
    use(settings, address)

    answer = client.post(START)

    assert answer.status_code == 503
    assert "is away" in answer.content.decode()


@pytest.mark.django_db
def test_an_answer_nobody_asked_for_gives_a_page(organisation, client):
    answer = client.get("/accounts/oidc/sso/login/callback/", {"error": "access_denied", "state": "x"})

    assert answer.status_code == 401
    assert "Signing in did not work" in answer.content.decode()


@pytest.mark.django_db
def test_who_stops_at_the_provider_is_told_so(organisation, client):
    address = client.post(START).context["address"]
    state = parse_qs(urlsplit(address).query)["state"][0]

    page = client.get(f"{START}callback/", {"error": "access_denied", "state": state}, follow=True)

    assert "You stopped signing in" in page.content.decode()


def test_without_values_there_is_no_provider():
    assert provider.settings_of({}) == {}


def test_half_a_set_of_values_stops_the_start(tmp_path):
    environment = {**os.environ, "DIALOOG_VAR": str(tmp_path), "OIDC_URL": "https://id.wool.nl"}

    done = subprocess.run(
        [sys.executable, "manage.py", "up"],
        env=environment,
        cwd=django_settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert "OIDC_NAME, OIDC_CLIENT_ID, OIDC_SECRET" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_whole_way_in_a_browser(page, live_server, workspace, organisation):
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("link", name="Sign in through Wool").click()
    page.get_by_role("button", name="Continue").click()

    page.wait_for_url(f"**/w/{workspace.slug}/**")
