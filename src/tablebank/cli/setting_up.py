"""`tablebank casino setup`: how tables are closed, which there are, and their pars, from one sheet.

Everything is tried before anything is written: a sheet that cannot be imported leaves the casino
as it was, the mode too. Run again it changes nothing, and says so (PAR-8). What is kept with who
recorded it is kept in an administrator's name; the journal says that the command line did it.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from tablebank.cli.clock import clock
from tablebank.cli.naming import casino_called
from tablebank.cli.telling import show
from tablebank.commands.house import CHANGE_CASINO, ChangeCasino
from tablebank.commands.par_sheets import (
    IMPORT_PAR_SHEET,
    wrong_with_the_others,
)
from tablebank.commands.perform import Answer, Asked, Done, outcome_of, perform
from tablebank.domain.credentials import SystemCredential
from tablebank.domain.decisions import House
from tablebank.domain.money import words as amount
from tablebank.domain.par import mode_in_force
from tablebank.domain.readiness import Readiness
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode, Role
from tablebank.intake.faults import Note
from tablebank.intake.headings import Field
from tablebank.intake.par_sheet import Ask, Choice, ParSheet, Question
from tablebank.intake.par_words import game_of
from tablebank.queries.doors import reading
from tablebank.queries.setting_up import readiness_of, readiness_sheet
from tablebank.queries.settings_book import people
from tablebank.web.par_sheet import OUTCOME, ROW, Brought, Taking, body_of, read, summed_up
from tablebank.web.setting_up import STOPPED, missing_words

STDIN = "-"
ASKED: Mapping[str, str] = {
    "sheet": f"answer:{Ask.WHICH_SHEET.name}",
    "chips": f"answer:{Ask.CHIPS_IN.name}",
    **{field.value: f"answer:{Ask.WHICH_COLUMN.name}:{field}" for field in Field},
}
"""What an `--answer` may name, by what the sheet asks."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """What is to be set up."""

    credential: SystemCredential
    house: House
    today: date
    mode: BankMode | None
    sheet: ParSheet | None
    answers: Mapping[str, str]
    taking: Taking
    effective: date | None


def setup(
    slug: Annotated[str, typer.Option("--casino", help="The casino's slug.")],
    source: Annotated[
        str | None, typer.Option("--from", help="A sheet of tables: CSV, XLSX, or - for stdin.")
    ] = None,
    mode: Annotated[BankMode | None, typer.Option(help="How tables are closed.")] = None,
    provision: Annotated[bool, typer.Option(help="Register tables that are not there yet.")] = True,
    answer: Annotated[
        list[str] | None,
        typer.Option(help="To what the sheet asks, such as need_total=C, chips=pieces, sheet=Par."),
    ] = None,
    effective: Annotated[
        str | None, typer.Option(help="Gaming day from which the targets hold, YYYY-MM-DD.")
    ] = None,
    pit: Annotated[str | None, typer.Option(help="Pit of tables whose row names none.")] = None,
    game: Annotated[str | None, typer.Option(help="Game of tables whose row names none.")] = None,
    badge: Annotated[
        str | None, typer.Option(help="In whose name; where there is one administrator, theirs.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Try it, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Set a casino up: bank mode, tables and targets from a sheet; what is ready and missing."""
    answers, day = _answers(answer or ()), _day(effective)
    if mode is BankMode.UNKNOWN:
        raise typer.BadParameter("is one of the two modes", param_hint="--mode")
    brought = _brought(source)
    credential = _in_whose_name(casino_called(slug), badge)
    with reading(credential, at=clock()) as view:
        house, today = view.house, view.today
    sheet = read(brought, house, answers, tables_alone=provision) if brought else None
    asked = _Asked(
        credential=credential,
        house=house,
        today=today,
        mode=mode,
        sheet=sheet,
        answers=answers,
        taking=Taking(provision=provision, pit=pit, game_type=game_of(game or "")),
        effective=day,
    )
    if sheet is not None and not sheet.is_readable:
        raise _unreadable(sheet, asked)
    done = _done(asked, dry_run=True)
    if not dry_run:
        done = _done(asked, dry_run=False)
    with reading(credential, at=clock()) as view:
        found = readiness_of(view, at=clock())
    whole = {**done, "dry_run": dry_run, "readiness": readiness_sheet(found)}
    show(whole, "\n".join(_in_words(whole, found)), as_json=as_json)


# -- what was said ---------------------------------------------------------------------------------


def _answers(said: Sequence[str]) -> dict[str, str]:
    answers = {}
    for each in said:
        name, parted, value = each.partition("=")
        if not parted or name not in ASKED or not value:
            known = ", ".join(ASKED)
            raise typer.BadParameter(f"is NAME=VALUE, with one of {known}", param_hint="--answer")
        answers[ASKED[name]] = value
    return answers


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise typer.BadParameter("is YYYY-MM-DD", param_hint="--effective") from wrong


def _brought(source: str | None) -> Brought | None:
    if source is None:
        return None
    if source == STDIN:
        return Brought(source=sys.stdin.buffer.read(), name=None)
    path = Path(source)
    try:
        return Brought(source=path.read_bytes(), name=path.name)
    except OSError as no:
        raise typer.BadParameter(f"cannot be read: {no.strerror}", param_hint="--from") from no


def _in_whose_name(casino_id: UUID, badge: str | None) -> SystemCredential:
    """The person a par sheet and its rows are kept with: the only administrator, or who is named.

    Nobody is signed in here; whoever runs this could also make a token (decision 0052).
    """
    if badge is not None:
        return SystemCredential(casino_id=casino_id, badge=badge)
    with reading(SystemCredential(casino_id=casino_id), at=clock()) as view:
        everybody = people(view.cursor, casino_id, at=clock())
    admins = [
        each.sheet.badge
        for each in everybody
        if each.sheet.active and Role.ADMIN.value in each.sheet.roles
    ]
    if len(admins) == 1:
        return SystemCredential(casino_id=casino_id, badge=admins[0])
    detail = "There is no administrator yet. Run: tablebank staff add … --role ADMIN"
    if admins:
        detail = f"There are several administrators. Say in whose name: --badge {admins[0]}"
    raise Refused(Refusal.REFERENCE_UNKNOWN, {"administrators": admins}, detail=detail)


def _unreadable(sheet: ParSheet, asked: _Asked) -> Refused:
    """Everything that is wrong with the sheet or must be asked, all at once, and what the casino
    has against the rows that could be read (PAR-8).
    """
    errors = [
        *(_error(each) for each in sheet.errors),
        *(_question(each) for each in sheet.questions),
    ]
    if not sheet.questions:
        body = body_of(sheet, asked.taking, effective=asked.effective, said=asked.answers)
        others = wrong_with_the_others(asked.credential, body, clock=clock)
        errors += [FieldError(_place(each, sheet), each.code, each.message) for each in others]
    return Refused(Refusal.SHEET_NOT_IMPORTED, errors=errors)


def _error(note: Note) -> FieldError:
    read_there = f" {note.read!r}" if note.read else ""
    return FieldError(str(note.place) or "the file", note.code, f"{note.sentence}{read_there}")


def _question(asked: Question) -> FieldError:
    code = f"answer:{asked.code}"
    name = next(name for name, known in ASKED.items() if known == code)
    choices = "; ".join(_choice(each) for each in asked.choices)
    message = f"{asked.ask.value} Answer with --answer {name}=…: {choices}; - if there is none"
    return FieldError(name, asked.code, message)


def _choice(each: Choice) -> str:
    samples = f" ({', '.join(each.samples)})" if each.samples else ""
    text = f" {each.text}" if each.text and each.text != each.value else ""
    return f"{each.value}{text}{samples}"


# -- what is done ----------------------------------------------------------------------------------


def _done(asked: _Asked, *, dry_run: bool) -> dict[str, Any]:
    """The mode and the sheet, tried or done; a refusal of a row names where it stands."""
    last_word = mode_in_force(asked.house.modes, day=date.max)
    mode_from = None
    if asked.mode is not None and asked.mode is not last_word:
        mode_from = _chosen(asked, asked.mode, dry_run=dry_run)
    outcome: Mapping[str, Any] = {"items": [], "registered": 0, "policies": 0, "unchanged": 0}
    if asked.sheet is not None:
        outcome = _imported(asked, asked.sheet, dry_run=dry_run)
    return {
        "table_bank_mode": (asked.mode or last_word).value,
        "mode_from_gaming_day": mode_from,
        **outcome,
        "changed_nothing": not (mode_from or outcome["registered"] or outcome["policies"]),
        "sha256": asked.sheet.sha256 if asked.sheet else None,
        "passed_over": [_told(each) for each in asked.sheet.skipped] if asked.sheet else [],
    }


def _chosen(asked: _Asked, mode: BankMode, *, dry_run: bool) -> str:
    """The mode from the gaming day on that its row says: the first choice today (PAR-5)."""
    days: list[str] = []

    def answer(cursor: Any, done: Done) -> Answer:
        days.append(str(done.decision.new[-1].effective_from_gaming_day))
        return Answer(status=200, text="")

    body, raw = ChangeCasino(table_bank_mode=mode), {"table_bank_mode": mode.value}
    wanted = Asked(body=body, raw=raw, dry_run=dry_run)
    perform(asked.credential, CHANGE_CASINO, wanted, clock=clock, answer=answer)
    return days[-1]


def _told(note: Note) -> dict[str, str]:
    return {"place": str(note.place), "what": note.sentence, "read": note.read}


def _imported(asked: _Asked, sheet: ParSheet, *, dry_run: bool) -> Mapping[str, Any]:
    body = body_of(sheet, asked.taking, effective=asked.effective, said=asked.answers)
    raw = {
        "sha256": sheet.sha256,
        "rows": len(sheet.rows),
        "provision_tables": asked.taking.provision,
        "effective_from_gaming_day": str(asked.effective) if asked.effective else None,
    }
    try:
        wanted = Asked(body=body, raw=raw, dry_run=dry_run)
        return outcome_of(asked.credential, IMPORT_PAR_SHEET, wanted, clock=clock)
    except Refused as no:
        errors = [FieldError(_place(each, sheet), each.code, each.message) for each in no.errors]
        raise Refused(no.refusal, no.facts, errors=errors, detail=no.detail) from no


def _place(error: FieldError, sheet: ParSheet) -> str:
    found = ROW.match(error.pointer)
    if not found or int(found[1]) >= len(sheet.rows):
        return error.pointer
    row = sheet.rows[int(found[1])]
    return f"{row.place} {row.table_code}"


# -- what is said ----------------------------------------------------------------------------------


def _in_words(whole: Mapping[str, Any], found: Readiness) -> list[str]:
    """Row by row what became of it, then what is ready and what is missing."""
    since = whole["mode_from_gaming_day"]
    chosen = f", chosen from gaming day {since}" if since else ""
    lines = [f"Table Bank Mode: {whole['table_bank_mode']}{chosen}"]
    lines += [_row(each) for each in whole["items"]]
    lines += [_passed_over(each) for each in whole["passed_over"]]
    if whole["items"]:
        lines.append(summed_up(whole))
    if whole["changed_nothing"]:
        lines.append("Nothing was changed.")
    if whole["dry_run"]:
        lines.append("This was a dry run: nothing was written.")
    return [*lines, *_readiness(found)]


def _row(each: Mapping[str, Any]) -> str:
    target = "no target" if each["to_cents"] is None else f"target {amount(each['to_cents'])}"
    day = each["effective_from_gaming_day"]
    since = f" from gaming day {day}" if day else ""
    said = str(OUTCOME[each["outcome"]]).lower()
    return f"{each['table_code']}: {said}, {target}{since} ({each['place']})"


def _passed_over(each: Mapping[str, str]) -> str:
    place = f"Passed over {each['place']}" if each["place"] else "Of the file"
    return f"{place}: {each['what']} {each['read']}".rstrip()


def _readiness(found: Readiness) -> list[str]:
    ready = f"Ready: {found.tables_ready} of {found.tables} tables can be opened."
    lines = [ready if found.can_open else "Not ready: the next shift cannot be opened yet."]
    lines += [f"- {missing_words(each)} {STOPPED[each.stops]}" for each in found.missing]
    return lines
