"""Reading a par sheet: a file or pasted text in, a `ParSheet` out; pure, and the same every time.

One call reads all of it and says all that is wrong. Where it cannot be told which sheet or column
is meant, the answer asks; with the `Answers` the same call is made again (PAR-8).
"""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tablebank.intake.amounts import Mark, amount_of, mark_of, marks_in
from tablebank.intake.bounds import MAX_BYTES
from tablebank.intake.cells import Grid
from tablebank.intake.delimited import decoded, encoding_told, lines_of
from tablebank.intake.faults import Fault, Note, Place, Told, in_order, shown
from tablebank.intake.formats import FILE, Format, format_of
from tablebank.intake.headings import Field, find_headings
from tablebank.intake.par_columns import Columns, columns_of
from tablebank.intake.par_lines import walk
from tablebank.intake.par_rows import (
    Draft,
    Ways,
    chips_are_in,
    draft_of,
    each_once,
    limit_ends,
    with_chips,
)
from tablebank.intake.par_sheet import (
    NO_ANSWERS,
    Answers,
    Ask,
    ChipsIn,
    Choice,
    ParRow,
    ParSheet,
    Question,
)
from tablebank.intake.workbook import sheets_of

_SAMPLES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """What is known beside the sheet itself."""

    hint: Mark | None
    currency: str
    answers: Answers


def read_par_sheet(
    source: bytes | str,
    *,
    file_name: str | None = None,
    content_type: str | None = None,
    locale: str | None = None,
    currency: str = "",
    answers: Answers = NO_ANSWERS,
) -> ParSheet:
    """A par sheet from the bytes of a file or from pasted text; what is wrong is in it (PAR-8).

    `locale` (`es-MX`) says which mark parts the cents where a column does not; `currency` (`USD`)
    the only one that amounts may name. `content_type` may name the encoding.
    """
    data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
    known = ParSheet(
        sha256=hashlib.sha256(data).hexdigest(),
        file_name=shown(re.split(r"[\\/]", file_name)[-1]) if file_name else None,
    )
    said = _Said(hint=mark_of(locale), currency=currency, answers=answers)
    if isinstance(source, str):
        return _from_text(known, source, said)
    kind = format_of(data)
    if isinstance(kind, Note):
        return replace(known, errors=(kind,))
    if kind is Format.WORKBOOK:
        return _from_workbook(known, data, said)
    text = decoded(data, content_type=content_type)
    if text is None:
        return replace(known, errors=(Note(FILE, Fault.NOT_TEXT),))
    known = replace(known, encoding=text.encoding, skipped=encoding_told(text))
    return _from_text(known, text.text, said)


def read_table_list(
    source: bytes | str,
    *,
    file_name: str | None = None,
    locale: str | None = None,
    currency: str = "",
    answers: Answers = NO_ANSWERS,
) -> ParSheet:
    """The same of a sheet that may name tables and nothing of their needs (PAR-8).

    Where no column so much as resembles a need, there is none; else it is asked for as ever.
    """

    def sheet_with(answers: Answers) -> ParSheet:
        return read_par_sheet(
            source, file_name=file_name, locale=locale, currency=currency, answers=answers
        )

    sheet = sheet_with(answers)
    needs = [each for each in sheet.questions if each.field is Field.NEED]
    if sheet.errors or not needs or any(choice.is_likely for choice in needs[0].choices):
        return sheet
    return sheet_with(replace(answers, columns={**answers.columns, Field.NEED: None}))


def _from_text(known: ParSheet, text: str, said: _Said) -> ParSheet:
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return replace(known, errors=(Note(FILE, Fault.FILE_EMPTY),))
    if len(text) > MAX_BYTES:
        facts = {"most_mb": MAX_BYTES // 2**20}
        return replace(known, errors=(Note(FILE, Fault.FILE_TOO_LARGE, facts=facts),))
    return _from_grid(known, lines_of(text), said)


# -- which sheet -----------------------------------------------------------------------------------


def _from_workbook(known: ParSheet, data: bytes, said: _Said) -> ParSheet:
    workbook = sheets_of(data)
    if workbook.fault is not None:
        return replace(known, errors=(workbook.fault,))
    known = replace(known, skipped=workbook.told)
    grids = [grid for grid in workbook.grids if grid.lines]
    if not grids:
        return replace(known, errors=(Note(FILE, Fault.FILE_EMPTY),))
    candidates = _candidates(grids, said.answers)
    if not candidates:
        name = shown(said.answers.sheet or "")
        return replace(known, errors=(Note(FILE, Fault.SHEET_UNKNOWN, name),))
    if len(candidates) > 1:
        return replace(known, questions=(_which_sheet(grids, candidates),))
    (grid,) = candidates
    others = tuple(
        Note(Place(each.sheet), Told.SHEET_NOT_READ, facts={"sheet": shown(each.sheet)})
        for each in grids
        if each is not grid
    )
    known = replace(known, sheet=grid.sheet, skipped=(*known.skipped, *others))
    return _from_grid(known, grid, said)


def _candidates(grids: Sequence[Grid], answers: Answers) -> list[Grid]:
    """The sheet that was named; else those that look like par sheets, if any does, or all."""
    if answers.sheet is not None:
        return [grid for grid in grids if grid.sheet == answers.sheet]
    return [grid for grid in grids if _looks_like_one(grid)] or list(grids)


def _looks_like_one(grid: Grid) -> bool:
    found = find_headings(grid.lines)
    if found is None or Field.TABLE not in found.fields:
        return False
    return Field.NEED in found.fields or bool(found.chips)


def _which_sheet(grids: Sequence[Grid], likely: Sequence[Grid]) -> Question:
    choices = tuple(
        Choice(
            value=grid.sheet,
            text=shown(grid.sheet),
            samples=tuple(
                shown(" ".join(line.cells[column].text for column in line.filled))
                for line in grid.lines[:_SAMPLES]
            ),
            is_likely=grid in likely and len(likely) < len(grids),
        )
        for grid in grids
    )
    return Question(ask=Ask.WHICH_SHEET, choices=choices)


# -- its rows --------------------------------------------------------------------------------------


def _from_grid(known: ParSheet, grid: Grid, said: _Said) -> ParSheet:
    known = replace(known, skipped=in_order((*known.skipped, *grid.told)))
    if grid.errors:
        return replace(known, errors=in_order(grid.errors))
    columns = columns_of(grid, said.answers)
    headings = columns.headings
    known = replace(
        known,
        heading_line=grid.lines[headings.first].number if headings else None,
        columns=columns.listed(grid),
        skipped=in_order((*known.skipped, *columns.told)),
        questions=columns.questions,
        errors=in_order(columns.errors),
    )
    if not known.is_readable:
        return known
    marks = _marks(columns, said.hint)
    ways = Ways(columns=columns, marks=marks, currency=said.currency or _currency(columns, marks))
    known = replace(known, decimal_mark=marks.get(columns.fields.get(Field.NEED, -1)))
    drafts, notes = _drafts(grid, ways)
    return _with_rows(known, grid, ways=ways, drafts=drafts, notes=notes, said=said)


def _drafts(grid: Grid, ways: Ways) -> tuple[list[Draft], list[Note]]:
    drafts: list[Draft] = []
    notes: list[Note] = []
    since_table: list[Note] = []
    mark = ways.marks.get(ways.columns.fields.get(Field.NEED, -1))
    for found in walk(grid, ways.columns, mark=mark):
        if isinstance(found, Note):
            since_table.append(found)
            continue
        notes += since_table
        since_table = []
        draft = draft_of(grid, found, ways)
        if isinstance(draft, Draft):
            drafts.append(draft)
        else:
            notes += draft
    return drafts, [*notes, *map(_nothing_below, since_table)]


def _nothing_below(note: Note) -> Note:
    """A heading below the last table heads nothing: it is whoever signed the sheet."""
    is_heading = note.about in (Told.PIT_HEADING, Told.GAME_HEADING)
    return replace(note, about=Told.REMARK) if is_heading else note


def _with_rows(
    known: ParSheet,
    grid: Grid,
    *,
    ways: Ways,
    drafts: Sequence[Draft],
    notes: Sequence[Note],
    said: _Said,
) -> ParSheet:
    """The rows once their chips are understood, each table once, and all that is wrong."""
    chips_in = said.answers.chips_in or chips_are_in(drafts, ways.columns.chips)
    has_chips = any(value for draft in drafts for value in draft.chips.values())
    questions: tuple[Question, ...] = ()
    if has_chips and chips_in is None:
        choices = tuple(Choice(value=each) for each in ChipsIn)
        questions = (Question(ask=Ask.CHIPS_IN, choices=choices),)
    rows: list[ParRow] = []
    notes = list(notes)
    for draft in drafts:
        row = draft.row if chips_in is None else with_chips(grid, draft, ways, chips_in=chips_in)
        if isinstance(row, ParRow):
            rows.append(row)
        else:
            notes += row
    kept, repeated = each_once(rows)
    notes += repeated
    errors = [note for note in notes if isinstance(note.about, Fault)]
    if not kept and not errors:
        errors.append(Note(FILE, Fault.NO_ROWS))
    told = [note for note in notes if isinstance(note.about, Told)]
    return replace(
        known,
        chips_in=chips_in if has_chips else None,
        rows=kept,
        skipped=in_order((*known.skipped, *told)),
        questions=questions,
        errors=in_order(errors),
    )


def _marks(columns: Columns, hint: Mark | None) -> Mapping[int, Mark | None]:
    """What parts the cents, column by column: as its own amounts say, else as the other columns'
    do, else as the casino's locale has it. None in a column that has it both ways.
    """
    read = [
        (field, columns.fields[field])
        for field in (Field.NEED, Field.LIMITS, Field.LEAST, Field.MOST)
        if field in columns.fields
    ]
    found = {
        column: marks_in(_texts(columns, column, field))
        for field, column in (*read, *((None, each) for each in columns.chips))
    }
    everywhere = _only(frozenset[Mark]().union(*found.values())) or hint
    return {column: _only(marks) if marks else everywhere for column, marks in found.items()}


def _only(marks: frozenset[Mark]) -> Mark | None:
    return next(iter(marks)) if len(marks) == 1 else None


def _texts(columns: Columns, column: int, field: Field | None) -> Iterable[str]:
    for line in columns.lines:
        cell = line.at(column)
        if cell.number is None and cell.flaw is None and cell.text:
            yield from limit_ends(cell.text) if field is Field.LIMITS else (cell.text,)


def _currency(columns: Columns, marks: Mapping[int, Mark | None]) -> str:
    """The first currency that an amount names: all others must be in it too."""
    need = columns.fields.get(Field.NEED)
    found = (amount_of(line.at(need), mark=marks.get(need or 0)).currency for line in columns.lines)
    return next((each for each in found if each), "")
