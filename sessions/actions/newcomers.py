"""People who join after the first invitations: somebody in another's place, somebody who was forgotten."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User
from sessions.actions.invite import add_invitees, replace_by_deputy
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
    return replace_by_deputy(invitation=invitation, deputy=person, by=by)


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
    return session.invitations.get(person=person)
