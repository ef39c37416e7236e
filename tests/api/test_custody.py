"""What removals and hand-overs raise over HTTP: the wrong box, a broken way, the wrong hour."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.say import spoken

WINDOW = {"window_start": "2026-03-02T12:00:00Z", "window_end": "2026-03-02T13:00:00Z"}


def _open(table: AtTable, kind: str) -> list[Json]:
    found: list[Json] = table.casino.ana.all_of(
        "/exceptions", kind=kind, status="OPEN", table_id=table.id
    )
    return found


def test_another_box_than_the_mounted_one_is_recorded_and_raised(live: AtTable) -> None:
    """BOX-3, FIND-4, DRP-01: what was taken is on record as it was; the result
    waits for an explanation.
    """
    casino, other = live.casino, live.spare_box()
    answer = live.drop(box=other)
    assert (answer["box"], answer["serves"]) == (other, [live.session_id])
    [raised] = answer["exceptions_raised"]
    [found] = _open(live, "CUSTODY_IRREGULAR")
    assert (found["id"], found["stops"]) == (raised["id"], "result")
    assert found["subject"] == {"type": "drop", "id": answer["id"]}
    assert found["facts"] == {"box": other, "box_on_record": live.code}
    live.soft_count(5_000)
    live.close()
    refused = casino.ana.post(f"{live.path}/reconcile", at=live.when(None))
    refused.must_refuse(409, "EXCEPTIONS_OPEN")
    said = {"reason_code": "MISFILED", "narrative": "Boxes were swapped at the last count."}
    casino.cam.post(f"/exceptions/{found['id']}/resolve", said).must(200)
    live.reconcile()


def test_the_latest_that_is_known_says_where_a_box_is(live: AtTable) -> None:
    """BOX-1, BOX-3: taken off one table while the record has it on another, it is with the crew."""
    other = a_table(live.casino)
    live.drop(box=other.code)
    where = {each["code"]: each["where"] for each in live.casino.art.all_of("/boxes")}
    assert (where[other.code], where[live.code]) == ("REMOVED", "FREE")


@pytest.mark.parametrize("how", ["MOUNTED", "REMOVED", "FREE"])
def test_a_replacement_that_should_hang_elsewhere_is_raised(live: AtTable, how: str) -> None:
    """BOX-3, DRP-01: on another table, waiting for its count, or another table's own."""
    other = a_table(live.casino)
    if how != "MOUNTED":
        other.open_table()
        other.drop()
    if how == "FREE":
        other.soft_count(0)
    live.drop(spare=other.code)
    [found] = _open(live, "CUSTODY_IRREGULAR")
    why = "OF_ANOTHER_TABLE" if how == "FREE" else "IN_USE"
    assert found["facts"] == {
        "box": live.code,
        "replacement": other.code,
        "replacement_unfit": why,
    }
    assert live.casino.art.get(f"/tables/{live.id}")["mounted_box"] == other.code


def test_honest_boxes_raise_nothing(live: AtTable) -> None:
    """BOX-3, BOX-4: the table's own, or one of the pool; handed over, and counted."""
    pool = live.casino.code("POOL")
    live.casino.ada.post("/boxes", {"code": pool, "kind": "EMERGENCY"}).must(201)
    live.drop(kind="EMERGENCY", spare=pool)
    live.custody()
    live.soft_count(5_000)
    live.drop(spare=live.code)
    live.custody()
    live.soft_count(5_000)
    assert live.casino.ana.all_of("/exceptions", table_id=live.id) == []


def test_a_box_counted_that_never_arrived(live: AtTable) -> None:
    """BOX-4, FIND-2, DRP-09: told afterwards with its true time it is cleared, without a word."""
    casino = live.casino
    live.drop(at="10:00")
    body = live.count_of(1_000)
    path = f"/drops/{live.drop_ids[0]}"
    count = casino.tina.post(f"{path}/count", body, at=live.when("11:00"), signed=[casino.tom])
    [raised] = count.must(201)["exceptions_raised"]
    assert raised["kind"] == "CUSTODY_IRREGULAR"
    live.custody(at="10:30")
    found = casino.ana.get(f"/exceptions/{raised['id']}").must(200)
    assert (found["status"], found["facts"]["missing_steps"]) == ("CLEARED", ["ARRIVED"])
    steps = casino.art.get(path).must(200)["custody"]
    assert [each["step"] for each in steps] == ["REMOVED", "ARRIVED", "OPENED"]


def test_a_drop_outside_its_own_window_says_why_and_is_raised(live: AtTable) -> None:
    """BOX-3: it stops nothing; without a reason it is refused."""
    casino = live.casino
    casino.dora.post(f"{live.path}/drop/schedule", WINDOW, at=live.when(None)).must(200)
    notice = {"notified_at": spoken(casino.now), "operator": "Sol"}
    asked: Any = {"type": "SCHEDULED", "surveillance": notice}
    with nothing_changes(casino):
        answer = casino.dora.post(
            f"{live.path}/drop/remove", asked, at=live.when(None), signed=[casino.dex]
        )
        answer.must_refuse(422, "REASON_REQUIRED", type="SCHEDULED", **WINDOW)
    drop = live.drop(reason="the lift was stuck")
    assert drop["out_of_schedule"] == {"type": "SCHEDULED", **WINDOW}
    [found] = _open(live, "DROP_OUT_OF_SCHEDULE")
    assert (found["stops"], found["facts"]["reason"]) == ("nothing", "the lift was stuck")
    casino.dora.post(f"{live.path}/drop/schedule", WINDOW, at=live.when(None)).must(200)
    assert len(_open(live, "DROP_OUT_OF_SCHEDULE")) == 1


def test_a_drop_outside_its_pits_schedule(live: AtTable) -> None:
    """BOX-3, DRP-04: where the session has no window of its own."""
    asked = {"effective_from_gaming_day": "2026-03-02", "at": ["23:00"], "window_minutes": 60}
    live.casino.ada.post("/drop-schedules", asked, at=live.when(None)).must(201)
    live.drop(at="22:59", reason="early")
    live.drop(at="23:30")
    assert len(_open(live, "DROP_OUT_OF_SCHEDULE")) == 1


@pytest.mark.parametrize(("kind", "raised"), [("UNSCHEDULED", 1), ("EMERGENCY", 0)])
def test_an_unscheduled_drop_is_raised_and_an_emergency_is_not(
    live: AtTable, kind: str, raised: int
) -> None:
    """BOX-3, DRP-05, DRP-13: with whom was told beside surveillance."""
    told = [{"told": "Agent Lee, gaming commission", "notified_at": spoken(live.casino.now)}]
    drop = live.drop(kind=kind, notices=told)
    assert drop["notices"] == told
    assert len(_open(live, "DROP_OUT_OF_SCHEDULE")) == raised
