"""Unknown is not zero, on any page: a casino of which nothing is known, walked by everybody."""

import html
import re

import pytest

from tests.at_table import a_table
from tests.browser.walk import Map, walked
from tests.cast import Casino, found
from tests.web.browser import browser_of

PEOPLE = ("sam", "pat", "casey", "dora", "tina", "ana", "ada")
ZERO = re.compile(r'<data class="money" value="0">|[$€£]0(?:\.00)?(?![\d,.])|value="0(?:\.00)?"')
NONE_AT_ALL = re.compile(
    r'<span class="number" data-mark="term-(?:Fills|Credits)"><data class="money" value="0">'
    r'[^<]*</data></span>\s*<span class="term-note">none'
    r'|<span class="quiet-text">none[^<]*</span></th>'
    r'<td class="number">[^<]*<data class="money" value="0">[^<]*</data></td>'
)
"""No slip was made out: that is known, and is a zero that says so."""
OF_SETTINGS = "settings"
"""Pages of what somebody chose: a tolerance of $0.00 is known."""
TERMS = ("Opening", "Closing", "Fills", "Credits", "Drop")


@pytest.fixture(scope="module")
def nothing_known(_database_is_real: None) -> Casino:
    """Every term is unknown at some table, each in the ways in which it can be."""
    casino = found()
    a_table(casino)
    a_table(casino).prepare()
    a_table(casino).open()
    forced = a_table(casino)
    forced.open_table()
    forced.issue(forced.ask_fill("20 black"))
    forced.pick_up(forced.ask_credit("10 green"))
    forced.ask_fill("1 black")
    forced.force_close()
    moving = a_table(casino)
    moving.open_table()
    moving.issue(moving.ask_fill("20 black"))
    moving.pick_up(moving.ask_credit("10 green"))
    pending = a_table(casino)
    pending.open_table()
    pending.fill()
    pending.close("12 black")
    pending.drop()
    shared = a_table(casino)
    shared.open_table()
    shared.credit()
    shared.roll_over("17 black")
    old_box = a_table(casino, first_box={"code": casino.code("OLD"), "in_play": True})
    old_box.open_table()
    old_box.close("19 black")
    return casino


@pytest.fixture(scope="module")
def everywhere(nothing_known: Casino) -> Map:
    return walked(nothing_known.person(name) for name in PEOPLE)


def test_no_page_shows_an_unknown_as_a_zero(nothing_known: Casino, everywhere: Map) -> None:
    """LESSON-2, WIN-07: from the SQL to the pixel; each page as everybody
    who reaches it sees it.
    """
    seen = set()
    for (name, variety), ways in everywhere.pages.items():
        for way in ways if not name.startswith(OF_SETTINGS) else ():
            page = browser_of(way.person).get(way.path)
            text = html.unescape(NONE_AT_ALL.sub("none", page.html))
            zero = ZERO.search(text)
            where = f"{way.person.name} at {way.path}"
            assert zero is None, f"{where}: {text[max(0, zero.start() - 300) : zero.end() + 80]}"
            seen.add((name, variety))
    for name in ("floor", "session", "cage", "drops", "exceptions", "proof", "table"):
        assert any(page == name for page, _ in seen), f"nobody came to {name}"


def test_every_term_is_unknown_somewhere(everywhere: Map) -> None:
    """The walk above would show nothing if there were nothing unknown to see (LESSON-1)."""
    pages = [browser_of(way.person).get(way.path).html for way in everywhere.ways("session")]
    for term in TERMS:
        unknown = f'data-mark="term-{term}"><span class="unknown">N/A</span>'
        assert any(unknown in page for page in pages), term
    assert any("Target need not configured" in page for page in pages)
    assert all('data-mark="win">N/A' in page for page in pages)
