"""The fonts of printed documents, and which characters they can show (decisions.md 26)."""

import unicodedata
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from dialoog.kernel.errors import DomainError

_SILENT = {"style", "script", "template"}
_NAMED_AT_MOST = 12


# the running text must be there in its plain weight, so these decide what can be printed
_READING = (
    "instrument-400-latin.ttf",
    "instrument-400-latin-ext.ttf",
    "noto-devanagari-400.ttf",
    "noto-arabic-400.ttf",
)
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


def refuse_missing_glyphs(html: str) -> None:
    """Refuse (DomainError) a document with a character that no font can show, naming the characters.

    Characters are tried in their composed form; invisible ones (joiners, soft hyphens) need no glyph.
    """
    reader = _Text()
    reader.feed(html)
    reader.close()
    wanted = set(unicodedata.normalize("NFC", "".join(reader.words)))
    missing = sorted(each for each in wanted - _shown() if unicodedata.category(each) not in _INVISIBLE)
    if missing:
        raise DomainError(
            _("These characters cannot be printed: %(characters)s. Leave them out or write them otherwise.")
            % {"characters": " ".join(missing[:_NAMED_AT_MOST])}
        )


@cache
def _shown() -> frozenset[str]:
    from fontTools.ttLib import TTFont  # why: it costs half a second, and only the worker prints

    folder = Path(settings.BASE_DIR) / "static" / "fonts" / "pdf"
    codes: set[int] = set()
    for name in _READING:
        with TTFont(folder / name, lazy=True) as font:
            codes.update(font.getBestCmap())
    return frozenset(map(chr, codes))


class _Text(HTMLParser):
    """Collects the text of a page, without style sheets."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)
