"""Puts a mail together: the shared parts once per body, the personal parts per receiver."""

import base64
import binascii
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, parseaddr
from functools import lru_cache
from html import escape

from django.conf import settings

from dialoog.kernel import clock, tokens
from dialoog.kernel.files import store
from dialoog.kernel.outbox.models import MailBody, OutgoingMail

LINK = "link"
_MARK = re.compile(r"\{\{ ?([a-z][a-z0-9_]*) ?\}\}")
# line breaks end a header; directional overrides let a name pretend to be an address
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_PLAIN_WORD = re.compile(r"[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]*")


def mark(name: str) -> str:
    """What stands in a shared body where a personal value comes: `mark("link")` for the own page."""
    return f"{{{{{name}}}}}"


def one_line(value: str) -> str:
    """`value` fit for a header: one line, no control characters, nothing that turns the reading direction."""
    return " ".join(_UNSAFE.sub(" ", value).split())


def clean(value: str) -> str:
    """`value` without the control characters that no mail may carry; line breaks stay."""
    return _CONTROL.sub("", value)


def personal_address(link_ref: str) -> str:
    """The address of somebody's own page. Only ever made while sending, and where the sandbox follows it.

    A reference `link:…` leads to the guest page below /g/, any other to the pages named after its kind.
    """
    kind = link_ref.partition(":")[0]
    return f"{settings.BASE_URL}/{'g' if kind == 'link' else kind}/{tokens.make_token(link_ref)}/"


def fill(template: str, values: Mapping[str, str], *, as_html: bool = False) -> str:
    """Put `values` at their marks, escaped in HTML. A mark without a value stays: somebody typed it."""

    def value_of(found: re.Match[str]) -> str:
        value = values.get(found[1])
        if value is None:
            return found[0]
        return escape(value) if as_html else value

    return _MARK.sub(value_of, template)


@dataclass(frozen=True)
class Reading:
    """A mail as words: what its receiver reads."""

    subject: str
    html: str
    text: str


def read_as_receiver(mail: OutgoingMail, *, link: str) -> Reading:
    """The mail in words, with `link` where the personal address comes."""
    values = {**mail.personal, LINK: link}
    body = mail.body
    return Reading(
        subject=one_line(fill(body.subject, values)),
        html=fill(body.html, values, as_html=True),
        text=fill(body.text, values),
    )


class Mould:
    """Everything of a body's mails that is the same for all: headers, boundaries, attachments in base64.

    Building a mail then costs the encoding of its two short texts only, whatever the attachments weigh.
    """

    def __init__(self, body: MailBody, read: Callable[[str], bytes] = store.read) -> None:
        self.body = body
        outer, inner = f"=_{body.digest[:24]}_o", f"=_{body.digest[:24]}_i"
        shared = [
            "MIME-Version: 1.0",
            f"Content-Language: {one_line(body.language)}",
            f'Content-Type: multipart/mixed; boundary="{outer}"',
        ]
        if body.is_automatic:
            shared.insert(1, "Auto-Submitted: auto-generated")
        self._head = _lines(
            *shared,
            "",
            f"--{outer}",
            f'Content-Type: multipart/alternative; boundary="{inner}"',
            "",
            f"--{inner}",
            'Content-Type: text/plain; charset="utf-8"',
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "",
        )
        self._middle = _lines(
            "",
            f"--{inner}",
            'Content-Type: text/html; charset="utf-8"',
            "Content-Transfer-Encoding: quoted-printable",
            "",
            "",
        )
        parts = [_lines("", f"--{inner}--")]
        for each in body.attachments.all():
            parts.append(
                _lines("", f"--{outer}", *_attachment_headers(each.filename, each.media_type), "", "")
            )
            parts.append(base64.encodebytes(read(each.file_id)).replace(b"\n", b"\r\n"))
        self._tail = b"".join([*parts, _lines("", f"--{outer}--", "")])

    def cast(self, mail: OutgoingMail) -> bytes:
        """The bytes of one mail, ready for the mail server. Uses the body it was made from."""
        link = personal_address(mail.link_ref) if mail.link_ref else settings.BASE_URL + "/"
        values = {**mail.personal, LINK: link}
        headers = [
            f"From: {_mailbox('From', mail.from_name or _sender(settings.MAIL_FROM)[0], sender_address())}",
            f"To: {_mailbox('To', mail.to_name, mail.to_email)}",
            f"Subject: {_encoded('Subject', one_line(fill(self.body.subject, values)))}",
            f"Date: {format_datetime(clock.now())}",
            f"Message-ID: {mail.message_id}",
        ]
        if mail.reply_to:
            headers.insert(1, f"Reply-To: {one_line(mail.reply_to)}")
        return b"".join(
            (
                _lines(*headers, ""),
                self._head,
                _quoted(fill(self.body.text, values)),
                self._middle,
                _quoted(fill(self.body.html, values, as_html=True)),
                self._tail,
            )
        )


def sender_address() -> str:
    """The address the mail server lets us use, without a name."""
    return _sender(settings.MAIL_FROM)[1]


@lru_cache(maxsize=8)
def _sender(mail_from: str) -> tuple[str, str]:
    return parseaddr(mail_from)


def _lines(*lines: str) -> bytes:
    return "\r\n".join(lines).encode()


def _quoted(text: str) -> bytes:
    normal = text.replace("\r\n", "\n").replace("\r", "\n")
    # the encoder breaks lines in the style of the first one it finds, and a text may have none
    return binascii.b2a_qp(normal.encode()).replace(b"\n", b"\r\n")


@lru_cache(maxsize=512)
def _encoded(header: str, value: str) -> str:
    if value.isascii() and len(value) < 70:
        return value
    charset = "us-ascii" if value.isascii() else "utf-8"
    return Header(value, charset, maxlinelen=76, header_name=header).encode(linesep="\r\n")


@lru_cache(maxsize=512)
def _mailbox(header: str, name: str, address: str) -> str:
    shown, address = one_line(name), one_line(address)
    if not shown:
        return address
    if not shown.isascii() or len(shown) > 60:
        # an encoded word may not stand inside quotes, and needs none
        phrase = Header(shown, "utf-8", maxlinelen=76, header_name=header).encode(linesep="\r\n")
    elif _PLAIN_WORD.fullmatch(shown):
        phrase = shown
    else:
        phrase = '"' + shown.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return f"{phrase} <{address}>"


def _attachment_headers(filename: str, media_type: str) -> list[str]:
    name = re.sub(r"[^A-Za-z0-9._-]+", "-", filename).strip("-") or "file"
    return [
        f"Content-Type: {one_line(media_type)}",
        "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{name}"',
    ]
