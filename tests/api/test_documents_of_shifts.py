"""The rundown summary of a shift and its hand-over, printed: what stands on them, and for whom."""

from typing import Any

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table, differing
from tests.cast import WHO, Casino, found
from tests.cli.typing_in import done
from tests.printed import print_hand_over, print_shift
from tests.say import dollars

SEES_EXCEPTIONS = ("SUPERVISOR", "PIT_MANAGER", "CAGE_MANAGER", "ACCOUNTING", "AUDITOR")


def shift_of(casino: Casino, code: str = "DAY") -> str:
    items = casino.art.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    return str(next(each["id"] for each in items if each["code"] == code))


def won(casino: Casino, said: str, **more: Any) -> AtTable:
    """A table of the DAY shift that won so much, all of it in the box."""
    table = a_table(casino, **more)
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(dollars(said))
    return table


def hand_over(casino: Casino, **more: Any) -> str:
    """Sam hands the DAY shift to Sue; the record's id."""
    path = f"/shifts/{shift_of(casino)}/hand-over"
    signed = [casino.sue.signs("SUPERVISOR")]
    handed = casino.sam.post(path, more, at=casino.tick(), signed=signed).must(201)
    return str(handed["id"])


# -- the shift rundown summary ---------------------------------------------------------------------


def test_a_shift_is_summed_up_pit_by_pit(own: Casino) -> None:
    """SHIFT-1: each pit with its tables and its sum, the total, and who signs."""
    first, second = won(own, "700"), won(own, "0", pit="PIT 2")
    page = print_shift(own.ana, shift_of(own))[0]
    page.says(
        "SHIFT RUNDOWN", "Shift rundown summary", "Shift DAY", "Gaming day 2026-03-02", "DEMO"
    )
    page.says("Start 2026-03-02 06:00:00 -05:00", "End 2026-03-02 14:00:00 -05:00")
    page.says(f"PIT 1 1 session complete +$700.00 {first.code} · 1 Blackjack Closed · Complete")
    page.says(f"PIT 2 1 session complete $0.00 {second.code} · 1 Blackjack Closed · Complete $0.00")
    page.says("Total +$700.00", "Sessions 2 sessions complete").says_not("Known so far", "N/A")
    for place in ("1 · Outgoing supervisor", "2 · Incoming supervisor", "3 · Pit manager"):
        page.says(place)
    page.says("4 · Accounting", "Part 1 of 1 Accounting", "/shift/rundown?shift_id=")
    page.says("Not kept yet", "2 sessions are not final.")


def test_an_unknown_is_never_summed_away(own: Casino) -> None:
    """LESSON-1, LESSON-2: N/A in pit and total, what is known beside it, and of how many."""
    won(own, "700")
    pending = a_table(own)
    pending.open_table(at="09:00")
    pending.close(at="12:40")
    forced = a_table(own, pit="PIT 2")
    forced.open_table(at="09:00")
    forced.force_close(at="12:45")
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("PIT 1 1 session complete · 1 pending N/A Known so far +$700.00")
    page.says("PIT 2 0 sessions complete · 1 unknown N/A", "Closed · Closing count missing N/A")
    page.says("Total N/A Known so far +$700.00", "1 session complete · 1 pending · 1 unknown")
    page.says_not("$0.00")


def _pictures(casino: Casino, code: str) -> int:
    """How many pictures say in words what they are of, as every one does."""
    path = f"/shifts/{shift_of(casino, code)}/documents/rundown.pdf"
    return casino.ana.get(path).content.count(b"/Alt")


def test_the_shift_by_the_hour_stands_below_as_it_does_on_the_page(own: Casino) -> None:
    """BASE-5: a picture of the house and of each pit, for operations, said to be no rundown; none
    of a shift in which there was no hour yet."""
    won(own, "700")
    won(own, "0", pit="PIT 2")
    first = print_shift(own.ana, shift_of(own))[0]
    first.says("Hour by hour", "Window win/loss, for operations: it is not the rundown.")
    assert _pictures(own, "DAY") == 3
    assert _pictures(own, "SWING") == 0
    for page in print_shift(own.ana, shift_of(own, "SWING")):
        page.says_not("Hour by hour")


def test_where_nothing_is_known_there_is_no_zero(own: Casino) -> None:
    """LESSON-2: neither of a shift whose tables are in play, nor of one without a table."""
    a_table(own).open_table(at="08:00")
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("In play · Not closed yet N/A", "Total N/A").says_not("Known so far", "$0")
    empty = print_shift(own.ana, shift_of(own, "SWING"))[0]
    empty.says("No table was opened in this shift.").says_not("Total", "$0")


def test_a_group_has_one_result_and_is_summed_where_it_lies_inside(own: Casino) -> None:
    """BOX-6, 0025: of the shift it lies in; of neither where it reaches over two."""
    inside = a_table(own)
    inside.open_table(at="08:00")
    inside.close(at="09:00")
    inside.open_table(at="09:10")
    inside.close(at="10:00")
    inside.drop(at="10:10")
    inside.soft_count(dollars("900"), at="10:30")
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("PIT 1 0 sessions complete · 2 shared +$900.00", "Total +$900.00")
    page.says(f"{inside.code} · 2 Blackjack Closed · Shared drop: see the group N/A")
    page.says(f"{inside.code} 2 sessions · Complete · In this shift's sum +$900.00")
    over = a_table(own)
    over.open_table(at="11:00")
    over.roll_over(at="14:00")
    over.close(at="15:00")
    over.drop(at="15:10")
    over.soft_count(dollars("400"), at="15:30")
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("Total N/A Known so far +$900.00", "Reaches into another shift: in no shift's sum")


def test_what_is_kept_of_it_stands_on_it_with_its_hash(own: Casino) -> None:
    """SHIFT-1, JRN-3, RUN-6: every revision, the journal's head; and a report that came since."""
    table = won(own, "800")
    table.reconcile(at="12:40")
    table.finalize(at="12:41")
    a_table(own).prepare(at="14:00")
    done("sweep", "--casino", own.founded.slug)
    kept = own.art.get(f"/shifts/{shift_of(own)}/reports").must(200)["items"][0]
    head = own.art.get("/journal/verify").must(200)
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("Final · Revision 1 · Complete +$800.00", "Revision 1 kept 20")
    page.says(kept["content_sha256"], head["head_hash"], f"entry {head['entries']:,}")
    page.says_not("Not kept yet", "changed since", "REPRINT")
    drop = own.ana.get(f"/drops/{table.drop_ids[-1]}").must(200)
    why = {"supersedes": drop["count"]["id"], "reason": "a note was stuck"}
    table.soft_count(dollars("820"), at="14:10", **why)
    table.amend(at="14:20")
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("Final · Revision 2", "The final reports have changed since", "REPRINT 1.")
    done("sweep", "--casino", own.founded.slug)
    page = print_shift(own.ana, shift_of(own))[0]
    page.says("Revision 2 kept", "· replaced", "REPRINT 2.").says_not("changed since")


def test_a_blind_counter_prints_no_sum_of_a_hidden_tray() -> None:
    """SNAP-4: the session before the one that waits for its count has a result, and hides it."""
    casino = found(settings={"blind_counts": True})
    table = won(casino, "700")
    table.open_table(at="12:40")
    page = print_shift(casino.sam, shift_of(casino))[0]
    page.says("Closed · Complete · Counts are blind N/A", "Total N/A").says_not("700")
    print_shift(casino.ana, shift_of(casino))[0].says("Known so far +$700.00")


# -- the hand-over ---------------------------------------------------------------------------------


def test_a_hand_over_is_printed_as_it_was_signed(own: Casino) -> None:
    """SHIFT-3: list by list, in two parts, with both signatures and the hash of the record."""
    table = a_table(own)
    table.open_table(at="08:00")
    differing(table)
    slip = table.issue(table.ask_fill("20 black"))
    asked = table.ask_credit("20 green")
    handed = hand_over(own, remark="wheel 3 sounds loose")
    kept = own.sam.get(f"/shifts/{shift_of(own)}/hand-over").must(200)["items"][0]
    table.verify_fill(slip)
    pages = print_hand_over(own.sam, handed)
    said = " ".join(page.text for page in pages)
    pages[0].says("HAND-OVER", "Shift hand-over", "Outgoing supervisor Sam Sato", "Shift DAY")
    pages[0].says("Incoming supervisor Sue Stein", "none: since the shift began", "Part 1 of 2 Pit")
    pages[0].says(f"Fill {slip['number']} Issued, on the way to the table · {table.code}")
    pages[0].says("Fills $2,000.00", f"Credit {asked['request_number']}", "Opening variance")
    for text in ("wheel 3 sounds loose", kept["content_sha256"], "Sam Sato 1 · Outgoing"):
        assert text in said, said
    assert "Sue Stein 2 · Incoming supervisor" in said
    assert "Part 2 of 2 Accounting" in said
    again = " ".join(page.text for page in print_hand_over(own.ana, handed))
    assert again.count("REPRINT 1.") == 2


def test_of_a_quiet_shift_each_list_says_none(own: Casino) -> None:
    """SHIFT-3, LESSON-2: none is said as none, and there is no $0."""
    page = print_hand_over(own.sam, hand_over(own))[0]
    page.says("Chips in transit None", "Open exceptions None", "Tables not counted None")
    page.says_not("$0")
    print_hand_over(own.sam, hand_over(own))[0].says("Hand-over before DAY, 2026-03-02")


def test_a_hand_over_is_for_who_reads_exceptions(own: Casino) -> None:
    """FIND-1: exceptions stand on it; who may not leaves no print behind."""
    path = f"/hand-overs/{hand_over(own)}/document.pdf"
    others = [name for name, who in WHO.items() if who[3][0] not in SEES_EXCEPTIONS]
    people = [own.person(name) for name in others]
    with nothing_changes(own):
        for person in people:
            person.get(path).must_refuse(403, "ROLE_NOT_ALLOWED")
    assert len(people) > 5


def test_nothing_of_next_door_is_printed(own: Casino, next_door: Any) -> None:
    """TEN-1: no hand-over and no shift of another casino, and nothing is counted for it."""
    path, stranger = f"/hand-overs/{hand_over(own)}/document.pdf", next_door.casino.ana
    stranger.get(path).must_refuse(404, "NOT_FOUND")
    shift = f"/shifts/{shift_of(own)}/documents/rundown.pdf"
    stranger.get(shift).must_refuse(404, "NOT_FOUND")
    own.ana.get(path.replace("hand-overs", "shifts")).must_refuse(404, "NOT_FOUND")
