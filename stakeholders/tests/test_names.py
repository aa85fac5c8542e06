"""Names that stand in capitals or in small letters only."""

import pytest

from stakeholders.importing.names import mended_name


@pytest.mark.parametrize(
    ("stood", "written"),
    [
        ("AHMED YILMAZ", "Ahmed Yilmaz"),
        ("ahmed yilmaz", "Ahmed Yilmaz"),
        ("JAN VAN DER MEER", "Jan van der Meer"),
        ("hugo van rossem", "Hugo van Rossem"),
        ("de vries", "De Vries"),
        ("JACOBUS VAN 'T HOFF", "Jacobus van 't Hoff"),
        ("SOPHIE IN 'T VELD", "Sophie in 't Veld"),
        ("piet op den kelder", "Piet op den Kelder"),
        ("SEAN O'BRIEN", "Sean O'Brien"),
        ("seán o’brien", "Seán O'Brien"),
        ("RONALD MCDONALD", "Ronald McDonald"),
        ("MOHAMMED AL-HASSAN", "Mohammed al-Hassan"),
        ("NADIA EL AMRANI", "Nadia El Amrani"),
        ("JEAN-PIERRE DUPONT", "Jean-Pierre Dupont"),
        ("ANJA JANSEN-DE VRIES", "Anja Jansen-de Vries"),
        ("juan de la cruz", "Juan de la Cruz"),
        ("J.P. DE BOER", "J.P. de Boer"),
        ("j. jansen", "J. Jansen"),
        ("JP JANSEN", "JP Jansen"),
        ("DR. A. BOS", "dr. A. Bos"),
        ("IJSBRAND IJZERMAN", "IJsbrand IJzerman"),
        ("IJAZ AHMED", "Ijaz Ahmed"),
        ("AYŞE IŞIK", "Ayşe Işık"),
        ("İBRAHİM AYDIN", "İbrahim Aydın"),
        ("ibrahim yılmaz", "İbrahim Yılmaz"),
        ("AYDIN ÇELİK", "Aydın Çelik"),
        ("SUNITA DEVI", "Sunita Devi"),
        ("ANANYA RAO", "Ananya Rao"),
        ("NGUYEN VAN TE", "Nguyen Van Te"),
        ("KIM NG", "Kim Ng"),
        ("ÉMILE ÉLUARD", "Émile Éluard"),
        ("JOHN SMITH III", "John Smith III"),
    ],
)
def test_a_name_in_one_kind_of_letters_is_written_as_usual(stood, written):
    assert mended_name(stood) == written


@pytest.mark.parametrize(
    "name",
    [
        "Ahmed YILMAZ",
        "Wim de Boer",
        "AHMED",
        "FNV",
        "JAN & PIET",
        "JAN/PIET BOS",
        "HR 2 TEAM",
        "JAN BOS (FNV)",
        "हिन्दी नाम",
        "王小明",
    ],
)
def test_what_says_something_or_may_be_no_name_stays(name):
    assert mended_name(name) == name


def test_the_name_of_the_organisation_is_no_persons_name():
    assert mended_name("BOS HOUT", "Bos Hout") == "BOS HOUT"
