"""Closing a table: with a count, at par where the casino keeps one, and by force."""

import pytest

from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import RestorePoint, Settings
from tablebank.domain.terms import BankMode, FindingStatus, Phase, Purpose, SlipKind
from tests.domain.cast import PAT, worth
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import refused

COUNT, IMPREST, UNKNOWN = BankMode.INVENTORY_COUNT, BankMode.IMPREST_TO_PAR, BankMode.UNKNOWN
PAR = 1_000_000


def being_closed(tray_cents: int, **more: object) -> Floor:
    """An imprest table of par 10,000.00, closing, with this in its tray at the closing count."""
    floor = Floor(mode=IMPREST, par_cents=PAR, settings=Settings(**more))  # type: ignore[arg-type]
    floor.opened(worth(PAR))
    floor.begin()
    floor.count(CLOSING, worth(tray_cents))
    return floor


# -- the count -------------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [COUNT, IMPREST])
def test_no_close_without_a_closing_count(mode: BankMode) -> None:
    """CLOSE-1, LESSON-16, SHF-01: in both modes; what is missing is said."""
    floor = Floor(mode=mode)
    floor.opened(worth(PAR))
    floor.begin()
    before = floor.facts
    with refused(Refusal.CLOSING_COUNT_MISSING):
        floor.close()
    assert floor.facts == before


def test_a_table_is_not_closed_before_its_closing_began() -> None:
    """SESS-6: OPEN goes to CLOSING first; the refusal says where it stands."""
    floor = Floor()
    floor.opened(worth(PAR))
    with refused(Refusal.SESSION_NOT_CLOSING) as caught:
        floor.close()
    assert caught.facts == {"status": "OPEN"}
    floor.begin()
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.begin()


@pytest.mark.parametrize("tray_cents", [0, 100, PAR, 5 * PAR])
def test_an_inventory_closes_as_it_is(tray_cents: int) -> None:
    """CLOSE-1, PAR-6: a par is a target there and breaks nothing."""
    floor = Floor(mode=COUNT, par_cents=PAR)
    floor.opened(worth(PAR))
    floor.closed(worth(tray_cents))
    session = floor.session()
    assert session.phase == Phase.CLOSED
    assert (session.close_off_par, session.close_forced) == (False, False)
    assert floor.findings() == []
    assert floor.rundown().variance_from_par_cents == tray_cents - PAR


def test_a_close_waits_neither_for_drop_nor_for_count() -> None:
    """CLOSE-4: the rundown then says pending count."""
    floor = Floor()
    floor.opened(worth(PAR))
    floor.closed(worth(PAR))
    assert floor.rundown().state == "pending_count"


def test_a_close_is_not_before_its_count() -> None:
    """TIME-1: nor does the closing begin before the session was prepared."""
    floor = Floor()
    floor.at("12:00").opened(worth(PAR))
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("11:00").begin()
    floor.at("13:00").begin()
    floor.at("13:10").count(CLOSING, worth(PAR))
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("13:09").close()


# -- restoring to par ------------------------------------------------------------------------------


@pytest.mark.parametrize("tray_cents", [PAR - 500, PAR, PAR + 500])
def test_a_close_within_tolerance_needs_nothing_more(tray_cents: int) -> None:
    """CLOSE-1: up to the casino's par tolerance either way."""
    floor = being_closed(tray_cents, par_tolerance_cents=500)
    floor.close()
    assert floor.session().phase == Phase.CLOSED
    assert floor.session().close_off_par is False
    assert floor.findings() == []


@pytest.mark.parametrize(("tray_cents", "suggested"), [(900_000, "FILL"), (1_100_000, "CREDIT")])
def test_an_imprest_tray_is_restored_first(tray_cents: int, suggested: str) -> None:
    """CLOSE-1, SHF-01: off par without adjustment or attestation:
    RESTORE_REQUIRED, with what would do.
    """
    floor = being_closed(tray_cents)
    with refused(Refusal.RESTORE_REQUIRED) as caught:
        floor.close()
    assert caught.facts["suggested"] == suggested
    assert caught.facts["variance_from_par_cents"] == tray_cents - PAR
    assert caught.facts["need_total_cents"] == PAR
    with refused(Refusal.RESTORE_REQUIRED):
        floor.close(reason="a supervisor's reason is not enough")
    with refused(Refusal.RESTORE_REQUIRED):
        floor.close(by=PAT)


def test_a_final_fill_restores_it() -> None:
    """CLOSE-1, SLIP-8: the adjustment makes the first count stale, the second is at par."""
    floor = being_closed(900_000)
    floor.filled(worth(100_000), purpose=Purpose.FINAL_ADJUSTMENT)
    with refused(Refusal.COUNT_STALE):
        floor.close()
    floor.count(CLOSING, worth(PAR))
    floor.close()
    assert floor.rundown().variance_from_par_cents == 0
    assert floor.rundown().before_drop_cents == -100_000


@pytest.mark.parametrize("restored_by", ["credit", "attestation"])
def test_off_par_though_restored_needs_a_manager(restored_by: str) -> None:
    """CLOSE-1, SHF-03: adjusted or attested and still beyond tolerance:
    PAR_VARIANCE_NEEDS_MANAGER.
    """
    floor = being_closed(1_100_000)
    if restored_by == "credit":
        floor.credited(worth(90_000), purpose=Purpose.FINAL_ADJUSTMENT)
        floor.count(CLOSING, worth(1_010_000))
    else:
        floor.attest()
    with refused(Refusal.PAR_VARIANCE_NEEDS_MANAGER):
        floor.close(reason="good enough")
    with refused(Refusal.PAR_VARIANCE_NEEDS_MANAGER):
        floor.close(by=PAT)
    floor.close(by=PAT, reason="the cage has no more")
    assert floor.session().close_off_par is True
    assert floor.findings() == ["PAR_VARIANCE"]


def test_an_adjustment_asked_for_but_not_made_restores_nothing() -> None:
    """CLOSE-1, SLIP-6: a cancelled one does not count as one."""
    floor = being_closed(900_000)
    floor.cancel(floor.ask(SlipKind.FILL, worth(100_000), purpose=Purpose.FINAL_ADJUSTMENT))
    with refused(Refusal.RESTORE_REQUIRED):
        floor.close()


def test_a_manager_with_a_reason_passes_both() -> None:
    """CLOSE-1, SHF-03: off par on a manager's word, and PAR_VARIANCE says by how much."""
    floor = being_closed(900_000)
    floor.close(by=PAT, reason="closing for the storm")
    session = floor.session()
    assert (session.phase, session.close_off_par) == (Phase.CLOSED, True)
    assert session.close_reason == "closing for the storm"
    finding = floor.finding("PAR_VARIANCE")
    assert finding.variance_cents == -100_000
    assert finding.facts["close_reason"] == "closing for the storm"
    floor.count_box(floor.remove(), 0)
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile()
    floor.resolve("PAR_VARIANCE")
    floor.reconcile()


def test_a_recount_at_par_clears_the_variance() -> None:
    """FIND-2, CLOSE-1: the facts put it right; a recount still off par does not."""
    floor = being_closed(900_000)
    floor.close(by=PAT, reason="closing for the storm")
    floor.count(CLOSING, worth(910_000), reason="miscounted")
    assert floor.finding("PAR_VARIANCE").variance_cents == -90_000
    floor.count(CLOSING, worth(PAR), reason="a rack behind the wheel")
    assert floor.findings(FindingStatus.CLEARED) == ["PAR_VARIANCE"]
    assert floor.findings() == []


def test_a_correction_off_par_is_a_variance_too() -> None:
    """CLOSE-1, SNAP-1: nobody closes at par and then corrects the count unexplained."""
    floor = being_closed(PAR)
    floor.close()
    floor.count(CLOSING, worth(PAR - 100), reason="miscounted")
    assert floor.finding("PAR_VARIANCE").variance_cents == -100
    assert floor.findings() == ["PAR_VARIANCE"]


def test_without_a_par_there_is_nothing_to_restore_to() -> None:
    """CLOSE-1, PAR-6: closed by count alone, and PAR_MISSING is raised; it stops nothing."""
    floor = Floor(mode=IMPREST, par_cents=None)
    floor.opened(worth(PAR))
    floor.closed(worth(300_000))
    assert floor.findings() == ["PAR_MISSING"]
    floor.count_box(floor.remove(), 100)
    floor.reconcile()
    assert floor.session().phase == Phase.RECONCILED


def test_attesting_belongs_to_an_imprest_table_that_is_closing() -> None:
    """CLOSE-1: no par, no attestation; not before the closing began."""
    counted = Floor(mode=COUNT, par_cents=PAR)
    without = Floor(mode=IMPREST)
    for floor in (counted, without):
        floor.opened(worth(PAR))
        floor.begin()
        with refused(Refusal.NOT_IMPREST):
            floor.attest()
    early = Floor(mode=IMPREST, par_cents=PAR)
    early.opened(worth(PAR))
    with refused(Refusal.SESSION_NOT_CLOSING):
        early.attest()
    early.at("13:00").begin()
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        early.at("12:00").attest()


@pytest.mark.parametrize(
    ("point", "shift", "due"),
    [
        (RestorePoint.EACH_SHIFT, "DAY", True),
        (RestorePoint.TABLE_CLOSE, "DAY", True),
        (RestorePoint.GAMING_DAY_END, "DAY", False),
        (RestorePoint.GAMING_DAY_END, "GRAVE", True),
    ],
)
def test_a_close_restores_at_the_casino_s_restore_point(
    point: RestorePoint, shift: str, due: bool
) -> None:
    """CLOSE-1: at each shift's end, at the gaming day's, or whenever a table closes."""
    floor = Floor(mode=IMPREST, par_cents=PAR, settings=Settings(restore_point=point))
    floor.opened(worth(PAR), shift)
    floor.begin()
    floor.count(CLOSING, worth(PAR + 100))
    if due:
        with refused(Refusal.RESTORE_REQUIRED):
            floor.close()
    else:
        floor.close()
        assert floor.findings() == []


# -- a mode not chosen yet -------------------------------------------------------------------------


def test_a_mode_still_unknown_is_bound_at_closing() -> None:
    """CLOSE-3, PAR-5: if the casino has chosen by then; else the session cannot close."""
    floor = Floor(mode=UNKNOWN)
    floor.opened(worth(PAR))
    assert floor.session().table_bank_mode == UNKNOWN
    floor.begin()
    floor.count(CLOSING, worth(PAR))
    with refused(Refusal.BANK_MODE_UNKNOWN):
        floor.close()
    with refused(Refusal.BANK_MODE_UNKNOWN):
        floor.force()
    with refused(Refusal.BANK_MODE_UNKNOWN):
        floor.roll_over(worth(PAR))
    assert floor.session().phase == Phase.CLOSING
    floor.choose_mode(COUNT)
    floor.close()
    assert floor.session().table_bank_mode == COUNT


def test_a_mode_once_bound_stays() -> None:
    """SESS-3, CLOSE-3: only UNKNOWN is bound late; a later choice is for later sessions."""
    floor = Floor(mode=COUNT, par_cents=PAR)
    session = floor.opened(worth(PAR))
    floor.choose_mode(IMPREST)
    floor.closed(worth(100))
    assert floor.session(session).table_bank_mode == COUNT


# -- by force --------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["OPENING", "OPEN", "CLOSING"])
def test_a_forced_close_without_a_count_leaves_the_unknown_unknown(phase: str) -> None:
    """CLOSE-2: from each live phase, with a reason; the findings say what is missing."""
    floor = Floor()
    if phase == "OPENING":
        floor.prepare()
        floor.open()
    else:
        floor.opened(worth(PAR))
    if phase == "CLOSING":
        floor.begin()
    assert floor.session().phase == phase
    floor.force("the alarm went")
    session = floor.session()
    assert (session.phase, session.close_forced) == (Phase.CLOSED, True)
    assert session.close_reason == "the alarm went"
    missing = ["MISSING_CLOSING_COUNT"]
    if phase == "OPENING":
        missing = [*missing, "MISSING_OPENING_COUNT"]
    assert floor.findings() == missing
    floor.count_box(floor.remove(), 5_000)
    assert floor.rundown().table_win_cents is None
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile()


def test_a_forced_close_needs_a_reason_and_a_live_session() -> None:
    """CLOSE-2, SESS-6: neither what was never opened nor what is closed is closed by force."""
    floor = Floor()
    floor.prepare()
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.force()
    floor.open()
    for nothing in (None, ""):
        with refused(Refusal.REASON_REQUIRED):
            floor.force(nothing)
    floor.force()
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.force()


def test_a_forced_close_is_after_what_was_played() -> None:
    """TIME-1: no fact of play is later than the close."""
    floor = Floor()
    floor.at("12:00").opened(worth(PAR))
    slip = floor.ask(SlipKind.CREDIT, "5 black")
    floor.at("13:00").pick_up(slip)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:59").force()
    floor.at("13:00").force()


def test_a_forced_close_with_a_credit_on_the_road() -> None:
    """CLOSE-5, RUN-2: pending slips, SLIP_UNSETTLED; verifying it in the cage clears both."""
    floor = Floor()
    floor.opened(worth(PAR))
    slip = floor.ask(SlipKind.CREDIT, worth(200_000))
    floor.pick_up(slip)
    floor.begin()
    floor.count(CLOSING, worth(700_000))
    with refused(Refusal.SLIPS_IN_FLIGHT) as caught:
        floor.close()
    assert caught.facts["ways_out"] == ["verify", "return_and_void", "force_close"]
    floor.force("the runner is stuck in the lift")
    removal = floor.remove()
    floor.count_box(removal, 150_000)
    rundown = floor.rundown()
    assert rundown.state == "pending_slips"
    assert rundown.credits_total_cents is None
    assert rundown.table_win_cents is None
    assert floor.findings() == ["SLIP_UNSETTLED"]
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile()
    floor.verify(slip)
    assert "SLIP_UNSETTLED" in floor.findings(FindingStatus.CLEARED)
    assert floor.rundown().state == "complete"
    assert floor.rundown().table_win_cents == 700_000 + 200_000 + 150_000 - PAR


def test_a_forced_close_off_par_is_a_par_variance() -> None:
    """CLOSE-1, CLOSE-5: force is no way round par: what is off it must be explained."""
    floor = being_closed(900_000)
    floor.force("the alarm went")
    assert floor.findings() == ["PAR_VARIANCE"]
    at_par = being_closed(PAR)
    at_par.force("the alarm went")
    assert at_par.findings() == []
