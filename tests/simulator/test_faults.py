"""Nights with faults of known truth: each is raised as what it is, and nothing else is.

What goes wrong is done to paper, chips and boxes; the people act over HTTP as they always do
(LESSON-20). The long form is `python -m bench faults`.
"""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tablebank.simulator.boxes import Form
from tablebank.simulator.faults.catalogue import BY_NAME, FAULTS
from tablebank.simulator.faults.drawing import draw
from tablebank.simulator.faults.kind import Fault, Plan, Shown
from tablebank.simulator.faults.reckoning import Laid, Reckoned
from tests.nights_with_faults import night

HONEST, DRAWN = 11, (3, 7, 12)
TOGETHER = 3
PAGE = Path(__file__).parents[2] / "docs" / "faults.md"


def test_an_honest_night_raises_nothing() -> None:
    """FIND-1, FIND-2: swept twice, there is nothing on record, and every result is reconciled."""
    reckoned = night(HONEST, only=())
    assert reckoned.holds, reckoned.told()
    assert not reckoned.raised
    assert len(reckoned.reconciled) == 2 * len(draw(seed=HONEST, only=()))


@pytest.mark.parametrize("seed", range(-(-len(FAULTS) // TOGETHER)))
def test_each_fault_is_raised_as_what_it_is(seed: int) -> None:
    """FIND-1, FIND-2, FIND-4, LESSON-16, LESSON-19: as its kind, on its subject, once, and no more
    than that; and where it stops a result there is none."""
    only = FAULTS[seed * TOGETHER : (seed + 1) * TOGETHER]
    reckoned = night(seed, only=only)
    assert reckoned.holds, reckoned.told()
    for fault, kind in zip(reckoned.faults, only, strict=True):
        assert (fault.name, bool(fault.due)) == (kind.name, kind.is_seen)


@pytest.mark.parametrize("seed", DRAWN)
def test_a_night_as_it_comes_is_raised_to_the_last_fault(seed: int) -> None:
    """FIND-1, FIND-2: whatever goes wrong together."""
    reckoned = night(seed)
    assert reckoned.holds, reckoned.told()


def test_a_night_follows_from_its_seed() -> None:
    """A failing night is one line to play again."""

    def said(seed: int) -> list[Any]:
        return [
            (each.spec.code, each.plan, each.fault and each.fault.name, each.beside)
            for each in draw(seed=seed)
        ]

    assert said(4) == said(4)
    assert len({str(said(seed)) for seed in range(20)}) > 10


def test_no_fault_hides_another() -> None:
    """One at a table, at a table of a plan in which it can happen; beside it an honest one where
    it needs one."""
    met: set[str] = set()
    honest = 0
    for seed in range(300):
        drawn = draw(seed=seed)
        honest += all(each.fault is None for each in drawn)
        for each in drawn:
            if each.fault is None:
                continue
            met.add(each.fault.name)
            assert each.plan in each.fault.plans
            if each.fault.needs_neighbour:
                assert each.beside is not None
                assert drawn[each.beside].fault is None
    assert met == set(BY_NAME)
    assert honest > 10
    assert {each.plan for seed in range(20) for each in draw(seed=seed)} == set(Plan)


def test_every_fault_is_on_the_page() -> None:
    """What can be seen stands in the table, what cannot stands apart."""
    seen, unseen = PAGE.read_text(encoding="utf-8").split("## What no system could see")
    for fault in FAULTS:
        assert f"{fault.name} | {fault.words}" in seen or not fault.is_seen
        assert f"- {fault.name}: {fault.words}" in unseen or fault.is_seen


def test_what_is_missed_and_what_is_raised_for_nothing_is_told_by_name() -> None:
    """The reckoning is worth nothing unless a miss shows, with the line that plays it again."""
    due, other = Shown("MISSING_SLIP", "slip", "1"), Shown("COUNT_VARIANCE", "drop", "2")
    laid = Laid(table="BJ-01", name="missing slip", is_seen=True, struck=True, due=frozenset({due}))
    right = Reckoned(seed=9, faults=(laid,), raised=(due,))
    assert right.holds
    assert replace(right, raised=(due, due)).unexpected == [due]
    wrong = replace(right, raised=(other,), let_through=(other,))
    assert (wrong.missed, wrong.unexpected, wrong.holds) == ([due], [other], False)
    for said in (
        "missed: MISSING_SLIP on slip 1",
        "unexpected: COUNT_VARIANCE on drop 2",
        "did not stop: COUNT_VARIANCE on drop 2",
    ):
        assert said in wrong.told()
    assert "python -m bench faults --seed 9" in wrong.told()
    idle = replace(right, faults=(replace(laid, struck=False),))
    assert not idle.holds
    assert "did not happen: BJ-01: missing slip" in idle.told()


class _NothingFalls(BY_NAME["missing slip"]):  # type: ignore[misc, valid-type]
    """A fault that the world forgot to do."""

    def dropped(self, form: Form, **where: Any) -> None:
        self.slip_id = self.slip_id or form.slip_id or ""
        self.struck = bool(self.slip_id)
        Fault.dropped(self, form, **where)


def test_a_fault_that_is_not_raised_is_missed() -> None:
    """FIND-1: told to be missing, and lying in its box: the night does not hold."""
    reckoned = night(HONEST, only=(_NothingFalls,))
    assert [each.kind for each in reckoned.missed] == ["MISSING_SLIP"]
    assert not reckoned.unexpected
