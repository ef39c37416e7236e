"""Amending a final result on its page: what came since, the reason, and every report that was."""

import re

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import found
from tests.web.browser import browser_of


@pytest.fixture
def final(live: AtTable) -> AtTable:
    """A table whose result is final, with $500.00 in the box."""
    live.close()
    live.drop()
    live.custody()
    live.soft_count(50_000)
    live.reconcile()
    live.finalize()
    return live


def _first(html: str) -> list[str]:
    return re.findall(r'id="next" href="[^"]*/do/([a-z-]+)"', html)


def _recounted(table: AtTable, bills: str = "6") -> None:
    """Tina corrects the count on the page: so many hundreds."""
    counted = f"{int(bills) * 100}.00"
    browser_of(table.casino.tina).fill_in(
        f"{table.path}/do/correct-count/{table.drop_ids[0]}",
        {
            "batch_id": "B-2",
            "contents:10000": bills,
            "first_count_cents": counted,
            "second_count_cents": counted,
            "reason": "a bundle in the lid",
        },
        signed=[table.casino.tom],
    ).says("The corrected count is posted.")


def test_a_recount_stands_beside_the_report_until_it_is_amended(final: AtTable) -> None:
    """RUN-6, LESSON-17: shown at once and apart; amended with a reason; every report is shown."""
    ana = browser_of(final.casino.ana)
    before = ana.get(final.path).says_not("Came since the report", "Amend")
    assert _first(before.html) == []
    _recounted(final)
    page = ana.get(final.path)
    page.says(
        "Came since the report, and not in it:", "Drop $500.00 in the report, $600.00 on record now"
    )
    page.says("Table Win/Loss $500.00", "final, revision 1")
    assert _first(page.html) == ["amend"]
    amended = ana.fill_in(f"{final.path}/do/amend", {"reason": "the lid was looked through"})
    amended.says("The result is amended.", "final, revision 2", "Final reports")
    amended.says("Revision 1 · Table Win/Loss $500.00", "Revision 2 · Table Win/Loss $600.00")
    amended.says("Replaces revision 1: the lid was looked through", "Result amended")
    amended.says_not("Came since the report")
    paper = ana.get(f"{final.path}/proof").says("Revision 1 · Table Win/Loss $500.00")
    for report in final.casino.art.get(f"{final.path}/reports")["items"]:
        assert report["content_sha256"] in paper.html


def test_a_recount_that_agrees_says_so(final: AtTable) -> None:
    """RUN-6: other facts, the same amounts."""
    _recounted(final, "5")
    page = browser_of(final.casino.ana).get(final.path)
    page.says("Other facts came since the report. The amounts agree.")


def test_an_amendment_is_accountings_and_has_a_reason(final: AtTable) -> None:
    """SIGN-3, RUN-6: others see what came; without a reason the form comes back."""
    _recounted(final)
    sam = browser_of(final.casino.sam).get(final.path)
    sam.says("Came since the report", "Next: Amend").says_not("Revision 2")
    assert browser_of(final.casino.sam).get(f"{final.path}/do/amend").status == 403
    ana = browser_of(final.casino.ana)
    assert ana.fill_in(f"{final.path}/do/amend", {"reason": " "}).status == 422
    assert final.rundown()["revision"] == 1


def test_a_member_final_before_its_count_waits_for_its_group() -> None:
    """BOX-6, RUN-6: the page says so, and offers amending once all of it is counted."""
    casino = found(settings={"finalize_pending_count": True})
    table = a_table(casino)
    table.open_table("20 black")
    first = table.path
    table.roll_over("10 black")
    table.close("5 black")
    ana = browser_of(casino.ana)
    ana.fill_in(f"{first}/do/finalize").says("The result is final")
    waits = "Finalized before the count. The result of the group enters by amendment."
    ana.get(first).says(waits).says_not("Amend")
    table.drop()
    table.custody()
    table.soft_count(300_000)
    for path in (first, table.path):
        page = ana.get(path).says(waits)
        assert _first(page.html) == ["amend"]
        assert "do-reconcile" not in page.html
    ana.fill_in(f"{table.path}/do/amend", {"reason": "the box is counted"}).says(
        "Revision 1 · Pending count · Table Win/Loss N/A",
        "Revision 2 · drop group · Table Win/Loss $1,500.00",
    )
    ana.get(first).says("final, revision 2").says_not(waits)
