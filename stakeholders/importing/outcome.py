"""What a judged list changes for people who are there already, and who cannot be reached after it."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from stakeholders.importing.judgement import FILLED, JudgedRow, Judgement
from stakeholders.importing.words import COLUMN_LABELS, Column

_REACH = ("email", "phone", "place", "street")


def with_outcome(judgement: Judgement, stored: Mapping[int, Mapping[str, str]]) -> Judgement:
    """The same rows, each with what it fills and how the person is reached after it.

    `stored` holds per known id the fields of `FILLED` as they are now; who is not in it is as the list says.
    """
    kept = {pk: dict(fields) for pk, fields in stored.items()}
    fills = {row.line: _fill(row, kept.get(row.merges or 0)) for row in judgement.rows}
    return Judgement(tuple(_told(row, fills[row.line], kept) for row in judgement.rows))


def _fill(row: JudgedRow, fields: dict[str, str] | None) -> tuple[str, ...]:
    """Which empty fields this row fills; what one row filled, a later one does not."""
    if fields is None:
        return ()
    names = tuple(name for name in FILLED if not fields.get(name) and getattr(row, name))
    fields.update({name: getattr(row, name) for name in names})
    return names


def _told(row: JudgedRow, fills: tuple[str, ...], kept: Mapping[int, Mapping[str, str]]) -> JudgedRow:
    if not (row.is_added or row.merges is not None):
        return row
    own = {name: getattr(row, name) for name in _REACH}
    reach = kept.get(row.merges or 0, own)
    letter = reach["street"] and reach["place"]
    remarks = row.remarks
    if fills:
        labels = ", ".join(str(COLUMN_LABELS[Column(name)]).lower() for name in fills)
        remarks = (_("filled in: %(fields)s") % {"fields": labels}, *remarks)
    return replace(
        row,
        remarks=remarks,
        fills=fills,
        is_without=not reach["email"],
        is_unreachable=not (reach["email"] or reach["phone"] or letter),
    )
