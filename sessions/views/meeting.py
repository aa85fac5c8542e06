"""The fifth step: who was there, what came of it, what was put forward, who promised what."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions import conclude
from sessions.actions.hold import hold_session, save_attendance
from sessions.forms.held import AttendanceForm, ContributionForm, MergeForm, OutcomeForm
from sessions.models import DialogueSession, Invitation, Outcome, Status
from sessions.queries import answer_rows, is_replaced, session_or_404
from sessions.views.commitments import commitment_row


@workspace_page(Permission.RECORD)
@require_http_methods(["GET"])
def meeting_detail(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """The whole step on one page."""
    session = session_or_404(request.membership, session_pk)
    form = AttendanceForm(session=session, rows=_attendees(session), may_see_people=_may_see(request))
    return _page(request, session, form)


@workspace_page(Permission.RECORD)
@require_POST
def attendance_save(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Who was there, for all at once; with “held” it says so too."""
    session = session_or_404(request.membership, session_pk)
    rows = _attendees(session)
    form = AttendanceForm(request.POST, session=session, rows=rows, may_see_people=_may_see(request))
    by = Actor.user(request.user)
    if form.is_valid():
        try:
            save_attendance(
                session=session, attendance=form.attendance(), note=form.cleaned_data["note"], by=by
            )
            if "held" in request.POST and session.status == Status.INVITING:
                hold_session(session=session, by=by)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is written down who was there."))
            return redirect(_url(request, session))
    return _page(request, session, form)


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def outcome_new(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """One result more."""
    return _outcome(request, session_or_404(request.membership, session_pk), None)


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def outcome_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Change a result, or take it out."""
    session = session_or_404(request.membership, session_pk)
    outcome = get_object_or_404(session.outcomes, pk=pk)
    if "remove" in request.POST:
        conclude.remove_outcome(outcome=outcome, by=Actor.user(request.user))
        return redirect(_url(request, session, "outcomes"))
    return _outcome(request, session, outcome)


@workspace_page(Permission.RECORD)
@require_POST
def outcome_move(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """One place up or down."""
    session = session_or_404(request.membership, session_pk)
    outcome = get_object_or_404(session.outcomes, pk=pk)
    conclude.move_outcome(outcome=outcome, up="up" in request.POST, by=Actor.user(request.user))
    return redirect(_url(request, session, "outcomes"))


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def contribution_new(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Something that was put forward."""
    return _contribution(request, session_or_404(request.membership, session_pk), None)


@workspace_page(Permission.RECORD)
@require_http_methods(["GET", "POST"])
def contribution_edit(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Change what was put forward, or take it out."""
    session = session_or_404(request.membership, session_pk)
    contribution = get_object_or_404(session.contributions, pk=pk)
    if "remove" in request.POST:
        conclude.remove_contribution(contribution=contribution, by=Actor.user(request.user))
        return redirect(_url(request, session, "contributions"))
    return _contribution(request, session, contribution)


@workspace_page(Permission.SEE_PEOPLE)
@require_POST
def contributions_take_over(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """What people asked for beforehand becomes something to answer."""
    session = session_or_404(request.membership, session_pk)
    made = conclude.contributions_from_wishes(session=session, by=Actor.user(request.user))
    taken = ngettext("%(count)d is taken over.", "%(count)d are taken over.", made) % {"count": made}
    messages.success(request, taken)
    return redirect(_url(request, session, "contributions"))


@workspace_page(Permission.RECORD)
@require_POST
def contributions_merge(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Make one of those ticked."""
    session = session_or_404(request.membership, session_pk)
    form = MergeForm(request.POST, session=session)
    if form.is_valid():
        chosen, text = list(form.cleaned_data["chosen"]), form.cleaned_data["text"]
        try:
            conclude.merge_contributions(contributions=chosen, text=text, by=Actor.user(request.user))
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("They are one now."))
            return redirect(_url(request, session, "contributions"))
    attendance = AttendanceForm(session=session, rows=_attendees(session), may_see_people=_may_see(request))
    return _page(request, session, attendance, merge=form)


def _outcome(request: WorkspaceRequest, session: DialogueSession, outcome: Outcome | None) -> HttpResponse:
    form = OutcomeForm(request.POST or None, outcome=outcome)
    if request.method == "POST" and form.is_valid():
        try:
            conclude.save_outcome(
                session=session, outcome=outcome, **form.cleaned_data, by=Actor.user(request.user)
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            return redirect(_url(request, session, "outcomes"))
    status = 422 if form.errors else 200
    context = {"session": session, "form": form, "outcome": outcome, "nav": "sessions"}
    return TemplateResponse(request, "sessions/outcome_edit.html", context, status=status)


def _contribution(request: WorkspaceRequest, session: DialogueSession, contribution: Any) -> HttpResponse:
    may_see = _may_see(request)
    form = ContributionForm(
        request.POST or None, session=session, contribution=contribution, may_see_people=may_see
    )
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        if contribution is not None and not may_see:
            values |= {"people": contribution.people.all(), "wishes": contribution.wishes.all()}
        conclude.save_contribution(
            session=session, contribution=contribution, **values, by=Actor.user(request.user)
        )
        return redirect(_url(request, session, "contributions"))
    status = 422 if form.errors else 200
    context = {"session": session, "form": form, "contribution": contribution, "nav": "sessions"}
    return TemplateResponse(request, "sessions/meeting_contribution.html", context, status=status)


def _page(
    request: WorkspaceRequest, session: DialogueSession, form: AttendanceForm, merge: MergeForm | None = None
) -> HttpResponse:
    contributions = session.contributions.annotate(
        said_by=Count("people", distinct=True) + Count("wishes", distinct=True)
    )
    commitments = session.commitments.with_changes().order_by("number")
    context = {
        "session": session,
        "form": form,
        "merge": merge,
        "ticked": merge.ticked() if merge else [],
        "outcomes": session.outcomes.order_by("position", "pk"),
        "contributions": contributions.order_by("position", "pk"),
        "commitments": [commitment_row(row, session) for row in commitments],
        "wishes": conclude.wishes_to_take_over(session).count(),
        "recognisable": conclude.recognisable_wishes(session).count(),
        "word_for_word": conclude.word_for_word(session),
        "hints": conclude.concluding_hints(session) if session.has_ended else [],
        "may_see_people": _may_see(request),
        "may_report": request.membership.may(Permission.REPORT),
        "has_started": session.has_started and session.status != Status.CANCELLED,
        "is_held": session.status in {Status.HELD, Status.REPORTED},
        "nav": "sessions",
    }
    status = 422 if form.errors or merge is not None else 200
    return TemplateResponse(request, "sessions/meeting_detail.html", context, status=status)


def _may_see(request: WorkspaceRequest) -> bool:
    return request.membership.may(Permission.SEE_PEOPLE)


def _attendees(session: DialogueSession) -> list[Invitation]:
    return [row for row in answer_rows(session) if not is_replaced(row)]


def _url(request: WorkspaceRequest, session: DialogueSession, part: str = "") -> str:
    return request.workspace.url("sessions:meeting_detail", session.pk) + (f"#{part}" if part else "")
