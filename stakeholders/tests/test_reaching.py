"""How the people of a list are reached: addresses, letters, telephones."""

import pytest

from stakeholders.importing import Known, Verdict, guess_columns, judge, read_pasted
from stakeholders.tests.lists import judged, names


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
