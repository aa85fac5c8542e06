"""Plays a meeting: moments counted from its first day, and what the worker would have done at each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from dialoog.kernel import clock
from dialoog.kernel.outbox import delivery
from feedback.actions import due
from feedback.planned import KINDS, plan_after_meeting
from sessions.actions.planned import run_due
from sessions.actions.send import send_briefing
from sessions.models import Briefing, BriefingStatus, DialogueSession, PlannedMail, PlannedState

_WAITING = (PlannedState.PLANNED, PlannedState.BLOCKED)


@dataclass(frozen=True)
class Stage:
    """Time as the people of one meeting tell it: `first` is its first day, in `zone`."""

    first: date
    zone: str

    def day(self, offset: int) -> date:
        return self.first + timedelta(days=offset)

    def moment(self, offset: int, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(self.day(offset), time(hour, minute), ZoneInfo(self.zone))

    @property
    def yesterday(self) -> int:
        """Yesterday, counted from the first day."""
        return (clock.today(self.zone) - self.first).days - 1

    @contextmanager
    def at(self, offset: int, hour: int, minute: int = 0) -> Iterator[None]:
        """Let it be that moment, and let the mails of that moment leave. Refuses what is still to come."""
        moment = self.moment(offset, hour, minute)
        if moment > timezone.now():
            raise ValueError(f"The demo tells what has happened; {moment:%d %B %H:%M} is still to come.")
        with clock.at(moment):
            yield
            delivery.deliver_due()

    def work(self, session: DialogueSession) -> None:
        """What beat and the worker do for this meeting at this moment: briefings, planned mails."""
        run_due(session=session)
        on_its_way = (BriefingStatus.PLANNED, BriefingStatus.SENDING, BriefingStatus.SENT)
        for briefing in Briefing.objects.filter(session=session, status__in=on_its_way).order_by("pk"):
            while send_briefing(briefing.pk):
                delivery.deliver_due()
        session.refresh_from_db()
        plan_after_meeting(session)
        rows = PlannedMail.objects.filter(session=session, kind__in=KINDS, state__in=_WAITING)
        for row in rows.filter(due_at__lte=clock.now()).order_by("due_at", "pk"):
            due.carry_out(row)
        session.refresh_from_db()


def last_weekday(before: date, weekday: int) -> date:
    """The last such weekday (Monday is 0) on or before a day."""
    return before - timedelta(days=(before.weekday() - weekday) % 7)


def next_weekday(after: date, weekday: int) -> date:
    """The first such weekday (Monday is 0) on or after a day."""
    return after + timedelta(days=(weekday - after.weekday()) % 7)
