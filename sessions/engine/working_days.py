"""Days on which somebody is at work; which days are off is told by whoever asks, per country."""

from collections.abc import Callable
from datetime import date, timedelta

REMIND_BEFORE = timedelta(days=5)
PACK_BEFORE = timedelta(days=14)
_DAY = timedelta(days=1)

IsOff = Callable[[date], bool]


def next_working_day(day: date, is_off: IsOff) -> date:
    """`day`, or the first day after it that is not off."""
    while is_off(day):
        day += _DAY
    return day


def previous_working_day(day: date, is_off: IsOff) -> date:
    """`day`, or the last day before it that is not off."""
    while is_off(day):
        day -= _DAY
    return day


def reminder_on(answer_by: date, is_off: IsOff) -> date:
    """The day of the one reminder: five days before the answer, or the working day before those days off."""
    return previous_working_day(answer_by - REMIND_BEFORE, is_off)


def pack_on(starts_on: date, answer_by: date | None, is_off: IsOff) -> date:
    """The day of the information pack: two weeks before the meeting (T60), or the working day before that.

    Made from the answers, it does not go on the day they are due, nor on a working day just before that, but
    on the one after, while that is before the meeting.
    """
    usual = starts_on - PACK_BEFORE
    day = previous_working_day(usual, is_off)
    if answer_by is None or not day <= answer_by <= usual:
        return day
    after = next_working_day(answer_by + _DAY, is_off)
    return after if after < starts_on else day
