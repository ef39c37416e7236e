"""Every refusal there is is met by a test; and a race that is lost is tried again first."""

import ast
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tablebank.commands import perform
from tablebank.domain.refusals import Refusal
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable
from tests.say import chips


def _named_in_tests() -> set[str]:
    """Every text that stands in the other tests of this face."""
    here = Path(__file__)
    return {
        node.value
        for module in here.parent.glob("test_*.py")
        if module != here
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {"TRY_AGAIN"}


@pytest.mark.parametrize("refusal", list(Refusal), ids=lambda each: each.name)
def test_every_refusal_is_met(refusal: Refusal) -> None:
    """A new refusal that no test meets fails here (SESS-6)."""
    assert refusal.name in _named_in_tests()


def _meeting_another(times: int, seen: list[int]) -> Any:
    """The table's lock, lost to another transaction so many times."""
    right = perform.lock_table

    def lock(*asked: Any) -> Any:
        seen.append(1)
        if len(seen) <= times:
            raise psycopg.errors.DeadlockDetected
        return right(*asked)

    return lock


def test_a_lost_race_is_tried_three_times_and_then_said(
    live: AtTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """503 TRY_AGAIN after at most three attempts, with when to come back; nothing was changed."""
    seen: list[int] = []
    monkeypatch.setattr(perform, "lock_table", _meeting_another(99, seen))
    asked = {"chipset": chips("1 black")}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(f"{live.path}/fills", asked)
        answer.must_refuse(503, "TRY_AGAIN")
    assert answer.headers["Retry-After"] == "1"
    assert len(seen) == 3


def test_a_race_lost_twice_is_won_the_third_time(
    live: AtTable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LESSON-30: nobody is told of it, and it has one effect."""
    monkeypatch.setattr(perform, "lock_table", _meeting_another(2, []))
    live.ask_fill("1 black")
    assert len(live.casino.art.all_of("/slips", session_id=live.session_id)) == 1
