"""What people are told, gathered from the database: frozen once as canonical content, or as it is now."""

import hashlib
from collections import defaultdict
from collections.abc import Callable
from copy import copy
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.prepared import Prepared
from dialoog.kernel.ui import dates
from sessions import wording
from sessions.engine.timetable import Slot, timetable
from sessions.models import (
    AgendaItem,
    BriefingKind,
    DateMode,
    Decides,
    DecisionProcedure,
    DialogueSession,
    Endorsement,
    Influence,
    Invitation,
    Method,
    PlaceMode,
)
from sessions.reading import INTERFACE, Party, Reading, Words, interface_language, quoted, read
from sessions.translations import NAMES, Translations, translations_of, words_of
from stakeholders.models import Person

# a page of a guest needs no more of everybody else
_OF_PARTIES = (
    "group__key",
    "group__name",
    "group__shape",
    "group__position",
    "person__organisation__name",
    "person__participation_mode",
    "person__channel",
)
_INVITED = Prepared(
    lambda session: (
        Invitation.objects.open()
        .filter(session_id=session)
        .select_related("group", "person__organisation")
        .only(*_OF_PARTIES)
    )
)
_PROCEDURES = Prepared(
    lambda session: DecisionProcedure.objects.filter(session_id=session).prefetch_related("advisory_groups")
)
_PARTS = Prepared(
    lambda session: (
        AgendaItem.objects.filter(session_id=session)
        .annotate(asked=Count("wishes"))
        .order_by("day", "position")
    )
)
_AGREED = Prepared(
    lambda session, digest: Endorsement.objects.filter(
        session_id=session, agreed=True, withdrawn_at=None, promise_digest=digest
    ).order_by("-answered_at")[:1]
)


def freeze(session: DialogueSession, kind: str = BriefingKind.INVITATION) -> dict[str, Any]:
    """The common content in every interface language plus group defaults: JSON without names of guests.

    The translations that count at this moment are in it, so that what was sent can be read again as it was.
    """
    rows = list(session.groups.filter(absence="").order_by("group_id"))
    groups = {
        str(row.group_id): {"why": row.why_you, "ask": row.what_we_ask, "influence": row.influence}
        for row in rows
    }
    ours = [text for row in rows for text in (row.why_you, row.what_we_ask)]
    translations = translations_of(session)
    return {
        "kind": str(kind),
        "languages": {
            code: _in_language(session, code, kind, translations) | {"ours": translations.among(ours, code)}
            for code in INTERFACE
        },
        "groups": groups,
    }


def live(
    session: DialogueSession, language: str, *, kind: str, why: str = "", ask: str = "", level: str = ""
) -> Reading:
    """What a reader sees now, built for their language alone: the guest page and the previews."""
    code = interface_language(language)
    own = Translations((), session.language)
    translations = own if code == session.language else translations_of(session)
    words = _in_language(session, code, kind, translations)
    words["ours"] = translations.among([why, ask], code)
    content = {"kind": str(kind), "languages": {code: words}}
    return read(content, code, why=why, ask=ask, level=level)


def promise_digest(session: DialogueSession) -> str:
    """What an endorsement stands for: every promise that its page shows (T52)."""
    parts = [session.goal, session.use_of_outcomes, session.not_used_for, session.influence, session.decides]
    parts += [session.adopter, str(session.adopts_by), str(session.report_by)]
    parts += [session.out_of_scope, session.confidentiality, session.last_time]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


class Said:
    """Says a single text of the organiser in one language, and in which language it then is."""

    def __init__(self, session: DialogueSession, language: str) -> None:
        self.code = interface_language(language)
        self.written_in = session.language
        self.translations = None if self.code == self.written_in else translations_of(session)

    def __call__(self, text: str) -> Words:
        if self.translations is None or not text.strip():
            return Words(text)
        found = self.translations.find(text, self.code)
        return Words(found) if found else Words(text, self.written_in)


class _Texts:
    """The session's texts in one language, each with the language it really is in."""

    def __init__(self, session: DialogueSession, code: str, translations: Translations) -> None:
        self.session, self.code, self.translations = session, code, translations
        self.own = interface_language(session.language)
        self.missing = False

    def get(self, name: str) -> tuple[str, str]:
        """A text of the meeting and the language it is in; notes when a translation is missing."""
        return self.of(str(getattr(self.session, name) or ""), is_needed=name not in NAMES)

    def of(self, text: str, *, is_needed: bool = True) -> tuple[str, str]:
        """`text` in this language and the language it then is in. A name needs no translation."""
        source = text.strip()
        if not source or self.session.language == self.code:
            return source, self.code
        found = self.translations.find(source, self.code)
        if found:
            return found, self.code
        self.missing = self.missing or is_needed
        return source, self.own if is_needed else self.code

    def pair(self, name: str) -> list[str]:
        return self.marked(*self.get(name))

    def pair_of(self, text: str, *, is_needed: bool = True) -> list[str]:
        return self.marked(*self.of(text, is_needed=is_needed))

    def marked(self, text: str, lang: str) -> list[str]:
        """As it stands in the content: with its language where that differs from the reader's."""
        return [text, "" if lang == self.code else self.session.language]

    def sentence(self, name: str, make: Callable[[str], str]) -> list[str]:
        """The text inside our words, those in the language the text is in."""
        text, lang = self.get(name)
        with translation.override(lang):
            return self.marked(make(text), lang)


def _in_language(
    session: DialogueSession, code: str, kind: str, translations: Translations
) -> dict[str, Any]:
    texts = _Texts(session, code, translations)
    with translation.override(code):
        values = _promise(session, texts) | _meeting(session, texts)
        values |= _programme(session, texts) if kind == BriefingKind.PACK else _no_programme(session)
        values["original"] = session.language if texts.missing else ""
        values["written_in"] = session.language
    return values


def _promise(session: DialogueSession, texts: _Texts) -> dict[str, Any]:
    procedure = next(iter(_PROCEDURES(session=session.pk)), None)
    who = quoted(Words(*texts.pair("adopter")))
    localised = copy(session)
    localised.adopter = str(who)
    method = procedure.method if procedure else ""
    late = procedure.rules_on if procedure and method == Method.LATER else None
    return {
        "goal": texts.sentence("goal", wording.goal_sentence),
        "use": texts.sentence("use_of_outcomes", wording.use_sentence),
        "not_used": texts.sentence("not_used_for", wording.not_used_sentence),
        "last_time": texts.sentence("last_time", wording.last_time_sentence),
        "level": session.influence,
        "decider": _naming([capfirst(str(who)) or session.workspace.name, ""], who),
        "say": {str(level): _say(session, str(level), texts, who) for level in Influence},
        "decided": _naming([wording.decided_sentence(localised, method), ""], who),
        "afterwards": _naming([wording.afterwards_sentence(localised), ""], who),
        "procedure": [_naming(pair, who) for pair in _rules(localised, procedure, texts)],
        "rules_on": _iso(late),
        "adopts_by": _iso(session.adopts_by) if session.decides == Decides.ADVICE else "",
        "confidential": wording.confidential_sentence(session),
        "report": wording.report_sentence(session.report_by),
        "report_by": _iso(session.report_by),
        "endorsed": _endorsed(session),
    }


def _say(session: DialogueSession, level: str, texts: _Texts, who: Words) -> list[str]:
    """Our sentence about influence, and behind it in the organiser's words what it is not about."""
    text, lang = texts.get("out_of_scope")
    sentence = wording.influence_sentence(level, str(who) or session.workspace.name)
    beyond = wording.full_stop(text)
    said = _naming([" ".join(part for part in (sentence, beyond) if part), ""], who)
    if not beyond or lang == texts.code:
        return said
    return [*said, *[""] * (4 - len(said)), *texts.marked(beyond, lang)]


def _naming(pair: list[str], who: Words) -> list[str]:
    """A text of ours as it stands in the content, with who decides where that name is in another language."""
    return [*pair, who.name, who.name_lang] if who.name and not pair[1] and who.name in pair[0] else pair


def _rules(session: DialogueSession, procedure: DecisionProcedure | None, texts: _Texts) -> list[list[str]]:
    """How is decided in paragraphs; all in the original while one of the organiser's words in it is."""
    own = words_of(procedure) if procedure and session.decides in {Decides.ADVICE, Decides.YES} else []
    found = {name: texts.of(getattr(procedure, name)) for name in own}
    lang = next((lang for _text, lang in found.values() if lang != texts.code), texts.code)
    if procedure is not None and lang == texts.code:
        procedure = copy(procedure)
        for name, (text, _lang) in found.items():
            setattr(procedure, name, text)
    elif lang != texts.code:
        session = texts.session
    with translation.override(lang):
        return [texts.marked(each, lang) for each in wording.procedure_paragraphs(session, procedure)]


def _meeting(session: DialogueSession, texts: _Texts) -> dict[str, Any]:
    options = session.date_options.order_by("starts_at") if session.date_mode == DateMode.POLL else []
    practical = [texts.sentence("measures", wording.whole_sentence)] if session.measures else []
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
        "has_online_choice": session.has_online_choice,
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
        "facilitator": texts.get("facilitator")[0],
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
        "agenda": _agenda_rows(session, texts),
        "conduct": [[line.strip(), lang] for line in rules.splitlines() if line.strip()],
        "parties": [[p.shape, p.label, p.names] for p in party_list(session)],
    }


def _agenda_rows(session: DialogueSession, texts: _Texts) -> list[dict[str, Any]]:
    """The programme with computed clock times, and how many people asked for each part."""
    items = _PARTS(session=session.pk)
    first = session.starts_at
    opening = dates.clock(first, session.timezone) if first else "09:00"
    begin = time.fromisoformat(opening)
    starts = timetable([Slot(item.day, item.minutes, item.fixed_start) for item in items], begin)
    return [
        {
            "day": item.day,
            "start": f"{start:%H:%M}",
            # wishes know the part by the title it was written under
            "source": item.title,
            "title": texts.pair_of(item.title),
            "form": item.form,
            "lead": texts.pair_of(item.lead, is_needed=False),
            "note": texts.pair_of(item.note),
            "asked_by": item.asked,  # type: ignore[attr-defined]
        }
        for item, start in zip(items, starts, strict=True)
    ]


def party_list(session: DialogueSession) -> list[Party]:
    """Who is invited, as others may know it: organisations by group, protected people as a number."""
    by_group: dict[Any, list[Any]] = defaultdict(list)
    for invitation in _INVITED(session=session.pk):
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
    # who agreed to another promise did not agree to this one
    row = next(iter(_AGREED(session=session.pk, digest=promise_digest(session))), None)
    if row is None or row.answered_at is None:
        return ""
    who = f"{row.name}, {row.function}" if row.function else row.name
    return _("Agreed by %(who)s on %(day)s.") % {
        "who": who,
        "day": dates.day(row.answered_at, session.timezone),
    }


def _iso(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""
