"""Drafts that are not wanted any more."""

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.models import DialogueSession, Status


def refusal_to_delete(session: DialogueSession) -> str:
    """Why this meeting cannot be deleted; "" when it can: a draft of which nobody ever heard."""
    if session.status == Status.PLANNED:
        return _("The invitations are ready to go out. Take them back first.")
    if session.status != Status.DRAFT or session.invitations.exclude(sent_at=None).exists():
        return _("People have heard of this meeting. Cancel it instead, so that they are told.")
    if session.endorsements.exists():
        return _(
            "Somebody was asked to stand for this meeting. Cancel it instead, so that it can be explained."
        )
    return ""


@transaction.atomic
def delete_draft(*, session: DialogueSession, by: User) -> None:
    """Delete a draft with all in it; the people stay in the register. Refused once anybody heard of it."""
    if refusal := refusal_to_delete(session):
        raise DomainError(refusal)
    dialogue, workspace = session.dialogue, session.workspace
    _count, per_model = DialogueSession.objects.filter(pk=session.pk, status=Status.DRAFT).delete()
    if not per_model:
        raise DomainError(_("Someone else changed this meeting meanwhile."))
    if not dialogue.sessions.exists():
        dialogue.delete()
    record("draft_deleted", on=session, by=Actor.user(by), workspace=workspace)
