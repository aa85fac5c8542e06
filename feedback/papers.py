"""The report on paper for who is reached by post: a cover with address and QR code, then the report."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from dialoog.kernel import clock
from dialoog.kernel.documents.pdf import lay_out, put_together, write
from dialoog.kernel.outbox.message import personal_address
from feedback.actions.report import paper
from feedback.lines import decided_line, input_line, kept_line
from feedback.models import Report
from feedback.reading import Reading, read
from sessions.models import DialogueSession
from stakeholders.models import AccessLink, Person


@dataclass(frozen=True)
class ReportLetter:
    """One person reached by post: what they read, and the link that becomes their QR code."""

    person: Person
    link: AccessLink
    reading: Reading
    report: Report


def report_letters_pdf(session: DialogueSession, letters: Sequence[ReportLetter]) -> bytes:
    """One print file: each person's cover, followed by the report in their language.

    The personal addresses exist in these bytes only and are not stored. Refuses (ValueError) no letters.
    """
    if not letters:
        raise ValueError("A print file needs at least one letter.")
    enclosures: dict[tuple[int, str], Any] = {}
    documents = []
    for letter in letters:
        language = letter.reading.language
        key = letter.report.pk, language
        if key not in enclosures:
            with translation.override(language):
                enclosures[key] = lay_out(paper(read(letter.report.content or {}, language)))
        pages = len(enclosures[key].pages)
        documents += [lay_out(cover_html(session, letter, pages=pages)), enclosures[key]]
    reports = sorted({letter.report.pk for letter in letters})
    with translation.override(session.language):
        title = _("Letters for %(title)s") % {"title": session.title}
    return write(
        put_together(documents),
        identifier="-".join(["report-letters", str(session.pk), *(str(pk) for pk in reports)]),
        title=title,
        language=letters[0].reading.language,
    )


def cover_html(session: DialogueSession, letter: ReportLetter, *, pages: int) -> str:
    """The cover: the address where a window envelope shows it, and the four lines of the mail."""
    reading, person = letter.reading, letter.person
    with translation.override(reading.language):
        address = [str(person.organisation or ""), person.name, *person.postal_lines]
        lines = session.workspace.postal_address.splitlines()
        context = {
            "reading": reading,
            "person": person,
            "address": [line for line in address if line],
            "return_address": ", ".join(part.strip() for part in lines if part.strip()),
            "today": clock.today(session.timezone),
            "pages": pages,
            "link": personal_address(letter.link.reference),
            "decided_line": decided_line(reading),
            "input_line": input_line(reading, is_protected=person.is_protected),
            "kept_line": kept_line(reading),
            "author": reading.organisation,
            # the printer has the style sheet already
            "print_css": "data:text/css,",
        }
        return render_to_string("pdf/report_letter.html", context)
