"""Files in: .xlsx and text with columns; anything else is named and refused."""

import io
import struct
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from dialoog.kernel.errors import DomainError
from stakeholders.importing.pasted import read_text
from stakeholders.importing.table import HEADER_WITHIN, MOST_COLUMNS, MOST_ROWS, Table, make_table

LARGEST_FILE = 10 * 1024 * 1024
LARGEST_UNPACKED = 150 * 1024 * 1024
FURTHEST_ROW = 50_000

# all that a damaged workbook has been seen to raise in zipfile, the XML parser and openpyxl
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    ParseError,
    AttributeError,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    TypeError,
    ValueError,
)
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")


def read_upload(name: str, content: bytes) -> Table:
    """The table in a file. What it is, is judged by its content; its name only by way of speaking."""
    if len(content) > LARGEST_FILE:
        raise DomainError(_("This file is larger than 10 MB. Remove pictures from it, or split the list."))
    if not content.strip(b"\x00 \t\r\n"):
        raise DomainError(_("There is nobody in this list: it is empty."))
    _refuse_other_kinds(content)
    if content.startswith(b"PK\x03\x04"):
        return make_table(name, _sheet_rows(content))
    return read_text(name, _decode(content))


def _refuse_other_kinds(content: bytes) -> None:
    start = content[:1024]
    if b"%PDF-" in start:
        raise DomainError(
            _("This is a PDF. Ask for an Excel file (.xlsx), or copy the rows and paste them here.")
        )
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise DomainError(_("This file is locked with a password. Save it without one and try again."))
        if "WordDocument".encode("utf-16-le") in content:
            raise DomainError(_("This is a Word document. Copy the rows and paste them here."))
        raise DomainError(_("This is an old Excel file (.xls). Open it, save it as .xlsx and try again."))
    if start.startswith(_IMAGES) or start[4:12] in {b"ftypheic", b"ftypavif", b"ftypmif1"}:
        raise DomainError(_("This is a picture. Dialoog reads lists: an Excel file (.xlsx) or a .csv."))
    if start.startswith(b"{\\rtf"):
        raise DomainError(_("This is a Word document. Copy the rows and paste them here."))
    low = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if low.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        raise DomainError(
            _("This is a web page, not a list. Open it in Excel, save it as .xlsx and try again.")
        )
    if low.startswith(b"begin:vcard"):
        raise DomainError(_("This is a contact card. Export your contacts as .csv and try again."))


def _sheet_rows(content: bytes) -> list[list[str]]:
    try:
        _refuse_other_archives(content)
        with warnings.catch_warnings():
            # why: openpyxl warns about decoration it does not read; we read values only
            warnings.simplefilter("ignore")
            return _best_sheet(content)
    except _DAMAGED as error:
        raise DomainError(
            _("This file is damaged and cannot be read. Open it in Excel, save it as .xlsx and try again.")
        ) from error


def _refuse_other_archives(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        names = {entry.filename for entry in entries}
    if any(name.startswith("word/") for name in names):
        raise DomainError(_("This is a Word document. Copy the rows and paste them here."))
    if "xl/workbook.xml" not in names:
        raise DomainError(_("This is not a list. Dialoog reads an Excel file (.xlsx) or a .csv."))
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise DomainError(_("This file is far too large when unpacked. Save only the list and try again."))


def _best_sheet(content: bytes) -> list[list[str]]:
    """The first visible sheet with an address in it, or else the first that is not empty."""
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        first: list[list[str]] = []
        for sheet in book.worksheets[:20]:
            if sheet.sheet_state != "visible":
                continue
            rows = list(_rows(sheet.iter_rows(max_row=FURTHEST_ROW, max_col=MOST_COLUMNS, values_only=True)))
            if any("@" in cell for row in rows for cell in row):
                return rows
            first = first or [row for row in rows if any(row)]
        return first
    finally:
        book.close()


def _rows(raw: Iterator[Sequence[object]]) -> Iterator[list[str]]:
    filled = 0
    for values in raw:
        row = [_text(value) for value in values]
        filled += any(row)
        yield row
        if filled > MOST_ROWS + HEADER_WITHIN:
            return


def _text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def _decode(content: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    zeros = Counter(index % 2 for index, byte in enumerate(content[:2000]) if byte == 0)
    if zeros.total() > len(content[:2000]) * 0.3:
        return content.decode("utf-16-le" if zeros[1] > zeros[0] else "utf-16-be", errors="replace")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if _is_binary(text):
        raise DomainError(_("This is not a list. Dialoog reads an Excel file (.xlsx) or a .csv."))
    return text


def _is_binary(text: str) -> bool:
    sample = text[:4000]
    odd = sum(not (c.isprintable() or c in "\r\n\t\f\v\ufeff") for c in sample)
    return odd > len(sample) * 0.1
