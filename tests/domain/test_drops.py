"""Boxes on and off a table, their custody, and when a drop is due."""

from datetime import timedelta

import pytest

from tablebank.domain.boxes import custody_state
from tablebank.domain.drops import Window, schedule_drop, sessions_served
from tablebank.domain.lifecycle import status_of
from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import Settings
from tablebank.domain.terms import (
    CustodyStep,
    DropState,
    Phase,
    RemovalType,
    Unfit,
)
from tests.domain.cast import PAT, SURVEILLANCE, worth
from tests.domain.crew import start_trip
from tests.domain.floor import Floor
from tests.domain.founding import refused

SCHEDULED, UNSCHEDULED, EMERGENCY = RemovalType
TRAY = worth(100_000)


def at_play() -> Floor:
    floor = Floor()
    floor.at("12:00").opened(TRAY)
    return floor


def due(floor: Floor, hours: float = 1) -> Window:
    return Window(start=floor.clock, end=floor.clock + timedelta(hours=hours))


def schedule(floor: Floor, window: Window) -> None:
    def decide(act: object, **given: object) -> object:
        return schedule_drop(**given)  # type: ignore[arg-type]

    floor.do(
        decide,  # type: ignore[arg-type]
        "schedule_drop",
        PAT,
        facts=floor.facts,
        session=floor.session(),
        window=window,
    )


# -- mounting --------------------------------------------------------------------------------------


def test_one_box_is_mounted_at_a_time() -> None:
    """BOX-2: a second is refused while the first is on the table."""
    floor = Floor(box="A")
    with refused(Refusal.TABLE_HAS_BOX):
        floor.mount("B")
    assert floor.mounted is not None


def test_a_box_is_free_again_once_it_was_counted() -> None:
    """BOX-1, BOX-3, DRP-12: not while it is on a table, nor while it waits for the count room."""
    floor = at_play()
    floor.closed(TRAY)
    with refused(Refusal.BOX_NOT_FREE):
        floor.remove(replacement="A")
    removal = floor.remove()
    with refused(Refusal.BOX_NOT_FREE):
        floor.mount("A")
    floor.hand_over(removal)
    with refused(Refusal.BOX_NOT_FREE):
        floor.mount("A")
    floor.count_box(removal, 100)
    floor.mount("A")
    assert len(floor.facts.mounts) == 2


def test_a_mounting_is_signed() -> None:
    """BOX-1, SIGN-3: by two people, one of them not of the pit."""
    floor = Floor(box=None)
    decision = floor.mount("A")
    assert [signed.subject_id for signed in decision.signed] == [decision.new[0].id]


# -- removing --------------------------------------------------------------------------------------


def test_what_a_removal_says() -> None:
    """BOX-2: box, type, session and its gaming day, notice, replacement; custody begins."""
    floor = at_play()
    removal = floor.removal(floor.remove(SCHEDULED, replacement="B"))
    assert removal.type == SCHEDULED
    assert removal.session_id == floor.session().id
    assert removal.gaming_day == floor.session().gaming_day
    assert removal.surveillance == SURVEILLANCE
    assert removal.replacement_box_id == floor.register("B").id
    assert [link.step for link in floor.facts.custody] == [CustodyStep.REMOVED]
    assert floor.mounted is not None
    assert floor.mounted.box_id == floor.register("B").id


def test_a_box_is_taken_off_a_table_that_has_one() -> None:
    """BOX-2: not off a bare one, and no box a second time while it waits for its count."""
    floor = at_play()
    floor.remove(box=floor.register("A"), replacement="B")
    with refused(Refusal.BOX_NOT_MOUNTED):
        floor.remove(box=floor.register("A"))
    floor.remove()
    with refused(Refusal.BOX_NOT_MOUNTED):
        floor.remove()


def test_another_box_than_the_one_on_record_is_recorded_as_it_was_taken() -> None:
    """BOX-3: it held what the sessions dropped; the box on record is off the table, and free."""
    floor = at_play()
    removal = floor.removal(floor.remove(box=floor.register("Z")))
    assert removal.box_id == floor.register("Z").id
    assert floor.mounted is None
    assert floor.session().drop_state == DropState.DROPPED
    floor.count_box(removal.id, 7_000)
    assert floor.rundown().drop_total_cents == 7_000
    assert floor.finding("CUSTODY_IRREGULAR").facts == {"box": "Z", "box_on_record": "A"}


def test_the_box_on_record_may_be_the_one_hung_instead_of_another() -> None:
    """BOX-3: two boxes that were swapped come right again, and one finding says so."""
    floor = at_play()
    floor.remove(box=floor.register("Z"), replacement="A")
    assert floor.mounted is not None
    assert floor.mounted.box_id == floor.register("A").id
    assert floor.findings() == ["CUSTODY_IRREGULAR"]


def test_a_box_is_not_its_own_replacement() -> None:
    """BOX-2: what was taken is not what hangs there now."""
    floor = at_play()
    for named in (None, floor.register("A")):
        with refused(Refusal.BOX_NOT_FREE):
            floor.remove(box=named, replacement="A")


def test_a_full_box_hung_again_is_recorded_and_irregular() -> None:
    """BOX-3: taken off and not counted, it should not hang anywhere."""
    floor = at_play()
    floor.remove(replacement="B")
    floor.remove(box=floor.register("B"), replacement="A")
    assert floor.removal(floor.facts.removals[-1].id).replacement_unfit == Unfit.IN_USE
    assert floor.findings() == ["CUSTODY_IRREGULAR"]


def test_what_is_off_the_schedule_says_why() -> None:
    """BOX-3: a scheduled drop outside its window too; a run that says it says it for its boxes."""
    late = {"type": "SCHEDULED", "window_start": "then", "window_end": "then"}
    floor = at_play()
    with refused(Refusal.REASON_REQUIRED):
        floor.remove(out_of_schedule=late, reason=None)
    with refused(Refusal.REASON_REQUIRED):
        floor.remove(out_of_schedule=late, reason=None, trip=start_trip(floor))
    floor.remove(out_of_schedule=late, reason=None, trip=start_trip(floor, "the lift was stuck"))


@pytest.mark.parametrize("what", [UNSCHEDULED, EMERGENCY])
def test_a_removal_out_of_turn_says_why(what: RemovalType) -> None:
    """BOX-3: UNSCHEDULED and EMERGENCY need a reason."""
    floor = at_play()
    for nothing in (None, ""):
        with refused(Refusal.REASON_REQUIRED):
            floor.remove(what, reason=nothing)
    floor.remove(what, reason="box full")


@pytest.mark.parametrize("phase", ["READY_TO_OPEN", "OPENING", "VOIDED"])
def test_no_removal_before_play(phase: str) -> None:
    """SESS-4, BOX-2: not before OPEN, and not on what was voided."""
    floor = Floor()
    session = floor.prepare()
    if phase != "READY_TO_OPEN":
        floor.open()
    if phase == "VOIDED":
        floor.void()
    with refused(Refusal.SESSION_NOT_OPEN) as caught:
        floor.remove(on=session)
    assert caught.facts == {"status": phase}


def test_a_removal_is_made_on_the_live_or_the_latest_closed_session() -> None:
    """BOX-2: no older one; and the closed one only if the box ever stood at it."""
    floor = at_play()
    oldest = floor.session().id
    rolled = floor.roll_over(TRAY)
    floor.roll_over(TRAY)
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.remove(on=oldest)
    floor.remove(on=rolled, replacement="B")
    with refused(Refusal.SESSION_NOT_OPEN):
        floor.remove(on=rolled)
    floor.remove()


def test_an_empty_box_of_a_table_that_stayed_shut_is_taken_on_its_last_session() -> None:
    """BOX-2, BOX-5: a drop run takes it all the same; its count is that session's."""
    floor = at_play()
    session = floor.session().id
    floor.closed(TRAY)
    floor.count_box(floor.remove(replacement="B"), 5_000)
    second = floor.remove()
    assert floor.session(session).drop_state == DropState.DROPPED
    assert floor.rundown(session).drop_total_cents is None
    floor.count_box(second, 0)
    assert floor.rundown(session).drop_total_cents == 5_000


def test_a_removal_is_not_before_the_box_came() -> None:
    """TIME-1: nor before the opener of the session it names."""
    floor = at_play()
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:01").remove()
    floor.at("14:00").remove(replacement="B")
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("13:59").remove()


def test_a_removal_after_the_final_report() -> None:
    """BOX-2, RUN-6: possible; it moves the track, the phase stays FINALIZED."""
    floor = at_play()
    floor.settings = type(floor.settings)(finalize_pending_count=True)
    floor.closed(TRAY)
    floor.finalize(pending=True)
    removal = floor.remove()
    floor.count_box(removal, 100)
    assert floor.session().phase == Phase.FINALIZED
    assert floor.session().drop_state == DropState.COUNTED


# -- the schedule of a drop ------------------------------------------------------------------------


def test_a_scheduled_drop_moves_the_track() -> None:
    """BOX-5, SESS: NONE to DROP_SCHEDULED at once, and an open session shows it."""
    floor = at_play()
    assert status_of(floor.session()) == "OPEN"
    schedule(floor, due(floor))
    assert floor.session().drop_state == DropState.DROP_SCHEDULED
    assert status_of(floor.session()) == "DROP_SCHEDULED"
    floor.remove()
    assert status_of(floor.session()) == "DROPPED"


def test_a_schedule_needs_a_box_a_session_in_play_and_a_window() -> None:
    """BOX-5, SESS-6: what is missing is said, nothing is noted."""
    floor = at_play()
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        schedule(floor, due(floor, hours=0))
    floor.remove()
    with refused(Refusal.BOX_NOT_MOUNTED):
        schedule(floor, due(floor))
    early = Floor()
    early.prepare()
    with refused(Refusal.SESSION_NOT_OPEN):
        schedule(early, due(early))


# -- custody ---------------------------------------------------------------------------------------


def test_custody_is_a_chain_of_hand_overs() -> None:
    """BOX-4, DRP-09: each link once, none before the one it follows; posting
    the count is OPENED.
    """
    floor = at_play()
    removal = floor.at("14:00").remove()
    with refused(Refusal.CUSTODY_ORDER):
        floor.hand_over(removal, CustodyStep.REMOVED)
    with refused(Refusal.CUSTODY_ORDER):
        floor.hand_over(removal, CustodyStep.OPENED)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("13:59").hand_over(removal, CustodyStep.ARRIVED)
    floor.at("14:30").hand_over(removal, CustodyStep.ARRIVED)
    assert floor.findings() == []
    with refused(Refusal.CUSTODY_ORDER):
        floor.hand_over(removal, CustodyStep.ARRIVED)
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("14:29").count_box(removal, 100)
    floor.at("15:00").count_box(removal, 100)
    assert [link.step for link in floor.facts.custody] == ["REMOVED", "ARRIVED", "OPENED"]


def test_a_hand_over_that_was_forgotten_is_told_with_its_time() -> None:
    """BOX-4, FIND-2: stored and never arrived is irregular until it is said when it did."""
    floor = at_play()
    removal = floor.at("14:00").remove()
    floor.at("15:00").hand_over(removal, CustodyStep.STORED)
    assert floor.finding("CUSTODY_IRREGULAR").facts["missing_steps"] == ["ARRIVED"]
    floor.at("14:30").hand_over(removal, CustodyStep.ARRIVED)
    assert floor.finding("CUSTODY_IRREGULAR").status == "CLEARED"


def test_a_hand_over_told_after_the_one_it_precedes_is_backward() -> None:
    """BOX-4: what is said to have been stored before it arrived."""
    floor = at_play()
    removal = floor.at("14:00").remove()
    floor.at("15:00").hand_over(removal, CustodyStep.STORED)
    floor.at("15:30").hand_over(removal, CustodyStep.ARRIVED)
    assert floor.finding("CUSTODY_IRREGULAR").facts["backward_steps"] == ["ARRIVED"]


def test_a_changed_seal_is_read_along_the_whole_way() -> None:
    """BOX-4, DRP-16: from the mounting on; where none is told, none is compared."""
    floor = at_play()
    removal = floor.remove(seal="S-1")
    floor.hand_over(removal, CustodyStep.ARRIVED)
    assert floor.findings() == []
    floor.hand_over(removal, CustodyStep.STORED, seal="S-9")
    assert floor.finding("CUSTODY_IRREGULAR").facts["seals"] == ["S-1", "S-9"]


def test_which_hand_overs_were_asked_for_is_kept_with_the_box() -> None:
    """BASE-7, BOX-4: a casino that asks for more from now on makes no old box irregular."""
    floor = at_play()
    removal = floor.remove()
    floor.count_box(removal, 100)
    floor.settings = Settings(custody_steps=tuple(CustodyStep))
    floor.check()
    assert floor.findings() == []


def test_how_far_a_box_has_come() -> None:
    """BOX-4: its last link, OPENED once it is counted."""
    floor = at_play()
    removal = floor.remove()

    def state(*, counted: bool = False) -> CustodyStep:
        return custody_state(floor.facts.custody, removal_id=removal, counted=counted)

    assert state() == CustodyStep.REMOVED
    floor.hand_over(removal, CustodyStep.ARRIVED)
    assert state() == CustodyStep.ARRIVED
    floor.hand_over(removal, CustodyStep.STORED)
    assert state() == CustodyStep.STORED
    assert state(counted=True) == CustodyStep.OPENED


def test_whom_a_box_served() -> None:
    """BOX-5: in order, and nobody who was voided."""
    floor = at_play()
    first = floor.session().id
    second = floor.roll_over(TRAY)
    floor.closed(TRAY)
    floor.opened(TRAY, "GRAVE")
    floor.void()
    mount = floor.mounted
    assert mount is not None
    assert [each.id for each in sessions_served(floor.facts, mount)] == [first, second]
