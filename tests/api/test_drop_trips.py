"""Drop trips over HTTP: what is due, what was taken, what is missing; late runs, overdue boxes."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from tablebank.commands.sweep import sweep_casino
from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino
from tests.line import Answer
from tests.say import DAY, moment, spoken


def _start(casino: Casino, *, at: str | None = None, signed: Any = None, **said: Any) -> Answer:
    now = moment(at) if at else casino.tick()
    casino.now = max(casino.now, now)
    notice = {"notified_at": spoken(now), "operator": "Sol"}
    hands = [casino.dex] if signed is None else signed
    return casino.dora.post("/drop-trips", {"surveillance": notice, **said}, at=now, signed=hands)


def _end(casino: Casino, trip: Json) -> Answer:
    path = f"/drop-trips/{trip['id']}/end"
    return casino.dora.post(path, at=casino.tick(), signed=[casino.dex])


def _boxes(rows: list[Json]) -> list[str]:
    return [row["box"] for row in rows]


@pytest.fixture
def pit(own: Casino) -> list[AtTable]:
    """Three tables in play in one pit."""
    tables = [a_table(own, pit="PIT 9") for _ in range(3)]
    for table in tables:
        table.open_table()
    return tables


def test_a_run_of_a_pit_from_start_to_end(own: Casino, pit: list[AtTable]) -> None:
    """BOX-5, DRP-08, DRP-11: due, collected, missing; who went and who was told."""
    idle = a_table(own, pit="PIT 9")
    trip = _start(own, pits=["PIT 9"]).must(201)
    assert _boxes(trip["due"]) == [each.code for each in pit]
    assert idle.code not in _boxes(trip["due"])
    assert {each["badge"] for each in trip["crew"]} == {"6001", "6002"}
    assert (trip["state"], trip["collected"], trip["surveillance"]["operator"]) == (
        "STARTED",
        [],
        "Sol",
    )
    for table in pit[:2]:
        assert table.drop(trip_id=trip["id"])["trip_id"] == trip["id"]
    under_way = own.art.get(f"/drop-trips/{trip['id']}").must(200)
    assert _boxes(under_way["collected"]) == [each.code for each in pit[:2]]
    assert own.art.all_of("/drop-trips", open=True) == [under_way]
    ended = _end(own, trip).must(200)
    assert (ended["state"], _boxes(ended["missing"]), ended["extra"]) == (
        "ENDED",
        [pit[2].code],
        [],
    )
    assert [each["left_out"] for each in ended["due"]] == [False, False, True]
    assert own.art.all_of("/drop-trips", open=True) == []


def test_a_box_left_out_stops_the_result_until_it_is_taken(own: Casino, pit: list[AtTable]) -> None:
    """BOX-5, FIND-2, DRP-11: BOX_NOT_DROPPED, cleared by the removal."""
    left = pit[2]
    trip = _start(own, boxes=[left.code]).must(201)
    [raised] = _end(own, trip).must(200)["exceptions_raised"]
    assert (raised["kind"], raised["table_id"]) == ("BOX_NOT_DROPPED", left.id)
    [found] = own.ana.all_of("/exceptions", kind="BOX_NOT_DROPPED")
    assert (found["stops"], found["subject"]) == (
        "result",
        {"type": "session", "id": left.session_id},
    )
    _end(own, _start(own, boxes=[left.code]).must(201)).must(200)
    assert len(own.ana.all_of("/exceptions", kind="BOX_NOT_DROPPED")) == 1
    left.drop()
    assert own.ana.get(f"/exceptions/{found['id']}")["status"] == "CLEARED"
    assert own.ana.get("/journal/verify").must(200)["valid"]


def test_a_trip_ends_once(own: Casino, pit: list[AtTable]) -> None:
    """BOX-5: and not before the last box of it was taken."""
    trip = _start(own, pits=["PIT 9"]).must(201)
    for table in pit:
        table.drop(trip_id=trip["id"])
    path = f"/drop-trips/{trip['id']}/end"
    with nothing_changes(own):
        early = own.dora.post(path, at=moment("06:01"), signed=[own.dex])
        early.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    _end(own, trip).must(200)
    with nothing_changes(own):
        _end(own, trip).must_refuse(409, "TRIP_ENDED")


def test_what_a_trip_needs(own: Casino, pit: list[AtTable]) -> None:
    """SIGN-3, DRP-07, DRP-08: two people, not both of the pit; surveillance told before."""
    spare = pit[0].spare_box()
    _start(own, signed=[own.sam, own.dex]).must(201)
    with nothing_changes(own):
        _start(own, signed=[]).must_refuse(422, "SIGNATURE_MISSING")
        _start(own, signed=[own.dora]).must_refuse(422, "SIGNERS_NOT_DISTINCT")
        _start(own, pits=["PIT X"]).must_refuse(422, "REFERENCE_UNKNOWN")
        _start(own, boxes=["no such box"]).must_refuse(422, "REFERENCE_UNKNOWN")
        _start(own, boxes=[spare]).must_refuse(409, "BOX_NOT_MOUNTED")
        later = {"notified_at": spoken(own.now + timedelta(hours=1)), "operator": "Sol"}
        _start(own, surveillance=later).must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_a_box_forgotten_on_the_record_is_told_after_the_end(
    own: Casino, pit: list[AtTable]
) -> None:
    """TIME-1, FIND-2: with its time, between start and end; then it was not left out."""
    trip = _start(own, at="12:00", boxes=[pit[0].code]).must(201)
    own.now = moment("13:00")
    _end(own, trip).must(200)
    late = {"trip_id": trip["id"], "spare": pit[0].spare_box()}
    with pytest.raises(AssertionError, match="OCCURRED_AT_OUT_OF_RANGE"):
        pit[0].drop(at="13:30", **late)
    pit[0].drop(at="12:30", **late)
    assert own.art.get(f"/drop-trips/{trip['id']}")["missing"] == []
    assert own.ana.all_of("/exceptions", status="OPEN") == []


def test_a_late_run_is_one_finding_of_the_run(own: Casino, pit: list[AtTable]) -> None:
    """BOX-3, FIND-2, FIND-3: its boxes raise none; who signed one of them does not resolve it."""
    asked = {"effective_from_gaming_day": str(DAY), "at": ["12:00"], "window_minutes": 30}
    own.ada.post("/drop-schedules", asked, at=own.tick()).must(201)
    trip = _start(own, at="14:00", pits=["PIT 9"], reason="the lift was stuck").must(201)
    for table in pit:
        spare = table.spare_box()
        body = {
            "type": "SCHEDULED",
            "trip_id": trip["id"],
            "replacement_box": spare,
            "surveillance": trip["surveillance"],
        }
        path = f"{table.path}/drop/remove"
        own.dora.post(path, body, at=own.tick(), signed=[own.pat]).must(201)
    [found] = own.ana.all_of("/exceptions")
    assert (found["kind"], found["table_id"]) == ("DROP_OUT_OF_SCHEDULE", None)
    assert found["subject"] == {"type": "drop_trip", "id": trip["id"]}
    assert len(found["facts"]["late_drops"]) == 3
    said = {"reason_code": "AUTHORIZED", "narrative": "Maintenance let them out at 13:40."}
    path = f"/exceptions/{found['id']}/resolve"
    own.pat.post(path, said).must_refuse(422, "SIGNER_INVOLVED")
    own.cam.post(path, said).must(200)


def test_the_sweep_finds_a_box_that_is_overdue(own: Casino, pit: list[AtTable]) -> None:
    """BOX-3, FIND-2, FIND-1, DRP-06: once its window and the grace are over; it stops the day."""
    asked = {
        "effective_from_gaming_day": str(DAY),
        "at": ["12:00"],
        "window_minutes": 30,
        "grace_minutes": 30,
    }
    own.ada.post("/drop-schedules", asked, at=own.tick()).must(201)
    pit[0].drop(at="12:10")
    pit[1].count("INTERIM", TRAY, at="13:00")
    assert _swept(own) == []
    pit[1].count("INTERIM", TRAY, at="13:01")
    assert sorted(_swept(own)) == sorted(each.code for each in pit[1:])
    assert _swept(own) == []
    found = own.ana.all_of("/exceptions", kind="DROP_OVERDUE")
    assert {each["stops"] for each in found} == {"day"}
    assert {each["subject"]["id"] for each in found} == {each.session_id for each in pit[1:]}
    pit[1].drop(at="13:30", reason="late")
    assert len(own.ana.all_of("/exceptions", kind="DROP_OVERDUE", status="OPEN")) == 1
    assert _swept(own) == []


def _swept(casino: Casino) -> list[str]:
    return [
        box
        for each in sweep_casino(casino.founded.id, clock=timezone.now)
        if each.line == "drops_overdue"
        for box in each.outcome["boxes"]
    ]


def test_a_box_that_hangs_when_its_day_is_closed_was_not_dropped(
    own: Casino, pit: list[AtTable]
) -> None:
    """BOX-5, DAY-1: a box taken in time is none; one taken later clears it."""
    for table in pit:
        table.close()
    pit[0].drop()
    own.now = moment("09:00", day=DAY + timedelta(days=1))
    own.ana.post(f"/gaming-days/{DAY}/close", at=own.now).must(200)
    found = own.ana.all_of("/exceptions", kind="BOX_NOT_DROPPED")
    assert {each["table_code"] for each in found} == {each.code for each in pit[1:]}
    pit[1].drop()
    [left] = own.ana.all_of("/exceptions", kind="BOX_NOT_DROPPED", status="OPEN")
    assert left["table_code"] == pit[2].code


def test_trips_of_next_door_are_not_there(own: Casino, live: AtTable) -> None:
    """TEN-1: neither to be read, ended, nor named by a removal."""
    theirs = _start(live.casino, boxes=[live.code]).must(201)
    own.art.get(f"/drop-trips/{theirs['id']}").must_refuse(404, "NOT_FOUND")
    _end(own, theirs).must_refuse(404, "NOT_FOUND")
