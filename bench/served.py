"""The application as it is served, with one more address: an empty view, to set the others against."""

from importlib import import_module

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from dialoog.wsgi import application

__all__ = ["application"]
EMPTY = "empty/"


@login_not_required
def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, through all the middleware."""
    return HttpResponse()


import_module(settings.ROOT_URLCONF).urlpatterns.append(path(EMPTY, empty))
