"""Personal links: they say who somebody is; what they may do is decided elsewhere (decisions.md 8)."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from dialoog.kernel import clock
from stakeholders.models.people import Person


class AccessLinkQuerySet(models.QuerySet["AccessLink"]):
    """Reading words of links."""

    def standing(self) -> Self:
        """Not revoked; at most one per person. It may have expired."""
        return self.filter(revoked_at=None)

    def working(self, at: datetime) -> Self:
        return self.standing().filter(Q(expires_at=None) | Q(expires_at__gt=at))


class AccessLink(models.Model):
    """One generation of a person's link. The token is computed from `reference`; only its digest is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="links")
    generation = models.PositiveIntegerField(default=1)
    digest = models.CharField(max_length=64, unique=True, null=True, editable=False)  # noqa: DJ001 - unknown until the id is
    created_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = AccessLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(revoked_at__isnull=True), name="link_standing_once"
            ),
            models.UniqueConstraint(fields=["person", "generation"], name="link_generation_once"),
            models.CheckConstraint(condition=Q(generation__gte=1), name="link_generation_counts"),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at")),
                name="link_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What the token is computed from; safe to store in mails that still have to be sent."""
        return f"link:{self.pk}:{self.generation}"

    @property
    def is_revoked(self) -> bool:
        return self.revoked_at is not None

    def has_expired(self) -> bool:
        return self.expires_at is not None and self.expires_at <= clock.now()

    def works(self) -> bool:
        return not self.is_revoked and not self.has_expired()
