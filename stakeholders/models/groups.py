"""Groups of stakeholders: whom somebody speaks for, each with a shape of its own (T2, decisions.md 5)."""

from dataclasses import dataclass
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from dialoog.kernel.db import choices_check
from dialoog.kernel.ui.shapes import RESERVED, SHAPES
from dialoog.kernel.workspaces.models import Workspace


class SeedGroup(models.TextChoices):
    """The groups every workspace starts with."""

    COMPANIES = "companies", _("Companies")
    GOVERNMENT = "government", _("Government")
    NGOS = "ngos", _("NGOs")
    UNIONS = "unions", _("Unions")
    SUPPLIERS = "suppliers", _("Suppliers")
    FINANCE = "finance", _("Financiers")
    KNOWLEDGE = "knowledge", _("Knowledge institutes")
    CUSTOMERS = "customers", _("Customers and consumers")
    WORKERS = "workers", _("Workers")
    BRANCH = "branch", _("Branch associations")
    LOCAL = "local", _("Local communities")


class Cluster(models.TextChoices):
    """Groups taken together in reports, so that nobody can be recognised (reporting cluster)."""

    BUSINESS = "business", _("Companies and their suppliers")
    SOCIETY = "society", _("Civil society, workers and communities")
    PUBLIC = "public", _("Government, finance and knowledge")


@dataclass(frozen=True)
class Seed:
    """How a seeded group starts."""

    shape: str
    cluster: Cluster
    at_risk: bool = False


SEED_GROUPS: dict[SeedGroup, Seed] = {
    SeedGroup.COMPANIES: Seed("square", Cluster.BUSINESS),
    SeedGroup.GOVERNMENT: Seed("triangle", Cluster.PUBLIC),
    SeedGroup.NGOS: Seed("circle", Cluster.SOCIETY),
    SeedGroup.UNIONS: Seed("diamond", Cluster.SOCIETY),
    SeedGroup.SUPPLIERS: Seed("hexagon", Cluster.BUSINESS),
    SeedGroup.FINANCE: Seed("ring", Cluster.PUBLIC),
    SeedGroup.KNOWLEDGE: Seed("dome", Cluster.PUBLIC),
    SeedGroup.CUSTOMERS: Seed("wedge", Cluster.SOCIETY),
    SeedGroup.WORKERS: Seed("cross", Cluster.SOCIETY, at_risk=True),
    SeedGroup.BRANCH: Seed("bars", Cluster.BUSINESS),
    SeedGroup.LOCAL: Seed("arch", Cluster.SOCIETY, at_risk=True),
}


class StakeholderGroupQuerySet(models.QuerySet["StakeholderGroup"]):
    """Reading words of groups."""

    def for_workspace(self, workspace: Workspace) -> Self:
        return self.filter(workspace=workspace)

    def in_use(self) -> Self:
        """Those somebody may still be put in."""
        return self.filter(retired_at=None)

    def in_order(self) -> Self:
        return self.order_by("position", "pk")


class StakeholderGroup(models.Model):
    """A category people speak for. A seeded one has a key and is named in the reader's language."""

    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, related_name="stakeholder_groups")
    key = models.CharField(max_length=20, choices=SeedGroup, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    description = models.CharField(_("who belongs to it"), max_length=300, blank=True)
    shape = models.CharField(
        _("shape"), max_length=20, choices=[(key, key) for key in SHAPES], default=RESERVED[0]
    )
    position = models.PositiveSmallIntegerField(default=0)
    at_risk_of_exclusion = models.BooleanField(_("needs extra care to be heard"), default=False)
    cluster = models.CharField(
        _("taken together in reports with"), max_length=20, choices=Cluster, default=Cluster.SOCIETY
    )
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StakeholderGroupQuerySet.as_manager()

    class Meta:
        constraints = [
            choices_check("key", SeedGroup, name="group_key_known", blank=True),
            choices_check("cluster", Cluster, name="group_cluster_known"),
            models.CheckConstraint(condition=Q(shape__in=list(SHAPES)), name="group_shape_known"),
            models.CheckConstraint(
                condition=Q(~Q(key=""), name="") | Q(Q(key=""), ~Q(name="")),
                name="group_key_or_name",
                violation_error_message=_("Give the group a name."),
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(key=""), name="group_seeded_stays"
            ),
            models.UniqueConstraint(fields=["workspace", "key"], condition=~Q(key=""), name="group_key_once"),
            models.UniqueConstraint(
                F("workspace"),
                Lower("name"),
                condition=~Q(name=""),
                name="group_name_once",
                violation_error_message=_("There is a group with this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_own(self) -> bool:
        """Added by the workspace, and so its own to name and to retire."""
        return not self.key

    @property
    def is_retired(self) -> bool:
        return self.retired_at is not None

    @property
    def label(self) -> str:
        """The name to show: the seeded word in the reader's language, or the workspace's own."""
        return str(SeedGroup(self.key).label) if self.key else self.name
