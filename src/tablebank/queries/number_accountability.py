"""Number accountability: of every form first, last, void, missing, each missing one by its number.

For a gaming day, a run of gaming days, or a calendar year (FIL-06, SLIP-2). How a number belongs to
a gaming day, and why nothing falls between two of them, is in `domain.number_accounts`; the indexes
that serve it are named in `store/sql/number_account.sql`.
"""

from datetime import date

from tablebank.domain.decisions import House
from tablebank.domain.number_accounts import SeriesAccount
from tablebank.store.number_accounts import Days, number_accounts
from tablebank.store.scope import Cursor


def numbers_of_day(cursor: Cursor, house: House, day: date) -> tuple[SeriesAccount, ...]:
    """Every series of a gaming day: fills, credits, requests, openers, closers."""
    return number_accounts(cursor, house, Days(first=day, last=day))


def numbers_of_days(
    cursor: Cursor, house: House, *, first: date, last: date
) -> tuple[SeriesAccount, ...]:
    """The same for gaming days in a row, both ends inside; one line for each series and year."""
    return number_accounts(cursor, house, Days(first=first, last=last))


def numbers_of_year(cursor: Cursor, house: House, *, year: int) -> tuple[SeriesAccount, ...]:
    """The series of one calendar year, whole: from the first number to the last one taken.

    A gaming day of December may lie in the new year; its forms of the new year are in that one.
    """
    days = Days(first=date(year - 1, 12, 31), last=date(year, 12, 31))
    return tuple(each for each in number_accounts(cursor, house, days) if each.year == year)
