"""Rows for tests, each with the least that is valid."""

from itertools import count
from typing import Any

from dialoog.kernel.workspaces.models import Workspace
from stakeholders.actions.groups import ensure_groups
from stakeholders.models import Channel, Organisation, Person, SeedGroup, StakeholderGroup

_numbers = count(1)


def make_group(workspace: Workspace, key: str = SeedGroup.COMPANIES) -> StakeholderGroup:
    """A seeded group of the workspace."""
    return next(group for group in ensure_groups(workspace) if group.key == key)


def make_organisation(workspace: Workspace, **fields: Any) -> Organisation:
    return Organisation.objects.create(
        workspace=workspace, **{"name": f"Organisation {next(_numbers)}", **fields}
    )


def make_person(workspace: Workspace, **fields: Any) -> Person:
    """Somebody with a name and, unless another way is given, an address at example.org."""
    number = next(_numbers)
    fields = {"name": f"Person {number}", **fields}
    if fields.get("channel", Channel.MAIL) == Channel.MAIL:
        fields.setdefault("email", f"person{number}@example.org")
    return Person.objects.create(workspace=workspace, **fields)
