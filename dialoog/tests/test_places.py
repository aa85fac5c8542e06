"""Towns are found by name, wherever they stand in the file."""

import random

import pytest

from dialoog.kernel.places import _FILE, place_named, places_named
from sessions.engine.travel import locate, trip


def test_every_name_in_the_file_is_found():
    lines = [line.split("\t") for line in _FILE.read_text().splitlines() if not line.startswith("#")]
    some = [*lines[:3], *random.Random(7).sample(lines, 400), *lines[-3:]]

    wrong = [key for key, region, *_where in some if region not in {p.region for p in places_named(key)}]

    assert wrong == []


@pytest.mark.parametrize("name", ["", "zzzz", "Rotterda", "Rotterdamm", "#", "\t", "Zaal 3"])
def test_what_is_no_town_is_not_found(name):
    assert places_named(name) == ()


@pytest.mark.parametrize(
    ("name", "home", "country"),
    [
        ("Naivasha", "NL", "KE"),
        ("KÖLN", "NL", "DE"),
        ("Londen", "NL", "GB"),
        ("Urk", "NL", "NL"),
        # there is one at home, and another in which more people live
        ("Aalst", "NL", "NL"),
        ("Aalst", "BE", "BE"),
        ("Essen", "NL", "DE"),
    ],
)
def test_of_towns_with_one_name_the_one_at_home_is_meant(name, home, country):
    place = place_named(name, home)

    assert place is not None
    assert place.country == country


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Nieuwspoort, Lange Poten 10, Den Haag", "NL"),
        ("den haag", "NL"),
        ("Kota and Bundi, Rajasthan", "IN"),
        ("Grand Place, Brussel", "BE"),
        # words that are towns somewhere count with a capital only
        ("zaal 3, hal 2, beurs", None),
        ("Online", None),
        ("😀 \u202e,,, 'x", None),
    ],
)
def test_a_town_is_found_in_an_address(text, country):
    place = locate(text)

    assert (place.country if place else None) == country


def test_villages_have_a_distance():
    assert trip("Oisterwijk", "Aalsmeer") is not None
    assert trip("Naivasha", "Aalsmeer").minutes is None
