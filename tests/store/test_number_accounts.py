"""Number accountability: every number of every form is on a record, or named as missing."""

from datetime import date, timedelta

import pytest

from tablebank.domain.number_accounts import SeriesAccount, gaps
from tablebank.domain.terms import Form
from tablebank.queries.number_accountability import (
    numbers_of_day,
    numbers_of_days,
    numbers_of_year,
)
from tablebank.store.load import load_house
from tablebank.store.scope import casino_view
from tests.at_table import a_table
from tests.cast import Casino, found
from tests.say import DAY, moment
from tests.tampering import unguarded

NEXT = DAY + timedelta(days=1)
NEVER = DAY + timedelta(days=2)


def _accounts(casino: Casino, day: date) -> dict[Form, SeriesAccount]:
    with casino_view(casino.founded.id) as cursor:
        house = load_house(cursor, casino.founded.id).house
        return {each.form: each for each in numbers_of_day(cursor, house, day)}


def _nth(form: str, place: int) -> str:
    return f"{form}-2026-{place:06d}"


@pytest.fixture
def two_days(_database_is_real: None) -> Casino:
    """Four fills on the first day, one of them voided; four on the next, one still of the first.

    Fills 5 and 7 are of the next day, 6 of the table that is late with its first one, then 8.
    """
    casino = found()
    early, late = a_table(casino), a_table(casino)
    for table in (early, late):
        table.open_table(at="07:00")
    for table in (early, late, early):
        table.fill("5 black")
    void = early.issue(early.ask_fill("5 black"))
    back = {"reason": "not needed", "counted_back": void["chipset"]}
    path = f"/slips/{void['id']}/void"
    casino.cody.post(path, back, at=casino.tick(), signed=[casino.sue]).must(200)
    request = early.ask_fill("5 black")
    why = {"reason": "changed my mind"}
    casino.sam.post(f"/slips/{request['id']}/cancel", why, at=casino.tick()).must(200)
    early.close()
    casino.now = moment("07:00", day=NEXT)
    early.open_table()
    early.fill("5 black")
    late.fill("5 black")
    early.fill("5 black")
    late.close()
    late.open_table()
    late.fill("5 black")
    return casino


def test_a_day_accounts_for_every_number(two_days: Casino) -> None:
    """FIL-06, SLIP-2, CRD-02: first, last, issued, void with who and why; none is missing."""
    fills = _accounts(two_days, DAY)[Form.FILL]
    assert (fills.first, fills.last, fills.issued) == (_nth("F", 1), _nth("F", 6), 5)
    assert (fills.elsewhere, fills.missing, fills.duplicates) == (1, (), ())
    assert (fills.before, fills.after) == (None, _nth("F", 7))
    [void] = fills.voided
    assert (void.number, void.how, void.reason) == (_nth("F", 4), "VOIDED", "not needed")
    assert void.by == tuple(f"{each.badge} {each.name}" for each in (two_days.cody, two_days.sue))
    assert void.at is not None


def test_the_days_of_a_series_join(two_days: Casino) -> None:
    """FIL-06: the next day goes on from the number before, whichever day that one is of."""
    fills = _accounts(two_days, NEXT)[Form.FILL]
    assert (fills.first, fills.last, fills.issued, fills.elsewhere) == (
        *(_nth("F", 5), _nth("F", 8)),
        *(3, 1),
    )
    assert (fills.before, fills.after) == (_nth("F", 4), None)


def test_requests_and_counts_have_series_too(two_days: Casino) -> None:
    """SNAP-8, SLIP-2: requests with what became of them, openers and closers."""
    accounts = _accounts(two_days, DAY)
    assert [each.form for each in accounts.values()] == [
        *(Form.FILL, Form.REQUEST, Form.OPENER, Form.CLOSER)
    ]
    requests = accounts[Form.REQUEST]
    assert (requests.issued, requests.void) == (6, 1)
    assert [each.how for each in requests.voided] == ["CANCELLED"]
    assert (accounts[Form.OPENER].issued, accounts[Form.CLOSER].issued) == (2, 2)


def test_a_day_without_forms_is_accounted_for(two_days: Casino) -> None:
    """FIL-06: no number of its own, and nothing missing after the last one there is."""
    fills = _accounts(two_days, NEVER)[Form.FILL]
    assert (fills.first, fills.last, fills.issued) == (None, None, 0)
    assert (fills.before, fills.after, fills.missing) == (_nth("F", 8), None, ())


@pytest.mark.parametrize(
    ("place", "days"),
    [
        (2, (DAY,)),
        (1, (DAY,)),
        (5, (DAY,)),
        (6, (NEXT,)),
        (7, (DAY, NEXT)),
        (8, (NEXT, NEVER)),
    ],
)
def test_a_number_on_no_record_is_missing(
    two_days: Casino, place: int, days: tuple[date, ...]
) -> None:
    """FIL-05, FIL-06: found by its number on the days whose stretch it lies in, and in the year."""
    with unguarded(two_days, "slip") as owner:
        owner.execute("update slip set number = null where number = %s", [_nth("F", place)])
    for day in (DAY, NEXT, NEVER):
        missing = _accounts(two_days, day)[Form.FILL].missing
        assert missing == ((_nth("F", place),) if day in days else ()), day
    with casino_view(two_days.founded.id) as cursor:
        house = load_house(cursor, two_days.founded.id).house
        whole = numbers_of_days(cursor, house, first=DAY, last=NEXT)
        year = numbers_of_year(cursor, house, year=DAY.year)
    assert gaps(whole) == gaps(year) == (_nth("F", place),)


def test_what_was_taken_and_is_nowhere_is_missing(two_days: Casino) -> None:
    """SLIP-2: a whole day whose only forms are gone is short of them."""
    with unguarded(two_days, "slip") as owner:
        owner.execute(
            "update slip set number = null, request_number = null where gaming_day = %s", [NEXT]
        )
    fills = _accounts(two_days, NEXT)[Form.FILL]
    assert (fills.first, fills.missing) == (None, (_nth("F", 7), _nth("F", 8)))
    assert _accounts(two_days, DAY)[Form.FILL].missing == (_nth("F", 5), *fills.missing)


def test_a_number_on_two_records_is_a_duplicate(two_days: Casino) -> None:
    """FIL-05, LESSON-19: a fill's number that stands on another form as well."""
    with unguarded(two_days, "slip") as owner:
        owner.execute(
            "update slip set request_number = %s where number = %s", [_nth("F", 2), _nth("F", 3)]
        )
    fills = _accounts(two_days, DAY)[Form.FILL]
    assert fills.duplicates == (_nth("F", 2),)
    assert not fills.is_whole


@pytest.mark.usefixtures("_database_is_real")
def test_a_year_begins_its_own_series() -> None:
    """SLIP-2: a gaming day over New Year's Eve uses two series, and neither has a gap."""
    casino = found()
    eve = date(2026, 12, 31)
    table = a_table(casino)
    casino.now = moment("22:00", day=eve)
    table.open_table()
    table.fill("5 black")
    casino.now = moment("01:00", day=eve)
    table.fill("5 black")
    with casino_view(casino.founded.id) as cursor:
        house = load_house(cursor, casino.founded.id).house
        fills = [each for each in numbers_of_day(cursor, house, eve) if each.form == Form.FILL]
        old = numbers_of_year(cursor, house, year=2026)
    assert [each.first for each in fills] == ["F-2026-000001", "F-2027-000001"]
    assert not gaps(fills)
    assert {each.year for each in old} == {2026}
