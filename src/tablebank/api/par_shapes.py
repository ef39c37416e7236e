"""The shapes of what is sent about par: a policy, a sheet, a decision on a proposal (PAR)."""

from dataclasses import replace
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from pydantic import Field, StrictBool

from tablebank.api.body import B, Cents, Chips, Code, CommandBody, Day, Reason, Shape, Text
from tablebank.api.par_answers import AnswersIn
from tablebank.api.shapes import LimitsIn
from tablebank.domain.par_import import MOST_ROWS, SheetRow
from tablebank.domain.terms import BankMode
from tablebank.intake.bounds import MAX_BYTES


class ParIn(CommandBody):
    effective_from_gaming_day: Day
    table_id: UUID | None = None
    game_type: Code | None = None
    table_bank_mode: BankMode | None = None
    par_total_cents: Cents | None = None
    target_chipset: Chips = None
    notes: Text | None = None
    stability: Literal["stable", "day_or_shift_dependent"] | None = None
    pain_points: Text | None = None


class ParRowIn(Shape):
    """One table of a par sheet; without `need_cents` its policy stays as it is."""

    table_code: Code
    need_cents: Cents | None = None
    place: Text = ""
    pit: Code | None = None
    game_type: Code | None = None
    limits: LimitsIn | None = None
    target_chipset: Chips = None
    notes: Text | None = None
    stability: Literal["stable", "day_or_shift_dependent"] | None = None
    pain_points: Text | None = None


class ParSheetIn(CommandBody):
    """Rows, or the sheet's text as somebody pasted it, then with the answers it needs."""

    read_before: ClassVar[frozenset[str]] = frozenset({"text"})
    rows: Annotated[list[ParRowIn], Field(max_length=MOST_ROWS, default_factory=list)]
    text: Annotated[str, Field(max_length=MAX_BYTES)] | None = None
    answers: AnswersIn | None = None
    provision_tables: StrictBool = False
    effective_from_gaming_day: Day | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    file_name: Annotated[str, Field(max_length=200)] | None = None
    sheet_name: Annotated[str, Field(max_length=200)] | None = None

    def as_body(self, body: type[B]) -> B:
        given = super().as_body(body)
        told = self.answers.as_answers().told if self.answers else None
        rows = tuple(_row(each) for each in self.rows)
        return replace(given, rows=rows, answers=told or None)  # type: ignore[type-var]


def _row(told: ParRowIn) -> SheetRow:
    return SheetRow(
        table_code=told.table_code,
        need_cents=told.need_cents,
        place=told.place,
        pit=told.pit,
        game_type=told.game_type,
        limits=told.limits.model_dump() if told.limits else None,
        chipset=told.target_chipset,
        notes=told.notes,
        stability=told.stability,
        pain_points=told.pain_points,
    )


class ProposeIn(CommandBody):
    kind: Literal["recommend", "infer", "adopt"]
    table_id: UUID | None = None
    of: Literal["openings", "closings"] = "openings"


class ApproveParIn(CommandBody):
    effective_from_gaming_day: Day


class RejectParIn(CommandBody):
    reason: Reason


class CommentIn(CommandBody):
    text: Reason
