"""The invitations of two people who turn out to be one."""

from django.db import transaction

from sessions.models import Invitation
from stakeholders.models import Person


def shared_meetings(*, stays: Person, goes: Person) -> list[str]:
    """The meetings where both have a history that cannot become one."""
    both = _shared(stays, goes)
    return [str(mine.session) for mine, theirs in both if not (_is_blank(mine) or _is_blank(theirs))]


@transaction.atomic
def join_invitations(*, stays: Person, goes: Person) -> None:
    """Let `stays` have every invitation of `goes`; where both have one, the one nobody heard of goes."""
    for mine, theirs in _shared(stays, goes):
        (theirs if _is_blank(theirs) else mine).delete()
    Invitation.objects.filter(person=goes).update(person=stays)


def _shared(stays: Person, goes: Person) -> list[tuple[Invitation, Invitation]]:
    rows = Invitation.objects.filter(person__in=(stays, goes)).select_related("session__dialogue__workspace")
    mine = {row.session_id: row for row in rows if row.person_id == stays.pk}
    theirs = [row for row in rows if row.person_id == goes.pk and row.session_id in mine]
    return [(mine[row.session_id], row) for row in theirs]


def _is_blank(invitation: Invitation) -> bool:
    """Nothing was sent, answered or written, and nothing hangs on it: only a line on a list."""
    if invitation.sent_at or invitation.answer or invitation.called_at or invitation.replaces_id:
        return False
    hanging = [
        (each.related_model._base_manager, each.field.name) for each in Invitation._meta.related_objects
    ]
    return not any(manager.filter(**{name: invitation}).exists() for manager, name in hanging)
