"""What is abroad depends on where home is."""

import pytest

from stakeholders.importing.abroad import is_abroad


@pytest.mark.parametrize(
    ("home", "row", "expected"),
    [
        ("NL", {"place": "Mumbai"}, True),
        ("NL", {"place": "Amsterdam"}, False),
        ("NL", {"country": "Holland"}, False),
        ("BE", {"place": "Amsterdam"}, True),
        ("BE", {"place": "Gent"}, False),
        ("BE", {"country": "België"}, False),
        ("BE", {"country": "Nederland"}, True),
        ("BE", {"phone": "+31 20 555 01 01"}, True),
        ("BE", {"phone": "0032 2 555 01 01"}, False),
        ("GB", {"email": "someone@firm.example.uk"}, False),
        ("GB", {"email": "someone@firm.example.nl"}, True),
        ("GB", {"country": "UK"}, False),
        ("IN", {"organisation": "Bundi Stone Pvt. Ltd"}, False),
        ("IN", {"place": "India"}, False),
        ("AL", {"phone": "+355 4 555 01"}, False),  # whose code we do not know
        ("NL", {"place": "Gazipur"}, True),
        ("NL", {"place": "Narayanganj, Bangladesh"}, True),
        ("NL", {"place": "Naivasha"}, True),
        ("NL", {"place": "Sebeta"}, True),
        ("NL", {"place": "Montebelluna (IT)"}, True),
        ("NL", {"organisation": "Steinwerk Augsburg GmbH"}, True),
        ("NL", {"organisation": "Steinwerk Augsburg GmbH & Co. KG"}, True),
        ("NL", {"organisation": "Calzaturificio Piave S.r.l."}, True),
        ("NL", {"organisation": "Conceria Nord S.p.A."}, True),
        ("NL", {"organisation": "Kamień Polski Sp. z o.o."}, True),
        ("NL", {"organisation": "Maison Dubois SARL"}, True),
        ("NL", {"organisation": "Maison Dubois SAS"}, True),
        ("NL", {"organisation": "Textil Zürich AG"}, True),
        ("NL", {"organisation": "Kivi Oy"}, True),
        ("NL", {"organisation": "Nordisk Sten ApS"}, True),
        ("NL", {"organisation": "Nordisk Sten A/S"}, True),
        ("NL", {"organisation": "Bőr Kft."}, True),
        ("NL", {"organisation": "Kamen d.o.o."}, True),
        ("NL", {"organisation": "Ege Tekstil Ltd. Şti."}, True),
        ("NL", {"organisation": "Blue Gum Pty Ltd"}, True),
        # what looks like such a form at home
        ("NL", {"organisation": "Architectenbureau Sas"}, False),
        ("NL", {"organisation": "ARCHITECTENBUREAU SAS"}, False),
        ("NL", {"organisation": "Wellness Spa"}, False),
        ("NL", {"organisation": "AG Insurance"}, False),
        ("NL", {"organisation": "APS"}, False),
        ("NL", {"organisation": "Stichting De As"}, False),
        ("NL", {"organisation": "Aannemer Van Oy"}, False),
        ("NL", {"organisation": "Jansen Wonen B.V."}, False),
        ("BE", {"organisation": "Peeters Tegels SRL"}, False),
        ("BE", {"organisation": "Ateliers Peeters SARL"}, True),
        ("BE", {"organisation": "Peeters S.A."}, False),
        ("DE", {"organisation": "Steinwerk Augsburg GmbH"}, False),
        ("NL", {"place": "Utrecht, Nepalstraat"}, False),
    ],
)
def test_abroad_is_seen_from_home(home, row, expected):
    assert is_abroad(**row, home=home) is expected
