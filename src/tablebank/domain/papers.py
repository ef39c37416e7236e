"""What was entered from signed paper, after an outage or an omission (BACK-1).

The paper names its form and number and the persons who signed it, as they stand on it: these are
not signatures of ours. Ours are those of the two who enter it; they hang on the facts themselves.
Like those in `facts`, each record is one row of one table.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.terms import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A signed paper as it lies before the person who enters it, and why it is entered now."""

    form: str
    number: str
    signed_by: tuple[str, ...]
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperEntry(Record):
    """That one fact rests on a paper: the fact, by the id its signatures hang on, and the paper.

    `occurred_at` is when it happened as the paper has it, `recorded_at` when it was entered (UTC).
    """

    subject_id: UUID
    session_id: UUID | None
    table_id: UUID | None
    form: str
    form_number: str
    signed_by: tuple[str, ...]
    reason: str
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
