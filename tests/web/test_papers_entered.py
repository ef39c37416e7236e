"""Signed paper on the session page: entered where it belongs, and marked wherever it is read."""

import re

import pytest

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino
from tests.printed import print_form, print_slip
from tests.say import chips, moment
from tests.web.browser import browser_of

PAPER = {
    "paper_form": "Fill slip, by hand",
    "paper_number": "A-00417",
    "paper_signed_by": "D. Diaz\nS. Sato\n\nC. Cole",
    "paper_reason": "the network was down",
}
ON_IT = "Fill slip, by hand A-00417, signed there by D. Diaz, S. Sato, C. Cole"


@pytest.fixture
def live(own: Casino) -> AtTable:
    """A table in play since 19:00, in a casino whose clock nobody else moves."""
    table = a_table(own)
    table.open_table(at="19:00")
    return table


def _typed(what: str, at: str) -> dict[str, str]:
    pieces = {f"chipset:{key}": str(count) for key, count in chips(what).items()}
    return {**PAPER, **pieces, "occurred_at": f"2026-03-02T{at}"}


def _offered(html: str) -> set[str]:
    return set(re.findall(r'href="[^"]*/do/([a-z-]+-from-paper)(?:/[^"]*)?"', html))


def test_a_slip_on_paper_is_entered_and_marked(live: AtTable) -> None:
    """BACK-1, LESSON-21: Sam types it in, Pat signs too; page, history, proof and form say what it
    rests on, and nobody who entered it stands in a place of the slip's."""
    live.when("22:00")
    casino = live.casino
    sam = browser_of(casino.sam)
    assert {"count-from-paper", "fill-from-paper", "credit-from-paper"} <= _offered(
        sam.get(live.path).html
    )
    form = f"{live.path}/do/fill-from-paper"
    page = sam.fill_in(form, _typed("10 green", "20:40"), signed=[casino.pat])
    page.says("The slip on paper is entered.", "Fill PF-2026-000001", "From signed paper", ON_IT)
    (slip,) = casino.art.all_of("/slips", session_id=live.session_id)
    assert slip["tray_instant"] == f"{moment('20:40'):%Y-%m-%dT%H:%M:%SZ}"
    paper = sam.get(f"/slips/{slip['id']}")
    paper.says("Fill slip, by hand A-00417", "D. Diaz, S. Sato, C. Cole", "the network was down")
    paper.says("Entered from paper: Supervisor", "Entered from paper: Pit manager")
    paper.says_not("Cashier", "Runner")
    sam.get(f"{live.path}/proof").says("signed there by D. Diaz")


def test_what_is_missing_on_a_paper_is_said_beside_it(live: AtTable) -> None:
    """BACK-1: nothing is entered without its form, number and signers."""
    typed = {**_typed("10 green", "20:40"), "paper_number": "", "paper_signed_by": " "}
    page = browser_of(live.casino.sam).fill_in(
        f"{live.path}/do/fill-from-paper", typed, signed=[live.casino.pat]
    )
    assert page.status == 422
    page.says("Number on the paper is missing.", "Signed on paper by is missing.")
    typed = {**_typed("10 green", "20:40"), "occurred_at": ""}
    page = browser_of(live.casino.sam).fill_in(
        f"{live.path}/do/fill-from-paper", typed, signed=[live.casino.pat]
    )
    page.says("Date and time on the casino's clock is missing.")
    assert live.casino.art.all_of("/slips", session_id=live.session_id) == []


def test_a_count_on_paper_is_entered_by_accounting(live: AtTable) -> None:
    """BACK-1: who may not count may enter what was counted, with somebody of the floor."""
    live.when("22:00")
    casino = live.casino
    ana = browser_of(casino.ana)
    form = f"{live.path}/do/count-from-paper"
    typed = {**_typed(TRAY, "20:30"), "kind": "INTERIM", "sign:0:role": "DEALER"}
    page = ana.fill_in(form, typed, signed=[casino.dana])
    page.says("The count on paper is entered.", "from signed paper", ON_IT)


def test_the_next_step_of_a_slip_is_entered_from_paper(live: AtTable) -> None:
    """BACK-1: each step where the slip stands; then it goes on as always."""
    casino = live.casino
    slip = live.ask_fill("10 green", at="20:00")
    live.when("21:00")
    form = f"{live.path}/do/slip-from-paper/{slip['id']}"
    pat = browser_of(casino.pat)
    typed = {**PAPER, "occurred_at": "2026-03-02T20:10", "sign:0:role": "SUPERVISOR"}
    pat.fill_in(form, typed, signed=[casino.sam]).says("The step on paper is entered.", "Issued")
    assert live.verify_fill(slip, "10 green")["back_entry"]


def test_after_the_close_the_same_forms_amend(live: AtTable) -> None:
    """BACK-1, CLOSE-2, CLOSE-5: a slip left on its way is settled, the closer on paper is entered,
    and what they clear is gone from the way."""
    casino = live.casino
    slip = live.issue(live.ask_fill("10 green", at="22:30"), at="22:35")
    live.force_close(at="23:00")
    ana = browser_of(casino.ana)
    settled = {**PAPER, "occurred_at": "2026-03-02T22:40"}
    page = ana.fill_in(f"{live.path}/do/slip-from-paper/{slip['id']}", settled, signed=[casino.pat])
    page.says("The step on paper is entered.")
    closer = {**_typed(TRAY, "22:55"), "kind": "CLOSING"}
    page = ana.fill_in(f"{live.path}/do/count-from-paper", closer, signed=[casino.pat])
    page.says("The count on paper is entered.")
    kinds = {
        each["kind"]: each["status"]
        for each in casino.art.all_of("/exceptions", session_id=live.session_id)
    }
    assert kinds["SLIP_UNSETTLED"] == kinds["MISSING_CLOSING_COUNT"] == "CLEARED"
    assert kinds["LATE_ENTRY"] == "OPEN"


def test_a_count_sheet_on_paper_is_entered(live: AtTable) -> None:
    """BACK-1, SOFT-1: the count room wrote by hand."""
    casino = live.casino
    live.close(at="23:00")
    drop = live.drop()
    live.custody()
    typed = {
        **PAPER,
        "batch_id": "B-1",
        "contents:10000": "5",
        "first_count_cents": "500.00",
        "second_count_cents": "500.00",
        "occurred_at": "2026-03-03T02:00",
    }
    page = browser_of(casino.ana).fill_in(
        f"{live.path}/do/count-sheet-from-paper/{drop['id']}", typed, signed=[casino.pat]
    )
    page.says("The count sheet on paper is entered.")
    assert live.rundown()["drop_total_cents"] == 50_000


def test_a_roll_over_and_a_removal_are_entered_from_paper(live: AtTable) -> None:
    """BACK-1, SESS-8, BOX-2."""
    casino = live.casino
    live.when("22:00")
    sam = browser_of(casino.sam)
    form = f"{live.path}/do/roll-over-from-paper"
    page = sam.fill_in(form, _typed(TRAY, "21:00"), signed=[casino.pat])
    page.says("The roll-over on paper is entered.")
    session = casino.sam.get(f"/tables/{live.id}").must(200)["live_session_id"]
    dora = browser_of(casino.dora)
    typed = {
        **PAPER,
        "type": "SCHEDULED",
        "operator": "8101",
        "notified_at": "2026-03-02T21:20",
        "occurred_at": "2026-03-02T21:30",
    }
    page = dora.fill_in(f"/sessions/{session}/do/remove-box-from-paper", typed, signed=[casino.pat])
    page.says("The removal on paper is entered.", "A-00417")
    (drop,) = casino.art.all_of("/drops", session_id=session)
    handed = {**PAPER, "step": "ARRIVED", "occurred_at": "2026-03-02T21:45"}
    page = dora.fill_in(
        f"/sessions/{session}/do/hand-over-from-paper/{drop['id']}", handed, signed=[casino.pat]
    )
    page.says("The hand-over on paper is entered.")


def test_a_closing_is_adopted_on_the_page_and_named(live: AtTable) -> None:
    """BACK-2, LESSON-21: offered to accounting where it can be, and named on page and report."""
    casino = live.casino
    live.force_close(at="23:00")
    ana = browser_of(casino.ana)
    assert "adopt-closing" not in ana.get(live.path).html
    following = AtTable(casino=casino, table=live.table)
    following.open_table("30 red", at="23:30")
    assert "adopt-closing" in ana.get(live.path).html
    assert "adopt-closing" not in browser_of(casino.sam).get(live.path).html
    form = f"{live.path}/do/adopt-closing"
    page = ana.fill_in(form, {"reason": "nobody counted, the table stood closed"})
    page.says("The closing is adopted from the next opener.")
    page.says("adopted from the next opener")
    assert "adopt-closing" not in page.html
    shift = casino.sam.get(live.path).must(200)["shift_id"]
    ana.get(f"/shift/rundown?shift_id={shift}").says("The closing was adopted from the next opener")


def test_a_request_first_credit_asks_the_supervisor_at_the_box(own: Casino) -> None:
    """SIGN-3, CRD-05: on the form too; the printed slip has its places in that flow's order."""
    settings = {"settings": {"credit_flow": "REQUEST_FIRST"}, "reason": "the house's own forms"}
    own.ada.patch("/casino", settings).must(200)
    table = a_table(own)
    table.open_table()
    moved = table.pick_up(table.ask_credit("5 black"))
    browser_of(own.sam).get(f"/slips/{moved['id']}").says("Request for credit")
    slip = table.verify_credit(moved)
    dana = browser_of(own.dana)
    form = f"{table.path}/do/deposit/{slip['id']}"
    page = dana.fill_in(form, {}, signed=[own.rory, own.sam])
    page.says("The slip is in the drop box.")
    text = dana.get(f"/slips/{slip['id']}").words
    places = [text.index(each) for each in ("Cashier", "Runner", "Dealer", "Supervisor")]
    assert places == sorted(places)


def test_what_rests_on_paper_says_so_in_print(live: AtTable) -> None:
    """BACK-1, BACK-2, FRM-04: slip, opener of the count on paper, and the rundown that is made of
    them; an adopted closing is named on the rundown too."""
    casino = live.casino
    live.when("22:00")
    sam = browser_of(casino.sam)
    form = f"{live.path}/do/fill-from-paper"
    sam.fill_in(form, _typed("10 green", "20:40"), signed=[casino.pat])
    (slip,) = casino.art.all_of("/slips", session_id=live.session_id)
    page = print_slip(casino.pat, slip["id"])[0]
    page.says("From signed paper Fill slip, by hand A-00417", "D. Diaz, S. Sato, C. Cole")
    page.says("Entered later because the network was down", "Entered from paper: Supervisor")
    live.force_close(at="23:00")
    following = AtTable(casino=casino, table=live.table)
    following.open_table("30 red", at="23:30")
    browser_of(casino.ana).fill_in(f"{live.path}/do/adopt-closing", {"reason": "nobody counted"})
    rundown = print_form(casino.ana, live.path, "rundown")[0]
    rundown.says("Closing The closing was adopted from the next opener", "PF-2026-000001")
    rundown.says("signed there by D. Diaz, S. Sato, C. Cole")
