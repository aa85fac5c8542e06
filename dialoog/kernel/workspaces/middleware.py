"""A signed-in person reads in the language of their profile; a provider that is away breaks no page."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from requests import RequestException

logger = logging.getLogger(__name__)


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


class ProviderAwayMiddleware:
    """allauth asks the provider for its addresses during the request and lets the failure through."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, RequestException) or not request.path.startswith(_provider_pages()):
            return None
        logger.error("The sign-in provider could not be reached (%s).", type(exception).__name__)
        return render(request, "socialaccount/provider_away.html", status=503)


def _provider_pages() -> str:
    return reverse("openid_connect_login", args=["sso"]).removesuffix("sso/login/")
