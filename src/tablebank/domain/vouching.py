"""The signature as it is kept: never edited or removed (SIGN-1)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.terms import Record, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature(Record):
    """One identified person, in one role, vouching for one step at one instant (SIGN-1)."""

    subject_id: UUID
    session_id: UUID | None
    step: str
    staff_id: UUID
    role: Role
    method: str
    signed_at: datetime
