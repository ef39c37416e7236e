"""How a caller says who they are, before it is known whether it is true (SIGN-4, TEN-1).

A program's token names its casino in the clear, so that the search for it happens inside that
casino and nowhere else: `tb_<casino>_<secret>`. Only the secret's SHA-256 is ever kept.
"""

import hashlib
import re
from dataclasses import dataclass
from uuid import UUID

from tablebank.domain.establishment import Staff
from tablebank.domain.terms import Role

_TOKEN = re.compile(r"tb_([0-9a-f]{32})_([A-Za-z0-9_-]{32,128})")


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenCredential:
    """A program's token, by its hash."""

    casino_id: UUID
    secret_sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionCredential:
    """A person signed in at a browser, whose device is known by its cookie."""

    casino_id: UUID
    staff_id: UUID
    device: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SystemCredential:
    """The program itself: at its own command line, with a badge in that person's name; or at a
    round of its own, which `acts_as` names."""

    casino_id: UUID
    badge: str | None = None
    acts_as: str = "command line"


Credential = TokenCredential | SessionCredential | SystemCredential


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """A known person on a known device: the token, or the browser's device cookie (SIGN-4)."""

    staff: Staff
    device: str
    method: str

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(self.staff.roles)


def sha256_of(secret: str) -> str:
    """What is kept of a token's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def written_token(casino_id: UUID, secret: str) -> str:
    """A token as it is handed to its owner, once."""
    return f"tb_{casino_id.hex}_{secret}"


def read_token(text: str) -> TokenCredential | None:
    """The credential in a token's text, or None if it is not one of ours."""
    match = _TOKEN.fullmatch(text)
    if match is None:
        return None
    casino, secret = match.groups()
    return TokenCredential(casino_id=UUID(casino), secret_sha256=sha256_of(secret))
