"""A list after reading: clean cells in rows, the header found, blank lines and empty columns gone."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialoog.kernel.errors import DomainError
from stakeholders.importing.words import header_kind

MOST_ROWS = 5_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
HEADER_WITHIN = 10

# control characters, and those that turn the direction of what follows
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc-\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Table:
    """Rows of equal width. `lines[i]` is where row i stood in the list, counted from 1.

    `header` is empty when the list has none; `notes` are sentences about what was left out or cut.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    notes: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0])

    def column(self, index: int) -> list[str]:
        """The filled cells of one column."""
        return [row[index] for row in self.rows if row[index]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        return cls(
            name=kept["name"],
            header=tuple(kept["header"]),
            rows=tuple(tuple(row) for row in kept["rows"]),
            lines=tuple(kept["lines"]),
            notes=tuple(kept["notes"]),
        )


def clean(text: str) -> str:
    """One line of visible text in Unicode form C: no control or direction characters, single spaces."""
    text = _SURROGATE.sub("", _UNSEEN.sub(" ", text[: LONGEST_CELL * 8]))
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def make_table(name: str, raw: Iterable[Sequence[str]]) -> Table:
    """Clean the cells, find the header, drop what is empty. Refuses an empty list and one too long."""
    kept, lines, cut = [], [], 0
    for line, cells in enumerate(raw, start=1):
        row = [clean(cell) for cell in cells[:MOST_COLUMNS]]
        if not any(row):
            continue
        cut += sum(len(cell) > LONGEST_CELL for cell in row)
        kept.append([cell[:LONGEST_CELL] for cell in row])
        lines.append(line)
        if len(kept) > MOST_ROWS + HEADER_WITHIN:
            break
    header, start = _header(kept)
    notes = _notes(kept[: max(start - bool(header), 0)], cut)
    rows, lines = kept[start:], lines[start:]
    if not rows:
        raise DomainError(_("There is nobody in this list: it is empty."))
    if len(rows) > MOST_ROWS:
        raise DomainError(
            _("This list has more than %(most)s rows. Split it into smaller lists.")
            % {"most": number_format(MOST_ROWS, force_grouping=True)}
        )
    used = _used_columns(header, rows)
    return Table(
        name=clean(name)[:200],
        header=tuple(_at(header, index) for index in used) if header else (),
        rows=tuple(tuple(_at(row, index) for index in used) for row in rows),
        lines=tuple(lines),
        notes=tuple(notes),
    )


def _header(rows: list[list[str]]) -> tuple[list[str], int]:
    """The header, and the index of the first row below it; titles above it are passed over."""
    for index, row in enumerate(rows[:HEADER_WITHIN]):
        filled = [cell for cell in row if cell]
        if len(filled) == 1 and any(_is_header(later) for later in rows[index + 1 : HEADER_WITHIN]):
            # “Genodigden” alone above the real header is a title
            continue
        known = sum(header_kind(cell) is not None for cell in filled)
        reads_like_data = any("@" in cell or sum(c.isdigit() for c in cell) > 4 for cell in filled)
        if not reads_like_data and known >= min(2, len(filled)):
            return row, index + 1
        if not reads_like_data and known and header_kind(filled[0], exact=True) and known * 3 >= len(filled):
            return row, index + 1
    return [], _titles(rows)


def _is_header(row: list[str]) -> bool:
    """Whether several cells of a row are names of columns."""
    return sum(header_kind(cell, exact=True) is not None for cell in row if cell) > 1


def _titles(rows: list[list[str]]) -> int:
    """How many lines above a list without header are one lone cell: a title, no person."""
    widths = Counter(sum(bool(cell) for cell in row) for row in rows[:50])
    if not widths or widths.most_common(1)[0][0] < 2:
        return 0
    count = 0
    for row in rows[:3]:
        if sum(bool(cell) for cell in row) != 1 or "@" in "".join(row) or not row[0]:
            break
        count += 1
    return count


def _notes(titles: list[list[str]], cut: int) -> list[str]:
    notes = []
    for row in titles:
        words = " ".join(cell for cell in row if cell)
        notes.append(_("“%(words)s” was taken as a title.") % {"words": words})
    if cut:
        notes.append(
            ngettext(
                "%(count)s cell was longer than %(most)s characters and was cut.",
                "%(count)s cells were longer than %(most)s characters and were cut.",
                cut,
            )
            % {"count": cut, "most": LONGEST_CELL}
        )
    return notes


def _used_columns(header: list[str], rows: list[list[str]]) -> list[int]:
    width = max(len(row) for row in rows)
    used = [index for index in range(width) if any(_at(row, index) for row in rows)]
    return used or [0]


def _at(row: list[str], index: int) -> str:
    return row[index] if index < len(row) else ""
