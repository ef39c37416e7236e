"""Boxes, drops and counts as they are read: which box is where, and what the count room found."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.blind import hidden_sessions
from tablebank.domain.boxes import custody_state
from tablebank.domain.drops import sessions_served
from tablebank.domain.facts import Box, Count, Custody, Mount, Removal
from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.queries.paper_book import PaperSheet, papers_by_subject
from tablebank.queries.session_sheet import (
    Signed,
    facts_of_tables,
    signatures_by_subject,
)
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxSheet:
    """A box and where it is: TABLE, REMOVED, COUNT_ROOM or FREE (BOX-1)."""

    id: UUID
    code: str
    table_id: UUID | None
    kind: str
    where: str
    mounted_on: UUID | None


def boxes(cursor: Cursor, casino_id: UUID, *, asked: Asked) -> tuple[tuple[BoxSheet, ...], Ids]:
    """One page of the casino's boxes."""
    page = ids_of(
        cursor,
        "select kept.id from drop_box kept where kept.casino_id = %(casino)s",
        {"casino": casino_id},
        asked=asked,
    )
    return boxes_by_id(cursor, casino_id, page.ids), page


def boxes_by_id(cursor: Cursor, casino_id: UUID, box_ids: Collection[UUID]) -> tuple[BoxSheet, ...]:
    rows: Iterable[Any] = cursor.execute(
        "select b.id, b.code, b.table_id, b.kind, m.table_id,"
        " case when m.id is not null and (r.id is null or counted.id is not null"
        "           or r.removed_at <= m.mounted_at) then 'TABLE'"
        "      when r.id is null or counted.id is not null then 'FREE'"
        "      when arrived.id is not null then 'COUNT_ROOM'"
        "      else 'REMOVED' end"
        "  from drop_box b"
        "  left join lateral (select * from box_mount m where m.casino_id = b.casino_id"
        "       and m.box_id = b.id and m.taken_off_at is null"
        "       order by m.mounted_at desc, m.id desc limit 1) m on true"
        "  left join lateral (select id, removed_at from box_removal r"
        "       where r.casino_id = b.casino_id and r.box_id = b.id"
        "       order by r.id desc limit 1) r on true"
        "  left join lateral (select id from soft_count c where c.casino_id = b.casino_id"
        "       and c.removal_id = r.id limit 1) counted on true"
        "  left join lateral (select id from custody_step s where s.casino_id = b.casino_id"
        "       and s.removal_id = r.id and s.step <> 'REMOVED' limit 1) arrived on true"
        " where b.casino_id = %s and b.id = any(%s) order by b.id",
        [casino_id, list(box_ids)],
    ).fetchall()
    return tuple(
        BoxSheet(
            id=box_id, code=code, table_id=table_id, kind=kind, where=where, mounted_on=mounted_on
        )
        for box_id, code, table_id, kind, mounted_on, where in rows
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One hand-over of a box (BOX-4)."""

    step: str
    occurred_at: datetime
    recorded_at: datetime
    seal: str | None
    signatures: tuple[Signed, ...]
    paper: PaperSheet | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CountSheet:
    """What the count room found in one box (SOFT-1)."""

    id: UUID
    drop_id: UUID
    batch_id: str
    revision: int
    contents: tuple[Any, ...]
    total_cents: int
    drop_effect_cents: int
    first_count_cents: int
    second_count_cents: int
    tester: Any
    team: tuple[str, ...]
    evidence: tuple[Any, ...] | None
    """The manifest; None for the cage, who never see it (CNT-18), and for who counts (SNAP-4)."""
    reported_exceptions: tuple[Any, ...]
    supersedes: UUID | None
    reason: str | None
    counted_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DropSheet:
    """A removed box: whom it served, how it was taken, where it is, and its count."""

    id: UUID
    session_id: UUID
    serves: tuple[UUID, ...]
    table_id: UUID
    box: str
    type: str
    state: str
    removed_at: datetime
    reason: str | None
    seal: str | None
    trip_id: UUID | None
    replacement_box: str | None
    surveillance: Any
    notices: tuple[Any, ...]
    """Who else was told, and when (DRP-05, DRP-13)."""
    out_of_schedule: Any
    """The window it was taken outside of, if it was (BOX-3)."""
    custody: tuple[Link, ...]
    count: CountSheet | None


def drops_by_id(
    cursor: Cursor,
    casino_id: UUID,
    drop_ids: Collection[UUID],
    *,
    manifests: bool,
    blind: bool = False,
) -> tuple[DropSheet, ...]:
    """The sheets of these removals, in the order asked; `manifests` False leaves those out.

    `blind`: the reader may count a tray, and a manifest names the amounts of openers and closers:
    it is left out while a session that its box served awaits a count (SNAP-4).
    """
    wanted = list(drop_ids)
    removals = {
        each.id: each for each in load_many(cursor, Removal, of(casino_id, "id = any(%s)", wanted))
    }
    custody = load_many(cursor, Custody, of(casino_id, "removal_id = any(%s)", wanted))
    signed = signatures_by_subject(cursor, casino_id, [each.id for each in custody])
    papers = papers_by_subject(cursor, casino_id, [each.id for each in custody])
    counts = load_many(cursor, Count, of(casino_id, "removal_id = any(%s)", wanted))
    codes = {box.id: box.code for box in load_many(cursor, Box, of(casino_id))}
    serves, veiled = _served(cursor, casino_id, removals.values())
    return tuple(
        _sheet(
            removals[drop_id],
            serves=serves[drop_id],
            codes=codes,
            custody=tuple(each for each in custody if each.removal_id == drop_id),
            signed=signed,
            papers=papers,
            counts=tuple(each for each in counts if each.removal_id == drop_id),
            manifests=manifests and not (blind and drop_id in veiled),
        )
        for drop_id in wanted
        if drop_id in removals
    )


def _served(
    cursor: Cursor, casino_id: UUID, removals: Collection[Removal]
) -> tuple[dict[UUID, tuple[UUID, ...]], frozenset[UUID]]:
    """The sessions each box served, and the removals of those with one that awaits a count."""
    behind = facts_of_tables(cursor, casino_id, [each.session_id for each in removals])
    found: dict[UUID, tuple[UUID, ...]] = {}
    for removal in removals:
        facts = behind[removal.session_id]
        mount: Mount = next(each for each in facts.mounts if each.id == removal.mount_id)
        found[removal.id] = tuple(each.id for each in sessions_served(facts, mount))
    veiled = (
        each.id
        for each in removals
        if hidden_sessions(behind[each.session_id]) & set(found[each.id])
    )
    return found, frozenset(veiled)


def _sheet(
    removal: Removal,
    *,
    serves: tuple[UUID, ...],
    codes: dict[UUID, str],
    custody: tuple[Custody, ...],
    signed: dict[UUID, tuple[Signed, ...]],
    papers: Mapping[UUID, PaperSheet],
    counts: tuple[Count, ...],
    manifests: bool,
) -> DropSheet:
    latest = max(counts, key=lambda each: each.revision, default=None)
    replacement = removal.replacement_box_id
    return DropSheet(
        id=removal.id,
        session_id=removal.session_id,
        serves=serves,
        table_id=removal.table_id,
        box=codes[removal.box_id],
        type=removal.type,
        state=custody_state(custody, removal_id=removal.id, counted=latest is not None),
        removed_at=removal.removed_at,
        reason=removal.reason,
        seal=removal.seal,
        trip_id=removal.trip_id,
        replacement_box=codes[replacement] if replacement else None,
        surveillance=dict(removal.surveillance),
        notices=tuple(removal.notices),
        out_of_schedule=removal.out_of_schedule,
        custody=tuple(
            Link(
                step=each.step,
                occurred_at=each.occurred_at,
                recorded_at=each.recorded_at,
                seal=each.seal,
                signatures=signed.get(each.id, ()),
                paper=papers.get(each.id),
            )
            for each in sorted(custody, key=lambda each: (each.occurred_at, each.id))
        ),
        count=count_sheet(latest, manifests=manifests) if latest else None,
    )


def count_sheet(count: Count, *, manifests: bool) -> CountSheet:
    """A count as it is shown."""
    return CountSheet(
        id=count.id,
        drop_id=count.removal_id,
        batch_id=count.batch_id,
        revision=count.revision,
        contents=tuple(count.contents),
        total_cents=count.total_cents,
        drop_effect_cents=count.drop_effect_cents,
        first_count_cents=count.first_count_cents,
        second_count_cents=count.second_count_cents,
        tester=count.tester,
        team=count.team,
        evidence=tuple(count.evidence) if manifests else None,
        reported_exceptions=tuple(count.reported_exceptions),
        supersedes=count.supersedes,
        reason=count.reason,
        counted_at=count.counted_at,
        recorded_at=count.recorded_at,
    )


def count_by_id(
    cursor: Cursor, casino_id: UUID, count_id: UUID, *, manifests: bool
) -> CountSheet | None:
    found = load_many(cursor, Count, of(casino_id, "id = %s", count_id))
    return count_sheet(found[0], manifests=manifests) if found else None


def count_revisions(
    cursor: Cursor, casino_id: UUID, drop_id: UUID
) -> tuple[tuple[CountSheet, ...], dict[UUID, tuple[Signed, ...]]]:
    """Every count of a removed box, the first first, and who signed each; without manifests."""
    found = load_many(cursor, Count, of(casino_id, "removal_id = %s", drop_id))
    signed = signatures_by_subject(cursor, casino_id, [each.id for each in found])
    in_order = sorted(found, key=lambda each: each.revision)
    return tuple(count_sheet(each, manifests=False) for each in in_order), signed


def drop_ids(
    cursor: Cursor,
    casino_id: UUID,
    *,
    asked: Asked,
    session_id: UUID | None = None,
    state: str | None = None,
) -> Ids:
    """One page of removals; by session, those whose box served it; by state, where they are."""
    return ids_of(
        cursor,
        "select kept.id from box_removal kept"
        "  join box_mount m on m.casino_id = kept.casino_id and m.id = kept.mount_id"
        " where kept.casino_id = %(casino)s"
        " and (%(session)s::uuid is null or exists (select 1 from table_session s"
        "      where s.casino_id = kept.casino_id and s.id = %(session)s"
        "        and s.table_id = kept.table_id"
        "        and s.ordinal between m.serves_from and m.served_to))"
        " and (%(state)s::text is null or %(state)s = case"
        "   when exists (select 1 from soft_count c where c.casino_id = kept.casino_id"
        "     and c.removal_id = kept.id) then 'OPENED'"
        "   when exists (select 1 from custody_step c where c.casino_id = kept.casino_id"
        "     and c.removal_id = kept.id and c.step = 'STORED') then 'STORED'"
        "   when exists (select 1 from custody_step c where c.casino_id = kept.casino_id"
        "     and c.removal_id = kept.id and c.step = 'ARRIVED') then 'ARRIVED'"
        "   else 'REMOVED' end)",
        {"casino": casino_id, "session": session_id, "state": state},
        asked=asked,
    )
