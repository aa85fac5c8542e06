"""What one form of a guest does, in one transaction: each calls the actions of the layers below."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.portal.guest import mails
from sessions.actions.gather import tell_before_the_day, tell_wishes
from sessions.actions.respond import acknowledge, refuse_when_over, respond
from sessions.models import Answer, Clear, DateMode, Invitation, Question, Via, Wish, WishKind

Values = dict[str, Any]


@transaction.atomic
def give_answer(invitation: Invitation, values: Values) -> None:
    """The answer, the dates that suit, and whether it is clear."""
    by = Actor.guest(invitation.person_id)
    answer = Answer(values["answer"])
    polled = invitation.session.date_mode == DateMode.POLL
    respond(
        invitation=invitation,
        answer=answer,
        by=by,
        note=values["note"].strip() if answer == Answer.PARTLY else "",
        know_on=values["know_on"],
        decline_reasons=values["decline_reasons"],
        deputy_name=values["deputy_name"].strip(),
        dates_ok=[int(pk) for pk in values["dates_ok"]] if polled else None,
    )
    give_receipt(invitation, values)


@transaction.atomic
def give_receipt(invitation: Invitation, values: Values) -> None:
    """“This is clear”, or a question; nothing chosen keeps what was said before."""
    if values["clear"]:
        refuse_when_over(invitation)
        acknowledge(
            invitation=invitation,
            clear=Clear(values["clear"]),
            question=values["question"],
            wants_mail=values.get("mail_me", False),
            by=Actor.guest(invitation.person_id),
        )


@transaction.atomic
def tell(invitation: Invitation, values: Values) -> None:
    """The two questions. Without a name the named answer goes, and sending twice keeps one."""
    texts = {WishKind.AGENDA: values["agenda"], WishKind.LAST_TIME: values["last_time"]}
    without_name = values["without_name"]
    if without_name:
        nameless = Wish.objects.filter(session=invitation.session, invitation=None)
        texts = {k: t for k, t in texts.items() if not nameless.filter(kind=k, text=t.strip()).exists()}
    tell_wishes(
        invitation=invitation, texts=texts, by=Actor.guest(invitation.person_id), without_name=without_name
    )
    if without_name:
        invitation.wishes.filter(agenda_item=None, response="").delete()


@transaction.atomic
def prepare(invitation: Invitation, values: Values) -> None:
    """Rules, may you decide, knowledge and needs; what was not asked stays as it was."""
    asked = {name: values[name] for name in values if name in _PREPARED}
    kept = {name: getattr(invitation, name) for name in _PREPARED if name not in asked}
    tell_before_the_day(invitation=invitation, by=Actor.guest(invitation.person_id), **asked, **kept)


_PREPARED = ("rules_answer", "rules_note", "mandate", "knowledge", "needs", "needs_note")


@transaction.atomic
def ask(invitation: Invitation, values: Values, *, via: Via = Via.PAGE, by: Actor | None = None) -> None:
    """Put a question to the organiser. The same question still waiting for its answer is not asked twice."""
    text = values["question"].strip()
    if invitation.questions.filter(text=text, answered_at=None).exists():
        return
    workspace = invitation.session.workspace
    question = Question.objects.create(
        session=invitation.session,
        invitation=invitation,
        text=text,
        asked_at=clock.now(),
        wants_mail=values.get("mail_me", False),
    )
    by = by or Actor.guest(invitation.person_id)
    record("question_asked", on=question, by=by, workspace=workspace, data={"via": str(via)})


@transaction.atomic
def ask_call(invitation: Invitation, values: Values) -> None:
    """“Call me” stands among the questions, with the number."""
    number = values["number"].strip()
    ask(invitation, {"question": _("Please call me: %(number)s") % {"number": number}})


@transaction.atomic
def ask_erasure(invitation: Invitation, values: Values) -> None:
    """“Erase what you keep about me” stands among the questions and is mailed to the organiser once a day."""
    ask(invitation, {"question": _("Please erase what you keep about me.")})
    mails.erasure_asked(invitation)
