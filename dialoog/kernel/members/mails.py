"""The mails whose link opens an account or a lock of it; they never stand in the outbox."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel.members.actions import invitation_token
from dialoog.kernel.workspaces.models import MemberInvitation, Membership, User


def member_invitation(invitation: MemberInvitation) -> None:
    """Mailed at once and not through the outbox: its link opens an account, as a sign-in code does."""
    with translation.override(invitation.workspace.language):
        link = settings.BASE_URL + reverse("invitation_accept", args=[invitation_token(invitation)])
        body = render_to_string("emails/member_invitation.txt", {"invitation": invitation, "link": link})
        subject = _("Work with us in %(workspace)s") % {"workspace": invitation.workspace.name}
    answers_to = [invitation.invited_by.email] if invitation.invited_by else []
    EmailMessage(" ".join(subject.split()), body, to=[invitation.email], reply_to=answers_to).send()


def reset_asked(*, membership: Membership, by: User, token: str) -> None:
    """Ask somebody who lost their second step whether it may go; without a token, say who can do it."""
    person = membership.user
    with translation.override(person.language):
        link = settings.BASE_URL + reverse("second_step_reset", args=[token]) if token else ""
        context = {"person": person, "by": by, "workspace": membership.workspace, "link": link}
        body = render_to_string("emails/second_step_asked.txt", context)
        subject = _("Your second step in Dialoog")
    EmailMessage(subject, body, to=[person.email], reply_to=[by.email]).send()
