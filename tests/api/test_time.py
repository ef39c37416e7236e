"""Time over HTTP: when it happened, when we were told, and the gaming day it belongs to (TIME)."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.line import Answer
from tests.say import at, chips, spoken


@pytest.fixture(scope="module")
def real(_database_is_real: None) -> Casino:
    """A casino that runs by the real clock."""
    casino = found(simulated=False)
    casino.now = _now()
    return casino


def _now() -> datetime:
    return datetime.now(UTC)


def _ask(table: AtTable, when: datetime | None) -> Answer:
    asked = {"chipset": chips("1 black")}
    return table.casino.sam.post(f"{table.path}/fills", asked, at=when)


@pytest.fixture
def open_now(real: Casino) -> AtTable:
    """A table opened this minute in the real casino."""
    made = real.ada.post("/tables", {"code": real.code("BJ"), "pit": "1", "game_type": "BJ"})
    table = AtTable(casino=real, table=made.must(201))
    session = real.sam.post("/sessions", {"table_id": table.id, "open": True}).must(201)
    table.session_id = session["id"]
    opener = {"kind": "OPENING", "chipset": chips("9 black")}
    real.sam.post(f"{table.path}/snapshots", opener, signed=[real.dana, real.pat]).must(201)
    return table


def test_without_an_instant_it_happened_now(open_now: AtTable) -> None:
    """TIME-1: `occurred_at` defaults to now."""
    before = _now()
    step = _ask(open_now, None).must(201)["history"][0]
    assert step["occurred_at"] == step["recorded_at"]
    assert spoken(before) <= step["occurred_at"] <= spoken(_now())


def test_nothing_happened_in_the_future(open_now: AtTable) -> None:
    """TIME-1: a device's clock may be 2 minutes ahead, not more."""
    _ask(open_now, _now() + timedelta(seconds=100)).must(201)
    with nothing_changes(open_now.casino):
        answer = _ask(open_now, _now() + timedelta(minutes=3))
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_what_is_told_late_is_a_finding(real: Casino) -> None:
    """TIME-1, FIND-2, FIL-22: more than 15 minutes late is LATE_ENTRY, until the
    result is reconciled.
    """
    made = real.ada.post("/tables", {"code": real.code("BJ"), "pit": "1", "game_type": "BJ"})
    table = AtTable(casino=real, table=made.must(201))
    early = _now() - timedelta(minutes=40)
    asked = {"table_id": table.id, "open": True}
    table.session_id = real.sam.post("/sessions", asked, at=early).must(201)["id"]
    opener = {"kind": "OPENING", "chipset": chips("9 black")}
    given = real.sam.post(
        f"{table.path}/snapshots", opener, at=early, signed=[real.dana, real.pat]
    ).must(201)
    assert [each["kind"] for each in given["exceptions_raised"]] == ["LATE_ENTRY"]
    found = real.pat.all_of("/exceptions", session_id=table.session_id)
    assert [(each["kind"], each["stops"], each["status"]) for each in found] == [
        ("LATE_ENTRY", "nothing", "OPEN")
    ]
    now = {"at": _now()}
    real.sam.post(f"{table.path}/closing", **now).must(200)
    closer = {"kind": "CLOSING", "chipset": chips("9 black")}
    real.sam.post(f"{table.path}/snapshots", closer, signed=[real.dana]).must(201)
    real.sam.post(f"{table.path}/close").must(200)
    notice = {"notified_at": spoken(_now()), "operator": "Sol"}
    removal = real.dora.post(
        f"{table.path}/drop/remove",
        {"type": "SCHEDULED", "surveillance": notice},
        signed=[real.dex],
    ).must(201)
    count = table.count_of(100)
    real.person("tina")
    arrived = {"step": "ARRIVED"}
    real.dora.post(f"/drops/{removal['id']}/custody", arrived, signed=[real.tina]).must(200)
    real.tina.post(f"/drops/{removal['id']}/count", count, signed=[real.tom]).must(201)
    real.ana.post(f"{table.path}/reconcile").must(200)
    assert real.pat.get(f"/exceptions/{found[0]['id']}")["status"] == "CLEARED"


def test_nothing_is_late_in_a_simulated_casino(live: AtTable) -> None:
    """TIME-5: its now is the command's own `occurred_at`."""
    live.fill("1 black")
    assert live.casino.pat.all_of("/exceptions", session_id=live.session_id) == []


def test_a_fact_is_not_before_the_one_it_follows(own: Casino) -> None:
    """TIME-1: a step not before the step before it, a count not before the opener."""
    casino, live = own, a_table(own)
    live.open_table(at="08:00")
    slip = live.ask_fill("1 black", at="12:00")
    own.person("casey")
    own.person("rory")
    with nothing_changes(casino):
        answer = casino.casey.post(f"/slips/{slip['id']}/issue", at="11:59", signed=[casino.rory])
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE", earliest=at("12:00"))
    opener = live.session()["opening"]["occurred_at"]
    early = {"kind": "INTERIM", "chipset": {}, "occurred_at": at("07:59")}
    with nothing_changes(casino):
        answer = casino.sam.post(f"{live.path}/snapshots", early, signed=[casino.dana])
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE", earliest=opener)


def test_nothing_happens_to_a_session_before_it_was_prepared(own: Casino) -> None:
    """TIME-1: whatever the step is: voiding it, scheduling its drop, reviewing its result."""
    table = a_table(own)
    table.open_table(at="08:00")
    window = {"window_start": at("09:00"), "window_end": at("10:00")}
    own.person("pat")
    with nothing_changes(own):
        for who, step, body in (
            (own.pat, "void", {"reason": "the wrong table"}),
            (own.sam, "drop/schedule", window),
            (own.sam, "closing", {}),
            (own.pat, "close", {"force": True, "reason": "an alarm"}),
        ):
            answer = who.post(f"{table.path}/{step}", body, at="07:00")
            answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_a_simulated_casino_lives_by_what_it_is_told() -> None:
    """TIME-5: its now is the latest `occurred_at` given; refused or defaulted, it stands."""
    casino = found()
    started = casino.sam.get("/me").must(200)["now"]
    assert started[:4] >= "2026", "until then the real clock"
    table = a_table(casino)
    table.open_table(at="12:00")
    assert casino.sam.get("/me")["now"] == at("12:00")
    casino.sam.post(f"{table.path}/fills", {"chipset": {"7": 1}}, at="13:00")
    casino.sam.post(f"{table.path}/fills", {"chipset": chips("1 black")}, at="13:00", dry_run=True)
    assert casino.sam.get("/me")["now"] == at("12:00")
    slip = casino.sam.post(f"{table.path}/fills", {"chipset": chips("1 black")}).must(201)
    assert slip["history"][0]["occurred_at"] == at("12:00"), "defaulted to the casino's now"
    assert casino.sam.get("/me")["now"] == at("12:00")
    casino.sam.post(f"{table.path}/fills", {"chipset": chips("1 black")}, at="12:30").must(201)
    assert casino.sam.get("/me")["now"] == at("12:30")


def test_a_day_is_read_by_the_wall_and_starts_where_the_house_says(own: Casino) -> None:
    """TIME-2, TIME-4, LESSON-14: 05:59 is still yesterday's GRAVE, 06:00 today's DAY."""
    seen = {
        said: own.sam.get("/shifts", at=at(said)).must(200)["items"][0]
        for said in ("06:00", "13:59", "14:00", "21:59", "22:00", "05:59")
    }
    assert {said: (each["gaming_day"], each["code"]) for said, each in seen.items()} == {
        "06:00": ("2026-03-02", "DAY"),
        "13:59": ("2026-03-02", "DAY"),
        "14:00": ("2026-03-02", "SWING"),
        "21:59": ("2026-03-02", "SWING"),
        "22:00": ("2026-03-02", "GRAVE"),
        "05:59": ("2026-03-02", "GRAVE"),
    }


@pytest.mark.parametrize(
    ("day", "hours"), [("2026-03-02", 24), ("2026-03-07", 23), ("2026-10-31", 25)]
)
def test_shifts_cover_a_day_without_gap_or_overlap(own: Casino, day: str, hours: int) -> None:
    """TIME-2, TIME-3, LESSON-14: also where the clock changes: one is an hour shorter or longer."""
    shifts = own.sam.get("/shifts", gaming_day=day).must(200)["items"]
    assert [each["code"] for each in shifts] == ["DAY", "SWING", "GRAVE"]
    for before, after in pairwise(shifts):
        assert before["ends_at"] == after["starts_at"]
    length = datetime.fromisoformat(shifts[-1]["ends_at"]) - datetime.fromisoformat(
        shifts[0]["starts_at"]
    )
    assert length == timedelta(hours=hours)
    assert own.sam.get("/shifts", gaming_day=day).must(200)["items"] == shifts, "ids are derived"


def test_a_schedule_changes_from_a_coming_day_and_moves_no_past_shift(own: Casino) -> None:
    """TIME-3, BASE-7: dated and append-only."""
    table = a_table(own)
    table.open_table()
    before = own.sam.get("/shifts", gaming_day="2026-03-02")["items"]
    two = [{"code": "AM", "start": "06:00"}, {"code": "PM", "start": "18:00"}]
    asked: Json = {"effective_from_gaming_day": "2026-03-02", "shifts": two}
    with nothing_changes(own):
        answer = own.ada.post("/shift-schedules", asked, at=own.now)
        answer.must_refuse(422, "EFFECTIVE_DAY_PASSED", earliest="2026-03-03")
    asked["effective_from_gaming_day"] = "2026-03-04"
    own.ada.post("/shift-schedules", asked, at=own.now).must(201)
    assert own.sam.get("/shifts", gaming_day="2026-03-02")["items"] == before
    codes = {
        day: [each["code"] for each in own.sam.get("/shifts", gaming_day=day)["items"]]
        for day in ("2026-03-03", "2026-03-04", "2026-03-05")
    }
    assert codes == {
        "2026-03-03": ["DAY", "SWING", "GRAVE"],
        "2026-03-04": ["AM", "PM"],
        "2026-03-05": ["AM", "PM"],
    }
    listed = own.sam.get("/shift-schedules").must(200)["items"]
    assert [each["effective_from_gaming_day"] for each in listed][1:] == ["2026-03-04"]


def test_a_fact_belongs_to_the_session_it_names_and_its_day(own: Casino) -> None:
    """TIME-4, LESSON-11: opened in DAY it stays in DAY after 14:00, and so do its facts."""
    table = a_table(own)
    opened = table.open_table(at="13:50")
    fill = table.fill("1 black")
    slip = table.ask_fill("1 black", at="14:30")
    assert {each["shift_id"] for each in (opened, fill, slip)} == {opened["shift_id"]}
    assert {each["gaming_day"] for each in (opened, fill, slip)} == {"2026-03-02"}


def test_a_shift_left_out_is_the_one_it_happened_in(own: Casino) -> None:
    """TIME-4: by `occurred_at`, and the answer names it."""
    table = a_table(own)
    assert table.prepare(at="23:10")["shift_code"] == "GRAVE"
    prepared = own.sam.post("/sessions/prepare", {}, at="15:00").must(200)
    assert [each["shift_code"] for each in prepared["items"]] == ["SWING"]
    now = own.sam.get("/shifts/current").must(200)
    assert now["code"] == "GRAVE", "the casino's now is the latest it was told (TIME-5)"


def test_a_house_may_start_its_day_at_midnight_elsewhere() -> None:
    """TIME-2, TIME-3, LESSON-14: another zone, another start, shifts by its own wall."""
    casino = found(timezone_name="Asia/Macau", starts=time(0, 0))
    shifts = casino.sam.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    assert [each["starts_at"] for each in shifts] == [
        "2026-03-01T16:00:00Z",
        "2026-03-02T00:00:00Z",
        "2026-03-02T08:00:00Z",
    ]
