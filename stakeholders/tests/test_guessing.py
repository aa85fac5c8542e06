"""Whom an organisation probably speaks for."""

import pytest

from stakeholders.importing import Known, guess_columns, guessing, judge, read_pasted
from stakeholders.importing.guessing import Guesser, group_of_domain, own_domain, stem_of, suggest_group
from stakeholders.models import SeedGroup


def groups(text, *known):
    table = read_pasted(text)
    return {row.name: row.group for row in judge(table, guess_columns(table), known).rows}


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("Nederlandse Arbeidsinspectie", "government"),
        ("European Union delegation", "government"),
        ("Ministry of Labour", "government"),
        ("National Union of Mineworkers", "unions"),
        ("Koninklijke Metaalunie", "branch"),
        ("Verbond van Verzekeraars", "branch"),
        ("Voedselbank Assen", "ngos"),
        ("Triodos Bank N.V.", "finance"),
        ("Wageningen University", "knowledge"),
        ("Works council Hema", "workers"),
        ("Sindicato dos Trabalhadores Rurais", "unions"),
        ("Bakery Workers Union", "unions"),
        ("Sidama Farmers Union", "suppliers"),
        ("Exportadora Antigua S.A.", "suppliers"),
        ("Comunidad Nativa San Pedro", "local"),
        ("Werknemersraad Weverij Bundi", "workers"),
        ("Workers’ Council Mehta Exports", "workers"),
        ("Ondernemingsraad Textielfabriek Zuid", "workers"),
        ("Betriebsrat Steinwerk GmbH", "workers"),
        ("Comité d'entreprise Dubois", "workers"),
        ("Werknemersorganisatie De Draad", "unions"),
        ("Mehta Exports Pvt Ltd", "suppliers"),
        ("Dorpsraad Bundi", "local"),
        ("Zweedse Tegels AB", "companies"),
        ("Saidi Import", "companies"),
        ("Maison Dubois SARL", "companies"),
        ("Kamp", ""),
        # abroad they have other words
        ("Izmir Deri-İş Sendikası", "unions"),
        ("Türkiye Tekstil İşverenleri Sendikası", "branch"),
        ("Ege Konfeksiyon", "companies"),
        ("Tirupur Knitwear", "companies"),
        ("Dhaka Garments", "companies"),
        ("Bangla Apparel", "companies"),
        ("Savar Tannery", "companies"),
        ("Nordic Sourcing", "companies"),
        ("Kamień Polski Sp. z o.o.", "companies"),
        ("Workers Help Centre", "ngos"),
        ("Workers’ Help Center Tiruppur", "ngos"),
        ("Helpcenter B.V.", "companies"),
        # a chamber is of whom it names
        ("Kamer van Koophandel", "government"),
        ("Kamer van Koophandel Brabant", "government"),
        ("Kamer van Volksvertegenwoordigers", "government"),
        ("Tweede Kamer", "government"),
        ("Kamer van Ambachten", ""),
        ("Kamer van de Textiel", ""),
        ("Kamer van Handel", ""),
        # a part of a word is not the word
        ("Van Vliet Natuursteen BV", "companies"),
        ("Natuursteenhandel Zuid", "companies"),
        ("Natuurmonumenten", "ngos"),
        ("Natuur en Milieu", "ngos"),
        ("Milieu Service Noord B.V.", "companies"),
        ("Kerkhof Tegels", "companies"),
        ("Van Dorp Installaties B.V.", "companies"),
        ("De Zitbank", ""),
        # a works council is of its company, but speaks for the workers
        ("OR Van Vliet Natuursteen", "workers"),
        ("COR Hema", "workers"),
        ("Ondernemingsraad Rabobank", "workers"),
        # unions, consumers and branches all have a “bond”
        ("Bond van Metaalbedrijven", "branch"),
        ("Vereniging van Importeurs van Koffie", "branch"),
        ("Nederlandse Vereniging van Banken", "branch"),
        ("Vereniging voor de Groothandel en Handelaren", "branch"),
        ("Association of Garment Manufacturers", "branch"),
        ("Consumentenbond", "customers"),
        ("Algemene Onderwijsbond", "unions"),
        ("Fietsersbond", ""),
        ("Vereniging Eigen Tuin", ""),
        # a fund for a cause is an NGO, other funds are not
        ("Milieufonds Rivierenland", "ngos"),
        ("Pensioenfonds Zorg", "finance"),
        ("Credit Union Rotterdam", "finance"),
        ("Human Rights Watch", "ngos"),
        ("Mining Watch Canada", "ngos"),
        ("Apple Watch Store", "companies"),
        ("Smart Watch Repair", ""),
        ("Garment Workers Federation", "unions"),
        ("Autoriteit Consument en Markt", "government"),
        # better nothing than something wrong
        ("Stichting De Brug", ""),
        ("Platform Metselaars", ""),
        ("Werkgroep Koffie", ""),
        ("Keurmerk Eerlijk Hout", ""),
        ("Technische Universiteit Eindhoven", "knowledge"),
        ("TU Twente", "knowledge"),
        ("Architectenbureau De Hoek", "companies"),
        ("Wijkraad Oost", "local"),
        ("Gram Panchayat Sarwad", "local"),
    ],
)
def test_the_words_of_a_name_point_to_a_group(name, group):
    assert suggest_group(name) == group


@pytest.mark.parametrize(
    ("domain", "group"),
    [
        ("minbuza.nl", "government"),
        ("post.minbuza.nl", "government"),
        ("state.gov", "government"),
        ("dti.gov.uk", "government"),
        ("ox.ac.uk", "knowledge"),
        ("stichting-draad.nl", ""),
        ("milieudefensie.nl", "ngos"),
        ("shramiksaathi.org", "ngos"),
        ("haverkamp.nl", ""),
    ],
)
def test_a_mail_domain_points_to_a_group(domain, group):
    assert group_of_domain(domain) == group


def test_mail_anybody_may_have_says_nothing():
    assert own_domain("ria@gmail.com") == own_domain("ria@x.example") == own_domain("ria@example.org") == ""
    assert own_domain("ria@fnv.nl") == "fnv.nl"


def test_a_name_without_its_legal_form_is_the_same_name():
    assert stem_of("Yilmaz Wonen B.V.") == stem_of("Yilmaz  Wonen") == "yilmaz wonen"


def test_address_and_job_help_where_the_name_says_nothing():
    found = groups(
        "Naam\tOrganisatie\tFunctie\tE-mail\n"
        "Bas\tDDE\tAdviseur\tbas@minbuza.nl\n"
        "Roel\tCoolen\tInkoper\troel@coolen.nl\n"
        "Ad\tCoolen\tDirecteur\tad@coolen.nl\n"
        "Iris\tKamp\tDuurzaamheid\tiris@kamp.nl"
    )

    assert found == {"Bas": "government", "Roel": "companies", "Ad": "companies", "Iris": ""}


@pytest.mark.parametrize(
    ("row", "group"),
    [
        ("Mehta Marble\tasha@x.example\t\tUdaipur\t", "suppliers"),
        ("Mehta Marble\tasha@mehta.in\t\t\t", "suppliers"),
        ("Mehta Marble\tasha@x.example\t+91 294 555 0101\t\t", "suppliers"),
        ("Mehta Marble\tasha@x.example\t\t\tIndia", "suppliers"),
        ("Mehta Marble Pvt Ltd\tasha@x.example\t\t\t", "suppliers"),
        ("Steinwerk GmbH\tasha@x.example\t\tHamburg\t", "suppliers"),
        ("Steinwerk GmbH\tasha@x.example\t\t\t", "suppliers"),
        ("Steinwerk GmbH\tasha@x.example\t+31 76 555 0101\t\t", "companies"),
        ("Mehta Marble BV\tasha@mehta.nl\t\tBreda\t", "companies"),
        ("Mehta Marble\tasha@x.example\t+31 76 555 0101\tPorto\t", "companies"),
        ("Mehta Marble\tasha@x.example\t\tParis\tNederland", "companies"),
        ("Amnesty\tasha@x.example\t\tMumbai\t", "ngos"),
    ],
)
def test_a_company_abroad_is_a_supplier_and_one_at_home_is_not(row, group):
    found = groups(f"Naam\tOrganisatie\tE-mail\tTelefoon\tPlaats\tLand\nAsha Mehta\t{row}")

    assert found == {"Asha Mehta": group}


def test_what_somebody_said_of_a_company_abroad_stands():
    known = Known(1, "Dirk", "dirk@mehta.in", "Mehta Marble", "companies")

    found = groups("Naam\tOrganisatie\tE-mail\nAsha\tMehta Marble\tasha@mehta.in", known)

    assert found == {"Asha": "companies"}


def test_the_most_telling_job_counts_whoever_comes_first():
    head, first, second = (
        "Naam\tOrganisatie\tFunctie",
        "An\tDe Brug\tonderzoeker",
        "Bo\tDe Brug\tcampagneleider",
    )

    assert groups("\n".join((head, first, second))) == groups("\n".join((head, second, first)))
    assert groups("\n".join((head, first, second))) == {"An": "ngos", "Bo": "ngos"}


def test_what_the_list_and_the_register_know_of_a_likeness_counts():
    found = groups(
        "Naam\tOrganisatie\tGroep\tE-mail\n"
        "An\tLumen\tVakbond\tan@lumen.nl\n"
        "Ben\tLumen Nederland\t\tben@lumen.nl\n"
        "Cor\tDe Bron B.V.\t\tcor@bron.nl",
        Known(1, "Dirk", "dirk@x.example", "De Bron", "ngos"),
    )

    assert found == {"An": "unions", "Ben": "unions", "Cor": "ngos"}


def test_the_same_name_with_another_address_is_remarked():
    table = read_pasted("Naam\tOrganisatie\tE-mail\nJan Jansen\tHaverkamp\tj.jansen@y.example")

    judgement = judge(table, guess_columns(table), [Known(1, "Jan Jansen", "jan@x.example", "Haverkamp")])

    assert judgement.lookalikes == 1
    assert "the same name, another address" in judgement.rows[0].remarks


@pytest.mark.parametrize(
    ("organisation", "job", "group"),
    [
        ("Stichting Eerlijke Draad", "directeur", "ngos"),
        ("Stichting Eerlijke Draad", "hoofd inkoop", "companies"),
        ("Stichting Pensioenfonds Hout", "", "finance"),
        ("Stichting Zorggroep Oost", "directeur", ""),
        ("Stichting Openbaar Onderwijs", "", ""),
        ("Stichting", "", ""),
        ("Nestel", "CEO", "companies"),
        ("Nestel", "owner", "companies"),
        ("Nestel", "product owner", ""),
        ("Nestel", "purchasing manager", "companies"),
        ("Nestel", "directeur", ""),
        ("FNV", "CEO", "unions"),
        ("Mahila Samuh", "fieldworker", "ngos"),
        ("Actiam", "fund manager", "finance"),
        ("Hoekstra Hout", "directeur", "companies"),
        ("Centrum Hout", "adviseur", ""),
    ],
)
def test_what_is_left_follows_from_a_job_or_from_a_foundation(organisation, job, group):
    assert Guesser().guess(organisation, [("", job)]) == group


def test_every_table_of_words_names_a_group_and_says_something():
    groups = {*SeedGroup.values, ""}
    for kind in ("clear", "likely", "trade", "jobs", "last"):
        for group, words in guessing._tables(kind):
            assert group in groups
            assert not words.fullmatch("")
    assert set(guessing._TABLES["domains"]) <= groups
