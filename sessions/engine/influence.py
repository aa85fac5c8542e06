"""Influence against the way of deciding: is more decided than was promised, or less?

The check is about what is promised, not about method codes (decisions.md 30): a decision that binds needs
people who may decide, or people who make it together with a named party that adopts it (domain.md 2B).
"""

from collections.abc import Iterable
from enum import StrEnum

_DECIDE = {"empower"}
_MAKE_TOGETHER = {"involve", "collaborate"}
_NO_VOICE = {"inform"}


class Misfit(StrEnum):
    """What does not fit between promise and decision."""

    NO_LEVEL = "no_level"
    NO_ADOPTER = "no_adopter"
    NO_VOICE = "no_voice"
    NO_DECISION = "no_decision"


def misfit(*, levels: Iterable[str], decides: str, adopter_named: bool) -> Misfit | None:
    """The contradiction, if any, for the levels of those who take part in deciding (advisers left out).

    `levels` are codes of `Influence`, empty ones are ignored; `decides` is "no", "advice", "yes" or "".
    Binding ("yes") needs for everybody the level empower, or involve or collaborate with a named adopter.
    Advice needs more than inform. Nothing decided contradicts empower.
    """
    chosen = {level for level in levels if level}
    if decides == "yes":
        if chosen - _DECIDE - _MAKE_TOGETHER:
            return Misfit.NO_LEVEL
        # where some decide themselves, nobody has to adopt it for them (case B of domain.md 4)
        if chosen and not chosen & _DECIDE and not adopter_named:
            return Misfit.NO_ADOPTER
    if decides == "advice" and chosen and chosen <= _NO_VOICE:
        return Misfit.NO_VOICE
    if decides == "no" and chosen & _DECIDE:
        return Misfit.NO_DECISION
    return None
