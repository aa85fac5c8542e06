"""Signing in by a printed link: once, soon, and only on the machine itself (decisions.md 18)."""

import ipaddress

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from dialoog.kernel import clock
from dialoog.kernel.errors import DomainError
from dialoog.kernel.workspaces.models import User

LASTS_SECONDS = 15 * 60
_SALT = "dialoog.one-time-sign-in"


def make_link(user: User) -> str:
    """The address that signs `user` in once. Refused (DomainError) unless embedded."""
    if not settings.EMBEDDED:
        raise DomainError("A sign-in link exists only without EMAIL_URL. Sign in with a mailed code.")
    token = signing.dumps([user.pk, _state(user)], salt=_SALT)
    return f"{settings.BASE_URL}/accounts/once/{token}/"


def find_user(token: str) -> User | None:
    """Whom a token would sign in; None when it is forged, old or used. Looking does not use it up."""
    try:
        pk, state = signing.loads(token, salt=_SALT, max_age=LASTS_SECONDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and _state(user) == state else None


def use_up(user: User) -> bool:
    """Take the one use of the link; False when somebody was quicker."""
    return bool(User.objects.filter(pk=user.pk, last_login=user.last_login).update(last_login=clock.now()))


def is_at_home(request: HttpRequest) -> bool:
    """Whether the request comes from this machine, in the mode where links are printed at all."""
    try:
        address = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return bool(settings.EMBEDDED) and address.is_loopback


def _state(user: User) -> str:
    # every sign-in moves last_login, so one use ends the link
    return user.last_login.isoformat() if user.last_login else ""
