"""A par sheet as it stands on its page: what was brought, what was asked, what became of each row.

The page keeps nothing: file and answers go along in the form until the sheet is imported or left.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.commands.par_sheets import ImportParSheet
from tablebank.domain.decisions import House
from tablebank.domain.par_import import Outcome, SheetRow
from tablebank.domain.refusals import FieldError
from tablebank.intake.faults import Note
from tablebank.intake.headings import Field
from tablebank.intake.par_reading import read_par_sheet, read_table_list
from tablebank.intake.par_sheet import NO_ANSWERS, Answers, Ask, ChipsIn, ParRow, ParSheet, Question
from tablebank.web.heard import heard, heard_place

MOST_BYTES = 1_000_000
"""A par sheet of a thousand tables is a tenth of it; it goes along in the form."""
ROW = re.compile(r"/rows/(\d+)(?:/|$)")

OUTCOME: Mapping[str, str | Promise] = {
    Outcome.TABLE_REGISTERED: gettext_lazy("Table registered"),
    Outcome.NEED_SET: gettext_lazy("Target set"),
    Outcome.NEED_CHANGED: gettext_lazy("Target changed"),
    Outcome.DETAILS_CHANGED: gettext_lazy("Target kept, details changed"),
    Outcome.UNCHANGED: gettext_lazy("Unchanged"),
    Outcome.NO_NEED: gettext_lazy("No target in the sheet"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Brought:
    """The bytes of a file, or a text that was pasted, and what it is called."""

    source: bytes | str
    name: str | None

    @property
    def kept(self) -> str:
        """As the form takes it along."""
        source = self.source
        data = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        return base64.b64encode(data).decode("ascii")


@dataclass(frozen=True, kw_only=True, slots=True)
class Taking:
    """How a sheet is taken: whether tables come with it, and what it need not say itself.

    `tables_alone` takes a sheet that names no needs; `pit` and `game_type` stand for the rows that
    name none.
    """

    provision: bool
    targets: bool = True
    tables_alone: bool = False
    pit: str | None = None
    game_type: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Wrong:
    """One thing in the way, or passed over, with where it stands."""

    place: str
    sentence: str


def kept(text: str, *, name: str | None, is_text: bool) -> Brought | None:
    """What went along in the form, or None where it is no longer what it was."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
        return Brought(source=data.decode("utf-8") if is_text else data, name=name)
    except (binascii.Error, ValueError):
        return None


def read(
    brought: Brought, house: House, said: Mapping[str, str], *, tables_alone: bool = False
) -> ParSheet:
    """The sheet by the casino's own writing, with the answers given so far (PAR-8)."""
    reader = read_table_list if tables_alone else read_par_sheet
    return reader(
        brought.source,
        file_name=brought.name,
        locale=house.settings.locale,
        currency=house.casino.currency,
        answers=_answers(said),
    )


def _answers(said: Mapping[str, str]) -> Answers:
    given = {name.removeprefix("answer:"): value for name, value in said.items() if value}
    columns = {
        each: None if given[name] == "-" else given[name]
        for each in Field
        if (name := f"{Ask.WHICH_COLUMN.name}:{each}") in given
    }
    chips = given.get(Ask.CHIPS_IN.name)
    if not columns and not chips and Ask.WHICH_SHEET.name not in given:
        return NO_ANSWERS
    return Answers(
        sheet=given.get(Ask.WHICH_SHEET.name),
        columns=columns,
        chips_in=ChipsIn(chips) if chips in list(ChipsIn) else None,
    )


ASKED: Mapping[Ask, str | Promise] = {
    Ask.WHICH_SHEET: gettext_lazy("Which sheet is the par sheet?"),
    Ask.WHICH_COLUMN: gettext_lazy("Which column is it?"),
    Ask.CHIPS_IN: gettext_lazy("Below the chips: are these pieces or amounts?"),
}


FIELD: Mapping[Field, str | Promise] = {
    Field.TABLE: gettext_lazy("Table"),
    Field.PIT: gettext_lazy("Pit"),
    Field.GAME: gettext_lazy("Game"),
    Field.LIMITS: gettext_lazy("Limits"),
    Field.LEAST: gettext_lazy("Lowest bet"),
    Field.MOST: gettext_lazy("Highest bet"),
    Field.NEED: gettext_lazy("Target need (par)"),
    Field.NOTES: gettext_lazy("Notes"),
    Field.STABILITY: gettext_lazy("Stability"),
    Field.PAIN_POINTS: gettext_lazy("Pain points"),
}
"""What a column can say of a table."""


def question(asked: Question) -> str:
    """What is asked, and of which column, in words."""
    words = str(ASKED[asked.ask])
    return words if asked.field is None else f"{words} {FIELD[asked.field]}"


def wrong_in_sheet(sheet: ParSheet) -> list[Wrong]:
    return [_of(note) for note in sheet.errors]


def passed_over(sheet: ParSheet) -> list[Wrong]:
    """What of the sheet is no table, or was not read: nothing is left out unsaid."""
    return [_of(note) for note in sheet.skipped]


def _of(note: Note) -> Wrong:
    place = heard_place(str(note.place))
    return Wrong(place=place, sentence=f"{heard(note.sentence)} {note.read}".strip())


def wrong_in_rows(errors: Sequence[FieldError], sheet: ParSheet, heard: Any) -> list[Wrong]:
    """What the casino has against a sheet that can be read, each by its row."""
    return [Wrong(place=_place(error, sheet), sentence=heard(error.message)) for error in errors]


def _place(error: FieldError, sheet: ParSheet) -> str:
    found = ROW.match(error.pointer)
    if not found or int(found[1]) >= len(sheet.rows):
        return ""
    row = sheet.rows[int(found[1])]
    return f"{heard_place(str(row.place))} · {row.table_code}"


def body_of(
    sheet: ParSheet,
    taking: Taking,
    *,
    effective: date | None = None,
    said: Mapping[str, str] | None = None,
) -> ImportParSheet:
    """The sheet as the command takes it, its targets from a gaming day on where one is named, with
    the answers (`said`) that it was read with."""
    return ImportParSheet(
        rows=tuple(_row(each, taking) for each in sheet.rows),
        provision_tables=taking.provision,
        effective_from_gaming_day=effective,
        sha256=sheet.sha256,
        file_name=sheet.file_name,
        sheet_name=sheet.sheet,
        answers=_answers(said or {}).told or None,
    )


def _row(row: ParRow, taking: Taking) -> SheetRow:
    limits = row.limits
    whole = SheetRow(
        table_code=row.table_code,
        need_cents=row.need_cents,
        place=str(row.place),
        pit=row.pit or taking.pit,
        game_type=row.game_type or taking.game_type,
        limits={"min_cents": limits.min_cents, "max_cents": limits.max_cents} if limits else None,
        chipset=row.chipset,
        notes=row.notes,
        stability=str(row.stability) if row.stability else None,
        pain_points=row.pain_points,
    )
    return whole if taking.targets else replace(whole, need_cents=None, chipset=None)


def told(outcome: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each row's outcome in words."""
    return [
        {
            **each,
            "place": heard_place(each["place"]),
            "words": str(OUTCOME.get(each["outcome"], each["outcome"])),
            "day": date.fromisoformat(said)
            if (said := each["effective_from_gaming_day"])
            else None,
        }
        for each in outcome["items"]
    ]


def would_come(outcome: Mapping[str, Any]) -> str:
    """How much would come of it, while nothing has."""
    return _(
        "Tables to register: %(registered)s. Targets to write: %(policies)s."
        " Unchanged: %(unchanged)s."
    ) % {name: outcome[name] for name in ("registered", "policies", "unchanged")}


def summed_up(outcome: Mapping[str, Any]) -> str:
    """How much came of it, in one sentence."""
    return _(
        "Tables registered: %(registered)s. Targets written: %(policies)s."
        " Unchanged: %(unchanged)s."
    ) % {name: outcome[name] for name in ("registered", "policies", "unchanged")}
