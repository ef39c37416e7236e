"""Boxes over HTTP: registered, mounted, removed, handed over (BOX)."""

from typing import Any

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, Person, found
from tests.line import Answer
from tests.say import spoken


def _remove(
    table: AtTable, *, signed: list[Person] | None = None, at: Any = None, **more: Any
) -> Answer:
    now = at or table.when(None)
    notice = {"notified_at": spoken(table.casino.now), "operator": "Sol"}
    asked = {"type": "SCHEDULED", "surveillance": notice, **more}
    hands = [table.casino.dex] if signed is None else signed
    return table.casino.dora.post(f"{table.path}/drop/remove", asked, at=now, signed=hands)


def _where(casino: Casino, code: str) -> Any:
    boxes = {each["code"]: each for each in casino.art.all_of("/boxes")}
    return boxes[code]["where"]


def test_a_table_comes_with_an_empty_box_of_its_name(table: AtTable) -> None:
    """BOX-1: unless `first_box` says otherwise."""
    casino = table.casino
    assert table.table["mounted_box"] == table.code
    named = a_table(casino, first_box={"code": casino.code("CAN")})
    assert named.table["mounted_box"].startswith("CAN-")
    none = a_table(casino, first_box=None)
    assert none.table["mounted_box"] is None
    taken = {"code": casino.code("BJ"), "pit": "1", "first_box": {"code": table.code}}
    casino.ada.post("/tables", taken).must_refuse(409, "CODE_TAKEN")


def test_it_is_known_which_box_is_where(live: AtTable) -> None:
    """BOX-1, BOX-3: on a table, removed, in the count room, and free once its count is posted."""
    casino, box = live.casino, live.code
    assert _where(casino, box) == "TABLE"
    live.drop()
    assert _where(casino, box) == "REMOVED"
    live.custody()
    assert _where(casino, box) == "COUNT_ROOM"
    live.soft_count(1_000)
    assert _where(casino, box) == "FREE"


def test_a_code_names_one_box(live: AtTable) -> None:
    """BOX-1: codes of boxes and tables are taken once."""
    casino = live.casino
    with nothing_changes(casino):
        casino.ada.post("/boxes", {"code": live.code}).must_refuse(409, "CODE_TAKEN")
        twice = {"code": live.code, "pit": "1"}
        casino.ada.post("/tables", twice).must_refuse(409, "CODE_TAKEN", code=live.code)


def test_a_removal_says_who_which_and_what_instead(live: AtTable) -> None:
    """BOX-2, DRP-10: box, type, crew, notice, seal, the box instead; one is mounted at a time."""
    spare = live.spare_box()
    answer = _remove(live, replacement_box=spare, seal="S-1", box=live.code).must(201)
    assert (answer["box"], answer["replacement_box"], answer["seal"]) == (live.code, spare, "S-1")
    assert (answer["state"], answer["type"]) == ("REMOVED", "SCHEDULED")
    assert answer["serves"] == [live.session_id]
    assert {each["badge"] for each in answer["custody"][0]["signatures"]} == {"6001", "6002"}
    assert live.casino.art.get(f"/tables/{live.id}")["mounted_box"] == spare
    session = live.session()
    assert [(each["box"], each["drop_id"]) for each in session["boxes"]] == [
        (live.code, answer["id"])
    ], "after a SCHEDULED removal the new box serves from the next session on (BOX-5)"


def test_a_removal_takes_two_people_one_not_of_the_pit(live: AtTable) -> None:
    """SIGN-3, BOX-4, DRP-08."""
    with nothing_changes(live.casino):
        _remove(live, signed=[]).must_refuse(422, "SIGNATURE_MISSING")
        _remove(live, signed=[live.casino.dora]).must_refuse(422, "SIGNERS_NOT_DISTINCT")
    _remove(live, signed=[live.casino.sam]).must(201)


def test_an_unscheduled_removal_wants_a_reason(live: AtTable) -> None:
    """BOX-3, DRP-05."""
    with nothing_changes(live.casino):
        for kind in ("UNSCHEDULED", "EMERGENCY"):
            _remove(live, type=kind).must_refuse(422, "REASON_REQUIRED")
    _remove(live, type="EMERGENCY", reason="smoke").must(201)


def test_a_box_is_named_by_code_or_id(live: AtTable) -> None:
    """BOX-2: `box` and `replacement_box` take either."""
    spare = live.spare_box()
    ids = {each["code"]: each["id"] for each in live.casino.art.all_of("/boxes")}
    answer = _remove(live, box=ids[live.code], replacement_box=ids[spare]).must(201)
    assert (answer["box"], answer["replacement_box"]) == (live.code, spare)


def test_no_box_is_taken_where_none_is_mounted(live: AtTable) -> None:
    """BOX-2, LESSON-17: nor one a second time; a box nobody knows is no box."""
    with nothing_changes(live.casino):
        _remove(live, box="no such box").must_refuse(422, "REFERENCE_UNKNOWN")
        _remove(live, replacement_box=live.code).must_refuse(409, "BOX_NOT_FREE", box=live.code)
    _remove(live, replacement_box=live.spare_box()).must(201)
    with nothing_changes(live.casino):
        _remove(live, box=live.code).must_refuse(409, "BOX_NOT_MOUNTED")
    _remove(live).must(201)
    with nothing_changes(live.casino):
        _remove(live).must_refuse(409, "BOX_NOT_MOUNTED", mounted=None)
        answer = live.casino.sam.post(
            f"{live.path}/drop/schedule",
            {"window_start": "2026-03-02T12:00:00Z", "window_end": "2026-03-02T13:00:00Z"},
            at=live.when(None),
        )
        answer.must_refuse(409, "BOX_NOT_MOUNTED")


def test_a_box_is_mounted_where_there_is_none(live: AtTable) -> None:
    """BOX-1, BOX-2: by crew, signed by two; not where one stands, not one that is not free."""
    casino, path = live.casino, f"/tables/{live.id}/mount-box"
    spare = live.spare_box()
    asked, now = {"box": spare, "seal": "S-2"}, live.when(None)
    with nothing_changes(casino):
        answer = casino.dora.post(path, asked, at=now, signed=[casino.dex])
        answer.must_refuse(409, "TABLE_HAS_BOX")
    _remove(live).must(201)
    now = live.when(None)
    with nothing_changes(casino):
        casino.dora.post(path, asked, at=now).must_refuse(422, "SIGNATURE_MISSING")
        answer = casino.dora.post(path, {"box": "none"}, at=now, signed=[casino.dex])
        answer.must_refuse(422, "REFERENCE_UNKNOWN")
        answer = casino.dora.post(path, {"box": live.code}, at=now, signed=[casino.dex])
        answer.must_refuse(409, "BOX_NOT_FREE")
    mounted = casino.dora.post(path, asked, at=now, signed=[casino.dex]).must(200)
    assert (mounted["id"], mounted["mounted_box"]) == (live.id, spare)


def test_a_box_is_not_mounted_while_another_still_hung_there(live: AtTable) -> None:
    """BOX-2, TIME-1: at most one at a time, also when it is told later."""
    spare, early = live.spare_box(), live.when(None)
    _remove(live).must(201)
    asked = {"box": spare}
    with nothing_changes(live.casino):
        answer = live.casino.dora.post(
            f"/tables/{live.id}/mount-box", asked, at=early, signed=[live.casino.dex]
        )
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_a_box_is_removed_on_the_last_session_it_served(live: AtTable) -> None:
    """BOX-2: the live one or the latest closed one; also after the close, and after a roll-over."""
    first = live.path
    live.roll_over()
    live.roll_over()
    notice = {"notified_at": spoken(live.casino.now), "operator": "Sol"}
    asked = {"type": "SCHEDULED", "surveillance": notice}
    now = live.when(None)
    with nothing_changes(live.casino):
        answer = live.casino.dora.post(
            f"{first}/drop/remove", asked, at=now, signed=[live.casino.dex]
        )
        answer.must_refuse(409, "SESSION_NOT_OPEN", status="CLOSED")
    live.close()
    assert len(_remove(live).must(201)["serves"]) == 3


def test_custody_is_a_chain_each_link_once(live: AtTable) -> None:
    """BOX-4: with time and two people; recorded once, and posting the count is OPENED."""
    live.drop()
    casino, path = live.casino, f"/drops/{live.drop_ids[0]}/custody"
    now = live.when(None)
    with nothing_changes(casino):
        casino.dora.post(path, {"step": "ARRIVED"}, at=now).must_refuse(422, "SIGNATURE_MISSING")
        early = {"step": "ARRIVED", "occurred_at": spoken(live.when("06:00"))}
        answer = casino.dora.post(path, early, signed=[casino.tina])
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    assert live.custody()["state"] == "ARRIVED"
    now = live.when(None)
    with nothing_changes(casino):
        again = casino.dora.post(path, {"step": "ARRIVED"}, at=now, signed=[casino.tina])
        again.must_refuse(409, "CUSTODY_ORDER", step="ARRIVED")
    assert live.custody("STORED")["state"] == "STORED"
    live.soft_count(5)
    drop = casino.art.get(f"/drops/{live.drop_ids[0]}")
    assert drop["state"] == "OPENED"
    assert [each["step"] for each in drop["custody"]] == [
        "REMOVED",
        "ARRIVED",
        "STORED",
        "OPENED",
    ]


def test_scheduling_moves_the_drop_track_and_the_status(live: AtTable) -> None:
    """BOX-5, SESS-6: NONE, DROP_SCHEDULED, DROPPED, COUNTED; an OPEN session shows it."""
    path = f"{live.path}/drop/schedule"
    window = {"window_start": "2026-03-02T12:00:00Z", "window_end": "2026-03-02T13:00:00Z"}
    backwards = {"window_start": window["window_end"], "window_end": window["window_start"]}
    dora = live.casino.dora
    dora.post(path, backwards, at=live.when(None)).must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    seen: list[Json] = [live.session(), dora.post(path, window, at=live.when(None)).must(200)]
    live.drop(reason="the crew was early")
    seen.append(live.session())
    live.custody()
    live.soft_count(5)
    seen.append(live.session())
    live.closing()
    seen.append(live.session())
    assert [(each["drop_state"], each["status"]) for each in seen] == [
        ("NONE", "OPEN"),
        ("DROP_SCHEDULED", "DROP_SCHEDULED"),
        ("DROPPED", "DROPPED"),
        ("COUNTED", "COUNTED"),
        ("COUNTED", "CLOSING"),
    ]


def test_after_an_emergency_the_new_box_serves_the_live_session_too(live: AtTable) -> None:
    """BOX-5, DRP-13: "1 of 2 boxes": unknown until both are counted, then the sum of both."""
    live.drop(kind="EMERGENCY")
    live.soft_count(70_000)
    live.close()
    rundown = live.rundown()
    assert (rundown["state"], rundown["drop_total_cents"]) == ("pending_count", None)
    assert "BOXES_OUTSTANDING" in rundown["reasons"]
    assert rundown["table_win_cents"] is None
    live.drop()
    live.soft_count(30_000)
    rundown = live.rundown()
    assert (rundown["state"], rundown["drop_total_cents"]) == ("complete", 100_000)
    assert len(rundown["inputs"]["counts"]) == 2


def test_a_box_already_in_play_leaves_the_first_drop_unknown() -> None:
    """PAR-11, BOX-5: going live on a box with cash in it; the next box is known again."""
    casino = found()
    table = a_table(casino, first_box={"code": "OLD", "in_play": True})
    table.open_table()
    table.drop(kind="SCHEDULED")
    table.soft_count(99_900)
    table.close()
    rundown = table.rundown()
    assert rundown["state"] == "unknown_drop"
    assert rundown["reasons"] == ["BOX_OLDER_THAN_OPENER"]
    assert (rundown["drop_total_cents"], rundown["table_win_cents"]) == (None, None)
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(100)
    assert table.rundown()["drop_total_cents"] == 100
