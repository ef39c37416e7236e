"""Commands about pits: what a pit is called, and when its boxes are dropped (settings).

A pit has no row of its own: it is a word that its tables share. So it is renamed at all of them at
once, in one command and one entry of the journal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tablebank.commands.house import revision_of
from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.decisions import Decision
from tablebank.domain.drop_schedule import (
    GRACE_MINUTES,
    AskedSchedule,
    change_schedule,
    checked_schedule,
    moved_to,
)
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.facts import Table
from tablebank.domain.refusals import FieldError, Refusal, Refused


@dataclass(frozen=True, kw_only=True, slots=True)
class RenamePit:
    """A pit under another name from today on; its past sessions keep the name they had (BASE-7)."""

    pit: str
    name: str


def _check_pit(scene: Scene, body: RenamePit) -> RenamePit:
    _known_pit(scene, body.pit)
    if body.name != body.pit and scene.all_of(Table, "pit = %s", body.name):
        raise Refused(Refusal.CODE_TAKEN, {"pit": body.name})
    return body


def _known_pit(scene: Scene, pit: str) -> None:
    if not scene.all_of(Table, "pit = %s", pit):
        error = FieldError("/pit", Refusal.REFERENCE_UNKNOWN.name, "No table stands in this pit.")
        raise Refused(Refusal.REFERENCE_UNKNOWN, {"pit": pit}, errors=[error])


def _rename_pit(scene: Scene, body: RenamePit) -> Decision:
    """Every table of the pit under its lock, in the order of their ids, and the pit's schedules."""
    act = scene.acted()
    tables = scene.all_of(Table, "pit = %s order by id for update", body.pit)
    outcome = {"tables": [str(table.id) for table in tables]}
    if body.name == body.pit:
        return Decision(subject_id=scene.casino_id, outcome=outcome, changed_nothing=True)
    changed = tuple(replace(table, pit=body.name) for table in tables)
    new: list[Any] = [revision_of(scene, table, since=scene.today) for table in changed]
    schedules = scene.all_of(DropScheduleRow, "pit = %s", body.pit)
    new += moved_to(schedules, pit=body.pit, name=body.name, act=act, today=scene.today)
    return Decision(
        new=tuple(new),
        changed=changed,
        subject_id=scene.casino_id,
        outcome=outcome,
    )


RENAME_PIT = Command(
    name="rename_pit",
    body=RenamePit,
    step="settings",
    find=the_casino,
    check=_check_pit,
    decide=_rename_pit,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeDropSchedule:
    """When boxes are dropped in a pit, or wherever no pit says otherwise, from a day on (BOX-3)."""

    effective_from_gaming_day: date
    at: Sequence[str]
    window_minutes: int
    pit: str | None = None
    grace_minutes: int = GRACE_MINUTES
    reason: str | None = None

    @property
    def asked(self) -> AskedSchedule:
        return AskedSchedule(
            effective_from_gaming_day=self.effective_from_gaming_day,
            pit=self.pit,
            at=tuple(self.at),
            window_minutes=self.window_minutes,
            grace_minutes=self.grace_minutes,
            reason=self.reason,
        )


def _check_schedule(scene: Scene, body: ChangeDropSchedule) -> ChangeDropSchedule:
    kept = checked_schedule(body.asked, start=scene.house.casino.gaming_day_start)
    if body.pit is not None:
        _known_pit(scene, body.pit)
    return replace(body, at=kept.at)


def _change_schedule(scene: Scene, body: ChangeDropSchedule) -> Decision:
    row = change_schedule(
        act=scene.acted(),
        casino_id=scene.casino_id,
        asked=body.asked,
        rows=scene.all_of(DropScheduleRow),
        today=scene.today,
        since=scene.there_since,
    )
    return Decision(new=(row,), subject_id=row.id)


CHANGE_DROP_SCHEDULE = Command(
    name="change_drop_schedule",
    body=ChangeDropSchedule,
    step="settings",
    find=the_casino,
    check=_check_schedule,
    decide=_change_schedule,
    creates=True,
)
