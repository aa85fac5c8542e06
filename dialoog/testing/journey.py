"""Dialoog as it runs on a server, for one test: its processes, a mail server, a clock to move."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar

from aiosmtpd.controller import Controller
from django.conf import settings
from openpyxl import Workbook

T = TypeVar("T")
ROOT = Path(settings.BASE_DIR)
SECRET = "a key for the journey alone, long enough to be one"
PATIENCE = 60.0
# moves the clock of a process: what it is told, it believes
_AHEAD = """
import os
import time_machine
from datetime import datetime, timedelta, timezone

days = float(os.environ.get("JOURNEY_DAYS_AHEAD", "0"))
if days:
    time_machine.travel(datetime.now(timezone.utc) + timedelta(days=days), tick=True).start()
"""


class Sink:
    """A mail server that takes everything, and lets a test wait for what it wants to read."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=_free_port())

    async def handle_DATA(self, server: object, session: object, envelope: object) -> str:
        content = envelope.content  # type: ignore[attr-defined]
        self.mails.append(message_from_bytes(content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def start(self) -> int:
        """Begin to listen; returns the port."""
        self._controller.start()
        return self._controller.port

    def stop(self) -> None:
        self._controller.stop()

    def to(self, address: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if address in str(mail["To"])]

    def wait_for(self, address: str, about: str = "", after: int = 0) -> EmailMessage:
        """The newest mail to somebody with these words in its subject, arriving after the first `after`."""

        def found() -> EmailMessage | None:
            mails = [mail for mail in self.mails[after:] if address in str(mail["To"])]
            return next((mail for mail in reversed(mails) if about in str(mail["Subject"])), None)

        return wait_until(found, f"a mail to {address} about “{about}”; {len(self.mails)} came")


class House:
    """Web, worker and beat as one command starts them, with a folder, a port and a clock of their own."""

    def __init__(self, var: Path, smtp_port: int) -> None:
        self.var, self.port = var, _free_port()
        self.url = f"http://localhost:{self.port}"
        self._log = var / "house.log"
        site = var / "site"
        site.mkdir()
        (site / "sitecustomize.py").write_text(_AHEAD)
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        self.environment = {
            **kept,
            "DIALOOG_VAR": str(var),
            "PORT": str(self.port),
            "BASE_URL": self.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{smtp_port}",
            "MAIL_FROM": "dialoog@journey.internal",
            "SECRET_KEY": SECRET,
            "PYTHONPATH": str(site),
        }
        self._process: subprocess.Popen[bytes] | None = None

    def manage(self, *words: str) -> str:
        """Run one command to its end; returns what it printed."""
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def open(self, *, ahead: timedelta = timedelta(0)) -> None:
        """Start, with the clock `ahead` of the machine's, and wait until somebody is at home."""
        days = ahead / timedelta(days=1)
        environment = {**self.environment, "JOURNEY_DAYS_AHEAD": str(days)}
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        wait_until(self._answers, "the web server", told=self.said)

    def close(self) -> None:
        """Stop all of it, as Ctrl-C does."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(timeout=30)
        self._process = None

    def said(self) -> str:
        """What its processes wrote, for a failure to show."""
        return self._log.read_text(errors="replace")[-4000:] if self._log.exists() else ""

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.said()
        try:
            with urllib.request.urlopen(f"{self.url}/accounts/login/", timeout=5) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def open_house(folder: Path) -> Iterator[tuple[House, Sink]]:
    """A house with its mail server; everything stops at the end."""
    sink = Sink()
    house = House(folder, sink.start())
    try:
        yield house, sink
    finally:
        house.close()
        sink.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until(look: Callable[[], T | None], what: str, told: Callable[[], str] = str) -> T:
    """Look until there is something; fails with `what` was waited for and what `told` says."""
    end = time.monotonic() + PATIENCE
    while not (found := look()):
        assert time.monotonic() < end, f"waited {PATIENCE:.0f} s for {what}. {told()}"
        time.sleep(0.1)
    return found


def text_of(mail: EmailMessage) -> str:
    """The plain text of a mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content()


def personal_link(mail: EmailMessage) -> str:
    """The address of somebody's own page in their mail."""
    found = re.search(r"https?://\S+/g/\S+", text_of(mail))
    assert found is not None, text_of(mail)
    return found[0].rstrip(".")


def attachments_of(mail: EmailMessage) -> dict[str, bytes]:
    """Media type → content of each attachment."""
    found = {}
    for part in mail.iter_attachments():
        content = part.get_payload(decode=True)
        assert isinstance(content, bytes)
        found[part.get_content_type()] = content
    return found


def write_list(path: Path, people: int) -> None:
    """A spreadsheet of people as organisers have it: a title above it, one without e-mail, one twice."""
    groups = ("Companies", "NGOs", "Unions", "Government", "Suppliers", "Knowledge institutes")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Guests of our meeting"])
    sheet.append(["Name", "Organisation", "E-mail", "Telephone", "Group", "Place"])
    for number in range(1, people + 1):
        address = f"guest{number}@journey.internal" if number != people else ""
        place = ("Utrecht", "Groningen", "Den Haag")[number % 3]
        phone = f"06 555 {number:02} 00"
        group = groups[number % len(groups)]
        sheet.append([f"Guest {number} Janssen", f"House {number}", address, phone, group, place])
    sheet.append(["Guest 1 Janssen", "House 1", "guest1@journey.internal", "", "", ""])
    book.save(path)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
