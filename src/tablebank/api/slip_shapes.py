"""The shapes of slips: asked for, carried, counted, and told from signed paper (SLIP, BACK-1)."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StrictBool

from tablebank.api.body import Cents, Chips, Code, FloorBody, Instant, Reason, Shape
from tablebank.domain.terms import Purpose, SlipStatus


class StepIn(FloorBody):
    """A step of a slip that says all it has to say by its address."""


class CancelIn(FloorBody):
    reason: Reason


class LineIn(Shape):
    """A marker, check or currency on a credit (SLIP-14)."""

    instrument: Literal["MARKER", "CHECK", "CURRENCY"]
    number: Code | None = None
    amount_cents: Cents


class ToldIn(Shape):
    """One step of a slip's road, as a paper has it."""

    status: SlipStatus
    occurred_at: Instant


class FillIn(FloorBody):
    """With `paper` a whole slip: its road as far as `steps` tell it, else to its end."""

    chipset: Chips
    total_cents: Cents | None = None
    purpose: Purpose = Purpose.NORMAL
    steps: Annotated[list[ToldIn], Field(max_length=4, default_factory=list)]
    box: Code | None = None


class CreditIn(FillIn):
    lines: Annotated[list[LineIn], Field(max_length=100, default_factory=list)]


class VerifyIn(FloorBody):
    chipset: Chips
    deposit: StrictBool = False
    box: Code | None = None


class DepositIn(FloorBody):
    box: Code | None = None


class VoidSlipIn(FloorBody):
    reason: Reason
    counted_back: Chips
    replaced_by: UUID | None = None
