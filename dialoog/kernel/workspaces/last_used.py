"""The workspace somebody was in last, kept by their browser: account pages lead back to it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dialoog.kernel.workspaces.models import User, Workspace


def remember(response: HttpResponse, request: HttpRequest, slug: str) -> HttpResponse:
    """Let the browser keep where it was. Only who is a member ever reads a name from it."""
    if request.COOKIES.get(settings.WORKSPACE_COOKIE_NAME) != slug:
        response.set_cookie(
            settings.WORKSPACE_COOKIE_NAME,
            slug,
            max_age=settings.SESSION_COOKIE_AGE,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


def last_of(request: HttpRequest, user: User) -> Workspace | None:
    """The workspace to go back to: the last one, or the only one; None for who is in none or must choose."""
    mine = {workspace.slug: workspace for workspace in user.workspaces.all()}
    last = mine.get(request.COOKIES.get(settings.WORKSPACE_COOKIE_NAME, ""))
    return last or (next(iter(mine.values())) if len(mine) == 1 else None)
