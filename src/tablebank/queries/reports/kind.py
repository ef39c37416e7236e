"""What a report is: who may read it, what it may be asked by, and the parts that it answers with.

A part is a list of one kind of row, a frozen dataclass. The names of its fields say what stands in
a column, as everywhere in the house: `_cents` an amount, `_at` an instant in UTC, `_day` a gaming
day, `_pct` a share with two places, `_id` a record that a line leads to. The faces read them from
there, so that a report is written once for screen, paper, spreadsheet and program.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, get_type_hints

from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.domain.terms import Role
from tablebank.domain.windows.asked import Baselines
from tablebank.queries.doors import View

MANAGERS = frozenset({Role.PIT_MANAGER, Role.CAGE_MANAGER, Role.ACCOUNTING, Role.AUDITOR})
"""Whose work reports are: the managers, revenue audit, and who audits them."""


class Filter(StrEnum):
    """What a report may be asked by, beside its gaming day."""

    TO_DAY = "to_gaming_day"
    SHIFT = "shift_id"
    PIT = "pit"
    BASELINE = "baseline"


class Kind(StrEnum):
    """What stands in a column."""

    MONEY = "money"
    COUNT = "count"
    SHARE = "share"
    DAY = "day"
    INSTANT = "instant"
    YES_NO = "yes_no"
    RECORD = "record"
    TEXT = "text"
    TEXTS = "texts"


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One column: the field's name, and what stands in it."""

    name: str
    kind: Kind


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The gaming days, both included, and what of them. `shift` is of the one day asked for."""

    first_day: date
    last_day: date
    shift: Shift | None
    pit: str | None
    baselines: Baselines

    def since(self, day: date) -> "Asked":
        """The same from an earlier day on, whatever the shift: as to date (PAR-11)."""
        return replace(self, first_day=day, shift=None)

    def has_pit(self, pit: str | None) -> bool:
        """Whether something in this pit is asked for."""
        return self.pit is None or pit == self.pit


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A list in a report, in its order. `totals` is a row of the same kind, or None without one."""

    name: str
    row: type
    items: tuple[Any, ...]
    totals: Any | None = None

    @property
    def columns(self) -> tuple[Column, ...]:
        return columns_of(self.row)


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A report in the catalogue. The first of its parts is what it is about."""

    slug: str
    readers: Collection[Role]
    filters: Collection[Filter]
    parts: Callable[[View, Asked], tuple[Part, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A report as it was made: of what, when, and as of which entry of the journal (JRN-4)."""

    report: Report
    asked: Asked
    parts: tuple[Part, ...]
    made_at: datetime
    journal_number: int

    def as_json(self) -> dict[str, Any]:
        """The first part's `items` and `totals`, and every further part under its name."""
        first, *rest = self.parts
        return {
            "slug": self.report.slug,
            "gaming_day": plain(self.asked.first_day),
            "to_gaming_day": plain(self.asked.last_day),
            "shift_id": plain(self.asked.shift.id) if self.asked.shift else None,
            "pit": self.asked.pit,
            "baseline": str(self.asked.baselines),
            "made_at": plain(self.made_at),
            "journal_number": self.journal_number,
            **_told(first),
            "parts": {each.name: _told(each) for each in rest},
            "next_cursor": None,
        }


def _told(part: Part) -> Mapping[str, Any]:
    return {
        "items": [plain(each) for each in part.items],
        "totals": None if part.totals is None else plain(part.totals),
    }


def make(view: View, report: Report, asked: Asked) -> Made:
    """The report as of now; refuses ROLE_NOT_ALLOWED whom it is not for."""
    view.only_for(report.readers)
    return Made(
        report=report,
        asked=asked,
        parts=report.parts(view, asked),
        made_at=view.now,
        journal_number=view.head,
    )


@cache
def columns_of(row: type) -> tuple[Column, ...]:
    """The columns of a kind of row, in the order of its fields."""
    types = get_type_hints(row)
    return tuple(
        Column(name=each.name, kind=_kind_of(each.name, types[each.name])) for each in fields(row)
    )


_BY_ENDING = {
    "_cents": Kind.MONEY,
    "_pct": Kind.SHARE,
    "_day": Kind.DAY,
    "_at": Kind.INSTANT,
    "_id": Kind.RECORD,
}


def _kind_of(name: str, what: Any) -> Kind:
    for ending, kind in _BY_ENDING.items():
        if name.endswith(ending):
            return kind
    held = {each for each in getattr(what, "__args__", (what,)) if each is not type(None)}
    if held == {bool}:
        return Kind.YES_NO
    if held == {int}:
        return Kind.COUNT
    return Kind.TEXTS if str in held and Ellipsis in held else Kind.TEXT
