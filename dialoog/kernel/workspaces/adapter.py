"""Where allauth meets our rules: sign-up by invitation only, names from invitations."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest

INVITATION_KEY = "member_invitation"


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up without an invitation; accepting one makes the account (actions.accept_invitation)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Signing in through one's own organisation links to an existing member by the verified address."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
