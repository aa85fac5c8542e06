"""The seven screens from a list of names to sent invitations; here the first three: the promise."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.models import User
from dialoog.kernel.workspaces.policy import Permission
from sessions.actions.change import propose_change
from sessions.actions.plan import (
    PROMISE,
    keep_draft,
    plan_session,
    save_meeting,
    save_procedure,
    save_promise,
    suggested_answer_by,
    suggested_report_by,
    take_over,
)
from sessions.forms.decision import (
    DecisionForm,
    decision_initial,
    procedure_of,
    ready_procedure,
    untitled,
)
from sessions.forms.meeting import MeetingForm, meeting_initial
from sessions.forms.promise import PromiseForm, said
from sessions.models import BriefingKind, Decides, DialogueSession, Influence, Method
from sessions.reading import Reading
from sessions.telling import live
from sessions.views.screens import SCREENS, Screen, number_of, refused, screen_url, session_of
from sessions.wording import (
    after_sentence,
    decided_sentence,
    decider,
    influence_sentence,
    procedure_paragraphs,
    report_sentence,
    rule_paragraphs,
)

MAX_DRAFT = 200_000


@workspace_page(Permission.PLAN)
@require_POST
def session_new(request: WorkspaceRequest) -> HttpResponse:
    session = plan_session(workspace=request.workspace, by=request.user)
    return redirect(screen_url(request, session, "meeting"))


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def invite_meeting(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    screen = Screen(request, session, "meeting", MeetingForm, meeting_initial(session))
    if request.method == "POST" and screen.form.is_valid():
        data = screen.form.cleaned_data
        if not data["answer_by"] and data["starts_at"]:
            starts_on = timezone.localtime(data["starts_at"]).date()
            data["answer_by"] = suggested_answer_by(
                starts_on, clock.today(session.timezone), session.workspace.is_day_off
            )
        try:
            save_meeting(
                session=session,
                fields=data,
                by=request.user,
                version=data["version"],
                options=data["options"],
            )
        except DomainError as error:
            refused(screen, error)
        else:
            return screen.on()
    return screen.show(earlier=_earlier(session))


@workspace_page(Permission.PLAN)
@require_POST
def meeting_preview(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """The day we propose for the answers, from the date that stands in the form; nothing is kept."""
    form = MeetingForm(request.POST, session=session_of(request, pk))
    return TemplateResponse(request, "sessions/meeting_preview.html", {"form": form})


@workspace_page(Permission.PLAN)
@require_POST
def session_take_over(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    earlier = _earlier(session)
    if earlier is None:
        raise Http404
    take_over(session=session, earlier=earlier, by=request.user)
    return redirect(screen_url(request, session, "meeting"))


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def invite_promise(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    initial = {name: getattr(session, name) for name in PROMISE}
    if not session.report_by and session.starts_at:
        starts_on = timezone.localtime(session.starts_at).date()
        initial["report_by"] = suggested_report_by(starts_on, session.workspace.is_day_off)
    screen = Screen(request, session, "promise", PromiseForm, initial)
    if request.method == "POST" and screen.form.is_valid():
        data = screen.form.cleaned_data
        try:
            save_promise(session=session, fields=data, by=request.user, version=data["version"])
        except DomainError as error:
            refused(screen, error)
        else:
            return screen.on()
    return screen.show(reading=_reading(session), **_promised(said(session, screen.form)))


@workspace_page(Permission.PLAN)
@require_POST
def promise_preview(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """Who decides and when, in the words of what stands in the form at this moment; nothing is kept."""
    session = session_of(request, pk)
    form = PromiseForm(request.POST, session=session)
    context = {"report_hint": form.report_hint(), **_promised(said(session, form))}
    return TemplateResponse(request, "sessions/promise_preview.html", context)


@workspace_page(Permission.PLAN)
@require_http_methods(["GET", "POST"])
def invite_decision(request: WorkspaceRequest, pk: int) -> HttpResponse:
    session = session_of(request, pk)
    if session.decides not in {Decides.ADVICE, Decides.YES}:
        if not session.decides:
            messages.info(request, _("Say first whether anything is decided that day."))
        return redirect(screen_url(request, session, "people" if session.decides else "promise"))
    screen = Screen(request, session, "decision", DecisionForm, decision_initial(session))
    if request.method == "POST" and screen.form.is_valid():
        data = dict(screen.form.cleaned_data)
        version = data.pop("version")
        try:
            if session.is_sent:
                _settle_rules(session, data, request.user, version)
                return redirect(request.workspace.url("portal:session_detail", session.pk))
            save_procedure(session=session, fields=data, by=request.user, version=version)
        except DomainError as error:
            refused(screen, error)
        else:
            return screen.on()
    method = str(screen.form["method"].value() or "")
    chosen = ready_procedure(session, Method(method)) if method in Method.values else None
    return screen.show(paragraphs=procedure_paragraphs(session, chosen), after=after_sentence(session))


@workspace_page(Permission.PLAN)
@require_POST
def decision_preview(request: WorkspaceRequest, pk: int) -> HttpResponse:
    """How is decided, in the words of what stands in the form at this moment; nothing is kept."""
    session = session_of(request, pk)
    form = DecisionForm(request.POST, session=session)
    procedure = procedure_of(session, form)
    if procedure is None:
        return HttpResponse(status=204)
    advisers = form.cleaned_data.get("advisory_groups", ())
    context = {
        "method": procedure.method,
        "numbers": form.numbers(),
        "rules": untitled(procedure.method, rule_paragraphs(session, procedure, advisers)),
        "paragraphs": procedure_paragraphs(session, procedure, advisers),
    }
    return TemplateResponse(request, "sessions/decision_preview.html", context)


@workspace_page(Permission.PLAN)
@require_POST
def draft_keep(request: WorkspaceRequest, pk: int, screen: str) -> HttpResponse:
    """Autosave: raw input of one screen, for its writer alone."""
    session = session_of(request, pk)
    if screen not in SCREENS:
        raise Http404
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    version = number_of(request.POST.get("version", ""))
    if not version or sum(len(v) for values in fields.values() for v in values) > MAX_DRAFT:
        return JsonResponse({}, status=422)
    if version < session.version:
        return JsonResponse({}, status=409)
    draft = keep_draft(
        session=session, user=request.user, screen=screen, fields=_clean(fields), version=version
    )
    return JsonResponse({"saved_at": draft.saved_at.isoformat()})


def _promised(session: DialogueSession) -> dict[str, Any]:
    """The sentences with the name of who decides and when people hear back, as guests read them."""
    says = [(str(level), influence_sentence(level, decider(session))) for level in Influence]
    return {
        "says": says,
        "decided": decided_sentence(session),
        "report": report_sentence(session.report_by),
        "who": decider(session),
    }


def _settle_rules(session: DialogueSession, data: dict[str, Any], by: User, version: int) -> None:
    """After sending, rules go to everybody as a change of the promise, asked about anew (T22, T53)."""
    reason = _("These are the rules we promised you.")
    propose_change(session=session, fields={}, procedure=data, by=by, version=version, reason=reason)


def _clean(fields: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [value.replace("\x00", "") for value in values] for name, values in fields.items()}


def _reading(session: DialogueSession) -> Reading:
    return live(session, session.language, kind=BriefingKind.INVITATION)


def _earlier(session: DialogueSession) -> DialogueSession | None:
    """The latest session of the workspace with groups to take over; none once this one has its own."""
    if session.groups.exists() or not session.is_draft:
        return None
    since = clock.now() - timedelta(days=3 * 365)
    return (
        DialogueSession.objects.for_workspace(session.workspace)
        .filter(groups__isnull=False, created_at__gt=since)
        .exclude(pk=session.pk)
        .distinct()
        .order_by("-created_at")
        .first()
    )
