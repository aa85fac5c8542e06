"""The report to oneself, and the letters with the report for who is reached by post."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.access import WorkspaceRequest, workspace_page
from dialoog.kernel.workspaces.policy import Permission
from feedback.actions.letters import letters_of, mark_printed, report_letters
from feedback.actions.trial import report_to_myself
from feedback.models import Report, ReportStatus
from feedback.people import told_people
from sessions import file_names
from sessions.queries import session_or_404
from sessions.views.screens import number_of


@workspace_page(Permission.REPORT)
@require_POST
def report_trial(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Mail and PDF to oneself, as the person chosen gets them."""
    session = session_or_404(request.membership, session_pk)
    report = get_object_or_404(Report, session=session, status=ReportStatus.DRAFT)
    report.session = session
    chosen = get_object_or_404(told_people(session), pk=number_of(request.POST.get("to", "")) or 0)
    chosen.session = session
    try:
        report_to_myself(report=report, invitation=chosen, by=request.user)
        messages.success(request, _("A copy is on its way to %(email)s.") % {"email": request.user.email})
    except DomainError as error:
        messages.error(request, str(error))
    return redirect(request.workspace.url("feedback:report_send", session.pk) + f"?to={chosen.pk}")


@workspace_page(Permission.REPORT)
@require_GET
def report_letter_list(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """Who gets the report by post, and what was printed."""
    session = session_or_404(request.membership, session_pk)
    context = {"session": session, "copies": list(report_letters(session)), "nav": "sessions"}
    return TemplateResponse(request, "feedback/report_letter_list.html", context)


@workspace_page(Permission.REPORT)
@require_POST
def report_letter_print(request: WorkspaceRequest, session_pk: int) -> HttpResponse:
    """One print file of the letters not printed yet, or of all of them with `all`."""
    session = session_or_404(request.membership, session_pk)
    rows = report_letters(session)
    copies = list(rows if "all" in request.POST else rows.filter(printed_at=None))
    page = request.workspace.url("feedback:report_letter_list", session.pk)
    if not copies:
        messages.error(request, _("There are no letters to print."))
        return redirect(page)
    try:
        pdf = letters_of(session=session, copies=copies, by=request.user)
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(page)
    mark_printed(session=session, copies=copies, by=request.user)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_names.letters_pdf()}"'
    response["Cache-Control"] = "private, no-store"
    return response
