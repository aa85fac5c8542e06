"""Which column holds what: guessed from header and content, corrected by the organiser."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Self

from django.utils.functional import Promise

from stakeholders.importing.guessing import suggest_group
from stakeholders.importing.pasted import ADDRESS
from stakeholders.importing.table import Table
from stakeholders.importing.words import COLUMN_LABELS, Column, header_kind, is_nothing, language_of

_PHONE = re.compile(r"\+?[\d\s()./-]{8,20}")
_POSTCODE = re.compile(r"\d{4}\s?[A-Za-z]{2}")
_STREET = re.compile(r"[^\W\d][^\d@]{2,} \d{1,4}\s?[\w-]{0,4}")
_SAMPLE = 200
_KINDS = {column.value: column for column in Column}


@dataclass(frozen=True)
class Columns:
    """One kind per column of the table, None for a column that is not used."""

    kinds: tuple[Column | None, ...]

    @property
    def found(self) -> list[Column]:
        """The kinds in use, each once, in the order of the enum."""
        return [column for column in Column if column in self.kinds]

    @property
    def labels(self) -> list[str | Promise]:
        return [COLUMN_LABELS[column] for column in self.found]

    def chosen(self, choice: Mapping[int, str]) -> Self:
        """The same with other kinds at the given positions; words that are no kind mean “not used”."""
        kinds = list(self.kinds)
        for index, word in choice.items():
            if 0 <= index < len(kinds):
                kinds[index] = _KINDS.get(word)
        return type(self)(tuple(kinds))

    def first(self, row: Sequence[str], column: Column) -> str:
        """The first filled cell of this kind. Where people are reached, “none” or “-” is not filled."""
        cells = [cell for cell, kind in zip(row, self.kinds, strict=True) if kind == column and cell]
        if column in {Column.EMAIL, Column.PHONE}:
            cells = [cell for cell in cells if not is_nothing(cell)]
        return next(iter(cells), "")

    def as_json(self) -> list[str]:
        return [kind or "" for kind in self.kinds]

    @classmethod
    def from_json(cls, kept: Sequence[str]) -> Self:
        return cls(tuple(_KINDS.get(word) for word in kept))


def guess_columns(table: Table) -> Columns:
    """The likeliest reading of a table. It may be wrong: somebody looks before anything is done."""
    kinds: list[Column | None] = [None] * table.width
    if table.header:
        kinds = [header_kind(cell) for cell in table.header]
    _by_content(table, kinds)
    _by_elimination(table, kinds)
    if Column.STREET not in kinds or _counts_rows(table, kinds):
        # “Nr” is then the number of a row; a house number needs its street
        kinds = [None if kind == Column.NUMBER else kind for kind in kinds]
    if Column.FIRST in kinds and Column.LAST not in kinds and Column.NAME in kinds:
        kinds[kinds.index(Column.NAME)] = Column.LAST
    return Columns(tuple(kinds))


def _counts_rows(table: Table, kinds: Sequence[Column | None]) -> bool:
    """Whether the numbers at the front of the list rise from row to row; a total below them may be words."""
    if kinds[0] != Column.NUMBER:
        return False
    cells = [cell.rstrip(".") for cell in table.column(0)]
    numbers = [int(cell) for cell in cells if cell.isascii() and cell.isdigit()]
    rises = all(later > earlier for earlier, later in pairwise(numbers))
    return rises and len(numbers) >= max(3, len(cells) - 1)


def _by_content(table: Table, kinds: list[Column | None]) -> None:
    tests: tuple[tuple[Column, float, Callable[[str], object]], ...] = (
        (Column.EMAIL, 0.5, ADDRESS.search),
        (Column.POSTCODE, 0.6, _POSTCODE.fullmatch),
        (Column.PHONE, 0.6, _PHONE.fullmatch),
        (Column.STREET, 0.6, _STREET.fullmatch),
        (Column.LANGUAGE, 0.8, language_of),
        (Column.ORGANISATION, 0.2, suggest_group),
    )
    for column, share, fits in tests:
        if column in kinds or (column == Column.ORGANISATION and table.header):
            continue
        for index, kind in enumerate(kinds):
            if kind is None and _share(table, index, fits) >= share:
                kinds[index] = column
                break


def _by_elimination(table: Table, kinds: list[Column | None]) -> None:
    """Text that nothing explains: first the names, and in a list without header then the organisations."""
    named = {Column.NAME, Column.FIRST, Column.LAST} & set(kinds)
    wanted = [] if named else [Column.NAME]
    if not table.header and Column.ORGANISATION not in kinds:
        wanted.append(Column.ORGANISATION)
    free = [i for i, kind in enumerate(kinds) if kind is None and _share(table, i, _is_words) >= 0.5]
    for column, index in zip(wanted, free, strict=False):
        kinds[index] = column


def _share(table: Table, index: int, fits: Callable[[str], object]) -> float:
    cells = table.column(index)[:_SAMPLE]
    return sum(bool(fits(cell)) for cell in cells) / len(cells) if cells else 0.0


def _is_words(cell: str) -> bool:
    letters = sum(c.isalpha() for c in cell)
    return letters > len(cell) / 2 and "@" not in cell
