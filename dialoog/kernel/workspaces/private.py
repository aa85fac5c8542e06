"""Names and answers stay in no cache: not on the way, and not on a shared machine after signing out."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PrivatePagesMiddleware:
    """Pages for people who sign in are kept by nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path == "/" or request.path.startswith(("/w/", "/accounts/", "/endorse/")):
            response["Cache-Control"] = "private, no-store"
        return response
