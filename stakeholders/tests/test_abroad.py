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
    ],
)
def test_abroad_is_seen_from_home(home, row, expected):
    assert is_abroad(**row, home=home) is expected
