"""Whether an organisation is in another country: by its country, telephone, mail address, name or place.

And whether people there may well read another language than the one of a meeting.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from babel import Locale

from dialoog.kernel.alphabet import sort_key

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
# where most of what is sold here is sewn, tanned, quarried or grown is named first
_TOWNS = {
    "NL": "amsterdam|rotterdam|den haag|the hague|utrecht|eindhoven|groningen|tilburg|breda|nijmegen|arnhem",
    "IN": "mumbai|delhi|new delhi|bangalore|bengaluru|chennai|kolkata|hyderabad|ahmedabad|pune|surat|jaipur"
    "|jodhpur|udaipur|bundi|ajmer|kota|agra|tiruppur|tirupur|coimbatore|panipat|ludhiana|moradabad|erode"
    "|karur|dindigul|bhilwara|bhiwandi|kanpur|vellore|ambur|ranipet|ongole|kishangarh|makrana|rajsamand"
    "|budhpura|noida|gurgaon|gurugram|jalandhar|varanasi|mysore|kochi|chikmagalur",
    "CN": "shanghai|beijing|peking|shenzhen|guangzhou|xiamen|ningbo|hangzhou|foshan|qingdao|quanzhou|suzhou"
    "|wenzhou|shaoxing|dongguan|yiwu|jiaxing",
    "VN": "hanoi|ho chi minh city|saigon|hai ?phong|da nang|binh duong|dong nai|buon ma thuot",
    "BD": "dhaka|gazipur|narayanganj|savar|tongi|ashulia|chittagong|chattogram|khulna|sylhet",
    "PK": "karachi|lahore|faisalabad|sialkot|kasur|multan|gujranwala",
    "LK": "colombo|katunayake|kandy",
    "KH": "phnom penh|cambodja|cambodia",
    "ID": "jakarta|bandung|semarang|surabaya|surakarta|yogyakarta|jepara|cirebon|pekalongan|medan|indonesie"
    "|indonesia",
    "TH": "bangkok|thailand",
    "MM": "yangon|mandalay|myanmar",
    "NP": "kathmandu|nepal",
    "PH": "manila|cebu|filipijnen|philippines",
    "JP": "tokyo|japan",
    "TW": "taipei|taiwan",
    "HK": "hong kong",
    "SG": "singapore",
    "TR": "istanbul|ankara|izmir|bursa|denizli|afyon|gaziantep|usak|corlu|mersin|adana|kayseri|turkije"
    "|turkey|turkiye",
    "PT": "porto|lissabon|lisboa|lisbon|braga|guimaraes|barcelos|vila nova de famalicao|felgueiras"
    "|estremoz|vila vicosa",
    "ES": "madrid|barcelona|valencia|elche|alicante|novelda|macael|porrino|sabadell|terrassa|igualada"
    "|ubrique",
    "IT": "milaan|milano|milan|rome|roma|carrara|verona|montebelluna|prato|biella|como|arzignano|solofra"
    "|pietrasanta|santa croce sull.arno|florence|firenze|napels|napoli|turijn|torino|bologna|treviso"
    "|bergamo|brescia|vicenza",
    "FR": "parijs|paris|lyon|lille|roubaix|tourcoing|mazamet|cholet|marseille|bordeaux|grasse",
    "DE": "berlijn|berlin|hamburg|munchen|keulen|koln|dusseldorf|augsburg|reutlingen|pirmasens|krefeld"
    "|monchengladbach|idar-oberstein|solnhofen|frankfurt|stuttgart|bremen|leipzig|nurnberg|aken|aachen",
    "BE": "brussel|brussels|antwerpen|gent",
    "GB": "londen|london",
    "PL": "warschau|warsaw|lodz|strzegom|bielsko-biala|krakow|poznan|wroclaw",
    "RO": "boekarest|bucuresti|bucharest|cluj-napoca|timisoara",
    "BG": "sofia|plovdiv",
    "MA": "casablanca|tanger|marrakech|rabat",
    "TN": "tunis|tunesie|sfax|monastir|sousse",
    "EG": "cairo|egypte|egypt|alexandrie|alexandria",
    "ET": "addis abeba|addis ababa|sebeta|ziway|batu|holeta|bishoftu|debre zeit|hawassa|awassa|yirgacheffe"
    "|jimma",
    "KE": "nairobi|naivasha|thika|nakuru|eldoret|kericho|mombasa|kenia|kenya",
    "GH": "accra|kumasi|tema|ghana",
    "CI": "abidjan|ivoorkust",
    "UG": "kampala|entebbe|mbale|mbarara|oeganda|uganda",
    "TZ": "arusha|moshi|mbeya|dar es salaam|tanzania",
    "RW": "kigali",
    "ZA": "kaapstad|cape town|johannesburg|durban|zuid-afrika|south africa",
    "BR": "sao paulo|santos|franca|novo hamburgo|vitoria|cachoeiro de itapemirim|belo horizonte|brazilie"
    "|brazil",
    "PE": "lima|arequipa|peru",
    "CO": "bogota|medellin|manizales|pereira|armenia|rionegro|colombia",
    "MX": "mexico",
    "AR": "argentinie",
    "EC": "quito|cayambe|tabacundo|guayaquil|ecuador",
    "CL": "chili",
    "GT": "guatemala",
    "HN": "tegucigalpa|san pedro sula",
    "NI": "managua|matagalpa",
}

# the language of the meeting is read there, also when it is abroad: these towns, countries, endings and codes
_READ_TOO = {
    "nl": (
        rf"{_TOWNS['NL']}|antwerpen|gent"
        r"|brugge|leuven|mechelen|hasselt|kortrijk|oostende|genk|aalst|turnhout|roeselare"
        r"|paramaribo|willemstad|oranjestad",
        r"nederland|the netherlands|holland|vlaanderen|flanders|suriname|curacao|aruba|bonaire",
        r"nl|sr|cw|aw",
        r"\+31|\+597|\+5999|\+297",
    ),
    "en": (
        r"london|londen|manchester|birmingham|leeds|edinburgh|glasgow|dublin|new york|washington|sydney"
        r"|melbourne|toronto",
        r"uk|united kingdom|verenigd koninkrijk|great britain|engeland|england|schotland|scotland|wales"
        r"|ireland|ierland|usa|us|united states|verenigde staten|australia|australie|new zealand",
        r"uk|ie|us|au|nz",
        r"\+44|\+353|\+1\d|\+61|\+64",
    ),
}


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
        return sort_key(country) not in _names(home)
    ending = email.rpartition(".")[2].casefold()
    number = _dial(phone)
    dial = f"+{_DIAL[home]}" if home in _DIAL else ""
    if (dial and number.startswith(dial)) or ending == _ENDING.get(home, home.casefold()):
        return False
    # of a home whose code we do not know, a number says nothing
    if (dial and number.startswith("+")) or (len(ending) == 2 and ending not in _NO_COUNTRY):
        return True
    return _has_foreign_form(organisation, home) or _is_foreign_place(sort_key(place), home)


def reads_too(language: str, email: str = "", phone: str = "", place: str = "", country: str = "") -> bool:
    """Whether the language of a meeting is read there: Antwerp reads Dutch. A town decides, then the rest."""
    if language not in _READ_TOO:
        return False
    towns, countries, endings, dials = _READ_TOO[language]
    if place and re.fullmatch(towns, sort_key(place)):
        return True
    if country:
        return bool(re.fullmatch(countries, sort_key(country)))
    ending = email.rpartition(".")[2].casefold()
    return bool(re.fullmatch(endings, ending) or re.match(dials, _dial(phone)))


def _dial(phone: str) -> str:
    return re.sub(r"^00", "+", re.sub(r"[\s()./-]", "", phone))


@cache
def _names(country: str) -> frozenset[str]:
    """What a country is called in a list."""
    spoken = (Locale.parse(language).territories.get(country, "") for language in _SPOKEN)
    names = {country, *_ALSO.get(country, ()), *spoken}
    return frozenset(sort_key(name) for name in names if name)


def _has_foreign_form(name: str, home: str) -> bool:
    if re.search(rf"(?<![\w.])(?:{_forms(_FORMS, home)})(?!\w)", sort_key(name)):
        return True
    return not name.isupper() and bool(re.search(rf"\w\W+(?:{_forms(_WRITTEN, home)})$", name))


def _forms(kind: Iterable[tuple[str, str]], home: str) -> str:
    return "|".join(form for form, countries in kind if home not in countries.split())


def _is_foreign_place(place: str, home: str) -> bool:
    """Also of a town with its country behind it: “Gazipur, Bangladesh”, “Montebelluna (IT)”."""
    town = re.split(r"[,(/]", place)[0].strip()
    abroad = [each for each in _TOWNS if each != home]
    towns = "|".join(_TOWNS[each] for each in abroad)
    return any(place in _names(each) for each in abroad) or bool(re.fullmatch(towns, town))
