"""Keeping a shift's rundown once the shift is over and all of its sessions are final (SHIFT-1).

No person asks for it: it is a line of the sweep.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_shift
from tablebank.domain.boxes import session_of
from tablebank.domain.decisions import Decision
from tablebank.domain.facts import Report, Session, Table
from tablebank.domain.results import standing_reports
from tablebank.domain.shift_rundown import FinalResult, is_new, keep_shift_rundown
from tablebank.domain.shifts import ShiftRundown
from tablebank.domain.terms import Phase
from tablebank.store.load import (
    Known,
    load_facts_of_tables,
    load_many,
    of,
    statement,
)
from tablebank.store.save import lock_head
from tablebank.store.scope import Cursor

BEFORE_ALL = UUID(int=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeepShiftRundown:
    """Keep the rundown of the shift that the path names."""


def shifts_to_keep(
    cursor: Cursor, known: Known, *, now: datetime, since: UUID | None
) -> tuple[UUID, ...]:
    """The shifts that are over, final, and not kept as they now are, the oldest first.

    Of shifts that are kept already only reports with an id after `since` are looked at, all of them
    where it is None: an id tells when its row was made.
    """
    casino_id = known.house.casino.id
    asked = {"casino_id": casino_id, "since": since or BEFORE_ALL}
    rows = cursor.execute(statement("shifts_to_keep"), asked).fetchall()
    found = [known.house.calendar.shift_by_id(shift_id) for (shift_id,) in rows]
    over = [shift for shift in found if shift is not None and shift.ends_at <= now]
    return tuple(
        shift.id
        for shift in sorted(over, key=lambda each: each.starts_at)
        if _is_news(cursor, casino_id, shift.id)
    )


def _is_news(cursor: Cursor, casino_id: UUID, shift_id: UUID) -> bool:
    """What was never kept is; of what was, the reports that stand are held against it."""
    kept = _kept(cursor, casino_id, shift_id)
    return kept is None or is_new(_results(cursor, casino_id, shift_id), kept)


def _results(cursor: Cursor, casino_id: UUID, shift_id: UUID) -> tuple[FinalResult, ...]:
    """The shift's sessions with the reports that stand; none where one of them is not final."""
    sessions = load_many(
        cursor,
        Session,
        of(casino_id, "shift_id = %s and phase not in ('READY_TO_OPEN', 'VOIDED')", shift_id),
    )
    if any(each.phase != Phase.FINALIZED for each in sessions):
        return ()
    return tuple(_final(sessions, cursor, casino_id))


def _final(sessions: Sequence[Session], cursor: Cursor, casino_id: UUID) -> list[FinalResult]:
    ids = list({each.table_id for each in sessions})
    tables = load_many(cursor, Table, of(casino_id, "id = any(%s)", ids))
    focus = [each.id for each in sessions]
    behind = load_facts_of_tables(cursor, tables, focus=focus, wanted=(Report,))
    found = []
    for session in sessions:
        facts = behind[session.table_id]
        (report,) = standing_reports(facts, (session_of(facts, session.id),))
        found.append(FinalResult(session=session, report=report))
    return found


def _kept(cursor: Cursor, casino_id: UUID, shift_id: UUID) -> ShiftRundown | None:
    """The revision that stands."""
    mine = load_many(cursor, ShiftRundown, of(casino_id, "shift_id = %s", shift_id))
    return max(mine, key=lambda each: each.revision, default=None)


def _keep(scene: Scene, body: KeepShiftRundown) -> Decision:
    """Under the chain's lock, so that of two servers that sweep at once one finds it done."""
    shift = scene.shift()
    lock_head(scene.cursor, scene.casino_id)
    over = shift.ends_at <= scene.now
    return keep_shift_rundown(
        act=scene.acted(),
        casino_id=scene.casino_id,
        shift=shift,
        results=_results(scene.cursor, scene.casino_id, shift.id) if over else (),
        kept=_kept(scene.cursor, scene.casino_id, shift.id),
    )


KEEP = Command(
    name="sweep",
    body=KeepShiftRundown,
    step="sweep",
    find=the_shift,
    decide=_keep,
)
