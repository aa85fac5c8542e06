"""What the worker does for sessions: ids in, one call, safe to run twice."""

from celery import shared_task

from dialoog.kernel.workspaces.models import User
from sessions.actions import brief, forget, news, planned, send
from sessions.models import BriefingKind, DialogueSession


@shared_task(name="sessions.send_briefing")
def send_briefing(briefing_id: int) -> None:
    """One content; its mails are delivered before the next one is rendered."""
    if send.send_briefing(briefing_id):
        planned.announce("sessions.send_briefing", briefing_id)


@shared_task(name="sessions.send_to_myself")
def send_to_myself(session_id: int, kind: str, group_id: int, user_id: int, minute: str) -> None:
    """The test mail somebody asked for."""
    session = DialogueSession.objects.with_workspace().get(pk=session_id)
    user = User.objects.get(pk=user_id)
    brief.post_test(session=session, kind=BriefingKind(kind), group=group_id or None, by=user, minute=minute)


@shared_task(name="sessions.tick")
def tick() -> None:
    """Every twenty seconds: send what is due, go on with what was interrupted."""
    planned.run_due()


@shared_task(name="sessions.tell_news")
def tell_news() -> None:
    """Every ten minutes: contact persons hear what waits for them, at most once on a working day."""
    news.tell_news()


@shared_task(name="sessions.forget")
def forget_needs() -> None:
    """Every hour: what people need to take part is erased a week after the meeting."""
    forget.erase_needs()
