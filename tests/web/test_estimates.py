"""A shift by the hour and how well estimates do, on the pages and as pictures (BASE, LESSON-2)."""

import html
import re

import pytest

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars, moment
from tests.web.browser import browser_of


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own, taking telemetry."""
    return found(settings={"telemetry": True})


def at_noon(casino: Casino) -> AtTable:
    """In play since twelve: $500 bought in and $300 up in the tray by half past one."""
    table = a_table(casino)
    table.open_table(at="12:00")
    asked = {"kind": "CASH", "amount_cents": dollars("500")}
    casino.sam.post(f"{table.path}/buy-ins", asked, at=moment("12:20")).must(201)
    table.fill("5 black", at="12:40")
    table.count("INTERIM", f"{TRAY}, 8 black", at="13:20")
    casino.now = moment("13:30")
    casino.sam.post(f"{table.path}/remarks", {"text": "half past one"}, at=casino.now).must(201)
    return table


def pictures(page: str) -> list[str]:
    found_ = re.findall(r'(?:src|srcset)="(/(?:shift|estimates)[^"]+)"', page)
    return [html.unescape(each) for each in found_]


def test_a_shift_by_the_hour(casino: Casino) -> None:
    """BASE-5, LESSON-2: unknown before the first count, an estimate after it; told and drawn."""
    table = at_noon(casino)
    pat = browser_of(casino.pat)
    page = pat.get("/shift").says("By the hour", "+$800", "Estimate")
    page.says("13:00 N/A N/A $500 none 0 of 1", "13:30 +$800 Estimate +$300 none none 1 of 1")
    page.says("Hold 160.00 % (Estimate)", "Drop $500 (Estimate)")
    asked = pictures(pat.client.get("/shift").content.decode())
    assert any("width=narrow" in each for each in asked)
    for path in asked:
        answer = pat.client.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/svg+xml")
        assert "no-store" in answer.headers["Cache-Control"]
        assert b"Win/loss" in answer.content
    hours = pat.get("/shift/hours?pit=PIT+1").says("By the hour · PIT 1", table.code)
    hours.says_not(f"Casino {casino.founded.slug} Until")
    browser_of(casino.dana).get("/shift/hours").says("Your role may not do this.")
    assert browser_of(casino.dana).client.get("/shift/hours.svg").status_code == 403


def test_the_last_hour_is_the_shift_as_it_stands(casino: Casino) -> None:
    """BASE-2: a closer counted after the shift's end stands for its end, in the figure and here."""
    table = a_table(casino)
    table.open_table(at="12:00")
    table.close(f"{TRAY}, 3 black", at="14:10")
    page = browser_of(casino.pat).get("/shift?gaming_day=2026-03-02&code=DAY")
    page.says("Tray change (not a result) +$300", "14:00 N/A +$300 none none 1 of 1")


def test_a_shift_that_has_not_begun_has_no_hours(casino: Casino) -> None:
    """LESSON-2: no picture of nothing."""
    at_noon(casino)
    page = browser_of(casino.pat).get("/shift/hours?gaming_day=2026-03-03&code=DAY")
    page.says("No hour of this shift has begun yet.")


def test_how_well_estimates_do(casino: Casino) -> None:
    """0059: each beside its count; with too few it says how many are wanted."""
    table = at_noon(casino)
    pat = browser_of(casino.pat)
    pat.get("/estimates").says("How well estimates do", "No estimate with a counted drop yet")
    table.close()
    table.drop()
    table.custody()
    table.soft_count(dollars("625"))
    page = pat.get(f"/estimates?table_id={table.id}")
    page.says("Buy-ins noted", "1 of the 10 comparisons", "Mon 2 Mar 2026 $500 $625 80.0 %")
    page.says("Estimated $500 · Counted $625", "All tables")
    (path, *_) = pictures(pat.client.get("/estimates").content.decode())
    assert b"<svg" in pat.client.get(path).content
    stranger = browser_of(found().pat)
    assert stranger.client.get(path).status_code == 404
    stranger.get(f"/estimates?table_id={table.id}").says("No estimate with a counted drop yet")
    pat.get("/estimates?table_id=nonsense").says(table.code)
