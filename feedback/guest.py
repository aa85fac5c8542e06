"""What the guest page needs to know about feedback and the report of one invitation."""

from dataclasses import dataclass

from django.utils import translation

from dialoog.kernel import clock
from dialoog.kernel.prepared import Prepared
from feedback.actions.questionnaire import cluster_labels
from feedback.models import Correction, Moment, Participation, Questionnaire, Report, ReportCopy
from feedback.people import is_asked
from feedback.reading import Reading, read
from feedback.telling import own_wishes, with_standing
from sessions.models import Invitation


@dataclass(frozen=True)
class GuestFeedback:
    """The questions as one person may see them; `state` is open, answered or closed."""

    questionnaire: Questionnaire
    state: str

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True)
class GuestReport:
    """The report as one person reads it, with what they said was not right about it."""

    report: Report
    reading: Reading
    corrections: list[Correction]
    has_pdf: bool


_OPENED = Prepared(
    lambda session: Questionnaire.objects.filter(
        session_id=session, moment=Moment.AFTER, opened_at__isnull=False
    )
)


def feedback_for(invitation: Invitation, *, is_sending: bool = False) -> GuestFeedback | None:
    """The questions for this person; None when there are none for them (yet).

    While `is_sending`, whether they have answered is left to the database, which knows it for certain.
    """
    questionnaire = next(iter(_OPENED(session=invitation.session_id)), None)
    if questionnaire is None:
        return None
    questionnaire.session = invitation.session
    taken = Participation.objects.filter(questionnaire=questionnaire, invitation=invitation)
    if not is_sending and taken.exists():
        return GuestFeedback(questionnaire, "answered")
    if not is_asked(invitation):
        return None
    return GuestFeedback(questionnaire, "open" if questionnaire.is_open else "closed")


def cluster_of(invitation: Invitation) -> str:
    """With whom this person's answers are taken together."""
    return cluster_labels(invitation.session).get(invitation.cluster_id or 0, "")


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
    session = invitation.session
    wishes = own_wishes(session, invitation=invitation).get(invitation.pk, [])
    told = read(copy.report.content or {}, language, copy.inputs, wishes)
    reading = with_standing(told, session, clock.today(session.timezone))
    corrections = list(Correction.objects.filter(invitation=invitation).order_by("said_at", "pk"))
    return GuestReport(copy.report, reading, corrections, copy.report.files.exists())
