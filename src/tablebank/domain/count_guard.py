"""The count guard: a count has a beginning, and chips that move during it make it stale (SNAP-5).

Counting a tray takes minutes. A fill or a credit that touches it meanwhile is either in the figure
or it is not, and nobody can tell from the figure. So a count may be started by a command of its
own, and whoever records it names that start: if the tray moved since, it is refused with what
happened. The counter then counts again, or starts once more from where the tray is now.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import Act, Decision, Signed
from tablebank.domain.facts import Session, Slip, Snapshot, TableFacts
from tablebank.domain.occurrence import check_not_before, rfc3339
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.rundown import effective_snapshot, last_count, slips_of, tray_recorded_at
from tablebank.domain.terms import Phase, SlipStatus, SnapshotKind
from tablebank.domain.trays import CountStart

WAYS_ON = ("count_again", "start_again")
"""What can be done about a stale count: recount from a new start, or take the counted chips over to
a new start where they already hold what moved."""

_COUNTED_IN = {
    SnapshotKind.OPENING: ((Phase.OPENING, Phase.OPEN), Refusal.SESSION_NOT_OPENING),
    SnapshotKind.INTERIM: ((Phase.OPEN,), Refusal.SESSION_NOT_OPEN),
    SnapshotKind.CLOSING: (
        (Phase.OPEN, Phase.CLOSING, Phase.CLOSED),
        Refusal.SESSION_NOT_CLOSING,
    ),
}
"""In which phases a count of each kind may be begun; a closing in play is that of a roll-over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """Chips of a slip that came into the tray or left it: when, and by how much (SLIP-12).

    `effect_cents` is signed: what the tray held more afterwards.
    """

    slip: Slip
    at: datetime
    effect_cents: int

    def as_facts(self) -> dict[str, Any]:
        """What a refused counter needs to know of it."""
        return {
            "id": str(self.slip.id),
            "kind": str(self.slip.kind),
            "number": self.slip.number,
            "status": str(self.slip.status),
            "at": rfc3339(self.at),
            "effect_cents": self.effect_cents,
        }


def start_count(*, act: Act, facts: TableFacts, session: Session, kind: SnapshotKind) -> Decision:
    """Begin a count, or begin it anew: it renews the running start of this session and kind.

    Refuses what could not be recorded either: a kind that the phase does not allow.
    """
    if kind not in _COUNTED_IN:
        raise Refused(Refusal.SHAPE, {"kind": str(kind)})
    phases, refusal = _COUNTED_IN[kind]
    if session.phase not in phases:
        raise Refused(refusal, {"status": str(session.phase)})
    opener = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    if opener is not None:
        check_not_before(act.occurred_at, earliest=opener.occurred_at, what="the opener")
    base = last_count(facts, session.id)
    before = running(facts, session, kind)
    start = CountStart(
        id=act.new_id(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        kind=kind,
        started_at=act.occurred_at,
        recorded_at=act.recorded_at,
        started_by=act.actor_id,
        base_snapshot_id=base.id if base else None,
        renews=before.id if before else None,
    )
    return Decision(
        new=(start,),
        signed=(Signed(subject_id=start.id, session_id=session.id),),
        subject_id=start.id,
        session_id=session.id,
        outcome={"moved": [each.as_facts() for each in moves_since(facts, before)]},
    )


def running(facts: TableFacts, session: Session, kind: SnapshotKind) -> CountStart | None:
    """The start of this session and kind that nobody recorded or renewed yet, if any."""
    over = {each.count_id for each in facts.snapshots}
    over |= {each.count_id for each in facts.trials}
    over |= {each.renews for each in facts.starts}
    mine = [
        each
        for each in facts.starts
        if each.session_id == session.id and each.kind == kind and each.id not in over
    ]
    return max(mine, key=lambda each: (each.recorded_at, each.id), default=None)


def started(
    facts: TableFacts, session: Session, kind: SnapshotKind, *, count_id: UUID
) -> CountStart:
    """The start that a count names; NOT_FOUND unless it is of this session and kind."""
    for each in facts.starts:
        if each.id == count_id and each.session_id == session.id and each.kind == kind:
            return each
    raise Refused(Refusal.NOT_FOUND, {"count_id": str(count_id)})


def check_guarded(
    *, act: Act, facts: TableFacts, session: Session, kind: SnapshotKind, count_id: UUID | None
) -> None:
    """Refuses COUNT_STALE with what happened if the tray moved since the count began (SNAP-5).

    Without a `count_id` nobody said when it began, and nothing is refused. One start is recorded
    once: a second count begins by itself.
    """
    if count_id is None:
        return
    start = started(facts, session, kind, count_id=count_id)
    check_not_before(act.occurred_at, earliest=start.started_at, what="the count's beginning")
    recorded = _recorded_as(facts, start)
    told = {"count_id": str(start.id), "started_at": rfc3339(start.started_at)}
    if recorded is not None:
        why = "this count was recorded already"
        raise Refused(Refusal.COUNT_STALE, {"why": why, "snapshot_id": str(recorded.id), **told})
    moved = moves_since(facts, start)
    if moved:
        raise Refused(
            Refusal.COUNT_STALE,
            {
                "why": "chips moved since the count began",
                **told,
                "slips": [each.as_facts() for each in moved],
                "moved_cents": sum(each.effect_cents for each in moved),
                "ways_on": list(WAYS_ON),
            },
        )


def _recorded_as(facts: TableFacts, start: CountStart) -> Snapshot | None:
    return next((each for each in facts.snapshots if each.count_id == start.id), None)


def moves_since(facts: TableFacts, start: CountStart | None) -> tuple[Move, ...]:
    """What touched the session's tray after the start, in order: by tray instant, ties as recorded.

    A credit that was picked up and voided again moved twice; that it comes to nothing is no help to
    who counted in between.
    """
    if start is None:
        return ()
    moves = [
        move
        for slip in slips_of(facts, start.session_id)
        for move in (_taken(facts, slip, start), _returned(facts, slip, start))
        if move is not None
    ]
    return tuple(sorted(moves, key=lambda each: (each.at, each.slip.id)))


def _taken(facts: TableFacts, slip: Slip, start: CountStart) -> Move | None:
    at = slip.tray_instant
    if at is None or not _is_after(start, at, recorded_at=tray_recorded_at(facts, slip)):
        return None
    return Move(slip=slip, at=at, effect_cents=slip.bank_effect_cents)


def _returned(facts: TableFacts, slip: Slip, start: CountStart) -> Move | None:
    """The chips of a credit that was voided stand in the tray again."""
    if slip.tray_instant is None or slip.status != SlipStatus.VOIDED:
        return None
    voided = (
        step.occurred_at
        for step in facts.steps
        if step.slip_id == slip.id
        and step.status == SlipStatus.VOIDED
        and _is_after(start, step.occurred_at, recorded_at=step.recorded_at)
    )
    at = next(voided, None)
    return None if at is None else Move(slip=slip, at=at, effect_cents=-slip.bank_effect_cents)


def _is_after(start: CountStart, instant: datetime, *, recorded_at: datetime | None) -> bool:
    if instant != start.started_at:
        return instant > start.started_at
    return recorded_at is not None and recorded_at > start.recorded_at
