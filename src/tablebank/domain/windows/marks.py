"""A table's counts in the order in which a window looks at them (BASE-1, BASE-2, BASE-3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from tablebank.domain.boxes import members
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import Basis, Phase, SnapshotKind
from tablebank.domain.windows.asked import Window

_KINDS = list(SnapshotKind)


class Point(NamedTuple):
    """An instant at which a tray is known: of a count with its recording, else without."""

    at: datetime
    recorded_at: datetime | None

    def is_before(self, instant: datetime, recorded_at: datetime | None) -> bool:
        """Whether something happened after it: by its instant, ties as recorded (SLIP-12)."""
        if instant != self.at or self.recorded_at is None or recorded_at is None:
            return instant > self.at
        return recorded_at > self.recorded_at


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A count, and the instant it stands for: its own, or an edge of the shift (BASE-2)."""

    snapshot_id: UUID
    kind: SnapshotKind
    basis: Basis
    total_cents: int
    point: Point
    ordinal: int
    """The session's place in the table's life; 0 for a count outside any (SNAP-7)."""
    place: datetime
    is_edge: bool

    @property
    def is_opening(self) -> bool:
        return self.kind == SnapshotKind.OPENING

    @property
    def is_attested(self) -> bool:
        """Whether par was attested and nothing counted (SNAP-2)."""
        return self.basis == Basis.PAR_ATTESTED


def in_order(mark: Mark) -> tuple[object, ...]:
    """Sorts marks. Counts of one command have one instant and one recording: then the sessions'
    order tells, and an opener comes before a closer."""
    return mark.place, mark.is_edge, *mark.point, mark.ordinal, _KINDS.index(mark.kind)


def marks(facts: TableFacts, window: Window) -> tuple[Mark, ...]:
    """The counts that stand, in order: none superseded, none of a voided session (SNAP-1, SESS-7).

    Where the window is a shift, the opener of the table's first session of it stands for the start
    and the closer of its last for the end, whenever they were counted; other shifts' counts inside
    are left out (BASE-2).
    """
    sessions = {session.id: session for session in facts.sessions}
    superseded = {snapshot.supersedes for snapshot in facts.snapshots}
    edges = _edges(facts, window)
    found = []
    for snapshot in facts.snapshots:
        session = sessions.get(snapshot.session_id) if snapshot.session_id else None
        if snapshot.id in superseded or (session and session.phase == Phase.VOIDED):
            continue
        place = edges.get(snapshot.id, snapshot.occurred_at)
        if _is_of_another_shift(session, window) and place > window.start:
            continue
        found.append(_mark(snapshot, session, place=place, is_edge=snapshot.id in edges))
    return tuple(sorted(found, key=in_order))


def _mark(snapshot: Snapshot, session: Session | None, *, place: datetime, is_edge: bool) -> Mark:
    return Mark(
        snapshot_id=snapshot.id,
        kind=snapshot.kind,
        basis=snapshot.basis,
        total_cents=snapshot.total_cents,
        point=Point(snapshot.occurred_at, snapshot.recorded_at),
        ordinal=session.ordinal or 0 if session else 0,
        place=place,
        is_edge=is_edge,
    )


def _edges(facts: TableFacts, window: Window) -> dict[UUID, datetime]:
    if window.shift_id is None:
        return {}
    mine = [each for each in members(facts) if each.shift_id == window.shift_id]
    if not mine:
        return {}
    opener = effective_snapshot(facts, mine[0].id, SnapshotKind.OPENING)
    closer = effective_snapshot(facts, mine[-1].id, SnapshotKind.CLOSING)
    edges: dict[UUID, datetime] = {}
    if closer is not None:
        edges[closer.id] = window.end
    if opener is not None:
        edges[opener.id] = window.start
    return edges


def _is_of_another_shift(session: Session | None, window: Window) -> bool:
    return (
        window.shift_id is not None and session is not None and session.shift_id != window.shift_id
    )
