"""Reading a pit by eye: once an hour a supervisor walks past the tables in play (SNAP-6).

An eye is off by a few in a hundred, and takes round figures. What it read enters nothing.
"""

from random import Random

from tablebank.simulator import chips
from tablebank.simulator.client import Turned
from tablebank.simulator.clock import MINUTE
from tablebank.simulator.pit import Pit, Table, Work

READ_EVERY = 60 * MINUTE
FIRST_READ = 35 * MINUTE
OFF_BY = 0.04
ROUND_CENTS = 10_000


def read_by_eye(pit: Pit) -> Work:
    """The hourly walk, for as long as a table of the pit is still to be played."""
    eye = Random(f"{pit.house.seed}/pit-{pit.number}/eye")
    yield pit.env.timeout(FIRST_READ)
    while not all(table.finished for table in pit.tables):
        in_play = [each for each in pit.tables if each.felt.truth is not None]
        if in_play:
            _note(pit, in_play, eye)
        yield pit.env.timeout(READ_EVERY)


def _note(pit: Pit, tables: list[Table], eye: Random) -> None:
    """One sheet; in a live demo a table may be in somebody else's hands, and is let be."""
    items = [
        {"session_id": each.live.session_id, "total_cents": _seen(each, eye)} for each in tables
    ]
    reader = pit.acting(pit.supervisor(tables[0]))
    try:
        reader.command("/observations", at=pit.instant(), items=items)
    except Turned:
        if not pit.forgives:
            raise


def _seen(table: Table, eye: Random) -> int:
    """What a tray looks like to who only passes by."""
    about = chips.value_cents(table.felt.tray) * (1 + eye.uniform(-OFF_BY, OFF_BY))
    return round(about / ROUND_CENTS) * ROUND_CENTS
