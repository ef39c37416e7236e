"""Faults of paper: what lies in a box is not what was put there, or what should be there (SOFT-4).

The dealer drops each form into the box at the table; what the count room finds is what fell in.
"""

from collections.abc import Iterable
from dataclasses import replace

from tablebank.simulator.boxes import Box, Form
from tablebank.simulator.faults.kind import OnDrop, OnSlip, Shown
from tablebank.simulator.truth import BoxTruth

SLIPS = frozenset({"FILL", "CREDIT"})


class MissingSlip(OnSlip):
    """The slip falls beside the box and is swept up with the cards."""

    name = "missing slip"
    words = "A slip that was dropped is not in the box."
    kind = "MISSING_SLIP"

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        if form.form in SLIPS and self.strikes_slip(form.slip_id):
            return
        super().dropped(form, box=box, truth=truth)


class WrongAmount(OnSlip):
    """The writer of the paper copy slips in a line."""

    name = "wrong amount"
    words = "The slip in the box says another amount than the record."
    kind = "SLIP_AMOUNT_MISMATCH"

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        fallen = form
        if form.form in SLIPS and self.strikes_slip(form.slip_id):
            off = self.rng.choice((-1, 1)) * self.rng.choice((500, 2_500, 10_000))
            fallen = replace(form, amount_cents=max(100, form.amount_cents + off))
        super().dropped(fallen, box=box, truth=truth)


class DuplicateNumber(OnSlip):
    """Two papers with one number: the form was printed twice."""

    name = "duplicate number"
    words = "Two slips with the same number lie in the box."
    kind = "DUPLICATE_SLIP"

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        super().dropped(form, box=box, truth=truth)
        if form.form in SLIPS and self.strikes_slip(form.slip_id):
            super().dropped(form, box=box, truth=truth)


class OtherTablesBox(OnSlip):
    """The dealer reaches over to the box of the table beside."""

    name = "slip in another table's box"
    words = "A slip was dropped into the box of another table."
    kind = "SLIP_WRONG_BOX"
    needs_neighbour = True

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        into = box
        if form.form in SLIPS and self.neighbour and self.strikes_slip(form.slip_id):
            into = self.neighbour()
        super().dropped(form, box=into, truth=truth)

    def passing(self) -> Iterable[Shown]:
        """Missing from its own box, until the other box yields it."""
        yield Shown("MISSING_SLIP", "slip", self.slip_id)


class NeverDeposited(OnSlip):
    """The dealer keeps the slip under the chip rack and goes on break."""

    name = "slip never deposited"
    words = "A verified slip was put into no box."
    kind = "SLIP_NOT_DEPOSITED"

    def deposits(self, slip_id: str) -> bool:
        return not self.strikes_slip(slip_id)


class MisusedVoid(OnSlip):
    """A fill is sent back and voided; its paper stays at the table and is dropped as if it held."""

    name = "misused void"
    words = "A voided slip lies in the box as if it were valid."
    kind = "VOID_MISUSE"

    def is_wanted(self, slip_id: str) -> bool:
        self.turn = 1
        return not self.strikes_slip(slip_id)

    def voided(self, form: Form, *, box: Box) -> None:
        box.contents.forms.append(form)


class StrangeSlip(OnDrop):
    """Somebody drops a slip that the cage never made out."""

    name = "slip nobody issued"
    words = "The box holds a slip that stands in no book."
    kind = "UNKNOWN_SLIP"

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        super().dropped(form, box=box, truth=truth)
        if form.form in SLIPS and self.strikes_box(truth):
            self.number = f"F-{self.rng.randint(100_000, 999_999)}"
            stranger = replace(form, form="FILL", number=self.number, slip_id=None)
            super().dropped(stranger, box=box, truth=truth)


class MissingForm(OnDrop):
    """An opener, a closer or a request falls beside the box."""

    name = "missing form"
    words = "An opener, closer or request that was dropped is not in the box."
    kind = "MISSING_FORM"

    def dropped(self, form: Form, *, box: Box, truth: BoxTruth) -> None:
        if form.form not in SLIPS and self.strikes_box(truth):
            self.number = form.number
            return
        super().dropped(form, box=box, truth=truth)
