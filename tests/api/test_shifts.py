"""The shift rundown over HTTP: sums that never hide an unknown (SHIFT-1, LESSON-2)."""

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino


def _summary(casino: Casino, code: str = "DAY") -> Json:
    shifts = casino.art.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    shift_id = next(each["id"] for each in shifts if each["code"] == code)
    answer: Json = casino.art.get(f"/shifts/{shift_id}/summary").must(200)
    return answer


def _won(casino: Casino, cents: int) -> AtTable:
    """A table of the DAY shift that won so much, all of it in the box."""
    table = a_table(casino)
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(cents)
    return table


def test_a_shift_of_nothing_sums_to_nothing(own: Casino) -> None:
    """SHIFT-1: no session, no unknown: 0, and it says of how many."""
    summary = _summary(own)
    assert (summary["items"], summary["groups"]) == ([], [])
    assert summary["totals"] == {
        "known_cents": 0,
        "win_cents": 0,
        "complete": 0,
        "pending": 0,
        "shared": 0,
        "unknown": 0,
    }


def test_a_shift_is_the_sum_of_its_sessions(own: Casino) -> None:
    """SHIFT-1: with a hash of its own; a voided session and one not opened are none of it."""
    _won(own, 700)
    _won(own, 300)
    voided = a_table(own)
    voided.open_table()
    own.pat.post(f"{voided.path}/void", {"reason": "no"}, at=voided.when(None)).must(200)
    a_table(own).prepare()
    summary = _summary(own)
    assert [each["table_win_cents"] for each in summary["items"]] == [700, 300]
    assert (summary["totals"]["win_cents"], summary["totals"]["known_cents"]) == (1_000, 1_000)
    assert summary["totals"]["complete"] == 2
    assert len(summary["content_sha256"]) == 64
    assert _summary(own)["content_sha256"] == summary["content_sha256"]
    assert _summary(own, "SWING")["items"] == []


def test_a_sum_over_an_unknown_is_null_beside_what_is_known(own: Casino) -> None:
    """SHIFT-1, LESSON-1, LESSON-2: never silently partial, whichever kind of unknown it is."""
    _won(own, 700)
    pending = a_table(own)
    pending.open_table()
    pending.close()
    totals = _summary(own)["totals"]
    assert (totals["win_cents"], totals["known_cents"], totals["pending"]) == (None, 700, 1)
    pending.drop()
    pending.soft_count(50)
    assert _summary(own)["totals"]["win_cents"] == 750
    forced = a_table(own)
    forced.open_table()
    forced.force_close()
    totals = _summary(own)["totals"]
    assert (totals["win_cents"], totals["known_cents"], totals["unknown"]) == (None, 750, 1)
    live = a_table(own)
    live.open_table()
    totals = _summary(own)["totals"]
    assert (totals["complete"], totals["pending"], totals["unknown"]) == (2, 1, 1)


def test_a_box_shared_over_shifts_is_in_no_shifts_sum(own: Casino) -> None:
    """SHIFT-1, BOX-6: each shift says shared and knows no win; the group has one rundown."""
    table = a_table(own)
    table.open_table()
    first = table.session_id
    table.roll_over(at="14:00")
    table.close(at="15:00")
    table.drop(at="15:01")
    table.soft_count(5_000, at="15:30")
    for code in ("DAY", "SWING"):
        summary = _summary(own, code)
        totals = summary["totals"]
        assert (totals["shared"], totals["win_cents"], totals["known_cents"]) == (1, None, 0)
        assert [each["group_id"] for each in summary["groups"]] == [first]
        assert summary["groups"][0]["table_win_cents"] == 5_000
        assert summary["items"][0]["state"] == "shared_drop"


def test_a_group_inside_one_shift_is_known_there(own: Casino) -> None:
    """SHIFT-1, BOX-6: two sessions of one shift on one box: the group's win is the shift's."""
    table = a_table(own)
    table.open_table()
    table.close()
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(900)
    totals = _summary(own)["totals"]
    assert (totals["win_cents"], totals["known_cents"], totals["shared"]) == (900, 900, 2)


def test_a_slip_manifest_never_nets_and_parts_what_is_on_the_way(own: Casino) -> None:
    """SLIP-10, LESSON-13: fills and credits apart, and what was verified apart from the rest."""
    table = a_table(own)
    table.open_table()
    first = table.fill("5 black")
    table.credit("4 green")
    moving = table.issue(table.ask_fill("3 black"))
    asked = table.ask_credit("2 green")
    cancelled = table.ask_fill("1 black")
    own.sam.post(
        f"/slips/{cancelled['id']}/cancel", {"reason": "wrong table"}, at=table.when(None)
    ).must(200)
    shift_id = table.session()["shift_id"]
    sheet = own.casey.get(f"/shifts/{shift_id}/slip-manifest").must(200)
    assert sheet["items"][0]["id"] == first["id"]
    assert {each["status"] for each in sheet["items"]} == {
        "DEPOSITED_IN_DROPBOX",
        "ISSUED",
        "REQUESTED",
        "CANCELLED",
    }
    assert next(each for each in sheet["items"] if each["id"] == moving["id"])["number"]
    assert asked["number"] is None
    totals = sheet["totals"]
    assert totals["fills"] == {
        "verified": 1,
        "verified_cents": 50_000,
        "in_transit": 1,
        "in_transit_cents": 30_000,
        "requested": 0,
        "requested_cents": 0,
        "disputed": 0,
        "voided": 0,
        "cancelled": 1,
    }
    assert totals["credits"] == {
        "verified": 1,
        "verified_cents": 10_000,
        "in_transit": 0,
        "in_transit_cents": 0,
        "requested": 1,
        "requested_cents": 5_000,
        "disputed": 0,
        "voided": 0,
        "cancelled": 0,
    }
    assert sheet["shift"]["code"] == "DAY"


def test_a_slip_that_rolled_over_is_in_the_manifest_of_the_shift_it_belongs_to(own: Casino) -> None:
    """SLIP-12, TIME-4, LESSON-11: never by the clock it was entered at."""
    table = a_table(own)
    table.open_table()
    before = table.session()["shift_id"]
    slip = table.issue(table.ask_fill("3 black", at="13:50"), at="13:51")
    table.roll_over(at="14:00")
    table.verify_fill(slip, at="14:05")
    after = table.session()["shift_id"]
    assert own.art.get(f"/shifts/{before}/slip-manifest").must(200)["items"] == []
    (item,) = own.art.get(f"/shifts/{after}/slip-manifest").must(200)["items"]
    assert (item["id"], item["session_id"]) == (slip["id"], table.session_id)
