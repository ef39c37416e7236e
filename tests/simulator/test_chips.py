"""Chips are only ever moved: none appears, none vanishes, and what was paid is what is answered."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.simulator import chips

holdings = st.lists(st.integers(0, 60), min_size=8, max_size=8)


def _together(*held: chips.Pieces) -> chips.Pieces:
    return [sum(pieces) for pieces in zip(*held, strict=True)]


@given(held=holdings)
def test_a_holding_reads_back_from_its_chipset(held: chips.Pieces) -> None:
    """CHIP-2: by code and pieces, the $2.50 chip too."""
    assert chips.holding(chips.chipset(held)) == held


@given(held=holdings, amount=st.integers(1, 400_000).map(lambda halves: halves * 50))
def test_picked_chips_are_there_and_come_to_the_amount(held: chips.Pieces, amount: int) -> None:
    taken = chips.pick(held, amount)
    if taken is not None:
        assert chips.value_cents(taken) == amount
        assert all(0 <= piece <= there for piece, there in zip(taken, held, strict=True))


@given(held=holdings, wanted=holdings)
def test_what_can_be_made_without_halves_is_made(held: chips.Pieces, wanted: chips.Pieces) -> None:
    """Every face but the $2.50 divides the next: the largest first finds a way if there is one."""
    held[chips.HALF] = 0
    some = [min(a, b) for a, b in zip(held, wanted, strict=True)]
    amount = chips.value_cents(some)
    assert chips.pick(held, amount) is not None


@given(payer=holdings, payee=holdings, amount=st.integers(0, 4_000).map(lambda n: n * 250))
def test_paying_moves_value_from_one_to_the_other(
    payer: chips.Pieces, payee: chips.Pieces, amount: int
) -> None:
    before, all_chips = chips.value_cents(payer), _together(payer, payee)
    paid = chips.pay(amount, payer=payer, payee=payee, largest=2_500)
    assert _together(payer, payee) == all_chips
    assert chips.value_cents(payer) == before - paid
    assert min(payer) >= 0
    assert min(payee) >= 0
    assert paid <= before


def test_a_half_dollar_needs_a_two_fifty_chip() -> None:
    tray = chips.holding({"100": 20, "250": 3, "500": 10})
    assert chips.chipset(chips.pick(tray, 750) or []) == {"250": 1, "500": 1}
    assert chips.pick(chips.holding({"100": 20, "500": 10}), 750) is None


def test_change_is_made_with_the_payee() -> None:
    """A player loses $15 and holds one green: the dealer takes it and gives two reds back."""
    purse, tray = chips.holding({"2500": 1}), chips.holding({"500": 5})
    assert chips.pay(1_500, payer=purse, payee=tray) == 1_500
    assert chips.chipset(purse) == {"500": 2}


@given(purse=holdings, tray=holdings)
def test_colouring_up_keeps_both_values(purse: chips.Pieces, tray: chips.Pieces) -> None:
    all_chips, worth = _together(purse, tray), chips.value_cents(purse)
    pieces = sum(purse)
    chips.colour_up(purse=purse, tray=tray)
    assert _together(purse, tray) == all_chips
    assert chips.value_cents(purse) == worth
    assert sum(purse) <= pieces + 1


def test_what_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(chips.TrayShort):
        chips.move(chips.holding({"500": 2}), out_of=chips.none(), into=chips.none())
