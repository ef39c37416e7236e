"""Reading a whole gaming day: every table that has a session of it, with all that hangs on them.

Closing the day reads this under the locks of all tables, a page without any; what it means is in
`domain.gaming_day_state`.
"""

from datetime import date
from uuid import UUID

from tablebank.domain.day_closes import DayClose
from tablebank.domain.decisions import House
from tablebank.domain.facts import Finding, Table
from tablebank.domain.findings.slip_number_gap import SLIP_NUMBER_GAP
from tablebank.domain.gaming_day_state import DayFacts, JournalMark
from tablebank.domain.number_accounts import gaps
from tablebank.store.load import load_facts_of_tables, load_many, of
from tablebank.store.number_accounts import Days, number_accounts
from tablebank.store.scope import Cursor


def lock_tables(cursor: Cursor, casino_id: UUID) -> None:
    """Every table of the casino under its lock, in the one order in which many are taken.

    Whoever writes about any table waits; what they write afterwards comes after it.
    """
    load_many(cursor, Table, of(casino_id, "true order by id for update"))


def load_day(cursor: Cursor, house: House, day: date) -> DayFacts:
    """Everything on record that closing this gaming day needs, the tables by id."""
    casino_id = house.casino.id
    rows = cursor.execute(
        "select table_id, id from table_session where casino_id = %s and gaming_day = %s",
        [casino_id, day],
    ).fetchall()
    ids = list({table_id for table_id, _ in rows})
    tables = load_many(cursor, Table, of(casino_id, "id = any(%s)", ids))
    behind = load_facts_of_tables(cursor, tables, focus=[session_id for _, session_id in rows])
    numbers = number_accounts(cursor, house, Days(first=day, last=day))
    findings = load_many(
        cursor,
        Finding,
        of(
            casino_id,
            "((stops = 'day' and status = 'OPEN') or (kind = %s and subject_id = any(%s)))",
            SLIP_NUMBER_GAP.name,
            list(gaps(numbers)),
        ),
    )
    return DayFacts(
        day=day,
        tables=tuple(behind[each.id] for each in tables),
        numbers=numbers,
        findings=findings,
        closes=closes_of(cursor, casino_id, day),
        journal=_journal(cursor, casino_id),
    )


def closes_of(cursor: Cursor, casino_id: UUID, day: date) -> tuple[DayClose, ...]:
    """The revisions of a closed gaming day, the oldest first; none while it is open."""
    found = load_many(cursor, DayClose, of(casino_id, "gaming_day = %s", day))
    return tuple(sorted(found, key=lambda each: each.revision))


def _journal(cursor: Cursor, casino_id: UUID) -> JournalMark:
    row = cursor.execute(
        "select number, hash from journal_head where casino_id = %s", [casino_id]
    ).fetchone()
    if row is None:
        raise LookupError(f"casino {casino_id} has no journal")
    return JournalMark(number=row[0], hash=row[1])
