"""Something changes after people were told: in three sizes, or the meeting is called off."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.change import (
    change_programme,
    correct_typo,
    propose_change,
    tell_cancelled,
    tell_now,
    untold_changes,
)
from sessions.actions.plan import StaleSession, cancel_session
from sessions.forms.change import FORMS, CancelForm, ChangeForm, change_initial
from sessions.models import DialogueSession
from sessions.queries import around
from sessions.views.screens import session_of


@workspace_page(Permission.PLAN)
@require_GET
def change_choose(request: WorkspaceRequest, pk: int) -> HttpResponse:
    return _choose(request, session_of(request, pk), CancelForm())


def _choose(request: WorkspaceRequest, session: DialogueSession, form: CancelForm) -> HttpResponse:
    context = {
        **around(session, "change"),
        "untold": untold_changes(session),
        "changes": session.changes.order_by("-made_at", "-pk")[:20],
        "cancel_form": form,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/change_choose.html", context, status=status)


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def change_edit(request: WorkspaceRequest, pk: int, size: str) -> HttpResponse:
    session = session_of(request, pk)
    if size not in FORMS:
        raise Http404
    form: Any = FORMS[size](request.POST or None, initial=change_initial(session), session=session)
    if request.method == "POST" and form.is_valid():
        try:
            _apply(size, form, session, request)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            if isinstance(error, StaleSession):
                form.data = {**form.data.dict(), "version": str(_fresh_version(session))}
        else:
            return redirect(request.workspace.url("sessions:change_choose", session.pk))
    context = {**around(session, "change"), "form": form, "size": size}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "sessions/change_edit.html", context, status=status)


@workspace_page(Permission.INVITE)
@require_POST
def change_tell(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    try:
        tell_now(session=session, by=request.user)
        messages.success(request, _("Everybody gets a mail about it now."))
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("sessions:change_choose", session.pk))


@workspace_page(Permission.INVITE)
@require_POST
def session_cancel(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            # both or neither: nobody may travel to a meeting that is off without having been told
            with transaction.atomic():
                cancel_session(session=session, by=request.user)
                tell_cancelled(session=session, by=request.user, reason=form.cleaned_data["reason"])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The meeting is called off. Everybody who was invited hears it."))
    session.refresh_from_db(fields=["status"])
    if not session.is_closed:
        return _choose(request, session, form)
    # of two clicks the second finds it done
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return redirect(request.workspace.url("portal:session_detail", session.pk))


def _apply(size: str, form: ChangeForm, session: DialogueSession, request: WorkspaceRequest) -> None:
    version, values, by = form.cleaned_data["version"], form.values(), request.user
    translated = form.translated()
    if size == "typo":
        correct_typo(session=session, fields=values, by=by, version=version, translated=translated)
        messages.success(request, _("Corrected. The old text stays visible on the page; no mail goes out."))
        return
    reason = form.cleaned_data["reason"]
    if size == "programme":
        change_programme(
            session=session, fields=values, by=by, version=version, reason=reason, translated=translated
        )
        messages.success(request, _("Changed. People read it in the next planned mail."))
        return
    propose_change(
        session=session, fields=values, by=by, version=version, reason=reason, translated=translated
    )
    messages.success(request, _("Everybody gets the change by mail, and says whether it is clear."))


def _fresh_version(session: DialogueSession) -> int:
    session.refresh_from_db()
    return session.version
