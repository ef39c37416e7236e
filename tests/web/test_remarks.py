"""Remarks on the pages: written on a session, a slip and an exception, and shown with each."""

import re

import pytest

from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.web.browser import Browser, browser_of, filled

LIMITS = {"min_cents": 2_500, "max_cents": 500_000, "result_cents": 40_000}


def _said(browser: Browser, path: str, text: str, reference: str = "") -> None:
    page = browser.fill_in(path, {"text": text, "reference": reference})
    page.says("The remark is kept, signed by you.")


def test_a_remark_is_written_and_shown_with_who_signed_it(live: AtTable) -> None:
    """RUN-10: on the session page and its proof, to everybody."""
    sam = browser_of(live.casino.sam)
    form = sam.get(f"{live.path}/do/remark").says("It changes no figure", "Reference")
    assert "remark" not in form.form.kinds, "it asks for one remark, not two"
    _said(sam, f"{live.path}/do/remark", "A guest fell ill.", "report 118")
    for path in (live.path, f"{live.path}/proof"):
        page = browser_of(live.casino.dana).get(path).says("Remarks", "A guest fell ill.")
        page.says("reference report 118 · Sam Sato (supervisor)")
    browser_of(live.casino.dana).get(live.path).says("Remark written").says_not("Write remark")


def test_a_slips_remark_is_on_the_slip(live: AtTable) -> None:
    """RUN-10: on its paper, and among those of its session by its number."""
    slip = live.fill("5 black")
    casey = browser_of(live.casino.casey)
    _said(casey, f"{live.path}/do/remark-slip/{slip['id']}", "The printer ran out of paper.")
    casey.get(f"/slips/{slip['id']}").says("Remarks", "The printer ran out of paper.")
    casey.get(live.path).says(f"on Fill {slip['number']} · Casey Cole (cashier)")


def test_an_exceptions_remark_is_for_who_reads_exceptions(live: AtTable) -> None:
    """RUN-10: written where it is resolved, before and after; a dealer does not see it."""
    live.close()
    live.drop()
    raised = live.soft_count(100, second_count_cents=99)["exceptions_raised"][0]
    sam = browser_of(live.casino.sam)
    path = f"/exceptions/{raised['id']}"
    form = next(each for each in sam.get(path).forms if "text" in each.kinds)
    values = {**filled(form), "text": " "}
    assert sam.send(path, values).says("Give a reason.").status == 422
    page = sam.send(path, {**values, "text": "The machine jammed."})
    page.says("The remark is kept.", "The machine jammed.", "Sam Sato (supervisor)")
    sam.get(live.path).says("The machine jammed.", "on an exception")
    browser_of(live.casino.dana).get(live.path).says_not("jammed", "on an exception")


@pytest.fixture
def beyond() -> AtTable:
    """A table that won $900.00, where $400.00 asks for a remark."""
    table = a_table(found(), limits=LIMITS)
    table.open_table()
    table.close()
    table.drop()
    table.custody()
    table.soft_count(90_000)
    return table


def test_a_result_beyond_the_limit_leads_to_the_remark(beyond: AtTable) -> None:
    """RUN-10: it is what comes next; reconciling before it says what is missing."""
    ana = browser_of(beyond.casino.ana)
    asks = "The result is beyond the table's limit and asks for a remark."
    page = ana.get(beyond.path).says(asks)
    assert re.findall(r'id="next" href="[^"]*/do/([a-z-]+)"', page.html) == ["remark"]
    refused = ana.fill_in(f"{beyond.path}/do/reconcile")
    refused.says("write a remark on the session first")
    assert refused.status == 409
    _said(ana, f"{beyond.path}/do/remark", "One player, three hours at the maximum.")
    ana.get(beyond.path).says_not(asks)
    ana.fill_in(f"{beyond.path}/do/reconcile").says("The result is reconciled")


def test_the_limit_is_set_with_the_table(own: Casino) -> None:
    """RUN-10, BASE-7: shown, changed alone, and part of the table's past."""
    ada = browser_of(own.ada)
    table = a_table(own)
    path = f"/settings/do/change-table/{table.id}"
    said = "$25–5,000; a remark beyond a win or loss of $4,000"
    ada.fill_in(path, {"result_cents": "4,000"}).says(said, "instead of $25–5,000")
    kept = own.ada.get(f"/tables/{table.id}").must(200)["limits"]
    assert kept == {"min_cents": 2_500, "max_cents": 500_000, "result_cents": 400_000}
    ada.fill_in(path, {"least_cents": "50"})
    assert own.ada.get(f"/tables/{table.id}").must(200)["limits"]["result_cents"] == 400_000
