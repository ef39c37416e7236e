"""The session page from READY_TO_OPEN to FINALIZED, pressed as people press it."""

import re

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import found
from tests.web.browser import Browser, browser_of

DAY = "2026-03-02"


def test_a_live_session_has_no_result(live: AtTable) -> None:
    """What is not counted reads N/A, never $0 (LESSON-1, LESSON-2, RUN-2)."""
    page = browser_of(live.casino.sam).get(live.path)
    assert page.status == 200
    page.says("Session Rundown", "Table Win/Loss N/A", "In play", "Target need not configured")
    page.says(
        "Opening $3,200.00", "Closing N/A Not counted yet", "Drop N/A The box is on the table"
    )
    page.says("Variance from Par N/A")


def test_a_whole_session_by_its_forms() -> None:
    """Every step of a session's life has a form that reaches it (LESSON-21)."""
    table = a_table(found())
    _opened(table)
    _filled(table)
    _credited(table)
    _closed(table)
    _dropped_and_counted(table)
    who = {name: browser_of(table.casino.person(name)) for name in ("pat", "ana")}
    at = f"{table.path}/do"
    who["pat"].fill_in(f"{at}/review").says("The result is reviewed")
    who["ana"].fill_in(f"{at}/reconcile").says("The result is reconciled", "Reconciled")
    final = who["ana"].fill_in(f"{at}/finalize")
    final.says("The result is final", "final, revision 1", "hold 75.05 %", "Finalized")
    assert table.rundown()["table_win_cents"] == 451_250


def _sam(table: AtTable) -> Browser:
    return browser_of(table.casino.sam)


def _opened(table: AtTable) -> None:
    casino, sam = table.casino, _sam(table)
    page = sam.get(f"/tables/{table.id}").says("New session")
    opened = sam.send(f"/tables/{table.id}", {**page.form.values, "open": "yes"})
    opened.says("The table is open. Record the opening count.", "Opening count required")
    table.session_id = casino.sam.all_of("/sessions", table_id=table.id)[0]["id"]
    sam.fill_in(
        f"{table.path}/do/opening-count",
        tray=TRAY,
        signed=[casino.dana, casino.pat],
        at=f"{DAY}T06:30",
    ).says("The opening count is recorded", "In play")


def _slip(table: AtTable, kind: str) -> str:
    slips = table.casino.sam.all_of("/slips", session_id=table.session_id)
    return next(str(each["id"]) for each in slips if each["kind"] == kind)


def _filled(table: AtTable) -> None:
    casino, sam, at = table.casino, _sam(table), f"{table.path}/do"
    sam.fill_in(f"{at}/request-fill", tray="20 black", at=f"{DAY}T07:00").says("Fill requested")
    fill = _slip(table, "FILL")
    browser_of(casino.casey).fill_in(
        f"{at}/issue/{fill}", signed=[casino.rory], at=f"{DAY}T07:05"
    ).says("The fill is issued", "F-2026-000001")
    sam.fill_in(
        f"{at}/verify-fill/{fill}",
        {"deposit": "yes"},
        tray="20 black",
        signed=[casino.dana, casino.rory],
        at=f"{DAY}T07:10",
    ).says("The fill is verified", "In the drop box", "Fills subtracted $2,000.00")


def _credited(table: AtTable) -> None:
    casino, sam, at = table.casino, _sam(table), f"{table.path}/do"
    sam.fill_in(f"{at}/request-credit", tray="20 green", at=f"{DAY}T08:00")
    credit, hands = _slip(table, "CREDIT"), [casino.dana, casino.rory]
    sam.fill_in(f"{at}/pick-up/{credit}", signed=hands, at=f"{DAY}T08:05").says(
        "The credit is picked up"
    )
    browser_of(casino.casey).fill_in(
        f"{at}/verify-credit/{credit}",
        tray="20 green",
        signed=[casino.rory],
        at=f"{DAY}T08:10",
    ).says("The credit is verified", "Credits added $500.00")
    sam.fill_in(f"{at}/deposit/{credit}", signed=hands, at=f"{DAY}T08:15").says(
        "The slip is in the drop box"
    )


def _closed(table: AtTable) -> None:
    sam, dana, at = _sam(table), table.casino.dana, f"{table.path}/do"
    sam.fill_in(f"{at}/interim-count", tray=TRAY, signed=[dana], at=f"{DAY}T10:00")
    sam.fill_in(f"{at}/begin-closing", at=f"{DAY}T13:50").says("Closing count required")
    sam.fill_in(f"{at}/closing-count", tray=TRAY, signed=[dana], at=f"{DAY}T13:55").says(
        "The closing count is recorded", "Close session"
    )
    sam.fill_in(f"{at}/close", at=f"{DAY}T14:00").says("The session is closed", "Pending count")


def _dropped_and_counted(table: AtTable) -> None:
    casino, at = table.casino, f"{table.path}/do"
    dora = browser_of(casino.dora)
    dora.fill_in(
        f"{at}/remove-box",
        {"operator": "Sol", "notified_at": f"{DAY}T14:01"},
        signed=[casino.dex],
        at=f"{DAY}T14:05",
    ).says("The box is removed")
    drop = casino.tina.all_of("/drops", session_id=table.session_id)[0]["id"]
    dora.fill_in(
        f"{at}/hand-over-box/{drop}",
        {"sign:0:role": "COUNT_TEAM"},
        signed=[casino.tina],
        at=f"{DAY}T14:30",
    ).says("The hand-over is recorded.", "Arrived at the count room")
    browser_of(casino.tina).fill_in(
        f"{at}/count-box/{drop}",
        {
            "batch_id": "B-1",
            "contents:10000": "60",
            "contents:COIN": "12.50",
            "first_count_cents": "6,012.50",
            "second_count_cents": "6012.50",
            "evidence": "FILL F-2026-000001 2,000.00\nCREDIT C-2026-000001 500.00",
        },
        signed=[casino.tom],
        at=f"{DAY}T15:00",
    ).says("The count is posted", "Drop $6,012.50", "Table Win/Loss $4,512.50")


def test_the_proof_of_a_number_names_document_and_signers(live: AtTable) -> None:
    """Every input with who signed it, when, and the document."""
    fill = live.fill("10 black")
    page = browser_of(live.casino.ana).get(live.path)
    page.says(f"{fill['number']} $1,000.00")
    page.says("Sam Sato (supervisor), Dana Diaz (dealer), Rory Reid (runner)", "verified so far")


def test_the_time_line_is_told_to_all_and_numbered_for_the_auditor(live: AtTable) -> None:
    """Who may read the journal itself sees where it says so."""
    browser_of(live.casino.dana).get(live.path).says("Time line", "Opening count").says_not("entry")
    browser_of(live.casino.art).get(live.path).says("Time line", "Opening count", "· entry ")


def test_a_group_has_one_result_and_its_members_none(live: AtTable) -> None:
    """BOX-6: the members show a tray change, the group the result."""
    live.roll_over()
    live.close()
    live.drop()
    live.custody()
    live.soft_count(400_000)
    page = browser_of(live.casino.ana).get(live.path)
    page.says("Table Win/Loss N/A Shared drop: see the group", "Drop group of 2 sessions")
    page.says("Table Win/Loss of the group: $4,000.00", "Tray change (not a result) $0.00")


def test_the_part_that_refreshes_itself_is_no_page(live: AtTable) -> None:
    browser = browser_of(live.casino.sam)
    browser.fill_in(f"{live.path}/do/request-fill", tray="5 black")
    part = browser.get(f"{live.path}/standing", **{"HX-Request": "true"})
    assert "<html" not in part.html
    part.says("Requested", "Cancel request")


def test_in_play_closing_comes_first_only_towards_the_end_of_the_shift() -> None:
    """04-screens: one primary action, and not the one that is touched by mistake."""
    table = a_table(found())
    table.open_table(at="06:05")
    first = re.compile(r'id="next" href="[^"]*/do/([a-z-]+)"')
    sam = browser_of(table.casino.sam)
    assert first.findall(sam.get(table.path).html) == ["request-fill"]
    table.count("INTERIM", "40 black", at="13:40")
    assert first.findall(sam.get(table.path).html) == ["begin-closing"]
