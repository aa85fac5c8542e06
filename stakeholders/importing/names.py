"""How a name that stands wholly in capitals, or wholly in small letters, is written.

Careful: what may be an abbreviation, several people or something else than a name stays as it stands.
"""

import re

_WORDS = {
    # small between the first word and the last
    "small": "van von der den de het 't 's te ter ten zu zum zur del della bin bint ibn",
    # small between them before an article: “op den Kelder”, “in 't Veld”
    "small before": "in op aan bij onder over tot uit voor",
    "article": "de den der het 't",
    # small before a hyphen in names from Arabic: “al-Hassan”, “ul-Haq”
    "small with hyphen": "al ul",
    # titles in front, small in Dutch
    "title": "dhr. dhr mevr. mevr mw. mr. drs. dr. ir. ing. prof. ds.",
    "numeral": "ii iii iv",
    # “van” between these and the last name is a name of its own: Nguyen Van Te
    "vietnamese": "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh dao trinh",
}
_IS = {kind: frozenset(words.split()) for kind, words in _WORDS.items()}
# letters Turkish has and its neighbours have not; with one of them, I belongs to ı and i to İ
_TURKISH = set("İığĞşŞ")
_NAME = re.compile(r"[^\W\d_][^\W\d_.’'\- ]*(?:[.’'\- ]+[^\W\d_.’'\- ]+)*\.?|['’][^\W\d_].*")
_DUTCH_IJ = re.compile(r"ij[^aeiouy]")
_VOWEL = re.compile(r"[aeiouyà-öø-ýœāăąēĕėęěĩīĭįıōŏőũūŭůűųơưạ-ỹ]")


def mended_name(name: str, organisation: str = "") -> str:
    """The name as it is usually written; `name` itself when its capitals already say something.

    Capitals of one word may be an abbreviation; a name that is the organisation's is not a person's.
    """
    if not (name.isupper() or name.islower()) or not _NAME.fullmatch(name):
        return name
    if name.casefold() == organisation.casefold() or (name.isupper() and " " not in name):
        return name
    is_turkish = bool(_TURKISH & set(name))
    words = name.split()
    low = [_lower(word, is_turkish) for word in words]
    written = [_word(low, index, words[index].isupper(), is_turkish) for index in range(len(words))]
    return " ".join(written)


def _word(low: list[str], index: int, was_upper: bool, is_turkish: bool) -> str:
    word = low[index].replace("’", "'")
    last = len(low) - 1
    is_between = 0 < index < last and low[0] not in _IS["vietnamese"]
    if word in _IS["title"] and index < last:
        return word
    if is_between and (word in _IS["small"] or _is_before_article(word, low[index + 1])):
        return word
    if is_between and word == "la" and low[index - 1] == "de":
        return word
    if index and word in _IS["numeral"]:
        return word.upper()
    # “J.P.” and, in capitals, “JP” or “FNV” are letters, not words
    if "." in word[:-1] or (word.endswith(".") and len(word) == 2):
        return _upper(word, is_turkish)
    if was_upper and len(word) < 5 and word != "ng" and not _VOWEL.search(word):
        return _upper(word, is_turkish)
    parts = word.split("-")
    return "-".join(_part(part, parts, at, index, is_turkish) for at, part in enumerate(parts))


def _is_before_article(word: str, following: str) -> bool:
    return word in _IS["small before"] and following in _IS["article"]


def _part(part: str, parts: list[str], at: int, index: int, is_turkish: bool) -> str:
    """What stands before, between or after hyphens: “al-Hassan”, “Jansen-de Vries”, “Jean-Pierre”."""
    if index and at == 0 and len(parts) > 1 and part in _IS["small with hyphen"]:
        return part
    if at and part in _IS["small"]:
        return part
    before, apostrophe, after = part.partition("'")
    if apostrophe and len(before) == 1 and len(after) > 1:
        return f"{_upper(before, is_turkish)}'{_first_up(after, is_turkish)}"
    return _first_up(part, is_turkish)


def _first_up(word: str, is_turkish: bool) -> str:
    if _DUTCH_IJ.match(word):
        return f"IJ{word[2:]}"
    if word.startswith("mc") and len(word) > 4:
        return f"Mc{_first_up(word[2:], is_turkish)}"
    return _upper(word[:1], is_turkish) + word[1:]


def _lower(word: str, is_turkish: bool) -> str:
    # why İ always: Python makes two characters of it
    word = word.replace("İ", "i")
    return (word.replace("I", "ı") if is_turkish else word).lower()


def _upper(word: str, is_turkish: bool) -> str:
    return (word.replace("i", "İ") if is_turkish else word).upper()
