"""The list of people as .csv."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from stakeholders.models import Person
from stakeholders.visibility import name_for_others, organisation_for_others

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def people_csv(people: Iterable[Person]) -> Iterator[bytes]:
    """Lines of a file that Excel opens well: byte order mark, semicolons, no cell that acts as a formula.

    Protected people stand in it only as their group: a file travels further than a page (T86).
    Reads `with_group`.
    """
    yield "\ufeff".encode()
    yield _line(
        [_("Name"), _("Organisation"), _("Group"), _("E-mail"), _("Telephone"), _("Place"), _("Language")]
    )
    for person in people:
        yield _line(_cells(person))


def guarded(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would run."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _is_phone(cell) else cell


def _cells(person: Person) -> list[str]:
    group = person.speaks_for()
    label = group.label if group else ""
    if person.is_protected:
        return [name_for_others(person), "", label, "", "", "", ""]
    organisation = organisation_for_others(person)
    return [
        name_for_others(person),
        organisation,
        label,
        person.email,
        person.phone,
        person.place,
        person.language,
    ]


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode()


def _is_phone(cell: str) -> bool:
    return cell.startswith("+") and cell[1:].replace(" ", "").isdigit()
