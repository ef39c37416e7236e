"""The set-up, step by step: derived from the casino, gone on with by anybody, kept nowhere."""

from collections.abc import Mapping

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.intake.sheets import eighty_tables
from tests.say import worth
from tests.web.browser import Browser, Page, browser_of, read

STEPS = ("mode", "tables", "targets", "review", "ready")
SHEET = "Table,Pit,Game,Need\nBJ-01,Pit 1,Blackjack,25000\nBJ-02,Pit 1,Blackjack,\n"


@pytest.fixture
def new() -> Casino:
    """A casino as the command line leaves it: nothing chosen, nothing registered."""
    return found(mode="UNKNOWN")


def step_at(browser: Browser) -> str:
    """Where the set-up leads this person."""
    return str(browser.client.get("/setup").headers["Location"]).rpartition("/")[2]


def looked_at(browser: Browser, path: str, text: str, **more: str) -> Page:
    values = browser.get(path).form.values
    return browser.send(path, {**values, "pasted": text, "step": "look", **more})


def imported(browser: Browser, path: str, text: str, **more: str) -> Page:
    page = looked_at(browser, path, text, **more)
    assert page.status == 200, page.words
    return browser.send(path, {**page.form.values, "step": "import", **more})


def test_the_close_model_is_asked_first_with_the_usual_one_preselected(new: Casino) -> None:
    """PAR-5: the first step; chosen, it holds from today on and is not asked again."""
    ada = browser_of(new.ada)
    assert step_at(ada) == "mode"
    page = ada.get("/setup/mode").says(
        "Which close model do you use?",
        "Inventory Count Count and record tray as-is at shift close (default)",
        "Imprest to Par Restore tray to par via final fill/credit before close",
    )
    assert page.form.values["table_bank_mode"] == "INVENTORY_COUNT"
    ada.send("/setup/mode", page.form.values).says("The Table Bank Mode is set.")
    assert new.ada.get("/casino")["table_bank_mode"] == "INVENTORY_COUNT"
    assert step_at(ada) == "tables"
    ada.get("/setup/mode").says("Inventory Count")
    assert not [each for each in ada.get("/setup/mode").forms if "key" in each.values]


def test_a_form_that_is_sent_twice_counts_once(new: Casino) -> None:
    """IDEM-1: as every form; here two taps on the mode and on a sheet."""
    ada = browser_of(new.ada)
    values = ada.get("/setup/mode").form.values
    for _ in range(2):
        ada.send("/setup/mode", values).says("The Table Bank Mode is set.")
    page = looked_at(ada, "/setup/tables", SHEET)
    for _ in range(2):
        sent = {**page.form.values, "step": "import"}
        ada.send("/setup/tables", sent).says("Tables registered: 2.")
    assert len(new.ada.all_of("/tables")) == 2
    assert len(new.ada.all_of("/par-policies")) == 1


def test_one_sheet_brings_tables_and_their_targets(new: Casino) -> None:
    """PAR-8: the workbook of eighty tables, in step 2; what it does not say is asked in step 3."""
    ada = browser_of(new.ada)
    values = ada.get("/setup/tables").form.values
    file = SimpleUploadedFile("Mesas 2026.xlsx", eighty_tables())
    page = read(ada.client.post("/setup/tables", {**values, "file": file, "step": "look"}))
    page.says("Tables to register: 80. Targets to write: 79.", "Lines that were passed over (16)")
    assert new.ada.all_of("/tables") == []
    done = ada.send("/setup/tables", {**page.form.values, "step": "import"})
    done.says("The sheet is imported.", "What is the table par/need?")
    done.says("Target need not configured: 1 table")
    tables = new.ada.all_of("/tables")
    assert len(tables) == 80
    assert {each["mounted_box"] == each["code"] for each in tables} == {True}


def test_a_sheet_may_bring_its_tables_alone(new: Casino) -> None:
    """PAR-6, PAR-8: without its targets if one says so, or with none to bring."""
    ada = browser_of(new.ada)
    values = ada.get("/setup/tables").form.values
    assert values["targets"] == "yes"
    page = looked_at(ada, "/setup/tables", SHEET)
    without = {name: text for name, text in page.form.values.items() if name != "targets"}
    ada.send("/setup/tables", {**without, "step": "import"}).says("Targets written: 0.")
    list_alone = "Table,Seats\nRO-01,8\nRO-02,8\n"
    asked = looked_at(ada, "/setup/tables?how=sheet", list_alone)
    asked.says("line 2 · RO-01", "A new table needs the pit it stands in.")
    more = {"pit": "Pit 7", "game_type": "ruleta"}
    imported(ada, "/setup/tables?how=sheet", list_alone, **more).says("Tables registered: 2.")
    kept = {each["code"]: each for each in new.ada.all_of("/tables")}
    assert (kept["RO-02"]["pit"], kept["RO-02"]["game_type"]) == ("Pit 7", "ROULETTE")
    assert {each["par_total_cents"] for each in kept.values()} == {None}


def test_a_column_that_could_be_a_target_is_asked_for(new: Casino) -> None:
    """PAR-8: a list of tables is taken for one only where nothing resembles a need."""
    text = "Table,Pit,Par (weekday)\nBJ-01,Pit 1,25000\n"
    looked_at(browser_of(new.ada), "/setup/tables", text).says("Which column is it?")


def test_one_bad_row_registers_nothing(new: Casino) -> None:
    """PAR-8: every error with its line, what was pasted is still there."""
    text = "Table,Pit,Need\nBJ-01,Pit 1,-5\nBJ-02,Pit 1,soon\n"
    page = looked_at(browser_of(new.ada), "/setup/tables", text)
    page.says("Nothing was imported: see what is wrong", "line 2", "line 3")
    assert page.form.values["pasted"].strip() == text.strip()
    assert new.ada.all_of("/tables") == []


def test_tables_are_registered_by_hand_one_after_another(new: Casino) -> None:
    """BOX-1: each with a box named like it unless another is named; the pit is kept for the next.

    A code that is taken is said beside the field, with what was typed.
    """
    ada = browser_of(new.ada)
    path = "/setup/tables?how=hand"
    typed = {"code": "BJ-01", "pit": "Pit 1", "game_type": "BLACKJACK"}
    ada.fill_in(path, typed).says("The table is registered.")
    page = ada.get(path)
    assert page.form.values["pit"] == "Pit 1"
    again = ada.fill_in(path, typed)
    assert again.status in (409, 422)
    assert again.form.values["code"] == "BJ-01"
    ada.fill_in(path, {**typed, "code": "BJ-02", "box": "X-9", "in_play": "yes"})
    boxes = {each["code"]: each["mounted_box"] for each in new.ada.all_of("/tables")}
    assert boxes == {"BJ-01": "BJ-01", "BJ-02": "X-9"}


def _targets(page: Page) -> list[str]:
    return [name for name in page.form.kinds if name.startswith("target:")]


def _two_tables(casino: Casino) -> Mapping[str, AtTable]:
    return {code: a_table(casino, code=code) for code in ("BJ-01", "BJ-02")}


def test_targets_are_typed_table_by_table(new: Casino) -> None:
    """PAR-1, PAR-3, LESSON-6: a manager's are in force today, the first day too; in cents."""
    tables = _two_tables(new)
    pat = browser_of(new.pat)
    page = pat.get("/setup/targets?how=hand").says("Target need not configured: 2 tables")
    amount = {f"target:{tables['BJ-01'].id}": "25,000"}
    done = pat.send("/setup/targets?how=hand", {**page.form.values, **amount})
    done.says("1 target is set.", "○ $25,000", "Set by hand", "Target need not configured")
    (row,) = new.ada.all_of("/par-policies")
    assert (row["source"], row["par_total_cents"], row["approved_by"]) == (
        "manual",
        2_500_000,
        new.pat.id,
    )
    assert new.ada.get(f"/tables/{tables['BJ-01'].id}")["par_total_cents"] == 2_500_000
    assert new.ada.get(f"/tables/{tables['BJ-02'].id}")["par_total_cents"] is None


def test_a_typed_target_leaves_the_mode_as_it_is(new: Casino) -> None:
    """PAR-2: an amount says nothing of how the table closes; its game's mode stays with it."""
    tables = _two_tables(new)
    imprest = {"game_type": "BLACKJACK", "table_bank_mode": "IMPREST_TO_PAR"}
    day = {"effective_from_gaming_day": "2026-03-02"}
    new.pat.post("/par-policies", {**imprest, "par_total_cents": None, **day}).must(201)
    pat = browser_of(new.pat)
    page = pat.get("/setup/targets?how=hand")
    amount = {f"target:{tables['BJ-01'].id}": "25,000"}
    pat.send("/setup/targets?how=hand", {**page.form.values, **amount}).says("1 target is set.")
    modes = {
        code: new.pat.get(f"/tables/{each.id}/par").must(200)["table_bank_mode"]
        for code, each in tables.items()
    }
    assert modes == {"BJ-01": "IMPREST_TO_PAR", "BJ-02": "IMPREST_TO_PAR"}


def test_an_administrators_targets_are_proposals(new: Casino) -> None:
    """PAR-4: typed, they wait for a manager; the review says so."""
    tables = _two_tables(new)
    ada = browser_of(new.ada)
    page = ada.get("/setup/targets?how=hand").says("Yours are proposals")
    amounts = {f"target:{each.id}": "7500" for each in tables.values()}
    done = ada.send("/setup/targets?how=hand", {**page.form.values, **amounts})
    done.says("2 targets are proposed.", "Proposed: ○ $7,500")
    assert new.ada.all_of("/par-policies") == []
    ada.get("/setup/ready").says("Proposed targets wait for a pit manager or a cage manager.")


def test_one_wrong_target_sets_none(new: Casino) -> None:
    """PAR-3: each error beside its table, nothing written, everything kept."""
    tables = _two_tables(new)
    first, second = (f"target:{each.id}" for each in tables.values())
    pat = browser_of(new.pat)
    path = "/setup/targets?how=hand"
    values = pat.get(path).form.values
    for typed in ({first: "25,000", second: "a lot"}, {first: "25,000", second: "-5"}):
        page = pat.send(path, {**values, **typed})
        assert page.status == 422
        assert page.form.values[first] == "25,000"
    tables["BJ-02"].open_table()
    late = {first: "25,000", second: "9,000", "effective_from_gaming_day": "2026-03-02"}
    page = pat.send(path, {**values, **late})
    assert page.status == 422, page.words
    page.says("The earliest gaming day that has not begun is")
    nothing = pat.send(path, values)
    assert nothing.says("Type at least one target.").status == 422
    assert new.ada.all_of("/par-policies") == []


def test_targets_come_from_a_sheet_of_their_own(new: Casino) -> None:
    """PAR-8: in step 3, about tables that are there; unknown ones are named."""
    _two_tables(new)
    pat = browser_of(new.pat)
    path = "/setup/targets?how=sheet"
    looked_at(pat, path, "Table,Need\nBJ-09,5\n").says("line 2 · BJ-09", "no such table")
    done = imported(pat, path, "Table,Need\nBJ-01,25k\nBJ-02,30k\n")
    done.says("Targets written: 2.", "What holds for each table", "Imported from a par sheet")
    assert step_at(pat) == "mode"


def test_targets_may_be_skipped_and_nothing_breaks(new: Casino) -> None:
    """PAR-6, LESSON-2: not configured is said as such, never as zero; the shift can be opened."""
    ada = browser_of(new.ada)
    ada.fill_in("/setup/mode")
    imported(ada, "/setup/tables", "Table,Pit,Game\nBJ-01,Pit 1,BJ\n")
    page = ada.get("/setup/targets")
    assert page.links["Skip for now"] == "/setup/review"
    ada.get("/setup/review").says("Target need not configured").says_not("$0")
    for name in ("sam", "dana", "pat"):
        new.person(name)
    ada.get("/setup/ready").says("1 table can be opened.", "Target need not configured: BJ-01.")
    sam = browser_of(new.sam)
    sam.get("/floor").says("Target need not configured")


def test_somebody_else_goes_on_where_it_stands(new: Casino) -> None:
    """PAR-5, PAR-8: each sees their own part; the forms of others are not there."""
    pat = browser_of(new.pat)
    assert step_at(pat) == "mode"
    pat.get("/setup/mode").says("An administrator chooses it.")
    pat.get("/setup/tables").says("An administrator registers them.")
    ada = browser_of(new.ada)
    ada.fill_in("/setup/mode")
    imported(ada, "/setup/tables", SHEET.replace("25000", ""))
    assert step_at(pat) == step_at(ada) == "targets"
    page = pat.get("/setup/tables?how=sheet").says("BJ-01", "BJ-02")
    assert not [each for each in page.forms if "key" in each.values]
    (table, _) = new.ada.all_of("/tables")
    page = pat.get("/setup/targets?how=hand")
    pat.send("/setup/targets?how=hand", {**page.form.values, f"target:{table['id']}": "5000"})
    assert step_at(ada) == "ready"
    ada.get("/setup/review").says("○ $5,000")


def test_what_a_person_may_not_do_is_refused_there_too(new: Casino) -> None:
    """SIGN-3: a manager who sends an administrator's form is refused, and nothing changes."""
    pat = browser_of(new.pat)
    assert pat.send("/setup/mode", {"key": "k", "table_bank_mode": "IMPREST_TO_PAR"}).status == 403
    sent = {"key": "k", "pasted": SHEET, "step": "import", "targets": "yes"}
    assert pat.send("/setup/tables", sent).status == 403
    assert new.ada.all_of("/tables") == []
    assert new.ada.get("/casino")["table_bank_mode"] == "UNKNOWN"


@pytest.mark.parametrize("name", ["sam", "dana", "casey", "ana", "art", "dora"])
def test_others_set_nothing_up(casino: Casino, name: str) -> None:
    """SIGN-3: administrators, and the managers who may bring a par sheet."""
    browser = browser_of(casino.person(name))
    for path in ("/setup", *(f"/setup/{step}" for step in STEPS)):
        assert browser.get(path).status == 403


def test_there_are_five_steps_and_no_more(casino: Casino) -> None:
    ada = browser_of(casino.ada)
    assert ada.get("/setup/six").status == 404
    assert ada.client.post("/setup/review", {}).status_code == 404
    for step in STEPS:
        page = ada.get(f"/setup/{step}")
        assert page.status == 200
        assert [each for each in page.links.values() if each.startswith("/setup/")]


def test_the_menu_leads_there_until_a_table_was_opened(new: Casino) -> None:
    """LESSON-21: from the empty floor, the settings and the menu; at work only from settings."""
    ada = browser_of(new.ada)
    page = ada.get("/floor").says("No tables yet. Set the casino up")
    assert page.links["Set the casino up"] == page.links["Set-up"] == "/setup"
    assert ada.get("/settings").links["Set up step by step"] == "/setup"
    browser_of(new.sam).get("/floor").says("An administrator adds them.").says_not("Set-up")
    ada.fill_in("/setup/mode")
    a_table(new).open_table()
    assert "Set-up" not in ada.get("/floor").links
    assert ada.get("/settings").links["Set up step by step"] == "/setup"
    assert step_at(ada) == "ready"


def test_what_is_missing_leads_to_where_it_is_mended(new: Casino) -> None:
    """LESSON-20, SIGN-3: who lacks, what that stops, and the way there for who may go it."""
    ada = browser_of(new.ada)
    page = ada.get("/setup/ready").says(
        "The next shift cannot be opened yet.",
        "There is no table that can be opened.",
        "Nobody signs as: Pit manager, Supervisor, Dealer.",
        "No runner has a PIN of their own. Until then there are no fills and credits.",
    )
    hrefs = set(page.links.values())
    assert {"/setup/mode", "/setup/tables", "/settings/people"} <= hrefs
    a_table(new)
    new.person("dana")
    new.person("sam")
    pat = browser_of(new.pat)
    ready = pat.get("/setup/ready").says("1 table can be opened.")
    assert ready.links["Prepare the first shift"] == "/floor/prepare"
    assert "/settings/people" not in ready.links.values()


def test_the_review_says_mode_target_source_and_day(new: Casino) -> None:
    """PAR-1, PAR-2: of each table, by the policy that decides for it; another to come is said."""
    table = a_table(new, code="BJ-01", game_type="BLACKJACK")
    day = new.sam.get("/shifts/current").must(200)["gaming_day"]
    par = {"game_type": "BLACKJACK", "par_total_cents": worth(TRAY)}
    new.pat.post("/par-policies", {**par, "effective_from_gaming_day": day}).must(201)
    own = {"table_id": table.id, "par_total_cents": 1, "table_bank_mode": "IMPREST_TO_PAR"}
    new.pat.post("/par-policies", {**own, "effective_from_gaming_day": "2199-01-02"}).must(201)
    page = browser_of(new.pat).get("/setup/review")
    page.says("BJ-01 Not chosen yet ○ $3,200 Set by hand", "another from Wed 2 Jan 2199")
