"""Each role's work by keyboard alone, the focus always to be seen (WCAG 2.1.1, 2.4.7, 2.4.11)."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.browser.by_keyboard import Keys
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow

EMPTY = (0, 0, 0)
"""Of the chips above $100 there are none."""


@pytest.fixture
def keys(person: AtWork) -> Callable[[str, str], Keys]:
    """`keys("sam", "/floor")`: the keyboard before that page."""
    return lambda who, path: Keys(someone=person(who).open(path))


def test_a_supervisor_finds_a_table_and_asks_for_a_fill(
    keys: Callable[[str, str], Keys], live: TableNow
) -> None:
    """`/`, the code, Enter: at the table in two seconds; then down the sheet."""
    sam = keys("sam", "/floor")
    sam.press("/").type(live.code)
    sam.someone.sees("1 of")
    sam.press("Enter")
    sam.someone.sees("Session Rundown", live.code)
    sam.open("Request fill").count(*EMPTY, 20, 0, 0, 0).send()
    sam.someone.sees("The fill is requested.")
    slips = live.casino.sam.all_of("/slips", session_id=live.session_id)
    assert [slip["total_cents"] for slip in slips] == [200_000]


def test_a_supervisor_opens_a_table(keys: Callable[[str, str], Keys], table: TableNow) -> None:
    casino = table.casino
    sam = keys("sam", f"/tables/{table.id}").open("Open table")
    sam.someone.sees("The table is open.")
    sam.open("Record opening count").count(*EMPTY, 20, 40, 40, 0)
    sam.sign(casino.dana, casino.pat).send()
    sam.someone.sees("The opening count is recorded.", "Opening $3,200.00")


def test_a_supervisor_closes_a_table(keys: Callable[[str, str], Keys], live: TableNow) -> None:
    sam = keys("sam", live.path).open("Begin closing").send()
    sam.someone.sees("Closing has begun.")
    sam.open("Record closing count").count(*EMPTY, 21, 40, 40, 0).sign(live.casino.dana).send()
    sam.someone.sees("The closing count is recorded.")
    sam.open("Close session").send()
    sam.someone.sees("The session is closed.", "Closing $3,300.00")


def test_a_cashier_issues_and_verifies(keys: Callable[[str, str], Keys], live: TableNow) -> None:
    casino = live.casino
    live.ask_fill("20 black")
    casey = keys("casey", "/cage")
    row = casey.someone.page.locator("#list li", has_text=live.code)
    casey.open("Issue fill", within=row).sign(casino.rory).send()
    casey.someone.sees("The fill is issued.")
    live.pick_up(live.ask_credit("40 green"))
    casey.someone.sees("Credits on the way 1")
    casey.open("Verify credit", within=row).count(*EMPTY, 0, 40, 0, 0).sign(casino.rory).send()
    casey.someone.sees("The credit is verified")


def test_a_drop_crew_takes_a_box(keys: Callable[[str, str], Keys], live: TableNow) -> None:
    """The time surveillance was told is typed part by part, as the field takes it."""
    live.close()
    dora = keys("dora", "/drops")
    row = dora.someone.page.locator("#list li", has_text=live.code)
    dora.open("Remove box", within=row).into("Surveillance operator told", "Sol")
    clock = dora.someone.page.locator("#clock").get_attribute("datetime") or ""
    told = datetime.fromisoformat(clock)
    dora.into("Told at", f"{told:%m%d%Y}").press("ArrowRight").type(f"{told:%I%M%S%p}")
    dora.sign(live.casino.dex).send()
    dora.someone.sees("The box is removed.")


def test_a_count_team_enters_a_count(keys: Callable[[str, str], Keys], live: TableNow) -> None:
    live.close()
    live.drop()
    live.custody()
    tina = keys("tina", "/drops")
    tina.open("Enter count", within=tina.someone.page.locator("li", has_text=live.code))
    tina.into("Batch", "B-7").into("$100 notes", "50")
    tina.into("First count", "5000").into("Second count", "5000").sign(live.casino.tom).send()
    tina.someone.sees("The count is posted.")
    assert live.rundown()["table_win_cents"] == 500_000


def test_a_pit_manager_voids_a_session(keys: Callable[[str, str], Keys], table: TableNow) -> None:
    table.open()
    pat = keys("pat", table.path).open("Void session").into("Reason", "the wrong table")
    pat.send()
    pat.someone.sees("The session is voided.")


def test_accounting_resolves_reconciles_and_finalizes(
    keys: Callable[[str, str], Keys], live: TableNow
) -> None:
    live.close()
    live.drop()
    live.custody()
    live.soft_count(500_000, second_count_cents=499_900)
    ana = keys("ana", "/exceptions")
    row = ana.someone.page.locator("#list li", has_text=live.code)
    ana.open("Resolve", within=row).choose("What it was", "Misc").into("In your words", "recounted")
    ana.send()
    ana.someone.sees("The exception is resolved.").open(live.path)
    ana.open("Reconcile").send()
    ana.someone.sees("The result is reconciled.")
    ana.open("Finalize").send()
    ana.someone.sees("The result is final.")


def test_a_manager_brings_a_par_sheet(keys: Callable[[str, str], Keys], table: TableNow) -> None:
    pat = keys("pat", "/settings/targets").open("Import a par sheet")
    pat.into("Or paste its rows", f"Table;Need\n{table.code};7,500").open("Look at it first")
    pat.someone.sees("Target set").sees("○ $7,500")
    pat.open("Import the sheet")
    pat.someone.sees("The par sheet is imported.")


def test_an_administrator_changes_a_tolerance_and_hires(
    keys: Callable[[str, str], Keys], live: TableNow
) -> None:
    """LESSON-20: who may confirm can be made by keyboard too."""
    ada = keys("ada", "/settings/tolerances").open("Change tolerances and limits")
    ada.into("Par tolerance", "25").send()
    ada.someone.sees("Par tolerance", "$25")
    ada.someone.open("/settings/people")
    ada.open("Add a person").into("Badge", f"k{live.code[-3:]}").into("Name", "Kay Keys")
    ada.press("Tab", "Space").send()
    ada.someone.sees("Kay Keys")
