"""The replay of the same days: what more chips would have spared, and what they tie up."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.recommendations.evidence import LeftOut, ShiftSeen
from tablebank.domain.recommendations.replay import Replay, fills_made, replay
from tests.domain.played import DAY, advised, days


def shift(
    *cents: int, restored: bool = False, left_out: LeftOut | None = None, known: bool = True
) -> ShiftSeen:
    return ShiftSeen(DAY, "DAY", "BLACKJACK", cents if known else None, left_out, 1, restored)


def test_fills_the_extra_chips_cover_are_spared_until_they_are_spent() -> None:
    """SUGG-3: 500 more spare 300 and 200; 100 is made and brings what was spent along with it."""
    assert fills_made([shift(300, 200, 100, 500)], extra_cents=500) == [1]
    assert replay([shift(300, 200, 100, 500)], extra_cents=500) == Replay(
        extra_capital_cents=500, fills=4, fills_spared=3, p90_fills_after=1
    )


@pytest.mark.parametrize(("extra", "left"), [(0, 6), (49, 6), (100, 3), (300, 1), (600, 0)])
def test_the_more_chips_the_fewer_fills(extra: int, left: int) -> None:
    """SUGG-3: of six fills of 100 each, as many chips more."""
    assert sum(made or 0 for made in fills_made([shift(*[100] * 6)], extra_cents=extra)) == left


def test_what_is_lacking_is_carried_on_from_shift_to_shift() -> None:
    """SUGG-3: 75 more on fills of 100 spare three of seven in the long run."""
    made = fills_made([shift(100)] * 70, extra_cents=75)
    assert 38 <= sum(each or 0 for each in made) <= 42


def test_a_fill_half_covered_before_the_tray_is_restored_was_needed() -> None:
    """SUGG-3, CLOSE-1: what was lacking shows in no later fill of that day."""
    apart = [shift(100), shift(100, restored=True), shift(100, restored=True)]
    assert fills_made(apart, extra_cents=75) == [1, 1, 1]
    assert fills_made(apart, extra_cents=100) == [0, 0, 0]


def test_the_extra_chips_are_back_when_the_tray_is_restored() -> None:
    """SUGG-3: in Imprest to Par each close brings them back; else a fill has to."""
    assert fills_made([shift(100), shift(100, restored=True)], extra_cents=100) == [0, 0]
    assert fills_made([shift(100), shift(100)], extra_cents=100) == [0, 1]


def test_after_a_shift_nobody_knows_the_extra_chips_are_spent() -> None:
    """SUGG-3: unknown is not zero, so nothing is spared on the strength of it."""
    gap = shift(known=False, left_out=LeftOut.FILLS_UNKNOWN)
    assert fills_made([gap, shift(100, 100)], extra_cents=100) == [None, 1]
    assert fills_made([gap, shift(100)], extra_cents=100) == [None, 1]
    before = shift(100, left_out=LeftOut.ANOTHER_PAR)
    assert fills_made([before, shift(100)], extra_cents=100) == [None, 0]


def test_a_shift_that_is_no_evidence_is_in_no_figure() -> None:
    """SUGG-3: neither among the fills nor among the spared."""
    seen = [shift(100, 100, left_out=LeftOut.ANOTHER_PAR), shift(100)]
    assert replay(seen, extra_cents=100) == Replay(
        extra_capital_cents=100, fills=1, fills_spared=1, p90_fills_after=0
    )


def test_which_fills_a_lower_par_would_have_asked_for_is_unknown() -> None:
    """SUGG-3: None, not none."""
    found = replay([shift(100)], extra_cents=-50)
    assert (found.fills_spared, found.p90_fills_after) == (None, None)
    assert found.extra_capital_cents == -50


fills_of_a_shift = st.lists(st.integers(1, 1_000), max_size=5)


@given(shifts=st.lists(fills_of_a_shift, max_size=20), extra=st.integers(0, 3_000), data=st.data())
def test_no_fill_is_spared_that_was_not_made(
    shifts: list[list[int]], extra: int, data: st.DataObject
) -> None:
    """SUGG-3: no shift is left with more fills than it had, and chips there are suffice.

    Between two times at which the tray is brought back, the fills spared are worth no more than the
    extra chips, once and with each fill that was made.
    """
    seen = [shift(*fills, restored=data.draw(st.booleans())) for fills in shifts]
    made = [left or 0 for left in fills_made(seen, extra_cents=extra)]
    assert all(0 <= left <= len(fills) for left, fills in zip(made, shifts, strict=True))
    ends = [place for place, each in enumerate(seen) if each.starts_restored and place]
    for start, end in pairwise([0, *ends, len(seen)]):
        amounts = sorted(amount for fills in shifts[start:end] for amount in fills)
        left = sum(made[start:end])
        assert sum(amounts[: len(amounts) - left]) <= extra * (1 + left)


@settings(max_examples=40)
@given(shifts=st.lists(fills_of_a_shift, min_size=10, max_size=28))
def test_the_replay_belongs_to_the_proposal(shifts: list[list[int]]) -> None:
    """SUGG-3: it ties up what is proposed beyond the par in force, and counts the same fills."""
    said = advised(days(*shifts))
    if said.proposed_par_total_cents is None:
        assert said.replay is None
        return
    assert said.replay is not None
    assert said.par_total_cents is not None
    assert said.replay.extra_capital_cents == said.proposed_par_total_cents - said.par_total_cents
    assert said.replay.fills == said.fills.fills == sum(map(len, shifts))
    assert said.last_day - said.first_day == timedelta(days=27)
