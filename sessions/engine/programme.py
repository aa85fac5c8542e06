"""What a programme amounts to: who is talking for how long, when each day ends, and a first draft by level.

Pure: minutes in, minutes out. The share of time is the seed's "sending" against "talking" (T7, T63); the
rule of thumb per level of influence is ours and only ever advice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from sessions.engine.timetable import Slot, timetable

_PEOPLE = {"tables", "visit", "vote"}
_SENDING = {"plenary", "closing"}
# the least part of the talking time that participants have, in percent, by level of influence
RULE_OF_THUMB = {"inform": 30, "consult": 50, "involve": 60, "collaborate": 65, "empower": 70}
# how much of the day a first draft lets somebody tell, so that it keeps the rule of thumb
_TOLD = {"inform": 0.3, "collaborate": 0.08, "empower": 0.05}


@dataclass(frozen=True)
class Share:
    """Minutes in which participants talk, in which somebody tells them something, and of rest."""

    people: int
    sending: int
    rest: int

    @property
    def total(self) -> int:
        return self.people + self.sending + self.rest

    @property
    def percent(self) -> tuple[int, int, int]:
        """People, sending, rest: whole percents that add up to 100; noughts for an empty programme."""
        if not self.total:
            return 0, 0, 0
        people, sending = (round(100 * part / self.total) for part in (self.people, self.sending))
        if not self.rest:
            sending = 100 - people
        return people, sending, 100 - people - sending

    def keeps_rule(self, level: str) -> bool:
        """Whether participants have at least the usual part, breaks apart; true where no level is chosen."""
        return 100 * self.people >= RULE_OF_THUMB.get(level, 0) * (self.people + self.sending)


def share_of(parts: Sequence[tuple[str, int]]) -> Share:
    """The share of (form, minutes) pairs; breaks and informal moments are rest."""
    people = sum(minutes for form, minutes in parts if form in _PEOPLE)
    sending = sum(minutes for form, minutes in parts if form in _SENDING)
    return Share(people, sending, sum(minutes for _form, minutes in parts) - people - sending)


def day_ends(slots: Sequence[Slot], begin: time) -> dict[int, int]:
    """Per day the minute after midnight on which its last part ends; above 1440 is the next day."""
    ends: dict[int, int] = {}
    for slot, start in zip(slots, timetable(slots, begin), strict=True):
        minute = start.hour * 60 + start.minute
        if minute < begin.hour * 60 + begin.minute and slot.fixed_start is None:
            minute += 1440
        ends[slot.day] = minute + slot.minutes
    return ends


class Block(StrEnum):
    """The parts a first draft is made of."""

    WELCOME = "welcome"
    TALK = "talk"
    ROUND = "round"
    BREAK = "break"
    LUNCH = "lunch"
    VOTE = "vote"
    INFORMAL = "informal"
    CLOSING = "closing"


def draft(minutes: int, level: str, *, votes: bool, wishes: int) -> list[tuple[Block, int]]:
    """A first programme of exactly `minutes` (at least 45): blocks and their lengths, in fives where it can.

    One to three rounds at tables, after the number of wishes and the time there is. The level sets how long
    somebody tells something first; what is left goes to the rounds.
    """
    minutes = max(minutes, 45)
    rounds = max(2 if minutes >= 150 else 1, min(3, wishes or 2, minutes // 60))
    edge = 10 if minutes >= 90 else 5
    fixed = {Block.WELCOME: edge, Block.CLOSING: edge}
    if minutes >= 90:
        fixed[Block.TALK] = _fives(minutes * _TOLD.get(level, 0.12))
    if minutes >= 240:
        fixed[Block.LUNCH] = 45
    if minutes >= 120:
        fixed[Block.BREAK] = 15
        fixed[Block.INFORMAL] = 15
    if votes and minutes >= 60:
        fixed[Block.VOTE] = min(45, _fives(minutes * 0.12))
    left = minutes - sum(fixed.values())
    each = left // rounds // 5 * 5
    lengths = [each] * (rounds - 1) + [left - each * (rounds - 1)]
    return _ordered(fixed, lengths)


def _ordered(fixed: dict[Block, int], rounds: list[int]) -> list[tuple[Block, int]]:
    """Welcome, telling, rounds with the breaks between them, vote, closing, informal."""
    parts = [(Block.WELCOME, fixed[Block.WELCOME])]
    parts += [(block, fixed[block]) for block in (Block.TALK,) if block in fixed]
    pauses = [block for block in (Block.LUNCH, Block.BREAK) if block in fixed]
    for length in rounds:
        parts.append((Block.ROUND, length))
        if pauses:
            pause = pauses.pop(0)
            parts.append((pause, fixed[pause]))
    parts += [(pause, fixed[pause]) for pause in pauses]
    last = (Block.VOTE, Block.CLOSING, Block.INFORMAL)
    parts += [(block, fixed[block]) for block in last if block in fixed]
    return parts


def _fives(minutes: float) -> int:
    return max(5, round(minutes / 5) * 5)
