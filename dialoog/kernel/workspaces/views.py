"""Pages of a workspace's settings and of joining one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.actions import (
    accept_invitation,
    change_role,
    find_invitation,
    invitation_token,
    invite_member,
    remove_member,
)
from dialoog.kernel.workspaces.forms import AcceptForm, MemberForm, ProfileForm, RoleForm, WorkspaceForm
from dialoog.kernel.workspaces.models import MemberInvitation
from dialoog.kernel.workspaces.policy import Permission, Role

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@workspace_page(Permission.SETTINGS)
@require_http_methods(["GET", "POST"])
def workspace_edit(request: WorkspaceRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST or None, instance=request.workspace)
    if request.method == "POST" and form.is_valid():
        form.save()
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
            _mail_invitation(invitation)
            messages.success(
                request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
            )
            return redirect(request.workspace.url("workspaces:member_list"))
    context = {
        "form": form,
        "roles": Role.choices,
        "memberships": request.workspace.memberships.select_related("user").order_by("user__name", "pk"),
        "invitations": request.workspace.member_invitations.filter(
            accepted_at=None, withdrawn_at=None
        ).order_by("-created_at"),
    }
    return TemplateResponse(
        request, "workspaces/member_list.html", context, status=422 if form.errors else 200
    )


@workspace_page(Permission.SETTINGS)
@require_POST
def member_change(request: WorkspaceRequest, pk: int) -> HttpResponse:
    membership = get_object_or_404(request.workspace.memberships.select_related("workspace"), pk=pk)
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            remove_member(membership=membership)
        elif form.is_valid():
            change_role(membership=membership, role=Role(form.cleaned_data["role"]))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("workspaces:member_list"))


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        form.save()
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Your profile is saved."))
        return redirect("profile")
    return TemplateResponse(
        request, "workspaces/profile.html", {"form": form}, status=422 if form.errors else 200
    )


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = find_invitation(token)
    if invitation is None:
        return TemplateResponse(request, "workspaces/invitation_gone.html", status=410)
    form = AcceptForm(request.POST or None, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_invitation(invitation=invitation, **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            login(request, user, backend=BACKEND)
            return redirect("/")
    context = {"form": form, "invitation": invitation}
    return TemplateResponse(
        request, "workspaces/invitation_accept.html", context, status=422 if form.errors else 200
    )


def _mail_invitation(invitation: MemberInvitation) -> None:
    """Mailed at once and not through the outbox: it concerns sign-in, as a code does."""
    with translation.override(invitation.workspace.language):
        link = settings.BASE_URL + reverse("invitation_accept", args=[invitation_token(invitation)])
        context = {"invitation": invitation, "link": link}
        subject = _("Work with us in %(workspace)s") % {"workspace": invitation.workspace.name}
        body = render_to_string("emails/member_invitation.txt", context)
    EmailMessage(subject, body, to=[invitation.email]).send()
