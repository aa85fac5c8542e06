"""Puts mail into the outbox, inside the caller's transaction; the same key never becomes a second mail."""

import hashlib
import json
import logging
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import kombu.exceptions
from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.encoding import punycode
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.files.models import StoredFile
from dialoog.kernel.outbox.message import clean, one_line
from dialoog.kernel.outbox.models import BodyFile, MailBody, OutgoingMail
from dialoog.kernel.workspaces.models import Workspace

logger = logging.getLogger(__name__)

Status = OutgoingMail.Status
# RFC 2606 and RFC 6761: names that never lead to anybody
_RESERVED = ("example", "example.com", "example.net", "example.org", "invalid", "localhost", "test")
_AT_ONCE = 400
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


@dataclass(frozen=True)
class Attachment:
    """A kept file and the name and media type under which it goes with a mail."""

    file: StoredFile
    filename: str
    media_type: str = ""


@dataclass(frozen=True)
class Envelope:
    """One mail to one receiver.

    `key` names the reason (`briefing:42:v1:person:7`) and is unique in the workspace. `personal` fills the
    marks of the body; `link_ref` (`link:42:1`) is what the personal address is made of while sending.
    `recipient` is a neutral reference (`person:42`, `user:3`). `due_at` plans the mail, `useless_after`
    says from when sending makes no sense. `held` keeps it until `release`. A `once_only` mail is not sent
    a second time when nobody knows whether it left: it waits as uncertain.
    """

    key: str
    body: MailBody
    to_email: str
    to_name: str = ""
    from_name: str = ""
    reply_to: str = ""
    recipient: str = ""
    link_ref: str = ""
    personal: Mapping[str, str] = field(default_factory=dict)
    due_at: datetime | None = None
    useless_after: datetime | None = None
    held: bool = False
    once_only: bool = False


def keep_body(
    *,
    workspace: Workspace,
    kind: str,
    language: str,
    subject: str,
    html: str,
    text: str,
    attachments: Sequence[Attachment] = (),
    is_automatic: bool = False,
) -> MailBody:
    """Keep what many mails share; the same content is the same row.

    What differs per person stands in it as `message.mark("name")`. `is_automatic` is for reminders only:
    it tells the receiver's absence reply to stay silent.
    """
    files = [[each.file.pk, each.filename, each.media_type or each.file.media_type] for each in attachments]
    subject, html, text = one_line(subject)[:400], clean(html), clean(text)
    content = [kind, language, subject, html, text, is_automatic, files]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
    body, is_new = MailBody.objects.get_or_create(
        workspace=workspace,
        digest=digest,
        defaults={
            "kind": kind,
            "language": language,
            "subject": subject,
            "html": html,
            "text": text,
            "is_automatic": is_automatic,
        },
    )
    if is_new:
        BodyFile.objects.bulk_create(
            BodyFile(body=body, file_id=sha256, position=position, filename=filename, media_type=media_type)
            for position, (sha256, filename, media_type) in enumerate(files)
        )
    return body


def post(*, workspace: Workspace, envelope: Envelope) -> OutgoingMail:
    """Put one mail into the outbox. See `post_many`."""
    return post_many(workspace=workspace, envelopes=[envelope])[0]


@transaction.atomic
def post_many(*, workspace: Workspace, envelopes: Iterable[Envelope]) -> list[OutgoingMail]:
    """Put mails into the outbox in the caller's transaction; the worker hears of it after the commit.

    A key that is known returns its row and makes no second mail, unless that row was taken back or missed:
    it never left, so it is filled anew and waits again. Refuses (DomainError) an address that is none, and
    then posts nothing. Rows come back in the order of `envelopes`, without their body.
    """
    rows = [_row(workspace, envelope) for envelope in envelopes]
    keys = [row.key for row in rows]
    before = _by_key(workspace, keys)
    OutgoingMail.objects.bulk_create(
        [row for row in rows if row.key not in before], ignore_conflicts=True, batch_size=_AT_ONCE
    )
    revived = [row for row in rows if row.key in before and before[row.key].status in _NEVER_LEFT]
    for row in revived:
        _revive(row)
    stored = _by_key(workspace, keys)
    if len(stored) != len(set(keys)):
        # ignoring conflicts hides every other refusal of the database too
        raise IntegrityError("The database refused mails for another reason than a known key.")
    transaction.on_commit(nudge)
    return [stored[key] for key in keys]


def cancel(*, workspace: Workspace, keys: Collection[str]) -> int:
    """Take back what has not left; returns how many. What is being sent at this moment is not among them."""
    return _among(workspace, keys, [Status.HELD, Status.PENDING], status=Status.CANCELLED)


def release(*, workspace: Workspace, keys: Collection[str]) -> int:
    """Let held mails go at their planned moment; returns how many."""
    done = _among(workspace, keys, [Status.HELD], status=Status.PENDING)
    transaction.on_commit(nudge)
    return done


def reschedule(
    *, workspace: Workspace, keys: Collection[str], due_at: datetime, useless_after: datetime | None = None
) -> int:
    """Plan mails that have not left for another moment, also those that were missed; returns how many."""
    moved = {"due_at": due_at, "next_at": due_at, "useless_after": useless_after}
    waiting = _among(workspace, keys, [Status.HELD, Status.PENDING], **moved)
    missed = _among(workspace, keys, [Status.MISSED], status=Status.PENDING, **moved)
    transaction.on_commit(nudge)
    return waiting + missed


def readdress(*, workspace: Workspace, recipient: str, to_email: str, to_name: str) -> int:
    """Give every mail to `recipient` that has not left a corrected address and name; returns how many."""
    waiting = OutgoingMail.objects.filter(
        workspace=workspace, recipient=recipient, status__in=[Status.HELD, Status.PENDING, Status.FAILED]
    )
    return waiting.update(to_email=checked_address(to_email), to_name=one_line(to_name)[:200])


def is_waiting(*, workspace: Workspace, recipient: str) -> bool:
    """Whether something to `recipient` is ready to leave or leaving at this moment."""
    leaving = [Status.HELD, Status.PENDING, Status.CLAIMED, Status.SENDING]
    return OutgoingMail.objects.filter(workspace=workspace, recipient=recipient, status__in=leaving).exists()


def hand_over(*, workspace: Workspace, recipient: str, to: str) -> int:
    """Let the mails of `recipient` count as those of `to`, so that they are found and erased with them."""
    mails = OutgoingMail.objects.filter(workspace=workspace, recipient=recipient)
    return mails.update(recipient=to)


def erase_recipient(*, workspace: Workspace, recipient: str) -> int:
    """Forget who `recipient` is: takes back what waits, empties names, addresses and personal words."""
    mails = OutgoingMail.objects.filter(workspace=workspace, recipient=recipient)
    mails.filter(status__in=[Status.HELD, Status.PENDING]).update(status=Status.CANCELLED)
    return mails.exclude(status__in=[Status.CLAIMED, Status.SENDING]).update(
        to_email="", to_name="", personal={}, link_ref="", answer=""
    )


def refused_addresses(workspace: Workspace) -> set[str]:
    """Addresses in lower case that mail came back from, or that were refused and not accepted since."""
    mails = OutgoingMail.objects.filter(workspace=workspace).exclude(to_email="")
    bounced = mails.filter(error=OutgoingMail.Error.BOUNCED).values_list("to_email", flat=True)
    refused = mails.filter(error=OutgoingMail.Error.REFUSED).values_list("to_email", "next_at")
    accepted = mails.filter(status=Status.SENT, to_email__in=[address for address, _at in refused])
    taken = {
        address: at for address, at in accepted.values_list("to_email", "sent_at").order_by("sent_at") if at
    }
    still = {address for address, at in refused if not (address in taken and taken[address] > at)}
    return {address.lower() for address in {*bounced, *still}}


class UnusableLettersError(DomainError):
    """A complete address with letters before the @ that mail servers do not accept, such as é or ı."""


def checked_address(address: str) -> str:
    """The address as mail servers know it (an international domain in its ASCII form), or DomainError.

    `UnusableLettersError` when only the letters before the @ stand in the way.
    """
    local, _at, domain = address.strip().rpartition("@")
    try:
        known = f"{local}@{punycode(domain)}"
        validate_email(_NOT_ASCII.sub("x", known))
    except (ValidationError, UnicodeError):
        shown = one_line(address)[:80]
        raise DomainError(
            _("“%(address)s” is not a mail address.") % {"address": shown}, field="email"
        ) from None
    if not known.isascii():
        raise UnusableLettersError(
            _("“%(address)s” has letters that mail servers do not accept before the @.") % {"address": known},
            field="email",
        )
    return known


def is_reserved(address: str) -> bool:
    """Whether an address is one of those kept for examples and tests."""
    domain = address.rpartition("@")[2].lower().rstrip(".")
    return any(domain == name or domain.endswith(f".{name}") for name in _RESERVED)


def nudge() -> None:
    """Tell the worker there is mail. A queue that is down delays it until the sweeper comes by."""
    try:
        current_app.send_task("outbox.deliver", retry=False)
    except (kombu.exceptions.KombuError, kombu.exceptions.ChannelError, OSError) as error:
        logger.warning("The queue is down (%s); the sweeper will find the mail.", type(error).__name__)


_NEVER_LEFT = (Status.CANCELLED, Status.MISSED)
_CONTENT = (
    *("body_id", "personal", "to_email", "to_name", "from_name", "reply_to", "recipient", "link_ref"),
    *("status", "due_at", "next_at", "useless_after", "error", "is_once_only", "is_sandboxed"),
)


def _row(workspace: Workspace, envelope: Envelope) -> OutgoingMail:
    if envelope.body.workspace_id != workspace.pk:
        raise ValueError("A mail cannot use the body of another workspace.")
    due_at = envelope.due_at or clock.now()
    row = OutgoingMail(
        workspace=workspace,
        key=envelope.key,
        body=envelope.body,
        personal={name: clean(str(value)) for name, value in envelope.personal.items()},
        to_email=checked_address(envelope.to_email),
        to_name=one_line(envelope.to_name)[:200],
        from_name=one_line(envelope.from_name)[:200],
        reply_to=checked_address(envelope.reply_to) if envelope.reply_to else "",
        recipient=envelope.recipient,
        link_ref=envelope.link_ref,
        status=Status.HELD if envelope.held else Status.PENDING,
        due_at=due_at,
        next_at=due_at,
        useless_after=envelope.useless_after,
        is_once_only=envelope.once_only,
        # a mail of the sandbox stays one, also when the same database later serves a real mail server
        is_sandboxed=settings.EMBEDDED or workspace.is_demo,
    )
    if not row.is_sandboxed and is_reserved(row.to_email):
        row.status, row.error = Status.FAILED, OutgoingMail.Error.RESERVED
    return row


def _revive(row: OutgoingMail) -> None:
    content = {name: getattr(row, name) for name in _CONTENT}
    OutgoingMail.objects.filter(workspace_id=row.workspace_id, key=row.key, status__in=_NEVER_LEFT).update(
        **content, attempts=0, answer=""
    )


def _by_key(workspace: Workspace, keys: Sequence[str]) -> dict[str, OutgoingMail]:
    found: dict[str, OutgoingMail] = {}
    for start in range(0, len(keys), _AT_ONCE):
        some = OutgoingMail.objects.filter(workspace=workspace, key__in=keys[start : start + _AT_ONCE])
        found.update((mail.key, mail) for mail in some)
    return found


def _among(workspace: Workspace, keys: Collection[str], states: Sequence[str], **changes: object) -> int:
    listed, done = list(keys), 0
    for start in range(0, len(listed), _AT_ONCE):
        mails = OutgoingMail.objects.filter(
            workspace=workspace, key__in=listed[start : start + _AT_ONCE], status__in=states
        )
        done += mails.update(**changes)
    return done
