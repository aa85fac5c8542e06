"""Seals answers until they are dealt out: without the server's key nobody reads them, not in a backup either.

The sealed bytes carry no time, and their length says next to nothing about the words.
"""

import hashlib
import hmac
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_BLOCK = 2048
_NONCE = 12


class BrokenSeal(Exception):
    """The bytes were sealed with another key, or changed."""


def seal(content: dict[str, Any], context: str) -> bytes:
    """`content` (JSON) readable only by `unseal` with the same `context`. Padded to a multiple of 2 KB."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    padded = plain + b" " * (-len(plain) % _BLOCK)
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(_key()).encrypt(nonce, padded, context.encode())


def unseal(sealed: bytes, context: str) -> dict[str, Any]:
    """What was sealed. Raises BrokenSeal for anything else."""
    try:
        return json.loads(AESGCM(_key()).decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode()))
    except (InvalidTag, ValueError) as error:
        raise BrokenSeal from error


def _key() -> bytes:
    return hmac.new(settings.SECRET_KEY.encode(), b"dialoog.feedback.seal", hashlib.sha256).digest()
