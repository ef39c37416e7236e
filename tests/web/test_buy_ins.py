"""Noting buy-ins on the session page, in a house that takes telemetry (BASE-5)."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import browser_of


@pytest.fixture(scope="module")
def casino(_database_is_real: None) -> Casino:
    return found(settings={"telemetry": True})


@pytest.fixture
def live(casino: Casino) -> AtTable:
    table = a_table(casino)
    table.open_table()
    return table


def noted(table: AtTable) -> list[tuple[int, str | None]]:
    items = table.casino.art.get(f"{table.path}/buy-ins")["items"]
    return [(each["amount_cents"], each["reason"]) for each in items]


def test_a_buy_in_is_noted_and_called_an_estimate(live: AtTable) -> None:
    """BASE-5, LESSON-2: unknown before the first, a marked estimate after it."""
    sam = browser_of(live.casino.sam)
    sam.get(live.path).says("Buy-ins", "Noted so far N/A no buy-in noted", "Note buy-in")
    path = f"{live.path}/do/note-buy-in"
    sam.get(path).says("It enters no result.", "$500", "$5,000")
    page = sam.fill_in(path, {"amount_cents": "$1,500", "kind": "MARKER"})
    page.says("The buy-in is noted.", "Noted so far $1,500 Estimate", "Marker")
    assert noted(live) == [(dollars("1,500"), None)]
    browser_of(live.casino.dana).get(live.path).says("$1,500 Estimate").says_not("Note buy-in")


def test_a_wrong_one_is_corrected_beside_it(live: AtTable) -> None:
    """LESSON-31: the form begins with what was given, asks why, and both stay."""
    asked = {"kind": "CHECK", "amount_cents": dollars("5,000")}
    first = live.casino.sam.post(f"{live.path}/buy-ins", asked, at=live.when(None)).must(201)
    sam = browser_of(live.casino.sam)
    path = f"{live.path}/do/correct-buy-in/{first['id']}"
    assert sam.get(path).form.values["kind"] == "CHECK"
    page = sam.fill_in(path, {"amount_cents": "500", "reason": "a zero too many"})
    page.says("$500 Estimate", "superseded", "a zero too many")
    assert noted(live) == [(dollars("5,000"), None), (dollars("500"), "a zero too many")]
    refused = sam.fill_in(path, {"amount_cents": "600", "reason": "again"})
    assert refused.status == 404 or refused.says("corrected already").status == 409


def test_a_house_that_takes_none_shows_none() -> None:
    """02: off unless switched on; neither panel nor button."""
    table = a_table(found())
    table.open_table()
    browser_of(table.casino.sam).get(table.path).says_not("Buy-ins", "Note buy-in")
