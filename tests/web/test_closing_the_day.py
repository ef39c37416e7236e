"""The gaming day's page: what is not ready and why, and closing it, asked once (DAY-1)."""

from datetime import timedelta

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import DAY, dollars, moment
from tests.tampering import unguarded
from tests.web.browser import Browser, browser_of

PATH = f"/day/{DAY}"


def _played(casino: Casino) -> AtTable:
    table = a_table(casino)
    table.open_table()
    table.fill("5 black")
    table.close()
    return table


@pytest.fixture
def casino() -> Casino:
    """One table that is reconciled, one that waits for its count; it is the next morning."""
    casino = found()
    done = _played(casino)
    done.drop()
    done.custody()
    done.soft_count(dollars("500"))
    done.reconcile()
    _played(casino)
    casino.now = moment("08:00", day=DAY + timedelta(days=1))
    later = a_table(casino)
    later.open_table()
    return casino


@pytest.fixture
def ana(casino: Casino) -> Browser:
    return browser_of(casino.ana)


def test_the_page_says_what_is_not_ready_and_why(ana: Browser) -> None:
    """DAY-1, FIL-06, INV-12: without a day named it is the last that is over."""
    page = ana.get("/day").says("Not closed yet", "Not ready 1", "Ready to be final 1")
    page.says("The drop is not counted yet.", "Number accountability", "Fill slips")
    page.says("F-2026-000001 – F-2026-000002", "No number is missing", "1 link holds")
    page.says("Close the gaming day")


def test_closing_is_asked_once_and_then_signed(ana: Browser) -> None:
    """04: what becomes final is named before; afterwards who, when, hash and the paper."""
    ana.get(f"{PATH}/close").says("This becomes final 1", "This is signed")
    done = ana.fill_in(f"{PATH}/close", {})
    done.says("The gaming day is closed. What is not ready is listed below.", "Ana Adler")
    done.says("Revision 1", "sha256", "Final 1", "Ready to be final 0")
    done.says_not("Close the gaming day")
    paper = ana.get(f"{PATH}/paper").says(
        "Gaming day closed", "Final results", "As of journal entry"
    )
    paper.says("N/A", "Known so far", "Not ready")


def test_a_closed_day_is_amended_with_a_reason(casino: Casino, ana: Browser) -> None:
    """DAY-1: what came since is said; without a reason the form stays with its refusal."""
    ana.fill_in(f"{PATH}/close", {})
    waits = next(
        each["id"]
        for each in casino.ana.all_of("/sessions", gaming_day=str(DAY))
        if each["status"] == "CLOSED"
    )
    table_id = casino.ana.get(f"/sessions/{waits}").must(200)["table_id"]
    table = AtTable(
        casino=casino, table=casino.sam.get(f"/tables/{table_id}").must(200), session_id=waits
    )
    table.drop()
    table.custody()
    table.soft_count(dollars("300"))
    table.reconcile()
    ana.get(PATH).says("Something came since", "Amend the gaming day")
    again = f"{PATH}/close"
    refused = ana.fill_in(again, {"reason": " "})
    assert refused.status == 409
    refused.says("The gaming day is closed: it changes by amendment only.")
    ana.fill_in(again, {"reason": "counted late"}).says("Revision 2", "“counted late”")


def test_a_day_that_moves_or_misses_a_number_says_so(casino: Casino, ana: Browser) -> None:
    """FIND-1, FIL-06: in place of the button stands what is in the way."""
    today = ana.get(f"/day/{DAY + timedelta(days=1)}").says("The gaming day is not over yet.")
    today.says("1 table is still in play.").says_not("Close the gaming day")
    with unguarded(casino, "slip") as owner:
        owner.execute("update slip set number = null where number = 'F-2026-000002'")
    page = ana.get(PATH).says("Missing or on two forms: F-2026-000002.", "Missing: F-2026-000002")
    page.says_not("Close the gaming day")
    refused = ana.fill_in(f"{PATH}/close", {})
    assert refused.status == 409
    refused.says("Numbers of forms are missing or stand twice")


def test_only_accounting_closes(casino: Casino, ana: Browser) -> None:
    """SIGN-3: a pit manager reads the day; who serves the tables does not find the page."""
    pat = browser_of(casino.pat)
    pat.get(PATH).says("Accounting closes the gaming day.")
    assert pat.get(f"{PATH}/close").status == 403
    assert pat.get(f"{PATH}/paper").status == 404
    assert browser_of(casino.sam).get(PATH).status == 403
    assert ana.get("/day/2026-02-31").status == 404
