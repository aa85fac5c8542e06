"""Commitments in words: as people were told, and beside it how they stand since."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sessions.models import CommitmentStatus
from sessions.proposals import Tally
from sessions.reading import Words


@dataclass(frozen=True)
class Asked:
    """A change of a commitment that is being put to those it touches."""

    text: Words
    due_on: date | None
    reason: Words
    answer_by: date


@dataclass(frozen=True)
class Pledge:
    """A commitment as people were told; `now` is how it stands since, when that has become different."""

    number: int
    text: Words
    owner: str
    shape: str
    kind: str
    word: str
    due_on: date
    first_due_on: date
    done_on: date | None
    note: Words
    # who agreed to the last change, and what is being asked about it now
    agreed: str = ""
    asked: Asked | None = None
    made_on: date | None = None
    # its words as they were written: two translations of the same words are no change
    source: str = ""
    now: "Pledge | None" = None

    @property
    def was_text(self) -> Words | None:
        """The words people were told before, to be shown struck out; None when they are still those."""
        return self.text if self.shown.source != self.source else None

    @property
    def has_moved(self) -> bool:
        return self.due_on != self.first_due_on

    @property
    def shown(self) -> "Pledge":
        """How it stands today."""
        return self.now or self

    @property
    def was_due_on(self) -> date | None:
        """The day people were told before, to be shown struck out; None when it is still that day."""
        if self.shown.due_on != self.due_on:
            return self.due_on
        return self.first_due_on if self.has_moved else None

    @property
    def status(self) -> str:
        """The name organisers' pages have for the kind."""
        return {"ok": "done", "no": "stop", "half": "busy"}[self.kind]


def pledge_of(row: dict[str, Any], today: date | None, say: Callable[[str], Words]) -> Pledge:
    """A frozen commitment in words, as it stands on `today`."""
    due_on = date.fromisoformat(row["due_on"])
    if row["status"] == CommitmentStatus.DONE:
        kind, word = "ok", pgettext("commitment", "Done")
    elif row["status"] == CommitmentStatus.DROPPED:
        kind, word = "no", _("Not kept")
    elif today and due_on < today:
        kind, word = "no", pgettext("commitment", "Late")
    elif row["due_on"] != row["first_due_on"]:
        kind, word = "half", _("Comes later")
    else:
        kind, word = "half", _("On its way")
    return Pledge(
        number=row["number"],
        text=say(row["text"]),
        owner=row["owner"],
        shape=row["shape"],
        kind=kind,
        word=word,
        due_on=due_on,
        first_due_on=date.fromisoformat(row["first_due_on"]),
        done_on=day_of(row["done_on"]),
        note=say(row["note"]),
        agreed=_agreed(row.get("tally", [])),
        asked=_asked(row.get("asked"), say),
        made_on=day_of(row.get("made_on", "")),
        source=row["text"],
    )


def _agreed(counts: list[int]) -> str:
    return capfirst(Tally(*counts).short) if counts else ""


def _asked(row: dict[str, str] | None, say: Callable[[str], Words]) -> Asked | None:
    if row is None:
        return None
    answer_by = date.fromisoformat(row["answer_by"])
    return Asked(say(row["text"]), day_of(row["due_on"]), say(row["reason"]), answer_by)


def beside_now(told: Pledge, now: Pledge | None) -> Pledge:
    """What was told with what became different since; nothing when it stands as it was told."""
    if now is None:
        return told
    facts = ("kind", "word", "due_on", "done_on", "note", "agreed", "asked", "source")
    if all(getattr(told, name) == getattr(now, name) for name in facts):
        return told
    return replace(told, now=now)


def day_of(text: str) -> date | None:
    """A day as content is frozen: its ISO form, or nothing."""
    return date.fromisoformat(text) if text else None
