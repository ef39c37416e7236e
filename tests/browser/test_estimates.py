"""Buy-ins by touch, and the shift's picture that follows what happens, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow, found_today, table_in
from tests.line import OverTheWire
from tests.say import dollars

WIDE_PX, NARROW_PX = 1040, 330


@pytest.fixture
def table(wire: OverTheWire, _database_is_real: None) -> TableNow:
    """A table in play in a house that takes telemetry."""
    one = table_in(found_today(wire, telemetry=True))
    one.open_table()
    return one


def test_a_buy_in_is_noted_by_touch(person: AtWork, table: TableNow) -> None:
    """SIGN-3, BASE-5: an amount, a button; and what is noted stands there as an estimate."""
    sam = person(table.casino.sam).open(f"{table.path}/do/note-buy-in")
    sam.form.get_by_role("button", name="$500", exact=True).click()
    expect(sam.form.get_by_label("Amount")).to_have_value("$500")
    sam.sends().sees("The buy-in is noted.", "Noted so far", "$500", "Estimate")
    items = table.casino.art.get(f"{table.path}/buy-ins")["items"]
    assert [each["amount_cents"] for each in items] == [dollars("500")]


def _picture(pat: Someone, width_px: int) -> str:
    """The address of the shift's picture, once it is there and drawn in this width."""
    chart = pat.page.locator("#list img.chart")
    expect(chart).to_have_js_property("naturalWidth", width_px)
    return str(chart.evaluate("(each) => each.currentSrc"))


def test_the_shift_s_picture_follows_what_happens(person: AtWork, table: TableNow) -> None:
    """LESSON-24: a new picture by itself; a narrow one on a phone."""
    pat = person(table.casino.pat).open("/shift")
    first = _picture(pat, WIDE_PX)
    table.count("INTERIM", "40 red, 40 green, 23 black")
    expect(pat.main).to_contain_text("Tray change (not a result) +$300", use_inner_text=True)
    assert _picture(pat, WIDE_PX) != first
    pat.page.set_viewport_size({"width": 390, "height": 844})
    assert "width=narrow" in _picture(pat, NARROW_PX)
