"""Whether an organisation is in another country: by its country, telephone, mail address, name or place.

And whether people there may well read another language than the one of a meeting.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale

from dialoog.kernel.alphabet import sort_key
from dialoog.kernel.places import place_named, places_named

# what a country is called in a list beside its name in these languages and its code
_SPOKEN = ("nl", "en", "de", "fr")
_ALSO = {
    "NL": ("the netherlands", "holland"),
    "GB": (
        "uk",
        "great britain",
        "groot-brittannie",
        "engeland",
        "england",
        "schotland",
        "scotland",
        "wales",
    ),
    "US": ("usa", "united states of america"),
    "TR": ("turkiye",),
    "KH": ("cambodja",),
}
# the countries a list is likely to be made in, and those it is likely to name
_DIAL = {
    **{"NL": "31", "BE": "32", "FR": "33", "ES": "34", "PT": "351", "LU": "352", "IE": "353", "FI": "358"},
    **{"BG": "359", "IT": "39", "RO": "40", "CH": "41", "CZ": "420", "AT": "43", "GB": "44", "DK": "45"},
    **{"SE": "46", "NO": "47", "PL": "48", "DE": "49", "PE": "51", "MX": "52", "AR": "54", "BR": "55"},
    **{"CL": "56", "CO": "57", "ID": "62", "PH": "63", "SG": "65", "TH": "66", "JP": "81", "VN": "84"},
    **{"CN": "86", "HK": "852", "KH": "855", "BD": "880", "TW": "886", "TR": "90", "IN": "91", "PK": "92"},
    **{"LK": "94", "MM": "95", "NP": "977", "EG": "20", "ZA": "27", "MA": "212", "TN": "216", "GH": "233"},
    **{"CI": "225", "ET": "251", "KE": "254", "TZ": "255", "UG": "256", "EC": "593"},
}
# the ending of mail addresses where it is not the code of the country
_ENDING = {"GB": "uk"}
# sold as words rather than as countries
_NO_COUNTRY = {"eu", "io", "co", "me", "tv", "ai", "fm", "cc", "ly", "ws", "gg"}
# forms of companies, and the countries that have them: none that a Dutch or Flemish organisation has at home
_FORMS = (
    (r"pvt\.?|private limited", "IN PK BD LK NP"),
    (r"jsc", "VN BG"),
    (r"lda|ltda", "PT BR CL CO EC PE"),
    (r"sdn|bhd", "MY SG"),
    (r"tbk", "ID"),
    (r"a\.s\.$|san\. ve tic\.?|ltd\.? ?sti\.?", "TR"),
    (r"s\.l\.u?", "ES"),
    (r"s\.a\. de c\.v\.|s\. de r\.l\.", "MX"),
    (r"gmbh|ges\.? ?m\. ?b\. ?h\.?", "DE AT CH"),
    (r"s\.p\.a\.?", "IT"),
    (r"s\.? ?r\. ?l\.?$|srl$", "IT RO BE AR BO"),
    (r"s\.a\.r\.l\.?|sarl", "FR LU CH MA TN"),
    (r"s\.a\.s\.?$", "FR CO IT"),
    (r"s\.a\.$", "BE LU FR CH ES PT PL RO PE BR CO EC AR MX CL GT"),
    (r"sp\.? ?z ?o\.? ?o\.?", "PL"),
    (r"(?<!van )oyj?$", "FI"),
    (r"a/s$", "DK NO TR"),
    (r"kft\.?$|zrt\.?$", "HU"),
    (r"d\.o\.o\.?", "SI HR RS BA ME"),
    (r"s\.r\.o\.?", "CZ SK"),
    (r"(?:pty|proprietary)\.? (?:ltd|limited)\.?", "AU ZA"),
    (r"co\.?,? ltd\.?$", "CN HK TW JP KR TH VN KH MM"),
)
# short ones that are names or words as well (Sas, Spa): written exactly so, behind a name not all in capitals
_WRITTEN = (
    (r"SAS", "FR CO"),
    (r"AG", "DE AT CH"),
    (r"SpA|SPA", "IT"),
    (r"ApS", "DK"),
)
# where the language of a meeting is read too, countries and one region
_READ_IN = {
    "nl": frozenset({"NL", "BE-VLG", "SR", "CW", "AW", "BQ", "SX"}),
    "en": frozenset({"GB", "IE", "US", "CA", "AU", "NZ"}),
}
_FLANDERS = frozenset({"vlaanderen", "flanders"})


@lru_cache(maxsize=1024)
def is_abroad(
    organisation: str = "",
    email: str = "",
    phone: str = "",
    place: str = "",
    country: str = "",
    *,
    home: str = "NL",
) -> bool:
    """True only on a clear sign. A country that is named decides, then a telephone or mail of home.

    `home` is the country of the workspace, as ISO 3166-1 alpha-2.
    """
    if country:
        return sort_key(country) != home.casefold() and _countries().get(sort_key(country)) != home
    ending = email.rpartition(".")[2].casefold()
    number = _dial(phone)
    dial = f"+{_DIAL[home]}" if home in _DIAL else ""
    if (dial and number.startswith(dial)) or ending == _ENDING.get(home, home.casefold()):
        return False
    # of a home whose code we do not know, a number says nothing
    if (dial and number.startswith("+")) or (len(ending) == 2 and ending not in _NO_COUNTRY):
        return True
    return _has_foreign_form(organisation, home) or _is_foreign_place(place, home)


def reads_too(language: str, email: str = "", phone: str = "", place: str = "", country: str = "") -> bool:
    """Whether the language of a meeting is read there: Antwerp reads Dutch. A town decides, then the rest."""
    there = _READ_IN.get(language, frozenset())
    towns = places_named(_town(place))
    if towns and {towns[0].country, towns[0].region} & there:
        return True
    if country:
        name = sort_key(country)
        return _countries().get(name) in there or (name in _FLANDERS and "BE-VLG" in there)
    ending = email.rpartition(".")[2].casefold()
    codes = [_DIAL[each] for each in there if each in _DIAL]
    number = _dial(phone)
    return any(ending == _ENDING.get(each, each.casefold()) for each in there) or any(
        number.startswith(f"+{code}") for code in codes
    )


def _dial(phone: str) -> str:
    return re.sub(r"^00", "+", re.sub(r"[\s()./-]", "", phone))


@cache
def _countries() -> dict[str, str]:
    """What countries are called in a list, each with its code."""
    found: dict[str, str] = {}
    for language in _SPOKEN:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(sort_key(name), code)
    also = {sort_key(name): code for code, names in _ALSO.items() for name in names}
    return {**found, **also}


def _has_foreign_form(name: str, home: str) -> bool:
    if re.search(rf"(?<![\w.])(?:{_forms(_FORMS, home)})(?!\w)", sort_key(name)):
        return True
    return not name.isupper() and bool(re.search(rf"\w\W+(?:{_forms(_WRITTEN, home)})$", name))


def _forms(kind: Iterable[tuple[str, str]], home: str) -> str:
    return "|".join(form for form, countries in kind if home not in countries.split())


def _town(place: str) -> str:
    """The town of “Gazipur, Bangladesh” or “Montebelluna (IT)”."""
    return re.split(r"[,(/]", place)[0].strip()


def _is_foreign_place(place: str, home: str) -> bool:
    parts = [part.strip() for part in re.split(r"[,(/)]", place) if part.strip()]
    named = [code for part in parts if (code := _countries().get(sort_key(part)))]
    if named:
        return home not in named
    town = place_named(_town(place), home)
    return town is not None and town.country != home
