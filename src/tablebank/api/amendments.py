"""The address of an amendment: what came to light after the close, and how it is answered."""

from typing import Any

from tablebank.api import amend_shapes, render
from tablebank.api.endpoint import R, Write
from tablebank.api.trays import CHIPS
from tablebank.commands import amending
from tablebank.commands.perform import Done


def the_amended(cursor: Any, done: Done) -> Any:
    """The rundown; with late facts also whether they are in it now, and what they wait for."""
    told = render.the_rundown(cursor, done)
    return {**told, **done.decision.outcome, "exceptions_raised": render.raised(done)}


AMEND = Write(
    path="/sessions/{id}/amend",
    tag="results",
    summary="Amend: what came to light after the close, and a new revision of a final report",
    command=amending.AMEND,
    shape=amend_shapes.AmendIn,
    render=the_amended,
    refuses=(
        *CHIPS,
        R.NOT_FINALIZED,
        R.NOTHING_TO_AMEND,
        R.SESSION_NOT_CLOSED,
        R.SLIPS_IN_FLIGHT,
        R.COUNT_PENDING,
        R.EXCEPTIONS_OPEN,
        R.REMARK_REQUIRED,
        R.SIGNER_INVOLVED,
        R.SLIP_STATUS,
        R.SNAPSHOT_NOT_REPLACEABLE,
        R.CLOSING_NOT_ADOPTABLE,
        R.PAPER_ALREADY_ENTERED,
        R.BOX_NOT_MOUNTED,
        R.ALREADY_COUNTED,
        R.COUNT_REVISION_INVALID,
        R.REFERENCE_UNKNOWN,
    ),
)
