"""The calendar file of a session: common, without a personal link (decisions.md 20)."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.documents.calendar import Entry, calendar_file
from sessions.models import DialogueSession
from sessions.reading import Reading

# parts of `actions.change.parts_of` that stand in a calendar entry
MOVES_THE_ENTRY = ("when", "place", "title", "contact")


def session_calendar(
    session: DialogueSession, reading: Reading, *, is_cancelled: bool = False
) -> bytes | None:
    """The file for `reading`'s language; None while the date is not settled.

    The sequence rises with every recorded change of time or place, so that the entry moves.
    """
    if not reading.starts_at or not reading.ends_at:
        return None
    changes = session.changes.filter(field__in=MOVES_THE_ENTRY)
    latest = changes.order_by("-made_at").first()
    with translation.override(reading.language):
        entry = Entry(
            uid=f"session-{session.pk}@{settings.MAIL_DOMAIN}",
            sequence=changes.values("made_at").distinct().count() + (1 if is_cancelled else 0),
            stamp=latest.made_at if latest else session.created_at,
            starts_at=reading.starts_at,
            ends_at=reading.ends_at,
            zone=reading.timezone,
            summary=str(reading.title),
            location=str(reading.place) or reading.place_note,
            description=_description(reading),
            organiser_name=reading.contact_name,
            organiser_email=reading.contact_email,
        )
        return calendar_file(entry, is_cancelled=is_cancelled)


def _description(reading: Reading) -> str:
    who = ", ".join(part for part in (reading.contact_name, reading.contact_phone) if part)
    lines = [reading.organisation, _("Questions: %(who)s") % {"who": who}, reading.online_link]
    return "\n".join(line for line in lines if line)
