"""Money is whole cents in 64 bits, and an unknown amount stays unknown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.money import MAX_CENTS, checked_cents, sum_known, words
from tablebank.domain.refusals import Refusal
from tests.domain.founding import refused


@pytest.mark.parametrize("value", [0, 1, 250, MAX_CENTS])
def test_whole_cents_pass(value: int) -> None:
    """CHIP-1: whole cents in a signed 64-bit integer."""
    assert checked_cents(value, pointer="/total_cents") == value


@pytest.mark.parametrize(
    "value", [5.0, 0.1, "500", None, True, float("nan"), [], MAX_CENTS + 1, -MAX_CENTS - 2]
)
def test_what_is_no_number_of_cents_is_refused(value: object) -> None:
    """CHIP-1, LESSON-8: no float, no text, no overflow, and the refusal points at the field."""
    with refused(Refusal.SHAPE) as caught:
        checked_cents(value, pointer="/total_cents")
    assert caught.pointers == ["/total_cents"]


def test_a_negative_amount_is_refused() -> None:
    """CHIP-2: an amount is at least 0."""
    with refused(Refusal.NEGATIVE_AMOUNT) as caught:
        checked_cents(-1, pointer="/lines/0/amount_cents")
    assert caught.pointers == ["/lines/0/amount_cents"]


@given(st.lists(st.one_of(st.none(), st.integers(-(10**12), 10**12))))
def test_a_sum_over_an_unknown_is_unknown(values: list[int | None]) -> None:
    """SHIFT-1, LESSON-2: unknown survives sums; the sum of nothing is 0."""
    known = [value for value in values if value is not None]
    assert sum_known(values) == (sum(known) if len(known) == len(values) else None)


@pytest.mark.parametrize(
    ("cents", "said"),
    [
        (0, "$0.00"),
        (5, "$0.05"),
        (123_450, "$1,234.50"),
        (-4_600_000, "-$46,000.00"),
        (MAX_CENTS, "$90,071,992,547,409.91"),
    ],
)
def test_amounts_are_said_to_the_cent(cents: int, said: str) -> None:
    """CHIP-1, LESSON-6: every amount is said with its cents, nowhere rounded."""
    assert words(cents) == said
