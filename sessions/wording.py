"""The promise in sentences, in the active language. Mail, page, PDF and preview all take their words here."""

from collections.abc import Iterable
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions.models import (
    Confidentiality,
    Decides,
    DecisionProcedure,
    DialogueSession,
    Fallback,
    Influence,
    Method,
    TieRule,
)
from sessions.quorum import asks_two_thirds
from stakeholders.models import StakeholderGroup

# words that begin a name only where it begins a sentence
ARTICLES = {"De", "Het", "Een", "The", "A", "An", "Each", "Every", "Iedere", "Elke", "Our", "Ons", "Onze"}
LEVELS = [str(level) for level in Influence]


def decider(session: DialogueSession) -> str:
    """Who decides afterwards, as it stands inside a sentence; the organisation when nobody was named."""
    return inside(session.adopter) or session.workspace.name


def inside(name: str) -> str:
    """A name as it stands inside a sentence: “Het bestuur” becomes “het bestuur”, “NGOs” stays."""
    name = name.strip()
    return name[:1].lower() + name[1:] if name.split(" ")[0] in ARTICLES else name


def influence_sentence(level: str, who: str) -> str:
    """What a guest reads about their influence (domain.md 2B); "" for a level not chosen yet."""
    sentences = {
        Influence.INFORM: _("You hear what was decided and why. This talk does not change the decision."),
        Influence.CONSULT: _("You give your view. %(who)s decides and tells you what was done with it."),
        Influence.INVOLVE: _(
            "Your concerns come back visibly in the choices. Where %(who)s departs from them, you read why."
        ),
        Influence.COLLABORATE: _("You help make the outcome. %(who)s adopts it, or puts in writing why not."),
        Influence.EMPOWER: _("You decide. %(who)s carries the decision out."),
    }
    sentence = sentences.get(level, "")  # type: ignore[call-overload]
    begins = sentence.startswith("%(who)s") or ". %(who)s" in sentence
    return sentence % {"who": capfirst(who) if begins else inside(who)}


def say_sentence(session: DialogueSession, level: str = "") -> str:
    """The influence sentence with what it is not about, as one paragraph."""
    sentence = influence_sentence(level or session.influence, decider(session))
    return " ".join(part for part in (sentence, full_stop(session.out_of_scope)) if part)


def goal_sentence(goal: str) -> str:
    """The goal after its starter words."""
    return _starting(_("At the end we have together"), goal)


def use_sentence(use: str) -> str:
    return _starting(_("We use the outcome for"), use)


def not_used_sentence(text: str) -> str:
    return _starting(_("Not to"), text)


def why_sentence(text: str) -> str:
    """Why this person is asked."""
    return _starting(_("You are asked because"), text)


def ask_sentence(text: str) -> str:
    """What we ask of this person."""
    return _starting(_("We ask you to"), text)


def last_time_sentence(text: str) -> str:
    return _starting(_("Last time"), text)


def decided_sentence(session: DialogueSession, method: str = "") -> str:
    """Is anything decided that day, by one voice or by each their own, and who decides after."""
    one_voice = _("The group gives advice that day.")
    that_day = {
        Decides.NO: _("Nothing is decided that day. We listen and talk."),
        Decides.ADVICE: _("Everybody gives advice that day.") if method == Method.OWN_ADVICE else one_voice,
        Decides.YES: _("The group decides that day."),
    }.get(session.decides, "")  # type: ignore[call-overload]
    return _join(that_day, afterwards_sentence(session))


def afterwards_sentence(session: DialogueSession) -> str:
    """How it goes on after that day, with which `decided_sentence` ends: who decides, or carries it out."""
    if session.decides == Decides.ADVICE:
        return after_sentence(session)
    if session.decides == Decides.YES:
        return _("%(who)s carries it out.") % {"who": capfirst(decider(session))}
    return ""


def after_sentence(session: DialogueSession) -> str:
    """Who decides afterwards and by when."""
    who = capfirst(decider(session))
    if session.adopts_by:
        return _("%(who)s decides by %(day)s at the latest.") % {
            "who": who,
            "day": dates.day_month(session.adopts_by),
        }
    return _("%(who)s decides afterwards.") % {"who": who}


def procedure_paragraphs(
    session: DialogueSession,
    procedure: DecisionProcedure | None,
    advisers: Iterable[StakeholderGroup] | None = None,
) -> list[str]:
    """How the decision or advice comes about, as people read it. Empty when nothing is decided."""
    if session.decides not in {Decides.ADVICE, Decides.YES} or procedure is None:
        return []
    paragraphs = rule_paragraphs(session, procedure, advisers)
    if session.decides == Decides.ADVICE:
        paragraphs.append(
            after_sentence(session) + " " + _("If the decision departs from the advice, you read why.")
        )
    return paragraphs


def rule_paragraphs(
    session: DialogueSession,
    procedure: DecisionProcedure,
    advisers: Iterable[StakeholderGroup] | None = None,
) -> list[str]:
    """The rules of that day alone, without who decides afterwards. `advisers`: when not stored yet."""
    makers = {
        Method.OWN_ADVICE: _own_advice,
        Method.NO_OBJECTION: _no_objection,
        Method.VOTE: _vote,
        Method.LATER: _later,
        Method.OTHER: _other_way,
    }
    paragraphs = makers[Method(procedure.method)](session, procedure)
    if advisers is None:
        advisers = procedure.advisory_groups.all() if procedure.pk else ()
    if procedure.method != Method.LATER:
        groups = [_lowered(group.label) for group in advisers]
        if groups:
            paragraphs.append(
                _("%(groups)s think along and do not vote.") % {"groups": capfirst(joined(groups))}
            )
    return paragraphs


def numbers_sentences(session: DialogueSession, procedure: DecisionProcedure) -> str:
    """How many must take part, what happens without agreement and, in a vote, when two are equal."""
    # where nobody votes nothing can be equal
    tie = "" if procedure.method == Method.NO_OBJECTION else _tie(session, procedure)
    return _join(_quorum(session, procedure), _fallback(session, procedure), tie)


def confidential_sentence(session: DialogueSession) -> str:
    return str(Confidentiality(session.confidentiality).label) if session.confidentiality else ""


def report_sentence(day: date | None) -> str:
    """When people hear back."""
    if day is None:
        return ""
    return _("By %(day)s at the latest, also what we did with what you told us.") % {
        "day": dates.day_month(day)
    }


def not_yet_sentence(day: date | None) -> str:
    """A thing that is not settled is a valid answer, with a date (journeys.md, rule 1)."""
    if day is None:
        return _("This is not settled yet.")
    return _("This is not settled yet. You hear it by %(day)s at the latest.") % {"day": dates.day_month(day)}


def full_stop(text: str) -> str:
    """`text` with one full stop at its end; "" stays empty."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def whole_sentence(text: str) -> str:
    """`text` with a capital and a full stop, where it stands on its own."""
    return capfirst(full_stop(text))


def joined(words: list[str]) -> str:
    """Words as a person lists them: “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def _own_advice(session: DialogueSession, procedure: DecisionProcedure) -> list[str]:
    contact = session.contact_name.split()[0] if session.contact_name else session.workspace.name
    return [
        _("We do not vote. %(contact)s writes down all advice, even where it differs.")
        % {"contact": contact},
        _("%(who)s reads all of it before deciding.") % {"who": capfirst(decider(session))},
    ]


def _no_objection(session: DialogueSession, procedure: DecisionProcedure) -> list[str]:
    return [
        _(
            "We go on until nobody has a strong objection. Every organisation says whether it has a strong "
            "objection, and what harm it sees. Then we change the proposal."
        ),
        _join(_fallback(session, procedure), _quorum(session, procedure)),
    ]


def _vote(session: DialogueSession, procedure: DecisionProcedure) -> list[str]:
    rule = capfirst(full_stop(procedure.threshold)) or _("What gets more than half of the votes, counts.")
    return [
        _join(_("We vote, without names. Every organisation has one vote."), rule),
        _join(_quorum(session, procedure), _tie(session, procedure), _fallback(session, procedure)),
    ]


def _later(session: DialogueSession, procedure: DecisionProcedure) -> list[str]:
    return [not_yet_sentence(procedure.rules_on)]


def _other_way(session: DialogueSession, procedure: DecisionProcedure) -> list[str]:
    return [
        part
        for part in (
            _join(capfirst(full_stop(procedure.question)), capfirst(full_stop(procedure.electorate))),
            capfirst(full_stop(procedure.own_method)),
            _join(
                capfirst(full_stop(procedure.threshold)),
                _quorum(session, procedure),
                _tie(session, procedure),
                _fallback(session, procedure),
            ),
        )
        if part
    ]


def _quorum(session: DialogueSession, procedure: DecisionProcedure) -> str:
    if not procedure.quorum and not asks_two_thirds(session, procedure):
        return _no_number(procedure.quorum_groups)
    organisations = _("At least two thirds of the invited organisations must take part")
    if procedure.quorum:
        organisations = ngettext(
            "At least %(count)d organisation must take part",
            "At least %(count)d organisations must take part",
            procedure.quorum,
        ) % {"count": procedure.quorum}
    if not procedure.quorum_groups:
        return f"{organisations}."
    groups = ngettext(
        "from at least %(count)d group", "from at least %(count)d different groups", procedure.quorum_groups
    ) % {"count": procedure.quorum_groups}
    return f"{organisations}, {groups}."


def _no_number(groups: int | None) -> str:
    if not groups:
        return _("The advice counts, however many organisations take part. There is no minimum.")
    return ngettext(
        "People from at least %(count)d group must take part.",
        "People from at least %(count)d different groups must take part.",
        groups,
    ) % {"count": groups}


def _fallback(session: DialogueSession, procedure: DecisionProcedure) -> str:
    return {
        Fallback.THREE_QUARTERS: _("If that does not work, three quarters of the votes count."),
        Fallback.ADOPTER: _("If that does not work, %(who)s decides.") % {"who": decider(session)},
        Fallback.NOTHING: _("If that does not work, nothing is decided."),
    }.get(procedure.fallback, "")  # type: ignore[call-overload]


def _tie(session: DialogueSession, procedure: DecisionProcedure) -> str:
    return {
        TieRule.BOTH: _("If two are equal, both count."),
        TieRule.SEVERITY: _("If two are equal, the most serious harm goes first."),
        TieRule.ADOPTER: _("If two are equal, %(who)s chooses.") % {"who": decider(session)},
    }.get(procedure.tie_rule, "")  # type: ignore[call-overload]


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _lowered(label: str) -> str:
    """A group's label inside a sentence; an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def joined_once(beginning: str, text: str) -> str:
    """`text` after `beginning`, whose last word it may begin with: “We ask you to”, “to bring three”."""
    first, _space, rest = text.partition(" ")
    is_twice = bool(rest) and first.casefold() == beginning.rpartition(" ")[2].casefold()
    return f"{beginning} {rest if is_twice else text}"


def _starting(starter: str, text: str) -> str:
    return full_stop(joined_once(starter, text.strip())) if text.strip() else ""
