"""Letters for people reached by post: a personal cover before what it encloses, all in one print file."""

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING, TypeVar

from dialoog.kernel.documents.pdf import lay_out, put_together, write

if TYPE_CHECKING:
    from weasyprint import Document

Letter = TypeVar("Letter")


def print_letters(
    letters: Sequence[Letter],
    *,
    cover: Callable[[Letter, int], str],
    enclosed: Callable[[Letter], str],
    shared: Callable[[Letter], Hashable],
    identifier: str,
    title: str,
    language: str,
) -> bytes:
    """One tagged PDF: every cover, each followed by the pages it encloses.

    `cover` and `enclosed` give whole HTML documents; a cover is told how many pages follow it. Letters with
    the same `shared` enclose the same, which is laid out once. Given one letter, the file holds nothing of
    anybody else. Refuses (ValueError) a list without letters and (DomainError) characters the fonts cannot
    show.
    """
    if not letters:
        raise ValueError("A print file needs at least one letter.")
    laid_out: dict[Hashable, Document] = {}
    documents: list[Document] = []
    for letter in letters:
        key = shared(letter)
        if key not in laid_out:
            laid_out[key] = lay_out(enclosed(letter))
        documents += [lay_out(cover(letter, len(laid_out[key].pages))), laid_out[key]]
    return write(put_together(documents), identifier=identifier, title=title, language=language)
