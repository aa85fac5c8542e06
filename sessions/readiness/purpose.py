"""Step 1, Purpose: what people may expect."""

from django.utils.translation import gettext as _

from dialoog.kernel.ui import dates
from sessions import wording
from sessions.engine.influence import Misfit, misfit
from sessions.models import Decides
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Finding, Severity, State, StepItem, StepState, finder, step_name

STEP = 1
_finding = finder(STEP, page="promise")


def title(facts: SessionFacts) -> Finding | None:
    """The meeting has a name."""
    if facts.session.title.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "title",
        Severity.BLOCKS,
        _("The meeting has no name yet"),
        _("It is the first thing people read, in the subject of the mail."),
        page="meeting",
        at="id_title",
    )


def goal(facts: SessionFacts) -> Finding | None:
    """T24: the goal is told in advance."""
    if facts.session.goal.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T24",
        Severity.BLOCKS,
        _("The goal is missing"),
        _("Without a goal nobody can judge whether coming makes sense."),
        at="id_goal",
    )


def use(facts: SessionFacts) -> Finding | None:
    """T25: what the outcomes will be used for."""
    if facts.session.use_of_outcomes.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T25",
        Severity.BLOCKS,
        _("What happens with the outcome is missing"),
        _("People give their time for something; they want to know for what."),
        at="id_use_of_outcomes",
    )


def not_used(facts: SessionFacts) -> Finding | None:
    """T25: and what they will not be used for."""
    session = facts.session
    if session.not_used_for.strip() or not session.use_of_outcomes.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T25-not",
        Severity.HINTS,
        _("Say what you will not use the outcome for"),
        _("It takes away a worry before anybody has to ask."),
        at="id_not_used_for",
        minutes=1,
    )


def influence(facts: SessionFacts) -> Finding | None:
    """T27: how far people can influence the decision."""
    if facts.session.influence or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T27",
        Severity.BLOCKS,
        _("It is not said yet how much say people have"),
        _("Not knowing this beforehand is what breaks trust afterwards."),
        at="id_influence",
    )


def decides(facts: SessionFacts) -> Finding | None:
    """T22: whether anything is decided that day."""
    if facts.session.decides or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "decides",
        Severity.BLOCKS,
        _("It is not said yet whether something is decided that day"),
        _("Somebody who comes to decide prepares in another way than somebody who comes to listen."),
        at="id_decides",
        minutes=1,
    )


def who_decides_after(facts: SessionFacts) -> Finding | None:
    """T25: by whom the outcome is taken further."""
    session = facts.session
    if session.decides != Decides.ADVICE or session.adopter.strip() or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T25-who",
        Severity.WARNS,
        _("Say who decides after the advice"),
        _("People now read: %(sentence)s A board or a director is somebody one can ask.")
        % {"sentence": wording.after_sentence(session)},
        at="id_adopter",
        minutes=1,
    )


def influence_fits(facts: SessionFacts) -> Finding | None:
    """T27: the say that was promised fits the way of deciding (decisions.md 30)."""
    if not facts.is_under_way:
        return None
    session = facts.session
    voting = [row for row in facts.invited_groups if row.group_id not in facts.advisers]
    levels = [row.influence or session.influence for row in voting] or [session.influence]
    found = misfit(levels=levels, decides=session.decides, adopter_named=bool(session.adopter.strip()))
    if found is None:
        return None
    title, why = _misfit_words(found)
    # with nothing decided nobody is asked who takes the outcome over
    shown = found == Misfit.NO_ADOPTER and session.decides in {Decides.ADVICE, Decides.YES}
    at = "id_adopter" if shown else "id_influence"
    return _finding(facts, "influence-method", Severity.WARNS, title, why, size="promise", at=at)


def report_promised(facts: SessionFacts) -> Finding | None:
    """T28: a date on which people hear back, after the meeting."""
    session = facts.session
    if not facts.is_before_sending:
        return None
    if session.report_by is None:
        return _finding(
            facts,
            "T28",
            Severity.WARNS,
            _("Promise a date on which people hear back"),
            _("Afterwards everybody expects exactly this; a date makes it sure."),
            at="id_report_by",
            minutes=1,
        )
    if facts.starts_on and session.report_by <= facts.starts_on:
        return _finding(
            facts,
            "T28",
            Severity.WARNS,
            _("The date of the report lies before the meeting"),
            _("People cannot hear back about a talk they have not had."),
            at="id_report_by",
            minutes=1,
        )
    return None


def report_after_decision(facts: SessionFacts) -> Finding | None:
    """T28: people hear back when it can be told what was decided."""
    promised, decided = facts.session.report_by, facts.session.decided_after_report
    if not facts.is_before_sending or promised is None or decided is None:
        return None
    words = {
        "who": wording.decider(facts.session),
        "report": dates.day_month(promised),
        "decided": dates.day_month(decided),
    }
    return _finding(
        facts,
        "T28-early",
        Severity.HINTS,
        _("People hear back by %(report)s; %(who)s may decide until %(decided)s") % words,
        _("Then you report before it is known what was decided. A later day lets you tell both."),
        at="id_report_by",
        minutes=1,
    )


def confidential(facts: SessionFacts) -> Finding | None:
    """T85: how open the talk is."""
    if facts.session.confidentiality or not facts.is_before_sending:
        return None
    return _finding(
        facts,
        "T85",
        Severity.HINTS,
        _("Say what stays in the room"),
        _("People speak more freely when they know who may be quoted."),
        at="id_confidentiality",
        minutes=1,
    )


def endorsed(facts: SessionFacts) -> Finding | None:
    """T52: somebody stands for the promise; asked once, and again when the promise changed."""
    if not facts.is_before_sending or facts.endorsed or not facts.session.use_of_outcomes.strip():
        return None
    if any(row.agreed for row in facts.endorsements):
        return _finding(
            facts,
            "T52-again",
            Severity.WARNS,
            _("The promise changed after somebody agreed to it"),
            _("Ask again, so that the name below it still stands for these words."),
            page="look",
            at="id_name",
            minutes=1,
        )
    if facts.endorsements:
        return None
    return _finding(
        facts,
        "T52",
        Severity.HINTS,
        _("Ask your director or board to stand for this promise"),
        _("One name below it tells people that you can keep it."),
        page="look",
        at="id_name",
        minutes=1,
    )


CHECKS = (
    title,
    goal,
    use,
    influence,
    decides,
    who_decides_after,
    influence_fits,
    report_promised,
    report_after_decision,
    not_used,
    confidential,
    endorsed,
)


def state(facts: SessionFacts) -> StepState:
    """Where the purpose stands."""
    session = facts.session
    parts = (session.goal, session.use_of_outcomes, session.influence, session.decides)
    filled = sum(1 for part in parts if part)
    told = State.DONE if filled == len(parts) else State.BUSY if facts.is_before_sending else State.LATER
    items = [StepItem(told, _("What people may expect"), _promise_note(facts, filled, len(parts)))]
    waits = facts.endorsed is None and any(row.answered_at is None for row in facts.endorsements)
    if facts.endorsed and facts.endorsed.answered_at:
        day = dates.day_month(facts.endorsed.answered_at, session.timezone)
        items.append(StepItem(State.DONE, _("Agreed by %(name)s") % {"name": facts.endorsed.name}, day))
    elif waits:
        items.append(StepItem(State.BUSY, _("Somebody asked to stand for it"), _("no answer yet")))
    if session.decides and session.decides != Decides.YES:
        when = dates.day_month(session.adopts_by) if session.adopts_by else ""
        known = State.DONE if session.adopter else State.LATER
        items.append(StepItem(known, _("Who decides afterwards, and when"), when))
    # once it is sent it went without the name, and is told all the same
    whole = State.BUSY if waits and facts.is_before_sending else told
    return StepState(STEP, step_name(STEP), whole, _line(facts), items)


def _line(facts: SessionFacts) -> str:
    session = facts.session
    say = wording.influence_sentence(session.influence, wording.decider(session))
    # it says “you” to the people invited, and the organiser reads it here
    sentences = [_("People read: “%(sentence)s”") % {"sentence": say}] if say else []
    if session.report_by:
        by = dates.day_month(session.report_by)
        sentences.append(_("Report by %(day)s at the latest.") % {"day": by})
    sentences.append(_agreement(facts))
    return " ".join(part for part in sentences if part) or _("Goal, use, say and date of the report.")


def _agreement(facts: SessionFacts) -> str:
    """Who was asked to stand for the promise, and what came of it; of who was asked last when nobody did."""
    if facts.endorsed and facts.endorsed.answered_at:
        day = dates.day_month(facts.endorsed.answered_at, facts.session.timezone)
        return _("%(name)s agreed on %(day)s.") % {"name": facts.endorsed.name, "day": day}
    if not facts.endorsements:
        return ""
    last = facts.endorsements[-1]
    if last.answered_at is None:
        sentence = _("%(name)s was asked to agree, no answer yet.")
    elif last.agreed:
        sentence = _("%(name)s agreed, to an earlier text.")
    else:
        sentence = _("%(name)s has a remark.")
    return sentence % {"name": last.name}


def _promise_note(facts: SessionFacts, filled: int, whole: int) -> str:
    if filled < whole:
        return _("%(filled)s of %(whole)s") % {"filled": filled, "whole": whole}
    sent = [row.sent_at for row in facts.briefings if row.sent_at]
    return dates.day_month(sent[0], facts.session.timezone) if sent else ""


def _misfit_words(found: Misfit) -> tuple[str, str]:
    words = {
        Misfit.NO_LEVEL: (
            _("People decide that day, but the promise says they do not"),
            _("Give the same answer twice: either they decide, or they advise."),
        ),
        Misfit.NO_ADOPTER: (
            _("Say who takes the decision over"),
            _("The promise says that somebody adopts what people make; name that somebody."),
        ),
        Misfit.NO_VOICE: (
            _("You ask for advice, but the promise says it changes nothing"),
            _("Who advises wants to know that it counts."),
        ),
        Misfit.NO_DECISION: (
            _("The promise says that people decide, but nothing is decided"),
            _("Say that something is decided, or choose the say people really have."),
        ),
    }
    return words[found]
