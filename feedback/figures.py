"""The figures of a questionnaire as they may be shown, in the active language."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from dialoog.kernel.ui.figures import LikertAxis, likert_axis
from feedback.items import ITEMS, STEPS

# shown first in a report: the four that say most about a dialogue; the others stand in the table
FIRST_ITEMS = ("TR4", "IN1", "KE2", "VE1")


@dataclass(frozen=True)
class ClusterKey:
    """Groups taken together: name, shapes, and how many answered (None: too few to say)."""

    pk: str
    label: str
    shapes: list[str]
    answers: int | None


@dataclass(frozen=True)
class Bars:
    """One statement: a mean per cluster (None: hidden), and how the answers of all are spread."""

    code: str
    label: str
    means: list[tuple[ClusterKey, float | None]]
    counts: list[int] | None
    steps: list[tuple[str, int]]


@dataclass(frozen=True)
class Results:
    """The figures of one questionnaire as they may be shown."""

    asked: int
    answered: int
    clusters: list[ClusterKey]
    bars: list[Bars]

    @property
    def first(self) -> list[Bars]:
        """The few that are drawn; all of them stand in the table."""
        chosen = [bar for bar in self.bars if bar.code in FIRST_ITEMS]
        return chosen or self.bars[:4]

    @property
    def axis(self) -> LikertAxis:
        return likert_axis([bar.counts for bar in self.bars if bar.counts])

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered to show anything."""
        return all(bar.counts is None for bar in self.bars)


def figures(frozen: dict[str, Any] | None) -> Results | None:
    """The figures as they may be shown, in the active language; None before they are counted."""
    if frozen is None:
        return None
    language = translation.get_language() or "en"
    clusters = [
        ClusterKey(
            pk=row["id"],
            label=row["names"].get(language) or row["names"]["en"],
            shapes=row["shapes"],
            answers=frozen["answers"].get(row["id"]),
        )
        for row in frozen["clusters"]
    ]
    bars = [
        Bars(
            code=code,
            label=str(ITEMS[code].short),
            means=[(cluster, row["means"].get(cluster.pk)) for cluster in clusters],
            counts=row["counts"],
            steps=[
                (str(word), count) for (_step, word), count in zip(STEPS, row["counts"] or [], strict=False)
            ],
        )
        for code, row in frozen["items"].items()
    ]
    return Results(asked=frozen["asked"], answered=frozen["answered"], clusters=clusters, bars=bars)
