"""Which columns of a par sheet are read, and what has to be asked before.

An answer goes before a heading. A heading that is not known for sure, or two for one field, is
asked for, never guessed (PAR-8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import (  # type: ignore[import-untyped]
    column_index_from_string,
    get_column_letter,
)

from tablebank.intake.cells import Grid, Line
from tablebank.intake.faults import Fault, Note, Told, shown
from tablebank.intake.formats import FILE
from tablebank.intake.headings import (
    Field,
    Headings,
    find_headings,
    headings_at,
    names_a_unit,
    resembles,
)
from tablebank.intake.par_sheet import Answers, Ask, Choice, Column, Question

_SAMPLES = 3
_AMOUNTS = (Field.NEED, Field.LIMITS, Field.LEAST, Field.MOST)


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """What each column is, from 0; the lines below the headings; what is to be asked or refused."""

    fields: Mapping[Field, int]
    chips: Mapping[int, int]
    headings: Headings | None
    lines: tuple[Line, ...]
    questions: tuple[Question, ...] = ()
    errors: tuple[Note, ...] = ()
    told: tuple[Note, ...] = ()

    def heading(self, column: int) -> str:
        """What stands above a column, nothing if there are no headings."""
        return self.headings.text(column) if self.headings else ""

    def listed(self, grid: Grid) -> tuple[Column, ...]:
        """Every column with what it was taken for."""
        taken = {column: field for field, column in self.fields.items()}
        return tuple(
            Column(
                letter=get_column_letter(column + 1),
                heading=shown(self.heading(column)),
                field=taken.get(column),
                chip_cents=self.chips.get(column),
            )
            for column in range(grid.width)
        )


def columns_of(grid: Grid, answers: Answers) -> Columns:
    """The columns of a grid: as answered, else by their headings (PAR-8)."""
    errors: list[Note] = []
    headings = _headings(grid, answers, errors)
    told, taken = _answered(grid, answers, errors)
    found = headings.fields if headings else {}
    fields = dict(told)
    doubtful: list[Field] = []
    for field in Field:
        free = [column for column in found.get(field, ()) if column not in taken]
        if field in answers.columns or not free:
            continue
        if len(free) == 1:
            fields[field] = free[0]
        else:
            doubtful.append(field)
    used = {*fields.values()}
    chips = {
        column: cents
        for column, cents in (headings.chips if headings else {}).items()
        if column not in used
    }
    below = grid.lines[headings.last + 1 :] if headings else grid.lines
    lines = tuple(below)
    asked = [*doubtful, *_missing(fields, doubtful, answers, has_chips=bool(chips))]
    columns = Columns(fields=fields, chips=chips, headings=headings, lines=lines)
    errors += _units(grid, columns)
    return Columns(
        fields=fields,
        chips=chips,
        headings=headings,
        lines=lines,
        questions=tuple(_question(grid, columns, field, found) for field in asked),
        errors=tuple(errors),
        told=() if asked else tuple(_passed_over(grid, columns)),
    )


def _headings(grid: Grid, answers: Answers, errors: list[Note]) -> Headings | None:
    if answers.heading_line is None:
        return find_headings(grid.lines)
    if answers.heading_line == 0:
        return None
    for index, line in enumerate(grid.lines):
        if line.number == answers.heading_line:
            return headings_at(grid.lines, index)
    errors.append(Note(FILE, Fault.LINE_UNKNOWN, str(answers.heading_line)))
    return None


def _answered(
    grid: Grid, answers: Answers, errors: list[Note]
) -> tuple[Mapping[Field, int], frozenset[int]]:
    fields: dict[Field, int] = {}
    for field, letter in answers.columns.items():
        if letter is None:
            continue
        column = _index(letter)
        if column is None or column >= grid.width:
            errors.append(Note(FILE, Fault.COLUMN_UNKNOWN, shown(letter)))
        elif column in fields.values():
            errors.append(Note(FILE, Fault.COLUMN_TWICE, shown(letter)))
        else:
            fields[field] = column
    return fields, frozenset(fields.values())


def _index(letter: str) -> int | None:
    try:
        return int(column_index_from_string(letter)) - 1
    except ValueError:
        return None


def _missing(
    fields: Mapping[Field, int], doubtful: list[Field], answers: Answers, *, has_chips: bool
) -> Iterator[Field]:
    """The table must be known; the need too, unless chips say it or somebody said there is none."""
    if Field.TABLE not in fields and Field.TABLE not in doubtful:
        yield Field.TABLE
    if Field.NEED in fields or Field.NEED in doubtful or Field.NEED in answers.columns:
        return
    if not has_chips:
        yield Field.NEED


def _question(
    grid: Grid, columns: Columns, field: Field, found: Mapping[Field, tuple[int, ...]]
) -> Question:
    """Every column that is nothing else yet, or only those in question if two name the field."""
    rivals = found.get(field, ())
    taken = {*columns.fields.values(), *columns.chips}
    offered = rivals if len(rivals) > 1 else range(grid.width)
    choices = []
    for column in offered:
        samples = [shown(line.at(column).text) for line in columns.lines if line.at(column).text]
        heading = columns.heading(column)
        if column in taken or not (samples or heading):
            continue
        choice = Choice(
            value=get_column_letter(column + 1),
            text=shown(heading),
            samples=tuple(samples[:_SAMPLES]),
            is_likely=bool(heading) and resembles(heading, field),
        )
        choices.append(choice)
    return Question(ask=Ask.WHICH_COLUMN, field=field, choices=tuple(choices))


def _units(grid: Grid, columns: Columns) -> Iterator[Note]:
    """Amounts in cents or thousands would be read a hundred or a thousand times off (LESSON-6)."""
    if columns.headings is None:
        return
    line = grid.lines[columns.headings.first]
    for field in _AMOUNTS:
        column = columns.fields.get(field)
        if column is not None and names_a_unit(columns.heading(column)):
            heading = shown(columns.heading(column))
            yield Note(grid.place(line, column), Fault.HEADING_UNIT, heading)


def _passed_over(grid: Grid, columns: Columns) -> Iterator[Note]:
    """The lines above the headings, and the columns that nothing is read from."""
    if columns.headings is None:
        return
    for line in grid.lines[: columns.headings.first]:
        text = " ".join(line.cells[column].text for column in line.filled)
        yield Note(grid.place(line), Told.ABOVE_HEADINGS, shown(text))
    line = grid.lines[columns.headings.first]
    read = {*columns.fields.values(), *columns.chips}
    for column in range(len(columns.headings.texts)):
        heading = columns.heading(column)
        if heading and column not in read:
            yield Note(grid.place(line, column), Told.COLUMN_NOT_READ, shown(heading))
