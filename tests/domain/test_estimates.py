"""How well estimates do: shares of what was counted, centre and limits (BASE-5, 0059)."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.estimates import ENOUGH, Compared, control_chart

DAY = date(2026, 3, 2)


def compared(*pairs: tuple[int, int]) -> list[Compared]:
    return [
        Compared(
            session_ids=(UUID(int=at),),
            gaming_day=DAY + timedelta(days=at),
            estimate_cents=estimate,
            counted_cents=counted,
        )
        for at, (estimate, counted) in enumerate(pairs)
    ]


def test_a_worked_chart() -> None:
    """Ten shares, 90 and 100 in turn: centre 95, ranges of 10, limits 26.6 from the centre."""
    chart = control_chart(compared(*[(90, 100), (100, 100)] * 5))
    assert (chart.points, chart.centre) == (10, Decimal("0.9500"))
    assert (chart.lower, chart.upper) == (Decimal("0.6840"), Decimal("1.2160"))
    assert not chart.is_signal(Decimal("1.2160"))
    assert chart.is_signal(Decimal("1.2161"))
    assert chart.is_signal(Decimal("0.6839"))


def test_too_few_have_no_limits() -> None:
    """LESSON-2: unknown, and no guess; nothing is then beyond them."""
    chart = control_chart(compared(*[(90, 100)] * (ENOUGH - 1)))
    assert (chart.points, chart.centre, chart.lower, chart.upper) == (9, None, None, None)
    assert not chart.is_signal(Decimal(50))
    assert control_chart([]).points == 0


def test_a_drop_of_nothing_has_no_share() -> None:
    """RUN-7, LESSON-2: nothing over nothing is no point, and no 0 %."""
    (nothing,) = compared((5_000, 0))
    (negative,) = compared((5_000, -100))
    assert (nothing.share, negative.share) == (None, None)
    assert control_chart(compared(*[(90, 100)] * 10, (90, 0))).points == 10


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 10**9)), min_size=10, max_size=40))
def test_limits_stand_around_the_centre(pairs: list[tuple[int, int]]) -> None:
    """The centre lies among the shares, the limits on either side of it and none below 0."""
    chart = control_chart(compared(*pairs))
    shares = [each.share for each in compared(*pairs) if each.share is not None]
    assert chart.centre is not None
    assert chart.lower is not None
    assert chart.upper is not None
    assert min(shares) <= chart.centre <= max(shares)
    assert 0 <= chart.lower <= chart.centre <= chart.upper
    flat = control_chart(compared(*[pairs[0]] * 10))
    assert flat.lower == flat.centre == flat.upper
