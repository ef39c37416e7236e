"""Drop and count: which box is due, where it is, what comes next, and what was counted."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import at, dollars
from tests.web.browser import Page, browser_of


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the page shows all of it."""
    return found()


def boxes(casino: Casino, name: str = "dora") -> Page:
    page = browser_of(casino.person(name)).get("/drops")
    assert page.status == 200, page.words
    return page


def schedule(live: AtTable, start: str, end: str) -> None:
    asked = {"window_start": at(start), "window_end": at(end)}
    live.casino.sam.post(f"{live.path}/drop/schedule", asked, at=live.when(None)).must(200)


def test_without_a_table_in_play_nothing_is_due(table: AtTable) -> None:
    boxes(table.casino).says("No box is due.", "No box is waiting", "served no session yet")


def test_a_box_is_due_by_its_window_and_overdue_after_it(live: AtTable) -> None:
    """BOX-3: the window first that ends first."""
    boxes(live.casino).says("No box is due.")
    later = a_table(live.casino)
    later.open_table()
    schedule(later, "11:00", "12:00")
    schedule(live, "09:00", "10:00")
    page = boxes(live.casino).says("Boxes due 2", "09:00–10:00", "11:00–12:00")
    assert page.words.index("09:00–10:00") < page.words.index("11:00–12:00")
    page.says_not("overdue")
    later.ask_fill("1 black", at="10:05")
    boxes(live.casino).says("▲ overdue 5 min")


def test_a_closed_table_with_its_box_on_is_due(live: AtTable) -> None:
    live.close()
    boxes(live.casino).says("Boxes due 1", "no window set", "Table closed", "Remove box")


def by_schedule(casino: Casino, *times: str, **also: object) -> None:
    asked = {
        "effective_from_gaming_day": "2026-03-02",
        "at": times,
        "window_minutes": 60,
        "grace_minutes": 30,
        **also,
    }
    casino.ada.post("/drop-schedules", asked, at=casino.now).must(201)


def test_a_box_in_play_is_due_by_its_pits_schedule(live: AtTable) -> None:
    """BOX-3: from half a shift before its window, with what is left of it in words."""
    casino = live.casino
    by_schedule(casino, "11:00")
    page = boxes(casino).says("No box is due.", "next drop 11:00")
    for clock, words in (
        ("07:00", "Boxes due 1"),
        ("10:00", "in 1 h 0 min"),
        ("11:15", "due now, 45 min left"),
        ("12:10", "window over, late in 20 min"),
        ("12:31", "▲ overdue 31 min"),
    ):
        casino.ada.patch("/casino", {"name": f"at {clock}"}, at=at(clock)).must(200)
        page = boxes(casino).says(words, "11:00–12:00", "drop schedule", "Remove box")
        assert ("row-needs" in page.html) is ("overdue" in words)


def test_a_sessions_own_window_goes_before_the_schedule(live: AtTable) -> None:
    """BOX-3: both feed what is due, the earlier first."""
    other = a_table(live.casino)
    other.open_table()
    by_schedule(live.casino, "08:00")
    schedule(other, "10:00", "10:30")
    page = boxes(live.casino).says("Boxes due 2", "08:00–09:00", "10:00–10:30")
    assert page.words.index("08:00–09:00") < page.words.index("10:00–10:30")
    assert page.words.count("drop schedule") == 1


def test_a_box_mounted_after_the_drop_waits_for_the_next_one(live: AtTable) -> None:
    """BOX-3: due is what began after its first opener; nothing is due for a table not in play."""
    by_schedule(live.casino, "06:00")
    a_table(live.casino)
    boxes(live.casino).says("No box is due.", "next drop 3 Mar 06:00").says_not("overdue")


def test_a_box_goes_its_whole_way_from_this_page(live: AtTable) -> None:
    """BOX-2, BOX-4, SOFT-1: removed, handed over, counted; unknown until then (LESSON-2)."""
    casino = live.casino
    live.close()
    crew = browser_of(casino.dora)
    form = crew.get(boxes(casino).links["Remove box"]).says("Surveillance operator told")
    assert form.links["Back without saving"] == "/drops"
    told = {"operator": "Sol", "notified_at": "2026-03-02T06:00:00"}
    page = crew.fill_in(boxes(casino).links["Remove box"], told, signed=[casino.dex])
    page.says("The box is removed.", "Taken, not counted yet 1", "N/A Pending count")
    page.says("Next: Arrived at the count room").says_not("$0")
    address = page.links["Record hand-over"]
    page = crew.fill_in(
        address, {"step": "ARRIVED", "sign:0:role": "COUNT_TEAM"}, signed=[casino.tina]
    )
    page.says("The hand-over is recorded.", "Next: Opened and counted")
    page.says_not("Enter count")
    team = browser_of(casino.tina)
    address = team.get("/drops").links["Enter count"]
    found_in_it = {
        "batch_id": "B-1",
        "contents:10000": "12",
        "first_count_cents": "1200.00",
        "second_count_cents": "1150.00",
    }
    page = team.fill_in(address, found_in_it, signed=[casino.tom])
    page.says("The count is posted.", "$1,200.00", "second count differs −$50.00", "batch B-1")


def test_counts_that_agree_say_so(live: AtTable) -> None:
    live.close()
    live.drop()
    live.custody()
    live.soft_count(dollars("2,500"))
    boxes(live.casino, "ana").says("$2,500.00", "✔ both counts agree").says_not("differs")


@pytest.mark.parametrize("name", ["rory", "sam", "pat", "ana", "art"])
def test_others_see_where_the_boxes_are_and_are_not_offered_the_count(
    live: AtTable, name: str
) -> None:
    live.close()
    live.drop()
    page = boxes(live.casino, name).says("Taken, not counted yet 1")
    assert not {"Record hand-over", "Enter count"} & set(page.links)


@pytest.mark.parametrize("name", ["dana", "casey", "cam", "sol", "ada"])
def test_who_has_no_part_in_it_is_told_so(live: AtTable, name: str) -> None:
    browser = browser_of(live.casino.person(name))
    for path in ("/drops", "/drops/list", f"/drops/do/remove-box/{live.session_id}"):
        assert browser.get(path).says("Your role may not do this.").status == 403


def test_nothing_else_is_done_here_and_nothing_of_the_casino_next_door(live: AtTable) -> None:
    """TEN-1."""
    live.close()
    removal = live.drop()
    crew = browser_of(live.casino.dora)
    assert crew.get(f"/drops/do/begin-closing/{live.session_id}").status == 404
    hand_over = f"/drops/do/hand-over-box/{live.session_id}/{removal['id']}"
    assert crew.get(hand_over).status == 200
    stranger = browser_of(found().dora)
    assert stranger.get(hand_over).status == 404
    stranger.get("/drops").says_not(live.code)


def test_the_lists_refresh_alone(live: AtTable) -> None:
    live.close()
    part = browser_of(live.casino.dora).get("/drops/list", **{"HX-Request": "true"})
    assert part.says("Boxes due", "Remove box").status == 200
    assert "<html" not in part.html
