"""What is advised: raise, lower, keep, or that nothing can be said; and that it stays advice."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.money import MAX_CENTS
from tablebank.domain.plain import plain
from tablebank.domain.recommendations.advising import (
    SOURCE,
    Kind,
    Recommendation,
    check_day_of_advice,
)
from tablebank.domain.recommendations.evidence import LeftOut
from tablebank.domain.recommendations.reasons import (
    LEFT_OUT,
    SENTENCES,
    Reason,
    Why,
    sentence,
)
from tablebank.domain.recommendations.replay import Replay
from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import Advice
from tablebank.domain.terms import BankMode, ParSource, Phase
from tests.domain.founding import refused
from tests.domain.played import DAY, PAR, STEP, advised, days, quiet, session, table


def codes(said: Recommendation) -> list[Why]:
    return [reason.code for reason in said.reasons]


# -- what is advised -------------------------------------------------------------------------------


def test_fewer_than_ten_sessions_are_not_enough() -> None:
    """SUGG-1: nine say nothing, however often they were filled; ten do."""
    nine = advised(days(*[(3_000, 3_000)] * 9))
    assert (nine.kind, nine.proposed_par_total_cents) == (Kind.NOT_ENOUGH_DATA, None)
    assert codes(nine) == [Why.TOO_FEW_SESSIONS]
    assert nine.fills.fills == 18  # the evidence there is
    assert advised(days(*[(3_000, 3_000)] * 10)).kind is Kind.RAISE
    two = advised(days(*[(3_000, 3_000)] * 2), advice=Advice(min_sessions=2))
    assert two.kind is Kind.RAISE


def test_a_table_filled_twice_a_shift_is_raised_by_its_largest_fills() -> None:
    """SUGG-2: P90 of the largest fills, $4,100, × 0.75 is $3,075, rounded up to $3,500."""
    said = advised(days(*[(1_000, 4_100)] * 9, (9_000, 200)))
    assert said.fills.p90_largest_fill_cents == 410_000
    assert (said.kind, said.proposed_par_total_cents) == (Kind.RAISE, PAR + 350_000)
    assert codes(said)[:2] == [Why.FILLS_OVER_TARGET, Why.STEP_FROM_LARGEST_FILL]


def test_one_shift_in_ten_may_be_over_the_target() -> None:
    """SUGG-2: P90 over the target, not the worst shift over it."""
    assert advised(days(*[()] * 9, (900, 900, 900))).kind is Kind.KEEP
    assert advised(days(*[()] * 8, (900, 900), (900, 900))).kind is Kind.RAISE


def test_the_target_is_the_casinos() -> None:
    """SUGG-2: what is too often for one house is not for another."""
    twice = days(*[(1_000, 1_000)] * 10)
    assert advised(twice, advice=Advice(target=2)).kind is Kind.KEEP
    once = days(*[(1_000,)] * 10)
    assert advised(once).kind is Kind.KEEP
    assert advised(once, advice=Advice(target=0)).kind is Kind.RAISE


@given(
    dollars=st.integers(1, 10**9),
    factor=st.integers(50, 100).map(lambda hundredths: Decimal(hundredths) / 100),
    increment=st.integers(1, 10**7),
)
def test_a_step_is_whole_increments_and_no_more_than_needed(
    dollars: int, factor: Decimal, increment: int
) -> None:
    """SUGG-2: rounded up, in exact arithmetic, to whole cents."""
    said = advised(
        days(*[(dollars, dollars)] * 10),
        advice=Advice(safety_factor=factor, increment_cents=increment),
    )
    assert said.proposed_par_total_cents is not None
    step = said.proposed_par_total_cents - PAR
    assert type(step) is int
    assert step % increment == 0
    assert 0 <= step - Fraction(factor) * dollars * 100 < increment


def test_no_par_is_advised_that_no_figure_can_hold() -> None:
    """SUGG-2: up to the largest amount, and not beyond it."""
    most = Advice(increment_cents=MAX_CENTS)
    said = advised(days(*[(900, 900)] * 10), advice=most)
    assert (said.kind, said.proposed_par_total_cents) == (Kind.KEEP, None)
    assert Why.BEYOND_LARGEST_AMOUNT in codes(said)


def test_a_tray_that_is_always_high_and_never_filled_is_lowered_by_one_step() -> None:
    """SUGG-2: one increment, down to the median opening and not below it."""
    said = advised(quiet())
    assert (said.kind, said.proposed_par_total_cents) == (Kind.LOWER, PAR - STEP)
    assert said.replay == Replay(
        extra_capital_cents=-STEP, fills=0, fills_spared=None, p90_fills_after=None
    )
    kept = advised(quiet(opening=PAR - STEP + 1))
    assert kept.kind is Kind.KEEP
    assert Why.NOT_BELOW_MEDIAN_OPENING in codes(kept)


def test_nine_of_ten_counts_above_par_are_asked_for() -> None:
    """SUGG-2: at par is not above par, and an eighth of ten is too few."""
    assert advised(quiet(above=9)).kind is Kind.LOWER
    eight = advised(quiet(above=8))
    assert (eight.kind, codes(eight)[-1]) == (Kind.KEEP, Why.TRAY_NOT_ABOVE_PAR)
    assert sentence(eight.reasons[1]) == "The lowest count of the tray was $20,000.00."


def test_one_fill_in_the_lookback_may_be_and_two_may_not() -> None:
    """SUGG-2: at most one fill in all of it."""
    one, *rest = quiet(counts=12, above=12)
    once = replace(one, fills=session(300).fills)
    assert advised([once, *rest]).kind is Kind.LOWER
    twice = replace(one, fills=session(300, 300).fills)
    assert advised([twice, *rest]).kind is Kind.KEEP


def test_what_is_not_counted_speaks_for_no_lower_par() -> None:
    """SUGG-2: unknown counts and openings are not high ones."""
    uncounted = days(*[()] * 12, closing_total_cents=None)
    said = advised(uncounted)
    assert (said.kind, codes(said)[-1]) == (Kind.KEEP, Why.TOO_FEW_COUNTS)
    unopened = days(*[()] * 12, closing_total_cents=PAR + 1, opening_total_cents=None)
    said = advised(unopened)
    assert (said.kind, codes(said)[-1]) == (Kind.KEEP, Why.OPENINGS_UNKNOWN)
    small = advised(
        [replace(each, need_total_cents=STEP - 1, opening_total_cents=0) for each in unopened],
        par=STEP - 1,
    )
    assert (small.kind, codes(small)[-1]) == (Kind.KEEP, Why.NOT_BELOW_NOTHING)


def test_a_closing_of_a_restored_tray_is_no_count_of_play() -> None:
    """SUGG-2, CLOSE-1: it is par because it was made par; interim counts stand."""
    restored = days(*[()] * 12, restored=True, closing_total_cents=PAR + 1)
    assert advised(restored).tray.counts == 0
    looked = [replace(each, interim_totals_cents=(PAR + 1,)) for each in restored]
    said = advised([replace(each, opening_total_cents=PAR - STEP) for each in looked])
    assert (said.tray.counts, said.kind) == (12, Kind.LOWER)


def test_without_a_par_there_is_evidence_and_no_proposal() -> None:
    """SUGG-2: `no_par`, whatever need the sessions were opened with; too few say so first."""
    said = advised(days(*[(1_000, 2_000)] * 12), par=None)
    assert (said.kind, said.proposed_par_total_cents, said.replay) == (Kind.NO_PAR, None, None)
    assert (said.fills.p90_fills, said.fills.p90_largest_fill_cents) == (2, 200_000)
    assert said.tray.counts_above_par is None
    assert advised([], par=None).kind is Kind.NOT_ENOUGH_DATA


# -- what never changes it -------------------------------------------------------------------------

amounts = st.lists(st.integers(1, 20_000), max_size=4)
lookbacks = st.lists(amounts, min_size=10, max_size=28)


def target_of(said: Recommendation) -> int:
    return said.proposed_par_total_cents or PAR


@settings(max_examples=40)
@given(shifts=lookbacks, order=st.randoms(use_true_random=False))
def test_the_order_of_the_evidence_does_not_matter(shifts: list[list[int]], order: Random) -> None:
    """SUGG-1, SUGG-3: sessions and fills are put in order by what they say themselves."""
    sessions = days(*shifts)
    said = advised(sessions)
    mixed = [replace(each, fills=tuple(reversed(each.fills or ()))) for each in sessions]
    order.shuffle(mixed)
    assert advised(mixed) == said
    assert advised(sessions) == said


@settings(max_examples=40)
@given(shifts=lookbacks, data=st.data())
def test_more_and_larger_fills_never_lower_the_proposal(
    shifts: list[list[int]], data: st.DataObject
) -> None:
    """SUGG-2: in shifts that were filled as it is, for the largest is over those alone."""
    filled = [place for place, fills in enumerate(shifts) if fills]
    more = [list(fills) for fills in shifts]
    for place in data.draw(st.lists(st.sampled_from(filled), max_size=5)) if filled else []:
        more[place].append(data.draw(st.integers(1, 20_000)))
        more[place][0] += data.draw(st.integers(0, 20_000))
    assert target_of(advised(days(*more))) >= target_of(advised(days(*shifts)))


@settings(max_examples=40)
@given(shifts=lookbacks, data=st.data())
def test_a_fill_anywhere_never_turns_the_advice_downwards(
    shifts: list[list[int]], data: st.DataObject
) -> None:
    """SUGG-2: from lower to keep to raise, never back."""
    rank = {Kind.LOWER: 0, Kind.KEEP: 1, Kind.RAISE: 2}
    high = {"opening_total_cents": PAR - STEP, "closing_total_cents": PAR + 1}
    place = data.draw(st.integers(0, len(shifts) - 1))
    more = [list(fills) for fills in shifts]
    more[place].append(data.draw(st.integers(1, 20_000)))
    before, after = advised(days(*shifts, **high)), advised(days(*more, **high))
    assert rank[after.kind] >= rank[before.kind]


@settings(max_examples=40)
@given(shifts=lookbacks)
def test_a_par_is_raised_or_lowered_only_within_bounds(shifts: list[list[int]]) -> None:
    """SUGG-2: up by at most the largest fill and an increment, down by one increment at most."""
    said = advised(days(*shifts))
    if said.proposed_par_total_cents is None:
        assert said.kind is Kind.KEEP
    else:
        most = max(max(fills, default=0) for fills in shifts) * 100
        assert -STEP <= said.proposed_par_total_cents - PAR < most + STEP
        assert said.proposed_par_total_cents % STEP == PAR % STEP


# -- that it stays advice --------------------------------------------------------------------------


def test_advice_once_followed_is_not_given_again_on_the_same_evidence() -> None:
    """SUGG-1, PAR-9: those sessions worked to the old par; the new one has to be seen at work."""
    sessions = days(*[(3_000, 3_000)] * 20)
    said = advised(sessions)
    assert said.proposed_par_total_cents is not None
    again = advised(sessions, par=said.proposed_par_total_cents)
    assert again.kind is Kind.NOT_ENOUGH_DATA
    assert again.left_out == ((LeftOut.ANOTHER_PAR, 20),)


def test_advice_becomes_policy_only_for_a_gaming_day_to_come() -> None:
    """SUGG-4, PAR-3: with its source named, and never for the gaming day that runs."""
    assert SOURCE is ParSource.SYSTEM_SUGGESTED
    check_day_of_advice(effective=DAY + timedelta(days=1), today=DAY)
    for passed in (DAY, DAY - timedelta(days=1)):
        with refused(Refusal.EFFECTIVE_DAY_PASSED):
            check_day_of_advice(effective=passed, today=DAY)


def test_asking_for_advice_changes_nothing() -> None:
    """SUGG-4: evidence in, advice out; asked twice it is the same."""
    asked = table(days(*[(3_000, 3_000)] * 20))
    before = repr(asked)
    said = advised(asked.sessions)
    assert advised(asked.sessions) == said
    assert repr(asked) == before


def test_advice_is_rows_of_plain_values() -> None:
    """SUGG-3, CHIP-1: whole cents and no float anywhere, kept and sent as it is."""
    said = plain(advised(days(*[(1_000, 4_100)] * 20), mode=BankMode.IMPREST_TO_PAR))

    def values(part: object) -> list[object]:
        if isinstance(part, dict):
            return [each for value in part.values() for each in values(value)]
        if isinstance(part, list):
            return [each for value in part for each in values(value)]
        return [part]

    assert {type(each) for each in values(said)} <= {int, str, bool, type(None)}
    assert said["kind"] == "raise"


# -- its words -------------------------------------------------------------------------------------


def test_every_reason_has_its_sentence() -> None:
    """SUGG-3: in plain words, amounts as they are said."""
    assert set(SENTENCES) == set(Why)
    said = advised(days(*[(1_000, 4_100)] * 20))
    told = [sentence(reason) for reason in said.reasons]
    assert told == [
        "In nine of ten shifts the fills were at most 2; the target is at most 1.",
        (
            "In nine of ten shifts with fills the largest was at most $4,100.00; 0.75 of it, "
            "rounded up to whole steps of $500.00, is $3,500.00."
        ),
        "Over the same days the new par would have spared about 20 of 40 fills.",
        (
            "That alone may not be enough: in nine of ten shifts there would still have been up to "
            "2 fills."
        ),
        "It ties up $3,500.00 more in chips.",
        "Par is a target here; what the tray holds at a close may vary.",
    ]


def test_what_differs_and_what_was_left_out_is_said_in_words() -> None:
    """SUGG-1, SUGG-3: no code of ours on a page."""
    saturday: dict[str, int | str] = {"dimension": "weekday", "name": "saturday", "p90_fills": 2}
    assert sentence(Reason(code=Why.SEGMENT_OVER_TARGET, values=saturday)).startswith("Saturday is")
    swing: dict[str, int | str] = {**saturday, "dimension": "shift", "name": "SWING"}
    assert sentence(Reason(code=Why.SEGMENT_WITHIN_TARGET, values=swing)).startswith("SWING is")
    assert set(LEFT_OUT) == set(LeftOut)
    left_out = advised([*days(*[()] * 11), session(ordinal=2_000, phase=Phase.OPEN)]).reasons[-1]
    assert sentence(left_out) == "Sessions left out (still in play): 2."


@pytest.mark.parametrize(
    ("mode", "says"),
    [
        (BankMode.INVENTORY_COUNT, Why.PAR_IS_A_TARGET),
        (BankMode.IMPREST_TO_PAR, Why.PAR_IS_RESTORED_TO),
    ],
)
def test_a_change_says_what_par_is_in_this_mode(mode: BankMode, says: Why) -> None:
    """PAR-6, SUGG-3: a target here, restored to there."""
    raised = advised(days(*[(3_000, 3_000)] * 12), mode=mode)
    assert codes(raised)[-1] is says
    assert says not in codes(advised(days(*[(3_000,)] * 12), mode=mode))


def test_a_rise_that_may_not_be_enough_says_so() -> None:
    """SUGG-3: what the same days would still have asked for."""
    said = advised(days(*[(3_000, 3_000, 3_000, 3_000, 3_000)] * 12))
    assert said.replay is not None
    assert said.replay.p90_fills_after == 3
    assert Why.STILL_OVER_TARGET in codes(said)
