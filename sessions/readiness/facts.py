"""Everything a check may look at, read once with a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

from dialoog.kernel import clock
from sessions.engine.working_days import pack_on
from sessions.models import (
    AgendaItem,
    Answer,
    Attendance,
    Briefing,
    BriefingKind,
    BriefingStatus,
    Commitment,
    Contribution,
    DateMode,
    Decides,
    DecisionProcedure,
    DialogueSession,
    Endorsement,
    Invitation,
    Outcome,
    PlannedMail,
    Question,
    SessionGroup,
    SessionText,
    SetAside,
    Status,
    Wish,
)
from sessions.queries import is_replaced
from sessions.telling import promise_digest
from stakeholders.models import StakeholderGroup

ANNOUNCE = timedelta(days=14)


@dataclass(frozen=True)
class SessionFacts:
    """One session with what hangs on it. Properties compute; none of them queries."""

    session: DialogueSession
    now: datetime
    procedure: DecisionProcedure | None
    advisers: frozenset[int]
    date_options: int
    groups: list[SessionGroup]
    workspace_groups: list[StakeholderGroup]
    invitations: list[Invitation]
    texts: list[SessionText]
    questions: list[Question]
    agenda: list[AgendaItem]
    wishes: list[Wish]
    briefings: list[Briefing]
    endorsements: list[Endorsement]
    set_asides: list[SetAside]
    planned: list[PlannedMail]
    outcomes: list[Outcome]
    contributions: list[Contribution]
    commitments: list[Commitment]

    @classmethod
    def of(cls, session: DialogueSession, **more: Any) -> Self:
        """Read the facts of a session; `more` fills the fields an upper layer adds."""
        procedure = DecisionProcedure.objects.filter(session=session).first()
        advisers = procedure.advisory_groups.values_list("pk", flat=True) if procedure else []
        invited = session.invitations.open().with_people().select_related("replaced_by")
        return cls(
            session=session,
            now=clock.now(),
            procedure=procedure,
            advisers=frozenset(advisers),
            date_options=session.date_options.count() if session.date_mode == DateMode.POLL else 0,
            groups=list(session.groups.select_related("group").order_by("position", "pk")),
            workspace_groups=list(session.workspace.stakeholder_groups.in_order()),
            invitations=list(invited.order_by("group__position", "group_id", "pk")),
            texts=list(session.texts.all()),
            questions=list(session.questions.order_by("asked_at", "pk")),
            agenda=list(session.agenda.order_by("day", "position")),
            wishes=list(session.wishes.select_related("invitation__group").order_by("pk")),
            briefings=list(session.briefings.defer("content").order_by("version", "pk")),
            endorsements=list(session.endorsements.filter(withdrawn_at=None).order_by("asked_at", "pk")),
            set_asides=list(session.set_asides.all()),
            planned=list(session.planned_mails.order_by("due_at", "pk")),
            outcomes=list(session.outcomes.order_by("position", "pk")),
            contributions=list(session.contributions.order_by("position", "pk")),
            commitments=list(session.commitments.order_by("due_on", "pk")),
            **more,
        )

    # --- time

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.session.timezone)

    @cached_property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @cached_property
    def starts_on(self) -> date | None:
        """The day of the meeting; none while people still choose it."""
        if self.session.starts_at is None or self.session.date_mode != DateMode.FIXED:
            return None
        return self.session.starts_at.astimezone(self.zone).date()

    @property
    def days_to_go(self) -> int | None:
        return (self.starts_on - self.today).days if self.starts_on else None

    @property
    def pack_due_on(self) -> date | None:
        """The information pack goes out two weeks before, on a working day (T31)."""
        if self.starts_on is None:
            return None
        return pack_on(self.starts_on, self.session.answer_by, self.session.workspace.is_day_off)

    # --- where it stands

    @property
    def is_before_sending(self) -> bool:
        return self.session.is_before_sending

    @property
    def is_inviting(self) -> bool:
        """People have the invitation and the meeting is still to come."""
        return self.session.status == Status.INVITING and not self.session.has_started

    @property
    def is_under_way(self) -> bool:
        """Being prepared: not held, not cancelled."""
        return self.is_before_sending or self.is_inviting

    @property
    def is_over(self) -> bool:
        """The meeting has taken place, whether or not somebody said so."""
        status = self.session.status
        return status == Status.HELD or (status == Status.INVITING and self.session.has_ended)

    @property
    def is_past(self) -> bool:
        """Over, or reported already."""
        return self.is_over or self.session.status == Status.REPORTED

    @property
    def decides_something(self) -> bool:
        return self.session.decides in {Decides.ADVICE, Decides.YES}

    @property
    def has_rules(self) -> bool:
        return self.procedure is not None and self.procedure.is_complete

    # --- people and answers

    @cached_property
    def counted(self) -> list[Invitation]:
        """Those who count as a seat: somebody whose deputy was confirmed does not."""
        return [row for row in self.invitations if not is_replaced(row)]

    @cached_property
    def sent(self) -> list[Invitation]:
        return [row for row in self.counted if row.sent_at]

    @cached_property
    def coming(self) -> list[Invitation]:
        return [row for row in self.counted if row.is_coming]

    @cached_property
    def silent(self) -> list[Invitation]:
        return [row for row in self.sent if not row.answer]

    @cached_property
    def answered(self) -> list[Invitation]:
        return [row for row in self.counted if row.answer]

    @cached_property
    def deputies_waiting(self) -> list[Invitation]:
        return [row for row in self.counted if row.answer == Answer.DEPUTY]

    @cached_property
    def took_part(self) -> list[Invitation]:
        there = {Attendance.PRESENT, Attendance.ONLINE, Attendance.PARTLY}
        return [row for row in self.counted if row.attendance in there]

    @cached_property
    def open_questions(self) -> list[Question]:
        return [row for row in self.questions if row.answered_at is None]

    @cached_property
    def open_wishes(self) -> list[Wish]:
        return [row for row in self.wishes if row.agenda_item_id is None and not row.response]

    @cached_property
    def invited_groups(self) -> list[SessionGroup]:
        """The groups somebody is invited for."""
        ids = {row.group_id for row in self.counted}
        return [row for row in self.groups if row.group_id in ids and not row.absence]

    # --- what was sent

    def briefing(self, kind: BriefingKind, *statuses: BriefingStatus) -> Briefing | None:
        """The first version of a kind in one of these states, by default sent or being sent."""
        wanted = statuses or (BriefingStatus.SENDING, BriefingStatus.SENT)
        rows = (row for row in self.briefings if row.kind == kind and row.status in wanted)
        return next(rows, None)

    @property
    def pack_is_out(self) -> bool:
        return self.briefing(BriefingKind.PACK) is not None

    @cached_property
    def endorsed(self) -> Endorsement | None:
        """The akkoord that stands for the promise as it is now (T52)."""
        digest = promise_digest(self.session)
        fresh = [row for row in self.endorsements if row.agreed and row.promise_digest == digest]
        return fresh[-1] if fresh else None
