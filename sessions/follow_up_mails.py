"""The mails about what was promised and asked: one function per mail, words only."""

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.outbox.message import mark
from dialoog.kernel.ui import dates
from sessions.mail_frame import framed, shown
from sessions.mails import MailParts
from sessions.models import ChangeProposal, DialogueSession
from sessions.proposals import Tally, what_changes

QUESTION, ANSWER = "question", "answer"


def proposal(
    session: DialogueSession, asked: ChangeProposal, language: str, *, is_neutral: bool
) -> MailParts:
    """Puts a change of a commitment to who it touches: old, new and why."""
    with translation.override(language):
        before = dates.day_month(asked.answer_by)
        subject = _("Something promised may change: please answer before %(before)s") % {"before": before}
        context = {
            "asked": asked,
            "what": what_changes(asked),
            "before": before,
            "own_lang": session.language if session.language != language else "",
        }
        return framed("proposal", shown(subject, session, is_neutral), session, context, is_neutral)


def question_answered(session: DialogueSession, language: str, *, is_neutral: bool) -> MailParts:
    """Gives somebody the answer to their question; their words and ours stand in it as marks."""
    with translation.override(language):
        subject = _("The answer to your question: %(title)s") % {"title": session.title}
        context = {"question": mark(QUESTION), "answer": mark(ANSWER)}
        return framed("question_answered", shown(subject, session, is_neutral), session, context, is_neutral)


def proposal_due(
    *, language: str, session: DialogueSession, text: str, day: date, counts: Tally, link: str
) -> MailParts:
    """Tells the organiser that the term of a proposal is over and how it was answered."""
    with translation.override(language):
        subject = _("The answers are in: %(text)s") % {"text": text}
        context = {"text": text, "day": dates.day_month(day), "counts": counts.sentence, "page": link}
        return framed("proposal_due", subject, session, context, False)


def news(*, language: str, session: DialogueSession, questions: int, deputies: int, link: str) -> MailParts:
    """Tells the organiser how much waits for them; what guests wrote stays inside."""
    with translation.override(language):
        subject = _("Waiting for you: %(title)s") % {"title": session.title}
        context = {"questions": questions, "deputies": deputies, "page": link}
        return framed("news", subject, session, context, False)
