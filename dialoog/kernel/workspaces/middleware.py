"""A signed-in person reads in the language of their profile."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation


class LanguageMiddleware:
    """Activates the profile's language; a visitor keeps what LocaleMiddleware chose."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # why the cookie: guest pages never need the user, and reading it costs two queries
        if "/w/" in request.path or request.path.startswith("/accounts/") or request.path == "/":
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated:
                translation.activate(user.language)
                request.LANGUAGE_CODE = user.language
        return self.get_response(request)
