"""What an administrator keeps: settings, chips, tables, and what a new casino starts with."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import a_table
from tests.cast import Casino, found

DEFAULTS = {
    "par_tolerance_cents": 0,
    "opening_tolerance_cents": 0,
    "count_tolerance_cents": 0,
    "idle_recount_days": 7,
    "duty_pairs": [],
    "transit_limit_minutes": 30,
    "blind_counts": False,
    "drop_box_required": True,
    "restore_point": "TABLE_CLOSE",
    "custody_steps": ["REMOVED", "ARRIVED"],
    "session_left_open_minutes": 60,
    "credit_flow": "SLIP_FIRST",
    "evidence": "PAPER",
    "box_forms": ["FILL", "CREDIT"],
    "count_verifier": False,
    "finalize_pending_count": False,
    "hold_limit_points": 0,
    "telemetry": False,
    "stack_size": 20,
    "locale": "en-US",
    "paper": "LETTER",
    "advice": {
        "lookback_days": 28,
        "min_sessions": 10,
        "target": 1,
        "safety_factor": 0.75,
        "increment_cents": 50_000,
    },
}


def test_a_new_casino_has_the_generic_settings_and_the_usual_chips(own: Casino) -> None:
    """CHIP-5, TIME-5: the GENERIC profile, $1 to $5,000, in force for every earlier day too."""
    casino = own.ada.get("/casino").must(200)
    assert casino["settings"] == DEFAULTS
    assert casino["profile"] == "GENERIC"
    assert (casino["simulated"], casino["gaming_day_start"]) == (True, "06:00")
    assert casino["timezone"] == "America/New_York"
    worth = [100, 500, 2_500, 10_000, 50_000, 100_000, 500_000]
    assert sorted(each["cents"] for each in casino["denominations"]) == worth
    for day in ("1999-12-31", "2026-03-02", "2030-01-01"):
        chips = own.ada.get("/chips", gaming_day=day).must(200)["items"]
        assert sorted(each["cents"] for each in chips) == worth


def test_settings_are_changed_by_name_and_the_rest_stays(own: Casino) -> None:
    """Settings as dated rows: what is not named is as it was; so is part of the advice."""
    changed = {"transit_limit_minutes": 20, "advice": {"target": 2}}
    answer = own.ada.patch("/casino", {"settings": changed, "reason": "new runners"}).must(200)
    advice = {**DEFAULTS["advice"], "target": 2}  # type: ignore[dict-item]
    assert answer["settings"] == {**DEFAULTS, "transit_limit_minutes": 20, "advice": advice}
    answer = own.ada.patch("/casino", {"name": "The Corner"}).must(200)
    assert (answer["name"], answer["settings"]["transit_limit_minutes"]) == ("The Corner", 20)


WRONG_SETTINGS: tuple[dict[str, Any], ...] = (
    {"no_such_setting": 1},
    {"transit_limit_minutes": 0},
    {"transit_limit_minutes": "30"},
    {"transit_limit_minutes": 30.0},
    {"transit_limit_minutes": True},
    {"transit_limit_minutes": None},
    {"par_tolerance_cents": -1},
    {"par_tolerance_cents": 2**53},
    {"drop_box_required": "no"},
    {"restore_point": "NEVER"},
    {"custody_steps": []},
    {"custody_steps": ["ARRIVED"]},
    {"custody_steps": ["REMOVED", "REMOVED"]},
    {"custody_steps": "REMOVED"},
    {"credit_flow": "CASH_FIRST"},
    {"blind_counts": "yes"},
    {"advice": {"safety_factor": 2}},
    {"advice": {"safety_factor": 1e308}},
    {"advice": []},
    {"advice": {"more": 1}},
    {"stack_size": 2**63},
)


@pytest.mark.parametrize("wrong", WRONG_SETTINGS)
def test_a_setting_that_cannot_be_is_refused(casino: Casino, wrong: dict[str, Any]) -> None:
    """A name that does not exist, a wrong kind, out of bounds, or a choice of a later release."""
    with nothing_changes(casino):
        problem = casino.ada.patch("/casino", {"settings": wrong}).must_refuse(
            422, "SETTING_INVALID"
        )
    assert problem["errors"][0]["pointer"].startswith(f"/settings/{next(iter(wrong))}")


def test_a_chip_is_in_the_list_from_its_day_on(own: Casino) -> None:
    """CHIP-2, CHIP-5, BASE-7: $2.50 works once it is there, for sessions of that day and later."""
    table = a_table(own)
    table.open_table()
    half = {"code": "250", "cents": 250, "colour": "snow", "set": "VALUE", "in_bank": True}
    asked = {**half, "effective_from_gaming_day": "2026-03-03"}
    made = own.ada.post("/chips", asked, at=own.now).must(201)
    assert {name: made[name] for name in half} == half
    body = {"kind": "INTERIM", "chipset": {"250": 20}}
    path = f"{table.path}/snapshots"
    answer = own.sam.post(path, body, at=table.when(None), signed=[own.dana])
    answer.must_refuse(422, "DENOMINATION_UNKNOWN")
    days = {
        day: {each["code"] for each in own.ada.get("/chips", gaming_day=day)["items"]}
        for day in ("2026-03-02", "2026-03-03")
    }
    assert "250" in days["2026-03-03"] - days["2026-03-02"]


def test_a_known_chip_is_worth_something_else_from_a_coming_day_on(own: Casino) -> None:
    """CHIP-5, BASE-7: what it is worth and whether it counts; its colour is put right at once."""
    red = {"code": "500", "cents": 500, "colour": "crimson", "set": "VALUE", "in_bank": True}
    today, coming = "2026-03-02", "2026-03-03"
    own.ada.post("/chips", {**red, "effective_from_gaming_day": today}, at=own.now).must(201)
    out = {**red, "in_bank": False}
    with nothing_changes(own):
        for day in (today, "2020-01-01"):
            answer = own.ada.post("/chips", {**out, "effective_from_gaming_day": day}, at=own.now)
            answer.must_refuse(422, "EFFECTIVE_DAY_PASSED", earliest=coming)
    own.ada.post("/chips", {**out, "effective_from_gaming_day": coming}, at=own.now).must(201)
    of_day = {
        day: next(
            each
            for each in own.ada.get("/chips", gaming_day=day).must(200)["items"]
            if each["code"] == "500"
        )
        for day in (today, coming)
    }
    assert [(each["colour"], each["in_bank"]) for each in of_day.values()] == [
        ("crimson", True),
        ("crimson", False),
    ]


def test_a_table_says_what_it_is_now(own: Casino) -> None:
    """SESS-2: code, name, pit, game, limits and availability, changed one by one."""
    table = a_table(own)
    for change in (
        {"name": "The Corner Table"},
        {"pit": "PIT 7"},
        {"game_type": "BACCARAT"},
        {"limits": {"min_cents": 0, "max_cents": 100}},
        {"status": "inactive"},
        {"status": "active"},
    ):
        answer = own.ada.patch(f"/tables/{table.id}", change).must(200)
        assert {name: answer[name] for name in change} == change


def test_two_casinos_do_not_share_an_address() -> None:
    """TEN-1: every casino is its own."""
    first, second = found(), found()
    assert first.ada.get("/casino")["slug"] != second.ada.get("/casino")["slug"]
