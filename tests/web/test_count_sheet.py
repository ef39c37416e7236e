"""The count sheet: a row for each chip, by pieces or by amount, held against the count before."""

import re

import pytest

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import found
from tests.say import DAY, dollars
from tests.web.browser import Page, browser_of, filled

NOT_WHOLE = "Not a whole number of these chips."
NOT_THE_SAME = "Chips and amount are not the same: correct one, or leave it empty."


def _sheet(table: AtTable, slug: str = "interim-count") -> Page:
    return browser_of(table.casino.sam).get(f"{table.path}/do/{slug}")


def _added_up(table: AtTable, typed: dict[str, str], slug: str = "interim-count") -> Page:
    browser, path = browser_of(table.casino.sam), f"{table.path}/do/{slug}"
    return browser.send(path, {**browser.get(path).form.values, **typed, "add-up": "yes"})


def _row(page: Page, key: str) -> str:
    """The markup of one chip's row."""
    rows = re.findall(r"<tr data-cents.*?</tr>", page.html, re.DOTALL)
    return next(row for row in rows if f'name="chipset:{key}"' in row)


def _words(markup: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def test_each_row_has_the_chips_own_colour_and_what_was_there_before(live: AtTable) -> None:
    """TRAY is 20 black, 40 green, 40 red: the last count stands beside each row, with its time."""
    page = _sheet(live).says("Last count", "change since last count")
    black, brown = _row(page, "10000"), _row(page, "500000")
    assert 'fill="black"' in black
    assert 'data-before="20"' in black
    assert "was 20" in _words(black)
    assert 'fill="brown"' in brown
    assert "was 0" in _words(brown)
    assert re.search(r'<th scope="col" class="number of-before">Last count <time', page.html)


def test_an_opener_is_held_against_the_closer(live: AtTable) -> None:
    """SESS-5: the fixed words, and no colour in them."""
    live.close(TRAY)
    live.open()
    page = _sheet(live, "opening-count").says("difference from closer", "Last closing $3,200")
    page.says_not("change since last count")
    again = _added_up(live, {"chipset:10000": "19"}, "opening-count")
    assert re.search(r"<output data-change>.*−\$100.*</output>", _row(again, "10000"))


def test_a_first_count_is_held_against_nothing(table: AtTable) -> None:
    """Nothing is known before it: no column, and no zero (LESSON-2)."""
    table.open()
    page = _sheet(table, "opening-count")
    page.says_not("difference from closer", "Last closing", "was 0")


def test_stack_and_rack_follow_the_casino() -> None:
    """A stack is the casino's own, a rack is a hundred."""
    table = a_table(found(settings={"stack_size": 25}))
    table.open_table()
    row = _row(_sheet(table), "10000")
    assert re.findall(r'data-add="(-?\d+)"', row) == ["-25", "25", "-100", "100"]
    assert 'aria-label="One stack of $100 less"' in row
    assert 'aria-label="One rack of $100 more"' in row


def test_the_target_is_hollow_and_never_a_count() -> None:
    casino = found()
    table = a_table(casino)
    par = {"par_total_cents": dollars("50,000"), "effective_from_gaming_day": str(DAY)}
    casino.pat.post("/par-policies", {**par, "table_id": table.id}, at=casino.now).must(201)
    table.open_table()
    page = _sheet(table).says("○ target $50,000").says_not("Target need not configured")
    assert '<span class="target"><span class="target-mark"' in page.html


def test_no_target_is_said_in_words(live: AtTable) -> None:
    _sheet(live).says("Target need not configured").says_not("○ target")


def test_a_row_may_be_said_by_its_amount(live: AtTable) -> None:
    """CHIP-2: $1,200 in black is twelve pieces; the total is computed from the pieces (CHIP-3)."""
    browser, path = browser_of(live.casino.sam), f"{live.path}/do/interim-count"
    typed = {
        "amount:chipset:10000": "$1,200",
        "amount:chipset:2500": "75.00",
        "chipset:500": "0",
    }
    values = filled(browser.get(path).form, typed, signed=[live.casino.dana])
    browser.send(path, values).says("The interim count is recorded")
    last = live.casino.sam.get(f"{live.path}/snapshots").must(200)["items"][-1]
    assert last["chipset"] == {"10000": 12, "2500": 3}
    assert last["total_cents"] == dollars("1,275")


def test_a_chip_left_blank_is_not_counted_and_not_a_zero(live: AtTable) -> None:
    """LESSON-2, CHIP-4: what stood in the tray before is counted, or said to be none."""
    browser, path = browser_of(live.casino.sam), f"{live.path}/do/interim-count"
    typed = {"chipset:10000": "20", "chipset:2500": "40"}
    page = browser.send(path, filled(browser.get(path).form, typed, signed=[live.casino.dana]))
    assert page.says("Not counted yet. Enter 0 if there are none.").status == 422
    kept = page.form.values
    assert (kept["chipset:10000"], kept["chipset:500"]) == ("20", "")
    assert len(live.casino.sam.get(f"{live.path}/snapshots").must(200)["items"]) == 1
    said = {**typed, "chipset:500": "0"}
    values = filled(page.form, said, signed=[live.casino.dana])
    browser.send(path, values).says("The interim count is recorded")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"amount:chipset:10000": "450"}, NOT_WHOLE),
        ({"amount:chipset:10000": "-100"}, "An amount such as 1,234.50."),
        ({"chipset:10000": "5", "amount:chipset:10000": "400"}, NOT_THE_SAME),
        ({"chipset:10000": "1.5", "amount:chipset:10000": "100"}, "A whole number of pieces."),
        ({"amount:chipset:777": "7.77"}, "Enter the pieces of this chip."),
    ],
)
def test_an_amount_that_is_no_chips_is_refused_and_kept(
    live: AtTable, typed: dict[str, str], said: str
) -> None:
    """What was meant is not ours to guess: nothing is recorded, and what was typed stays."""
    browser, path = browser_of(live.casino.sam), f"{live.path}/do/interim-count"
    values = filled(browser.get(path).form, typed, signed=[live.casino.dana])
    page = browser.send(path, values)
    assert page.says(said).status == 422
    kept = page.form.values
    assert all(kept[name] == value for name, value in typed.items() if name in kept)
    assert len(live.casino.sam.get(f"{live.path}/snapshots").must(200)["items"]) == 1


def test_what_is_wrong_with_an_amount_stands_beside_the_amount(live: AtTable) -> None:
    row = _row(_added_up(live, {"amount:chipset:10000": "450"}), "10000")
    amount = row[row.index('class="amount"') :]
    assert 'aria-invalid="true"' in amount
    assert NOT_WHOLE in amount
    assert 'aria-invalid="true"' not in row[: row.index('class="amount"')]


def test_a_browser_without_scripts_is_added_up_by_the_server(live: AtTable) -> None:
    """Adding up records nothing, keeps what was typed, and forgets every PIN (SIGN-4)."""
    _sheet(live).says("Add up")
    typed = {"chipset:10000": "12", "chipset:2500": "40", "amount:chipset:500": "200"}
    page = _added_up(live, {**typed, "sign:0:pin": live.casino.dana.pin})
    assert page.status == 200
    page.says("= $1,200", "Total $2,400", "−$800")
    kept = page.form.values
    assert {name: kept[name] for name in typed} == typed
    assert kept["sign:0:pin"] == ""
    assert len(live.casino.sam.get(f"{live.path}/snapshots").must(200)["items"]) == 1


def test_who_may_not_count_may_not_add_up(live: AtTable) -> None:
    path = f"{live.path}/do/interim-count"
    form = browser_of(live.casino.sam).get(path).form.values
    page = browser_of(live.casino.casey).send(path, {**form, "add-up": "yes"})
    assert page.says("Your role may not do this.").status == 403


def test_a_gap_is_not_a_difference(live: AtTable) -> None:
    """LESSON-2: while a chip of the last count is not counted, the change is not known."""
    page = _added_up(live, {"chipset:10000": "20"}).says("Total $2,000", "not all counted")
    page.says_not("−$1,200")
    assert "<output data-change></output>" in _row(page, "2500")
    assert "<output data-change>0</output>" in _row(page, "10000")


def test_unknown_zero_and_negative_never_look_alike(live: AtTable) -> None:
    page = _added_up(live, {"chipset:10000": "0", "chipset:2500": "40"})
    none, same, unknown = (
        re.findall(r"<output data-change>(.*?)</output>", _row(page, key))[0]
        for key in ("10000", "2500", "500")
    )
    assert _words(none) == "−$2,000"
    assert (same, unknown) == ("0", "")


def test_a_form_says_whose_draft_it_keeps_and_none_of_what_signs(live: AtTable) -> None:
    """A draft is this person's; what signs is marked as secret, and no draft takes it."""
    page = _sheet(live)
    assert f'data-draft="{live.casino.sam.id}"' in page.html
    assert "data-kept" not in page.html
    assert re.search(r'<input name="sign:0:pin"[^>]*data-secret', page.html)
    page.says("Restored what you had typed")
    assert re.search(r'<p class="restored"[^>]* hidden', page.html)
    assert "data-kept" in _added_up(live, {"chipset:10000": "1"}).html


@pytest.mark.parametrize("slug", ["interim-count", "request-fill", "request-credit", "roll-over"])
def test_no_style_and_no_script_stands_in_the_page(live: AtTable, slug: str) -> None:
    """The content security policy refuses both; a colour is the fill of a disc."""
    html = _sheet(live, slug).html
    assert not re.search(r"\sstyle=|<style|\son\w+=", html)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html))
