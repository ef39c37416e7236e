"""A table's counts in the order in which a window looks at them (BASE-1, BASE-2, BASE-3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tablebank.domain.boxes import members
from tablebank.domain.facts import Session, Snapshot, TableFacts
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.terms import Basis, Phase, SnapshotKind
from tablebank.domain.windows.asked import Window

_IN_A_SESSION = list(SnapshotKind)


class Order(NamedTuple):
    """Where a count stands among the others. Counts of one command have one instant and one
    recording: then the sessions' order tells, and an opener comes before a closer."""

    at: datetime
    recorded_at: datetime
    ordinal: int
    kind: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A count, and the instant it stands for: its own, or an edge of the shift (BASE-2)."""

    snapshot: Snapshot
    place: datetime
    is_edge: bool
    order: Order

    @property
    def is_opening(self) -> bool:
        return self.snapshot.kind == SnapshotKind.OPENING

    @property
    def is_attested(self) -> bool:
        """Whether par was attested and nothing counted (SNAP-2)."""
        return self.snapshot.basis == Basis.PAR_ATTESTED


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
        found.append(
            Mark(
                snapshot=snapshot,
                place=place,
                is_edge=snapshot.id in edges,
                order=_order(snapshot, session),
            )
        )
    return tuple(sorted(found, key=lambda mark: (mark.place, mark.is_edge, mark.order)))


def _edges(facts: TableFacts, window: Window) -> dict[object, datetime]:
    if window.shift_id is None:
        return {}
    mine = [each for each in members(facts) if each.shift_id == window.shift_id]
    if not mine:
        return {}
    opener = effective_snapshot(facts, mine[0].id, SnapshotKind.OPENING)
    closer = effective_snapshot(facts, mine[-1].id, SnapshotKind.CLOSING)
    edges: dict[object, datetime] = {}
    if closer is not None:
        edges[closer.id] = window.end
    if opener is not None:
        edges[opener.id] = window.start
    return edges


def _is_of_another_shift(session: Session | None, window: Window) -> bool:
    return (
        window.shift_id is not None and session is not None and session.shift_id != window.shift_id
    )


def _order(snapshot: Snapshot, session: Session | None) -> Order:
    return Order(
        at=snapshot.occurred_at,
        recorded_at=snapshot.recorded_at,
        ordinal=session.ordinal or 0 if session else 0,
        kind=_IN_A_SESSION.index(snapshot.kind),
    )
