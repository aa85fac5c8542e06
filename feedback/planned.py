"""Mails of after the meeting as planned rows: computed from the session, moved when it moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dialoog.kernel import clock
from dialoog.kernel.workspaces.models import Workspace
from feedback.actions.questionnaire import opening_of, prepare_questionnaire
from feedback.models import Moment, Questionnaire
from sessions.engine.working_days import next_working_day, previous_working_day
from sessions.models import (
    ChangeProposal,
    CommitmentStatus,
    DialogueSession,
    PlannedKind,
    PlannedMail,
    PlannedState,
    Status,
)

KINDS = (
    PlannedKind.FEEDBACK,
    PlannedKind.FEEDBACK_REMINDER,
    PlannedKind.REPORT_DUE,
    PlannedKind.COMMITMENT_DUE,
    PlannedKind.PROPOSAL_DUE,
)
REPORT_NOTICE_DAYS = (5, 0)
_LIVE = (Status.INVITING, Status.HELD, Status.REPORTED)
_SENSE = timedelta(days=14)


@dataclass(frozen=True)
class Planned:
    """When a mail is due, and until when it makes sense."""

    due_at: datetime
    late_after: datetime


def plan_after_meeting(session: DialogueSession) -> None:
    """Bring the planned rows of one session up to date. Rows that were sent stay as they are."""
    questionnaire = _prepared(session)
    wanted = wanted_for(session, questionnaire)
    rows = {(row.kind, row.subject_id): row for row in session.planned_mails.filter(kind__in=KINDS)}
    for key, planned in wanted.items():
        _bring(session, rows.get(key), key, planned)
    for key, row in rows.items():
        if key not in wanted and row.state in {PlannedState.PLANNED, PlannedState.BLOCKED}:
            PlannedMail.objects.filter(pk=row.pk).update(state=PlannedState.CANCELLED)


def plan_all() -> None:
    """The same for every session that is alive and has ended or will; run by beat."""
    sessions = DialogueSession.objects.filter(ends_at__gt=_horizon()).with_workspace()
    alive = sessions.filter(status__in=_LIVE)
    cancelled = sessions.filter(
        status=Status.CANCELLED, planned_mails__state=PlannedState.PLANNED, planned_mails__kind__in=KINDS
    ).distinct()
    for session in [*alive, *cancelled]:
        plan_after_meeting(session)


def plan_workspace(workspace: Workspace) -> None:
    """The same for every meeting of a workspace that is alive, without waiting for beat."""
    alive = DialogueSession.objects.for_workspace(workspace).filter(status__in=_LIVE, ends_at__gt=_horizon())
    for session in alive.with_workspace().order_by("pk"):
        plan_after_meeting(session)


def wanted_for(
    session: DialogueSession, questionnaire: Questionnaire | None
) -> dict[tuple[str, int], Planned]:
    """What should be planned for this session, by kind and subject."""
    if session.status not in _LIVE or session.ends_at is None:
        return {}
    wanted: dict[tuple[str, int], Planned] = {}
    if questionnaire is not None:
        wanted |= _questions(session, questionnaire)
    if session.report_by and session.status != Status.REPORTED:
        for left in REPORT_NOTICE_DAYS:
            day = session.report_by - timedelta(days=left)
            # on the promised day itself it is told in any case
            told_on = previous_working_day(day, session.workspace.is_day_off) if left else day
            due_at = _morning(told_on, session)
            late = _morning(session.report_by - timedelta(days=1), session) if left else due_at + _SENSE
            wanted[PlannedKind.REPORT_DUE, left] = Planned(due_at, late)
    for pk, due_on in _running(session):
        due_at = _morning(due_on, session)
        wanted[PlannedKind.COMMITMENT_DUE, pk] = Planned(due_at, due_at + _SENSE)
    for pk, answer_by in _asked(session):
        due_at = _morning(answer_by + timedelta(days=1), session)
        wanted[PlannedKind.PROPOSAL_DUE, pk] = Planned(due_at, due_at + _SENSE)
    return wanted


def _horizon() -> datetime:
    return clock.now() - timedelta(days=730)


def _questions(session: DialogueSession, questionnaire: Questionnaire) -> dict[tuple[str, int], Planned]:
    wanted: dict[tuple[str, int], Planned] = {}
    # of a meeting nobody was briefed for, the organiser asks by hand
    if session.was_briefed:
        wanted[PlannedKind.FEEDBACK, 0] = Planned(
            questionnaire.opens_at, questionnaire.opens_at + timedelta(days=5)
        )
    if session.was_briefed or questionnaire.is_opened:
        due_at = _morning(_reminder_day(session, questionnaire), session)
        wanted[PlannedKind.FEEDBACK_REMINDER, 0] = Planned(due_at, questionnaire.closes_at)
    return wanted


def _reminder_day(session: DialogueSession, questionnaire: Questionnaire) -> date:
    """Two days before closing or the working day before that, but not at once after the question itself."""
    is_off = session.workspace.is_day_off
    day = _day(questionnaire.closes_at, session) - timedelta(days=2)
    earlier = previous_working_day(day, is_off)
    opened_on = _day(questionnaire.opens_at, session)
    return earlier if earlier > opened_on + timedelta(days=1) else next_working_day(day, is_off)


def _running(session: DialogueSession) -> Iterable[tuple[int, date]]:
    return session.commitments.filter(status=CommitmentStatus.RUNNING).values_list("pk", "due_on")


def _asked(session: DialogueSession) -> Iterable[tuple[int, date]]:
    rows = ChangeProposal.objects.open().filter(commitment__session=session)
    return rows.values_list("pk", "answer_by")


def _prepared(session: DialogueSession) -> Questionnaire | None:
    if session.status in {Status.INVITING, Status.HELD} and session.ends_at is not None:
        known = Questionnaire.objects.filter(session=session, moment=Moment.AFTER).first()
        if known is None or (not known.is_opened and known.opens_at != opening_of(session)):
            return prepare_questionnaire(session=session)
        return known
    return Questionnaire.objects.filter(session=session, moment=Moment.AFTER).first()


def _bring(session: DialogueSession, row: PlannedMail | None, key: tuple[str, int], planned: Planned) -> None:
    kind, subject = key
    if row is None:
        PlannedMail.objects.get_or_create(
            session=session,
            kind=kind,
            subject_id=subject,
            defaults={"due_at": planned.due_at, "late_after": planned.late_after},
        )
        return
    if row.state == PlannedState.DONE:
        return
    revived = row.state in {PlannedState.MISSED, PlannedState.CANCELLED} and planned.late_after > clock.now()
    if (row.due_at, row.late_after) != (planned.due_at, planned.late_after) or revived:
        state = PlannedState.PLANNED if revived else row.state
        PlannedMail.objects.filter(pk=row.pk).exclude(state=PlannedState.DONE).update(
            due_at=planned.due_at, late_after=planned.late_after, state=state
        )


def _day(moment: datetime, session: DialogueSession) -> date:
    return moment.astimezone(ZoneInfo(session.timezone)).date()


def _morning(day: date, session: DialogueSession) -> datetime:
    return datetime.combine(day, time(9), ZoneInfo(session.timezone))
