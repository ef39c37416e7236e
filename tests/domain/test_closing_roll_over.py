"""Rolling over: one count closes session n and opens n+1, whoever has chips on the way."""

import pytest

from tablebank.domain.refusals import Refusal
from tablebank.domain.rundown import effective_snapshot
from tablebank.domain.settings import RestorePoint, Settings
from tablebank.domain.terms import (
    BankMode,
    Phase,
    SlipKind,
    SlipStatus,
    SnapshotKind,
    TableStatus,
)
from tests.domain.cast import PAT, chips, worth
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import refused

TRAY, LATER = "20 black, 40 green", "18 black, 44 green"


def at_play() -> Floor:
    floor = Floor()
    floor.at("12:00").opened(TRAY)
    return floor


def test_one_count_closes_and_opens() -> None:
    """SESS-8: atomically, with a numbered closer and a numbered opener of the same chips."""
    floor = at_play()
    old = floor.session().id
    new = floor.at("19:00").roll_over(LATER)
    assert floor.session(old).phase == Phase.CLOSED
    assert floor.session(new).phase == Phase.OPEN
    assert floor.session(new).previous_session_id == old
    assert floor.session(old).closed_at == floor.snapshots(new)[0].occurred_at
    closer = effective_snapshot(floor.facts, old, SnapshotKind.CLOSING)
    opener = effective_snapshot(floor.facts, new, SnapshotKind.OPENING)
    assert closer is not None
    assert opener is not None
    assert closer.chipset == opener.chipset == chips(LATER)
    assert (closer.number, opener.number) == ("K-2026-000001", "O-2026-000002")
    assert floor.facts.trials == ()
    assert floor.findings() == []


def test_the_next_session_takes_the_shift_after_its_predecessor_s() -> None:
    """SESS-8: n's own, not the clock's; from GRAVE to the next gaming day's DAY."""
    floor = at_play()
    shifts = []
    for hour in ("13:00", "13:10", "13:20"):
        session = floor.session(floor.at(hour).roll_over(TRAY))
        shifts.append((session.shift_code, str(session.gaming_day)))
    assert shifts == [
        ("SWING", "2026-03-02"),
        ("GRAVE", "2026-03-02"),
        ("DAY", "2026-03-03"),
    ]
    assert floor.session().sequence == 1


def test_what_was_prepared_for_that_shift_is_opened() -> None:
    """SESS-8, SESS-1: the READY_TO_OPEN of the shift is taken, not doubled."""
    floor = at_play()
    prepared = floor.prepare("SWING")
    assert floor.roll_over(TRAY) == prepared
    assert len(floor.facts.sessions) == 2


def test_a_named_shift_is_taken_at_its_word() -> None:
    """SESS-8: the shift may be named."""
    floor = at_play()
    session = floor.roll_over(TRAY, shift="GRAVE")
    assert floor.session(session).shift_code == "GRAVE"


def test_it_rolls_from_closing_too() -> None:
    """SESS-8: a closing count made before is superseded by the roll-over's."""
    floor = at_play()
    old = floor.session().id
    floor.begin()
    floor.count(CLOSING, TRAY)
    floor.roll_over(LATER)
    assert floor.rundown(old).closing_total_cents == 290_000
    assert [each.supersedes is not None for each in floor.snapshots(old)] == [False, False, True]


@pytest.mark.parametrize("phase", ["READY_TO_OPEN", "OPENING", "CLOSED"])
def test_nothing_else_rolls_over(phase: str) -> None:
    """SESS-6: refused with the status; nothing is opened in its place."""
    floor = Floor()
    floor.prepare()
    if phase == "OPENING":
        floor.open()
    if phase == "CLOSED":
        floor = at_play()
        floor.closed(TRAY)
    before = floor.facts
    with refused(Refusal.SESSION_NOT_OPEN) as caught:
        floor.roll_over(TRAY)
    assert caught.facts == {"status": phase}
    assert floor.facts == before


def test_an_inactive_table_does_not_open_again_by_rolling() -> None:
    """SESS-2: it may close; the opening half is an opening like any other."""
    floor = at_play()
    floor.change_table(TableStatus.INACTIVE)
    with refused(Refusal.TABLE_NOT_ACTIVE):
        floor.roll_over(TRAY)
    floor.closed(TRAY)


def test_without_a_box_there_is_no_roll_over() -> None:
    """SESS-3, SESS-8: n+1 has the same preconditions."""
    floor = at_play()
    floor.remove()
    with refused(Refusal.PRECONDITIONS_MISSING):
        floor.roll_over(TRAY)


def test_a_roll_over_is_not_before_what_was_counted_or_moved() -> None:
    """TIME-1, SLIP-6: nor does it close over a slip that touched the tray after it."""
    floor = at_play()
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("11:59").roll_over(TRAY)
    slip = floor.at("13:50").ask(SlipKind.CREDIT, "5 black")
    floor.at("14:00").pick_up(slip)
    with refused(Refusal.COUNT_STALE):
        floor.at("13:59").roll_over(TRAY)


# -- par -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("point", "shift", "due"),
    [
        (RestorePoint.EACH_SHIFT, "DAY", True),
        (RestorePoint.TABLE_CLOSE, "GRAVE", False),
        (RestorePoint.GAMING_DAY_END, "DAY", False),
        (RestorePoint.GAMING_DAY_END, "GRAVE", True),
    ],
)
def test_the_restore_comes_first_only_where_the_restore_point_asks(
    point: RestorePoint, shift: str, due: bool
) -> None:
    """SESS-8, CLOSE-1: a tray that plays on is restored at each shift, or at the day's end."""
    floor = Floor(
        mode=BankMode.IMPREST_TO_PAR, par_cents=100_000, settings=Settings(restore_point=point)
    )
    floor.opened(worth(100_000), shift)
    if not due:
        floor.roll_over(worth(90_000))
        assert floor.findings() == []
        return
    with refused(Refusal.RESTORE_REQUIRED):
        floor.roll_over(worth(90_000))
    old = floor.session().id
    floor.roll_over(worth(90_000), by=PAT, reason="no runner to be had")
    assert floor.session(old).close_off_par is True
    assert floor.findings() == ["PAR_VARIANCE"]


# -- slips on the way ------------------------------------------------------------------------------


def test_slips_on_the_way_are_carried_and_listed() -> None:
    """SESS-8, SLIP-12: what has not touched the tray goes along, a picked-up credit stays."""
    floor = at_play()
    old = floor.session().id
    asked = floor.ask(SlipKind.FILL, "5 black")
    issued = floor.ask(SlipKind.FILL, "6 black")
    floor.issue(issued)
    wanted = floor.ask(SlipKind.CREDIT, "1 green")
    picked_up = floor.ask(SlipKind.CREDIT, "2 green")
    floor.pick_up(picked_up)
    new = floor.roll_over(LATER)
    owners = {slip: floor.slip(slip).session_id for slip in (asked, issued, wanted, picked_up)}
    assert owners == {asked: new, issued: new, wanted: new, picked_up: old}
    for slip in (asked, issued, wanted):
        assert floor.slip(slip).shift_id == floor.session(new).shift_id
        assert floor.slip(slip).requested_session_id == old


def test_the_answer_lists_what_was_carried_and_where_to() -> None:
    """SESS-8: each with its status, number and the session that has it now."""
    floor = at_play()
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    (carried,) = floor.rolled(LATER).outcome["carried"]
    assert carried["id"] == str(slip)
    assert carried["number"] == "F-2026-000001"
    assert carried["status"] == SlipStatus.ISSUED
    assert carried["session_id"] == str(floor.session().id)


def test_a_carried_fill_is_the_next_session_s() -> None:
    """SLIP-12, LESSON-11: verified after the roll-over, it is in n+1's tray and rundown."""
    floor = at_play()
    old = floor.session().id
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    new = floor.roll_over(TRAY)
    first = floor.remove(on=old, replacement="B")
    floor.verify(slip, deposit=True)
    floor.closed("25 black, 40 green")
    second = floor.remove()
    floor.count_box(first, 0)
    floor.count_box(second, 0)
    assert floor.rundown(old).fills_total_cents == 0
    assert floor.rundown(new).fills_total_cents == 50_000
    assert floor.rundown(old).table_win_cents == 0
    assert floor.rundown(new).table_win_cents == 0


def test_a_carried_credit_stays_with_the_tray_it_left() -> None:
    """SLIP-12: picked up before the roll-over, verified after: n's credit, pending until then."""
    floor = at_play()
    old = floor.session().id
    slip = floor.ask(SlipKind.CREDIT, "5 black")
    floor.pick_up(slip)
    new = floor.roll_over("15 black, 40 green")
    removal = floor.remove(on=old, replacement="B")
    floor.count_box(removal, 0)
    assert floor.rundown(old).state == "pending_slips"
    assert floor.rundown(old).credits_total_cents is None
    floor.verify(slip)
    assert floor.rundown(old).credits_total_cents == 50_000
    assert floor.rundown(old).table_win_cents == 0
    assert floor.rundown(new).credits_total_cents == 0


def test_a_roll_over_does_not_close_a_slip_s_dispute() -> None:
    """SLIP-3, SLIP-12: its finding goes along to the session that will take the slip."""
    floor = at_play()
    old = floor.session().id
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    floor.verify(slip, "4 black")
    floor.verify(slip, "4 black")
    assert floor.finding("SLIP_AMOUNT_MISMATCH").session_id == old
    new = floor.roll_over(TRAY)
    assert floor.finding("SLIP_AMOUNT_MISMATCH").session_id == new
    floor.count_box(floor.remove(on=old, replacement="B"), 0)
    floor.reconcile(old)
    floor.force()
    floor.count_box(floor.remove(), 0)
    with refused(Refusal.EXCEPTIONS_OPEN) as caught:
        floor.reconcile(new)
    kinds = {each["kind"] for each in caught.facts["exceptions"]}  # type: ignore[attr-defined]
    assert "SLIP_AMOUNT_MISMATCH" in kinds
