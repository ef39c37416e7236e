"""The shift page: window win/loss per table, pit and house, with its marks and its proof (BASE)."""

import pytest

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars, moment, worth
from tests.web.browser import Page, browser_of

MORE = f"{TRAY}, 3 black"


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the page shows all of it."""
    return found()


def looked_at(casino: Casino, query: str = "", name: str = "pat") -> Page:
    page = browser_of(casino.person(name)).get(f"/shift{query}")
    assert page.status == 200, page.words
    return page


def finished(casino: Casino) -> AtTable:
    """Up $300 before the drop, with $500 in the box."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.close(MORE, at="13:00")
    table.drop(at="13:10")
    table.custody(at="13:20")
    table.soft_count(dollars("500"), at="13:30")
    return table


def test_a_known_result_stands_with_its_proof(casino: Casino) -> None:
    """BASE-6: the five terms, each with where it came from."""
    table = finished(casino)
    page = looked_at(casino)
    page.says("Window win/loss +$800", table.code, "1 table added")
    page.says("Opening $3,200 Opening count", "Closing $3,500 Last count inside the window")
    page.says("Drop $500 Counted in the count room")


def test_an_unknown_is_na_with_its_reason_and_the_next_step(casino: Casino) -> None:
    """LESSON-2, LESSON-9: never $0; a sum says what of it is known."""
    finished(casino)
    table = a_table(casino)
    table.open_table(at="13:40")
    page = looked_at(casino)
    page.says("Window win/loss N/A", "Known so far +$800", "1 table added · 1 unknown")
    page.says("N/A No count since", "Record interim count")
    table.count("INTERIM", MORE, at="13:50")
    page = looked_at(casino)
    page.says("Tray change (not a result) +$300", "N/A Drop not known", "beyond the window")


def test_an_opened_table_without_a_count_asks_for_one(casino: Casino) -> None:
    """BASE-1 E: the words of 04-screens."""
    table = a_table(casino)
    table.open(at="12:00")
    page = looked_at(casino).says("N/A Opening count required", "Record opening count", "1 unknown")
    page.says_not("$0")


def test_a_second_shift_s_opener_is_asked_for_too(casino: Casino) -> None:
    """BASE-1 B, SESS-4: the last shift's closer is no opener of this one."""
    table = finished(casino)
    casino.now = moment("14:10")
    table.open(at="14:10")
    looked_at(casino).says("N/A Opening count required", "Record opening count")


def test_with_nothing_in_play_there_is_no_sum(casino: Casino) -> None:
    """LESSON-2: not $0 either."""
    a_table(casino)
    looked_at(casino).says("Window win/loss N/A", "1 not in play", "Not in play").says_not("$0")


def test_a_bootstrap_a_partial_and_an_estimate_say_so(casino: Casino) -> None:
    """BASE-1, BASE-8, SNAP-6: in the fixed words, one mark each."""
    table = a_table(casino)
    par = {"par_total_cents": worth(TRAY), "effective_from_gaming_day": "2026-03-02"}
    casino.pat.post("/par-policies", {**par, "table_id": table.id}, at=moment("11:30")).must(201)
    table.open_table(at="12:00")
    read = {"total_cents": worth(MORE), "estimated_drop_cents": dollars("900")}
    casino.sam.post(f"{table.path}/observations", read, at=moment("13:00")).must(201)
    looked_at(casino, "?close_on=observation").says("+$1,200 Estimate", "1 of them estimated")
    looked_at(casino, "?close_on=count").says("N/A No count since")


def test_a_past_shift_stays_as_it_was(casino: Casino) -> None:
    """BASE-7: any gaming day and shift, by day and code, or one step back."""
    table = finished(casino)
    casino.now = moment("23:00")
    a_table(casino).open_table(at="23:10")
    now = looked_at(casino)
    now.says("GRAVE", "running")
    past = looked_at(casino, "?gaming_day=2026-03-02&code=DAY")
    past.says("DAY", "Window win/loss +$800", table.code)
    past.says_not("· running")
    for nonsense in ("?gaming_day=2026-02-30", "?shift_id=x", "?gaming_day=0001-01-01"):
        looked_at(casino, nonsense).says("GRAVE")


def test_who_counts_blind_sees_no_count_here() -> None:
    """SNAP-4."""
    casino = found()
    casino.ada.patch("/casino", {"settings": {"blind_counts": True}}, at=casino.tick()).must(200)
    table = a_table(casino)
    table.open_table(at="12:00")
    table.count("INTERIM", TRAY, at="12:30")
    looked_at(casino, name="sam").says_not("$3,200")
    looked_at(casino, name="ana").says("Closing $3,200")


@pytest.mark.parametrize("name", ["dana", "casey", "dora", "tina"])
def test_it_is_not_for_everybody(casino: Casino, name: str) -> None:
    """04-screens: managers', supervisors', accounting's and auditors'."""
    page = browser_of(casino.person(name)).get("/shift")
    assert page.status == 403


def test_a_target_that_stands_for_a_tray_is_said_to(casino: Casino) -> None:
    """BASE-1 C, PAR-9: the words of 04-screens; the amount is marked as a target."""
    table = a_table(casino)
    row = {
        "table_id": table.id,
        "par_total_cents": dollars("5,000"),
        "effective_from_gaming_day": "2026-03-02",
    }
    casino.pat.post("/par-policies", row, at=casino.tick()).must(201)
    table.open(at="12:00")
    page = looked_at(casino)
    page.says("Bootstrapped from par target (first shift)", "○ $5,000")
    looked_at(casino, "?baseline=exclude_bootstrapped").says_not("Bootstrapped from par target")


def test_a_window_from_its_first_count_on_is_said_to_be_partial(casino: Casino) -> None:
    """BASE-1 D: the words of 04-screens; what was never counted before it enters no sum."""
    table = a_table(casino)
    table.open(at="12:00")
    table.force_close(at="12:20")
    table.drop(at="12:25")
    table.custody(at="12:26")
    table.soft_count(0, at="12:30")
    table.open_table(at="12:40")
    table.close(MORE, at="13:00")
    table.drop(at="13:10")
    table.custody(at="13:20")
    table.soft_count(dollars("500"), at="13:30")
    page = looked_at(casino)
    page.says("+$800 Partial window (baseline mid-shift)", "1 partial, not added")
