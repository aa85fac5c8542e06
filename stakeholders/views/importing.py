"""A list of people: read, looked at, added."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from stakeholders.actions.importing import confirm_draft, correct_draft, keep_draft
from stakeholders.forms.importing import ListForm
from stakeholders.models import ImportDraft
from stakeholders.preview import columns_sentence, import_preview, updated_sentence


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_import(request: WorkspaceRequest) -> HttpResponse:
    sent = int(request.META.get("CONTENT_LENGTH") or 0)
    is_post = request.method == "POST"
    form = ListForm(request.POST if is_post else None, request.FILES if is_post else None, sent=sent)
    if is_post and form.is_valid():
        draft = keep_draft(workspace=request.workspace, user=request.user, table=form.table)
        return redirect(request.workspace.url("stakeholders:person_import_preview", draft.pk))
    context = {"nav": "people", "form": form}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "stakeholders/person_import.html", context, status=status)


@workspace_page(Permission.EDIT_PEOPLE)
@require_http_methods(["GET", "POST"])
def person_import_preview(request: WorkspaceRequest, pk: int) -> HttpResponse:
    draft = _draft(request, pk)
    if draft is None:
        messages.info(request, _("This list has been added already, or it was kept longer than a week."))
        return redirect(request.workspace.url("stakeholders:person_list"))
    preview, status = import_preview(draft, request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and preview.is_valid:
        draft = correct_draft(draft=draft, columns=preview.form.choice(), said=preview.said)
        if "confirm" not in request.POST:
            return redirect(request.path)
        if not preview.has_other_columns:
            return _confirm(request, draft)
        messages.warning(request, columns_sentence())
        return redirect(request.path)
    if request.method == "POST":
        status = 422
    context = {"nav": "people", "preview": preview}
    return TemplateResponse(request, "stakeholders/person_import_preview.html", context, status=status)


def _draft(request: WorkspaceRequest, pk: int) -> ImportDraft | None:
    """The list somebody is looking at themselves. A number of somebody else's is a 404, a used one None."""
    mine = ImportDraft.objects.filter(workspace=request.workspace, by=request.user)
    draft = mine.select_related("workspace").filter(pk=pk).first()
    if draft is None and ImportDraft.objects.filter(pk=pk).exists():
        get_object_or_404(mine, pk=pk)
    return draft


def _confirm(request: WorkspaceRequest, draft: ImportDraft) -> HttpResponse:
    updates = import_preview(draft).judgement.updates
    try:
        people = confirm_draft(draft=draft, by=Actor.user(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        sentence = ngettext(
            "%(count)s person of this list is in your list now.",
            "%(count)s people of this list are in your list now.",
            len(people),
        )
        told = (sentence % {"count": len(people)}, updated_sentence(updates))
        messages.success(request, " ".join(filter(None, told)))
    return redirect(request.workspace.url("stakeholders:person_list"))
