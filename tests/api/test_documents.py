"""Printed forms over HTTP: what stands on them, for whom, how often they were printed."""

from typing import Any

import pytest

from tablebank import __version__
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.printed import print_form, print_slip
from tests.say import dollars

CLOSED = "40 red, 40 green, 22 black"


def void(live: AtTable, slip: Any, *, reason: str = "torn") -> None:
    casino = live.casino
    body = {"reason": reason, "counted_back": slip["chipset"]}
    casino.casey.post(
        f"/slips/{slip['id']}/void", body, at=casino.tick(), signed=[casino.sue]
    ).must(200)


def test_a_fill_slip_reads_like_the_form_the_trade_knows(live: AtTable) -> None:
    """FIL-10, FRM-02, FRM-04, FIL-09, SYS-13; controls.md section 4: fields, chips, who
    signs in which order.
    """
    slip = live.issue(live.ask_fill("20 black, 40 green"))
    page = print_slip(live.casino.casey, slip["id"])[0]
    page.says(live.casino.founded.name, "FILL", "Fill slip", slip["number"], "DEMO")
    page.says(f"Tablebank {__version__}")
    page.says("Gaming day 2026-03-02", "Shift DAY", "Pit PIT 1", "Game Blackjack")
    page.says(f"Table no. {live.code}", "Time prepared 2026-03-02", "-05:00")
    page.says("Prepared by Casey Cole", "Requested by Sam Sato", slip["request_number"])
    page.says("Denomination Quantity Amount", "$100 20 $2,000.00", "$25 40 $1,000.00")
    page.says("Total $3,000.00", "Casey Cole 1 · Cashier Badge 4001", "2 · Runner")
    page.says("3 · Dealer 4 · Supervisor").says_not("Dana Diaz")
    live.verify_fill(slip)
    print_slip(live.casino.casey, slip["id"])[0].says("Dana Diaz 3 · Dealer", "Sam Sato 4 ·")


def test_each_part_names_who_receives_it(live: AtTable) -> None:
    """FRM-03, FIL-09, CRD-02: every copy shows its recipient at the foot."""
    slip = live.pick_up(live.ask_credit("20 green"))
    first, second = print_slip(live.casino.casey, slip["id"])
    first.says("CREDIT", "Part 1 of 3 Drop box")
    second.says("CREDIT", "Part 2 of 3 Cage")


@pytest.mark.parametrize("name", ["casey", "sam", "dana", "rory", "pat", "cam"])
def test_the_restricted_part_is_closed_to_cage_and_pit(live: AtTable, name: str) -> None:
    """FIL-08: only accounting and audit reach it."""
    slip = live.issue(live.ask_fill("20 black"))
    for page in print_slip(live.casino.person(name), slip["id"]):
        page.says_not("restricted")


@pytest.mark.parametrize("name", ["ana", "art"])
def test_accounting_prints_the_restricted_part_too(live: AtTable, name: str) -> None:
    """FIL-08, SYS-14, FIL-07."""
    slip = live.issue(live.ask_fill("20 black"))
    pages = print_slip(live.casino.person(name), slip["id"])
    assert len(pages) == 3
    pages[2].says("Part 3 of 3 Accounting – restricted")


def test_a_second_print_is_a_reprint_part_by_part(live: AtTable) -> None:
    """FIL-07: each print is counted with its parts; what was printed before says so."""
    casino = live.casino
    slip = live.issue(live.ask_fill("20 black"))
    for page in print_slip(casino.casey, slip["id"]):
        page.says_not("REPRINT")
    box, cage, restricted = print_slip(casino.ana, slip["id"])
    box.says("REPRINT 1.", "First printed 2026-03-02", "by 4001 Casey Cole")
    cage.says("REPRINT 1.")
    restricted.says_not("REPRINT")
    box, cage = print_slip(casino.sam, slip["id"])
    box.says("REPRINT 2.", "by 4001 Casey Cole")


def test_a_print_is_an_entry_of_the_journal_and_moves_nothing(live: AtTable) -> None:
    """FIL-07, JRN-1: who printed which parts is written down; the record is as it was."""
    casino = live.casino
    slip = live.issue(live.ask_fill("20 black"))
    before = casino.sam.get(f"/slips/{slip['id']}").must(200)
    head = casino.art.get("/journal/verify").must(200)["entries"]
    print_slip(casino.casey, slip["id"])
    entry = casino.art.get("/journal", after=head).must(200)["items"][0]
    assert (entry["command"], entry["subject_id"]) == ("print_form", slip["id"])
    assert entry["content"]["asked"]["body"] == {"form": "SLIP", "parts": ["DROP_BOX", "CAGE"]}
    assert entry["content"]["new"] == entry["content"]["changed"] == []
    assert casino.sam.get(f"/slips/{slip['id']}").must(200) == before


def test_a_request_is_printed_as_a_form_of_its_own(live: AtTable) -> None:
    """SNAP-8, FIL-03, FIL-02: a request's prints do not make its slip a reprint."""
    asked = live.ask_fill("20 black")
    cage, box = print_slip(live.casino.sam, asked["id"])
    cage.says("REQUEST", "Request for fill", asked["request_number"], "Part 1 of 2 Cage")
    box.says("Part 2 of 2 Drop box")
    live.issue(asked)
    print_slip(live.casino.casey, asked["id"])[0].says("Fill slip").says_not("REPRINT")


def test_a_void_slip_says_so_on_every_part(live: AtTable) -> None:
    """SLIP-6, FIL-16; controls.md section 4: VOID, reason, two signatures."""
    slip = live.issue(live.ask_fill("20 black"))
    void(live, slip)
    for page in print_slip(live.casino.casey, slip["id"]):
        page.says("VOID", "Reason torn", "Casey Cole 1 · Cashier", "Sue Stein 2 · Supervisor")


def test_a_signature_carries_its_licence(own: Casino) -> None:
    """FRM-04: legible, with name and licence number, and the instant."""
    own.ada.patch(f"/staff/{own.casey.id}", {"licence": "NV-0815"}).must(200)
    table = a_table(own)
    table.open_table()
    slip = table.issue(table.ask_fill("20 black"))
    page = print_slip(own.casey, slip["id"])[0]
    page.says("1 · Cashier Licence NV-0815 · Badge 4001 · 2026-03-02")


def test_an_opener_says_how_it_compares_with_the_closer(live: AtTable) -> None:
    """SESS-5, LESSON-2, INV-02, INV-15: without a closer before it the
    difference is N/A, never zero.
    """
    first = print_form(live.casino.sam, live.path, "opener")[0]
    first.says("OPENER", "Table inventory slip: opener", "Sequence in day 1", "Total $3,200.00")
    first.says("Difference from closer N/A: no closing count before this opener")
    first.says("Dana Diaz", "Sam Sato", "Part 1 of 2 Drop box")
    live.close(CLOSED)
    live.open_table(CLOSED)
    print_form(live.casino.sam, live.path, "opener")[0].says("Difference from closer $0.00 (K-")


def test_a_closer_has_three_parts_and_one_stays_with_the_tray(live: AtTable) -> None:
    """INV-03: the next crew opens with the closer's second part."""
    assert live.casino.sam.get(f"{live.path}/documents/closer.pdf").status == 404
    live.close(CLOSED)
    pages = print_form(live.casino.sam, live.path, "closer")
    assert [page.text.rpartition(" of 3 ")[2] for page in pages] == [
        "Drop box",
        "Table, with the tray",
        "Accounting",
    ]
    pages[0].says("CLOSER", "Total $3,400.00", "$100 22 $2,200.00")


def test_a_target_is_labelled_as_one_and_never_counted(own: Casino) -> None:
    """PAR-9: policy stands apart from what was counted, and enters no total."""
    table = a_table(own)
    par = {"par_total_cents": dollars("50,000"), "effective_from_gaming_day": "2026-03-02"}
    own.pat.post("/par-policies", {**par, "table_id": table.id}, at=own.now).must(201)
    table.open_table()
    page = print_form(own.sam, table.path, "opener")[0]
    page.says("Target need (par) $50,000.00", "Total $3,200.00")


def test_an_unknown_result_is_printed_with_its_reason(live: AtTable) -> None:
    """LESSON-1, LESSON-2, RUN-2: N/A and why, never a zero."""
    page = print_form(live.casino.ana, live.path, "rundown")[0]
    page.says("RUNDOWN", "Table rundown report", "Closing Not counted yet N/A")
    page.says("Drop The box is on the table N/A", "Table Win/Loss Not closed yet N/A")
    page.says("Variance from Par Target need not configured N/A")
    page.says_not("Table Win/Loss $0", "Closing + $0.00")


def test_a_rundown_report_carries_its_proof_and_the_journals_head(live: AtTable) -> None:
    """RUN-1, RUN-5, JRN-3: five terms with their documents; the chain's head for later."""
    live.fill("10 black")
    live.close("40 red, 40 green, 22 black")
    live.drop()
    live.custody()
    live.soft_count(dollars("2,000"))
    live.reconcile()
    live.finalize()
    casino = live.casino
    head = casino.art.get("/journal/verify").must(200)
    report = casino.ana.get(f"{live.path}/rundown").must(200)
    page = print_form(casino.ana, live.path, "rundown")[0]
    page.says("Opening − $3,200.00", "Closing + $3,400.00", "Fills 1 slip − $1,000.00")
    page.says("Credits none + $0.00", "Drop + $2,000.00", "Table Win/Loss $1,200.00")
    page.says("Revision 1", report["content_sha256"], head["head_hash"])
    page.says(f"entry {head['entries']:,}", "O-2026-", "K-2026-", "F-2026-")


def test_the_sheet_is_the_casinos_or_the_one_asked_for(own: Casino) -> None:
    """04-screens: letter and A4, by a setting, or by the one who prints."""
    table = a_table(own)
    table.open_table()

    def size(**query: str) -> tuple[int, int]:
        return print_form(own.sam, table.path, "opener", **query)[0].size

    assert size() == (612, 792)
    assert size(paper="A4") == (595, 842)
    own.ada.patch("/casino", {"settings": {"paper": "A4"}, "reason": "moved"}).must(200)
    assert size() == (595, 842)
    assert size(paper="LETTER") == (612, 792)
    answer = own.sam.get(f"{table.path}/documents/opener.pdf", paper="A3")
    answer.must_refuse(422, "SHAPE")


def test_programs_get_the_casinos_own_language() -> None:
    """0042, 0056: a form that nobody's browser asked for is in the language of the house."""
    casino = found(settings={"locale": "es-MX"})
    table = a_table(casino)
    table.open_table()
    slip = table.issue(table.ask_fill("20 black"))
    print_slip(casino.casey, slip["id"])[0].says("RELLENO", "Boleta de relleno", "Jornada")


def test_a_casino_that_is_no_simulation_prints_no_demo() -> None:
    """TIME-5: the mark is on every document of a simulated casino, and on no other."""
    casino = found(simulated=False)
    session = {"table_id": a_table(casino).id}
    prepared = casino.sam.post("/sessions", session, at=casino.now).must(201)
    page = print_form(casino.sam, f"/sessions/{prepared['id']}", "rundown")[0]
    page.says("RUNDOWN", "Table Win/Loss Not open yet N/A").says_not("DEMO")


def test_a_blind_counter_prints_no_count() -> None:
    """SNAP-4: who is to count the tray reads neither opener nor rundown off a printer."""
    casino = found(settings={"blind_counts": True})
    table = a_table(casino)
    table.open_table()
    hidden = print_form(casino.sam, table.path, "opener")[0]
    hidden.says("Counts are blind here").says_not("3,200", "$100")
    print_form(casino.sam, table.path, "rundown")[0].says_not("3,200")
    print_form(casino.ana, table.path, "opener")[0].says("Total $3,200.00")


def test_nothing_of_next_door_is_printed_or_counted(live: AtTable, next_door: Any) -> None:
    """TEN-1: not there and next door are the same answer, and leave no print behind."""
    slip = live.issue(live.ask_fill("20 black"))
    stranger = next_door.casino.casey
    for path in (f"/slips/{slip['id']}/document.pdf", f"{live.path}/documents/rundown.pdf"):
        stranger.get(path).must_refuse(404, "NOT_FOUND")
    stranger.get("/slips/nonsense/document.pdf").must_refuse(404, "NOT_FOUND")
    print_slip(live.casino.casey, slip["id"])[0].says_not("REPRINT")


HOSTILE = '#panic() $x$ *bold* @ref <label> \\ `raw` #import "/etc/passwd": * /* // ]['


def test_what_people_write_is_never_read_as_markup(live: AtTable) -> None:
    """A reason that looks like commands to the typesetter is printed letter by letter."""
    slip = live.issue(live.ask_fill("20 black"))
    void(live, slip, reason=HOSTILE)
    print_slip(live.casino.casey, slip["id"])[0].says(" ".join(HOSTILE.split()))


def test_a_text_cannot_turn_around_what_stands_beside_it(live: AtTable) -> None:
    """A mark that reverses the letters after it is shown as unreadable, not obeyed."""
    slip = live.issue(live.ask_fill("20 black"))
    void(live, slip, reason="torn \N{RIGHT-TO-LEFT OVERRIDE}00.005$ שלום")
    page = print_slip(live.casino.casey, slip["id"])[0]
    page.says("\N{REPLACEMENT CHARACTER}00.005$", "Total $2,000.00")
    page.says_not("\N{RIGHT-TO-LEFT OVERRIDE}")


@pytest.mark.parametrize("reason", ["W" * 2000, "word " * 400], ids=["no gap", "many words"])
def test_a_very_long_remark_keeps_the_foot_of_its_part(live: AtTable, reason: str) -> None:
    """FRM-03: however much is written, each page still says whose part it is."""
    slip = live.issue(live.ask_fill("20 black"))
    void(live, slip, reason=reason.strip())
    pages = print_slip(live.casino.casey, slip["id"])
    said = "".join(page.text for page in pages)
    assert said.count("W") + said.count("word") >= 800
    for page in pages:
        assert page.text.endswith(("Drop box", "Cage")), page.text[-200:]
    assert sum("Total $2,000.00" in page.text for page in pages) == 2
