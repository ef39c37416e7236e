"""Accounting for the numbers of forms: which were used, which are void, which are nowhere (SLIP-2).

Numbers come from one gap-free series per form and calendar year, in the order in which forms are
prepared; that order does not know gaming days. So a number is accounted for on the gaming day of
the record that carries it (TIME-4), and a day vouches for a stretch of the series: from its first
number to its last, and on either side up to the next number that is on record. What lies in that
stretch and on no record of any day is missing. Stretches of neighbouring days meet, so no number
falls between two of them (FIL-06).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.terms import Form


def form_number(form: Form, *, year: int, place: int) -> str:
    """A form's number as it is printed: `F-2026-000123`."""
    return f"{form.value}-{year}-{place:06d}"


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidedForm:
    """A number that was used and then voided, or whose request was cancelled: by whom and why.

    `by` are those who signed it, badge and name; `at` is when it happened (UTC).
    """

    number: str
    how: str
    reason: str | None
    at: datetime | None
    by: tuple[str, ...]
    session_id: UUID
    slip_id: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesAccount:
    """One form's numbers of one calendar year on some gaming days.

    `issued` numbers are on records of these days, void ones among them; `elsewhere` lie between
    `first` and `last` and are on records of other days, because tables change days one by one.
    `missing` are on no record of any day. `before` and `after` are the numbers on record that the
    stretch joins on to: None at the beginning of the year, and at the series' present end.
    """

    form: Form
    year: int
    first: str | None
    last: str | None
    issued: int
    elsewhere: int
    superseded: int
    voided: tuple[VoidedForm, ...]
    missing: tuple[str, ...]
    duplicates: tuple[str, ...]
    before: str | None
    after: str | None

    @property
    def is_whole(self) -> bool:
        """Whether every number is on exactly one record."""
        return not self.missing and not self.duplicates

    def covers(self, number: str) -> bool:
        """Whether these days vouch for the number: it lies in their stretch of the series."""
        series, _, place = number.rpartition("-")
        if series != f"{self.form.value}-{self.year}":
            return False
        low = _place(self.before) if self.before else 0
        return low < int(place) and (self.after is None or int(place) < _place(self.after))

    @property
    def void(self) -> int:
        return len(self.voided)


def _place(number: str) -> int:
    return int(number.rpartition("-")[2])


def gaps(accounts: Iterable[SeriesAccount]) -> tuple[str, ...]:
    """Every number that is missing or stands on more than one record, in the series' order."""
    return tuple(
        number for each in accounts for number in sorted({*each.missing, *each.duplicates})
    )
