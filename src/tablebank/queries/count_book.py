"""Count sessions as they are read: what waits, what was entered, what was posted (SOFT-7).

Until a session posts, who is not of the count room sees that it is there and who counts, and not
one number of it; the verifier's total nobody sees before. Manifests the cage never sees (CNT-18).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tablebank.domain.authority import SEES_NO_MANIFEST
from tablebank.domain.count_sessions import (
    CountEntry,
    CountFile,
    CountSession,
    CountVerification,
    standing_entries,
)
from tablebank.domain.facts import Box, Count
from tablebank.domain.terms import Role
from tablebank.queries.asking import records
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.queries.session_sheet import Signed, signatures_by_subject
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxDue:
    """A removed box that is not counted: what the team should find on its table."""

    drop_id: UUID
    box: str
    table_code: str
    pit: str
    gaming_day: date
    state: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxEntered:
    """One box as it was entered; `drop_id` None where nobody is known to have taken it off."""

    drop_id: UUID | None
    box: str
    table_code: str | None
    revision: int
    contents: tuple[Any, ...]
    total_cents: int
    first_count_cents: int
    second_count_cents: int
    evidence: tuple[Any, ...] | None
    """The manifest; None for the cage (CNT-18)."""
    reported_exceptions: tuple[Any, ...]
    file_id: UUID | None
    entered_at: datetime
    entered_by: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class CountSessionSheet:
    """A count session. `boxes` and `total_cents` are None while the reader may not see them."""

    id: UUID
    gaming_day: date
    batch_id: str
    status: str
    """OPEN or POSTED."""
    team: tuple[Any, ...]
    surveillance: Any
    tester: Any
    started_at: datetime
    posted_at: datetime | None
    verified_at: datetime | None
    verified_total_cents: int | None
    total_cents: int | None
    boxes: tuple[BoxEntered, ...] | None
    due: tuple[BoxDue, ...]
    """What waits to be counted; nothing once it is posted."""


def sees_inside(roles: Collection[Role]) -> bool:
    """Whether a reader may see what is entered before it posts: the count room alone."""
    return Role.COUNT_TEAM in roles and not set(roles) & SEES_NO_MANIFEST


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Who reads: `inside` before posting too, `manifests` what forms were found."""

    inside: bool
    manifests: bool


def reader_of(roles: Collection[Role], *, blind: bool) -> Reader:
    """What somebody with these roles sees; who counts trays blind sees no manifest (SNAP-4)."""
    manifests = not set(roles) & SEES_NO_MANIFEST and not blind
    return Reader(inside=sees_inside(roles), manifests=manifests)


def count_session_ids(
    cursor: Cursor, casino_id: UUID, *, asked: Asked, gaming_day: date | None = None
) -> Ids:
    """One page of the casino's count sessions."""
    return ids_of(
        cursor,
        "select kept.id from count_session kept where kept.casino_id = %(casino)s"
        " and (%(day)s::date is null or kept.gaming_day = %(day)s)",
        {"casino": casino_id, "day": gaming_day},
        asked=asked,
    )


def latest_session_ids(cursor: Cursor, casino_id: UUID, *, asked: Asked) -> tuple[UUID, ...]:
    """The last count sessions that were begun, those that wait first."""
    rows = cursor.execute(
        "select id from count_session where casino_id = %s"
        " order by posted_at is not null, id desc limit %s",
        [casino_id, asked.limit],
    ).fetchall()
    return tuple(row[0] for row in rows)


def count_sessions_by_id(
    cursor: Cursor, casino_id: UUID, session_ids: Collection[UUID], *, reader: Reader
) -> tuple[CountSessionSheet, ...]:
    """The sheets of these sessions, in the order asked, as the reader may see them."""
    wanted = list(session_ids)
    found = {
        each.id: each
        for each in load_many(cursor, CountSession, of(casino_id, "id = any(%s)", wanted))
    }
    ours = of(casino_id, "count_session_id = any(%s)", wanted)
    entries = load_many(cursor, CountEntry, ours)
    verified = {each.count_session_id: each for each in load_many(cursor, CountVerification, ours)}
    boxes = _boxes(cursor, casino_id, entries)
    attached = _attached(cursor, casino_id, wanted)
    waiting = [each for each in found.values() if each.posted_at is None]
    due = due_boxes(cursor, casino_id, max((each.gaming_day for each in waiting), default=None))
    return tuple(
        _sheet(
            found[session_id],
            reader=reader,
            entries=[each for each in entries if each.count_session_id == session_id],
            verified=verified.get(session_id),
            boxes=boxes,
            attached=attached,
            due=due,
        )
        for session_id in wanted
        if session_id in found
    )


def _sheet(
    session: CountSession,
    *,
    reader: Reader,
    entries: Iterable[CountEntry],
    verified: CountVerification | None,
    boxes: dict[UUID, tuple[str, str | None]],
    attached: dict[tuple[UUID, UUID], tuple[UUID, str]],
    due: Iterable[BoxDue],
) -> CountSessionSheet:
    posted = session.posted_at is not None
    shown = [
        _entered(each, boxes, attached.get((session.id, each.box_id)), reader=reader)
        for each in standing_entries(entries)
    ]
    visible = posted or reader.inside
    return CountSessionSheet(
        id=session.id,
        gaming_day=session.gaming_day,
        batch_id=session.batch_id,
        status="POSTED" if posted else "OPEN",
        team=session.team,
        surveillance=session.surveillance,
        tester=session.tester if visible else None,
        started_at=session.started_at,
        posted_at=session.posted_at,
        verified_at=verified.verified_at if verified else None,
        verified_total_cents=verified.total_cents if verified and posted else None,
        total_cents=sum(each.total_cents for each in shown) if visible else None,
        boxes=tuple(shown) if visible else None,
        due=() if posted else tuple(each for each in due if each.gaming_day <= session.gaming_day),
    )


def _entered(
    entry: CountEntry,
    boxes: dict[UUID, tuple[str, str | None]],
    attached: tuple[UUID, str] | None,
    *,
    reader: Reader,
) -> BoxEntered:
    code, table_code = boxes[entry.box_id]
    drop_id = entry.removal_id
    if drop_id is None and attached is not None:
        drop_id, table_code = attached
    return BoxEntered(
        drop_id=drop_id,
        box=code,
        table_code=table_code,
        revision=entry.revision,
        contents=tuple(entry.contents),
        total_cents=entry.total_cents,
        first_count_cents=entry.first_count_cents,
        second_count_cents=entry.second_count_cents,
        evidence=tuple(entry.evidence) if reader.manifests else None,
        reported_exceptions=tuple(entry.reported_exceptions),
        file_id=entry.file_id,
        entered_at=entry.entered_at,
        entered_by=entry.entered_by,
    )


def _boxes(
    cursor: Cursor, casino_id: UUID, entries: Iterable[CountEntry]
) -> dict[UUID, tuple[str, str | None]]:
    """The code of each box, and of the table it was taken off where that is known."""
    held = list(entries)
    boxes = load_many(cursor, Box, of(casino_id, "id = any(%s)", [each.box_id for each in held]))
    tables: dict[UUID, str] = dict(
        cursor.execute(
            "select r.box_id, t.code from box_removal r join gaming_table t"
            " on t.casino_id = r.casino_id and t.id = r.table_id"
            " where r.casino_id = %s and r.id = any(%s)",
            [casino_id, [each.removal_id for each in held if each.removal_id]],
        ).fetchall()
    )
    return {box.id: (box.code, tables.get(box.id)) for box in boxes}


def _attached(
    cursor: Cursor, casino_id: UUID, session_ids: Collection[UUID]
) -> dict[tuple[UUID, UUID], tuple[UUID, str]]:
    """The drop that each box of a session was, and its table, once it is counted."""
    rows = cursor.execute(
        "select c.count_session_id, r.box_id, r.id, t.code from soft_count c"
        "  join box_removal r on r.casino_id = c.casino_id and r.id = c.removal_id"
        "  join gaming_table t on t.casino_id = r.casino_id and t.id = r.table_id"
        " where c.casino_id = %s and c.count_session_id = any(%s)",
        [casino_id, list(session_ids)],
    ).fetchall()
    return {(session, box): (drop, code) for session, box, drop, code in rows}


def due_boxes(cursor: Cursor, casino_id: UUID, day: date | None) -> tuple[BoxDue, ...]:
    """The removed boxes that are not counted, of this gaming day and those before it."""
    if day is None:
        return ()
    return records(cursor, BoxDue, _DUE, values={"casino": casino_id, "day": day})


def files_of(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[CountFile, ...]:
    """The files that filled a session, the first first: for who sees inside it alone."""
    return load_many(cursor, CountFile, of(casino_id, "count_session_id = %s", session_id))


def posting_signatures(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[Signed, ...]:
    """Who signed the session, each by their last signature: as it was posted, or as they left."""
    found = signatures_by_subject(cursor, casino_id, [session_id]).get(session_id, ())
    return tuple({each.staff_id: each for each in found}.values())


def counts_of_session(cursor: Cursor, casino_id: UUID, session_id: UUID) -> tuple[Count, ...]:
    """Every count that a session posted, corrections too, the oldest first."""
    return load_many(cursor, Count, of(casino_id, "count_session_id = %s", session_id))


_DUE = """
select r.id as drop_id, b.code as box, t.code as table_code, t.pit, r.gaming_day,
       case when exists (select 1 from custody_step k where k.casino_id = r.casino_id
                          and k.removal_id = r.id and k.step = 'STORED') then 'STORED'
            when exists (select 1 from custody_step k where k.casino_id = r.casino_id
                          and k.removal_id = r.id and k.step = 'ARRIVED') then 'ARRIVED'
            else 'REMOVED' end as state
  from box_removal r
  join drop_box b on b.casino_id = r.casino_id and b.id = r.box_id
  join gaming_table t on t.casino_id = r.casino_id and t.id = r.table_id
 where r.casino_id = %(casino)s and r.gaming_day <= %(day)s
   and not exists (select 1 from soft_count c
        where c.casino_id = r.casino_id and c.removal_id = r.id)
 order by t.pit, t.code, r.removed_at
"""
