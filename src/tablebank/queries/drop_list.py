"""Drop and count: which box is due, which was taken and where it is, and what was counted.

Four statements for the whole page: the boxes that stand on tables, with the session each would be
removed on; the removals that are not counted yet, or were of these gaming days; the free boxes; the
drop schedule, which says when the boxes of a pit are due (BOX-3).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.drop_schedule import DropWindow, drop_due
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.terms import CustodyStep
from tablebank.queries.asking import records
from tablebank.queries.house_book import drop_schedules
from tablebank.store.scope import Cursor

LOOKS_BACK = timedelta(days=1)
"""Counted boxes are shown for this gaming day and the one before."""
LOOKS_AHEAD = timedelta(hours=4)
"""A scheduled drop is due this long before its window opens: half a shift to get ready in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MountedBox:
    """A box on a table. `session_id` is the session it would be removed on: the last one it served,
    None where it served none yet (BOX-2).
    """

    box: str
    table_id: UUID
    table_code: str
    pit: str
    mounted_at: datetime
    session_id: UUID | None
    phase: str | None
    shift_code: str | None
    closed_at: datetime | None
    window_start: datetime | None
    window_end: datetime | None
    in_play_since: datetime | None
    """The first opener it served; None while it served none."""
    scheduled: DropWindow | None = None
    """The drop of its pit's schedule it is due at next; a window of its own goes before it."""

    @property
    def is_over(self) -> bool:
        """Whether the session it would be removed on is closed."""
        return self.phase in ("CLOSED", "RECONCILED", "FINALIZED")

    def is_due(self, *, by: datetime) -> bool:
        """Whether it has a window, its table's session is over, or its pit's drop begins by then.

        A box that served no session has nothing to be dropped for.
        """
        if self.session_id is None:
            return False
        soon = self.scheduled is not None and self.scheduled.starts_at <= by
        return self.is_over or self.window_end is not None or soon

    @property
    def due_at(self) -> datetime | None:
        """The end of its window, or of its pit's, else the time the session closed."""
        by_schedule = self.scheduled.ends_at if self.scheduled else None
        return self.window_end or by_schedule or self.closed_at


@dataclass(frozen=True, kw_only=True, slots=True)
class RemovedBox:
    """A box that was taken: its hand-overs so far, and its count once there is one."""

    id: UUID
    box: str
    session_id: UUID
    table_id: UUID
    table_code: str
    pit: str
    gaming_day: date
    type: str
    removed_at: datetime
    seal: str | None
    steps: list[str]
    stepped_at: list[datetime]
    counted_at: datetime | None
    batch_id: str | None
    drop_effect_cents: int | None
    difference_cents: int | None
    """Second count less first; None while it is not counted."""

    @property
    def custody(self) -> tuple[tuple[str, datetime], ...]:
        """Its hand-overs so far, in their order."""
        return tuple(zip(self.steps, self.stepped_at, strict=True))

    def steps_left(self, asked: Collection[CustodyStep]) -> tuple[CustodyStep, ...]:
        """The links the casino asks for that are still to come; the count itself is not one."""
        return tuple(
            each for each in asked if each is not CustodyStep.OPENED and each not in self.steps
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class FreeBox:
    """A box that is nowhere in use: kept for its table, or for whichever needs one."""

    box: str
    kind: str
    table_code: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DropList:
    """Every box of the casino, by where it is."""

    due: tuple[MountedBox, ...]
    on_tables: tuple[MountedBox, ...]
    taken: tuple[RemovedBox, ...]
    counted: tuple[RemovedBox, ...]
    free: tuple[FreeBox, ...]


def drop_list(cursor: Cursor, house: House, *, now: datetime) -> DropList:
    """What is due first, by its window; what was taken first, first; what was counted last, first.

    A box whose table is closed and that has no window is due since the close.
    """
    casino_id = house.casino.id
    values = {"casino": casino_id, "since": house.calendar.day_of(now) - LOOKS_BACK}
    schedules = drop_schedules(cursor, casino_id)
    mounted = [
        replace(each, scheduled=_scheduled(each, schedules, house, now=now))
        for each in records(cursor, MountedBox, _MOUNTED, values=values)
    ]
    soon = now + LOOKS_AHEAD
    removed = records(cursor, RemovedBox, _REMOVED, values=values)
    free = records(cursor, FreeBox, _FREE, values=values)
    due = sorted(
        (each for each in mounted if each.is_due(by=soon)),
        key=lambda each: (each.due_at or each.mounted_at, each.table_code),
    )
    return DropList(
        due=tuple(due),
        on_tables=tuple(each for each in mounted if not each.is_due(by=soon)),
        taken=tuple(each for each in removed if each.counted_at is None),
        counted=tuple(reversed([each for each in removed if each.counted_at is not None])),
        free=free,
    )


def _scheduled(
    box: MountedBox, schedules: Sequence[DropScheduleRow], house: House, *, now: datetime
) -> DropWindow | None:
    """The drop of the pit's schedule, unless the box has a window of its own (BOX-3)."""
    if box.in_play_since is None or box.window_end is not None:
        return None
    return drop_due(
        schedules,
        calendar=house.calendar,
        pit=box.pit,
        in_play_since=max(box.in_play_since, box.mounted_at),
        until=now + timedelta(days=2),
    )


_MOUNTED = """
select b.code as box, t.id as table_id, t.code as table_code, t.pit, m.mounted_at,
       s.id as session_id, s.phase, s.shift_code, s.closed_at,
       s.drop_window_start as window_start, s.drop_window_end as window_end, p.in_play_since
  from box_mount m
  join drop_box b on b.casino_id = m.casino_id and b.id = m.box_id
  join gaming_table t on t.casino_id = m.casino_id and t.id = m.table_id
  left join lateral (
       select s.* from table_session s
        where s.casino_id = m.casino_id and s.table_id = m.table_id and s.phase <> 'VOIDED'
          and s.ordinal >= m.serves_from
        order by s.ordinal desc limit 1) s on true
  left join lateral (
       select min(n.occurred_at) as in_play_since
         from table_session q
         join tray_snapshot n on n.casino_id = q.casino_id and n.session_id = q.id
              and n.kind = 'OPENING'
        where q.casino_id = m.casino_id and q.table_id = m.table_id and q.phase <> 'VOIDED'
          and q.ordinal >= m.serves_from) p on true
 where m.casino_id = %(casino)s and m.taken_off_at is null
 order by t.pit, t.code
"""

_REMOVED = """
select r.id, b.code as box, r.session_id, t.id as table_id, t.code as table_code, t.pit,
       r.gaming_day, r.type, r.removed_at, r.seal,
       handed.steps, handed.stepped_at,
       c.counted_at, c.batch_id, c.drop_effect_cents,
       c.second_count_cents - c.first_count_cents as difference_cents
  from box_removal r
  join drop_box b on b.casino_id = r.casino_id and b.id = r.box_id
  join gaming_table t on t.casino_id = r.casino_id and t.id = r.table_id
  left join lateral (
       select c.* from soft_count c where c.casino_id = r.casino_id and c.removal_id = r.id
        order by c.revision desc limit 1) c on true
  left join lateral (
       select coalesce(array_agg(k.step order by k.occurred_at, k.recorded_at), '{}') as steps,
              coalesce(array_agg(k.occurred_at order by k.occurred_at, k.recorded_at), '{}')
                  as stepped_at
         from custody_step k
        where k.casino_id = r.casino_id and k.removal_id = r.id) handed on true
 where r.casino_id = %(casino)s and (c.id is null or r.gaming_day >= %(since)s)
 order by r.removed_at, r.id
"""

_FREE = """
select b.code as box, b.kind, t.code as table_code
  from drop_box b
  left join gaming_table t on t.casino_id = b.casino_id and t.id = b.table_id
 where b.casino_id = %(casino)s
   and not exists (select 1 from box_mount m
        where m.casino_id = b.casino_id and m.box_id = b.id and m.taken_off_at is null)
   and not exists (select 1 from box_removal r
        where r.casino_id = b.casino_id and r.box_id = b.id and not exists (
              select 1 from soft_count c
               where c.casino_id = r.casino_id and c.removal_id = r.id))
 order by t.code nulls first, b.code
"""
