"""Load and check in one step: a page of a workspace cannot be reached without asking for a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse

from dialoog.kernel.workspaces.models import Membership, User, Workspace
from dialoog.kernel.workspaces.policy import Permission


class WorkspaceRequest(HttpRequest):
    """A request of a signed-in member; `workspace_page` has proved the fields below."""

    user: User
    workspace: Workspace
    membership: Membership


View = Callable[..., HttpResponse]


def workspace_page(permission: Permission) -> Callable[[View], View]:
    """Answer 404 to strangers of the workspace named in the address, 403 to members without `permission`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Any, workspace: str, *args: object, **kwargs: object) -> HttpResponse:
            elsewhere = Membership.objects.filter(user=request.user.pk).exclude(pk=OuterRef("pk"))
            membership = (
                Membership.objects.select_related("workspace")
                .filter(workspace__slug=workspace, user=request.user.pk)
                .annotate(has_others=Exists(elsewhere))
                .first()
            )
            if membership is None:
                raise Http404
            if not membership.may(permission):
                raise PermissionDenied
            membership.user = request.user
            request.membership = membership
            request.workspace = membership.workspace
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate
