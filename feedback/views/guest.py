"""Guest pages of feedback: bodies for a page that has already proved who opened it.

The guest's own module mounts them as `guest_feedback(request, invitation, shell=…, home_url=…)`. `shell`
gives what templates/guest.html needs (contact, language_links, …), and is asked only when a page is shown,
not when answers are taken; `home_url` is where the guest's page is.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.errors import DomainError
from dialoog.kernel.files import store
from feedback.actions.answers import AlreadyAnswered, submit
from feedback.actions.report import report_correction
from feedback.forms.guest import CorrectionForm, FeedbackForm, readers_of
from feedback.guest import GuestFeedback, GuestReport, cluster_of, feedback_for, report_for
from feedback.mails import time_needed
from feedback.models import ReportFile
from sessions.models import Invitation
from sessions.reading import language_name

Shell = Callable[[], Mapping[str, Any]]


def guest_feedback(
    request: HttpRequest, invitation: Invitation, *, shell: Shell, home_url: str, refused: bool = False
) -> HttpResponse:
    """The questions. Sent twice, the second is told kindly that we have them already."""
    found = feedback_for(invitation, is_sending=request.method == "POST")
    if found is None:
        raise Http404
    faces = request.GET.get("faces") == "1"
    form = FeedbackForm(
        request.POST if request.method == "POST" else None,
        questionnaire=found.questionnaire,
        faces=faces,
        owner=invitation.person,
        refused=refused,
    )
    if request.method == "POST" and form.is_valid() and _submitted(request, invitation, found, form):
        return redirect(home_url)
    context = {
        **shell(),
        **feedback_context(found, form, invitation, faces=faces),
        "home_url": home_url,
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "feedback/guest_feedback.html", context, status=status)


def guest_report(
    request: HttpRequest, invitation: Invitation, *, shell: Shell, home_url: str, refused: bool = False
) -> HttpResponse:
    """The report, and the form for what is not right about it."""
    found = report_for(invitation)
    if found is None:
        raise Http404
    who = found.reading.contact_name.split()[0] if found.reading.contact_name else found.reading.organisation
    form = CorrectionForm(
        request.POST if request.method == "POST" else None, owner=invitation.person, refused=refused, who=who
    )
    if request.method == "POST" and form.is_valid():
        report_correction(report=found.report, invitation=invitation, text=form.cleaned_data["text"])
        messages.success(request, _("%(who)s reads this and answers you.") % {"who": who})
        return redirect(request.get_full_path())
    context = {**shell(), **report_context(found, form), "invitation": invitation, "home_url": home_url}
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "feedback/guest_report.html", context, status=status)


def guest_report_pdf(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The PDF in the reader's language, or else in that of the meeting."""
    found = report_for(invitation)
    if found is None:
        raise Http404
    return pdf_response(found.report.pk, translation.get_language() or "en")


def pdf_response(report_id: int, language: str) -> HttpResponse:
    """One kept PDF of a report; 404 before it was rendered."""
    files = {
        row.language: row for row in ReportFile.objects.filter(report=report_id).select_related("report")
    }
    chosen = files.get(language) or next(iter(files.values()), None)
    if chosen is None:
        raise Http404
    response = HttpResponse(store.read(chosen.pdf_id), content_type="application/pdf")
    with translation.override(chosen.language):
        name = _("report-%(number)d.pdf") % {"number": chosen.report.version}
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def feedback_context(
    found: GuestFeedback, form: FeedbackForm, invitation: Invitation, *, faces: bool = False
) -> dict[str, Any]:
    """What `feedback/_guest_feedback.html` shows."""
    return {
        "feedback": found,
        "invitation": invitation,
        "cluster": cluster_of(invitation) if found.is_open else "",
        "questionnaire": found.questionnaire,
        "session": found.questionnaire.session,
        "feedback_form": form,
        "faces": faces,
        "time_needed": time_needed(len(form.codes)),
        "remark_readers": readers_of(found.questionnaire),
    }


def report_context(found: GuestReport, form: CorrectionForm) -> dict[str, Any]:
    """What `feedback/_guest_report.html` shows."""
    reading = found.reading
    return {
        "found": found,
        "reading": reading,
        "correction_form": form,
        "original": language_name(reading.original) if reading.original else "",
    }


def _submitted(
    request: HttpRequest, invitation: Invitation, found: GuestFeedback, form: FeedbackForm
) -> bool:
    try:
        submit(
            questionnaire=found.questionnaire,
            invitation=invitation,
            items=form.answers(),
            remarks=form.remarks(),
            may_quote=form.cleaned_data["may_quote"],
        )
    except AlreadyAnswered as error:
        messages.info(request, str(error))
    except DomainError as error:
        form.add_error(None, str(error))
        return False
    else:
        messages.success(request, _("Thank you. Your answers are in, apart from your name."))
    return True
