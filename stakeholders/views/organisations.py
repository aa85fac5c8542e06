"""Pages of organisations and groups."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, came_from, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from stakeholders.actions.groups import (
    add_group,
    change_group,
    ensure_groups,
    restore_group,
    retire_group,
)
from stakeholders.actions.people import add_organisation, change_organisation
from stakeholders.forms.people import GroupForm, OrganisationForm, SearchForm
from stakeholders.models import Organisation, StakeholderGroup

PER_PAGE = 50


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def organisation_list(request: WorkspaceRequest) -> HttpResponse:
    words = SearchForm(request.GET).cleaned()["q"]
    organisations = Organisation.objects.for_workspace(request.workspace).search(words).with_group()
    page = Paginator(organisations.with_counts().in_order(), PER_PAGE)
    context = {"nav": "people", "page": page.get_page(request.GET.get("page")), "q": words}
    context["may_edit"] = request.membership.may(Permission.EDIT_PEOPLE)
    return TemplateResponse(request, "stakeholders/organisation_list.html", context)


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def organisation_detail(request: WorkspaceRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    context = {
        "nav": "people",
        "organisation": organisation,
        "people": list(organisation.people.active().with_group().in_order()[:500]),
        "may_edit": request.membership.may(Permission.EDIT_PEOPLE),
    }
    return TemplateResponse(request, "stakeholders/organisation_detail.html", context)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def organisation_new(request: WorkspaceRequest) -> HttpResponse:
    form = OrganisationForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        by = Actor.user(request.user)
        try:
            organisation = add_organisation(workspace=request.workspace, by=by, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("%(name)s is in your list.") % {"name": organisation.name})
            return redirect(request.workspace.url("stakeholders:organisation_detail", organisation.pk))
    context = {"nav": "people", "form": form, "pk": None}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "stakeholders/organisation_edit.html", context, status=status)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def organisation_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    organisation = _organisation(request, pk)
    form = OrganisationForm(request.POST or None, instance=organisation, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        try:
            change_organisation(organisation=organisation, by=Actor.user(request.user), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(request.workspace.url("stakeholders:organisation_detail", pk))
    context = {"nav": "people", "form": form, "pk": pk}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "stakeholders/organisation_edit.html", context, status=status)


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def group_list(request: WorkspaceRequest) -> HttpResponse:
    ensure_groups(request.workspace)
    groups = request.workspace.stakeholder_groups.in_order()
    context = {
        "nav": "people",
        "groups": groups.annotate(
            organisation_count=Count("organisations", distinct=True),
            people_count=Count("people", filter=Q(people__archived_at=None), distinct=True),
        ),
        "may_edit": request.membership.may(Permission.EDIT_PEOPLE),
    }
    return TemplateResponse(request, "stakeholders/group_list.html", context)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def group_new(request: WorkspaceRequest) -> HttpResponse:
    back = came_from(request, request.workspace.url("stakeholders:group_list"))
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_group(workspace=request.workspace, by=Actor.user(request.user), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("The group is added."))
            return redirect(back)
    context = {"nav": "people", "form": form, "back": back}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "stakeholders/group_new.html", context, status=status)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def group_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    group = _group(request, pk)
    form = GroupForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        try:
            change_group(group=group, by=Actor.user(request.user), **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(request.workspace.url("stakeholders:group_list"))
    context = {"nav": "people", "form": form, "group": group}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "stakeholders/group_edit.html", context, status=status)


@workspace_page(Permission.EDIT_PEOPLE)
@require_POST
def group_retire(request: WorkspaceRequest, pk: int) -> HttpResponse:
    group, by = _group(request, pk), Actor.user(request.user)
    try:
        if "restore" in request.POST:
            restore_group(group=group, by=by)
            messages.success(request, _("The group is in use again."))
        else:
            retire_group(group=group, by=by)
            messages.success(request, _("The group is out of use. What was said in its name stays."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("stakeholders:group_edit", group.pk))


def _group(request: WorkspaceRequest, pk: int) -> StakeholderGroup:
    return get_object_or_404(StakeholderGroup.objects.for_workspace(request.workspace), pk=pk)


def _organisation(request: WorkspaceRequest, pk: int) -> Organisation:
    organisations = Organisation.objects.for_workspace(request.workspace)
    return get_object_or_404(organisations.with_group(), pk=pk)
