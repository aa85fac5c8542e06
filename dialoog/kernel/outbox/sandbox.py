"""Shows mails inside the app as their receivers see them, without the personal link."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.http import HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from dialoog.kernel.outbox.message import Reading, personal_address, read_as_receiver
from dialoog.kernel.outbox.models import BodyFile, MailQuerySet, OutgoingMail
from dialoog.kernel.workspaces.models import Workspace

Status = OutgoingMail.Status
KINDS = {
    Status.HELD: "later",
    Status.PENDING: "busy",
    Status.CLAIMED: "busy",
    Status.SENDING: "busy",
    Status.SENT: "done",
    Status.FAILED: "stop",
    Status.UNCERTAIN: "stop",
    Status.CANCELLED: "later",
    Status.MISSED: "stop",
}
# where the address of somebody's own page comes
_PLACE = "#personal-link"
# what the frame around a mail may do: show words and pictures of this site, nothing else
FRAME_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' {base} data:;"
    " frame-ancestors 'self'; form-action 'none'; base-uri 'none'"
)


@dataclass(frozen=True)
class Line:
    """A mail in the list."""

    mail: OutgoingMail
    subject: str
    kind: str


@dataclass(frozen=True)
class Meeting:
    """What a calendar program makes of an attached meeting."""

    summary: str
    location: str
    starts_at: date
    ends_at: date
    zone: str
    is_cancelled: bool

    @property
    def is_one_day(self) -> bool:
        return f"{self.starts_at:%Y%m%d}" == f"{self.ends_at:%Y%m%d}"


def found_mails(workspace: Workspace, *, words: str, state: str) -> MailQuerySet:
    """The workspace's mails, newest first, narrowed by words (name, address, subject) and by state."""
    mails = OutgoingMail.objects.for_workspace(workspace).select_related("body")
    if state in Status.values:
        mails = mails.filter(status=state)
    for word in words.replace("\x00", "").split()[:8]:
        mails = mails.filter(
            Q(to_name__icontains=word) | Q(to_email__icontains=word) | Q(body__subject__icontains=word)
        )
    return mails.order_by("-due_at", "-pk")


def count_by_state(workspace: Workspace) -> list[tuple[str, str, int]]:
    """State, its word, and how many mails are in it; only states that occur."""
    rows = OutgoingMail.objects.for_workspace(workspace).values_list("status").annotate(number=Count("pk"))
    numbers = dict(rows)
    return [(state.value, str(state.label), numbers[state]) for state in Status if state in numbers]


def line(mail: OutgoingMail) -> Line:
    return Line(mail=mail, subject=shown(mail).subject, kind=KINDS[Status(mail.status)])


def shown(mail: OutgoingMail) -> Reading:
    """The mail in words. Where the personal link comes there is only a place for it, said in words."""
    reading = read_as_receiver(mail, link=_PLACE)
    with translation.override(mail.body.language):
        words = _("[here the reader finds their own link]")
    return replace(reading, text=re.sub(rf"{_PLACE}\S*", lambda _found: words, reading.text))


def in_frame(mail: OutgoingMail) -> HttpResponse:
    """The HTML of a mail as a response of its own that can do nothing, for a frame on our page."""
    response = HttpResponse(shown(mail).html)
    response["Content-Security-Policy"] = FRAME_POLICY.format(base=settings.BASE_URL)
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def attachment(file: BodyFile) -> HttpResponse:
    """An attached file: a PDF to look at, anything else to keep."""
    is_pdf = file.media_type == "application/pdf"
    response = HttpResponse(store.read(file.file_id), content_type=file.media_type)
    how = "inline" if is_pdf else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{file.filename}"'
    response["Content-Security-Policy"] = (
        "frame-ancestors 'self'" if is_pdf else "sandbox; default-src 'none'"
    )
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def real_link(mail: OutgoingMail) -> str:
    """The personal address itself, only where mails never leave this machine (decisions.md 18)."""
    if not (settings.EMBEDDED and mail.is_sandboxed and mail.link_ref):
        raise DomainError(_("The personal link is only for its receiver."))
    return personal_address(mail.link_ref)


def meetings(files: Sequence[BodyFile]) -> list[Meeting]:
    """The meetings in attached calendar files."""
    import icalendar  # why: only this page reads calendars in the web process

    found = []
    for file in files:
        if not file.media_type.startswith("text/calendar"):
            continue
        calendar = icalendar.Calendar.from_ical(store.read(file.file_id))
        for event in calendar.events:
            found.append(
                Meeting(
                    summary=str(event.get("summary", "")),
                    location=str(event.get("location", "")),
                    starts_at=event.start,
                    ends_at=event.end,
                    zone=str(event["dtstart"].params.get("TZID", "UTC")),
                    is_cancelled=str(calendar.get("method")) == "CANCEL",
                )
            )
    return found
