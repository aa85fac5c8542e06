"""The language somebody reads while signing in is the one they go on in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from dialoog.kernel.workspaces.models import User, Workspace
from dialoog.kernel.workspaces.policy import Role

# what a first start calls the empty workspace it makes
FIRST_NAMES = {"nl": "Mijn organisatie", "en": "My organisation"}


def take_along(request: HttpRequest, user: User) -> None:
    """What was chosen on this browser counts; at a first sign-in without a choice, the page that was read.

    A workspace nobody else is in, and that still has the name of a first start, begins in it too.
    """
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    is_first = user.last_login is None
    if not chosen and is_first:
        chosen = get_language() or ""
    if chosen in dict(settings.LANGUAGES) and chosen != user.language:
        User.objects.filter(pk=user.pk).update(language=chosen)
        user.language = chosen
        if is_first:
            own = Workspace.objects.filter(
                memberships__user=user, memberships__role=Role.OWNER, is_demo=False
            )
            untouched = own.filter(name__in=FIRST_NAMES.values()).values_list("pk", flat=True)
            Workspace.objects.filter(pk__in=list(untouched)).update(language=chosen, name=FIRST_NAMES[chosen])


def remember(response: HttpResponse, language: str) -> HttpResponse:
    """A choice in the profile is the choice of this browser too, else the next sign-in would undo it."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
