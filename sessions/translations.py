"""The organiser's own texts and their translations: what there is to translate, and how far it is.

A translation is found by the text it was made of (its hash), so none outlives its source; the row says whose
text it is, so that a changed source still shows what it was translated as (decisions.md 27). Sentences we
proposed for a group are no work: they are known in every language of ours (decisions.md 34).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from sessions.models import (
    AgendaItem,
    BriefingChange,
    BriefingKind,
    ChangeSize,
    Commitment,
    Contribution,
    Decides,
    DecisionProcedure,
    DialogueSession,
    Invitation,
    Method,
    Outcome,
    ReportingCluster,
    SessionGroup,
    SessionText,
    Status,
    TextOwner,
    Wish,
)
from sessions.reading import INTERFACE, interface_language, language_name, source_digest
from sessions.table_texts import examples_in, is_example

# texts of the meeting itself and the longest each may be
OF_SESSION = {
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
    "facilitator": 160,
}
# mostly a name, which needs no translation: never counted as missing
NAMES = {"facilitator", "lead"}
OF_PROCEDURE = {"question": 300, "electorate": 300, "own_method": 5000, "threshold": 200}
OF_GROUP = {"why_you": 600, "what_we_ask": 600}
OF_PART = {"title": 160, "lead": 160, "note": 300}


@dataclass(frozen=True)
class Source:
    """One text of the organiser: whose it is, in which section of the page, and the longest it may be."""

    owner: str
    key: str
    field: str
    section: str
    label: str
    text: str
    limit: int

    @property
    def name(self) -> str:
        """Its name in a form."""
        return "-".join(part for part in (self.owner, self.key, self.field) if part)

    @property
    def digest(self) -> str:
        return source_digest(self.text)

    @property
    def is_needed(self) -> bool:
        return self.field not in NAMES


@dataclass(frozen=True)
class Standing:
    """How far the translation into one language is, and how many people read it."""

    language: str
    people: int
    done: int
    stale: int
    missing: int

    @property
    def total(self) -> int:
        return self.done + self.stale + self.missing

    @property
    def gaps(self) -> int:
        return self.stale + self.missing

    @property
    def sentence(self) -> str:
        """“4 people read English: 3 texts are not in English yet”. In the active language."""
        language = {"language": language_name(self.language)}
        people = ngettext(
            "%(count)d person reads %(language)s", "%(count)d people read %(language)s", self.people
        ) % {"count": self.people, **language}
        if not self.gaps:
            return _("%(people)s: everything is translated.") % {"people": people}
        texts = ngettext(
            "%(count)d text is not in %(language)s yet",
            "%(count)d texts are not in %(language)s yet",
            self.gaps,
        ) % {"count": self.gaps, **language}
        return f"{people}: {texts}"


@dataclass(frozen=True)
class Readers:
    """The people who read one language, and the groups (ids) they are in."""

    language: str
    people: int
    groups: frozenset[str]


class Translations:
    """The translations of one meeting, found by language and by the text they were made of.

    `rows` are the stored ones; of our own sentences for a meeting in the language `written_in` nothing is
    stored, and a stored translation of the same words goes before ours.
    """

    def __init__(self, rows: Iterable[SessionText], written_in: str) -> None:
        self._made_of: dict[str, dict[str, str]] = {
            code: {source_digest(text): ours for text, ours in examples_in(written_in, code).items()}
            for code in INTERFACE
        }
        self._of: dict[tuple[str, str, str, str], SessionText] = {}
        for row in rows:
            self._made_of.setdefault(row.language, {})[row.source_digest] = row.text.strip()
            self._of[row.language, row.owner, row.key, row.field] = row

    def find(self, text: str, code: str) -> str:
        """`text` in the language `code`; "" when there is no translation of these very words."""
        return self._made_of[code].get(source_digest(text), "")

    def among(self, texts: Iterable[str], code: str) -> dict[str, str]:
        """Of these texts the ones that are translated, by the hash of their source: what gets frozen."""
        found = {source_digest(text): self.find(text, code) for text in texts if text.strip()}
        return {digest: found[digest] for digest in sorted(found) if found[digest]}

    def last(self, source: Source, code: str) -> str:
        """What it is translated as, even when the source has changed since."""
        row = self._of.get((code, source.owner, source.key, source.field))
        return self.find(source.text, code) or (row.text if row else "")

    def state(self, source: Source, code: str) -> str:
        """“done”, “stale” when the source changed since, or “missing”."""
        if self.find(source.text, code):
            return "done"
        return "stale" if self.last(source, code) else "missing"

    def standing(self, sources: Iterable[Source], code: str, people: int = 0) -> Standing:
        """How far the texts that need a translation are."""
        states = Counter(self.state(source, code) for source in sources if source.is_needed)
        return Standing(code, people, states["done"], states["stale"], states["missing"])


def translations_of(session: DialogueSession) -> Translations:
    """One query; none when the texts were prefetched."""
    return Translations(session.texts.all(), session.language)


def readers(session: DialogueSession, invitations: Iterable[Invitation]) -> list[Readers]:
    """Who of them reads another of our languages than the one the organiser wrote in, per language.

    Whoever is reached through somebody is told in the language of that person.
    """
    found: dict[str, list[Invitation]] = {}
    for row in invitations:
        code = interface_language((row.person.intermediary or row.person).language)
        if code != session.language:
            found.setdefault(code, []).append(row)
    return [
        Readers(code, len(rows), frozenset(str(row.group_id) for row in rows))
        for code, rows in sorted(found.items())
    ]


def needed_by(sources: Iterable[Source], them: Readers) -> list[Source]:
    """The texts these readers meet, each once: words to a group, only where one of them is in it."""
    return once(source for source in sources if source.owner != TextOwner.GROUP or source.key in them.groups)


def of_session(session: DialogueSession, name: str, section: str = "promise") -> Source:
    """One text of the meeting itself."""
    label = capfirst(str(getattr(session._meta.get_field(name), "verbose_name", name)))
    text = str(getattr(session, name) or "")
    return Source(TextOwner.SESSION, "", name, section, label, text, OF_SESSION[name])


def of_change(change: BriefingChange) -> list[Source]:
    """What a change tells: how it was, how it is now, and why."""
    labels = {"old": _("How it was"), "new": _("How it is now"), "reason": _("Why it changed")}
    return [
        Source(TextOwner.CHANGE, str(change.pk), name, "changes", label, getattr(change, name), 5000)
        for name, label in labels.items()
    ]


def sources_of(session: DialogueSession) -> list[Source]:
    """Every text of the meeting that somebody may still read. The report adds its own."""
    if session.status in {Status.HELD, Status.REPORTED}:
        return sources_after(
            session,
            agenda=session.agenda.filter(wishes__invitation__isnull=False)
            .distinct()
            .order_by("day", "position"),
            outcomes=session.outcomes.order_by("position", "pk"),
            contributions=session.contributions.order_by("position", "pk"),
            commitments=session.commitments.order_by("number"),
            clusters=session.clusters.exclude(name="").order_by("position"),
            wishes=_answered_abroad(session).filter(contributions=None),
        )
    return sources_before(
        session,
        procedure=DecisionProcedure.objects.filter(session=session).first(),
        groups=list(session.groups.select_related("group").order_by("position", "pk")),
        agenda=session.agenda.order_by("day", "position"),
        changes=session.changes.filter(briefing=None, size=ChangeSize.PROGRAMME).order_by("made_at", "pk"),
        wishes=_answered_abroad(session),
    )


def _answered_abroad(session: DialogueSession) -> QuerySet[Wish]:
    """Wishes with an answer that is read by one person only, of those who read another language."""
    rows = session.wishes.filter(invitation__isnull=False).exclude(response="")
    languages = Coalesce("invitation__person__intermediary__language", "invitation__person__language")
    return rows.alias(read_in=languages).exclude(read_in__startswith=session.language).order_by("pk")


def sources_before(
    session: DialogueSession,
    *,
    procedure: DecisionProcedure | None,
    groups: Iterable[SessionGroup],
    agenda: Iterable[AgendaItem] = (),
    changes: Iterable[BriefingChange] = (),
    wishes: Iterable[Wish] = (),
) -> list[Source]:
    """What people read beforehand: promise, rules, per group, programme, changes still to be told."""
    found = [of_session(session, name) for name in OF_SESSION if name not in {"rules", "facilitator"}]
    found += _of_procedure(session, procedure)
    for row in groups:
        if not row.absence:
            labels = {"why_you": _("Why you"), "what_we_ask": _("What we ask of you")}
            found += [
                Source(
                    TextOwner.GROUP,
                    str(row.group_id),
                    name,
                    "groups",
                    f"{row.group.label}: {labels[name].lower()}",
                    getattr(row, name),
                    limit,
                )
                for name, limit in OF_GROUP.items()
                if not is_example(getattr(row, name), session.language)
            ]
    found += _of_agenda(agenda, OF_PART)
    found += [of_session(session, "rules", "programme"), of_session(session, "facilitator", "programme")]
    for change in changes:
        found += of_change(change)
    return _filled([*found, *_of_wishes(wishes)])


def sources_after(
    session: DialogueSession,
    *,
    agenda: Iterable[AgendaItem],
    outcomes: Iterable[Outcome],
    contributions: Iterable[Contribution],
    commitments: Iterable[Commitment],
    wishes: Iterable[Wish],
    clusters: Iterable[ReportingCluster] = (),
) -> list[Source]:
    """What people read afterwards, apart from the words of the report itself."""
    found = [of_session(session, "title", "outcomes")]
    if session.decides == Decides.ADVICE:
        found.append(of_session(session, "adopter", "outcomes"))
    for outcome in outcomes:
        found += _of_outcome(outcome)
    for contribution in contributions:
        found += _of_contribution(contribution)
    label = _("Name in the figures")
    found += [
        Source(TextOwner.CLUSTER, str(row.pk), "name", "outcomes", label, row.name, 120) for row in clusters
    ]
    found += _of_wishes(wishes, "input")
    found += _of_agenda(agenda, {"title": 160}, "input")
    for row in commitments:
        found += _of_commitment(row)
    return _filled(found)


def once(sources: Iterable[Source]) -> list[Source]:
    """The same words are translated once, however often they are used."""
    found: dict[str, Source] = {}
    for source in sources:
        known = found.setdefault(source.digest, source)
        if source.is_needed and not known.is_needed:
            found[source.digest] = source
    return list(found.values())


def told_with(kind: str, sources: Sequence[Source]) -> list[Source]:
    """Of all texts those people read in this mailing."""
    if kind == BriefingKind.PACK:
        return list(sources)
    return [source for source in sources if source.section not in {"programme", "changes", "wishes"}]


def section_names() -> dict[str, str]:
    """The sections of the page in order. In the active language."""
    return {
        "promise": _("What people may expect"),
        "decision": _("How it is decided"),
        "groups": _("Per group"),
        "programme": pgettext("texts", "Programme"),
        "changes": _("What changed, told in the next mail"),
        "wishes": _("Answers to what people asked for"),
        "report": _("The report"),
        "outcomes": _("What came of it"),
        "input": _("What was said and what happened with it"),
        "commitments": _("Commitments"),
    }


def words_of(procedure: DecisionProcedure) -> list[str]:
    """The fields of the rules that hold the organiser's own words in this way of deciding."""
    names = {Method.OTHER: list(OF_PROCEDURE), Method.VOTE: ["threshold"]}
    return [name for name in names.get(Method(procedure.method), []) if getattr(procedure, name).strip()]


def _filled(sources: Iterable[Source]) -> list[Source]:
    return [source for source in sources if source.text.strip()]


def _of_procedure(session: DialogueSession, procedure: DecisionProcedure | None) -> list[Source]:
    if procedure is None or session.decides not in {Decides.ADVICE, Decides.YES}:
        return []
    return [
        Source(
            TextOwner.PROCEDURE,
            "",
            name,
            "decision",
            capfirst(str(getattr(procedure._meta.get_field(name), "verbose_name", name))),
            getattr(procedure, name),
            OF_PROCEDURE[name],
        )
        for name in words_of(procedure)
    ]


def _of_agenda(
    agenda: Iterable[AgendaItem], fields: dict[str, int], section: str = "programme"
) -> list[Source]:
    labels = {
        "title": _("Part of the programme"),
        "lead": _("Who leads or tells"),
        "note": _("What people do"),
    }
    return [
        Source(TextOwner.AGENDA, str(item.pk), name, section, labels[name], getattr(item, name), limit)
        for item in agenda
        for name, limit in fields.items()
    ]


def _of_outcome(row: Outcome) -> list[Source]:
    section, key = "outcomes", str(row.pk)
    found = [Source(TextOwner.OUTCOME, key, "text", section, _("Outcome"), row.text, 2000)]
    # a figure of digits reads the same everywhere
    if any(letter.isalpha() for letter in row.figure):
        found.append(Source(TextOwner.OUTCOME, key, "figure", section, _("Figure"), row.figure, 40))
    return found


def _of_contribution(row: Contribution) -> list[Source]:
    section, key = "input", str(row.pk)
    return [
        Source(TextOwner.CONTRIBUTION, key, "text", section, _("What was said"), row.text, 2000),
        Source(TextOwner.CONTRIBUTION, key, "reason", section, _("What we answer"), row.reason, 2000),
    ]


def _of_commitment(row: Commitment) -> list[Source]:
    section, key = "commitments", str(row.pk)
    label = _("Commitment %(number)d") % {"number": row.number}
    return [
        Source(TextOwner.COMMITMENT, key, "text", section, label, row.text, 1000),
        Source(TextOwner.COMMITMENT, key, "note", section, _("How it stands"), row.note, 1000),
    ]


def _of_wishes(wishes: Iterable[Wish], section: str = "wishes") -> list[Source]:
    label = _("Answer to a wish")
    return [
        Source(TextOwner.WISH, str(wish.pk), "response", section, label, wish.response, 2000)
        for wish in wishes
    ]
