"""Sums of rundowns: what a table, a pit, a property made (SHIFT-1, RUN-1, RUN-7, LESSON-2)."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.boxes import group_of, members
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.hold import LEAST, WhyNot, held
from tablebank.domain.rundown import group_rundown, rundown_of
from tablebank.domain.table_games import (
    DROP_OUTSIDE,
    NOT_IN_PLAY,
    Line,
    Result,
    Results,
    added,
    line_of,
    results_from,
    results_inside,
    sum_of_lines,
)
from tests.domain.nights import Night, moves


def lined(facts: TableFacts, sessions: Sequence[Session]) -> Line:
    """The line of these sessions, as a report makes it."""
    groups = {group_of(facts, each)[0].id: group_of(facts, each) for each in sessions}
    results = [Result(rundown=group_rundown(facts, group)) for group in groups.values()]
    inside = results_inside(results, {each.id for each in sessions})
    return line_of([rundown_of(facts, each) for each in sessions], inside)


def played(planned: object) -> TableFacts:
    night = Night(None)
    for move in planned:  # type: ignore[attr-defined]
        night.play(*move)
    return night.floor.facts


@given(moves, st.data())
def test_a_line_balances_and_is_the_sum_of_its_results(
    planned: object, data: st.DataObject
) -> None:
    """RUN-1, SHIFT-1: win = closer + credits + drop − opener − fills − what lay between."""
    facts = played(planned)
    every = members(facts)
    if not every:
        return
    first = data.draw(st.integers(0, len(every) - 1))
    last = data.draw(st.integers(first, len(every) - 1))
    chosen = every[first : last + 1]
    line = lined(facts, chosen)
    inside = {each.id for each in chosen}
    wins: list[int | None] = []
    for group in {tuple(each.id for each in group_of(facts, one)) for one in chosen}:
        mine = [each for each in every if each.id in group]
        if set(group) <= inside:
            wins.append(group_rundown(facts, mine).table_win_cents)
        else:
            wins += [None] * len(inside & set(group))
    assert line.results.results == len(wins)
    assert line.results.unknown == wins.count(None)
    known = [win for win in wins if win is not None]
    assert line.results.known_win_cents == (sum(known) if known else None)
    assert line.results.win_cents == (None if None in wins else sum(known))
    assert bool(line.reasons) == (None in wins)
    if line.results.win_cents is not None:
        terms = (
            line.closer_cents,
            line.credits_cents,
            line.results.drop_cents,
            line.opener_cents,
            line.fills_cents,
            line.between_cents,
        )
        assert None not in terms, "a known result has every term known"
        closer, credited, drop, opener, fills, between = (each or 0 for each in terms)
        assert line.results.win_cents == closer + credited + drop - opener - fills - between


def test_a_group_that_reaches_outside_is_not_known_in_part() -> None:
    """BOX-6: one box served two shifts; neither shift's part of it is known."""
    night = Night(None)
    for move in (("open", 0, 5, False), ("roll", 100, 30, False), ("close", 200, 30, False)):
        night.play(*move)
    facts = night.floor.facts
    first, second = members(facts)
    line = lined(facts, [first])
    assert (line.results.results, line.results.unknown, line.results.win_cents) == (1, 1, None)
    assert DROP_OUTSIDE in line.reasons
    assert lined(facts, [first, second]).results.results == 1


def of(results: int, known: int, win: int = 0, drop: int = 0) -> Results:
    return results_from(results=results, known=known, win_cents=win, drop_cents=drop)


some = st.builds(
    lambda known, more, win, drop: of(known + more, known, *((win, drop) if known else (0, 0))),
    st.integers(0, 5),
    st.integers(0, 3),
    st.integers(-9_000, 9_000),
    st.integers(0, 9_000),
)


@given(st.lists(some, max_size=6))
def test_sums_of_sums_hide_no_unknown(parts: list[Results]) -> None:
    """LESSON-2: a sum over an unknown is unknown; what is known of it is there beside it."""
    whole = added(parts)
    assert whole.results == sum(each.results for each in parts)
    assert (whole.win_cents is None) == (whole.unknown > 0 or whole.results == 0)
    known = [each.known_win_cents for each in parts if each.known_win_cents is not None]
    assert whole.known_win_cents == (sum(known) if known else None)
    if whole.win_cents is not None and whole.drop_cents:
        assert whole.hold_pct is not None
        assert abs(float(whole.hold_pct) - 100 * whole.win_cents / whole.drop_cents) <= 0.005001


def test_nothing_in_play_is_no_zero() -> None:
    """LESSON-2: of no line nothing is known."""
    line = sum_of_lines(())
    assert (line.opener_cents, line.results.win_cents, line.results.known_win_cents) == (None,) * 3
    assert line.reasons == (NOT_IN_PLAY,)


def test_hold_is_judged_by_sums_and_only_where_there_is_enough() -> None:
    """RUN-7, STA-02: points off what was held before; few results are not judged."""
    now, before = of(LEAST, LEAST, 3_000, 10_000), of(LEAST, LEAST, 2_000, 10_000)
    told = held(now=now, before=before, limit_points=9)
    assert (told.hold_pct, told.before_pct, told.deviation_pct) == ("30.00", "20.00", "10.00")
    assert told.is_beyond is True
    assert held(now=now, before=before, limit_points=10).is_beyond is False
    assert held(now=now, before=before, limit_points=None).reasons == (WhyNot.NO_LIMIT_SET,)
    few = of(LEAST - 1, LEAST - 1, 3_000, 10_000)
    assert held(now=few, before=before, limit_points=1).reasons == (WhyNot.TOO_FEW_RESULTS,)
    unknown = held(now=of(LEAST, LEAST - 1, 3_000, 10_000), before=before, limit_points=1)
    assert (unknown.hold_pct, unknown.is_beyond) == (None, None)
    assert WhyNot.RESULTS_UNKNOWN in unknown.reasons
    new = held(now=now, before=of(0, 0), limit_points=1)
    assert (new.before_pct, new.deviation_pct, new.is_beyond) == (None, None, None)
