"""What a person sees when something does not fit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token never acts (decisions.md 34).

    A guest gets the page again, with what was typed and a fresh token; elsewhere the page says how to go on.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    if match is not None and getattr(match.func, "is_guest_page", False):
        # every form of a guest asks for this before it counts as valid
        request.csrf_refused = True  # type: ignore[attr-defined]
        return match.func(request, *match.args, **match.kwargs)
    return render(request, "403_csrf.html", status=403)
