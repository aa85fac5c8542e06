"""The mails of feedback: one function per mail, words only; what differs per person stands as a mark."""

from datetime import date, datetime

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.outbox.message import mark
from dialoog.kernel.ui import dates
from feedback.lines import decided_line, kept_line, now_line
from feedback.models import Questionnaire
from feedback.reading import Reading
from sessions.mail_frame import framed, shown
from sessions.mails import MailParts
from sessions.models import DialogueSession
from sessions.reading import language_name

INPUT = "input"


def questions(
    questionnaire: Questionnaire, language: str, *, is_neutral: bool, is_reminder: bool = False
) -> MailParts:
    """Asks how it was; the reminder says the same in fewer words, once."""
    session = questionnaire.session
    with translation.override(language):
        day = _day(session.starts_at, session.timezone)
        before = dates.day_month(questionnaire.closes_at, session.timezone)
        number = len(questionnaire.items)
        subject = (
            _("Still until %(before)s: how was %(day)s for you?")
            if is_reminder
            else _("How was %(day)s for you? Please answer before %(before)s")
        ) % {"day": day, "before": before}
        context = {
            "day": day,
            "before": before,
            "time": time_needed(number),
            "talk_to": questionnaire.talk_to,
            "talk_to_phone": questionnaire.talk_to_phone,
            "talk_to_why": questionnaire.talk_to_why,
            "is_reminder": is_reminder,
        }
        return framed("feedback_asked", shown(subject, session, is_neutral), session, context, is_neutral)


def report(
    session: DialogueSession, reading: Reading, *, is_neutral: bool, has_input: bool, is_test: bool = False
) -> MailParts:
    """What came of it, in four lines (journeys.md, c); the second only when there was input at all."""
    with translation.override(reading.language):
        subject = f"{reading.headline} ({_day(session.starts_at, session.timezone)})"
        if reading.changed:
            subject = _("Corrected report: %(title)s") % {"title": reading.title}
        context = {
            "reading": reading,
            "input": mark(INPUT) if has_input else "",
            "decided_line": decided_line(reading),
            "kept_line": kept_line(reading),
            "now_line": now_line(reading),
            "day": _day(session.starts_at, session.timezone),
            "original": language_name(reading.original) if reading.original else "",
            "is_test": is_test,
        }
        subject = shown(subject, session, is_neutral)
        if is_test:
            subject = _("Test: %(subject)s") % {"subject": subject}
        return framed("report_sent", subject, session, context, is_neutral)


def report_due(*, language: str, session: DialogueSession, day: date, left: int, link: str) -> MailParts:
    """Reminds the organiser of the date people were promised."""
    with translation.override(language):
        words = {"day": dates.day_month(day), "title": session.title}
        subject = (
            _("Today you promised to report back: %(title)s")
            if left <= 0
            else _("You promised to report back by %(day)s: %(title)s")
        ) % words
        return framed(
            "report_due", subject, session, {"day": words["day"], "left": left, "page": link}, False
        )


def commitment_due(
    *, language: str, session: DialogueSession, number: int, text: str, owner: str, day: date, link: str
) -> MailParts:
    """Reminds the organiser of a commitment whose day has come."""
    with translation.override(language):
        subject = _("Due on %(day)s: commitment %(number)d of %(title)s") % {
            "day": dates.day_month(day),
            "number": number,
            "title": session.title,
        }
        words = {"text": text, "owner": owner, "day": dates.day_month(day), "page": link}
        return framed("report_commitment_due", subject, session, words, False)


def time_needed(number: int) -> str:
    """“16 questions, 4 minutes”."""
    minutes = max(2, round(number * 0.22))
    asked = ngettext("%(count)d question", "%(count)d questions", number) % {"count": number}
    return _("%(questions)s, %(minutes)d minutes") % {"questions": asked, "minutes": minutes}


def _day(moment: datetime | None, zone: str) -> str:
    return dates.day_month(moment, zone) if moment else _("the meeting")
