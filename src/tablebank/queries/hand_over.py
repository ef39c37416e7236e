"""What stands open when a shift is handed over, and what changed since the last time (SHIFT-3).

No amount a tray was counted to is in it, so nothing of it is hidden from who counts (SNAP-4). What
changed is read from the journal behind the last hand-over's position; who never handed over is told
of the shift's own sessions.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.domain.terms import FindingStatus, SlipKind
from tablebank.domain.windows.asked import OpeningSource, Window, WinLoss
from tablebank.queries.asking import records
from tablebank.queries.cage_window import WindowSlip, cage_window
from tablebank.queries.exception_list import ListedException, exception_list
from tablebank.queries.windows import window_rows
from tablebank.store.scope import Cursor

MOST_ENTRIES = 50_000
"""How far back in the journal changes are looked for: days of a large house."""
NO_CHANGE = ("start_count", "print_form")
"""Entries about a table that change nothing at it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LastHandOver:
    """The hand-over before: when, by whom to whom, and the journal's end as it was then."""

    id: UUID
    shift_code: str
    gaming_day: date
    occurred_at: datetime
    outgoing: str
    incoming: str
    journal_number: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One kind of thing that was done since: how often, at which tables, when last."""

    command: str
    times: int
    tables: tuple[str, ...]
    last_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class WeakBaseline:
    """A table whose window win/loss begins at no count of this shift (BASE-1)."""

    table_id: UUID
    table_code: str
    pit: str
    opening_source: str
    opening_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NotCounted:
    """A session with a count missing, or in play and not counted at its end yet.

    `missing` are the kinds of counts that it goes without although it is past them; none while it
    is in play.
    """

    session_id: UUID
    table_id: UUID
    table_code: str
    pit: str
    shift_id: UUID
    shift_code: str
    phase: str
    missing: tuple[str, ...]
    last_count_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NotOpened:
    """A table that was prepared for the shift and not opened (SESS-3)."""

    session_id: UUID
    table_id: UUID
    table_code: str
    pit: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StandsOpen:
    """What one supervisor hands to the next, as of one position of the journal."""

    now: datetime
    journal_number: int
    since: LastHandOver | None
    changes: tuple[Change, ...]
    changes_cut: bool
    """Whether so much was written since that only the latest of it was looked at."""
    in_transit: tuple[WindowSlip, ...]
    not_issued: tuple[WindowSlip, ...]
    exceptions: tuple[ListedException, ...]
    baselines: tuple[WeakBaseline, ...]
    not_counted: tuple[NotCounted, ...]
    not_opened: tuple[NotOpened, ...]

    @property
    def exceptions_total(self) -> int:
        """How many are open, the ones beyond the list's end included."""
        return self.exceptions[0].total if self.exceptions else 0

    def cents(self, kind: SlipKind) -> int:
        """What is on the way of one kind; fills and credits are never netted."""
        return sum(each.total_cents for each in self.in_transit if each.kind == kind)

    def as_json(self) -> dict[str, Any]:
        """The facts of a hand-over, as they are answered, kept and hashed."""
        return {
            "journal_number": self.journal_number,
            "since": plain(self.since),
            "changes": plain(self.changes),
            "changes_cut": self.changes_cut,
            "in_transit": [_slip(each, self.now) for each in self.in_transit],
            "fills_in_transit_cents": self.cents(SlipKind.FILL),
            "credits_in_transit_cents": self.cents(SlipKind.CREDIT),
            "not_issued": [_slip(each, self.now) for each in self.not_issued],
            "exceptions": [_exception(each) for each in self.exceptions],
            "exceptions_total": self.exceptions_total,
            "baselines": plain(self.baselines),
            "not_counted": plain(self.not_counted),
            "not_opened": plain(self.not_opened),
        }


def stands_open(cursor: Cursor, house: House, *, shift: Shift, now: datetime) -> StandsOpen:
    """Everything a hand-over of the shift is about, as it stands; `now` is the casino's."""
    casino_id = house.casino.id
    head = _head(cursor, casino_id)
    since = last_hand_over(cursor, casino_id)
    at_window = cage_window(cursor, house, now=now)
    return StandsOpen(
        now=now,
        journal_number=head,
        since=since,
        changes=_changes(cursor, casino_id, shift, since=since, head=head),
        changes_cut=since is not None and head - since.journal_number > MOST_ENTRIES,
        in_transit=_by_age(at_window.late, at_window.fills_moving, at_window.credits_moving),
        not_issued=_by_age(at_window.to_issue, at_window.credits_asked),
        exceptions=exception_list(cursor, casino_id, status=FindingStatus.OPEN),
        baselines=_baselines(cursor, house, shift),
        not_counted=_not_counted(cursor, house, shift),
        not_opened=records(
            cursor, NotOpened, _NOT_OPENED, values={"casino": casino_id, "shift": shift.id}
        ),
    )


def seen_at_hand_over(
    cursor: Cursor, house: House, *, shift: Shift, now: datetime
) -> Mapping[str, Any]:
    """The same as it is kept with the signatures."""
    return stands_open(cursor, house, shift=shift, now=now).as_json()


def last_hand_over(cursor: Cursor, casino_id: UUID) -> LastHandOver | None:
    """The latest hand-over of any shift; None before the first."""
    return next(iter(records(cursor, LastHandOver, _LAST, values={"casino": casino_id})), None)


def _head(cursor: Cursor, casino_id: UUID) -> int:
    row = cursor.execute(
        "select number from journal_head where casino_id = %s", [casino_id]
    ).fetchone()
    return row[0] if row else 0


def _changes(
    cursor: Cursor, casino_id: UUID, shift: Shift, *, since: LastHandOver | None, head: int
) -> tuple[Change, ...]:
    values = {
        "casino": casino_id,
        "shift": shift.id,
        "after": max(since.journal_number, head - MOST_ENTRIES) if since else 0,
        "head": head,
        "no_change": list(NO_CHANGE),
    }
    rows = cursor.execute(_SINCE if since else _OF_THE_SHIFT, values).fetchall()
    return tuple(
        Change(command=command, times=times, tables=tuple(tables), last_at=last_at)
        for command, times, tables, last_at in rows
    )


def _by_age(*lists: Iterable[WindowSlip]) -> tuple[WindowSlip, ...]:
    """Fills and credits in one list, the oldest first."""
    return tuple(sorted(chain(*lists), key=lambda each: (each.since, each.id)))


def _baselines(cursor: Cursor, house: House, shift: Shift) -> tuple[WeakBaseline, ...]:
    window = Window(start=shift.starts_at, end=shift.ends_at, shift_id=shift.id)
    return tuple(
        WeakBaseline(
            table_id=row.table.id,
            table_code=row.table.code,
            pit=row.table.pit,
            opening_source=str(row.answer.opening_source),
            opening_at=row.answer.opening_at,
        )
        for row in window_rows(cursor, house, window, blind=False)
        if _is_weak(row.answer)
    )


def _is_weak(found: WinLoss) -> bool:
    """Begun before the window with play since; or in play from no count at its start (BASE-6)."""
    at_start = found.opening_source in (OpeningSource.VERIFIED_OPEN, OpeningSource.PRIOR_COUNT)
    return found.since is not None or (found.in_play and not at_start)


def _not_counted(cursor: Cursor, house: House, shift: Shift) -> tuple[NotCounted, ...]:
    """A session of a later shift in play was counted when that one began: it is none of these."""
    rows = cursor.execute(_NOT_COUNTED, {"casino": house.casino.id, "shift": shift.id}).fetchall()
    found = [
        NotCounted(
            session_id=row[0],
            table_id=row[1],
            table_code=row[2],
            pit=row[3],
            shift_id=row[4],
            shift_code=row[5],
            phase=row[6],
            missing=tuple(row[7]),
            last_count_at=row[8],
        )
        for row in rows
    ]
    return tuple(each for each in found if each.missing or _began(house, each) <= shift.starts_at)


def _began(house: House, session: NotCounted) -> datetime:
    own = house.calendar.shift_by_id(session.shift_id)
    if own is None:
        raise LookupError(f"session {session.session_id} names no shift of its casino")
    return own.starts_at


def _slip(slip: WindowSlip, now: datetime) -> dict[str, Any]:
    return {
        "id": str(slip.id),
        "session_id": str(slip.session_id),
        "table_code": slip.table_code,
        "pit": slip.pit,
        "kind": slip.kind,
        "status": slip.status,
        "number": slip.number,
        "request_number": slip.request_number,
        "disputed": slip.disputed,
        "total_cents": slip.total_cents,
        "runner": slip.runner,
        "since": plain(slip.since),
        "age_minutes": max(0, int((now - slip.since).total_seconds() // 60)),
    }


def _exception(found: ListedException) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "kind": found.kind,
        "stops": found.stops,
        "session_id": plain(found.session_id),
        "table_code": found.table_code,
        "raised_at": plain(found.raised_at),
    }


_LAST = """
select h.id, h.shift_code, h.gaming_day, h.occurred_at, gone.name as outgoing,
       come.name as incoming, h.journal_number
  from hand_over h
  join staff gone on gone.casino_id = h.casino_id and gone.id = h.outgoing_id
  join staff come on come.casino_id = h.casino_id and come.id = h.incoming_id
 where h.casino_id = %(casino)s order by h.journal_number desc limit 1
"""

_CHANGES = """
select e.command, count(*)::int, array_agg(distinct t.code order by t.code), max(e.occurred_at)
  from journal_entry e
  {which}
  join gaming_table t on t.casino_id = e.casino_id and t.id = e.table_id
 where e.casino_id = %(casino)s and e.number > %(after)s and e.number <= %(head)s
   and e.command <> all(%(no_change)s)
 group by e.command order by max(e.occurred_at) desc, e.command
"""

_SINCE = _CHANGES.format(which="")
_OF_THE_SHIFT = _CHANGES.format(
    which="join table_session s on s.casino_id = e.casino_id and s.id = e.session_id"
    " and s.shift_id = %(shift)s"
)

_NOT_COUNTED = """
select s.id, s.table_id, s.table_code, s.pit, s.shift_id, s.shift_code, s.phase,
       array_remove(array[
           case when not counted.opening then 'OPENING' end,
           case when not counted.closing and s.phase <> 'OPENING' and s.phase <> 'OPEN'
                then 'CLOSING' end], null) as missing,
       counted.last_at
  from table_session s
 cross join lateral (
       select coalesce(bool_or(shot.kind = 'OPENING'), false) as opening,
              coalesce(bool_or(shot.kind = 'CLOSING'), false) as closing,
              max(shot.occurred_at) as last_at
         from tray_snapshot shot
        where shot.casino_id = s.casino_id and shot.session_id = s.id) counted
 where s.casino_id = %(casino)s
   and (s.phase in ('OPENING', 'OPEN', 'CLOSING')
        or (s.shift_id = %(shift)s and s.phase in ('CLOSED', 'RECONCILED', 'FINALIZED')))
   and (s.phase = 'OPEN' or not counted.opening or not counted.closing)
 order by s.pit, s.table_code, s.ordinal
"""

_NOT_OPENED = """
select s.id as session_id, s.table_id, t.code as table_code, t.pit
  from table_session s
  join gaming_table t on t.casino_id = s.casino_id and t.id = s.table_id
 where s.casino_id = %(casino)s and s.shift_id = %(shift)s and s.phase = 'READY_TO_OPEN'
 order by t.pit, t.code
"""
