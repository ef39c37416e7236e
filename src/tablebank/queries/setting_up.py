"""How far a casino is set up: everything that the next shift asks for, read at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from tablebank.domain.authority import SEES_PEOPLE
from tablebank.domain.drop_schedule import schedule_in_force
from tablebank.domain.par import Pars, mode_in_force
from tablebank.domain.par_proposals import PROPOSED
from tablebank.domain.readiness import (
    Checked,
    HouseStanding,
    Item,
    PersonStanding,
    Readiness,
    TableStanding,
    readiness,
)
from tablebank.domain.terms import Role, TableStatus
from tablebank.queries import settings_book
from tablebank.queries.doors import View
from tablebank.queries.house_book import drop_schedules, pars_of
from tablebank.queries.settings_book import TableLine


def readiness_of(
    view: View,
    *,
    at: datetime,
    tables: Sequence[TableLine] | None = None,
    pars: Pars | None = None,
) -> Readiness:
    """What is ready and what is missing before the next shift can be opened (SESS-3, PAR-11).

    `at` is the server's clock, which tokens go by. Whose PIN is missing is told to those alone who
    see the people; the others learn how many. Who has read tables and pars already gives them.
    """
    if tables is None:
        tables = settings_book.tables(view.cursor, view.casino_id)
    standing = _tables(view, tables, pars or pars_of(view.cursor, view.house))
    found = readiness(_standing(view, standing, at=at))
    if view.caller.roles & SEES_PEOPLE:
        return found
    told = tuple(_without_names(each) for each in found.items)
    return replace(found, items=told)


def readiness_sheet(found: Readiness) -> dict[str, Any]:
    """What was found, as programs read it."""
    return {
        "next_step": found.next_step,
        "can_open": found.can_open,
        "has_begun": found.has_begun,
        "tables": found.tables,
        "tables_ready": found.tables_ready,
        "items": [_item_sheet(each) for each in found.items],
    }


def _item_sheet(each: Checked) -> dict[str, Any]:
    return {
        "item": each.item,
        "stops": each.stops,
        "is_met": each.is_met,
        "have": each.have,
        "wanted": each.wanted,
        "about": list(each.about),
    }


def _without_names(each: Checked) -> Checked:
    return replace(each, about=()) if each.item is Item.PINS else each


def _standing(view: View, tables: Sequence[TableStanding], *, at: datetime) -> HouseStanding:
    cursor, casino_id, house, today = view.cursor, view.casino_id, view.house, view.today
    schedules = drop_schedules(cursor, casino_id)
    (waiting,) = cursor.execute(
        "select count(*) from par_proposal where casino_id = %s and status = %s",
        [casino_id, PROPOSED],
    ).fetchone() or (0,)
    return HouseStanding(
        mode=mode_in_force(house.modes, day=today),
        tables=tables,
        people=_people(view, at=at),
        has_chips=bool(house.chips_on(today)),
        box_required=house.settings.drop_box_required,
        pits_with_schedule=frozenset(
            pit
            for pit in {each.pit for each in tables}
            if schedule_in_force(schedules, pit=pit, day=today) is not None
        ),
        proposals=waiting,
        has_begun=view.has_begun,
    )


def _tables(view: View, tables: Sequence[TableLine], pars: Pars) -> list[TableStanding]:
    return [
        TableStanding(
            code=each.code,
            pit=each.pit,
            status=TableStatus(each.status),
            game_type=each.game_type,
            box=each.box,
            par_total_cents=pars.on(
                view.today, table_id=each.id, game_type=each.game_type
            ).par_total_cents,
        )
        for each in tables
    ]


def _people(view: View, *, at: datetime) -> list[PersonStanding]:
    speaking = {
        each.staff_id
        for each in settings_book.tokens(view.cursor, view.casino_id)
        if each.revoked_at is None and (each.expires_at is None or each.expires_at > at)
    }
    return [
        PersonStanding(
            badge=each.sheet.badge,
            roles=frozenset(Role(role) for role in each.sheet.roles),
            chose_pin=each.chose_pin,
            can_sign_in=each.has_password or each.sheet.id in speaking,
        )
        for each in settings_book.people(view.cursor, view.casino_id, at=at)
        if each.sheet.active
    ]
