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
class Ended:
    """When it was recorded that a session closed, or was voided: None where it was not."""

    closed: datetime | None = None
    voided: datetime | None = None


def known_at(facts: TableFacts, instant: datetime, *, ended: Mapping[UUID, Ended]) -> TableFacts:
    """What of these facts had been recorded by `instant` (UTC, the server's clock).

    `ended` says by session when its end was recorded, from the journal; a session that is not in
    it is taken to have ended, if it has, before. One whose opener was not recorded yet had no play
    to be known of, and is left away.
    """
    snapshots = tuple(each for each in facts.snapshots if each.recorded_at <= instant)
    opened = {each.session_id for each in snapshots if each.kind == SnapshotKind.OPENING}
    steps = tuple(each for each in facts.steps if each.recorded_at <= instant)
    removals = tuple(each for each in facts.removals if each.recorded_at <= instant)
    taken_off = {each.mount_id for each in removals}
    reached: dict[UUID, list[SlipStatus]] = {}
    for step in sorted(steps, key=lambda each: each.id):
        reached.setdefault(step.slip_id, []).append(step.status)
    return replace(
        facts,
        sessions=tuple(
            _session(each, instant, ended.get(each.id, Ended()))
            for each in facts.sessions
            if each.id in opened
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


def _session(session: Session, instant: datetime, ended: Ended) -> Session:
    """Not voided and not closed before that was recorded."""
    voided_later = ended.voided is not None and ended.voided > instant
    closed_later = ended.closed is not None and ended.closed > instant
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
