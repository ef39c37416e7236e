"""Exceptions: oldest and costliest first, what they stop, and who resolves them."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import Page, browser_of


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the page shows all of it."""
    return found()


def listed(casino: Casino, query: str = "", name: str = "ana") -> Page:
    page = browser_of(casino.person(name)).get(f"/exceptions{query}")
    assert page.status == 200, page.words
    return page


def differing(table: AtTable, first: str, second: str) -> None:
    """Count a box twice with two results: COUNT_VARIANCE."""
    table.open_table()
    table.close()
    table.drop()
    table.custody()
    table.soft_count(
        dollars(first), first_count_cents=dollars(first), second_count_cents=dollars(second)
    )


def the_one(casino: Casino) -> str:
    (found_one,) = casino.ana.all_of("/exceptions")
    return f"/exceptions/{found_one['id']}"


def test_where_nothing_is_wrong_the_page_says_so(casino: Casino) -> None:
    listed(casino).says("No exception is open.", "Open 0", "Resolved 0")


def test_an_exception_says_what_broke_what_it_stops_and_what_is_at_stake(casino: Casino) -> None:
    """FIND-1."""
    table = a_table(casino)
    differing(table, "1,000", "900")
    page = listed(casino).says("$100.00", "at stake", "Open · stops the result", table.code)
    page.says("First count $1,000.00", "Second count $900.00")
    assert page.links[table.code] == f"{table.path}#exceptions"


def test_a_variance_nobody_knows_is_never_zero(live: AtTable) -> None:
    """LESSON-2."""
    live.force_close(reason="a fire alarm")
    page = listed(live.casino).says("The session was closed without a closing count.")
    page.says("N/A no amount known", "Reason given: a fire alarm").says_not("$0")


def test_the_costliest_of_a_day_stands_first_and_the_unknown_after_it(casino: Casino) -> None:
    small, large, unknown = (a_table(casino) for _ in range(3))
    unknown.open_table()
    unknown.force_close()
    differing(small, "1,000", "990")
    differing(large, "1,000", "200")
    words = listed(casino).words
    places = [words.index(table.code) for table in (large, small, unknown)]
    assert places == sorted(places)


def test_it_is_resolved_with_a_reason_and_words_and_has_one_effect(casino: Casino) -> None:
    """FIND-3, IDEM-1."""
    differing(a_table(casino), "1,000", "900")
    ana = browser_of(casino.ana)
    address = listed(casino).links["Resolve"]
    assert address == the_one(casino)
    form = ana.get(address).form.values
    sent = {**form, "reason_code": "MISCOUNT", "narrative": "A strap of ten was short."}
    ana.send(address, sent).says("The exception is resolved.", "No exception is open.")
    ana.send(address, sent).says("The exception is resolved.")
    page = listed(casino, "?status=RESOLVED")
    page.says("Miscount: A strap of ten was short.", "Ana Adler", "Resolved 1")
    ana.get(address).says("It is not open any more.")


def test_without_words_it_is_refused_and_what_was_chosen_stays(casino: Casino) -> None:
    differing(a_table(casino), "1,000", "900")
    ana = browser_of(casino.ana)
    address = the_one(casino)
    form = ana.get(address).form.values
    page = ana.send(address, {**form, "reason_code": "MISFILED", "narrative": "  "})
    assert page.status in (409, 422)
    assert page.form.values["reason_code"] == "MISFILED"
    assert page.form.values["key"] == form["key"]
    listed(casino).says("Open 1")


def test_a_supervisor_sees_it_and_is_told_who_resolves_it(live: AtTable) -> None:
    live.force_close()
    casino = live.casino
    said = "A pit manager, a cage manager or accounting resolves an exception."
    page = listed(casino, name="sam").says(said)
    assert "Resolve" not in page.links
    page = browser_of(casino.sam).get(the_one(casino)).says(said)
    assert all("narrative" not in form.values for form in page.forms)
    form = browser_of(casino.ana).get(the_one(casino)).form.values
    sent = {**form, "reason_code": "OTHER", "narrative": "mine"}
    assert browser_of(casino.sam).send(the_one(casino), sent).status == 403


def test_who_signed_a_fact_in_question_is_told_that_somebody_else_resolves_it(
    live: AtTable,
) -> None:
    """FIND-3: Pat closed it by force, so it is not Pat's to explain away."""
    live.force_close()
    casino = live.casino
    page = browser_of(casino.pat).get(the_one(casino))
    page.says("You signed one of the facts in question.")
    assert all("narrative" not in form.values for form in page.forms)
    browser_of(casino.ana).get(the_one(casino)).says("In your words").says_not("You signed")


def test_a_locked_badge_is_resolved_here_though_it_has_no_session(live: AtTable) -> None:
    """PIN_LOCKOUT hangs on no table (SIGN-4)."""
    casino = live.casino
    cashier = browser_of(casino.casey)
    fill = live.ask_fill("1 black")
    address = f"/cage/do/issue/{live.session_id}/{fill['id']}"
    values = dict(cashier.get(address).form.values)
    for _ in range(5):
        cashier.send(address, {**values, "sign:0:badge": casino.rory.badge, "sign:0:pin": "000000"})
    listed(casino).says("A badge was locked", "no table", f"Badge {casino.rory.badge}")
    ana = browser_of(casino.ana)
    form = ana.get(the_one(casino)).form.values
    sent = {**form, "reason_code": "OTHER", "narrative": "New PIN, mixed up."}
    ana.send(the_one(casino), sent).says("The exception is resolved.")


def test_the_list_is_narrowed_by_status_and_kind(casino: Casino) -> None:
    differing(a_table(casino), "1,000", "900")
    other = a_table(casino)
    other.open_table()
    other.force_close()
    listed(casino, "?kind=COUNT_VARIANCE").says("First count").says_not("without a closing count")
    listed(casino, "?status=CLEARED").says("No exception was cleared.")
    listed(casino, "?status=nonsense").says("First count")
    part = browser_of(casino.ana).get("/exceptions/list?kind=COUNT_VARIANCE")
    assert "<html" not in part.says("First count").html


@pytest.mark.parametrize("name", ["dana", "casey", "rory", "dora", "tina", "sol", "ada"])
def test_exceptions_are_not_everybodys(live: AtTable, name: str) -> None:
    live.force_close()
    browser = browser_of(live.casino.person(name))
    for path in ("/exceptions", "/exceptions/list", the_one(live.casino)):
        assert browser.get(path).says("Your role may not do this.").status == 403
    assert "Exceptions" not in browser.get("/floor").links


def test_nothing_of_the_casino_next_door(live: AtTable) -> None:
    """TEN-1."""
    live.force_close()
    stranger = browser_of(found().ana)
    assert stranger.get(the_one(live.casino)).status == 404
    stranger.get("/exceptions").says("No exception is open.")


@pytest.mark.parametrize(
    ("name", "home", "menu"),
    [
        ("casey", "/cage", ["Floor", "Cage"]),
        ("cam", "/cage", ["Floor", "Cage", "Exceptions"]),
        ("dora", "/drops", ["Floor", "Drop & count"]),
        ("rory", "/drops", ["Floor", "Drop & count"]),
        ("sam", "/floor", ["Floor", "Drop & count", "Exceptions"]),
        ("ana", "/floor", ["Floor", "Drop & count", "Exceptions"]),
        ("dana", "/floor", ["Floor"]),
    ],
)
def test_the_menu_and_the_first_page_follow_the_work(
    live: AtTable, name: str, home: str, menu: list[str]
) -> None:
    browser = browser_of(live.casino.person(name))
    assert browser.get("/").headers["Location"] == home
    links = browser.get(home).links
    words = ("Floor", "Cage", "Drop & count", "Exceptions")
    assert [each for each in links if each in words] == menu
