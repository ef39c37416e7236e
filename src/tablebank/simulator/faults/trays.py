"""Faults of chips: gone from a closed tray, changed in it, lost on the way, or gone unseen."""

from tablebank.simulator import chips
from tablebank.simulator.faults.kind import Fault, OnSession, OnSlip, Plan


def _take(tray: chips.Pieces, *, pieces: int) -> None:
    """Take some of what lies in the tray most often."""
    place = max(range(len(tray)), key=lambda at: tray[at])
    tray[place] -= min(pieces, tray[place])


class OpenerOffInTotal(OnSession):
    """Somebody has a key to the lid."""

    name = "opener off in total"
    words = "Chips are gone from a tray that stood closed."
    kind = "OPENING_VARIANCE"
    plans = (Plan.STANDS,)

    def stood_closed(self, tray: chips.Pieces, *, session_id: str) -> None:
        if self.at_once():
            self.session_id = session_id
            _take(tray, pieces=self.rng.randint(1, 5))


class OpenerOffByDenomination(OnSession):
    """Fives were changed for a green behind the lid: the total is what it was."""

    name = "opener off by denomination"
    words = "Chips in a closed tray were changed for others of the same value."
    kind = "OPENING_VARIANCE"
    plans = (Plan.STANDS,)

    def stood_closed(self, tray: chips.Pieces, *, session_id: str) -> None:
        if not self.at_once():
            return
        self.session_id = session_id
        small, large = chips.FACES.index(500), chips.FACES.index(2_500)
        if tray[large]:
            tray[large] -= 1
            tray[small] += 5
        else:
            tray[small] -= 5
            tray[large] += 1


class ShortFill(OnSlip):
    """A chip falls from the runner's rack."""

    name = "chips short on a fill"
    words = "Fewer chips arrive than the fill says, and the cage counts as many back."
    kind = "SLIP_AMOUNT_MISMATCH"

    def on_the_way(self, carried: chips.Pieces, *, slip_id: str) -> None:
        self.turn = 1
        if self.strikes_slip(slip_id):
            _take(carried, pieces=self.rng.randint(1, 3))


class GoneBeforeBothCounts(Fault):
    """Chips go from the felt in play. The closer counts what is left, and so does the opener."""

    name = "chips gone before both counts"
    words = "Chips left the table before the closing count, and the opener agreed with it."
    is_seen = False

    def before_the_close(self, tray: chips.Pieces) -> None:
        if self.at_once():
            _take(tray, pieces=self.rng.randint(1, 5))
