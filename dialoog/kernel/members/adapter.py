"""Where allauth meets our rules: sign-up by invitation only, one address per person, our own words."""

from datetime import timedelta
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialoog.kernel.members import notices
from dialoog.kernel.workspaces import chosen_language
from dialoog.kernel.workspaces.models import User
from dialoog.kernel.workspaces.signing_in import browser_of

_CODE = gettext_lazy("This code is not right. Type it as it stands in the newest mail, or in your app now.")
# allauth's ways to prove who one is, in the words of our pages
_WAYS = {
    "mfa_reauthenticate": gettext_lazy("Use a code from your app, or a recovery code"),
    "mfa_reauthenticate_webauthn": gettext_lazy("Use a passkey"),
}


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up without an invitation; accepting one makes the account (members.accept_invitation)."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _CODE,
        "too_many_login_attempts": gettext_lazy("That was wrong three times, so the code has ended."),
        "rate_limited": gettext_lazy("That was asked too often. Wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> Any:
        chosen_language.take_along(request, user)
        return super().pre_login(request, user, **kwargs)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        named = {reverse(name): words for name, words in _WAYS.items()}
        return [way | {"description": named.get(way["url"], way["description"])} for way in ways]

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell that something changed in how one signs in. A new address is told to the old one."""
        browser = browser_of(self.get_http_user_agent(self.request))
        kind = template_prefix.rpartition("/")[2]
        notices.tell(user=user, kind=kind, browser=browser, email=email or user.email)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who has just signed in, or just added a way to, is not asked again before seeing their codes."""
        return super().is_reauthentication_required(app=app, **kwargs) and not _has_just_proved(
            context.request
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through one's own organisation lets existing users in by their verified address only."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Only to look somebody up by: this user is never saved."""
        user: User = sociallogin.user
        user.email = (data.get("email") or "").lower()
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse to tie an account elsewhere to whoever happens to be signed in here."""
        if sociallogin.state.get("process") == "connect":
            raise PermissionDenied


class MfaAdapter(DefaultMFAAdapter):
    """Passkeys show the name of the product, whatever the host is called."""

    error_messages: ClassVar[dict[str, Any]] = {**DefaultMFAAdapter.error_messages, "incorrect_code": _CODE}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Dialoog"}

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return _("Passkey %(number)s") % {"number": number}


def _has_just_proved(request: HttpRequest) -> bool:
    fresh = timedelta(seconds=app_settings.REAUTHENTICATION_TIMEOUT)
    since = timezone.now() - fresh
    records = get_authentication_records(request, request.user)
    if any(record["at"] > since.timestamp() for record in records):
        return True
    return Authenticator.objects.filter(user_id=request.user.pk, created_at__gt=since).exists()
