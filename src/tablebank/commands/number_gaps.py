"""Noting the numbers of forms that are nowhere, or on two records: a line of the sweep (FIL-06)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.decisions import Decision, House
from tablebank.domain.facts import Finding
from tablebank.domain.findings.slip_number_gap import SLIP_NUMBER_GAP, number_gaps
from tablebank.domain.number_accounts import SeriesAccount, gaps
from tablebank.domain.terms import FindingStatus
from tablebank.store.load import Known, load_many, of
from tablebank.store.number_accounts import Days, number_accounts
from tablebank.store.save import lock_head
from tablebank.store.scope import Cursor

BACK = timedelta(days=31)
"""How many gaming days are looked at again, beside the one that runs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NoteNumberGaps:
    """Look at the numbers of the last gaming days, and raise what is missing."""


def gaps_to_note(
    cursor: Cursor, known: Known, *, now: datetime, since: UUID | None
) -> Collection[UUID]:
    """The casino itself, if its findings do not say what its numbers say; else nothing is due.

    `since` is not asked for: a number that is gone has no row by which it could be found.
    """
    casino_id = known.house.casino.id
    numbers = _numbers(cursor, known.house, now)
    kept = [
        each
        for each in _kept(cursor, casino_id)
        if any(account.covers(each.subject_id) for account in numbers)
    ]
    explained = {each.subject_id for each in kept if each.status == FindingStatus.RESOLVED}
    waiting = {each.subject_id for each in kept if each.status == FindingStatus.OPEN}
    return () if set(gaps(numbers)) - explained == waiting else (casino_id,)


def _numbers(cursor: Cursor, house: House, now: datetime) -> tuple[SeriesAccount, ...]:
    today = house.calendar.day_of(now)
    return number_accounts(cursor, house, Days(first=today - BACK, last=today))


def _kept(cursor: Cursor, casino_id: UUID) -> tuple[Finding, ...]:
    return load_many(cursor, Finding, of(casino_id, "kind = %s", SLIP_NUMBER_GAP.name))


def _note(scene: Scene, body: NoteNumberGaps) -> Decision:
    """Under the chain's lock, so that of two who look at once one finds it noted."""
    lock_head(scene.cursor, scene.casino_id)
    kept = _kept(scene.cursor, scene.casino_id)
    scene.keep(kept)
    found = number_gaps(
        act=scene.acted(),
        house=scene.house,
        numbers=_numbers(scene.cursor, scene.house, scene.now),
        kept=kept,
    )
    return Decision(
        subject_id=scene.casino_id,
        findings=found,
        changed_nothing=not found,
        outcome={"numbers": [each.subject_id for each in found]},
    )


NOTE_NUMBER_GAPS = Command(
    name="note_number_gaps",
    body=NoteNumberGaps,
    step="sweep",
    find=the_casino,
    decide=_note,
)
