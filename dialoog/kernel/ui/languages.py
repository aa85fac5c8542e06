"""The way from a page without account to the same page in another language."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

# each in the language it leads to, so that its reader can find it
_NAMES = {"en": "Read this in English", "nl": "Lees dit in het Nederlands"}


def language_links() -> list[dict[str, str]]:
    """The other languages this page can be read in: plain links to the same address."""
    current = get_language()
    codes = [code for code, _name in settings.LANGUAGES if code != current]
    return [{"url": f"?language={code}", "code": code, "name": _NAMES[code]} for code in codes]


def asked_language(request: HttpRequest) -> str:
    """The language the address asks for; "" when it asks for none that we have."""
    chosen = request.GET.get("language", "")
    return chosen if chosen in dict(settings.LANGUAGES) else ""
