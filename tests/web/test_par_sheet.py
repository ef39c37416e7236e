"""Bringing a par sheet on its page: look at it first, then all of it or nothing (PAR-8)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.at_table import a_table
from tests.cast import Casino, found
from tests.web.browser import Browser, Page, browser_of, read
from tests.web.spanish import english_on, spanish_of


def looked_at(browser: Browser, text: str, **more: str) -> Page:
    """The rows pasted and looked at."""
    values = browser.get("/par-sheet").form.values
    return browser.send("/par-sheet", {**values, "pasted": text, "step": "look", **more})


def test_a_pasted_sheet_is_shown_row_by_row_and_then_imported() -> None:
    """PAR-8: each row's outcome before anything is written; source and importer after it."""
    casino = found()
    first, second = a_table(casino), a_table(casino)
    pat = browser_of(casino.pat)
    text = f"Table;Need\n{first.code};$25,000\n{second.code};7.5k\nTotal;32,500\n"
    page = looked_at(pat, text).says("What each row would do", "Target set", "○ $25,000")
    page.says("○ $7,500", "Lines that were passed over")
    assert casino.sam.all_of("/par-policies") == []
    done = pat.send("/par-sheet", {**page.form.values, "step": "import"})
    done.says("The par sheet is imported.", "Targets written: 2.", "○ $25,000")
    row = casino.sam.all_of("/par-policies", table_id=second.id)[0]
    assert (row["source"], row["par_total_cents"]) == ("imported", 750_000)


def test_what_is_wrong_stands_by_its_line_and_the_rows_stay() -> None:
    """PAR-8: every error at once, nothing imported, what was pasted is still there."""
    casino = found()
    table = a_table(casino)
    text = f"Table;Need\n{table.code};-5\nNO-SUCH;100\n"
    page = looked_at(browser_of(casino.pat), text)
    page.says("Nothing was imported: see what is wrong", "line 2")
    page.says("line 3 · NO-SUCH", "no such table")
    assert page.form.values["pasted"].strip() == text.strip()
    text = f"Table;Need\n{table.code};500\nNO-SUCH;100\n"
    page = looked_at(browser_of(casino.pat), text).says("line 3 · NO-SUCH", "no such table")
    assert casino.sam.all_of("/par-policies") == []


def test_a_column_that_cannot_be_told_is_asked_for() -> None:
    """PAR-8: a mapping step where unsure, and the sheet is read again with the answer."""
    casino = found()
    table = a_table(casino)
    pat = browser_of(casino.pat)
    text = f"Table;Par (weekday);Last year\n{table.code};25000;30000\n"
    page = looked_at(pat, text).says("Which column is it? Target need (par)")
    (asked,) = [name for name in page.form.values if name.startswith("answer:")]
    answered = {**page.form.values, asked: "B", "step": "look"}
    pat.send("/par-sheet", answered).says("Target set", "○ $25,000")
    assert casino.sam.all_of("/par-policies") == []


def test_another_answer_is_another_sheet() -> None:
    """IDEM-1: under the same key the same file, read otherwise, is not taken for the first."""
    casino = found()
    table = a_table(casino)
    pat = browser_of(casino.pat)
    text = f"Table;Par (weekday);Last year\n{table.code};25000;30000\n"
    page = looked_at(pat, text)
    (asked,) = [name for name in page.form.values if name.startswith("answer:")]
    sent = {**page.form.values, "pasted": text, "step": "import"}
    pat.send("/par-sheet", {**sent, asked: "B"}).says("The par sheet is imported.")
    again = pat.send("/par-sheet", {**sent, asked: "C"}).says_not("The par sheet is imported.")
    assert again.status in (409, 422)
    pat.send("/par-sheet", {**sent, asked: "B"}).says("The par sheet is imported.")
    assert [row["par_total_cents"] for row in casino.sam.all_of("/par-policies")] == [2_500_000]


def test_a_file_goes_along_until_it_is_imported() -> None:
    """PAR-8: chosen once; tables that are not here yet are registered where an ADMIN asks so."""
    casino = found()
    ada = browser_of(casino.ada)
    values = ada.get("/par-sheet").form.values
    data = b"Table,Pit,Game,Need\nBJ-01,Pit 1,Blackjack,25000\nBJ-02,Pit 1,Blackjack,\n"
    sent = {
        **values,
        "file": SimpleUploadedFile("sheet.csv", data),
        "provision": "yes",
        "step": "look",
    }
    page = read(ada.client.post("/par-sheet", sent))
    page.says("Table registered", "○ $25,000", "not set")
    confirmed = {**page.form.values, "provision": "yes", "step": "import"}
    ada.send("/par-sheet", confirmed).says("Tables registered: 2.")
    assert {each["code"] for each in casino.sam.all_of("/tables")} == {"BJ-01", "BJ-02"}
    again = ada.send("/par-sheet", confirmed)
    again.says("Tables registered: 2.")
    assert len(casino.sam.all_of("/tables")) == 2


@pytest.mark.parametrize("name", ["sam", "casey", "ana"])
def test_others_bring_no_sheet(casino: Casino, name: str) -> None:
    """SIGN-3: pit and cage managers and administrators import."""
    assert browser_of(casino.person(name)).get("/par-sheet").status == 403


def test_nothing_chosen_is_said() -> None:
    casino = found()
    pat = browser_of(casino.pat)
    page = pat.send("/par-sheet", pat.get("/par-sheet").form.values)
    assert page.says("Choose a file or paste the rows of a sheet.").status == 422
    broken = {**page.form.values, "brought": "no base64!"}
    assert pat.send("/par-sheet", broken).status == 422


def test_where_a_row_stands_is_said_in_spanish_too(casino: Casino) -> None:
    """04: place, what is wrong and what was passed over, none of it in English."""
    table = a_table(casino)
    pat = spanish_of(casino.pat)
    page = looked_at(pat, f"Mesa;Fondo\n{table.code};500\n{table.code};600\n")
    page.says("línea 2", "aquí y en línea 3")
    page = looked_at(pat, f"Mesa;Fondo\n{table.code};500\nTotal;500\n")
    page.says("línea 2", "línea 3", "Un total, no una mesa")
    assert english_on(page.html) == []
