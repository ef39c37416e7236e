"""What a pit supervisor needs on the page: the next opening, a way out, the true time, a name."""

import re
from typing import Any

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import found
from tests.say import DAY, at, chips, worth
from tests.web.browser import Browser, Page, browser_of

ON = str(DAY)


def _sam(table: AtTable) -> Browser:
    return browser_of(table.casino.sam)


def _card(table: AtTable) -> Page:
    return _sam(table).get(f"/floor?find={table.code}").says(table.code)


def _at_par(tray: str, *, settings: Any = None) -> AtTable:
    """A table of an imprest house whose par is this tray, in play."""
    casino = found(mode="IMPREST_TO_PAR", settings=settings)
    table = a_table(casino)
    par = {"par_total_cents": worth(tray), "effective_from_gaming_day": ON}
    casino.pat.post("/par-policies", {**par, "table_id": table.id}, at=casino.now).must(201)
    table.open_table(tray)
    return table


# -- the next opening ------------------------------------------------------------------------------


def test_a_closed_table_is_prepared_again_from_the_floor() -> None:
    """SESS-3: the card leads to the form, and the form stands at the shift that runs now."""
    table = a_table(found())
    table.open_table()
    _card(table).says_not("Prepare session")
    table.close(at="13:00")
    address = _card(table).says("Closed", "Prepare session").links["Prepare session"]
    page = _sam(table).get(address).says("New session", "DAY · Mon 2 Mar 06:00–14:00")
    again = _sam(table).send(address, {**page.form.values, "open": ""})
    again.says("It is ready to open.", "Ready to open", "DAY")
    _card(table).says("Ready to open", "Open table").says_not("Prepare session")


def test_who_may_not_prepare_or_what_may_not_be_opened_is_not_offered(live: AtTable) -> None:
    live.close()
    browser_of(live.casino.casey).get(f"/floor?find={live.code}").says_not("Prepare session")
    browser_of(live.casino.casey).get(live.path).says_not("Prepare session")
    live.casino.ada.patch(f"/tables/{live.id}", {"status": "inactive"}).must(200)
    _card(live).says("Idle").says_not("Prepare session")
    _sam(live).get(live.path).says_not("Prepare session")


def test_a_session_that_is_over_leads_on(live: AtTable) -> None:
    """From its own page too: to the form, and once there is a next session to that one."""
    over = live.path
    live.close()
    page = _sam(live).get(over).says("The table has no session now.")
    assert page.links["Prepare session"] == f"/tables/{live.id}"
    live.open()
    page = _sam(live).get(over).says("opening count.")
    assert page.links["Go to it"] == live.path


def test_a_table_opened_earlier_is_said_to_be() -> None:
    """TIME-1: nothing of a session is before its preparation, so that has a time of its own."""
    table = a_table(found())
    sam, address = _sam(table), f"/tables/{table.id}"
    values = {**sam.get(address).form.values, "open": "yes"}
    wrong = sam.send(address, {**values, "occurred_at": "soon"})
    assert wrong.says("A date and a time.").status == 422
    assert wrong.form.values["occurred_at"] == "soon"
    sam.send(address, {**values, "occurred_at": f"{ON}T06:10:30"}).says("Opening count required")
    session = table.casino.sam.all_of("/sessions", table_id=table.id)[0]
    table.session_id = session["id"]
    events = _sam(table).get(table.path).says("06:10 Table opened")
    assert events.status == 200


# -- rolling over ----------------------------------------------------------------------------------


def test_a_roll_over_off_par_has_its_way_out_on_the_page() -> None:
    """SESS-8, CLOSE-1: with restore point EACH_SHIFT a pit manager and a reason let it pass."""
    table = _at_par("20 black", settings={"restore_point": "EACH_SHIFT"})
    casino, sam, path = table.casino, _sam(table), f"{table.path}/do/roll-over"
    first = table.path
    sam.get(path).says("Reason", "Pit manager", "the tray is off par")
    wrong = sam.fill_in(path, tray="19 black", signed=[casino.dana])
    assert wrong.says("This person does not act as supervisor.").status == 422
    dealer = {"sign:0:role": "DEALER"}
    refused = sam.fill_in(path, dealer, tray="19 black", signed=[casino.dana])
    assert refused.status == 409
    refused.says(
        "The tray is off par",
        "Closing inventory ($1,900) does not match par ($2,000).",
        "Or a pit manager lets it pass: badge, PIN and a reason.",
    )
    assert refused.form.values["chipset:10000"] == "19"
    why = {**dealer, "reason": "the cage has no black"}
    unsigned = sam.fill_in(path, why, tray="19 black", signed=[casino.dana])
    assert unsigned.status == 409
    page = sam.fill_in(path, why, tray="19 black", signed=[casino.dana, casino.pat])
    page.says("the next one is open", "In play", "SWING", "session 2", "Opening $1,900.00")
    page.says("Rolled over from the session before Sam Sato")
    sam.get(first).says("Closed", "The table was closed off par.")


def test_a_manager_who_rolls_over_off_par_gives_leave_by_calling() -> None:
    table = _at_par("20 black", settings={"restore_point": "EACH_SHIFT"})
    path = f"{table.path}/do/roll-over"
    pat = browser_of(table.casino.pat)
    pat.get(path).says("Reason").says_not("the tray is off par")
    why = {"reason": "the cage has no black", "sign:0:role": "DEALER"}
    pat.fill_in(path, why, tray="19 black", signed=[table.casino.dana]).says("the next one is open")


def test_a_roll_over_asks_for_no_more_than_it_needs(live: AtTable) -> None:
    """Where nothing is restored at a roll-over nobody is asked for a reason or a manager."""
    _sam(live).get(f"{live.path}/do/roll-over").says_not("Reason", "Pit manager")
    table = _at_par("20 black", settings={"restore_point": "TABLE_CLOSE"})
    _sam(table).get(f"{table.path}/do/roll-over").says_not("Reason", "Pit manager")


def test_a_roll_over_may_name_its_shift() -> None:
    """SESS-8, TIME-4: unsaid it is the one after the session's own; late it may be the one now."""
    table = a_table(found())
    table.open_table(at="06:05")
    table.count("INTERIM", TRAY, at="23:30")
    path = f"{table.path}/do/roll-over"
    form = _sam(table).get(path).says("SWING · Mon 2 Mar 14:00", "GRAVE · Mon 2 Mar 22:00")
    assert form.form.values["shift_id"] == ""
    grave = table.casino.sam.get("/shifts", gaming_day=ON).must(200)["items"][2]
    sue = table.casino.sue
    typed = {"shift_id": grave["id"], "sign:0:role": "SUPERVISOR"}
    page = _sam(table).fill_in(path, typed, tray=TRAY, signed=[sue])
    page.says("the next one is open", "GRAVE", "In play")


def test_a_roll_over_from_rundown_says_why_the_count_is_another() -> None:
    """SNAP-1: the count already made is superseded, with the reason that was given."""
    table = a_table(found())
    table.open_table()
    table.closing()
    table.count("CLOSING", TRAY)
    first, why = table.path, {"reason": "play went on", "sign:0:role": "DEALER"}
    page = _sam(table).fill_in(
        f"{first}/do/roll-over", why, tray="19 black", signed=[table.casino.dana]
    )
    page.says("the next one is open")
    _sam(table).get(first).says("superseded", "play went on")


# -- correcting an opening -------------------------------------------------------------------------


def test_a_corrected_opening_off_the_last_closing_is_a_managers(live: AtTable) -> None:
    """SNAP-1, SESS-5: it is a second count already; badge, PIN and reason are given there."""
    casino, sam = live.casino, _sam(live)
    live.close("20 black")
    live.open()
    live.count("OPENING", "20 black")
    path, why = f"{live.path}/do/correct-opening", {"reason": "a chip fell behind the tray"}
    sam.get(path).says("Pit manager", "if it differs from the last closing", "Last closing $2,000")
    page = sam.fill_in(path, why, tray="19 black", signed=[casino.dana])
    assert page.says("a pit manager must sign it", "It differs by $100.").status == 409
    page = sam.fill_in(path, why, tray="19 black", signed=[casino.dana, casino.pat])
    page.says("The corrected opening count is recorded", "a chip fell behind the tray")
    page.says("The opening count is not what the last closing left in the tray.")


def test_a_corrected_opening_that_agrees_needs_no_manager(live: AtTable) -> None:
    live.close("20 black")
    live.open()
    live.count("OPENING", "20 black")
    page = _sam(live).fill_in(
        f"{live.path}/do/correct-opening",
        {"reason": "written down twice"},
        tray="20 black",
        signed=[live.casino.dana],
    )
    page.says("The corrected opening count is recorded", "superseded")


# -- slips -----------------------------------------------------------------------------------------


def test_a_slip_goes_into_the_box_that_is_named() -> None:
    """SLIP-13: the one on the table unless said otherwise, also one that was taken off since."""
    table = a_table(found())
    table.open_table(at="06:05")
    casino, first = table.casino, table.table["mounted_box"]
    fill = table.issue(table.ask_fill("10 black", at="07:00"), at="07:01")
    table.verify_fill(fill, at="07:02", deposit=False)
    path = f"{table.path}/do/deposit/{fill['id']}"
    _sam(table).get(path).says(f"{first}, on the table")
    table.drop(at="07:30", kind="UNSCHEDULED")
    second = table.casino.sam.get(f"/tables/{table.id}").must(200)["mounted_box"]
    _sam(table).get(path).says(f"{second}, on the table", f"{first}, taken off since")
    hands = [casino.dana, casino.rory]
    page = _sam(table).fill_in(path, {"box": first}, signed=hands, at=f"{ON}T07:45")
    assert page.says("That box is not the one mounted on the table.").status == 409
    assert page.form.values["box"] == first
    page = _sam(table).fill_in(path, {"box": first}, signed=hands, at=f"{ON}T07:10")
    page.says("The slip is in the drop box", f"box {first}")


def test_a_runner_is_relieved_by_name(live: AtTable) -> None:
    """SIGN-2: both runners sign, and the relief brings the chips to the table."""
    casino, fill = live.casino, live.issue(live.ask_fill("10 black"))
    path = f"{live.path}/do/relieve-runner/{fill['id']}"
    page = _sam(live).fill_in(path, signed=[casino.rory, casino.rae])
    page.says("The runner is relieved", "Runner relieved · F-")
    verify = f"{live.path}/do/verify-fill/{fill['id']}"
    hands = [casino.dana, casino.rae]
    _sam(live).fill_in(verify, tray="10 black", signed=hands).says("The fill is verified")


def test_a_credit_is_voided_and_replaced_by_name(live: AtTable) -> None:
    """SLIP-3: the third way out; void and replacement name each other."""
    casino = live.casino
    credit = live.pick_up(live.ask_credit("5 black"))
    browser, path = browser_of(casino.casey), f"{live.path}/do/void-slip/{credit['id']}"
    browser.get(path).says_not("Replaced by")
    instead = live.ask_credit("4 black")
    live.ask_fill("4 black")
    named = f"Credit {instead['request_number']}"
    page = browser.get(path).says("Replaced by", "No other slip", named)
    choices = page.html.partition('name="replaced_by"')[2].partition("</select>")[0]
    assert (named in choices, "Fill" in choices) == (True, False)
    typed = {"reason": "one chip short", "replaced_by": instead["id"]}
    page = browser.fill_in(
        path,
        {**typed, "sign:0:role": "SUPERVISOR"},
        tray="4 black",
        field="counted_back",
        signed=[casino.sue],
    )
    page.says("The slip is voided", f"Replaced by {named}", f"Replaces Credit {credit['number']}")
    assert casino.sam.get(f"/slips/{credit['id']}")["replaced_by"] == instead["id"]


# -- the true time ---------------------------------------------------------------------------------


def test_what_is_entered_later_has_its_own_time(live: AtTable) -> None:
    """TIME-1: by the casino's clock, on a form that is closed until somebody asks for it."""
    casino, table = live.casino, a_table(live.casino)
    table.open_table(at="06:05")
    path = f"{table.path}/do/interim-count"
    assert "data-when >" in _sam(table).get(path).html, "closed, and now unless said otherwise"
    page = _sam(table).fill_in(path, tray=TRAY, signed=[casino.dana], at=f"{ON}T06:45:10")
    page.says("Interim count $3,200.00 06:45")
    counts = casino.sam.get(f"{table.path}/snapshots").must(200)["items"]
    assert counts[-1]["occurred_at"] == at("06:45:10")


def test_a_time_that_cannot_be_is_refused_beside_the_time() -> None:
    """TIME-1: with the bound by the casino's clock; what was typed is kept and stays open."""
    table = a_table(found())
    casino = table.casino
    table.open_table(at="06:05")
    early, sam = f"{ON}T06:04", _sam(table)
    count = f"{table.path}/do/interim-count"
    page = sam.fill_in(count, tray=TRAY, signed=[casino.dana], at=early)
    page.says("It cannot have happened at that time.")
    page.says("It cannot be before the opener, 2 Mar 06:05:00.")
    assert (page.status, page.form.values["occurred_at"]) == (422, early)
    assert "data-when open" in page.html
    fill = table.issue(table.ask_fill("10 black", at="06:05"), at="06:05")
    verify = f"{table.path}/do/verify-fill/{fill['id']}"
    hands = [casino.dana, casino.rory]
    page = sam.fill_in(verify, tray="10 black", signed=hands, at=f"{ON}T06:05")
    page.says("It cannot be before the opener, 2 Mar 06:05:01.")
    table.verify_fill(fill, at="06:10")
    drop = table.drop(at="06:20")
    custody = f"{table.path}/do/hand-over-box/{drop['id']}"
    dora = browser_of(casino.dora)
    tina = {"sign:0:role": "COUNT_TEAM"}
    page = dora.fill_in(custody, tina, signed=[casino.tina], at=f"{ON}T06:19")
    assert page.says("It cannot be before").status == 422
    dora.fill_in(custody, tina, signed=[casino.tina], at=f"{ON}T06:25").says("Arrived")


def test_a_removal_is_told_later_at_its_own_time() -> None:
    table = a_table(found())
    table.open_table(at="06:05")
    told = {"operator": "Sol", "notified_at": f"{ON}T07:00"}
    dora, path = browser_of(table.casino.dora), f"{table.path}/do/remove-box"
    page = dora.fill_in(path, told, signed=[table.casino.dex], at=f"{ON}T06:00")
    assert page.says("It cannot be before").status == 422
    dora.fill_in(path, told, signed=[table.casino.dex], at=f"{ON}T07:05").says("removed")
    drop = table.casino.sam.all_of("/drops", session_id=table.session_id)[0]
    assert drop["removed_at"] == at("07:05")


def test_a_real_casino_knows_no_tomorrow() -> None:
    """TIME-1: more than two minutes ahead of the clock is refused, beside the time."""
    table = a_table(found(simulated=False))
    address = f"/tables/{table.id}"
    values = {**_sam(table).get(address).form.values, "occurred_at": "2099-01-01T00:00"}
    page = _sam(table).send(address, values)
    assert page.says("It cannot be after now").status == 422


def test_a_time_the_clock_showed_twice_is_asked_about() -> None:
    """TIME-2: on the night the clocks go back somebody says which of the two it was."""
    table = a_table(found())
    casino = table.casino
    night = "2026-11-01"
    sam, address = _sam(table), f"/tables/{table.id}"
    values = {**sam.get(address).form.values, "shift_id": "", "open": "yes"}
    typed = {**values, "occurred_at": f"{night}T01:30"}
    page = sam.send(address, typed)
    page.says("The clock was set back and showed that time twice", "01:30 EDT", "01:30 EST")
    opened = sam.send(address, {**page.form.values, "open": "yes", "occurred_at:which": "1"})
    opened.says("Opening count required", "01:30 Table opened")
    session = casino.sam.all_of("/sessions", table_id=table.id)[0]
    table.session_id = session["id"]
    casino.sam.post(
        f"{table.path}/snapshots",
        {"kind": "OPENING", "chipset": chips(TRAY)},
        at=f"{night}T06:29:59Z",
        signed=[casino.dana, casino.pat],
    ).must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


# -- by keyboard -----------------------------------------------------------------------------------


def _focused(page: Page) -> str:
    """The name of what the page puts the cursor into, or its id, or what it says."""
    tags = [tag for tag in re.findall(r"<[^>]*>", page.html) if " autofocus" in tag]
    assert len(tags) == 1, tags
    found = re.search(r' (?:name|id)="([^"]*)"', tags[0])
    return found.group(1) if found else tags[0].partition(" ")[0]


def test_the_cursor_stands_where_something_is_to_be_typed(live: AtTable) -> None:
    """Everything works by keyboard: a form begins at its first field, or at what was refused."""
    casino, sam = live.casino, _sam(live)
    path = f"{live.path}/do/interim-count"
    form = sam.get(path)
    assert _focused(form) == "chipset:500000" or _focused(form).startswith("chip-chipset:")
    wrong_chip = sam.fill_in(path, {"chipset:2500": "x"}, tray=TRAY, signed=[casino.dana])
    assert _focused(wrong_chip).endswith("chipset:2500")
    assert _focused(sam.fill_in(path, tray=TRAY)) == "sign:0:badge"
    page = sam.fill_in(path, {"sign:0:badge": "1007", "sign:0:pin": "000000"}, tray=TRAY)
    assert _focused(page) == "sign:0:pin"
    assert page.words.index("Signatures") < page.words.index("Badge or PIN is not right.")
    early = sam.fill_in(path, tray=TRAY, signed=[casino.dana], at="2001-01-01T00:00")
    assert _focused(early) == "occurred_at"
    said = sam.fill_in(path, tray=TRAY, signed=[casino.dana])
    assert "said-done" in said.html.partition(" autofocus")[0].rpartition("<")[2]
    assert _focused(sam.get(f"{live.path}/do/begin-closing")) == "<button"
    live.closing()
    assert _focused(sam.fill_in(f"{live.path}/do/close")) == "refusal"
