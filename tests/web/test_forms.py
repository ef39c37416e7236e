"""Forms: what was typed is kept, what was signed is not, and each has one effect."""

import pytest

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import browser_of, filled

CLOSER = "10 black"
NOBODY = "00000000-0000-7000-8000-000000000000"


def test_a_refused_form_keeps_what_was_typed_but_no_pin(live: AtTable) -> None:
    """Errors stand with everything typed; a PIN is never shown again (SIGN-4, IDEM-1)."""
    casino = live.casino
    browser = browser_of(casino.sam)
    path = f"{live.path}/do/interim-count"
    values = filled(browser.get(path).form, {"remark": "mid shift"}, tray="12 black, 3 green")
    values |= {"sign:0:badge": casino.dana.badge, "sign:0:pin": "999999"}
    page = browser.send(path, values)
    assert page.says("Badge or PIN is not right.").status == 422
    again = page.form.values
    assert (again["chipset:10000"], again["chipset:2500"]) == ("12", "3")
    assert (again["sign:0:badge"], again["remark"]) == (casino.dana.badge, "mid shift")
    assert again["sign:0:pin"] == ""
    assert "999999" not in page.html
    assert again["key"] == values["key"]
    right = browser.send(path, {**again, "sign:0:pin": casino.dana.pin})
    right.says("The interim count is recorded").says_not(casino.dana.pin)


def test_what_the_state_forbids_is_said_beside_the_form(live: AtTable) -> None:
    """SESS-6: with the slips that stand in the way (SLIP-6, LESSON-25)."""
    fill = live.issue(live.ask_fill("10 black"))
    live.closing()
    live.count("CLOSING", TRAY)
    browser = browser_of(live.casino.sam)
    page = browser.send(f"{live.path}/do/close", browser.get(f"{live.path}/do/close").form.values)
    page.says("Slips are on the way", f"Fill {fill['number']}", "$1,000", "Close session")
    assert page.status == 409
    assert live.session()["phase"] == "CLOSING"


def test_a_form_sent_twice_has_one_effect(live: AtTable) -> None:
    """IDEM-1, LESSON-28: the same key answers as the first time."""
    browser = browser_of(live.casino.sam)
    path = f"{live.path}/do/request-fill"
    values = filled(browser.get(path).form, tray="5 black")
    browser.send(path, values).says("The fill is requested.")
    browser.send(path, values).says("The fill is requested.")
    assert len(live.casino.sam.all_of("/slips", session_id=live.session_id)) == 1


def test_a_used_form_with_other_content_is_refused_however_often(live: AtTable) -> None:
    """IDEM-1: under a fresh key the next tap would do it twice; what was typed stays."""
    browser = browser_of(live.casino.sam)
    path = f"{live.path}/do/request-fill"
    values = filled(browser.get(path).form, tray="5 black")
    browser.send(path, values)
    page = browser.send(path, {**values, "chipset:10000": "6"})
    assert page.says("This form was sent before.").status == 422
    assert page.form.values["chipset:10000"] == "6"
    assert browser.send(path, page.form.values).says("Start empty").status == 422
    assert len(live.casino.sam.all_of("/slips", session_id=live.session_id)) == 1


def test_a_form_without_a_key_does_nothing(live: AtTable) -> None:
    browser = browser_of(live.casino.sam)
    path = f"{live.path}/do/request-fill"
    values = filled(browser.get(path).form, {"key": ""}, tray="5 black")
    assert browser.send(path, values).status == 422
    assert live.casino.sam.all_of("/slips", session_id=live.session_id) == []


def test_a_count_left_blank_is_no_count_and_zeros_are_an_empty_tray(live: AtTable) -> None:
    """Unknown is not zero (LESSON-23, CHIP-4)."""
    casino = live.casino
    browser = browser_of(casino.sam)
    path = f"{live.path}/do/interim-count"
    form = browser.get(path).form
    page = browser.send(path, filled(form, signed=[casino.dana]))
    assert page.says("Enter the pieces of each chip; 0 where there are none.").status == 422
    browser.send(path, filled(form, tray="", signed=[casino.dana])).says("Interim count")
    assert live.session()["expected_tray_cents"] == 0


@pytest.mark.parametrize("typed", ["1.5", "-3", "x", "1e3", "٣", "1 000"])
def test_pieces_are_whole_numbers(live: AtTable, typed: str) -> None:
    """CHIP-2: what cannot be read is marked beside its chip, and nothing is recorded."""
    browser = browser_of(live.casino.sam)
    path = f"{live.path}/do/interim-count"
    values = filled(browser.get(path).form, {"chipset:10000": typed}, signed=[live.casino.dana])
    page = browser.send(path, values)
    assert page.says("A whole number of pieces.").status == 422
    assert page.form.values["chipset:10000"] == typed
    assert len(live.casino.sam.get(f"{live.path}/snapshots").must(200)["items"]) == 1


def test_a_chip_that_no_form_asked_for_is_refused(live: AtTable) -> None:
    browser = browser_of(live.casino.sam)
    path = f"{live.path}/do/request-fill"
    values = filled(browser.get(path).form, {"chipset:777": "1"}, tray="5 black")
    page = browser.send(path, values)
    assert page.says("This chip is not in the casino's list.").status == 422


def test_a_role_that_may_not_is_told_so_and_nothing_is_done(live: AtTable) -> None:
    cashier = browser_of(live.casino.casey)
    path = f"{live.path}/do/begin-closing"
    assert cashier.get(path).says("Your role may not do this.").status == 403
    own = browser_of(live.casino.sam).get(path).form.values
    assert cashier.send(path, own).says("Your role may not do this.").status == 403
    assert live.session()["phase"] == "OPEN"


@pytest.mark.parametrize("name", ["dana", "casey", "rory", "dora", "tina", "sol", "art", "ada"])
def test_nobody_is_offered_what_their_role_may_not(live: AtTable, name: str) -> None:
    page = browser_of(live.casino.person(name)).get(live.path)
    offered = [each for each in page.links.values() if each.startswith(f"{live.path}/do/")]
    allowed = {
        "dana": {"interim-count", "correct-opening", "count-from-paper"},
        "dora": {"schedule-drop", "remove-box", "remove-box-from-paper"},
    }
    allowed["tina"] = {"remove-box", "remove-box-from-paper", "remark"}
    allowed["casey"] = {"remark"}
    allowed["rory"] = {"remove-box", "remove-box-from-paper"}
    assert {each.rpartition("/")[2] for each in offered} == allowed.get(name, set())


def test_another_casinos_session_is_not_there(live: AtTable, next_door: Casino) -> None:
    """TEN-1: page, part, form and sent form answer 404, as for an id nobody has."""
    stranger = browser_of(next_door.sam)
    own = browser_of(live.casino.sam).get(f"{live.path}/do/begin-closing").form.values
    for path in ("", "/standing", "/do/begin-closing"):
        theirs = stranger.get(f"{live.path}{path}")
        nobodys = stranger.get(f"/sessions/{NOBODY}{path}")
        assert (theirs.status, theirs.words) == (404, nobodys.words)
    assert stranger.send(f"{live.path}/do/begin-closing", own).status == 404
    assert live.session()["phase"] == "OPEN"


def test_another_sessions_slip_is_not_on_this_page(live: AtTable) -> None:
    other = a_table(live.casino)
    other.open_table()
    slip = other.ask_fill("5 black")
    assert browser_of(live.casino.casey).get(f"{live.path}/do/issue/{slip['id']}").status == 404
    assert browser_of(live.casino.casey).get(f"{live.path}/do/issue/{NOBODY}").status == 404
    assert browser_of(live.casino.casey).get(f"{live.path}/do/no-such-thing").status == 404


def test_the_initial_bank_asks_for_a_pit_manager(table: AtTable) -> None:
    """PAR-11; a manager who calls leaves dealer and supervisor to others."""
    table.open()
    path = f"{table.path}/do/opening-count"
    browser_of(table.casino.sam).get(path).says("Pit manager", "the table's initial bank")
    form = browser_of(table.casino.pat).get(path).form
    assert [form.values[f"sign:{index}:role"] for index in (0, 1)] == ["DEALER", "SUPERVISOR"]
    page = browser_of(table.casino.sam).fill_in(path, tray=TRAY, signed=[table.casino.dana])
    assert page.says("A signature is missing.", "Still to sign: Pit manager").status == 422
    signed = [table.casino.dana, table.casino.sam]
    browser_of(table.casino.pat).fill_in(path, tray=TRAY, signed=signed).says("In play")


def test_an_opening_that_differs_is_counted_again_and_then_a_managers(live: AtTable) -> None:
    """SESS-5: the first is a trial, the second needs a pit manager and a reason."""
    casino = live.casino
    live.close("20 black")
    live.open()
    browser = browser_of(casino.sam)
    path = f"{live.path}/do/opening-count"
    again = browser.fill_in(path, tray="19 black", signed=[casino.dana])
    again.says("The count differs. Count again.", "Apart by $100.00", "Record opening count")
    assert again.form.values["chipset:10000"] == ""
    page = browser.fill_in(path, tray="19 black", signed=[casino.dana])
    assert page.says("a pit manager must sign it", "It differs by $100").status == 409
    reason = {"reason": "a chip fell behind the tray"}
    browser.fill_in(path, reason, tray="19 black", signed=[casino.dana, casino.pat]).says("In play")
    browser_of(casino.sam).get(live.path).says(
        "A count that differed", "The opening count is not what the last closing left in the tray."
    )


def test_a_fill_counted_wrong_twice_is_disputed_on_the_page(live: AtTable) -> None:
    """SLIP-3."""
    casino = live.casino
    fill = live.issue(live.ask_fill("10 black"))
    browser = browser_of(casino.sam)
    path = f"{live.path}/do/verify-fill/{fill['id']}"
    hands = [casino.dana, casino.rory]
    browser.fill_in(path, tray="9 black", signed=hands).says("Count again.", "$100.00: −1")
    browser.fill_in(path, tray="9 black", signed=hands).says("disputed", "Void slip")
    browser.fill_in(path, tray="10 black", signed=hands).says("The fill is verified")


def test_a_slip_is_voided_by_two_departments(live: AtTable) -> None:
    casino = live.casino
    fill = live.issue(live.ask_fill("10 black"))
    page = browser_of(casino.casey).fill_in(
        f"{live.path}/do/void-slip/{fill['id']}",
        {"reason": "the table went dark", "sign:0:role": "SUPERVISOR"},
        tray="10 black",
        field="counted_back",
        signed=[casino.sue],
    )
    page.says("The slip is voided", "Voided", "the table went dark")


def test_a_request_is_cancelled_with_a_reason(live: AtTable) -> None:
    fill = live.ask_fill("10 black")
    path = f"{live.path}/do/cancel/{fill['id']}"
    browser = browser_of(live.casino.sam)
    assert browser.fill_in(path).says("Reason is missing.").status == 422
    browser.fill_in(path, {"reason": "not needed"}).says("The request is cancelled", "Cancelled")


def test_a_roll_over_leads_to_the_session_it_opened(live: AtTable) -> None:
    """SESS-8: what is on the way goes along and is named."""
    fill = live.issue(live.ask_fill("10 black"))
    page = browser_of(live.casino.sam).fill_in(
        f"{live.path}/do/roll-over",
        {"sign:0:role": "SUPERVISOR"},
        tray=TRAY,
        signed=[live.casino.sue],
    )
    page.says("the next one is open", f"Fill {fill['number']} goes along.", "session 1", "SWING")
    assert live.session()["phase"] == "CLOSED"


def test_a_forced_close_asks_why_and_leaves_the_result_unknown(live: AtTable) -> None:
    """CLOSE-2, LESSON-1."""
    path = f"{live.path}/do/force-close"
    assert browser_of(live.casino.sam).get(path).status == 403
    browser = browser_of(live.casino.pat)
    assert browser.fill_in(path).says("Reason is missing.").status == 422
    page = browser.fill_in(path, {"reason": "fire alarm"})
    page.says("closed by force", "Table Win/Loss N/A Closing count missing", "fire alarm")


def test_an_exception_is_resolved_in_words_by_somebody_not_involved(live: AtTable) -> None:
    """FIND-3."""
    live.force_close()
    finding = live.casino.ana.all_of("/exceptions", session_id=live.session_id)[0]
    path = f"{live.path}/do/resolve/{finding['id']}"
    typed = {"reason_code": "AUTHORIZED", "narrative": "the house was cleared"}
    involved = browser_of(live.casino.pat).fill_in(path, typed)
    assert involved.says("You signed one of the facts in question.").status == 422
    page = browser_of(live.casino.ana).fill_in(path, typed)
    page.says("The exception is resolved", "Resolved", "Authorized: the house was cleared")


def test_an_imprest_table_off_par_says_what_to_do() -> None:
    """CLOSE-1: the words of the screen, the way out, and what a manager may pass."""
    casino = found(mode="IMPREST_TO_PAR")
    table = a_table(casino)
    par = {
        "table_id": table.id,
        "par_total_cents": dollars("3,200"),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", par, at=casino.now).must(201)
    table.open_table()
    browser = browser_of(casino.sam)
    at = f"{table.path}/do"
    browser.get(table.path).says("Imprest", "○ $3,200")
    browser.fill_in(f"{at}/begin-closing").says("Request fill", "Attest restored to par")
    browser.fill_in(f"{at}/closing-count", tray="31 black", signed=[casino.dana]).says(
        "Variance from Par −$100.00"
    )
    page = browser.fill_in(f"{at}/close")
    assert page.status == 409
    page.says(
        "Closing inventory ($3,100) does not match par ($3,200). "
        "Consider a final fill/credit to restore to par."
    )
    browser.fill_in(f"{at}/request-fill", tray="1 black").says("final adjustment")
    fill = casino.sam.all_of("/slips", session_id=table.session_id)[0]
    table.verify_fill(table.issue(fill))
    browser.get(table.path).says("Chips moved after this count: count again")
    browser.fill_in(f"{at}/closing-count", tray="32 black", signed=[casino.dana])
    browser.fill_in(f"{at}/close").says("The session is closed", "Variance from Par $0.00")


def test_par_may_be_attested_as_the_first_opening_of_an_imprest_table() -> None:
    """SNAP-2: shown as attested, never taken for a count."""
    casino = found(mode="IMPREST_TO_PAR")
    table = a_table(casino)
    par = {
        "table_id": table.id,
        "par_total_cents": dollars("3,200"),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", par, at=casino.now).must(201)
    table.open()
    page = browser_of(casino.sam).fill_in(
        f"{table.path}/do/opening-count", {"attested": "yes"}, signed=[casino.dana, casino.pat]
    )
    page.says("In play", "Opening $3,200.00 par attested, not counted")


def test_a_drop_is_scheduled_and_a_time_is_the_casinos_own(live: AtTable) -> None:
    page = browser_of(live.casino.sam).fill_in(
        f"{live.path}/do/schedule-drop",
        {"window_start": "2026-03-02T13:30", "window_end": "2026-03-02T14:00"},
    )
    page.says("The drop is scheduled", "Drop scheduled")


def test_what_people_write_is_shown_as_text(live: AtTable) -> None:
    """S9: nothing typed becomes part of the page."""
    said = "<script>alert('x')</script>"
    page = browser_of(live.casino.pat).fill_in(f"{live.path}/do/force-close", {"reason": said})
    assert said not in page.html
    assert "&lt;script&gt;" in page.html
