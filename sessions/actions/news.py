"""What waits for the contact person of a meeting, in at most one mail on a working day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from dialoog.kernel import clock
from dialoog.kernel.outbox.models import OutgoingMail
from sessions import follow_up_mails
from sessions.actions.planned import MORNING, organisers_language, tell_organiser
from sessions.models import DialogueSession, Invitation, Question, Status

OPEN = (Status.INVITING, Status.HELD, Status.REPORTED)


def tell_news() -> int:
    """
    Tell contact persons what came in since they were last told and waits for them; returns how many are told.

    A guest was promised that somebody reads their question, and who organises two meetings a year does not
    open Dialoog every day. Told are numbers: names and words stay inside. From nine o'clock of the meeting,
    on working days, and only when something came that they were not told of.
    """
    asked = Question.objects.filter(answered_at=None, session__status__in=OPEN)
    sends = Invitation.objects.sending_somebody().filter(session__status=Status.INVITING)
    ids = {*asked.values_list("session", flat=True), *sends.values_list("session", flat=True)}
    sessions = DialogueSession.objects.with_workspace().select_related("contact").filter(pk__in=ids)
    return sum(_tell(session) for session in sessions.order_by("pk"))


@transaction.atomic
def _tell(session: DialogueSession) -> bool:
    now = clock.now().astimezone(ZoneInfo(session.timezone))
    if now.time() < MORNING or session.workspace.is_day_off(now.date()):
        return False
    key = f"session:{session.pk}:news:"
    told = OutgoingMail.objects.filter(workspace=session.workspace, key__startswith=key)
    last = told.order_by("-created_at").values_list("created_at", flat=True).first()
    questions, deputies = _waiting(session, last)
    if not questions and not deputies:
        return False
    parts = follow_up_mails.news(
        language=organisers_language(session),
        session=session,
        questions=questions,
        deputies=deputies,
        link=settings.BASE_URL + session.workspace.url("portal:session_detail", session.pk),
    )
    tell_organiser(session, parts, kind="news", key=f"{key}{now.date()}")
    return True


def _waiting(session: DialogueSession, since: datetime | None) -> tuple[int, int]:
    """How many questions and deputies wait; none of them when nothing came after `since`."""
    asked = Question.objects.filter(session=session, answered_at=None)
    sends = Invitation.objects.sending_somebody().filter(session=session, session__status=Status.INVITING)
    is_old = since and not (
        asked.filter(asked_at__gt=since).exists() or sends.filter(answered_at__gt=since).exists()
    )
    return (0, 0) if is_old else (asked.count(), sends.count())
