"""What members do to a workspace and to each other; every change is in the audit trail."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from dialoog.kernel import clock, tokens
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.actions import add_member, found_workspace, make_user
from dialoog.kernel.workspaces.models import (
    MemberInvitation,
    MemberInvitationQuerySet,
    Membership,
    User,
    Workspace,
)
from dialoog.kernel.workspaces.policy import Role

INVITATION_LASTS = timedelta(days=14)


@transaction.atomic
def open_workspace(
    *, name: str, owner: User, by: Actor, language: str = "nl", is_demo: bool = False
) -> Workspace:
    """Make a workspace with its first owner; its trail begins with both."""
    workspace = found_workspace(name=name, owner=owner, language=language, is_demo=is_demo)
    record("workspace_founded", on=workspace, by=by, workspace=workspace)
    record("member_joined", on=owner, by=by, workspace=workspace, data={"role": Role.OWNER})
    return workspace


@transaction.atomic
def put_in(*, workspace: Workspace, user: User, role: Role, by: Actor) -> Membership:
    """Give somebody a role without asking them: the demo, and who keeps the server. A member stays one."""
    known = workspace.memberships.filter(user=user).first()
    if known is not None:
        return known
    membership = add_member(workspace=workspace, user=user, role=role)
    record("member_joined", on=user, by=by, workspace=workspace, data={"role": role})
    return membership


@transaction.atomic
def save_workspace(*, workspace: Workspace, fields: dict[str, str], by: User) -> Workspace:
    """Change name, language, time zone, country and return address. Saving the same changes nothing.

    Another country has other holidays: what leaves by itself is planned anew, in the same transaction.
    """
    stored = Workspace.objects.get(pk=workspace.pk)
    changed = sorted(name for name, value in fields.items() if getattr(stored, name) != value)
    if changed:
        Workspace.objects.filter(pk=workspace.pk).update(**{name: fields[name] for name in changed})
        if "country" in changed:
            for path in settings.WHEN_COUNTRY_CHANGES:
                import_string(path)(workspace)
        record(
            "workspace_changed",
            on=workspace,
            by=Actor.user(by),
            workspace=workspace,
            data={"fields": changed},
        )
    workspace.refresh_from_db()
    return workspace


@transaction.atomic
def invite_member(
    *, workspace: Workspace, email: str, role: Role, by: User, name: str = ""
) -> MemberInvitation:
    """Ask somebody into the workspace. An open invitation to the same address is replaced."""
    _hold(workspace.pk)
    address = email.strip().lower()
    if workspace.memberships.filter(user__email__iexact=address).exists():
        raise DomainError(_("This person is already a member."), field="email")
    MemberInvitation.objects.open().filter(workspace=workspace, email__iexact=address).update(
        withdrawn_at=clock.now()
    )
    invitation = MemberInvitation.objects.create(
        workspace=workspace,
        email=address,
        name=name,
        role=role,
        invited_by=by,
        expires_at=clock.now() + INVITATION_LASTS,
    )
    invitation.digest = tokens.digest_of(invitation_token(invitation))
    invitation.save(update_fields=["digest"])
    _tell("member_invited", invitation, by, role=role)
    return invitation


@transaction.atomic
def renew_invitation(*, invitation: MemberInvitation, by: User) -> MemberInvitation:
    """Let the same link work for another fourteen days. Refused when it was used or withdrawn meanwhile."""
    expires_at = clock.now() + INVITATION_LASTS
    if not _open(invitation).update(expires_at=expires_at):
        raise DomainError(_("This invitation has been used or withdrawn meanwhile."))
    invitation.expires_at = expires_at
    _tell("member_invitation_renewed", invitation, by)
    return invitation


@transaction.atomic
def withdraw_invitation(*, invitation: MemberInvitation, by: User) -> None:
    """End the link. Withdrawing twice changes nothing; refused when somebody has joined by it."""
    if _open(invitation).update(withdrawn_at=clock.now()):
        _tell("member_invitation_withdrawn", invitation, by)
    elif MemberInvitation.objects.filter(pk=invitation.pk, accepted_at__isnull=False).exists():
        raise DomainError(_("This person has joined already. You can take them out of the list of members."))


def invitation_token(invitation: MemberInvitation) -> str:
    """The token of the link in the invitation's mail."""
    return tokens.make_token(f"member:{invitation.pk}:1")


def find_invitation(token: str) -> MemberInvitation | None:
    """The invitation behind a token, whatever became of it; None for an unknown token."""
    invitations = MemberInvitation.objects.select_related("workspace", "invited_by")
    return invitations.filter(digest=tokens.digest_of(token)).first()


@transaction.atomic
def accept_invitation(*, invitation: MemberInvitation, name: str = "", user: User | None = None) -> User:
    """Become a member, once. Without `user` it makes the account, verified because the link came by mail.

    Somebody who already has an account must be that account (`user`): holding the link is not enough.
    """
    if user is None and User.objects.filter(email__iexact=invitation.email).exists():
        raise DomainError(_("There is an account with this address already. Please sign in first."))
    if user is not None and user.email != invitation.email:
        raise DomainError(_("This invitation is for another address."))
    now = clock.now()
    if not _open(invitation).filter(expires_at__gt=now).update(accepted_at=now):
        raise DomainError(_("This invitation has been used or withdrawn meanwhile."))
    user = user or make_user(email=invitation.email, name=name, language=invitation.workspace.language)
    add_member(workspace=invitation.workspace, user=user, role=Role(invitation.role))
    record(
        "member_joined",
        on=user,
        by=Actor.user(user),
        workspace=invitation.workspace_id,
        data={"role": invitation.role, "invitation": invitation.pk},
    )
    return user


@transaction.atomic
def change_role(*, membership: Membership, role: Role, by: User) -> Membership:
    """Change what a member may do. Refused for the last owner; the same role changes nothing."""
    before = _held(membership)
    if role != Role.OWNER:
        _keep_an_owner(before)
    if before.role != role:
        Membership.objects.filter(pk=before.pk).update(role=role)
        _tell_of("member_role_changed", before, by, before=before.role, after=role)
    membership.role = role
    return membership


@transaction.atomic
def remove_member(*, membership: Membership, by: User) -> None:
    """Take somebody out of the workspace, or leave it oneself. Refused for the last owner."""
    before = _held(membership)
    _keep_an_owner(before)
    before.delete()
    verb = "member_left" if membership.user_id == by.pk else "member_removed"
    _tell_of(verb, membership, by, role=before.role)


def _hold(workspace_id: int) -> None:
    """One change of members at a time: two owners demoting each other would leave nobody."""
    Workspace.objects.select_for_update().get(pk=workspace_id)


def _held(membership: Membership) -> Membership:
    """The membership as it is now, with the workspace held. Refuses when it has gone."""
    _hold(membership.workspace_id)
    found = Membership.objects.filter(pk=membership.pk).first()
    if found is None:
        raise DomainError(_("This person is no member any more."))
    return found


def _open(invitation: MemberInvitation) -> MemberInvitationQuerySet:
    return MemberInvitation.objects.open().filter(pk=invitation.pk)


def _keep_an_owner(membership: Membership) -> None:
    others = Membership.objects.filter(workspace=membership.workspace_id, role=Role.OWNER)
    if membership.role == Role.OWNER and not others.exclude(pk=membership.pk).exists():
        raise DomainError(_("A workspace needs at least one owner. Make somebody else owner first."))


def _tell(verb: str, invitation: MemberInvitation, by: User, **data: str) -> None:
    record(verb, on=invitation, by=Actor.user(by), workspace=invitation.workspace_id, data=data)


def _tell_of(verb: str, membership: Membership, by: User, **data: str) -> None:
    """About the person, because the membership itself may be gone."""
    record(verb, on=membership.user, by=Actor.user(by), workspace=membership.workspace_id, data=data)
