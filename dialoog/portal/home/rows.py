"""The rows home is made of, each kind read at most once."""

from datetime import date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from dialoog.kernel import clock
from dialoog.kernel.prepared import Prepared
from dialoog.kernel.workspaces.models import Membership, User, Workspace
from dialoog.kernel.workspaces.policy import Permission
from sessions.engine.working_days import pack_on
from sessions.models import (
    Briefing,
    BriefingKind,
    BriefingStatus,
    Commitment,
    CommitmentStatus,
    DateMode,
    DecisionProcedure,
    DialogueSession,
    Invitation,
    Method,
    Status,
)
from sessions.queries import visible_sessions
from sessions.readiness.finding import link_if_any

AHEAD = timedelta(days=60)
_SEATS = Prepared(
    lambda session: (
        Invitation.objects.open()
        .filter(session_id=session)
        .select_related("person", "group", "replaced_by")
        .order_by("group__position", "group_id", "pk")
    )
)


class Rows:
    """What one member may see of one workspace, at one moment."""

    def __init__(self, *, user: User, membership: Membership) -> None:
        self.user, self.membership = user, membership
        self.workspace: Workspace = membership.workspace
        self.now = clock.now()
        self.zone = ZoneInfo(self.workspace.timezone)
        self.today = self.now.astimezone(self.zone).date()

    @cached_property
    def sessions(self) -> list[DialogueSession]:
        """All that were not cancelled, by date; those without a date last."""
        rows = visible_sessions(self.membership).alive().select_related("dialogue")
        # why a subquery: a join would have the database group by every column of a session
        invited = Invitation.objects.open().filter(session=OuterRef("pk")).order_by().values("session")
        rows = rows.annotate(invited=Coalesce(Subquery(invited.values(count=Count("pk"))), 0))
        return list(rows.order_by(F("starts_at").asc(nulls_last=True), "pk"))

    @cached_property
    def seats(self) -> list[Invitation]:
        """The invitations of the next meeting."""
        if self.upcoming is None:
            return []
        return _SEATS(session=self.upcoming.pk)

    @cached_property
    def mailings(self) -> list[Briefing]:
        """Every information pack that was not taken back, and whatever waits for its moment."""
        rows = Briefing.objects.filter(session__in=self.open_ids).exclude(status=BriefingStatus.TAKEN_BACK)
        wanted = rows.filter(Q(kind=BriefingKind.PACK) | Q(status=BriefingStatus.PLANNED))
        return list(wanted.defer("content").order_by("planned_for", "pk"))

    @property
    def packs(self) -> set[int]:
        """The sessions whose information pack is ready, on its way or sent."""
        return {row.session_id for row in self.mailings if row.kind == BriefingKind.PACK}

    @cached_property
    def rules(self) -> list[DecisionProcedure]:
        """Rules that were promised for later."""
        rows = DecisionProcedure.objects.filter(session__in=self.open_ids, method=Method.LATER)
        return list(rows.exclude(rules_on=None).order_by("rules_on", "pk"))

    @cached_property
    def commitments(self) -> list[Commitment]:
        """Running commitments that are late or near."""
        rows = Commitment.objects.filter(session__in=self.ids, status=CommitmentStatus.RUNNING)
        return list(rows.filter(due_on__lte=self.today + AHEAD).order_by("due_on", "pk"))

    # --- of the rows

    @property
    def upcoming(self) -> DialogueSession | None:
        """The next meeting people are invited to."""
        return next((row for row in self.sessions if self.is_coming(row) and row.starts_at), None)

    @property
    def drafts(self) -> list[DialogueSession]:
        """What was begun, the newest first."""
        drafts = [row for row in self.sessions if row.status == Status.DRAFT and self.may(Permission.PLAN)]
        return sorted(drafts, key=lambda row: row.created_at, reverse=True)

    @property
    def ids(self) -> list[int]:
        return [row.pk for row in self.sessions]

    @property
    def coming_ids(self) -> list[int]:
        return [row.pk for row in self.sessions if self.is_coming(row)]

    @property
    def open_ids(self) -> list[int]:
        """Sessions whose invitations are ready to go out, or out."""
        return [row.pk for row in self.sessions if row.status == Status.PLANNED or self.is_coming(row)]

    def may(self, permission: Permission) -> bool:
        return self.membership.may(permission)

    def is_coming(self, session: DialogueSession) -> bool:
        return session.status == Status.INVITING and not session.has_ended

    def pack_due(self, session: DialogueSession) -> date | None:
        """The day the information pack goes, for a meeting that is still to come (T31)."""
        if session.starts_at is None or session.date_mode != DateMode.FIXED or not self.is_coming(session):
            return None
        if not session.was_briefed:
            return None
        starts_on = local_day(session.starts_at, session)
        return pack_on(starts_on, session.answer_by, self.workspace.is_day_off)

    def url(self, name: str, *args: int) -> str:
        return link_if_any(self.workspace.slug, name, *args)


def local_day(moment: datetime, session: DialogueSession) -> date:
    """The date of a moment where the meeting is."""
    return moment.astimezone(ZoneInfo(session.timezone)).date()
