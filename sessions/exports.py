"""The answers of one meeting as .csv."""

import csv
import io
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from dialoog.kernel.ui import dates
from sessions.models import Decline, Invitation
from stakeholders.exports import guarded


def answers_csv(rows: Iterable[Invitation]) -> Iterator[bytes]:
    """Lines of a file that Excel opens well: a byte order mark, semicolons, no cell that acts as a formula.

    Of protected people it holds the name their organiser uses, their group and the answer; their words, needs
    and employer are left out, because a file travels further than a page (T86). Reads `answer_rows`.
    """
    yield "\ufeff".encode()
    yield _line(
        [
            _("Name"),
            _("Organisation"),
            _("Group"),
            _("Answer"),
            _("Answered on"),
            _("How it came"),
            _("Knows it on"),
            _("Why not"),
            _("In their words"),
        ]
    )
    for row in rows:
        yield _line(_cells(row))


def _cells(row: Invitation) -> list[str]:
    person = row.person
    name, group = person.name, row.group.label if row.group else ""
    answer = row.answer_words() if row.answer else _("No answer yet")
    if person.is_protected:
        return [name, "", group, answer, "", "", "", "", ""]
    return [
        name,
        person.organisation.name if person.organisation else "",
        group,
        answer,
        dates.day(row.answered_at, row.session.timezone) if row.answered_at else "",
        row.get_via_display() if row.via else "",
        dates.day(row.know_on) if row.know_on else "",
        ", ".join(str(Decline(reason).label) for reason in row.decline_reasons if reason in Decline.values),
        row.answer_note,
    ]


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerow([guarded(cell) for cell in cells])
    return out.getvalue().encode()
