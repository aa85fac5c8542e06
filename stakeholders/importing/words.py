"""The words of lists, in Dutch and English: headers, groups, languages, channels, totals."""

import re
import unicodedata
from enum import StrEnum
from functools import cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Column(StrEnum):
    """What a column of a list holds."""

    NAME = "name"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"
    ORGANISATION = "organisation"
    EMAIL = "email"
    PHONE = "phone"
    GROUP = "group"
    PLACE = "place"
    STREET = "street"
    NUMBER = "number"
    POSTCODE = "postcode"
    COUNTRY = "country"
    LANGUAGE = "language"
    JOB = "job"
    CHANNEL = "channel"


COLUMN_LABELS = {
    Column.NAME: _("Name"),
    Column.FIRST: _("First name"),
    Column.MIDDLE: _("Prefix of the last name"),
    Column.LAST: _("Last name"),
    Column.ORGANISATION: _("Organisation"),
    Column.EMAIL: _("E-mail"),
    Column.PHONE: _("Telephone"),
    Column.GROUP: pgettext_lazy("people", "Group"),
    Column.PLACE: _("Place"),
    Column.STREET: _("Street"),
    Column.NUMBER: _("House number"),
    Column.POSTCODE: _("Postcode"),
    Column.COUNTRY: _("Country"),
    Column.LANGUAGE: _("Language"),
    Column.JOB: _("Job"),
    Column.CHANNEL: _("Reached by"),
}

_HEADERS: dict[Column, str] = {
    Column.NAME: "naam name volledigenaam fullname deelnemer deelnemers contactpersoon contact genodigde"
    " genodigden persoon participant guest gast weergavenaam displayname"
    " naamdeelnemer naamcontactpersoon contactperson",
    Column.FIRST: "voornaam voornamen roepnaam firstname givenname forename voorletters initialen initials",
    Column.MIDDLE: "tussenvoegsel tussenvoegsels tussenv tv middlename infix voorvoegsel voorvoegsels",
    Column.LAST: "achternaam lastname surname familyname familienaam geslachtsnaam",
    Column.ORGANISATION: "organisatie organisaties organisation organization bedrijf bedrijfsnaam company"
    " companyname firma instelling werkgever employer naamorganisatie organisatienaam naambedrijf partij",
    Column.EMAIL: "email mail mailadres emailadres emailaddress mailaddress emailwerk emailzakelijk",
    Column.PHONE: "telefoon telefoonnummer telefoonnr telnr tel telephone phone phonenumber mobiel"
    " mobielnummer mobile mobilephone gsm businessphone",
    Column.GROUP: "groep groepen group soort soortorganisatie type categorie category sector kind doelgroep"
    " stakeholdergroep stakeholdergroup achterban",
    Column.PLACE: "plaats woonplaats plaatsnaam vestigingsplaats stad city town place location locatie",
    Column.STREET: "straat straatnaam adres straatenhuisnummer straathuisnummer street streetaddress address"
    " address1 adresregel1 postadres bezoekadres",
    Column.NUMBER: "huisnummer huisnr nr housenumber toevoeging huisnummertoevoeging",
    Column.POSTCODE: "postcode pc zip zipcode postalcode",
    Column.COUNTRY: "land country landnaam",
    Column.LANGUAGE: "taal language voertaal taalvoorkeur voorkeurstaal preferredlanguage",
    Column.JOB: "functie functienaam functietitel job jobtitle title position role rol beroep",
    Column.CHANNEL: "kanaal channel bereikbaarvia reachedby contactvia",
}
_EXACT = {word: column for column, words in _HEADERS.items() for word in words.split()}
# longer headers, such as “E-mailadres (zakelijk)”, by their telling part
_PARTS = (
    ("mailing", None),
    ("mail", Column.EMAIL),
    ("telefoon", Column.PHONE),
    ("mobiel", Column.PHONE),
    ("phone", Column.PHONE),
    ("voornaam", Column.FIRST),
    ("firstname", Column.FIRST),
    ("achternaam", Column.LAST),
    ("lastname", Column.LAST),
    ("organisatie", Column.ORGANISATION),
    ("bedrijf", Column.ORGANISATION),
    ("company", Column.ORGANISATION),
    ("postcode", Column.POSTCODE),
    ("woonplaats", Column.PLACE),
)

_LANGUAGES: dict[str, str] = {
    "nl": "nederlands dutch nederlandse vlaams",
    "en": "engels english engelse",
    "de": "duits german deutsch",
    "fr": "frans french francais",
    "es": "spaans spanish espanol",
    "pt": "portugees portuguese",
    "it": "italiaans italian",
    "pl": "pools polish polski",
    "tr": "turks turkish turkce",
    "ar": "arabisch arabic",
    "hi": "hindi",
    "ur": "urdu",
    "bn": "bengaals bengali bangla",
    "fa": "farsi perzisch persian",
    "uk": "oekraiens ukrainian",
    "ro": "roemeens romanian",
    "bg": "bulgaars bulgarian",
    "zh": "chinees chinese mandarijn mandarin",
    "vi": "vietnamees vietnamese",
    "id": "indonesisch indonesian",
    "ti": "tigrinya",
    "fy": "fries frisian",
}
_LANGUAGE_OF = {word: code for code, words in _LANGUAGES.items() for word in (code, *words.split())}

_CHANNELS = {
    "mail": "mail email",
    "letter": "brief post letter per-post",
    "phone": "telefoon tel bellen telefonisch phone call telephone",
    "intermediary": "via tussenpersoon intermediary",
}
_CHANNEL_OF = {word: channel for channel, words in _CHANNELS.items() for word in words.split()}

_TOTAL = re.compile(
    r"(eind|sub|grand )?-?(totaal|total|totalen)\b"
    r"|(som|sum|aantal|gemiddelde|average|count)\s*(:|$|van\b|of\b)"
    r"|[\d\s.,€%+-]+$",
    re.IGNORECASE,
)
_DESKS = (
    "info contact office kantoor secretariaat secretary bestuur board mail post administratie admin receptie"
    " hello hallo sales support service klantenservice pr pers press noreply"
)

_NOTHINGS = (
    "geen geenemail geenmail geenemailadres geenmailadres nvt onbekend none no na nil noemail nomail"
    " unknown notapplicable nb leeg"
)


@cache
def header_kind(cell: str, *, exact: bool = False) -> Column | None:
    """What a header promises, or None when it says nothing known."""
    word = _letters(cell)
    if word in _EXACT or exact or len(word) > 40:
        return _EXACT.get(word)
    return next((column for part, column in _PARTS if part in word), None)


def language_of(text: str) -> str:
    """The code of a language given as a word or a code; "" when it is not known."""
    return _LANGUAGE_OF.get(_plain(text).split("-")[0].strip(), "")


def channel_of(text: str) -> str:
    """How somebody is reached, from a word such as “post” or “bellen”; "" when it is not known."""
    words = re.findall(r"[a-z]+", _plain(text).replace("e-mail", "email"))
    return next((_CHANNEL_OF[word] for word in words if word in _CHANNEL_OF), "")


def is_total(name: str) -> bool:
    """Whether this is the sum below a list rather than a person."""
    return bool(_TOTAL.match(name))


def is_nothing(cell: str) -> bool:
    """Whether a cell says in words or signs that there is nothing, such as “geen”, “n.v.t.”, “-” or “?”."""
    letters = re.sub(r"[\W_]", "", _plain(cell))
    return "@" not in cell and (not letters or letters in _NOTHINGS.split())


def is_generic(local_part: str) -> bool:
    """Whether a mailbox belongs to a desk, not to somebody."""
    return local_part.lower() in _DESKS.split()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).strip()


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _plain(text))
