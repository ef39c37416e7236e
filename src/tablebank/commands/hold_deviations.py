"""Noting holds that are off what was held before: a line of the sweep (FIND-1, STA).

A closed gaming day is what it is judged by: the month up to the last one that was closed, beside
the year before the month. So it is looked at once a day. A day may be closed before an earlier one,
or with results still to come: a table that waits for one of this month is not judged (LESSON-2).
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.decisions import Decision, House
from tablebank.domain.facts import Finding
from tablebank.domain.findings.hold_deviation import HOLD_DEVIATION, HeldInMonth, hold_deviations
from tablebank.domain.hold import held
from tablebank.domain.table_games import Results, added, all_unknown
from tablebank.domain.terms import FindingStatus
from tablebank.store.load import Known, load_many, of
from tablebank.store.results import Period, final_results, results_to_come
from tablebank.store.save import lock_head
from tablebank.store.scope import Cursor

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteHolds:
    """Compare the holds of the month with those of the year before, and raise what is beyond."""


def holds_to_note(
    cursor: Cursor, known: Known, *, now: datetime, since: UUID | None
) -> Collection[UUID]:
    """The casino itself, if its findings do not say what its holds say; else nothing is due."""
    house = known.house
    day = _last_closed(cursor, house, since) if house.settings.hold_limit_points else None
    if day is None:
        return ()
    kept = {each.subject_id: each.status for each in _kept(cursor, house)}
    for each in _judged(cursor, house, day):
        status = kept.get(each.subject_id, FindingStatus.CLEARED)
        if each.held.is_beyond and status == FindingStatus.CLEARED:
            return (house.casino.id,)
        if each.held.is_beyond is False and status == FindingStatus.OPEN:
            return (house.casino.id,)
    return ()


def _last_closed(cursor: Cursor, house: House, since: UUID | None) -> date | None:
    """The last gaming day that was closed, if one was closed since."""
    row = cursor.execute(
        "select max(gaming_day), max(id::text)::uuid from gaming_day_close where casino_id = %s",
        [house.casino.id],
    ).fetchone()
    if row is None or row[0] is None or (since is not None and row[1] < since):
        return None
    day: date = row[0]
    return day


def _judged(cursor: Cursor, house: House, day: date) -> tuple[HeldInMonth, ...]:
    month = day.replace(day=1)
    period = Period(first=month, last=day)
    now = _by_table(cursor, house, period)
    to_come = results_to_come(cursor, house.casino.id, period)
    before = _by_table(cursor, house, Period(first=month - YEAR, last=month - timedelta(days=1)))
    limit = house.settings.hold_limit_points or None
    return tuple(
        HeldInMonth(
            table_id=table_id,
            month=month,
            held=held(
                now=added((results, all_unknown(to_come.get(table_id, 0)))),
                before=before.get(table_id, added(())),
                limit_points=limit,
            ),
        )
        for table_id, results in now.items()
    )


def _by_table(cursor: Cursor, house: House, period: Period) -> dict[UUID, Results]:
    found: defaultdict[UUID, list[Results]] = defaultdict(list)
    for place, results in final_results(cursor, house.casino.id, period).items():
        found[place.table_id].append(results)
    return {table_id: added(mine) for table_id, mine in found.items()}


def _kept(cursor: Cursor, house: House) -> tuple[Finding, ...]:
    return load_many(cursor, Finding, of(house.casino.id, "kind = %s", HOLD_DEVIATION.name))


def _note(scene: Scene, body: NoteHolds) -> Decision:
    lock_head(scene.cursor, scene.casino_id)
    day = _last_closed(scene.cursor, scene.house, None)
    kept = _kept(scene.cursor, scene.house)
    scene.keep(kept)
    found: tuple[Finding, ...] = ()
    if day is not None:
        judged = _judged(scene.cursor, scene.house, day)
        found = hold_deviations(act=scene.acted(), house=scene.house, judged=judged, kept=kept)
    return Decision(
        subject_id=scene.casino_id,
        findings=found,
        changed_nothing=not found,
        outcome={"tables": [str(each.table_id) for each in found]},
    )


NOTE_HOLDS = Command(
    name="note_holds",
    body=NoteHolds,
    step="sweep",
    find=the_casino,
    decide=_note,
)
