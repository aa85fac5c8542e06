"""The languages somebody may be told in, by their own names."""

LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("de", "Deutsch"),
    ("fr", "Français"),
    ("es", "Español"),
    ("pt", "Português"),
    ("it", "Italiano"),
    ("pl", "Polski"),
    ("tr", "Türkçe"),
    ("ar", "العربية"),
    ("hi", "हिन्दी"),
    ("bn", "বাংলা"),
    ("ur", "اردو"),
    ("fa", "فارسی"),
    ("uk", "Українська"),
    ("ro", "Română"),
    ("bg", "Български"),
    ("zh", "中文"),
    ("vi", "Tiếng Việt"),
    ("id", "Bahasa Indonesia"),
    ("ti", "ትግርኛ"),
    ("fy", "Frysk"),
]


def language_name(code: str) -> str:
    """A language by its own name; the code when it has none here."""
    return dict(LANGUAGES).get(code, code)
