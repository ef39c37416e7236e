"""The opener/closer chain of a gaming day or a run of them, table by table (INV-12, SESS-5).

How a link holds is decided in `domain.opener_closer_chain`. The sessions are found over
`table_session_by_day`, their facts in three statements however many tables there are; the cost
grows with the days asked for, not with history.
"""

from collections import defaultdict
from datetime import date
from uuid import UUID

from tablebank.domain.blind import hidden_sessions
from tablebank.domain.decisions import House
from tablebank.domain.facts import Finding
from tablebank.domain.opener_closer_chain import TableChain, chain_of, veiled_chain
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.scope import Cursor


def chains_of_days(
    cursor: Cursor, house: House, *, first: date, last: date, blind: bool
) -> tuple[TableChain, ...]:
    """The chains of every table with a session on these gaming days, by pit and table code.

    `blind`: the reader may count a tray, and sees no amount of a count that one to come is held
    against (SNAP-4).
    """
    rows = cursor.execute(
        "select table_id, id from table_session"
        " where casino_id = %s and gaming_day between %s and %s"
        " and phase not in ('READY_TO_OPEN', 'VOIDED')",
        [house.casino.id, first, last],
    ).fetchall()
    by_table: dict[UUID, list[UUID]] = defaultdict(list)
    for table_id, session_id in rows:
        by_table[table_id].append(session_id)
    behind = facts_of_tables(
        cursor, house.casino.id, [session_id for _, session_id in rows], wanted=(Finding,)
    )
    found: list[TableChain] = []
    for session_ids in by_table.values():
        facts = behind[session_ids[0]]
        chain = chain_of(house=house, facts=facts, session_ids=session_ids)
        if chain is not None:
            found.append(veiled_chain(chain, hidden_sessions(facts)) if blind else chain)
    return tuple(sorted(found, key=lambda each: (each.pit, each.table_code)))
