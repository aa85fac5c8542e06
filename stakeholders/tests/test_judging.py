"""What happens with every row of a list, and why."""

import pytest

from stakeholders.importing import Known, Verdict, read_pasted, suggest_group
from stakeholders.tests.lists import judged


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
