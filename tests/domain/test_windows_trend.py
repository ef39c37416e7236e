"""How a window came about: at each hour what it would have said then (BASE, LESSON-2)."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.windows.asked import Window
from tablebank.domain.windows.marks import Point
from tablebank.domain.windows.moved import Moved, moved
from tablebank.domain.windows.trend import AN_HOUR, hour_of, hours_between
from tablebank.domain.windows.win_loss import win_loss
from tests.domain.cast import worth
from tests.domain.floor import INTERIM, Floor
from tests.domain.nights import START, moves, night_of, pars
from tests.domain.windows import answer, at, shift

NOTHING = Moved(fills_cents=0, credits_cents=0, in_transit_cents=0)
SAME = (
    *("opening_bankroll_cents", "opening_source", "closing_bankroll_cents", "closing_source"),
    *("fills_total_cents", "credits_total_cents", "before_drop_cents", "measured_from"),
    *("measured_to", "coverage_type", "since"),
)
"""What depends on nothing that is only counted later, as a box is."""


@settings(max_examples=120, deadline=None)
@given(pars, moves, st.integers(1, 17), st.sampled_from(["DAY", "SWING", None]))
def test_it_says_what_it_would_have_said_had_the_night_stopped_there(
    par: int | None, played: list[tuple[str, int, int, bool]], stop: int, code: str | None
) -> None:
    """BASE-7: as far as an instant, a window is that of a night in which no more happened."""
    # A void and the return of a credit reach back: they are tried with the windows themselves.
    forward = [move for move in played if move[0] not in ("void", "out", "back")]
    whole, part = night_of(par, forward), night_of(par, forward[:stop])
    upto = part.floor.clock
    if any(each.occurred_at > upto for each in part.floor.facts.snapshots):
        return
    window = Window(start=START, end=START + timedelta(days=2))
    if code is not None:
        named = whole.floor.shift(code)
        window = Window(start=named.starts_at, end=named.ends_at, shift_id=named.id)
    if not window.start <= upto <= window.end:
        return
    later = [each for each in forward[stop:] if each[2] < 1]
    if later:
        return
    then = win_loss(part.seen(), window)
    now = win_loss(
        whole.seen(),
        Window(start=window.start, end=window.end, shift_id=window.shift_id, upto=upto),
    )
    assert {name: getattr(now, name) for name in SAME} == {
        name: getattr(then, name) for name in SAME
    }


def test_a_shift_by_its_hours() -> None:
    """BASE-3, LESSON-2: unknown before the first count, then from count to count; the last hour is
    the shift as it stands, its closer counted after its end included (BASE-2)."""
    floor = Floor()
    floor.at("11:30").opened(worth(5_000_000))
    floor.at("12:40").count(INTERIM, worth(5_200_000))
    floor.at("19:10").closed(worth(5_100_000))
    window = shift(floor)
    changes = []
    for _, end in hours_between(window.start, window.end)[:-1]:
        found = answer(floor, Window(**{**_said(window), "upto": end}))
        changes.append(found.before_drop_cents)
    assert changes[:3] == [None, 200_000, 200_000]
    assert answer(floor, window).before_drop_cents == 100_000
    assert answer(floor, Window(**{**_said(window), "upto": at("11:20")})).in_play is False


def _said(window: Window) -> dict[str, object]:
    return {name: getattr(window, name) for name in ("start", "end", "shift_id")}


def test_an_hour_of_several_tables_hides_no_unknown() -> None:
    """LESSON-2, BASE-6: a sum is there only when all of it is; how much of it is fresh is said."""
    known, unknown = Floor(), Floor()
    known.at("11:30").opened(worth(5_000_000))
    known.at("12:40").count(INTERIM, worth(5_200_000))
    unknown.at("12:10").opened(worth(5_000_000))
    window = shift(known)
    start, end = at("12:00"), at("13:00")
    upto = Window(**{**_said(window), "upto": end})
    one, two = answer(known, upto), answer(unknown, upto)
    alone = hour_of([one], [NOTHING], start=start, end=end)
    assert (alone.before_drop_cents, alone.counted, alone.in_play) == (200_000, 1, 1)
    both = hour_of([one, two], [NOTHING, NOTHING], start=start, end=end)
    assert (both.before_drop_cents, both.totals.win_loss_cents) == (None, None)
    assert (both.counted, both.in_play, both.totals.unknown) == (1, 2, 2)
    stale = hour_of([one], [NOTHING], start=end, end=end + AN_HOUR)
    assert (stale.before_drop_cents, stale.counted) == (200_000, 0)
    late = answer(known, Window(start=at("11:20"), end=end))
    assert (late.coverage_type, late.before_drop_cents) == ("partial", 200_000)
    partial = hour_of([one, late], [NOTHING, NOTHING], start=start, end=end)
    assert partial.before_drop_cents is None, "one of them began with its first count"
    nobody = hour_of([], [], start=start, end=end)
    assert (nobody.before_drop_cents, nobody.in_play) == (None, 0)


@settings(max_examples=60, deadline=None)
@given(moves)
def test_the_hours_slips_are_the_window_s(played: list[tuple[str, int, int, bool]]) -> None:
    """BASE-4, LESSON-13: hour by hour they come to what the whole stretch says, and no other."""
    facts = night_of(None, played).floor.facts
    end = START + timedelta(hours=30)
    hours = hours_between(START, end)
    assert (hours[0][0], hours[-1][1]) == (START, end)
    assert all(one[1] == other[0] for one, other in pairwise(hours))
    parts = [moved(facts, first=Point(a, None), last=Point(b, None)) for a, b in hours]
    whole = moved(facts, first=Point(START, None), last=Point(end, None))
    assert sum(each.fills_cents for each in parts) == whole.fills_cents
    assert sum(each.credits_cents for each in parts) == whole.credits_cents
