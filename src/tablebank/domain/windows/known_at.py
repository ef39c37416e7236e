"""A table's facts as they were known at an earlier instant (RUN-9).

Facts are only ever added, so what was known is what had been recorded by then: later counts,
slips and boxes are left away, and what they changed stands as it stood.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tablebank.domain.facts import Mount, Session, Slip, TableFacts
from tablebank.domain.terms import CLOSED_PHASES, Phase, SlipStatus, SnapshotKind

REACHES_THE_TRAY = frozenset({SlipStatus.VERIFIED_AT_TABLE, SlipStatus.PICKED_UP})


@dataclass(frozen=True, kw_only=True, slots=True)
class Lived:
    """When it was recorded that a session was opened, closed or voided: None where it was not."""

    opened: datetime | None = None
    closed: datetime | None = None
    voided: datetime | None = None


def known_at(facts: TableFacts, instant: datetime, *, lived: Mapping[UUID, Lived]) -> TableFacts:
    """What of these facts had been recorded by `instant` (UTC, the server's clock).

    `lived` says by session when its opening and its end were recorded, from the journal; one that
    is not in it is known from its opener on, and is taken to have ended, if it has, before.
    """
    snapshots = tuple(each for each in facts.snapshots if each.recorded_at <= instant)
    counted = {each.session_id for each in snapshots if each.kind == SnapshotKind.OPENING}
    opened = {id_ for id_, life in lived.items() if life.opened and life.opened <= instant}
    steps = tuple(each for each in facts.steps if each.recorded_at <= instant)
    removals = tuple(each for each in facts.removals if each.recorded_at <= instant)
    taken_off = {each.mount_id for each in removals}
    reached: dict[UUID, list[SlipStatus]] = {}
    for step in sorted(steps, key=lambda each: each.id):
        reached.setdefault(step.slip_id, []).append(step.status)
    return replace(
        facts,
        sessions=tuple(
            _session(each, instant, lived.get(each.id, Lived()))
            for each in facts.sessions
            if each.id in counted | opened
        ),
        snapshots=snapshots,
        slips=tuple(_slip(each, reached[each.id]) for each in facts.slips if each.id in reached),
        steps=steps,
        mounts=tuple(
            each if each.id in taken_off else _still_on(each)
            for each in facts.mounts
            if each.recorded_at <= instant
        ),
        removals=removals,
        counts=tuple(each for each in facts.counts if each.recorded_at <= instant),
        custody=tuple(each for each in facts.custody if each.recorded_at <= instant),
    )


def _session(session: Session, instant: datetime, lived: Lived) -> Session:
    """Not voided and not closed before that was recorded."""
    voided_later = lived.voided is not None and lived.voided > instant
    closed_later = lived.closed is not None and lived.closed > instant
    if session.phase == Phase.VOIDED and not voided_later:
        return session
    if session.phase == Phase.VOIDED or (session.phase in CLOSED_PHASES and closed_later):
        return replace(session, phase=Phase.OPEN, closed_at=None, closed_by=None)
    return session


def _slip(slip: Slip, reached: list[SlipStatus]) -> Slip:
    touched = any(status in REACHES_THE_TRAY for status in reached)
    return replace(slip, status=reached[-1], tray_instant=slip.tray_instant if touched else None)


def _still_on(mount: Mount) -> Mount:
    return replace(mount, served_to=None, taken_off_at=None)
