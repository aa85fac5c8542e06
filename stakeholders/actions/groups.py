"""The groups of a workspace."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.audit.actor import Actor
from dialoog.kernel.audit.trail import record
from dialoog.kernel.errors import DomainError
from dialoog.kernel.ui.shapes import RESERVED
from dialoog.kernel.workspaces.models import Workspace
from stakeholders.models import SEED_GROUPS, Cluster, StakeholderGroup


def ensure_groups(workspace: Workspace) -> list[StakeholderGroup]:
    """The groups in use, in order, seeded first when the workspace has none: any page may ask for them."""
    groups = list(workspace.stakeholder_groups.in_use().in_order())
    if len([group for group in groups if group.key]) < len(SEED_GROUPS):
        seed_groups(workspace)
        groups = list(workspace.stakeholder_groups.in_use().in_order())
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
    description: str = "",
    cluster: str = Cluster.SOCIETY,
    at_risk_of_exclusion: bool = False,
) -> StakeholderGroup:
    """Add a group of the workspace's own; it takes a free reserved shape. Refused for a name in use."""
    ensure_groups(workspace)
    groups = list(workspace.stakeholder_groups.in_order())
    name = _free_name(name, groups)
    own = [group for group in groups if not group.key]
    taken = {group.shape for group in own}
    free = [shape for shape in RESERVED if shape not in taken]
    group = StakeholderGroup.objects.create(
        workspace=workspace,
        name=name,
        shape=free[0] if free else RESERVED[len(own) % len(RESERVED)],
        description=description,
        position=max(group.position for group in groups) + 1,
        cluster=cluster,
        at_risk_of_exclusion=at_risk_of_exclusion,
    )
    record("group.added", on=group, by=by, workspace=workspace)
    return group


@transaction.atomic
def change_group(*, group: StakeholderGroup, by: Actor, **fields: Any) -> StakeholderGroup:
    """Change what a group is; a seeded one keeps its name, which follows the reader's language."""
    if not group.is_own:
        fields.pop("name", None)
    if "name" in fields:
        others = group.workspace.stakeholder_groups.exclude(pk=group.pk)
        fields["name"] = _free_name(fields["name"], others)
    changed = [name for name, value in fields.items() if getattr(group, name) != value]
    if changed:
        StakeholderGroup.objects.filter(pk=group.pk).update(**{name: fields[name] for name in changed})
        group.refresh_from_db()
        record("group.changed", on=group, by=by, workspace=group.workspace_id, data={"fields": changed})
    return group


@transaction.atomic
def retire_group(*, group: StakeholderGroup, by: Actor) -> None:
    """Take an own group out of use; what was said in its name stays. Refused while anybody is in it."""
    if not group.is_own:
        raise DomainError(_("This group belongs to every workspace and stays."))
    if group.organisations.exists() or group.people.filter(archived_at=None, erased_at=None).exists():
        raise DomainError(_("People or organisations still speak for this group. Put them elsewhere first."))
    if StakeholderGroup.objects.filter(pk=group.pk, retired_at=None).update(retired_at=clock.now()):
        record("group.retired", on=group, by=by, workspace=group.workspace_id)


@transaction.atomic
def restore_group(*, group: StakeholderGroup, by: Actor) -> None:
    """Take a group into use again."""
    if StakeholderGroup.objects.filter(pk=group.pk).exclude(retired_at=None).update(retired_at=None):
        record("group.restored", on=group, by=by, workspace=group.workspace_id)


def _free_name(name: str, others: Iterable[StakeholderGroup]) -> str:
    name = " ".join(name.split())
    if name.casefold() in {group.label.casefold() for group in others}:
        raise DomainError(_("There is a group with this name already."), field="name")
    return name
