"""The words on screen that are fixed: exactly so, each seen on the page where people read it."""

import pytest

from tablebank.web import words
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import Browser, browser_of

STATUSES = {
    "READY_TO_OPEN": "Ready to open",
    "OPENING": "Opening count",
    "OPEN": "In play",
    "DROP_SCHEDULED": "Drop scheduled",
    "DROPPED": "Box removed",
    "COUNTED": "Counted",
    "CLOSING": "Rundown",
    "CLOSED": "Closed",
    "RECONCILED": "Reconciled",
    "FINALIZED": "Final",
}


@pytest.mark.parametrize(("code", "said"), STATUSES.items())
def test_a_sessions_status_has_its_one_name(code: str, said: str) -> None:
    assert words.said(words.STATUS, code) == said


def test_a_tables_own_words_are_never_a_sessions() -> None:
    """Available, Idle, Decommissioned: the table's three, and no session's."""
    said = {code: words.said(words.TABLE, code) for code in ("active", "inactive", "closed")}
    assert said == {"active": "Available", "inactive": "Idle", "closed": "Decommissioned"}
    assert not set(said.values()) & set(STATUSES.values())


def test_the_bank_mode_is_chosen_in_these_words(casino: Casino) -> None:
    """CLOSE-1: the setting, its meaning, and the two models as people read them."""
    ada = browser_of(casino.ada)
    ada.get("/settings/bank-mode").says("Table Bank Mode", "How tables are closed at end of shift")
    page = ada.get("/settings/do/bank-mode").says("Table Bank Mode")
    page.says("Inventory Count", "Count and record tray as-is at shift close (default)")
    page.says("Imprest to Par", "Restore tray to par via final fill/credit before close")


def test_a_mode_has_its_badge(table: AtTable) -> None:
    browser_of(table.casino.sam).get(f"/floor?find={table.code}").says("Inventory")
    imprest = a_table(found(mode="IMPREST_TO_PAR"))
    browser_of(imprest.casino.sam).get("/floor").says("Imprest")


def test_par_is_a_target_and_says_so(table: AtTable) -> None:
    """Targets and facts never look alike; without one the way to set it stands beside (PAR-6)."""
    table.open_table()
    page = browser_of(table.casino.sam).get(table.path)
    page.says("Target need (par)", "Target need not configured")
    assert (
        "Inventory Count mode: target used to reduce fill pressure; closing inventory may vary."
        in page.html
    )
    browser_of(table.casino.pat).get(table.path).says("Set target need")
    casino = found(mode="IMPREST_TO_PAR")
    imprest = a_table(casino)
    imprest.open_table()
    page = browser_of(casino.sam).get(imprest.path)
    assert "Operational target bankroll for this table" in page.html


def test_the_rundown_names_its_terms(live: AtTable) -> None:
    """RUN-1: fills are shown as subtracted, credits as added."""
    live.fill("10 black")
    live.credit("20 green")
    page = browser_of(live.casino.sam).get(live.path)
    page.says("Session Rundown", "Table Win/Loss", "Variance from Par")
    for sign, name in (("−", "Opening"), ("+", "Closing"), ("−", "Fills"), ("+", "Credits")):
        page.says(f"{sign} {name}")
    page.says("+ Drop")


def test_an_unknown_result_is_na_with_the_next_step(table: AtTable) -> None:
    """LESSON-2, RUN-2: never "$0"; the reason, and what mends it."""
    table.open()
    page = browser_of(table.casino.sam).get(table.path)
    page.says("N/A", "Opening count required → Record opening count")
    table.count("OPENING", "20 black")
    table.close("20 black")
    page = browser_of(table.casino.sam).get(table.path)
    page.says("Tray change (not a result)")
    table.drop()
    browser_of(table.casino.sam).get(table.path).says("Pending count")


def test_a_closing_off_par_says_what_to_consider() -> None:
    """CLOSE-1: both amounts, and the way to mend it."""
    casino = found(mode="IMPREST_TO_PAR")
    table = a_table(casino)
    policy = {
        "table_id": table.id,
        "par_total_cents": dollars("3,000"),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", policy, at=casino.now).must(201)
    table.open_table("20 black, 40 green")
    table.closing()
    table.count("CLOSING", "18 black")
    sam = browser_of(casino.sam)
    refused = sam.fill_in(f"{table.path}/do/close")
    refused.says(
        "Closing inventory ($1,800) does not match par ($3,000). "
        "Consider a final fill/credit to restore to par."
    )


def test_rows_say_what_they_are_held_against(live: AtTable) -> None:
    """SESS-5: an opener "difference from closer", every other count "change since last count"."""
    sam: Browser = browser_of(live.casino.sam)
    sam.get(f"{live.path}/do/interim-count").says("change since last count")
    live.close()
    live.open()
    sam.get(f"{live.path}/do/opening-count").says("difference from closer")
