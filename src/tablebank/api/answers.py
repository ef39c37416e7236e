"""What is answered about a table's life: sessions, slips, boxes, results, exceptions, journal."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.api import asking
from tablebank.api.asking import page
from tablebank.api.door import found
from tablebank.domain.authority import SEES_EXCEPTIONS, SEES_JOURNAL
from tablebank.domain.decisions import House
from tablebank.domain.lifecycle import is_lapsed
from tablebank.domain.plain import plain
from tablebank.domain.terms import Phase
from tablebank.queries import (
    drop_book,
    findings,
    journal,
    rundowns,
    session_lists,
    session_sheet,
    slip_book,
)
from tablebank.queries.doors import View
from tablebank.queries.session_sheet import SessionSheet


def sessions_shown(
    house: House, sheets: Iterable[SessionSheet], *, now: datetime
) -> list[dict[str, Any]]:
    """Sessions, and of one never opened that its shift is over: NOT_OPENED, derived (SESS-3)."""
    return [{**plain(each), "not_opened": _not_opened(house, each, now=now)} for each in sheets]


def _not_opened(house: House, sheet: SessionSheet, *, now: datetime) -> bool:
    shift = house.calendar.shift(sheet.gaming_day, sheet.shift_code)
    return shift is not None and is_lapsed(Phase(sheet.phase), shift_ends_at=shift.ends_at, now=now)


def sessions(view: View, at: Any, query: asking.Sessions) -> Any:
    ids = session_lists.session_ids(
        view.cursor,
        view.casino_id,
        asked=query.asked,
        table_id=query.table_id,
        shift_id=query.shift_id,
        gaming_day=query.gaming_day,
        status=query.status,
        live=query.live,
    )
    sheets = session_sheet.sessions_by_id(view.cursor, view.casino_id, ids.ids, blind=view.blind)
    return page(sessions_shown(view.house, sheets, now=view.now), ids)


def session(view: View, at: Any, query: Any) -> Any:
    sheets = found(
        session_sheet.sessions_by_id(view.cursor, view.casino_id, [at], blind=view.blind)
    )
    return sessions_shown(view.house, sheets, now=view.now)[0]


def snapshots(view: View, at: Any, query: Any) -> Any:
    session(view, at, query)
    items = session_sheet.snapshots_of(view.cursor, view.casino_id, at, blind=view.blind)
    return {"items": items, "next_cursor": None}


def rundown(view: View, at: Any, query: Any) -> Any:
    sheet = rundowns.rundown_for_session(view.cursor, view.casino_id, at, blind=view.blind)
    return found(sheet).as_json()


def group(view: View, at: Any, query: Any) -> Any:
    sheet = rundowns.rundown_for_group(view.cursor, view.casino_id, at, blind=view.blind)
    return found(sheet).as_json()


def reports(view: View, at: Any, query: Any) -> Any:
    session(view, at, query)
    items = rundowns.reports_of_session(view.cursor, view.casino_id, at)
    return {"items": items, "next_cursor": None}


def slips(view: View, at: Any, query: asking.Slips) -> Any:
    ids = slip_book.slip_ids(
        view.cursor,
        view.casino_id,
        asked=query.asked,
        session_id=query.session_id,
        status=query.status,
        kind=query.kind,
        number=query.number,
        in_transit=query.in_transit,
    )
    return page(slip_book.slips_by_id(view.cursor, view.casino_id, ids.ids), ids)


def slip(view: View, at: Any, query: Any) -> Any:
    return found(slip_book.slips_by_id(view.cursor, view.casino_id, [at]))[0]


def boxes(view: View, at: Any, query: asking.Listing) -> Any:
    items, ids = drop_book.boxes(view.cursor, view.casino_id, asked=query.asked)
    return page(items, ids)


def drops(view: View, at: Any, query: asking.Drops) -> Any:
    ids = drop_book.drop_ids(
        view.cursor,
        view.casino_id,
        asked=query.asked,
        session_id=query.session_id,
        state=query.state,
    )
    sheets = drop_book.drops_by_id(
        view.cursor, view.casino_id, ids.ids, manifests=view.sees_manifests, blind=view.blind
    )
    return page(sheets, ids)


def drop(view: View, at: Any, query: Any) -> Any:
    sheets = drop_book.drops_by_id(
        view.cursor, view.casino_id, [at], manifests=view.sees_manifests, blind=view.blind
    )
    return found(sheets)[0]


def exceptions(view: View, at: Any, query: asking.Exceptions) -> Any:
    view.only_for(SEES_EXCEPTIONS)
    ids = findings.exception_ids(
        view.cursor,
        view.casino_id,
        asked=query.asked,
        status=query.status,
        kind=query.kind,
        session_id=query.session_id,
        table_id=query.table_id,
        shift_id=query.shift_id,
    )
    return page(_exceptions_seen(view, ids.ids), ids)


def _exceptions_seen(view: View, ids: Collection[UUID]) -> Any:
    sheets = findings.exceptions_by_id(view.cursor, view.casino_id, ids)
    return findings.without_counts(view.cursor, view.casino_id, sheets) if view.blind else sheets


def exception(view: View, at: Any, query: Any) -> Any:
    view.only_for(SEES_EXCEPTIONS)
    return found(_exceptions_seen(view, [at]))[0]


def journal_page(view: View, at: Any, query: asking.After) -> Any:
    view.only_for(SEES_JOURNAL)
    after = query.after if query.cursor is None else query.cursor
    found_more = journal.entries_after(
        view.cursor, view.casino_id, after=after, limit=query.limit + 1
    )
    items = found_more[: query.limit]
    if view.blind:
        items = journal.veiled(view.cursor, view.casino_id, items)
    more = len(found_more) > query.limit
    return {"items": items, "next_cursor": str(items[-1].number) if more else None}


def verify(view: View, at: Any, query: Any) -> Any:
    view.only_for(SEES_JOURNAL)
    seen = journal.verify_chain(view.cursor, view.casino_id)
    return {
        "valid": seen.valid,
        "entries": seen.entries,
        "head_hash": seen.head_hash,
        "broken_at": seen.broken_at,
        "why": seen.why,
    }
