"""The one clock: every action asks it for now, and the demo may set it (decisions.md 1)."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("dialoog_clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC; or the moment a surrounding `at` has set."""
    return _set.get() or timezone.now()


def today(zone: str | None = None) -> date:
    """The date of `now` in `zone` (an IANA name), by default in the active time zone."""
    return timezone.localtime(now(), ZoneInfo(zone) if zone else None).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` inside the block. Refuses a naive moment."""
    if timezone.is_naive(moment):
        raise ValueError("The clock needs an aware moment.")
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
