"""A shift at one table from end to end, each in their own browser and everybody's part by name."""

from playwright.sync_api import Locator

from tests.at_table import TRAY
from tests.browser.at_page import Someone
from tests.browser.conftest import AtWork
from tests.browser.stage import at_par
from tests.browser.today import TableNow, found_today, table_in
from tests.line import OverTheWire
from tests.say import worth


def opens_for_the_first_time(sam: Someone, table: TableNow, tray: str = TRAY) -> None:
    """Sam prepares and opens; Dana and Pat sign the initial bank with him (PAR-11)."""
    casino = table.casino
    sam.open(f"/tables/{table.id}").presses("Prepare only").sees("It is ready to open.")
    sam.does("Open table").sees("The table is open.")
    sam.does("Record opening count", tray=tray, signed=[casino.dana, casino.pat])
    sam.sees("The opening count is recorded.", "In play")
    live = casino.sam.all_of("/sessions", table_id=table.id)
    table.session_id = live[-1]["id"]


def box_is_taken(dora: Someone, table: TableNow) -> None:
    """Dora and Dex take the box off, with surveillance told, and hand it to the count room."""
    casino = table.casino
    clock = dora.open("/drops").page.locator("#clock").get_attribute("datetime") or ""
    row = dora.page.locator("#list li", has_text=table.code)
    dora.presses("Remove box", within=row)
    dora.types("Surveillance operator told", "Sol").types("Told at", clock[:19])
    dora.has_sign(casino.dex).sends().sees("The box is removed.")
    taken = dora.page.locator("section", has_text="Taken, not counted yet").locator("li")
    dora.presses("Record hand-over", within=taken.filter(has_text=table.code))
    dora.has_sign(casino.tina).sends().sees("The hand-over is recorded.")


def box_is_counted(tina: Someone, table: TableNow, hundreds: int, forms: str = "") -> None:
    """Tina and Tom enter what was in it: so many notes of $100, and the forms they found."""
    tina.open("/drops").presses(
        "Enter count", within=tina.page.locator(".list li", has_text=table.code)
    )
    total = f"{hundreds * 100}.00"
    tina.types("Batch", f"B-{table.code}").types("$100 notes", str(hundreds))
    tina.types("First count", total).types("Second count", total).types("Forms found", forms)
    tina.has_sign(table.casino.tom).sends().sees("The count is posted.")


def test_from_prepared_to_final(person: AtWork, table: TableNow) -> None:
    """Five people at five pages; the rundown on the screen is right to the dollar (RUN-1)."""
    casino = table.casino
    sam, dora, tina, pat, ana = map(person, ("sam", "dora", "tina", "pat", "ana"))
    opens_for_the_first_time(sam, table)
    fill = table.fill("10 black")["number"]
    credit = table.credit("20 green")["number"]
    sam.does("Begin closing").sees("Closing has begun.")
    closer = "35 red, 20 green, 25 black"
    sam.does("Record closing count", tray=closer, signed=[casino.dana])
    sam.sees("The closing count is recorded.")
    sam.does("Close session").sees("The session is closed.", "N/A", "The box is on the table")
    box_is_taken(dora, table)
    sam.sees("Pending count")
    forms = f"FILL {fill} 1,000.00\nCREDIT {credit} 500.00"
    box_is_counted(tina, table, 80, forms)
    win = worth(closer) + 50_000 + 800_000 - worth(TRAY) - 100_000
    sam.sees("Opening $3,200.00", "Fills subtracted $1,000.00", "Credits added $500.00")
    sam.sees("Drop $8,000.00", "Closing $3,175.00", "Table Win/Loss $7,475.00")
    assert table.rundown()["table_win_cents"] == win == 747_500
    pat.open(table.path).does("Review result").sees("The result is reviewed.")
    ana.open(table.path).does("Reconcile").sees("The result is reconciled.")
    ana.does("Finalize").sees("The result is final.", "✔ Final", "$7,475.00")
    sam.sees("✔ Final")


def test_an_opener_that_differs_is_counted_again_and_explained(
    person: AtWork, live: TableNow
) -> None:
    """SNAP-1, SESS-5, FIND-3: who signed one of its facts is not the one who explains it."""
    casino = live.casino
    live.close()
    live.prepare()
    sam, pat, ana = person("sam"), person("pat"), person("ana")
    sam.open(live.path).does("Open table").sees("Opening count required")
    short = "40 red, 40 green, 19 black"
    sam.does("Record opening count", tray=short, signed=[casino.dana])
    sam.sees("The count differs. Count again.", "Apart by $100.")
    sam.counts(short).types("Reason", "one chip short since the close")
    sam.has_sign(casino.dana, casino.pat).sends().sees("The table is in play.")
    what = "The opening count is not what the last closing left in the tray."
    sam.sees(what).open("/exceptions").sees(live.code, "or accounting resolves")
    pat.open("/exceptions").presses("Resolve", within=_row_of(pat, live))
    pat.sees("You signed one of the facts in question.")
    ana.open("/exceptions").sees("−$100.00").presses("Resolve", within=_row_of(ana, live))
    ana.chooses("What it was", "Found later").types("In your words", "it lay under the tray")
    ana.sends().sees("The exception is resolved.").sees_not(live.code)
    open_ones = casino.ana.all_of("/exceptions", session_id=live.session_id, status="OPEN")
    assert open_ones == []


def _row_of(someone: Someone, table: TableNow) -> Locator:
    return someone.page.locator("#list li", has_text=table.code)


def test_one_count_closes_a_session_and_opens_the_next(person: AtWork, live: TableNow) -> None:
    """SESS-8: a fill on the way goes along, and Sue has the table from here on."""
    casino = live.casino
    first = live.path
    fill = live.issue(live.ask_fill("5 black"))
    sam, sue = person("sam"), person("sue")
    sam.open(first).does(
        "Roll over to the next shift", tray="40 red, 40 green, 12 black", signed=[casino.sue]
    )
    sam.sees("the next one is open", f"Fill {fill['number']} goes along.", "In play")
    live.session_id = sam.page.url.rpartition("/")[2]
    sue.open(live.path).sees("Opening $2,400.00")
    sue.does("Verify fill", tray="5 black", signed=[casino.dana, casino.rory])
    sue.sees("The fill is verified")
    sam.open(first).sees("Closed", "Closing $2,400.00")


def test_an_imprest_tray_is_filled_to_par_before_it_is_closed(
    person: AtWork, wire: OverTheWire
) -> None:
    """CLOSE-1, SLIP-8: off par says so in the fixed words; a final fill restores it."""
    casino = found_today(wire, mode="IMPREST_TO_PAR")
    table = table_in(casino)
    at_par(table)
    sam, casey = person(casino.sam), person(casino.casey)
    opens_for_the_first_time(sam, table)
    sam.sees("Imprest", "○ $3,200").does("Begin closing").sees("Closing has begun.")
    short = "40 red, 40 green, 15 black"
    sam.does("Record closing count", tray=short, signed=[casino.dana])
    sam.presses("Close session").sends()
    sam.sees("Closing inventory ($2,700) does not match par ($3,200).")
    sam.sees("Consider a final fill/credit to restore to par.")
    sam.open(table.path).does("Request fill", tray="5 black").sees("final adjustment")
    casey.open("/cage").presses("Issue fill").has_sign(casino.rory).sends()
    casey.sees("The fill is issued.")
    sam.does("Verify fill", tray="5 black", signed=[casino.dana, casino.rory])
    sam.sees("The fill is verified")
    sam.does("Record closing count", tray=TRAY, signed=[casino.dana])
    sam.sees("The closing count is recorded.").does("Close session")
    sam.sees("The session is closed.", "Variance from Par $0.00")
