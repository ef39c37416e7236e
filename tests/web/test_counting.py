"""The count sheet's guard: begun as the form opens, stale when chips move, begun again (SNAP-5)."""

import re

from tests.at_table import TRAY, AtTable
from tests.cast import Casino, found
from tests.say import chips, dollars, worth
from tests.web.browser import Browser, Page, browser_of, filled, read

ALONE = {"HX-Request": "true", "HX-Target": "count-begun"}


def form_path(table: AtTable, slug: str = "interim-count") -> str:
    return f"{table.path}/do/{slug}"


def begin(browser: Browser, path: str, page: Page) -> Page:
    """What the form asks for by itself as soon as it is shown."""
    values = {"key": page.form.values["key"], "begin": "here"}
    return read(browser.client.post(path, values, headers=ALONE))


def count_id(page: Page) -> str:
    found_id = re.search(r'name="count_id" value="([^"]*)"', page.html)
    assert found_id is not None
    return found_id[1]


def starts(table: AtTable) -> list[str]:
    """Who began a count of the session, in order."""
    entries = table.casino.art.all_of("/journal")
    mine = [each for each in entries if each["session_id"] == table.session_id]
    return [each["actor"] for each in mine if each["command"] == "start_count"]


def test_a_form_that_is_only_looked_at_writes_nothing(live: AtTable) -> None:
    """SNAP-5: a page that is read changes nothing; the form asks for its start by itself."""
    page = browser_of(live.casino.sam).get(form_path(live))
    assert starts(live) == []
    assert count_id(page) == ""
    assert 'hx-trigger="load' in page.html
    page.says("Begin the count")


def test_the_form_begins_its_count_and_says_since_when(live: AtTable) -> None:
    """SNAP-5: no tap for it; the snapshot names the start."""
    browser, path = browser_of(live.casino.sam), form_path(live)
    page = browser.get(path)
    line = begin(browser, path, page).says("Counting since")
    assert re.search(r"since \d\d:\d\d:\d\d", line.words)
    assert starts(live) == ["2001 Sam Sato"]
    values = filled(page.form, {"count_id": count_id(line)}, tray=TRAY, signed=[live.casino.dana])
    browser.send(path, values).says("The interim count is recorded.")
    last = live.casino.art.get(f"{live.path}/snapshots")["items"][-1]
    assert last["count_id"] == count_id(line)


def test_a_form_that_is_loaded_again_goes_on_with_its_count(live: AtTable) -> None:
    """SNAP-5, IDEM-1: what was typed is put back with its key, and with it the count it began."""
    browser, path = browser_of(live.casino.sam), form_path(live)
    page = browser.get(path)
    first, again = (begin(browser, path, page) for _ in range(2))
    assert count_id(first) == count_id(again)
    assert len(starts(live)) == 1


def test_a_stale_count_keeps_what_was_typed_and_is_begun_again(live: AtTable) -> None:
    """SNAP-5: it says what moved; "Count again from here" takes the typed counts along."""
    slip = live.issue(live.ask_fill("5 black"))
    browser, path = browser_of(live.casino.sam), form_path(live)
    page = browser.get(path)
    start = count_id(begin(browser, path, page))
    live.verify_fill(slip)
    typed = filled(page.form, {"count_id": start}, tray=TRAY, signed=[live.casino.dana])
    stale = browser.send(path, typed)
    assert stale.status == 409
    stale.says("Chips moved while this was counted", f"Fill {slip['number']}, verified at", "+$500")
    assert stale.form.values["chipset:10000"] == "20"
    assert stale.form.values["sign:0:pin"] == ""
    again = browser.send(path, {**stale.form.values, "begin": "again"})
    assert again.status == 200
    again.says("Before that, chips moved:", "+$500").says_not("Chips moved while this was counted")
    unsigned = browser.send(path, again.form.values)
    unsigned.says("Badge or PIN is not right.", "Before that, chips moved:")
    assert again.form.values["chipset:10000"] == "20"
    assert again.form.values["count_id"] not in ("", start)
    more = {"chipset:10000": "25"}
    whole = filled(again.form, more, signed=[live.casino.dana])
    browser.send(path, whole).says("The interim count is recorded.")
    assert live.session()["expected_tray_cents"] == worth(TRAY) + worth("5 black")


def test_a_fresh_form_speaks_of_nothing_before_it(live: AtTable) -> None:
    """SNAP-5: who begins with an empty sheet has no figures from before the chips moved."""
    browser, path = browser_of(live.casino.sam), form_path(live)
    begin(browser, path, browser.get(path))
    live.fill("5 black")
    line = begin(browser, path, browser.get(path)).says("Counting since")
    line.says_not("Before that", "Chips moved")


def test_a_button_pressed_twice_begins_one_count(live: AtTable) -> None:
    """IDEM-1: a double tap on "Count again from here" is one start."""
    browser, path = browser_of(live.casino.sam), form_path(live)
    page = browser.get(path)
    first = count_id(begin(browser, path, page))
    values = {**page.form.values, "count_id": first, "begin": "again"}
    pressed = [count_id(browser.send(path, values)) for _ in range(2)]
    assert pressed[0] == pressed[1] != first
    assert len(starts(live)) == 2


def test_without_a_script_a_button_begins_the_count(live: AtTable) -> None:
    """SNAP-5: the form comes back with what was typed, and since when."""
    browser, path = browser_of(live.casino.sam), form_path(live)
    values = {**browser.get(path).form.values, "chipset:10000": "7", "begin": "here"}
    page = browser.send(path, values).says("Counting since")
    assert page.form.values["chipset:10000"] == "7"
    assert page.form.values["count_id"]


def test_a_form_without_a_start_is_not_guarded(live: AtTable) -> None:
    """SNAP-5: a browser that could not begin the count still records it."""
    browser = browser_of(live.casino.sam)
    page = browser.fill_in(form_path(live), tray=TRAY, signed=[live.casino.dana])
    page.says("The interim count is recorded.")


def test_a_roll_over_and_a_closing_begin_a_count_too(live: AtTable) -> None:
    """SNAP-5: with the kind that their count is recorded as."""
    browser = browser_of(live.casino.sam)
    for slug in ("roll-over", "closing-count"):
        if slug == "closing-count":
            live.closing()
        path = form_path(live, slug)
        assert count_id(begin(browser, path, browser.get(path)))
    assert len(starts(live)) == 2


def test_a_count_that_cannot_begin_says_why(live: AtTable) -> None:
    """SESS-6: the session closed meanwhile; the form stays as it is."""
    browser, path = browser_of(live.casino.sam), form_path(live)
    page = browser.get(path)
    live.close(TRAY)
    line = begin(browser, path, page)
    assert line.status == 409
    line.says("The session is not in play.")


def test_garbage_for_a_start_is_not_found(live: AtTable) -> None:
    browser, path = browser_of(live.casino.sam), form_path(live)
    values = {**browser.get(path).form.values, "count_id": "seven", "begin": "again"}
    assert browser.send(path, values).status == 404


# -- blind -----------------------------------------------------------------------------------------


def blind_table() -> AtTable:
    casino: Casino = found(settings={"blind_counts": True, "count_tolerance_cents": 0})
    table = _a_table(casino)
    table.open_table()
    return table


def _a_table(casino: Casino) -> AtTable:
    asked = {"code": casino.code("BJ"), "pit": "PIT 1", "game_type": "BLACKJACK"}
    return AtTable(casino=casino, table=casino.ada.post("/tables", asked, at=casino.now).must(201))


def test_a_blind_sheet_shows_no_count_and_no_difference() -> None:
    """SNAP-4: neither beside the rows nor on any page of the table; the audit sees it all."""
    table = blind_table()
    table.fill("5 black")
    sam, art = browser_of(table.casino.sam), browser_of(table.casino.art)
    tray, expected = "$3,200", "$3,700"
    for path in (form_path(table), table.path, "/floor", f"{table.path}/proof"):
        page = sam.get(path)
        assert page.status == 200
        page.says_not(tray, expected)
        assert not re.search(r"<(tr|output)[^>]*data-before", page.html)
    sam.get(form_path(table)).says("Counts are blind here", "hidden until the tray is counted")
    sam.get("/floor").says("Counts are blind").says_not("Not counted yet")
    art.get("/floor").says(tray, expected)
    art.get(table.path).says(tray, expected)


def test_a_blind_sheet_asks_for_every_chip() -> None:
    """SNAP-4, LESSON-2: which chips were there before is not told by which may be left blank."""
    table = blind_table()
    browser = browser_of(table.casino.sam)
    page = browser.fill_in(form_path(table), {"chipset:10000": "5"}, signed=[table.casino.dana])
    assert page.status == 422
    assert page.html.count("Not counted yet. Enter 0 if there are none.") == 6


def test_a_blind_count_that_is_off_is_counted_once_more_by_somebody_else() -> None:
    """SNAP-4: the page says that, and not by how much it was off."""
    table = blind_table()
    casino, browser, path = table.casino, browser_of(table.casino.sam), form_path(table)
    first = browser.fill_in(path, tray="5 black", signed=[casino.dana])
    first.says("A second count is needed, signed by somebody who did not sign the first.")
    first.says_not("Apart by", "$3,200", "$2,700")
    again = browser.fill_in(path, tray="5 black", signed=[casino.dana])
    assert again.status == 422
    again.says("The second count needs somebody who did not sign the first.")
    browser.fill_in(path, tray="5 black", signed=[casino.drew]).says(
        "The interim count is recorded."
    )
    kept = casino.art.get(f"{table.path}/snapshots")["items"]
    assert [each["total_cents"] for each in kept] == [dollars("3,200"), worth("5 black")]


def test_an_opening_is_held_against_the_closer_also_where_counts_are_blind() -> None:
    """SNAP-4: the opener at an opening is excepted."""
    table = blind_table()
    table.closing()
    table.count("CLOSING", chips(TRAY))
    table.casino.sam.post(f"{table.path}/close", at=table.when(None)).must(200)
    table.open()
    browser_of(table.casino.sam).get(form_path(table, "opening-count")).says("Last closing $3,200")
