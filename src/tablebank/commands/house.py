"""Commands of an administrator: the casino's settings and mode, tables, chips, shifts (settings).

Everything dated is appended, never edited: what was in force on a past gaming day stays so
(BASE-7).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tablebank.commands.scene import Command, Scene, the_casino, the_table
from tablebank.domain.decisions import Decision
from tablebank.domain.drops import new_mount
from tablebank.domain.establishment import BankModeRow, ChipType, SettingsRow, ShiftScheduleRow
from tablebank.domain.facts import Box, Snapshot, Table, TableFacts, TableRevision
from tablebank.domain.gaming_day import check_schedule
from tablebank.domain.money import checked_cents
from tablebank.domain.par import check_mode_change, mode_in_force
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.settings import Settings, as_mapping, merged
from tablebank.domain.terms import BankMode, BoxKind, TableStatus
from tablebank.store.load import hold_house


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeCasino:
    """Name, settings, or the Table Bank Mode from a gaming day on (PAR-5)."""

    name: str | None = None
    settings: Mapping[str, Any] | None = None
    table_bank_mode: BankMode | None = None
    effective_from_gaming_day: date | None = None
    reason: str | None = None
    merged_settings: Settings | None = None


def _check_casino(scene: Scene, body: ChangeCasino) -> ChangeCasino:
    scene.house = hold_house(scene.cursor, scene.casino_id).house
    if body.table_bank_mode is not None:
        current = mode_in_force(scene.house.modes, day=scene.today)
        check_mode_change(current=current, wanted=body.table_bank_mode)
    if body.settings is None:
        return body
    return replace(body, merged_settings=merged(scene.house.settings, body.settings))


def _change_casino(scene: Scene, body: ChangeCasino) -> Decision:
    act, casino = scene.acted(), scene.house.casino
    new: list[Any] = []
    if body.merged_settings is not None:
        new.append(
            SettingsRow(
                id=act.new_id(),
                casino_id=casino.id,
                settings=as_mapping(body.merged_settings),
                recorded_at=act.recorded_at,
                recorded_by=act.actor_id,
                reason=body.reason,
            )
        )
    if body.table_bank_mode is not None:
        new.append(_mode_row(scene, body, body.table_bank_mode))
    scene.keep((casino,))
    changed = (replace(casino, name=body.name),) if body.name else ()
    return Decision(
        new=tuple(new),
        changed=changed,
        subject_id=casino.id,
        changed_nothing=not new and not changed,
    )


def _mode_row(scene: Scene, body: ChangeCasino, mode: BankMode) -> BankModeRow:
    """The first choice holds from today on; a change from the next gaming day, or the one named."""
    act = scene.acted()
    chosen = any(row.table_bank_mode != BankMode.UNKNOWN for row in scene.house.modes)
    earliest = scene.today + timedelta(days=1) if chosen else scene.today
    effective = body.effective_from_gaming_day or earliest
    if effective < earliest:
        raise Refused(
            Refusal.EFFECTIVE_DAY_PASSED, {"earliest": str(earliest), "given": str(effective)}
        )
    return BankModeRow(
        id=act.new_id(),
        casino_id=scene.casino_id,
        table_bank_mode=mode,
        effective_from_gaming_day=effective,
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
        reason=body.reason,
    )


CHANGE_CASINO = Command(
    name="change_casino",
    body=ChangeCasino,
    step="settings",
    find=the_casino,
    check=_check_casino,
    decide=_change_casino,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstBox:
    """The box a new table starts with; `in_play` when cash is in it already (PAR-11)."""

    code: str
    in_play: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class RegisterTable:
    """A table with its first, empty box, named after it unless said otherwise."""

    code: str
    pit: str
    game_type: str | None = None
    name: str | None = None
    limits: Mapping[str, int] | None = None
    first_box: FirstBox | None = None
    without_box: bool = False


def _check_limits(limits: Mapping[str, int] | None) -> None:
    if limits is None:
        return
    least = checked_cents(limits["min_cents"], pointer="/limits/min_cents")
    most = checked_cents(limits["max_cents"], pointer="/limits/max_cents")
    if limits.get("result_cents") is not None:
        checked_cents(limits["result_cents"], pointer="/limits/result_cents")
    if most < least:
        error = FieldError("/limits", Refusal.SHAPE.name, "The maximum is below the minimum.")
        raise Refused(Refusal.SHAPE, errors=[error])


def _check_table(scene: Scene, body: RegisterTable) -> RegisterTable:
    _check_limits(body.limits)
    return body


def registered(scene: Scene, body: RegisterTable) -> tuple[Table, list[Any]]:
    """A new table with its first box, as records still to be saved; refuses CODE_TAKEN."""
    act = scene.acted()
    if scene.all_of(Table, "code = %s", body.code):
        raise Refused(Refusal.CODE_TAKEN, {"code": body.code})
    table = Table(
        id=act.new_id(),
        casino_id=scene.casino_id,
        code=body.code,
        name=body.name or body.code,
        pit=body.pit,
        game_type=body.game_type,
        limits=body.limits,
        status=TableStatus.ACTIVE,
        last_ordinal=0,
    )
    since = scene.house.calendar.day_of(scene.there_since)
    new: list[Any] = [table, revision_of(scene, table, since=since)]
    if not body.without_box:
        first = body.first_box or FirstBox(code=body.code)
        if scene.all_of(Box, "code = %s", first.code):
            raise Refused(Refusal.CODE_TAKEN, {"box": first.code})
        box = Box(
            id=act.new_id(),
            casino_id=scene.casino_id,
            code=first.code,
            table_id=table.id,
            kind=BoxKind.TABLE,
        )
        mount = new_mount(
            act=replace(act, occurred_at=scene.there_since),
            facts=TableFacts(table=table),
            box=box,
            is_free=True,
            in_play=first.in_play,
        )
        new += [box, mount]
    return table, new


def _register_table(scene: Scene, body: RegisterTable) -> Decision:
    table, new = registered(scene, body)
    return Decision(new=tuple(new), subject_id=table.id)


def revision_of(scene: Scene, table: Table, *, since: date) -> TableRevision:
    """What a table is from a gaming day on, as the record keeps it (BASE-7)."""
    act = scene.acted()
    return TableRevision(
        id=act.new_id(),
        casino_id=scene.casino_id,
        table_id=table.id,
        effective_from_gaming_day=since,
        name=table.name,
        pit=table.pit,
        game_type=table.game_type,
        limits=table.limits,
        status=table.status,
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
    )


REGISTER_TABLE = Command(
    name="register_table",
    body=RegisterTable,
    step="settings",
    find=the_casino,
    check=_check_table,
    decide=_register_table,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeTable:
    """What a table is called, where it stands, what is dealt, whether it is available."""

    name: str | None = None
    pit: str | None = None
    game_type: str | None = None
    limits: Mapping[str, int] | None = None
    status: TableStatus | None = None


def _check_change_table(scene: Scene, body: ChangeTable) -> ChangeTable:
    _check_limits(body.limits)
    return body


def _change_table(scene: Scene, body: ChangeTable) -> Decision:
    """Append the revision; a table with chips in its last closing cannot be decommissioned
    (SESS-2).
    """
    table = scene.on_table().table
    given: dict[str, Any] = {
        "name": body.name,
        "pit": body.pit,
        "game_type": body.game_type,
        "limits": body.limits,
        "status": body.status,
    }
    now = replace(table, **{name: value for name, value in given.items() if value is not None})
    if now == table:
        return Decision(subject_id=table.id, changed_nothing=True)
    if now.status == TableStatus.CLOSED and table.status != TableStatus.CLOSED:
        _check_empty(scene.on_table())
    return Decision(
        new=(revision_of(scene, now, since=scene.today),), changed=(now,), subject_id=table.id
    )


def _check_empty(facts: TableFacts) -> None:
    counted: list[Snapshot] = sorted(facts.snapshots, key=lambda each: each.occurred_at)
    live = any(session.phase in ("OPENING", "OPEN", "CLOSING") for session in facts.sessions)
    if live or (counted and counted[-1].total_cents > 0):
        left = counted[-1].total_cents if counted else None
        raise Refused(Refusal.TABLE_NOT_EMPTY, {"last_count_cents": left, "live": live})


CHANGE_TABLE = Command(
    name="change_table",
    body=ChangeTable,
    step="settings",
    find=the_table,
    check=_check_change_table,
    decide=_change_table,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class AddChip:
    """A chip type from a gaming day on (CHIP-5)."""

    code: str
    cents: int
    colour: str
    set: str
    in_bank: bool
    effective_from_gaming_day: date | None = None


def _check_chip(scene: Scene, body: AddChip) -> AddChip:
    checked_cents(body.cents, pointer="/cents")
    _check_code(body)
    if body.set == "VALUE" and body.cents == 0:
        error = FieldError("/cents", Refusal.SHAPE.name, "A value chip is worth something.")
        raise Refused(Refusal.SHAPE, errors=[error])
    return body


def _check_code(body: AddChip) -> None:
    """A bare amount is a value chip's key; under it no other type could be counted (CHIP-5)."""
    if body.set != "VALUE" and body.code.isascii() and body.code.isdigit():
        error = FieldError("/code", Refusal.SHAPE.name, "An amount is the code of a value chip.")
        raise Refused(Refusal.SHAPE, errors=[error])


def _check_change(scene: Scene, body: AddChip, since: date) -> None:
    """A chip that is known is worth something else from a coming gaming day on, never from before
    (BASE-7); its colour may be put right at once.
    """
    known = scene.house.chips_on(scene.today).types
    before = next((each for each in known if each.code == body.code), None)
    if before is None:
        return
    same = (before.cents, before.chip_set, before.in_bank) == (body.cents, body.set, body.in_bank)
    earliest = scene.today if same else scene.today + timedelta(days=1)
    if since < earliest:
        raise Refused(
            Refusal.EFFECTIVE_DAY_PASSED, {"earliest": str(earliest), "given": str(since)}
        )


def _add_chip(scene: Scene, body: AddChip) -> Decision:
    act = scene.acted()
    since = body.effective_from_gaming_day or scene.house.calendar.day_of(scene.there_since)
    _check_change(scene, body, since)
    chip = ChipType(
        id=act.new_id(),
        casino_id=scene.casino_id,
        code=body.code,
        cents=body.cents,
        colour=body.colour,
        chip_set=body.set,
        in_bank=body.in_bank,
        effective_from_gaming_day=since,
        recorded_at=act.recorded_at,
    )
    return Decision(new=(chip,), subject_id=chip.id)


ADD_CHIP = Command(
    name="add_chip",
    body=AddChip,
    step="settings",
    find=the_casino,
    check=_check_chip,
    decide=_add_chip,
    creates=True,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeShifts:
    """The shift schedule from a coming gaming day on; past shifts never move (TIME-3)."""

    effective_from_gaming_day: date
    shifts: Sequence[Mapping[str, str]]


def _check_shifts(scene: Scene, body: ChangeShifts) -> ChangeShifts:
    start = scene.house.casino.gaming_day_start
    return replace(body, shifts=check_schedule([dict(each) for each in body.shifts], start=start))


def _change_shifts(scene: Scene, body: ChangeShifts) -> Decision:
    act = scene.acted()
    earliest = scene.today + timedelta(days=1)
    if body.effective_from_gaming_day < earliest:
        raise Refused(Refusal.EFFECTIVE_DAY_PASSED, {"earliest": str(earliest)})
    row = ShiftScheduleRow(
        id=act.new_id(),
        casino_id=scene.casino_id,
        effective_from_gaming_day=body.effective_from_gaming_day,
        shifts=tuple(body.shifts),
        recorded_at=act.recorded_at,
        recorded_by=act.actor_id,
    )
    return Decision(new=(row,), subject_id=row.id)


CHANGE_SHIFTS = Command(
    name="change_shifts",
    body=ChangeShifts,
    step="settings",
    find=the_casino,
    check=_check_shifts,
    decide=_change_shifts,
    creates=True,
)
