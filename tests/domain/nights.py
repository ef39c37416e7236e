"""Nights that nobody planned: a table opened, filled, rolled over, dropped and closed at random.

Every move goes through the domain's own decisions; what cannot be done now is left out.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from tablebank.domain.boxes import members
from tablebank.domain.buy_ins import BuyIn, BuyInKind, Noted, checked_noted, note_buy_in
from tablebank.domain.facts import TableFacts
from tablebank.domain.observing import Read, observe
from tablebank.domain.par import par_in_force
from tablebank.domain.refusals import Refused
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.settings import Settings
from tablebank.domain.terms import LIVE, Phase, RemovalType, SlipKind, SnapshotKind
from tablebank.domain.trays import Observation
from tablebank.domain.windows.asked import TableSeen
from tests.domain.cast import SAM, worth
from tests.domain.floor import INTERIM, Floor
from tests.domain.founding import FOUNDING_DAY, instant

PAR = 777_700
START = instant("2026-03-02 10:30")

amounts = st.integers(0, 900).map(lambda dollars: dollars * 100)
moves = st.lists(
    st.tuples(
        st.sampled_from(
            (
                *("open", "roll", "close", "void", "fill", "credit", "out", "back", "interim"),
                *("drop", "buy", "buy", "read"),
            )
        ),
        amounts,
        st.integers(-1, 90),
        st.booleans(),
    ),
    min_size=3,
    max_size=18,
)
pars = st.sampled_from([None, PAR])


class Night:
    """A table's night; what cannot be done now is left out."""

    def __init__(self, par: int | None) -> None:
        self.floor = Floor(par_cents=par)
        self.tray = 500_000
        self.boxes = 0
        self.recordings = 0
        self.out: list[Any] = []
        self.buy_ins: list[BuyIn] = []
        self.readings: list[Observation] = []

    def play(self, move: str, amount: int, minutes: int, late: bool) -> None:
        """One move; one that is refused just then is left out, as it would be on the floor."""
        with suppress(Refused):
            self._play(move, amount, minutes, late)

    def _play(self, move: str, amount: int, minutes: int, late: bool) -> None:
        floor = self.floor
        # A slip may fall in the very minute of what came before; a count takes time.
        if minutes < 1 and move not in ("fill", "credit", "out", "back", "buy"):
            minutes = 1
        floor.clock += timedelta(minutes=minutes)
        self.recordings += 1
        floor.recorded_after = timedelta(
            minutes=minutes * 7 if late and minutes > 0 else 0, milliseconds=self.recordings
        )
        live = next((each for each in floor.facts.sessions if each.phase in LIVE), None)
        if live is None:
            if move not in ("close", "void") and floor.mounted:
                floor.opened(worth(self.tray), shift=("DAY", "SWING", "GRAVE")[amount % 3])
        elif move in ("fill", "credit", "out", "back"):
            self._slips(move, amount, late)
        elif move in ("buy", "read"):
            self._look(move, amount, late)
        elif move == "interim":
            floor.count(INTERIM, worth(amount))
        elif move == "roll" and floor.mounted:
            self.tray = amount
            floor.roll_over(worth(amount))
        elif move == "close" and not self.out:
            self.tray = amount
            floor.closed(worth(amount))
        elif move == "void" and _untouched(floor):
            floor.void()
        elif move == "drop" and members(floor.facts):
            self.boxes += 1
            removal = floor.remove(RemovalType.SCHEDULED, replacement=f"R{self.boxes}")
            if late:
                floor.count_box(removal, amount)

    def _slips(self, move: str, amount: int, late: bool) -> None:
        floor = self.floor
        if move == "back":
            if not self.out:
                return
            slip = self.out.pop()
            if late and floor.slip(slip).session_id == floor.session().id:
                floor.void_slip(slip, _chips(floor, slip))
            else:
                floor.verify(slip)
        elif amount and move == "out":
            slip = floor.ask(SlipKind.CREDIT, worth(amount))
            floor.pick_up(slip)
            self.out.append(slip)
        elif amount:
            (floor.filled if move == "fill" else floor.credited)(worth(amount))

    def _look(self, move: str, amount: int, late: bool) -> None:
        if move == "buy":
            self._buy_in(amount, corrects=late)
        else:
            self._read(amount, late)

    def _buy_in(self, amount: int, *, corrects: bool) -> None:
        """Noted at the live session; or the last one of it corrected, perhaps taken back."""
        floor = self.floor
        live = floor.session()
        superseded = {each.supersedes for each in self.buy_ins}
        stand = [
            each
            for each in self.buy_ins
            if each.session_id == live.id and each.id not in superseded
        ]
        before = stand[-1] if stand and corrects else None
        noted = Noted(
            kind=BuyInKind.CASH,
            amount_cents=amount,
            supersedes=before,
            reason="miscounted" if before else None,
        )
        self.buy_ins.append(
            note_buy_in(
                act=floor.act("telemetry", SAM),
                settings=Settings(telemetry=True),
                session=live,
                opener=effective_snapshot(floor.facts, live.id, SnapshotKind.OPENING),
                noted=checked_noted(noted),
                beside=self.buy_ins,
            )
        )

    def _read(self, amount: int, says_drop: bool) -> None:
        floor = self.floor
        live = floor.session()
        read = Read(
            session_id=live.id,
            total_cents=amount,
            chipset=None,
            estimated_drop_cents=amount * 2 if says_drop else None,
        )
        opener = effective_snapshot(floor.facts, live.id, SnapshotKind.OPENING)
        act = floor.act("observe", SAM)
        self.readings.append(observe(act=act, session=live, opener=opener, read=read))

    def end(self) -> None:
        """Everything on the road arrives, the table closes, every box is counted."""
        floor = self.floor
        floor.clock += timedelta(minutes=5)
        while self.out:
            floor.verify(self.out.pop())
        if any(each.phase in LIVE for each in floor.facts.sessions):
            floor.closed(worth(self.tray))
        if members(floor.facts):
            floor.remove(RemovalType.SCHEDULED)
        counted = {each.removal_id for each in floor.facts.counts}
        for removal in floor.facts.removals:
            if removal.id not in counted:
                floor.count_box(removal.id, 12_300)

    def seen(
        self, facts: TableFacts | None = None, *, known_by: datetime | None = None
    ) -> TableSeen:
        par = par_in_force(
            policies=self.floor.policies,
            modes=self.floor.modes,
            table_id=self.floor.facts.table.id,
            game_type="BLACKJACK",
            day=FOUNDING_DAY,
        )
        return TableSeen(
            facts=facts or self.floor.facts,
            par=par,
            observations=tuple(_recorded_by(known_by, self.readings)),
            buy_ins=tuple(_recorded_by(known_by, self.buy_ins)),
        )


def _recorded_by(instant_: datetime | None, told: Iterable[Any]) -> list[Any]:
    return [each for each in told if instant_ is None or each.recorded_at <= instant_]


def _chips(floor: Floor, slip: Any) -> str:
    return worth(floor.slip(slip).total_cents)


def _untouched(floor: Floor) -> bool:
    live = floor.session()
    mine = [each for each in floor.facts.slips if each.session_id == live.id]
    taken = [each for each in floor.facts.removals if each.session_id == live.id]
    counts = [each for each in floor.snapshots(live.id) if each.kind != SnapshotKind.OPENING]
    return not mine and not taken and not counts and live.phase == Phase.OPEN


def night_of(par: int | None, played: Iterable[tuple[str, int, int, bool]]) -> Night:
    night = Night(par)
    for move in played:
        night.play(*move)
    return night


def edges_worth_asking(facts: TableFacts) -> list[datetime]:
    """Instants worth asking about: of counts, one minute beside them, and far outside."""
    found = {START, START + timedelta(days=3)}
    for shot in facts.snapshots:
        found |= {shot.occurred_at + timedelta(minutes=aside) for aside in (-1, 0, 1)}
    return sorted(found)
