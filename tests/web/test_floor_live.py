"""What a page asks for when the feed names a table: that one, its pit's head, and nothing else."""

import re

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.web.browser import Page, browser_of

_IDS = re.compile(r'<(li|tr|header|time)[^>]* id="([^"]+)"[^>]*hx-swap-oob="true"')


def changed(casino: Casino, *tables: AtTable, query: str = "") -> Page:
    """The answer for these tables, as the page asks for it."""
    asked = "&".join(["view=cards", *(f"table={each.id}" for each in tables)])
    page = browser_of(casino.sam).get(f"/floor/changed?{asked}{query}", **{"HX-Request": "true"})
    assert page.status == 200
    return page


def placed(page: Page) -> set[str]:
    """What finds its place on the page by itself, by kind; pits by what they are."""
    return {name for kind, name in _IDS.findall(page.html) if kind in ("li", "tr")}


@pytest.fixture
def casino(_database_is_real: None) -> Casino:
    return found()


def test_only_the_tables_asked_for_are_answered(casino: Casino) -> None:
    """LESSON-24: what changed is told; the rest of the page is not even asked for."""
    first, other = a_table(casino, code="BJ-01"), a_table(casino, code="BJ-02")
    page = changed(casino, first).says("BJ-01").says_not("BJ-02", "Find a table")
    assert placed(page) == {f"table-{first.id}"}
    assert placed(changed(casino, first, other)) == {f"table-{first.id}", f"table-{other.id}"}


def test_the_pits_head_sums_up_the_whole_pit(casino: Casino) -> None:
    """One figure, not two (LESSON-13): the head is the one that the whole floor shows."""
    first, other = (a_table(casino, code=code, pit="Pit 1") for code in ("BJ-01", "BJ-02"))
    elsewhere = a_table(casino, code="RO-01", pit="Pit 2")
    first.open_table()
    other.open_table()
    elsewhere.open_table()
    other.issue(other.ask_fill("20 black"))
    page = changed(casino, first).says("2 open · 0 rundown · 0 idle", "$2,000 (1)")
    page.says_not("Pit 2", "RO-01")
    key = re.search(r'id="(pit-[0-9a-f]+)"', page.html)
    assert key is not None
    assert f'id="{key[1]}"' in browser_of(casino.sam).get("/floor?view=cards").html


@pytest.mark.parametrize("view", ["cards", "list"])
def test_a_table_is_drawn_as_the_page_draws_it(casino: Casino, view: str) -> None:
    """Word for word, so that a table that did not change is left untouched."""
    table = a_table(casino, code="BJ-01")
    table.open_table()
    browser = browser_of(casino.sam)
    whole = browser.get(f"/floor/tables?view={view}", **{"HX-Request": "true"}).html
    part = browser.get(f"/floor/changed?view={view}&table={table.id}", **{"HX-Request": "true"})
    assert _drawn(part.html, table) == _drawn(whole, table)


def _drawn(html: str, table: AtTable) -> str:
    found = re.search(rf'<(li|tr)[^>]* id="table-{table.id}".*?</\1>', html, re.DOTALL)
    assert found is not None
    return found[0].replace('hx-swap-oob="true"', "")


def test_what_the_page_does_not_show_is_not_answered(casino: Casino) -> None:
    """A table outside the search stays outside; the page then knows that its list has changed."""
    table = a_table(casino, code="BJ-01")
    assert placed(changed(casino, table, query="&find=roulette")) == set()
    assert placed(changed(casino, table, query="&find=bj")) == {f"table-{table.id}"}
    assert placed(changed(casino, table, query="&show=play")) == set()
    table.open_table()
    assert placed(changed(casino, table, query="&show=play")) == {f"table-{table.id}"}


@pytest.mark.parametrize("said", ["", "table=", "table=x", "table=1&table=2"])
def test_what_names_no_table_is_answered_with_none(casino: Casino, said: str) -> None:
    a_table(casino)
    page = browser_of(casino.sam).get(f"/floor/changed?{said}", **{"HX-Request": "true"})
    assert (page.status, placed(page)) == (200, set())


def test_a_table_of_next_door_is_none(casino: Casino) -> None:
    """TEN-1."""
    theirs = a_table(found(), code="ZZ-99")
    assert placed(changed(casino, theirs)) == set()


@pytest.mark.parametrize("path", ["/floor", "/cage", "/drops", "/shift", "/exceptions", "session"])
def test_a_page_follows_from_what_it_shows(casino: Casino, path: str) -> None:
    """JRN-4: the feed begins at the entry the page was drawn as of, so nothing falls between."""
    table = a_table(casino)
    table.open_table()
    who = {"/cage": casino.casey, "/drops": casino.dora}.get(path, casino.sam)
    head = casino.ana.get("/journal/verify").must(200)["entries"]
    page = browser_of(who).get(table.path if path == "session" else path)
    assert f'data-feed="/api/v1/events" data-after="{head}"' in page.html
    assert "every " not in " ".join(re.findall(r'hx-trigger="([^"]*)"', page.html))
