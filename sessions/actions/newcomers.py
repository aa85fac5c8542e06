"""Who joins or leaves after the first invitations: in another's place, forgotten before, withdrawn."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.actions.brief import brief_newcomers
from sessions.actions.change import tell_withdrawn
from sessions.actions.invite import add_invitees, replace_by_deputy, withdraw_invitation
from sessions.models import DialogueSession, Invitation
from stakeholders.actions.people import add_person
from stakeholders.models import Person


@transaction.atomic
def confirm_deputy(
    *, invitation: Invitation, person: Person | None, fields: Mapping[str, Any], by: User
) -> Invitation:
    """Confirm who comes in somebody's place: a person of the list, or one added now from `fields`.

    A new one comes from the organisation and group of the person they replace.
    """
    asked = invitation.person
    if person is None:
        person = add_person(
            workspace=invitation.session.workspace,
            by=Actor.user(by),
            organisation=asked.organisation,
            group=asked.group,
            language=asked.language,
            **fields,
        )
    new = replace_by_deputy(invitation=invitation, deputy=person, by=by)
    brief_newcomers(session=invitation.session, by=by)
    return new


@transaction.atomic
def add_newcomer(
    *, session: DialogueSession, person: Person | None, fields: Mapping[str, Any], by: User
) -> Invitation:
    """Invite one more person: of the list, or added now from `fields`. Refused for who is invited already."""
    if person is None:
        person = add_person(workspace=session.workspace, by=Actor.user(by), **fields)
    if session.invitations.open().filter(person=person).exists():
        raise DomainError(_("%(name)s is invited already.") % {"name": person.name}, field="person")
    if session.invitations.filter(person=person, sent_at__isnull=False).exists():
        raise DomainError(
            _("The invitation of %(name)s was withdrawn after it was sent.") % {"name": person.name},
            field="person",
        )
    add_invitees(session=session, people=[person], by=by)
    brief_newcomers(session=session, by=by)
    return session.invitations.get(person=person)


@transaction.atomic
def withdraw_and_tell(*, invitation: Invitation, tell: bool, reason: str, by: User) -> None:
    """Take somebody off the list, and mail them so with the reason when `tell` says to."""
    withdraw_invitation(invitation=invitation, by=by)
    if tell:
        tell_withdrawn(invitation=invitation, by=by, reason=reason)
