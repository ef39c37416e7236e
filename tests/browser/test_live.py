"""Pages that are followed live: told within a second, and nothing moves under anybody's hand."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.today import TableNow, table_in

WITHIN_MS = 1000
WATCH = """([where, words]) => {
  const seen = () => document.querySelector(where)?.textContent.includes(words);
  const watching = new MutationObserver(() => {
    if (!window.seenAt && seen()) window.seenAt = Date.now();
  });
  watching.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


def seen_at(page: Page) -> float:
    """When the watched words came to stand on the page, in the milliseconds of this machine."""
    page.wait_for_function("() => window.seenAt")
    at: float = page.evaluate("() => window.seenAt")
    return at


def issued_at(casey: Someone, live: TableNow) -> float:
    """Casey issues this table's fill; when the answer came back to the window."""
    row = casey.page.locator("#list li", has_text=live.code)
    casey.presses("Issue fill", within=row).has_sign(live.casino.rory)
    posted = lambda answer: answer.request.method == "POST"  # noqa: E731
    with casey.page.expect_response(posted) as answered:
        casey.sends()
    timing = answered.value.request.timing
    return timing["startTime"] + timing["responseStart"]


@pytest.mark.parametrize("where", ["/floor", "session"])
def test_an_issue_is_seen_at_the_table_within_a_second(
    person: AtWork, live: TableNow, where: str
) -> None:
    """LESSON-24: Casey's answer against what stands on Sam's page, which nobody reloads."""
    live.ask_fill("20 black")
    sam = person("sam").open(live.path if where == "session" else where)
    casey = person("casey").open("/cage")
    here = f"#table-{live.id}" if where == "/floor" else "main"
    expect(sam.page.locator(here)).to_contain_text("equested")
    sam.page.evaluate(WATCH, [here, "F-"])
    told = issued_at(casey, live)
    assert seen_at(sam.page) - told <= WITHIN_MS


def test_a_request_is_seen_at_the_window_within_a_second(person: AtWork, live: TableNow) -> None:
    casey = person("casey").open("/cage")
    casey.page.evaluate(WATCH, ["#list", live.code])
    sam = person("sam").open(live.path)
    sam.presses("Request fill").counts("5 black")
    with sam.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        sam.sends()
    timing = answered.value.request.timing
    assert seen_at(casey.page) - timing["startTime"] - timing["responseStart"] <= WITHIN_MS


def test_focus_and_scroll_stay_when_a_card_is_swapped(person: AtWork, live: TableNow) -> None:
    """04-screens: what changed is changed where it stands; a thumb on it stays on it."""
    for _ in range(8):
        table_in(live.casino)
    sam = person("sam", viewport={"width": 390, "height": 500}).open("/floor")
    card = sam.page.locator(f"#go-{live.id}")
    card.scroll_into_view_if_needed()
    card.focus()
    before = sam.page.evaluate("() => [document.activeElement.id, scrollY]")
    live.ask_fill("20 black")
    expect(sam.page.locator(f"#table-{live.id}")).to_contain_text("Fill requested")
    assert sam.page.evaluate("() => [document.activeElement.id, scrollY]") == before


def test_who_stands_on_a_link_by_keyboard_stays_on_it(person: AtWork, live: TableNow) -> None:
    """WCAG 2.4.3: a part that is drawn anew takes nobody's place from them."""
    sam = person("sam").open(live.path)
    sam.page.locator("#open-proof-Opening").click()
    sam.main.get_by_role("link", name="O-", exact=False).first.focus()
    stands = "() => document.activeElement.textContent.trim().slice(0, 2)"
    assert sam.page.evaluate(stands) == "O-"
    live.ask_fill("20 black")
    sam.sees("Requested")
    assert sam.page.evaluate(stands) == "O-"


def test_what_is_being_typed_is_left_alone(person: AtWork, live: TableNow) -> None:
    """The page around the form follows; the form, its caret and its PINs stay."""
    sam = person("sam").open(live.path)
    sam.presses("Record interim count").has_sign(live.casino.dana)
    field = sam.form.locator('[name="chipset:10000"]')
    field.press_sequentially("12")
    live.ask_fill("20 black")
    sam.sees("Requested")
    sam.page.keyboard.type("3")
    expect(field).to_have_value("123")
    expect(sam.form.get_by_label("PIN")).to_have_value(live.casino.dana.pin)


def test_what_was_opened_stays_open(person: AtWork, live: TableNow) -> None:
    """The proof somebody reads is not shut by what happens elsewhere on the page."""
    sam = person("sam").open(live.path)
    sam.page.locator("#open-proof-Opening").click()
    live.ask_fill("20 black")
    sam.sees("Requested")
    expect(sam.page.locator("#proof-Opening")).to_have_attribute("open", "")


def test_a_cut_line_is_said_and_mends_itself(person: AtWork, live: TableNow) -> None:
    """LESSON-24: the page says since when it is old, keeps what it shows, and catches up."""
    sam = person("sam").open("/floor").sees(live.code)
    stamp = sam.page.locator("[data-live]")
    with sam.without_a_line():
        expect(stamp).to_contain_text("Not live since")
        sam.sees(live.code)
        live.ask_fill("20 black")
    expect(stamp).not_to_contain_text("Not live")
    expect(sam.page.locator(f"#table-{live.id}")).to_contain_text("Fill requested")


SHIFTS = """() => {
  window.shifted = [];
  const seen = (list) => window.shifted.push(...list.getEntries().map((each) => each.value));
  new PerformanceObserver(seen).observe({ type: "layout-shift", buffered: false });
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_else_moves_when_a_card_changes(person: AtWork, live: TableNow, width: int) -> None:
    """Q5: a card has room for what may come; a slip on it moves no other card."""
    for _ in range(4):
        table_in(live.casino)
    sam = person("sam", viewport={"width": width, "height": 900}).open("/floor")
    card = sam.page.locator(f"#table-{live.id}")
    expect(card).to_contain_text("In play")
    sam.page.evaluate(SHIFTS)
    slip = live.ask_fill("20 black")
    expect(card).to_contain_text("Fill requested")
    live.issue(slip)
    expect(card).to_contain_text("F-")
    assert sam.page.evaluate("() => window.shifted") == []


def test_the_hand_over_page_follows_the_floor(person: AtWork, live: TableNow) -> None:
    """SHIFT-3, LESSON-24: what is typed into the form stays while the list above it moves on."""
    asked = live.ask_fill("20 black")
    sam = person("sam").open("/shift/hand-over")
    remark = sam.page.get_by_label("Remark")
    remark.fill("The fill is on the stairs.")
    row = sam.page.locator("#list li", has_text=asked["request_number"])
    expect(row).to_contain_text("equested")
    number = live.issue(asked)["number"]
    expect(sam.page.locator("#list li", has_text=number)).to_contain_text(live.casino.rory.name)
    expect(row).to_have_count(0)
    expect(remark).to_have_value("The fill is on the stairs.")
