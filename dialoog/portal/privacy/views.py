"""The page on which an organiser erases somebody, and sees when it happens by itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.privacy.actions import erase_everywhere
from sessions.queries import person_kept_until
from stakeholders.models import Person


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_erase(request: WorkspaceRequest, pk: int) -> HttpResponse:
    people = Person.objects.for_workspace(request.workspace).filter(erased_at=None)
    person = get_object_or_404(people.select_related("workspace"), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            erase_everywhere(person=person, by=Actor.user(request.user))
        except DomainError as error:
            refusal = str(error)
        else:
            messages.success(request, _("This person is erased."))
            return redirect(request.workspace.url("stakeholders:person_list"))
    context = {"nav": "people", "person": person, "by_itself": person_kept_until(person), "refusal": refusal}
    return TemplateResponse(request, "portal/person_erase.html", context, status=422 if refusal else 200)
