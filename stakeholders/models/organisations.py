"""Organisations people come from."""

from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dialoog.kernel import clock
from dialoog.kernel.alphabet import sort_key
from dialoog.kernel.db import SortKeyField
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.models.groups import StakeholderGroup


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reading words of organisations."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def search(self, text: str) -> Self:
        words = Q()
        for word in text.split()[:8]:
            words &= Q(sort_key__contains=sort_key(word)) | Q(place__icontains=word)
        return self.filter(words)

    def with_group(self) -> Self:
        return self.select_related("group")

    def with_counts(self) -> Self:
        """Adds `people_count`: how many active people come from it."""
        return self.annotate(people_count=Count("people", filter=Q(people__archived_at=None)))

    def in_order(self) -> Self:
        return self.order_by("sort_key", "pk")


class Organisation(models.Model):
    """A party that takes part through people. The note is written as if the party reads it (T90)."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="organisations")
    name = models.CharField(_("name"), max_length=160)
    sort_key = SortKeyField()
    # why PROTECT: a group that is spoken for does not vanish from past meetings
    group = models.ForeignKey(
        StakeholderGroup,
        verbose_name=_("group"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    # nobody has said so yet: it followed from a name, an address or a job
    group_guessed = models.BooleanField(default=False, editable=False)
    place = models.CharField(_("place"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=80, blank=True)
    note = models.TextField(_("what helps here"), max_length=4000, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_name"),
            models.CheckConstraint(
                condition=Q(group_guessed=False) | Q(group__isnull=False), name="organisation_guess_has_group"
            ),
            models.UniqueConstraint(
                F("workspace"),
                Lower("name"),
                name="organisation_name_once",
                violation_error_message=_("There is an organisation with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
