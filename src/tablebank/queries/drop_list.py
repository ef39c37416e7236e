"""Drop and count: which box is due, which was taken and where it is, and what was counted.

Four statements for the whole page: the boxes that stand on tables, with the session each would be
removed on; the removals that are not counted yet, or were of these gaming days; the free boxes; the
drop schedule, which says when the boxes of a pit are due (BOX-3).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tablebank.domain.boxes_due import MountedBox
from tablebank.domain.decisions import House
from tablebank.domain.terms import CustodyStep
from tablebank.queries.asking import records
from tablebank.queries.house_book import drop_schedules
from tablebank.store.mounted_boxes import mounted_boxes
from tablebank.store.scope import Cursor

LOOKS_BACK = timedelta(days=1)
"""Counted boxes are shown for this gaming day and the one before."""
LOOKS_AHEAD = timedelta(hours=4)
"""A scheduled drop is due this long before its window opens: half a shift to get ready in."""


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
    mounted = mounted_boxes(cursor, house, schedules, now=now)
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


@dataclass(frozen=True, kw_only=True, slots=True)
class PitInPlay:
    """A pit with boxes that served: how many, and how many of them are due now."""

    pit: str
    boxes: int
    due: int


def pits_in_play(cursor: Cursor, house: House, *, now: datetime) -> tuple[PitInPlay, ...]:
    """The pits a drop trip can be for, by name."""
    schedules = drop_schedules(cursor, house.casino.id)
    hanging = [
        each
        for each in mounted_boxes(cursor, house, schedules, now=now)
        if each.in_play_since is not None
    ]
    return tuple(
        PitInPlay(
            pit=pit,
            boxes=sum(each.pit == pit for each in hanging),
            due=sum(each.pit == pit and each.is_due_now(now) for each in hanging),
        )
        for pit in sorted({each.pit for each in hanging})
    )


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
