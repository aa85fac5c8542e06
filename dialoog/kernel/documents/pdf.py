"""HTML to tagged PDF: style sheet read once per process, no network, same bytes for same input."""

import atexit
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders

from dialoog.kernel.documents.fonts import refuse_missing_glyphs

if TYPE_CHECKING:
    from weasyprint import Document

STYLESHEET = "css/print.css"
# addresses in a document begin here; the name can never be asked for on a network
_HERE = "https://static.invalid/"
_MEDIA_TYPES = {
    ".css": "text/css",
    ".ttf": "font/ttf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".svg": "image/svg+xml",
}


def render_pdf(
    html: str, *, identifier: str, title: str, language: str, stylesheet: str = STYLESHEET
) -> bytes:
    """The PDF/UA-1 of a whole HTML document, with `stylesheet` (below static/) and the fonts embedded.

    `identifier` names the content (its hash) and becomes the PDF's id: identical input gives identical
    bytes. Refuses (DomainError) characters the fonts cannot show. Checked structurally, not by a validator.
    """
    document = lay_out(html, stylesheet=stylesheet)
    return write(document, identifier=identifier, title=title, language=language)


def lay_out(html: str, *, stylesheet: str = STYLESHEET) -> "Document":
    """The pages of a document, not yet written. Refuses characters the fonts cannot show."""
    from weasyprint import HTML  # why: importing it takes most of a second, and only the worker prints

    refuse_missing_glyphs(html)
    fetcher, fonts, sheet = _tools(stylesheet)
    source = HTML(string=html, base_url=_HERE, url_fetcher=fetcher)
    return source.render(font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1")


def write(document: "Document", *, identifier: str, title: str, language: str) -> bytes:
    """The bytes of laid-out pages."""
    document.metadata.title = title
    document.metadata.lang = language
    # a date of making would give other bytes for the same content
    document.metadata.created = document.metadata.modified = None
    return document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())


def put_together(documents: Sequence["Document"]) -> "Document":
    """One document of the pages of several, tags kept; nothing of pages left out comes along."""
    return documents[0].copy([page for document in documents for page in document.pages])


def warm_up() -> None:
    """Read everything that the first document would wait for."""
    render_pdf("<html lang=en><title>-</title><p>-</p></html>", identifier="warm", title="-", language="en")


@cache
def _tools(stylesheet: str) -> tuple[Any, Any, Any]:
    from weasyprint import CSS  # why: see lay_out
    from weasyprint.text.fonts import FontConfiguration  # why: see lay_out

    fetcher, fonts = _closed_fetcher(stylesheet), FontConfiguration()
    found = _static_file(stylesheet)
    if found is None:
        raise FileNotFoundError(stylesheet)
    base = f"{_HERE}static/{stylesheet}"
    sheet = CSS(string=found.read_text(), base_url=base, url_fetcher=fetcher, font_config=fonts)
    # fonts let go of their files while the interpreter still has its modules
    atexit.register(_tools.cache_clear)
    return fetcher, fonts, sheet


def _closed_fetcher(stylesheet: str) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # why: see lay_out

    stem = re.escape(stylesheet.removesuffix(".css"))
    shared = re.compile(rf"{_HERE}static/{stem}(\.[0-9a-f]{{12}})?\.css")

    class StaticOnly(URLFetcher):
        """Gives files below static/ and data: addresses; refuses every other."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if shared.fullmatch(url):
                # the document's own link to the sheet it is given anyway, already parsed
                return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
            path = unquote(urlsplit(url).path)
            found = _static_file(path.removeprefix("/static/")) if url.startswith(f"{_HERE}static/") else None
            if found is None:
                raise ValueError("A document may only use files of its own.")
            kind = _MEDIA_TYPES.get(found.suffix, "application/octet-stream")
            return URLFetcherResponse(url, found.read_bytes(), {"Content-Type": kind})

    return StaticOnly(allowed_protocols=["data"], allow_redirects=False)


def _static_file(name: str) -> Path | None:
    """A static file by its name, or by the hashed name the browser knows; never one outside."""
    collected = Path(settings.STATIC_ROOT)
    for folder in (*map(Path, settings.STATICFILES_DIRS), collected):
        candidate = (folder / name).resolve()
        if candidate.is_relative_to(folder.resolve()) and candidate.is_file():
            return candidate
    found = finders.find(name) if ".." not in Path(name).parts else None
    return Path(found) if isinstance(found, str) else None
