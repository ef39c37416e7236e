"""What is written down at a tray beside its counts: when a count began, and what an eye read.

Neither is a count. A start says from when on the tray must not move for a count to stand (SNAP-5);
an observation is one person's estimate and enters no sum (SNAP-6). Like those in `facts`, each
record is one row of one table.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.terms import Chipset, Record, SnapshotKind


@dataclass(frozen=True, kw_only=True, slots=True)
class CountStart(Record):
    """A count that somebody began (SNAP-5); a snapshot or a trial names it when it is recorded.

    `base_snapshot_id` is the last count of the session that stood then, None before the first.
    `renews` is the start it took the place of, for the same session and kind.
    """

    table_id: UUID
    session_id: UUID
    kind: SnapshotKind
    started_at: datetime
    recorded_at: datetime
    started_by: UUID
    base_snapshot_id: UUID | None = None
    renews: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Observation(Record):
    """One supervisor's reading of a tray by eye (SNAP-6): an estimate, never a count.

    Read as a total, or as chips of which the total is the sum. `estimated_drop_cents` is what the
    box was thought to hold by then, None where nobody said.
    """

    table_id: UUID
    session_id: UUID
    total_cents: int
    chipset: Chipset | None
    estimated_drop_cents: int | None
    occurred_at: datetime
    recorded_at: datetime
    observed_by: UUID
