"""The report on paper for who is reached by post: a cover with address and QR code, then the report."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import translation

from dialoog.kernel.documents.letters import print_letters
from feedback.actions.report import paper
from feedback.lines import decided_line, input_line, kept_line
from feedback.models import Report
from feedback.reading import Reading, read
from sessions.models import DialogueSession
from sessions.papers import envelope, letters_title, sheet
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
    reports = sorted({letter.report.pk for letter in letters})
    return print_letters(
        letters,
        cover=lambda letter, pages: cover_html(session, letter, pages=pages),
        enclosed=_enclosed,
        shared=lambda letter: (letter.report.pk, letter.reading.language),
        identifier="-".join(["report-letters", str(session.pk), *(str(pk) for pk in reports)]),
        title=letters_title(session),
        language=letters[0].reading.language if letters else "",
    )


def cover_html(session: DialogueSession, letter: ReportLetter, *, pages: int) -> str:
    """The cover: the address where a window envelope shows it, and the four lines of the mail."""
    reading, person = letter.reading, letter.person
    with translation.override(reading.language):
        context = {
            "reading": reading,
            "pages": pages,
            "decided_line": decided_line(reading),
            "input_line": input_line(reading, is_protected=person.is_protected),
            "kept_line": kept_line(reading),
            **envelope(session, person, letter.link),
            **sheet("", reading.organisation),
        }
        return render_to_string("pdf/report_letter.html", context)


def _enclosed(letter: ReportLetter) -> str:
    language = letter.reading.language
    with translation.override(language):
        return paper(read(letter.report.content or {}, language))
