"""Who may call: the signature over the raw body, and the agent's key.

Both checks run on the bytes as they came, before anything is parsed, and compare in constant time. A signature is
hex HMAC-SHA256 of the body, or of ``{timestamp}.{body}`` with the timestamp taken from its own header, with or
without ``sha256=`` in front.
"""

from __future__ import annotations

__all__ = ["bearer_of", "hash_key", "is_signed", "key_matches"]

import hashlib
import hmac
import re
from collections.abc import Sequence
from typing import Final

_SIGNATURE: Final = re.compile(r"(?:sha256=)?([0-9a-fA-F]{64})")
# RFC 9110 section 11.4 and RFC 6750 section 2.1: "Bearer" in any case, then one token68.
_BEARER: Final = re.compile(r"(?i:bearer) +([A-Za-z0-9._~+/-]{1,4096}=*)")


def is_signed(body: bytes, secret: str, signatures: Sequence[str], timestamps: Sequence[Sequence[str]]) -> bool:
    """Return whether the body carries exactly one valid signature.

    Args:
        body: The raw request body.
        secret: The shared secret.
        signatures: Every value of the signature header; two of them are none, since nobody can say which counts.
        timestamps: The values of each timestamp header; two of one are none, too: each costs a look at the whole body.
    """
    match = _SIGNATURE.fullmatch(signatures[0]) if len(signatures) == 1 else None
    if match is None or any(len(values) > 1 for values in timestamps):
        return False
    given = match[1].lower()
    accepted = hmac.compare_digest(given, _hmac(secret, body))
    for timestamp in (value for values in timestamps for value in values):
        signed = timestamp.encode("latin-1", "replace") + b"." + body
        accepted |= hmac.compare_digest(given, _hmac(secret, signed))
    return accepted


def _hmac(secret: str, message: bytes) -> str:
    return hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def bearer_of(authorizations: Sequence[str]) -> str | None:
    """Return the token of a single ``Authorization: Bearer`` header, or ``None``."""
    match = _BEARER.fullmatch(authorizations[0].strip()) if len(authorizations) == 1 else None
    return match[1] if match else None


def hash_key(key: str) -> str:
    """Return what is stored of an agent's key.

    A single SHA-256 is enough: keys are 256 random bits of our own making, so there is no dictionary to try. Slow
    hashes protect passwords that people choose, and would cost each request milliseconds.
    """
    return hashlib.sha256(key.encode()).hexdigest()


def key_matches(given: str | None, key_hash: str) -> bool:
    """Return whether a key is the one whose hash is stored."""
    return given is not None and hmac.compare_digest(hash_key(given), key_hash)
