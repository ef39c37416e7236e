"""Closing a gaming day: what is ready becomes final, the rest is listed, all of it is signed."""

from datetime import timedelta
from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino
from tests.say import DAY, dollars, moment
from tests.tampering import unguarded

MORNING = moment("09:00", day=DAY + timedelta(days=1))
PATH = f"/gaming-days/{DAY}"


def _day(casino: Casino) -> dict[str, Any]:
    answer: dict[str, Any] = casino.ana.get(PATH).must(200)
    return answer


def _close(casino: Casino, **body: Any) -> dict[str, Any]:
    casino.now = max(casino.now, MORNING)
    answer: dict[str, Any] = casino.ana.post(f"{PATH}/close", body, at=casino.tick()).must(200)
    return answer


def _refused(casino: Casino, status: int, code: str, **body: Any) -> dict[str, Any]:
    casino.now = max(casino.now, MORNING)
    with nothing_changes(casino):
        answer = casino.ana.post(f"{PATH}/close", body, at=casino.now)
        return answer.must_refuse(status, code)["facts"]


def _played(casino: Casino, *, counted: int | None = None, reconciled: bool = False) -> AtTable:
    """A table that was played and closed on the day, its box counted if `counted` says how much."""
    table = a_table(casino)
    table.open_table()
    table.fill("5 black")
    table.close()
    if counted is not None:
        table.drop()
        table.custody()
        table.soft_count(counted)
    if reconciled:
        table.reconcile()
    return table


@pytest.fixture
def day(own: Casino) -> Casino:
    """A gaming day with one table reconciled and one that waits for its count."""
    _played(own, counted=dollars("1,000"), reconciled=True)
    _played(own)
    return own


def test_what_is_ready_is_final_and_the_rest_is_listed(day: Casino) -> None:
    """DAY-1: in one act; the day is closed, and says of every session which it is."""
    before = _day(day)
    assert [len(before[each]) for each in ("ready", "not_ready", "final")] == [1, 1, 0]
    closed = _close(day)
    assert closed["status"] == "CLOSED"
    assert [len(closed[each]) for each in ("ready", "not_ready", "final")] == [0, 1, 1]
    [waiting] = closed["not_ready"]
    assert waiting["code"] == "COUNT_PENDING"
    [session] = closed["final"][0]["sessions"]
    assert closed["finalized"] == [session["id"]]
    rundown = day.ana.get(f"/sessions/{session['id']}/rundown").must(200)
    [report] = closed["close"]["content"]["reports"]
    assert (rundown["status"], rundown["revision"]) == ("FINALIZED", 1)
    assert report["content_sha256"] == rundown["content_sha256"]
    totals = closed["close"]["content"]["totals"]
    assert (totals["win_cents"], totals["known_cents"]) == (None, rundown["table_win_cents"])


def test_numbers_and_chain_are_signed(day: Casino) -> None:
    """DAY-1, FIL-06, INV-12, SHF-07: they stand in what was signed, with the
    head of the journal.
    """
    closed = _close(day)["close"]
    content = closed["content"]
    fills = next(each for each in content["numbers"] if each["form"] == "F")
    assert (fills["first"], fills["last"], fills["whole"]) == (
        *("F-2026-000001", "F-2026-000002"),
        True,
    )
    assert [len(each["links"]) for each in content["chain"]] == [1, 1]
    entry = day.ana.all_of("/journal")[-1]
    assert content["journal"]["number"] == entry["number"] - 1
    assert content["journal"]["hash"] == entry["previous_hash"]
    assert (entry["command"], entry["subject_type"]) == ("close_gaming_day", "gaming_day")


def test_closing_is_one_entry_that_names_its_event(day: Casino) -> None:
    """JRN-1, DAY-1: reports, signatures and the day in one entry; GAMING_DAY_CLOSED goes out."""
    before = len(day.ana.all_of("/journal"))
    _close(day)
    entries = day.ana.all_of("/journal")
    assert len(entries) == before + 1
    content = entries[-1]["content"]
    assert content["events"] == ["GAMING_DAY_CLOSED"]
    kinds = [each["row"] for each in content["new"]]
    assert sorted(set(kinds)) == [
        *("box_left_out", "gaming_day_close", "rundown_report", "signature"),
    ]
    assert day.ana.get("/journal/verify").must(200)["valid"]


def test_a_day_that_still_moves_is_not_closed(own: Casino) -> None:
    """DAY-1: refused before its end, and while a table of it is in play."""
    table = a_table(own)
    table.open_table(at="07:00")
    ana = own.ana
    with nothing_changes(own):
        early = ana.post(f"{PATH}/close", at=own.now)
        facts = early.must_refuse(409, "GAMING_DAY_NOT_OVER")["facts"]
    assert facts["ends_at"] == "2026-03-03T11:00:00Z"
    own.now = MORNING
    facts = _refused(own, 409, "SESSION_NOT_CLOSED")
    assert [each["id"] for each in facts["sessions"]] == [table.session_id]
    table.close()
    assert _close(own)["status"] == "CLOSED"


@pytest.mark.parametrize("missing", [1, 2], ids=["inside", "the last"])
def test_a_missing_number_stops_the_day(day: Casino, missing: int) -> None:
    """FIL-06, FIND-1: named in the refusal, and nothing of the day is made final."""
    number = f"F-2026-{missing:06d}"
    with unguarded(day, "slip") as owner:
        owner.execute("update slip set number = null where number = %s", [number])
    assert _refused(day, 409, "NUMBERS_MISSING")["numbers"] == [number]
    assert _day(day)["unexplained_numbers"] == [number]


def test_a_broken_chain_is_listed_and_signed(day: Casino) -> None:
    """INV-12: a break stops its result, not the day; it stands in what was signed."""
    table = a_table(day)
    table.open_table()
    table.close("10 black")
    table.open()
    table.count("OPENING", "9 black")
    asked = {"kind": "OPENING", "chipset": {"10000": 9}, "reason": "one short"}
    path = f"{table.path}/snapshots"
    day.sam.post(path, asked, at=day.tick(), signed=[day.dana, day.pat]).must(201)
    table.close("9 black")
    closed = _close(day)
    links = [link for each in closed["close"]["content"]["chain"] for link in each["links"]]
    [broken] = [each for each in links if each["held"] == "broken"]
    assert (broken["net_cents"], broken["exception_status"]) == (-dollars("100"), "OPEN")


def test_who_signed_a_fact_of_the_day_closes_it_not(day: Casino) -> None:
    """SIGN-3: also where the session they signed on is none of those that become final."""
    roles = ["SUPERVISOR", "ACCOUNTING"]
    both = day.hire(badge="both", name="Bo", roles=roles, pin="909090")
    table = a_table(day)
    asked = {"table_id": table.id, "open": True, "acting_role": "SUPERVISOR"}
    opened = both.post("/sessions", asked, at=day.tick()).must(201)
    day.pat.post(f"/sessions/{opened['id']}/void", {"reason": "no"}, at=day.tick()).must(200)
    table.open_table()
    slip = table.ask_fill("5 black")
    asked = {"reason": "not needed", "acting_role": "SUPERVISOR"}
    both.post(f"/slips/{slip['id']}/cancel", asked, at=day.tick()).must(200)
    table.close()
    day.now = MORNING
    with nothing_changes(day):
        answer = both.post(f"{PATH}/close", {"acting_role": "ACCOUNTING"}, at=day.now)
        facts = answer.must_refuse(422, "SIGNER_INVOLVED")["facts"]
    assert table.session_id in facts["session_ids"]


def test_nothing_begins_on_a_closed_day(day: Casino) -> None:
    """DAY-1: no session is prepared, opened or rolled into it, by any way there is."""
    table = a_table(day)
    prepared = table.prepare()
    fresh = a_table(day)
    shift = prepared["shift_id"]
    _close(day)
    ways = {
        "/sessions": {"table_id": fresh.id, "shift_id": shift},
        "/sessions/prepare": {"shift_id": shift},
        f"/sessions/{prepared['id']}/open": {},
    }
    for path, body in ways.items():
        with nothing_changes(day):
            answer = day.sam.post(path, body, at=day.now)
            facts = answer.must_refuse(409, "GAMING_DAY_CLOSED")["facts"]
        assert facts["gaming_day"] == str(DAY)
    fresh.open_table()
    rolled, sue = {"chipset": {"10000": 1}, "shift_id": shift}, day.sue
    with nothing_changes(day):
        answer = day.sam.post(f"{fresh.path}/roll-over", rolled, at=day.now, signed=[sue])
        answer.must_refuse(409, "GAMING_DAY_CLOSED")


def test_a_closed_day_does_not_move(own: Casino) -> None:
    """DAY-1, RUN-6, LESSON-17, LESSON-31: a late count is kept beside it and enters by revision."""
    done = _played(own, counted=dollars("1,000"), reconciled=True)
    waits = _played(own)
    first = _close(own)["close"]
    assert _refused(own, 409, "GAMING_DAY_CLOSED")["content_sha256"] == first["content_sha256"]
    why = "counted in the morning"
    _refused(own, 409, "NOTHING_TO_AMEND", reason=why)
    waits.drop()
    waits.custody()
    waits.soft_count(dollars("500"))
    waits.reconcile()
    standing = _day(own)
    assert standing["close"] == first
    assert standing["changed_since_close"]
    again = _close(own, reason=why)
    now = again["close"]
    assert (now["revision"], now["reason"]) == (2, why)
    assert now["content"]["replaces"] == {
        name: first[name] for name in ("id", "revision", "content_sha256")
    }
    assert again["revisions"][0]["content_sha256"] == first["content_sha256"]
    assert now["content"]["totals"]["win_cents"] == sum(
        each.rundown()["table_win_cents"] for each in (done, waits)
    )
    assert not again["changed_since_close"]


def test_a_slip_settled_after_closing_changes_no_final_result(day: Casino) -> None:
    """LESSON-18, RUN-6: what is found later is shown beside it until it is amended."""
    closed = _close(day)
    [final] = closed["final"]
    session = final["sessions"][0]["id"]
    before = day.ana.get(f"/sessions/{session}/rundown").must(200)
    [drop] = day.ana.all_of("/drops", session_id=session)
    count = day.ana.get(f"/drops/{drop['id']}").must(200)["count"]
    table = AtTable(casino=day, table={"id": final["table_id"], "code": final["table_code"]})
    recount = {**table.count_of(dollars("900")), "supersedes": count["id"], "reason": "one less"}
    path = f"/drops/{drop['id']}/count"
    day.tina.post(path, recount, at=day.tick(), signed=[day.tom]).must(201)
    after = day.ana.get(f"/sessions/{session}/rundown").must(200)
    assert (after["table_win_cents"], after["content_sha256"]) == (
        before["table_win_cents"],
        before["content_sha256"],
    )
    assert _day(day)["close"] == closed["close"]


def test_a_dry_run_shows_the_close_and_keeps_nothing(day: Casino) -> None:
    """IDEM-2: what would be final, and what would be signed."""
    day.now = MORNING
    with nothing_changes(day):
        shown = day.ana.post(f"{PATH}/close?dry_run=true", {}, at=day.now).must(200)
    assert (shown["status"], len(shown["finalized"])) == ("CLOSED", 1)
    assert _day(day)["status"] == "OPEN"


def test_pending_counts_are_made_final_where_the_casino_allows_it(own: Casino) -> None:
    """RUN-5, DAY-1: asked for, and only then; the win of such a report is unknown for good."""
    told = {"settings": {"finalize_pending_count": True}}
    own.ada.patch("/casino", told).must(200)
    _played(own).drop()
    closed = _close(own, pending_count=True)
    [report] = closed["close"]["content"]["reports"]
    assert (report["pending_count"], report["table_win_cents"]) == (True, None)
    assert closed["close"]["content"]["totals"]["win_cents"] is None


def test_a_box_left_on_its_table_is_not_made_final_before_its_count(own: Casino) -> None:
    """BOX-5, FIND-4: what was not even dropped is BOX_NOT_DROPPED, which stops the result."""
    told = {"settings": {"finalize_pending_count": True}}
    own.ada.patch("/casino", told).must(200)
    _played(own)
    content = _close(own, pending_count=True)["close"]["content"]
    [left] = content["not_ready"]
    assert (content["reports"], left["code"]) == ([], "EXCEPTIONS_OPEN")


def test_a_drop_group_is_closed_as_one(own: Casino) -> None:
    """BOX-6: one report for the members of the day; while one of them plays the day waits."""
    table = a_table(own)
    table.open_table()
    table.roll_over(at="14:00")
    table.close()
    table.drop()
    table.custody()
    table.soft_count(dollars("700"))
    table.reconcile()
    closed = _close(own)
    [report] = closed["close"]["content"]["reports"]
    assert len(report["session_ids"]) == len(closed["finalized"]) == 2
    assert closed["close"]["content"]["totals"]["win_cents"] == report["table_win_cents"]


@pytest.mark.parametrize("named", ["2026-02-30", "today", "1969-12-31", "20260302"])
def test_what_is_no_day_is_not_found(day: Casino, named: str) -> None:
    """02: a path that names no gaming day is not there, for reading and for closing."""
    day.ana.get(f"/gaming-days/{named}").must_refuse(404, "NOT_FOUND")
    day.ana.post(f"/gaming-days/{named}/close").must_refuse(404, "NOT_FOUND")


def test_who_counts_blind_is_told_no_amount_of_the_day(own: Casino) -> None:
    """SNAP-4: a pit manager sees that the day is closed and its chain holds, and no count."""
    table = _played(own)
    own.ada.patch("/casino", {"settings": {"blind_counts": True}}).must(200)
    own.now = MORNING
    table.open_table()
    own.ana.post(f"{PATH}/close", at=own.tick()).must(200)
    told = own.pat.get(PATH).must(200)
    assert told["close"]["content"] is None
    assert told["chain"][0]["left_with"]["total_cents"] is None
    assert _day(own)["chain"][0]["left_with"]["total_cents"] is not None
