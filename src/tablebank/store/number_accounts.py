"""Reading what became of every number of a form on some gaming days (SLIP-2, FIL-06).

Reads and the closing of a gaming day ask the same question here; what the answer means is in
`domain.number_accounts`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tablebank.domain.decisions import House
from tablebank.domain.number_accounts import SeriesAccount, VoidedForm, form_number
from tablebank.domain.terms import Form
from tablebank.store.load import statement
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """Gaming days in a row, both ends inside."""

    first: date
    last: date


def number_accounts(cursor: Cursor, house: House, days: Days) -> tuple[SeriesAccount, ...]:
    """The account of every series that these gaming days used or could have used."""
    values = {
        "casino_id": house.casino.id,
        "first_day": days.first,
        "last_day": days.last,
        "years": _years(house, days),
    }
    voided: dict[str, list[VoidedForm]] = defaultdict(list)
    for form in _found(cursor, "voided_forms", values):
        each = VoidedForm(**{**form, "by": tuple(form["by"])})
        voided[_series_of(each.number)].append(each)
    return tuple(_account(each, voided) for each in _found(cursor, "number_account", values))


def _found(cursor: Cursor, name: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    rows = cursor.execute(statement(name), values).fetchall()
    columns = [column.name for column in cursor.description or ()]
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


def _years(house: House, days: Days) -> list[int]:
    """The calendar years on the casino's wall that these days touch: of each a series."""
    wall = ZoneInfo(house.casino.timezone)
    begins = house.calendar.shifts_of(days.first)[0].starts_at.astimezone(wall)
    ends = house.calendar.shifts_of(days.last)[-1].ends_at.astimezone(wall)
    return list(range(begins.year, ends.year + 1))


def _series_of(number: str) -> str:
    return number.rpartition("-")[0]


def _account(row: Mapping[str, Any], voided: Mapping[str, Sequence[VoidedForm]]) -> SeriesAccount:
    form, year = Form(row["form"]), row["year"]

    def printed(place: int | None) -> str | None:
        return None if place is None else form_number(form, year=year, place=place)

    return SeriesAccount(
        form=form,
        year=year,
        first=printed(row["first"]),
        last=printed(row["last"]),
        issued=row["issued"],
        elsewhere=row["elsewhere"],
        superseded=row["superseded"],
        voided=tuple(voided.get(f"{form.value}-{year}", ())),
        missing=tuple(form_number(form, year=year, place=each) for each in row["missing"]),
        duplicates=tuple(form_number(form, year=year, place=each) for each in row["duplicates"]),
        before=printed(row["before"]),
        after=printed(row["after"]),
    )
