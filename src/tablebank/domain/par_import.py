"""A par sheet imported: what becomes of each row, and the policy rows that come of all of them.

All of it or nothing: one row that cannot be imported stops the whole, with everything that is wrong
at once. What is there already stays as it is, so that importing the same sheet again changes
nothing (PAR-8). A row writes the table's own policy; what a table has from its game or its casino
is not written down again as its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from tablebank.domain.dated import in_force
from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Table
from tablebank.domain.par import Pars
from tablebank.domain.refusals import FieldError
from tablebank.domain.table_codes import alike_code, same_code
from tablebank.domain.terms import Chipset

MOST_ROWS = 2_000
"""More tables than any house has; each is locked while its sheet comes in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """One table of a sheet. `need_cents` is None where the sheet names none: then its policy stays.

    `place` is where it stood (`line 7`, `Sheet1!B7`), for who reads what became of it.
    """

    table_code: str
    need_cents: int | None = None
    place: str = ""
    pit: str | None = None
    game_type: str | None = None
    limits: Mapping[str, int] | None = None
    chipset: Chipset | None = None
    notes: str | None = None
    stability: str | None = None
    pain_points: str | None = None


class Outcome(StrEnum):
    """What becomes of a row."""

    TABLE_REGISTERED = "TABLE_REGISTERED"
    NEED_SET = "NEED_SET"
    NEED_CHANGED = "NEED_CHANGED"
    DETAILS_CHANGED = "DETAILS_CHANGED"
    UNCHANGED = "UNCHANGED"
    NO_NEED = "NO_NEED"


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A row with the table it is about, if there is one yet, and what it does."""

    row: SheetRow
    table: Table | None
    outcome: Outcome
    from_cents: int | None
    effective: date
    differs: tuple[str, ...] = ()
    """What the sheet tells otherwise than the table is registered: importing moves no table."""

    @property
    def writes_policy(self) -> bool:
        """Whether a policy row comes of it; a table can be registered without a need."""
        if self.outcome is Outcome.TABLE_REGISTERED:
            return self.row.need_cents is not None
        return self.outcome in (
            Outcome.NEED_SET,
            Outcome.NEED_CHANGED,
            Outcome.DETAILS_CHANGED,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """How a sheet is to be imported: whether tables come with it, and from which gaming day.

    Without a day, a table that has never been opened takes its need today, any other tomorrow
    (PAR-3).
    """

    provision: bool
    effective: date | None
    today: date
    tomorrow: date


def planned(
    rows: Sequence[SheetRow],
    *,
    tables: Iterable[Table],
    policies: Iterable[ParPolicy],
    asked: Asked,
) -> tuple[list[Planned], list[FieldError]]:
    """What each row does, and everything in its way (PAR-8)."""
    known, own = _Codes(tables), Pars.of(policies, ()).of_table
    plans: list[Planned] = []
    errors: list[FieldError] = []
    seen: set[str] = set()
    for nth, row in enumerate(rows):
        at = f"/rows/{nth}"
        table, unsure = known.find(row.table_code)
        named = same_code(table.code if table else row.table_code)
        if unsure:
            errors.append(
                FieldError(f"{at}/table_code", "REFERENCE_UNKNOWN", "It could be several tables.")
            )
        elif named in seen:
            errors.append(FieldError(f"{at}/table_code", "CODE_TAKEN", "The table stands twice."))
        elif table is None:
            errors += _in_the_way_of_a_new_one(row, at, provision=asked.provision)
        seen.add(named)
        plan = _planned(row, table, own.get(table.id, ()) if table else (), asked=asked)
        if plan.writes_policy and plan.effective <= asked.today and _has_played(table):
            message = f"The earliest gaming day that has not begun is {asked.tomorrow}."
            errors.append(FieldError(f"{at}/table_code", "EFFECTIVE_DAY_PASSED", message))
        plans.append(plan)
    return plans, errors


def _in_the_way_of_a_new_one(row: SheetRow, at: str, *, provision: bool) -> list[FieldError]:
    if not provision:
        message = "There is no such table."
        return [FieldError(f"{at}/table_code", "REFERENCE_UNKNOWN", message)]
    if not row.pit:
        return [FieldError(f"{at}/pit", "SHAPE", "A new table needs the pit it stands in.")]
    return []


class _Codes:
    """The casino's tables by code, by case, and by what is alike in how they are written."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._exact: dict[str, Table] = {}
        self._same: defaultdict[str, list[Table]] = defaultdict(list)
        self._alike: defaultdict[tuple[str, ...], list[Table]] = defaultdict(list)
        for table in tables:
            self._exact[table.code] = table
            self._same[same_code(table.code)].append(table)
            self._alike[alike_code(table.code)].append(table)

    def find(self, code: str) -> tuple[Table | None, bool]:
        """The one table a code means, written just so, else but for case, else alike; and whether
        it could be several: a sheet's `BJ 07` never becomes a second table beside `BJ-07`."""
        if code in self._exact:
            return self._exact[code], False
        for found in (self._same.get(same_code(code)), self._alike.get(alike_code(code))):
            if found:
                return (found[0], False) if len(found) == 1 else (None, True)
        return None, False


def _planned(
    row: SheetRow, table: Table | None, own: Sequence[ParPolicy], *, asked: Asked
) -> Planned:
    by_itself = asked.tomorrow if _has_played(table) else asked.today
    effective = asked.effective or by_itself
    standing = _standing(row, own, effective, asked=asked)
    outcome = _outcome(row, table, standing)
    if standing is not None and outcome is Outcome.DETAILS_CHANGED:
        row = _with_what_it_leaves_out(row, standing)
    return Planned(
        row=row,
        table=table,
        outcome=outcome,
        from_cents=standing.par_total_cents if standing else None,
        effective=effective,
        differs=_differing(row, table),
    )


def _standing(
    row: SheetRow, own: Sequence[ParPolicy], effective: date, *, asked: Asked
) -> ParPolicy | None:
    """The table's own row that a sheet's is compared with: the one in force on the day from which
    the sheet's would hold. Where no day is asked for, a coming row that says the same will do.
    """
    last = in_force(own, day=date.max)
    if asked.effective is None and _outcome_beside(row, last) is Outcome.UNCHANGED:
        return last
    return in_force(own, day=effective)


def _with_what_it_leaves_out(row: SheetRow, own: ParPolicy) -> SheetRow:
    """The same need, told in more detail: what the sheet does not mention stays as it was."""
    return replace(
        row,
        chipset=own.target_chipset if row.chipset is None else row.chipset,
        notes=own.notes if row.notes is None else row.notes,
        stability=own.stability if row.stability is None else row.stability,
        pain_points=own.pain_points if row.pain_points is None else row.pain_points,
    )


def _differing(row: SheetRow, table: Table | None) -> tuple[str, ...]:
    """What it leaves out is no difference."""
    if table is None:
        return ()
    told = {"pit": row.pit, "game_type": row.game_type, "limits": _bets(row.limits)}
    stands = {"pit": table.pit, "game_type": table.game_type, "limits": _bets(table.limits)}
    return tuple(name for name, said in told.items() if said is not None and said != stands[name])


def _bets(limits: Mapping[str, int] | None) -> Mapping[str, int] | None:
    """What a sheet says of limits; the result that asks for a remark is no bet (RUN-10)."""
    if limits is None:
        return None
    return {each: limits[each] for each in ("min_cents", "max_cents")}


def _outcome(row: SheetRow, table: Table | None, own: ParPolicy | None) -> Outcome:
    if table is None:
        return Outcome.TABLE_REGISTERED
    return _outcome_beside(row, own)


def _outcome_beside(row: SheetRow, own: ParPolicy | None) -> Outcome:
    """What a row of a known table does, beside the table's own policy."""
    if row.need_cents is None:
        return Outcome.NO_NEED
    if own is None or own.par_total_cents is None:
        return Outcome.NEED_SET
    if own.par_total_cents != row.need_cents:
        return Outcome.NEED_CHANGED
    return Outcome.DETAILS_CHANGED if _tells_more(row, own) else Outcome.UNCHANGED


def _tells_more(row: SheetRow, own: ParPolicy) -> bool:
    """Whether the sheet tells something otherwise; what it leaves out is no difference."""
    told = (
        (row.chipset, own.target_chipset),
        (row.notes, own.notes),
        (row.stability, own.stability),
        (row.pain_points, own.pain_points),
    )
    return any(new is not None and new != old for new, old in told)


def _has_played(table: Table | None) -> bool:
    return table is not None and table.last_ordinal > 0


def with_chips(row: SheetRow, chipset: Chipset | None) -> SheetRow:
    """The row with its chips as they were read against the casino's list."""
    return replace(row, chipset=chipset)
