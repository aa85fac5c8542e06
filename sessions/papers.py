"""Paper: the briefing as PDF, letters to people reached by post, and the page for calling somebody."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.documents.fonts import refuse_missing_glyphs
from dialoog.kernel.documents.pdf import lay_out, put_together, render_pdf, write
from dialoog.kernel.outbox.message import personal_address
from dialoog.kernel.ui import dates
from sessions import wording
from sessions.mails import fallback_note, how_decided
from sessions.models import Answer, Briefing, BriefingKind, DialogueSession
from sessions.reading import Reading
from stakeholders.models import AccessLink, Person

PDF = "application/pdf"


@dataclass(frozen=True)
class Letter:
    """One person reached by post: what they read, and the link that becomes their QR code."""

    person: Person
    link: AccessLink
    reading: Reading
    briefing: Briefing
    opening: str = ""


def emblem_sizes(session: DialogueSession) -> list[list[Any]]:
    """How many organisations each invited group counts: what the session's emblem is drawn from."""
    rows = session.invitations.open().exclude(group=None)
    parties = set(rows.values_list("group__shape", "person__organisation_id", "person_id"))
    distinct = {(shape, organisation or f"p{person}") for shape, organisation, person in parties}
    counts = Counter(shape for shape, _party in distinct)
    return [[shape, number] for shape, number in sorted(counts.items())][:12]


def content_key(language: str, ask: str, level: str) -> str:
    """What makes one PDF differ from another of the same version (decisions.md 19)."""
    return hashlib.sha256(json.dumps([language, ask, level]).encode()).hexdigest()


def version_line(briefing: Briefing | None, reading: Reading) -> str:
    """Which version this is, for the foot of every page. In the reader's language."""
    with translation.override(reading.language):
        if briefing is None:
            return _("A preview, not sent yet.")
        at = briefing.sent_at or briefing.planned_for
        earlier = (
            Briefing.objects.filter(session=briefing.session_id, sent_at__isnull=False)
            .exclude(pk=briefing.pk)
            .order_by("sent_at")
            .first()
        )
        passing = _("You may pass this on.")
        if earlier is None or earlier.sent_at is None or earlier.sent_at >= at:
            return _("Version of %(day)s.") % {"day": _date(at, reading)} + " " + passing
        words = {"day": _date(at, reading), "first": dates.day_month(earlier.sent_at, reading.timezone)}
        return _("Changed on %(day)s. First version %(first)s.") % words + " " + passing


def briefing_html(reading: Reading, *, emblem: Sequence[Sequence[Any]], seed: int, version: str) -> str:
    """The briefing as one HTML document: shareable, with no name and no personal link."""
    with translation.override(reading.language):
        context = {
            "reading": reading,
            "emblem": [tuple(pair) for pair in emblem],
            "seed": seed,
            "how": how_decided(reading),
            "fallback": fallback_note(reading),
            "is_pack": reading.kind == BriefingKind.PACK,
            "place": str(reading.place) or reading.place_note,
            "options": [dates.when(start, reading.timezone) for start, _end in reading.date_options],
            "parts": [{"part": part, "mark": _MARKS.get(part.form, "plenary")} for part in reading.agenda],
            **_sheet(version, reading.organisation),
        }
        return render_to_string("pdf/briefing.html", context)


def briefing_pdf(reading: Reading, *, emblem: Sequence[Sequence[Any]], seed: int, version: str) -> bytes:
    """The PDF of `briefing_html`: the same content gives the same bytes."""
    html = briefing_html(reading, emblem=emblem, seed=seed, version=version)
    return render_pdf(
        html,
        identifier=hashlib.sha256(html.encode()).hexdigest(),
        title=str(reading.title),
        language=reading.language,
    )


def refuse_unprintable(reading: Reading, *, emblem: Sequence[Sequence[Any]], seed: int) -> None:
    """Refuse (DomainError) a briefing with a character that cannot be printed, before it is planned."""
    refuse_missing_glyphs(briefing_html(reading, emblem=emblem, seed=seed, version=""))


def letters_pdf(session: DialogueSession, letters: Sequence[Letter]) -> bytes:
    """One print file: a cover with each person's address and QR code, followed by their version.

    The personal addresses exist in these bytes only and are not stored. Refuses (ValueError) no letters.
    """
    if not letters:
        raise ValueError("A print file needs at least one letter.")
    enclosures: dict[tuple[int, str], Any] = {}
    documents = []
    for letter in letters:
        reading, briefing = letter.reading, letter.briefing
        key = briefing.pk, content_key(reading.language, str(reading.ask), reading.level)
        if key not in enclosures:
            version, emblem = version_line(briefing, reading), briefing.content.get("emblem", [])
            html = briefing_html(reading, emblem=emblem, seed=session.pk, version=version)
            enclosures[key] = lay_out(html)
        pages = len(enclosures[key].pages)
        documents += [lay_out(letter_html(session, letter, pages=pages)), enclosures[key]]
    versions = sorted({letter.briefing.pk for letter in letters})
    with translation.override(session.language):
        title = _("Letters for %(title)s") % {"title": session.title}
    return write(
        put_together(documents),
        identifier="-".join(["letters", str(session.pk), *(str(number) for number in versions)]),
        title=title,
        language=letters[0].reading.language,
    )


def letter_html(session: DialogueSession, letter: Letter, *, pages: int) -> str:
    """The cover: address where a window envelope shows it, and the slip to answer with."""
    reading = letter.reading
    with translation.override(reading.language):
        address = [str(letter.person.organisation or ""), letter.person.name, *letter.person.postal_lines]
        context = {
            "reading": reading,
            "person": letter.person,
            "opening": letter.opening,
            "address": [line for line in address if line],
            "return_address": ", ".join(
                part.strip() for part in session.workspace.postal_address.splitlines() if part.strip()
            ),
            "options": [dates.when(start, reading.timezone) for start, _end in reading.date_options],
            "today": clock.today(reading.timezone),
            "before": dates.day_month(reading.answer_by) if reading.answer_by else "",
            "pages": pages,
            "place": str(reading.place) or reading.place_note,
            "link": personal_address(letter.link.reference),
            **_sheet("", reading.organisation),
        }
        return render_to_string("pdf/letter.html", context)


def phone_script(reading: Reading, person: Person) -> dict[str, Any]:
    """What to say to somebody on the telephone: who I am, what and when, why you, what it does; then ask."""
    with translation.override(reading.language):
        when = f"{reading.days}, {reading.hours}" if reading.hours else reading.days
        who = {"name": reading.contact_name, "organisation": reading.organisation}
        what = {"title": reading.title, "when": when, "place": str(reading.place) or reading.place_note}
        if reading.contact_name == reading.organisation:
            first = _("Good day, you are speaking with %(organisation)s.") % who
        else:
            first = _("Good day, you are speaking with %(name)s of %(organisation)s.") % who
        if what["place"]:
            second = _("I invite you to a talk: %(title)s It is on %(when)s, %(place)s.") % {
                **what,
                "title": wording.full_stop(str(what["title"])),
            }
        else:
            second = _("I invite you to a talk: %(title)s It is on %(when)s.") % {
                **what,
                "title": wording.full_stop(str(what["title"])),
            }
        third = str(reading.why) or _("We would like to hear you, because it is about you too.")
        fourth = str(reading.say)
        offered = Answer.offered(has_online_choice=reading.has_online_choice)
        answers = " · ".join(str(words) for _value, words in offered)
        asks = _("Will you be there?") + f" {answers}. " + _("Is this clear?")
        return {"person": person, "lines": [first, second, third, fourth], "asks": asks}


def _date(moment: Any, reading: Reading) -> str:
    return dates.day(moment, reading.timezone)


def _sheet(version: str, author: str) -> dict[str, str]:
    # the printer has the style sheet already; asking for it again would read it once more per document
    return {"version_line": version, "author": author, "print_css": "data:text/css,"}


# how a part of the programme is drawn
_MARKS = {
    "plenary": "plenary",
    "tables": "tables",
    "break": "pause",
    "informal": "pause",
    "visit": "plenary",
    "vote": "vote",
    "closing": "closing",
}
