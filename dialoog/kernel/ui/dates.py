"""Dates and times as people write them, in the active language."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from django.utils import timezone, translation

# English without a country would become American; Dutch and British people write no comma after the weekday
_PLAIN = {"en", "nl"}
_LOCALES = {"en": "en_GB"}

Moment = date | datetime


def day(value: Moment, zone: str | ZoneInfo | None = None) -> str:
    """“Tuesday 2 March 2027”. A datetime must be aware and is read in `zone`, else in the active zone."""
    if _plain():
        return format_date(_date(value, zone), "EEEE d MMMM y", locale=_locale())
    return format_date(_date(value, zone), "full", locale=_locale())


def opening_day(first: Moment, last: Moment, zone: str | ZoneInfo | None = None) -> str:
    """“Tuesday 2” before “Thursday 4 March 2027”: a first day without the month and year both have."""
    one, other = _date(first, zone), _date(last, zone)
    if not _plain() or one.year != other.year:
        return day(one)
    return format_date(one, "EEEE d" if one.month == other.month else "EEEE d MMMM", locale=_locale())


def short_day(value: Moment, zone: str | ZoneInfo | None = None) -> str:
    """“Tue 2 Mar”."""
    if _plain():
        return format_date(_date(value, zone), "EEE d MMM", locale=_locale())
    return format_skeleton("MMMEd", _date(value, zone), locale=_locale())


def day_month(value: Moment, zone: str | ZoneInfo | None = None) -> str:
    """“2 March”, for sentences where the year is plain."""
    return format_skeleton("MMMMd", _date(value, zone), locale=_locale())


def month_year(value: Moment, zone: str | ZoneInfo | None = None) -> str:
    """“Mar 2027”, under a day that stands big above it."""
    return format_date(_date(value, zone), "MMM y", locale=_locale()).replace(".", "")


def clock(value: datetime | time, zone: str | ZoneInfo | None = None) -> str:
    """“10:00”, always in twenty-four hours."""
    moment = value if isinstance(value, time) else _local(value, zone).time()
    return format_time(moment, "HH:mm", locale=_locale())


def when(value: datetime, zone: str | ZoneInfo | None = None) -> str:
    """“Tuesday 2 March 2027, 10:00”."""
    return f"{day(value, zone)}, {clock(value, zone)}"


def _local(value: datetime, zone: str | ZoneInfo | None) -> datetime:
    if timezone.is_naive(value):
        raise ValueError("A moment without a zone cannot be shown.")
    return timezone.localtime(value, ZoneInfo(zone) if isinstance(zone, str) and zone else zone or None)


def _date(value: Moment, zone: str | ZoneInfo | None) -> date:
    return _local(value, zone).date() if isinstance(value, datetime) else value


def _language() -> str:
    return translation.get_language() or "en"


def _plain() -> bool:
    return _language().split("-")[0] in _PLAIN


def _locale() -> Locale:
    language = _language()
    try:
        return Locale.parse(_LOCALES.get(language, language), sep="-" if "-" in language else "_")
    except (UnknownLocaleError, ValueError):
        return Locale("en", "GB")
