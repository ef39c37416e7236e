"""The shapes of request bodies (docs/interface.md). Unknown fields are refused; money is cents.

Names are those of the commands' own bodies, so a shape becomes a body field by field. What depends
on the casino (its chips, its people) is not checked here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field, StrictBool, StrictInt, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from tablebank.api.body import (
    B,
    Cents,
    Chips,
    Code,
    CommandBody,
    Day,
    FloorBody,
    Instant,
    Reason,
    Shape,
    Told,
    Whole,
)
from tablebank.commands.house import FirstBox
from tablebank.domain.buy_ins import BuyInKind
from tablebank.domain.drop_schedule import GRACE_MINUTES, MAX_MINUTES
from tablebank.domain.soft_count import EFFECT
from tablebank.domain.terms import (
    BankMode,
    Basis,
    BoxKind,
    CustodyStep,
    RemovalType,
    Role,
    SnapshotKind,
    TableStatus,
)


class PlainIn(CommandBody):
    """A command without fields of its own."""


class WithReasonIn(CommandBody):
    reason: Reason


# -- casino, people, tables ------------------------------------------------------------------------


class CasinoIn(CommandBody):
    name: Code | None = None
    settings: Mapping[str, Any] | None = None
    table_bank_mode: BankMode | None = None
    effective_from_gaming_day: Day | None = None
    reason: Reason | None = None


class StaffIn(CommandBody):
    badge: Code
    name: Code
    roles: Annotated[list[Role], Field(min_length=1)]
    licence: Code | None = None
    pin: str | None = None
    password: Annotated[str, Field(min_length=8, max_length=200)] | None = None


class StaffChangeIn(CommandBody):
    name: Code | None = None
    roles: list[Role] | None = None
    licence: Code | None = None
    active: StrictBool | None = None
    password: Annotated[str, Field(min_length=8, max_length=200)] | None = None


class PinIn(CommandBody):
    pin: str
    current_pin: str | None = None


class TokenIn(CommandBody):
    badge: Code
    expires_at: Instant | None = None


class LimitsIn(Shape):
    min_cents: Cents
    max_cents: Cents
    result_cents: Cents | None = None
    """A win or loss beyond it asks for a remark (RUN-10)."""


class FirstBoxIn(Shape):
    code: Code
    in_play: StrictBool = False


class TableIn(CommandBody):
    code: Code
    pit: Code
    game_type: Code | None = None
    name: Code | None = None
    limits: LimitsIn | None = None
    first_box: FirstBoxIn | None = None

    def as_body(self, body: type[B]) -> B:
        """`first_box: null` is no box; leaving it out is an empty box named after the table."""
        given = super().as_body(body)
        first = self.first_box
        without = "first_box" in self.model_fields_set and first is None
        changes = {
            "first_box": FirstBox(code=first.code, in_play=first.in_play) if first else None,
            "without_box": without,
        }
        return body(**{**{name: getattr(given, name) for name in _names(body)}, **changes})


def _names(body: type) -> tuple[str, ...]:
    return tuple(body.__dataclass_fields__)  # type: ignore[attr-defined]


class TableChangeIn(CommandBody):
    name: Code | None = None
    pit: Code | None = None
    game_type: Code | None = None
    limits: LimitsIn | None = None
    status: TableStatus | None = None


class ChipIn(CommandBody):
    code: Code
    cents: Cents
    colour: Code
    set: Literal["VALUE", "NON_VALUE", "PROMO", "TOURNAMENT", "FOREIGN", "COIN"]
    in_bank: StrictBool
    effective_from_gaming_day: Day | None = None


class ShiftIn(Shape):
    code: Code
    start: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class ShiftScheduleIn(CommandBody):
    effective_from_gaming_day: Day
    shifts: Annotated[list[ShiftIn], Field(min_length=1, max_length=24)]


class DropScheduleIn(CommandBody):
    effective_from_gaming_day: Day
    pit: Code | None = None
    at: Annotated[
        list[Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]],
        Field(max_length=24),
    ]
    window_minutes: Annotated[StrictInt, Field(ge=1, le=MAX_MINUTES)]
    grace_minutes: Annotated[StrictInt, Field(ge=0, le=MAX_MINUTES)] = GRACE_MINUTES
    reason: Reason | None = None


class PitIn(CommandBody):
    pit: Code
    name: Code


# -- sessions --------------------------------------------------------------------------------------


class PrepareIn(CommandBody):
    table_id: UUID
    shift_id: UUID | None = None
    open: StrictBool = False


class PrepareShiftIn(CommandBody):
    shift_id: UUID | None = None
    table_ids: Annotated[list[UUID], Field(max_length=10_000)] | None = None


class SnapshotIn(FloorBody):
    kind: Literal[SnapshotKind.OPENING, SnapshotKind.INTERIM, SnapshotKind.CLOSING]
    chipset: Chips = None
    total_cents: Cents | None = None
    count_id: UUID | None = None
    basis: Literal[Basis.COUNTED, Basis.PAR_ATTESTED, Basis.PAPER] = Basis.COUNTED
    supersedes: UUID | None = None
    reason: Reason | None = None

    @field_validator("basis")
    @classmethod
    def _names_its_paper(cls, basis: Basis, told: ValidationInfo) -> Basis:
        if basis == Basis.PAPER and told.data.get("paper") is None:
            raise PydanticCustomError("paper_missing", "A count from paper names the paper.")
        return basis


class ObserveIn(CommandBody):
    total_cents: Cents | None = None
    chipset: Chips = None
    estimated_drop_cents: Cents | None = None


class ObservedIn(Shape):
    """One table of a sheet: a total or chips, and perhaps the drop so far (SNAP-6)."""

    session_id: UUID
    total_cents: Cents | None = None
    chipset: Chips = None
    estimated_drop_cents: Cents | None = None


class ObserveSheetIn(CommandBody):
    items: Annotated[list[ObservedIn], Field(min_length=1, max_length=1000)]


class BuyInIn(CommandBody):
    """What was given for chips; with `supersedes` and a reason in place of one noted before."""

    kind: BuyInKind
    amount_cents: Cents
    supersedes: UUID | None = None
    reason: Reason | None = None


class RollOverIn(FloorBody):
    chipset: Chips
    total_cents: Cents | None = None
    shift_id: UUID | None = None
    box: Code | None = None
    reason: Reason | None = None
    count_id: UUID | None = None


class ClosingIn(CommandBody):
    """Why the table is being closed, if anybody asks."""

    reason: Reason | None = None


class CloseIn(CommandBody):
    force: StrictBool = False
    reason: Reason | None = None


class FinalizeIn(CommandBody):
    pending_count: StrictBool = False


class CloseDayIn(CommandBody):
    reason: Reason | None = None
    pending_count: StrictBool = False


class RemarkIn(CommandBody):
    text: Reason
    reference: Code | None = None


# -- boxes, drops, counts --------------------------------------------------------------------------


class BoxIn(CommandBody):
    code: Code
    table_id: UUID | None = None
    kind: BoxKind = BoxKind.TABLE


class MountIn(FloorBody):
    box: Code
    seal: Code | None = None


class DropWindowIn(CommandBody):
    window_start: Instant
    window_end: Instant


class SurveillanceIn(Shape):
    """Who was told, and when (BOX-2)."""

    notified_at: Instant
    operator: Code


class NoticeIn(Shape):
    """Who else was told of a drop, and when (DRP-05)."""

    told: Code
    notified_at: Instant


class RemoveIn(FloorBody):
    type: RemovalType
    surveillance: SurveillanceIn
    notices: Annotated[list[NoticeIn], Field(max_length=20, default_factory=list)]
    box: Code | None = None
    reason: Reason | None = None
    seal: Code | None = None
    trip_id: UUID | None = None
    replacement_box: Code | None = None


class CustodyIn(FloorBody):
    step: Literal[CustodyStep.ARRIVED, CustodyStep.STORED]
    seal: Code | None = None


class ContentIn(Shape):
    instrument: Literal[tuple(EFFECT)]  # type: ignore[valid-type]
    denomination_cents: Cents | None = None
    quantity: Whole | None = None
    amount_cents: Cents


class EvidenceIn(Shape):
    form: Literal["FILL", "CREDIT", "REQUEST", "OPENER", "CLOSER", "MARKER", "COUPON", "OTHER"]
    number: Code | None = None
    table: Code | None = None
    amount_cents: Cents | None = None


class CountIn(CommandBody):
    batch_id: Code
    contents: Annotated[list[ContentIn], Field(max_length=1000)]
    total_cents: Cents
    first_count_cents: Cents
    second_count_cents: Cents
    evidence: Annotated[list[EvidenceIn], Field(max_length=1000)]
    team: Annotated[list[Code], Field(min_length=1, max_length=20)]
    tester: Told | None = None
    reported_exceptions: Annotated[list[Told], Field(max_length=100, default_factory=list)]
    supersedes: UUID | None = None
    reason: Reason | None = None
