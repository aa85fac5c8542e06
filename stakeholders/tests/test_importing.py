"""Lists as people have them."""

import io
import random
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from dialoog.kernel.errors import DomainError
from stakeholders.importing import (
    Column,
    Columns,
    Judgement,
    Known,
    Table,
    Verdict,
    guess_columns,
    judge,
    read_pasted,
    read_upload,
    suggest_group,
)
from stakeholders.importing.table import LONGEST_CELL, MOST_ROWS

SEMICOLONS = "Naam;Organisatie;E-mail\nFemke Haverkamp;Haverkamp B.V.;femke@haverkamp.example\n"


def workbook(rows: list[list[object]], *, more: dict[str, list[list[object]]] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, sheet_rows in (more or {}).items():
        sheet = book.create_sheet(title)
        for row in sheet_rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def judged(table: Table, *existing: Known, **options: object) -> Judgement:
    return judge(table, guess_columns(table), existing, **options)


def names(judgement: Judgement) -> list[str]:
    return [row.name for row in judgement.rows]


# --- reading


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


# --- columns


def test_columns_are_guessed_from_english_headers_too():
    table = read_pasted("Full name\tCompany\tE-mail address\tMobile phone\tCity\nA B\tC\ta@x.example\t1\tD")

    assert guess_columns(table).kinds == (
        Column.NAME,
        Column.ORGANISATION,
        Column.EMAIL,
        Column.PHONE,
        Column.PLACE,
    )


def test_columns_without_header_are_guessed_from_what_stands_in_them():
    table = read_pasted(
        "Jan Jansen;Bakkerij Jansen BV;jan@x.example;0612345678;Dorpsstraat 12;1234 AB\n"
        "Piet Piets;Stichting Doel;piet@x.example;070 555 01 01;Laan 3;2345 CD"
    )

    assert guess_columns(table).kinds == (
        Column.NAME,
        Column.ORGANISATION,
        Column.EMAIL,
        Column.PHONE,
        Column.STREET,
        Column.POSTCODE,
    )


def test_naam_beside_voornaam_is_the_last_name():
    table = read_pasted("Voornaam\tNaam\tMail\nMarieke\tde Wit\tm@x.example")

    assert names(judged(table)) == ["Marieke de Wit"]


def test_columns_can_be_chosen_otherwise_and_nonsense_is_not_used():
    table = read_upload("a.csv", SEMICOLONS.encode())

    columns = guess_columns(table).chosen({0: "organisation", 1: "name", 2: "nonsense", 99: "email"})

    assert columns.kinds == (Column.ORGANISATION, Column.NAME, None)


# --- judging


def test_rows_are_judged_with_reason():
    table = read_pasted(
        "Naam\tOrganisatie\tMail\tTaal\n"
        "Femke Haverkamp\tHaverkamp Wonen\tfemke@x.example\t\n"
        "Ananya Rao\tShramik Saathi\tananya@x.example\tEngels\n"
        "Karin Dijkema\tBond\tkarin@x.example\t\n"
        "Esther Blok\tBank De Dijk\testher@x.example\t\n"
        "Esther Blok\tBank De Dijk\tESTHER@x.example\t\n"
        "Geert Friso\tFriso Textiel\t\t\n"
        "Totaal\t6\t\t\n"
        "Info\tWoonbeurs\tinfo@\t\n"
        "\tNiemand\t\t\n"
    )

    result = judged(table, Known(7, "Karin Dijkema", "karin@x.example", "Bond"))

    assert [(row.verdict.value, *row.remarks) for row in result.rows] == [
        ("new",),
        ("new", "Engels"),
        ("double",),
        ("new",),
        ("double", "twice in your list"),
        ("without", "letter or telephone: still to be filled in"),
        ("refused", "a total, not a person"),
        ("refused", "the address is not complete"),
        ("refused", "no name"),
    ]
    assert result.counts == {Verdict.NEW: 3, Verdict.DOUBLE: 2, Verdict.WITHOUT: 1, Verdict.REFUSED: 3}
    assert result.adds == 4
    assert result.rows[1].language == "en"
    assert result.rows[2].merges == 7


@pytest.mark.parametrize("address", ["andré@x.example", "søren@x.example", "kees.yıldız@x.example"])
def test_address_with_letters_mail_servers_do_not_accept_is_left_out_and_said_so(address):
    row = judged(read_pasted(f"Naam\tMail\tTelefoon\nKees Vis\t{address}\t\n")).rows[0]

    assert (row.verdict, row.email, row.channel) == (Verdict.WITHOUT, "", "phone")
    assert row.remarks == (
        "letter or telephone: still to be filled in",
        f"the address “{address}” has letters that mail servers do not accept: ask for another",
    )


def test_address_mail_servers_do_not_accept_still_gives_a_name():
    assert names(judged(read_pasted("Organisatie;Mail\nX;andré.vis@x.example"))) == ["André Vis"]


def test_address_at_an_international_domain_is_taken():
    assert judged(read_pasted("Naam\tMail\nJan\tjan@bücher.example")).rows[0].verdict == Verdict.NEW


def test_address_that_cannot_be_used_is_also_said_of_somebody_already_there():
    text = "Naam\tBedrijf\tMail\nAndré Vis\tX\tandré@x.example\nAn Bos\tX\t\nAn Bos\tX\tän@x.example"

    rows = judged(read_pasted(text), Known(1, "André Vis", "", "X")).rows

    assert rows[0].merges == 1
    assert [row.verdict for row in rows] == [Verdict.DOUBLE, Verdict.WITHOUT, Verdict.DOUBLE]
    assert "andré@x.example" in rows[0].remarks[-1]
    assert "än@x.example" in rows[2].remarks[-1]


def test_usable_address_in_a_later_row_takes_the_place_of_one_that_is_not():
    text = "Naam\tBedrijf\tMail\nAn Bos\tX\tän@x.example\nAn Bos\tX\tan@x.example"

    rows = judged(read_pasted(text)).rows

    assert (rows[0].verdict, rows[0].email, rows[0].remarks) == (Verdict.NEW, "an@x.example", ())


@pytest.mark.parametrize(
    "word",
    ["geen", "Geen", "-", "–", "n.v.t.", "N.v.t", "nvt", "onbekend", "none", "n/a", "?", "??", "geen e-mail"],
)
def test_word_for_nothing_as_address_is_an_empty_cell(word):
    table = read_pasted(f"Naam\tMail\tTelefoon\nJan\tjan@x.example\t\nGeert\t{word}\t0515 55 55 55\n")

    row = judged(table).rows[1]

    assert (row.verdict, row.email, row.channel) == (Verdict.WITHOUT, "", "phone")
    assert row.remarks == ("by telephone",)


def test_second_column_of_addresses_counts_where_the_first_says_there_is_none():
    table = read_pasted("Naam\tMail\tMail 2\nJan\tgeen\tjan@x.example\n")
    columns = guess_columns(table).chosen({1: "email", 2: "email"})

    assert judge(table, columns).rows[0].email == "jan@x.example"


def test_somebody_without_mail_is_reached_by_letter_or_telephone():
    table = read_pasted(
        "Naam\tStraat\tHuisnummer\tPostcode\tPlaats\tTelefoon\tKanaal\n"
        "Geert Friso\tDijk\t3\t8601 AB\tSneek\t0515 55 55\t\n"
        "Ilse Vos\t\t\t\t\t0515 55 56\t\n"
        "Bas Bos\tDijk\t4\t8601 AB\tSneek\t0515 55 57\tbellen\n"
    )

    rows = judged(table).rows

    assert [(row.channel, row.remarks[0]) for row in rows] == [
        ("letter", "by letter"),
        ("phone", "by telephone"),
        ("phone", "by telephone"),
    ]
    assert rows[0].street == "Dijk 3"


def test_later_row_fills_what_the_first_left_open():
    table = read_pasted("Naam\tBedrijf\tMail\tTelefoon\nJan\tX\t\t\nJan\tX\tjan@x.example\t0612345678\n")

    rows = judged(table).rows

    assert (rows[0].verdict, rows[0].email, rows[0].phone, rows[0].channel) == (
        Verdict.NEW,
        "jan@x.example",
        "0612345678",
        "mail",
    )
    assert rows[1].verdict == Verdict.DOUBLE


def test_one_address_of_two_people_belongs_to_the_first():
    table = read_pasted("Naam\tMail\nJan Jansen\tinfo@x.example\nPiet Piets\tinfo@x.example")

    rows = judged(table).rows

    assert [row.verdict for row in rows] == [Verdict.NEW, Verdict.WITHOUT]
    assert rows[1].email == ""
    assert "the address is somebody else’s already" in rows[1].remarks


def test_same_name_with_another_address_is_another_person():
    known = Known(1, "Jan Jansen", "jan@x.example", "")

    rows = judged(read_pasted("Naam\tMail\nJan Jansen\tj.jansen@y.example"), known).rows

    assert rows[0].verdict == Verdict.NEW


def test_group_named_in_the_list_counts_above_the_name_of_the_organisation():
    table = read_pasted("Naam\tOrganisatie\tGroep\tMail\nA B\tGemeente X\tVakbond\ta@x.example")

    row = judged(table).rows[0]

    assert (row.group, row.explicit_group) == ("unions", True)


def test_own_group_is_recognised_by_its_label():
    table = read_pasted("Naam\tOrganisatie\tGroep\tMail\nA B\tX\tjongerenraad\ta@x.example")

    assert judged(table, own_groups=["Jongerenraad"]).rows[0].group == "Jongerenraad"


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Ministerie van Buitenlandse Zaken", "government"),
        ("Gemeente Delft", "government"),
        ("FNV Metaal", "unions"),
        ("Vakbondsfonds Internationaal", "unions"),
        ("Consumentenbond", "customers"),
        ("Stichting Eerlijke Draad", ""),
        ("Rabobank", "finance"),
        ("Stichting Pensioenfonds Ambacht", "finance"),
        ("Universiteit Utrecht", "knowledge"),
        ("Instituut Ketenonderzoek", "knowledge"),
        ("Yilmaz Wonen B.V.", "companies"),
        ("Müller GmbH", "companies"),
        ("Branchevereniging Woon & Tafel", "branch"),
        ("Lumen & Linnen", ""),
        ("Bondi Beach", ""),
    ],
)
def test_group_is_suggested_by_the_words_of_a_name(name, group):
    assert suggest_group(name) == group


def test_name_comes_from_the_address_only_when_there_is_nothing_else():
    rows = judged(read_pasted("Organisatie;Mail\nStichting X;info@x.example\n;jan.de-wit2@x.example")).rows

    assert [row.name for row in rows] == ["Stichting X", "Jan De Wit"]


def test_name_of_endless_length_or_of_signs_only_is_refused():
    table = read_pasted(f"Naam\tMail\n{'lang ' * 60}\ta@x.example\n🌾🌾\t\n")

    assert [row.verdict for row in judged(table).rows] == [Verdict.REFUSED, Verdict.REFUSED]


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


# --- what the numbers say, and how names are written


def test_the_numbers_add_up_to_the_rows_of_the_list():
    text = (
        "Naam;Organisatie;E-mail\nAn Bos;Kuiper;an@x.example\nAN BOS;Kuiper;an@x.example\n"
        "Bo Dijk;Linge;bo@x.example\nBo Dijk;Linge;bo@x.example\nCor Eik;Delta;cor@\n"
        "Dex Fok;Kuiper;\nTotaal;6;\n"
    )

    result = judged(read_pasted(text), Known(7, "Bo Dijk", "bo@x.example", "Linge"))

    assert (result.adds, result.known, result.doubles, result.refused) == (2, 1, 2, 2)
    assert len(result.rows) == 7


def test_a_name_in_capitals_is_written_as_usual_and_what_stood_is_told():
    text = "Naam;Organisatie;E-mail\nAHMED YILMAZ;YILMAZ WONEN;ahmed@x.example\nJan Bos;BOS;jan@x.example\n"

    first, second = judged(read_pasted(text)).rows

    assert (first.name, first.stood, first.organisation) == ("Ahmed Yilmaz", "AHMED YILMAZ", "YILMAZ WONEN")
    assert (second.name, second.stood) == ("Jan Bos", "")


def test_a_later_row_that_names_a_language_says_it_of_the_first():
    text = "Naam;Organisatie;E-mail;Taal\nMei Tran;Song;mei@x.example;\nMei Tran;Song;mei@x.example;Engels\n"

    assert judged(read_pasted(text)).rows[0].language == "en"


@pytest.mark.parametrize(
    ("row", "asks"),
    [
        (";Hanoi;", True),
        (";Antwerpen;", False),
        ("; Luik;België", True),
        ("+44 20 7946 0000;;", True),
        ("+32 3 555 01 01;Antwerpen;", False),
        (";Zwolle;", False),
        ("+31 6 12345678;Hanoi;", False),
    ],
)
def test_only_of_people_abroad_who_may_read_another_language_it_is_asked(row, asks):
    text = f"Naam;E-mail;Telefoon;Plaats;Land\nJan Bos;jan@x.example;{row}\n"

    (judged_row,) = judged(read_pasted(text), language="nl").rows

    assert judged_row.asks_language is asks


# --- numbers of rows


@pytest.mark.parametrize(
    "header",
    [
        "Nr;Naam;Telefoon;Plaats",
        "Nr;Naam;Telefoon;Plaats;Straat",
        "Naam;Telefoon;Plaats;Nr",
    ],
)
def test_the_number_of_a_row_is_no_house_number(header):
    columns = header.split(";")
    cells = {
        "Naam": ("An Bos", "Bo Kok", "Cas Vos"),
        "Telefoon": ("020 555 01 01",) * 3,
        "Nr": ("1", "2", "3"),
    }
    cells |= {"Plaats": ("Zwolle",) * 3, "Straat": ("", "", "Dijk 7")}
    lines = [";".join(cells[column][index] for column in columns) for index in range(3)]

    result = judged(read_pasted("\n".join([header, *lines])))

    assert [row.channel for row in result.rows][:2] == ["phone", "phone"]
    assert result.rows[2].street == ("Dijk 7" if "Straat" in columns else "")


def test_a_house_number_beside_a_street_is_one_and_alone_makes_no_letter():
    text = "Naam;Straat;Nr;Plaats;Telefoon\nAn Bos;Dijk;7;Zwolle;020 5550101\nBo Kok;;12;Zwolle;020 5550102"

    result = judged(read_pasted(text))

    assert [(row.channel, row.street) for row in result.rows] == [("letter", "Dijk 7"), ("phone", "")]


def test_house_numbers_at_the_front_stay_what_the_header_says():
    text = "Nr;Straat;Naam;Plaats\n7;Dijk;An Bos;Zwolle\n3;Steeg;Bo Kok;Zwolle\n9;Weg;Cas Vos;Zwolle"

    assert [row.street for row in judged(read_pasted(text)).rows] == ["Dijk 7", "Steeg 3", "Weg 9"]
