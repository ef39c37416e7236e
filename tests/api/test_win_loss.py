"""Window win/loss as a program asks for it: rows, totals, filters, what was known when (BASE)."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api.documented import names_of
from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino, Person, found
from tests.say import dollars, moment, spoken, worth

MORE = f"{TRAY}, 3 black"
"""$300 above the usual tray."""


def asked(who: Person, **query: Any) -> Json:
    told = {
        name: spoken(value) if hasattr(value, "tzinfo") else value for name, value in query.items()
    }
    answer: Json = who.get(f"/win-loss?{urlencode(told)}").must(200)
    return answer


def row_of(table: AtTable, who: Person | None = None, **query: Any) -> Json:
    items = asked(who or table.casino.art, table_id=table.id, **query)["items"]
    (row,) = items
    assert row["table_id"] == table.id
    return dict(row)


@pytest.fixture
def casino() -> Casino:
    """One of the test's own: the house as a whole is asked about."""
    return found()


def played(casino: Casino, *, drop: int = 50_000) -> AtTable:
    """Opened at twelve, filled, closed at one with $300 more, its box counted."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.fill("20 black", at="12:20")
    table.close(f"{TRAY}, 23 black", at="13:00")
    table.drop(at="13:10")
    table.custody(at="13:20")
    table.soft_count(drop, at="13:30")
    return table


def test_a_shift_s_window_is_its_rundown(casino: Casino) -> None:
    """BASE-2, BASE-6, LESSON-4: the same figures, each with where it came from."""
    table = played(casino)
    session = table.session()
    row = row_of(table, shift_id=session["shift_id"])
    rundown = casino.art.get(f"{table.path}/rundown").must(200)
    assert row["win_loss_cents"] == rundown["table_win_cents"] == 30_000 + 50_000
    assert set(row) == names_of("win_loss")
    assert (row["opening_source"], row["coverage_type"]) == ("snapshot:verified_open", "full")
    assert (row["closing_source"], row["drop_source"]) == ("count", "counted")
    assert [row["opening_snapshot_id"], row["closing_snapshot_id"]] == rundown["inputs"][
        "snapshots"
    ]
    assert (row["fills_total_cents"], row["reasons"]) == (worth("20 black"), [])
    assert row["table_bank_mode"] == "INVENTORY_COUNT"


def test_totals_say_what_is_in_them(casino: Casino) -> None:
    """LESSON-2, BASE-6: an unknown table leaves the sum unknown, beside the sum of the known."""
    known = played(casino)
    idle = a_table(casino)
    shift = known.session()["shift_id"]
    whole = asked(casino.art, shift_id=shift)
    assert [row["table_id"] for row in whole["items"]] == sorted(
        [known.id, idle.id], key=lambda each: known.code if each == known.id else idle.code
    )
    assert whole["totals"]["win_loss_cents"] == 80_000
    assert (whole["totals"]["known"], whole["totals"]["not_in_play"]) == (1, 1)
    idle.open_table(at="13:40")
    part = asked(casino.art)
    assert part["shift_id"] == shift
    assert part["totals"]["win_loss_cents"] is None
    assert (part["totals"]["known_cents"], part["totals"]["unknown"]) == (80_000, 1)


def test_a_par_may_stand_in_and_can_be_left_out(casino: Casino) -> None:
    """BASE-1, BASE-8: with who set it and when, and never as a count."""
    table = a_table(casino)
    par = {"par_total_cents": worth(TRAY), "effective_from_gaming_day": "2026-03-02"}
    casino.pat.post("/par-policies", {**par, "table_id": table.id}, at=moment("11:30")).must(201)
    table.open_table(at="12:00")
    table.count("INTERIM", MORE, at="12:30")
    window = {"start": moment("11:45"), "end": moment("13:00")}
    row = row_of(table, **window)
    assert (row["opening_source"], row["estimated"]) == ("bootstrap:par_target", True)
    assert (row["par_set_by"], row["par_total_cents"]) == (casino.pat.id, worth(TRAY))
    assert row["par_set_at"] is not None
    assert row["before_drop_cents"] == 30_000
    for baseline in ("exclude_bootstrapped", "counted"):
        row = row_of(table, **window, baseline=baseline)
        assert row["opening_source"] == "fallback:earliest_in_window"
        assert row["coverage_type"] == "partial"
        assert "BOOTSTRAP_LEFT_OUT" in row["reasons"]


def test_a_reading_by_eye_closes_only_where_asked(casino: Casino) -> None:
    """BASE-3, SNAP-6: an estimate, and said to be one."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.count("INTERIM", MORE, at="12:30")
    read = {"total_cents": worth(TRAY) + 70_000, "estimated_drop_cents": dollars("900")}
    casino.sam.post(f"{table.path}/observations", read, at=moment("13:00")).must(201)
    window = {"start": moment("12:00"), "end": moment("14:00")}
    assert row_of(table, **window)["closing_source"] == "count"
    row = row_of(table, **window, close_on="observation")
    assert (row["closing_source"], row["estimated"]) == ("observation", True)
    assert row["win_loss_cents"] == 70_000 + dollars("900")
    assert row["drop_source"] == "telemetry_estimate"


def test_half_past_nine_has_an_answer(casino: Casino) -> None:
    """BASE-5, LESSON-7: buy-ins estimate the drop of a table in play; a count takes their place."""
    casino.ada.patch("/casino", {"settings": {"telemetry": True}}, at=casino.tick()).must(200)
    table = a_table(casino)
    table.open_table(at="12:00")
    table.count("INTERIM", MORE, at="14:00")
    window = {"start": moment("12:00"), "end": moment("15:00")}
    assert row_of(table, **window)["drop_source"] is None
    path = f"{table.path}/buy-ins"
    asked_ = {"kind": "CASH", "amount_cents": dollars("5,000")}
    wrong = casino.sam.post(path, asked_, at=moment("13:00")).must(201)
    first = row_of(table, **window)
    right = {**asked_, "amount_cents": dollars("500"), "supersedes": wrong["id"], "reason": "zero"}
    casino.sam.post(path, right, at=moment("14:10")).must(201)
    row = row_of(table, **window)
    assert (row["drop_total_cents"], row["drop_source"]) == (dollars("500"), "telemetry_estimate")
    assert (row["win_loss_cents"], row["estimated"]) == (30_000 + dollars("500"), True)
    assert "SESSION_REACHES_OUT" in row["reasons"]
    totals = asked(casino.art, **window)["totals"]
    assert (totals["estimated"], totals["drops_estimated"]) == (1, 1)
    known_at = {"as_known_at": wrong["recorded_at"]}
    assert row_of(table, **window, **known_at) == first
    table.close(TRAY, at="14:30")
    table.drop(at="14:40")
    table.custody(at="14:45")
    table.soft_count(dollars("700"), at="14:50")
    row = row_of(table, **window)
    assert (row["drop_total_cents"], row["drop_source"]) == (dollars("700"), "counted")
    assert (row["estimated"], row["reasons"]) == (False, [])


def test_a_window_as_it_was_known_then(casino: Casino) -> None:
    """RUN-9: what was recorded since is left away, whatever the time it happened at."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.count("INTERIM", MORE, at="12:30")
    window = {"start": moment("12:00"), "end": moment("13:00")}
    before = row_of(table, **window)
    (_, last) = casino.art.get(f"{table.path}/snapshots")["items"]
    table.fill("20 black", at="12:40")
    table.count("INTERIM", f"{TRAY}, 20 black", at="12:50")
    now = row_of(table, **window)
    assert (before["before_drop_cents"], now["before_drop_cents"]) == (30_000, 0)
    then = asked(casino.art, table_id=table.id, **window, as_known_at=last["recorded_at"])
    assert then["items"] == [before]
    assert then["as_known_at"] == last["recorded_at"]


def test_pit_and_mode_are_those_known_then(casino: Casino) -> None:
    """RUN-9, BASE-6: what was chosen since, for that day too, was not known yet."""
    table = a_table(casino)
    table.open_table(at="12:00")
    (opener,) = casino.art.get(f"{table.path}/snapshots").must(200)["items"]
    day = timedelta(days=1)
    window = {"start": moment("07:00") + day, "end": moment("08:00") + day}
    before = row_of(table, **window)
    casino.ada.patch("/casino", {"table_bank_mode": "IMPREST_TO_PAR"}, at=casino.tick()).must(200)
    casino.ada.patch(f"/tables/{table.id}", {"pit": "Elsewhere"}, at=casino.tick()).must(200)
    now = row_of(table, **window)
    assert (now["table_bank_mode"], now["pit"]) == ("IMPREST_TO_PAR", "Elsewhere")
    then = asked(casino.art, table_id=table.id, **window, as_known_at=opener["recorded_at"])
    assert then["items"] == [before]


def test_closed_since_was_open_then(casino: Casino) -> None:
    """RUN-9: the end of a session is known from when it was recorded."""
    table = a_table(casino)
    table.open_table(at="12:00")
    window = {"start": moment("12:00"), "end": moment("13:00")}
    before = row_of(table, **window)
    (opener,) = casino.art.get(f"{table.path}/snapshots")["items"]
    table.close(MORE, at="12:50")
    table.drop(at="12:55")
    assert row_of(table, **window)["before_drop_cents"] == 30_000
    known_at = opener["recorded_at"]
    then = asked(casino.art, table_id=table.id, **window, as_known_at=known_at)
    assert then["items"] == [before]


def test_what_was_counted_since_hides_nothing_that_was_known(casino: Casino) -> None:
    """RUN-9: however many counts have come since, the last one known then is still found."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.close(MORE, at="12:10")
    window = {"start": moment("13:30"), "end": moment("14:00")}
    closer = casino.art.get(f"{table.path}/snapshots").must(200)["items"][-1]
    before = row_of(table, **window)
    assert before["opening_snapshot_id"] == closer["id"]
    for opened, closed in (("12:15", "12:20"), ("12:25", "12:30")):
        table.drop(at=opened)
        table.open_table(MORE, at=opened)
        table.close(MORE, at=closed)
    table.drop(at="12:35")
    table.open_table(MORE, at="12:40")
    for minute in range(41, 51):
        table.count("INTERIM", TRAY, at=f"12:{minute}")
    assert row_of(table, **window)["opening_bankroll_cents"] == worth(TRAY)
    then = asked(casino.art, table_id=table.id, **window, as_known_at=closer["recorded_at"])
    assert then["items"] == [before]


@pytest.mark.parametrize("at_once", [True, False], ids=["as it is prepared", "afterwards"])
def test_a_table_opened_and_not_counted_was_already_unknown_then(
    casino: Casino, at_once: bool
) -> None:
    """RUN-9, LESSON-2: no sum of then leaves it out unsaid."""
    table = a_table(casino)
    if at_once:
        table.open(at="12:00")
    else:
        table.prepare(at="12:00")
        casino.sam.post(f"{table.path}/open", at=moment("12:01")).must(200)
    before = asked(casino.art)
    assert (before["totals"]["unknown"], before["totals"]["not_in_play"]) == (1, 0)
    known_at = casino.ana.all_of("/journal")[-1]["recorded_at"]
    table.count("OPENING", TRAY, at="12:10")
    table.count("INTERIM", MORE, at="12:30")
    then = asked(casino.art, as_known_at=known_at)
    assert (then["items"], then["totals"]) == (before["items"], before["totals"])


def test_what_a_table_became_later_moves_no_past_window(casino: Casino) -> None:
    """BASE-7, LESSON-12: pit, game, par, mode and whether it is there are those of the day."""
    table = played(casino)
    shift = table.session()["shift_id"]
    before = asked(casino.art, shift_id=shift)
    tomorrow = {"effective_from_gaming_day": "2026-03-03"}
    par = {"par_total_cents": dollars("90,000"), "table_id": table.id, **tomorrow}
    casino.pat.post("/par-policies", par, at=casino.tick()).must(201)
    casino.ada.patch("/casino", {"table_bank_mode": "IMPREST_TO_PAR"}, at=casino.tick()).must(200)
    moved = {"pit": "Elsewhere", "status": "inactive"}
    casino.ada.patch(f"/tables/{table.id}", moved, at=moment("12:00") + timedelta(days=1)).must(200)
    assert asked(casino.art, shift_id=shift) == before
    empty = a_table(casino)
    casino.ada.patch(f"/tables/{empty.id}", {"status": "closed"}, at=casino.tick()).must(200)
    assert asked(casino.art, shift_id=shift) == before


def test_a_table_that_came_while_the_window_ran_is_in_it(casino: Casino) -> None:
    """LESSON-2, BASE-7: a sum over two days leaves out no table of the second day unsaid."""
    first = played(casino)
    day = timedelta(days=1)
    table_id = casino.ada.post(
        "/tables", {"code": "NEW-1", "pit": "Main", "game_type": "CRAPS"}, at=moment("12:00") + day
    ).must(201)["id"]
    ends = {"start": moment("11:45"), "end": moment("14:00") + day}
    assert {each["table_id"] for each in asked(casino.art, **ends)["items"]} == {first.id, table_id}
    before = asked(casino.art, start=moment("11:45"), end=moment("14:00"))
    assert [each["table_id"] for each in before["items"]] == [first.id]
    shift = casino.sam.get("/shifts", gaming_day="2026-03-02").must(200)["items"][-1]
    last = asked(casino.art, start=moment("11:45"), end=shift["ends_at"])
    assert [each["table_id"] for each in last["items"]] == [first.id]


def test_a_table_decommissioned_the_same_day_keeps_its_result(casino: Casino) -> None:
    """BASE-7, LESSON-12: what it won before stays in that shift's window, and in its sum."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.credit(TRAY, at="12:30")
    table.close({}, at="13:00")
    shift = table.session()["shift_id"]
    before = asked(casino.art, shift_id=shift)
    assert [each["table_id"] for each in before["items"]] == [table.id]
    casino.ada.patch(f"/tables/{table.id}", {"status": "closed"}, at=moment("13:40")).must(200)
    assert asked(casino.art, shift_id=shift) == before


WRONG = (
    {"end": "2026-03-02T12:00:00Z"},
    {"start": "2026-03-02T12:00:00Z"},
    {"start": "2026-03-02T12:00:00Z", "end": "2026-03-02T11:00:00Z"},
    {"start": "2026-03-02T12:00:00", "end": "2026-03-02T13:00:00Z"},
    {"shift_id": "DAY"},
    {"start": "2026-03-02T12:00:00Z", "end": "2026-03-02T13:00:00Z", "baseline": "best"},
    {"start": "2026-03-02T12:00:00Z", "end": "2026-03-02T13:00:00Z", "close_on": "hope"},
    {"start": "2026-03-02T12:00:00Z", "end": "2026-03-02T13:00:00Z", "as_known_at": "now"},
    {"start": "2026-03-02T12:00:00Z", "end": "2026-03-02T13:00:00Z", "table_id": "BJ-07"},
)


@pytest.mark.parametrize("query", WRONG)
def test_a_question_of_no_sense_is_refused(casino: Casino, query: Json) -> None:
    """02: one window, by two instants or by a shift, and known words."""
    casino.art.get(f"/win-loss?{urlencode(query)}").must_refuse(422, "SHAPE")


def test_a_shift_and_a_table_of_next_door_are_not_there(casino: Casino) -> None:
    """TEN-1: neither tells anything."""
    other = found()
    table = played(other)
    shift = table.session()["shift_id"]
    casino.art.get(f"/win-loss?shift_id={shift}").must_refuse(422, "REFERENCE_UNKNOWN")
    ours = played(casino).session()["shift_id"]
    assert asked(casino.art, shift_id=ours, table_id=table.id)["items"] == []


def test_who_counts_blind_is_not_told_by_a_window() -> None:
    """SNAP-4: last count and what it comes to are hidden from who may count, then and now."""
    casino = found()
    casino.ada.patch("/casino", {"settings": {"blind_counts": True}}, at=casino.tick()).must(200)
    table = a_table(casino)
    table.open_table(at="12:00")
    table.count("INTERIM", TRAY, at="12:30")
    window = {"start": moment("12:00"), "end": moment("13:00")}
    for known in ({}, {"as_known_at": "2100-01-01T00:00:00Z"}):
        row = row_of(table, casino.sam, **window, **known)
        assert row["opening_bankroll_cents"] is row["closing_bankroll_cents"] is None
        assert row["before_drop_cents"] is row["win_loss_cents"] is None
        assert "COUNTS_BLIND" in row["reasons"]
        assert row_of(table, casino.art, **window, **known)["closing_bankroll_cents"] == worth(TRAY)
