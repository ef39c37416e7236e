"""A count sheet while chips move, and a pit read by eye, as they are in somebody's hands."""

import re

from playwright.sync_api import expect

from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow, found_today, table_in
from tests.line import OverTheWire

TRAY = "40 red, 40 green, 20 black"


def count_id(sam: Someone) -> str:
    """The count that the open form began."""
    begun = sam.form.locator("#count-begun")
    expect(begun).to_contain_text(re.compile(r"since \d\d:\d\d:\d\d"), use_inner_text=True)
    return begun.locator("[name=count_id]").input_value()


def test_a_count_begins_as_its_form_opens(person: AtWork, live: TableNow) -> None:
    """SNAP-5: no tap for it, and a reload goes on with the same count and what was typed."""
    sam = person("sam").open(f"{live.path}/do/interim-count")
    begun = count_id(sam)
    sam.counts(TRAY).reload()
    sam.sees("Restored what you had typed")
    assert count_id(sam) == begun
    sam.has_sign(live.casino.dana).sends().sees("The interim count is recorded.")
    last = live.casino.art.get(f"{live.path}/snapshots")["items"][-1]
    assert last["count_id"] == begun


def test_chips_that_move_meanwhile_stop_the_count_and_lose_nothing(
    person: AtWork, live: TableNow
) -> None:
    """SNAP-5: what moved is said beside the figures; one goes on from here with all of them."""
    slip = live.issue(live.ask_fill("5 black"))
    sam = person("sam").open(f"{live.path}/do/interim-count")
    begun = count_id(sam)
    sam.counts(TRAY).has_sign(live.casino.dana)
    live.verify_fill(slip)
    sam.sends().sees("Chips moved while this was counted", f"Fill {slip['number']}", "+$500")
    black = sam.form.locator('[name="chipset:10000"]')
    expect(black).to_have_value("20")
    sam.presses("Count again from here").sees("Before that, chips moved")
    assert count_id(sam) != begun
    expect(black).to_have_value("20")
    black.fill("25")
    sam.has_sign(live.casino.dana).sends().sees("The interim count is recorded.")
    assert live.session()["expected_tray_cents"] == 370_000


def test_a_pit_is_read_without_leaving_the_keys(person: AtWork, wire: OverTheWire) -> None:
    """SNAP-6: down the column by Enter, and sent by the last one; a draft survives a reload."""
    casino = found_today(wire)
    tables = [table_in(casino, pit="PIT 9") for _ in range(3)]
    for table in tables:
        table.open_table()
    sam = person(casino.sam).open("/pit-sheet?pit=PIT+9")
    keys = sam.page.keyboard
    expect(sam.form.locator("[data-column=tray]").first).to_be_focused()
    keys.type("22.5k")
    keys.press("Enter")
    keys.press("ArrowDown")
    keys.type("9,400")
    sam.sees("= $22,500", "2 of 3 tables read").reload().sees("Restored what you had typed")
    sam.sees("2 of 3 tables read")
    sam.form.locator("[data-column=tray]").last.focus()
    keys.press("Enter")
    keys.press("Enter")
    sam.sees("PIT 9 is read: 2 of 3 tables.", "Estimate $22,500")
    read = [table.session()["last_observation"] for table in tables]
    assert [each and each["total_cents"] for each in read] == [2_250_000, None, 940_000]


def test_a_blind_sheet_tells_nothing_at_any_width(person: AtWork, wire: OverTheWire) -> None:
    """SNAP-4: on a phone and on a wide screen, with scripts at work."""
    casino = found_today(wire, blind_counts=True)
    table = table_in(casino)
    table.open_table()
    for width in (390, 1280):
        sam = person(casino.sam, viewport={"width": width, "height": 800})
        for path in (f"{table.path}/do/interim-count", table.path, "/floor", "/pit-sheet"):
            sam.open(path).sees(re.compile("blind|hidden")).sees_not("$3,200")
