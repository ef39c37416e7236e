"""Preparing a shift's tables on one page."""

from tests.at_table import a_table
from tests.cast import found
from tests.web.browser import browser_of


def test_a_whole_shift_is_prepared_at_once() -> None:
    """SESS-3: every available table is chosen beforehand, those with a session are not."""
    casino = found()
    first, second, third = a_table(casino), a_table(casino, pit="PIT 2"), a_table(casino)
    third.open_table()
    sam = browser_of(casino.sam)
    page = sam.get("/floor/prepare").says(first.code, second.code, third.code, "PIT 2", "In play")
    assert page.html.count("checked") == 2
    values = page.form.values
    sent = {**values, "table_ids": [first.id, second.id]}
    sam.send("/floor/prepare", sent).says("2 tables are ready to open.", "Ready to open")
    assert [each["status"] for each in casino.sam.get("/sessions").must(200)["items"]].count(
        "READY_TO_OPEN"
    ) == 2
    again = sam.send("/floor/prepare", {**sent, "key": "another"})
    again.says("0 tables are ready", f"{first.code}: A session is already prepared for this shift.")


def test_the_same_form_twice_prepares_once() -> None:
    """IDEM-1: a doubled send is answered as the first."""
    casino = found()
    table = a_table(casino)
    sam = browser_of(casino.sam)
    sent = {**sam.get("/floor/prepare").form.values, "table_ids": [table.id]}
    for _ in range(2):
        sam.send("/floor/prepare", sent).says("1 table is ready to open.")
    assert len(casino.sam.get("/sessions", table_id=table.id).must(200)["items"]) == 1


def test_nothing_chosen_is_said_beside_the_tables() -> None:
    casino = found()
    a_table(casino)
    sam = browser_of(casino.sam)
    sent = {**sam.get("/floor/prepare").form.values, "table_ids": []}
    assert sam.send("/floor/prepare", sent).says("Choose at least one table.").status == 422


def test_only_who_may_prepares() -> None:
    """SIGN-3."""
    casino = found()
    a_table(casino)
    assert browser_of(casino.casey).get("/floor/prepare").status == 403
    browser_of(casino.casey).get("/floor").says_not("Prepare the shift")
    browser_of(casino.pat).get("/floor").says("Prepare the shift")
