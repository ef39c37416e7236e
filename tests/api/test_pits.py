"""Pits: called otherwise at all of their tables, and dropped by a schedule of their own."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import a_table
from tests.cast import Casino

DAILY = {"at": ["05:30", "13:30"], "window_minutes": 60}


@pytest.fixture
def own(own: Casino) -> Casino:
    """A casino of the test's own, with Ada in it."""
    own.person("ada")
    return own


def _schedule(casino: Casino, **asked: Any) -> Any:
    body = {"effective_from_gaming_day": "2026-03-02", **DAILY, **asked}
    return casino.ada.post("/drop-schedules", body, at=casino.now)


def _in_pit(casino: Casino, pit: str) -> str:
    table = a_table(casino)
    casino.ada.patch(f"/tables/{table.id}", {"pit": pit}).must(200)
    return table.id


# -- names -----------------------------------------------------------------------------------------


def test_a_pit_is_renamed_at_all_of_its_tables(own: Casino) -> None:
    """BASE-7: one command, one entry; the tables of other pits stay where they are."""
    tables = {_in_pit(own, "PIT 1"), _in_pit(own, "PIT 1")}
    other = _in_pit(own, "PIT 2")
    before = len(own.ana.all_of("/journal"))
    answer = own.ada.post("/pits/rename", {"pit": "PIT 1", "name": "Salon"}).must(200)
    assert answer["pit"] == "Salon"
    assert {each["id"] for each in answer["tables"]} == tables
    pits = {each["id"]: each["pit"] for each in own.ada.all_of("/tables")}
    assert {pits[each] for each in tables} == {"Salon"}
    assert pits[other] == "PIT 2"
    assert len(own.ana.all_of("/journal")) == before + 1


def test_a_pit_is_not_renamed_into_another_or_out_of_nothing(own: Casino) -> None:
    """Two pits are not made one by a slip of the hand; a pit without tables is none."""
    _in_pit(own, "PIT 1")
    _in_pit(own, "PIT 2")
    with nothing_changes(own):
        own.ada.post("/pits/rename", {"pit": "PIT 1", "name": "PIT 2"}).must_refuse(
            409, "CODE_TAKEN"
        )
        own.ada.post("/pits/rename", {"pit": "PIT 9", "name": "Salon"}).must_refuse(
            422, "REFERENCE_UNKNOWN"
        )


def test_a_renamed_pit_keeps_its_drops(own: Casino) -> None:
    """BOX-3: its own schedule goes along under the new name."""
    _in_pit(own, "PIT 1")
    _schedule(own, pit="PIT 1").must(201)
    own.ada.post("/pits/rename", {"pit": "PIT 1", "name": "Salon"}, at=own.now).must(200)
    kept = own.ada.get("/drop-schedules").must(200)["items"]
    assert [(each["pit"], each["at"]) for each in kept] == [
        ("PIT 1", ["13:30", "05:30"]),
        ("Salon", ["13:30", "05:30"]),
    ]


# -- drop schedules --------------------------------------------------------------------------------


def test_a_drop_schedule_is_kept_as_it_was_asked_for(own: Casino) -> None:
    """BOX-3: times in the order of the gaming day, half an hour of grace unless said otherwise."""
    made = _schedule(own, reason="the count room starts earlier").must(201)
    assert made == {
        "id": made["id"],
        "effective_from_gaming_day": "2026-03-02",
        "pit": None,
        "at": ["13:30", "05:30"],
        "window_minutes": 60,
        "grace_minutes": 30,
        "reason": "the count room starts earlier",
    }
    assert own.sam.get("/drop-schedules").must(200)["items"] == [made]


def test_a_drop_schedule_is_changed_from_a_coming_day_on(own: Casino) -> None:
    """BOX-3, BASE-7: the gaming day that runs keeps the windows it began with."""
    _in_pit(own, "PIT 1")
    _schedule(own).must(201)
    with nothing_changes(own):
        for pit in (None, "PIT 1"):
            _schedule(own, pit=pit).must_refuse(422, "EFFECTIVE_DAY_PASSED", earliest="2026-03-03")
    _schedule(own, pit="PIT 1", effective_from_gaming_day="2026-03-03").must(201)


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": ["5:30"]},
        {"at": ["05:30", "05:30"]},
        {"at": "05:30"},
        {"window_minutes": 0},
        {"window_minutes": 1000},
        {"grace_minutes": -1},
        {"grace_minutes": None},
        {"at": ["\u0660\u0665:30"]},
    ],
)
def test_what_is_no_drop_schedule_is_refused(own: Casino, wrong: dict[str, Any]) -> None:
    with nothing_changes(own):
        _schedule(own, **wrong).must_refuse(422, "SHAPE")


def test_a_drop_schedule_is_for_a_pit_there_is(own: Casino) -> None:
    with nothing_changes(own):
        _schedule(own, pit="PIT 9").must_refuse(422, "REFERENCE_UNKNOWN")


def test_a_drop_schedule_is_taken_back(own: Casino) -> None:
    """BOX-3: without times the casino's holds again."""
    _schedule(own).must(201)
    coming = {"effective_from_gaming_day": "2026-03-05", "at": []}
    assert _schedule(own, **coming).must(201)["at"] == []
