"""Feedback on organisers' pages: before it is asked, while people answer, and the figures afterwards."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from feedback.actions.ask import ask
from feedback.actions.questionnaire import (
    close_questionnaire,
    closing_of,
    cluster_labels,
    opening_of,
    prepare_questionnaire,
    save_questionnaire,
)
from feedback.forms.organiser import QuestionnaireForm
from feedback.items import ASKED
from feedback.mails import time_needed
from feedback.models import Moment, Questionnaire
from feedback.people import asked_people
from feedback.telling import results_of
from sessions.models import DialogueSession
from sessions.queries import session_or_404

REMARKS_PER_PAGE = 50


@workspace_page(Permission.SEE)
@require_http_methods(["GET"])
def results(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """One page for the whole life of the questions."""
    session = session_or_404(request.membership, session_pk)
    questionnaire = _questionnaire(session)
    form = None
    if questionnaire is not None and request.membership.may(Permission.REPORT):
        form = QuestionnaireForm(questionnaire=questionnaire) if not questionnaire.is_closed else None
    return _page(request, session, questionnaire, form)


@workspace_page(Permission.REPORT)
@require_POST
def questionnaire_save(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Whom people may talk to, and the groups for the results."""
    session = session_or_404(request.membership, session_pk)
    questionnaire = _prepared(session)
    form = QuestionnaireForm(request.POST, questionnaire=questionnaire)
    if form.is_valid():
        try:
            clusters, by = form.clusters(), Actor.user(request.user)
            save_questionnaire(
                questionnaire=questionnaire, fields=form.cleaned_data, clusters=clusters, by=by
            )
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect(_url(request, session))
    return _page(request, session, questionnaire, form)


@workspace_page(Permission.REPORT)
@require_POST
def questionnaire_open(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Ask now instead of waiting for the planned mail."""
    session = session_or_404(request.membership, session_pk)
    try:
        count = ask(questionnaire=_prepared(session), by=Actor.user(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        asked = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", count)
        messages.success(request, asked % {"count": count})
    return redirect(_url(request, session))


@workspace_page(Permission.REPORT)
@require_POST
def questionnaire_close(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Close before the day that was named, for good."""
    session = session_or_404(request.membership, session_pk)
    try:
        close_questionnaire(questionnaire=_prepared(session), by=Actor.user(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Closed. The answers are being counted; look again in a minute."))
    return redirect(_url(request, session))


def _page(
    request: WorkspaceRequest,
    session: DialogueSession,
    questionnaire: Questionnaire | None,
    form: QuestionnaireForm | None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "session": session,
        "questionnaire": questionnaire,
        "form": form,
        "may_report": request.membership.may(Permission.REPORT),
        "nav": "sessions",
    }
    if questionnaire is None or not questionnaire.is_closed:
        context |= _before(session, questionnaire)
    else:
        shown = results_of(questionnaire)
        context |= {"results": shown, "axis": shown.axis if shown and not shown.is_hidden else None}
        if context["may_report"] and shown is not None:
            remarks = Paginator(questionnaire.remarks.order_by("pk"), REMARKS_PER_PAGE)
            context["remarks"] = remarks.get_page(request.GET.get("page"))
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "feedback/results.html", context, status=status)


def _before(session: DialogueSession, questionnaire: Questionnaire | None) -> dict[str, Any]:
    is_open = questionnaire is not None and questionnaire.is_opened
    return {
        "asked": questionnaire.asked if is_open and questionnaire else asked_people(session).count(),
        "answered": questionnaire.participations.count() if is_open and questionnaire else 0,
        "labels": list(cluster_labels(session).values()) if is_open else [],
        "time_needed": time_needed(len(ASKED)),
        "can_open": session.has_ended and session.is_closed and not is_open,
    }


def _questionnaire(session: DialogueSession) -> Questionnaire | None:
    """The questionnaire of this session; before it is made, one that would be: reading writes nothing."""
    known = Questionnaire.objects.filter(session=session, moment=Moment.AFTER).first()
    if known is None and session.ends_at is not None:
        opens_at = opening_of(session)
        closes_at = closing_of(opens_at, session.timezone)
        known = Questionnaire(session=session, items=ASKED, opens_at=opens_at, closes_at=closes_at)
    elif known is not None:
        known.session = session
    return known


def _prepared(session: DialogueSession) -> Questionnaire:
    if session.ends_at is None:
        raise DomainError(_("Give the meeting a date first."))
    questionnaire = prepare_questionnaire(session=session)
    questionnaire.session = session
    return questionnaire


def _url(request: WorkspaceRequest, session: DialogueSession) -> str:
    return request.workspace.url("feedback:results", session.pk)
