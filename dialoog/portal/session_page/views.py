"""The page of a meeting, and the page on which one finding is put off or aside."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.forms import DialoogForm
from dialoog.kernel.workspaces.access import WorkspaceRequest, came_from, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.session_page.checks import WholeFacts, findings
from dialoog.portal.session_page.forms import AsideForm, LaterForm
from dialoog.portal.session_page.page import SessionPage
from sessions.actions.readiness import bring_back, put_aside, put_off
from sessions.models import DialogueSession
from sessions.queries import session_or_404
from sessions.readiness.finding import Finding

A_WEEK = timedelta(days=7)


@workspace_page(Permission.SEE)
@require_safe
def session_detail(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_or_404(request.membership, pk)
    page = SessionPage(WholeFacts.whole(session), request.membership)
    context = {"nav": "sessions", "page": page, "session": session, "findings": page.findings}
    return TemplateResponse(request, "portal/session_detail.html", context)


@workspace_page(Permission.PLAN)
@require_safe
def finding_detail(request: WorkspaceRequest, pk: int, check: str) -> HttpResponse:
    session, finding = _load(request, pk, check)
    return _show(request, session, finding, _later_form(session), AsideForm())


@workspace_page(Permission.PLAN)
@require_POST
def finding_later(request: WorkspaceRequest, pk: int, check: str) -> HttpResponse:
    session, finding = _load(request, pk, check)
    form = LaterForm(request.POST)
    if _did(put_off, request, session, finding, form):
        return redirect(_back(request, pk))
    return _show(request, session, finding, form, AsideForm())


@workspace_page(Permission.PLAN)
@require_POST
def finding_aside(request: WorkspaceRequest, pk: int, check: str) -> HttpResponse:
    session, finding = _load(request, pk, check)
    form = AsideForm(request.POST)
    if _did(put_aside, request, session, finding, form):
        return redirect(_back(request, pk))
    return _show(request, session, finding, _later_form(session), form)


@workspace_page(Permission.PLAN)
@require_POST
def finding_return(request: WorkspaceRequest, pk: int, check: str) -> HttpResponse:
    session = session_or_404(request.membership, pk)
    bring_back(session=session, check_id=check, by=request.user)
    messages.success(request, _("This point is open again."))
    return redirect(_back(request, pk))


def _load(request: WorkspaceRequest, pk: int, check: str) -> tuple[DialogueSession, Finding]:
    """A finding that stands, and may wait."""
    session = session_or_404(request.membership, pk)
    finding = findings(WholeFacts.whole(session)).find(check)
    if finding is None or finding.blocks:
        raise Http404
    return session, finding


def _did(
    act: Callable[..., object],
    request: WorkspaceRequest,
    session: DialogueSession,
    finding: Finding,
    form: DialoogForm,
) -> bool:
    """Act on a valid form; a refusal lands in the form."""
    if not form.is_valid():
        return False
    try:
        act(session=session, finding=finding, by=request.user, **form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field, str(error))
        return False
    messages.success(request, _("This point waits. You find it under “Reminders, and what is not needed”."))
    return True


def _show(
    request: WorkspaceRequest, session: DialogueSession, finding: Finding, later: LaterForm, aside: AsideForm
) -> HttpResponse:
    row = session.set_asides.filter(check_id=finding.id).first()
    context = {
        "nav": "sessions",
        "session": session,
        "finding": finding,
        "row": row,
        "later": later,
        "aside": aside,
        "back": _back(request, session.pk),
    }
    status = 422 if later.errors or aside.errors else 200
    return TemplateResponse(request, "portal/finding_detail.html", context, status=status)


def _later_form(session: DialogueSession) -> LaterForm:
    return LaterForm(initial={"until": clock.today(session.timezone) + A_WEEK})


def _back(request: WorkspaceRequest, pk: int) -> str:
    return came_from(request, request.workspace.url("portal:session_detail", pk))
