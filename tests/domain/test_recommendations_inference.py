"""What a par may be inferred from: openings as unverified, restored closes, nothing else."""

from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.recommendations.inference import (
    Candidate,
    ClosingSeen,
    NoCandidate,
    OpeningSeen,
    adopt_from_imprest_close,
    adopt_median_of_imprest_closes,
    infer_from_openings,
)
from tablebank.domain.recommendations.reasons import Why
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import BankMode, ParSource
from tests.domain.founding import refused

COUNT, IMPREST = BankMode.INVENTORY_COUNT, BankMode.IMPREST_TO_PAR


def openings(*totals: int) -> list[OpeningSeen]:
    return [
        OpeningSeen(session_id=UUID(int=nth), ordinal=nth, total_cents=total)
        for nth, total in enumerate(totals, start=1)
    ]


def closing(total: int | None = 2_000_000, *, nth: int = 1, **also: Any) -> ClosingSeen:
    plain = ClosingSeen(
        session_id=UUID(int=nth),
        ordinal=nth,
        table_bank_mode=IMPREST,
        total_cents=total,
        attested=True,
        adjusted=False,
        off_par=False,
    )
    return replace(plain, **also)


def par_of(found: Candidate | NoCandidate) -> int:
    assert isinstance(found, Candidate), found
    return found.par_total_cents


# -- from openings ---------------------------------------------------------------------------------


def test_the_median_of_the_last_openings_is_offered_as_unverified() -> None:
    """PAR-7: the last fourteen, whatever came before them, with its weakness said."""
    found = infer_from_openings(openings(9, 9, 9, *range(100, 1_500, 100)))
    assert par_of(found) == 750
    assert isinstance(found, Candidate)
    assert found.source is ParSource.INFERRED_UNVERIFIED
    assert len(found.session_ids) == 14
    weak = {reason.code: reason.values for reason in found.weaknesses}
    assert weak == {
        Why.OPENINGS_FOLLOW_PLAY: {},
        Why.OPENINGS_SPREAD: {"lowest_cents": 100, "highest_cents": 1_400},
    }


def test_five_openings_are_the_least() -> None:
    """PAR-7: four give nothing; five do, and it is said that they are few."""
    assert infer_from_openings(openings(1, 2, 3, 4)) is NoCandidate.TOO_FEW_OPENINGS
    assert infer_from_openings([]) is NoCandidate.TOO_FEW_OPENINGS
    assert infer_from_openings(openings(*range(20)), last=4) is NoCandidate.TOO_FEW_OPENINGS
    found = infer_from_openings(openings(1, 2, 3, 4, 5))
    assert par_of(found) == 3
    assert isinstance(found, Candidate)
    assert Why.FEWER_THAN_ASKED in {reason.code for reason in found.weaknesses}


@given(
    totals=st.lists(st.integers(0, 10**12), min_size=5, max_size=30),
    order=st.randoms(use_true_random=False),
)
def test_a_median_lies_among_the_openings_in_any_order(totals: list[int], order: Random) -> None:
    """PAR-7, CHIP-1: whole cents, and the order of the rows does not matter."""
    seen = openings(*totals)
    par = par_of(infer_from_openings(seen))
    assert type(par) is int
    assert min(totals[-14:]) <= par <= max(totals[-14:])
    order.shuffle(seen)
    assert par_of(infer_from_openings(seen)) == par


# -- from closings ---------------------------------------------------------------------------------


@pytest.mark.parametrize("restored", [{"attested": True}, {"attested": False, "adjusted": True}])
def test_a_close_restored_to_par_may_be_adopted(restored: dict[str, bool]) -> None:
    """PAR-7: attested or adjusted, in Imprest to Par: the last of all."""
    closings = [closing(1_000_000, nth=1), closing(2_500_000, nth=2, **restored)]
    found = adopt_from_imprest_close(closings[::-1], mode=IMPREST)
    assert par_of(found) == 2_500_000
    assert isinstance(found, Candidate)
    assert (found.source, found.session_ids) == (
        ParSource.INFERRED_FROM_IMPREST_CLOSE,
        (UUID(int=2),),
    )


@pytest.mark.parametrize(
    ("last", "why"),
    [
        ({"attested": False}, NoCandidate.CLOSING_NOT_RESTORED),
        ({"total_cents": None}, NoCandidate.CLOSING_NOT_COUNTED),
        ({"off_par": True}, NoCandidate.CLOSED_OFF_PAR),
    ],
)
def test_a_last_close_that_is_no_par_is_not_adopted(last: dict[str, Any], why: NoCandidate) -> None:
    """PAR-7: and an earlier one does not stand in for it."""
    closings = [closing(nth=1), closing(nth=2, **last)]
    assert adopt_from_imprest_close(closings, mode=IMPREST) is why


def test_a_table_that_never_closed_has_nothing_to_adopt() -> None:
    """PAR-7: nothing is not zero."""
    assert adopt_from_imprest_close([], mode=IMPREST) is NoCandidate.NO_CLOSING
    found = adopt_median_of_imprest_closes([], mode=IMPREST)
    assert found is NoCandidate.TOO_FEW_RESTORED_CLOSES


def test_a_median_is_of_restored_closes_only() -> None:
    """PAR-7: those of play, those off par and those of Inventory Count are not among them."""
    par = [closing(2_000_000 + nth, nth=nth) for nth in range(1, 6)]
    others = [
        closing(9_000_000, nth=6, attested=False),
        closing(9_000_000, nth=7, off_par=True),
        closing(9_000_000, nth=8, table_bank_mode=COUNT),
        closing(None, nth=9),
    ]
    found = adopt_median_of_imprest_closes([*others, *par], mode=IMPREST)
    assert par_of(found) == 2_000_003
    fewer = adopt_median_of_imprest_closes([*others, *par[1:]], mode=IMPREST)
    assert fewer is NoCandidate.TOO_FEW_RESTORED_CLOSES
    lately = adopt_median_of_imprest_closes(
        [closing(1_000_000, nth=0), *par], mode=IMPREST, last=5, least=5
    )
    assert par_of(lately) == 2_000_003


closings_of_any_kind = st.lists(
    st.builds(
        closing,
        st.integers(0, 10**9) | st.none(),
        nth=st.integers(1, 60),
        table_bank_mode=st.sampled_from(BankMode),
        attested=st.booleans(),
        adjusted=st.booleans(),
        off_par=st.booleans(),
    ),
    max_size=30,
)


@given(closings=closings_of_any_kind)
def test_every_attempt_in_inventory_count_is_refused_by_name(closings: list[ClosingSeen]) -> None:
    """PAR-7: whatever the closings were, attested or not, one or the median of many."""
    for adopt in (adopt_from_imprest_close, adopt_median_of_imprest_closes):
        with refused(Refusal.NOT_IMPREST) as no:
            adopt(closings, mode=COUNT)
        assert no.facts == {"table_bank_mode": "INVENTORY_COUNT"}
        with refused(Refusal.BANK_MODE_UNKNOWN):
            adopt(closings, mode=BankMode.UNKNOWN)


def test_a_close_from_before_imprest_is_refused_by_name() -> None:
    """PAR-7: the table is Imprest to Par today; what it closed with yesterday floated with play."""
    with refused(Refusal.NOT_IMPREST) as no:
        adopt_from_imprest_close([closing(nth=3, table_bank_mode=COUNT)], mode=IMPREST)
    assert no.facts == {"table_bank_mode": "INVENTORY_COUNT", "session_id": str(UUID(int=3))}


@given(closings=closings_of_any_kind)
def test_only_a_close_at_par_ever_gives_a_par(closings: list[ClosingSeen]) -> None:
    """PAR-7: of whatever is offered, what is adopted was restored, counted and at par."""
    found = adopt_median_of_imprest_closes(closings, mode=IMPREST)
    if isinstance(found, Candidate):
        totals = [each.total_cents for each in closings if each.at_par]
        assert min(filter(None, totals), default=0) <= found.par_total_cents
        assert set(found.session_ids) <= {each.session_id for each in closings if each.at_par}
