"""A pit through its gaming days: which processes run at each table, and in what order.

Per table there is the day (open, roll over, close, boxes), the deal (one round after another) and
the watch (a supervisor who looks at the tray every ten minutes); per pit, an hourly reading of its
trays by eye. Whatever happens at a table waits for its turn at it, so counts, slips and box changes
lie between two rounds.
"""

from tablebank.simulator import chips
from tablebank.simulator.clock import MINUTE, Shift
from tablebank.simulator.drops import schedule, take_box
from tablebank.simulator.eye import read_by_eye
from tablebank.simulator.layouts import drops_each_shift
from tablebank.simulator.pit import Pit, Table, Work
from tablebank.simulator.plans import Stint, stints
from tablebank.simulator.sessions import close_table, interim_count, open_table, prepare, roll_over
from tablebank.simulator.slips import credit, fill, short_of, too_much

PREPARED_BEFORE = 12 * MINUTE
ANNOUNCED_BEFORE = 35 * MINUTE
LOOKED_AT_EVERY = 10 * MINUTE
COUNTED_EVERY = 150 * MINUTE
QUIET_BEFORE_CLOSE = 45 * MINUTE

ARRIVALS = (0.055, 0.085, 0.045)
"""How likely a free seat is taken before a round, by shift: evenings are busiest."""


def start(pit: Pit, *, first_index: int) -> None:
    """Set all of the pit's processes going. `first_index`: its first table's place in the house."""
    plans: dict[str, tuple[Stint, ...]] = {}
    for table in pit.tables:
        plan = stints(index=first_index + table.place, shifts=pit.house.shifts, rng=table.rng)
        plans[table.code] = plan
        pit.go(table, _day(pit, table, plan))
        pit.go(table, deal(pit, table))
        pit.go(table, _watch(pit, table, plan))
    pit.env.process(_prepare_shifts(pit, plans))
    pit.env.process(read_by_eye(pit))
    emergencies = (1, len(pit.house.pool))
    if pit.number in emergencies:
        pit.go(pit.tables[0], _emergency(pit, pit.tables[0]))


def _prepare_shifts(pit: Pit, plans: dict[str, tuple[Stint, ...]]) -> Work:
    """Before each shift, make ready the sessions of the tables that will be open in it."""
    for shift in pit.house.shifts:
        yield pit.until(shift.starts - PREPARED_BEFORE)
        wanted = [
            table
            for table in pit.tables
            if any(shift in stint.shifts for stint in plans[table.code])
        ]
        prepare(pit, shift=shift, tables=wanted)


def _day(pit: Pit, table: Table, plan: tuple[Stint, ...]) -> Work:
    """Open and close by plan, roll over at shift changes, have the boxes changed."""
    for stint in plan:
        yield pit.until(stint.opens)
        yield from open_table(pit, table, shift=stint.shifts[0])
        for ending, beginning in zip(stint.shifts, stint.shifts[1:], strict=False):
            yield from _change_of_shift(pit, table, ending=ending, beginning=beginning)
        yield pit.until(stint.closes - ANNOUNCED_BEFORE)
        taken_at = stint.closes if stint.last else 0
        if taken_at:
            taken_at = _run_at(pit, stint)
            schedule(pit, table, at=taken_at)
        yield pit.until(stint.closes)
        yield from close_table(pit, table)
        if taken_at:
            yield pit.until(taken_at)
            with table.hands.request() as turn:
                yield turn
                yield pit.spend(table.rng, 60, 180)
                take_box(pit, table, named=table.live)
    table.finished = True


def _run_at(pit: Pit, stint: Stint) -> int:
    """When the drop crew comes for a closed table's box: at the end of its shift, or of the day."""
    if drops_each_shift(pit.number):
        return stint.shifts[-1].ends - 10 * MINUTE
    day = stint.shifts[-1].gaming_day
    return max(shift.ends for shift in pit.house.shifts if shift.gaming_day == day) - 10 * MINUTE


def _change_of_shift(pit: Pit, table: Table, *, ending: Shift, beginning: Shift) -> Work:
    """Roll over within ten minutes of the change, the box just before or just after if it is due.

    No hand is dealt from the first count to the last box, so what a box holds is what was dropped
    in the sessions it served.
    """
    at = ending.ends + (table.place * 3 - 9) * MINUTE + table.rng.randint(0, 59)
    box_due = drops_each_shift(pit.number) or ending.gaming_day != beginning.gaming_day
    yield pit.until(at - ANNOUNCED_BEFORE)
    if box_due:
        schedule(pit, table, at=at)
    yield pit.until(at - 6 * MINUTE)
    _send_something_across(pit, table)
    yield pit.until(at)
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 90, 180)
        if box_due and table.place % 2:
            take_box(pit, table, named=table.live)
            yield pit.spend(table.rng, 60, 120)
        old = roll_over(pit, table, ending=ending, beginning=beginning)
        if box_due and not table.place % 2:
            yield pit.spend(table.rng, 60, 120)
            take_box(pit, table, named=old)
        table.play_on()


def _send_something_across(pit: Pit, table: Table) -> None:
    """At some tables a slip is on the way while the shift changes (SESS-8, SLIP-12)."""
    if table.in_flight:
        return
    green = chips.FACES.index(2_500)
    pieces = chips.none()
    pieces[green] = 20
    if table.place % 3 == 1:
        pit.go(table, fill(pit, table, pieces))
    elif table.place % 3 == 2 and table.felt.tray[green] >= 60:
        pit.go(table, credit(pit, table, pieces))


def deal(pit: Pit, table: Table) -> Work:
    """One round after another, while the table is in play and nobody is busy at it."""
    pace = table.spec.layout.seconds_a_round
    while not table.finished:
        yield pit.env.timeout(pace)
        if table.felt.truth is not None and not table.hands.count:
            table.felt.round(arrivals=ARRIVALS[pit.house.order_at(pit.env.now)])


def _watch(pit: Pit, table: Table, plan: tuple[Stint, ...]) -> Work:
    """Look at the tray every ten minutes: fill, credit, or count it now and then."""
    yield pit.env.timeout(table.place * 70)
    while not table.finished:
        yield pit.env.timeout(LOOKED_AT_EVERY)
        if table.felt.truth is None or table.winding_down or table.in_flight:
            continue
        left = min((s.closes for s in plan if s.closes > pit.env.now), default=0) - pit.env.now
        if left < QUIET_BEFORE_CLOSE:
            continue
        wanted = short_of(table)
        excess = too_much(table)
        if any(wanted):
            pit.go(table, fill(pit, table, wanted))
        elif any(excess):
            pit.go(table, credit(pit, table, excess))
        elif pit.env.now - table.counted_at > COUNTED_EVERY:
            yield from interim_count(pit, table)


def _emergency(pit: Pit, table: Table) -> Work:
    """One evening the box is full and is taken in the middle of play, the pool's put instead."""
    evening = pit.house.shifts[1]
    yield pit.until((evening.starts + evening.ends) // 2)
    while table.felt.truth is None:
        if table.finished:
            return
        yield pit.env.timeout(10 * MINUTE)
    with table.hands.request() as turn:
        yield turn
        yield pit.spend(table.rng, 120, 240)
        take_box(pit, table, named=table.live, type_="EMERGENCY", reason="the box is full and jams")
