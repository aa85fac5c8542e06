"""Commitments: all of a workspace, due first; made, moved, done or not kept."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions import follow_up
from sessions.forms.commitments import CommitmentForm, DoneForm, DropForm, MoveForm
from sessions.models import Commitment, CommitmentStatus, DialogueSession
from sessions.queries import session_or_404, visible_sessions


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment with where it stands, in words; `kind` is a kind of status pill."""

    commitment: Commitment
    kind: str
    word: str
    shape: str

    @property
    def has_moved(self) -> bool:
        return self.commitment.due_on != self.commitment.first_due_on


def commitment_row(commitment: Commitment, session: DialogueSession) -> CommitmentRow:
    """Where a commitment stands today. Reads `owner__group`."""
    kind, word = _standing(commitment, clock.today(session.timezone))
    owner = commitment.owner
    return CommitmentRow(commitment, kind, word, owner.group.shape if owner and owner.group else "")


@workspace_page(Permission.SEE)
@require_http_methods(["GET"])
def commitment_list(request: WorkspaceRequest) -> HttpResponse:
    """What was promised at any meeting: running ones by their day, then the finished ones."""
    rows = Commitment.objects.filter(session__in=visible_sessions(request.membership))
    rows = rows.select_related("session__dialogue", "owner__group").order_by("due_on", "pk")
    listed = [commitment_row(row, row.session) for row in rows]
    running = [row for row in listed if row.commitment.status == CommitmentStatus.RUNNING]
    context = {
        "late": [row for row in running if row.kind == "stop"],
        "running": [row for row in running if row.kind != "stop"],
        "finished": [row for row in reversed(listed) if row.commitment.status != CommitmentStatus.RUNNING],
        "may_record": request.membership.may(Permission.RECORD),
        "nav": "commitments",
    }
    return TemplateResponse(request, "sessions/commitment_list.html", context)


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def commitment_new(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Somebody promises something."""
    session = session_or_404(request.membership, session_pk)
    form = CommitmentForm(request.POST or None, session=session)
    if request.method == "POST" and form.is_valid():
        try:
            follow_up.make_commitment(session=session, **form.cleaned_data, by=Actor.user(request.user))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(request.workspace.url("sessions:meeting_detail", session.pk) + "#commitments")
    context = {"session": session, "form": form, "nav": "sessions"}
    return TemplateResponse(
        request, "sessions/commitment_new.html", context, status=422 if form.errors else 200
    )


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def commitment_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Another date, done, not kept; and, as long as nobody was told, other words."""
    session = session_or_404(request.membership, session_pk)
    commitment = get_object_or_404(session.commitments.select_related("owner__group"), pk=pk)
    what = next((name for name in _CHANGES if name in request.POST), "")
    built = _forms(request, session, commitment, what)
    form = built.get(what)
    if form is not None and form.is_valid():
        try:
            _CHANGES[what](commitment, form, Actor.user(request.user))
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            messages.success(request, _("The commitment is changed."))
            return redirect(request.workspace.url("sessions:commitment_list"))
    context = {
        "session": session,
        "row": commitment_row(commitment, session),
        "is_told": follow_up.is_told(session),
        "is_running": commitment.status == CommitmentStatus.RUNNING,
        "nav": "commitments",
        **{f"{name}_form": each for name, each in built.items()},
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "sessions/commitment_edit.html", context, status=status)


def _forms(
    request: WorkspaceRequest, session: DialogueSession, commitment: Commitment, what: str
) -> dict[str, forms.Form]:
    def data(name: str) -> object:
        return request.POST if name == what else None

    today = clock.today(session.timezone)
    built: dict[str, forms.Form] = {
        "move": MoveForm(data("move"), prefix="move", initial={"due_on": commitment.due_on}),
        "done": DoneForm(data("done"), prefix="done", initial={"done_on": today}),
        "drop": DropForm(data("drop"), prefix="drop"),
    }
    if not follow_up.is_told(session):
        built["change"] = CommitmentForm(data("change"), session=session, commitment=commitment)
    return built


def _change(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    values = dict(form.cleaned_data)
    due_on = values.pop("due_on")
    follow_up.change_commitment(commitment=commitment, **values, by=by)
    follow_up.move_commitment(commitment=commitment, due_on=due_on, reason="", by=by)


def _move(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    follow_up.move_commitment(commitment=commitment, **form.cleaned_data, by=by)


def _done(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    follow_up.complete_commitment(commitment=commitment, **form.cleaned_data, by=by)


def _drop(commitment: Commitment, form: forms.Form, by: Actor) -> None:
    follow_up.drop_commitment(commitment=commitment, **form.cleaned_data, by=by)


_CHANGES: dict[str, Callable[[Commitment, forms.Form, Actor], None]] = {
    "change": _change,
    "move": _move,
    "done": _done,
    "drop": _drop,
}


def _standing(commitment: Commitment, today: date) -> tuple[str, str]:
    if commitment.status == CommitmentStatus.DONE:
        return "done", pgettext("commitment", "Done")
    if commitment.status == CommitmentStatus.DROPPED:
        return "stop", _("Not kept")
    days = (commitment.due_on - today).days
    if days < 0:
        late = ngettext("%(count)d day late", "%(count)d days late", -days)
        return "stop", late % {"count": -days}
    if days == 0:
        return "busy", _("Due today")
    left = ngettext("%(count)d day left", "%(count)d days left", days)
    return "busy", left % {"count": days}
