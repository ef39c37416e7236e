"""The line is lost, the server dies, somebody presses twice: one effect, and nothing typed is lost.

What was sent is sent again by itself under the same key until it is answered (IDEM-1, LESSON-28).
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow
from tests.program import Server, start_server

UNANSWERED = "Not answered yet. Everything is kept and is sent again by itself; it counts once."


def slips_of(table: TableNow) -> list[str]:
    """The request numbers of the slips that there are at this table."""
    slips = table.casino.sam.all_of("/slips", session_id=table.session_id)
    return [slip["request_number"] for slip in slips]


def never_arrives(route: Route) -> None:
    route.abort("connectionreset")


def is_done_but_not_answered(route: Route) -> None:
    route.fetch(max_redirects=0)
    route.abort("connectionreset")


def lose(someone: Someone, how: Callable[[Route], None]) -> None:
    """From now on what is sent to the floor gets no answer."""
    someone.complaints.are_expected = True
    someone.page.route("**/do/**", lambda route: _posts(route, how))


def _posts(route: Route, how: Callable[[Route], None]) -> None:
    if route.request.method == "POST":
        how(route)
    else:
        route.continue_()


def find_again(someone: Someone) -> None:
    someone.page.unroute_all(behavior="wait")


def key_in(page: Page) -> str:
    return page.locator("#form input[name=key]").input_value()


@pytest.mark.parametrize("how", [never_arrives, is_done_but_not_answered])
def test_a_lost_request_is_sent_again_by_itself(
    person: AtWork, live: TableNow, how: Callable[[Route], None]
) -> None:
    """Said at once, everything kept, and done without anybody pressing again."""
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("20 black")
    key = key_in(sam.page)
    lose(sam, how)
    sam.sends().sees(UNANSWERED)
    expect(sam.page.get_by_role("alert").filter(has_text="No connection.")).to_be_visible()
    expect(sam.page.locator('[name="chipset:10000"]')).to_have_value("20")
    assert key_in(sam.page) == key
    find_again(sam)
    sam.sees("The fill is requested.")
    assert len(slips_of(live)) == 1


def test_what_was_signed_stays_in_the_form_meanwhile(person: AtWork, live: TableNow) -> None:
    """SIGN-4: nobody types a PIN twice because a line was lost, and no PIN is kept for later."""
    casino = live.casino
    slip = live.issue(live.ask_fill("10 black"))
    sam = person("sam").open(live.path)
    sam.presses("Verify fill").counts("10 black").has_sign(casino.dana, casino.rory)
    lose(sam, is_done_but_not_answered)
    sam.sends().sees(UNANSWERED)
    pins = sam.form.get_by_label("PIN")
    assert [each.input_value() for each in pins.all()] == [casino.dana.pin, casino.rory.pin]
    kept = sam.page.evaluate("() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    assert casino.dana.pin not in kept
    find_again(sam)
    sam.sees("The fill is verified")
    steps = casino.sam.get(f"/slips/{slip['id']}").must(200)["history"]
    assert [each["status"] for each in steps].count("VERIFIED_AT_TABLE") == 1


def test_somebody_may_stop_the_sending_and_change_it(person: AtWork, live: TableNow) -> None:
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("20 black")
    lose(sam, never_arrives)
    sam.sends().sees(UNANSWERED).presses("Stop sending and change it")
    expect(sam.page.get_by_text(UNANSWERED)).to_be_hidden()
    find_again(sam)
    sam.counts("15 black").sends().sees("The fill is requested.")
    slips = live.casino.sam.all_of("/slips", session_id=live.session_id)
    assert [slip["total_cents"] for slip in slips] == [150_000]


def test_somebody_may_stop_waiting_for_a_slow_answer(person: AtWork, live: TableNow) -> None:
    """LESSON-28: the button does what it says from the moment it is there, and it counts once."""
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("20 black")
    held: list[Route] = []
    lose(sam, held.append)
    sam.sends().sees("Sent. Still waiting for the answer.").presses("Stop sending and change it")
    expect(sam.page.get_by_text("Sent. Still waiting for the answer.")).to_be_hidden()
    for each in held:
        each.abort()
    find_again(sam)
    sam.counts("15 black").sends().sees("The fill is requested.")
    slips = live.casino.sam.all_of("/slips", session_id=live.session_id)
    assert [slip["total_cents"] for slip in slips] == [150_000]


def fails(route: Route) -> None:
    page = "<!doctype html><main id=main>Something went wrong</main>"
    route.fulfill(status=500, content_type="text/html", body=page)


def test_what_failed_says_so_and_keeps_what_was_typed(person: AtWork, live: TableNow) -> None:
    """Nobody presses a button and hears nothing: it is no lost line, and it is not sent again."""
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("20 black")
    lose(sam, fails)
    sam.sends().sees("Something went wrong")
    find_again(sam)
    sam.reload()
    expect(sam.page.locator('[name="chipset:10000"]')).to_have_value("20")
    sam.sends().sees("The fill is requested.")
    assert len(slips_of(live)) == 1


@pytest.fixture
def mortal(tmp_path: Path) -> Iterator[Server]:
    """A server of the test's own, that it may kill."""
    started = start_server(log=tmp_path / "log")
    yield started
    if started.process.poll() is None:
        started.kill()


def test_a_server_that_is_restarted_finds_the_form_waiting(
    person: AtWork, live: TableNow, mortal: Server, tmp_path: Path
) -> None:
    """LESSON-24: the floor says since when it is not live; the form waits and is sent once."""
    sam = person("sam", base_url=mortal.base_url).open(live.path)
    sue = person("sue", base_url=mortal.base_url).open("/floor")
    for each in (sam, sue):
        each.complaints.are_expected = True
    sam.presses("Request fill").counts("20 black")
    mortal.kill()
    sam.sends().sees(UNANSWERED)
    expect(sue.page.locator("[data-live]")).to_contain_text("Not live since")
    assert slips_of(live) == []
    again = start_server(log=tmp_path / "again", port=mortal.port)
    try:
        sam.sees("The fill is requested.")
        expect(sue.page.locator("[data-live]")).not_to_contain_text("Not live")
        sue.sees("Fill requested")
    finally:
        again.kill()
    assert len(slips_of(live)) == 1


@pytest.mark.parametrize("gesture", ["double click", "Enter twice", "press while it is sent"])
def test_a_doubled_press_has_one_effect(person: AtWork, live: TableNow, gesture: str) -> None:
    """LESSON-28, IDEM-1"""
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("20 black")
    button = sam.form.locator("button.primary")
    if gesture == "double click":
        button.dblclick()
    elif gesture == "Enter twice":
        button.focus()
        sam.page.keyboard.press("Enter")
        sam.page.keyboard.press("Enter")
    else:
        button.evaluate("(each) => { each.click(); each.form.requestSubmit(each); each.click(); }")
    sam.sees("The fill is requested.")
    assert len(slips_of(live)) == 1


def test_back_and_sent_again_has_one_effect(person: AtWork, live: TableNow) -> None:
    """What is gone back to is a new form, empty: nothing of the sent one is in it."""
    sam = person("sam").open(live.path).does("Request fill", tray="20 black")
    sam.sees("The fill is requested.").page.go_back()
    expect(sam.form).to_be_visible()
    sam.sends().sees("▲")
    assert len(slips_of(live)) == 1


def test_the_same_page_sent_from_two_tabs_has_one_effect_each(
    person: AtWork, live: TableNow
) -> None:
    """Each form has a key of its own: two who ask for two fills get two."""
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("20 black")
    key = key_in(sam.page)
    second = person("sam").open(live.path)
    second.presses("Request fill").counts("20 black")
    assert key_in(second.page) != key
    sam.sends().sees("The fill is requested.")
    second.sends().sees("The fill is requested.")
    assert len(slips_of(live)) == 2


def test_a_half_typed_count_survives_a_reload(person: AtWork, live: TableNow) -> None:
    """With its key, its remark, and what was typed beside it; never a PIN."""
    sam = person("sam").open(live.path)
    sam.presses("Record interim count").has_sign(live.casino.dana)
    key = key_in(sam.page)
    sam.form.locator('[name="chipset:10000"]').fill("17")
    sam.form.get_by_label("Amount in $25 chips").fill("500")
    sam.reload().sees("Restored what you had typed")
    expect(sam.form.locator('[name="chipset:10000"]')).to_have_value("17")
    expect(sam.form.locator('[name="chipset:2500"]')).to_have_value("20")
    assert key_in(sam.page) == key
    assert [each.input_value() for each in sam.form.get_by_label("PIN").all()] == [""]
    sam.counts("17 black, 20 green").has_sign(live.casino.dana).sends()
    sam.sees("The interim count is recorded.")
    counts = live.casino.sam.get(f"{live.path}/snapshots").must(200)["items"]
    assert [each["total_cents"] for each in counts] == [320_000, 220_000]
