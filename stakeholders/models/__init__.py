"""People, the organisations they come from, the groups they speak for and the links they answer by."""

from stakeholders.models.drafts import ImportDraft
from stakeholders.models.groups import SEED_GROUPS, Cluster, SeedGroup, StakeholderGroup
from stakeholders.models.links import AccessLink
from stakeholders.models.organisations import Organisation
from stakeholders.models.people import Basis, Channel, Knowledge, Mandate, Mode, Person

__all__ = [
    "SEED_GROUPS",
    "AccessLink",
    "Basis",
    "Channel",
    "Cluster",
    "ImportDraft",
    "Knowledge",
    "Mandate",
    "Mode",
    "Organisation",
    "Person",
    "SeedGroup",
    "StakeholderGroup",
]
