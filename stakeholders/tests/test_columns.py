"""Which column holds what."""

import pytest

from stakeholders.importing import Column, guess_columns, read_pasted, read_upload
from stakeholders.tests.lists import SEMICOLONS, judged, names


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
