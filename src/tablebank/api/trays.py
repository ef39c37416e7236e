"""The addresses at a tray beside its counts: begin a count, read by eye, note a buy-in."""

from typing import Any

from tablebank.api import asking, shapes, tray_shapes
from tablebank.api.answers import session
from tablebank.api.asking import page
from tablebank.api.endpoint import R, Read, Write
from tablebank.api.render import raised
from tablebank.commands import buy_ins as buy_in_commands
from tablebank.commands import trays
from tablebank.commands.perform import Done
from tablebank.domain.lifecycle import status_of
from tablebank.domain.plain import plain
from tablebank.domain.trays import CountStart
from tablebank.queries import buy_ins, session_sheet, tray_book
from tablebank.queries.doors import View

CHIPS = (R.CHIPSET_INVALID, R.DENOMINATION_UNKNOWN, R.TOTAL_MISMATCH, R.NEGATIVE_AMOUNT)


def the_count_start(cursor: Any, done: Done) -> Any:
    """The start under `count_id`, what it starts from, and what moved since the one it renews."""
    scene = done.scene
    start = next(each for each in done.decision.new if isinstance(each, CountStart))
    (sheet,) = session_sheet.sessions_by_id(
        cursor, scene.casino_id, [start.session_id], blind=scene.blind
    )
    return {
        "count_id": str(start.id),
        **plain(start),
        "expected_tray_cents": sheet.expected_tray_cents,
        "counts_hidden": sheet.counts_hidden,
        "moved": done.decision.outcome["moved"],
        "session_status": status_of(scene.session()),
    }


def the_idle_count(cursor: Any, done: Done) -> Any:
    """The count; its session and that one's status are null, for nobody played (SNAP-7)."""
    ids = [done.decision.subject_id]
    (sheet,) = session_sheet.snapshots_by_id(cursor, done.scene.casino_id, ids)
    return {**plain(sheet), "session_status": None, "exceptions_raised": raised(done)}


def the_observation(cursor: Any, done: Done) -> Any:
    ids = [done.decision.subject_id]
    return tray_book.observations_by_id(cursor, done.scene.casino_id, ids)[0]


def the_sheet(cursor: Any, done: Done) -> Any:
    """Everything that was read on one sheet, in the order it was sent."""
    ids = [each.id for each in done.decision.new]
    items = tray_book.observations_by_id(cursor, done.scene.casino_id, ids)
    return {"items": items}


def _observations(view: View, at: Any, query: asking.Listing) -> Any:
    session(view, at, query)
    items, ids = tray_book.observations_of(view.cursor, view.casino_id, at, asked=query.asked)
    return page(items, ids)


def the_buy_in(cursor: Any, done: Done) -> Any:
    ids = [done.decision.subject_id]
    return buy_ins.buy_ins_by_id(cursor, done.scene.casino_id, ids)[0]


def _buy_ins(view: View, at: Any, query: asking.Listing) -> Any:
    session(view, at, query)
    items, ids = buy_ins.buy_ins_of(view.cursor, view.casino_id, at, asked=query.asked)
    return page(items, ids)


TRAYS: tuple[Read | Write, ...] = (
    Write(
        path="/tables/{id}/idle-count",
        tag="tables",
        summary="Count the tray of a table that stands closed",
        command=trays.COUNT_IDLE,
        shape=tray_shapes.IdleCountIn,
        render=the_idle_count,
        refuses=(
            *CHIPS,
            R.SESSION_ALREADY_LIVE,
            R.PRECONDITIONS_MISSING,
            R.OPENING_VARIANCE_NEEDS_MANAGER,
        ),
    ),
    Write(
        path="/sessions/{id}/counts",
        tag="sessions",
        summary="Begin a count, or begin it anew",
        command=trays.START_COUNT,
        shape=tray_shapes.StartCountIn,
        render=the_count_start,
        refuses=(R.SESSION_NOT_OPENING, R.SESSION_NOT_OPEN, R.SESSION_NOT_CLOSING),
    ),
    Write(
        path="/sessions/{id}/observations",
        tag="sessions",
        summary="Note what was read in the tray by eye",
        command=trays.OBSERVE,
        shape=shapes.ObserveIn,
        render=the_observation,
        refuses=(*CHIPS, R.SESSION_NOT_OPEN),
    ),
    Read(
        path="/sessions/{id}/observations",
        tag="sessions",
        summary="Readings by eye: estimates",
        query=asking.Listing,
        answer=_observations,
    ),
    Write(
        path="/observations",
        tag="sessions",
        summary="Note a whole pit read by eye",
        command=trays.OBSERVE_SHEET,
        shape=shapes.ObserveSheetIn,
        render=the_sheet,
        refuses=(*CHIPS, R.SESSION_NOT_OPEN),
    ),
    Write(
        path="/sessions/{id}/buy-ins",
        tag="sessions",
        summary="Note a buy-in, or correct one: telemetry, never official",
        command=buy_in_commands.NOTE_BUY_IN,
        shape=shapes.BuyInIn,
        render=the_buy_in,
        refuses=(
            R.NEGATIVE_AMOUNT,
            R.REASON_REQUIRED,
            R.TELEMETRY_OFF,
            R.SESSION_NOT_OPEN,
            R.BUY_IN_SUPERSEDED,
        ),
    ),
    Read(
        path="/sessions/{id}/buy-ins",
        tag="sessions",
        summary="Buy-ins as they were noted, with their corrections",
        query=asking.Listing,
        answer=_buy_ins,
    ),
)
