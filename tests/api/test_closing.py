"""Closing a table over HTTP: what it waits for, imprest, force, and what stays unknown (CLOSE)."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import found
from tests.line import Answer
from tests.say import chips, worth

PAR = "20 black"


def _imprest(settings: Mapping[str, Any] | None = None) -> AtTable:
    """A table run Imprest to Par, par 20 black, in play."""
    casino = found(mode="IMPREST_TO_PAR", settings=settings)
    asked = {
        "par_total_cents": worth(PAR),
        "target_chipset": chips(PAR),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", asked, at=casino.now).must(201)
    table = a_table(casino)
    table.open_table(PAR)
    return table


def _close(table: AtTable, body: Json | None = None, *, who: str = "sam") -> Answer:
    person = table.casino.person(who)
    return person.post(f"{table.path}/close", body, at=table.when(None))


def _kinds(table: AtTable) -> list[str]:
    found = table.casino.pat.all_of("/exceptions", session_id=table.session_id)
    return [each["kind"] for each in found if each["status"] == "OPEN"]


def test_closing_begins_and_then_needs_a_count(live: AtTable) -> None:
    """CLOSE-1, LESSON-16: without a closing count it does not close."""
    with nothing_changes(live.casino):
        _close(live).must_refuse(409, "SESSION_NOT_CLOSING", status="OPEN")
    assert live.closing()["status"] == "CLOSING"
    with nothing_changes(live.casino):
        _close(live).must_refuse(409, "CLOSING_COUNT_MISSING")
        live.casino.sam.post(f"{live.path}/closing").must_refuse(409, "SESSION_NOT_OPEN")
    live.count("CLOSING", "1 black")
    closed = _close(live).must(200)
    assert (closed["status"], closed["closing"]["total_cents"]) == ("CLOSED", worth("1 black"))
    assert closed["closed_by"] == live.casino.sam.id


def test_closing_waits_for_slips_in_flight_and_names_them(live: AtTable) -> None:
    """SLIP-6, LESSON-25: the refusal lists the slips and the three ways out."""
    asked = live.ask_fill("1 black")
    issued = live.issue(live.ask_fill("2 black"))
    live.closing()
    live.count("CLOSING", "1 black")
    with nothing_changes(live.casino):
        facts = _close(live).must_refuse(409, "SLIPS_IN_FLIGHT")["facts"]
    assert [(each["id"], each["status"], each["total_cents"]) for each in facts["slips"]] == [
        (asked["id"], "REQUESTED", worth("1 black")),
        (issued["id"], "ISSUED", worth("2 black")),
    ]
    assert facts["ways_out"] == ["verify", "return_and_void", "force_close"]


def test_a_slip_after_the_closing_count_makes_it_stale(live: AtTable) -> None:
    """SLIP-6, SLIP-11: COUNT_STALE until a new closing count supersedes it."""
    slip = live.issue(live.ask_fill("2 black"))
    live.closing()
    first = live.count("CLOSING", "1 black")
    live.verify_fill(slip)
    with nothing_changes(live.casino):
        _close(live).must_refuse(409, "COUNT_STALE", snapshot_id=first["id"])
    second = live.count("CLOSING", "3 black")
    assert second["supersedes"] == first["id"]
    assert _close(live).must(200)["closing"]["id"] == second["id"]


def test_while_closing_no_new_request_is_made(live: AtTable) -> None:
    """CLOSE-1, SLIP-8: none but a FINAL_ADJUSTMENT, and that only Imprest to Par, only then."""
    final = {"chipset": chips("1 black"), "purpose": "FINAL_ADJUSTMENT"}
    sam, now = live.casino.sam, live.when(None)
    with nothing_changes(live.casino):
        answer = sam.post(f"{live.path}/fills", final, at=now)
        assert answer.code in ("SESSION_NOT_CLOSING", "NOT_IMPREST")
    live.closing()
    now = live.when(None)
    with nothing_changes(live.casino):
        answer = sam.post(f"{live.path}/fills", {"chipset": chips("1 black")}, at=now)
        answer.must_refuse(409, "SESSION_NOT_OPEN", status="CLOSING")
        sam.post(f"{live.path}/fills", final, at=now).must_refuse(409, "NOT_IMPREST")
    imprest = _imprest()
    answer = imprest.casino.sam.post(f"{imprest.path}/fills", final, at=imprest.when(None))
    answer.must_refuse(409, "SESSION_NOT_CLOSING", status="OPEN")


def test_an_imprest_tray_at_par_closes_by_count() -> None:
    """CLOSE-1: within tolerance nothing more is needed."""
    table = _imprest({"par_tolerance_cents": 500})
    closed = table.close("19 black, 3 green, 4 red")
    assert closed["status"] == "CLOSED"
    assert _kinds(table) == []


def test_an_imprest_tray_off_par_is_restored_first() -> None:
    """CLOSE-1, SLIP-8: RESTORE_REQUIRED says how far off; a final credit makes it par."""
    table = _imprest()
    table.closing()
    table.count("CLOSING", "25 black")
    with nothing_changes(table.casino):
        _close(table).must_refuse(
            409,
            "RESTORE_REQUIRED",
            closing_total_cents=worth("25 black"),
            need_total_cents=worth(PAR),
            variance_from_par_cents=worth("5 black"),
            suggested="CREDIT",
        )
    slip = table.pick_up(table.ask_credit("5 black", purpose="FINAL_ADJUSTMENT"))
    table.verify_credit(slip)
    table.count("CLOSING", PAR)
    assert _close(table).must(200)["status"] == "CLOSED"
    assert table.rundown()["variance_from_par_cents"] == 0
    assert table.rundown()["credits_total_cents"] == worth("5 black")


def test_par_is_attested_and_a_manager_closes_what_is_off_all_the_same() -> None:
    """CLOSE-1: off par although attested needs a PIT_MANAGER, whose reason raises PAR_VARIANCE."""
    table = _imprest()
    casino = table.casino
    path = f"{table.path}/attest-par"
    early = casino.sam.post(path, at=table.when(None), signed=[casino.dana])
    early.must_refuse(409, "SESSION_NOT_CLOSING", status="OPEN")
    table.closing()
    casino.sam.post(path, at=table.when(None)).must_refuse(422, "SIGNATURE_MISSING")
    casino.sam.post(path, at=table.when(None), signed=[casino.dana]).must(200)
    table.count("CLOSING", "19 black")
    casino.person("pat")
    with nothing_changes(casino):
        refused = _close(table).must_refuse(409, "PAR_VARIANCE_NEEDS_MANAGER")
        assert refused["facts"]["variance_from_par_cents"] == -worth("1 black")
        _close(table, who="pat").must_refuse(409, "PAR_VARIANCE_NEEDS_MANAGER")
    closed = _close(table, {"reason": "a chip is under the rail"}, who="pat").must(200)
    assert closed["close_reason"] == "a chip is under the rail"
    assert _kinds(table) == ["PAR_VARIANCE"]
    assert table.rundown()["variance_from_par_cents"] == -worth("1 black")


def test_a_manager_passes_the_restore_too() -> None:
    """CLOSE-1: a PIT_MANAGER with a reason passes both."""
    table = _imprest()
    table.closing()
    table.count("CLOSING", "19 black")
    assert _close(table, {"reason": "the cage is shut"}, who="pat").must(200)["status"] == "CLOSED"
    assert _kinds(table) == ["PAR_VARIANCE"]


def test_imprest_without_a_par_closes_by_count_alone() -> None:
    """CLOSE-1, PAR-6: nothing to restore to; PAR_MISSING says so and stops nothing."""
    casino = found(mode="IMPREST_TO_PAR")
    table = a_table(casino)
    table.open_table("7 black")
    table.closing()
    answer = casino.sam.post(f"{table.path}/attest-par", at=table.when(None), signed=[casino.dana])
    answer.must_refuse(409, "NOT_IMPREST")
    table.count("CLOSING", "3 black")
    _close(table).must(200)
    found_ = casino.pat.all_of("/exceptions", session_id=table.session_id)
    assert [(each["kind"], each["stops"]) for each in found_] == [("PAR_MISSING", "nothing")]
    assert table.rundown()["variance_from_par_cents"] is None


def test_inventory_count_needs_no_par(live: AtTable) -> None:
    """PAR-6: a null par is fine and breaks nothing."""
    assert live.close("1 black")["status"] == "CLOSED"
    assert _kinds(live) == []


def test_a_mode_unknown_binds_at_closing_if_the_house_has_chosen() -> None:
    """CLOSE-3, PAR-5: else BANK_MODE_UNKNOWN; a roll-over is no way round it."""
    casino = found(mode="UNKNOWN")
    table = a_table(casino)
    assert table.open_table(PAR)["table_bank_mode"] == "UNKNOWN"
    table.closing()
    table.count("CLOSING", PAR)
    casino.person("pat")
    now = table.when(None)
    with nothing_changes(casino):
        _close(table).must_refuse(409, "BANK_MODE_UNKNOWN", session_id=table.session_id)
        answer = casino.sam.post(
            f"{table.path}/roll-over", {"chipset": chips(PAR)}, at=now, signed=[casino.dana]
        )
        answer.must_refuse(409, "BANK_MODE_UNKNOWN")
    casino.ada.patch("/casino", {"table_bank_mode": "INVENTORY_COUNT"}, at=now).must(200)
    closed = _close(table).must(200)
    assert closed["table_bank_mode"] == "INVENTORY_COUNT"


@pytest.mark.parametrize("phase", ["OPENING", "OPEN", "CLOSING"])
def test_a_forced_close_leaves_what_was_not_counted_unknown(table: AtTable, phase: str) -> None:
    """CLOSE-2, LESSON-1: a PIT_MANAGER's, with a reason; no number is made up."""
    table.open()
    if phase != "OPENING":
        table.count("OPENING", PAR)
    if phase == "CLOSING":
        table.closing()
    asked = {"force": True}
    with nothing_changes(table.casino):
        _close(table, asked, who="pat").must_refuse(422, "REASON_REQUIRED")
    closed = table.force_close(reason="a fire alarm")
    assert (closed["status"], closed["close_forced"]) == ("CLOSED", True)
    assert closed["closing"] is None
    missing = ["MISSING_CLOSING_COUNT"]
    if phase == "OPENING":
        missing = ["MISSING_CLOSING_COUNT", "MISSING_OPENING_COUNT"]
    assert sorted(_kinds(table)) == missing
    rundown = table.rundown()
    assert rundown["table_win_cents"] is None
    assert rundown["before_drop_cents"] is None
    assert rundown["closing_total_cents"] is None


def test_only_what_is_live_is_closed_by_force(table: AtTable) -> None:
    """CLOSE-2: from OPENING, OPEN or CLOSING."""
    table.prepare()
    asked = {"force": True, "reason": "an alarm"}
    with nothing_changes(table.casino):
        _close(table, asked, who="pat").must_refuse(409, "SESSION_NOT_OPEN", status="READY_TO_OPEN")


def test_a_forced_close_makes_each_slip_in_flight_a_finding(live: AtTable) -> None:
    """CLOSE-5, RUN-2: SLIP_UNSETTLED for each; the rundown says pending_slips and knows no win."""
    asked = live.ask_fill("1 black")
    credit = live.pick_up(live.ask_credit("2 black"))
    live.closing()
    live.count("CLOSING", "1 black")
    live.force_close()
    found = live.casino.pat.all_of("/exceptions", kind="SLIP_UNSETTLED", table_id=live.id)
    assert {each["subject"]["id"] for each in found} == {asked["id"], credit["id"]}
    rundown = live.rundown()
    assert rundown["state"] == "pending_slips"
    assert (rundown["fills_total_cents"], rundown["credits_total_cents"]) == (None, None)
    assert "SLIP_IN_FLIGHT" in rundown["reasons"]


def test_a_forced_close_is_not_before_what_happened_at_the_table(live: AtTable) -> None:
    """TIME-1: facts of play not after it closed: a count, a slip's steps at the table."""
    early = live.when(None)
    live.ask_fill("1 black")
    with nothing_changes(live.casino):
        asked = {"force": True, "reason": "an alarm"}
        answer = live.casino.pat.post(f"{live.path}/close", asked, at=early)
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    live.force_close()


def test_closing_does_not_wait_for_the_drop(live: AtTable) -> None:
    """CLOSE-4: it closes, and says pending count."""
    live.close("1 black")
    assert live.rundown()["state"] == "pending_count"
    assert live.session()["drop_state"] == "NONE"


def test_a_closer_is_corrected_until_the_next_opening(live: AtTable) -> None:
    """SNAP-1: a new count supersedes it, with a reason; both stay visible; then no more."""
    live.close("1 black")
    first = live.session()["closing"]
    casino, path = live.casino, f"{live.path}/snapshots"
    asked = {"kind": "CLOSING", "chipset": chips("2 black"), "supersedes": first["id"]}
    with nothing_changes(casino):
        answer = casino.sam.post(path, asked, at=live.when(None), signed=[casino.dana])
        answer.must_refuse(422, "REASON_REQUIRED")
    right = live.count("CLOSING", "2 black", supersedes=first["id"], reason="one was stuck")
    assert (right["supersedes"], right["reason"]) == (first["id"], "one was stuck")
    assert live.session()["closing"]["id"] == right["id"]
    listed = {each["id"]: each for each in casino.art.get(path)["items"]}
    assert listed[first["id"]]["superseded_by"] == right["id"]
    assert listed[first["id"]]["chipset"] == chips("1 black")
    before = live.path
    live.open_table("2 black")
    asked = {"kind": "CLOSING", "chipset": {}, "supersedes": right["id"], "reason": "late"}
    now = live.when(None)
    with nothing_changes(casino):
        answer = casino.sam.post(f"{before}/snapshots", asked, at=now, signed=[casino.dana])
        answer.must_refuse(409, "SESSION_NOT_CLOSING")
