"""Sign-in starts with no earlier tries counted; and somebody's own organisation on three hosts."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.core.cache import cache

from dialoog.kernel.workspaces import provider


@pytest.fixture(autouse=True)
def no_earlier_tries(db: None):
    cache.clear()


def values(address: str) -> dict[str, str]:
    return {"OIDC_NAME": "Wool", "OIDC_CLIENT_ID": "us", "OIDC_SECRET": "s" * 32, "OIDC_URL": address}


class Provider(ThreadingHTTPServer):
    """Says about everybody what `person` holds."""

    person: dict[str, object]
    door: str  # where people sign in: another host than the one that tells of it
    hall: str  # and where that one sends them on

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
                    "authorization_endpoint": f"{self.server.door}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/person",
                    "jwks_uri": f"{here}/keys",
                }
            )
        elif parts.path == "/authorize":
            self.go(f"{self.server.hall}/really?{parts.query}")
        elif parts.path == "/really":
            asked = {name: found[0] for name, found in parse_qs(parts.query).items()}
            self.go(f"{asked['redirect_uri']}?{urlencode({'code': 'c', 'state': asked['state']})}")
        else:
            self.say(self.server.person)

    def go(self, address: str) -> None:
        self.send_response(302)
        self.send_header("Location", address)
        self.end_headers()

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
    server, door, hall = (Provider(("localhost", 0), Answers) for _host in range(3))
    server.person = {"sub": "1", "email": "anna@example.org", "email_verified": True, "name": "A"}
    server.door, door.hall = door.address, hall.address
    for each in (server, door, hall):
        threading.Thread(target=each.serve_forever, daemon=True).start()
    use(settings, server.address)
    yield server
    for each in (server, door, hall):
        each.shutdown()
        each.server_close()


def use(settings, address: str) -> None:
    """As settings.py does with the OIDC_* of the environment."""
    settings.SOCIALACCOUNT_PROVIDERS = provider.settings_of(values(address))
