"""Fills and credits between table and cage, with everybody at a page of their own."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow


def at_the_window(casey: Someone, table: TableNow) -> Any:
    """The row of this table's slip in the cage's lists."""
    return casey.page.locator("#list li", has_text=table.code)


def slips_of(table: TableNow) -> list[dict[str, Any]]:
    return table.casino.sam.all_of("/slips", session_id=table.session_id)


def test_a_fill_goes_from_request_to_the_tray(person: AtWork, live: TableNow) -> None:
    """SLIP-1, SLIP-3: Sam asks, Casey issues with Rory's PIN, Dana and Rory sign at the table."""
    casino = live.casino
    sam, casey = person("sam"), person("casey")
    sam.open(live.path).does("Request fill", tray="20 black").sees("The fill is requested.")
    casey.open("/cage").sees("Requests to issue", live.code)
    casey.presses("Issue fill", within=at_the_window(casey, live)).has_sign(casino.rory).sends()
    number = casey.sees("The fill is issued.") and slips_of(live)[0]["number"]
    casey.sees(number)
    sam.sees("Issued, on the way to the table")
    sam.does("Verify fill", tray="20 black", signed=[casino.dana, casino.rory])
    sam.sees("The fill is verified", number)
    assert live.rundown()["fills_total_cents"] == 200_000


def test_a_credit_goes_over_the_cage_into_the_box(person: AtWork, live: TableNow) -> None:
    """SLIP-1, SLIP-13: Sam asks and hands over, Casey counts it in, Sam drops the slip."""
    casino = live.casino
    sam, casey = person("sam"), person("casey")
    sam.open(live.path).does("Request credit", tray="40 green").sees("The credit is requested.")
    sam.does("Hand credit to runner", signed=[casino.dana, casino.rory]).sees("Picked up")
    casey.open("/cage").sees("Credits on the way", live.code)
    casey.presses("Verify credit", within=at_the_window(casey, live)).counts("40 green")
    casey.has_sign(casino.rory).sends().sees("The credit is verified")
    sam.sees("Verified at the cage")
    sam.does("Put slip in the box", signed=[casino.dana, casino.rory]).sees("In the drop box")
    assert live.rundown()["credits_total_cents"] == 100_000
    assert [each["status"] for each in slips_of(live)] == ["DEPOSITED_IN_DROPBOX"]


def test_a_count_that_differs_twice_is_disputed_and_voided(person: AtWork, live: TableNow) -> None:
    """SLIP-3: counted again in the same form; disputed it stands out until two agree to void it."""
    casino = live.casino
    slip = live.issue(live.ask_fill("10 black"))
    hands = [casino.dana, casino.rory]
    sam, casey = person("sam"), person("casey")
    sam.open(live.path).does("Verify fill", tray="9 black", signed=hands)
    sam.sees("The count differs. Count again.", "Apart by $100")
    sam.counts("9 black").has_sign(*hands).sends()
    sam.sees("The second count differs too. The slip is disputed.", "▲ disputed")
    casey.open("/cage").sees("▲ disputed")
    casey.presses("Void slip", within=at_the_window(casey, live))
    casey.counts("9 black", field="counted_back").types("Reason", "one chip short")
    casey.has_sign(casino.sue).sends().sees("The slip is voided.")
    sam.sees("Voided")
    assert [each["id"] for each in slips_of(live)] == [slip["id"]]
    assert live.rundown()["fills_total_cents"] == 0


def test_a_request_is_taken_back(person: AtWork, live: TableNow) -> None:
    """SLIP-1: nothing has moved; the cage no longer has it on its list."""
    sam, casey = person("sam"), person("casey")
    live.ask_fill("5 black")
    casey.open("/cage").sees(live.code)
    sam.open(live.path).presses("Cancel request").types("Reason", "asked at the wrong table")
    sam.sends().sees("The request is cancelled.")
    casey.sees_not(live.code)


def test_a_phone_says_in_its_list_what_waits(person: AtWork, live: TableNow) -> None:
    """SLIP-10: no room for a column is no reason for an amber edge that nothing is said beside."""
    live.ask_fill("20 black")
    sam = person("sam", viewport={"width": 390, "height": 800}).open("/floor?view=list")
    row = sam.page.locator(f"#table-{live.id}")
    expect(row).to_contain_text("Fill requested $2,000", use_inner_text=True)
