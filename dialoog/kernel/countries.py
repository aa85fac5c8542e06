"""The countries of ISO 3166-1, and the days on which nobody works in each."""

from collections.abc import Callable
from datetime import date
from functools import cache

from babel import Locale
from django.utils import translation

from dialoog.kernel.alphabet import sort_key

_LINES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT",
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH",
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT",
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS",
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI",
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG",
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG",
    "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW",
)
CODES = [code for line in _LINES for code in line.split()]


def named() -> list[tuple[str, str]]:
    """Every country with its name in the active language, in the order of those names."""
    names = Locale.parse((translation.get_language() or "en").replace("-", "_")).territories
    return sorted(((code, names.get(code, code)) for code in CODES), key=lambda row: sort_key(row[1]))


@cache
def days_off(country: str) -> Callable[[date], bool]:
    """Whether nobody works on a day: a weekend or a public holiday of the whole country.

    Of a country whose holidays are not known, Saturday and Sunday. Holidays of a region are not known.
    """
    # why: it costs 16 MB and a sixth of a second, and most requests ask for no day
    import holidays

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return lambda day: day.weekday() >= 5
    return lambda day: not known.is_working_day(day)
