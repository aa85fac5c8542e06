"""All meetings: what comes, what still has to be told, what was begun, what was."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.past import enter_past_meeting
from sessions.forms.past import PastMeetingForm
from sessions.models import Answer, DialogueSession, Status
from sessions.models.session import SessionQuerySet
from sessions.queries import visible_sessions

_PAGE = 30


@dataclass(frozen=True)
class Series:
    """A dialogue with two meetings or more, in their order in time."""

    name: str
    sessions: list[DialogueSession]


@workspace_page(Permission.SEE)
@require_safe
def session_list(request: WorkspaceRequest) -> HttpResponse:
    search = request.GET.get("q", "").strip()
    everything = list(_counted(visible_sessions(request.membership)))
    found = [session for session in everything if _matches(session, search)]
    sections = _sections(found)
    context = {
        "nav": "sessions",
        "search": search,
        "any": bool(everything),
        "found": bool(found),
        "may_plan": request.membership.may(Permission.PLAN),
        **sections,
        "past": Paginator(sections["past"], _PAGE).get_page(request.GET.get("page")),
        "series": [] if search else _series(everything),
    }
    return TemplateResponse(request, "sessions/session_list.html", context)


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def session_new_held(request: WorkspaceRequest) -> HttpResponse:
    form = PastMeetingForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        people = given.pop("people")
        try:
            enter_past_meeting(workspace=request.workspace, fields=given, people=people, by=request.user)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The meeting is entered, marked as held without an invitation from here.")
            )
            return redirect(request.workspace.url("sessions:session_list"))
    context = {"nav": "sessions", "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/session_new_held.html", context, status=status)


def _counted(sessions: SessionQuerySet) -> SessionQuerySet:
    standing = Q(invitations__withdrawn_at=None)
    coming = standing & Q(invitations__answer__in=[Answer.YES, Answer.PARTLY])
    return sessions.select_related("dialogue").annotate(
        invited=Count("invitations", filter=standing & Q(invitations__replaced_by=None)),
        coming=Count("invitations", filter=coming),
    )


def _matches(session: DialogueSession, search: str) -> bool:
    text = f"{session} {session.place} {session.goal} {session.dialogue.title}".casefold()
    return all(word in text for word in search.casefold().split())


def _sections(sessions: Iterable[DialogueSession]) -> dict[str, list[DialogueSession]]:
    sections: dict[str, list[DialogueSession]] = {
        name: [] for name in ("upcoming", "to_report", "drafts", "past", "cancelled")
    }
    for session in sessions:
        sections[_section(session)].append(session)
    for name, rows in sections.items():
        rows.sort(key=_moment, reverse=name in {"past", "cancelled"})
    sections["drafts"].sort(key=lambda session: session.created_at, reverse=True)
    return sections


def _section(session: DialogueSession) -> str:
    if session.status == Status.DRAFT:
        return "drafts"
    if session.status == Status.CANCELLED:
        return "cancelled"
    if session.status == Status.REPORTED:
        return "past"
    return "to_report" if session.status == Status.HELD or session.has_ended else "upcoming"


def _series(sessions: Iterable[DialogueSession]) -> list[Series]:
    """Dialogues that show themselves because they have two meetings or more (journeys.md, d)."""
    by_dialogue: dict[Any, list[DialogueSession]] = defaultdict(list)
    for session in sessions:
        if session.status != Status.CANCELLED:
            by_dialogue[session.dialogue].append(session)
    found = []
    for dialogue, rows in by_dialogue.items():
        rows.sort(key=_moment)
        if len(rows) > 1:
            found.append(Series(dialogue.title or str(rows[0]), rows))
    return sorted(found, key=lambda series: series.name.casefold())


def _moment(session: DialogueSession) -> tuple[bool, float, int]:
    """By start; what has no date yet comes last."""
    moment = session.starts_at
    return moment is None, moment.timestamp() if moment else 0.0, session.pk
