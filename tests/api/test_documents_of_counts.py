"""The variance slip of an opener, and the soft count sheet of a box: what stands on them."""

from typing import Any

import pytest

from tests.at_table import TRAY, AtTable, Json, a_table, differing
from tests.cast import WHO, Casino, found
from tests.printed import print_count, print_form
from tests.say import chips, dollars

SEES_EXCEPTIONS = ("SUPERVISOR", "PIT_MANAGER", "CAGE_MANAGER", "ACCOUNTING", "AUDITOR")


def notes(worth_cents: int, pieces: int) -> Json:
    return {
        "instrument": "CURRENCY",
        "denomination_cents": worth_cents,
        "quantity": pieces,
        "amount_cents": worth_cents * pieces,
    }


CONTENTS: list[Json] = [
    notes(10_000, 31),
    notes(5_000, 0),
    notes(2_000, 44),
    {"instrument": "COIN", "amount_cents": 1_250},
    {"instrument": "MARKER_PAYMENT", "amount_cents": 5_000},
    {"instrument": "COUPON", "amount_cents": 2_500},
]
WORTH = sum(line["amount_cents"] for line in CONTENTS)


def counted(live: AtTable, **more: Any) -> str:
    """A box of this table with CONTENTS, counted by Tina and Tom; its drop's id."""
    live.close()
    live.drop(seal="S-7781")
    live.soft_count(WORTH, **{"contents": CONTENTS, "batch_id": "B-17", **more})
    return live.drop_ids[-1]


# -- the variance slip -----------------------------------------------------------------------------


def test_a_variance_slip_reads_like_the_form_the_trade_knows(live: AtTable) -> None:
    """INV-10, SESS-5; controls.md section 4: closer and count by denomination, over or short."""
    differing(live)
    first, second = print_form(live.casino.pat, live.path, "variance")
    first.says("VARIANCE", "Table games variance slip", "Opener no. O-2026-", "Closer no. K-2026-")
    first.says("Denomination Closer before Counted Over / (Short)")
    first.says("$100 $2,000.00 $1,800.00 ($200.00)", "$25 $1,000.00 $1,000.00 $0.00")
    first.says("$5 $200.00 $205.00 $5.00", "Total $3,200.00 $3,005.00 ($195.00)", "Short $195.00")
    first.says("First count $3,005.00", "Explanation two black chips are gone", "Status Open")
    first.says("Pat Price · 2026-03-02", "Reported to, time", "Security notified, name and time")
    first.says("Sam Sato 1 · Supervisor", "Dana Diaz 2 · Dealer", "4 · Security", "DEMO")
    first.says("Part 1 of 2 Drop box", "/exceptions/")
    second.says("Part 2 of 2 Accounting")
    print_form(live.casino.ana, live.path, "variance")[0].says("REPRINT 1.", "by 3001 Pat Price")


def test_chips_that_changed_places_are_even_in_total_and_still_a_variance(live: AtTable) -> None:
    """SESS-5: compared chip by chip; a total that agrees hides nothing."""
    page = print_form(
        differing(live, "40 red, 44 green, 19 black").casino.pat, live.path, "variance"
    )[0]
    page.says("$100 $2,000.00 $1,900.00 ($100.00)", "$25 $1,000.00 $1,100.00 $100.00")
    page.says("Total $3,200.00 $3,200.00 $0.00", "Even in total $0.00")


def test_what_became_of_it_stands_on_the_slip(live: AtTable) -> None:
    """FIND-3: resolved with a reason code and words."""
    casino = differing(live).casino
    item = casino.pat.all_of("/exceptions", session_id=live.session_id)[0]
    asked = {"reason_code": "MISCOUNT", "narrative": "two chips lay under the tray"}
    casino.ana.post(f"/exceptions/{item['id']}/resolve", asked, at=live.when(None)).must(200)
    page = print_form(casino.pat, live.path, "variance")[0]
    page.says("Status Resolved", "Miscount: two chips lay under the tray")


def test_where_nothing_differs_there_is_no_variance_slip(live: AtTable) -> None:
    """No exception, no slip: neither of a first opener, nor of one that is what was left."""
    pat = live.casino.pat
    pat.get(f"{live.path}/documents/variance.pdf").must_refuse(404, "NOT_FOUND")
    live.close()
    live.open_table()
    pat.get(f"{live.path}/documents/variance.pdf").must_refuse(404, "NOT_FOUND")


def test_a_variance_that_the_facts_cleared_has_no_slip(live: AtTable) -> None:
    """FIND-2: an opener that was counted anew, and is what the closer left, is no error."""
    casino = differing(live).casino
    why = {"supersedes": live.session()["opening"]["id"], "reason": "counted the wrong rack"}
    asked = {"kind": "OPENING", "chipset": chips(TRAY), **why}
    hands = [casino.dana, casino.pat]
    casino.sam.post(f"{live.path}/snapshots", asked, at=live.when(None), signed=hands).must(201)
    casino.pat.get(f"{live.path}/documents/variance.pdf").must_refuse(404, "NOT_FOUND")


def test_a_variance_slip_is_for_who_reads_exceptions(live: AtTable) -> None:
    """FIND-1: role by role; who may not leaves no print behind."""
    differing(live)
    path, casino = f"{live.path}/documents/variance.pdf", live.casino
    refused = 0
    for name, (_, _, _, roles) in WHO.items():
        if roles[0] in SEES_EXCEPTIONS:
            continue
        casino.person(name).get(path).must_refuse(403, "ROLE_NOT_ALLOWED")
        refused += 1
    assert refused > 5
    print_form(casino.pat, live.path, "variance")[0].says_not("REPRINT")


def test_a_blind_counter_prints_no_variance() -> None:
    """SNAP-4: that there is one is known, how far off is not until the tray is counted."""
    live = a_table(found(settings={"blind_counts": True}))
    live.open_table()
    differing(live)
    page = print_form(live.casino.pat, live.path, "variance")[0]
    page.says("VARIANCE", "Counts are blind here").says_not("3,005", "3,200", "195", "$100")
    print_form(live.casino.ana, live.path, "variance")[0].says("Short $195.00")


# -- the soft count sheet --------------------------------------------------------------------------


def test_a_count_sheet_reads_like_the_form_the_trade_knows(live: AtTable) -> None:
    """SOFT-1, CNT-04; controls.md section 4: by instrument and denomination, two
    counts, who counted.
    """
    pages = print_count(live.casino.ana, counted(live))
    said = " ".join(page.text for page in pages)
    pages[0].says("SOFT COUNT", "Soft count sheet", f"Box no. {live.code}", "Drop type Scheduled")
    pages[0].says("Count session no. (batch) B-17", "Count date 2026-03-02", "Seal no. S-7781")
    pages[0].says("Contents Quantity Amount In the drop", "Currency $3,980.00 $3,980.00")
    pages[0].says("$100 31 $3,100.00", "$50 0 $0.00", "$20 44 $880.00", "Coin $12.50 $12.50")
    pages[0].says("Marker payments $50.00 −$50.00")
    pages[0].says("Coupons (non-revenue) $25.00 not in the drop", "Total $4,067.50 $3,942.50")
    pages[0].says("First count $4,067.50 Second count $4,067.50 Second less first $0.00")
    pages[0].says("No slip or form was found in the box.", "Accounting").says_not("Corrections")
    for blank in ("First count by", "Second count by", "Balanced by", "Verifier amount"):
        assert blank in said, said
    assert "Tina Tran 1 · Count team" in said
    assert "Tom Todd 2 · Count team" in said
    assert "3 · Verifier, accounting" in said


def test_an_empty_box_was_counted_and_says_so(live: AtTable) -> None:
    """SOFT-1, LESSON-2: a counted zero is a zero, and stands as one."""
    live.close()
    live.drop()
    live.soft_count(0)
    page = print_count(live.casino.ana, live.drop_ids[-1])[0]
    page.says("The box was empty.", "Total $0.00 $0.00", "Second less first $0.00")


def test_the_forms_in_the_box_are_listed_as_they_were_found(live: AtTable) -> None:
    """CNT-11: number, table and amount where the team wrote them down; no amount is no zero."""
    evidence = [
        {"form": "FILL", "number": "F-2026-000001", "table": "BJ-1", "amount_cents": 200_000},
        {"form": "MARKER"},
    ]
    page = print_count(live.casino.tina, counted(live, evidence=evidence))[0]
    page.says("Slips and forms found in the box", "Fill slip F-2026-000001 BJ-1 $2,000.00")
    page.says("Marker").says_not("Marker $")


def test_two_counts_that_differ_are_not_smoothed(live: AtTable) -> None:
    """CNT-09, CNT-08: both stand, and that they differ is said."""
    drop = counted(live, second_count_cents=WORTH - 100)
    page = print_count(live.casino.ana, drop)[0]
    page.says("First and second count differ.", "Second less first −$1.00")


def test_a_correction_keeps_the_first_figure_readable(live: AtTable) -> None:
    """CNT-10, SOFT-2: the sheet of a revision is a form of its own, and lists what it replaces."""
    casino, drop = live.casino, counted(live)
    print_count(casino.ana, drop)[0].says_not("REPRINT")
    first = casino.ana.get(f"/drops/{drop}").must(200)["count"]["id"]
    why = {"supersedes": first, "reason": "a five was stuck"}
    live.soft_count(WORTH + 500, **why)
    page = print_count(casino.ana, drop)[0]
    page.says("Corrected: this count replaces revision 1.", "Corrections", "Revision 1 2026-03-02")
    page.says("Tina Tran, Tom Todd $4,067.50 $3,942.50", "a five was stuck $4,072.50 $4,072.50")
    page.says_not("REPRINT")
    print_count(casino.ana, drop)[0].says("REPRINT 1.")


@pytest.mark.parametrize("name", ["casey", "cam"])
def test_the_cage_prints_no_count_sheet(live: AtTable, name: str) -> None:
    """CNT-18: nobody of the cage reads what the count room found, before a count and after it."""
    drop, casino = counted(live), live.casino
    casino.person(name).get(f"/drops/{drop}/count.pdf").must_refuse(403, "ROLE_NOT_ALLOWED")
    print_count(casino.art, drop)[0].says_not("REPRINT")


def test_a_box_that_is_not_counted_has_no_count_sheet(live: AtTable, next_door: Any) -> None:
    """TEN-1: not counted, not there and next door are the same answer."""
    drop = live.drop()["id"]
    live.casino.ana.get(f"/drops/{drop}/count.pdf").must_refuse(404, "NOT_FOUND")
    live.soft_count(dollars("100"))
    next_door.casino.ana.get(f"/drops/{drop}/count.pdf").must_refuse(404, "NOT_FOUND")
    print_count(live.casino.ana, drop)[0].says_not("REPRINT")


def test_a_blind_counter_prints_no_manifest() -> None:
    """SNAP-4: a box counted while its table is in play has the opener's amount in it."""
    casino: Casino = found(settings={"blind_counts": True})
    live = a_table(casino)
    live.open_table()
    drop = live.drop(kind="UNSCHEDULED")["id"]
    evidence = [{"form": "OPENER", "number": "O-2026-000001", "amount_cents": 320_000}]
    live.soft_count(dollars("900"), evidence=evidence)
    page = print_count(casino.sam, drop)[0]
    page.says("Total $900.00", "Counts are blind here").says_not("3,200")
    print_count(casino.ana, drop)[0].says("Opener O-2026-000001 $3,200.00")
