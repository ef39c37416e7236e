"""What the floor is made of, set on the pages: tables, pits, boxes, chips, shifts, drops."""

from typing import Any

from tests.at_table import a_table
from tests.cast import Casino
from tests.web.browser import Browser, browser_of


def _form(slug: str, subject: Any = None) -> str:
    return f"/settings/do/{slug}/{subject}" if subject else f"/settings/do/{slug}"


# -- tables, pits, boxes ---------------------------------------------------------------------------


def _table(casino: Casino, code: str) -> dict[str, Any]:
    return next(each for each in casino.ada.all_of("/tables") if each["code"] == code)


def test_a_table_is_registered_with_its_first_box(own: Casino, ada: Browser) -> None:
    """LESSON-21, PAR-11."""
    typed = {
        "code": "BJ-77",
        "pit": "PIT 7",
        "game_type": "BLACKJACK",
        "least_cents": "25",
        "most_cents": "5,000",
        "box": "BJ-77-A",
        "in_play": "yes",
    }
    page = ada.fill_in(_form("register-table"), typed)
    page.says("The table is registered.", "BJ-77", "PIT 7", "Blackjack", "$25–5,000", "BJ-77-A")
    page.says("Available", "Target need not configured")
    table = _table(own, "BJ-77")
    assert table["limits"] == {"min_cents": 2_500, "max_cents": 500_000}
    assert table["mounted_box"] == "BJ-77-A"
    again = ada.fill_in(_form("register-table"), typed)
    assert again.says("That code is already in use.").status == 409


def test_a_table_without_a_box_says_so(own: Casino, ada: Browser) -> None:
    ada.fill_in(_form("register-table"), {"code": "RO-1", "pit": "PIT 1"}).says("none mounted")
    assert _table(own, "RO-1")["mounted_box"] is None
    ada.get("/settings").says("No box mounted: RO-1", "No game yet: RO-1")


def test_a_table_is_changed_and_its_past_stays(own: Casino, ada: Browser) -> None:
    """BASE-7, LESSON-12: what it was, from when on, who and why."""
    table = a_table(own)
    path = _form("change-table", table.id)
    page = ada.fill_in(path, {"pit": "Salon", "least_cents": "100", "remark": "more room"})
    page.says("The table is changed.", "Pit: Salon instead of", "“more room”", "Ada Ames")
    page.says("from gaming day Mon 2 Mar 2026")
    assert own.ada.get(f"/tables/{table.id}").must(200)["pit"] == "Salon"
    bad = ada.fill_in(path, {"least_cents": "900,000"})
    assert bad.says("The maximum is below the minimum.").status == 422
    emptied = ada.fill_in(path, {"name": ""})
    assert emptied.says("Name is missing.").status == 422


def test_a_table_is_idle_available_and_decommissioned_once_asked(own: Casino, ada: Browser) -> None:
    """04-screens: Available, Idle, Decommissioned; SESS-2: not with chips in its last closing."""
    table = a_table(own)
    page = ada.get(f"/settings/tables/{table.id}")
    page.says("Make idle", "Decommission").says_not("Make available")
    ada.fill_in(_form("table-idle", table.id)).says("The table is Idle.")
    assert own.ada.get(f"/tables/{table.id}")["status"] == "inactive"
    ada.fill_in(_form("table-available", table.id)).says("The table is Available.")
    asked = ada.get(_form("decommission-table", table.id))
    asked.says("It needs an empty tray, and stays in every past figure.")
    assert own.ada.get(f"/tables/{table.id}")["status"] == "active"
    ada.fill_in(_form("decommission-table", table.id)).says("The table is Decommissioned.")
    assert own.ada.get(f"/tables/{table.id}")["status"] == "closed"


def test_a_table_with_chips_is_not_decommissioned(own: Casino, ada: Browser) -> None:
    """SESS-2."""
    table = a_table(own)
    table.open_table()
    page = ada.fill_in(_form("decommission-table", table.id))
    assert page.says("The table's last closing still holds chips.").status == 409
    assert own.ada.get(f"/tables/{table.id}")["status"] == "active"


def test_a_pit_is_renamed_with_all_of_its_tables(own: Casino, ada: Browser) -> None:
    first, second = a_table(own), a_table(own)
    pit = own.ada.get(f"/tables/{first.id}")["pit"]
    page = ada.fill_in(_form("rename-pit"), {"pit": pit, "name": "High limit"})
    page.says("The pit is renamed.", "High limit").says_not(pit)
    for table in (first, second):
        assert own.ada.get(f"/tables/{table.id}")["pit"] == "High limit"
    ada.get(f"/settings/tables/{first.id}").says(f"Pit: High limit instead of {pit}")


def test_a_box_is_registered(own: Casino, ada: Browser) -> None:
    """BOX-1."""
    table = a_table(own)
    typed = {"code": "E-1", "kind": "EMERGENCY"}
    ada.fill_in(_form("register-box"), typed).says("The box is registered.", "Emergency", "Free")
    ada.fill_in(_form("register-box"), {"code": "S-1", "table_id": table.id}).says("S-1")
    boxes = {each["code"]: each for each in own.ada.all_of("/boxes")}
    assert (boxes["E-1"]["kind"], boxes["E-1"]["table_id"]) == ("EMERGENCY", None)
    assert boxes["S-1"]["table_id"] == table.id


def test_a_target_need_is_set_by_a_manager_and_proposed_by_others(own: Casino) -> None:
    """PAR-3, PAR-4, 04-screens: the fixed words of a target."""
    table = a_table(own)
    path = _form("set-target-need", table.id)
    typed = {"par_total_cents": "50,000", "effective_from_gaming_day": "2026-03-03"}
    browser_of(own.pat).get(f"/settings/tables/{table.id}").says(
        "Target need (par) Target need not configured Operational target bankroll for this table",
        "Set target need",
    )
    page = browser_of(own.ada).fill_in(path, typed)
    page.says("It is a proposal until a pit manager or a cage manager approves it.")
    page = browser_of(own.pat).fill_in(path, typed)
    page.says("The target need is set.", "From gaming day Tue 3 Mar 2026", "○ $50,000")
    page.says("Inventory Count mode: target used to reduce fill pressure;")
    par = own.sam.get(f"/tables/{table.id}/par", gaming_day="2026-03-03").must(200)
    assert par["par_total_cents"] == 5_000_000
    assert browser_of(own.dana).get(path).status == 403


def test_a_proposal_is_approved_or_rejected_with_a_reason(own: Casino) -> None:
    """PAR-4, LESSON-21: what was proposed is decided by who may, on a page."""
    first, second = a_table(own), a_table(own)
    for table, par in ((first, "50,000"), (second, "9,000")):
        typed = {"par_total_cents": par, "effective_from_gaming_day": "2026-03-03"}
        browser_of(own.sam).fill_in(_form("set-target-need", table.id), typed).says("a proposal")
    kept = {each["table_id"]: each["id"] for each in own.pat.all_of("/par-proposals")}
    sam, cam = browser_of(own.sam), browser_of(own.cam)
    page = sam.get("/settings/targets").says("Proposed", "○ $50,000", "Sam Sato")
    offered = [each for each in page.links.values() if "/do/" in each]
    assert offered == ["/settings/do/set-shared-target-need", "/settings/do/ask-for-targets"]
    assert sam.get(_form("approve-target-need", kept[first.id])).status == 403
    cam.get("/settings/targets").says("Approve", "Reject", "Target need not configured")
    cam.get("/settings").says("Proposals to decide: 2")
    path = _form("approve-target-need", kept[first.id])
    cam.get(path).says(f"{first.code} · ○ $50,000")
    cam.fill_in(path).says("The target need is approved.", "Approved", "Cam Costa")
    assert cam.fill_in(path).status == 409
    path = _form("reject-target-need", kept[second.id])
    assert cam.fill_in(path).says("Why is missing.").status == 422
    cam.fill_in(path, {"reason": "too little for weekends"}).says("Rejected", "too little for")
    par = own.sam.get(f"/tables/{first.id}/par", gaming_day="2026-03-03").must(200)
    assert par["par_total_cents"] == 5_000_000
    assert own.sam.get(f"/tables/{second.id}/par").must(200)["par_total_cents"] is None


# -- chips, shifts, drops --------------------------------------------------------------------------


def test_a_chip_is_added_and_changed_from_a_coming_day(own: Casino, ada: Browser) -> None:
    """CHIP-5, LESSON-8: a $2.50 chip; a code for what is not a value chip."""
    typed = {"cents": "2.50", "colour": "pink", "effective_from_gaming_day": "2026-03-03"}
    page = ada.fill_in(_form("add-chip"), typed)
    page.says("The chip is in the list.", "To come", "$2.50", "Tue 3 Mar 2026")
    promo = {"code": "PROMO-25", "cents": "25", "colour": "#ff8800", "set": "PROMO", "in_bank": ""}
    ada.fill_in(_form("add-chip"), promo).says("PROMO-25", "Counted beside")
    chips = {each["code"]: each for each in own.ada.get("/chips", gaming_day="2026-03-03")["items"]}
    assert chips["250"]["cents"] == 250
    assert (chips["PROMO-25"]["in_bank"], chips["PROMO-25"]["set"]) == (False, "PROMO")
    red = next(each for each in own.ada.get("/chips")["items"] if each["code"] == "500")
    path = _form("change-chip", red["id"])
    early = ada.fill_in(path, {"in_bank": "", "effective_from_gaming_day": "2026-03-02"})
    assert early.says("The earliest gaming day is Tue 3 Mar 2026.").status == 422
    ada.fill_in(path, {"colour": "crimson", "remark": "new set"}).says("crimson", "“new set”")


def test_a_colour_is_a_name_or_a_code(ada: Browser) -> None:
    typed = {"cents": "2.50", "colour": "url(x)"}
    page = ada.fill_in(_form("add-chip"), typed)
    assert page.says("A colour such as red or #b01d1d.").status == 422
    assert page.form.values["colour"] == "url(x)"


def test_shifts_are_changed_from_a_coming_day(own: Casino, ada: Browser) -> None:
    """TIME-3: past shifts never move."""
    typed = {
        **{f"shifts:{index}:{part}": "" for index in range(8) for part in ("code", "start")},
        "shifts:0:code": "EARLY",
        "shifts:0:start": "06:00",
        "shifts:1:code": "LATE",
        "shifts:1:start": "18:00",
        "effective_from_gaming_day": "2026-03-03",
    }
    page = ada.fill_in(_form("change-shifts"), typed)
    page.says("The shifts are changed.", "EARLY 06:00, LATE 18:00", "DAY 06:00–14:00")
    for day, codes in (
        ("2026-03-02", ["DAY", "SWING", "GRAVE"]),
        ("2026-03-03", ["EARLY", "LATE"]),
    ):
        shifts = own.ada.get("/shifts", gaming_day=day).must(200)["items"]
        assert [each["code"] for each in shifts] == codes
    wrong = ada.fill_in(_form("change-shifts"), {**typed, "shifts:1:start": "05:00:00"})
    assert wrong.says("A start is a wall time such as 06:00.").status == 422
    early = ada.fill_in(
        _form("change-shifts"), {**typed, "effective_from_gaming_day": "2026-03-02"}
    )
    assert early.says("The earliest gaming day is Tue 3 Mar 2026.").status == 422


def test_a_drop_schedule_is_set_by_pit(own: Casino, ada: Browser) -> None:
    """BOX-3."""
    table = a_table(own)
    pit = own.ada.get(f"/tables/{table.id}")["pit"]
    typed = {"at": "5:30 13:30", "window_minutes": "45", "reason": "two runs"}
    page = ada.fill_in(_form("change-drop-schedule"), typed)
    page.says("The drop schedule is changed.", "At 13:30, 05:30, for 45 min and 30 min of grace")
    page.says("As in the casino", "“two runs”", "Ada Ames")
    own_times = {"pit": pit, "at": "04:00", "effective_from_gaming_day": "2026-03-03"}
    ada.fill_in(_form("change-drop-schedule"), own_times).says(f"{pit}, from gaming day Tue 3 Mar")
    kept = own.sam.get("/drop-schedules").must(200)["items"]
    assert [(each["pit"], each["at"]) for each in kept] == [
        (None, ["13:30", "05:30"]),
        (pit, ["04:00"]),
    ]
    wrong = ada.fill_in(_form("change-drop-schedule"), {"at": "half past five"})
    assert wrong.says("Times such as 05:30, 13:30. Not read: half").status == 422
