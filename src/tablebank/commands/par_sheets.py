"""The command that imports a par sheet: tables and needs, all of it or nothing (PAR-8)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tablebank.commands.house import RegisterTable, registered
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.chips import parse_chipset, total_cents
from tablebank.domain.credentials import Credential
from tablebank.domain.dated import in_force
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import ParImport, ParPolicy
from tablebank.domain.facts import Table
from tablebank.domain.money import checked_cents
from tablebank.domain.par import Pars, may_approve, mode_of_its_own
from tablebank.domain.par_import import Asked as AskedOfSheet
from tablebank.domain.par_import import Outcome, Planned, SheetRow, planned, with_chips
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import ParSource, Role
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportParSheet:
    """The tables of a sheet with their needs; what is known of the file they came in.

    Without `effective_from_gaming_day` a table never opened takes its need today, any other
    tomorrow.
    """

    rows: Sequence[SheetRow]
    provision_tables: bool = False
    effective_from_gaming_day: date | None = None
    sha256: str | None = None
    file_name: str | None = None
    sheet_name: str | None = None
    answers: Mapping[str, Any] | None = None
    """What was answered where the sheet had to be asked about; None where nothing was."""


def _check(scene: Scene, body: ImportParSheet) -> ImportParSheet:
    if body.provision_tables and Role.ADMIN not in scene.caller.roles:
        raise Refused(Refusal.ROLE_NOT_ALLOWED, {"needed": [str(Role.ADMIN)]})
    if not body.rows:
        error = FieldError("/rows", Refusal.SHAPE.name, "There is no row with a table.")
        raise Refused(Refusal.SHAPE, errors=[error])
    return body


def _read(scene: Scene, nth: int, row: SheetRow, errors: list[FieldError]) -> SheetRow:
    """The row's amounts and chips against the casino's own lists; what is wrong, to the others."""
    at = f"/rows/{nth}"
    try:
        if row.need_cents is not None:
            checked_cents(row.need_cents, pointer=f"{at}/need_cents")
        if row.chipset is None:
            return row
        chips = scene.house.chips_on(scene.today)
        pointer = f"{at}/target_chipset"
        chipset = parse_chipset(row.chipset, chips=chips, pointer=pointer, may_be_empty=False)
        if total_cents(chipset, chips=chips) != row.need_cents:
            message = "The target chips do not add up to the need."
            errors.append(FieldError(pointer, Refusal.TOTAL_MISMATCH.name, message))
        return with_chips(row, chipset)
    except Refused as no:
        errors += no.errors or [FieldError(at, no.code, no.detail)]
        return row


def _import(scene: Scene, body: ImportParSheet) -> Decision:
    """Under the lock of every table, so that each is compared with what it is by now. Everything
    that is wrong with any row is told at once.
    """
    errors: list[FieldError] = []
    rows = [_read(scene, nth, row, errors) for nth, row in enumerate(body.rows)]
    tables = scene.all_of(Table, "true order by id for update")
    policies = scene.all_of(ParPolicy)
    asked = AskedOfSheet(
        provision=body.provision_tables,
        effective=body.effective_from_gaming_day,
        today=scene.today,
        tomorrow=scene.today + timedelta(days=1),
    )
    plans, in_the_way = planned(rows, tables=tables, policies=policies, asked=asked)
    errors += in_the_way
    if errors:
        raise Refused(Refusal.SHEET_NOT_IMPORTED, errors=errors)
    new: list[Any] = []
    brought, pars = _brought(scene, body, plans), Pars.of(policies, scene.house.modes)
    for plan in plans:
        table = plan.table
        if table is None:
            table, records = registered(scene, _table_of(plan.row))
            new += records
        if plan.writes_policy:
            new.append(_policy(scene, plan, table, brought=brought, pars=pars))
    return Decision(
        new=(*new, brought) if new else (),
        subject_id=brought.id,
        outcome={
            "items": [_told(each) for each in plans],
            **_counted(plans),
            "import_id": str(brought.id) if new else None,
        },
        changed_nothing=not new,
    )


def _brought(scene: Scene, body: ImportParSheet, plans: Sequence[Planned]) -> ParImport:
    act = scene.acted()
    return ParImport(
        id=act.new_id(),
        casino_id=scene.casino_id,
        sha256=body.sha256,
        file_name=body.file_name,
        sheet_name=body.sheet_name,
        answers=body.answers,
        outcome=_counted(plans),
        recorded_by=act.actor_id,
        recorded_at=act.recorded_at,
    )


def _table_of(row: SheetRow) -> RegisterTable:
    return RegisterTable(
        code=row.table_code, pit=row.pit or "", game_type=row.game_type, limits=row.limits
    )


def _policy(
    scene: Scene, plan: Planned, table: Table, *, brought: ParImport, pars: Pars
) -> ParPolicy:
    """In force without anybody's approval: who may import vouches for the sheet (PAR-4).

    A sheet tells of needs; how a table closes it leaves as it is.
    """
    act, row = scene.acted(), plan.row
    before = in_force(pars.of_table.get(table.id, ()), day=plan.effective)
    mode = mode_of_its_own(
        pars.reaching(table.id),
        table_id=table.id,
        game_type=table.game_type,
        day=plan.effective,
    )
    approves = may_approve(scene.caller.roles)
    return ParPolicy(
        id=act.new_id(),
        casino_id=scene.casino_id,
        table_id=table.id,
        game_type=None,
        table_bank_mode=mode,
        par_total_cents=row.need_cents,
        target_chipset=row.chipset,
        effective_from_gaming_day=plan.effective,
        source=ParSource.IMPORTED,
        recorded_by=act.actor_id,
        recorded_at=act.recorded_at,
        approved_by=act.actor_id if approves else None,
        approved_at=act.now if approves else None,
        notes=row.notes,
        stability=row.stability,
        pain_points=row.pain_points,
        replaces=before.id if before else None,
        import_id=brought.id,
    )


def _told(plan: Planned) -> dict[str, Any]:
    return {
        "place": plan.row.place,
        "table_code": plan.table.code if plan.table else plan.row.table_code,
        "outcome": str(plan.outcome),
        "from_cents": plan.from_cents,
        "to_cents": plan.row.need_cents,
        "differs": list(plan.differs),
        "effective_from_gaming_day": str(plan.effective) if plan.writes_policy else None,
    }


def _counted(plans: Sequence[Planned]) -> dict[str, int]:
    made = [plan.outcome for plan in plans]
    return {
        "registered": made.count(Outcome.TABLE_REGISTERED),
        "policies": sum(plan.writes_policy for plan in plans),
        "unchanged": made.count(Outcome.UNCHANGED) + made.count(Outcome.NO_NEED),
    }


IMPORT_PAR_SHEET = Command(
    name="import_par_sheet",
    body=ImportParSheet,
    step="import_par",
    find=the_casino,
    check=_check,
    decide=_import,
)


def wrong_with_the_others(
    credential: Credential, body: ImportParSheet, *, clock: Callable[[], datetime]
) -> list[FieldError]:
    """What the casino has against those rows that could be read of a sheet that cannot be read
    whole: told with the rest, so that nobody mends it twice (PAR-8). Writes nothing.
    """
    if not body.rows:
        return []
    tried = Asked(body=body, raw={}, dry_run=True)
    try:
        perform(credential, IMPORT_PAR_SHEET, tried, clock=clock, answer=_nothing)
    except Refused as no:
        if no.refusal is not Refusal.SHEET_NOT_IMPORTED:
            raise
        return list(no.errors)
    return []


def _nothing(cursor: Cursor, done: Done) -> Answer:
    return Answer(status=200, text="")
