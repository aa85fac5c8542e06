"""Letters for people reached by post: a personal cover before the shared pages, all in one print file."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from dialoog.kernel.documents.pdf import STYLESHEET, lay_out, put_together, write

if TYPE_CHECKING:
    from weasyprint import Document

# a batch lays out twice as fast per page as one at a time, and gains nothing beyond about ten
_BATCH = 20


@dataclass(frozen=True)
class Cover:
    """The inside of one person's cover page, as an HTML fragment with their address and QR code."""

    html: str


def print_letters(
    covers: Sequence[Cover],
    body: str,
    *,
    identifier: str,
    title: str,
    language: str,
    stylesheet: str = STYLESHEET,
) -> bytes:
    """One PDF: every cover, each followed by the pages of `body` (a whole HTML document), tagged.

    Given one cover, the file holds nothing of anybody else. Refuses (ValueError) a list without covers and
    (DomainError) characters the fonts cannot show.
    """
    if not covers:
        raise ValueError("A print file needs at least one letter.")
    enclosure = lay_out(body, stylesheet=stylesheet)
    letters: list[Document] = []
    for start in range(0, len(covers), _BATCH):
        for cover in _covers(covers[start : start + _BATCH], title, language, stylesheet):
            letters += [cover, enclosure]
    return write(put_together(letters), identifier=identifier, title=title, language=language)


def _covers(covers: Sequence[Cover], title: str, language: str, stylesheet: str) -> list["Document"]:
    sections = format_html_join(
        "",
        '<section id="letter-{}" style="break-before: page">{}</section>',
        ((number, mark_safe(cover.html)) for number, cover in enumerate(covers)),
    )
    page = format_html('<!doctype html><html lang="{}"><title>{}</title>{}</html>', language, title, sections)
    document = lay_out(page, stylesheet=stylesheet)
    starts = [
        index
        for index, page in enumerate(document.pages)
        if any(name.startswith("letter-") for name in page.anchors)
    ]
    ends = [*starts[1:], len(document.pages)]
    return [document.copy(document.pages[start:end]) for start, end in zip(starts, ends, strict=True)]
