"""The groups of a workspace."""

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.shapes import RESERVED
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.models import SEED_GROUPS, Cluster, StakeholderGroup


def ensure_groups(workspace: Workspace) -> list[StakeholderGroup]:
    """The groups in order, seeded first when the workspace has none: any page may ask for them."""
    groups = list(workspace.stakeholder_groups.in_order())
    if len([group for group in groups if group.key]) < len(SEED_GROUPS):
        seed_groups(workspace)
        groups = list(workspace.stakeholder_groups.in_order())
    return groups


@transaction.atomic
def seed_groups(workspace: Workspace) -> None:
    """Give a workspace the eleven groups of T2. Doing it again adds only what is missing."""
    StakeholderGroup.objects.bulk_create(
        [
            StakeholderGroup(
                workspace=workspace,
                key=key,
                shape=seed.shape,
                cluster=seed.cluster,
                at_risk_of_exclusion=seed.at_risk,
                position=position,
            )
            for position, (key, seed) in enumerate(SEED_GROUPS.items())
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def add_group(
    *,
    workspace: Workspace,
    name: str,
    by: Actor,
    cluster: str = Cluster.SOCIETY,
    at_risk_of_exclusion: bool = False,
) -> StakeholderGroup:
    """Add a group of the workspace's own; it takes a free reserved shape. Refused for a name in use."""
    groups = ensure_groups(workspace)
    name = " ".join(name.split())
    if name.casefold() in {group.label.casefold() for group in groups}:
        raise DomainError(_("There is a group with this name already."), field="name")
    own = [group for group in groups if not group.key]
    taken = {group.shape for group in own}
    free = [shape for shape in RESERVED if shape not in taken]
    group = StakeholderGroup.objects.create(
        workspace=workspace,
        name=name,
        shape=free[0] if free else RESERVED[len(own) % len(RESERVED)],
        position=max(group.position for group in groups) + 1,
        cluster=cluster,
        at_risk_of_exclusion=at_risk_of_exclusion,
    )
    record("group.added", on=group, by=by, workspace=workspace)
    return group
