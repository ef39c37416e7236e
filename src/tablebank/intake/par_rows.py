"""From the lines with a table to typed rows: each cell read or refused, each table once.

Every fault of every row is gathered. A row is made only of cells that could all be read.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tablebank.domain.chips import MAX_PIECES
from tablebank.domain.money import MAX_CENTS
from tablebank.domain.table_codes import alike_code, same_code
from tablebank.intake.amounts import NOTHING, Amount, Mark, amount_of
from tablebank.intake.bounds import MAX_CODE
from tablebank.intake.cells import Cell, Grid, Line
from tablebank.intake.faults import Fault, Note, Told, shown
from tablebank.intake.headings import Field
from tablebank.intake.par_columns import Columns
from tablebank.intake.par_lines import TableLine
from tablebank.intake.par_sheet import ChipsIn, Limits, ParRow
from tablebank.intake.par_words import Stability, game_of, stability_of

_BETWEEN = re.compile(r"\s*(?:[-–—/]|\s(?:to|a|hasta|y|and)\s)\s*", re.IGNORECASE)
_AROUND = re.compile(r"^(?:from|de|desde|entre|between|min)\s+", re.IGNORECASE)
_CUT_BEFORE = re.compile(r"[^0-9]{0,4}[0-9]{1,3}")
_CUT_AFTER = re.compile(r"[0-9]{2,3}(?:\.[0-9]{2})?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Ways:
    """How the columns of a sheet are read: what parts the cents in each, and the currency."""

    columns: Columns
    marks: Mapping[int, Mark | None]
    currency: str = ""

    def amount(self, line: Line, column: int) -> Amount:
        """The amount in a cell."""
        return amount_of(line.at(column), mark=self.marks.get(column))


@dataclass(frozen=True, slots=True)
class Draft:
    """A row whose chips are read but not yet understood: by column, as the amounts they look."""

    row: ParRow
    line: Line
    chips: Mapping[int, int]


@dataclass(slots=True)
class _Reading:
    """One line being read, and what is wrong with it so far."""

    grid: Grid
    line: Line
    ways: Ways
    errors: list[Note] = field(default_factory=list)

    def refuse(self, column: int, fault: Fault, facts: Mapping[str, object] | None = None) -> None:
        read = shown(self.line.at(column).text)
        self.errors.append(Note(self.grid.place(self.line, column), fault, read, facts or {}))

    def text(self, name: Field, *, most: int, merged: bool = True) -> str | None:
        """The text of a field; a merged cell says the same of every row it covers."""
        column = self.ways.columns.fields.get(name)
        cell = self.line.at(column)
        if column is None or cell.is_empty:
            return None
        if cell.flaw is not None and not (merged and cell.flaw is Fault.MERGED_CELL):
            self.refuse(column, cell.flaw)
        elif len(cell.text) > most:
            self.refuse(column, Fault.TEXT_TOO_LONG, {"most": most})
        else:
            return cell.text
        return None

    def amount(self, column: int, *, merged: bool = False) -> int | None:
        """The cents in a column; None if there are none, or they are refused."""
        cell = self.line.at(column)
        if merged and cell.flaw is Fault.MERGED_CELL:
            cell = replace(cell, flaw=None)
        return self.accept(column, amount_of(cell, mark=self.ways.marks.get(column)))

    def accept(self, column: int, amount: Amount) -> int | None:
        """The cents of an amount, unless something is wrong with it."""
        expected = self.ways.currency
        if amount.fault is not None:
            self.refuse(column, amount.fault, amount.facts)
            return None
        if amount.currency and expected and amount.currency != expected:
            facts = {"found": amount.currency, "expected": expected}
            self.refuse(column, Fault.CURRENCY_OTHER, facts)
            return None
        return amount.cents


def draft_of(grid: Grid, found: TableLine, ways: Ways) -> Draft | tuple[Note, ...]:
    """A line as a row, or everything that is wrong with it."""
    reading = _Reading(grid, found.line, ways)
    fields = ways.columns.fields
    code = _code(reading)
    need = _need(reading)
    row = ParRow(
        place=grid.place(found.line),
        table_code=code,
        need_cents=need,
        pit=reading.text(Field.PIT, most=MAX_CODE) or found.pit,
        game_type=game_of(reading.text(Field.GAME, most=MAX_CODE) or "") or found.game_type,
        limits=_limits(reading, fields),
        notes=reading.text(Field.NOTES, most=2_000),
        stability=_stability(reading),
        pain_points=reading.text(Field.PAIN_POINTS, most=2_000),
    )
    chips = {
        column: cents
        for column in ways.columns.chips
        if (cents := reading.amount(column)) is not None
    }
    _check_width(reading)
    return tuple(reading.errors) if reading.errors else Draft(row, found.line, chips)


def _code(reading: _Reading) -> str:
    """A table's code: what can be seen and typed, begun by a letter, a digit or #, never `=1+1`."""
    column = reading.ways.columns.fields[Field.TABLE]
    text = reading.text(Field.TABLE, most=MAX_CODE, merged=False)
    if text is None:
        return ""
    is_fraction = isinstance(reading.line.at(column).number, float) and not text.isdigit()
    is_plain = unicodedata.normalize("NFKC", text) == text
    if is_fraction or not is_plain or not (text[0].isalnum() or text[0] == "#"):
        reading.refuse(column, Fault.TABLE_INVALID)
    return text


def _need(reading: _Reading) -> int | None:
    column = reading.ways.columns.fields.get(Field.NEED)
    if column is None:
        return None
    if _is_cut(reading, column):
        reading.refuse(column, Fault.AMOUNT_SPLIT)
        return None
    return reading.amount(column)


def _is_cut(reading: _Reading, column: int) -> bool:
    """`BJ-01,$25,000` is three cells: the amount would be 25, and 000 a note."""
    columns = reading.ways.columns
    numeric = {*columns.chips, *(columns.fields.get(each) for each in (Field.LEAST, Field.MOST))}
    after = column + 1
    if reading.grid.separator != "," or after in numeric or after == columns.fields[Field.TABLE]:
        return False
    cell, following = reading.line.at(column), reading.line.at(after)
    if not _CUT_BEFORE.fullmatch(cell.text):
        return False
    is_limits = after == columns.fields.get(Field.LIMITS)
    return bool(_CUT_AFTER.fullmatch(following.text)) and not is_limits


def _check_width(reading: _Reading) -> None:
    """A text's line with more cells than headings was cut where it should not have been."""
    headings = reading.ways.columns.headings
    if headings is None or not reading.grid.separator:
        return
    for column in reading.line.filled:
        if column >= len(headings.texts):
            reading.refuse(column, Fault.CELL_BEYOND)
            return


def _limits(reading: _Reading, fields: Mapping[Field, int]) -> Limits | None:
    """From two columns, or from one such as `$25–5,000`; both ends or none."""
    least, most = fields.get(Field.LEAST), fields.get(Field.MOST)
    before = len(reading.errors)
    if least is not None and most is not None:
        ends = [reading.amount(each, merged=True) for each in (least, most)]
        where = least
    elif (column := fields.get(Field.LIMITS)) is not None:
        ends, where = _two_ends(reading, column), column
    else:
        return None
    if ends[0] is None or ends[1] is None:
        if ends != [None, None] and len(reading.errors) == before:
            reading.refuse(where, Fault.LIMITS_UNREADABLE)
        return None
    if ends[0] > ends[1]:
        reading.refuse(where, Fault.LIMITS_REVERSED)
        return None
    return Limits(min_cents=ends[0], max_cents=ends[1])


def _two_ends(reading: _Reading, column: int) -> list[int | None]:
    cell = reading.line.at(column)
    text = reading.text(Field.LIMITS, most=MAX_CODE)
    if text is None or amount_of(Cell(text), mark=None) == NOTHING:
        return [None, None]
    ends = limit_ends(text)
    if len(ends) != 2 or cell.number is not None:
        reading.refuse(column, Fault.LIMITS_UNREADABLE)
        return [None, None]
    mark = reading.ways.marks.get(column)
    return [reading.accept(column, amount_of(Cell(each), mark=mark)) for each in ends]


def limit_ends(text: str) -> list[str]:
    """The two amounts that limits are written with."""
    return [each.strip() for each in _BETWEEN.split(_AROUND.sub("", text))]


def _stability(reading: _Reading) -> Stability | None:
    text = reading.text(Field.STABILITY, most=MAX_CODE)
    if text is None:
        return None
    said = stability_of(text)
    if said is None:
        reading.refuse(reading.ways.columns.fields[Field.STABILITY], Fault.STABILITY_UNKNOWN)
    return said


# -- chips -----------------------------------------------------------------------------------------


def chips_are_in(drafts: Sequence[Draft], chips: Mapping[int, int]) -> ChipsIn | None:
    """Pieces or amounts: whichever adds up to the needs of the sheet, if only one does."""
    fitting = {ChipsIn.PIECES: 0, ChipsIn.AMOUNTS: 0}
    for draft in drafts:
        if not any(draft.chips.values()) or draft.row.need_cents is None:
            continue
        pieces = sum(cents * chips[column] for column, cents in draft.chips.items())
        amounts = sum(draft.chips.values())
        fitting[ChipsIn.PIECES] += pieces == draft.row.need_cents * 100
        fitting[ChipsIn.AMOUNTS] += amounts == draft.row.need_cents
    found = [each for each, rows in fitting.items() if rows]
    if len(found) == 2 and set(chips.values()) == {100}:
        return ChipsIn.PIECES
    return found[0] if len(found) == 1 else None


def with_chips(
    grid: Grid, draft: Draft, ways: Ways, *, chips_in: ChipsIn
) -> ParRow | tuple[Note, ...]:
    """The row with its target chips; its need is theirs where the sheet names none (CHIP-3)."""
    reading = _Reading(grid, draft.line, ways)
    chipset: dict[str, int] = {}
    for column, cents in draft.chips.items():
        value = ways.columns.chips[column]
        unit, fault = (100, Fault.PIECES_INVALID), {"most": MAX_PIECES}
        if chips_in is ChipsIn.AMOUNTS:
            unit, fault = (value, Fault.AMOUNT_NOT_IN_CHIPS), {"chip_cents": value}
        pieces, rest = divmod(cents, unit[0])
        if rest:
            reading.refuse(column, unit[1], fault)
        elif pieces > MAX_PIECES:
            reading.refuse(column, Fault.PIECES_INVALID, {"most": MAX_PIECES})
        elif pieces:
            chipset[str(value)] = pieces
    if reading.errors or not chipset:
        return tuple(reading.errors) if reading.errors else draft.row
    total = sum(int(value) * pieces for value, pieces in chipset.items())
    need = draft.row.need_cents
    if total > MAX_CENTS or (need is not None and need != total):
        column = ways.columns.fields.get(Field.NEED, min(draft.chips))
        facts = {"chips_cents": total, "need_cents": need if need is not None else MAX_CENTS}
        reading.refuse(column, Fault.CHIPS_NOT_NEED, facts)
        return tuple(reading.errors)
    ordered = dict(sorted(chipset.items(), key=lambda each: -int(each[0])))
    return replace(draft.row, need_cents=total, chipset=ordered)


# -- each table once -------------------------------------------------------------------------------


def each_once(rows: Sequence[ParRow]) -> tuple[tuple[ParRow, ...], tuple[Note, ...]]:
    """The rows without repetitions, and what is to be told: repeated, differing, or only alike."""
    kept: list[ParRow] = []
    notes: list[Note] = []
    for group in _grouped(rows, lambda row: same_code(row.table_code)):
        first, *others = group
        kept.append(first)
        for each in others:
            about = Told.TABLE_REPEATED if _says_the_same(first, each) else Fault.TABLE_TWICE
            notes.append(_note(each, about, first))
            if about is Fault.TABLE_TWICE:
                notes.append(_note(first, about, each))
    for group in _grouped(kept, lambda row: alike_code(row.table_code)):
        first = group[0]
        for each in group[1:]:
            notes.append(_note(each, Fault.TABLE_ALIKE, first))
            notes.append(_note(first, Fault.TABLE_ALIKE, each))
    return tuple(sorted(kept, key=lambda row: row.place)), tuple(notes)


def _grouped(rows: Iterable[ParRow], key: Callable[[ParRow], object]) -> Iterator[list[ParRow]]:
    groups: dict[object, list[ParRow]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return iter(list(groups.values()))


def _says_the_same(first: ParRow, second: ParRow) -> bool:
    return replace(second, place=first.place, table_code=first.table_code) == first


def _note(row: ParRow, about: Fault | Told, other: ParRow) -> Note:
    facts = {"other": str(other.place), "code": shown(other.table_code)}
    return Note(row.place, about, shown(row.table_code), facts)
