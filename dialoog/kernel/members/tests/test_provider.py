"""Signing in through one's own organisation, against a small provider in this process."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings

from dialoog.kernel.workspaces import provider
from dialoog.kernel.workspaces.models import User

START = "/accounts/oidc/sso/login/"


def values(address: str) -> dict[str, str]:
    return {"OIDC_NAME": "Wool", "OIDC_CLIENT_ID": "us", "OIDC_SECRET": "s" * 32, "OIDC_URL": address}


class Provider(ThreadingHTTPServer):
    """Says about everybody what `person` holds."""

    person: dict[str, object]

    @property
    def address(self) -> str:
        return f"http://localhost:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        here, parts = self.server.address, urlsplit(self.path)
        if parts.path.startswith("/.well-known/"):
            self.say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/person",
                    "jwks_uri": f"{here}/keys",
                }
            )
        elif parts.path == "/authorize":
            asked = {name: found[0] for name, found in parse_qs(parts.query).items()}
            back = f"{asked['redirect_uri']}?{urlencode({'code': 'c', 'state': asked['state']})}"
            self.send_response(302)
            self.send_header("Location", back)
            self.end_headers()
        else:
            self.say(self.server.person)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.say({"access_token": "a", "token_type": "Bearer"})

    def say(self, content: dict[str, object]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def organisation(settings):
    server = Provider(("localhost", 0), Answers)
    server.person = {"sub": "1", "email": "anna@example.org", "email_verified": True, "name": "A"}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    use(settings, server.address)
    yield server
    server.shutdown()
    server.server_close()


def use(settings, address: str) -> None:
    """As settings.py does with the OIDC_* of the environment."""
    oidc = values(address)
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings_of(oidc)
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    form_action = [*policy["form-action"], *provider.origins_of(oidc)]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**policy, "form-action": form_action}}


def come_back(client, server: Provider, process: str = "login"):
    """Press the button, let the provider say yes, and return."""
    away = client.post(f"{START}?process={process}")
    assert away.url.startswith(f"{server.address}/authorize")
    state = parse_qs(urlsplit(away.url).query)["state"][0]
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
def test_the_page_names_the_organisation_and_the_policy_its_origin(organisation, client):
    page = client.get("/accounts/login/")

    assert "Sign in through Wool" in page.content.decode()
    assert f"form-action 'self' {organisation.address}" in page.headers["Content-Security-Policy"]


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


def test_an_address_with_a_path_gives_its_origin_only():
    assert provider.origins_of(values("https://id.wool.nl:8443/realms/w/")) == ["https://id.wool.nl:8443"]
    assert provider.origins_of({}) == []
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
