"""Fills and credits between table and cage, with everybody at a page of their own."""

from tests.browser.conftest import AtWork, TableNow


def test_a_fill_goes_from_request_to_the_tray(person: AtWork, live: TableNow) -> None:
    """SLIP-1, SLIP-3: Sam asks, Casey issues with Rory's PIN, Dana and Rory sign at the table."""
    casino = live.casino
    sam, casey = person("sam"), person("casey")
    sam.open(live.path).does("Request fill", tray="20 black").sees("The fill is requested.")
    casey.open("/cage").sees("Requests to issue", live.code)
    row = casey.page.locator("#list li", has_text=live.code)
    casey.presses("Issue fill", within=row).has_sign(casino.rory).sends()
    casey.sees("The fill is issued.")
    number = casino.sam.all_of("/slips", session_id=live.session_id)[0]["number"]
    casey.sees(number)
    sam.sees("Issued").does("Verify fill", tray="20 black", signed=[casino.dana, casino.rory])
    sam.sees("The fill is verified", number)
    assert live.rundown()["fills_total_cents"] == 200_000
