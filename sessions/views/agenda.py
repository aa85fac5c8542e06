"""The programme: its parts with computed clock times, who talks for how long, and the rules of conduct."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui import dates
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.agenda import (
    move_item,
    ready_rules,
    remove_item,
    save_conduct,
    save_item,
    start_programme,
)
from sessions.actions.plan import StaleSession
from sessions.engine.programme import RULE_OF_THUMB, day_ends, share_of
from sessions.engine.timetable import Slot, overlaps, timetable
from sessions.forms.agenda import AgendaItemForm, ConductForm, days_of
from sessions.models import AgendaItem, DialogueSession, Form, WishKind
from sessions.queries import around, session_or_404
from sessions.views.screens import number_of


@dataclass(frozen=True)
class Line:
    """One part as the editor shows it."""

    item: AgendaItem
    start: str
    end: str
    first: bool
    last: bool


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def agenda_edit(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    rules = ready_rules(session) if "ready" in request.GET else session.rules
    initial = {"rules": rules, "facilitator": session.facilitator, "version": session.version}
    form = ConductForm(request.POST or None, initial=initial)
    conflicts: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            save_conduct(session=session, **form.cleaned_data, by=request.user)
        except StaleSession as error:
            conflicts = _conflict(form, error, session, session)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The rules of conduct are saved."))
            return _back(request, session, "#conduct")
    context = {**around(session, "agenda"), **_programme(session), "form": form, "conflicts": conflicts}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/agenda_edit.html", context, status=status)


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def agenda_item_new(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    initial = {"version": session.version, "form": Form.TABLES}
    form = AgendaItemForm(request.POST or None, session=session, initial=initial)
    return _save(request, session, form, None)


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def agenda_item_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    item = get_object_or_404(session.agenda, pk=pk)
    names = ("title", "form", "minutes", "day", "fixed_start", "lead", "note")
    initial = {"version": session.version, **{name: getattr(item, name) for name in names}}
    form = AgendaItemForm(request.POST or None, session=session, initial=initial)
    return _save(request, session, form, item)


@workspace_page(Permission.PLAN)
@require_POST
def agenda_item_move(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    item = get_object_or_404(session.agenda, pk=pk)
    item.session = session
    try:
        moved = move_item(
            item=item,
            up=request.POST.get("to") == "up",
            seen=number_of(request.POST.get("seen", "")),
            by=request.user,
        )
    except DomainError as error:
        messages.error(request, str(error))
    else:
        if not moved:
            messages.info(request, _("This part stands somewhere else by now."))
    return _back(request, session, f"#part-{pk}")


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def agenda_item_delete(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    item = get_object_or_404(session.agenda.annotate(asked_by=Count("wishes")), pk=pk)
    item.session = session
    if request.method == "POST":
        try:
            remove_item(item=item, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The part is off the programme."))
        return _back(request, session)
    context = {**around(session, "agenda"), "item": item}
    return TemplateResponse(request, "sessions/agenda_item_delete.html", context)


@workspace_page(Permission.PLAN)
@require_POST
def agenda_start(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    try:
        start_programme(session=session, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("A first programme stands ready. Change what does not fit."))
    return _back(request, session)


def _save(
    request: WorkspaceRequest, session: DialogueSession, form: AgendaItemForm, item: AgendaItem | None
) -> HttpResponse:
    conflicts: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        version, fields = form.cleaned_data["version"], form.fields_of_item()
        try:
            saved = save_item(session=session, fields=fields, by=request.user, version=version, item=item)
        except StaleSession as error:
            conflicts = _conflict(form, error, session, item)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return _back(request, session, f"#part-{saved.pk}")
    context = {**around(session, "agenda"), "form": form, "item": item, "conflicts": conflicts}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/agenda_item_form.html", context, status=status)


def _conflict(
    form: Any, error: DomainError, session: DialogueSession, stored: DialogueSession | AgendaItem | None
) -> list[tuple[str, str]]:
    """What is stored now beside what was typed, where they differ; saving once more keeps what was typed."""
    session.refresh_from_db()
    if stored is not None:
        stored.refresh_from_db()
    form.add_error(None, str(error))
    form.data = form.data.copy()
    form.data["version"] = str(session.version)
    texts = [] if stored is None else [n for n in form.fields if isinstance(getattr(stored, n, None), str)]
    pairs = [(str(form[name].label), str(getattr(stored, name)), form[name].value()) for name in texts]
    return [(label, text) for label, text, typed in pairs if text and text != typed]


def _programme(session: DialogueSession) -> dict[str, Any]:
    """Everything computed from the parts: times, warnings in words, the share of talking."""
    items = list(session.agenda.annotate(asked_by=Count("wishes")).order_by("day", "position"))
    slots = [Slot(item.day, item.minutes, item.fixed_start) for item in items]
    begin = _begin(session)
    starts = timetable(slots, begin)
    share = share_of([(item.form, item.minutes) for item in items])
    names = dict(days_of(session))
    lines: dict[int, list[Line]] = {}
    for n, (item, start) in enumerate(zip(items, starts, strict=True)):
        first = n == 0 or items[n - 1].day != item.day
        last = n + 1 == len(items) or items[n + 1].day != item.day
        end = _clock(start.hour * 60 + start.minute + item.minutes)
        lines.setdefault(item.day, []).append(Line(item, dates.clock(start), end, first, last))
    open_wishes = session.wishes.filter(kind=WishKind.AGENDA, agenda_item=None, response="")
    return {
        "days": [
            (names.get(day, _("Day %(number)d") % {"number": day}), parts) for day, parts in lines.items()
        ],
        "many_days": len(names) > 1 or len(lines) > 1,
        "warnings": [*_overlaps(items, slots, begin), *_ending(session, slots, begin)],
        "share": share,
        "rule": RULE_OF_THUMB.get(session.influence),
        "keeps_rule": share.keeps_rule(session.influence),
        "open_wishes": open_wishes.select_related("invitation__group").order_by("pk")[:5],
    }


def _overlaps(items: Sequence[AgendaItem], slots: list[Slot], begin: time) -> list[str]:
    starts = timetable(slots, begin)
    sentences = []
    for index in overlaps(slots, begin):
        before, start = items[index - 1], starts[index - 1]
        words = {
            "part": items[index].title,
            "start": dates.clock(starts[index]),
            "before": before.title,
            "end": _clock(start.hour * 60 + start.minute + before.minutes),
        }
        sentences.append(_("“%(part)s” starts at %(start)s, but “%(before)s” takes until %(end)s.") % words)
    return sentences


def _ending(session: DialogueSession, slots: list[Slot], begin: time) -> list[str]:
    """Whether the last day runs past the end of the meeting, or leaves more than a quarter of an hour."""
    if not slots or not session.ends_at:
        return []
    last = max(number for number, _name in days_of(session))
    end = day_ends(slots, begin).get(last)
    if end is None:
        return []
    closing = time.fromisoformat(dates.clock(session.ends_at, session.timezone))
    over = end - (closing.hour * 60 + closing.minute)
    words: dict[str, Any] = {"end": _clock(end), "closing": dates.clock(closing)}
    if over > 0:
        words["count"] = over
        return [
            ngettext(
                "The programme ends at %(end)s, %(count)d minute after the meeting (%(closing)s).",
                "The programme ends at %(end)s, %(count)d minutes after the meeting (%(closing)s).",
                over,
            )
            % words
        ]
    if over < -15:
        return [_("The programme ends at %(end)s; the meeting lasts until %(closing)s.") % words]
    return []


def _begin(session: DialogueSession) -> time:
    if not session.starts_at:
        return time(9, 0)
    return time.fromisoformat(dates.clock(session.starts_at, session.timezone))


def _clock(minutes: int) -> str:
    return dates.clock(time(minutes // 60 % 24, minutes % 60))


def _back(request: WorkspaceRequest, session: DialogueSession, anchor: str = "") -> HttpResponse:
    return redirect(request.workspace.url("sessions:agenda_edit", session.pk) + anchor)
