"""The conversation with the mail server: one connection for many mails, and what its answers mean."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from django.conf import settings

from dialoog.kernel.outbox.message import sender_address
from dialoog.kernel.outbox.models import OutgoingMail

_ENHANCED = re.compile(r"5\.(\d{1,3})\.\d{1,3}\b")
_UNKNOWN_MAILBOX = {550, 551, 553}


class Outcome(Enum):
    """What became of one mail. UNKNOWN: the line broke when the server may have had the whole mail."""

    SENT = "sent"
    REFUSED = "refused"
    MAILBOX = "mailbox"
    LATER = "later"
    BLOCKED = "blocked"
    DROPPED = "dropped"
    UNKNOWN = "unknown"
    BROKEN = "broken"


@dataclass(frozen=True)
class Result:
    """An outcome with the server's own words."""

    outcome: Outcome
    answer: str = ""

    @property
    def broke_the_line(self) -> bool:
        return self.outcome in (Outcome.DROPPED, Outcome.UNKNOWN)


class QueueTrouble(Exception):
    """No mail can go now: the server cannot be reached (`network`), or refuses us (`login`, `blocked`)."""

    def __init__(self, code: str, answer: str) -> None:
        super().__init__(code)
        self.code, self.answer = code, answer


class Courier:
    """Hands over mails one by one. A mail of the sandbox stays where it is: that is its delivery."""

    def __init__(self, line: smtplib.SMTP | None) -> None:
        self._line = line

    def send(self, mail: OutgoingMail, message: bytes) -> Result:
        if mail.is_sandboxed:
            return Result(Outcome.SENT)
        if self._line is None:
            raise ValueError("A real mail needs a connection.")
        return converse(self._line, mail.to_email, message)


@contextmanager
def courier_for(mails: list[OutgoingMail]) -> Iterator[Courier]:
    """A courier, with an open line when a mail is real. Raises QueueTrouble before any mail is tried."""
    if all(mail.is_sandboxed for mail in mails):
        yield Courier(None)
        return
    line = connect()
    try:
        yield Courier(line)
    finally:
        hang_up(line)


def connect() -> smtplib.SMTP:
    """A line to the mail server, secured and signed in as EMAIL_URL says. Raises QueueTrouble."""
    smtp, timeout = settings.SMTP, settings.OUTBOX_SMTP_TIMEOUT
    if smtp is None:
        raise QueueTrouble("network", "EMAIL_URL is not set.")
    line: smtplib.SMTP | None = None
    # the name is given because looking it up can take seconds
    name = settings.MAIL_DOMAIN
    try:
        if smtp.ssl:
            context = ssl.create_default_context()
            line = smtplib.SMTP_SSL(smtp.host, smtp.port, name, timeout=timeout, context=context)
        else:
            line = smtplib.SMTP(smtp.host, smtp.port, name, timeout=timeout)
        line.ehlo_or_helo_if_needed()
        if smtp.tls:
            line.starttls(context=ssl.create_default_context())
        if smtp.user:
            line.login(smtp.user, smtp.password)
    except (smtplib.SMTPException, OSError) as error:
        if line is not None:
            line.close()
        refused = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPNotSupportedError)
        temporary = isinstance(error, smtplib.SMTPResponseException) and error.smtp_code < 500
        raise QueueTrouble("login" if refused and not temporary else "network", _words(error)) from error
    return line


def hang_up(line: smtplib.SMTP) -> None:
    """Say goodbye; a server that has gone already does not matter any more."""
    try:
        line.quit()
    except (smtplib.SMTPException, OSError):
        line.close()


def converse(line: smtplib.SMTP, to_email: str, message: bytes) -> Result:
    """Offer one mail and say what the server made of it."""
    handed_over = False
    try:
        size = [f"size={len(message)}"] if line.has_extn("size") else []
        code, answer = line.mail(sender_address(), size)
        if code != 250:
            return _declined(line, code, answer)
        code, answer = line.rcpt(to_email)
        if code not in (250, 251):
            return _declined(line, code, answer, at_recipient=True)
        handed_over = True
        code, answer = line.data(message)
        return Result(Outcome.SENT, _said(code, answer)) if code == 250 else _declined(line, code, answer)
    except smtplib.SMTPDataError as error:
        return _judged(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError) as error:
        return Result(Outcome.UNKNOWN if handed_over else Outcome.DROPPED, _words(error))


def _declined(line: smtplib.SMTP, code: int, answer: bytes, *, at_recipient: bool = False) -> Result:
    result = _judged(code, answer, at_recipient=at_recipient)
    if not result.broke_the_line:
        try:
            line.rset()
        except (smtplib.SMTPException, OSError):
            line.close()
    return result


def _judged(code: int, answer: bytes | str, *, at_recipient: bool = False) -> Result:
    """The meaning of a refusal (decisions.md 22).

    Only a permanent refusal of the recipient (5.1.x at RCPT, or no class at all) is about the address;
    5.2.x is about a full or closed mailbox; every other 5xx is about us. 421 closes the line.
    """
    said = _said(code, answer)
    if code == 421:
        return Result(Outcome.DROPPED, said)
    if code < 500:
        return Result(Outcome.LATER, said)
    if at_recipient:
        found = _ENHANCED.search(said)
        subject = found[1] if found else ("1" if code in _UNKNOWN_MAILBOX else "")
        if subject == "1":
            return Result(Outcome.REFUSED, said)
        if subject == "2":
            return Result(Outcome.MAILBOX, said)
    return Result(Outcome.BLOCKED, said)


def _said(code: int, answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(f"{code} {words}".replace("\x00", "").split())


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}"[:400]
