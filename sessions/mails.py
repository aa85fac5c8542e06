"""The mails about a session: one function per mail, words only; what differs per person stands as a mark."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.outbox.message import LINK, mark
from dialoog.kernel.ui import dates
from sessions import wording
from sessions.reading import INTERFACE, Reading, Words, interface_language, language_name

NAME = "name"
OPENING = "opening"


@dataclass(frozen=True)
class MailParts:
    """A mail as its receivers share it, in one language."""

    subject: str
    html: str
    text: str


@dataclass(frozen=True)
class Changed:
    """One thing that became different: what it is called, how it was, how it is, and why."""

    label: str
    old: Words
    new: Words
    reason: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Begun:
    """A sentence that begins with words of ours, which stand in bold; `begin` is "" when it does not."""

    begin: str
    rest: str
    lang: str


@dataclass(frozen=True)
class Cell:
    """A part of the bar that says who has which influence: its share of the width in percent."""

    who: Words | str
    what: str
    width: int


def invitation(
    reading: Reading,
    *,
    has_opening: bool = False,
    is_neutral: bool = False,
    is_test: bool = False,
    changes: Sequence[Changed] = (),
) -> MailParts:
    """The invitation, in the words and order of journeys.md (b). With `changes` it is a later version."""
    with translation.override(reading.language):
        subject = _changed_subject(reading) if changes else invitation_subject(reading)
        context = _common(reading, changes) | {
            "opening": mark(OPENING) if has_opening else "",
            "cells": influence_cells(reading),
            "how": how_decided(reading),
            "options": [dates.when(start, reading.timezone) for start, _end in reading.date_options],
            "changes": changes,
            "is_test": is_test,
            "heading": "" if changes else _("Invitation"),
            "attached": _attached(reading, is_neutral),
        }
        return _mail("invitation", _shown(subject, reading, is_neutral, is_test), context, is_neutral)


def pack(
    reading: Reading,
    *,
    has_opening: bool = False,
    is_neutral: bool = False,
    is_test: bool = False,
    changes: Sequence[Changed] = (),
) -> MailParts:
    """The information pack: programme, what changed, the rules; answering again only for what changed."""
    with translation.override(reading.language):
        subject = _("For %(day)s: the programme of %(title)s") % {
            "day": _short(reading),
            "title": wording.full_stop(str(reading.title)),
        }
        context = _common(reading, changes) | {
            "opening": mark(OPENING) if has_opening else "",
            "how": how_decided(reading),
            "changes": changes,
            "is_test": is_test,
        }
        return _mail("pack", _shown(subject, reading, is_neutral, is_test), context, is_neutral)


def through(
    reading: Reading, *, count: int, is_neutral: bool = False, changes: Sequence[Changed] = ()
) -> MailParts:
    """To somebody through whom others are invited: one mail about all of them, without their names."""
    with translation.override(reading.language):
        people = ngettext(
            "%(count)d person is invited through you", "%(count)d people are invited through you", count
        ) % {"count": count}
        subject = _("%(people)s: %(title)s Please answer before %(day)s") % {
            "people": people,
            "title": wording.full_stop(str(reading.title)),
            "day": _before(reading),
        }
        if not reading.answer_by:
            subject = f"{people}: {reading.title}"
        context = _common(reading, changes) | {
            "people": people,
            "cells": influence_cells(reading),
            "how": how_decided(reading),
            "changes": changes,
        }
        return _mail("through", _shown(subject, reading, is_neutral, False), context, is_neutral)


def reminder(reading: Reading, *, is_neutral: bool = False, count: int = 0) -> MailParts:
    """The one reminder, to who has not answered. `count` is of the silent people behind an intermediary."""
    with translation.override(reading.language):
        subject = _("Will you be there on %(day)s? Please answer before %(before)s") % {
            "day": _short(reading),
            "before": _before(reading),
        }
        if not reading.starts_at:
            subject = _("Which date suits you? Please answer before %(before)s") % {
                "before": _before(reading)
            }
        context = _common(reading) | {"count": count}
        return _mail("reminder", _shown(subject, reading, is_neutral, False), context, is_neutral)


def cancelled(reading: Reading, *, reason: str = "", is_neutral: bool = False) -> MailParts:
    """The meeting does not take place."""
    with translation.override(reading.language):
        subject = _("Cancelled: %(title)s") % {"title": reading.title}
        context = _common(reading) | {"why": wording.full_stop(reason), "has_link": False}
        return _mail("cancelled", _shown(subject, reading, is_neutral, False), context, is_neutral)


def withdrawn(reading: Reading, *, reason: str = "", is_neutral: bool = False) -> MailParts:
    """One invitation no longer stands."""
    with translation.override(reading.language):
        subject = _("Your invitation for %(day)s no longer stands") % {"day": _short(reading)}
        context = _common(reading) | {"why": wording.full_stop(reason), "has_link": False}
        return _mail("withdrawn", _shown(subject, reading, is_neutral, False), context, is_neutral)


def endorse(reading: Reading, *, goes_on: datetime | None = None) -> MailParts:
    """Ask somebody to stand for the promise, which goes out at `goes_on` when that is planned."""
    with translation.override(reading.language):
        subject = _("Do you agree with this promise? %(title)s") % {"title": reading.title}
        context = _common(reading) | {
            "how": how_decided(reading),
            "cells": influence_cells(reading),
            "goes_on": dates.when(goes_on, reading.timezone) if goes_on else "",
        }
        return _mail("endorse", subject, context)


def endorsement_answered(
    *, language: str, title: str, name: str, agreed: bool, note: str, link: str
) -> MailParts:
    """Tells the organiser what the one who was asked said."""
    with translation.override(language):
        words = {"name": name, "title": title}
        subject = (
            _("%(name)s agrees: %(title)s") if agreed else _("%(name)s does not agree yet: %(title)s")
        ) % words
        context = {"note": note, "name": name, "agreed": agreed, "link": link}
        return _mail("endorse_answered", subject, context)


def endorsement_void(*, language: str, title: str, names: str, link: str) -> MailParts:
    """Tells the organiser that an agreement was to an earlier promise."""
    with translation.override(language):
        subject = _("The agreement no longer counts: %(title)s") % {"title": title}
        return _mail("endorse_void", subject, {"names": names, "link": link})


def rules_due(*, language: str, title: str, day: date, link: str) -> MailParts:
    """Reminds the organiser of the rules that were promised."""
    with translation.override(language):
        subject = _("You promised the rules by %(day)s: %(title)s") % {
            "day": dates.day_month(day),
            "title": title,
        }
        return _mail("rules_due", subject, {"day": day, "link": link})


def pack_waits(*, language: str, title: str, day: datetime, zone: str, reason: str, link: str) -> MailParts:
    """Tells the organiser that the information pack waits for them."""
    with translation.override(language):
        subject = _("The information pack waits for you: %(title)s") % {"title": title}
        return _mail("pack_waits", subject, {"day": day, "zone": zone, "why": reason, "link": link})


def invitation_subject(reading: Reading) -> str:
    """What stands in the list of somebody's mails. In the active language."""
    words = {
        "day": _short(reading),
        "title": wording.full_stop(str(reading.title)),
        "before": _before(reading),
    }
    if reading.starts_at and reading.answer_by:
        return _("Invitation %(day)s: %(title)s Please answer before %(before)s") % words
    if reading.answer_by:
        return _("Invitation: %(title)s Please answer before %(before)s") % words
    return _("Invitation: %(title)s") % {"title": reading.title}


def how_decided(reading: Reading) -> Words:
    """How it is decided in one paragraph: the mail is short, the rest stands in the PDF and on the page."""
    if reading.rules_on:
        rules = _("You get the exact rules by %(day)s at the latest.") % {
            "day": dates.day_month(reading.rules_on)
        }
        return _in_order(reading, rules)
    first = str(reading.procedure[0]) if reading.procedure else ""
    if len(reading.procedure) > 1:
        sentence = first.partition(". ")[0]
        first = wording.full_stop(sentence)
    return _in_order(reading, first)


def _in_order(reading: Reading, rules: str) -> Words:
    """First how the group comes to it, then who decides after that day."""
    parts = (str(reading.that_day), rules, str(reading.afterwards))
    return replace(reading.decided, text=" ".join(part for part in parts if part))


def influence_cells(reading: Reading) -> list[Cell]:
    """The bar of decider, together and you; the more is decided together, the wider its middle."""
    us = reading.decider
    together, you = _("Together"), _("You")
    return {
        "inform": [Cell(us, _("decides"), 60), Cell("", "", 0), Cell(you, _("hear why"), 40)],
        "consult": [Cell(us, _("decides"), 52), Cell("", "", 8), Cell(you, _("give your view"), 40)],
        "involve": [
            Cell(us, _("decides"), 34),
            Cell(together, _("your concerns"), 32),
            Cell(you, _("bring your concerns"), 34),
        ],
        "collaborate": [
            Cell(us, _("adopts it, or writes why not"), 32),
            Cell(together, _("the outcome"), 40),
            Cell(you, _("your experience"), 28),
        ],
        "empower": [
            Cell(us, _("carries it out"), 28),
            Cell(together, _("the decision"), 44),
            Cell(you, _("decide"), 28),
        ],
    }.get(reading.level, [])


def sender_name(reading: Reading, *, is_neutral: bool = False) -> str:
    """The name in From: a person, with the organisation unless that could harm somebody."""
    if is_neutral or reading.contact_name == reading.organisation:
        return reading.contact_name
    return f"{reading.contact_name} ({reading.organisation})"


def fallback_note(reading: Reading, changes: Sequence[Changed] = ()) -> str:
    """The sentence that says in which language the organiser's own texts are; "" when it is the reader's."""
    told = [words.lang for each in changes for words in (each.old, each.new, each.reason) if words]
    original = reading.original_language or next(iter(filter(None, told)), "")
    if not original:
        return ""
    return _("Some texts have not been translated. You read them in %(language)s.") % {
        "language": language_name(original)
    }


def field_label(name: str) -> str:
    """What a changed field is called for readers. In the active language."""
    return {
        "title": _("The subject"),
        "goal": _("Goal"),
        "use_of_outcomes": _("What happens with it"),
        "not_used_for": _("What it is not used for"),
        "influence": _("Your influence"),
        "decides": _("Is something decided that day?"),
        "report_by": _("You hear from us"),
        "confidentiality": _("Confidential"),
        "last_time": _("What went wrong last time"),
        "procedure": _("How it is decided"),
        "when": _("When"),
        "place": _("Where"),
        "agenda": _("Programme"),
        "rules": _("Rules of conduct"),
        "contact": _("Who to call"),
        "practical": _("Travel and help"),
    }.get(name, name)


def _common(reading: Reading, changes: Sequence[Changed] = ()) -> dict[str, object]:
    other = next((code for code in INTERFACE if code != reading.language), "")
    return {
        "reading": reading,
        "link": mark(LINK),
        "has_link": True,
        "goal": _behind_label(reading.goal, _starter(wording.goal_sentence, reading.goal, reading.language)),
        "ask": _begun(reading.ask, _starter(wording.ask_sentence, reading.ask, reading.language)),
        "name": mark(NAME),
        "before": _before(reading),
        "place": str(reading.place) or reading.place_note,
        "practical": " ".join(wording.full_stop(str(words)) for words in reading.practical),
        "fallback": fallback_note(reading, changes),
        "other_language": other,
        "read_in_other": _READ_IN.get(other, ""),
    }


def _starter(make: Callable[[str], str], words: Words, language: str) -> str:
    """Our words that a sentence made by `make` begins with, in the language it is in."""
    with translation.override(interface_language(words.lang or language)):
        return make("…").partition("…")[0]


def _behind_label(words: Words, starter: str) -> Words:
    """The sentence behind a label of its own: our first words go on in small letters."""
    if not words.text.startswith(starter):
        return words
    return replace(words, text=words.text[:1].lower() + words.text[1:])


def _begun(words: Words, starter: str) -> Begun:
    rest = words.text.removeprefix(starter)
    return Begun("" if rest == words.text else starter.strip(), rest, words.lang)


def _attached(reading: Reading, is_neutral: bool) -> str:
    """What comes along with the mail; the same as `actions.send.body_of` attaches."""
    if is_neutral or not (reading.starts_at and reading.ends_at):
        return _("Attached: everything as a PDF.")
    return _("Attached: everything as a PDF, and the date for your calendar.")


# each in the language it leads to, so that its reader can find it
_READ_IN = {"en": "Read in English", "nl": "Lees in het Nederlands"}


def _shown(subject: str, reading: Reading, is_neutral: bool, is_test: bool) -> str:
    if is_neutral:
        # the title of a meeting can harm somebody whose screen others see
        subject = _("A message from %(name)s") % {"name": reading.contact_name}
    return _("Test: %(subject)s") % {"subject": subject} if is_test else subject


def _changed_subject(reading: Reading) -> str:
    return _("Something changed for %(day)s: %(title)s") % {"day": _short(reading), "title": reading.title}


def _short(reading: Reading) -> str:
    if not reading.starts_at:
        return _("the meeting")
    return _day_month(reading.starts_at, reading.timezone)


def _before(reading: Reading) -> str:
    return dates.day_month(reading.answer_by) if reading.answer_by else ""


def _day_month(moment: datetime, zone: str) -> str:
    return dates.day_month(moment, zone)


def _mail(name: str, subject: str, context: dict[str, object], is_neutral: bool = False) -> MailParts:
    context = context | {"subject": subject, "is_neutral": is_neutral}
    text = render_to_string(f"emails/{name}.txt", context)
    return MailParts(
        subject=subject,
        html=render_to_string(f"emails/{name}.html", context).strip() + "\n",
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
    )
