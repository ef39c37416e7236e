"""The pit sheet: a whole pit read by eye on one page, once an hour (SNAP-6).

One row for each table in play: what the counter thinks stands in its tray, by amount or by stacks,
and perhaps what is in its box. A row left blank was not read; it is never a zero (LESSON-2).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tablebank.domain.authority import STEPS, acts_as
from tablebank.domain.chips import ChipList, key_of
from tablebank.domain.establishment import ChipType
from tablebank.domain.observing import READABLE
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.queries.doors import View
from tablebank.queries.floor import FloorRow
from tablebank.web.heard import heard
from tablebank.web.typed import NOT_READ, Data, NotRead, money_in_cents
from tablebank.web.written import current

_THOUSANDS = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?\s?k", re.IGNORECASE | re.ASCII)
_STACKS = re.compile(r"(\d{1,4})(?:[.,](\d{1,2}))?", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class StackField:
    """One denomination of a tray, in stacks as an eye takes them: halves and quarters too."""

    name: str
    label_cents: int
    colour: str
    typed: str
    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PitRow:
    """One table of the sheet: what is known of it, and what was typed for it."""

    row: FloorRow
    tray: str
    drop: str
    error: str
    drop_error: str
    stacks: Sequence[StackField]

    @property
    def tray_name(self) -> str:
        return f"tray:{self.row.session_id}"

    @property
    def drop_name(self) -> str:
        return f"drop:{self.row.session_id}"

    @property
    def shows_stacks(self) -> bool:
        """Whether the pad is open: something was typed into it."""
        return any(each.typed or each.error for each in self.stacks)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """What was read, table by table, and what could not be, by session and field."""

    items: Sequence[Mapping[str, Any]]
    errors: Mapping[str, str]

    @property
    def misshapen(self) -> Refused | None:
        """The refusal that it amounts to if some of it could not be read, or nothing is there."""
        if self.errors:
            errors = [
                FieldError(name, Refusal.SHAPE.name, why) for name, why in self.errors.items()
            ]
            return Refused(Refusal.SHAPE, errors=errors, detail=str(NOT_READ))
        if not self.items:
            said = _("Nothing is read yet: enter what you see at one table at least.")
            return Refused(Refusal.SHAPE, detail=said)
        return None


def readable(row: FloorRow) -> bool:
    """Whether there is a tray to be read at the table: it is in play, or being closed."""
    return row.live_session_id is not None and row.phase in READABLE


def may_read(view: View) -> bool:
    """Whether this person may read for the house (SIGN-3)."""
    return bool(acts_as(view.caller.roles) & set(STEPS["observe"].callers))


def estimate_in_cents(text: str) -> int:
    """An amount by eye: as any amount is written, or in thousands: `22.5k` is $22,500."""
    sign = current().sign
    found = _THOUSANDS.fullmatch(text.strip().removeprefix(sign).removesuffix(sign).strip())
    if found is None:
        return money_in_cents(text)
    return int(Decimal(f"{found[1]}.{found[2] or 0}") * 100_000)


def pieces_in_stacks(text: str, *, size: int) -> int:
    """The chips of so many stacks; refuses what makes no whole chips."""
    found = _STACKS.fullmatch(text.strip())
    pieces = Decimal(f"{found[1]}.{found[2] or 0}") * size if found else None
    if pieces is None or pieces != pieces.to_integral_value():
        raise NotRead(_("A number of stacks, such as 6 or 6.5."))
    return int(pieces)


def stack_name(session_id: object, key: str) -> str:
    """The name of a denomination's field in a table's pad."""
    return f"stack:{session_id}:{key}"


def in_the_bank(chips: ChipList) -> Sequence[ChipType]:
    """The chips a tray holds, highest first."""
    return sorted((each for each in chips.types if each.in_bank), key=lambda each: -each.cents)


def read_sheet(
    session_ids: Sequence[UUID], data: Data, *, chips: ChipList, stack_size: int
) -> Sheet:
    """What was typed for each of these tables that something was typed for."""
    items: list[dict[str, Any]] = []
    errors: dict[str, str] = {}
    for session_id in session_ids:
        read, wrong = _read_row(session_id, data, chips=chips, stack_size=stack_size)
        errors |= wrong
        if read:
            items.append({"session_id": str(session_id), **read})
    return Sheet(items=items, errors=errors)


def _read_row(
    session_id: UUID, data: Data, *, chips: ChipList, stack_size: int
) -> tuple[dict[str, Any], dict[str, str]]:
    read: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for field, name in (("total_cents", "tray"), ("estimated_drop_cents", "drop")):
        text = data.get(f"{name}:{session_id}", "").strip()
        try:
            read |= {field: estimate_in_cents(text)} if text else {}
        except NotRead as no:
            wrong[f"{name}:{session_id}"] = no.message
    chipset: dict[str, int] = {}
    for chip in in_the_bank(chips):
        name = stack_name(session_id, key_of(chip))
        text = data.get(name, "").strip()
        try:
            chipset |= {key_of(chip): pieces_in_stacks(text, size=stack_size)} if text else {}
        except NotRead as no:
            wrong[name] = no.message
    read |= {"chipset": chipset} if chipset else {}
    if "estimated_drop_cents" in read and not ({"total_cents", "chipset"} & read.keys() or wrong):
        wrong[f"tray:{session_id}"] = _("Say what the tray holds too.")
    return read, wrong


def rows_of(
    rows: Sequence[FloorRow], data: Data, errors: Mapping[str, str], *, chips: ChipList
) -> list[PitRow]:
    """The tables of a pit as their rows stand on the sheet, with what was typed."""
    return [
        PitRow(
            row=row,
            tray=data.get(f"tray:{row.session_id}", ""),
            drop=data.get(f"drop:{row.session_id}", ""),
            error=errors.get(f"tray:{row.session_id}", ""),
            drop_error=errors.get(f"drop:{row.session_id}", ""),
            stacks=[
                StackField(
                    name=name,
                    label_cents=chip.cents,
                    colour=chip.colour,
                    typed=data.get(name, ""),
                    error=errors.get(name, ""),
                )
                for chip in in_the_bank(chips)
                for name in (stack_name(row.session_id, key_of(chip)),)
            ],
        )
        for row in rows
    ]


def errors_by_name(refused: Refused, items: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What is wrong, by the field it stands beside: pointers count the items that were sent."""
    found: dict[str, str] = {}
    for each in refused.errors:
        parts = each.pointer.split("/")
        if parts[:2] == ["", "items"] and parts[2].isdigit() and int(parts[2]) < len(items):
            session_id = items[int(parts[2])]["session_id"]
            field = "drop" if parts[3:4] == ["estimated_drop_cents"] else "tray"
            found.setdefault(f"{field}:{session_id}", heard(each.message))
        else:
            found.setdefault(each.pointer, heard(each.message))
    return found
