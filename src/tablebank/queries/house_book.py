"""The casino, its tables, chips, shifts, par and people as they are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.authority import department_of
from tablebank.domain.decisions import House
from tablebank.domain.establishment import (
    ChipType,
    DropScheduleRow,
    ParPolicy,
    ParProposal,
    ShiftScheduleRow,
    Staff,
)
from tablebank.domain.facts import Session, Table, TableRevision
from tablebank.domain.par import ParInForce, Pars, game_type_on, mode_in_force
from tablebank.domain.settings import as_mapping
from tablebank.domain.terms import LIVE
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.queries.session_sheet import sessions_by_id
from tablebank.store.load import load_house, load_many, of
from tablebank.store.scope import Cursor


def casino_sheet(house: House, *, day: date) -> dict[str, Any]:
    """The casino as `docs/interface.md` has it, with mode and chips in force on a gaming day."""
    casino = house.casino
    return {
        "id": casino.id,
        "slug": casino.slug,
        "name": casino.name,
        "timezone": casino.timezone,
        "currency": casino.currency,
        "gaming_day_start": casino.gaming_day_start.strftime("%H:%M"),
        "table_bank_mode": mode_in_force(house.modes, day=day),
        "simulated": casino.simulated,
        "profile": house.profile_on(day).code,
        "denominations": chips_sheet(house, day=day),
        "settings": as_mapping(house.settings),
    }


def chips_sheet(house: House, *, day: date) -> list[dict[str, Any]]:
    """The chips the casino knows on a gaming day, highest value first (CHIP-5)."""
    known = house.chips_on(day).types
    return [chip_sheet(each) for each in sorted(known, key=lambda each: (-each.cents, each.code))]


def chip_sheet(chip: ChipType) -> dict[str, Any]:
    return {
        "id": chip.id,
        "code": chip.code,
        "cents": chip.cents,
        "colour": chip.colour,
        "set": chip.chip_set,
        "in_bank": chip.in_bank,
        "effective_from_gaming_day": chip.effective_from_gaming_day,
    }


def schedule_sheet(row: ShiftScheduleRow) -> dict[str, Any]:
    """One row of the shift schedule (TIME-3)."""
    return {
        "id": str(row.id),
        "effective_from_gaming_day": str(row.effective_from_gaming_day),
        "shifts": [dict(each) for each in row.shifts],
    }


def drop_schedules(cursor: Cursor, casino_id: UUID) -> tuple[DropScheduleRow, ...]:
    """Every row of the drop schedule, oldest first (BOX-3)."""
    return load_many(cursor, DropScheduleRow, of(casino_id))


def drop_schedule_sheet(row: DropScheduleRow) -> dict[str, Any]:
    """One row of the drop schedule; without a pit it holds wherever no pit has one."""
    return {
        "id": row.id,
        "effective_from_gaming_day": row.effective_from_gaming_day,
        "pit": row.pit,
        "at": list(row.at),
        "window_minutes": row.window_minutes,
        "grace_minutes": row.grace_minutes,
        "reason": row.reason,
    }


def house_now(cursor: Cursor, casino_id: UUID) -> House:
    """The casino as it stands in this transaction, changes of this command included."""
    return load_house(cursor, casino_id).house


@dataclass(frozen=True, kw_only=True, slots=True)
class TableSheet:
    """A table as `docs/interface.md` has it; par is a target, never a count (PAR-6)."""

    id: UUID
    code: str
    name: str
    pit: str
    game_type: str | None
    limits: Mapping[str, int] | None
    status: str
    mounted_box: str | None
    par_total_cents: int | None
    par_set_at: datetime | None
    par_set_by: UUID | None
    table_bank_mode: str
    live_session_id: UUID | None
    need_now_cents: int | None
    in_transit_cents: int
    counts_hidden: bool
    """Whether what it needs now is not shown because the reader is to count it (SNAP-4)."""


def table_ids(cursor: Cursor, casino_id: UUID, *, asked: Asked) -> Ids:
    """One page of the casino's tables."""
    return ids_of(
        cursor,
        "select kept.id from gaming_table kept where kept.casino_id = %(casino)s",
        {"casino": casino_id},
        asked=asked,
    )


def tables_by_id(
    cursor: Cursor, house: House, table_ids: Collection[UUID], *, day: date, blind: bool
) -> tuple[TableSheet, ...]:
    """The sheets of these tables as they stand on a gaming day, in the order asked.

    `blind`: the reader may count a tray, and is not shown what tells of a count to come (SNAP-4).
    """
    casino_id, wanted = house.casino.id, list(table_ids)
    tables = {
        each.id: each for each in load_many(cursor, Table, of(casino_id, "id = any(%s)", wanted))
    }
    pars = pars_of(cursor, house)
    live = {
        each.table_id: each.id
        for each in load_many(
            cursor,
            Session,
            of(
                casino_id,
                "table_id = any(%s) and phase = any(%s)",
                wanted,
                [phase.value for phase in LIVE],
            ),
        )
    }
    seen = sessions_by_id(cursor, casino_id, list(live.values()), blind=blind)
    sheets = {each.id: each for each in seen}
    boxes = _mounted(cursor, casino_id, wanted)
    in_transit = _in_transit(cursor, casino_id, wanted)
    found = []
    for table_id in wanted:
        if table_id not in tables:
            continue
        table, session = tables[table_id], sheets.get(live.get(table_id, table_id))
        par = pars.on(day, table_id=table.id, game_type=table.game_type)
        found.append(
            TableSheet(
                id=table.id,
                code=table.code,
                name=table.name,
                pit=table.pit,
                game_type=table.game_type,
                limits=table.limits,
                status=table.status,
                mounted_box=boxes.get(table.id),
                par_total_cents=par.par_total_cents,
                par_set_at=par.approved_at,
                par_set_by=par.approved_by,
                table_bank_mode=par.table_bank_mode,
                live_session_id=live.get(table.id),
                need_now_cents=session.need_now_cents if session else None,
                in_transit_cents=in_transit.get(table.id, 0),
                counts_hidden=session is not None and session.counts_hidden,
            )
        )
    return tuple(found)


def pars_of(cursor: Cursor, house: House) -> Pars:
    """Every row of policy there is, to be asked for any table and day."""
    return Pars.of(all_policies(cursor, house.casino.id), house.modes)


def par_of_table(cursor: Cursor, house: House, table_id: UUID, *, day: date) -> ParInForce | None:
    """The par in force for one table on a gaming day, or None where there is no such table.

    By the game it had on that day: what is dealt today tells nothing of the days before (BASE-7).
    """
    revisions = load_many(cursor, TableRevision, of(house.casino.id, "table_id = %s", table_id))
    if not revisions:
        return None
    game_type = game_type_on(revisions, day=day)
    return pars_of(cursor, house).on(day, table_id=table_id, game_type=game_type)


def _in_transit(cursor: Cursor, casino_id: UUID, table_ids: list[UUID]) -> dict[UUID, int]:
    """What is on the road from or to each table, whichever session it belongs to (SLIP-10)."""
    rows = cursor.execute(
        "select table_id, sum(total_cents)::bigint from slip where casino_id = %s"
        " and table_id = any(%s) and status in ('ISSUED', 'PICKED_UP') group by table_id",
        [casino_id, table_ids],
    ).fetchall()
    return {table_id: cents for table_id, cents in rows}  # noqa: C416 - says what the columns are


def _mounted(cursor: Cursor, casino_id: UUID, table_ids: list[UUID]) -> dict[UUID, str]:
    rows = cursor.execute(
        "select m.table_id, b.code from box_mount m"
        "  join drop_box b on b.casino_id = m.casino_id and b.id = m.box_id"
        " where m.casino_id = %s and m.table_id = any(%s) and m.taken_off_at is null",
        [casino_id, table_ids],
    ).fetchall()
    return {table_id: code for table_id, code in rows}  # noqa: C416 - says what the columns are


def policies(
    cursor: Cursor, casino_id: UUID, *, asked: Asked, table_id: UUID | None
) -> tuple[tuple[ParPolicy, ...], Ids]:
    """One page of par policy rows, oldest first; by table, the rows of that table alone."""
    page = ids_of(
        cursor,
        "select kept.id from par_policy kept where kept.casino_id = %(casino)s"
        " and (%(table)s::uuid is null or kept.table_id = %(table)s)",
        {"casino": casino_id, "table": table_id},
        asked=asked,
    )
    return load_many(cursor, ParPolicy, of(casino_id, "id = any(%s)", list(page.ids))), page


def all_policies(cursor: Cursor, casino_id: UUID) -> tuple[ParPolicy, ...]:
    """Every par policy row of the casino, oldest first."""
    return load_many(cursor, ParPolicy, of(casino_id))


def policy_or_proposal(
    cursor: Cursor, casino_id: UUID, row_id: UUID
) -> ParPolicy | ParProposal | None:
    """A policy row, or the proposal that stands where its author may not approve (PAR-4)."""
    found = load_many(cursor, ParPolicy, of(casino_id, "id = %s", row_id))
    if found:
        return found[0]
    proposed = load_many(cursor, ParProposal, of(casino_id, "id = %s", row_id))
    return proposed[0] if proposed else None


@dataclass(frozen=True, kw_only=True, slots=True)
class StaffSheet:
    """A person as `docs/interface.md` has it."""

    id: UUID
    badge: str
    name: str
    licence: str | None
    department: str
    roles: tuple[str, ...]
    active: bool


def staff_sheet(person: Staff) -> StaffSheet:
    return StaffSheet(
        id=person.id,
        badge=person.badge,
        name=person.name,
        licence=person.licence,
        department=department_of(person.roles),
        roles=tuple(role.value for role in person.roles),
        active=person.active,
    )


def staff(cursor: Cursor, casino_id: UUID, *, asked: Asked) -> tuple[tuple[StaffSheet, ...], Ids]:
    """One page of the casino's people."""
    page = ids_of(
        cursor,
        "select kept.id from staff kept where kept.casino_id = %(casino)s",
        {"casino": casino_id},
        asked=asked,
    )
    return staff_by_id(cursor, casino_id, page.ids), page


def staff_by_id(
    cursor: Cursor, casino_id: UUID, staff_ids: Collection[UUID]
) -> tuple[StaffSheet, ...]:
    found = load_many(cursor, Staff, of(casino_id, "id = any(%s)", list(staff_ids)))
    return tuple(staff_sheet(each) for each in found)


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenSheet:
    """A token without its secret, which nobody can read again."""

    id: UUID
    staff_id: UUID
    badge: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None


def tokens(cursor: Cursor, casino_id: UUID, *, asked: Asked) -> tuple[tuple[TokenSheet, ...], Ids]:
    """One page of the casino's tokens."""
    page = ids_of(
        cursor,
        "select kept.id from api_token kept where kept.casino_id = %(casino)s",
        {"casino": casino_id},
        asked=asked,
    )
    return tokens_by_id(cursor, casino_id, page.ids), page


def tokens_by_id(
    cursor: Cursor, casino_id: UUID, token_ids: Collection[UUID]
) -> tuple[TokenSheet, ...]:
    rows = cursor.execute(
        "select t.id, t.staff_id, s.badge, t.created_at, t.expires_at, t.revoked_at"
        "  from api_token t join staff s on s.casino_id = t.casino_id and s.id = t.staff_id"
        " where t.casino_id = %s and t.id = any(%s) order by t.id",
        [casino_id, list(token_ids)],
    ).fetchall()
    return tuple(
        TokenSheet(
            id=row[0],
            staff_id=row[1],
            badge=row[2],
            created_at=row[3],
            expires_at=row[4],
            revoked_at=row[5],
        )
        for row in rows
    )
