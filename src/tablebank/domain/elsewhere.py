"""What bears on a table's forms and lies beyond it: what others' boxes held, whose a number is.

A box may hold a slip of another table (SLIP_WRONG_BOX). So beside what belongs to a table stands
what the manifests of boxes of others say of its numbers, and which numbers in its own boxes are
slips of others. None of it belongs to the table, and none of it is written down with it.
"""

from dataclasses import dataclass
from uuid import UUID

from tablebank.domain.terms import Record


@dataclass(frozen=True, kw_only=True, slots=True)
class ManifestLine(Record):
    """One form with a number in what the count room found in a box, kept by its number (SOFT-1).

    The manifest itself is the count's `evidence`; this is where a number is looked up in all of
    them. `place` is the line in it, from 0; `table_named` the table that the paper names.
    """

    count_id: UUID
    removal_id: UUID
    place: int
    form: str
    number: str
    amount_cents: int | None
    table_named: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundForm:
    """A form as the count room found it in a box: one line of an evidence manifest (SOFT-1).

    `amount_cents` and `table` are what the count room wrote down, None where it wrote nothing.
    """

    form: str
    number: str
    amount_cents: int | None
    table: str | None
    removal_id: UUID
    box: str
    table_code: str
    """The table whose box it was found in."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Elsewhere:
    """`found` in boxes that are not among the facts; `known` are numbers found in this table's own
    boxes that stand on slips which are not among the facts either."""

    found: tuple[FoundForm, ...] = ()
    known: frozenset[str] = frozenset()
