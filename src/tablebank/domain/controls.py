"""Controls: what regulators ask of a table bank, and how far this software answers for it.

A control has an id that never changes, the clauses it comes from, and a standing. Nothing here is
legal advice, and a clause is only as good as how it was read: each carries its tag. Which tests
show a control is read from the tests themselves, by their docstrings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How far the software answers for a control."""

    ENFORCED = "ENFORCED"
    """It cannot be done otherwise, or what is otherwise is an exception that holds something up."""
    EVIDENCED = "EVIDENCED"
    """People do it; a record is kept that proves it was done."""
    NOT_OURS = "NOT_OURS"
    """Another system's or the house's; it is said whose."""
    TO_COME = "TO_COME"
    """Not yet, or not yet whole; it is said what is there and which issue builds the rest."""


SHOWN_BY_TESTS = frozenset({Standing.ENFORCED, Standing.EVIDENCED})
"""What is claimed of these is shown by a test each, at the least."""

TAGS: Mapping[str, str] = {
    "V": "the text of the clause was read",
    "S": "read in a secondary copy",
    "M": "from memory and unverified: confirm it against the official text before naming it",
}
"""How a clause was read, by the letter that stands behind it."""

OUR_OWN_CHOICE = "Our own choice"
"""How a ground begins that is no clause: none was found, or none was needed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Control:
    """One control. `clauses` are tagged each; `how` is what the software does, or why it is not
    ours; `rest` where that ends; `rules` the ids of the rules that hold it."""

    id: str
    requires: str
    clauses: tuple[str, ...]
    standing: Standing
    how: str
    rest: str = ""
    rules: tuple[str, ...] = ()
    issue: int | None = None
    """Which issue builds what is to come; None where nothing is."""

    @property
    def group(self) -> str:
        """The three letters its id begins with: `FIL`, `CRD`, …"""
        return self.id.partition("-")[0]


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """The controls of one subject, in their order."""

    code: str
    title: str
    controls: tuple[Control, ...]
