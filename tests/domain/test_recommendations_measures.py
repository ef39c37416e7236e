"""What a lookback comes to: nearest ranks and medians, what counts and what is left out."""

import statistics
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.recommendations.advising import Kind
from tablebank.domain.recommendations.evidence import LeftOut, SessionSeen, look_back
from tablebank.domain.recommendations.measures import (
    Dimension,
    Weekday,
    fills_per_shift,
    median_cents,
    nearest_rank,
)
from tablebank.domain.recommendations.reasons import Why
from tablebank.domain.settings import Advice
from tablebank.domain.terms import Phase
from tests.domain.played import ADVICE, CODES, DAY, PAR, advised, days, fill, session, table

# -- the arithmetic --------------------------------------------------------------------------------


def rank_by_counting(values: Sequence[int], percent: int) -> int:
    """The definition itself: the smallest value not exceeded by at least so many of all."""
    return next(
        value
        for value in sorted(values)
        if 100 * sum(other <= value for other in values) >= percent * len(values)
    )


@given(values=st.lists(st.integers(0, 20), min_size=1, max_size=60), percent=st.integers(1, 100))
def test_the_nearest_rank_is_what_its_definition_says(values: list[int], percent: int) -> None:
    """SUGG-1: against counting it out; always one of the values, never between two."""
    assert nearest_rank(values, percent=percent) == rank_by_counting(values, percent)


@pytest.mark.parametrize(("number", "rank"), [(1, 1), (9, 9), (10, 9), (11, 10), (84, 76)])
def test_p90_of_so_many_is_the_value_at_that_rank(number: int, rank: int) -> None:
    """SUGG-1: of ten the ninth, of nine the last."""
    assert nearest_rank(range(1, number + 1)) == rank


def test_nothing_has_no_rank_and_no_median() -> None:
    """SUGG-1: unknown, not zero."""
    assert nearest_rank([]) is None
    assert median_cents([]) is None
    empty = fills_per_shift([])
    assert (empty.p90_fills, empty.average_fills, empty.average_fill_cents) == (None, None, None)


@given(st.lists(st.integers(0, 10**15), min_size=1, max_size=30))
def test_a_median_is_whole_cents_and_never_below_the_middle(amounts: list[int]) -> None:
    """SUGG-2, PAR-7: half a cent counts as a whole one (CHIP-1)."""
    median = median_cents(amounts)
    assert type(median) is int
    assert 0 <= median - statistics.median(map(Fraction, amounts)) < 1


def test_two_middle_amounts_a_cent_apart_are_rounded_up() -> None:
    """PAR-7: par is whole cents (CHIP-1)."""
    assert median_cents([100, 101]) == 101
    assert median_cents([100, 102]) == 101
    assert median_cents([3, 1, 2]) == 2


def test_shifts_without_a_fill_are_in_the_average_and_not_in_the_largest() -> None:
    """SUGG-1: zeros included in number, sum and average; the largest only where there was one."""
    found = fills_per_shift([(), (), (40_000, 30_000), (10_000,)])
    assert (found.shifts, found.fills, found.fills_total_cents) == (4, 3, 80_000)
    assert found.p90_fills == 2
    assert found.p90_largest_fill_cents == 40_000
    assert found.average_fills == Fraction(3, 4)
    assert found.average_total_cents == 20_000
    assert found.average_fill_cents == Fraction(80_000, 3)


# -- what counts -----------------------------------------------------------------------------------


def test_the_lookback_ends_with_the_gaming_day_that_runs() -> None:
    """SUGG-1: 28 gaming days are DAY and the 27 before; the one before them is out."""
    first, before, after = (
        session(nth=27),
        session(nth=28),
        session(day=DAY + timedelta(days=1)),
    )
    lookback = look_back(table([first, before, after]), day=DAY, advice=ADVICE)
    assert (lookback.first_day, lookback.last_day) == (date(2026, 3, 2), DAY)
    assert lookback.sessions == 1
    assert [shift.gaming_day for shift in lookback.shifts] == [date(2026, 3, 2)]
    shorter = Advice(lookback_days=1)
    assert look_back(table([first, session()]), day=DAY, advice=shorter).sessions == 1


@pytest.mark.parametrize(
    ("unlike", "why"),
    [
        ({"phase": Phase.VOIDED}, LeftOut.VOIDED),
        ({"phase": Phase.READY_TO_OPEN, "ordinal": None}, LeftOut.NOT_OPENED),
        ({"phase": Phase.OPENING}, LeftOut.IN_PLAY),
        ({"phase": Phase.OPEN}, LeftOut.IN_PLAY),
        ({"phase": Phase.CLOSING}, LeftOut.IN_PLAY),
        ({"fills": None}, LeftOut.FILLS_UNKNOWN),
        ({"need_total_cents": PAR - 1}, LeftOut.ANOTHER_PAR),
        ({"need_total_cents": None}, LeftOut.ANOTHER_PAR),
    ],
)
def test_what_is_no_evidence_is_left_out_by_name(unlike: dict[str, Any], why: LeftOut) -> None:
    """SUGG-1: open sessions only, and never a shift without fills that is merely unknown."""
    odd = session(3_000, 3_000, nth=10, **unlike)
    said = advised([*days(*[()] * 10), odd])
    assert said.left_out == ((why, 1),)
    assert (said.sessions, said.fills.shifts, said.fills.fills) == (10, 10, 0)
    gap = why in (LeftOut.IN_PLAY, LeftOut.FILLS_UNKNOWN)
    assert said.shifts_unknown == gap


def test_a_shift_is_unknown_if_one_of_its_sessions_is() -> None:
    """SUGG-1: what is known of half a shift is not the shift."""
    early = session(1_000, code="DAY", ordinal=1_001)
    late = session(code="DAY", ordinal=1_002, phase=Phase.OPEN)
    said = advised([*days(*[()] * 11)[:10], early, late])
    assert (said.sessions, said.fills.fills, said.shifts_unknown) == (10, 0, 1)
    assert said.left_out == ((LeftOut.IN_PLAY, 2),)


def test_two_sessions_of_a_shift_are_one_shift() -> None:
    """SUGG-1: per shift, also where a table closed and opened again within it."""
    twice = [session(1_000, ordinal=1_001), session(2_000, ordinal=1_002)]
    said = advised([*days(*[()] * 10)[:9], *twice])
    assert (said.sessions, said.fills.shifts) == (11, 10)
    assert (said.fills.fills, said.fills.p90_largest_fill_cents) == (2, 200_000)


def test_a_voided_session_does_not_spoil_its_shift() -> None:
    """SUGG-1: nothing was played in it."""
    said = advised([*days(*[(500,)] * 10), session(phase=Phase.VOIDED, ordinal=2_000)])
    assert (said.sessions, said.fills.fills, said.shifts_unknown) == (10, 10, 0)


def test_a_shift_knows_whether_the_close_before_it_restored_par() -> None:
    """SUGG-3, CLOSE-1: a session that was voided in between brought nothing back."""
    seen = [
        session(nth=3, restored=True),
        session(nth=2, phase=Phase.VOIDED),
        session(nth=1),
        session(nth=0),
    ]
    lookback = look_back(table(seen[::-1]), day=DAY, advice=ADVICE)
    assert [shift.starts_restored for shift in lookback.shifts] == [False, True, False]


def test_final_adjustments_are_no_fills_of_play() -> None:
    """SUGG-1, SLIP-8: a close that restores par says nothing of the shift."""
    adjusted = days(*[()] * 12, fills=(fill(9_000, final=True),))
    said = advised(adjusted)
    assert (said.fills.fills, said.fills.p90_largest_fill_cents) == (0, None)


def test_credits_are_never_netted() -> None:
    """SUGG-1: chips that went back do not make a fill smaller."""
    with_credits = days(*[(3_000, 2_000)] * 12, credits_total_cents=480_000)
    without = days(*[(3_000, 2_000)] * 12)
    assert advised(with_credits).fills == advised(without).fills
    assert advised(with_credits).credits_total_cents == 12 * 480_000
    assert advised(days(*[()] * 12, credits_total_cents=None)).credits_total_cents is None


# -- segments --------------------------------------------------------------------------------------


def three_shifts_a_day(busy: Callable[[date, str], bool], *fills: int) -> list[SessionSeen]:
    """Four weeks of three shifts a day, with these fills in the busy ones and none elsewhere."""
    return [
        session(
            *(fills if busy(DAY - timedelta(days=nth), code) else ()),
            nth=nth,
            code=code,
            ordinal=1_000 - 3 * nth + place,
        )
        for nth in range(28)
        for place, code in enumerate(CODES)
    ]


def test_a_weekday_matters_when_it_misses_a_target_the_table_keeps() -> None:
    """SUGG-3: and then the whole week is shown beside it, in the week's order."""
    two_saturdays = {date(2026, 3, 7), date(2026, 3, 21)}
    said = advised(three_shifts_a_day(lambda day, code: day in two_saturdays, 900, 900))
    assert (said.kind, said.fills.p90_fills) == (Kind.KEEP, 0)
    assert [part.name for part in said.segments] == list(Weekday)
    assert [part.name for part in said.segments if part.matters] == [Weekday.SATURDAY]
    assert {part.dimension for part in said.segments} == {Dimension.WEEKDAY}
    [told] = [reason for reason in said.reasons if reason.code is Why.SEGMENT_OVER_TARGET]
    assert told.values == {"dimension": "weekday", "name": "saturday", "p90_fills": 2}


def test_a_weekday_matters_when_it_keeps_a_target_the_table_misses() -> None:
    """SUGG-3: chips are tied up all week for what happens on weekends."""
    said = advised(three_shifts_a_day(lambda day, code: day.weekday() >= 5, 900, 900))
    assert said.kind is Kind.RAISE
    matters = [part.name for part in said.segments if part.matters]
    assert matters == list(Weekday)[:5]


def test_a_shift_matters_when_it_misses_a_target_the_table_keeps() -> None:
    """SUGG-3: a table that keeps the target on the whole may need its evenings looked at."""
    said = advised(
        three_shifts_a_day(lambda day, code: code == "SWING" and day.day % 4 == 0, 900, 900)
    )
    assert said.fills.p90_fills == 0
    assert [(part.name, part.matters) for part in said.segments] == [
        ("DAY", False),
        ("GRAVE", False),
        ("SWING", True),
    ]


def test_few_shifts_are_not_judged() -> None:
    """SUGG-3: with fewer than ten shifts the P90 would be the worst of them."""
    saturdays = [(900, 900) if day % 7 == 5 else () for day in range(28)]
    said = advised(days(*saturdays))
    assert said.fills.fills == 8
    assert said.segments == ()
    twice = days(*[(900, 900)] * 2, game_type="BACCARAT")
    said = advised([*twice, *(session(nth=nth) for nth in range(2, 28))])
    assert said.fills.fills == 4
    assert said.segments == ()


def test_a_game_matters_when_it_is_filled_otherwise() -> None:
    """SUGG-3: a table that dealt two games in the lookback, one of them hungrier."""
    hungry = days(*[(800, 800, 800)] * 12, game_type="BACCARAT")
    calm = [session(nth=nth) for nth in range(12, 24)]
    said = advised([*hungry, *calm])
    assert [(part.name, part.matters) for part in said.segments] == [
        ("BACCARAT", False),
        ("BLACKJACK", True),
    ]
    assert {part.dimension for part in said.segments} == {Dimension.GAME_TYPE}


def test_a_table_that_is_alike_throughout_has_no_segments() -> None:
    """SUGG-3: only where it matters."""
    assert advised(days(*[()] * 28)).segments == ()
    assert advised(days(*[(700, 700)] * 28)).segments == ()
