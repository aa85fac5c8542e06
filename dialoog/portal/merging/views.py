"""Pages on which two people become one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.merging.actions import merge_people, refusal_to_merge
from dialoog.portal.merging.doubles import doubles_in
from dialoog.portal.merging.forms import MergeForm
from stakeholders.models import Person

MOST_FOUND = 20


@workspace_page(Permission.EDIT_PEOPLE)
@require_safe
def double_list(request: WorkspaceRequest) -> HttpResponse:
    context = {"nav": "people", "pairs": doubles_in(request.workspace)}
    return TemplateResponse(request, "portal/double_list.html", context)


@workspace_page(Permission.EDIT_PEOPLE)
@require_safe
def person_double(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Who else in the register is this person? The alike are shown, others are found by words."""
    person = _person(request, pk)
    q = request.GET.get("q", "").strip()[:200]
    others = Person.objects.for_workspace(request.workspace).active().exclude(pk=pk).with_group()
    found = others.search(q).in_order()[:MOST_FOUND] if q else _alike(request, person)
    context = {"nav": "people", "person": person, "found": found, "q": q}
    return TemplateResponse(request, "portal/person_double.html", context)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_merge(request: WorkspaceRequest, pk: int, other: int) -> HttpResponse:
    stays, goes = _person(request, pk), _person(request, other)
    form = MergeForm(request.POST or None, stays=stays, goes=goes)
    refusal, status = refusal_to_merge(stays, goes), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                merge_people(stays=stays, goes=goes, fields=form.values(), by=Actor.user(request.user))
            except DomainError as error:
                refusal = str(error)
            else:
                messages.success(request, _("They are one person now. The link of the other one stopped."))
                return redirect(request.workspace.url("stakeholders:person_detail", stays.pk))
    context = {"nav": "people", "stays": stays, "goes": goes, "form": form, "refusal": refusal}
    return TemplateResponse(request, "portal/person_merge.html", context, status=status)


def _alike(request: WorkspaceRequest, person: Person) -> list[Person]:
    pairs = [(pair.first, pair.second) for pair in doubles_in(request.workspace)]
    return [
        one if other.pk == person.pk else other for one, other in pairs if person.pk in (one.pk, other.pk)
    ]


def _person(request: WorkspaceRequest, pk: int) -> Person:
    people = Person.objects.for_workspace(request.workspace).filter(erased_at=None)
    return get_object_or_404(people.select_related("workspace").with_group(), pk=pk)
