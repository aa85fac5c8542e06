"""Lines of the guest page: parts of the programme, what changed, and what comes when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from dialoog.kernel.prepared import Prepared
from sessions.models import (
    BriefingChange,
    ChangeSize,
    DateMode,
    DialogueSession,
    Form,
    Invitation,
    PlannedKind,
    PlannedMail,
    PlannedState,
)
from sessions.reading import FALLBACK, Part, Reading, Words
from sessions.telling import Said


@dataclass(frozen=True)
class Step:
    """One line of what comes: a day and what then happens."""

    on: date
    text: Words


@dataclass(frozen=True)
class Change:
    """What became different, in words a guest knows."""

    icon: str
    size: str
    label: str
    old: Words
    new: Words
    reason: Words
    is_promise: bool
    made_at: datetime


@dataclass(frozen=True)
class Line:
    """A part of the programme, with who asked for it and its mark on the time line."""

    part: Part
    asked: str
    css: str


# the mark of each kind of part on the time line
_MARKS = {
    Form.TABLES: "tb",
    Form.VOTE: "vt",
    Form.CLOSING: "cl",
    Form.BREAK: "br",
    Form.INFORMAL: "br",
}
_SIZES = {
    ChangeSize.PROMISE: ("pen", gettext_lazy("Promise")),
    ChangeSize.PROGRAMME: ("cal", gettext_lazy("Programme")),
    ChangeSize.TYPO: ("pen", gettext_lazy("Typing error")),
}
_FIELDS = {
    "title": gettext_lazy("Subject"),
    "starts_at": gettext_lazy("Start"),
    "ends_at": gettext_lazy("End"),
    "place": gettext_lazy("Place"),
    "online_link": gettext_lazy("Link"),
    "answer_by": gettext_lazy("Answer before"),
    "goal": gettext_lazy("Goal"),
    "use_of_outcomes": gettext_lazy("What happens with it"),
    "not_used_for": gettext_lazy("What we do not use it for"),
    "influence": gettext_lazy("Your influence"),
    "out_of_scope": gettext_lazy("What this is not about"),
    "decides": gettext_lazy("How it is decided"),
    "procedure": gettext_lazy("How it is decided"),
    "adopter": gettext_lazy("Who decides afterwards"),
    "adopts_by": gettext_lazy("Who decides afterwards"),
    "report_by": gettext_lazy("You hear from us"),
    "confidentiality": gettext_lazy("Confidential"),
    "rules": gettext_lazy("Rules of conduct"),
    "agenda": gettext_lazy("Programme"),
}
_PLANNED = Prepared(lambda session: PlannedMail.objects.filter(session_id=session))
_CHANGES = Prepared(
    lambda session, since: BriefingChange.objects.filter(session_id=session, made_at__gte=since).order_by(
        "-made_at", "-pk"
    )
)


def programme_of(reading: Reading, wishes: Iterable[Mapping[str, Any]]) -> list[Line]:
    """The programme, and which parts this person asked for in their `wishes`."""
    mine = {(wish["day"], wish["title"]) for wish in wishes if wish["title"]}
    return [
        Line(part, _asked(part.asked_by, (part.day, part.source) in mine), _MARKS.get(part.form, ""))  # type: ignore[call-overload]
        for part in reading.agenda
    ]


def _asked(count: int, by_you: bool) -> str:
    if not count:
        return ""
    others = count - 1 if by_you else count
    if by_you and not others:
        return _("asked by you")
    if by_you:
        return ngettext("asked by you and %(count)d other", "asked by you and %(count)d others", others) % {
            "count": others
        }
    return ngettext("asked by %(count)d person", "asked by %(count)d people", others) % {"count": others}


def changes_of(invitation: Invitation) -> list[Change]:
    """What became different since this person was invited, promises first."""
    if invitation.sent_at is None:
        return []
    said = Said(invitation.session, get_language() or FALLBACK)
    order = list(_SIZES)
    since = _CHANGES(session=invitation.session_id, since=invitation.sent_at)
    rows = sorted(since, key=lambda row: order.index(ChangeSize(row.size)))
    return [
        Change(
            icon=_SIZES[ChangeSize(row.size)][0],
            size=str(_SIZES[ChangeSize(row.size)][1]),
            label=str(_FIELDS.get(row.field, "")),
            old=said(row.old),
            new=said(row.new),
            reason=said(row.reason),
            is_promise=row.size == ChangeSize.PROMISE,
            made_at=row.made_at,
        )
        for row in rows
    ]


def steps_of(invitation: Invitation, reading: Reading) -> list[Step]:
    """What this person gets and what happens, by day."""
    session = invitation.session
    words = {
        PlannedKind.REMINDER: _("One reminder, only if you did not answer yet"),
        PlannedKind.PACK: _("The programme"),
        PlannedKind.FEEDBACK: _("A few questions: how was it for you?"),
        PlannedKind.FEEDBACK_REMINDER: _("One reminder of those questions, only if you did not answer them"),
        PlannedKind.RULES_DUE: _("The exact rules: how it is decided"),
    }
    gone = {PlannedState.MISSED, PlannedState.CANCELLED}
    rows = _PLANNED(session=session.pk)
    steps = [
        Step(_day(row.done_at or row.due_at, session), Words(words[PlannedKind(row.kind)]))
        for row in rows
        if row.kind in words
        and row.state not in gone
        and not (row.kind == PlannedKind.REMINDER and invitation.answer)
    ]
    if invitation.sent_at:
        steps.append(Step(_day(invitation.sent_at, session), Words(_("The invitation"))))
    if session.starts_at and session.date_mode == DateMode.FIXED:
        steps.append(Step(_day(session.starts_at, session), Words(_("The meeting"))))
    if reading.adopts_by:
        who = reading.decider
        decides = _("%(who)s decides, by this day at the latest") % {"who": capfirst(who.text)}
        steps.append(Step(reading.adopts_by, replace(who, text=decides)))
    if reading.report_by:
        report = Words(_("By then you hear what happened with what you told us"))
        steps.append(Step(reading.report_by, report))
    return sorted(steps, key=lambda step: step.on)


def _day(moment: datetime, session: DialogueSession) -> date:
    return moment.astimezone(ZoneInfo(session.timezone)).date()
