"""Step 6, Report back: what was promised about afterwards. Feedback adds its own checks in the portal."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.ui import dates
from sessions.models import Commitment, CommitmentStatus, Status
from sessions.readiness.facts import SessionFacts
from sessions.readiness.finding import Finding, Severity, State, StepItem, StepState, finder, step_name

STEP = 6
_finding = finder(STEP, page="look")
SOON = timedelta(days=7)


def report_due(facts: SessionFacts) -> Finding | None:
    """T28: the report comes by the promised day."""
    promised = facts.session.report_by
    if not facts.is_over or promised is None or promised > facts.today + SOON:
        return None
    day = dates.day_month(promised)
    if promised < facts.today:
        title = _("The report back was promised by %(day)s") % {"day": day}
        why = _("Send it as soon as you can; it opens with why it is late.")
    else:
        title = _("The report back is due by %(day)s") % {"day": day}
        why = _("Everybody who was there was promised this date.")
    return _finding(facts, "T28-due", Severity.WARNS, title, why, name="feedback:report_edit", minutes=20)


def responses(facts: SessionFacts) -> Finding | None:
    """T44: each contribution gets a response with its reason."""
    count = sum(1 for row in facts.contributions if not row.response)
    if not count or not facts.is_over:
        return None
    title = ngettext(
        "%(count)d contribution has no response yet", "%(count)d contributions have no response yet", count
    ) % {"count": count}
    why = _("People come back when they see what was done with what they brought.")
    return _finding(
        facts, "T44", Severity.WARNS, title, why, name="feedback:report_edit", minutes=2 * min(count, 10)
    )


def commitments_late(facts: SessionFacts) -> Finding | None:
    """T51: commitments that ran past their date."""
    count = sum(1 for row in facts.commitments if is_late(row, facts))
    if not count:
        return None
    title = ngettext(
        "%(count)d commitment is past its date", "%(count)d commitments are past their date", count
    ) % {"count": count}
    why = _("Ask how it stands; a new date agreed together is better than silence.")
    return Finding("T51", STEP, Severity.WARNS, title, why, "sessions:commitment_list", minutes=5)


CHECKS = (report_due, responses, commitments_late)


def state(facts: SessionFacts) -> StepState:
    """Where the follow-up stands."""
    session = facts.session
    reported = session.status == Status.REPORTED
    by = _("by %(day)s") % {"day": dates.day_month(session.report_by)} if session.report_by else ""
    answered = sum(1 for row in facts.contributions if row.response)
    told = State.DONE if reported else State.BUSY if answered or facts.is_over else State.LATER
    items = [StepItem(told, _("What was decided, and what happened with everybody's input"), by)]
    count = len(facts.commitments)
    kept = sum(1 for row in facts.commitments if row.status == CommitmentStatus.DONE)
    note = _("%(part)s of %(whole)s kept") % {"part": kept, "whole": count} if count else _("afterwards")
    follow = State.DONE if count and kept == count else State.BUSY if count else State.LATER
    items.append(StepItem(follow, _("Commitments followed"), note))
    whole = State.DONE if reported else State.BUSY if facts.is_over else State.LATER
    return StepState(STEP, step_name(STEP), whole, _line(facts, reported), items)


def is_late(row: Commitment, facts: SessionFacts) -> bool:
    return row.status == CommitmentStatus.RUNNING and row.due_on < facts.today


def _line(facts: SessionFacts, reported: bool) -> str:
    if reported:
        return _("People heard what was decided and what happened with their input.")
    promised = facts.session.report_by
    if promised is None or facts.session.status == Status.CANCELLED:
        return _("What was decided, and what happened with what people brought.")
    return _("Promised by %(day)s at the latest. Dialoog prepares the report for you.") % {
        "day": dates.day_month(promised)
    }
