"""Users, workspaces and what joins them."""

from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.countries import CODES, days_off
from dialoog.kernel.db import choices_check
from dialoog.kernel.workspaces.policy import GRANTS, Permission, Role


class UserManager(BaseUserManager["User"]):
    """Makes users, without passwords: people sign in by a code, a passkey or their organisation."""

    def create_user(self, email: str, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A colleague who signs in. Guests never are one."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="nl")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
            models.CheckConstraint(condition=Q(language__in=["en", "nl"]), name="user_language_known"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        parts = (self.name or self.email).split()
        return "".join(part[0] for part in [parts[0], *parts[1:][-1:]]).upper()

    @property
    def first_name(self) -> str:
        return (self.name or self.email).split()[0]


class Workspace(models.Model):
    """One organisation's own room. People of one workspace never see another's anything."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES, default="nl")
    timezone = models.CharField(_("time zone"), max_length=60, default="Europe/Amsterdam")
    # ISO 3166-1 alpha-2: whose days off count, and what is abroad
    country = models.CharField(_("country"), max_length=2, default="NL")
    postal_address = models.TextField(_("return address on letters"), max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now)
    members = models.ManyToManyField(User, through="Membership", related_name="workspaces")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(language__in=["en", "nl"]), name="workspace_language_known"),
            models.CheckConstraint(condition=Q(country__in=CODES), name="workspace_country_known"),
            models.CheckConstraint(condition=~Q(name=""), name="workspace_has_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def url(self, name: str, *args: object) -> str:
        """The address of a page inside this workspace."""
        return reverse(name, args=[self.slug, *args])

    def is_day_off(self, day: date) -> bool:
        """Whether nobody works on this day where the organisation is."""
        return days_off(self.country)(day)


class Membership(models.Model):
    """What a person is in a workspace."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_once"),
            choices_check("role", Role, name="membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.workspace_id}"

    def may(self, permission: Permission) -> bool:
        return permission in GRANTS[self.role]


class MemberInvitationQuerySet(models.QuerySet["MemberInvitation"]):
    """Reading words of invitations."""

    def open(self) -> Self:
        """Neither used nor withdrawn; what has expired is open still, and can be sent again."""
        return self.filter(accepted_at=None, withdrawn_at=None)


class MemberInvitation(models.Model):
    """Asks somebody into a workspace by a mailed link; accepted at most once."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="member_invitations")
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - unknown until the id is
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MemberInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            choices_check("role", Role, name="member_invitation_role_known"),
            models.UniqueConstraint(
                F("workspace"),
                Lower("email"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="member_invitation_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.role} {self.workspace_id}"

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= clock.now()

    @property
    def ended(self) -> str:
        """Why the link no longer works: used, withdrawn or expired; empty while it does."""
        if self.accepted_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        return "expired" if self.has_expired else ""
