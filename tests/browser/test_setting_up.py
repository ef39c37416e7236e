"""A running casino begins with Tablebank in the browser alone: the wizard, and its first shift."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.at_table import TRAY
from tests.browser.at_page import Someone
from tests.browser.by_keyboard import Keys
from tests.browser.conftest import AtWork, Doors
from tests.browser.looking import AXE, faults
from tests.browser.newcomer import newcomers_casino
from tests.browser.test_a_shift import box_is_counted, box_is_taken
from tests.browser.today import TableNow
from tests.cast import Casino
from tests.intake.sheets import PITS, eighty_tables
from tests.line import OverTheWire
from tests.program import Server

LIST = "Table\tPit\tGame\nBJ-01\tPit 1\tBlackjack\nBJ-02\tPit 1\tBlackjack\n"


@pytest.fixture
def new(wire: OverTheWire, _database_is_real: None) -> Casino:
    return newcomers_casino(wire)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The house's own sheet, with everything that is wrong with such sheets."""
    path = tmp_path / "Mesas 2026.xlsx"
    path.write_bytes(eighty_tables())
    return path


def begins(someone: Someone) -> Someone:
    """From where one lands to the step at which the set-up goes on."""
    someone.open("/").presses("Set up step by step")
    return someone


def chooses_inventory_count(ada: Someone) -> Someone:
    """The first step; it is chosen already."""
    ada.sees("Which close model do you use?", "Count and record tray as-is at shift close")
    expect(ada.form.get_by_label("Inventory Count")).to_be_checked()
    return ada.sends().sees("The Table Bank Mode is set.", "Which tables are there?")


def pastes(someone: Someone, rows: str) -> Someone:
    someone.types("Or paste its rows", rows).presses("Look at it first")
    return someone.sees("What each row would do")


def prepares_the_first_shift(someone: Someone, count: int) -> Someone:
    """The one thing to do once nothing is missing that opening asks for."""
    someone.open("/setup/ready").presses("Prepare the first shift")
    someone.sees("Prepare the shift").presses("Prepare these tables")
    tables = "table is" if count == 1 else "tables are"
    return someone.sees(f"{count} {tables} ready to open.")


def opens(sam: Someone, casino: Casino, code: str) -> TableNow:
    """From the floor; Dana deals and Pat is there for the initial bank (PAR-11)."""
    sam.open(f"/floor?find={code}").page.get_by_role("link", name=code).first.click()
    sam.does("Open table").sees("The table is open.")
    sam.does("Record opening count", tray=TRAY, signed=[casino.dana, casino.pat])
    sam.sees("The opening count is recorded.", "In play", "Opening $3,200.00")
    (kept,) = [each for each in casino.ada.all_of("/tables") if each["code"] == code]
    return TableNow(casino=casino, table=kept, session_id=kept["live_session_id"])


def test_a_house_with_a_par_sheet_opens_its_first_shift(
    person: AtWork, new: Casino, workbook: Path
) -> None:
    """PAR-5, PAR-8, PAR-11, LESSON-21: eighty tables and their targets from the workbook they have,
    begun by Ada, gone on with by Pat, opened by Sam; the floor shows every target."""
    ada = chooses_inventory_count(begins(person(new.ada)))
    ada.form.locator("input[type=file]").set_input_files(workbook)
    ada.presses("Look at it first")
    ada.sees("Tables to register: 80. Targets to write: 79.", "Lines that were passed over (16)")
    ada.presses("Register these tables")
    ada.sees("The sheet is imported.", "Target need not configured: 1 table")
    assert len(new.ada.all_of("/tables")) == 80

    pat = person(new.pat).open("/setup")
    pat.sees("79 of 80").page.get_by_role("link", name="Target needs 79 of 80").click()
    pat.presses("Type them in")
    pat.types("CR-20", "60,000").sends()
    pat.sees("1 target is set.", "○ $60,000", "Set by hand").sees_not("not configured")
    for name in ("sam", "dana"):
        new.person(name)
    pat.open("/setup/ready").sees("80 tables can be opened.", "No runner has a PIN of their own.")
    prepares_the_first_shift(pat, 80).sees("$60,000", "$20,500")

    sam = person(new.sam)
    played = [opens(sam, new, code) for code in ("BJ-01", "RL-07", "CR-20")]
    needs = [table.session()["need_total_cents"] for table in played]
    assert needs == [2_050_000, 3_350_000, 6_000_000]
    sam.open("/floor")
    expect(sam.page.locator("#tables .card")).to_have_count(80)
    expect(sam.page.locator("#tables .target")).to_have_count(80)
    for pit in PITS:
        sam.sees(pit)
    ada.open("/floor").sees("80 of 80 tables")
    expect(ada.page.get_by_role("link", name="Set-up")).to_have_count(0)


def test_a_house_without_pars_runs_all_the_same(person: AtWork, new: Casino) -> None:
    """PAR-6, CLOSE-1, LESSON-2: skipped, nothing breaks: a table is opened, closed and counted;
    its target is not configured, its variance from par unknown, and never zero."""
    ada = chooses_inventory_count(begins(person(new.ada)))
    pastes(ada, LIST).presses("Register these tables")
    ada.sees("Tables registered: 2. Targets written: 0.").presses("Skip for now")
    ada.sees("Target need not configured").presses("On to: Ready")
    ada.sees("No supervisor or pit manager can sign in")
    for name in ("dana", "pat", "dex", "tom"):
        new.person(name)
    sam = person(new.sam)
    ada.open("/setup").sees("What is the table par/need?").open("/setup/ready")
    ada.sees("2 tables can be opened.", "Target need not configured: BJ-01, BJ-02.")
    sam.open("/floor").presses("Prepare the shift").presses("Prepare these tables")
    sam.sees("2 tables are ready to open.", "Target need not configured").sees_not("○ $0")
    table = opens(sam, new, "BJ-01")
    sam.open(table.path).sees("Target need not configured", "Set target need").sees_not(
        "Need now $"
    )
    sam.does("Begin closing").sees("Closing has begun.")
    sam.does("Record closing count", tray=TRAY, signed=[new.dana])
    sam.does("Close session").sees("The session is closed.")
    box_is_taken(person(new.dora), table)
    box_is_counted(person(new.tina), table, 20)
    sam.open(table.path).sees("Table Win/Loss $2,000.00", "Variance from Par N/A")
    assert table.rundown()["variance_from_par_cents"] is None
    kinds = {each["kind"] for each in new.pat.all_of("/exceptions")}
    assert "PAR_VARIANCE" not in kinds
    assert "PAR_MISSING" not in kinds
    sam.open("/floor").sees("Target need not configured")
    ada.open("/setup/review").sees("Target need not configured")


def test_two_tables_by_hand(person: AtWork, new: Casino) -> None:
    """PAR-1, PAR-4: registered and given a target one by one, and what was typed is not lost."""
    ada = chooses_inventory_count(begins(person(new.ada))).presses("By hand")
    for code in ("BJ-01", "RO-01"):
        ada.types("Code", code).types("Pit", "Pit 1").types("Game", "BLACKJACK").sends()
        # The list tells which: what is said of the first stands until the second is registered.
        ada.sees("The table is registered.", code)
    ada.types("Code", "BJ-0").reload().sees("Restored what you had typed")
    expect(ada.form.get_by_label("Code")).to_have_value("BJ-0")
    pat = person(new.pat).open("/setup").sees("What is the table par/need?").presses("Type them in")
    pat.types("BJ-01", "3,200").types("RO-01", "soon").sends()
    pat.sees("▲").sees_not("is set.")
    expect(pat.form.get_by_label("BJ-01")).to_have_value("3,200")
    pat.types("RO-01", "5000").sends().sees("2 targets are set.", "○ $3,200", "○ $5,000")
    for name in ("sam", "dana"):
        new.person(name)
    prepares_the_first_shift(pat, 2)
    table = opens(person(new.sam), new, "BJ-01")
    assert table.session()["need_total_cents"] == 320_000


def test_it_is_interrupted_and_gone_on_with(person: AtWork, new: Casino) -> None:
    """PAR-5, PAR-8: reloaded, left half looked at, on another device: where the casino stands."""
    ada = begins(person(new.ada))
    ada.reload().sees("Which close model do you use?")
    chooses_inventory_count(ada)
    pastes(ada, LIST)
    ada.reload().sees("Which tables are there?").sees_not("What each row would do")
    elsewhere = person(new.ada).open("/setup").sees("Which tables are there?")
    pastes(elsewhere, LIST).presses("Register these tables")
    elsewhere.sees("What is the table par/need?")
    pastes(ada, LIST).sees("Tables to register: 0.").presses("Register these tables")
    ada.sees("Unchanged: 2.")
    assert len(new.ada.all_of("/tables")) == 2


def test_what_is_sent_into_a_lost_line_arrives_once(person: AtWork, new: Casino) -> None:
    """IDEM-1: a sheet is kept and sent again by itself; rows that were pasted survive a reload."""
    ada = person(new.ada).open("/setup/tables").types("Or paste its rows", LIST)
    ada.reload().sees("Restored what you had typed").presses("Look at it first")
    ada.sees("What each row would do")
    with ada.without_a_line():
        ada.presses("Register these tables").sees("Not answered yet.")
    ada.sees("The sheet is imported.", "Tables registered: 2.")
    assert len(new.ada.all_of("/tables")) == 2


def test_it_is_done_by_keyboard_alone(person: AtWork, new: Casino) -> None:
    """WCAG 2.1.1: from the first choice to the first shift."""
    ada = Keys(someone=person(new.ada).open("/settings")).open("Set up step by step")
    ada.someone.sees("Which close model do you use?")
    ada.send().someone.sees("The Table Bank Mode is set.")
    ada.into("Or paste its rows", "Table;Pit;Game;Need\nBJ-01;Pit 1;BJ;25000")
    ada.open("Look at it first").someone.sees("What each row would do", "○ $25,000")
    ada.open("Register these tables").someone.sees("What holds for each table")
    for name in ("sam", "dana"):
        new.person(name)
    pat = Keys(someone=person(new.pat).open("/setup/targets")).open("Type them in")
    details = pat.someone.form.locator("summary")
    if not details.locator("..").evaluate("(each) => each.open"):
        pat.to(details).press("Enter")
    pat.into("BJ-01", "30000").send()
    pat.someone.sees("1 target is set.", "○ $30,000")
    pat.open("On to: Ready").someone.sees("1 table can be opened.")
    pat.open("Prepare the first shift").someone.sees("Prepare the shift")


@pytest.fixture
def looker(doors: Doors, server: Server, new: Casino) -> Iterator[AtWork]:
    at_work = AtWork(doors=doors, server=server, casino=new, knows=AXE.axe_script)
    yield at_work
    complaints = at_work.leave()
    assert not complaints, "\n".join(complaints)


def test_every_step_is_sound_on_the_way(looker: AtWork, new: Casino, workbook: Path) -> None:
    """Q6: by axe in light and dark, at four widths, by thumb; as empty as it is at first, with what
    is wrong beside it, and with eighty rows."""
    found: list[str] = []

    def looks(someone: Someone, what: str) -> None:
        found.extend(f"{what}: {fault}" for fault in faults(someone.page))

    ada, pat = looker(new.ada), looker(new.pat)
    for step in ("mode", "tables", "targets", "review", "ready"):
        looks(pat.open(f"/setup/{step}"), f"{step}, for Pat, nothing there")
    for path in (
        "/setup/mode",
        "/setup/tables",
        "/setup/tables?how=hand",
        "/setup/ready",
        "/floor",
    ):
        looks(ada.open(path), f"{path}, for Ada, nothing there")
    ada.open("/setup/tables?how=hand").sends().sees("▲")
    looks(ada, "a table refused")
    ada.open("/setup/tables").types("Or paste its rows", "Table;Need\nBJ-01;-5\nBJ-02;soon")
    ada.presses("Look at it first").sees("Nothing was imported")
    looks(ada, "a sheet refused")
    ada.open("/setup/tables").types("Or paste its rows", "Table;Par (weekday);Other\nA-1;5;6")
    ada.presses("Look at it first").sees("Which column is it?")
    looks(ada, "a question")
    ada.open("/setup/tables").form.locator("input[type=file]").set_input_files(workbook)
    ada.presses("Look at it first").sees("What each row would do")
    looks(ada, "eighty rows")
    ada.presses("Register these tables").sees("The sheet is imported.")
    looks(ada, "imported")
    pat.open("/setup/targets?how=hand").types("CR-20", "soon").sends().sees("▲")
    looks(pat, "a target refused")
    for path in ("/setup/targets?how=sheet", "/setup/tables", "/setup/review", "/setup/ready"):
        looks(ada.open(path), f"{path} with eighty tables")
    assert not found, "\n".join(found)
