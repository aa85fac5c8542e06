"""Makes workspaces, users and memberships; what members then do to each other stands in kernel.members."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.text import slugify

from dialoog.kernel.workspaces.models import Membership, User, Workspace
from dialoog.kernel.workspaces.policy import Role


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
