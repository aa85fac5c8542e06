"""Who may be in the register twice: the same name, or the same initial and last name at one organisation."""

from collections import defaultdict
from dataclasses import dataclass

from dialoog.kernel.workspaces.models import Workspace
from stakeholders.models import Person

MOST = 50


@dataclass(frozen=True)
class Pair:
    """Two people who may be one; the one known longest comes first."""

    first: Person
    second: Person


def doubles_in(workspace: Workspace) -> list[Pair]:
    """Pairs that look alike, in the order of the list; reads the register once."""
    people = Person.objects.for_workspace(workspace).active().select_related("organisation").in_order()
    alike: dict[tuple[str, ...], list[Person]] = defaultdict(list)
    for person in people:
        for key in _keys(person):
            alike[key].append(person)
    found: dict[tuple[int, int], Pair] = {}
    for group in alike.values():
        for index, one in enumerate(group[:5]):
            for other in group[index + 1 : 6]:
                first, second = sorted((one, other), key=lambda each: each.pk)
                found.setdefault((first.pk, second.pk), Pair(first, second))
    return list(found.values())[:MOST]


def _keys(person: Person) -> list[tuple[str, ...]]:
    words = person.sort_key.replace(".", " ").split()
    keys: list[tuple[str, ...]] = [("name", person.sort_key)]
    if len(words) > 1 and person.organisation_id:
        keys.append(("at", str(person.organisation_id), words[0][0], words[-1]))
    return keys
