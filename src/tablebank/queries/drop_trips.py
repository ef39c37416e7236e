"""Drop trips as they are read: what was due, what was taken, what is missing (DRP-11)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.trips import DropTrip
from tablebank.queries.asking import records
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.queries.session_sheet import Signed, signatures_by_subject
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxOnList:
    """A box as it hung when the trip began. `drop_id` is its removal, None while it hangs.

    `left_out`: it still hung when the trip ended, and hangs still.
    """

    mount_id: UUID
    box: str
    table_id: UUID
    table_code: str
    pit: str
    session_id: UUID | None
    """The session it would be removed on now: a roll-over may have come since."""
    due_at: datetime | None
    drop_id: UUID | None
    left_out: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxCollected:
    """A box taken on the trip, due or not, and how far it has come."""

    drop_id: UUID
    box: str
    table_id: UUID
    table_code: str
    pit: str
    session_id: UUID
    type: str
    removed_at: datetime
    seal: str | None
    replacement_box: str | None
    state: str
    was_due: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TripSheet:
    """A drop trip: who was told, who went, expected against collected."""

    id: UUID
    gaming_day: date
    state: str
    pits: tuple[str, ...]
    surveillance: Mapping[str, str]
    reason: str | None
    started_at: datetime
    ended_at: datetime | None
    crew: tuple[Signed, ...]
    due: tuple[BoxOnList, ...]
    collected: tuple[BoxCollected, ...]
    missing: tuple[BoxOnList, ...]
    extra: tuple[BoxCollected, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TripUnderWay:
    """A trip that has not ended, as the form of one of its boxes needs it."""

    id: UUID
    surveillance: Mapping[str, str]


def trip_of_box(cursor: Cursor, casino_id: UUID, mount_id: UUID) -> TripUnderWay | None:
    """The trip under way that has this mounted box on its list; the latest, if there are two."""
    found = records(
        cursor,
        TripUnderWay,
        "select id, surveillance from drop_trip"
        " where casino_id = %(casino)s and ended_at is null"
        "   and due @> jsonb_build_array(jsonb_build_object('mount_id', %(mount)s::text))"
        " order by started_at desc, id desc limit 1",
        values={"casino": casino_id, "mount": str(mount_id)},
    )
    return found[0] if found else None


def trip_ids(
    cursor: Cursor, casino_id: UUID, *, asked: Asked, open_only: bool | None = None
) -> Ids:
    """One page of trips; those under way alone, or those that ended, where that is asked."""
    return ids_of(
        cursor,
        "select kept.id from drop_trip kept where kept.casino_id = %(casino)s"
        " and (%(open)s::boolean is null or (kept.ended_at is null) = %(open)s)",
        {"casino": casino_id, "open": open_only},
        asked=asked,
    )


def trips_of_day(cursor: Cursor, casino_id: UUID, *, since: date) -> tuple[TripSheet, ...]:
    """The trips under way, and those of a gaming day and after it, the latest first."""
    rows = cursor.execute(
        "select id from drop_trip where casino_id = %s and (ended_at is null or gaming_day >= %s)"
        " order by started_at desc, id desc",
        [casino_id, since],
    ).fetchall()
    return trips_by_id(cursor, casino_id, [row[0] for row in rows])


def trips_by_id(
    cursor: Cursor, casino_id: UUID, trip_ids: Collection[UUID]
) -> tuple[TripSheet, ...]:
    """The sheets of these trips, in the order asked."""
    wanted = list(trip_ids)
    if not wanted:
        return ()
    trips = {
        each.id: each for each in load_many(cursor, DropTrip, of(casino_id, "id = any(%s)", wanted))
    }
    signed = signatures_by_subject(cursor, casino_id, wanted)
    values = {"casino": casino_id, "trips": wanted}
    taken = _grouped(records(cursor, _Collected, _COLLECTED, values=values))
    standing = _grouped(records(cursor, _Standing, _STANDING, values=values))
    return tuple(
        _sheet(
            trips[each],
            signed=signed.get(each, ()),
            taken=taken.get(each, ()),
            standing=standing.get(each, ()),
        )
        for each in wanted
        if each in trips
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Collected:
    trip_id: UUID
    mount_id: UUID
    collected: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Standing:
    """What became of a mounting on a trip's list: its removal, and its session now."""

    trip_id: UUID
    mount_id: UUID
    drop_id: UUID | None
    session_id: UUID | None


def _grouped(rows: Iterable[Any]) -> dict[UUID, tuple[Any, ...]]:
    found: dict[UUID, tuple[Any, ...]] = {}
    for row in rows:
        found[row.trip_id] = (*found.get(row.trip_id, ()), row)
    return found


def _sheet(
    trip: DropTrip,
    *,
    signed: tuple[Signed, ...],
    taken: Collection[_Collected],
    standing: Collection[_Standing],
) -> TripSheet:
    listed = {UUID(each["mount_id"]) for each in trip.due}
    now = {each.mount_id: each for each in standing}
    due = tuple(_on_list(each, now, is_over=trip.ended_at is not None) for each in trip.due)
    collected = tuple(_collected(each, was_due=each.mount_id in listed) for each in taken)
    return TripSheet(
        id=trip.id,
        gaming_day=trip.gaming_day,
        state="STARTED" if trip.ended_at is None else "ENDED",
        pits=trip.pits,
        surveillance=trip.surveillance,
        reason=trip.reason,
        started_at=trip.started_at,
        ended_at=trip.ended_at,
        crew=tuple({each.staff_id: each for each in signed}.values()),
        due=due,
        collected=collected,
        missing=tuple(each for each in due if each.drop_id is None),
        extra=tuple(each for each in collected if not each.was_due),
    )


def _on_list(said: Mapping[str, Any], now: Mapping[UUID, _Standing], *, is_over: bool) -> BoxOnList:
    mount_id = UUID(said["mount_id"])
    standing = now.get(mount_id)
    drop_id = standing.drop_id if standing else None
    return BoxOnList(
        mount_id=mount_id,
        box=said["box"],
        table_id=UUID(said["table_id"]),
        table_code=said["table_code"],
        pit=said["pit"],
        session_id=standing.session_id if standing else None,
        due_at=datetime.fromisoformat(said["due_at"]) if said["due_at"] else None,
        drop_id=drop_id,
        left_out=is_over and drop_id is None,
    )


def _collected(row: _Collected, *, was_due: bool) -> BoxCollected:
    said = row.collected
    return BoxCollected(
        drop_id=UUID(said["drop_id"]),
        box=said["box"],
        table_id=UUID(said["table_id"]),
        table_code=said["table_code"],
        pit=said["pit"],
        session_id=UUID(said["session_id"]),
        type=said["type"],
        removed_at=datetime.fromisoformat(said["removed_at"]),
        seal=said["seal"],
        replacement_box=said["replacement_box"],
        state=said["state"],
        was_due=was_due,
    )


_COLLECTED = """
select r.trip_id, r.mount_id, jsonb_build_object(
         'drop_id', r.id, 'box', b.code, 'table_id', t.id, 'table_code', t.code, 'pit', t.pit,
         'session_id', r.session_id, 'type', r.type, 'removed_at', r.removed_at, 'seal', r.seal,
         'replacement_box', other.code,
         'state', case
           when exists (select 1 from soft_count c
                         where c.casino_id = r.casino_id and c.removal_id = r.id) then 'OPENED'
           else (select k.step from custody_step k
                  where k.casino_id = r.casino_id and k.removal_id = r.id
                  order by array_position(array['REMOVED', 'ARRIVED', 'STORED', 'OPENED'], k.step)
                           desc limit 1) end) as collected
  from box_removal r
  join drop_box b on b.casino_id = r.casino_id and b.id = r.box_id
  join gaming_table t on t.casino_id = r.casino_id and t.id = r.table_id
  left join drop_box other on other.casino_id = r.casino_id and other.id = r.replacement_box_id
 where r.casino_id = %(casino)s and r.trip_id = any(%(trips)s)
 order by r.removed_at, r.id
"""

_STANDING = """
select trip.id as trip_id, m.id as mount_id, r.id as drop_id,
       coalesce(r.session_id, s.id) as session_id
  from drop_trip trip
  cross join lateral jsonb_array_elements(trip.due) listed
  join box_mount m on m.casino_id = trip.casino_id and m.id = (listed ->> 'mount_id')::uuid
  left join box_removal r on r.casino_id = m.casino_id and r.mount_id = m.id
  left join lateral (
       select s.id from table_session s
        where s.casino_id = m.casino_id and s.table_id = m.table_id and s.phase <> 'VOIDED'
          and s.ordinal >= m.serves_from
        order by s.ordinal desc limit 1) s on true
 where trip.casino_id = %(casino)s and trip.id = any(%(trips)s)
"""
