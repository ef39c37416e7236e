"""What a decision is given and what it gives back.

A decision is a pure function: an `Act` (who, when, with whose signatures), the `House` (the
casino's dated settings) and the `TableFacts` go in; a `Decision` comes out, or a `Refused` is
raised. It names the records that are new and the after-images of those that changed; keeping them,
numbering them and writing the journal is `tablebank.commands.perform`'s work.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.chips import ChipList, chips_in_force
from tablebank.domain.establishment import (
    BankModeRow,
    Casino,
    ChipType,
    ProfileRow,
    ShiftScheduleRow,
)
from tablebank.domain.facts import (
    Box,
    Count,
    Custody,
    Finding,
    Mount,
    Removal,
    Report,
    Session,
    Slip,
    SlipHand,
    SlipStep,
    Snapshot,
    Table,
    TableFacts,
    Trial,
)
from tablebank.domain.gaming_day import Calendar
from tablebank.domain.papers import Paper, PaperEntry
from tablebank.domain.profiles.catalogue import profile_in_force
from tablebank.domain.profiles.kind import Profile
from tablebank.domain.remarks import Remark
from tablebank.domain.settings import Settings, settings_from
from tablebank.domain.signatures import Signer
from tablebank.domain.terms import Form, Role
from tablebank.domain.trays import CountStart
from tablebank.domain.trips import BoxLeftOut


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """The casino as every decision sees it: its row, and what is dated beside it (BASE-7)."""

    casino: Casino
    settings: Settings
    modes: tuple[BankModeRow, ...]
    chip_rows: tuple[ChipType, ...]
    schedules: tuple[ShiftScheduleRow, ...]
    settings_kept: tuple[tuple[datetime, Mapping[str, Any]], ...] = ()
    """Every row of the settings with the instant it was recorded at, the oldest first."""

    def settings_then(self, recorded_at: datetime) -> Settings:
        """The settings a fact was held against when it was recorded: a tolerance that changes
        moves nothing that was judged before (BASE-7, LESSON-12)."""
        held = [kept for at, kept in self.settings_kept if at <= recorded_at]
        if len(held) == len(self.settings_kept):
            return self.settings
        return settings_from(held[-1] if held else {})

    profiles: tuple[ProfileRow, ...] = ()

    @property
    def calendar(self) -> Calendar:
        return Calendar(casino=self.casino, schedules=self.schedules)

    def profile_on(self, day: date) -> Profile:
        """The jurisdiction profile the casino goes by on a gaming day."""
        return profile_in_force(self.profiles, day=day)

    def chips_on(self, day: date) -> ChipList:
        """The chips the casino knows on a gaming day (CHIP-5)."""
        return chips_in_force(self.chip_rows, day=day)


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """Who does it, when it happened and was recorded (TIME-1), and who vouches for it (SIGN-1).

    `now` is the clock the rules compare with: the server's, or `occurred_at` itself in a simulated
    casino (TIME-5). `new_id` gives fresh ids and `digest` the SHA-256 of a canonical JSON value:
    the two things a pure decision cannot make for itself.
    """

    actor_id: UUID
    role: Role
    actor_roles: frozenset[Role]
    occurred_at: datetime
    recorded_at: datetime
    now: datetime
    signers: tuple[Signer, ...]
    new_id: Callable[[], UUID]
    digest: Callable[[Mapping[str, Any]], str]
    is_tried: bool = False
    """A dry run: what it decides is answered and not kept (IDEM-2)."""
    sweeps: bool = False
    """Whether the program does it by itself, for what comes with time (FIND-2)."""
    paper: Paper | None = None
    """The signed paper that it is entered from, if it is (BACK-1)."""

    @property
    def by_pit_manager(self) -> bool:
        """Whether a pit manager calls or countersigns, as being off par asks for (SIGN-3)."""
        return Role.PIT_MANAGER in self.actor_roles or bool(self.signed_as(Role.PIT_MANAGER))

    def signed_as(self, role: Role) -> tuple[Signer, ...]:
        """The signatures given in this role."""
        return tuple(signer for signer in self.signers if signer.role == role)


@dataclass(frozen=True, kw_only=True, slots=True)
class FormNeeded:
    """A numbered form to be taken from its series when the record is kept (SLIP-2)."""

    form: Form
    record_id: UUID
    field: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Signed:
    """What the step's signatures are hung on."""

    subject_id: UUID
    session_id: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """New records, after-images of changed ones, numbers to take, what the signatures vouch for.

    `changed_nothing` marks a repeat that is answered as the first time (SOFT-2): no journal entry.
    """

    new: tuple[Any, ...] = ()
    changed: tuple[Any, ...] = ()
    forms: tuple[FormNeeded, ...] = ()
    signed: tuple[Signed, ...] = ()
    subject_id: UUID
    session_id: UUID | None = None
    outcome: Mapping[str, Any] = field(default_factory=dict)
    changed_nothing: bool = False
    events: tuple[str, ...] = ()
    """What goes out by name beside the change itself: whoever follows the journal reads it there
    (JRN-4)."""
    findings: tuple[Finding, ...] = ()
    """What the decision itself raises, changes or clears, where it is about no single table."""


PLACES: Mapping[type, str] = {
    Session: "sessions",
    Snapshot: "snapshots",
    Trial: "trials",
    CountStart: "starts",
    Slip: "slips",
    SlipStep: "steps",
    SlipHand: "hands",
    Box: "boxes",
    Mount: "mounts",
    Removal: "removals",
    Custody: "custody",
    Count: "counts",
    Finding: "findings",
    Report: "reports",
    Remark: "remarks",
    PaperEntry: "papers",
    BoxLeftOut: "left_out",
}
"""Where each kind of record lives in `TableFacts`."""


def after(facts: TableFacts, records: Iterable[Any]) -> TableFacts:
    """The facts as they are once `records` (new ones or after-images) are written down."""
    places: dict[str, dict[UUID, Any]] = {}
    table = facts.table
    for record in records:
        if isinstance(record, Table):
            table = record
            continue
        place = PLACES.get(type(record))
        if place is None:
            continue
        if place not in places:
            places[place] = {kept.id: kept for kept in getattr(facts, place)}
        places[place][record.id] = record
    now: dict[str, Any] = {place: tuple(kept.values()) for place, kept in places.items()}
    return replace(facts, table=table, **now)


def differences(before: Any, now: Any) -> dict[str, Any]:
    """The fields in which two images of one record differ, with their new values."""
    return {
        each.name: getattr(now, each.name)
        for each in fields(now)
        if getattr(now, each.name) != getattr(before, each.name)
    }
