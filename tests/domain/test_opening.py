"""Opening a table: what must be there, what is bound, and when it is undone."""

import pytest

from tablebank.domain.closing import void_session
from tablebank.domain.opening import live_session
from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import Settings
from tablebank.domain.terms import (
    BankMode,
    Phase,
    SlipKind,
    TableStatus,
)
from tests.domain.cast import DANA, PAT, SUE, worth
from tests.domain.floor import INTERIM, OPENING, Floor
from tests.domain.founding import refused

TRAY = "20 black, 40 green"


# -- preparing -------------------------------------------------------------------------------------


def test_preparing_binds_nothing() -> None:
    """SESS-3: READY_TO_OPEN in a shift; mode, need and number come with the opening."""
    floor = Floor(par_cents=100)
    session = floor.session(floor.prepare("SWING"))
    assert session.phase == Phase.READY_TO_OPEN
    assert (session.shift_code, str(session.gaming_day)) == ("SWING", "2026-03-02")
    assert session.ordinal is None
    assert session.table_bank_mode is None
    assert session.need_total_cents is None
    assert floor.facts.table.last_ordinal == 0


def test_one_session_is_prepared_per_shift() -> None:
    """SESS-1: the second is refused with the first's id; another shift is another matter."""
    floor = Floor()
    session = floor.prepare("DAY")
    with refused(Refusal.SESSION_ALREADY_PREPARED) as caught:
        floor.prepare("DAY")
    assert caught.facts == {"session_id": str(session)}
    floor.prepare("SWING")
    assert len(floor.facts.sessions) == 2


# -- preconditions ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [TableStatus.INACTIVE, TableStatus.CLOSED])
def test_only_an_available_table_is_opened(status: TableStatus) -> None:
    """SESS-2, LESSON-15: neither prepared nor opened while the table is not active."""
    floor = Floor()
    session = floor.prepare()
    floor.change_table(status)
    with refused(Refusal.TABLE_NOT_ACTIVE):
        floor.open(session)
    with refused(Refusal.TABLE_NOT_ACTIVE):
        floor.prepare("SWING")


def test_what_opening_needs_is_listed_at_once() -> None:
    """SESS-3: game settings, chips and a mounted box; the refusal names all that is missing."""
    floor = Floor(box=None)
    floor.prepare()
    floor.change_table(TableStatus.ACTIVE, game_type=None)
    with refused(Refusal.PRECONDITIONS_MISSING) as caught:
        floor.open()
    assert caught.facts == {"missing": ["game_settings", "mounted_box"]}
    assert floor.session().phase == Phase.READY_TO_OPEN


def test_a_casino_may_do_without_boxes() -> None:
    """SESS-3: then none is asked for; the drop of such a session stays unknown."""
    floor = Floor(box=None, settings=Settings(drop_box_required=False))
    floor.opened(TRAY)
    floor.closed(TRAY)
    assert floor.rundown().drop_total_cents is None
    assert "NO_BOX" in floor.rundown().reasons


def test_a_session_may_close_although_its_table_became_inactive() -> None:
    """SESS-2: availability is a third thing: play that began is played to its end."""
    floor = Floor()
    floor.opened(TRAY)
    floor.change_table(TableStatus.INACTIVE)
    floor.closed(TRAY)
    assert floor.session().phase == Phase.CLOSED


# -- what is bound ---------------------------------------------------------------------------------


def test_opening_binds_what_the_session_runs_under() -> None:
    """SESS-3, SESS-9: mode, need and its policy, names, limits, predecessor, number of the day."""
    floor = Floor(mode=BankMode.IMPREST_TO_PAR, par_cents=3_000_000)
    first = floor.opened(TRAY)
    bound = floor.session(first)
    assert bound.table_bank_mode == BankMode.IMPREST_TO_PAR
    assert bound.need_total_cents == 3_000_000
    assert bound.par_policy_id == floor.policies[0].id
    assert (bound.table_code, bound.pit, bound.game_type) == ("BJ-07", "1", "BLACKJACK")
    assert bound.limits == floor.facts.table.limits
    assert (bound.ordinal, bound.sequence) == (1, 1)
    assert bound.previous_session_id is None
    following = floor.session(floor.roll_over(TRAY))
    assert (following.ordinal, following.sequence) == (2, 2)
    assert following.previous_session_id == first


def test_what_was_bound_stays_bound() -> None:
    """PAR-9, LESSON-12: a par changed while the table is open changes nothing of its session."""
    floor = Floor(par_cents=3_000_000)
    session = floor.opened(TRAY)
    floor.set_par(9_999_900)
    floor.closed(TRAY)
    assert floor.session(session).need_total_cents == 3_000_000
    later = floor.opened(TRAY, "SWING")
    assert floor.session(later).need_total_cents == 9_999_900


def test_a_new_gaming_day_counts_its_sessions_anew() -> None:
    """SESS-9, INV-15: the sequence is the table's in its gaming day, the
    ordinal its whole life's.
    """
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    session = floor.at("2026-03-03 12:00").opened(TRAY, day="2026-03-03")
    assert (floor.session(session).ordinal, floor.session(session).sequence) == (2, 1)


@pytest.mark.parametrize("phase", ["OPENING", "OPEN", "CLOSING"])
def test_a_live_session_keeps_the_table(phase: str) -> None:
    """SESS-1, LESSON-27: a second opening is refused with the id of the one that is live."""
    floor = Floor()
    floor.prepare("SWING")
    live = floor.prepare("DAY")
    floor.open(live)
    if phase != "OPENING":
        floor.count(OPENING, TRAY, DANA, PAT)
    if phase == "CLOSING":
        floor.begin()
    assert floor.session(live).phase == phase
    with refused(Refusal.SESSION_ALREADY_LIVE) as caught:
        floor.open(next(each.id for each in floor.facts.sessions if each.id != live))
    assert caught.facts == {"session_id": str(live), "status": phase}


def test_a_session_opens_once() -> None:
    """SESS-6, LESSON-28: neither opening again nor counting again re-opens what is closed."""
    floor = Floor()
    session = floor.opened(TRAY)
    floor.closed(TRAY)
    with refused(Refusal.SESSION_NOT_READY) as caught:
        floor.open(session)
    assert caught.facts == {"status": "CLOSED"}
    with refused(Refusal.SESSION_NOT_OPENING):
        floor.count(OPENING, TRAY, DANA, PAT)


def test_an_opening_is_not_before_the_last_close() -> None:
    """TIME-1: nor before the session was prepared."""
    floor = Floor()
    floor.at("12:00").opened(TRAY)
    floor.at("14:00").closed(TRAY)
    floor.at("13:00").prepare("SWING")
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("13:30").open()
    with refused(Refusal.OCCURRED_AT_OUT_OF_RANGE):
        floor.at("12:59").open()
    floor.at("15:00").open()


# -- voiding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("phase", ["READY_TO_OPEN", "OPENING", "OPEN"])
def test_a_session_is_voided_while_only_its_opener_hangs_on_it(phase: str) -> None:
    """SESS-7: with a reason that stays; the table is free again."""
    floor = Floor()
    session = floor.prepare()
    if phase != "READY_TO_OPEN":
        floor.open()
    if phase == "OPEN":
        floor.count(OPENING, TRAY, DANA, PAT)
    assert floor.session().phase == phase
    floor.void(session, "wrong table")
    assert floor.session(session).phase == Phase.VOIDED
    assert floor.session(session).void_reason == "wrong table"
    assert live_session(floor.facts) is None
    with refused(Refusal.SESSION_IN_USE):
        floor.void(session)


def test_a_void_says_why() -> None:
    """SESS-7: no reason, no void."""
    floor = Floor()
    session = floor.session(floor.prepare())
    with refused(Refusal.REASON_REQUIRED):
        void_session(facts=floor.facts, session=session, reason="")


@pytest.mark.parametrize("what", ["slip", "count", "removal", "closing"])
def test_what_was_played_on_is_not_voided(what: str) -> None:
    """SESS-7: a slip, another count or a removal hangs on it, or it is closing."""
    floor = Floor()
    floor.opened(TRAY)
    if what == "slip":
        floor.ask(SlipKind.FILL, "5 black")
    elif what == "count":
        floor.count(INTERIM, TRAY, SUE)
    elif what == "removal":
        floor.remove(replacement="B")
    else:
        floor.begin()
    before = floor.facts
    with refused(Refusal.SESSION_IN_USE):
        floor.void()
    assert floor.facts == before


def test_a_voided_session_breaks_no_chain() -> None:
    """SESS-7, SESS-5: the next opener is held against the last closer before the void."""
    floor = Floor()
    first = floor.opened(TRAY)
    floor.closed(TRAY)
    floor.opened(TRAY, "SWING")
    floor.void()
    session = floor.prepare("SWING")
    floor.open()
    assert floor.session(session).previous_session_id == first
    floor.count(OPENING, "30 black")
    assert floor.session(session).phase == Phase.OPENING


def test_a_first_session_voided_leaves_the_table_without_history() -> None:
    """SESS-7, PAR-11: the next one is the table's first again, with its initial bank."""
    floor = Floor()
    floor.opened(worth(100))
    floor.void()
    floor.prepare()
    floor.open()
    with refused(Refusal.SIGNATURE_MISSING):
        floor.count(OPENING, TRAY)
    floor.count(OPENING, TRAY, DANA, PAT)
    assert floor.session().previous_session_id is None
