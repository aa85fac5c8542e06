"""Signing in through one's own organisation (OpenID Connect), as settings for allauth and the policy."""

from collections.abc import Mapping


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
