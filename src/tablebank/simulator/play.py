"""Playing gaming days against a running system: from an empty simulated casino to the comparison.

Pits know nothing of each other, so they may be played side by side on several connections; what was
won at each table is the same either way.
"""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import date
from threading import Lock

import simpy
import simpy.rt

from tablebank.simulator import floor
from tablebank.simulator.client import Line
from tablebank.simulator.house import House, set_up
from tablebank.simulator.layouts import tables_of
from tablebank.simulator.outcome import Outcome, compare
from tablebank.simulator.people import cast
from tablebank.simulator.pit import Pit, Say, Table
from tablebank.simulator.truth import Ledger

FIRST_DAY = date(2026, 3, 2)
"""A Monday without a clock change near it: the same seed is the same day whenever it is played."""

HIRING_LINES = 2

LIVE_PACE = 40.0
"""Simulated seconds per real second at which eight hours take twelve minutes."""


def open_line(base_url: str) -> Line:
    """A connection to the system at that address."""
    return Line(base_url=base_url)


def play(
    *,
    base_url: str,
    admin_token: str,
    tables: int,
    days: int,
    seed: int,
    pace: float | None,
    progress: Callable[[str], None],
    first_day: date = FIRST_DAY,
    lanes: int = 1,
    connect: Callable[[str], Line] = open_line,
) -> Outcome:
    """Play whole gaming days in a fresh simulated casino and compare at the end.

    `pace` is simulated seconds per real second, None for as fast as it goes. `lanes` is how many
    connections play pits side by side, `connect` opens one. Raises `client.Turned` when the system
    refuses an honest step (at a visible pace the table is left to whoever acted there, and the
    others play on), and `ValueError` for a casino that is not simulated.
    """
    began = time.monotonic()
    say = _one_at_a_time(progress)
    with ExitStack() as stack:
        lines = [stack.enter_context(connect(base_url)) for _ in range(max(lanes, HIRING_LINES))]
        house = set_up(
            lines=lines,
            admin_token=admin_token,
            tables=tables_of(tables),
            everybody=cast(seed=seed, tables=tables),
            days=days,
            seed=seed,
            first_day=first_day,
            progress=say,
        )
        say("the gaming day begins")
        pits = _play_pits(house, lines=lines[:lanes], pace=pace, say=say)
        say("comparing every result with the truth")
        clerk = house.cast.of(role="ACCOUNTING", crew="ALL")[0]
        outcome = compare(
            reader=house.caller(clerk, line=lines[0], place="comparison"),
            ledger=Ledger(
                sessions=[session for pit in pits for session in pit.ledger.sessions],
                boxes=[box for pit in pits for box in pit.ledger.boxes],
            ),
            left_to_people=[
                table.code for pit in pits for table in pit.tables if table.left_to_people
            ],
            shifts=house.shifts,
            seed=seed,
        )
        return outcome.measured(
            requests=sum(line.requests for line in lines), seconds=time.monotonic() - began
        )


def _one_at_a_time(progress: Callable[[str], None]) -> Say:
    lock = Lock()

    def say(what: str) -> None:
        with lock:
            progress(what)

    return say


def _play_pits(house: House, *, lines: list[Line], pace: float | None, say: Say) -> list[Pit]:
    """Play all pits, dealt out over the lines; answers them in order."""
    numbers = sorted(house.pool)
    lanes = [numbers[lane :: len(lines)] for lane in range(len(lines))]

    def run(line: Line, here: list[int]) -> list[Pit]:
        env: simpy.Environment
        if pace is None:
            env = simpy.Environment()
        else:
            env = simpy.rt.RealtimeEnvironment(factor=1 / pace, strict=False)
        pits = [
            _open_pit(house, env=env, line=line, number=number, say=say, forgives=pace is not None)
            for number in here
        ]
        env.run()
        return pits

    if len(lines) == 1:
        return run(lines[0], lanes[0])  # on this thread, so that Ctrl-C ends it at once
    with ThreadPoolExecutor(max_workers=len(lines)) as pool:
        running = [pool.submit(run, *lane) for lane in zip(lines, lanes, strict=True)]
        played = [pit for done in running for pit in done.result()]
    return sorted(played, key=lambda pit: pit.number)


def _open_pit(
    house: House, *, env: simpy.Environment, line: Line, number: int, say: Say, forgives: bool
) -> Pit:
    known = [table for table in house.tables if table.spec.pit == number]
    pit = Pit(
        env=env,
        house=house,
        line=line,
        number=number,
        tables=[
            Table(env=env, known=table, place=place, seed=house.seed)
            for place, table in enumerate(known)
        ],
        ledger=Ledger(),
        say=say,
        forgives=forgives,
    )
    floor.start(pit, first_index=house.tables.index(known[0]))
    return pit
