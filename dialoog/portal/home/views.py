"""Home, and the way to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.models import User
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.home.desk import Desk


@require_safe
def workspace_choice(request: HttpRequest) -> HttpResponse:
    """To the only workspace at once; with several, or none, a page that says so."""
    assert isinstance(request.user, User)
    workspaces = list(request.user.workspaces.order_by("is_demo", "name", "pk"))
    if len(workspaces) == 1:
        return redirect(workspaces[0].url("portal:home"))
    return TemplateResponse(request, "portal/workspace_choice.html", {"workspaces": workspaces})


@workspace_page(Permission.SEE)
@require_safe
def home(request: WorkspaceRequest) -> HttpResponse:
    desk = Desk(user=request.user, membership=request.membership)
    context = {"nav": "home", "desk": desk, "may_plan": desk.may(Permission.PLAN)}
    return TemplateResponse(request, "portal/home.html", context)
