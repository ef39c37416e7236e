"""Chip lists are dated; chip counts are whole, known and canonical; totals come from the pieces."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.chips import (
    MAX_PIECES,
    added,
    check_total,
    chips_in_force,
    default_value_chips,
    difference,
    difference_cents,
    key_of,
    net_cents,
    parse_chipset,
    taken,
    total_cents,
)
from tablebank.domain.establishment import ChipType
from tablebank.domain.money import MAX_CENTS
from tablebank.domain.refusals import Refusal, Refused
from tests.domain.founding import (
    DEFAULT_ROWS,
    FOUNDED_AT,
    FOUNDING_DAY,
    HOUSE_ROWS,
    chip,
    house_chips,
    refused,
)

CHIPS = house_chips()
LATER = FOUNDED_AT + timedelta(days=10)

keys = st.sampled_from(sorted(CHIPS.by_key))
pieces = st.integers(0, MAX_PIECES)
counts = st.dictionaries(keys, pieces)
bank_keys = [key for key, each in CHIPS.by_key.items() if each.in_bank and each.cents]
bank_counts = st.dictionaries(st.sampled_from(bank_keys), st.integers(1, MAX_PIECES))
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | keys, inner),
    max_leaves=8,
)


# -- what a chip count may be ----------------------------------------------------------------------


def test_a_count_is_kept_highest_value_first_without_zero_rows() -> None:
    """CHIP-2: a bare amount is the value chip of that many cents, other types go by code."""
    raw = {"PROMO-25": 4, "250": 20, "10000": 5, "500": 40, "2500": 0, "COIN-25": 3}
    kept = parse_chipset(raw, chips=CHIPS, may_be_empty=False)
    assert list(kept.items()) == [
        ("10000", 5),
        ("500", 40),
        ("250", 20),
        ("COIN-25", 3),
        ("PROMO-25", 4),
    ]


@pytest.mark.parametrize("amount", ["50", "250"])
def test_chips_of_broken_dollars_work(amount: str) -> None:
    """CHIP-2, LESSON-8: $2.50 and $0.50 are chips like any other."""
    kept = parse_chipset({amount: 3}, chips=CHIPS, may_be_empty=False)
    assert total_cents(kept, chips=CHIPS) == 3 * int(amount)


@pytest.mark.parametrize(
    ("raw", "refusal", "pointer"),
    [
        ({"700": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/700"),
        ({"7": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/7"),
        ({"0500": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/0500"),
        ({"5.00": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/5.00"),
        ({"-500": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/-500"),
        ({"٥٠٠": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/٥٠٠"),
        ({"a/b~c": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/a~1b~0c"),
        ({"promo-25": 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/promo-25"),
        ({500: 1}, Refusal.DENOMINATION_UNKNOWN, "/chipset/500"),
        ({"700": 0}, Refusal.DENOMINATION_UNKNOWN, "/chipset/700"),
        ({"500": -1}, Refusal.NEGATIVE_AMOUNT, "/chipset/500"),
        ({"500": 2.0}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": 0.5}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": float("nan")}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": "2"}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": True}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": None}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": MAX_PIECES + 1}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ({"500": 2**64}, Refusal.CHIPSET_INVALID, "/chipset/500"),
        ([["500", 2]], Refusal.CHIPSET_INVALID, "/chipset"),
        ("500", Refusal.CHIPSET_INVALID, "/chipset"),
        (None, Refusal.CHIPSET_INVALID, "/chipset"),
    ],
)
def test_what_is_no_chip_count_is_refused(raw: object, refusal: Refusal, pointer: str) -> None:
    """CHIP-2, LESSON-8: unknown chips, negatives, fractions and overflow, each pointed at."""
    with refused(refusal) as caught:
        parse_chipset(raw, chips=CHIPS, may_be_empty=True)
    assert caught.pointers == [pointer]
    assert caught.codes == [refusal.name]


def test_everything_wrong_is_said_at_once() -> None:
    """CHIP-2: every bad row is named; the refusal is that of the first."""
    raw = {"500": 2, "10000": -1, "700": 3, "2500": 1.5}
    with refused(Refusal.NEGATIVE_AMOUNT) as caught:
        parse_chipset(raw, chips=CHIPS, pointer="/counted_back", may_be_empty=True)
    assert list(zip(caught.pointers, caught.codes, strict=True)) == [
        ("/counted_back/10000", "NEGATIVE_AMOUNT"),
        ("/counted_back/700", "DENOMINATION_UNKNOWN"),
        ("/counted_back/2500", "CHIPSET_INVALID"),
    ]


def test_a_total_that_does_not_fit_is_refused() -> None:
    """CHIP-1, CHIP-2: beyond 64 bits nothing is wrapped or cut."""
    plaque = chips_in_force((chip("PLAQUE", MAX_CENTS, chip_set="NON_VALUE"),), day=FOUNDING_DAY)
    assert parse_chipset({"PLAQUE": 1}, chips=plaque, may_be_empty=False) == {"PLAQUE": 1}
    with refused(Refusal.CHIPSET_INVALID) as caught:
        parse_chipset({"PLAQUE": 2}, chips=plaque, may_be_empty=False)
    assert caught.pointers == ["/chipset"]


@pytest.mark.parametrize("raw", [{}, {"500": 0}, {"500": 0, "10000": 0}])
def test_an_empty_tray_counts_and_an_empty_slip_does_not(raw: dict[str, int]) -> None:
    """CHIP-4, LESSON-23: a snapshot of nothing is valid, a slip for nothing is not."""
    assert parse_chipset(raw, chips=CHIPS, may_be_empty=True) == {}
    with refused(Refusal.CHIPSET_EMPTY) as caught:
        parse_chipset(raw, chips=CHIPS, may_be_empty=False)
    assert caught.pointers == ["/chipset"]


@given(json_like, st.booleans())
def test_any_content_is_taken_or_refused(raw: object, may_be_empty: bool) -> None:
    """CHIP-2: nothing a caller can send does anything else than pass or be refused."""
    try:
        kept = parse_chipset(raw, chips=CHIPS, may_be_empty=may_be_empty)
    except Refused as turned_down:
        codes = [error.code for error in turned_down.errors]
        kept = {} if codes[:1] == [turned_down.code] else {"no error says why": 0}
    assert all(type(count) is int and count > 0 for count in kept.values())


@given(counts)
def test_what_is_kept_says_what_was_counted(raw: dict[str, int]) -> None:
    """CHIP-2: the kept form is the count without its zero rows, and is its own kept form."""
    kept = parse_chipset(raw, chips=CHIPS, may_be_empty=True)
    assert kept == {key: count for key, count in raw.items() if count}
    again = parse_chipset(kept, chips=CHIPS, may_be_empty=True)
    assert list(again.items()) == list(kept.items())


@given(counts, st.randoms())
def test_equal_counts_are_kept_in_equal_order(raw: dict[str, int], dice: object) -> None:
    """CHIP-2: the order in which chips were typed is not kept."""
    rows = list(raw.items())
    dice.shuffle(rows)  # type: ignore[attr-defined]
    one = parse_chipset(raw, chips=CHIPS, may_be_empty=True)
    other = parse_chipset(dict(rows), chips=CHIPS, may_be_empty=True)
    assert list(one.items()) == list(other.items())


# -- totals ----------------------------------------------------------------------------------------


def test_totals_are_computed_from_the_chips() -> None:
    """CHIP-3: 40 red, 20 half-fives and 5 black make $750."""
    assert total_cents({"500": 40, "250": 20, "10000": 5}, chips=CHIPS) == 75_000


def test_types_beside_the_bank_enter_no_total() -> None:
    """CHIP-5: promotional chips are counted beside the bank, coins in it."""
    assert total_cents({"PROMO-25": 4, "COIN-25": 4, "NV-RED": 60}, chips=CHIPS) == 100


def test_a_claimed_total_must_be_the_sum() -> None:
    """CHIP-3, LESSON-8: ten $100 chips do not pass as $9,000."""
    check_total(claimed=None, total=100_000)
    check_total(claimed=100_000, total=100_000)
    with refused(Refusal.TOTAL_MISMATCH) as caught:
        check_total(claimed=900_000, total=100_000)
    assert caught.facts == {"claimed_cents": 900_000, "total_cents": 100_000}
    assert caught.pointers == ["/total_cents"]


def test_chips_that_left_the_list_are_still_worth_what_they_say() -> None:
    """CHIP-3, BASE-7: an old count is not worth less because a chip was retired since."""
    assert total_cents({"200": 3}, chips=CHIPS) == 600


def test_a_code_nobody_knows_is_never_worth_nothing() -> None:
    """CHIP-5, LESSON-2: a chip of unknown value is refused, not taken for 0."""
    with refused(Refusal.DENOMINATION_UNKNOWN):
        total_cents({"PROMO-99": 3}, chips=CHIPS)


# -- chip arithmetic -------------------------------------------------------------------------------


def test_counts_are_compared_by_chip_type() -> None:
    """SESS-5: equal totals of different chips are as far apart as the chips that differ."""
    opener, closer = {"500": 20, "10000": 5}, {"500": 40, "10000": 4}
    assert difference(opener, closer) == {"10000": 1, "500": -20}
    assert net_cents(opener, closer, chips=CHIPS) == 0
    assert difference_cents(opener, closer, chips=CHIPS) == 20_000


def test_taking_more_than_there_is_shows() -> None:
    """SNAP-3: an expected tray may fall below zero; it is an estimate that ignores play."""
    assert taken({"500": 10}, {"500": 15, "10000": 1}) == {"10000": -1, "500": -5}


@given(counts, counts)
def test_totals_add_up(a: dict[str, int], b: dict[str, int]) -> None:
    """CHIP-3: the total of both is the total of one plus the total of the other."""
    both = total_cents(added(a, b), chips=CHIPS)
    assert both == total_cents(a, chips=CHIPS) + total_cents(b, chips=CHIPS)


@given(counts, counts)
def test_what_is_added_can_be_taken_again(a: dict[str, int], b: dict[str, int]) -> None:
    """RUN-8: chips that come and go leave what was there."""
    assert taken(added(a, b), b) == {key: count for key, count in a.items() if count}


@given(counts, counts)
def test_a_difference_is_the_same_from_both_sides(a: dict[str, int], b: dict[str, int]) -> None:
    """SESS-5: the difference in cents is symmetric, that in pieces turns its sign."""
    assert difference_cents(a, b, chips=CHIPS) == difference_cents(b, a, chips=CHIPS)
    assert difference(a, b) == {key: -count for key, count in difference(b, a).items()}


@given(bank_counts, bank_counts)
def test_only_equal_counts_do_not_differ(a: dict[str, int], b: dict[str, int]) -> None:
    """SESS-5: no difference means the same chips, not the same total."""
    assert (difference_cents(a, b, chips=CHIPS) == 0) == (a == b)
    assert (difference(a, b) == {}) == (a == b)


@given(counts, counts)
def test_a_net_difference_is_never_more_than_a_difference(
    a: dict[str, int], b: dict[str, int]
) -> None:
    """SESS-5: netting hides, comparing by chip does not."""
    apart = difference_cents(a, b, chips=CHIPS)
    assert abs(net_cents(a, b, chips=CHIPS)) <= apart


# -- the list in force -----------------------------------------------------------------------------


def test_a_new_casino_has_seven_value_chips() -> None:
    """CHIP-5: $1, $5, $25, $100, $500, $1,000, $5,000, all in the bank."""
    chips = chips_in_force(DEFAULT_ROWS, day=FOUNDING_DAY)
    dollars = (5_000, 1_000, 500, 100, 25, 5, 1)
    assert [each.cents for each in chips.types] == [value * 100 for value in dollars]
    assert all(key_of(each) == each.code for each in chips.types)
    assert {each.in_bank for each in default_value_chips()} == {True}


def test_the_founding_list_holds_for_every_earlier_day() -> None:
    """TIME-5: what a casino is created with is in force for every earlier day too."""
    chips = chips_in_force(DEFAULT_ROWS, day=date(1999, 12, 31))
    assert len(chips.types) == 7


def test_a_chip_added_later_does_not_exist_before_its_day() -> None:
    """CHIP-5, BASE-7: the list is dated; a new chip does not change the past."""
    from_march = chip("2000", 2_000, since=date(2026, 3, 1), recorded_at=LATER, row=500)
    rows = (from_march, *DEFAULT_ROWS)
    assert chips_in_force(rows, day=date(2026, 2, 28)).find("2000") is None
    assert chips_in_force(rows, day=date(2026, 3, 1)).find("2000") == from_march


def test_the_latest_effective_row_of_a_code_holds() -> None:
    """CHIP-5: taken out of the bank in February, a chip still enters January's totals."""
    out = chip(
        "COIN-25", 25, chip_set="COIN", in_bank=False, since=date(2026, 2, 1), recorded_at=LATER
    )
    rows = (*HOUSE_ROWS, out)
    january = chips_in_force(rows, day=date(2026, 1, 31))
    february = chips_in_force(rows, day=date(2026, 2, 1))
    assert total_cents({"COIN-25": 4}, chips=january) == 100
    assert total_cents({"COIN-25": 4}, chips=february) == 0


@given(st.permutations([1, 2, 3]))
def test_of_two_rows_for_one_day_the_later_recorded_holds(order: list[int]) -> None:
    """CHIP-5: a tie goes to the later recorded, however the rows are loaded."""
    rows: list[ChipType] = [
        chip(
            "TOKEN",
            cents,
            chip_set="NON_VALUE",
            since=date(2026, 2, 1),
            recorded_at=FOUNDED_AT + timedelta(days=cents),
            row=cents,
        )
        for cents in order
    ]
    found = chips_in_force(rows, day=date(2026, 2, 1)).find("TOKEN")
    assert found is not None
    assert found.cents == 3


def test_a_code_in_digits_never_stands_for_an_amount() -> None:
    """CHIP-2: a bare amount is a value chip and nothing else."""
    chips = chips_in_force((chip("700", 100, chip_set="PROMO"),), day=FOUNDING_DAY)
    assert chips.find("700") is None


def test_a_casino_without_chips_knows_none() -> None:
    """CHIP-2: with an empty list every chip is unknown."""
    with refused(Refusal.DENOMINATION_UNKNOWN):
        parse_chipset({"500": 1}, chips=chips_in_force((), day=FOUNDING_DAY), may_be_empty=True)
