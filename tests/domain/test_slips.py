"""Fills and credits: each step, who vouches for it, and which are turned down."""

from itertools import product

import pytest

from tablebank.domain.facts import Slip
from tablebank.domain.refusals import Refusal
from tablebank.domain.slips import credit, fill
from tablebank.domain.terms import (
    BankMode,
    Purpose,
    Role,
    SlipKind,
    SlipStatus,
)
from tests.domain.cast import CORA, DANA, DION, FLOYD, RON, RUBY, SAM, SUE, chips, worth
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import refused

FILL, CREDIT = SlipKind.FILL, SlipKind.CREDIT
TRAY = "20 black, 40 green"


def at_play(mode: BankMode = BankMode.INVENTORY_COUNT, par_cents: int | None = None) -> Floor:
    floor = Floor(mode=mode, par_cents=par_cents)
    floor.at("12:00").opened(TRAY)
    return floor


def statuses(floor: Floor, slip: Slip) -> list[str]:
    """The slip's road so far: one row for each change."""
    return [step.status for step in floor.facts.steps if step.slip_id == slip.id]


# -- the road --------------------------------------------------------------------------------------


def test_the_road_of_a_fill() -> None:
    """SLIP-1: each change a row; chips and total stay what was asked for."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black, 10 red")
    asked = floor.slip(slip)
    assert (asked.total_cents, asked.bank_effect_cents) == (55_000, 55_000)
    assert (asked.request_number, asked.number) == ("R-2026-000001", None)
    floor.issue(slip)
    assert floor.slip(slip).number == "F-2026-000001"
    floor.verify(slip)
    floor.deposit(slip)
    done = floor.slip(slip)
    assert statuses(floor, done) == [
        "REQUESTED",
        "ISSUED",
        "VERIFIED_AT_TABLE",
        "DEPOSITED_IN_DROPBOX",
    ]
    assert (done.chipset, done.total_cents) == (asked.chipset, asked.total_cents)
    assert done.deposited_at is not None
    assert floor.mounted is not None
    assert done.mount_id == floor.mounted.id


def test_the_road_of_a_credit() -> None:
    """SLIP-1, SLIP-2, CRD-04: slip first: its number is taken when the chips leave the tray."""
    floor = at_play()
    slip = floor.ask(CREDIT, "5 black")
    assert floor.slip(slip).bank_effect_cents == -50_000
    floor.pick_up(slip)
    assert floor.slip(slip).number == "C-2026-000001"
    floor.verify(slip)
    floor.deposit(slip)
    assert statuses(floor, floor.slip(slip)) == [
        "REQUESTED",
        "PICKED_UP",
        "VERIFIED_AT_CAGE",
        "DEPOSITED_IN_DROPBOX",
    ]


def test_every_step_has_its_own_signatures() -> None:
    """SLIP-1, SIGN-3, FIL-11, CRD-03, CRD-04: what is signed is the step's row, nobody's
    signature covers another.
    """
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    decisions = [floor.issue(slip), floor.verify(slip), floor.deposit(slip)]
    signed = [decision.signed[0].subject_id for decision in decisions]
    steps = [step.id for step in floor.facts.steps if step.slip_id == slip]
    assert signed == steps[1:]


def test_a_fill_may_be_verified_and_deposited_at_once() -> None:
    """SLIP-13: in one act, two rows."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    floor.verify(slip, deposit=True)
    assert statuses(floor, floor.slip(slip))[-2:] == ["VERIFIED_AT_TABLE", "DEPOSITED_IN_DROPBOX"]
    assert floor.slip(slip).status == SlipStatus.DEPOSITED_IN_DROPBOX


def test_a_slip_number_is_used_even_when_voided() -> None:
    """SLIP-2: the next slip takes the next number; a request that was cancelled took none."""
    floor = at_play()
    torn = floor.ask(FILL, "5 black")
    floor.issue(torn)
    floor.void_slip(torn, "5 black")
    floor.cancel(floor.ask(FILL, "5 black"))
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    assert floor.slip(torn).number == "F-2026-000001"
    assert floor.slip(slip).number == "F-2026-000002"
    assert floor.slip(slip).request_number == "R-2026-000003"


ROADS = {
    FILL: [
        SlipStatus.REQUESTED,
        SlipStatus.ISSUED,
        SlipStatus.VERIFIED_AT_TABLE,
        SlipStatus.DEPOSITED_IN_DROPBOX,
        SlipStatus.CANCELLED,
        SlipStatus.VOIDED,
    ],
    CREDIT: [
        SlipStatus.REQUESTED,
        SlipStatus.PICKED_UP,
        SlipStatus.VERIFIED_AT_CAGE,
        SlipStatus.DEPOSITED_IN_DROPBOX,
        SlipStatus.CANCELLED,
        SlipStatus.VOIDED,
    ],
}
ALLOWED = {
    "move": {SlipStatus.REQUESTED},
    "verify": {SlipStatus.ISSUED, SlipStatus.PICKED_UP},
    "deposit": {SlipStatus.VERIFIED_AT_TABLE, SlipStatus.VERIFIED_AT_CAGE},
    "cancel": {SlipStatus.REQUESTED},
    "void": {SlipStatus.ISSUED, SlipStatus.PICKED_UP},
}


def brought_to(floor: Floor, what: SlipKind, status: SlipStatus) -> Slip:
    slip = floor.ask(what, "5 black")
    if status == SlipStatus.CANCELLED:
        floor.cancel(slip)
    elif status != SlipStatus.REQUESTED:
        floor.issue(slip) if what == FILL else floor.pick_up(slip)
        if status == SlipStatus.VOIDED:
            floor.void_slip(slip, "5 black")
        elif status not in (SlipStatus.ISSUED, SlipStatus.PICKED_UP):
            floor.verify(slip)
            if status == SlipStatus.DEPOSITED_IN_DROPBOX:
                floor.deposit(slip)
    assert floor.slip(slip).status == status
    return floor.slip(slip)


@pytest.mark.parametrize(
    ("what", "status", "step"),
    [
        (what, status, step)
        for what in SlipKind
        for status, step in product(ROADS[what], ALLOWED)
        if status not in ALLOWED[step]
    ],
)
def test_a_step_out_of_turn_changes_nothing(what: SlipKind, status: SlipStatus, step: str) -> None:
    """SLIP-1, SESS-6, FIL-17: every step from every status it does not follow is refused."""
    floor = at_play()
    slip = brought_to(floor, what, status)
    before = floor.facts
    with refused(Refusal.SLIP_STATUS) as caught:
        if step == "move":
            floor.issue(slip.id) if what == FILL else floor.pick_up(slip.id)
        elif step == "verify":
            floor.verify(slip.id)
        elif step == "deposit":
            floor.deposit(slip.id)
        elif step == "cancel":
            floor.cancel(slip.id)
        else:
            floor.void_slip(slip.id, "5 black")
    assert caught.facts["status"] == status
    assert floor.facts == before


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_kind_walks_its_own_road_only(what: SlipKind) -> None:
    """SLIP-5, XFR-03: a fill is not picked up, a credit is not issued."""
    floor = at_play()
    slip = floor.slip(floor.ask(what, "5 black"))
    with refused(Refusal.SLIP_STATUS):
        floor.pick_up(slip.id) if what == FILL else floor.issue(slip.id)
    assert (fill.KIND, credit.KIND) == (FILL, CREDIT)


def test_a_step_does_not_come_before_the_last() -> None:
    """TIME-1: on one slip time runs forward."""
    floor = at_play()
    slip = floor.at("13:00").ask(FILL, "5 black")
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:59").issue(slip)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:30").cancel(slip)


# -- when it may be asked for ----------------------------------------------------------------------


def test_a_slip_is_asked_for_in_play_only() -> None:
    """SESS-4, SLIP-8: OPEN for a normal one; while CLOSING only a final adjustment."""
    floor = at_play()
    floor.begin()
    for what in SlipKind:
        with refused(Refusal.SESSION_NOT_OPEN):
            floor.ask(what, "5 black")
    floor.count(CLOSING, TRAY)
    floor.close()
    for what, purpose in product(SlipKind, Purpose):
        with refused(
            Refusal.SESSION_NOT_OPEN if purpose == Purpose.NORMAL else Refusal.SESSION_NOT_CLOSING
        ):
            floor.ask(what, "5 black", purpose=purpose)


def test_a_final_adjustment_belongs_to_an_imprest_close() -> None:
    """SLIP-8: only while CLOSING, only in IMPREST_TO_PAR."""
    floor = at_play(BankMode.IMPREST_TO_PAR, 300_000)
    with refused(Refusal.SESSION_NOT_CLOSING):
        floor.ask(FILL, "5 black", purpose=Purpose.FINAL_ADJUSTMENT)
    floor.begin()
    slip = floor.ask(FILL, "5 black", purpose=Purpose.FINAL_ADJUSTMENT)
    assert floor.slip(slip).purpose == Purpose.FINAL_ADJUSTMENT
    counted = at_play()
    counted.begin()
    with refused(Refusal.NOT_IMPREST):
        counted.ask(FILL, "5 black", purpose=Purpose.FINAL_ADJUSTMENT)


def test_what_was_asked_before_the_closing_goes_on() -> None:
    """SLIP-8, SLIP-6: the closing stops new requests, not the chips on their way."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    floor.begin()
    floor.issue(slip)
    floor.verify(slip)
    floor.count(CLOSING, "25 black, 40 green")
    floor.close()
    assert floor.rundown().before_drop_cents == 0


def test_lines_are_for_credits() -> None:
    """SLIP-14, SLIP-5, CRD-09, XFR-02: markers and checks go to the cage; a fill brings
    chips and nothing else.
    """
    floor = at_play()
    line = {"instrument": "MARKER", "number": "M-1", "amount_cents": 100_000}
    with refused(Refusal.SHAPE) as caught:
        floor.ask(FILL, "5 black", lines=(line,))
    assert caught.pointers == ["/lines"]
    slip = floor.slip(floor.ask(CREDIT, "5 black", lines=(line,)))
    assert slip.total_cents == 150_000
    assert slip.bank_effect_cents == -50_000


def test_a_credit_beyond_the_expected_tray_is_not_refused() -> None:
    """SLIP-10: the estimate ignores play; who carries the chips, and since when, is on the slip."""
    floor = at_play()
    slip = floor.ask(CREDIT, worth(90_000_000))
    floor.at("14:00").pick_up(slip)
    carried = floor.slip(slip)
    assert carried.runner_id == RUBY.id
    assert carried.moved_at == carried.tray_instant
    assert carried.moved_at is not None
    assert carried.moved_at.hour == 14


# -- whose hands -----------------------------------------------------------------------------------


@pytest.mark.parametrize("what", list(SlipKind))
def test_the_runner_is_the_same_throughout(what: SlipKind) -> None:
    """SIGN-2, FIL-19, CRD-07: who took the chips brings them, and deposits the slip."""
    floor = at_play()
    slip = floor.ask(what, "5 black")
    floor.issue(slip) if what == FILL else floor.pick_up(slip)
    with refused(Refusal.RUNNER_CHANGED):
        floor.verify(slip, runner=RON)
    floor.verify(slip)
    with refused(Refusal.RUNNER_CHANGED):
        floor.deposit(slip, runner=RON)
    floor.deposit(slip)


def test_nobody_is_two_hands_of_one_slip() -> None:
    """SIGN-2, LESSON-19, FIL-12: who asked for the fill as supervisor does not deal it in."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black", by=FLOYD)
    floor.issue(slip)
    before = floor.facts
    with refused(Refusal.SIGNERS_NOT_DISTINCT) as caught:
        floor.verify(slip, dealer=FLOYD.signing(Role.DEALER))
    assert caught.facts == {"role": "DEALER", "already": "SUPERVISOR"}
    assert floor.facts == before
    floor.verify(slip)
    hands = {hand.staff_id: hand.role for hand in floor.facts.hands if hand.slip_id == slip}
    assert hands == {
        FLOYD.id: Role.SUPERVISOR,
        SAM.id: Role.SUPERVISOR,
        CORA.id: Role.CASHIER,
        RUBY.id: Role.RUNNER,
        DANA.id: Role.DEALER,
    }


def test_a_hand_stays_one_hand_to_the_void() -> None:
    """SIGN-2: the dealer of a disputed credit does not sign its void as supervisor."""
    floor = at_play()
    slip = floor.ask(CREDIT, "5 black")
    floor.pick_up(slip, dealer=FLOYD.signing(Role.DEALER))
    with refused(Refusal.SIGNERS_NOT_DISTINCT):
        floor.void_slip(slip, "5 black", FLOYD.signing(Role.SUPERVISOR))
    floor.void_slip(slip, "5 black", SUE)
    assert SUE.id in {hand.staff_id for hand in floor.facts.hands if hand.slip_id == slip}


def test_dealers_and_supervisors_may_be_relieved() -> None:
    """SIGN-2: another dealer may take over; both are on the slip as dealer, once each."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    floor.verify(slip)
    floor.deposit(slip, by=DION)
    hands = [(hand.staff_id, hand.role) for hand in floor.facts.hands if hand.slip_id == slip]
    assert (DANA.id, Role.DEALER) in hands
    assert (DION.id, Role.DEALER) in hands
    assert len(hands) == len(set(hands))


def test_a_void_needs_somebody_who_was_not_on_the_slip() -> None:
    """SIGN-3, SLIP-3: two departments, one of them fresh; and a reason that stays."""
    floor = at_play()
    slip = floor.ask(FILL, "5 black")
    floor.issue(slip)
    with refused(Refusal.SIGNER_INVOLVED):
        floor.void_slip(slip, "5 black", RUBY)
    floor.void_slip(slip, "5 black", SUE)
    voided = floor.slip(slip)
    assert voided.status == SlipStatus.VOIDED
    assert voided.void_reason == "torn"
    assert voided.counted_back == chips("5 black")
    assert floor.findings() == []
