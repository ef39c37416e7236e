"""A night around one shift change, at two or three tables, with what goes wrong in it.

Every table opens, gets a fill, and crosses the change by its plan: rolled over with its box
changed, or closed, dropped and opened again. A second slip follows and the close; then one run
collects the boxes, and the count room counts them together. What a fault leaves undone stays so.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import simpy

from tablebank.simulator import chips
from tablebank.simulator.client import Caller, Line
from tablebank.simulator.clock import MINUTE
from tablebank.simulator.drops import (
    Taken,
    counted,
    hand_over,
    schedule,
    shelve,
    swap_box,
    take_box,
)
from tablebank.simulator.faults.drawing import PIT, Drawn, crew
from tablebank.simulator.faults.kind import Fault, Plan
from tablebank.simulator.floor import deal
from tablebank.simulator.house import SET_UP, House, set_up
from tablebank.simulator.pit import Pit, Table, Work, sign
from tablebank.simulator.play import FIRST_DAY
from tablebank.simulator.sessions import close_table, open_table, prepare, roll_over
from tablebank.simulator.slips import credit, fill
from tablebank.simulator.truth import Ledger

OPENS = -110 * MINUTE
STANDS_FROM, DROPPED_AT, OPENS_AGAIN = -45 * MINUTE, -25 * MINUTE, 10 * MINUTE
ROLLS_AT = -5 * MINUTE
CLOSES, RUN_AT = 75 * MINUTE, 110 * MINUTE
MORNING = 75 * MINUTE
"""All from the shift change, the last from the end of the shift that it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """A night that was played, and the house to ask about it."""

    house: House
    sessions: tuple[str, ...]
    """The ids of those that were played."""
    ended_at: str
    faults: tuple[tuple[str, Fault], ...]
    """What went wrong, each with the code of its table."""


@dataclass(slots=True, kw_only=True)
class _Evening:
    """The night while it is played."""

    pit: Pit
    change: int
    waiting: list[Table] = field(default_factory=list)
    """Tables closed for the night, whose boxes the run is to take."""


def play_night(
    *,
    line: Line,
    admin_token: str,
    seed: int,
    drawn: tuple[Drawn, ...],
    say: Callable[[str], None],
) -> Night:
    """Play the night in a fresh simulated casino. Raises `client.Turned` and `client.Amiss`."""
    house = set_up(
        lines=[line],
        admin_token=admin_token,
        tables=[each.spec for each in drawn],
        everybody=crew(seed=seed, tables=len(drawn)),
        days=1,
        seed=seed,
        first_day=FIRST_DAY,
        progress=say,
    )
    _set_rules(house, line=line, admin_token=admin_token)
    env = simpy.Environment()
    tables = [
        Table(env=env, known=known, place=place, seed=seed)
        for place, known in enumerate(house.tables)
    ]
    pit = Pit(
        env=env,
        house=house,
        line=line,
        number=PIT,
        tables=tables,
        ledger=Ledger(),
        say=say,
        forgives=False,
        audits=False,
    )
    evening = _Evening(pit=pit, change=house.shifts[0].ends)
    for table, each in zip(tables, drawn, strict=True):
        _lay(each, table=table, tables=tables)
        pit.go(table, _at_table(evening, table, plan=each.plan))
        pit.go(table, deal(pit, table))
    env.process(_run(evening))
    env.process(_morning(evening))
    env.run()
    return Night(
        house=house,
        sessions=tuple(each.session_id for each in pit.ledger.sessions),
        ended_at=pit.instant(),
        faults=tuple((each.spec.code, each.fault) for each in drawn if each.fault is not None),
    )


def _set_rules(house: House, *, line: Line, admin_token: str) -> None:
    """The house drops every form it has, and the cage counts the whole of a count blind."""
    Caller(line=line, token=admin_token, stream=f"{house.seed}/night/admin").command(
        "/casino",
        method="PATCH",
        at=house.clock.instant(SET_UP),
        settings={
            "box_forms": ["FILL", "CREDIT", "OPENER", "CLOSER", "REQUEST"],
            "count_verifier": True,
        },
    )


def _lay(drawn: Drawn, *, table: Table, tables: list[Table]) -> None:
    """What goes wrong at a table is how the world is there."""
    if drawn.fault is None:
        return
    table.world = drawn.fault
    if drawn.beside is not None:
        beside = tables[drawn.beside]
        drawn.fault.neighbour = lambda: beside.felt.box


# -- at a table ------------------------------------------------------------------------------------


def _at_table(evening: _Evening, table: Table, *, plan: Plan) -> Work:
    pit, change = evening.pit, evening.change
    yield pit.until(change + OPENS + table.place * 3 * MINUTE)
    yield from open_table(pit, table, shift=pit.house.shifts[0])
    yield pit.spend(table.rng, 5 * MINUTE, 12 * MINUTE)
    yield from fill(pit, table, _stacks(table))
    yield from _between(pit, table)
    yield from (_across if plan is Plan.ROLLS else _closed_between)(evening, table)
    yield pit.spend(table.rng, 5 * MINUTE, 12 * MINUTE)
    yield from _second_slip(pit, table)
    yield from _between(pit, table)
    if table.world.stays_open(table.live):
        table.finished = True
        return
    schedule(pit, table, at=change + RUN_AT)
    yield pit.until(change + CLOSES)
    yield from close_table(pit, table)
    table.finished = True
    evening.waiting.append(table)


def _stacks(table: Table) -> chips.Pieces:
    """A fill: some stacks of reds, and of greens."""
    pieces = chips.none()
    for cents in (500, 2_500):
        pieces[chips.FACES.index(cents)] = 20 * table.rng.randint(1, 3)
    return pieces


def _second_slip(pit: Pit, table: Table) -> Work:
    """A credit where the tray has the chips, or another fill."""
    green = chips.FACES.index(2_500)
    if table.rng.random() < 0.5 and table.felt.tray[green] >= 80:
        pieces = chips.none()
        pieces[green] = 20 * table.rng.randint(1, 2)
        yield from credit(pit, table, pieces)
    else:
        yield from fill(pit, table, _stacks(table))


def _between(pit: Pit, table: Table) -> Work:
    """What may come up while the table is in play: a full box, a dark terminal."""
    if table.world.takes_in_play(table.box_truth):
        with table.hands.request() as turn:
            yield turn
            yield pit.spend(table.rng, 60, 180)
            take_box(pit, table, named=table.live, type_="UNSCHEDULED", reason="the box is full")
    if table.world.writes_on_paper(table.live):
        yield from _count_on_paper(pit, table)


def _count_on_paper(pit: Pit, table: Table) -> Work:
    """An interim count is written by hand, and entered when the terminal is back (BACK-1)."""
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 90, 180)
        at, seen = pit.instant(), chips.chipset(table.felt.tray)
        by = [pit.supervisor(table).name, pit.dealer(table).name]
    yield pit.spend(table.rng, 20 * MINUTE, 30 * MINUTE)
    pit.acting(pit.supervisor(table)).command(
        f"/sessions/{table.live.session_id}/snapshots",
        at=at,
        kind="INTERIM",
        chipset=seen,
        paper={
            "form": "Table count, by hand",
            "number": f"H-{table.rng.randint(1, 9_999):04d}",
            "signed_by": by,
            "reason": "the terminal was dark",
        },
        sign=[sign(pit.pit_manager())],
    )


def _across(evening: _Evening, table: Table) -> Work:
    """Rolled over at the change, the box taken just after."""
    pit = evening.pit
    day, night = pit.house.shifts[:2]
    schedule(pit, table, at=evening.change)
    yield pit.until(evening.change + ROLLS_AT + table.place * 3 * MINUTE)
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 90, 180)
        old = roll_over(pit, table, ending=day, beginning=night)
        yield pit.spend(table.rng, 60, 120)
        take_box(pit, table, named=old)
        table.play_on()


def _closed_between(evening: _Evening, table: Table) -> Work:
    """Closed before the change, the box taken off the closed table, opened again after."""
    pit, change = evening.pit, evening.change
    schedule(pit, table, at=change + DROPPED_AT)
    yield pit.until(change + STANDS_FROM)
    yield from close_table(pit, table)
    late = table.world.late_by(table.box_truth)
    yield pit.until(change + DROPPED_AT + late)
    take_box(pit, table, named=table.live, reason="the lift stood still" if late else None)
    yield pit.until(change + OPENS_AGAIN + table.place * 3 * MINUTE)
    yield from open_table(pit, table, shift=pit.house.shifts[1])


# -- the run and the count room --------------------------------------------------------------------


def _run(evening: _Evening) -> Work:
    """One run collects what is due, and the count room counts it together (BOX-5, SOFT-7)."""
    pit = evening.pit
    yield pit.until(evening.change + RUN_AT)
    first, second = pit.drop_crew()
    leader = pit.acting(first)
    surveillance = pit.house.cast.of(role="SURVEILLANCE", crew="ALL")[0]
    trip = leader.command(
        "/drop-trips",
        at=pit.instant(),
        surveillance={"notified_at": pit.instant(ahead=-90), "operator": surveillance.name},
        sign=[sign(second)],
    )
    collected: list[tuple[Table, Taken]] = []
    for table in evening.waiting:
        if not table.world.is_left_out(table.box_truth):
            yield pit.env.timeout(2 * MINUTE)
            taken = swap_box(pit, table, named=table.live, trip_id=trip["id"])
            collected.append((table, taken))
    yield pit.env.timeout(MINUTE)
    leader.command(f"/drop-trips/{trip['id']}/end", at=pit.instant(), sign=[sign(second)])
    yield pit.env.timeout(20 * MINUTE)
    for table, taken in collected:
        hand_over(pit, table, taken)
    yield pit.env.timeout(60 * MINUTE)
    if collected:
        yield from _count_together(pit, collected)


def _count_together(pit: Pit, collected: list[tuple[Table, Taken]]) -> Work:
    """A count session: box by box, the cage's total blind, posted by all who counted."""
    lead, *others = team = pit.count_team()
    desk = pit.acting(lead)
    session = desk.command(
        "/count-sessions",
        at=pit.instant(),
        gaming_day=pit.house.shifts[0].gaming_day.isoformat(),
        team=[member.badge for member in team],
    )
    path = f"/count-sessions/{session['id']}"
    counted_cents = 0
    for table, taken in collected:
        yield pit.env.timeout(5 * MINUTE)
        held = taken.box.empty()
        desk.command(
            f"{path}/boxes/{taken.drop_id}",
            method="PUT",
            at=pit.instant(),
            **counted(table, taken, held),
        )
        taken.truth.drop_cents = held.drop_cents
        shelve(pit, table, taken.box)
        counted_cents += held.total_cents
    yield pit.env.timeout(5 * MINUTE)
    carried_cents = counted_cents
    for table, _ in collected:
        carried_cents = table.world.carried_over(carried_cents, count_session_id=session["id"])
    pit.acting(pit.cashier()).command(
        f"{path}/verifier", at=pit.instant(), total_cents=carried_cents
    )
    desk.command(f"{path}/post", at=pit.instant(), sign=[sign(member) for member in others])


def _morning(evening: _Evening) -> Work:
    """Long after the shift, the next one's sessions are made ready: so late has it become."""
    pit = evening.pit
    following = pit.house.shifts[2]
    yield pit.until(following.starts + MORNING)
    prepare(pit, shift=following, tables=pit.tables)
