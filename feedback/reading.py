"""What people hear back, pure: frozen facts read in each reader's language by mail, page and PDF."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dialoog.kernel.ui import dates
from feedback.figures import Results, figures
from feedback.models import AsAnnounced
from feedback.pledges import Pledge, beside_now, day_of, pledge_of
from sessions import wording
from sessions.models import Decides, OutcomeKind, Response
from sessions.reading import Words, quoted, source_digest


@dataclass(frozen=True)
class Input:
    """A contribution with what was done with it; `kind` is ok, half, no, study or later."""

    pk: int
    text: Words
    kind: str
    word: str
    reason: Words
    # our own words after the reason: by when people hear more
    hear: str = ""
    # what the mail says instead of the usual sentence
    told: str = ""


@dataclass(frozen=True)
class Wished:
    """What one person asked for beforehand: the part of the programme it became, or the answer it got.

    Both in each language of ours, because every reader gets their own.
    """

    text: str
    part: Mapping[str, Words]
    response: Mapping[str, Words]


@dataclass(frozen=True)
class Item:
    """One result of the meeting, with its figure."""

    text: Words
    figure: Words


@dataclass(frozen=True)
class Kept:
    """A promise and whether it was kept."""

    label: str
    kind: str
    word: str
    note: Words = field(default_factory=Words)


@dataclass(frozen=True)
class Reading:
    """Everything somebody hears back, in the active language when it was read."""

    language: str
    original: str
    title: Words
    version: int
    held_on: date | None
    organisation: str
    contact_name: str
    contact_phone: str
    contact_email: str
    decided: Words
    decided_items: list[Item]
    other_items: list[tuple[str, list[Words]]]
    adoption: Words
    late: list[Words]
    inputs: list[Input]
    kept: list[Kept]
    pledges: list[Pledge]
    results: Results | None
    quotes: list[str]
    changed: Words
    sent_on: date | None
    corrections_by: date | None
    next_news_on: date | None
    endorsed: str
    own_ids: list[int] = field(default_factory=list)
    own_wishes: list[Input] = field(default_factory=list)
    # promised after this version was sent
    since: list[Pledge] = field(default_factory=list)

    @property
    def own(self) -> list[Input]:
        return [*(each for each in self.inputs if each.pk in self.own_ids), *self.own_wishes]

    @property
    def others(self) -> list[Input]:
        return [each for each in self.inputs if each.pk not in self.own_ids]

    @property
    def running(self) -> list[Pledge]:
        return [pledge for pledge in self.pledges if pledge.kind == "half"]

    @property
    def headline(self) -> str:
        return _("Decided: %(what)s") % {"what": self.decided} if self.decided else _("What came of it")

    @property
    def headline_lang(self) -> str:
        """The language of the headline where it is not the reader's."""
        return self.decided.lang

    @property
    def phone_link(self) -> str:
        return "".join(c for c in self.contact_phone if c.isdigit() or c == "+")


def digest_of(content: dict[str, Any]) -> str:
    """One hash over canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class _Said:
    """Says the organiser's texts in the reader's language, from the translations frozen with them."""

    def __init__(self, content: dict[str, Any], language: str) -> None:
        self.written_in = content["language"]
        self.is_own = self.written_in == language
        # a report frozen before there were translations has none
        self.found = content.get("translations", {}).get(language, {})
        self.is_missing = False

    def __call__(self, text: str, *, is_sentence: bool = False) -> Words:
        source = text.strip()
        if not source:
            return Words()
        said = source if self.is_own else self.found.get(source_digest(source), "")
        self.is_missing = self.is_missing or not said
        lang = "" if said else self.written_in
        said = said or source
        return Words(wording.full_stop(said) if is_sentence else said, lang)


def read(
    content: dict[str, Any], language: str, own_ids: Sequence[int] = (), own_wishes: Sequence[Wished] = ()
) -> Reading:
    """The frozen facts as one person reads them: our words in `language`, others where translated."""
    with translation.override(language):
        said = _Said(content, language)
        pledges = [pledge_of(row, day_of(content["sent_on"]), said) for row in content["commitments"]]
        found = Reading(
            language=language,
            original="",
            title=said(content["title"]),
            version=content["version"],
            held_on=day_of(content["held_on"]),
            organisation=content["organisation"],
            contact_name=content["contact"][0],
            contact_phone=content["contact"][1],
            contact_email=content["contact"][2],
            decided=_without_stop(said(content["decided"])),
            decided_items=[
                Item(said(row["text"]), _figure(row["figure"], said))
                for row in content["outcomes"]
                if row["kind"] == OutcomeKind.DECISION
            ],
            other_items=_other_items(content["outcomes"], said),
            adoption=_adoption(content, said),
            late=_late(content, said),
            inputs=[_input(row, said) for row in content["contributions"]],
            kept=_kept(content, said),
            pledges=pledges,
            results=figures(content["feedback"]),
            quotes=content["quotes"],
            changed=said(content["changed"]),
            sent_on=day_of(content["sent_on"]),
            corrections_by=day_of(content["corrections_by"]),
            next_news_on=day_of(content["next_news_on"]),
            endorsed=_endorsed(content["endorsed"]),
            own_ids=list(own_ids),
            own_wishes=[_wished(wish, language) for wish in own_wishes],
        )
        answered = any(wish.reason.lang for wish in found.own_wishes)
        return replace(found, original=content["language"] if said.is_missing or answered else "")


def _without_stop(words: Words) -> Words:
    return Words(words.text.rstrip("."), words.lang)


def _figure(text: str, said: _Said) -> Words:
    """A figure of digits reads the same everywhere."""
    return said(text) if any(letter.isalpha() for letter in text) else Words(text)


def beside(
    reading: Reading, rows: Iterable[dict[str, Any]], today: date, say: Callable[[str], Words]
) -> Reading:
    """The same with how each commitment stands today (`rows`) beside what people were told."""
    with translation.override(reading.language):
        standing = {row["number"]: pledge_of(row, today, say) for row in rows}
    told = {each.number for each in reading.pledges}
    return replace(
        reading,
        pledges=[beside_now(each, standing.get(each.number)) for each in reading.pledges],
        since=[each for number, each in standing.items() if number not in told],
    )


def _wished(wish: Wished, language: str) -> Input:
    quoted = _("“%(text)s”") % {"text": Truncator(wish.text.rstrip(".")).chars(90)}
    text, part, response = Words(wish.text), wish.part[language], wish.response[language]
    if part:
        told = _("%(input)s was on the programme: “%(part)s”.") % {"input": quoted, "part": part}
        reason = _("It was a part of the programme: “%(part)s”.") % {"part": part}
        return Input(0, text, "ok", _("On the programme"), Words(reason, part.lang), "", told)
    if response:
        reason = wording.full_stop(str(response))
        told = _("%(input)s was not on the programme.") % {"input": quoted}
        said = Words(reason, response.lang)
        return Input(0, text, "no", _("Not on the programme"), said, "", f"{told} {reason}")
    return Input(0, text, "later", _("No answer yet"), Words())


def _input(row: dict[str, Any], said: _Said) -> Input:
    kind, word = {
        Response.ADOPTED: ("ok", _("Adopted")),
        Response.PARTLY: ("half", _("Partly")),
        Response.NOT: ("no", _("Not adopted")),
        Response.STUDY: ("study", _("We are finding out")),
    }.get(row["response"], ("later", _("No answer yet")))
    answer_on = day_of(row["answer_on"])
    hear = ""
    if answer_on:
        hear = _("You hear it by %(day)s at the latest.") % {"day": dates.day_month(answer_on)}
    return Input(row["id"], said(row["text"]), kind, word, said(row["reason"], is_sentence=True), hear)


def _other_items(outcomes: list[dict[str, str]], said: _Said) -> list[tuple[str, list[Words]]]:
    by_kind: dict[str, list[Words]] = {}
    for row in outcomes:
        if row["kind"] != OutcomeKind.DECISION:
            by_kind.setdefault(str(OutcomeKind(row["kind"]).label), []).append(said(row["text"]))
    return list(by_kind.items())


def _adoption(content: dict[str, Any], said: _Said) -> Words:
    if content["adoption"].strip() or content["decides"] != Decides.ADVICE:
        return said(content["adoption"], is_sentence=True)
    adopts_by = day_of(content["adopts_by"])
    name = quoted(said(content["adopter"]))
    who = capfirst(str(name) or content["organisation"])
    if adopts_by is None:
        return replace(name, text=_("%(who)s has not decided yet.") % {"who": who})
    sentence = _("%(who)s has not decided yet. You hear it by %(day)s at the latest.")
    return replace(name, text=sentence % {"who": who, "day": dates.day_month(adopts_by)})


def _late(content: dict[str, Any], said: _Said) -> list[Words]:
    promised, sent = day_of(content["report_by"]), day_of(content["sent_on"])
    if promised is None or sent is None or sent <= promised:
        return []
    sorry = _(
        "This report comes late: it was promised for %(promised)s and was sent on %(sent)s. We are sorry."
    )
    return [
        Words(sorry % {"promised": dates.day_month(promised), "sent": dates.day_month(sent)}),
        said(content["late_reason"], is_sentence=True),
    ]


def _kept(content: dict[str, Any], said: _Said) -> list[Kept]:
    rows = []
    if content["as_announced"] in {AsAnnounced.YES, AsAnnounced.PARTLY, AsAnnounced.NO}:
        kind = {AsAnnounced.YES: "ok", AsAnnounced.PARTLY: "half", AsAnnounced.NO: "no"}
        rows.append(
            Kept(
                _("Decided as told beforehand"),
                kind[content["as_announced"]],
                str(AsAnnounced(content["as_announced"]).label),
                said(content["as_announced_note"], is_sentence=True),
            )
        )
    promised, sent = day_of(content["report_by"]), day_of(content["sent_on"])
    if promised and sent:
        label = _("This report by %(day)s at the latest") % {"day": dates.day_month(promised)}
        rows.append(Kept(label, "ok" if sent <= promised else "no", dates.day_month(sent)))
    if content["names_kept"] is not None:
        word = pgettext("kept", "Yes") if content["names_kept"] else pgettext("kept", "No")
        rows.append(Kept(_("No names with what was said"), "ok" if content["names_kept"] else "no", word))
    if content["missing"].strip():
        note = said(content["missing"], is_sentence=True)
        rows.append(Kept(_("Everyone who was needed at the table"), "no", _("Not managed"), note))
    return rows


def _endorsed(pair: list[str]) -> str:
    if not pair:
        return ""
    day = dates.day_month(date.fromisoformat(pair[1]))
    return _("%(name)s agreed to what you could expect on %(day)s.") % {"name": pair[0], "day": day}
