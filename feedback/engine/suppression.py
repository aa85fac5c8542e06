"""Which figures may be shown so that nobody's answer can be read off, also not by subtraction. Pure."""

from collections.abc import Collection, Mapping

THRESHOLD = 5


def shown_clusters(
    counts: Mapping[int, int], threshold: int = THRESHOLD, never: Collection[int] = ()
) -> set[int]:
    """The clusters whose figure may be shown beside the figure of all, given the answers per cluster.

    A cluster needs `threshold` answers and must not be one of `never`. What is hidden can be computed from
    the whole minus what is shown: so the hidden ones together must have none or at least `threshold`
    answers too, else the next smallest is hidden as well (complementary suppression: OECD glossary;
    domain.md section 2A, anonymous results).
    """
    shown = {key for key, count in counts.items() if count >= threshold and key not in never}
    while shown and 0 < sum(counts[key] for key in counts.keys() - shown) < threshold:
        shown.remove(min(shown, key=lambda key: (counts[key], key)))
    return shown


def whole_is_shown(counts: Mapping[int, int], threshold: int = THRESHOLD) -> bool:
    """Whether the figure of all may be shown: it needs `threshold` answers of whatever cluster."""
    return sum(counts.values()) >= threshold
