"""The page on which a draft is deleted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.drafts import delete_draft, refusal_to_delete
from sessions.views.screens import session_of


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def session_delete(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    refusal, status = refusal_to_delete(session), 200
    if request.method == "POST":
        try:
            delete_draft(session=session, by=request.user)
        except DomainError as error:
            refusal, status = str(error), 422
        else:
            messages.success(request, _("The draft is deleted. The people are still in your list."))
            return redirect(request.workspace.url("sessions:session_list"))
    context = {
        "nav": "sessions",
        "session": session,
        "refusal": refusal,
        "count": session.invitations.count(),
    }
    return TemplateResponse(request, "sessions/session_delete.html", context, status=status)
