"""Files and pasted text are read as people have them."""

import pytest

from stakeholders.importing import Columns, Table, guess_columns, read_pasted, read_upload
from stakeholders.importing.table import LONGEST_CELL
from stakeholders.tests.lists import SEMICOLONS, judged, names, workbook


def test_workbook_with_title_blank_lines_and_empty_columns_is_read():
    content = workbook(
        [
            ["Gastenlijst 2 maart"],
            [],
            ["Voornaam", "Tussenvoegsel", "Achternaam", "Bedrijf", "E-mailadres", "Mobiel", None, None],
            ["Anaïs", "de", "Vries", "Ministerie van BZ", "anais@bz.example", 612345678, None, None],
            [None, None, None, None, None, None, None, None],
            ["Ahmed", None, "Yilmaz", "Yilmaz Wonen", "ahmed@yilmaz.example", 31612345678.0, None, None],
        ]
    )

    table = read_upload("gasten.xlsx", content)
    result = judged(table)

    assert table.width == 6
    assert table.notes == ("“Gastenlijst 2 maart” was taken as a title.",)
    assert [(row.name, row.organisation, row.phone, row.group) for row in result.rows] == [
        ("Anaïs de Vries", "Ministerie van BZ", "0612345678", "government"),
        ("Ahmed Yilmaz", "Yilmaz Wonen", "31612345678", "companies"),
    ]


def test_a_title_is_named_whole():
    title = "Branchevereniging Woon & Tafel, genodigden van de dialoog op 8 april 2027"
    content = workbook([[title], [], ["Naam", "E-mail"], ["Jan Bos", "jan@x.example"]])

    assert read_upload("gasten.xlsx", content).notes == (f"“{title}” was taken as a title.",)


@pytest.mark.parametrize("title", ["Genodigden", "Deelnemers", "Gasten"])
def test_a_title_that_could_be_a_header_is_a_title_above_the_real_one(title):
    content = workbook([[title], [], ["Naam", "Organisatie", "E-mail"], ["Jan Bos", "Bos", "jan@x.example"]])

    result = judged(read_upload("gasten.xlsx", content))

    assert [(row.name, row.organisation) for row in result.rows] == [("Jan Bos", "Bos")]


def test_workbook_is_read_from_the_sheet_with_addresses():
    content = workbook(
        [["Toelichting"]], more={"Gasten": [["Naam", "Mail"], ["Jan Jansen", "jan@x.example"]]}
    )

    assert names(judged(read_upload("a.xlsx", content))) == ["Jan Jansen"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_text_file_is_read_in_every_encoding_and_with_every_separator(encoding, mark):
    text = f"Naam{mark}E-mail{mark}Plaats\r\n\r\nRené Vlaš{mark}rene@x.example{mark}Den Haag\r\n"
    text = text.replace("š", "s") if encoding == "cp1252" else text

    result = judged(read_upload("a.csv", text.encode(encoding)))

    assert [(row.name.startswith("René"), row.email, row.place) for row in result.rows] == [
        (True, "rene@x.example", "Den Haag")
    ]


def test_text_file_may_have_line_breaks_in_quotes_and_empty_trailing_columns():
    text = '\n\nNaam;Mail;Adres;;;\n"Jan\nJansen";jan@x.example;"Dorpsstraat 12\n";;;\n'

    table = read_upload("a.csv", text.encode())

    assert table.rows == (("Jan Jansen", "jan@x.example", "Dorpsstraat 12"),)


def test_quote_that_is_never_closed_does_not_swallow_the_list():
    lines = "\n".join(f"Naam {index};n{index}@x.example" for index in range(100))

    result = judged(read_upload("a.csv", f'Naam;Mail\n"Jan;jan@x.example\n{lines}'.encode()))

    assert len(result.rows) == 101


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            'Femke Haverkamp <femke@x.example>; "Yilmaz, Ahmed" <ahmed@y.example>;',
            [("Femke Haverkamp", "femke@x.example"), ("Ahmed Yilmaz", "ahmed@y.example")],
        ),
        (
            "Wit, Marieke de <m@w.example>, Tim Bos <tim@w.example>",
            [("Marieke de Wit", "m@w.example"), ("Tim Bos", "tim@w.example")],
        ),
        ("jan.de.boer@x.example, info@y.example", [("Jan De Boer", "jan.de.boer@x.example"), ("", "")]),
        ("Jan Jansen jan@x.example\nPiet Piets piet@x.example", [("Jan Jansen", "jan@x.example"), ("", "")]),
        (
            "Jan Jansen, jan@x.example\nPiet Piets, piet@x.example",
            [("Jan Jansen", "jan@x.example"), ("", "")],
        ),
        ("Naam\tMail\nJan Jansen\tjan@x.example", [("Jan Jansen", "jan@x.example")]),
        ("Jan Jansen\nPiet Piets <piet@x.example>", [("Jan Jansen", ""), ("Piet Piets", "piet@x.example")]),
        ("mailto:jan@x.example (Jan Jansen)", [("Jan Jansen", "jan@x.example")]),
    ],
)
def test_paste_from_excel_and_outlook_is_read(text, expected):
    result = judged(read_pasted(text))

    assert len(result.rows) == len(expected)
    for row, (name, email) in zip(result.rows, expected, strict=True):
        assert not name or (row.name, row.email) == (name, email)


def test_endless_cell_is_cut_and_said():
    table = read_upload("a.csv", f"Naam;Mail;Functie\nJan;jan@x.example;{'x' * 100_000}".encode())

    assert len(table.rows[0][2]) == LONGEST_CELL
    assert table.notes == ("1 cell was longer than 500 characters and was cut.",)


def test_unseen_characters_go_and_other_writing_stays():
    table = read_pasted("Naam\tMail\nJa\x00n \u202eJansen 👩\u200d🌾\tjan@x.example\nأحمد\tahmed@x.example")

    assert [row[0] for row in table.rows] == ["Ja n Jansen 👩 🌾", "أحمد"]


def test_table_and_columns_survive_being_kept():
    table = read_upload("a.csv", SEMICOLONS.encode())
    columns = guess_columns(table)

    assert Table.from_json(table.as_json()) == table
    assert Columns.from_json(columns.as_json()) == columns
