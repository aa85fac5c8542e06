"""Dates as people write them."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from dialoog.kernel.ui import dates

MOMENT = datetime(2027, 3, 2, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "long", "short", "month"),
    [
        ("en", "Tuesday 2 March 2027", "Tue 2 Mar", "2 March"),
        ("nl", "dinsdag 2 maart 2027", "di 2 mrt", "2 maart"),
        ("pl", "wtorek, 2 marca 2027", "wt., 2 mar", "2 marca"),
        ("zz", "Tuesday, 2 March 2027", "Tue 2 Mar", "2 March"),
    ],
)
def test_days_follow_the_language(language, long, short, month):
    with translation.override(language):
        assert dates.day(date(2027, 3, 2)) == long
        assert dates.short_day(date(2027, 3, 2)) == short
        assert dates.day_month(date(2027, 3, 2)) == month


def test_moments_are_read_in_the_zone_that_is_asked_for():
    with translation.override("en"):
        assert dates.when(MOMENT, "Europe/Amsterdam") == "Wednesday 3 March 2027, 00:30"
        assert dates.when(MOMENT, "UTC") == "Tuesday 2 March 2027, 23:30"
        assert dates.clock(time(9, 5)) == "09:05"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        dates.day(datetime(2027, 3, 2, 10, 0))


@pytest.mark.parametrize(
    ("language", "last", "words"),
    [
        ("en", date(2026, 12, 3), "Tuesday 1"),
        ("nl", date(2026, 12, 3), "dinsdag 1"),
        ("en", date(2027, 1, 3), "Tuesday 1 December 2026"),
        ("pl", date(2026, 12, 3), "wtorek, 1 grudnia 2026"),
    ],
)
def test_first_of_more_days_repeats_nothing_of_the_last(language, last, words):
    with translation.override(language):
        assert dates.opening_day(date(2026, 12, 1), last) == words


def test_first_of_more_days_keeps_its_own_month():
    with translation.override("nl"):
        assert dates.opening_day(date(2026, 11, 30), date(2026, 12, 3)) == "maandag 30 november"
