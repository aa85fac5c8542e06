"""What a person sees when something does not fit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token never acts; the page says how to go on."""
    return render(request, "403_csrf.html", status=403)
