"""How words are compared: without capitals and accents, the same on every machine."""

import unicodedata

# letters that Unicode does not take apart into a base and an accent
_WHOLE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


def sort_key(text: str) -> str:
    """`text` as it stands in an alphabetical list: small letters without accents, “Élodie” among the e’s."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(bare.translate(_WHOLE).split())
