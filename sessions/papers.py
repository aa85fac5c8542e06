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
from dialoog.kernel.documents.letters import print_letters
from dialoog.kernel.documents.pdf import render_pdf
from dialoog.kernel.outbox.message import personal_address
from dialoog.kernel.ui import dates
from sessions import wording
from sessions.mails import fallback_note, how_decided
from sessions.models import Answer, Briefing, BriefingKind, DialogueSession
from sessions.moments import moments
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
            "moments": moments(reading),
            **_shape(reading),
            "place": str(reading.place) or reading.place_note,
            "options": [dates.when(start, reading.timezone) for start, _end in reading.date_options],
            "parts": [{"part": part, "mark": _MARKS.get(part.form, "plenary")} for part in reading.agenda],
            **sheet(version, reading.organisation),
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
    versions = sorted({letter.briefing.pk for letter in letters})
    return print_letters(
        letters,
        cover=lambda letter, pages: letter_html(session, letter, pages=pages),
        enclosed=lambda letter: _enclosed(session, letter),
        shared=lambda letter: (
            letter.briefing.pk,
            content_key(letter.reading.language, str(letter.reading.ask), letter.reading.level),
        ),
        identifier="-".join(["letters", str(session.pk), *(str(number) for number in versions)]),
        title=letters_title(session),
        language=letters[0].reading.language if letters else "",
    )


def letters_title(session: DialogueSession) -> str:
    """What a print file is called, in the language of the meeting."""
    with translation.override(session.language):
        return _("Letters for %(title)s") % {"title": session.title}


def envelope(session: DialogueSession, person: Person, link: AccessLink) -> dict[str, Any]:
    """What every cover shows of its receiver and its sender; the link becomes the QR code."""
    sender = session.workspace.postal_address.splitlines()
    lines = [str(person.organisation or ""), person.name, *person.postal_lines]
    return {
        "person": person,
        "address": [line for line in lines if line],
        "return_address": ", ".join(part.strip() for part in sender if part.strip()),
        "today": clock.today(session.timezone),
        "link": personal_address(link.reference),
    }


def letter_html(session: DialogueSession, letter: Letter, *, pages: int) -> str:
    """The cover: address where a window envelope shows it, and the slip to answer with."""
    reading = letter.reading
    with translation.override(reading.language):
        context = {
            "reading": reading,
            "opening": letter.opening,
            "size": _letter_size(letter),
            "options": [dates.when(start, reading.timezone) for start, _end in reading.date_options],
            "before": dates.day_month(reading.answer_by) if reading.answer_by else "",
            "pages": pages,
            "place": str(reading.place) or reading.place_note,
            **envelope(session, letter.person, letter.link),
            **sheet("", reading.organisation),
        }
        return render_to_string("pdf/letter.html", context)


def _enclosed(session: DialogueSession, letter: Letter) -> str:
    reading, briefing = letter.reading, letter.briefing
    version, emblem = version_line(briefing, reading), briefing.content.get("emblem", [])
    return briefing_html(reading, emblem=emblem, seed=session.pk, version=version)


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


def _shape(reading: Reading) -> dict[str, Any]:
    """What the length of the texts decides: sizes, and what stands where."""
    has_rules = len(reading.procedure) > 1 and not reading.rules_on
    rules = reading.decision[1:] if has_rules else []
    told = (reading.goal, reading.use, reading.not_used, reading.ask, reading.last_time)
    length, title = sum(len(words.text) for words in told), len(reading.title.text)
    days = {part.day for part in reading.agenda}
    return {
        "that_day": reading.that_day,
        "rules": rules,
        "rules_are_short": len(rules) <= _BESIDE and all(len(rule.text) <= _SHORT_RULE for rule in rules),
        "is_dense": length > _ROOMY,
        "is_one_sheet": _is_one_sheet(reading, length),
        "title_size": "" if title <= _SHORT_TITLE else "longer" if title <= _LONG_TITLE else "longest",
        # a long programme fills its page, so the rules come on one with room
        "is_long": len(reading.agenda) > _ONE_PAGE or len(days) > 1,
    }


def _letter_size(letter: Letter) -> str:
    """How small a cover is set so that it ends above the strip to answer with."""
    reading = letter.reading
    told = (reading.title, reading.why, reading.last_time, *reading.practical, reading.say, reading.report)
    length = len(letter.opening) + sum(len(str(words)) for words in told)
    return "" if length <= _ORDINARY_LETTER else "close" if length <= _FULL_LETTER else "tight"


def _is_one_sheet(reading: Reading, length: int) -> bool:
    """Whether so little is told that all of it stands well on one page."""
    if reading.is_fallback or reading.practical or len(reading.title.text) > _SHORT_TITLE:
        return False
    said = sum(len(words.text) for words in (reading.say, *reading.decision))
    return length + said + _MOMENT * len(moments(reading)) <= _ONE_SHEET


def _date(moment: Any, reading: Reading) -> str:
    return dates.day(moment, reading.timezone)


def sheet(version: str, author: str) -> dict[str, str]:
    """What the frame of every document takes."""
    # the printer has the style sheet already; asking for it again would read it once more per document
    return {"version_line": version, "author": author, "print_css": "data:text/css,"}


# characters and numbers up to which a page looks well
_ROOMY = 650
_ONE_SHEET, _MOMENT = 450, 25
_SHORT_TITLE, _LONG_TITLE = 60, 100
_BESIDE, _SHORT_RULE = 3, 170
_ONE_PAGE = 15

_ORDINARY_LETTER, _FULL_LETTER = 440, 780

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
