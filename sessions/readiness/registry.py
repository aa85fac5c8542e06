"""All checks of sessions, run over one set of facts; upper layers pass their own beside them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sessions.models import DialogueSession, SetAside, Status
from sessions.readiness import invite, meeting, programme, purpose, report, table
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import SHOWN_AT_ONCE, Aside, Finding, FindingList, Severity, StepState

Check = Callable[[Any], Finding | list[Finding] | None]

STEPS = (purpose, table, invite, programme, meeting, report)
CHECKS: tuple[Check, ...] = tuple(check for step in STEPS for check in step.CHECKS)
# the screen that shows the mail says itself who reads which language, beside the way to that mail
BESIDE_MAIL = tuple(check for check in CHECKS if check is not table.language)


def open_findings(
    session: DialogueSession, *, facts: SessionFacts | None = None, checks: Iterable[Check] = CHECKS
) -> FindingList:
    """What still stands between this session and a meaningful talk. A cancelled one asks nothing more."""
    if session.status == Status.CANCELLED:
        return FindingList()
    facts = facts or SessionFacts.of(session)
    kept = {row.check_id: row for row in facts.set_asides}
    waiting, blocking, others = [], [], []
    for finding in _run(facts, checks):
        row = kept.get(finding.id)
        if finding.blocks:
            blocking.append(finding)
        elif row is not None and _holds(row, facts):
            waiting.append(Aside(finding, row.until, row.reason))
        else:
            others.append(finding)
    # what the moment asks comes first: the promise while it can be written, afterwards what follows from it
    first = 1 if facts.is_before_sending else invite.STEP
    others.sort(key=lambda finding: (finding.severity, finding.step < first))
    warnings = [finding for finding in others if finding.severity == Severity.WARNS]
    shown = warnings[:SHOWN_AT_ONCE] if blocking else others[:SHOWN_AT_ONCE]
    rest = [finding for finding in others if finding not in shown]
    return FindingList(blocking, shown, rest, waiting)


def step_states(session: DialogueSession, *, facts: SessionFacts | None = None) -> list[StepState]:
    """The six steps in order, each with its line and items."""
    facts = facts or SessionFacts.of(session)
    return [step.state(facts) for step in STEPS]


def _run(facts: SessionFacts, checks: Iterable[Check]) -> Iterator[Finding]:
    for check in checks:
        found = check(facts)
        if isinstance(found, Finding):
            yield found
        else:
            yield from found or []


def _holds(row: SetAside, facts: SessionFacts) -> bool:
    """An aside with a reason stays; one with a date lasts until that day."""
    return row.until is None or row.until > facts.today
