"""Forms to read and print: what stands on them, and what never does."""

from tests.at_table import AtTable
from tests.cast import Casino
from tests.say import dollars
from tests.web.browser import browser_of


def test_a_fill_slip_carries_the_trades_field_names(live: AtTable) -> None:
    """SLIP-1; controls.md section 4: number, day, shift, pit, table, chips, four signatures."""
    slip = live.issue(live.ask_fill("20 black"))
    paper = browser_of(live.casino.casey).get(f"/slips/{slip['id']}")
    paper.says("Fill slip", slip["number"], "Gaming day", "Shift", "Pit", "Table no.", live.code)
    paper.says("Denomination Quantity Amount", "$100 20 $2,000.00", "Total $2,000.00")
    paper.says("Cashier Casey Cole 4001", "Runner Rory Reid 5001")
    paper.says("Dealer not signed yet", "Supervisor not signed yet", "DEMO")
    live.verify_fill(slip)
    paper = browser_of(live.casino.sam).get(f"/slips/{slip['id']}")
    paper.says("Dealer Dana Diaz 1007", "Supervisor Sam Sato 2001").says_not("not signed yet")


def test_a_request_is_a_form_of_its_own(live: AtTable) -> None:
    """SNAP-8: it has its number, and no slip number yet."""
    asked = live.ask_credit("20 green")
    paper = browser_of(live.casino.sam).get(f"/slips/{asked['id']}")
    paper.says("Request for credit", asked["request_number"], "Requested by Sam Sato")


def test_a_voided_slip_says_so(live: AtTable) -> None:
    """SLIP-6: never to be taken for a slip that moved chips."""
    slip = live.issue(live.ask_fill("20 black"))
    casino = live.casino
    body = {"reason": "torn", "counted_back": slip["chipset"]}
    casino.casey.post(
        f"/slips/{slip['id']}/void", body, at=casino.tick(), signed=[casino.sue]
    ).must(200)
    browser_of(casino.casey).get(f"/slips/{slip['id']}").says("Void torn", "Sue Stein")


def test_an_opener_is_printed_as_it_was_counted(live: AtTable) -> None:
    """SNAP-1: the chips that were counted, and who counted."""
    opening = live.session()["opening"]
    paper = browser_of(live.casino.sam).get(f"/counts/{opening['id']}")
    paper.says("Table inventory slip: opener", opening["number"], "Dana Diaz", "Sam Sato")
    paper.says("Total $3,200.00")


def test_an_empty_tray_is_not_an_uncounted_one(table: AtTable) -> None:
    """CHIP-4: nothing in the tray is a count; what was not counted has no line."""
    table.open_table({})
    paper = browser_of(table.casino.sam).get(f"/counts/{table.session()['opening']['id']}")
    paper.says("An empty tray", "Total $0.00").says_not("$100 0")


def test_the_proof_stands_on_one_page(live: AtTable) -> None:
    """RUN-1: the five terms with their documents; an unknown one is N/A with why (LESSON-2)."""
    live.fill("10 black")
    unknown = browser_of(live.casino.ana).get(f"{live.path}/proof")
    unknown.says("Table Win/Loss", "N/A", "Closing Not counted yet", "Drop The box is on the table")
    live.close("40 red, 40 green, 22 black")
    live.drop()
    live.custody()
    live.soft_count(dollars("2,000"))
    proof = browser_of(live.casino.ana).get(f"{live.path}/proof")
    proof.says("$1,200.00", "Journal entries").says_not("N/A Counted")
    for number in ("O-2026-", "K-2026-", "F-2026-"):
        proof.says(number)


def test_nothing_of_next_door_is_printed(live: AtTable, next_door: Casino) -> None:
    """TEN-1."""
    slip = live.issue(live.ask_fill("20 black"))
    opening = live.session()["opening"]
    stranger = browser_of(next_door.sam)
    for path in (f"/slips/{slip['id']}", f"/counts/{opening['id']}", f"{live.path}/proof"):
        assert stranger.get(path).status == 404
