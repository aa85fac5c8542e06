"""What people hear back: frozen once as facts, read again in each reader's language by mail, page and PDF."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from django.conf import settings
from django.utils import translation
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dialoog.kernel.ui import dates
from dialoog.kernel.ui.figures import LikertAxis, likert_axis
from feedback.actions.questionnaire import cluster_labels, cluster_shapes
from feedback.items import ITEMS, STEPS
from feedback.models import AsAnnounced, Moment, Questionnaire, RemarkState, Report
from sessions import wording
from sessions.models import CommitmentStatus, Decides, DialogueSession, Endorsement, OutcomeKind, Response

INTERFACE = [code for code, _name in settings.LANGUAGES]
# shown first in a report: the four that say most about a dialogue; the others stand in the table
_WORD = re.compile(r"[\w’'-]+")
# a word that does not begin a sentence
_INSIDE = re.compile(r"(?<=[^\W\d_,;)] )[\w’'-]+|(?<=[,;)] )[\w’'-]+")
FIRST_ITEMS = ("TR4", "IN1", "KE2", "VE1")


@dataclass(frozen=True)
class Input:
    """A contribution with what was done with it; `kind` is ok, half, no, study or later."""

    pk: int
    text: str
    kind: str
    word: str
    reason: str
    # what the mail says instead of the usual sentence
    told: str = ""


@dataclass(frozen=True)
class Wished:
    """What one person asked for beforehand: the part of the programme it became, or the answer it got."""

    text: str
    part: str
    response: str


@dataclass(frozen=True)
class Kept:
    """A promise and whether it was kept."""

    label: str
    kind: str
    word: str
    note: str = ""


@dataclass(frozen=True)
class Pledge:
    """A commitment as people were told; `now` is how it stands since, when that has become different."""

    number: int
    text: str
    owner: str
    shape: str
    kind: str
    word: str
    due_on: date
    first_due_on: date
    done_on: date | None
    note: str
    now: "Pledge | None" = None

    @property
    def has_moved(self) -> bool:
        return self.due_on != self.first_due_on

    @property
    def shown(self) -> "Pledge":
        """How it stands today."""
        return self.now or self

    @property
    def was_due_on(self) -> date | None:
        """The day people were told before, to be shown struck out; None when it is still that day."""
        if self.shown.due_on != self.due_on:
            return self.due_on
        return self.first_due_on if self.has_moved else None

    @property
    def status(self) -> str:
        """The name organisers' pages have for the kind."""
        return {"ok": "done", "no": "stop", "half": "busy"}[self.kind]


@dataclass(frozen=True)
class ClusterKey:
    """Groups taken together: name, shapes, and how many answered (None: too few to say)."""

    pk: str
    label: str
    shapes: list[str]
    answers: int | None


@dataclass(frozen=True)
class Bars:
    """One statement: a mean per cluster (None: hidden), and how the answers of all are spread."""

    code: str
    label: str
    means: list[tuple[ClusterKey, float | None]]
    counts: list[int] | None
    steps: list[tuple[str, int]]


@dataclass(frozen=True)
class Results:
    """The figures of one questionnaire as they may be shown."""

    asked: int
    answered: int
    clusters: list[ClusterKey]
    bars: list[Bars]

    @property
    def first(self) -> list[Bars]:
        """The few that are drawn; all of them stand in the table."""
        chosen = [bar for bar in self.bars if bar.code in FIRST_ITEMS]
        return chosen or self.bars[:4]

    @property
    def axis(self) -> LikertAxis:
        return likert_axis([bar.counts for bar in self.bars if bar.counts])

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered to show anything."""
        return all(bar.counts is None for bar in self.bars)


@dataclass(frozen=True)
class Reading:
    """Everything somebody hears back, in the active language when it was read."""

    language: str
    original: str
    title: str
    version: int
    held_on: date | None
    organisation: str
    contact_name: str
    contact_phone: str
    contact_email: str
    decided: str
    decided_items: list[dict[str, str]]
    other_items: list[tuple[str, list[str]]]
    adoption: str
    late: list[str]
    inputs: list[Input]
    kept: list[Kept]
    pledges: list[Pledge]
    results: Results | None
    quotes: list[str]
    changed: str
    sent_on: date | None
    corrections_by: date | None
    next_news_on: date | None
    endorsed: str
    own_ids: list[int] = field(default_factory=list)
    own_wishes: list[Input] = field(default_factory=list)

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
    def phone_link(self) -> str:
        return "".join(c for c in self.contact_phone if c.isdigit() or c == "+")


def freeze(report: Report, sent_on: date) -> dict[str, Any]:
    """The facts of a report as JSON: no source of any contribution, no receiver."""
    session = report.session
    questionnaire = Questionnaire.objects.filter(session=session, moment=Moment.AFTER).first()
    return {
        "version": report.version,
        "language": session.language,
        "title": session.title,
        "held_on": _iso(_day_of(session)),
        "organisation": session.workspace.name,
        "contact": [session.contact_name, session.contact_phone, session.contact_email],
        "decided": report.decided,
        "decides": session.decides,
        "adoption": report.adoption,
        "adopter": wording.decider(session),
        "adopts_by": _iso(session.adopts_by),
        "outcomes": [
            {"kind": row.kind, "text": row.text, "figure": row.figure}
            for row in session.outcomes.order_by("position", "pk")
        ],
        "contributions": [
            {
                "id": row.pk,
                "text": row.text,
                "response": row.response,
                "reason": row.reason,
                "answer_on": _iso(row.answer_on),
            }
            for row in session.contributions.order_by("position", "pk")
        ],
        "as_announced": report.as_announced,
        "as_announced_note": report.as_announced_note,
        "names_kept": report.names_kept,
        "missing": report.missing,
        "report_by": _iso(session.report_by),
        "sent_on": sent_on.isoformat(),
        "late_reason": report.late_reason,
        "was_briefed": session.was_briefed,
        "commitments": [
            _commitment(row) for row in session.commitments.order_by("number").select_related("owner__group")
        ],
        "feedback": _frozen_results(questionnaire),
        "quotes": _quotes(questionnaire),
        "changed": report.changed,
        "corrections_by": _iso(report.corrections_by),
        "next_news_on": _iso(report.next_news_on),
        "endorsed": _endorsement(session),
    }


def digest_of(content: dict[str, Any]) -> str:
    """One hash over canonical JSON."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def read(
    content: dict[str, Any], language: str, own_ids: Sequence[int] = (), own_wishes: Sequence[Wished] = ()
) -> Reading:
    """The frozen facts as one person reads them, our words in `language`."""
    with translation.override(language):
        pledges = [_pledge(row, _date(content["sent_on"])) for row in content["commitments"]]
        return Reading(
            language=language,
            original="" if content["language"] == language else content["language"],
            title=content["title"],
            version=content["version"],
            held_on=_date(content["held_on"]),
            organisation=content["organisation"],
            contact_name=content["contact"][0],
            contact_phone=content["contact"][1],
            contact_email=content["contact"][2],
            decided=content["decided"].strip().rstrip("."),
            decided_items=[row for row in content["outcomes"] if row["kind"] == OutcomeKind.DECISION],
            other_items=_other_items(content["outcomes"]),
            adoption=_adoption(content),
            late=_late(content),
            inputs=[_input(row) for row in content["contributions"]],
            kept=_kept(content),
            pledges=pledges,
            results=_results(content["feedback"]),
            quotes=content["quotes"],
            changed=content["changed"],
            sent_on=_date(content["sent_on"]),
            corrections_by=_date(content["corrections_by"]),
            next_news_on=_date(content["next_news_on"]),
            endorsed=_endorsed(content["endorsed"]),
            own_ids=list(own_ids),
            own_wishes=[_wished(wish) for wish in own_wishes],
        )


def with_standing(reading: Reading, session: DialogueSession, today: date) -> Reading:
    """The same with how each commitment stands today beside what people were told."""
    rows = session.commitments.order_by("number").select_related("owner__group")
    with translation.override(reading.language):
        standing = {row.number: _pledge(_commitment(row), today) for row in rows}
    pledges = [_beside(pledge, standing.get(pledge.number)) for pledge in reading.pledges]
    return replace(reading, pledges=pledges)


def results_of(questionnaire: Questionnaire | None) -> Results | None:
    """The figures for an organiser's page, in the active language; None before they are counted."""
    return _results(_frozen_results(questionnaire))


def own_inputs(session: DialogueSession) -> dict[int, list[int]]:
    """Per invitation the ids of contributions that are theirs: as a source, or through a wish."""
    found: dict[int, set[int]] = {}
    pairs = [
        *session.contributions.filter(people__isnull=False).values_list("people", "pk"),
        *session.contributions.filter(wishes__invitation__isnull=False).values_list(
            "wishes__invitation", "pk"
        ),
    ]
    for invitation_id, contribution_id in pairs:
        found.setdefault(invitation_id, set()).add(contribution_id)
    return {pk: sorted(ids) for pk, ids in found.items()}


def own_wishes(session: DialogueSession, **narrowed: Any) -> dict[int, list[Wished]]:
    """Per invitation what was asked for beforehand and did not become a contribution, placed ones first."""
    rows = session.wishes.filter(invitation__isnull=False, contributions__isnull=True, **narrowed)
    found: dict[int, list[Wished]] = {}
    for row in rows.select_related("agenda_item").order_by("agenda_item__position", "kind", "pk"):
        part = row.agenda_item.title if row.agenda_item else ""
        found.setdefault(row.invitation_id or 0, []).append(Wished(row.text, part, row.response))
    return {pk: sorted(wishes, key=lambda wish: not wish.part) for pk, wishes in found.items()}


def input_line(reading: Reading, *, is_protected: bool) -> str:
    """The second line of the mail: your input and what was done with it. In the active language."""
    if is_protected:
        # a mail can be read over a shoulder; what somebody said must not be in it (journeys.md, rule 13)
        return _("your answer is on your page.")
    if not reading.own and not reading.inputs:
        return _("we know of nothing you told us that still needs an answer. Is that not right? Tell us.")
    if not reading.own:
        return ngettext(
            "we answered %(count)d contribution. You read it on your page.",
            "we answered %(count)d contributions. You read them on your page.",
            len(reading.inputs),
        ) % {"count": len(reading.inputs)}
    return " ".join(_told(each) for each in reading.own[:3])


def kept_line(reading: Reading) -> str:
    """The third line of the mail: what was promised and done."""
    sentences: list[str] = []
    for kept in reading.kept:
        # after “Promised and done:” the first goes on in the same sentence
        label = kept.label if sentences else _inside(kept.label, set())
        sentence = f"{label}: {_inside(kept.word, set())}."
        sentences.append(f"{sentence} {kept.note}" if kept.kind != "ok" and kept.note else sentence)
    return " ".join(sentences)


def now_line(reading: Reading) -> str:
    """The fourth line: who does what by when, and until when something can be put right."""
    parts = [
        _("Promised by %(who)s: “%(what)s”, before %(day)s.")
        % {"who": pledge.owner, "what": pledge.text.rstrip("."), "day": dates.day_month(pledge.due_on)}
        for pledge in reading.running[:2]
    ]
    if len(reading.running) > 2:
        parts.append(_("The others are on your page."))
    if reading.corrections_by:
        parts.append(
            _("Is something not right? Answer before %(day)s.")
            % {"day": dates.day_month(reading.corrections_by)}
        )
    return " ".join(parts)


def decided_line(reading: Reading) -> str:
    """Under the headline of the mail: the decisions in one sentence, and what was done with them."""
    names = [row["text"].strip().rstrip(".") for row in reading.decided_items]
    if names:
        known = _names_in(reading)
        names = [names[0], *(_inside(name, known) for name in names[1:])]
    listed = wording.full_stop(wording.joined(names)) if names else ""
    return " ".join(part for part in (listed, reading.adoption) if part)


def _names_in(reading: Reading) -> set[str]:
    """Words that keep their capital letter where no sentence begins: names, as far as this report shows."""
    names = [reading.organisation, reading.contact_name, *(pledge.owner for pledge in reading.pledges)]
    texts = [row["text"] for row in reading.decided_items]
    texts += [text for _kind, others in reading.other_items for text in others]
    texts += [text for each in reading.inputs for text in (each.text, each.reason)]
    texts += [reading.title, reading.decided, reading.adoption, *(pledge.text for pledge in reading.pledges)]
    found = set(_places())
    found |= {word for name in names for word in _WORD.findall(name) if word not in wording.ARTICLES}
    for text in texts:
        found |= {word for word in _INSIDE.findall(text) if word[0].isupper()}
    return found


@cache
def _places() -> frozenset[str]:
    """Countries and languages of one word, in the languages we speak."""
    locales = [Locale.parse(code) for code in INTERFACE]
    names = [
        name
        for locale in locales
        for each in (locale.territories, locale.languages)
        for name in each.values()
    ]
    return frozenset(name for name in names if " " not in name)


def _inside(text: str, known: set[str]) -> str:
    """A line of a list as it stands inside a sentence: its first letter small, unless of a name."""
    words = _WORD.findall(text)
    is_name = not words or words[0] in known or not words[0].istitle()
    # two capital letters in a row are a name too: “Fair Wear”
    if is_name or (len(words) > 1 and words[1][0].isupper()):
        return text
    return text[:1].lower() + text[1:]


def _told(each: Input) -> str:
    if each.told:
        return each.told
    quoted = _("“%(text)s”") % {"text": Truncator(each.text.rstrip(".")).chars(90)}
    done = {
        "ok": _("%(input)s was adopted."),
        "half": _("%(input)s was partly adopted."),
        "no": _("%(input)s was not adopted."),
        "study": _("%(input)s we are finding out."),
        "later": _("%(input)s has no answer yet."),
    }[each.kind] % {"input": quoted}
    return f"{done} {wording.full_stop(each.reason)}".strip()


def _commitment(row: Any) -> dict[str, Any]:
    return {
        "number": row.number,
        "text": row.text,
        "owner": row.owner_name,
        "shape": row.owner.group.shape if row.owner and row.owner.group else "",
        "by_organiser": row.by_organiser,
        "due_on": row.due_on.isoformat(),
        "first_due_on": row.first_due_on.isoformat(),
        "status": row.status,
        "done_on": _iso(row.done_on),
        "note": row.note,
    }


def _pledge(row: dict[str, Any], today: date | None) -> Pledge:
    due_on = date.fromisoformat(row["due_on"])
    if row["status"] == CommitmentStatus.DONE:
        kind, word = "ok", pgettext("commitment", "Done")
    elif row["status"] == CommitmentStatus.DROPPED:
        kind, word = "no", _("Not kept")
    elif today and due_on < today:
        kind, word = "no", pgettext("commitment", "Late")
    elif row["due_on"] != row["first_due_on"]:
        kind, word = "half", _("Comes later")
    else:
        kind, word = "half", _("On its way")
    return Pledge(
        number=row["number"],
        text=row["text"],
        owner=row["owner"],
        shape=row["shape"],
        kind=kind,
        word=word,
        due_on=due_on,
        first_due_on=date.fromisoformat(row["first_due_on"]),
        done_on=_date(row["done_on"]),
        note=row["note"],
    )


def _beside(told: Pledge, now: Pledge | None) -> Pledge:
    """What was told with what became different since; nothing when it stands as it was told."""
    if now is None:
        return told
    facts = ("kind", "word", "due_on", "done_on", "note")
    if all(getattr(told, name) == getattr(now, name) for name in facts):
        return told
    return replace(told, now=now)


def _wished(wish: Wished) -> Input:
    quoted = _("“%(text)s”") % {"text": Truncator(wish.text.rstrip(".")).chars(90)}
    if wish.part:
        told = _("%(input)s was on the programme: “%(part)s”.") % {"input": quoted, "part": wish.part}
        reason = _("It was a part of the programme: “%(part)s”.") % {"part": wish.part}
        return Input(0, wish.text, "ok", _("On the programme"), reason, told)
    if wish.response.strip():
        response = wording.full_stop(wish.response)
        told = _("%(input)s was not on the programme.") % {"input": quoted}
        return Input(0, wish.text, "no", _("Not on the programme"), response, f"{told} {response}")
    return Input(0, wish.text, "later", _("No answer yet"), "")


def _input(row: dict[str, Any]) -> Input:
    kind, word = {
        Response.ADOPTED: ("ok", _("Adopted")),
        Response.PARTLY: ("half", _("Partly")),
        Response.NOT: ("no", _("Not adopted")),
        Response.STUDY: ("study", _("We are finding out")),
    }.get(row["response"], ("later", _("No answer yet")))
    reason = wording.full_stop(row["reason"])
    answer_on = _date(row["answer_on"])
    if answer_on:
        hear = _("You hear it by %(day)s at the latest.") % {"day": dates.day_month(answer_on)}
        reason = f"{reason} {hear}".strip()
    return Input(pk=row["id"], text=row["text"], kind=kind, word=word, reason=reason)


def _other_items(outcomes: list[dict[str, str]]) -> list[tuple[str, list[str]]]:
    by_kind: dict[str, list[str]] = {}
    for row in outcomes:
        if row["kind"] != OutcomeKind.DECISION:
            by_kind.setdefault(str(OutcomeKind(row["kind"]).label), []).append(row["text"])
    return list(by_kind.items())


def _adoption(content: dict[str, Any]) -> str:
    if content["adoption"].strip() or content["decides"] != Decides.ADVICE:
        return wording.full_stop(content["adoption"])
    adopts_by = _date(content["adopts_by"])
    if adopts_by is None:
        return _("%(who)s has not decided yet.") % {"who": capfirst(content["adopter"])}
    return _("%(who)s has not decided yet. You hear it by %(day)s at the latest.") % {
        "who": capfirst(content["adopter"]),
        "day": dates.day_month(adopts_by),
    }


def _late(content: dict[str, Any]) -> list[str]:
    promised, sent = _date(content["report_by"]), _date(content["sent_on"])
    if promised is None or sent is None or sent <= promised:
        return []
    sorry = _(
        "This report comes late: it was promised for %(promised)s and was sent on %(sent)s. We are sorry."
    )
    return [
        sorry % {"promised": dates.day_month(promised), "sent": dates.day_month(sent)},
        wording.full_stop(content["late_reason"]),
    ]


def _kept(content: dict[str, Any]) -> list[Kept]:
    rows = []
    if content["as_announced"] in {AsAnnounced.YES, AsAnnounced.PARTLY, AsAnnounced.NO}:
        kind = {AsAnnounced.YES: "ok", AsAnnounced.PARTLY: "half", AsAnnounced.NO: "no"}
        rows.append(
            Kept(
                _("Decided as told beforehand"),
                kind[content["as_announced"]],
                str(AsAnnounced(content["as_announced"]).label),
                wording.full_stop(content["as_announced_note"]),
            )
        )
    promised, sent = _date(content["report_by"]), _date(content["sent_on"])
    if promised and sent:
        label = _("This report by %(day)s at the latest") % {"day": dates.day_month(promised)}
        rows.append(Kept(label, "ok" if sent <= promised else "no", dates.day_month(sent)))
    if content["names_kept"] is not None:
        word = pgettext("kept", "Yes") if content["names_kept"] else pgettext("kept", "No")
        rows.append(Kept(_("No names with what was said"), "ok" if content["names_kept"] else "no", word))
    if content["missing"].strip():
        note = wording.full_stop(content["missing"])
        rows.append(Kept(_("Everyone who was needed at the table"), "no", _("Not managed"), note))
    return rows


def _frozen_results(questionnaire: Questionnaire | None) -> dict[str, Any] | None:
    if questionnaire is None or questionnaire.results is None:
        return None
    session, names = questionnaire.session, {}
    for code in INTERFACE:
        with translation.override(code):
            names[code] = cluster_labels(session)
    shapes = cluster_shapes(session)
    keys = list(shapes)
    return {
        **questionnaire.results,
        "clusters": [
            {"id": str(pk), "names": {code: names[code][pk] for code in INTERFACE}, "shapes": shapes[pk]}
            for pk in keys
        ],
    }


def _results(frozen: dict[str, Any] | None) -> Results | None:
    if frozen is None:
        return None
    language = translation.get_language() or "en"
    clusters = [
        ClusterKey(
            pk=row["id"],
            label=row["names"].get(language) or row["names"]["en"],
            shapes=row["shapes"],
            answers=frozen["answers"].get(row["id"]),
        )
        for row in frozen["clusters"]
    ]
    bars = [
        Bars(
            code=code,
            label=str(ITEMS[code].short),
            means=[(cluster, row["means"].get(cluster.pk)) for cluster in clusters],
            counts=row["counts"],
            steps=[
                (str(word), count) for (_step, word), count in zip(STEPS, row["counts"] or [], strict=False)
            ],
        )
        for code, row in frozen["items"].items()
    ]
    return Results(asked=frozen["asked"], answered=frozen["answered"], clusters=clusters, bars=bars)


def _quotes(questionnaire: Questionnaire | None) -> list[str]:
    if questionnaire is None or not questionnaire.is_closed:
        return []
    rows = questionnaire.remarks.filter(state=RemarkState.QUOTED, may_quote=True).order_by("pk")
    return list(rows.values_list("text", flat=True))


def _endorsement(session: DialogueSession) -> list[str]:
    row = (
        Endorsement.objects.filter(session=session, agreed=True, withdrawn_at=None)
        .order_by("-answered_at")
        .first()
    )
    if row is None or row.answered_at is None:
        return []
    name = ", ".join(part for part in (row.name, row.function) if part)
    return [name, row.answered_at.date().isoformat()]


def _endorsed(pair: list[str]) -> str:
    if not pair:
        return ""
    day = dates.day_month(date.fromisoformat(pair[1]))
    return _("%(name)s agreed to what you could expect on %(day)s.") % {"name": pair[0], "day": day}


def _day_of(session: DialogueSession) -> date | None:
    moment: datetime | None = session.starts_at
    if moment is None:
        return None
    return moment.astimezone(ZoneInfo(session.timezone)).date()


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
