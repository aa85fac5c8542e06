"""Step 5, Meeting: who was there and what came of it."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from dialoog.kernel.ui import dates
from sessions.models import Status
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Finding, Severity, State, StepItem, StepState, finder, step_name

STEP = 5
_finding = finder(STEP, page="look")
_PAGE = "sessions:meeting_detail"


def record(facts: SessionFacts) -> Finding | None:
    """T40: what was held is written down."""
    if facts.session.status != Status.INVITING or not facts.session.has_ended:
        return None
    return _finding(
        facts,
        "record",
        Severity.WARNS,
        _("Write down how the meeting went"),
        _("Who was there and what came of it is best known today."),
        name=_PAGE,
        minutes=10,
    )


def attendance(facts: SessionFacts) -> Finding | None:
    """T40: who was there."""
    if facts.session.status != Status.HELD or not facts.counted:
        return None
    if any(row.attendance for row in facts.counted):
        return None
    return _finding(
        facts,
        "attendance",
        Severity.WARNS,
        _("Mark who was there"),
        _("The report and the questions afterwards go to those who took part."),
        name=_PAGE,
        minutes=3,
    )


def outcomes(facts: SessionFacts) -> Finding | None:
    """T40: what came of it."""
    if facts.session.status != Status.HELD or facts.outcomes:
        return None
    return _finding(
        facts,
        "outcomes",
        Severity.WARNS,
        _("Write down what came of it"),
        _("The report opens with what was decided, in these words."),
        name=_PAGE,
        minutes=5,
    )


CHECKS = (record, attendance, outcomes)


def state(facts: SessionFacts) -> StepState:
    """Where the meeting stands."""
    there = len(facts.took_part)
    came = ngettext("%(count)d took part", "%(count)d took part", there) % {"count": there} if there else ""
    marked = State.DONE if there else State.LATER
    found = len(facts.outcomes)
    note = ngettext("%(count)d outcome", "%(count)d outcomes", found) % {"count": found} if found else ""
    day = _("on the day") if facts.is_under_way else ""
    items = [
        StepItem(marked, _("Who is there, and who sends somebody else"), came or day),
        StepItem(State.DONE if found else State.LATER, _("What came of it"), note or day),
    ]
    if facts.session.status in {Status.HELD, Status.REPORTED}:
        whole = State.DONE if found or facts.session.status == Status.REPORTED else State.BUSY
    else:
        whole = (
            State.BUSY
            if facts.session.has_started and facts.session.status == Status.INVITING
            else State.LATER
        )
    return StepState(STEP, step_name(STEP), whole, _line(facts, came), items)


def _line(facts: SessionFacts, came: str) -> str:
    session = facts.session
    if session.starts_at is None or facts.starts_on is None:
        return _("The date is not settled yet.")
    day = dates.day(session.starts_at, session.timezone)
    if session.status in {Status.HELD, Status.REPORTED}:
        held = pgettext("meeting", "Held on %(day)s.") % {"day": day}
        return f"{held} {came}." if came else held
    return f"{day}, {dates.clock(session.starts_at, session.timezone)}."
