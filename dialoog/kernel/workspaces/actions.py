"""What can be done with workspaces and their members."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dialoog.kernel import clock, tokens
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import MemberInvitation, Membership, User, Workspace
from dialoog.kernel.workspaces.policy import Role

INVITATION_LASTS = timedelta(days=14)


@transaction.atomic
def found_workspace(*, name: str, owner: User, language: str = "nl", is_demo: bool = False) -> Workspace:
    """Make a workspace with its first owner. The address is the name, made unique."""
    base = slugify(name)[:50] or "workspace"
    slug, count = base, 1
    while Workspace.objects.filter(slug=slug).exists():
        count += 1
        slug = f"{base}-{count}"
    workspace = Workspace.objects.create(name=name, slug=slug, language=language, is_demo=is_demo)
    Membership.objects.create(workspace=workspace, user=owner, role=Role.OWNER)
    return workspace


@transaction.atomic
def make_user(*, email: str, name: str = "", phone: str = "", language: str = "nl") -> User:
    """The user with this address, made when there is none; verified, so that sign-in asks one code."""
    address = email.strip().lower()
    user = User.objects.filter(email__iexact=address).first()
    if user is None:
        user = User.objects.create_user(address, name=name, phone=phone, language=language)
    EmailAddress.objects.get_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user


@transaction.atomic
def add_member(*, workspace: Workspace, user: User, role: Role) -> Membership:
    """Give a user a role. Being a member already changes nothing."""
    return Membership.objects.get_or_create(workspace=workspace, user=user, defaults={"role": role})[0]


@transaction.atomic
def change_role(*, membership: Membership, role: Role) -> Membership:
    """Change what a member may do. Refused for the last owner."""
    if role != Role.OWNER:
        _keep_an_owner(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    membership.role = role
    return membership


@transaction.atomic
def remove_member(*, membership: Membership) -> None:
    """Take somebody out of the workspace. Refused for the last owner."""
    _keep_an_owner(membership)
    membership.delete()


@transaction.atomic
def invite_member(
    *, workspace: Workspace, email: str, role: Role, by: User, name: str = ""
) -> MemberInvitation:
    """Ask somebody into the workspace. An open invitation to the same address is replaced."""
    address = email.strip().lower()
    if workspace.memberships.filter(user__email__iexact=address).exists():
        raise DomainError(_("This person is already a member."), field="email")
    open_ones = workspace.member_invitations.filter(
        email__iexact=address, accepted_at=None, withdrawn_at=None
    )
    open_ones.update(withdrawn_at=clock.now())
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
    return invitation


def invitation_token(invitation: MemberInvitation) -> str:
    """The token of the link in the invitation's mail."""
    return tokens.make_token(f"member:{invitation.pk}:1")


def find_invitation(token: str) -> MemberInvitation | None:
    """The open invitation behind a token; None for a used, withdrawn, expired or unknown one."""
    return (
        MemberInvitation.objects.select_related("workspace")
        .filter(
            digest=tokens.digest_of(token),
            accepted_at=None,
            withdrawn_at=None,
            expires_at__gt=clock.now(),
        )
        .first()
    )


@transaction.atomic
def accept_invitation(*, invitation: MemberInvitation, name: str) -> User:
    """Become a member: makes the account, verified because the link came by its mail. Works once."""
    taken = MemberInvitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if not taken.update(accepted_at=clock.now()):
        raise DomainError(_("This invitation has been used already."))
    user = make_user(email=invitation.email, name=name, language=invitation.workspace.language)
    add_member(workspace=invitation.workspace, user=user, role=Role(invitation.role))
    return user


def _keep_an_owner(membership: Membership) -> None:
    others = membership.workspace.memberships.filter(role=Role.OWNER).exclude(pk=membership.pk)
    if membership.role == Role.OWNER and not others.exists():
        raise DomainError(_("A workspace needs at least one owner."))
