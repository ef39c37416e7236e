"""What a par sheet would change, row by row, against what the casino has now; still no database.

Importing the same sheet again changes nothing: every row is then unchanged (PAR-8).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from tablebank.domain.chips import ChipList
from tablebank.domain.table_codes import alike_code, same_code
from tablebank.domain.terms import Chipset
from tablebank.intake.faults import Fault, Note, in_order, shown
from tablebank.intake.par_sheet import Limits, ParRow, ParSheet


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownTable:
    """A table as it is registered, with what its own latest policy row says, if it has one.

    The need is the table's own, not one it has from its game or casino: an import writes a row for
    the table, and is unchanged only where that row is already there.
    """

    code: str
    pit: str
    need_cents: int | None = None
    chipset: Chipset | None = None
    game_type: str | None = None
    limits: Limits | None = None
    notes: str | None = None
    stability: str | None = None
    pain_points: str | None = None


class Outcome(Enum):
    """What becomes of a row."""

    CREATE_TABLE = "Register the table."
    SET_NEED = "Set the need to {to_cents}."
    CHANGE_NEED = "Change the need from {from_cents} to {to_cents}."
    CHANGE_DETAILS = "Keep the need, and note what else is told of it."
    UNCHANGED = "Nothing changes."
    NO_NEED = "The sheet names no need: the table keeps what it has."
    REFUSED = "The row cannot be imported."


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedRow:
    """One row with what it would do. `table_code` is the casino's own spelling of a known table.

    `differs` names what the sheet tells otherwise than the table is registered: an import of par
    does not move a table.
    """

    row: ParRow
    outcome: Outcome
    table_code: str
    from_cents: int | None = None
    to_cents: int | None = None
    differs: tuple[str, ...] = ()

    @property
    def writes_policy(self) -> bool:
        """Whether a policy row comes of it; a table can be registered without a need."""
        changing = (Outcome.SET_NEED, Outcome.CHANGE_NEED, Outcome.CHANGE_DETAILS)
        creating = self.outcome is Outcome.CREATE_TABLE and self.to_cents is not None
        return creating or self.outcome in changing


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """Every row's outcome, and everything in the way: of the sheet, and of its fit (PAR-8)."""

    rows: tuple[PlannedRow, ...]
    errors: tuple[Note, ...]
    is_answered: bool

    @property
    def may_go(self) -> bool:
        """Whether it can be imported: all of it, or nothing."""
        return self.is_answered and not self.errors

    @property
    def changes_nothing(self) -> bool:
        """Whether an import would leave everything as it is."""
        still = (Outcome.UNCHANGED, Outcome.NO_NEED)
        return self.may_go and all(each.outcome in still for each in self.rows)


def plan(
    sheet: ParSheet,
    known_tables: Iterable[KnownTable],
    *,
    provision: bool,
    default_pit: str | None = None,
    chips: ChipList | None = None,
) -> Plan:
    """What the sheet would change (PAR-8); unknown tables are errors unless they are provisioned.

    `default_pit` is where new tables stand for which the sheet names no pit. `chips` are the types
    in force: target chips of others are refused.
    """
    finder = _Finder(known_tables)
    errors: list[Note] = [*sheet.errors]
    rows: list[PlannedRow] = []
    named: dict[str, ParRow] = {}
    for row in sheet.rows:
        wrong = list(_unknown_chips(row, chips))
        known, fault = finder.find(row)
        if fault is None and known is not None:
            if known.code in named:
                other = {"other": str(named[known.code].place)}
                fault = Note(row.place, Fault.TABLE_NAMED_TWICE, shown(row.table_code), other)
            named.setdefault(known.code, row)
        elif fault is None and not provision:
            fault = Note(row.place, Fault.TABLE_UNKNOWN, shown(row.table_code))
        elif fault is None and not (row.pit or default_pit):
            fault = Note(row.place, Fault.PIT_MISSING, shown(row.table_code))
        wrong += [fault] if fault else []
        errors += wrong
        rows.append(_planned(row, known, is_refused=bool(wrong)))
    return Plan(rows=tuple(rows), errors=in_order(errors), is_answered=not sheet.questions)


class _Finder:
    """The casino's tables by code, by case, and by what is alike in how they are written."""

    def __init__(self, tables: Iterable[KnownTable]) -> None:
        self._exact: dict[str, KnownTable] = {}
        self._same: Mapping[str, list[KnownTable]] = defaultdict(list)
        self._alike: Mapping[tuple[str, ...], list[KnownTable]] = defaultdict(list)
        for table in tables:
            self._exact[table.code] = table
            self._same[same_code(table.code)].append(table)
            self._alike[alike_code(table.code)].append(table)

    def find(self, row: ParRow) -> tuple[KnownTable | None, Note | None]:
        """The one table a code means: written just so, else but for case, else alike."""
        code = row.table_code
        if code in self._exact:
            return self._exact[code], None
        for found in (self._same.get(same_code(code)), self._alike.get(alike_code(code))):
            if not found:
                continue
            if len(found) == 1:
                return found[0], None
            facts = {"first": shown(found[0].code), "second": shown(found[1].code)}
            return None, Note(row.place, Fault.TABLE_AMBIGUOUS, shown(code), facts)
        return None, None


def _unknown_chips(row: ParRow, chips: ChipList | None) -> Iterator[Note]:
    for key in row.chipset or {} if chips is not None else {}:
        if chips is not None and chips.find(key) is None:
            facts = {"chip_cents": int(key)}
            yield Note(row.place, Fault.CHIP_UNKNOWN, shown(row.table_code), facts)


def _planned(row: ParRow, known: KnownTable | None, *, is_refused: bool) -> PlannedRow:
    if is_refused or known is None:
        outcome = Outcome.REFUSED if is_refused else Outcome.CREATE_TABLE
        return PlannedRow(
            row=row, outcome=outcome, table_code=row.table_code, to_cents=row.need_cents
        )
    return PlannedRow(
        row=row,
        outcome=_outcome(row, known),
        table_code=known.code,
        from_cents=known.need_cents,
        to_cents=row.need_cents,
        differs=tuple(_differing(row, known, ("pit", "game_type", "limits"))),
    )


def _outcome(row: ParRow, known: KnownTable) -> Outcome:
    if row.need_cents is None:
        return Outcome.NO_NEED
    if known.need_cents is None:
        return Outcome.SET_NEED
    if row.need_cents != known.need_cents:
        return Outcome.CHANGE_NEED
    told = ("chipset", "notes", "stability", "pain_points")
    return Outcome.CHANGE_DETAILS if any(_differing(row, known, told)) else Outcome.UNCHANGED


def _differing(row: ParRow, known: KnownTable, names: Iterable[str]) -> Iterator[str]:
    """What the sheet tells, and tells otherwise: what it leaves out is no difference."""
    for name in names:
        told = getattr(row, name)
        if told is not None and told != getattr(known, name):
            yield name
