"""The one door through which Dialoog signs somebody in itself, and the places where they are signed in."""

import re
from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dialoog.kernel.workspaces import chosen_language
from dialoog.kernel.workspaces.models import User

# the first that fits: every browser also claims to be an older one
_BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "CriOS": "Chrome",
    "SamsungBrowser": "Samsung Internet",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
_DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@dataclass(frozen=True)
class Place:
    """A browser in which somebody is signed in."""

    pk: int
    key: str
    since: datetime
    browser: str
    address: str
    is_here: bool


def sign_in(request: HttpRequest, user: User) -> None:
    """Sign in without allauth's steps (the link has proved enough), and list this browser as it does."""
    chosen_language.take_along(request, user)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)


def places_of(request: HttpRequest, user: User) -> list[Place]:
    """Where `user` is signed in, this browser first. What has ended goes from the list while looking."""
    here = request.session.session_key
    rows = UserSession.objects.purge_and_list(user)
    if here not in {row.session_key for row in rows}:
        # a session of before the list existed; it must be possible to end it from elsewhere
        UserSession.objects.create_from_request(request)
        rows = list(UserSession.objects.filter(user=user))
    found = [
        Place(
            row.pk,
            row.session_key,
            row.created_at,
            browser_of(row.user_agent),
            row.ip,
            row.session_key == here,
        )
        for row in rows
    ]
    return sorted(found, key=lambda place: (not place.is_here, -place.since.timestamp(), place.pk))


def end_places(user: User, *, keep: str | None = None, only: int | None = None) -> int:
    """Sign out everywhere but in the session `keep`, or in the place `only`. Returns how many ended."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=keep or "")
    if only is not None:
        rows = rows.filter(pk=only)
    ended = list(rows)
    for row in ended:
        row.end()
    return len(ended)


def end_everywhere(user: User) -> None:
    """End every session of `user`, also those on no list: all are tied to this unusable password."""
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_places(user)


def browser_of(user_agent: str) -> str:
    """What a browser calls itself, in words its owner knows."""
    browser = next((name for sign, name in _BROWSERS.items() if re.search(rf"\b{sign}/", user_agent)), "")
    device = next((name for sign, name in _DEVICES.items() if sign in user_agent), "")
    if browser and device:
        return _("%(browser)s on %(device)s") % {"browser": browser, "device": device}
    return browser or device or user_agent[:40] or _("Unknown browser")
