"""Random years of numbers, asked day by day, against a slow count of the same (FIL-06, SLIP-2)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from tablebank.domain.facts import Session, Snapshot, Table
from tablebank.domain.number_accounts import SeriesAccount, form_number
from tablebank.domain.terms import Form, Phase
from tablebank.store.load import load_house, load_many, of
from tablebank.store.number_accounts import Days, number_accounts
from tablebank.store.save import insert
from tablebank.store.scope import Cursor, casino_scope, casino_view
from tests.at_table import a_table
from tests.cast import found
from tests.store.records import a_snapshot, an_open_session

FIRST = date(2026, 3, 2)
DAYS = [FIRST + timedelta(days=ahead) for ahead in range(4)]
Places = Mapping[int, date | None]
"""Each number that was taken, and the day of the record that carries it; None: on none."""

taken = st.lists(st.sampled_from([*DAYS, None]), max_size=14).map(
    lambda days: dict(enumerate(days, start=1))
)


def _laid_down(cursor: Cursor, table: Table, places: Places) -> None:
    sessions = {
        day: replace(an_open_session(table=table), gaming_day=day, phase=Phase.VOIDED, ordinal=None)
        for day in DAYS
    }
    kept: list[Session | Snapshot] = list(sessions.values())
    kept += [
        replace(
            a_snapshot(session=sessions[day]),
            id=uuid7(),
            number=form_number(Form.OPENER, year=FIRST.year, place=place),
        )
        for place, day in places.items()
        if day is not None
    ]
    insert(cursor, kept)
    cursor.execute(
        "insert into number_series (casino_id, form, year, last) values (%s, 'O', %s, %s)",
        [table.casino_id, FIRST.year, len(places)],
    )


def _stretch(places: Places, day: date) -> range:
    """The slow way: every number from the day's own in both directions until one is on record."""
    own = [place for place, of_day in places.items() if of_day == day]
    earlier = [of_day for of_day in places.values() if of_day is not None and of_day < day]
    before = [place for place, of_day in places.items() if earlier and of_day == max(earlier)]
    low, high = (min(own), max(own)) if own else (max(before, default=0) + 1, 0)
    high = high or low - 1
    while low > 1 and places[low - 1] is None:
        low -= 1
    while high < len(places) and places[high + 1] is None:
        high += 1
    return range(low, high + 1)


def _missing(account: SeriesAccount) -> list[int]:
    return [int(each.rpartition("-")[2]) for each in account.missing]


@pytest.mark.usefixtures("_database_is_real")
@settings(max_examples=25)
@given(places=taken)
def test_days_account_for_their_stretch_and_together_for_all(places: Places) -> None:
    """FIL-06: each day as counted by hand; and what is missing is missing on some day."""
    casino = found()
    a_table(casino)
    with casino_scope(casino.founded.id) as cursor:
        (table,) = load_many(cursor, Table, of(casino.founded.id))
        _laid_down(cursor, table, places)
    with casino_view(casino.founded.id) as cursor:
        house = load_house(cursor, casino.founded.id).house
        told = {day: number_accounts(cursor, house, Days(first=day, last=day))[0] for day in DAYS}
        (whole,) = number_accounts(cursor, house, Days(first=DAYS[0], last=DAYS[-1]))
    for day, account in told.items():
        own = [place for place, of_day in places.items() if of_day == day]
        inside = range(min(own), max(own) + 1) if own else range(0)
        assert account.issued == account.void == len(own)
        assert account.elsewhere == sum(places[each] not in (day, None) for each in inside)
        assert _missing(account) == [each for each in _stretch(places, day) if not places[each]]
        for place in places:
            number = form_number(Form.OPENER, year=FIRST.year, place=place)
            assert account.covers(number) == (place in _stretch(places, day))
    everything = {place for place, of_day in places.items() if of_day is None}
    assert set(_missing(whole)) == everything
    assert {place for each in told.values() for place in _missing(each)} == everything
