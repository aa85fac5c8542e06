"""Clock times of a programme: computed from the order, the minutes and the few fixed starts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True)
class Slot:
    """One part: its day from 1, its length in minutes (1 to 1440), and a start that is fixed, if any."""

    day: int
    minutes: int
    fixed_start: time | None = None


def timetable(slots: Sequence[Slot], begin: time) -> list[time]:
    """The start of each slot, in the order given. Every day begins at `begin`.

    A fixed start is kept even where it leaves a gap or overlaps the part before it; the caller can show
    that (see `overlaps`). Past midnight the clock goes on from 00:00.
    """
    starts: list[time] = []
    clock, day = _minutes(begin), 0
    for slot in slots:
        if slot.day != day:
            day, clock = slot.day, _minutes(begin)
        if slot.fixed_start is not None:
            clock = _minutes(slot.fixed_start)
        starts.append(_time(clock))
        clock += slot.minutes
    return starts


def overlaps(slots: Sequence[Slot], begin: time) -> list[int]:
    """The indexes of slots whose fixed start lies before the end of the slot ahead of them on that day."""
    starts = timetable(slots, begin)
    found = []
    for index in range(1, len(slots)):
        before, slot = slots[index - 1], slots[index]
        if before.day != slot.day or slot.fixed_start is None:
            continue
        if _minutes(slot.fixed_start) < _minutes(starts[index - 1]) + before.minutes:
            found.append(index)
    return found


def _minutes(value: time) -> int:
    return value.hour * 60 + value.minute


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
