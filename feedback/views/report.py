"""The report back on organisers' pages: written with the mail beside it, sent, read, corrected."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from feedback.actions.answers import sort_remarks
from feedback.actions.report import (
    FIELDS,
    answer_correction,
    require_reportable,
    save_report,
    send_report,
    start_report,
    suggested_decided,
    suggested_moment,
    take_back_report,
)
from feedback.forms.organiser import CorrectionAnswerForm, ReportForm, SendForm
from feedback.lines import decided_line, input_line, kept_line, now_line
from feedback.models import Correction, Questionnaire, Report, ReportStatus
from feedback.people import told_people
from feedback.reading import Wished, read
from feedback.telling import freeze, own_inputs, own_wishes, results_of, with_standing
from feedback.translations import report_standings
from feedback.views.guest import pdf_response
from sessions.actions.conclude import concluding_hints, respond_to_contributions, word_for_word
from sessions.models import Contribution, DialogueSession
from sessions.queries import session_or_404
from sessions.reach import Receiver, receiver
from sessions.views.commitments import commitment_row


@workspace_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def report_edit(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Write the report. What was sent is read on its own page, and corrected from there."""
    session = session_or_404(request.membership, session_pk)
    report = _current(session)
    correcting = "correct" in request.GET or request.method == "POST"
    if not report.is_draft or (report.pk is None and report.version > 1 and not correcting):
        return redirect(request.workspace.url("feedback:report_detail", session.pk))
    form = _form(request, report)
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, session, form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        else:
            name = "feedback:report_send" if "on" in request.POST else "feedback:report_edit"
            return redirect(request.workspace.url(name, session.pk))
    return _edit_page(request, report, form)


@workspace_page(Permission.REPORT)
@require_http_methods(["GET", "POST"])
def report_send(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Look once more and let it go, now or on a morning."""
    session = session_or_404(request.membership, session_pk)
    report = get_object_or_404(Report, session=session, status=ReportStatus.DRAFT)
    report.session = session
    initial = {"when": "planned", "day": suggested_moment(session).date()}
    form = SendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            moment = form.moment(session.timezone)
            send_report(report=report, by=Actor.user(request.user), planned_for=moment)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The report is ready to go out."))
            return redirect(request.workspace.url("feedback:report_detail", session.pk))
    context = {"form": form, "stops": _stops(report), "may_try": True, **_looks(request, report)}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "feedback/report_send.html", context, status=status)


@workspace_page(Permission.SEE)
@require_http_methods(["GET"])
def report_detail(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """The report as it is planned or was sent, and what people said was not right about it."""
    return _detail(request, session_or_404(request.membership, session_pk))


def _detail(
    request: WorkspaceRequest,
    session: DialogueSession,
    refused: CorrectionAnswerForm | None = None,
    pk: int = 0,
) -> HttpResponse:
    """The page, with an answer to correction `pk` that could not be taken as it was typed."""
    report = session.reports.exclude(status=ReportStatus.DRAFT).order_by("-version").first()
    may_report = request.membership.may(Permission.REPORT)
    if report is None and may_report:
        return redirect(request.workspace.url("feedback:report_edit", session.pk))
    language = translation.get_language() or "en"
    context: dict[str, Any] = {
        "session": session,
        "report": report,
        "nav": "sessions",
        "may_report": may_report,
    }
    if report is not None:
        told = read(report.content or {}, language)
        context["reading"] = with_standing(told, session, clock.today(session.timezone))
        context["told"] = _channels([receiver(row) for row in told_people(session)])
    if may_report:
        rows = Correction.objects.filter(report__session=session).select_related("invitation__person")
        context["corrections"] = list(rows.order_by("handled_at", "said_at", "pk"))
    context |= {"refused": refused, "refused_pk": pk}
    status = 422 if refused is not None else 200
    return TemplateResponse(request, "feedback/report_detail.html", context, status=status)


@workspace_page(Permission.REPORT)
@require_POST
def report_take_back(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Not yet."""
    session = session_or_404(request.membership, session_pk)
    report = get_object_or_404(Report, session=session, status=ReportStatus.PLANNED)
    try:
        take_back_report(report=report, by=Actor.user(request.user))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. Nobody got it."))
    return redirect(request.workspace.url("feedback:report_edit", session.pk))


@workspace_page(Permission.SEE)
@require_http_methods(["GET"])
def report_pdf(request: WorkspaceRequest, session_pk: int, version: int) -> HttpResponse:
    """The PDF of a version, in the reader's language."""
    session = session_or_404(request.membership, session_pk)
    report = get_object_or_404(Report, session=session, version=version)
    return pdf_response(report.pk, translation.get_language() or "en")


@workspace_page(Permission.REPORT)
@require_POST
def correction_answer(request: WorkspaceRequest, session_pk: int, pk: int) -> HttpResponse:
    """Answer somebody who said that something is not right."""
    session = session_or_404(request.membership, session_pk)
    correction = get_object_or_404(Correction, report__session=session, pk=pk)
    form = CorrectionAnswerForm(request.POST)
    if not form.is_valid():
        return _detail(request, session, form, correction.pk)
    answer_correction(correction=correction, **form.cleaned_data, by=Actor.user(request.user))
    messages.success(request, _("They read your answer on their page."))
    return redirect(request.workspace.url("feedback:report_detail", session.pk) + "#corrections")


def _current(session: DialogueSession) -> Report:
    """The report being written; before the first save one that would be, so that reading writes nothing."""
    report = session.reports.waiting().first()
    if report is None:
        last = session.reports.order_by("-version").first()
        report = Report(session=session, version=last.version + 1 if last else 1)
        for name in FIELDS if last else ():
            if name not in {"late_reason", "changed"}:
                setattr(report, name, getattr(last, name))
        report.decided = report.decided or suggested_decided(session)
    report.session = session
    return report


def _form(request: WorkspaceRequest, report: Report) -> ReportForm:
    session = report.session
    initial = {name: getattr(report, name) for name in FIELDS}
    initial["names_kept"] = {True: "yes", False: "no", None: ""}[report.names_kept]
    today = clock.today(session.timezone)
    return ReportForm(
        request.POST if request.method == "POST" else None,
        report=report,
        contributions=list(_contributions(session)),
        is_late=session.report_by is not None and today > session.report_by,
        initial=initial,
    )


def _contributions(session: DialogueSession) -> Any:
    rows = Contribution.objects.filter(session=session).order_by("position", "pk")
    return rows.annotate(said_by=Count("people", distinct=True) + Count("wishes", distinct=True))


@transaction.atomic
def _save(request: WorkspaceRequest, session: DialogueSession, form: ReportForm) -> None:
    by = Actor.user(request.user)
    report = start_report(session=session, by=by)
    save_report(report=report, fields=form.cleaned_data, by=by)
    respond_to_contributions(session=session, responses=form.responses(), by=by)
    if "quotes" in form.fields:
        questionnaire = Questionnaire.objects.get(session=session, counted_at__isnull=False)
        sort_remarks(questionnaire=questionnaire, quoted=form.cleaned_data["quotes"])


def _edit_page(request: WorkspaceRequest, report: Report, form: ReportForm) -> HttpResponse:
    session = report.session
    commitments = session.commitments.with_changes().order_by("number")
    questionnaire = Questionnaire.objects.filter(session=session).select_related("session").first()
    shown = results_of(questionnaire)
    days_left = (session.report_by - clock.today(session.timezone)).days if session.report_by else None
    context = {
        "form": form,
        "commitments": [commitment_row(row, session) for row in commitments],
        "outcomes": session.outcomes.order_by("position", "pk"),
        "answered": sum(bool(row.response) for row in form.contributions),
        "results": shown,
        "axis": shown.axis if shown and not shown.is_hidden else None,
        "questionnaire": questionnaire,
        "days_left": days_left,
        "hints": concluding_hints(session),
        "word_for_word": word_for_word(session),
        **_looks(request, report),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "feedback/report_edit.html", context, status=status)


def _looks(request: WorkspaceRequest, report: Report) -> dict[str, Any]:
    """The mail as one person gets it, and how everybody is reached."""
    session = report.session
    people = [receiver(row) for row in told_people(session)]
    own = own_inputs(session)
    chosen = request.GET.get("to", "")
    likely = sorted(people, key=lambda each: (not own.get(each.invitation.pk), each.invitation.pk))
    shown = next((each for each in likely if str(each.invitation.pk) == chosen), next(iter(likely), None))
    context: dict[str, Any] = {
        "session": session,
        "report": report,
        "people": likely,
        "shown": shown,
        "told": _channels(people),
        "standings": report_standings(session),
        "nav": "sessions",
    }
    if shown is not None:
        wishes = own_wishes(session, invitation=shown.invitation).get(shown.invitation.pk, [])
        context |= _letter(report, shown, own.get(shown.invitation.pk, []), wishes)
    return context


def _letter(report: Report, shown: Receiver, own_ids: list[int], wishes: list[Wished]) -> dict[str, Any]:
    today = clock.today(report.session.timezone)
    with translation.override(shown.language):
        reading = read(freeze(report, today), shown.language, own_ids, wishes)
        return {
            "reading": reading,
            "decided_line": decided_line(reading),
            "input_line": input_line(reading, is_protected=shown.invitation.person.is_protected),
            "kept_line": kept_line(reading),
            "now_line": now_line(reading),
        }


def _stops(report: Report) -> str:
    """Why it cannot go out yet, in one sentence; "" when it can."""
    try:
        require_reportable(report, clock.today(report.session.timezone))
    except DomainError as error:
        return str(error)
    return ""


def _channels(people: list[Receiver]) -> dict[str, int]:
    counts = {"all": len(people)}
    for each in people:
        counts[each.channel] = counts.get(each.channel, 0) + 1
    return counts
