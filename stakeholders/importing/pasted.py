"""Text in: rows copied from Excel, text with columns, addresses copied from Outlook."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from django.utils.translation import gettext as _

from dialoog.kernel.errors import DomainError
from stakeholders.importing.table import Table, clean, make_table
from stakeholders.importing.words import header_kind

LARGEST_TEXT = 5_000_000
_STOPS = r"\s<>;,\"()\[\]@|"
ADDRESS = re.compile(rf"[^{_STOPS}]+@[^{_STOPS}]*")
_ENTRY = re.compile(
    rf"(?:[<\[]\s*)?(?:mailto:)?(?P<mail>[^{_STOPS}]+@[^{_STOPS}]*)\s*[>\]]?(?:\s*\((?P<after>[^)\n]*)\))?"
)
_MANY_LINES = 30


def read_pasted(text: str) -> Table:
    """The table in what somebody pasted. Refuses an empty paste and one of more than 5 million characters."""
    if len(text) > LARGEST_TEXT:
        raise DomainError(_("This is too much to paste. Save the list as a file and choose that."))
    if not clean(text):
        raise DomainError(_("There is nobody in this list: it is empty."))
    return read_text("", text)


def read_text(name: str, text: str) -> Table:
    """Decide between columns and a row of addresses, and read it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").lstrip("\ufeff")
    rows = _columns(text)
    if _is_address_list(rows, text):
        return make_table(name, [[_("Name"), _("E-mail")], *_entries(text)])
    return make_table(name, rows)


def _columns(text: str) -> list[list[str]]:
    first, _newline, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\s*", first, re.IGNORECASE):
        return _parse(rest, first[4])
    sample = text[:50_000]
    return _parse(text, max("\t;,", key=lambda mark: _evenness(_parse(sample, mark))))


def _parse(text: str, mark: str) -> list[list[str]]:
    rows = _read(text, mark, quoted=True)
    if any(cell.count("\n") > _MANY_LINES for row in rows for cell in row):
        # a quotation mark that was never closed swallows the rest: read the marks as they stand
        rows = _read(text, mark, quoted=False)
    return rows


def _read(text: str, mark: str, *, quoted: bool) -> list[list[str]]:
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, quoting=quoting))
    except csv.Error:
        # a cell beyond what the reader takes: line by line, `make_table` cuts it
        return [line.split(mark) for line in text.split("\n")]


def _evenness(rows: list[list[str]]) -> tuple[int, int]:
    """How many rows have the commonest width above one, and that width."""
    widths = Counter(len(row) for row in rows if any(cell.strip() for cell in row))
    wide = [(count, width) for width, count in widths.items() if width > 1]
    return max(wide, default=(0, 0))


def _is_address_list(rows: list[list[str]], text: str) -> bool:
    if "@" not in text:
        return False
    filled = [[cell.strip() for cell in row if cell.strip()] for row in rows]
    filled = [row for row in filled if row]
    if any(_is_header(row) for row in filled[:10]):
        return False
    if "\t" in text and not re.search(r"<[^>\n]*@", text):
        return False
    return any(_mixes(cell) for row in filled for cell in row) or all(_is_addresses(row) for row in filled)


def _is_header(row: Sequence[str]) -> bool:
    if any("@" in cell for cell in row):
        return False
    return sum(header_kind(cell) is not None for cell in row) >= min(2, len(row))


def _mixes(cell: str) -> bool:
    """Whether an address stands in one cell with something else."""
    found = ADDRESS.search(cell)
    return found is not None and found.group() != cell


def _is_addresses(row: Sequence[str]) -> bool:
    return all("@" in cell for cell in row)


def _entries(text: str) -> list[list[str]]:
    """Names with addresses, in order; what stands between two separators without address is a name alone."""
    entries: list[list[str]] = []
    end = 0
    for found in _ENTRY.finditer(text):
        *alone, name = re.split(r"[;\n]", text[end : found.start()])
        entries += [[_turned(part), ""] for part in alone if _turned(part)]
        entries.append([_turned(found["after"] or name), found["mail"].rstrip(".:'")])
        end = found.end()
    entries += [[_turned(part), ""] for part in re.split(r"[;\n]", text[end:]) if _turned(part)]
    return entries


def _turned(name: str) -> str:
    """“Wit, Marieke de” as people say it; separators and quotation marks off."""
    name = clean(name).strip(" ,<>\"'“”[]()|:–-*•\t")
    last, comma, first = name.partition(",")
    if comma and first.strip() and "," not in first:
        return f"{first.strip()} {last.strip()}"
    return name
