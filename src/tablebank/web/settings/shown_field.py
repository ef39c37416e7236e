"""A field of the settings as it stands on its form: its value, its parts, what is wrong with it.

What is offered in a list, ticked, or typed in several parts is laid out here; secrets are never
shown again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tablebank.web import typed
from tablebank.web.actions.kind import Choice, Field
from tablebank.web.count_sheet import ChipRow, Sum, rows_of, summed
from tablebank.web.settings.kind import Book, Words
from tablebank.web.settings.reading import SHIFT_ROWS, filled_rows, shift_names
from tablebank.web.typed import Data


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One value that can be ticked or picked."""

    name: str
    value: str
    words: Words
    hint: Words
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftRow:
    """One line of a shift schedule: what stands or was typed, and what is wrong with it."""

    number: int
    code_name: str
    code: str
    start_name: str
    start: str
    error: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownField:
    """A field with what stands in it and what is wrong with it."""

    field: Field
    value: str
    error: str
    options: Sequence[Option] = ()
    rows: Sequence[ShiftRow] = ()
    twice: Sequence[Choice] = ()
    chosen: str = ""
    chips: Sequence[ChipRow] = ()
    """The chips of a target, row by row; a target is held against nothing."""
    sum: Sum | None = None

    @property
    def is_wrong(self) -> bool:
        """Whether something is said beside it, or beside one of its lines."""
        return (
            bool(self.error)
            or any(row.error for row in self.rows)
            or any(row.error for row in self.chips)
        )


def shown_field(asked: Field, data: Data, errors: Mapping[str, str], *, book: Book) -> ShownField:
    """The field as it stands, with what is wrong with it and the parts it is typed in."""
    error = errors.get(f"/{asked.name}", "") or _first_inside(asked, errors)
    if asked.kind in ("many", "one"):
        return ShownField(field=asked, value="", error=error, options=_options(asked, data))
    if asked.kind == "shifts":
        whole = errors.get("/shifts", "")
        return ShownField(field=asked, value="", error=whole, rows=_rows(asked, data, errors))
    if asked.kind == "target_chips":
        whole = errors.get(f"/{asked.name}", "")
        rows = _target_rows(asked, data, errors, book=book)
        added = summed(rows, before_cents=None)
        return ShownField(field=asked, value="", error=whole, chips=rows, sum=added)
    value = "" if asked.kind == "secret" else data.get(asked.name, "")
    zone = book.house.casino.timezone
    twice = typed.shown_twice(value, zone=zone) if asked.kind == "instant" else ()
    return ShownField(
        field=asked,
        value=value,
        error=error,
        twice=[Choice(value=str(at), words=f"{each:%H:%M %Z}") for at, each in enumerate(twice)],
        chosen=data.get(f"{asked.name}:which", ""),
    )


def _first_inside(asked: Field, errors: Mapping[str, str]) -> str:
    """The first error of a part of a field that is typed in one piece."""
    inside = (said for at, said in errors.items() if at.startswith(f"/{asked.name}/"))
    return next(inside, "")


def _options(asked: Field, data: Data) -> list[Option]:
    many = asked.kind == "many"
    return [
        Option(
            name=f"{asked.name}:{each.value}" if many else asked.name,
            value="yes" if many else each.value,
            words=each.words,
            hint=each.hint,
            chosen=data.get(f"{asked.name}:{each.value}") == "yes"
            if many
            else data.get(asked.name) == each.value,
        )
        for each in asked.choices
    ]


def _rows(asked: Field, data: Data, errors: Mapping[str, str]) -> list[ShiftRow]:
    """The lines of the schedule; the refusal counts those that were filled in."""
    filled = filled_rows(asked.name, data)
    said = {
        row: " ".join(
            errors[at]
            for at in errors
            if at == f"/shifts/{nth}" or at.startswith(f"/shifts/{nth}/")
        )
        for nth, row in enumerate(filled)
    }
    rows = []
    for index in range(SHIFT_ROWS):
        row = (asked.name, index)
        code, start = shift_names(row)
        rows.append(
            ShiftRow(
                number=index + 1,
                code_name=code,
                code=data.get(code, ""),
                start_name=start,
                start=data.get(start, ""),
                error=said.get(row, ""),
            )
        )
    return rows


def _target_rows(
    asked: Field, data: Data, errors: Mapping[str, str], *, book: Book
) -> list[ChipRow]:
    """The chips a tray is meant to hold: those of the bank, highest first (CHIP-5)."""
    chips = book.house.chips_on(book.today)
    rows = rows_of(asked.name, data, errors, chips=chips, was=None)
    return [row for row in rows if row.in_bank]
