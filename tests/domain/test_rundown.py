"""The rundown: five terms, one result, and why it is not known where it is not."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tablebank.domain.boxes import group_of
from tablebank.domain.rundown import (
    STATES,
    before_drop,
    first_state,
    group_rundown,
    hold_pct,
    table_win,
)
from tablebank.domain.slips.kind import SIGN
from tablebank.domain.terms import BankMode, CustodyStep, RemovalType, SlipKind
from tests.domain.cast import DANA, PAT, worth
from tests.domain.floor import CLOSING, OPENING, Floor

cents = st.integers(-(10**12), 10**12)
unknown_too = st.none() | cents
dollars = st.integers(0, 20_000).map(lambda amount: amount * 100)
moved = st.integers(1, 5_000).map(lambda amount: amount * 100)


def played(
    opener: int, closer: int, *, fills: list[int], credited: list[int], drop: int | None
) -> Floor:
    """One session from opener to count, with slips in between; `drop` None: not counted yet."""
    floor = Floor()
    floor.opened(worth(opener))
    for amount in fills:
        floor.filled(worth(amount))
    for amount in credited:
        floor.credited(worth(amount))
    floor.closed(worth(closer))
    removal = floor.remove()
    if drop is not None:
        floor.hand_over(removal)
        floor.count_box(removal, drop)
    return floor


# -- the identity ----------------------------------------------------------------------------------


@given(unknown_too, unknown_too, unknown_too, unknown_too, unknown_too)
def test_five_known_terms_or_no_result(
    opener: int | None, closer: int | None, fills: int | None, out: int | None, drop: int | None
) -> None:
    """RUN-1: closing + credits + drop − opening − fills, and nothing unless all five are known."""
    change = before_drop(
        opening_cents=opener, closing_cents=closer, fills_cents=fills, credits_cents=out
    )
    win = table_win(before_drop_cents=change, drop_cents=drop)
    if opener is None or closer is None or fills is None or out is None:
        assert change is None
        assert win is None
    else:
        assert change == closer + out - opener - fills
        assert win == (None if drop is None else closer + out + drop - opener - fills)


@settings(max_examples=40, deadline=None)
@given(
    dollars,
    dollars,
    st.lists(moved, max_size=3),
    st.lists(moved, max_size=3),
    dollars | dollars.map(lambda amount: -amount),
)
def test_a_session_s_own_facts_make_its_result(
    opener: int, closer: int, fills: list[int], credited: list[int], drop: int
) -> None:
    """RUN-1, LESSON-5: from the opener's, the slips', the closer's and the count's own rows."""
    floor = played(opener, closer, fills=fills, credited=credited, drop=drop)
    rundown = floor.rundown()
    assert rundown.state == "complete"
    assert rundown.reasons == ()
    assert rundown.opening_total_cents == opener
    assert rundown.closing_total_cents == closer
    assert rundown.fills_total_cents == sum(fills)
    assert rundown.credits_total_cents == sum(credited)
    assert rundown.drop_total_cents == drop
    assert rundown.table_win_cents == closer + sum(credited) + drop - opener - sum(fills)
    assert set(rundown.inputs.slips) == {slip.id for slip in floor.facts.slips}
    assert len(rundown.inputs.snapshots) == 2
    assert len(rundown.inputs.counts) == 1


@settings(max_examples=25, deadline=None)
@given(dollars, dollars, moved, dollars)
def test_a_fill_and_a_credit_leave_the_result_as_it_was(
    opener: int, closer: int, amount: int, drop: int
) -> None:
    """RUN-8: a fill raises tray and fills alike, a credit lowers the tray and raises credits."""
    plain = played(opener, closer, fills=[], credited=[], drop=drop)
    filled = played(opener, closer + amount, fills=[amount], credited=[], drop=drop)
    credited = played(opener, closer, fills=[], credited=[amount], drop=drop)
    untouched = played(opener, closer + amount, fills=[], credited=[], drop=drop)
    assert filled.rundown().table_win_cents == plain.rundown().table_win_cents
    assert credited.rundown().table_win_cents == untouched.rundown().table_win_cents


@given(moved)
def test_the_sign_of_a_slip_is_chosen_once(amount: int) -> None:
    """LESSON-5: a fill adds to the tray, a credit takes from it: said once, kept at birth."""
    assert SIGN == {SlipKind.FILL: 1, SlipKind.CREDIT: -1}
    floor = Floor()
    floor.opened(worth(1_000_000))
    for what, sign in SIGN.items():
        assert floor.slip(floor.ask(what, worth(amount))).bank_effect_cents == sign * amount


# -- unknown is not zero ---------------------------------------------------------------------------

OPENER, CLOSER, FILL, CREDIT, DROP = 5_000_000, 5_299_900, 500_000, 100_000, 800_000
TRUE_WIN = 699_900


def test_the_true_win_of_the_lesson() -> None:
    """LESSON-1: 50,000.00 opened, 52,999.00 closed: the table won 6,999.00."""
    floor = played(OPENER, CLOSER, fills=[FILL], credited=[CREDIT], drop=DROP)
    assert floor.rundown().table_win_cents == TRUE_WIN


def test_a_missing_opener_is_not_zero() -> None:
    """LESSON-1, RUN-1: without the opener the same table did not win 56,999.00."""
    floor = Floor()
    floor.prepare()
    floor.open()
    floor.force("nobody wrote the opener down")
    removal = floor.remove()
    floor.count_box(removal, DROP)
    rundown = floor.rundown()
    assert rundown.state == "missing_opening"
    assert {"NOT_COUNTED", "MISSING_OPENING_COUNT"} <= set(rundown.reasons)
    assert rundown.drop_total_cents == DROP
    assert rundown.opening_total_cents is None
    assert rundown.before_drop_cents is None
    assert rundown.table_win_cents is None


def test_a_missing_closer_is_not_zero() -> None:
    """LESSON-1, RUN-1: without the closer the same table did not lose 46,000.00."""
    floor = Floor()
    floor.opened(worth(OPENER))
    floor.filled(worth(FILL))
    floor.credited(worth(CREDIT))
    floor.force()
    removal = floor.remove()
    floor.count_box(removal, DROP)
    rundown = floor.rundown()
    assert rundown.state == "missing_closing"
    assert {"NOT_COUNTED", "MISSING_CLOSING_COUNT"} <= set(rundown.reasons)
    assert rundown.drop_total_cents == DROP
    assert rundown.closing_total_cents is None
    assert rundown.before_drop_cents is None
    assert rundown.table_win_cents is None


def test_a_count_to_come_is_not_zero() -> None:
    """LESSON-2, RUN-2: before the count the drop is unknown, and so is the win."""
    floor = played(OPENER, CLOSER, fills=[FILL], credited=[CREDIT], drop=None)
    rundown = floor.rundown()
    assert rundown.state == "pending_count"
    assert rundown.reasons == ("COUNT_PENDING",)
    assert rundown.drop_total_cents is None
    assert rundown.table_win_cents is None
    assert rundown.hold_pct is None
    assert rundown.before_drop_cents == TRUE_WIN - DROP


def test_an_opener_is_never_the_closer_too() -> None:
    """LESSON-9: an open table has no closing and no result, however long nobody counts."""
    floor = Floor()
    floor.opened(worth(OPENER))
    rundown = floor.rundown()
    assert rundown.state == "provisional"
    assert rundown.opening_total_cents == OPENER
    assert rundown.closing_total_cents is None
    assert rundown.before_drop_cents is None
    assert rundown.table_win_cents is None


def test_unknown_survives_a_sum() -> None:
    """LESSON-2, BOX-6: one member without a closer makes the group unknown, not smaller."""
    floor = Floor()
    first = floor.opened(worth(OPENER))
    floor.roll_over(worth(CLOSER))
    floor.force()
    removal = floor.remove()
    floor.count_box(removal, DROP)
    group = floor.group(first)
    assert group.members[0].before_drop_cents == CLOSER - OPENER
    assert group.members[1].before_drop_cents is None
    assert group.drop_total_cents == DROP
    assert group.before_drop_cents is None
    assert group.closing_total_cents is None
    assert group.table_win_cents is None
    assert group.state == "missing_closing"


@pytest.mark.parametrize("what", list(SlipKind))
def test_a_slip_on_the_way_makes_its_term_unknown_once_closed(what: SlipKind) -> None:
    """RUN-1, RUN-2: `SLIP_IN_FLIGHT` for its own term only; while live, what is verified counts."""
    floor = Floor()
    floor.opened(worth(OPENER))
    floor.filled(worth(FILL))
    floor.credited(worth(CREDIT))
    slip = floor.ask(what, worth(30_000))
    floor.issue(slip) if what == SlipKind.FILL else floor.pick_up(slip)
    live = floor.rundown()
    assert (live.fills_total_cents, live.credits_total_cents) == (FILL, CREDIT)
    floor.begin()
    floor.count(CLOSING, worth(CLOSER))
    floor.force("the runner is stuck")
    removal = floor.remove()
    floor.count_box(removal, DROP)
    rundown = floor.rundown()
    assert rundown.state == "pending_slips"
    assert rundown.reasons == ("SLIP_IN_FLIGHT",)
    fills, credited = (None, CREDIT) if what == SlipKind.FILL else (FILL, None)
    assert (rundown.fills_total_cents, rundown.credits_total_cents) == (fills, credited)
    assert rundown.before_drop_cents is None
    assert rundown.table_win_cents is None


# -- states ----------------------------------------------------------------------------------------


@given(st.fixed_dictionaries({state: st.booleans() for state in STATES[:-1]}))
def test_the_first_state_that_applies_is_shown(conditions: dict[str, bool]) -> None:
    """RUN-2: in the order of the rule; `complete` only when nothing else applies."""
    holding = [state for state in STATES if conditions.get(state)]
    assert first_state(conditions) == (holding[0] if holding else "complete")


def test_the_states_stand_in_the_order_of_the_rule() -> None:
    """RUN-2: from voided to complete."""
    assert STATES == (
        "voided",
        "provisional",
        "missing_opening",
        "missing_closing",
        "pending_slips",
        "shared_drop",
        "unknown_drop",
        "pending_count",
        "complete",
    )


def test_a_voided_session_has_no_result() -> None:
    """RUN-2, SESS-7: its state is voided before anything else."""
    floor = Floor()
    session = floor.opened(worth(OPENER))
    floor.void()
    rundown = floor.rundown(session)
    assert rundown.state == "voided"
    assert rundown.table_win_cents is None
    assert rundown.drop_total_cents is None


def test_every_reason_is_listed_not_only_the_first() -> None:
    """RUN-2: a live session with a box outstanding says both, and its slip as well."""
    floor = Floor()
    floor.opened(worth(OPENER))
    floor.issue(floor.ask(SlipKind.FILL, worth(FILL)))
    reasons = floor.rundown().reasons
    assert {"NOT_CLOSED", "SLIP_IN_FLIGHT", "BOXES_OUTSTANDING", "COUNT_PENDING"} <= set(reasons)


def test_a_void_slip_enters_nothing() -> None:
    """SLIP-4, WIN-03: neither voided nor cancelled slips are in the rundown;
    nor do they hold it up.
    """
    floor = Floor()
    floor.opened(worth(OPENER))
    torn = floor.ask(SlipKind.FILL, worth(FILL))
    floor.issue(torn)
    floor.void_slip(torn, worth(FILL))
    floor.cancel(floor.ask(SlipKind.CREDIT, worth(CREDIT)))
    floor.closed(worth(OPENER))
    removal = floor.remove()
    floor.count_box(removal, DROP)
    rundown = floor.rundown()
    assert rundown.state == "complete"
    assert rundown.inputs.slips == ()
    assert rundown.table_win_cents == DROP


# -- variance from par, hold -----------------------------------------------------------------------


def test_variance_from_par_is_of_the_tray() -> None:
    """RUN-3, LESSON-3: closing − need, not win − need; null without either."""
    floor = Floor(par_cents=5_000_000)
    floor.opened(worth(OPENER))
    assert floor.rundown().variance_from_par_cents is None
    floor.filled(worth(FILL))
    floor.closed(worth(CLOSER))
    removal = floor.remove()
    floor.count_box(removal, DROP)
    rundown = floor.rundown()
    assert rundown.need_total_cents == 5_000_000
    assert rundown.variance_from_par_cents == CLOSER - 5_000_000
    assert rundown.table_win_cents == CLOSER + DROP - OPENER - FILL


def test_without_a_par_there_is_no_variance() -> None:
    """RUN-3: a table without a need varies from nothing."""
    floor = played(OPENER, CLOSER, fills=[], credited=[], drop=DROP)
    assert floor.rundown().variance_from_par_cents is None


def test_both_modes_use_the_same_formula() -> None:
    """RUN-1: an imprest table that was restored to par shows the same win as a counted one."""
    counted = played(OPENER, CLOSER, fills=[], credited=[], drop=DROP)
    imprest = Floor(mode=BankMode.IMPREST_TO_PAR, par_cents=OPENER)
    imprest.opened(worth(OPENER))
    imprest.credited(worth(CLOSER - OPENER))
    imprest.closed(worth(OPENER))
    imprest.count_box(imprest.remove(), DROP)
    assert imprest.rundown().table_win_cents == counted.rundown().table_win_cents
    assert imprest.rundown().variance_from_par_cents == 0


@given(unknown_too, unknown_too)
def test_there_is_no_hold_without_a_drop(win: int | None, drop: int | None) -> None:
    """RUN-7, WIN-04: null where the drop is null or 0, never a division by what is not known."""
    pct = hold_pct(win_cents=win, drop_cents=drop)
    assert (pct is None) == (win is None or not drop)


def test_hold_is_win_over_drop() -> None:
    """RUN-7, WIN-04: 6,999.00 of 8,000.00 is 87.49 per cent; over a period it is sum over sum."""
    assert hold_pct(win_cents=699_900, drop_cents=800_000) == "87.49"
    assert hold_pct(win_cents=-100, drop_cents=200) == "-50.00"
    wins, drops = (100, 900), (1_000, 1_000)
    assert hold_pct(win_cents=sum(wins), drop_cents=sum(drops)) == "50.00"
    one, other = (hold_pct(win_cents=w, drop_cents=d) for w, d in zip(wins, drops, strict=True))
    assert (one, other) == ("10.00", "90.00")
    assert hold_pct(win_cents=100 + 10, drop_cents=1_000 + 10) == "10.89"


def test_a_table_with_nothing_in_its_box_has_no_hold() -> None:
    """RUN-7: a counted drop of 0 is known; the hold over it is not."""
    floor = played(OPENER, CLOSER, fills=[], credited=[], drop=0)
    rundown = floor.rundown()
    assert rundown.drop_total_cents == 0
    assert rundown.table_win_cents == CLOSER - OPENER
    assert rundown.hold_pct is None


# -- whichever of the five is missing --------------------------------------------------------------


@pytest.mark.parametrize(
    ("opener", "closer", "slips", "drop"), list(product([True, False], repeat=4))
)
def test_a_result_needs_all_of_its_terms(
    opener: bool, closer: bool, slips: bool, drop: bool
) -> None:
    """RUN-1, LESSON-1, SHF-02: whichever facts are missing, the result is null
    with a reason, never 0.
    """
    floor = Floor()
    floor.prepare()
    floor.open()
    if opener:
        floor.count(OPENING, worth(OPENER), DANA, PAT)
    if not slips and opener:
        floor.issue(floor.ask(SlipKind.FILL, worth(FILL)))
    if closer and opener:
        floor.begin()
        floor.count(CLOSING, worth(CLOSER))
    floor.force("as it is")
    removal = floor.remove(RemovalType.SCHEDULED)
    floor.hand_over(removal, CustodyStep.ARRIVED)
    if drop:
        floor.count_box(removal, DROP)
    rundown = floor.rundown()
    known = opener and closer and slips and drop
    assert (rundown.table_win_cents is not None) == known
    assert bool(rundown.reasons) != known
    assert (rundown.state == "complete") == known
    alone = group_rundown(floor.facts, group_of(floor.facts, floor.session()))
    assert alone == rundown
