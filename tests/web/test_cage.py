"""The cage window: what is asked for, what is on the way, what is late; issued and counted in."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.web.browser import Page, browser_of


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the window shows all of it."""
    return found()


def window(casino: Casino, name: str = "casey") -> Page:
    page = browser_of(casino.person(name)).get("/cage")
    assert page.status == 200, page.words
    return page


def step(live: AtTable, slug: str, slip: dict[str, str]) -> str:
    return f"/cage/do/{slug}/{live.session_id}/{slip['id']}"


def test_an_empty_window_says_so_and_sums_up_nothing(casino: Casino) -> None:
    page = window(casino).says("No fill is asked for.", "No credit is on the way.")
    page.says("Fills 0 $0.00 0 0", "Credits 0 $0.00 0 0").says_not("Late")


def test_requests_stand_oldest_first_with_their_age(live: AtTable) -> None:
    """SLIP-7."""
    first = live.ask_fill("10 black", at="08:00")
    second = live.ask_fill("20 black", at="08:12")
    page = window(live.casino)
    page.says("Requests to issue 2 · $3,000", "12 min", "just now", "Issue fill")
    words = page.words
    assert words.index(first["request_number"]) < words.index(second["request_number"])


def test_a_fill_is_issued_at_the_window_and_its_number_shown_large(live: AtTable) -> None:
    """Two taps: the form with the runner's badge and PIN, and it is sent (SIGN-3)."""
    casino = live.casino
    fill = live.ask_fill("20 black")
    cashier = browser_of(casino.casey)
    address = window(casino).links["Issue fill"]
    assert address == step(live, "issue", fill)
    form = cashier.get(address).says("$2,000.00", "Runner", "Requests to issue")
    assert form.links["Back without saving"] == "/cage"
    page = cashier.fill_in(address, signed=[casino.rory])
    number = casino.casey.get(f"/slips/{fill['id']}").must(200)["number"]
    page.says("The fill is issued.", f"{number} Fill · $2,000.00 ·", "Rory Reid")
    page.says("Fills on the way 1 · $2,000", "No fill is asked for.")
    assert f'<p class="made-out-number">{number}</p>' in page.html


def test_a_refused_pin_stays_at_the_window_with_all_but_the_pin(live: AtTable) -> None:
    """SIGN-4; sent again with the same key, it has one effect (IDEM-1)."""
    casino = live.casino
    address = step(live, "issue", live.ask_fill("20 black"))
    cashier = browser_of(casino.casey)
    values = dict(cashier.get(address).form.values)
    values |= {"sign:0:badge": casino.rory.badge, "sign:0:pin": "000000"}
    page = cashier.send(address, values)
    assert page.says("Badge or PIN is not right.", "Cage window").status == 422
    again = {**page.form.values, "sign:0:pin": casino.rory.pin}
    cashier.send(address, again).says("The fill is issued.")
    cashier.send(address, again).says("The fill is issued.")
    assert len(casino.sam.all_of("/slips", session_id=live.session_id)) == 1


def test_a_credit_is_counted_in_and_a_difference_is_counted_twice(live: AtTable) -> None:
    """SLIP-3: the first count that differs leads back to the form, at the window."""
    casino = live.casino
    credit = live.pick_up(live.ask_credit("20 green"))
    address = window(casino).says("Credits on the way 1 · $500").links["Verify credit"]
    cashier = browser_of(casino.casey)
    page = cashier.fill_in(address, tray="19 green", signed=[casino.rory])
    page.says("The count differs. Count again.", "Cage window", "Chips counted")
    done = cashier.fill_in(address, tray="20 green", signed=[casino.rory])
    done.says("The credit is verified", credit["number"], "No credit is on the way.")
    done.says("Credits 1 $500.00 0 0", "Fills 0 $0.00 0 0")


def test_what_is_longer_on_the_way_than_the_limit_stands_on_top() -> None:
    """SLIP-7, SLIP-10: with who carries it, and since when."""
    casino = found(settings={"transit_limit_minutes": 10})
    table = a_table(casino)
    table.open_table(at="08:00")
    fill = table.issue(table.ask_fill("20 black", at="08:10"), at="08:10")
    table.ask_fill("1 black", at="08:20")
    window(casino).says_not("Late")
    table.ask_fill("1 black", at="08:21")
    page = window(casino).says("▲ Late 1 · $2,000 on the way longer than 10 min", "Rory Reid")
    assert page.words.index(fill["number"]) < page.words.index("Requests to issue")
    page.says("No fill is on the way.", "11 min")


def test_a_slip_is_voided_at_the_window(live: AtTable) -> None:
    """SIGN-3: two departments, with the chips counted back (SLIP)."""
    casino = live.casino
    fill = live.issue(live.ask_fill("20 black"))
    address = step(live, "void-slip", fill)
    typed = {"reason": "asked for in error", "sign:0:role": "SUPERVISOR"}
    cashier = browser_of(casino.casey)
    page = cashier.fill_in(
        address, typed, tray="20 black", field="counted_back", signed=[casino.sue]
    )
    page.says("The slip is voided.", "Fills 0 $0.00 0 1")


@pytest.mark.parametrize("name", ["dana", "sam", "pat", "rory", "dora", "tina", "ana", "ada"])
def test_the_window_is_the_cages_alone(live: AtTable, name: str) -> None:
    """FIL-04."""
    browser = browser_of(live.casino.person(name))
    address = step(live, "issue", live.ask_fill("20 black"))
    for path in ("/cage", "/cage/window", address):
        assert browser.get(path).says("Your role may not do this.").status == 403
    assert "Cage" not in browser.get("/floor").links


def test_nothing_else_is_done_at_the_window(live: AtTable) -> None:
    """No step of the table, no slip of another session, none of another casino (TEN-1)."""
    fill = live.issue(live.ask_fill("20 black"))
    cashier = browser_of(live.casino.casey)
    assert cashier.get(step(live, "verify-fill", fill)).status == 404
    assert cashier.get(step(live, "nonsense", fill)).status == 404
    other = a_table(live.casino)
    other.open_table()
    assert cashier.get(step(other, "void-slip", fill)).status == 404
    next_door = browser_of(found().casey)
    assert next_door.get(step(live, "void-slip", fill)).status == 404
    next_door.get(f"/cage?slip={fill['id']}").says_not(fill["number"])
    assert cashier.get("/cage?slip=nonsense").status == 200


def test_the_lists_refresh_alone(live: AtTable) -> None:
    live.ask_fill("20 black")
    part = browser_of(live.casino.casey).get("/cage/window", **{"HX-Request": "true"})
    assert part.says("Requests to issue", "Issue fill").status == 200
    assert "<html" not in part.html
