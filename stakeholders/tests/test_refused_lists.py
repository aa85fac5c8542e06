"""What is no list is refused with a sentence; nothing at all does harm."""

import io
import random
import zipfile
from contextlib import suppress

import pytest

from dialoog.kernel.errors import DomainError
from stakeholders.importing import read_pasted, read_upload
from stakeholders.importing.table import MOST_ROWS
from stakeholders.tests.lists import judged, workbook


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _megabyte in range(200):
                sheet.write(b" " * 1024 * 1024)
    return out.getvalue()


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Excel"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "Word"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"{\\rtf1 hello}", "Word"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b"BEGIN:VCARD", "contact card"),
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"Naam;Mail\n", "empty"),
        (b"a" * (10 * 1024 * 1024 + 1), "10 MB"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02\x03\x04\x05\x06\x07" * 100, "not a list"),
        (zipped("word/document.xml"), "Word"),
        (zipped("photos/1.jpg"), "not a list"),
        (zipped("xl/workbook.xml"), "damaged"),
        (bomb(), "unpacked"),
        (b"Naam;Mail\n" + b"Jan;jan@x.example\n" * (MOST_ROWS + 1), "5,000"),
        (workbook([["Naam"]] + [["Jan"]] * (MOST_ROWS + 1)), "5,000"),
        (workbook([]), "empty"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, words):
    with pytest.raises(DomainError) as refused:
        read_upload("list.xlsx", content)

    assert words in str(refused.value)


@pytest.mark.parametrize("text", ["", " \n\t", "\x00\x00", "\u200b"])
def test_empty_paste_is_refused(text):
    with pytest.raises(DomainError):
        read_pasted(text)


def test_anything_at_all_is_read_or_refused_with_a_sentence():
    chance = random.Random(20261121)
    pieces = [
        *"\n\n\n;;;\t\t,,\"'<>@() .:|=+-",
        "Naam", "E-mail", "Voornaam", "jan@x.example", "x@", "@", "sep=;\n", "Totaal", "\x00", "\u202e",
        "\ufeff", "👩‍🌾", "أحمد", "ş", "1234 AB", "0612345678", "mailto:", "\ud800", "x" * 700, "\r",
        "\u2028", "Engels", "info@",
    ]  # fmt: skip
    for _attempt in range(600):
        text = "".join(chance.choice(pieces) for _piece in range(chance.randint(1, 60)))
        content = text.encode("utf-8", errors="replace") if chance.random() < 0.7 else chance.randbytes(200)
        for read in (lambda: read_pasted(text), lambda: read_upload("a.csv", content)):  # noqa: B023
            try:
                table = read()
            except DomainError:
                continue
            result = judged(table)
            assert len(result.rows) == len(table.rows)
            assert all(row.name and len(row.name) <= 120 for row in result.rows if row.is_added)
            assert all("\x00" not in cell for row in table.rows for cell in row)


def test_damaged_workbooks_are_read_or_refused_with_a_sentence():
    chance = random.Random(3)
    whole = workbook([["Naam", "Mail"], ["Jan", "jan@x.example"]])
    for _attempt in range(150):
        content = bytearray(whole)
        for _byte in range(chance.randint(1, 30)):
            content[chance.randrange(4, len(content))] = chance.randrange(256)
        with suppress(DomainError):
            read_upload("a.xlsx", bytes(content[: chance.randint(10, len(content))]))
