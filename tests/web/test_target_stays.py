"""A session's target is the one it was opened with, on every page and paper of it (PAR-9)."""

from datetime import timedelta

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import dollars
from tests.web.browser import browser_of

TODAY, TOMORROW = "2026-03-02", "2026-03-03"
THEN, SINCE = "Target need (par) ○ $3,000", "$9,000"


def _set(casino: Casino, table: AtTable, cents: int | None, *, day: str) -> None:
    asked = {"table_id": table.id, "par_total_cents": cents, "effective_from_gaming_day": day}
    casino.pat.post("/par-policies", asked, at=casino.now).must(201)


def test_pages_and_papers_keep_the_target_a_session_was_opened_with() -> None:
    """PAR-9, SESS-3, LESSON-12: whatever is published while it is open, and on the days after;
    always labelled as a target, beside what was counted.
    """
    casino = found()
    table = a_table(casino)
    _set(casino, table, dollars("3,000"), day=TODAY)
    table.open_table("28 black")
    sam = browser_of(casino.sam)
    opener = f"/counts/{table.session()['opening']['id']}"
    _set(casino, table, dollars("9,000"), day=TOMORROW)
    casino.now += timedelta(days=1)
    table.closing()
    closer = f"/counts/{table.count('CLOSING', '28 black')['id']}"
    for path in (table.path, opener, closer, f"{table.path}/proof"):
        page = sam.get(path).says_not(SINCE)
        words = page.words.replace(" ? ", " ")
        assert THEN in words, (path, words)
    sam.get("/floor").says(SINCE)
    par = casino.sam.get(f"/tables/{table.id}/par").must(200)
    assert par["par_total_cents"] == dollars("9,000"), "the next session's"


def test_a_paper_without_a_target_says_that_there_is_none(live: AtTable) -> None:
    """PAR-6: none is said, never written as zero."""
    opener = f"/counts/{live.session()['opening']['id']}"
    browser_of(live.casino.sam).get(opener).says("Target need (par) Target need not configured")


def test_a_count_between_has_no_target_on_it(live: AtTable) -> None:
    """The trade's form: openers and closers carry the target, an interim count does not."""
    count = live.count("INTERIM", "30 black")
    browser_of(live.casino.sam).get(f"/counts/{count['id']}").says_not("Target need")
