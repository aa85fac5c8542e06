"""Tokens of personal links: computed, never stored raw (decisions.md 8)."""

import base64
import hashlib
import hmac

from django.conf import settings


def make_token(reference: str) -> str:
    """The token for a neutral reference such as ``link:42:1`` (kind, id, generation): 32 URL-safe characters.

    The same reference gives the same token for as long as the secret key is kept; raising the
    generation gives another one, which is how a link is revoked.
    """
    digest = hmac.new(settings.LINK_KEY, reference.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:24]).decode()


def digest_of(token: str) -> str:
    """What the database keeps of a token: its SHA-256 in hex."""
    return hashlib.sha256(token.encode()).hexdigest()
