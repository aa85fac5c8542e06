"""A finding: one thing that stands between this plan and a meaningful talk, and where it is mended."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sessions.readiness.facts import SessionFacts

SHOWN_AT_ONCE = 3


class Severity(IntEnum):
    """How much it matters; the order is the order of showing."""

    BLOCKS = 1
    WARNS = 2
    HINTS = 3


@dataclass(frozen=True)
class Finding:
    """What is missing (`title`), why it matters (`why`), and the page that mends it, at the field itself."""

    id: str
    step: int
    severity: Severity
    title: str
    why: str
    mend_url_name: str
    mend_args: tuple[int | str, ...] = ()
    mend: str = ""
    minutes: int = 2
    # the id on that page of what is asked for
    mend_at: str = ""

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCKS

    @property
    def mend_text(self) -> str:
        return self.mend or _("Do it now")

    def mend_url(self, slug: str, back_to: str = "") -> str:
        """Where it is mended in this workspace; nothing when there is no such page.

        A page beside the road leads back to `back_to` once it is saved.
        """
        url = link_if_any(slug, self.mend_url_name, *self.mend_args)
        if url and back_to and self.mend_url_name.startswith("stakeholders:"):
            url += "?" + urlencode({"next": back_to})
        return f"{url}#{self.mend_at}" if url and self.mend_at else url


def finder(step: int, page: str) -> Callable[..., Finding]:
    """Makes the findings of one step; they are mended on screen `page` unless they say otherwise.

    `size`: once people have the invitation, a change of this size mends it instead (T107).
    """
    home = page

    def found(
        facts: SessionFacts,
        check_id: str,
        severity: Severity,
        title: str,
        why: str,
        *,
        page: str = "",
        name: str = "",
        args: tuple[int | str, ...] = (),
        at: str = "",
        size: str = "",
        mend: str = "",
        minutes: int = 2,
    ) -> Finding:
        target = name or f"sessions:invite_{page or home}"
        where = args or (facts.session.pk,)
        if size and not facts.is_before_sending:
            target, where = "sessions:change_edit", (facts.session.pk, size)
        return Finding(check_id, step, severity, title, why, target, where, mend, minutes, at)

    return found


@dataclass(frozen=True)
class Aside:
    """A finding that waits until a date, or was put aside with a reason."""

    finding: Finding
    until: date | None
    reason: str


@dataclass(frozen=True)
class FindingList:
    """What is open, calmly: what blocks, at most three others, the rest, and what was put off or aside."""

    blocking: list[Finding] = field(default_factory=list)
    shown: list[Finding] = field(default_factory=list)
    rest: list[Finding] = field(default_factory=list)
    set_aside: list[Aside] = field(default_factory=list)

    @property
    def is_ready(self) -> bool:
        """Whether nothing stands in the way of sending."""
        return not self.blocking

    @property
    def count(self) -> int:
        return len(self.blocking) + len(self.shown) + len(self.rest)

    @property
    def now(self) -> list[Finding]:
        """What a page shows at once: what blocks first, never more than three together."""
        return [*self.blocking, *self.shown][:SHOWN_AT_ONCE]

    @property
    def behind(self) -> list[Finding]:
        """What waits behind “Another 9 tips”."""
        return [*self.blocking, *self.shown, *self.rest][SHOWN_AT_ONCE:]

    @property
    def behind_can_wait(self) -> bool:
        return not any(finding.blocks for finding in self.behind)

    def find(self, check_id: str) -> Finding | None:
        """The finding with this id, open or set aside."""
        every = [*self.blocking, *self.shown, *self.rest, *(aside.finding for aside in self.set_aside)]
        return next((finding for finding in every if finding.id == check_id), None)


class State(StrEnum):
    """Where a step or one of its items stands."""

    DONE = "done"
    BUSY = "busy"
    LATER = "later"


@dataclass(frozen=True)
class StepItem:
    """One line under a step: what it is, how far it is, and the page it is done on."""

    state: State
    text: str
    note: str = ""
    url_name: str = ""


@dataclass(frozen=True)
class StepState:
    """One of the six steps as the path shows it."""

    number: int
    name: str
    state: State
    line: str
    items: list[StepItem]


def step_name(number: int) -> str:
    """The name of a step, from 1 to 6."""
    names = {
        1: pgettext("step", "Purpose"),
        2: pgettext("step", "Table"),
        3: pgettext("step", "Invite"),
        4: pgettext("step", "Programme"),
        5: pgettext("step", "Meeting"),
        6: pgettext("step", "Report back"),
    }
    return names[number]


def link_if_any(slug: str, name: str, *args: int | str) -> str:
    """The address of a page in a workspace; nothing when there is no such page."""
    try:
        return reverse(name, args=[slug, *args])
    except NoReverseMatch:
        return ""
