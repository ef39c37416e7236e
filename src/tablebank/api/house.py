"""Casino, people, tables, chips, shifts, par: the addresses of what an administrator keeps."""

from typing import Any

from tablebank.api import asking, render, shapes
from tablebank.api.asking import page
from tablebank.api.door import clock, found
from tablebank.api.endpoint import R, Read, Write
from tablebank.commands import house, people, pits
from tablebank.domain.authority import SEES_PEOPLE, STEPS
from tablebank.queries import house_book
from tablebank.queries.doors import View
from tablebank.queries.floor import floor
from tablebank.queries.setting_up import readiness_of, readiness_sheet


def _me(view: View, at: Any, query: Any) -> Any:
    person = house_book.staff_sheet(view.caller.staff)
    return {"casino_id": view.casino_id, "staff": person, "now": view.now}


def _casino(view: View, at: Any, query: Any) -> Any:
    return house_book.casino_sheet(view.house, day=view.today)


def _setup(view: View, at: Any, query: Any) -> Any:
    view.only_for(STEPS["import_par"].callers)
    return readiness_sheet(readiness_of(view, at=clock()))


def _staff(view: View, at: Any, query: asking.Listing) -> Any:
    view.only_for(SEES_PEOPLE)
    items, ids = house_book.staff(view.cursor, view.casino_id, asked=query.asked)
    return page(items, ids)


def _tokens(view: View, at: Any, query: asking.Listing) -> Any:
    view.only_for(SEES_PEOPLE)
    items, ids = house_book.tokens(view.cursor, view.casino_id, asked=query.asked)
    return page(items, ids)


def _chips(view: View, at: Any, query: asking.OnDay) -> Any:
    items = house_book.chips_sheet(view.house, day=query.gaming_day or view.today)
    return {"items": items, "next_cursor": None}


def _tables(view: View, at: Any, query: asking.Listing) -> Any:
    ids = house_book.table_ids(view.cursor, view.casino_id, asked=query.asked)
    return page(
        house_book.tables_by_id(view.cursor, view.house, ids.ids, day=view.today, blind=view.blind),
        ids,
    )


def _table(view: View, at: Any, query: Any) -> Any:
    return found(
        house_book.tables_by_id(view.cursor, view.house, [at], day=view.today, blind=view.blind)
    )[0]


def _shifts(view: View, at: Any, query: asking.Shifts) -> Any:
    calendar = view.house.calendar
    if query.at is not None:
        return {"items": [calendar.shift_at(query.at)], "next_cursor": None}
    return {"items": calendar.shifts_of(query.gaming_day or view.today), "next_cursor": None}


def _shift_now(view: View, at: Any, query: Any) -> Any:
    return view.house.calendar.shift_at(view.now)


def _schedules(view: View, at: Any, query: Any) -> Any:
    items = [house_book.schedule_sheet(row) for row in view.house.schedules]
    return {"items": items, "next_cursor": None}


def _drop_schedules(view: View, at: Any, query: Any) -> Any:
    rows = house_book.drop_schedules(view.cursor, view.casino_id)
    return {"items": [house_book.drop_schedule_sheet(row) for row in rows], "next_cursor": None}


def _floor(view: View, at: Any, query: Any) -> Any:
    rows = floor(view.cursor, view.house, now=view.now, blind=view.blind)
    return {"items": rows, "now": view.now, "next_cursor": None}


ENDPOINTS: tuple[Read | Write, ...] = (
    Read(path="/me", tag="casino", summary="Who you are here", answer=_me),
    Read(path="/casino", tag="casino", summary="The casino and its settings", answer=_casino),
    Write(
        method="PATCH",
        path="/casino",
        tag="casino",
        summary="Change name, settings or Table Bank Mode",
        command=house.CHANGE_CASINO,
        shape=shapes.CasinoIn,
        render=render.the_casino,
        refuses=(R.SETTING_INVALID, R.EFFECTIVE_DAY_PASSED),
    ),
    Read(
        path="/setup",
        tag="casino",
        summary="How far the casino is set up: what is ready, and what is missing",
        answer=_setup,
    ),
    Read(path="/staff", tag="people", summary="People", query=asking.Listing, answer=_staff),
    Write(
        path="/staff",
        tag="people",
        summary="Add a person",
        command=people.ADD_STAFF,
        shape=shapes.StaffIn,
        render=render.the_person,
        refuses=(R.BADGE_TAKEN,),
    ),
    Write(
        method="PATCH",
        path="/staff/{id}",
        tag="people",
        summary="Change a person's name, roles or whether they work here",
        command=people.CHANGE_STAFF,
        shape=shapes.StaffChangeIn,
        render=render.the_person,
        refuses=(R.SIGNER_INVOLVED,),
    ),
    Write(
        path="/staff/{id}/pin",
        tag="people",
        summary="Choose one's own PIN, or set a first one",
        command=people.SET_PIN,
        shape=shapes.PinIn,
        render=render.the_person,
    ),
    Write(
        path="/staff/{id}/unlock",
        tag="people",
        summary="Unlock a badge after wrong PINs",
        command=people.UNLOCK,
        shape=shapes.PlainIn,
        render=render.the_person,
    ),
    Read(path="/tokens", tag="people", summary="Tokens", query=asking.Listing, answer=_tokens),
    Write(
        path="/tokens",
        tag="people",
        summary="Create a token; its text is shown once",
        command=people.CREATE_TOKEN,
        shape=shapes.TokenIn,
        render=render.the_new_token,
        refuses=(R.REFERENCE_UNKNOWN,),
    ),
    Write(
        method="DELETE",
        path="/tokens/{id}",
        tag="people",
        summary="Revoke a token",
        command=people.REVOKE_TOKEN,
        shape=shapes.PlainIn,
        render=render.the_token,
    ),
    Read(path="/chips", tag="casino", summary="Chips", query=asking.OnDay, answer=_chips),
    Write(
        path="/chips",
        tag="casino",
        summary="Add a chip type from a gaming day on",
        command=house.ADD_CHIP,
        shape=shapes.ChipIn,
        render=render.the_chip,
        refuses=(R.EFFECTIVE_DAY_PASSED,),
    ),
    Read(path="/tables", tag="tables", summary="Tables", query=asking.Listing, answer=_tables),
    Write(
        path="/tables",
        tag="tables",
        summary="Register a table with its first box",
        command=house.REGISTER_TABLE,
        shape=shapes.TableIn,
        render=render.the_table,
        refuses=(R.CODE_TAKEN,),
    ),
    Read(path="/tables/{id}", tag="tables", summary="A table", answer=_table),
    Write(
        method="PATCH",
        path="/tables/{id}",
        tag="tables",
        summary="Change a table; what it was stays on record",
        command=house.CHANGE_TABLE,
        shape=shapes.TableChangeIn,
        render=render.the_table,
        refuses=(R.TABLE_NOT_EMPTY,),
    ),
    Read(
        path="/shifts",
        tag="shifts",
        summary="The shifts of a gaming day, or the one at an instant",
        query=asking.Shifts,
        answer=_shifts,
    ),
    Read(path="/shifts/current", tag="shifts", summary="The shift now", answer=_shift_now),
    Read(path="/shift-schedules", tag="shifts", summary="Shift schedules", answer=_schedules),
    Write(
        path="/shift-schedules",
        tag="shifts",
        summary="Change the shifts from a coming gaming day on",
        command=house.CHANGE_SHIFTS,
        shape=shapes.ShiftScheduleIn,
        render=render.the_schedule,
        refuses=(R.EFFECTIVE_DAY_PASSED,),
    ),
    Read(
        path="/drop-schedules",
        tag="drops",
        summary="Drop schedules, oldest first",
        answer=_drop_schedules,
    ),
    Write(
        path="/drop-schedules",
        tag="drops",
        summary="Change when boxes are dropped, from a gaming day on",
        command=pits.CHANGE_DROP_SCHEDULE,
        shape=shapes.DropScheduleIn,
        render=render.the_drop_schedule,
        refuses=(R.EFFECTIVE_DAY_PASSED, R.REFERENCE_UNKNOWN),
    ),
    Write(
        path="/pits/rename",
        tag="tables",
        summary="Call a pit by another name, at all of its tables",
        command=pits.RENAME_PIT,
        shape=shapes.PitIn,
        render=render.the_pit,
        refuses=(R.CODE_TAKEN, R.REFERENCE_UNKNOWN),
    ),
    Read(path="/floor", tag="tables", summary="The whole floor", answer=_floor),
)
