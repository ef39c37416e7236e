"""What came of advice that was taken: measured as advice measures, unknown where it is."""

from collections.abc import Sequence
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.recommendations.evidence import SessionSeen
from tablebank.domain.recommendations.outcomes import (
    Outcome,
    Side,
    Standing,
    Taken,
    days_looked_at,
    outcome_of,
    summed,
)
from tablebank.domain.settings import Advice
from tablebank.domain.terms import ParSource, Phase
from tests.domain.played import ADVICE, DAY, PAR, TABLE, session

SINCE = DAY - timedelta(days=14)
"""The gaming day from which the new par holds: fourteen before it, fifteen since."""
NEW = PAR + 350_000


def before(*shifts: Sequence[int], **also: Any) -> list[SessionSeen]:
    """One session a gaming day, the last of them on the eve of the new par."""
    last = len(shifts) + 14
    return [session(*fills, nth=last - place, **also) for place, fills in enumerate(shifts)]


def after(*shifts: Sequence[int], par: int | None = NEW, **also: Any) -> list[SessionSeen]:
    """One session a gaming day, the first of them on the day of the new par."""
    return [
        session(*fills, nth=14 - place, need_total_cents=par, **also)
        for place, fills in enumerate(shifts)
    ]


def came(
    sessions: Sequence[SessionSeen],
    *,
    day: Any = DAY,
    was: int | None = PAR,
    is_todays: bool = True,
    advice: Advice = ADVICE,
) -> Outcome:
    taken = Taken(
        proposal_id=TABLE,
        table_id=TABLE,
        table_code="BJ-07",
        source=ParSource.SYSTEM_SUGGESTED,
        since=SINCE,
        from_cents=was,
        to_cents=NEW,
        is_todays=is_todays,
        sessions=tuple(sessions),
    )
    return outcome_of(taken, day=day, advice=advice)


TWICE, ONCE = [(3_000, 3_000)] * 12, [(3_000,), ()] * 6


def test_both_sides_are_measured_as_advice_measures() -> None:
    """SUGG-1: P90 and average of fills per shift, zeros included, before and since."""
    found = came([*before(*TWICE), *after(*ONCE)])
    assert found.before == Side(shifts=12, fills=24, p90_fills=2, average_fills="2.00")
    assert found.after == Side(shifts=12, fills=6, p90_fills=1, average_fills="0.50")
    assert (found.capital_change_cents, found.standing) == (NEW - PAR, Standing.IN_FORCE)


def test_a_side_with_too_few_sessions_is_not_known() -> None:
    """SUGG-1, LESSON-2: nine are not enough, and are never none."""
    nine = came([*before(*TWICE), *after(*ONCE[:9])])
    assert (nine.after, nine.is_judged) == (None, False)
    assert came([*before(*TWICE), *after(*ONCE[:10])]).is_judged
    assert came([*before(*TWICE[:9]), *after(*ONCE)]).before is None
    assert came([]).before is None
    assert came([], advice=Advice(min_sessions=1)).after is None


def test_what_is_no_evidence_is_on_neither_side() -> None:
    """SUGG-1: in play, with fills nobody knows, or under another par than the side's own."""
    odd = [
        session(9_000, nth=0, need_total_cents=NEW, phase=Phase.OPEN),
        session(nth=1, need_total_cents=NEW, fills=None),
        session(9_000, 9_000, nth=2, need_total_cents=PAR),
        session(9_000, 9_000, nth=27, need_total_cents=NEW),
    ]
    found = came([*before(*TWICE), *after(*ONCE[:10]), *odd])
    assert found.before is not None
    assert found.after is not None
    assert (found.before.shifts, found.after.shifts) == (12, 10)


def test_a_target_where_there_was_none_has_no_change_of_capital() -> None:
    """LESSON-2: what was tied up before is not known; the days without a target are the before."""
    found = came([*before(*TWICE, need_total_cents=None), *after(*ONCE)], was=None)
    assert found.capital_change_cents is None
    assert found.is_judged
    assert came([*before(*TWICE), *after(*ONCE)], was=None).before is None


@pytest.mark.parametrize(
    ("day", "is_todays", "standing"),
    [
        (SINCE - timedelta(days=1), False, Standing.COMING),
        (SINCE, True, Standing.IN_FORCE),
        (DAY, False, Standing.REPLACED),
    ],
)
def test_an_approved_target_is_to_come_in_force_or_replaced(
    day: Any, is_todays: bool, standing: Standing
) -> None:
    """SUGG-4: approved for a coming day, it is not in force before."""
    assert came([], day=day, is_todays=is_todays).standing is standing


def test_as_many_days_are_looked_at_before_as_after() -> None:
    """SUGG-1: a lookback each; what came later is another target's story."""
    first, last = days_looked_at(since=SINCE, advice=ADVICE)
    assert (SINCE - first, last - SINCE) == (timedelta(days=28), timedelta(days=27))
    late = [session(*[1_000] * 5, day=last + timedelta(days=nth)) for nth in range(1, 20)]
    early = [session(*[1_000] * 5, day=first - timedelta(days=nth)) for nth in range(1, 20)]
    known = [*before(*TWICE), *after(*ONCE)]
    far = DAY + timedelta(days=90)
    assert came([*early, *known, *late], day=far) == came(known, day=far)
    assert came(known, day=far).is_judged


def test_the_sum_is_of_sums_and_says_what_is_not_known() -> None:
    """RUN-7: never a mean of means; capital is unknown where one had no target before."""
    one = came([*before(*TWICE), *after(*ONCE)])
    other = came([*before(*[()] * 10), *after(*[(500, 500, 500)] * 15)])
    waiting = came(before(*TWICE))
    whole = summed([one, other, waiting], target=1)
    assert (whole.taken, whole.judged) == (3, 2)
    assert (whole.on_target_before, whole.on_target_after) == (1, 1)
    assert (whole.average_fills_before, whole.average_fills_after) == ("1.09", "1.89")
    assert whole.capital_change_cents == 3 * (NEW - PAR)
    assert summed([one, came([], was=None)], target=1).capital_change_cents is None
    nothing = summed([waiting], target=1)
    assert (nothing.average_fills_before, nothing.on_target_after) == (None, 0)


fills = st.lists(st.lists(st.integers(1, 9_000), max_size=4), min_size=10, max_size=14)


@given(was=fills, since=fills, strays=st.lists(st.integers(0, 27), unique=True))
def test_sessions_under_another_par_change_nothing(
    was: list[list[int]], since: list[list[int]], strays: list[int]
) -> None:
    """SUGG-1: neither side is told by what another par did, whatever it did."""
    known = [*before(*was), *after(*since)]
    other = [
        session(9_000, 9_000, nth=nth, code="SWING", need_total_cents=PAR + 1) for nth in strays
    ]
    found = came([*known, *other])
    assert found == came(known)
    assert found.before is not None
    assert Fraction(found.before.average_fills).limit_denominator(100) == round(
        Fraction(sum(map(len, was)), len(was)), 2
    )
