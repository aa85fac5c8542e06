"""Signing in through one's own organisation (OpenID Connect), as settings for allauth and the policy."""

from collections.abc import Mapping
from urllib.parse import urlsplit


def settings_of(oidc: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """allauth's SOCIALACCOUNT_PROVIDERS for the OIDC_* values; empty without them.

    EMAIL_AUTHENTICATION is safe here because the provider is the one this server's keeper chose to trust.
    """
    if not oidc:
        return {}
    app = {
        "provider_id": "sso",
        "name": oidc["OIDC_NAME"],
        "client_id": oidc["OIDC_CLIENT_ID"],
        "secret": oidc["OIDC_SECRET"],
        "settings": {"server_url": oidc["OIDC_URL"].rstrip("/")},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "EMAIL_AUTHENTICATION": True, "APPS": [app]}}


def origins_of(oidc: Mapping[str, str]) -> list[str]:
    """Where the sign-in form may lead: browsers check form-action on the redirect after a POST too."""
    if not oidc:
        return []
    parts = urlsplit(oidc["OIDC_URL"])
    return [f"{parts.scheme}://{parts.netloc}"]
