"""Assigns meetings to a facilitator."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import Membership, User
from dialoog.kernel.workspaces.policy import Role
from sessions.models import DialogueSession, SessionAssignment


@transaction.atomic
def assign_sessions(*, membership: Membership, sessions: Iterable[DialogueSession], by: User) -> None:
    """Let a facilitator see exactly these meetings of the workspace. The same choice changes nothing."""
    if not Membership.objects.filter(pk=membership.pk, role=Role.FACILITATOR).exists():
        raise DomainError(_("This person is no facilitator any more."))
    workspace = membership.workspace_id
    held = SessionAssignment.objects.filter(user=membership.user_id, session__dialogue__workspace=workspace)
    before = set(held.values_list("session_id", flat=True))
    after = {session.pk for session in sessions}
    if before == after:
        return
    held.exclude(session_id__in=after).delete()
    for pk in sorted(after - before):
        SessionAssignment.objects.get_or_create(session_id=pk, user_id=membership.user_id)
    record(
        "facilitator_assigned",
        on=membership.user,
        by=Actor.user(by),
        workspace=workspace,
        data={"added": sorted(after - before), "removed": sorted(before - after)},
    )
