"""How things go on a floor where nothing goes wrong: what falls, what is carried, who forgets what.

The people of the simulator do their work the same way every night, and know of nothing else. What
happens to paper, chips and boxes between two of their steps is decided here; a fault is a world in
which one of these goes another way (see `faults`). Amounts are in cents, times in seconds.
"""

from collections.abc import Sequence

from tablebank.simulator.boxes import Box, Form
from tablebank.simulator.chips import Pieces
from tablebank.simulator.truth import BoxTruth, SessionTruth


class World:
    """An honest house, and nobody is careless."""

    # -- paper -------------------------------------------------------------------------------------

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        """Somebody drops a form into the box at the table: it lies in it."""
        box.contents.forms.append(form)

    def voided(self, form: Form, *, box: Box) -> None:
        """A slip was voided: its paper goes with the voids, never into a box."""

    def deposits(self, slip_id: str) -> bool:
        """Whether the dealer puts a verified slip into the box."""
        return True

    # -- chips -------------------------------------------------------------------------------------

    def on_the_way(self, carried: Pieces, *, slip_id: str) -> None:
        """A runner crosses the floor with the chips of a fill."""

    def is_wanted(self, slip_id: str) -> bool:
        """Whether the table still wants the fill that arrives."""
        return True

    def stood_closed(self, tray: Pieces, *, session_id: str) -> None:
        """A locked tray stood on a closed table until this session opens it."""

    def before_the_close(self, tray: Pieces) -> None:
        """The last hand was dealt; the tray is about to be counted."""

    # -- boxes and their counts --------------------------------------------------------------------

    def takes_in_play(self, truth: BoxTruth) -> bool:
        """Whether the crew changes a box in the middle of play."""
        return False

    def late_by(self, truth: BoxTruth) -> int:
        """How many seconds the crew comes after it was due."""
        return 0

    def box_hung(self, meant: Box, *, shelf: Sequence[Box], truth: BoxTruth) -> Box:
        """The box that the crew really hangs, of those that lie there; `truth` is of that one."""
        return meant

    def is_left_out(self, truth: BoxTruth) -> bool:
        """Whether the run passes this box by."""
        return False

    def is_handed_over(self, truth: BoxTruth) -> bool:
        """Whether the crew and the count room sign for the box when it arrives."""
        return True

    def second_count(self, first_cents: int, *, truth: BoxTruth) -> int:
        """What the second counter comes to, where the first came to the amount."""
        return first_cents

    def carried_over(self, cents: int, *, count_session_id: str) -> int:
        """What reaches the cage, of what was counted together with this table's box."""
        return cents

    # -- hours -------------------------------------------------------------------------------------

    def writes_on_paper(self, session: SessionTruth) -> bool:
        """Whether the terminal is dark and a count is written down by hand, entered afterwards."""
        return False

    def stays_open(self, session: SessionTruth) -> bool:
        """Whether everybody goes home with the table still open."""
        return False
