"""What is kept about a guest."""

from typing import Any

from django.utils.translation import gettext as _

from dialoog.portal.guest.access import GuestRequest
from dialoog.portal.guest.forms import KNOWLEDGE
from dialoog.portal.guest.page import reading_of, shell
from sessions.models import Decline, Invitation, Need
from stakeholders.languages import language_name


def kept_about(invitation: Invitation) -> dict[str, Any]:
    """Everything that is kept under this person's name for this meeting, each under its plain name."""
    person = invitation.person
    kept: dict[str, Any] = {
        _("Name"): person.name,
        _("Organisation"): str(person.organisation or ""),
        _("Job"): person.job,
        _("E-mail"): person.email or person.unusable_email,
        _("Telephone"): person.phone,
        _("Address"): ", ".join(person.postal_lines),
        _("Language"): language_name(person.language),
        _("What we wrote down to help you take part"): person.note,
        _("Your answer"): invitation.answer_words(),
        _("With your answer"): f"{invitation.answer_note} {invitation.deputy_name}".strip(),
        _("Why not"): _labels(invitation.decline_reasons, Decline.choices),
        _("Is this clear?"): invitation.get_clear_display(),
        _("Rules of conduct"): " ".join(
            part for part in (invitation.get_rules_answer_display(), invitation.rules_note) if part
        ),
        _("May you decide?"): invitation.get_mandate_display(),
        _("What you know of the subject"): _labels([invitation.knowledge], KNOWLEDGE),
        _("What you need"): ", ".join(
            part for part in (_labels(invitation.needs, Need.choices), invitation.needs_note) if part
        ),
        _("Were you there?"): invitation.get_attendance_display(),
        _("What you wanted raised"): [wish.text for wish in invitation.wishes.order_by("pk")],
        _("Your questions"): [question.text for question in invitation.questions.order_by("asked_at")],
        _("What you said to a change"): [
            f"{row.get_answer_display()} {row.reason}".strip()
            for row in invitation.proposal_answers.exclude(answer="").order_by("pk")
        ],
    }
    return {name: value for name, value in kept.items() if value}


def context_of(request: GuestRequest, kept: dict[str, Any]) -> dict[str, Any]:
    """What the page with someone's data shows."""
    reading = reading_of(request.invitation)
    rows = [(name, value if isinstance(value, list) else [value]) for name, value in kept.items()]
    return {
        "kept": rows,
        "person": request.guest,
        "invitation": request.invitation,
        "reading": reading,
        **shell(request.invitation.session),
    }


def _labels(values: list[Any], choices: Any) -> str:
    names = dict(choices)
    return ", ".join(str(names[value]) for value in values if value in names)
