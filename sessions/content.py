"""What people are told: frozen once as canonical content, read again as one `Reading` by mail, page and PDF.

A text without translation is shown in the language it was written in, and the reading says so
(journeys.md, rule 14); it never falls to a third language in silence.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions import wording
from sessions.engine.timetable import Slot, timetable
from sessions.models import (
    BriefingKind,
    DateMode,
    Decides,
    DecisionProcedure,
    DialogueSession,
    Endorsement,
    Influence,
    Method,
    PlaceMode,
    SessionText,
)
from stakeholders.models import Person

INTERFACE = [code for code, _name in settings.LANGUAGES]
FALLBACK = "en"
TRANSLATABLE = {
    "title": 160,
    "place": 200,
    "goal": 5000,
    "use_of_outcomes": 5000,
    "not_used_for": 5000,
    "out_of_scope": 300,
    "adopter": 160,
    "last_time": 5000,
    "measures": 300,
    "rules": 5000,
}


@dataclass(frozen=True)
class Words:
    """A text and the language it is in; `lang` goes into the HTML where it differs from the page."""

    text: str = ""
    lang: str = ""

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
    decider: str
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

    @property
    def is_fallback(self) -> bool:
        """Whether some text is not in the reader's language."""
        return bool(self.original_language)

    @property
    def phone_link(self) -> str:
        return "".join(c for c in self.contact_phone if c.isdigit() or c == "+")

    @property
    def days(self) -> str:
        """“Tuesday 2 March 2027”, or from and to when it takes more days."""
        if not self.starts_at or not self.ends_at:
            return _("The date is not settled yet")
        first, last = dates.day(self.starts_at, self.timezone), dates.day(self.ends_at, self.timezone)
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}

    @property
    def hours(self) -> str:
        if not self.starts_at or not self.ends_at:
            return ""
        return _("%(start)s to %(end)s") % {
            "start": dates.clock(self.starts_at, self.timezone),
            "end": dates.clock(self.ends_at, self.timezone)
            + (f" ({self.timezone})" if self.zone_named else ""),
        }


def interface_language(code: str) -> str:
    """The language of our own words for a reader of `code`: theirs when complete, else English."""
    base = code.split("-", maxsplit=1)[0].lower()
    return base if base in INTERFACE else FALLBACK


def freeze(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> dict[str, Any]:
    """The common content in every interface language plus group defaults: JSON without names of guests."""
    groups = {
        str(row.group_id): {"why": row.why_you, "ask": row.what_we_ask, "influence": row.influence}
        for row in session.groups.filter(absence="").order_by("group_id")
    }
    return {
        "kind": str(kind),
        "languages": {code: _in_language(session, code, kind) for code in INTERFACE},
        "groups": groups,
    }


def live(session: DialogueSession, language: str, *, kind: str, **personal: str) -> Reading:
    """What a reader sees now, built for their language alone: the guest page and the previews."""
    code = interface_language(language)
    return read({"kind": str(kind), "languages": {code: _in_language(session, code, kind)}}, code, **personal)


def digest_of(content: dict[str, Any]) -> str:
    """One hash over canonical JSON (decisions.md 10)."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def promise_digest(session: DialogueSession) -> str:
    """What an endorsement stands for: goal, use, influence, decision and the date of the report."""
    parts = [session.goal, session.use_of_outcomes, session.not_used_for, session.influence, session.decides]
    parts += [session.adopter, str(session.adopts_by), str(session.report_by)]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def read(content: dict[str, Any], language: str, *, why: str = "", ask: str = "", level: str = "") -> Reading:
    """The content as one person reads it, our words in the interface language nearest to `language`."""
    code = interface_language(language)
    words = content["languages"][code]
    level = level or words["level"]
    with translation.override(code):
        return Reading(
            language=code,
            original_language=words["original"],
            kind=content["kind"],
            level=level,
            say=_words(words["say"].get(level, ["", ""])),
            why=_personal(wording.why_sentence, why, words["written_in"], code),
            ask=_personal(wording.ask_sentence, ask, words["written_in"], code),
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
                )
                for row in words["agenda"]
            ],
            **_by_name(words),
        )


_WORDS = ("title", "place", "last_time", "goal", "use", "not_used", "decided")
_PLAIN = (
    "decider",
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


def _personal(make: Callable[[str], str], text: str, written_in: str, code: str) -> Words:
    """A text per group or person: never translated, so its starter is in the language it has."""
    with translation.override(interface_language(written_in)):
        return Words(make(text), "" if written_in == code else written_in)


def _by_name(words: dict[str, Any]) -> dict[str, Any]:
    """The parts that stand in the content under the name they have in a reading."""
    return {name: _words(words[name]) for name in _WORDS} | {name: words[name] for name in _PLAIN}


def _words(pair: list[str]) -> Words:
    return Words(*pair)


def _moment(value: str) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _day(value: str) -> date | None:
    return date.fromisoformat(value) if value else None


class _Texts:
    """The session's texts in one language, each with the language it really is in."""

    def __init__(self, session: DialogueSession, code: str, rows: dict[str, SessionText]) -> None:
        self.session, self.code, self.rows = session, code, rows
        self.own = interface_language(session.language)
        self.missing = False

    def get(self, name: str) -> tuple[str, str]:
        """(text, language it is in); notes when a translation is missing."""
        source = str(getattr(self.session, name) or "").strip()
        if not source or self.session.language == self.code:
            return source, self.code
        row = self.rows.get(name)
        if row and row.source_digest == source_digest(source):
            return row.text.strip(), self.code
        self.missing = True
        return source, self.own

    def pair(self, name: str) -> list[str]:
        text, lang = self.get(name)
        return [text, "" if lang == self.code else self.session.language]

    def sentence(self, name: str, make: Callable[[str], str]) -> list[str]:
        """The text inside our words, those in the language the text is in."""
        text, lang = self.get(name)
        with translation.override(lang):
            return [make(text), "" if lang == self.code else self.session.language]


def source_digest(text: str) -> str:
    """What a translation remembers of its source, so that a changed source makes it stale."""
    return hashlib.sha256(text.strip().encode()).hexdigest()


def _in_language(session: DialogueSession, code: str, kind: str) -> dict[str, Any]:
    rows = {row.field: row for row in session.texts.all() if row.language == code}
    texts = _Texts(session, code, rows)
    with translation.override(code):
        values = _promise(session, texts) | _meeting(session, texts)
        values |= _programme(session, texts) if kind == BriefingKind.PACK else _no_programme(session)
        values["original"] = session.language if texts.missing else ""
        values["written_in"] = session.language
    return values


def _promise(session: DialogueSession, texts: _Texts) -> dict[str, Any]:
    procedure = DecisionProcedure.objects.filter(session=session).prefetch_related("advisory_groups").first()
    own_words = bool(procedure and procedure.method == Method.OTHER)
    lang = texts.session.language if own_words and texts.session.language != texts.code else ""
    with translation.override(texts.own if lang else texts.code):
        paragraphs = wording.procedure_paragraphs(session, procedure)
    late = procedure.rules_on if procedure and procedure.method == Method.LATER else None
    return {
        "goal": texts.sentence("goal", wording.goal_sentence),
        "use": texts.sentence("use_of_outcomes", wording.use_sentence),
        "not_used": texts.sentence("not_used_for", wording.not_used_sentence),
        "last_time": texts.sentence("last_time", wording.last_time_sentence),
        "level": session.influence,
        "decider": capfirst(texts.get("adopter")[0] or session.workspace.name),
        "say": {str(level): _say(session, str(level), texts) for level in Influence},
        "decided": [wording.decided_sentence(_localised(session, texts)), ""],
        "procedure": [[paragraph, lang] for paragraph in paragraphs],
        "rules_on": _iso(late),
        "confidential": wording.confidential_sentence(session),
        "report": wording.report_sentence(session.report_by),
        "report_by": _iso(session.report_by),
        "endorsed": _endorsed(session),
    }


def _say(session: DialogueSession, level: str, texts: _Texts) -> list[str]:
    who = texts.get("adopter")[0] or session.workspace.name
    out_of_scope, lang = texts.get("out_of_scope")
    with translation.override(lang if out_of_scope else texts.code):
        sentence = wording.influence_sentence(level, who)
    text = " ".join(part for part in (sentence, wording.full_stop(out_of_scope)) if part)
    return [text, texts.session.language if out_of_scope and lang != texts.code else ""]


def _localised(session: DialogueSession, texts: _Texts) -> DialogueSession:
    """The session with its adopter in the reader's language, for sentences around that name."""
    adopter = texts.get("adopter")[0]
    if adopter == session.adopter:
        return session
    copy = DialogueSession(dialogue=session.dialogue, decides=session.decides, adopts_by=session.adopts_by)
    copy.adopter = adopter
    return copy


def _meeting(session: DialogueSession, texts: _Texts) -> dict[str, Any]:
    options = session.date_options.order_by("starts_at") if session.date_mode == DateMode.POLL else []
    practical = [texts.pair("measures")] if session.measures else []
    if session.travel_paid:
        practical.insert(0, [_("We pay for your travel."), ""])
    open_place = session.place_mode == PlaceMode.OPEN
    name = session.contact_name or session.workspace.name
    return {
        "title": texts.pair("title"),
        "starts_at": _iso(session.starts_at) if session.date_mode == DateMode.FIXED else "",
        "ends_at": _iso(session.ends_at) if session.date_mode == DateMode.FIXED else "",
        "date_options": [[_iso(option.starts_at), _iso(option.ends_at)] for option in options],
        "timezone": session.timezone,
        "zone_named": session.place_mode in {PlaceMode.ONLINE, PlaceMode.BOTH}
        and session.workspace.timezone != session.timezone,
        "place": ["", ""] if open_place else _place(session, texts),
        "place_note": wording.not_yet_sentence(session.place_known_on) if open_place else "",
        "online_link": session.online_link,
        "practical": practical,
        "answer_by": _iso(session.answer_by),
        "contact_name": name,
        "contact_first": name.split()[0] if session.contact_name else name,
        "contact_phone": session.contact_phone,
        "contact_email": session.contact_email,
        "readers": wording.joined(
            [n.split()[0] for n in (session.contact_name, session.deputy_name) if n.strip()]
        )
        or session.workspace.name,
        "deputy_name": session.deputy_name,
        "deputy_phone": session.deputy_phone,
        "organisation": session.workspace.name,
        "facilitator": session.facilitator,
    }


def _place(session: DialogueSession, texts: _Texts) -> list[str]:
    if session.place_mode == PlaceMode.ONLINE:
        return [_("Online"), ""]
    text, lang = texts.pair("place")
    if session.place_mode == PlaceMode.BOTH and text:
        return [_("%(place)s, or online") % {"place": text}, lang]
    return [text, lang]


def _no_programme(session: DialogueSession) -> dict[str, Any]:
    return {"agenda": [], "conduct": [], "parties": []}


def _programme(session: DialogueSession, texts: _Texts) -> dict[str, Any]:
    rules, lang = texts.pair("rules")
    return {
        "agenda": agenda_rows(session, texts.code),
        "conduct": [[line.strip(), lang] for line in rules.splitlines() if line.strip()],
        "parties": [[p.shape, p.label, p.names] for p in party_list(session)],
    }


def agenda_rows(session: DialogueSession, code: str) -> list[dict[str, Any]]:
    """The programme with computed clock times, and how many people asked for each part."""
    items = list(session.agenda.prefetch_related("wishes").order_by("day", "position"))
    lang = session.language if session.language != code else ""
    first = session.starts_at
    opening = dates.clock(first, session.timezone) if first else "09:00"
    begin = time.fromisoformat(opening)
    starts = timetable([Slot(item.day, item.minutes, item.fixed_start) for item in items], begin)
    return [
        {
            "day": item.day,
            "start": f"{start:%H:%M}",
            "title": [item.title, lang],
            "form": item.form,
            "lead": [item.lead, lang],
            "note": [item.note, lang],
            "asked_by": len(item.wishes.all()),
        }
        for item, start in zip(items, starts, strict=True)
    ]


# a page of a guest needs no more of everybody else
_OF_PARTIES = (
    "session",
    "group__key",
    "group__name",
    "group__shape",
    "group__position",
    "person__organisation__name",
    "person__participation_mode",
    "person__channel",
)


def party_list(session: DialogueSession) -> list[Party]:
    """Who is invited, as others may know it: organisations by group, protected people as a number."""
    by_group: dict[Any, list[Any]] = defaultdict(list)
    rows = session.invitations.open().select_related("group", "person__organisation")
    for invitation in rows.only(*_OF_PARTIES):
        if invitation.group:
            by_group[invitation.group].append(invitation.person)
    ordered = sorted(by_group.items(), key=lambda pair: (pair[0].position, pair[0].pk))
    return [Party(group.shape, group.label, parties_of(people)) for group, people in ordered]


def parties_of(people: list[Person]) -> str:
    """Organisations by name; people without one or under protection as a number of their group (rule 13)."""
    named = {str(p.organisation) for p in people if p.organisation and not p.is_protected}
    others = sum(1 for p in people if p.is_protected or not p.organisation)
    words = sorted(named, key=str.casefold)
    if others:
        count = ngettext("%(count)d person", "%(count)d people", others) % {"count": others}
        words.append(count)
    return wording.joined(words)


def _endorsed(session: DialogueSession) -> str:
    row: Endorsement | None = (
        # who agreed to another promise did not agree to this one
        session.endorsements.filter(agreed=True, withdrawn_at=None, promise_digest=promise_digest(session))
        .order_by("-answered_at")
        .first()
    )
    if row is None or row.answered_at is None:
        return ""
    who = f"{row.name}, {row.function}" if row.function else row.name
    return _("Agreed by %(who)s on %(day)s.") % {
        "who": who,
        "day": dates.day(row.answered_at, session.timezone),
    }


def _iso(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


def has_settled_rules(session: DialogueSession) -> bool:
    """Whether the way of deciding is known: nothing decided, or rules that are complete."""
    if session.decides == Decides.NO:
        return True
    procedure = DecisionProcedure.objects.filter(session=session).first()
    return procedure is not None and procedure.is_complete
