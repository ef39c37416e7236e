"""The session page from READY_TO_OPEN to FINALIZED, pressed as people press it."""

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import found
from tests.web.browser import browser_of


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
    casino = found()
    table = a_table(casino)
    sam, casey, dora, tina, ana, pat = (
        browser_of(casino.person(name)) for name in ("sam", "casey", "dora", "tina", "ana", "pat")
    )
    page = sam.get(f"/tables/{table.id}").says("New session")
    opened = sam.send(f"/tables/{table.id}", {**page.form.values, "open": "yes"})
    opened.says("The table is open. Record the opening count.", "Opening count required")
    table.session_id = casino.sam.all_of("/sessions", table_id=table.id)[0]["id"]
    at = f"{table.path}/do"
    sam.fill_in(
        f"{at}/opening-count", tray=TRAY, signed=[casino.dana, casino.pat], at="2026-03-02T06:30"
    ).says("The opening count is recorded", "In play")

    sam.fill_in(f"{at}/request-fill", tray="20 black", at="2026-03-02T07:00").says("Fill requested")
    fill = casino.sam.all_of("/slips", session_id=table.session_id)[0]["id"]
    casey.fill_in(f"{at}/issue/{fill}", signed=[casino.rory], at="2026-03-02T07:05").says(
        "The fill is issued", "F-2026-000001"
    )
    sam.fill_in(
        f"{at}/verify-fill/{fill}",
        {"deposit": "yes"},
        tray="20 black",
        signed=[casino.dana, casino.rory],
        at="2026-03-02T07:10",
    ).says("The fill is verified", "In the drop box", "Fills subtracted $2,000.00")

    sam.fill_in(f"{at}/request-credit", tray="20 green", at="2026-03-02T08:00")
    credit = next(
        each["id"]
        for each in casino.sam.all_of("/slips", session_id=table.session_id)
        if each["kind"] == "CREDIT"
    )
    sam.fill_in(
        f"{at}/pick-up/{credit}", signed=[casino.dana, casino.rory], at="2026-03-02T08:05"
    ).says("The credit is picked up")
    casey.fill_in(
        f"{at}/verify-credit/{credit}", tray="20 green", signed=[casino.rory], at="2026-03-02T08:10"
    ).says("The credit is verified", "Credits added $500.00")
    sam.fill_in(
        f"{at}/deposit/{credit}", signed=[casino.dana, casino.rory], at="2026-03-02T08:15"
    ).says("The slip is in the drop box")

    sam.fill_in(f"{at}/interim-count", tray=TRAY, signed=[casino.dana], at="2026-03-02T10:00")
    sam.fill_in(f"{at}/begin-closing", at="2026-03-02T13:50").says("Closing count required")
    sam.fill_in(f"{at}/closing-count", tray=TRAY, signed=[casino.dana], at="2026-03-02T13:55").says(
        "The closing count is recorded", "Close session"
    )
    sam.fill_in(f"{at}/close", at="2026-03-02T14:00").says("The session is closed", "Pending count")

    dora.fill_in(
        f"{at}/remove-box",
        {"operator": "Sol", "notified_at": "2026-03-02T14:01"},
        signed=[casino.dex],
        at="2026-03-02T14:05",
    ).says("The box is removed")
    drop = casino.tina.all_of("/drops", session_id=table.session_id)[0]["id"]
    dora.fill_in(f"{at}/hand-over-box/{drop}", signed=[casino.tina], at="2026-03-02T14:30").says(
        "Arrived at the count room"
    )
    tina.fill_in(
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
        at="2026-03-02T15:00",
    ).says("The count is posted", "Drop $6,012.50", "Table Win/Loss $4,512.50")

    pat.fill_in(f"{at}/review").says("The result is reviewed")
    ana.fill_in(f"{at}/reconcile").says("The result is reconciled", "Reconciled")
    final = ana.fill_in(f"{at}/finalize")
    final.says("The result is final", "final, revision 1", "hold 75.05 %", "Finalized")
    assert table.rundown()["table_win_cents"] == 451_250
