"""What the organiser wrote, side by side with its translation, one text at a time."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.translate import save_translation
from sessions.content import TRANSLATABLE, source_digest
from sessions.forms.translations import TranslationForm
from sessions.models import DialogueSession
from sessions.queries import around, languages_needed, session_or_404


@dataclass(frozen=True)
class Twin:
    """One text and its translation; `state` is missing, stale or done."""

    name: str
    label: str
    source: str
    state: str
    form: TranslationForm


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def translation_edit(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    session = session_or_404(request.membership, session_pk)
    bound = TranslationForm(request.POST) if request.method == "POST" else None
    if bound is not None and bound.is_valid():
        given = bound.cleaned_data
        try:
            save_translation(
                session=session,
                field=given["field"],
                language=given["language"],
                text=given["text"],
                source_digest=given["seen"],
                by=request.user,
            )
        except DomainError as error:
            bound.add_error(None, str(error))
        else:
            messages.success(request, _("The translation is saved."))
            page = request.workspace.url("sessions:translation_edit", session.pk)
            return redirect(f"{page}#{given['language']}-{given['field']}")
    context = {**around(session, "translations"), "languages": _languages(session, bound), "bound": bound}
    status = 422 if bound is not None and bound.errors else 200
    return TemplateResponse(request, "sessions/translation_edit.html", context, status=status)


def _languages(session: DialogueSession, bound: TranslationForm | None) -> list[tuple[str, list[Twin]]]:
    """Per language that is needed, every text there is; what was just refused keeps what was typed."""
    stored = {(row.language, row.field): row for row in session.texts.all()}
    refused = (bound.data.get("language"), bound.data.get("field")) if bound else None
    pages = []
    for code in languages_needed(session):
        twins = []
        for name in TRANSLATABLE:
            source = str(getattr(session, name)).strip()
            if not source:
                continue
            row, digest = stored.get((code, name)), source_digest(source)
            state = "missing" if row is None else "done" if row.source_digest == digest else "stale"
            initial = {"field": name, "language": code, "seen": digest, "text": row.text if row else ""}
            fresh = TranslationForm(initial=initial, auto_id=f"{code}-{name}-%s")
            form = bound if bound is not None and refused == (code, name) else fresh
            label = str(getattr(session._meta.get_field(name), "verbose_name", name))
            twins.append(Twin(name, label, source, state, form))
        pages.append((code, twins))
    return pages
