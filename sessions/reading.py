"""What a reader is told, pure: canonical content read as one `Reading` by mail, page and PDF.

A text without translation is shown in the language it was written in, and the reading says so
(journeys.md, rule 14); it never falls to a third language in silence.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from babel import Locale, UnknownLocaleError
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dialoog.kernel.ui import dates
from sessions import wording

INTERFACE = [code for code, _name in settings.LANGUAGES]
FALLBACK = "en"


@dataclass(frozen=True)
class Words:
    """A text and the language it is in; `lang` goes into the HTML where it differs from the page.

    `name` is a part of it that stands in quotation marks because it has no translation, and `name_lang` the
    language of that part alone; `tail` is what it ends in when that is in another language (`tail_lang`).
    """

    text: str = ""
    lang: str = ""
    name: str = ""
    name_lang: str = ""
    tail: str = ""
    tail_lang: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True)
class Party:
    """A group that is invited: its shape, its name, and the organisations that may be named."""

    shape: str
    label: str
    names: str


@dataclass(frozen=True)
class Part:
    """One line of the programme, its clock time computed."""

    day: int
    start: str
    title: Words
    form: str
    lead: Words
    note: Words
    asked_by: int
    source: str = ""


@dataclass(frozen=True)
class Reading:
    """Everything a reader is told, in their language. Templates only choose the order."""

    language: str
    original_language: str
    kind: str
    title: Words
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str
    zone_named: bool
    date_options: list[tuple[datetime, datetime]]
    place: Words
    place_note: str
    online_link: str
    practical: list[Words]
    answer_by: date | None
    why: Words
    ask: Words
    last_time: Words
    goal: Words
    use: Words
    not_used: Words
    level: str
    say: Words
    decider: Words
    decided: Words
    procedure: list[Words]
    rules_on: date | None
    confidential: str
    report: str
    report_by: date | None
    contact_name: str
    contact_first: str
    contact_phone: str
    contact_email: str
    readers: str
    deputy_name: str
    deputy_phone: str
    organisation: str
    endorsed: str
    facilitator: str
    agenda: list[Part] = field(default_factory=list)
    conduct: list[Words] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    # the end of `decided`; "" in what was frozen before it was kept apart
    afterwards: Words = field(default_factory=Words)
    # stands in `decided` too; None in what was frozen before it was kept apart
    adopts_by: date | None = None
    # what was frozen before this was kept offered it to everybody
    has_online_choice: bool = True

    @property
    def reader_count(self) -> int:
        """How many people `readers` names, for the verb beside them."""
        deputy = self.deputy_name.split()[:1]
        return 2 if deputy and self.readers != deputy[0] else 1

    @property
    def that_day(self) -> Words:
        """What `decided` says of the day itself."""
        return replace(self.decided, text=self.decided.text.removesuffix(self.afterwards.text).strip())

    @property
    def decision(self) -> list[Words]:
        """How it is decided, in order and each sentence once: that day, the rules, then who decides after."""
        rules = self.procedure
        is_said = bool(rules) and rules[-1].text.startswith(self.afterwards.text)
        after = [self.afterwards] if self.afterwards and not is_said else []
        return [self.that_day, *rules, *after]

    @property
    def is_fallback(self) -> bool:
        """Whether some text is not in the reader's language."""
        return bool(self.original_language)

    @property
    def phone_link(self) -> str:
        return "".join(c for c in self.contact_phone if c.isdigit() or c == "+")

    @property
    def days(self) -> str:
        """“Tuesday 2 March 2027”, or “Tuesday 2 to Thursday 4 March 2027” when it takes more days."""
        if not self.starts_at or not self.ends_at:
            return _("The date is not settled yet")
        last = dates.day(self.ends_at, self.timezone)
        if dates.day(self.starts_at, self.timezone) == last:
            return last
        first = dates.opening_day(self.starts_at, self.ends_at, self.timezone)
        return _("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def hours(self) -> str:
        if not self.starts_at or not self.ends_at:
            return ""
        return _("%(start)s to %(end)s") % {
            "start": dates.clock(self.starts_at, self.timezone),
            "end": dates.clock(self.ends_at, self.timezone)
            + (f" ({self.timezone})" if self.zone_named else ""),
        }


def quoted(name: Words) -> Words:
    """A name as our sentences say it: in quotation marks where it is in another language than they are."""
    if not name or not name.lang:
        return name
    text = _("“%(name)s”") % {"name": capfirst(name.text)}
    return Words(text, name=text, name_lang=name.lang)


def interface_language(code: str) -> str:
    """The language of our own words for a reader of `code`: theirs when complete, else English."""
    base = code.split("-", maxsplit=1)[0].lower()
    return base if base in INTERFACE else FALLBACK


def language_name(code: str) -> str:
    """The name of a language in the active one."""
    try:
        locale = Locale.parse((translation.get_language() or "en").replace("-", "_"))
        return locale.languages.get(code.split("-", maxsplit=1)[0], code)
    except (UnknownLocaleError, ValueError):
        return code


def source_digest(text: str) -> str:
    """What a translation remembers of its source, so that a changed source makes it stale."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def digest_of(content: dict[str, Any]) -> str:
    """One hash over canonical JSON (decisions.md 10)."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read(content: dict[str, Any], language: str, *, why: str = "", ask: str = "", level: str = "") -> Reading:
    """The content as one person reads it, our words in the interface language nearest to `language`."""
    code = interface_language(language)
    words = content["languages"][code]
    level = level or words["level"]
    with translation.override(code):
        why_words, ask_words = (
            _personal(make, text, words, code)
            for make, text in ((wording.why_sentence, why), (wording.ask_sentence, ask))
        )
        return Reading(
            language=code,
            original_language=words["original"] or why_words.lang or ask_words.lang,
            kind=content["kind"],
            level=level,
            say=_words(words["say"].get(level, ["", ""])),
            why=why_words,
            ask=ask_words,
            starts_at=_moment(words["starts_at"]),
            ends_at=_moment(words["ends_at"]),
            date_options=[
                (datetime.fromisoformat(start), datetime.fromisoformat(end))
                for start, end in words["date_options"]
            ],
            answer_by=_day(words["answer_by"]),
            report_by=_day(words["report_by"]),
            rules_on=_day(words["rules_on"]),
            practical=[_words(pair) for pair in words["practical"]],
            afterwards=_words(words.get("afterwards", "")),
            adopts_by=_day(words.get("adopts_by", "")),
            has_online_choice=words.get("has_online_choice", True),
            procedure=[_words(pair) for pair in words["procedure"]],
            conduct=[_words(pair) for pair in words["conduct"]],
            parties=[Party(*row) for row in words["parties"]],
            agenda=[
                Part(
                    day=row["day"],
                    start=row["start"],
                    title=_words(row["title"]),
                    form=row["form"],
                    lead=_words(row["lead"]),
                    note=_words(row["note"]),
                    asked_by=row["asked_by"],
                    source=row.get("source", ""),
                )
                for row in words["agenda"]
            ],
            **_by_name(words),
        )


_WORDS = ("title", "place", "last_time", "goal", "use", "not_used", "decided", "decider")
_PLAIN = (
    "timezone",
    "zone_named",
    "place_note",
    "online_link",
    "confidential",
    "report",
    "contact_name",
    "contact_first",
    "contact_phone",
    "contact_email",
    "readers",
    "deputy_name",
    "deputy_phone",
    "organisation",
    "endorsed",
    "facilitator",
)


def _personal(make: Callable[[str], str], text: str, words: dict[str, Any], code: str) -> Words:
    """A text per group in the reader's language where it is translated; one to a person as it was written."""
    written_in = words["written_in"]
    if not text.strip() or written_in == code:
        return Words(make(text))
    found = words.get("ours", {}).get(source_digest(text), "")
    if found:
        return Words(make(found))
    with translation.override(interface_language(written_in)):
        return Words(make(text), written_in)


def _by_name(words: dict[str, Any]) -> dict[str, Any]:
    """The parts that stand in the content under the name they have in a reading."""
    return {name: _words(words[name]) for name in _WORDS} | {name: words[name] for name in _PLAIN}


def _words(told: list[str] | str) -> Words:
    # who decides was a plain text in what was frozen before its language was kept
    return Words(told) if isinstance(told, str) else Words(*told)


def _moment(value: str) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None
