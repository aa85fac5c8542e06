"""Asks people how it was and reminds once; an intermediary gets one mail for all reached through them."""

from collections.abc import Iterable

from django.db import transaction

from dialoog.kernel.audit.actor import Actor
from feedback import mails
from feedback.actions.questionnaire import open_questionnaire
from feedback.models import Questionnaire
from feedback.people import asked_people
from sessions.actions.reach import post_to
from sessions.mails import MailParts
from sessions.models import Invitation
from sessions.reach import receiver


@transaction.atomic
def ask(*, questionnaire: Questionnaire, by: Actor) -> int:
    """Open the questions and mail those who took part; returns how many mails were posted."""
    questionnaire = open_questionnaire(questionnaire=questionnaire, by=by)
    return _post(questionnaire, asked_people(questionnaire.session), is_reminder=False)


@transaction.atomic
def remind(*, questionnaire: Questionnaire) -> int:
    """Mail once more, and only those who have not answered; returns how many mails were posted."""
    if not questionnaire.is_open:
        return 0
    answered = questionnaire.participations.values("invitation")
    silent = asked_people(questionnaire.session).exclude(pk__in=answered)
    return _post(questionnaire, silent, is_reminder=True)


def _post(questionnaire: Questionnaire, people: Iterable[Invitation], *, is_reminder: bool) -> int:
    def parts(language: str, is_neutral: bool) -> MailParts:
        return mails.questions(questionnaire, language, is_neutral=is_neutral, is_reminder=is_reminder)

    what = "feedback-reminder" if is_reminder else "feedback"
    return post_to(
        session=questionnaire.session,
        receivers=[receiver(invitation) for invitation in people],
        kind=what.replace("-", "_"),
        key=f"{what}:{questionnaire.pk}",
        parts=parts,
        useless_after=questionnaire.closes_at,
        is_automatic=is_reminder,
    )
