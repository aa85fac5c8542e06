"""Proposes which groups are taken together in results, so that each has enough people. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

SMALLEST = 5


@dataclass(frozen=True)
class Party:
    """A group at the table: its key, the cluster it would start in, and how many of its people are asked."""

    key: int
    start: str
    people: int


def propose_clusters(parties: Iterable[Party], smallest: int = SMALLEST) -> list[tuple[int, ...]]:
    """Keys of parties per cluster, in the order given; every cluster has `smallest` people where possible.

    Begins with the starting clusters and joins the smallest with the next smallest until all are large
    enough or one is left (domain.md section 5: two to four clusters, fixed in advance). Parties without
    people are left out; a party with a negative number is refused.
    """
    parties = list(parties)
    if any(party.people < 0 for party in parties):
        raise ValueError("A group cannot have fewer than no people.")
    order = {party.key: index for index, party in enumerate(parties)}
    people = {party.key: party.people for party in parties}
    starts: dict[str, list[int]] = {}
    for party in parties:
        if party.people:
            starts.setdefault(party.start, []).append(party.key)
    clusters = list(starts.values())

    def size(cluster: list[int]) -> tuple[int, int]:
        return sum(people[key] for key in cluster), order[cluster[0]]

    while len(clusters) > 1 and min(size(cluster)[0] for cluster in clusters) < smallest:
        least, second = sorted(clusters, key=size)[:2]
        joined = sorted([*least, *second], key=order.__getitem__)
        clusters = [cluster for cluster in clusters if cluster not in (least, second)] + [joined]
    return [tuple(cluster) for cluster in sorted(clusters, key=lambda cluster: order[cluster[0]])]
