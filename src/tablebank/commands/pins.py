"""PINs and passwords: argon2id, and a memory of what was right a moment ago.

A PIN is checked at every signature, several a minute on a busy table, and argon2id is slow on
purpose. So a PIN that verified is remembered in this process under a key that never leaves it: the
next time the same PIN meets the same stored hash it costs a microsecond. A wrong PIN always pays
the full price. Nothing readable is remembered, and changing the PIN changes the stored hash, so
nothing stale can pass.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from threading import Lock

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1, type=Type.ID)
"""OWASP's smaller argon2id setting: 19 MiB, two passes."""

_KEY = secrets.token_bytes(32)
_REMEMBERED: OrderedDict[bytes, None] = OrderedDict()
_MOST = 20_000
_LOCK = Lock()
_NOBODY = HASHER.hash(secrets.token_hex(8))


def hashed(secret: str) -> str:
    """What is kept of a PIN or password."""
    return HASHER.hash(secret)


def is_right(secret: str, kept: str | None) -> bool:
    """Whether the secret is the one kept. With nothing kept it takes as long, and is wrong
    (SIGN-4).
    """
    mark = hmac.new(_KEY, f"{kept}\n{secret}".encode(), hashlib.sha256).digest()
    if kept is not None and mark in _REMEMBERED:
        return True
    try:
        HASHER.verify(kept or _NOBODY, secret)
    except (VerificationError, InvalidHashError):
        return False
    if kept is None:
        return False
    with _LOCK:
        _REMEMBERED[mark] = None
        while len(_REMEMBERED) > _MOST:
            _REMEMBERED.popitem(last=False)
    return True
