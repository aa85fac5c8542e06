"""A lost second step: asked by an owner, confirmed by the person; or taken off by who keeps the server.

Why two people: one account opens every workspace its person is in. An owner of one must not make the door
of another one lighter, so the link works only where the asker owns all workspaces of that person.
"""

from dataclasses import dataclass
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.members import notices
from dialoog.kernel.workspaces.models import Membership, User, Workspace
from dialoog.kernel.workspaces.policy import Role
from dialoog.kernel.workspaces.signing_in import end_everywhere

LASTS = timedelta(days=1)
_SALT = "dialoog.second-step"


@dataclass(frozen=True)
class Reset:
    """What the link in the mail may do: whose second step, and who asked for it."""

    user: User
    workspace: Workspace
    asked_by: User


@transaction.atomic
def ask_reset(*, membership: Membership, by: User) -> str:
    """Record that an owner asks a member to begin anew, and give the token for that member's mail.

    Refused for oneself and for somebody without a second step. The token is empty when the person has
    workspaces the asker does not own: only the mail says so, because the asker may not know of them.
    """
    person = membership.user
    if person.pk == by.pk:
        raise DomainError(_("You change your own second step under “Signing in safely”."))
    state = _state(person)
    if not state:
        raise DomainError(_("This person has no second step."))
    data = {"asked_by": by.pk}
    record(
        "second_step_reset_asked", on=person, by=Actor.user(by), workspace=membership.workspace_id, data=data
    )
    if not _owns_all(by, person):
        return ""
    return signing.dumps([person.pk, membership.workspace_id, by.pk, state], salt=_SALT)


def find_reset(token: str) -> Reset | None:
    """What a token allows now; None when it is forged, old or used, or when things changed meanwhile."""
    try:
        person, workspace, asker, state = signing.loads(token, salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    membership = (
        Membership.objects.select_related("user", "workspace")
        .filter(user=person, workspace=workspace, user__is_active=True)
        .first()
    )
    by = User.objects.filter(pk=asker).first()
    if membership is None or by is None or _state(membership.user) != state:
        return None
    return Reset(membership.user, membership.workspace, by) if _owns_all(by, membership.user) else None


@transaction.atomic
def confirm_reset(*, token: str) -> User:
    """The person says yes: see `take_off`. Refused when the link has ended."""
    found = find_reset(token)
    if found is None:
        raise DomainError(_("This link no longer works. Ask your colleague for a new one."))
    take_off(user=found.user, by=Actor.user(found.user))
    return found.user


@transaction.atomic
def take_off(*, user: User, by: Actor) -> None:
    """Remove app, passkeys and recovery codes, sign out everywhere, tell the person and every trail.

    Refused when there is nothing to remove.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    deleted, _per_model = Authenticator.objects.filter(user=held).delete()
    if not deleted:
        raise DomainError(_("This person has no second step."))
    end_everywhere(held)
    notices.tell(user=held, kind="second_step_reset", email=held.email)
    for workspace in held.memberships.order_by("workspace_id").values_list("workspace_id", flat=True):
        record("second_step_reset", on=held, by=by, workspace=workspace)


def _owns_all(asker: User, person: User) -> bool:
    owned = Membership.objects.filter(user=asker, role=Role.OWNER).values("workspace")
    return not person.memberships.exclude(workspace__in=owned).exists()


def _state(user: User) -> list[int]:
    # every use removes them, so one use ends the link
    return list(Authenticator.objects.filter(user=user).order_by("pk").values_list("pk", flat=True))
