"""The calendar file of a meeting: for everybody the same, without a personal link (decisions.md 20)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dialoog.kernel.errors import DomainError

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"
CANCELLED_MEDIA_TYPE = "text/calendar; charset=utf-8; method=CANCEL"


@dataclass(frozen=True)
class Entry:
    """A meeting for a calendar.

    `uid` stays the same for the life of the meeting and `sequence` rises with every change, so that an
    entry moves instead of doubling. `stamp` is the moment this version was settled; it makes the same version
    the same bytes. `zone` is an IANA name.
    """

    uid: str
    sequence: int
    stamp: datetime
    starts_at: datetime
    ends_at: datetime
    zone: str
    summary: str
    location: str = ""
    description: str = ""
    organiser_name: str = ""
    organiser_email: str = ""


def calendar_file(entry: Entry, *, is_cancelled: bool = False) -> bytes:
    """The iCalendar bytes that publish a meeting, or cancel it. Refuses an end before the start."""
    if entry.ends_at <= entry.starts_at:
        raise DomainError(_("The meeting must end after it starts."))
    import icalendar  # why: only the worker and one download need it

    event = icalendar.Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    zone = ZoneInfo(entry.zone)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", entry.summary)
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    for name in ("location", "description"):
        if getattr(entry, name):
            event.add(name, getattr(entry, name))
    if entry.organiser_email:
        organiser = icalendar.vCalAddress(f"mailto:{entry.organiser_email}")
        organiser.params["cn"] = entry.organiser_name or entry.organiser_email
        event.add("organizer", organiser)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Dialoog//Dialoog//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(event)
    # one year around it is enough: the whole history of a zone would be sixty lines
    year = entry.starts_at.year
    calendar.add_missing_timezones(date(year - 1, 1, 1), date(entry.ends_at.year + 2, 1, 1))
    return calendar.to_ical()
