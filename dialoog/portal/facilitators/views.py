"""The page of one facilitator's meetings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission, Role
from dialoog.portal.facilitators.actions import assign_sessions
from dialoog.portal.facilitators.forms import MeetingsForm
from sessions.models import DialogueSession


@workspace_page(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def facilitator_meetings(request: WorkspaceRequest, pk: int) -> HttpResponse:
    facilitators = request.workspace.memberships.select_related("user").filter(role=Role.FACILITATOR)
    membership = get_object_or_404(facilitators, pk=pk)
    sessions = DialogueSession.objects.for_workspace(request.workspace).order_by("-starts_at", "-pk")
    chosen = sessions.filter(assignments__user=membership.user)
    posted = request.POST if request.method == "POST" else None
    form = MeetingsForm(posted, sessions=sessions, initial={"sessions": list(chosen)})
    if form.is_valid():
        try:
            assign_sessions(membership=membership, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meetings of %(name)s are saved.") % {"name": membership.user})
            return redirect(request.workspace.url("workspaces:member_list"))
    context = {"form": form, "membership": membership, "any": sessions.exists()}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "workspaces/facilitator_meetings.html", context, status=status)
