"""What a person sees when something does not fit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve

# what a page sends along without anybody having typed it
_NOT_TYPED = {"csrfmiddlewaretoken", "version", "person", "next"}


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token never acts; what was typed is not lost (decisions.md 34).

    A guest gets the page again, with what was typed and a fresh token. Elsewhere a page shows what was typed
    and, when the form came from our own site, sends it again by a button; of another site nothing is sent.
    """
    try:
        match = resolve(request.path_info)
    except Resolver404:
        match = None
    if match is not None and getattr(match.func, "is_guest_page", False):
        # every form of a guest asks for this before it counts as valid
        request.csrf_refused = True  # type: ignore[attr-defined]
        return match.func(request, *match.args, **match.kwargs)
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "typed": [value for name, value in sent if value.strip() and name not in _NOT_TYPED],
        "fields": [pair for pair in sent if pair[0] != "csrfmiddlewaretoken"] if _is_ours(request) else [],
        "had_file": bool(request.FILES),
    }
    return render(request, "403_csrf.html", context, status=403)


def _is_ours(request: HttpRequest) -> bool:
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
