"""What comes to light after the close: never lost, and never silently in or out (RUN-6, BACK)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino
from tests.line import Answer
from tests.say import chips, moment, spoken, worth

PAPER = {
    "form": "Fill slip, by hand",
    "number": "A-00417",
    "signed_by": ["D. Diaz", "S. Sato", "C. Cole", "R. Reid"],
    "reason": "the network was down from 20:00 to 21:30",
}
GREEN = "10 green"


@pytest.fixture
def live(own: Casino) -> AtTable:
    """A table in play since 19:00, in a casino whose clock nobody else moves."""
    table = a_table(own)
    table.open_table(at="19:00")
    assert own.ana.badge, "hired before anything is refused"
    assert own.pat.badge, "hired before anything is refused"
    return table


def final(table: AtTable) -> Json:
    """Closed at 23:00, dropped, counted, reconciled, final."""
    table.close(at="23:00")
    table.drop()
    table.custody()
    table.soft_count(50_000)
    table.reconcile()
    return table.finalize()


def counted_with_the_paper(table: AtTable) -> None:
    """The count room finds the paper of a fill that stands in no book; the cage manager says that
    it will be entered (SOFT-4, BACK-1)."""
    table.drop()
    table.custody()
    amount = {"amount_cents": worth(GREEN), "table": table.code}
    table.soft_count(50_000, evidence=[{"form": "FILL", "number": PAPER["number"], **amount}])
    (stranger,) = findings(table, "UNKNOWN_SLIP")
    said = {"reason_code": "SYSTEM_OUTAGE", "narrative": "written by hand while the line was down"}
    table.casino.cam.post(f"/exceptions/{stranger['id']}/resolve", said).must(200)


def amended(table: AtTable, signed: Any = None, **body: Any) -> Answer:
    """Ana amends; Pat signs with her, unless somebody else does or nobody has to."""
    casino = table.casino
    also = [casino.pat] if signed is None else signed
    asked = {"reason": "a slip was found in the pit stand", **body}
    return casino.ana.post(f"{table.path}/amend", asked, at=casino.tick(), signed=also)


def a_fill(at: str = "20:40", what: str = GREEN, **more: Any) -> Json:
    told = {"occurred_at": spoken(moment(at)), "paper": PAPER}
    return {"kind": "FILL", "chipset": chips(what), **told, **more}


def a_count(kind: str, tray: str, at: str, **more: Any) -> Json:
    told = {"occurred_at": spoken(moment(at)), "paper": PAPER}
    return {"kind": kind, "chipset": chips(tray), **told, **more}


def findings(table: AtTable, kind: str) -> list[Json]:
    return table.casino.art.all_of("/exceptions", session_id=table.session_id, kind=kind)


def test_a_slip_found_after_the_report_enters_with_a_revision(live: AtTable) -> None:
    """RUN-6, BACK-1, LESSON-18: the fact, the finding it raises, and the revision that takes it in;
    the report before it stays."""
    live.close(at="23:00")
    counted_with_the_paper(live)
    live.reconcile()
    before = live.finalize()
    answer = amended(live, add={"slips": [a_fill()]}).must(200)
    assert (answer["amended"], answer["revision"]) == (True, 2)
    assert answer["fills_total_cents"] == worth(GREEN)
    assert answer["table_win_cents"] == before["table_win_cents"] - worth(GREEN)
    assert answer["since_report"] is None
    (late,) = findings(live, "LATE_ENTRY")
    assert late["status"] == "CLEARED"
    first, second = live.casino.art.all_of(f"{live.path}/reports")
    assert second["replaces"] == first["id"]
    (slip,) = live.casino.art.all_of("/slips", session_id=live.session_id)
    assert (slip["back_entry"], slip["number"]) == (True, "PF-2026-000001")


def test_what_cannot_enter_yet_is_kept_and_says_what_it_waits_for(live: AtTable) -> None:
    """RUN-6, FIND-4, LESSON-17: never lost, never silently in: it stands beside the report until
    the exception in the way is answered."""
    before = final(live)
    told = [
        {"status": "REQUESTED", "occurred_at": spoken(moment("20:30"))},
        {"status": "ISSUED", "occurred_at": spoken(moment("20:35"))},
        {"status": "VERIFIED_AT_TABLE", "occurred_at": spoken(moment("20:40"))},
    ]
    answer = amended(live, add={"slips": [a_fill(steps=told)]}).must(200)
    assert (answer["amended"], answer["revision"]) == (False, 1)
    assert answer["waiting_for"]["code"] == "EXCEPTIONS_OPEN"
    assert answer["table_win_cents"] == before["table_win_cents"], "the report stands"
    assert answer["since_report"]["fills_total_cents"] == worth(GREEN)
    raised = {each["kind"]: each["id"] for each in answer["exceptions_raised"]}
    assert set(raised) == {"SLIP_NOT_DEPOSITED", "LATE_ENTRY"}
    casino = live.casino
    said = {"reason_code": "FOUND_LATER", "narrative": "it lay under the pit stand"}
    casino.cam.post(f"/exceptions/{raised['SLIP_NOT_DEPOSITED']}/resolve", said).must(200)
    answer = casino.ana.post(f"{live.path}/amend", {"reason": "found"}, at=casino.tick()).must(200)
    assert (answer["revision"], answer["fills_total_cents"]) == (2, worth(GREEN))
    assert findings(live, "LATE_ENTRY")[0]["status"] == "CLEARED"


def test_before_the_report_it_enters_the_rundown_with_its_finding(live: AtTable) -> None:
    """BACK-1, RUN-4: in the open, before anything is reconciled."""
    live.close(at="23:00")
    answer = amended(live, add={"slips": [a_fill()]}).must(200)
    assert (answer["amended"], answer["status"]) == (False, "CLOSED")
    assert answer["fills_total_cents"] == worth(GREEN)
    assert findings(live, "LATE_ENTRY")[0]["status"] == "OPEN"


def test_a_paper_that_was_in_the_box_is_known_once_it_is_entered(live: AtTable) -> None:
    """SOFT-4, BACK-1, FIND-2: found under its own number it is neither unknown nor missing."""
    live.close(at="23:00")
    live.drop()
    live.custody()
    amount = {"amount_cents": worth(GREEN), "table": live.code}
    live.soft_count(50_000, evidence=[{"form": "FILL", "number": PAPER["number"], **amount}])
    assert findings(live, "UNKNOWN_SLIP")[0]["status"] == "OPEN"
    amended(live, add={"slips": [a_fill()]}).must(200)
    assert findings(live, "UNKNOWN_SLIP")[0]["status"] == "CLEARED"
    assert findings(live, "MISSING_SLIP") == []


def test_a_paper_that_was_in_no_box_is_missing_there(live: AtTable) -> None:
    """SOFT-4: it says that it was deposited, and the count room did not find it."""
    live.close(at="23:00")
    live.drop()
    live.custody()
    live.soft_count(50_000)
    amended(live, add={"slips": [a_fill()]}).must(200)
    assert findings(live, "MISSING_SLIP")[0]["status"] == "OPEN"


def test_a_result_reconciled_without_it_is_reconciled_again(live: AtTable) -> None:
    """RUN-4, RUN-6: nothing slips in between reconcile and finalize."""
    live.close(at="23:00")
    counted_with_the_paper(live)
    live.reconcile()
    answer = amended(live, add={"slips": [a_fill()]}).must(200)
    assert answer["status"] == "CLOSED"
    casino = live.casino
    casino.ana.post(f"{live.path}/finalize", at=casino.tick()).must_refuse(409, "NOT_RECONCILED")
    live.reconcile()
    assert live.finalize()["fills_total_cents"] == worth(GREEN)


def test_a_closing_on_paper_makes_a_forced_close_whole(live: AtTable) -> None:
    """CLOSE-2, BACK-1, FIND-2: the paper closer was found; what it clears stays visible."""
    live.force_close(at="23:00")
    assert findings(live, "MISSING_CLOSING_COUNT")[0]["status"] == "OPEN"
    answer = amended(live, add={"snapshots": [a_count("CLOSING", TRAY, "22:58")]}).must(200)
    assert answer["closing_total_cents"] == worth(TRAY)
    closing = live.session()["closing"]
    assert (closing["basis"], closing["number"]) == ("PAPER", "PK-2026-000001")
    assert findings(live, "MISSING_CLOSING_COUNT")[0]["status"] == "CLEARED"


def test_an_opener_on_paper_is_found_for_a_table_played_without_one(own: Casino) -> None:
    """CLOSE-2, LESSON-1: unknown until the paper says it, and then no zero."""
    table = a_table(own)
    table.open(at="19:00")
    table.force_close(at="23:00")
    assert table.rundown()["opening_total_cents"] is None
    opener = a_count("OPENING", TRAY, "19:05")
    answer = amended(table, add={"snapshots": [opener]}).must(200)
    assert answer["opening_total_cents"] == worth(TRAY)
    assert findings(table, "MISSING_OPENING_COUNT")[0]["status"] == "CLEARED"


def test_a_wrong_closing_is_superseded_after_the_report(live: AtTable) -> None:
    """SNAP-1: by amendment, with the reason; the one before it stays visible."""
    final(live)
    was = live.session()["closing"]
    answer = amended(live, add={"snapshots": [a_count("CLOSING", "41 red", "23:00")]}).must(200)
    assert (answer["revision"], answer["closing_total_cents"]) == (2, worth("41 red"))
    kept = {each["id"]: each for each in live.casino.art.all_of(f"{live.path}/snapshots")}
    assert kept[was["id"]]["superseded_by"] == live.session()["closing"]["id"]
    with nothing_changes(live.casino):
        again = a_count("CLOSING", "42 red", "23:00", supersedes=was["id"])
        answer = amended(live, add={"snapshots": [again]})
        answer.must_refuse(409, "SNAPSHOT_NOT_REPLACEABLE")


def test_a_slip_left_by_a_forced_close_is_settled(live: AtTable) -> None:
    """CLOSE-5, LESSON-25: its paper says the chips were in the tray before the close; the finding
    clears by that fact."""
    slip = live.issue(live.ask_fill(GREEN, at="22:30"), at="22:35")
    live.force_close(at="23:00")
    assert findings(live, "SLIP_UNSETTLED")[0]["status"] == "OPEN"
    assert live.rundown()["fills_total_cents"] is None
    settled = {
        "slip_id": slip["id"],
        "paper": PAPER,
        "occurred_at": spoken(moment("22:40")),
    }
    answer = amended(live, add={"slips": [settled]}).must(200)
    assert answer["fills_total_cents"] == worth(GREEN)
    assert findings(live, "SLIP_UNSETTLED")[0]["status"] == "CLEARED"
    kept = live.casino.art.get(f"/slips/{slip['id']}").must(200)
    assert (kept["status"], kept["number"]) == ("DEPOSITED_IN_DROPBOX", slip["number"])
    with nothing_changes(live.casino):
        amended(live, add={"slips": [settled]}).must_refuse(409, "SLIP_STATUS")


def test_a_count_sheet_is_entered_from_paper(live: AtTable) -> None:
    """BACK-1, SOFT-1: the count room wrote it by hand; it enters the result like any count."""
    live.close(at="23:00")
    drop = live.drop()
    live.custody()
    sheet = {
        "drop_id": drop["id"],
        "batch_id": "hand-1",
        "contents": [{"instrument": "CURRENCY", "amount_cents": 50_000}],
        "total_cents": 50_000,
        "first_count_cents": 50_000,
        "second_count_cents": 50_000,
        "evidence": [],
        "paper": PAPER,
    }
    answer = amended(live, add={"counts": [sheet]}).must(200)
    assert answer["drop_total_cents"] == 50_000
    assert live.session()["drop_state"] == "COUNTED"
    count = live.casino.art.get(f"/drops/{drop['id']}").must(200)["count"]
    assert count["team"] == PAPER["signed_by"]


def test_two_sign_what_accounting_adds(live: AtTable) -> None:
    """BACK-1, SIGN-3: accounting enters it and a second person signs; one paper may serve all
    items, and none is entered without one."""
    live.close(at="23:00")
    item = {key: value for key, value in a_fill().items() if key != "paper"}
    with nothing_changes(live.casino):
        amended(live, [], add={"slips": [a_fill()]}).must_refuse(422, "SIGNATURE_MISSING")
        errors = amended(live, add={"slips": [item]}).must_refuse(422, "SHAPE")["errors"]
        assert [each["pointer"] for each in errors] == ["/add/slips/0/paper"]
        live.casino.pat.post(
            f"{live.path}/amend", {"reason": "mine", "add": {"slips": [a_fill()]}}
        ).must_refuse(403, "ROLE_NOT_ALLOWED")
    other = {**item, "chipset": chips("3 green")}
    amended(live, paper=PAPER, add={"slips": [item, other]}).must(200)
    assert live.rundown()["fills_total_cents"] == worth(GREEN) + worth("3 green")
    with nothing_changes(live.casino):
        twice = amended(live, paper=PAPER, add={"slips": [item]})
        twice.must_refuse(409, "PAPER_ALREADY_ENTERED")


@pytest.mark.parametrize("at", ["18:59", "19:00", "23:01"])
def test_a_late_slip_touched_the_tray_within_its_session(live: AtTable, at: str) -> None:
    """SLIP-6, SLIP-12, TIME-1: after the opener, and not after the close."""
    live.close(at="23:00")
    with nothing_changes(live.casino):
        answer = amended(live, add={"slips": [a_fill(at)]})
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_nothing_is_added_while_the_table_is_in_play(live: AtTable) -> None:
    """SESS-6: then it is entered where it happened."""
    with nothing_changes(live.casino):
        amended(live, add={"slips": [a_fill()]}).must_refuse(409, "SESSION_NOT_CLOSED")


def test_one_wrong_item_keeps_none(live: AtTable) -> None:
    """SESS-6, CHIP-2: what is wrong is pointed at where it stands."""
    live.close(at="23:00")
    wrong = a_fill(what=GREEN, chipset={"7": 1})
    with nothing_changes(live.casino):
        problem = amended(live, add={"slips": [a_fill(), wrong]}).must_refuse(
            422, "DENOMINATION_UNKNOWN"
        )
    assert problem["errors"][0]["pointer"] == "/add/slips/1/chipset/7"


# -- a closing adopted from the next opener --------------------------------------------------------


@pytest.fixture
def uncounted(live: AtTable) -> tuple[AtTable, AtTable]:
    """A session closed by force without a count, and the next one, opened after it stood closed."""
    live.force_close(at="23:00")
    following = AtTable(casino=live.casino, table=live.table)
    following.open_table("30 red", at="23:30")
    return live, following


def test_a_closing_is_adopted_from_the_next_opener(uncounted: tuple[AtTable, AtTable]) -> None:
    """BACK-2: by accounting alone; it says what it rests on, and names itself on every report."""
    table, following = uncounted
    opener = following.session()["opening"]
    add = {"adopt_closing_from": opener["id"]}
    amended(table, [], add=add, reason="nobody counted").must(200)
    now = table.rundown()
    assert (now["closing_total_cents"], now["state"]) == (worth("30 red"), "shared_drop")
    assert now["reasons"][-1] == "ADOPTED_NEXT_OPENER"
    closing = table.session()["closing"]
    assert (closing["basis"], closing["number"]) == ("ADOPTED_NEXT_OPENER", None)
    assert closing["is_synthetic"]
    assert findings(table, "MISSING_CLOSING_COUNT")[0]["status"] == "CLEARED"
    following.close(at="23:50")
    following.drop()
    following.custody()
    following.soft_count(50_000)
    casino = table.casino
    casino.ana.post(f"{table.path}/reconcile", at=casino.tick()).must(200)
    report = casino.ana.post(f"{table.path}/finalize", at=casino.tick()).must(200)
    members = report["members"] or [report]
    assert "ADOPTED_NEXT_OPENER" in members[0]["reasons"]
    assert "ADOPTED_NEXT_OPENER" in report["reasons"]


def test_the_next_session_may_be_named_for_its_opener(uncounted: tuple[AtTable, AtTable]) -> None:
    """BACK-2."""
    table, following = uncounted
    add = {"adopt_closing_from": following.session_id}
    amended(table, [], add=add).must(200)
    assert table.session()["closing"]["basis"] == "ADOPTED_NEXT_OPENER"


def test_what_was_counted_is_not_adopted(live: AtTable) -> None:
    """BACK-2: neither over a count nor over a closing adopted before."""
    live.close(at="23:00")
    following = AtTable(casino=live.casino, table=live.table)
    following.open_table(at="23:30")
    with nothing_changes(live.casino):
        answer = amended(live, [], add={"adopt_closing_from": following.session_id})
        answer.must_refuse(409, "CLOSING_NOT_ADOPTABLE")


def test_only_the_next_opener_is_adopted(uncounted: tuple[AtTable, AtTable]) -> None:
    """BACK-2: not one of another session, and not by those who were at the table."""
    table, following = uncounted
    own = table.session()["opening"]["id"]
    with nothing_changes(table.casino):
        answer = amended(table, [], add={"adopt_closing_from": own})
        answer.must_refuse(409, "CLOSING_NOT_ADOPTABLE")
        answer = amended(following, [], add={"adopt_closing_from": own})
        answer.must_refuse(409, "SESSION_NOT_CLOSED")
        body = {"reason": "we know", "add": {"adopt_closing_from": following.session_id}}
        answer = table.casino.pat.post(f"{table.path}/amend", body)
        answer.must_refuse(403, "ROLE_NOT_ALLOWED")


def test_a_table_that_did_not_stand_closed_between_has_no_closing_to_adopt(live: AtTable) -> None:
    """BACK-2: the next opener, on paper, is of a time when this session was still in play."""
    live.force_close(at="23:00")
    following = AtTable(casino=live.casino, table=live.table)
    following.open(at="23:30")
    casino = live.casino
    opener = {"kind": "OPENING", "chipset": chips("30 red"), "paper": PAPER}
    path = f"{following.path}/snapshots"
    casino.sam.post(path, opener, at="22:50", signed=[casino.pat]).must(201)
    with nothing_changes(casino):
        answer = amended(live, [], add={"adopt_closing_from": following.session_id})
        why = answer.must_refuse(409, "CLOSING_NOT_ADOPTABLE")["facts"]["why"]
    assert why == "the table did not stand closed in between"
