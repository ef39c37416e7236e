"""The chart of a recommendation: fills per shift before and after, with gaps for the unknown."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.recommendations.advising import Kind
from tablebank.domain.recommendations.evidence import LeftOut, ShiftSeen
from tablebank.domain.recommendations.replay import fills_before_and_after, replay
from tablebank.domain.terms import Phase
from tests.domain.played import DAY, advised, days, quiet, session


def test_the_chart_shows_each_shift_before_and_after_with_gaps() -> None:
    """SUGG-3: a gap where nothing is known, and no zero in its place."""
    odd = [
        session(nth=2, phase=Phase.OPEN, ordinal=2_000),
        session(4_000, nth=1, need_total_cents=1, ordinal=2_001),
        session(nth=0, phase=Phase.VOIDED, ordinal=2_002),
    ]
    enough = [session(3_000, 3_000, nth=nth) for nth in range(5, 15)]
    said = advised([*enough, session(3_000, 3_000, nth=4), session(nth=3), *odd])
    points = said.shifts[-4:]
    assert [(point.fills_before, point.fills_after, point.left_out) for point in points] == [
        (2, 2, None),
        (0, 0, None),
        (None, None, LeftOut.IN_PLAY),
        (1, None, LeftOut.ANOTHER_PAR),
    ]
    assert [point.gaming_day for point in points] == [DAY - timedelta(days=n) for n in (4, 3, 2, 1)]
    spared = sum(
        (point.fills_before or 0) - point.fills_after
        for point in said.shifts
        if point.fills_after is not None
    )
    assert said.replay is not None
    assert spared == said.replay.fills_spared


def test_a_lower_par_has_no_after() -> None:
    """SUGG-3: which fills a lower par would have asked for is not known."""
    said = advised(quiet())
    assert said.kind is Kind.LOWER
    assert {(point.fills_before, point.fills_after) for point in said.shifts} == {(0, None)}


def test_what_advises_no_other_par_draws_no_chart() -> None:
    """SUGG-3: there is nothing to hold the days against."""
    assert advised(days(*[(3_000,)] * 12)).shifts == ()


@given(
    filled=st.lists(st.lists(st.integers(1, 9_000), max_size=5), min_size=10, max_size=28),
    data=st.data(),
)
def test_no_shift_would_have_been_filled_more_often_with_a_higher_par(
    filled: list[list[int]], data: st.DataObject
) -> None:
    """SUGG-3: shift by shift, and in sum just what the replay says."""
    shifts = [
        ShiftSeen(DAY, "DAY", None, tuple(each), None, 1, data.draw(st.booleans()))
        for each in filled
    ]
    extra = data.draw(st.integers(0, 20_000))
    points = fills_before_and_after(shifts, extra_cents=extra)
    assert all((point.fills_after or 0) <= (point.fills_before or 0) for point in points)
    spared = replay(shifts, extra_cents=extra).fills_spared
    assert spared == sum((each.fills_before or 0) - (each.fills_after or 0) for each in points)
