"""From answer sheets to figures: distributions, means per cluster, scale means. Pure; no grand total."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from feedback.engine.suppression import THRESHOLD, shown_clusters, whole_is_shown

LOW, HIGH = 1, 5


@dataclass(frozen=True)
class Answers:
    """One sheet: the cluster's id (0 for none) and code → step 1 to 5, or None for “don't know”."""

    cluster: int
    items: Mapping[str, int | None]


def scale_mean(
    items: Mapping[str, int | None], codes: Sequence[str], reversed_codes: Collection[str] = ()
) -> float | None:
    """The mean of one person's answers to `codes`, if at least two thirds of them were answered; else None.

    Reversed statements count the other way round (5 becomes 1). “Don't know” is never scored.
    """
    steps = [items.get(code) for code in codes]
    valid = [
        LOW + HIGH - step if code in reversed_codes else step
        for code, step in zip(codes, steps, strict=True)
        if step is not None
    ]
    if not valid or len(valid) * 3 < len(codes) * 2:
        return None
    return sum(valid) / len(valid)


def summarise(
    sheets: Sequence[Answers],
    *,
    codes: Sequence[str],
    scales: Mapping[str, Sequence[str]],
    clusters: Sequence[int],
    reversed_codes: Collection[str] = (),
    threshold: int = THRESHOLD,
) -> dict[str, Any]:
    """Everything that may be shown, as JSON; what may not be is not in it.

    Per item: `counts` (five numbers, all clusters together), `dont_know`, and `means` per cluster id; per
    scale: `means` per cluster id. A figure is None where fewer than `threshold` people gave it or where it
    would tell a hidden one. `answers` counts sheets per cluster, None below the threshold. Means have one
    decimal.
    """
    every = sorted({*clusters, *(sheet.cluster for sheet in sheets)})
    numbers = {key: sum(sheet.cluster == key for sheet in sheets) for key in every}
    known = shown_clusters(numbers, threshold, never=set(every) - set(clusters))
    figures = _Figures(sheets, tuple(clusters), tuple(every), frozenset(known), threshold)
    return {
        "threshold": threshold,
        "sheets": len(sheets),
        "answers": {str(key): numbers[key] if key in known else None for key in clusters},
        "items": {code: figures.item(code) for code in codes},
        "scales": {
            name: figures.means(
                [(sheet.cluster, scale_mean(sheet.items, members, reversed_codes)) for sheet in sheets]
            )
            for name, members in scales.items()
            # a scale of one statement says nothing that the statement does not
            if len(members) > 1
        },
    }


@dataclass(frozen=True)
class _Figures:
    """The sheets, the clusters to show, every cluster that occurs, and those that may be shown at all."""

    sheets: Sequence[Answers]
    clusters: tuple[int, ...]
    every: tuple[int, ...]
    known: frozenset[int]
    threshold: int

    def item(self, code: str) -> dict[str, Any]:
        given = [(sheet.cluster, sheet.items.get(code)) for sheet in self.sheets]
        tally = Counter(step for _cluster, step in given)
        counts = [tally[value] for value in range(LOW, HIGH + 1)]
        if sum(counts) < self.threshold:
            return {"counts": None, "dont_know": None, "means": dict.fromkeys(map(str, self.clusters))}
        unsure = sum(code in sheet.items and sheet.items[code] is None for sheet in self.sheets)
        return {"counts": counts, "dont_know": unsure, "means": self.means(given)}

    def means(self, given: Sequence[tuple[int, float | None]]) -> dict[str, float | None]:
        values: dict[int, list[float]] = {key: [] for key in self.every}
        for cluster, value in given:
            if value is not None:
                values[cluster].append(value)
        counts = {key: len(rows) for key, rows in values.items()}
        shown: set[int] = set()
        if whole_is_shown(counts, self.threshold):
            shown = shown_clusters(counts, self.threshold, never=set(self.every) - self.known)
        return {
            str(key): round(sum(values[key]) / counts[key], 1) if key in shown else None
            for key in self.clusters
        }
