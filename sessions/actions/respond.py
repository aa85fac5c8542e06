"""Answers: given on the page, by phone, mail or post, or through an intermediary."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions import follow_up_mails
from sessions.actions.reach import post_to
from sessions.mails import MailParts
from sessions.models import Answer, BriefingCopy, Clear, Invitation, Question, Via
from sessions.reach import receiver


@transaction.atomic
def respond(
    *,
    invitation: Invitation,
    answer: Answer,
    by: Actor,
    note: str = "",
    know_on: date | None = None,
    decline_reasons: Iterable[str] = (),
    deputy_name: str = "",
    via: Via = Via.PAGE,
    recorded_by: User | None = None,
    dates_ok: Iterable[int] | None = None,
) -> Invitation:
    """Record an answer, given or passed on. Repeating the same answer changes nothing.

    Refused once the meeting has started, or when the invitation was withdrawn or somebody comes in this
    person's place. After the deadline it is still welcome: the page says that the programme may be fixed.
    """
    refuse_when_over(invitation)
    values: dict[str, Any] = {
        "answer": answer,
        "answer_note": note,
        "know_on": know_on if answer == Answer.LATER else None,
        "decline_reasons": sorted(decline_reasons) if answer == Answer.NO else [],
        "deputy_name": deputy_name if answer == Answer.DEPUTY else "",
        "via": via,
        "recorded_by": recorded_by,
    }
    current = Invitation.objects.get(pk=invitation.pk)
    changed = any(getattr(current, name) != value for name, value in values.items())
    if changed:
        open_rows = Invitation.objects.open().filter(pk=invitation.pk)
        if not open_rows.update(**values, answered_at=clock.now()):
            raise DomainError(_("This invitation has been withdrawn."))
    if dates_ok is not None:
        invitation.dates_ok.set(invitation.session.date_options.filter(pk__in=list(dates_ok)))
    invitation.refresh_from_db()
    if changed:
        data = {"answer": str(answer), "via": str(via)}
        workspace = invitation.session.workspace
        record("invitation_answered", on=invitation, by=by, workspace=workspace, data=data)
    return invitation


@transaction.atomic
def acknowledge(
    *, invitation: Invitation, clear: Clear, by: Actor, question: str = "", wants_mail: bool = False
) -> None:
    """Keep the receipt “this is clear” or a question, for the latest briefing this invitation got.

    It is a receipt, not consent (journeys.md, rule 11). A question without words is refused.
    """
    question = question.strip()
    if clear == Clear.QUESTION and not question:
        raise DomainError(_("Write your question, or choose “Yes”."), field="question")
    Invitation.objects.filter(pk=invitation.pk).update(clear=clear)
    copy = BriefingCopy.objects.filter(invitation=invitation).order_by("-briefing__sent_at", "-pk").first()
    if copy is not None:
        BriefingCopy.objects.filter(pk=copy.pk).update(clear=clear, clear_at=clock.now())
    asked = invitation.questions.filter(text=question, answered_at=None)
    if clear == Clear.QUESTION and not asked.exists():
        Question.objects.create(
            session=invitation.session,
            invitation=invitation,
            text=question,
            asked_at=clock.now(),
            wants_mail=wants_mail,
        )
    invitation.clear = clear
    workspace = invitation.session.workspace
    record("briefing_acknowledged", on=invitation, by=by, workspace=workspace, data={"clear": str(clear)})


@transaction.atomic
def answer_question(*, question: Question, answer: str, for_everyone: bool, by: User) -> Question:
    """Answer a question, for the one who asked or for everyone (T66). An answer given before is replaced.

    Only who asked, and ticked it, gets one mail, with the first answer; never a second one.
    """
    if not answer.strip():
        raise DomainError(_("Write an answer."), field="answer")
    Question.objects.filter(pk=question.pk).update(
        answer=answer.strip(), answered_at=clock.now(), answered_by=by, for_everyone=for_everyone
    )
    question.refresh_from_db()
    _tell_asker(question)
    workspace = question.session.workspace
    record(
        "question_answered", on=question, by=Actor.user(by), workspace=workspace, data={"all": for_everyone}
    )
    return question


def _tell_asker(question: Question) -> None:
    """The answer by mail; to who is protected, or whose mails others may see, only that there is one."""
    session, invitation = question.session, question.invitation
    person = invitation.person
    if invitation.is_withdrawn or person.erased_at:
        return
    waiting = Question.objects.filter(pk=question.pk, wants_mail=True, told_at=None)
    if not waiting.update(told_at=clock.now()):
        return

    def parts(language: str, is_neutral: bool) -> MailParts:
        hidden = is_neutral or person.is_protected
        return follow_up_mails.question_answered(session, language, is_neutral=hidden)

    words = {follow_up_mails.QUESTION: question.text, follow_up_mails.ANSWER: question.answer}
    post_to(
        session=session,
        receivers=[receiver(invitation)],
        kind="question_answered",
        key=f"question:{question.pk}",
        parts=parts,
        personal={} if person.is_protected else {invitation.pk: words},
    )
    question.refresh_from_db()


def refuse_when_over(invitation: Invitation) -> None:
    """The sentences with which an answer can no longer be taken."""
    session = invitation.session
    if invitation.is_withdrawn:
        raise DomainError(_("This invitation has been withdrawn."))
    if Invitation.objects.filter(replaces=invitation, withdrawn_at=None).exists():
        raise DomainError(_("Someone else comes in your place. Call us if that is not right."))
    if session.status == "cancelled":
        raise DomainError(_("This meeting has been cancelled."))
    if session.has_started or session.is_closed:
        raise DomainError(_("This meeting has already started. Call us if something changed."))
