"""What the guest page needs to know about feedback and the report of one invitation."""

from dataclasses import dataclass

from django.utils import translation

from feedback import content
from feedback.actions.questionnaire import cluster_labels
from feedback.models import Correction, Moment, Participation, Questionnaire, Report, ReportCopy
from feedback.people import is_asked
from sessions.models import Invitation


@dataclass(frozen=True)
class GuestFeedback:
    """The questions as one person may see them; `state` is open, answered or closed."""

    questionnaire: Questionnaire
    state: str
    cluster: str

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True)
class GuestReport:
    """The report as one person reads it, with what they said was not right about it."""

    report: Report
    reading: content.Reading
    corrections: list[Correction]
    has_pdf: bool


def feedback_for(invitation: Invitation) -> GuestFeedback | None:
    """The questions for this person; None when there are none for them (yet)."""
    questionnaire = (
        Questionnaire.objects.select_related("session__dialogue__workspace")
        .filter(session=invitation.session_id, moment=Moment.AFTER, opened_at__isnull=False)
        .first()
    )
    if questionnaire is None:
        return None
    if Participation.objects.filter(questionnaire=questionnaire, invitation=invitation).exists():
        state = "answered"
    elif not is_asked(invitation):
        return None
    else:
        state = "open" if questionnaire.is_open else "closed"
    labels = cluster_labels(questionnaire.session) if state == "open" else {}
    return GuestFeedback(questionnaire, state, labels.get(invitation.cluster_id or 0, ""))


def report_for(invitation: Invitation) -> GuestReport | None:
    """The last report that was sent to this person, in the active language; None when there is none."""
    copy = (
        ReportCopy.objects.select_related("report")
        .filter(invitation=invitation, report__in=Report.objects.sent())
        .order_by("-report__version")
        .first()
    )
    if copy is None:
        return None
    language = translation.get_language() or copy.language
    reading = content.read(copy.report.content or {}, language, copy.inputs)
    corrections = list(Correction.objects.filter(invitation=invitation).order_by("said_at", "pk"))
    return GuestReport(copy.report, reading, corrections, copy.report.files.exists())
