"""One pit at work: its tables as they stand, who is on duty there, and how they sign.

A pit has its own clock of events, runners and count team, so that pits can be played side by side
and each comes out the same however the others go.
"""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

import simpy

from tablebank.simulator import chips
from tablebank.simulator.boxes import Box, Form
from tablebank.simulator.client import Amiss, Caller, Line, Sign, Turned
from tablebank.simulator.clock import Shift
from tablebank.simulator.felt import Felt
from tablebank.simulator.house import House, Registered
from tablebank.simulator.people import SHIFTS, Person
from tablebank.simulator.truth import BoxTruth, Ledger, SessionTruth
from tablebank.simulator.world import World

Work = Generator[simpy.Event, Any, None]
"""Something somebody does, taking time."""

Say = Callable[[str], None]


class Table:
    """A table as it stands in the pit: the felt, its boxes, what is under way on it."""

    def __init__(self, *, env: simpy.Environment, known: Registered, place: int, seed: int) -> None:
        code = known.spec.code
        layout = known.spec.layout
        self.spec = known.spec
        self.id = known.table_id
        self.code = code
        self.place = place
        """Its place in the pit, 0 first."""
        self.rng = Random(f"{seed}/{code}/floor")
        self.target = chips.holding(layout.target)
        tray = list(self.target)
        if not known.spec.imprest:
            for at, quantity in enumerate(tray):
                tray[at] = quantity + self.rng.randint(-quantity // 8, quantity // 8)
        dealt = Random(f"{seed}/{code}/game")
        self.felt = Felt(
            game=layout.deal(dealt),
            crowd=layout.crowd,
            rng=Random(f"{seed}/{code}/players"),
            tray=tray,
            box=Box(code=known.first_box),
        )
        self.box_truth = BoxTruth(box=known.first_box)
        self.free_boxes = [Box(code=spare) for spare in known.spare_boxes]
        self.hands = simpy.Resource(env)
        """Whoever counts, fills or carries at the table holds this: one thing at a time."""
        self.session: SessionTruth | None = None
        self.opened_before = False
        self.winding_down = False
        self.finished = False
        self.left_to_people = False
        """Somebody else acts at this table, so it is not played on (a live demo only)."""
        self.in_flight = 0
        self.counted_at = 0.0
        self.left: chips.Pieces | None = None
        """What the last close left in the tray; None before the first."""
        self.world = World()
        """How things go at this table."""

    @property
    def live(self) -> SessionTruth:
        """The session on the table."""
        if self.session is None:
            raise RuntimeError(f"{self.code} is not open")
        return self.session

    def drop_form(
        self, *, form: str, number: str, amount_cents: int, slip_id: str | None = None
    ) -> None:
        """Put a numbered form into the mounted box (SNAP-8, SLIP-13)."""
        self.world.dropped(
            Form(
                form=form,
                number=number,
                table=self.code,
                amount_cents=amount_cents,
                slip_id=slip_id,
            ),
            box=self.felt.box,
            truth=self.box_truth,
        )

    def play_on(self) -> None:
        """Play goes on in the live session, into the box that is mounted."""
        self.felt.truth = self.live
        self.box_truth.serve(self.live)


@dataclass(slots=True, kw_only=True)
class Pit:
    """A pit, its people and its tables."""

    env: simpy.Environment
    house: House
    line: Line
    number: int
    tables: list[Table]
    ledger: Ledger
    say: Say
    forgives: bool
    """Whether a table where a step is refused is left to the people there; else the run stops."""
    cage: chips.Pieces = field(default_factory=lambda: [10**6] * len(chips.FACES))
    prepared: dict[tuple[str, str], str] = field(default_factory=dict)
    """Session ids by table and shift."""
    callers: dict[str, Caller] = field(default_factory=dict)
    runners: dict[str, simpy.Store] = field(default_factory=dict)
    count_room: simpy.Resource = field(init=False)
    pool: list[Box] = field(default_factory=list)
    batches: int = 0
    audits: bool = True
    """Whether revenue audit makes results final as soon as they can be."""
    audited: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.count_room = simpy.Resource(self.env)
        self.pool.append(Box(code=self.house.pool[self.number]))
        for crew in ("DAYS", "NIGHTS"):
            store = simpy.Store(self.env)
            store.items.extend(self.house.cast.of(role="RUNNER", crew=crew, pit=self.number))
            self.runners[crew] = store

    def go(self, table: Table, work: Work) -> None:
        """Start something at a table."""
        self.env.process(self._attended(table, work))

    def _attended(self, table: Table, work: Work) -> Work:
        try:
            yield from work
        except (Turned, Amiss) as refused:
            if not self.forgives:
                raise
            if not table.left_to_people:
                self.tell(f"{table.code}  left to the people there: {refused}")
            table.left_to_people = table.finished = True
            table.felt.truth = None

    # -- time --------------------------------------------------------------------------------------

    def instant(self, *, ahead: float = 0) -> str:
        """Now, or so many seconds from now, as the wire writes it."""
        return self.house.clock.instant(self.env.now + ahead)

    def until(self, seconds: float) -> simpy.Event:
        """Wait for a second of the run; at once if it has passed."""
        return self.env.timeout(max(0, round(seconds - self.env.now)))

    def spend(self, rng: Random, least: int, most: int) -> simpy.Event:
        """Take some time."""
        return self.env.timeout(rng.randint(least, most))

    def tell(self, what: str) -> None:
        """Say what happened, with the local time."""
        at = self.house.clock.zero + timedelta(seconds=round(self.env.now))
        self.say(f"{at.astimezone(self.house.zone):%a %H:%M}  {what}")

    # -- who is on duty ----------------------------------------------------------------------------

    def dealer(self, table: Table) -> Person:
        """Who deals: the crew moves on by one table each hour."""
        crew = SHIFTS[self.house.order_at(self.env.now)]
        dealers = self.house.cast.of(role="DEALER", crew=crew, pit=self.number)
        hour = int(self.env.now // 3600)
        return dealers[(table.place + hour) % len(dealers)]

    def spans_change(self, table: Table) -> bool:
        """Whether the table's supervisor works across the shift change: the pit's second half."""
        return table.place >= (len(self.tables) + 1) // 2

    def supervisor(self, table: Table, *, of: Shift | None = None) -> Person:
        """Who supervises the table now, or for a shift where one is named."""
        now = self.env.now
        if self.spans_change(table):
            first = self.house.shifts[0]
            half = (first.ends - first.starts) // 2
            begun = now >= first.starts + half
            order = self.house.order_at(now - half) if begun else len(SHIFTS) - 1
            crew = f"MID-{order}"
        else:
            crew = SHIFTS[of.order if of else self.house.order_at(now)]
        return self.house.cast.of(role="SUPERVISOR", crew=crew, pit=self.number)[0]

    def cashier(self) -> Person:
        """The cashier at this pit's window."""
        crew = SHIFTS[self.house.order_at(self.env.now)]
        cashiers = self.house.cast.of(role="CASHIER", crew=crew)
        return cashiers[self.number % len(cashiers)]

    def pit_manager(self) -> Person:
        """The pit manager of the shift."""
        crew = SHIFTS[self.house.order_at(self.env.now)]
        return self.house.cast.of(role="PIT_MANAGER", crew=crew)[0]

    def drop_crew(self) -> tuple[Person, ...]:
        """The two who take boxes off."""
        crew = SHIFTS[self.house.order_at(self.env.now)]
        return self.house.cast.of(role="DROP_CREW", crew=crew)

    def count_team(self) -> tuple[Person, ...]:
        """Three of the count room; who leads changes with the pit."""
        team = self.house.cast.of(role="COUNT_TEAM", crew="ALL")
        turn = self.number % len(team)
        return (team[turn:] + team[:turn])[:3]

    def auditor_of_revenue(self) -> Person:
        """The accounting clerk who audits this pit."""
        clerks = self.house.cast.of(role="ACCOUNTING", crew="ALL")
        return clerks[self.number % len(clerks)]

    def runner_crew(self) -> simpy.Store:
        """Runners not on the way just now."""
        order = self.house.order_at(self.env.now)
        middle = self.house.shifts[1]
        into_day = (self.env.now - self.house.shifts[0].starts) % 86_400
        noon = (middle.starts + middle.ends) // 2 - self.house.shifts[0].starts
        days = order == 0 or (order == 1 and into_day < noon)
        return self.runners["DAYS" if days else "NIGHTS"]

    # -- acting and signing ------------------------------------------------------------------------

    def acting(self, person: Person) -> Caller:
        """That person, giving commands."""
        if person.badge not in self.callers:
            place = f"pit-{self.number}"
            self.callers[person.badge] = self.house.caller(person, line=self.line, place=place)
        return self.callers[person.badge]


def sign(person: Person) -> Sign:
    """A person's signature by badge and PIN, in their own role."""
    return Sign(role=person.role, badge=person.badge, pin=person.pin)
