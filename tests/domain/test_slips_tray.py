"""Slips against counts and sessions: the tray instant, disputes, and what a close does to them."""

from uuid import UUID

import pytest

from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import FindingStatus, Phase, SlipKind, SlipStatus
from tests.domain.cast import SUE, chips, worth
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import refused

FILL, CREDIT = SlipKind.FILL, SlipKind.CREDIT
TRAY = "20 black, 40 green"


def at_play() -> Floor:
    floor = Floor()
    floor.at("12:00").opened(TRAY)
    return floor


def on_the_way(floor: Floor, what: SlipKind, text: str = "5 black") -> UUID:
    slip = floor.ask(what, text)
    floor.issue(slip) if what == FILL else floor.pick_up(slip)
    return slip


# -- the tray instant ------------------------------------------------------------------------------


def test_a_fill_touches_the_tray_when_it_is_verified() -> None:
    """SLIP-12: not when asked for, nor when issued."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    assert floor.slip(slip).tray_instant is None
    floor.at("13:00").verify(slip)
    assert floor.slip(slip).tray_instant == floor.clock


def test_a_credit_touches_the_tray_when_it_is_picked_up() -> None:
    """SLIP-12: what the cage does with it is no fact of play."""
    floor = at_play()
    slip = floor.ask(CREDIT, "5 black")
    floor.at("13:00").pick_up(slip)
    left = floor.slip(slip).tray_instant
    floor.at("14:00").verify(slip)
    floor.deposit(slip)
    assert floor.slip(slip).tray_instant == left
    assert left is not None
    assert left.hour == 13


@pytest.mark.parametrize("what", list(SlipKind))
def test_the_opener_saw_what_came_before_it(what: SlipKind) -> None:
    """SLIP-6, TIME-1: a tray instant at or before the opener is refused, at a roll-over's too."""
    floor = at_play()
    opener = floor.snapshots()[0]
    assert (opener.occurred_at.hour, opener.occurred_at.minute) == (12, 2)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:01").ask(what, "5 black")
    slip = floor.at("12:02").ask(what, "5 black")
    if what == FILL:
        floor.at("12:02").issue(slip)
        with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
            floor.at("12:02").verify(slip)
        floor.at("12:03").verify(slip)
    else:
        with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
            floor.at("12:02").pick_up(slip)
        floor.at("12:03").pick_up(slip)


def test_a_fill_from_before_a_roll_over_is_not_told_after_it() -> None:
    """SLIP-6, SLIP-12: n+1's opener saw those chips already."""
    floor = at_play()
    slip = on_the_way(floor, FILL)
    floor.at("19:00").roll_over(TRAY)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("18:59").verify(slip)


# -- the closing count -----------------------------------------------------------------------------


@pytest.mark.parametrize("what", list(SlipKind))
def test_no_close_over_a_slip_on_the_way(what: SlipKind) -> None:
    """SLIP-6, LESSON-25: REQUESTED, ISSUED or PICKED_UP: listed, with the three ways out."""
    floor = at_play()
    slips = [floor.ask(what, "5 black"), on_the_way(floor, what)]
    floor.begin()
    floor.count(CLOSING, TRAY)
    with refused(Refusal.SLIPS_IN_FLIGHT) as caught:
        floor.close()
    listed = caught.facts["slips"]
    assert isinstance(listed, list)
    assert [each["id"] for each in listed] == [str(slip) for slip in slips]
    assert caught.facts["ways_out"] == ["verify", "return_and_void", "force_close"]
    assert floor.session().phase == Phase.CLOSING


def test_each_way_out_leads_out() -> None:
    """SLIP-6, LESSON-25: verified, cancelled, or returned and voided: then it closes."""
    floor = at_play()
    asked = floor.ask(FILL, "1 black")
    issued, torn = floor.ask(FILL, "2 black"), floor.ask(FILL, "3 black")
    floor.issue(issued)
    floor.issue(torn)
    floor.begin()
    floor.cancel(asked)
    floor.verify(issued)
    floor.void_slip(torn, "3 black")
    floor.count(CLOSING, "22 black, 40 green")
    floor.close()
    assert floor.rundown().fills_total_cents == 20_000
    assert floor.rundown().before_drop_cents == 0


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_slip_after_the_closing_count_makes_it_stale(what: SlipKind) -> None:
    """SLIP-6: COUNT_STALE until a new closing count supersedes it; that one needs no reason."""
    floor = at_play()
    slip = floor.ask(what, "5 black")
    if what == FILL:
        floor.issue(slip)
    floor.begin()
    floor.count(CLOSING, TRAY)
    floor.verify(slip) if what == FILL else floor.pick_up(slip)
    if what == CREDIT:
        floor.verify(slip)
    with refused(Refusal.COUNT_STALE):
        floor.close()
    left = "25 black, 40 green" if what == FILL else "15 black, 40 green"
    floor.count(CLOSING, left)
    floor.close()
    assert floor.rundown().before_drop_cents == 0


def test_a_slip_before_the_count_leaves_it_standing() -> None:
    """SLIP-6: only what moved after the count was not seen by it."""
    floor = at_play()
    floor.filled("5 black")
    floor.begin()
    floor.count(CLOSING, "25 black, 40 green")
    floor.close()
    assert floor.rundown().closing_total_cents == 350_000


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_stale_count_under_a_forced_close_is_unknown(what: SlipKind) -> None:
    """SLIP-6, CLOSE-2: a closing that lacks chips is no closing: null, never a wrong number."""
    floor = at_play()
    slip = floor.ask(what, "5 black")
    if what == FILL:
        floor.issue(slip)
    floor.begin()
    floor.count(CLOSING, TRAY)
    floor.verify(slip) if what == FILL else floor.pick_up(slip)
    floor.force("no time to count again")
    floor.count_box(floor.remove(), 100)
    rundown = floor.rundown()
    assert rundown.state == "missing_closing"
    assert rundown.closing_total_cents is None
    assert rundown.table_win_cents is None
    assert "MISSING_CLOSING_COUNT" in floor.findings()


def test_a_recount_after_a_forced_close_puts_it_right() -> None:
    """SNAP-1, FIND-2: until the next opening; the finding is cleared by the facts."""
    floor = at_play()
    slip = on_the_way(floor, FILL)
    floor.begin()
    floor.count(CLOSING, TRAY)
    floor.verify(slip)
    floor.force("no time to count again")
    floor.count(CLOSING, "25 black, 40 green")
    assert floor.rundown().closing_total_cents == 350_000
    assert floor.findings() == []
    assert floor.findings(FindingStatus.CLEARED) == ["MISSING_CLOSING_COUNT"]


def test_a_credit_returned_after_the_count_makes_it_stale() -> None:
    """SLIP-6: its chips were out when the tray was counted, and no slip holds them now."""
    floor = at_play()
    slip = floor.ask(CREDIT, "5 black")
    floor.pick_up(slip)
    floor.begin()
    floor.count(CLOSING, "15 black, 40 green")
    floor.void_slip(slip, "5 black")
    with refused(Refusal.COUNT_STALE):
        floor.close()
    floor.count(CLOSING, TRAY)
    floor.close()
    assert floor.rundown().before_drop_cents == 0


def test_a_credit_returned_before_the_count_is_in_it() -> None:
    """SLIP-4, SLIP-6: back in the tray when it was counted: the count stands."""
    floor = at_play()
    slip = floor.ask(CREDIT, "5 black")
    floor.pick_up(slip)
    floor.void_slip(slip, "5 black")
    floor.closed(TRAY)
    assert floor.rundown().before_drop_cents == 0


# -- after the close -------------------------------------------------------------------------------


def test_no_slip_enters_a_closed_session() -> None:
    """SLIP-11, LESSON-26, LESSON-28: in the closed figure, or refused; never both or neither."""
    floor = at_play()
    fill, credit = floor.ask(FILL, "5 black"), floor.ask(CREDIT, "5 black")
    issued = on_the_way(floor, FILL)
    floor.begin()
    floor.count(CLOSING, TRAY)
    floor.force("power cut")
    before = floor.facts
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.issue(fill)
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.pick_up(credit)
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.verify(issued)
    assert floor.facts == before


def test_what_the_cage_does_may_be_later_than_the_close() -> None:
    """SLIP-12: verification in the cage, void and deposit are not facts of play."""
    floor = at_play()
    credit, other = on_the_way(floor, CREDIT), on_the_way(floor, FILL)
    floor.force("power cut")
    floor.verify(credit)
    floor.deposit(credit)
    floor.void_slip(other, "5 black")
    assert "SLIP_UNSETTLED" not in floor.findings()


def test_a_fill_left_by_a_forced_close_is_the_next_session_s() -> None:
    """SLIP-12, CLOSE-5: the session live at its tray instant takes it; the old one is settled."""
    floor = at_play()
    old = floor.session().id
    slip = on_the_way(floor, FILL)
    floor.begin()
    floor.count(CLOSING, TRAY)
    floor.force("power cut")
    assert floor.rundown(old).state == "pending_slips"
    new = floor.opened(TRAY, "SWING")
    floor.verify(slip)
    assert floor.slip(slip).session_id == new
    assert floor.rundown(old).fills_total_cents == 0
    assert floor.rundown(new).fills_total_cents == 50_000
    assert floor.findings() == []


# -- disputes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_first_difference_is_counted_again(what: SlipKind) -> None:
    """SLIP-3: kept as a trial; a second count that agrees lets the slip go on, no finding."""
    floor = at_play()
    slip = on_the_way(floor, what)
    decision = floor.verify(slip, "4 black")
    assert decision.outcome["recount_required"] is True
    assert decision.outcome["disputed"] is False
    kept = floor.slip(slip)
    assert kept.status in (SlipStatus.ISSUED, SlipStatus.PICKED_UP)
    assert kept.disputed is False
    assert [trial.chipset for trial in floor.facts.trials] == [chips("4 black")]
    floor.verify(slip)
    assert floor.findings(*FindingStatus) == []


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_second_difference_is_a_dispute(what: SlipKind) -> None:
    """SLIP-3, CRD-07: the slip stays where it is, SLIP_AMOUNT_MISMATCH; by chips, not by total."""
    floor = at_play()
    slip = on_the_way(floor, what)
    for _ in range(2):
        floor.verify(slip, "20 green")
    kept = floor.slip(slip)
    assert kept.disputed is True
    assert kept.counted_chipset == chips("20 green")
    assert kept.status in (SlipStatus.ISSUED, SlipStatus.PICKED_UP)
    assert floor.findings() == ["SLIP_AMOUNT_MISMATCH"]
    finding = floor.finding("SLIP_AMOUNT_MISMATCH")
    assert finding.variance_cents == 0
    assert finding.facts["difference"] == {"10000": -5, "2500": 20}


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_dispute_made_good_clears(what: SlipKind) -> None:
    """SLIP-3, FIND-2: recounted and right: the slip goes on, the finding is cleared by facts."""
    floor = at_play()
    slip = on_the_way(floor, what)
    for _ in range(2):
        floor.verify(slip, "4 black")
    assert floor.finding("SLIP_AMOUNT_MISMATCH").variance_cents == -10_000
    floor.verify(slip)
    assert floor.slip(slip).disputed is False
    assert floor.findings() == []
    assert floor.findings(FindingStatus.CLEARED) == ["SLIP_AMOUNT_MISMATCH"]


def test_chips_missing_from_a_void_are_a_finding() -> None:
    """SLIP-3, FIL-17: carried back, counted and short: what is missing is a finding on the slip."""
    floor = at_play()
    slip = on_the_way(floor, FILL)
    floor.void_slip(slip, "4 black")
    finding = floor.finding("SLIP_AMOUNT_MISMATCH")
    assert finding.subject_id == str(slip)
    assert finding.variance_cents == -10_000
    floor.closed(TRAY)
    floor.count_box(floor.remove(), 0)
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile()


def test_a_disputed_credit_is_replaced_by_one_for_the_chips_counted() -> None:
    """SLIP-3: the void names the slip that stands in its place, of the same kind."""
    floor = at_play()
    slip = on_the_way(floor, CREDIT)
    for _ in range(2):
        floor.verify(slip, "4 black")
    right = floor.ask(CREDIT, "4 black")
    wrong_kind = floor.ask(FILL, "4 black")
    with refused(Refusal.REFERENCE_UNKNOWN):
        floor.void_slip(slip, "4 black", SUE, replaced_by=wrong_kind)
    floor.void_slip(slip, "4 black", SUE, replaced_by=right)
    assert floor.slip(slip).replaced_by == right
    floor.pick_up(right)
    floor.verify(right)
    assert floor.rundown().credits_total_cents == 40_000


# -- deposit ---------------------------------------------------------------------------------------


def test_a_slip_goes_into_the_box_that_stood_there() -> None:
    """SLIP-13, FIL-15: the one on the table at that instant, whatever was mounted since."""
    floor = at_play()
    slip = floor.filled("5 black")
    first = floor.slip(slip).mount_id
    late = floor.ask(FILL, "6 black")
    floor.issue(late)
    floor.at("13:00").verify(late)
    floor.at("14:00").remove(replacement="B")
    floor.at("13:30").deposit(late)
    assert floor.slip(late).mount_id == first


def test_a_box_that_is_gone_takes_no_slip() -> None:
    """SLIP-13: neither one that was taken off, nor one not there yet, nor another table's."""
    floor = at_play()
    box = floor.register("A")
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    floor.at("13:00").verify(slip)
    floor.at("14:00").remove(replacement="B")
    with refused(Refusal.BOX_NOT_MOUNTED):
        floor.at("14:30").deposit(slip, box.id)
    with refused(Refusal.BOX_NOT_MOUNTED):
        floor.at("13:30").deposit(slip, floor.register("B").id)
    with refused(Refusal.BOX_NOT_MOUNTED):
        floor.at("15:00").deposit(slip, floor.register("Z").id)
    floor.at("13:30").deposit(slip, box.id)


def test_a_slip_verified_and_in_no_box_when_it_is_counted() -> None:
    """SLIP-13, FIL-15, CRD-06: SLIP_NOT_DEPOSITED; before the count nothing is wrong yet."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    floor.verify(slip)
    floor.closed("25 black, 40 green")
    removal = floor.remove(replacement="B")
    assert floor.findings() == []
    floor.count_box(removal, 100)
    assert floor.findings() == ["SLIP_NOT_DEPOSITED"]
    assert floor.rundown().table_win_cents == 100
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile()
    floor.deposit(slip)
    assert floor.findings() == []
    floor.reconcile()


def test_a_tray_moves_by_slips_alone() -> None:
    """SLIP-5, FIL-18, INV-01: tray and rundown have moved by exactly the verified slips of many."""
    floor = at_play()
    tray = 300_000
    for cents in (10_000, 20_000, 30_000):
        floor.filled(worth(cents))
        floor.credited(worth(cents // 2))
        floor.void_slip(on_the_way(floor, FILL), "5 black")
        tray += cents - cents // 2
    floor.closed(worth(tray))
    assert floor.rundown().before_drop_cents == 0
