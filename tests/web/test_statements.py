"""How often a page asks the database: as often for many tables as for few."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.at_table import AtTable, a_table
from tests.browser.walk import walked
from tests.cast import Casino, found
from tests.say import spoken
from tests.web.browser import browser_of

PEOPLE = ("sam", "casey", "tina", "ana", "ada")
MOST = 50
"""More than any page asks today; one that needs more has grown."""
NEVER_SEEN = {"home", "setup"}
"""What only leads on to another page."""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every statement that goes out from here while this is open."""
    seen: list[str] = []
    mine = threading.get_ident()
    plain = psycopg.Cursor.execute

    def counting(self: psycopg.Cursor, query: object, *args: object, **how: object) -> object:
        if threading.get_ident() == mine:
            seen.append(str(query))
        return plain(self, query, *args, **how)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.Cursor, "execute", counting)
        yield seen


def _at_work(tables: int) -> Casino:
    """So many tables in each of four states: in play, over, counted, and waiting to be opened."""
    casino = found()
    for _ in range(tables):
        a_table(casino).prepare()
        live = a_table(casino)
        live.open_table()
        live.fill("10 black")
        live.issue(live.ask_fill("20 black"))
        live.ask_credit("10 green")
        for step in (_pending, _counted):
            over = a_table(casino)
            over.open_table()
            over.close("30 black")
            over.drop()
            step(over)
        forced = a_table(casino)
        forced.open_table()
        forced.force_close()
        _proposed(live)
        _proposed(forced, approved=True)
        _on_a_trip(live)
    return casino


def _on_a_trip(table: AtTable) -> None:
    """A drop trip under way, with the table's box on its list."""
    casino = table.casino
    told = {"notified_at": spoken(casino.now), "operator": "Sol"}
    asked = {"boxes": [table.code], "surveillance": told}
    casino.dora.post("/drop-trips", asked, at=table.when(None), signed=[casino.dex]).must(201)


def _proposed(table: AtTable, *, approved: bool = False) -> None:
    """A target that somebody proposed and others spoke of; approved, if wished."""
    casino, day = table.casino, {"effective_from_gaming_day": "2026-06-01"}
    policy = {**day, "table_id": table.id, "par_total_cents": 5}
    path = f"/par-proposals/{casino.sam.post('/par-policies', policy).must(201)['id']}"
    casino.pat.post(f"{path}/comments", {"text": "busy on Fridays"}).must(201)
    if approved:
        casino.pat.post(f"{path}/approve", day).must(200)


def _pending(table: AtTable) -> None:
    table.custody()


def _counted(table: AtTable) -> None:
    table.custody()
    table.soft_count(125_000)


def _asked(casino: Casino, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], int]:
    """Statements by page and its variety: the most that the first three of its addresses take."""
    found: dict[tuple[str, str], int] = {}
    people = [casino.person(name) for name in PEOPLE]
    for page, ways in walked(people).pages.items():
        for way in ways[:3] if page[0] not in NEVER_SEEN else ():
            browser = browser_of(way.person)
            with counted(monkeypatch) as statements:
                assert browser.get(way.path).status == 200
            found[page] = max(found.get(page, 0), len(statements))
    return found


def test_a_page_asks_as_often_for_many_tables_as_for_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """LESSON-30: nothing is asked table by table; and no page asks more than it did."""
    few, many = _asked(_at_work(1), monkeypatch), _asked(_at_work(3), monkeypatch)
    grown = {page: (few[page], many[page]) for page in few if many.get(page, 0) > few[page]}
    assert not grown
    assert {page: count for page, count in few.items() if count > MOST} == {}
    assert {name for name, _ in few} >= {"floor", "session", "cage", "drops", "exceptions"}
    assert {("settings-thing", "targets"), ("settings-section", "outcomes")} <= set(few)


def test_every_statement_of_a_page_names_its_casino(monkeypatch: pytest.MonkeyPatch) -> None:
    """TEN-1: the scope is said before anything is asked, and each question says it again."""
    casino = _at_work(1)
    with counted(monkeypatch) as statements:
        browser_of(casino.sam).get("/floor")
    asked = [each for each in statements if re.match(r"\s*(select|with)", each, re.IGNORECASE)]
    mine = [each for each in asked if "django_session" not in each]
    assert "set_config('tablebank.casino_id'" in mine[0]
    assert [each for each in mine[1:] if "casino" not in each] == []
