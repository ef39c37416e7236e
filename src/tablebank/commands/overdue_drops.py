"""Noting the boxes that are overdue: a line of the sweep, table by table (FIND-2, BOX-3)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_table
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import DropScheduleRow
from tablebank.domain.facts import Finding
from tablebank.domain.findings.drop_overdue import DROP_OVERDUE, drop_overdue, is_told
from tablebank.store.load import Known, load_many, of
from tablebank.store.mounted_boxes import mounted_boxes
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteOverdueDrop:
    """Look at the box on a table, and raise it if it is overdue."""


def drops_to_note(
    cursor: Cursor, known: Known, *, now: datetime, since: UUID | None
) -> Collection[UUID]:
    """The tables whose box is overdue and no finding says so; `since` is not asked for.

    A box comes to be overdue by standing still: there is no new row by which it could be found.
    """
    casino_id = known.house.casino.id
    schedules = load_many(cursor, DropScheduleRow, of(casino_id))
    hanging = mounted_boxes(cursor, known.house, schedules, now=now)
    overdue = [each for each in hanging if each.is_overdue(now)]
    if not overdue:
        return ()
    ids = [each.table_id for each in overdue]
    kept = load_many(
        cursor,
        Finding,
        of(casino_id, "kind = %s and table_id = any(%s)", DROP_OVERDUE.name, ids),
    )
    return [each.table_id for each in overdue if not is_told(each, kept)]


def _note(scene: Scene, body: NoteOverdueDrop) -> Decision:
    """Under the table's lock: a box that is taken meanwhile is not raised any more."""
    facts, act = scene.on_table(), scene.acted()
    schedules = scene.all_of(DropScheduleRow)
    hanging = mounted_boxes(
        scene.cursor, scene.house, schedules, now=act.now, table_id=facts.table.id
    )
    kept = scene.all_of(Finding, "kind = %s and table_id = %s", DROP_OVERDUE.name, facts.table.id)
    found = tuple(
        each for box in hanging for each in drop_overdue(act=act, facts=facts, box=box, kept=kept)
    )
    return Decision(
        subject_id=facts.table.id,
        findings=found,
        changed_nothing=not found,
        outcome={"table": facts.table.code, "boxes": [each.box for each in hanging]},
    )


NOTE_OVERDUE_DROP = Command(
    name="note_overdue_drop",
    body=NoteOverdueDrop,
    step="sweep",
    find=the_table,
    decide=_note,
)
