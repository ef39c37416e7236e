"""A table in play conserves chips and cash, and its tray proves what it won (RUN-1, RUN-8)."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.simulator import chips
from tablebank.simulator.boxes import Box
from tablebank.simulator.felt import Felt
from tablebank.simulator.layouts import BACCARAT, BLACKJACK, ROULETTE, Layout
from tablebank.simulator.truth import SessionTruth

layouts = st.sampled_from([BLACKJACK, ROULETTE, BACCARAT])


def _felt(layout: Layout, seed: int) -> Felt:
    felt = Felt(
        game=layout.deal(Random(seed)),
        crowd=layout.crowd,
        rng=Random(seed + 1),
        tray=chips.holding(layout.target),
        box=Box(code="BOX"),
    )
    felt.truth = SessionTruth(
        session_id="s",
        table="T-01",
        pit="PIT 1",
        game=layout.game_type,
        mode="INVENTORY_COUNT",
        gaming_day="2026-03-02",
        shift="DAY",
        shift_id="day",
        opening_cents=chips.value_cents(felt.tray),
    )
    return felt


def _all_chips(felt: Felt) -> chips.Pieces:
    held = [felt.tray, felt.outside, *(gambler.purse for gambler in felt.players)]
    return [sum(pieces) for pieces in zip(*held, strict=True)]


@settings(max_examples=25, deadline=None)
@given(layout=layouts, seed=st.integers(0, 10_000), rounds=st.integers(0, 120))
def test_no_chip_and_no_note_appears_or_vanishes(layout: Layout, seed: int, rounds: int) -> None:
    """Tray, players and the rest of the house hold the same chips; all cash is in the box."""
    felt = _felt(layout, seed)
    before = _all_chips(felt)
    for _ in range(rounds):
        felt.round(arrivals=0.5)
        assert _all_chips(felt) == before
    assert felt.box.contents.drop_cents == felt.cash_in
    assert felt.truth is not None
    assert felt.truth.dropped_cents == felt.cash_in
    assert min(felt.tray) >= 0


@settings(max_examples=25, deadline=None)
@given(
    layout=layouts,
    seed=st.integers(0, 10_000),
    moves=st.lists(st.tuples(st.sampled_from(["fill", "credit"]), st.integers(1, 40)), max_size=6),
)
def test_what_was_won_by_play_is_what_tray_and_box_say(
    layout: Layout, seed: int, moves: list[tuple[str, int]]
) -> None:
    """RUN-1 holds for the things themselves, and a fill or credit leaves it as it was (RUN-8)."""
    felt = _felt(layout, seed)
    truth = felt.truth
    assert truth is not None
    green = chips.FACES.index(2_500)
    for kind, pieces in moves:
        for _ in range(25):
            felt.round(arrivals=0.4)
        moved = pieces if kind == "fill" else min(pieces, felt.tray[green])
        felt.tray[green] += moved if kind == "fill" else -moved
        if kind == "fill":
            truth.fills_cents += moved * 2_500
        else:
            truth.credits_cents += moved * 2_500
    felt.clear()
    truth.closing_cents = chips.value_cents(felt.tray)
    assert truth.won_cents == truth.before_drop_cents + truth.dropped_cents


def test_truth_that_does_not_prove_itself_is_not_told() -> None:
    """A bet that was paid and not swept from anywhere is a fault of the simulator, and is said."""
    truth = _felt(BLACKJACK, 1).truth
    assert truth is not None
    truth.closing_cents = truth.opening_cents
    truth.play_cents = 500
    with pytest.raises(RuntimeError, match="500 won by play, 0 by tray and box"):
        _ = truth.won_cents


def test_a_tray_that_cannot_cover_a_round_does_not_deal_it() -> None:
    felt = _felt(BACCARAT, 3)
    felt.tray = chips.holding({"2500": 10})
    for _ in range(20):
        felt.round(arrivals=1.0)
    assert felt.refused_for_want_of_chips
    assert felt.truth is not None
    assert felt.truth.dropped_cents == 0


def test_the_box_holds_notes_tickets_and_coupons_apart() -> None:
    """SOFT-1: a coupon is counted and is worth nothing to the drop; a ticket is cash."""
    box = Box(code="B")
    box.contents.notes[10_000] = 3
    box.contents.vouchers[15_000] = 1
    box.contents.coupons[1_000] = 2
    assert box.contents.drop_cents == 45_000
    assert box.contents.total_cents == 47_000
    assert sum(line["amount_cents"] for line in box.contents.lines()) == 47_000
    held = box.empty()
    assert held.drop_cents == 45_000
    assert box.contents.lines() == []
