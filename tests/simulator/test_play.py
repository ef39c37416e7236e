"""Whole gaming days against a casino on paper: every result equals what was really won."""

from collections import Counter
from typing import Any

import pytest

from tablebank.simulator.client import Line, Turned
from tablebank.simulator.outcome import Outcome
from tablebank.simulator.play import play
from tests.simulator.paper_casino import No, PaperCasino


def _play(casino: PaperCasino, **how: Any) -> Outcome:
    said: list[str] = []
    settings = {"tables": 24, "days": 1, "seed": 7, "pace": None, **how}
    outcome = play(
        base_url="http://paper",
        admin_token="admin",
        progress=said.append,
        connect=lambda address: Line(
            base_url=address, transport=casino.transport(), pause=lambda _: None
        ),
        **settings,
    )
    assert said
    return outcome


def test_a_day_of_twenty_four_tables_matches_to_the_cent() -> None:
    """RUN-1, BOX-5, BOX-6, SHIFT-1: both bank modes, both drop practices, an emergency box."""
    casino = PaperCasino()
    outcome = _play(casino)
    assert outcome.matches, [row for row in outcome.tables if row.differences]
    assert outcome.truth_win_cents == outcome.result_win_cents
    modes = Counter(row.mode for row in outcome.tables)
    assert min(modes["IMPREST_TO_PAR"], modes["INVENTORY_COUNT"]) > 20
    alone = [row for row in outcome.tables if row.group_id is None]
    assert len(alone) > 20
    assert len(outcome.groups) > 10
    assert any(len(group.members) == 3 for group in outcome.groups)
    assert len(outcome.shifts) == 3
    assert all(session["status"] == "FINALIZED" for session in casino.sessions.values())


def test_a_day_has_everything_in_it_that_a_floor_knows() -> None:
    """Fills, credits, slips across the change, halves, an emergency box, tables late and early."""
    casino = PaperCasino()
    outcome = _play(casino)
    kinds = Counter((slip["kind"], slip["status"]) for slip in casino.slips.values())
    assert kinds["FILL", "DEPOSITED_IN_DROPBOX"] > 50
    assert kinds["CREDIT", "DEPOSITED_IN_DROPBOX"] > 20
    assert any("250" in slip["chipset"] for slip in casino.slips.values())
    carried = [slip for slip in casino.slips.values() if slip.get("asked_in") != slip["session"]]
    assert len(carried) > 5
    emergency = [mount for mount in casino.mounts if mount["box"].startswith("EMERGENCY")]
    assert len(emergency) == 2
    assert all(mount["count"] is not None for mount in emergency)
    by_shift = Counter(row.shift for row in outcome.tables)
    assert len(set(by_shift.values())) > 1
    twice = Counter((row.table, row.shift) for row in outcome.tables)
    assert 2 in twice.values()


def test_forms_lie_in_the_box_they_were_dropped_in() -> None:
    """SNAP-8, SLIP-13: every opener, closer, slip and request is found once, in one box."""
    casino = PaperCasino()
    _play(casino)
    found = Counter(form["number"] for mount in casino.mounts for form in mount.get("evidence", ()))
    written = {
        *(session["opening"]["number"] for session in casino.sessions.values()),
        *(session["closing"]["number"] for session in casino.sessions.values()),
    }
    for slip in casino.slips.values():
        if slip["status"] == "DEPOSITED_IN_DROPBOX":
            written |= {slip["number"], slip["request_number"]}
    assert set(found) == written
    assert set(found.values()) == {1}


def test_the_same_seed_is_the_same_night_however_it_is_played() -> None:
    """Alone or side by side, with answers lost on the way: the truth does not move."""
    plain = _play(PaperCasino(), tables=9)
    again = _play(PaperCasino(), tables=9)
    lossy = PaperCasino()
    lossy.lose_answer = lambda asked: asked % 7 == 0
    retried = _play(lossy, tables=9)
    aside = _play(PaperCasino(), tables=9, lanes=3)
    other = _play(PaperCasino(), tables=9, seed=8)

    def won(outcome: Outcome) -> list[tuple[str, str, int | None]]:
        return sorted((row.table, row.shift, row.truth.win_cents) for row in outcome.tables)

    assert plain.as_json() | {"seconds": 0} == again.as_json() | {"seconds": 0}
    assert won(plain) == won(retried) == won(aside)
    assert retried.matches
    assert aside.matches
    assert won(plain) != won(other)


def test_tables_that_stay_open_roll_into_the_next_gaming_day() -> None:
    outcome = _play(PaperCasino(), tables=6, days=2)
    assert outcome.matches
    days = {row.gaming_day for row in outcome.tables}
    assert len(days) == 2
    assert len(outcome.shifts) == 6


def test_a_wrong_result_is_shown_to_the_cent() -> None:
    """The comparison is worth nothing unless a lie shows."""
    casino = PaperCasino()
    honest = casino.rundown

    def lying(members: list[Any], *, alone: bool = True) -> Any:
        answer = honest(members, alone=alone)
        if members[0]["id"].endswith("1") and answer["table_win_cents"] is not None:
            answer["table_win_cents"] += 1
        return answer

    casino.rundown = lying  # type: ignore[method-assign]
    outcome = _play(casino, tables=6)
    wrong = [row for row in (*outcome.tables, *outcome.groups) if row.differences]
    assert not outcome.matches
    assert wrong
    assert all("win_cents" in row.differences[0] for row in wrong)
    shown = outcome.as_json()
    assert shown["matches"] is False
    assert outcome.result_win_cents != outcome.truth_win_cents


def test_an_honest_step_that_is_refused_stops_the_run() -> None:
    casino = PaperCasino()
    casino.boxes["BJ-01-B"] = "TABLE"
    original = casino._set_up

    def spare_is_taken(first: str, rest: list[str], who: str, body: Any) -> Any:
        answer = original(first, rest, who, body)
        casino.boxes["BJ-01-B"] = "TABLE"
        return answer

    casino._set_up = spare_is_taken  # type: ignore[method-assign]
    with pytest.raises(Turned, match="BOX_NOT_FREE"):
        _play(casino, tables=6)


def test_only_a_simulated_casino_is_played_in() -> None:
    """TIME-5: elsewhere the clock is real."""
    with pytest.raises(ValueError, match="simulated"):
        _play(PaperCasino(simulated=False))


def test_a_visible_pace_plays_the_same_night() -> None:
    fast = _play(PaperCasino(), tables=3)
    paced = _play(PaperCasino(), tables=3, pace=200_000.0)
    assert paced.matches
    assert fast.truth_win_cents == paced.truth_win_cents


def _somebody_else_rolls_over(casino: PaperCasino) -> PaperCasino:
    """At BJ-01 a person was there first."""
    original = casino._roll_over

    def refused(session: Any, table: Any, signers: set[str], body: Any) -> Any:
        if table["code"] == "BJ-01":
            raise No(409, "SESSION_NOT_OPEN", found="CLOSED")
        return original(session, table, signers, body)

    casino._roll_over = refused  # type: ignore[method-assign]
    return casino


def test_a_table_at_which_somebody_else_acts_is_left_to_them() -> None:
    """In the live demo people sign in and act: the others play on and are compared."""
    outcome = _play(_somebody_else_rolls_over(PaperCasino()), tables=6, pace=200_000.0)
    assert outcome.left_to_people == ("BJ-01",)
    assert {row.table for row in outcome.tables} == {"BJ-02", "BJ-03", "BJ-04", "RO-01", "RO-02"}
    assert all(row.matches for row in (*outcome.tables, *outcome.groups))
    with pytest.raises(Turned, match="SESSION_NOT_OPEN"):
        _play(_somebody_else_rolls_over(PaperCasino()), tables=6)
