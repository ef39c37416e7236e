"""Asking for pars on the page: what is refused is named there too, and what is left out (PAR-7)."""

import pytest

from tablebank.domain.recommendations.advising import Kind
from tablebank.domain.recommendations.inference import NoCandidate
from tablebank.web.settings.left_out import WHY
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import worth
from tests.web.browser import browser_of

ASK = "/settings/do/ask-for-targets"
TODAY = "2026-03-02"


def _imprest(casino: Casino, table: AtTable) -> None:
    """By its own policy."""
    row = {
        "table_id": table.id,
        "table_bank_mode": "IMPREST_TO_PAR",
        "par_total_cents": worth(TRAY),
        "effective_from_gaming_day": TODAY,
    }
    casino.pat.post("/par-policies", row, at=casino.now).must(201)


@pytest.mark.parametrize("kind", ["adopt", "infer-closings"])
def test_no_par_is_made_of_closings_on_the_page_either(kind: str) -> None:
    """PAR-7, LESSON-21: refused by name, in words, and nothing is proposed."""
    casino = found()
    table = a_table(casino)
    table.open_table()
    table.close()
    page = browser_of(casino.pat).fill_in(ASK, {"kind": kind})
    page.says("No par is inferred from closing counts in Inventory Count.")
    assert page.status == 409
    assert casino.art.all_of("/par-proposals") == []


def test_the_page_says_for_which_tables_nothing_was_proposed() -> None:
    """PAR-7: each with its reason, beside what was proposed."""
    casino = found()
    counting, restored, fresh = a_table(casino), a_table(casino), a_table(casino)
    counting.open_table()
    counting.close()
    for table in (restored, fresh):
        _imprest(casino, table)
    restored.open_table()
    restored.closing()
    restored.count("CLOSING", TRAY)
    attested = casino.sam.post(
        f"{restored.path}/attest-par", at=casino.tick(), signed=[casino.dana]
    )
    attested.must(200)
    casino.sam.post(f"{restored.path}/close", at=casino.tick()).must(200)
    page = browser_of(casino.pat).fill_in(ASK, {"kind": "adopt"})
    page.says(f"Inventory Count: no par is inferred from closing counts: {counting.code}.")
    page.says(f"Never closed yet: {fresh.code}.")
    (proposal,) = casino.art.all_of("/par-proposals")
    assert (proposal["table_id"], proposal["kind"]) == (restored.id, "adopt")


def test_whatever_leaves_a_table_out_has_words() -> None:
    """SUGG-2, PAR-7: no code on a page where a reason should stand."""
    advice = {Kind.KEEP, Kind.NO_PAR, Kind.NOT_ENOUGH_DATA}
    assert set(WHY) >= {*NoCandidate, *advice, "NOT_IMPREST", "BANK_MODE_UNKNOWN"}
