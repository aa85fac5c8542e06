"""What beat and the worker do after a meeting. Tasks take ids; each is safe to run twice."""

import logging

import kombu.exceptions
from celery import shared_task

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.workspaces.models import User
from feedback.actions import answers, due, report, trial
from feedback.actions.questionnaire import close_questionnaire
from feedback.models import Questionnaire, Report, ReportStatus
from feedback.planned import plan_all
from sessions.models import PlannedMail

logger = logging.getLogger(__name__)


@shared_task(name="feedback.tick")
def tick() -> None:
    """Every minute: bring the plan up to date and hand out what is due, one task per thing."""
    plan_all()
    for pk in due.due_rows():
        carry_out.delay(pk)
    for pk in Questionnaire.objects.filter(opened_at__isnull=False, counted_at=None).values_list(
        "pk", flat=True
    ):
        tend.delay(pk)
    waiting = Report.objects.filter(
        status__in=[ReportStatus.PLANNED, ReportStatus.SENDING], planned_for__lte=clock.now()
    )
    for pk in waiting.values_list("pk", flat=True):
        send_report.delay(pk)


@shared_task(name="feedback.carry_out")
def carry_out(planned_id: int) -> None:
    """Send one planned mail."""
    due.carry_out(PlannedMail.objects.select_related("session__dialogue__workspace").get(pk=planned_id))


@shared_task(name="feedback.tend")
def tend(questionnaire_id: int) -> None:
    """Deal out sealed answers, close what is over, count what is closed."""
    questionnaire = Questionnaire.objects.get(pk=questionnaire_id)
    if questionnaire.is_open:
        answers.deal_out(questionnaire=questionnaire)
    elif questionnaire.is_opened and not questionnaire.is_closed:
        close_questionnaire(questionnaire=questionnaire, by=Actor.system())
    else:
        answers.count_answers(questionnaire=questionnaire)


@shared_task(name="feedback.send_report")
def send_report(report_id: int) -> None:
    """Render and post one report."""
    report.deliver_report(report=Report.objects.get(pk=report_id))


@shared_task(name="feedback.report_to_myself")
def report_to_myself(report_id: int, invitation_id: int, user_id: int, minute: str) -> None:
    """The test mail somebody asked for."""
    user, asked = User.objects.get(pk=user_id), Report.objects.get(pk=report_id)
    trial.post_trial(report=asked, invitation_id=invitation_id, by=user, minute=minute)


def announce(report_id: int) -> None:
    """Hand a report to the worker; with the queue down, beat finds it."""
    try:
        send_report.apply_async(args=[report_id], retry=False)
    except (kombu.exceptions.KombuError, kombu.exceptions.ChannelError, OSError) as error:
        logger.warning(
            "The queue cannot be reached (%s); beat will find report %s.", type(error).__name__, report_id
        )
