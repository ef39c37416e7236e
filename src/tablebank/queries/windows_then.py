"""Window win/loss as it was known at an earlier instant (RUN-9): an auditor's question.

Read from the facts themselves, with what was recorded later left away; the journal tells when it
was recorded that a session opened and ended. Slower than today's answer, and rarely asked.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.facts import SlipStep, Table, TableFacts
from tablebank.domain.windows.asked import TableSeen, Window
from tablebank.domain.windows.known_at import Lived, known_at
from tablebank.domain.windows.win_loss import win_loss
from tablebank.queries.buy_ins import buy_ins_known
from tablebank.queries.windows import (
    WindowRow,
    given_of,
    pars_of,
    readings_of,
    tables_there,
    tables_to_count,
    veiled,
)
from tablebank.store.load import load_facts_of_tables, load_many, of, statement
from tablebank.store.scope import Cursor


def window_rows_then(
    cursor: Cursor,
    house: House,
    window: Window,
    *,
    instant: datetime,
    blind: bool,
    tables: Collection[UUID] | None = None,
) -> tuple[WindowRow, ...]:
    """The window of each table as it was known at `instant` (UTC, the server's clock).

    Par and mode are those in force on the day, as far as they had been recorded by then. `blind`:
    a table whose tray the reader may still have to count is told without its counts (SNAP-4).
    """
    given = {**given_of(house, window, tables=tables), "instant": instant}
    there = tables_there(cursor, given)
    pars = pars_of(cursor, house, given, there=there)
    readings = readings_of(cursor, given)
    facts = _facts(cursor, house, given, [table.id for table in there])
    sessions = [session.id for each in facts.values() for session in each.sessions]
    lived = _lived(cursor, given, sessions)
    noted = buy_ins_known(cursor, house.casino.id, sessions, instant=instant)
    hidden = tables_to_count(cursor, given) if blind else {}
    rows = []
    for table in there:
        seen = TableSeen(
            facts=known_at(facts[table.id], instant, lived=lived),
            par=pars[table.id],
            observations=tuple(readings[table.id]),
            buy_ins=tuple(each for each in noted if each.table_id == table.id),
        )
        found = win_loss(seen, window)
        rows.append(WindowRow(table=table, answer=veiled(found) if table.id in hidden else found))
    return tuple(rows)


def _facts(
    cursor: Cursor, house: House, given: dict[str, Any], tables: list[UUID]
) -> dict[UUID, TableFacts]:
    """The facts of the sessions from the one before the start to the one after the end."""
    casino_id = house.casino.id
    rows = cursor.execute(statement("window_sessions"), {**given, "tables": tables})
    focus = [session_id for (session_id,) in rows.fetchall()]
    records = load_many(cursor, Table, of(casino_id, "id = any(%s)", tables))
    return load_facts_of_tables(cursor, records, focus=focus, wanted=(SlipStep,))


def _lived(cursor: Cursor, given: dict[str, Any], sessions: Collection[UUID]) -> dict[UUID, Lived]:
    """When it was recorded that each session opened, perhaps as it was prepared, and ended."""
    rows = cursor.execute(_LIVED, {**given, "sessions": list(sessions)})
    return {
        session_id: Lived(opened=opened, closed=closed, voided=voided)
        for session_id, opened, closed, voided in rows
    }


_LIVED = """
select session_id,
       coalesce(min(recorded_at) filter (where command = 'open_session'),
                min(recorded_at) filter (where command = 'prepare_session')),
       max(recorded_at) filter (where command in ('close_session', 'roll_over')),
       max(recorded_at) filter (where command = 'void_session')
  from journal_entry
 where casino_id = %(casino_id)s and session_id = any(%(sessions)s)
   and command in ('prepare_session', 'open_session', 'close_session', 'roll_over', 'void_session')
 group by session_id
"""
