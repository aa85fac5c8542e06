"""Pages of people."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.prepared import Prepared
from dialoog.kernel.workspaces.access import WorkspaceRequest, came_from, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from stakeholders.actions.access import renew_access, revoke_access
from stakeholders.actions.groups import ensure_groups
from stakeholders.actions.people import (
    add_person,
    archive_person,
    change_languages,
    change_person,
    restore_person,
)
from stakeholders.exports import people_csv
from stakeholders.forms.people import LanguagesForm, PersonForm, SearchForm
from stakeholders.languages import LANGUAGES, language_name
from stakeholders.models import Channel, Person
from stakeholders.models.people import PersonQuerySet

PER_PAGE = 50


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def person_list(request: WorkspaceRequest) -> HttpResponse:
    chosen = SearchForm(request.GET).cleaned()
    page = Paginator(_people(request, chosen).with_group().in_order(), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "nav": "people",
        "page": page,
        "chosen": chosen,
        "is_narrowed": any(chosen.values()),
        "groups": ensure_groups(request.workspace),
        "channels": Channel.choices,
        "may_edit": request.membership.may(Permission.EDIT_PEOPLE),
        "languages": LANGUAGES,
    }
    return TemplateResponse(request, "stakeholders/person_list.html", context)


@workspace_page(Permission.EDIT_PEOPLE)
@require_POST
def person_languages(request: WorkspaceRequest) -> HttpResponse:
    """Several people at once are told in another language from now on."""
    form = LanguagesForm(request.POST, workspace=request.workspace)
    if form.is_valid():
        people = Person.objects.for_workspace(request.workspace).filter(pk__in=form.cleaned_data["person"])
        code = form.cleaned_data["language"]
        count = change_languages(people=people, language=code, by=Actor.user(request.user))
        sentence = ngettext(
            "%(count)d person reads another language now: %(language)s.",
            "%(count)d people read another language now: %(language)s.",
            count,
        )
        messages.success(request, sentence % {"count": count, "language": language_name(code)})
    else:
        messages.error(request, str(next(iter(form.errors.values()))[0]))
    return redirect(came_from(request, request.workspace.url("stakeholders:person_list")))


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def person_export(request: WorkspaceRequest) -> HttpResponse:
    people = _people(request, SearchForm(request.GET).cleaned()).with_group().in_order()
    response = HttpResponse(people_csv(people), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="people.csv"'
    return response


@workspace_page(Permission.SEE_PEOPLE)
@require_safe
def person_detail(request: WorkspaceRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    context = {
        "nav": "people",
        "person": person,
        "group": person.speaks_for(),
        "language": language_name(person.language),
        "link": person.link_owner().links.standing().first(),
        "reaches": _REACHED(person=person.pk),
        "may_edit": request.membership.may(Permission.EDIT_PEOPLE),
    }
    return TemplateResponse(request, "stakeholders/person_detail.html", context)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_new(request: WorkspaceRequest) -> HttpResponse:
    form = PersonForm(request.POST or None, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(workspace=request.workspace, by=Actor.user(request.user), **form.cleaned_data)
        except DomainError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("%(name)s is in your list.") % {"name": person.name})
            return redirect(request.workspace.url("stakeholders:person_detail", person.pk))
    return _edit_page(request, form, None)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_edit(request: WorkspaceRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    form = PersonForm(request.POST or None, instance=person, workspace=request.workspace)
    if request.method == "POST" and form.is_valid():
        try:
            change_person(person=person, by=Actor.user(request.user), **form.cleaned_data)
        except DomainError as error:
            _refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            page = request.workspace.url("stakeholders:person_detail", person.pk)
            return redirect(came_from(request, page))
    return _edit_page(request, form, pk)


@workspace_page(Permission.EDIT_PEOPLE)
@require_POST
def person_archive(request: WorkspaceRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    try:
        if "restore" in request.POST:
            restore_person(person=person, by=Actor.user(request.user))
            messages.success(request, _("This person is back in your list."))
        else:
            archive_person(person=person, by=Actor.user(request.user))
            messages.success(request, _("This person is in the archive. The personal link no longer works."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("stakeholders:person_detail", person.pk))


@workspace_page(Permission.EDIT_PEOPLE)
@require_POST
def person_link(request: WorkspaceRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    try:
        if "revoke" in request.POST:
            revoke_access(person=person, by=Actor.user(request.user))
            messages.success(request, _("The personal link no longer works."))
        else:
            renew_access(person=person, by=Actor.user(request.user))
            messages.success(request, _("There is a new link. The old one no longer works."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("stakeholders:person_detail", person.pk))


_ONE = Prepared(
    lambda workspace, pk: Person.objects.filter(workspace_id=workspace, erased_at=None, pk=pk).with_group()
)
_REACHED = Prepared(
    lambda person: Person.objects.filter(intermediary_id=person).active().with_group().in_order()
)


def _people(request: WorkspaceRequest, chosen: dict[str, Any]) -> PersonQuerySet:
    people = Person.objects.for_workspace(request.workspace).search(chosen["q"])
    people = people.archived() if chosen["archived"] else people.active()
    if chosen["channel"]:
        people = people.filter(channel=chosen["channel"])
    if chosen["group"] == "none":
        return people.without_group()
    group = chosen["group"].isdecimal() and request.workspace.stakeholder_groups.filter(
        pk=min(int(chosen["group"]), 2**62)
    )
    found = group.first() if group else None
    return people.in_group(found) if found else people


def _person(request: WorkspaceRequest, pk: int) -> Person:
    found = _ONE(workspace=request.workspace.pk, pk=pk)
    if not found:
        raise Http404
    return found[0]


def _refuse(form: PersonForm, error: DomainError) -> None:
    field = "through" if error.field == "intermediary" else error.field
    form.add_error(field, str(error))


def _edit_page(request: WorkspaceRequest, form: PersonForm, pk: int | None) -> HttpResponse:
    context = {"nav": "people", "form": form, "pk": pk}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "stakeholders/person_edit.html", context, status=status)
