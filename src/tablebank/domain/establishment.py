"""What a casino has before the first table opens: itself, what is dated in it, people, par policy.

Like every record these are rows: dated ones are only ever added, and the latest in force holds.
What happens at the tables is in `facts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from tablebank.domain.terms import BankMode, Chipset, ParSource, ProfileCode, Record, Role

# -- the casino and what is dated in it ------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Casino:
    """One property, one tenant. Settings, mode, chips and schedule are dated rows beside it."""

    id: UUID
    slug: str
    name: str
    timezone: str
    currency: str
    gaming_day_start: time
    simulated: bool
    created_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SettingsRow(Record):
    """The casino's settings from `recorded_at` on; the latest row rules, the others are history."""

    settings: Mapping[str, Any]
    recorded_at: datetime
    recorded_by: UUID | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class BankModeRow(Record):
    """The casino's Table Bank Mode, dated and append-only (PAR-5)."""

    table_bank_mode: BankMode
    effective_from_gaming_day: date
    recorded_at: datetime
    recorded_by: UUID | None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileRow(Record):
    """The jurisdiction profile the casino goes by, dated and append-only."""

    profile: ProfileCode
    effective_from_gaming_day: date
    recorded_at: datetime
    recorded_by: UUID
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChipType(Record):
    """A kind of chip the casino knows, dated (CHIP-5). `chip_set`: VALUE, NON_VALUE, PROMO …"""

    code: str
    cents: int
    colour: str
    chip_set: str
    in_bank: bool
    effective_from_gaming_day: date
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftScheduleRow(Record):
    """Shifts by code and wall time: `[{"code": "DAY", "start": "06:00"}, …]` (TIME-3)."""

    effective_from_gaming_day: date
    shifts: tuple[Mapping[str, str], ...]
    recorded_at: datetime
    recorded_by: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DropScheduleRow(Record):
    """When boxes are dropped in a pit, or without one wherever a pit has no row (BOX-3).

    `at` are wall times of the gaming day: `("05:30", "13:30")`. The window is open for
    `window_minutes` from each; `grace_minutes` after it a box still on its table is late.
    `occurred_at` is when it was settled: what was over by then was never due.
    """

    effective_from_gaming_day: date
    pit: str | None
    at: tuple[str, ...]
    window_minutes: int
    grace_minutes: int
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
    reason: str | None = None


# -- people ----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff(Record):
    """A person in a casino. PINs and passwords are kept elsewhere and never travel in a record."""

    badge: str
    name: str
    licence: str | None
    roles: tuple[Role, ...]
    active: bool


# -- need/par policy -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True, slots=True)
class ParPolicy(Record):
    """One row of need/par policy (PAR-1). Nothing is edited: a later row replaces it."""

    table_id: UUID | None
    game_type: str | None
    table_bank_mode: BankMode | None
    par_total_cents: int | None
    target_chipset: Chipset | None
    effective_from_gaming_day: date
    source: ParSource
    recorded_by: UUID
    recorded_at: datetime
    approved_by: UUID | None
    approved_at: datetime | None
    notes: str | None = None
    stability: str | None = None
    pain_points: str | None = None
    replaces: UUID | None = None
    import_id: UUID | None = None
    """The par sheet it came with (PAR-8)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParImport(Record):
    """A par sheet that was imported: which file, by whom, and how much came of it (PAR-8)."""

    sha256: str | None
    file_name: str | None
    outcome: Mapping[str, Any]
    recorded_by: UUID
    recorded_at: datetime
    sheet_name: str | None = None
    answers: Mapping[str, Any] | None = None
    """How it was read where that had to be asked: which sheet, which column is what."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ParProposal(Record):
    """A par that somebody entitled has yet to approve (PAR-4); never in force by itself.

    `kind` says how it came about: somebody set it, or it was recommended, inferred or adopted, then
    with its evidence. Approved, it became the policy row `policy_id`.
    """

    table_id: UUID | None
    game_type: str | None
    table_bank_mode: BankMode | None
    par_total_cents: int | None
    target_chipset: Chipset | None
    effective_from_gaming_day: date
    source: ParSource
    status: str
    recorded_by: UUID
    recorded_at: datetime
    notes: str | None = None
    stability: str | None = None
    pain_points: str | None = None
    kind: str = "set"
    evidence: Mapping[str, Any] | None = None
    decided_by: UUID | None = None
    decided_at: datetime | None = None
    decided_because: str | None = None
    policy_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ParComment(Record):
    """What somebody said to a proposed par, before its decision or after; only ever added."""

    proposal_id: UUID
    text: str
    occurred_at: datetime
    recorded_at: datetime
    recorded_by: UUID
