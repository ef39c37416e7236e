"""Whole gaming days by the simulated casino, against a real server: every result is what was won.

RUN-1, BOX-6, SHIFT-1, S6. Both bank modes, both drop practices, three shifts, slips over the change
of shift, an emergency box: and an honest night raises nothing.
"""

import json
from dataclasses import asdict
from typing import Any

import pytest

from tablebank.simulator.outcome import Outcome
from tablebank.simulator.play import play
from tests.cli.typing_in import done, new_casino
from tests.program import Server, tablebank

OF_ITS_OWN = {"session_id", "group_id", "members", "requests", "seconds"}
"""What differs between two runs of the same day."""


@pytest.mark.parametrize(
    ("tables", "seed"),
    [(6, 3), *(pytest.param(24, seed, marks=pytest.mark.trial) for seed in (1, 2, 7))],
)
def test_a_gaming_day_matches_the_truth_to_the_cent(tables: int, seed: int) -> None:
    """LESSON-1, LESSON-4, LESSON-13: truth and result side by side, then the journal (JRN-1)."""
    options = ("--headless", "--json", "--tables", str(tables), "--seed", str(seed))
    played = tablebank("demo", *options)
    assert played.returncode == 0, played.stderr + played.stdout[-2000:]
    told = json.loads(played.stdout)
    assert told["matches"] is True
    assert told["truth_win_cents"] == told["result_win_cents"]
    assert told["open_exceptions"] == []
    assert all(row["differences"] == [] for row in (*told["tables"], *told["groups"]))
    modes = {(row["mode"], row["state"]) for row in told["tables"]}
    assert modes == {
        (mode, state)
        for mode in ("IMPREST_TO_PAR", "INVENTORY_COUNT")
        for state in ("complete", "shared_drop")
    }
    assert {row["shift"] for row in told["tables"]} == {"DAY", "SWING", "GRAVE"}
    assert len({row["table"] for row in told["tables"]}) == tables
    for row in (*told["tables"], *told["groups"]):
        _check_identity(row["result"])
    verified = tablebank("journal", "verify", "--casino", told["casino"])
    assert verified.returncode == 0, verified.stdout


def _check_identity(told: dict[str, Any]) -> None:
    """RUN-1: five known numbers, or an unknown result."""
    before = (
        told["closing_cents"] + told["credits_cents"] - told["opening_cents"] - told["fills_cents"]
    )
    assert told["before_drop_cents"] == before
    drop = told["drop_cents"]
    assert told["win_cents"] == (None if drop is None else before + drop)


def test_the_same_seed_is_the_same_day(server: Server) -> None:
    """Seeded and repeatable: two casinos, one day, down to the last chip."""
    day, again = (_played(server, seed=11) for _ in range(2))
    assert day.matches
    assert _comparable(day) == _comparable(again)


def _played(server: Server, *, seed: int) -> Outcome:
    slug = new_casino("--simulated", "--mode", "INVENTORY_COUNT")
    admin = ("--badge", "1", "--name", "Ada Admin", "--role", "ADMIN", "--pin", "128901")
    done("staff", "add", "--casino", slug, *admin)
    return play(
        base_url=server.base_url,
        admin_token=done("token", "create", "--casino", slug, "--badge", "1").strip(),
        tables=1,
        days=1,
        seed=seed,
        pace=None,
        progress=lambda _: None,
    )


def _comparable(outcome: Outcome) -> Any:
    return _without(asdict(outcome))


def _without(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without(each) for key, each in value.items() if key not in OF_ITS_OWN}
    if isinstance(value, list | tuple):
        return [_without(each) for each in value]
    return value
