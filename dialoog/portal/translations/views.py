"""What the organiser wrote, side by side with its translation, and the draft of what is being typed."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from dialoog.portal.translations.forms import TranslationsForm
from feedback.translations import sources_of_report
from sessions.actions.plan import draft_of, drop_draft, keep_draft
from sessions.actions.translate import save_translations
from sessions.models import DialogueSession
from sessions.queries import around, readers_of, session_or_404
from sessions.translations import needed_by, sources_of, translations_of

SCREEN = "translations"
MOST = 200_000


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def translation_edit(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    form = _form(request, session)
    if request.method == "POST" and form.is_valid():
        try:
            count = _save(request, session, form)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            words = ngettext("%(count)d text is saved.", "%(count)d texts are saved.", count)
            messages.success(request, words % {"count": count} if count else _("Nothing was changed."))
            return redirect(request.workspace.url("portal:translation_edit", session.pk))
    draft = draft_of(session, request.user, SCREEN)
    context = {
        **around(session, "translations"),
        "form": form,
        "languages": form.languages(),
        "saved_at": timezone.localtime(draft.saved_at) if draft else None,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "portal/translation_edit.html", context, status=status)


@workspace_page(Permission.PLAN)
@require_POST
def translation_keep(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Autosave: raw input for its writer alone, until it is saved."""
    session = session_or_404(request.membership, session_pk)
    known = {*_form(request, session).fields}
    fields = {
        name: [value.replace("\x00", "") for value in values]
        for name, values in request.POST.lists()
        if name in known
    }
    if sum(len(value) for values in fields.values() for value in values) > MOST:
        return JsonResponse({}, status=422)
    draft = keep_draft(
        session=session, user=request.user, screen=SCREEN, fields=fields, version=session.version
    )
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


def _form(request: WorkspaceRequest, session: DialogueSession) -> TranslationsForm:
    sources = [*sources_of(session), *sources_of_report(session)]
    draft = draft_of(session, request.user, SCREEN)
    typed: dict[str, Any] = draft.fields if draft else {}
    return TranslationsForm(
        request.POST if request.method == "POST" else None,
        wanted=[(them, needed_by(sources, them)) for them in readers_of(session)],
        stored=translations_of(session),
        typed={name: values[-1] for name, values in typed.items() if values},
    )


@transaction.atomic
def _save(request: WorkspaceRequest, session: DialogueSession, form: TranslationsForm) -> int:
    count = 0
    for them, _sources in form.wanted:
        texts = form.translated(them.language)
        if texts:
            count += save_translations(session=session, language=them.language, texts=texts, by=request.user)
    drop_draft(session=session, user=request.user, screen=SCREEN)
    return count
