"""The mails of feedback: one function per mail, words only; what differs per person stands as a mark."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.outbox.message import LINK, mark
from dialoog.kernel.ui import dates
from feedback import content
from feedback.models import Questionnaire
from sessions.mails import MailParts, language_name
from sessions.models import DialogueSession

NAME, INPUT = "name", "input"


@dataclass(frozen=True)
class Sender:
    """Who a mail about a session comes from."""

    name: str
    organisation: str
    phone: str
    email: str

    def shown(self, *, is_neutral: bool) -> str:
        """The name in From: a person, with the organisation unless that could harm somebody."""
        if is_neutral or not self.name or self.name == self.organisation:
            return self.name or self.organisation
        return f"{self.name} ({self.organisation})"


def sender_of(session: DialogueSession) -> Sender:
    """The contact person of the session."""
    return Sender(session.contact_name, session.workspace.name, session.contact_phone, session.contact_email)


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
        return _mail("feedback_asked", _shown(subject, session, is_neutral), session, context, is_neutral)


def report(
    session: DialogueSession, reading: content.Reading, *, is_neutral: bool, has_input: bool
) -> MailParts:
    """What came of it, in four lines (journeys.md, c); the second only when there was input at all."""
    with translation.override(reading.language):
        subject = f"{reading.headline} ({_day(session.starts_at, session.timezone)})"
        if reading.changed:
            subject = _("Corrected report: %(title)s") % {"title": reading.title}
        context = {
            "reading": reading,
            "input": mark(INPUT) if has_input else "",
            "decided_line": content.decided_line(reading),
            "kept_line": content.kept_line(reading),
            "now_line": content.now_line(reading),
            "day": _day(session.starts_at, session.timezone),
            "original": language_name(reading.original) if reading.original else "",
        }
        return _mail("report_sent", _shown(subject, session, is_neutral), session, context, is_neutral)


def report_due(*, language: str, session: DialogueSession, day: date, left: int, link: str) -> MailParts:
    """Reminds the organiser of the date people were promised."""
    with translation.override(language):
        words = {"day": dates.day_month(day), "title": session.title}
        subject = (
            _("Today you promised to report back: %(title)s")
            if left <= 0
            else _("You promised to report back by %(day)s: %(title)s")
        ) % words
        return _mail("report_due", subject, session, {"day": words["day"], "left": left, "page": link}, False)


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
        return _mail("report_commitment_due", subject, session, words, False)


def time_needed(number: int) -> str:
    """“16 questions, 4 minutes”."""
    minutes = max(2, round(number * 0.22))
    asked = ngettext("%(count)d question", "%(count)d questions", number) % {"count": number}
    return _("%(questions)s, %(minutes)d minutes") % {"questions": asked, "minutes": minutes}


def _day(moment: datetime | None, zone: str) -> str:
    return dates.day_month(moment, zone) if moment else _("the meeting")


def _shown(subject: str, session: DialogueSession, is_neutral: bool) -> str:
    if is_neutral:
        # the title of a meeting can harm somebody whose screen others see
        return _("A message from %(name)s") % {"name": session.contact_name or session.workspace.name}
    return subject


def _mail(
    name: str, subject: str, session: DialogueSession, context: Mapping[str, object], is_neutral: bool
) -> MailParts:
    context = {
        **context,
        "subject": subject,
        "sender": sender_of(session),
        "session": session,
        "is_neutral": is_neutral,
        "link": mark(LINK),
        "name": mark(NAME),
    }
    text = render_to_string(f"emails/{name}.txt", context)
    return MailParts(
        subject=subject,
        html=render_to_string(f"emails/{name}.html", context).strip() + "\n",
        text=re.sub(r"\n{3,}", "\n\n", text).strip() + "\n",
    )
