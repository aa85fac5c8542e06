"""Pages of a workspace's settings."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.members import mails
from dialoog.kernel.members.actions import (
    change_role,
    invite_member,
    remove_member,
    renew_invitation,
    save_workspace,
    withdraw_invitation,
)
from dialoog.kernel.members.forms import MemberForm, RoleForm, WorkspaceForm
from dialoog.kernel.members.second_step import ask_reset
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.models import MemberInvitation, Membership, Workspace
from dialoog.kernel.workspaces.policy import Permission, Role


@workspace_page(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def workspace_edit(request: WorkspaceRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST or None, initial=WorkspaceForm.values_of(request.workspace))
    if request.method == "POST" and form.is_valid():
        save_workspace(workspace=request.workspace, fields=form.cleaned_data, by=request.user)
        messages.success(request, _("The workspace is saved."))
        return redirect(request.workspace.url("workspaces:workspace_edit"))
    status = 422 if form.errors else 200
    return TemplateResponse(request, "workspaces/workspace_edit.html", {"form": form}, status=status)


@workspace_page(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def member_list(request: WorkspaceRequest) -> HttpResponse:
    form = MemberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = invite_member(workspace=request.workspace, by=request.user, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            _mail(request, invitation)
            return redirect(request.workspace.url("workspaces:member_list"))
    context = {
        "form": form,
        "roles": Role.choices,
        "memberships": _listed(request.workspace),
        "invitations": request.workspace.member_invitations.open().order_by("-created_at"),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "workspaces/member_list.html", context, status=status)


@workspace_page(Permission.SETTINGS)
@require_POST
def member_change(request: WorkspaceRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(request.workspace.memberships.select_related("user"), pk=pk)
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            remove_member(membership=membership, by=request.user)
            messages.success(request, _("%(name)s is no member any more.") % {"name": membership.user})
        elif "reset" in request.POST:
            token = ask_reset(membership=membership, by=request.user)
            mails.reset_asked(membership=membership, by=request.user, token=token)
            messages.success(request, _mailed_to(membership.user.email))
        elif form.is_valid():
            change_role(membership=membership, role=Role(form.cleaned_data["role"]), by=request.user)
            messages.success(request, _("The role of %(name)s is saved.") % {"name": membership.user})
    except DomainError as error:
        messages.error(request, str(error))
    may_stay = request.workspace.memberships.filter(user=request.user, role=Role.OWNER).exists()
    return redirect(request.workspace.url("workspaces:member_list") if may_stay else "/")


@workspace_page(Permission.SETTINGS)
@require_POST
def invitation_change(request: WorkspaceRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(request.workspace.member_invitations.select_related("workspace"), pk=pk)
    try:
        if "withdraw" in request.POST:
            withdraw_invitation(invitation=invitation, by=request.user)
            messages.success(request, _("The invitation is withdrawn; its link no longer works."))
        else:
            _mail(request, renew_invitation(invitation=invitation, by=request.user))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("workspaces:member_list"))


def _listed(workspace: Workspace) -> QuerySet[Membership]:
    keys = Authenticator.objects.filter(user=OuterRef("user"))
    rows = workspace.memberships.select_related("user").annotate(has_second_step=Exists(keys))
    return rows.order_by("user__name", "pk")


def _mail(request: WorkspaceRequest, invitation: MemberInvitation) -> None:
    mails.member_invitation(invitation)
    messages.success(request, _mailed_to(invitation.email))


def _mailed_to(email: str) -> str:
    if settings.EMBEDDED:
        said = _("This machine sends no mail: the link for %(email)s stands where Dialoog was started.")
    else:
        said = _("A mail is on its way to %(email)s.")
    return said % {"email": email}
