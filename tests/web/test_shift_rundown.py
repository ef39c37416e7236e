"""The shift rundown page: an official sum that hides no unknown, and what is kept (SHIFT-1)."""

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.cli.typing_in import done
from tests.say import dollars
from tests.web.browser import Page, browser_of

PATH = "/shift/rundown"


@pytest.fixture
def casino() -> Casino:
    """A casino of the test's own: the page shows all of it."""
    return found()


def _page(casino: Casino, name: str = "pat", query: str = "") -> Page:
    page = browser_of(casino.person(name)).get(f"{PATH}{query}")
    assert page.status == 200, page.words
    return page


def _counted(casino: Casino, won: str) -> AtTable:
    table = a_table(casino)
    table.open_table(at="08:00")
    table.close(at="12:00")
    table.drop(at="12:10")
    table.soft_count(dollars(won), at="12:30")
    return table


def test_a_shift_in_which_nothing_was_opened(casino: Casino) -> None:
    """LESSON-2: no sum at all, and no $0."""
    _page(casino).says("No table was opened in this shift.").says_not("$0")


def test_the_sum_says_what_is_in_it(casino: Casino) -> None:
    """SHIFT-1, LESSON-2: N/A over an unknown, beside the known and the counts."""
    table = _counted(casino, "800")
    _page(casino).says("Shift rundown +$800", "1 session complete", f"{table.code} Blackjack")
    live = a_table(casino)
    live.open_table(at="12:40")
    page = _page(casino)
    page.says(
        "Shift rundown N/A",
        "Known so far +$800",
        "1 session complete · 1 pending",
        "N/A Not closed yet In play",
        f"Proof of {live.code}",
    )
    page.says_not("$0")


def test_a_known_zero_is_not_an_unknown_one(casino: Casino) -> None:
    """LESSON-2: a shift that won nothing says $0, one of which nothing is known does not."""
    _counted(casino, "0")
    _page(casino).says("Shift rundown $0 1 session complete")
    other = found()
    a_table(other).open_table(at="08:00")
    _page(other).says("Shift rundown N/A 0 sessions complete · 1 pending").says_not("Known so far")


def test_a_group_says_whether_it_is_in_the_sum(casino: Casino) -> None:
    """BOX-6, decision 0025: inside the shift it is, over two shifts in neither."""
    inside = a_table(casino)
    inside.open_table(at="08:00")
    inside.close(at="09:00")
    inside.open_table(at="09:10")
    inside.close(at="10:00")
    inside.drop(at="10:10")
    inside.soft_count(dollars("900"), at="10:30")
    over = a_table(casino)
    over.open_table(at="08:00")
    over.roll_over(at="14:00")
    over.close(at="15:00")
    over.drop(at="15:10")
    over.soft_count(dollars("400"), at="15:30")
    day = casino.art.get("/shifts", gaming_day="2026-03-02").must(200)["items"][0]["id"]
    page = _page(casino, query=f"?shift_id={day}")
    page.says(
        "Shift rundown N/A Known so far +$900",
        "3 shared",
        f"{inside.code} 2 sessions +$900 Complete In this shift's sum",
        f"{over.code} 2 sessions +$400 Complete Reaches into another shift: in no shift's sum",
    )


def test_it_says_what_is_kept(casino: Casino) -> None:
    """SHIFT-1, RUN-6: the revisions with their hashes; and what is still to be final before."""
    table = _counted(casino, "800")
    page = _page(casino)
    page.says("Not kept yet", "1 session is not final.")
    table.reconcile(at="12:40")
    table.finalize(at="12:41")
    a_table(casino).prepare(at="14:00")
    done("sweep", "--casino", casino.founded.slug)
    day = casino.art.get("/shifts", gaming_day="2026-03-02").must(200)["items"][0]["id"]
    kept = casino.art.get(f"/shifts/{day}/reports").must(200)["items"][0]
    page = _page(casino, query=f"?shift_id={day}")
    page.says("Revision 1 · kept", kept["content_sha256"], "Final · Revision 1")
    page.says_not("Not kept yet", "replaced")


def test_two_words_for_two_numbers(casino: Casino) -> None:
    """LESSON-4: each page names its own number, and leads to the other."""
    _counted(casino, "800")
    rundown = _page(casino)
    assert rundown.links["Window win/loss"].startswith("/shift?shift_id=")
    window = browser_of(casino.pat).get(rundown.links["Window win/loss"])
    window.says("Window win/loss +$800")
    assert window.links["Shift rundown"].startswith(f"{PATH}?shift_id=")
    assert window.links["Hand-over"].startswith("/shift/hand-over")
    rundown.says("Official: the sum of the rundowns").says_not("Window win/loss +")


def test_who_counts_blind_reads_no_result_that_tells_of_a_count() -> None:
    """SNAP-4."""
    casino = found(settings={"blind_counts": True})
    table = a_table(casino)
    table.open_table("40 red", at="08:00")
    table.roll_over("40 red", at="14:00")
    day = casino.art.get("/shifts", gaming_day="2026-03-02").must(200)["items"][0]["id"]
    _page(casino, "sam", f"?shift_id={day}").says("Counts are blind")
    _page(casino, "ana", f"?shift_id={day}").says_not("Counts are blind")


@pytest.mark.parametrize("name", ["dana", "casey", "dora", "tina"])
def test_it_is_not_for_everybody(casino: Casino, name: str) -> None:
    browser = browser_of(casino.person(name))
    assert [browser.get(path).status for path in (PATH, f"{PATH}/list")] == [403, 403]
