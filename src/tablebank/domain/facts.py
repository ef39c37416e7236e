"""What is written down at the tables, as frozen values.

Each record here is one row of one table and nothing more: ids, instants (UTC), amounts (whole
cents), chips (code to pieces). What the rows *mean* together lives in the modules beside this one
(`boxes`, `rundown`, `opening`, `findings`); how they are kept lives in `tablebank.store`, which
maps a record to its row by the names of its fields. `None` always means unknown or not yet,
never zero. What a casino is before a table opens is in `establishment`, the words used in `terms`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.elsewhere import Elsewhere
from tablebank.domain.papers import PaperEntry
from tablebank.domain.remarks import Remark
from tablebank.domain.terms import (
    BankMode,
    Basis,
    BoxKind,
    Chipset,
    CustodyStep,
    DropState,
    FindingStatus,
    Phase,
    Purpose,
    Record,
    RemovalType,
    Role,
    SlipKind,
    SlipStatus,
    SnapshotKind,
    Stops,
    TableStatus,
    Unfit,
)
from tablebank.domain.trays import CountStart
from tablebank.domain.trips import BoxLeftOut

# -- tables, boxes ---------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Table(Record):
    """A gaming table as it stands today; what it was before is in its revisions (BASE-7)."""

    code: str
    name: str
    pit: str
    game_type: str | None
    limits: Mapping[str, int] | None
    status: TableStatus
    last_ordinal: int
    """The ordinal of the last session opened on it; 0 before the first (PAR-11)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableRevision(Record):
    """What a table was called, where it stood and what was dealt, from a gaming day on."""

    table_id: UUID
    effective_from_gaming_day: date
    name: str
    pit: str
    game_type: str | None
    limits: Mapping[str, int] | None
    status: TableStatus
    recorded_at: datetime
    recorded_by: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Box(Record):
    code: str
    table_id: UUID | None
    kind: BoxKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Mount(Record):
    """A box on a table, from its mounting to its removal (BOX-1, BOX-5).

    It serves the sessions of its table whose ordinal lies in `serves_from … served_to`; while it is
    on the table `served_to` is None and the range is open. `in_play`: there was cash in it when we
    began, so what it holds is unknown (PAR-11). `hangs_twice`: on record elsewhere too (BOX-3).
    """

    box_id: UUID
    table_id: UUID
    mounted_at: datetime
    recorded_at: datetime
    serves_from: int
    served_to: int | None = None
    taken_off_at: datetime | None = None
    in_play: bool = False
    seal: str | None = None
    hangs_twice: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Removal(Record):
    """A drop box taken off a table, named on the last session it served (BOX-2). `box_id` is the
    one taken, not always the one on record; what it is judged by is kept as it stood (BOX-3).
    """

    mount_id: UUID
    box_id: UUID
    table_id: UUID
    session_id: UUID
    gaming_day: date
    type: RemovalType
    removed_at: datetime
    recorded_at: datetime
    reason: str | None
    seal: str | None
    trip_id: UUID | None
    replacement_box_id: UUID | None
    surveillance: Mapping[str, str]
    notices: tuple[Mapping[str, str], ...] = ()
    replacement_unfit: Unfit | None = None
    out_of_schedule: Mapping[str, Any] | None = None
    custody_steps: tuple[CustodyStep, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Custody(Record):
    """One link of a removed box's chain of hand-overs (BOX-4)."""

    removal_id: UUID
    step: CustodyStep
    occurred_at: datetime
    recorded_at: datetime
    seal: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Count(Record):
    """The count room's result for one removed box (SOFT-1); immutable, corrected by revision.

    `total_cents` is the sum of the lines, `drop_effect_cents` their signed sum, which enters the
    drop. `expected_forms`: what its box should hold; None before that was matched (SOFT-4).
    """

    removal_id: UUID
    batch_id: str
    revision: int
    contents: tuple[Mapping[str, Any], ...]
    total_cents: int
    drop_effect_cents: int
    first_count_cents: int
    second_count_cents: int
    tester: Mapping[str, Any] | None
    evidence: tuple[Mapping[str, Any], ...]
    team: tuple[str, ...]
    reported_exceptions: tuple[Mapping[str, Any], ...]
    supersedes: UUID | None
    reason: str | None
    counted_at: datetime
    recorded_at: datetime
    expected_forms: tuple[str, ...] | None = None
    count_session_id: UUID | None = None


# -- sessions --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Session(Record):
    """One table's bank over one stretch of play (SESS).

    What opening binds (`ordinal` … `previous_session_id`) is bound once and for good (SESS-3); a
    session that is only prepared has none of it.
    """

    table_id: UUID
    shift_id: UUID
    shift_code: str
    gaming_day: date
    phase: Phase
    drop_state: DropState
    prepared_at: datetime
    ordinal: int | None = None
    sequence: int | None = None
    table_bank_mode: BankMode | None = None
    need_total_cents: int | None = None
    par_policy_id: UUID | None = None
    previous_session_id: UUID | None = None
    table_code: str | None = None
    pit: str | None = None
    game_type: str | None = None
    limits: Mapping[str, int] | None = None
    opened_by: UUID | None = None
    closing_at: datetime | None = None
    attested_at: datetime | None = None
    closed_at: datetime | None = None
    closed_by: UUID | None = None
    close_forced: bool = False
    close_reason: str | None = None
    close_off_par: bool = False
    void_reason: str | None = None
    drop_window_start: datetime | None = None
    drop_window_end: datetime | None = None
    drop_posted_at: datetime | None = None
    reviewed_at: datetime | None = None
    reviewed_by: UUID | None = None
    reconciled_at: datetime | None = None
    reconciled_by: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot(Record):
    """A signed count of a tray (SNAP-1). `mount_id`: the box its form went into (SNAP-8);
    `count_id`: the start that guarded it, None where nobody said when it began (SNAP-5)."""

    table_id: UUID
    session_id: UUID | None
    kind: SnapshotKind
    basis: Basis
    number: str | None
    chipset: Chipset | None
    total_cents: int
    occurred_at: datetime
    recorded_at: datetime
    is_synthetic: bool = False
    synthetic_reason: str | None = None
    supersedes: UUID | None = None
    reason: str | None = None
    mount_id: UUID | None = None
    count_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Trial(Record):
    """A first count that differed and was counted again (SESS-5, SNAP-4, SLIP-3): never a fact.

    `subject_id` is the session (a count of its tray, of this `kind`) or the slip (verification) it
    was a trial of.
    """

    subject_id: UUID
    session_id: UUID
    step: str
    chipset: Chipset
    total_cents: int
    difference_cents: int
    occurred_at: datetime
    recorded_at: datetime
    kind: SnapshotKind | None = None
    count_id: UUID | None = None


# -- slips -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Slip(Record):
    """A fill or a credit (SLIP-1). Chips and total never change; status and custody move.

    `session_id` is the session whose rundown takes it (SLIP-12): until the tray instant the one it
    was asked for in, carried along by a roll-over; from the tray instant on the one live then.
    `bank_effect_cents` is its signed effect on the tray, fixed at birth: plus for a fill, minus for
    a credit.
    """

    session_id: UUID
    requested_session_id: UUID
    table_id: UUID
    shift_id: UUID
    gaming_day: date
    kind: SlipKind
    purpose: Purpose
    status: SlipStatus
    chipset: Chipset
    lines: tuple[Mapping[str, Any], ...]
    total_cents: int
    bank_effect_cents: int
    request_number: str | None
    requested_at: datetime
    requested_by: UUID
    number: str | None = None
    disputed: bool = False
    tray_instant: datetime | None = None
    runner_id: UUID | None = None
    moved_at: datetime | None = None
    """When the chips left (issued, picked up): transit is counted from here (SLIP-10)."""
    mount_id: UUID | None = None
    deposited_at: datetime | None = None
    counted_chipset: Chipset | None = None
    """What a disputing verifier counted, until it is made good or voided (SLIP-3)."""
    counted_back: Chipset | None = None
    replaced_by: UUID | None = None
    void_reason: str | None = None
    request_first: bool = False
    """A credit whose chips left with the request: the cage prepares its slip (SLIP-2)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipStep(Record):
    """One change of a slip's status; its signatures hang on this id."""

    slip_id: UUID
    status: SlipStatus
    occurred_at: datetime
    recorded_at: datetime
    actor_id: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SlipHand(Record):
    """Who acts as what on a slip: one person, one role, held by the database (SIGN-2)."""

    slip_id: UUID
    staff_id: UUID
    role: Role


# -- findings, reports -----------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding(Record):
    """A broken rule that someone must explain (FIND). On the wire and on screens: exception."""

    kind: str
    subject_type: str
    subject_id: str
    """A row's id, or a natural key such as `box/number` where the kind says so (FIND-2)."""
    session_id: UUID | None
    table_id: UUID | None
    shift_id: UUID | None
    status: FindingStatus
    stops: Stops
    variance_cents: int | None
    facts: Mapping[str, Any]
    department: str
    raised_at: datetime
    due_at: datetime | None = None
    cleared_at: datetime | None = None
    reason_code: str | None = None
    narrative: str | None = None
    resolved_by: UUID | None = None
    resolved_at: datetime | None = None
    journal_numbers: tuple[int, ...] = ()
    assigned_to: UUID | None = None
    assigned_at: datetime | None = None
    seen_by: UUID | None = None
    seen_at: datetime | None = None
    cause_id: UUID | None = None
    """The finding of whose cause it is one more effect (FIND-3)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Report(Record):
    """A finalized rundown of a session or drop group (RUN-5): immutable, with its own hash."""

    session_id: UUID
    """The session, or the first of the group."""
    member_ids: tuple[str, ...]
    revision: int
    replaces: UUID | None
    pending_count: bool
    content: Mapping[str, Any]
    content_sha256: str
    finalized_at: datetime
    finalized_by: UUID


# -- all of it that one table's decisions need -----------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class TableFacts:
    """Everything on record that a decision about one table may need, loaded at once.

    `sessions` holds the sessions of the drop groups in question, their predecessors, and whatever
    is live or prepared on the table, in order of ordinal (prepared ones last).
    """

    table: Table
    sessions: tuple[Session, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    trials: tuple[Trial, ...] = ()
    starts: tuple[CountStart, ...] = ()
    slips: tuple[Slip, ...] = ()
    steps: tuple[SlipStep, ...] = ()
    hands: tuple[SlipHand, ...] = ()
    boxes: tuple[Box, ...] = ()
    mounts: tuple[Mount, ...] = ()
    removals: tuple[Removal, ...] = ()
    custody: tuple[Custody, ...] = ()
    counts: tuple[Count, ...] = ()
    findings: tuple[Finding, ...] = ()
    reports: tuple[Report, ...] = ()
    remarks: tuple[Remark, ...] = ()
    papers: tuple[PaperEntry, ...] = ()
    left_out: tuple[BoxLeftOut, ...] = ()
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
