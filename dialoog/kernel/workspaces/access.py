"""Load and check in one step: a page of a workspace cannot be reached without asking for a permission."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from dialoog.kernel.prepared import Prepared
from dialoog.kernel.workspaces import last_used
from dialoog.kernel.workspaces.models import Membership, User, Workspace
from dialoog.kernel.workspaces.policy import Permission


class WorkspaceRequest(HttpRequest):
    """A request of a signed-in member; `workspace_page` has proved the fields below."""

    user: User
    workspace: Workspace
    membership: Membership


# every page of a workspace asks this first
_MEMBERSHIPS = Prepared(
    lambda slug, user: (
        Membership.objects.select_related("workspace")
        .filter(workspace__slug=slug, user_id=user)
        .annotate(has_others=Exists(Membership.objects.filter(user_id=user).exclude(pk=OuterRef("pk"))))
    )
)
View = Callable[..., HttpResponse]


def workspace_page(permission: Permission) -> Callable[[View], View]:
    """Answer 404 to strangers of the workspace named in the address, 403 to members without `permission`."""

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: Any, workspace: str, *args: object, **kwargs: object) -> HttpResponse:
            membership = next(iter(_MEMBERSHIPS(slug=workspace, user=request.user.pk)), None)
            if membership is None:
                raise Http404
            if not membership.may(permission):
                raise PermissionDenied
            membership.user = request.user
            request.membership = membership
            request.workspace = membership.workspace
            return last_used.remember(view(request, *args, **kwargs), request, workspace)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return decorate


def came_from(request: WorkspaceRequest, otherwise: str) -> str:
    """Where a page leads back to: the address in `next`, of this site only, else `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if url_has_allowed_host_and_scheme(asked, allowed_hosts=None) else otherwise
