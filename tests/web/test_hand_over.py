"""The hand-over page: what stands open, signed by both supervisors, kept and printed (SHIFT-3)."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.web.browser import Page, browser_of

PATH = "/shift/hand-over"


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the page is about all of it."""
    return found()


def _page(casino: Casino, name: str = "sam", query: str = "") -> Page:
    page = browser_of(casino.person(name)).get(f"{PATH}{query}")
    assert page.status == 200, page.words
    return page


def _busy(casino: Casino) -> AtTable:
    """A table in play with a fill on the road and a request nobody has issued."""
    table = a_table(casino)
    table.open_table(at="08:00")
    table.issue(table.ask_fill("5 black", at="09:00"), at="09:10")
    table.ask_credit("2 green", at="09:40")
    return table


def test_where_there_is_none_it_says_none(casino: Casino) -> None:
    """SHIFT-3, LESSON-2: seven lists, each of which says so; and no $0 anywhere."""
    page = _page(casino)
    page.says(
        "No hand-over was signed yet",
        "Chips in transit None",
        "Requests nobody has issued None",
        "Open exceptions None",
        "Stale or bootstrapped baselines None",
        "Tables not counted None",
        "Tables not opened None",
    ).says_not("$0")


def test_it_says_what_stands_open(casino: Casino) -> None:
    """SHIFT-3, SLIP-10: slips with amount, age and runner; tables by what they lack."""
    table = _busy(casino)
    waits = a_table(casino)
    waits.open(at="09:40")
    page = _page(casino)
    page.says(
        "Fills $500 · Credits none",
        f"Fill · {table.code}",
        f"30 min Issued, on the way to the table · {casino.rory.name}",
        "Requests nobody has issued",
        f"In play, not counted at the end of the session yet: {table.code} last count 08:00",
        f"{waits.code} PIT 1 ▲ Opening count required Not counted yet",
        "1× Fill issued",
    )


def test_both_sign_and_it_is_kept_as_a_form(casino: Casino) -> None:
    """SHIFT-3, SIGN-3: one signs by sending, the other with badge and PIN on the same device."""
    table = _busy(casino)
    browser = browser_of(casino.sam)
    said = {"remark": "The fill is on the stairs.", "caller_is": "INCOMING"}
    paper = browser.fill_in(PATH, said, signed=[casino.sue])
    paper.says(
        "The shift is handed over, signed by both.",
        f"Outgoing supervisor {casino.sue.name}",
        f"Incoming supervisor {casino.sam.name}",
        "The fill is on the stairs.",
        f"Fill · {table.code}",
        "sha256",
    )
    page = _page(casino)
    page.says("Signed hand-overs of this shift", f"{casino.sue.name} → {casino.sam.name}")
    page.says("What changed since the last hand-over DAY", "None Chips in transit")
    table.ask_fill("1 black", at="09:50")
    _page(casino).says("1× Fill requested")


def test_a_wrong_pin_stands_beside_the_signature_and_keeps_the_rest(casino: Casino) -> None:
    """SIGN-4: what was typed is kept, the PIN is not; nothing is handed over."""
    browser = browser_of(casino.sam)
    said = {"remark": "quiet", "sign:0:badge": casino.sue.badge, "sign:0:pin": "000000"}
    page = browser.fill_in(PATH, said)
    assert page.status == 422
    page.says("Badge or PIN is not right.")
    assert page.form.values["remark"] == "quiet"
    assert page.form.values["sign:0:badge"] == casino.sue.badge
    assert page.form.values["sign:0:pin"] == ""
    assert casino.art.get(f"/shifts/{_shift(casino)}/hand-over").must(200)["items"] == []
    with nothing_changes(casino):
        browser.fill_in(PATH, {"caller_is": "INCOMING"}).says("signature is missing")
        browser.fill_in(PATH, {"caller_is": "NOBODY"}, signed=[casino.sue]).says("right shape")


def _shift(casino: Casino) -> str:
    now = casino.art.get("/shifts/current").must(200)
    return str(now["id"])


def test_sent_twice_it_is_handed_over_once(casino: Casino) -> None:
    """IDEM-1."""
    browser = browser_of(casino.sam)
    casino.sue.get("/me").must(200)
    form = browser.get(PATH).form
    values = {**form.values, "sign:0:badge": casino.sue.badge, "sign:0:pin": casino.sue.pin}
    first, second = browser.send(form.action, values), browser.send(form.action, values)
    assert first.status == second.status == 200
    assert len(casino.art.get(f"/shifts/{_shift(casino)}/hand-over").must(200)["items"]) == 1


@pytest.mark.parametrize("name", ["cam", "ana", "art"])
def test_who_only_reads_it_has_no_form(casino: Casino, name: str) -> None:
    """SIGN-3: supervisors hand over; managers of the cage, accounting and auditors read."""
    page = _page(casino, name)
    assert not [each for each in page.forms if "caller_is" in each.values]


@pytest.mark.parametrize("name", ["dana", "casey", "dora", "tina"])
def test_it_is_not_for_everybody(casino: Casino, name: str) -> None:
    browser = browser_of(casino.person(name))
    for path in (PATH, f"{PATH}/list", "/hand-overs/01900000-0000-7000-8000-000000000000"):
        assert browser.get(path).status == 403


def test_the_shift_before_is_handed_over_too_and_no_older_one(casino: Casino) -> None:
    """SHIFT-3: what stands open stands open now."""
    a_table(casino).open_table(at="14:10")
    before = _page(casino).links["‹ DAY"]
    page = browser_of(casino.sam).get(before)
    page.says("Hand-over DAY")
    assert page.form.values["caller_is"] == "OUTGOING"
    old = casino.art.get("/shifts", gaming_day="2026-02-01").must(200)["items"][0]["id"]
    page = _page(casino, query=f"?shift_id={old}")
    page.says("Only the running shift is handed over")
    assert not [each for each in page.forms if "caller_is" in each.values]
    _page(casino, query="?shift_id=nonsense").says("Hand-over SWING")


def test_a_hand_over_of_next_door_is_not_there(casino: Casino) -> None:
    """TEN-1."""
    other = found()
    browser_of(other.sam).fill_in(PATH, signed=[other.sue])
    handed = other.art.get(f"/shifts/{_shift(other)}/hand-over").must(200)["items"][0]["id"]
    assert browser_of(other.pat).get(f"/hand-overs/{handed}").status == 200
    assert browser_of(casino.pat).get(f"/hand-overs/{handed}").status == 404
