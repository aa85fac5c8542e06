"""What the mails after an invitation share: their frame, and a subject that harms nobody."""

import re
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from dialoog.kernel.outbox.message import LINK, mark
from sessions.mails import NAME, MailParts
from sessions.models import DialogueSession
from sessions.reach import sender_of


def shown(subject: str, session: DialogueSession, is_neutral: bool) -> str:
    """The subject as the receiver's screen may show it."""
    if is_neutral:
        # the title of a meeting can harm somebody whose screen others see
        return _("A message from %(name)s") % {"name": session.contact_name or session.workspace.name}
    return subject


def framed(
    name: str, subject: str, session: DialogueSession, context: Mapping[str, object], is_neutral: bool
) -> MailParts:
    """The three templates of `name` around the words of `context`; in the active language."""
    context = {
        **context,
        "subject": subject,
        "session": session,
        "sender": sender_of(session),
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
