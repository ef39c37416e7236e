"""What people write down beside the facts, signed: on a session, a slip, an exception (RUN-10).

A remark changes no figure and is never taken back; a further one may say more. Like those in
`facts`, each record is one row of one table.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tablebank.domain.terms import Record


class RemarkedOn(StrEnum):
    """What a remark may be on; a finding is called as it is on the wire and on screens."""

    SESSION = "session"
    SLIP = "slip"
    EXCEPTION = "exception"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark(Record):
    """One remark; its signature hangs on its id.

    `reference` is what it points to, in the house's own words: an incident report, a recording.
    `session_id` and `table_id` are those of its subject, None where that has none.
    """

    subject_type: RemarkedOn
    subject_id: UUID
    session_id: UUID | None
    table_id: UUID | None
    text: str
    reference: str | None
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
