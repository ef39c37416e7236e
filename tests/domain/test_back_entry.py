"""Signed paper as the domain sees it: what lies in a box, and how a road is walked (BACK-1)."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.back_entry import entered_from_paper, number_in_box
from tablebank.domain.papers import Paper
from tablebank.domain.refusals import Refusal
from tablebank.domain.slips.kind import Asked
from tablebank.domain.slips.told import ROADS, Telling, Told, enter_slip
from tablebank.domain.terms import Purpose, SlipKind, SlipStatus
from tests.domain.cast import SAM, chips
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import instant, refused

PAPER = Paper(form="By hand", number="A-00417", signed_by=("D. Diaz", "C. Cole"), reason="dark")
KINDS = st.sampled_from([SlipKind.FILL, SlipKind.CREDIT])


def at_play() -> Floor:
    """A table in play since noon, with a box on it."""
    floor = Floor()
    floor.at("12:00").opened("40 red")
    return floor


def enter(floor: Floor, kind: SlipKind, text: str, **telling: Any) -> UUID:
    """A slip that lies there on paper, entered now."""
    act = replace(floor.act("request_slip", SAM), paper=PAPER)
    asked = Asked(kind=kind, chipset=chips(text), purpose=Purpose.NORMAL)
    decision = enter_slip(
        act=act,
        house=floor.house,
        facts=floor.facts,
        session=floor.session(),
        asked=asked,
        telling=Telling(**telling),
    )
    entered = entered_from_paper(act=act, facts=floor.facts, decision=decision)
    return floor.write_down(act, entered).subject_id


@given(kind=KINDS, pieces=st.integers(1, 200), closer=st.integers(0, 400))
def test_a_slip_on_paper_counts_like_one_of_the_floor(
    kind: SlipKind, pieces: int, closer: int
) -> None:
    """BACK-1, RUN-8, SLIP-4: the result knows no difference between paper and hand."""
    results = []
    for on_paper in (True, False):
        floor = at_play()
        if on_paper:
            slip = enter(floor, kind, f"{pieces} red")
        elif kind == SlipKind.FILL:
            slip = floor.filled(f"{pieces} red")
        else:
            slip = floor.credited(f"{pieces} red")
        floor.begin()
        floor.count(CLOSING, f"{closer} red")
        floor.close()
        told = floor.rundown()
        kept = floor.slip(slip)
        results.append(
            (told.before_drop_cents, told.fills_total_cents, told.credits_total_cents, kept.status)
        )
    assert results[0] == results[1]


@given(kind=KINDS, told=st.integers(1, 4))
def test_a_road_is_told_as_far_as_it_was_walked(kind: SlipKind, told: int) -> None:
    """BACK-1, SLIP-1: each step leaves its row and time; verified, it enters."""
    floor, road = at_play().at("14:00"), ROADS[kind][:told]
    times = [instant(f"2026-03-02 13:0{place}") for place in range(told)]
    steps = [Told(status=status, occurred_at=at) for status, at in zip(road, times, strict=True)]
    slip = floor.slip(enter(floor, kind, "10 red", steps=steps))
    assert slip.status == road[-1]
    kept = [each for each in floor.facts.steps if each.slip_id == slip.id]
    assert [(each.status, each.occurred_at) for each in kept] == list(zip(road, times, strict=True))
    assert {each.subject_id for each in floor.facts.papers} == {each.id for each in kept}
    rundown = floor.rundown()
    moved = rundown.fills_total_cents or rundown.credits_total_cents or 0
    assert bool(moved) == (told >= 3)
    assert floor.findings() == ["LATE_ENTRY"]


def test_steps_do_not_run_backwards() -> None:
    """TIME-1: no step is before the one it follows."""
    floor = at_play().at("14:00")
    steps = [
        Told(status=SlipStatus.REQUESTED, occurred_at=instant("2026-03-02 13:05")),
        Told(status=SlipStatus.ISSUED, occurred_at=instant("2026-03-02 13:04")),
    ]
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        enter(floor, SlipKind.FILL, "10 red", steps=steps)


@pytest.mark.parametrize("kind", list(SlipKind))
def test_what_lies_in_the_box_is_the_paper(kind: SlipKind) -> None:
    """SNAP-8, SLIP-2, BACK-1: the count room finds the number that was written by hand."""
    floor = at_play()
    by_hand = floor.slip(enter(floor, kind, "10 red"))
    made = floor.filled("5 red") if kind == SlipKind.FILL else floor.credited("5 red")
    printed = floor.slip(made)
    assert (number_in_box(floor.facts, by_hand), by_hand.number) == (
        "A-00417",
        "PF-2026-000001" if kind == SlipKind.FILL else "PC-2026-000001",
    )
    assert number_in_box(floor.facts, printed) == printed.number
    (opener,) = floor.snapshots()
    assert number_in_box(floor.facts, opener) == opener.number
