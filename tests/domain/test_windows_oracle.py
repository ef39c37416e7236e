"""Windows over nights that nobody planned, against an oracle that walks them event by event.

The nights are played through the domain's own decisions; the windows lie anywhere, on edges of
counts and beside them. The oracle keeps one running state and knows none of the product's words.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.boxes import group_of, members
from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.money import sum_known
from tablebank.domain.rundown import group_rundown, rundown_of
from tablebank.domain.terms import (
    CLOSED_PHASES,
    Phase,
    SlipKind,
    SlipStatus,
    SnapshotKind,
)
from tablebank.domain.windows.asked import DropSource, Window
from tablebank.domain.windows.known_at import Lived, known_at
from tablebank.domain.windows.totals import totals_of
from tablebank.domain.windows.win_loss import win_loss
from tests.domain.floor import CLOSING
from tests.domain.nights import START, edges_worth_asking, moves, night_of, pars

# -- the oracle ------------------------------------------------------------------------------------


@dataclass
class Walk:
    """What an onlooker with a notebook writes down: the tray as last known, chips in and out."""

    opening: int | None = None
    source: str = "none"
    closing: int | None = None
    fills: int = 0
    credits: int = 0
    said_fills: int | None = None
    said_credits: int | None = None


def _events(facts: TableFacts) -> list[tuple[Any, str, int]]:
    """Everything that touched or told the tray, in order of (instant, recording, age)."""
    voided = {each.id for each in facts.sessions if each.phase == Phase.VOIDED}
    ordinals = {each.id: each.ordinal or 0 for each in facts.sessions}
    found: list[tuple[Any, str, int]] = []
    for shot in facts.snapshots:
        if shot.session_id not in voided:
            rank = ordinals[shot.session_id] * 10 + list(SnapshotKind).index(shot.kind)
            told = "opener" if shot.kind == SnapshotKind.OPENING else "count"
            found.append(((shot.occurred_at, shot.recorded_at, 0, rank), told, shot.total_cents))
    for step in facts.steps:
        slip = next(each for each in facts.slips if each.id == step.slip_id)
        key = (step.occurred_at, step.recorded_at, 1, 0)
        if slip.kind == SlipKind.FILL and step.status == SlipStatus.VERIFIED_AT_TABLE:
            found.append((key, "fill", slip.total_cents))
        if slip.kind == SlipKind.CREDIT and step.status == SlipStatus.PICKED_UP:
            found.append((key, "credit", slip.total_cents))
        if slip.kind == SlipKind.CREDIT and step.status == SlipStatus.VOIDED:
            found.append((key, "credit", -slip.total_cents))
    return sorted(found)


def walk(facts: TableFacts, par: int | None, start: datetime, end: datetime) -> Walk:
    """One pass over the night: every count before the start begins anew, later ones close."""
    seen = Walk()
    begun = False
    for (instant_, *_), told, cents in _events(facts):
        if instant_ > end:
            break
        if instant_ > start and not begun:
            begun = True
            if seen.opening is None and par is not None:
                seen.opening, seen.source, seen.fills, seen.credits = (
                    par,
                    "bootstrap:par_target",
                    0,
                    0,
                )
        if told == "fill":
            seen.fills += cents
        elif told == "credit":
            seen.credits += cents
        elif instant_ <= start or seen.opening is None:
            seen.opening, seen.fills, seen.credits = cents, 0, 0
            seen.source = "snapshot:verified_open" if told == "opener" else "snapshot:prior_count"
            if instant_ > start:
                seen.source = "fallback:earliest_in_window"
        else:
            seen.closing = cents
            seen.said_fills, seen.said_credits = seen.fills, seen.credits
    if not begun and seen.opening is None and par is not None:
        seen.opening, seen.source = par, "bootstrap:par_target"
    return seen


@settings(max_examples=120, deadline=None)
@given(pars, moves, st.data())
def test_a_window_says_what_an_onlooker_would(
    par: int | None, played: list[tuple[str, int, int, bool]], data: st.DataObject
) -> None:
    """BASE-1, BASE-3, BASE-4: baseline, closing, fills and credits of any window of any night."""
    night = night_of(par, played)
    facts = night.floor.facts
    places = edges_worth_asking(facts)
    start = data.draw(st.sampled_from(places))
    end = data.draw(st.sampled_from([each for each in places if each >= start]))
    found = win_loss(night.seen(), Window(start=start, end=end))
    told = walk(facts, par, start, end)
    assert (found.opening_bankroll_cents, found.opening_source) == (told.opening, told.source)
    # A roll-over's two counts of one instant say the same; which of them is named is ours.
    assert found.closing_bankroll_cents == told.closing
    assert (found.fills_total_cents, found.credits_total_cents) == (
        told.said_fills,
        told.said_credits,
    )
    if told.opening is None or told.closing is None:
        assert found.before_drop_cents is None
        assert found.win_loss_cents is None
    else:
        change = told.closing + (told.said_credits or 0) - told.opening - (told.said_fills or 0)
        assert found.before_drop_cents == change


@settings(max_examples=100, deadline=None)
@given(moves, st.data())
def test_between_counts_of_whole_sessions_it_is_the_sum_of_their_rundowns(
    played: list[tuple[str, int, int, bool]], data: st.DataObject
) -> None:
    """BASE, LESSON-4: two words for two questions, and equal where they must be."""
    night = night_of(None, played)
    night.end()
    facts = night.floor.facts
    everyone = members(facts)
    if not everyone:
        return
    first = data.draw(st.integers(0, len(everyone) - 1))
    last = data.draw(st.integers(first, len(everyone) - 1))
    run = everyone[first : last + 1]
    window = Window(start=_instant(facts, run[0]), end=_instant(facts, run[-1], CLOSING))
    found = win_loss(night.seen(), window)
    assert found.since is None
    changes = [rundown_of(facts, each).before_drop_cents for each in run]
    if None in changes:
        # A credit that came back after a closer was counted: the rundown waits for a new count.
        return
    assert found.before_drop_cents == sum_known(changes)
    if found.drop_source is DropSource.ESTIMATE:
        assert _wins(facts, run) is None, "estimated only where no rundown is known"
    else:
        assert found.win_loss_cents == _wins(facts, run)


def _instant(facts: TableFacts, session: Any, kind: Any = SnapshotKind.OPENING) -> datetime:
    return next(
        each.occurred_at
        for each in facts.snapshots
        if each.session_id == session.id and each.kind == kind
    )


def _wins(facts: TableFacts, run: Any) -> int | None:
    """The sum of the rundowns of whole groups; None where one reaches out of the run."""
    ours = {each.id for each in run}
    groups = {group[0].id: group for group in (group_of(facts, each) for each in run)}
    if any(member.id not in ours for group in groups.values() for member in group):
        return None
    return sum_known(group_rundown(facts, group).table_win_cents for group in groups.values())


@settings(max_examples=60, deadline=None)
@given(pars, moves, moves, st.integers(0, 2000))
def test_what_was_known_then_is_what_was_said_then(
    par: int | None,
    played: list[tuple[str, int, int, bool]],
    later: list[tuple[str, int, int, bool]],
    reach: int,
) -> None:
    """RUN-9: asked for as of an earlier instant, a window answers as it did at that instant."""
    night = night_of(par, played)
    floor = night.floor
    window = Window(start=START, end=START + timedelta(minutes=reach))
    said = win_loss(night.seen(), window)
    ended_before = {each.id for each in floor.facts.sessions if _is_over(each)}
    recorded = [*_recorded(floor.facts), *night.readings, *night.buy_ins]
    known_by = max((each.recorded_at for each in recorded), default=floor.clock)
    floor.clock = max(floor.clock, known_by) + timedelta(minutes=1)
    for move, amount, minutes, _ in later:
        night.play(move, amount, minutes, late=False)
    since = Lived(opened=floor.clock, closed=floor.clock, voided=floor.clock)
    lived = {each.id: since for each in floor.facts.sessions if each.id not in ended_before}
    known = known_at(floor.facts, known_by, lived=lived)
    assert win_loss(night.seen(known, known_by=known_by), window) == said


def _is_over(session: Session) -> bool:
    return session.phase in CLOSED_PHASES or session.phase == Phase.VOIDED


def _recorded(facts: TableFacts) -> list[Any]:
    return [*facts.snapshots, *facts.steps, *facts.removals, *facts.counts, *facts.mounts]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(pars, moves), min_size=1, max_size=4), st.integers(0, 2000))
def test_totals_never_hide_an_unknown(
    tables: list[tuple[int | None, list[tuple[str, int, int, bool]]]], reach: int
) -> None:
    """LESSON-2, BASE-6: the sum of all is there only when all of it is."""
    window = Window(start=START, end=START + timedelta(minutes=reach))
    rows = [win_loss(night_of(par, played).seen(), window) for par, played in tables]
    totals = totals_of(rows)
    asked = [row for row in rows if row.in_play or row.win_loss_cents is not None]
    known = [row.win_loss_cents or 0 for row in asked if row.adds_up]
    assert (totals.win_loss_cents is not None) is (bool(known) and len(known) == len(asked))
    assert totals.known_cents == (sum(known) if known else None)
    counted = totals.known + totals.partial + totals.since + totals.unknown + totals.not_in_play
    assert counted == len(rows)
