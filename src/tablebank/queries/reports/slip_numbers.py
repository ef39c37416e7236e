"""Number accountability: every form's numbers, first to last, void and missing (FIL-06, SLIP-2).

Accounting's own report: a number that is on no record is an exception, and is named here.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.number_accounts import SeriesAccount, VoidedForm
from tablebank.queries.doors import View
from tablebank.queries.number_accountability import numbers_of_days
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesRow:
    """One form's numbers of one calendar year on these days. `elsewhere` lie between the first and
    the last and are on records of other days."""

    form: str
    series_year: str
    first_number: str | None
    last_number: str | None
    issued: int
    void: int
    superseded: int
    elsewhere: int
    missing: int
    duplicates: int
    missing_numbers: tuple[str, ...]
    duplicate_numbers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VoidRow:
    """A number that was used and voided, or whose request was cancelled."""

    form: str
    number: str
    how: str
    voided_at: datetime | None
    voided_by: tuple[str, ...]
    reason: str | None
    slip_id: UUID | None
    session_id: UUID


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    accounts = numbers_of_days(view.cursor, view.house, first=asked.first_day, last=asked.last_day)
    voids = tuple(_void(series, each) for series in accounts for each in series.voided)
    return (
        Part(name="series", row=SeriesRow, items=tuple(_row(each) for each in accounts)),
        Part(name="voids", row=VoidRow, items=voids),
    )


def _row(series: SeriesAccount) -> SeriesRow:
    return SeriesRow(
        form=series.form,
        series_year=str(series.year),
        first_number=series.first,
        last_number=series.last,
        issued=series.issued,
        void=series.void,
        superseded=series.superseded,
        elsewhere=series.elsewhere,
        missing=len(series.missing),
        duplicates=len(series.duplicates),
        missing_numbers=series.missing,
        duplicate_numbers=series.duplicates,
    )


def _void(series: SeriesAccount, void: VoidedForm) -> VoidRow:
    return VoidRow(
        form=series.form,
        number=void.number,
        how=void.how,
        voided_at=void.at,
        voided_by=void.by,
        reason=void.reason,
        slip_id=void.slip_id,
        session_id=void.session_id,
    )


SLIP_NUMBERS = Report(
    slug="slip-number-accountability",
    readers=MANAGERS,
    filters=(Filter.TO_DAY,),
    parts=_parts,
)
