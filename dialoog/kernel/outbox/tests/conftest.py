"""A body, envelopes, and a real mail server that can be made to misbehave."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Session
from aiosmtpd.smtp import Envelope as SmtpEnvelope

from dialoog.environment import Smtp
from dialoog.kernel.documents.calendar import MEDIA_TYPE
from dialoog.kernel.files import store
from dialoog.kernel.outbox.models import MailBody
from dialoog.kernel.outbox.post import Attachment, Envelope, keep_body
from dialoog.kernel.workspaces.models import Workspace

ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//Dialoog//Dialoog//EN\r
METHOD:PUBLISH\r
BEGIN:VEVENT\r
UID:session-1@dialoog\r
DTSTAMP:20270101T000000Z\r
DTSTART;TZID=Europe/Amsterdam:20270302T100000\r
DTEND;TZID=Europe/Amsterdam:20270302T160000\r
SUMMARY:Grondstoffen\r
LOCATION:De Brug\r
END:VEVENT\r
END:VCALENDAR\r
"""
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 40


@pytest.fixture
def body(workspace: Workspace) -> MailBody:
    """An invitation with a PDF and a calendar file, personal in name and link."""
    return keep_body(
        workspace=workspace,
        kind="briefing",
        language="nl",
        subject="Uitnodiging voor {{name}}: wélke grondstoffen?",
        html='<p>Beste {{name}},</p><p><a href="{{link}}">Lees en antwoord</a> &amp; {{unknown}}</p>',
        text="Beste {{name}},\n\n{{link}}\n.\nGroet",
        attachments=[
            Attachment(store.keep(PDF, "application/pdf"), "briefing.pdf"),
            Attachment(store.keep(ICS, "text/calendar"), "meeting.ics", MEDIA_TYPE),
        ],
    )


@pytest.fixture
def envelope(body: MailBody) -> Callable[..., Envelope]:
    """Makes envelopes; the number names the receiver."""

    def make(number: int = 1, **changes: object) -> Envelope:
        fields: dict[str, object] = {
            "key": f"briefing:{number}",
            "body": body,
            "to_email": f"person{number}@mail.dialoog.nl",
            "to_name": f"Person {number}",
            "from_name": "Anna de Boer (Home & Table)",
            "reply_to": "anna@hometable.nl",
            "recipient": f"person:{number}",
            "link_ref": f"link:{number}:1",
            "personal": {"name": f"Person <{number}>"},
        }
        return Envelope(**{**fields, **changes})  # type: ignore[arg-type]

    return make


@dataclass
class Received:
    """One mail as the server got it."""

    sender: str
    to: str
    raw: bytes

    @property
    def message(self) -> EmailMessage:
        return message_from_bytes(self.raw, policy=SMTP_POLICY)  # type: ignore[return-value]


@dataclass
class Server:
    """What arrived, and how to misbehave: an answer per address, at MAIL and DATA, hanging, hanging up."""

    received: list[Received] = field(default_factory=list)
    at_rcpt: dict[str, str] = field(default_factory=dict)
    at_mail: str = ""
    at_data: str = ""
    hang_at: str = ""
    hang_up_at: str = ""
    when_taken: Callable[[int], None] | None = None
    connections: int = 0
    password: str = ""

    @property
    def addresses(self) -> list[str]:
        return [each.to for each in self.received]

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        if self.at_mail:
            return self.at_mail
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: SmtpEnvelope, address, options):
        if address == self.hang_at:
            await asyncio.sleep(2)
        if address == self.hang_up_at:
            self.hang_up_at = ""
            server.transport.abort()
            return "421 gone"
        if address in self.at_rcpt:
            return self.at_rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: SmtpEnvelope):
        if self.at_data:
            return self.at_data
        self.received += [Received(envelope.mail_from, to, envelope.content) for to in envelope.rcpt_tos]
        if self.when_taken:
            self.when_taken(len(self.received))
        if "drop after" in self.hang_up_at:
            self.hang_up_at = ""
            server.transport.abort()
        return "250 2.0.0 queued"

    def authenticate(self, server, session, envelope, mechanism, data) -> AuthResult:
        return AuthResult(success=data.password.decode() == self.password, handled=False)


@pytest.fixture
def smtp(settings) -> Iterator[Server]:
    """A real SMTP server in this process; Dialoog is in production mode and uses it."""
    server = Server(password="right")
    port = _free_port()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=port,
        authenticator=server.authenticate,
        auth_require_tls=False,
        auth_required=False,
    )
    controller.start()
    settings.EMBEDDED = False
    settings.SMTP = Smtp("127.0.0.1", port, "", "", False, False)
    settings.MAIL_FROM = "Dialoog <post@dialoog.nl>"
    settings.BASE_URL = "https://dialoog.nl"
    settings.OUTBOX_SMTP_TIMEOUT = 1
    yield server
    controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
