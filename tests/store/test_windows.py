"""The windows of many tables, asked of the database, against the same read from all the facts."""

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from uuid_utils.compat import uuid7

from tablebank.domain.decisions import House
from tablebank.domain.establishment import Staff
from tablebank.domain.facts import TableRevision
from tablebank.domain.gaming_day import Shift
from tablebank.domain.terms import SlipKind
from tablebank.domain.windows.asked import Baselines, CloseOn, Window
from tablebank.domain.windows.win_loss import win_loss
from tablebank.queries.windows import window_rows
from tablebank.store.save import insert
from tablebank.store.scope import Cursor, casino_scope
from tests.domain import cast
from tests.domain.cast import worth
from tests.domain.floor import INTERIM, Floor
from tests.domain.founding import FOUNDED_AT, FOUNDING_DAY
from tests.domain.nights import Night, edges_worth_asking, moves, night_of, pars

KEPT = (
    *("sessions", "snapshots", "trials", "starts", "slips", "steps"),
    *("boxes", "mounts", "removals", "custody", "counts"),
)


class Moved:
    """Records of the pure tests with ids of their own, so that many nights lie side by side."""

    def __init__(self, shifts: set[UUID]) -> None:
        self.ids: dict[UUID, UUID] = {}
        self.shifts = shifts

    def id(self, kept: UUID) -> UUID:
        if kept in self.shifts:
            return kept
        if kept not in self.ids:
            self.ids[kept] = uuid7()
        return self.ids[kept]

    def record(self, record: Any) -> Any:
        values = {each.name: getattr(record, each.name) for each in fields(record)}
        ids = {name: self.id(value) for name, value in values.items() if isinstance(value, UUID)}
        return replace(record, **ids)


def laid_down(night: Night) -> tuple[House, Moved]:
    """The night in the database, in a casino of its own; and under which ids."""
    floor = night.floor
    moved = Moved({each.shift_id for each in floor.facts.sessions})
    records = [record for kept in KEPT for record in getattr(floor.facts, kept)]
    # As they were written: ids rise with age, and so do those they are given here.
    house = replace(floor.house, casino=moved.record(floor.house.casino))
    casino = replace(house.casino, slug=f"house-{house.casino.id}")
    for record in sorted(records, key=lambda each: each.id):
        moved.id(record.id)
    table = floor.facts.table
    revision = TableRevision(
        id=uuid7(),
        casino_id=table.casino_id,
        table_id=table.id,
        effective_from_gaming_day=FOUNDING_DAY,
        name=table.name,
        pit=table.pit,
        game_type=table.game_type,
        limits=table.limits,
        status=table.status,
        recorded_at=FOUNDED_AT,
        recorded_by=cast.PAT.id,
    )
    people = [
        Staff(
            id=moved.id(each.id),
            casino_id=casino.id,
            badge=str(each.badge),
            name=str(each.badge),
            licence=None,
            roles=tuple(each.roles),
            active=True,
        )
        for each in vars(cast).values()
        if isinstance(each, cast.Person)
    ]
    everything = [table, revision, *records, *floor.policies, *night.readings, *night.buy_ins]
    with casino_scope(casino.id) as cursor:
        insert(cursor, [casino, *people, *(moved.record(each) for each in everything)])
    return replace(house, casino=casino), moved


def _fill_in_the_count_s_minute(floor: Floor) -> None:
    slips = []
    floor.at("11:30").opened(worth(5_000_000))
    for amount in (500_000, 300_000):
        slips.append(floor.ask(SlipKind.FILL, worth(amount)))
        floor.issue(slips[-1])
    floor.at("15:00").verify(slips[0])
    floor.recorded_late(minutes=1)
    floor.at("15:00").count(INTERIM, worth(5_500_000))
    floor.recorded_late(minutes=2)
    floor.at("15:00").verify(slips[1])
    floor.recorded_late(minutes=0)
    floor.at("16:00").count(INTERIM, worth(5_800_000))


def _many_boxes_after_a_shared_one(floor: Floor) -> None:
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("12:00").closed(worth(5_100_000))
    floor.at("13:00").opened(worth(5_100_000))
    for replacement in ("B", "C", "D"):
        floor.closed(worth(5_100_000))
        floor.count_box(floor.remove(replacement=replacement), 900_000)
        floor.opened(worth(5_100_000))


def _voided_behind_the_same_box(floor: Floor) -> None:
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("13:00").closed(worth(5_100_000))
    floor.at("13:30").opened(worth(5_100_000))
    floor.at("13:50").void()
    floor.at("14:00").count_box(floor.remove(), 900_000)


def _counted_beyond_the_shift(floor: Floor) -> None:
    floor.at("18:30").opened(worth(5_000_000))
    floor.at("18:35").void()
    floor.at("19:30").opened(worth(5_000_000))
    floor.at("19:40").filled(worth(300_000))
    floor.at("20:00").closed(worth(5_300_000))
    floor.at("20:10").count_box(floor.remove(), 100_000)


def _credit_out_and_back(floor: Floor) -> None:
    floor.at("11:30").opened(worth(5_000_000))
    slip = floor.at("13:00").ask(SlipKind.CREDIT, worth(800_000))
    floor.at("13:05").pick_up(slip)
    floor.at("14:00").count(INTERIM, worth(4_200_000))
    floor.at("14:30").void_slip(slip, worth(800_000))
    floor.at("15:00").count(INTERIM, worth(5_000_000))


HARD = [
    _fill_in_the_count_s_minute,
    _many_boxes_after_a_shared_one,
    _voided_behind_the_same_box,
    _counted_beyond_the_shift,
    _credit_out_and_back,
]


@pytest.mark.parametrize("played", HARD)
def test_every_window_of_a_hard_night(played: Callable[[Floor], None]) -> None:
    """BASE-2, BASE-4, BASE-5, SLIP-12, BOX-6: from and to every count, and by shift."""
    night = night_of(None, [])
    played(night.floor)
    house, moved = laid_down(night)
    places = edges_worth_asking(night.floor.facts)
    windows = [Window(start=a, end=b) for a in places for b in places if a <= b]
    shifts = [night.floor.shift(code) for code in ("DAY", "SWING")]
    windows += [Window(start=s.starts_at, end=s.ends_at, shift_id=s.id) for s in shifts]
    with casino_scope(house.casino.id) as cursor:
        for window in windows:
            _check(cursor, house, moved, night, window)


def test_buy_ins_in_the_minute_of_an_opener_and_of_a_count() -> None:
    """BASE-5: after the opener of their own session, before a count; corrections in their place."""
    night = night_of(None, [])
    night.play("open", 0, 1, False)
    night.play("buy", 10_000, -1, False)
    night.play("buy", 20_000, 10, False)
    night.play("buy", 5_000, 10, True)
    night.play("interim", 490_000, 10, False)
    night.play("buy", 70_000, -1, False)
    night.play("interim", 480_000, 30, False)
    assert [each.amount_cents for each in night.buy_ins] == [10_000, 20_000, 5_000, 70_000]
    house, moved = laid_down(night)
    places = edges_worth_asking(night.floor.facts)
    with casino_scope(house.casino.id) as cursor:
        for start in places:
            for end in (each for each in places if each >= start):
                _check(cursor, house, moved, night, Window(start=start, end=end))


@settings(max_examples=60, deadline=None)
@given(pars, moves, st.data())
def test_the_database_answers_as_the_facts_do(
    par: int | None, played: list[tuple[str, int, int, bool]], data: st.DataObject
) -> None:
    """BASE-1 to BASE-6: for any window of any night, by instants and by shift."""
    night = night_of(par, played)
    house, moved = laid_down(night)
    places = edges_worth_asking(night.floor.facts)
    shifts: list[Shift | None] = [night.floor.shift(code) for code in ("DAY", "SWING", "GRAVE")]
    with casino_scope(house.casino.id) as cursor:
        for _ in range(8):
            shift = data.draw(st.sampled_from([None, *shifts]))
            start = data.draw(st.sampled_from(places))
            end = data.draw(st.sampled_from([each for each in places if each >= start]))
            baselines = data.draw(st.sampled_from(Baselines))
            close_on = data.draw(st.sampled_from(CloseOn))
            begins = shift.starts_at if shift else start
            upto = data.draw(st.sampled_from([None, *(each for each in places if each >= begins)]))
            window = Window(start=start, end=end, baselines=baselines, close_on=close_on, upto=upto)
            if shift is not None:
                window = Window(
                    start=shift.starts_at,
                    end=shift.ends_at,
                    shift_id=shift.id,
                    baselines=baselines,
                    close_on=close_on,
                    upto=upto,
                )
            _check(cursor, house, moved, night, window)


def _check(cursor: Cursor, house: House, moved: Moved, night: Night, window: Window) -> None:
    (row,) = window_rows(cursor, house, window, blind=False)
    told = win_loss(night.seen(), window)
    assert row.answer == replace(
        told,
        opening_snapshot_id=_moved(moved, told.opening_snapshot_id),
        closing_snapshot_id=_moved(moved, told.closing_snapshot_id),
        par=row.answer.par,
    )
    assert row.answer.par.par_total_cents == told.par.par_total_cents


def _moved(moved: Moved, kept: UUID | None) -> UUID | None:
    return None if kept is None else moved.ids[kept]
