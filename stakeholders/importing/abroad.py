"""Whether an organisation is in another country: by its country, telephone, mail address, name or place.

And whether people there may well read another language than the one of a meeting.
"""

import re
from functools import cache

from dialoog.kernel.db import sort_key

# workspaces name no country; their forms, words and letters are Dutch
_HOME_ENDING, _HOME_DIAL = "nl", "+31"
_HOME_WORDS = r"nl|nederland|the netherlands|netherlands|holland|niederlande|pays-bas"
# sold as words rather than as countries
_NO_COUNTRY = {"eu", "io", "co", "me", "tv", "ai", "fm", "cc", "ly", "ws", "gg"}
# forms that one region has and the Netherlands has not
_FORMS = r"pvt\.?|private limited|jsc|lda|ltda|sdn|bhd|tbk|a\.s\.$|san\. ve tic\.?|s\.l\.u?|s\.a\. de c\.v\."
_PLACES = (
    r"india|china|vietnam|bangladesh|pakistan|sri lanka|cambodja|cambodia|indonesia|indonesie|thailand"
    r"|myanmar"
    r"|nepal|filipijnen|philippines|japan|taiwan|hong kong|singapore|turkiye|turkije|turkey|portugal"
    r"|spanje|spain"
    r"|italie|italy|frankrijk|france|duitsland|germany|belgie|belgium|polen|poland|roemenie|romania|bulgarije"
    r"|marokko|morocco|tunesie|egypte|egypt|ethiopie|ethiopia|kenia|kenya|ghana|ivoorkust|oeganda|uganda"
    r"|tanzania|zuid-afrika|south africa|brazilie|brazil|peru|colombia|mexico|argentinie|ecuador|chili"
    r"|mumbai|delhi|new delhi|bangalore|bengaluru|chennai|kolkata|hyderabad|ahmedabad|pune|surat|jaipur"
    r"|jodhpur"
    r"|udaipur|bundi|ajmer|kota|agra|tiruppur|tirupur|coimbatore|panipat|ludhiana|moradabad|shanghai|beijing|peking"
    r"|shenzhen"
    r"|guangzhou|xiamen|ningbo|hangzhou|foshan|qingdao|hanoi|ho chi minh city|saigon|hai ?phong|da nang|dhaka"
    r"|chittagong|chattogram|karachi|lahore|faisalabad|sialkot|colombo|phnom penh|jakarta|bandung|bangkok"
    r"|yangon"
    r"|kathmandu|manila|tokyo|taipei|istanbul|ankara|izmir|bursa|denizli|afyon|gaziantep|porto|lissabon"
    r"|lisboa"
    r"|lisbon|braga|guimaraes|madrid|barcelona|valencia|milaan|milano|milan|rome|roma|carrara|verona"
    r"|parijs|paris"
    r"|lyon|lille|berlijn|berlin|hamburg|munchen|keulen|koln|dusseldorf|brussel|brussels|antwerpen|gent"
    r"|londen"
    r"|london|warschau|warsaw|lodz|boekarest|sofia|casablanca|tanger|tunis|cairo|addis abeba|addis ababa"
    r"|nairobi"
    r"|accra|abidjan|kampala|sao paulo|lima|bogota|medellin"
)

# abroad, and yet the language of the meeting is read there: these towns, countries, endings and codes
_READ_TOO = {
    "nl": (
        r"antwerpen|gent|brugge|leuven|mechelen|hasselt|kortrijk|oostende|genk|aalst|turnhout|roeselare"
        r"|paramaribo|willemstad|oranjestad",
        r"vlaanderen|flanders|suriname|curacao|aruba|bonaire",
        r"sr|cw|aw",
        r"\+597|\+5999|\+297",
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


@cache
def is_abroad(
    organisation: str = "",
    email: str = "",
    phone: str = "",
    place: str = "",
    country: str = "",
) -> bool:
    """True only on a clear sign. A country that is named decides, then a telephone or mail of home."""
    if country:
        return not re.fullmatch(_HOME_WORDS, sort_key(country))
    dial = _dial(phone)
    ending = email.rpartition(".")[2].casefold()
    if dial.startswith(_HOME_DIAL) or ending == _HOME_ENDING:
        return False
    if dial.startswith("+") or (len(ending) == 2 and ending not in _NO_COUNTRY):
        return True
    found = re.search(rf"(?<![\w.])(?:{_FORMS})(?!\w)", sort_key(organisation))
    return bool(found or re.fullmatch(_PLACES, sort_key(place)))


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
