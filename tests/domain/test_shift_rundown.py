"""The sum over a shift, for any mixture of sessions and drop groups (SHIFT-1)."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.plain import plain
from tablebank.domain.rundown import STATES, Inputs, Rundown
from tablebank.domain.shift_rundown import PENDING, UNKNOWN, ShiftTotals, rundown_from, totals_of

SHARED = "shared_drop"
cents = st.integers(-(10**9), 10**9)


def _id(number: int) -> UUID:
    return UUID(int=number)


def _rundown(number: int, *, state: str, win: int | None) -> Rundown:
    return Rundown(
        session_id=_id(number),
        group_id=None,
        state=state,
        reasons=(),
        opening_total_cents=None,
        opening_source=None,
        closing_total_cents=None,
        fills_total_cents=None,
        credits_total_cents=None,
        drop_total_cents=None,
        table_win_cents=win,
        before_drop_cents=None,
        need_total_cents=None,
        variance_from_par_cents=None,
        hold_pct=None,
        inputs=Inputs(snapshots=(), slips=(_id(number),), counts=()),
    )


alone = st.one_of(
    st.tuples(st.just("complete"), cents),
    st.tuples(st.sampled_from(sorted(PENDING | UNKNOWN)), st.none()),
)
groups = st.tuples(st.integers(1, 3), st.integers(0, 2), st.one_of(st.none(), cents))
"""Of a drop group: members in the shift, members in others, and its result if it is known."""


def _shift(
    singles: Sequence[tuple[str, int | None]], shared: Sequence[tuple[int, int, int | None]]
) -> tuple[list[Rundown], list[Rundown]]:
    numbers = iter(range(1, 10_000))
    items = [_rundown(next(numbers), state=state, win=win) for state, win in singles]
    wholes = []
    for inside, outside, win in shared:
        members = [_rundown(next(numbers), state=SHARED, win=None) for _ in range(inside)]
        others = [_rundown(next(numbers), state=SHARED, win=None) for _ in range(outside)]
        items += members
        state = "complete" if win is not None else "pending_count"
        whole = _rundown(members[0].session_id.int, state=state, win=win)
        wholes.append(replace(whole, members=(*members, *others)))
    return items, wholes


def _totals(items: Sequence[Rundown], wholes: Sequence[Rundown]) -> ShiftTotals:
    inside = {each.session_id for each in items}
    return totals_of(items=items, groups=wholes, inside=inside)


@given(st.lists(alone, max_size=6), st.lists(groups, max_size=4))
def test_a_sum_is_known_when_everything_in_it_is(
    singles: list[tuple[str, int | None]], shared: list[tuple[int, int, int | None]]
) -> None:
    """SHIFT-1, LESSON-2, BOX-6, WIN-02: null over any unknown, beside the sum of the known."""
    totals = _totals(*_shift(singles, shared))
    whole = [win for _inside, outside, win in shared if not outside]
    known = [win for _state, win in singles if win is not None]
    known += [win for win in whole if win is not None]
    assert totals.known_cents == sum(known)
    parts = len(singles) + len(shared)
    assert totals.win_cents == (sum(known) if len(known) == parts else None)


@given(st.lists(alone, max_size=6), st.lists(groups, max_size=4), st.randoms())
def test_every_session_is_counted_once_whatever_their_order(
    singles: list[tuple[str, int | None]],
    shared: list[tuple[int, int, int | None]],
    order: Random,
) -> None:
    """SHIFT-1: complete, pending, shared and unknown make up all of them."""
    items, wholes = _shift(singles, shared)
    totals = _totals(items, wholes)
    counted = (totals.complete, totals.pending, totals.shared, totals.unknown)
    assert sum(counted) == len(items)
    assert totals.shared == sum(inside for inside, _outside, _win in shared)
    shuffled = list(items)
    order.shuffle(shuffled)
    assert _totals(shuffled, wholes[::-1]) == totals


def test_every_state_of_a_session_is_counted_somewhere() -> None:
    """RUN-2, SHIFT-1: a state that is added later must be given its place; voided ones are out."""
    assert {*PENDING, *UNKNOWN, "complete", SHARED, "voided"} == set(STATES)


@given(st.lists(alone, max_size=3), st.lists(groups, min_size=1, max_size=2))
def test_a_rundown_comes_back_from_its_report_as_it_was(
    singles: list[tuple[str, int | None]], shared: list[tuple[int, int, int | None]]
) -> None:
    """RUN-5: what was kept is read as it was written, members and inputs included."""
    items, wholes = _shift(singles, shared)
    for each in (*items, *wholes):
        assert rundown_from(plain(each)) == each
