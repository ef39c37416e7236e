"""Which par and which mode hold on a gaming day, and who may change them."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.establishment import BankModeRow, ParPolicy
from tablebank.domain.par import (
    check_effective_day,
    check_mode_change,
    may_approve,
    mode_in_force,
    par_in_force,
    policy_in_force,
    reaches,
)
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import BankMode, ParSource, Role
from tests.domain.founding import CASINO, FOUNDED_AT, FOUNDING_DAY, number, refused

BJ_07, BJ_08, ADMIN = number(7), number(8), number(70)
COUNT, IMPREST, UNKNOWN = BankMode.INVENTORY_COUNT, BankMode.IMPREST_TO_PAR, BankMode.UNKNOWN


def mode(
    chosen: BankMode, *, since: date = FOUNDING_DAY, row: int = 1, founding: bool = False
) -> BankModeRow:
    return BankModeRow(
        id=number(row),
        casino_id=CASINO,
        table_bank_mode=chosen,
        effective_from_gaming_day=since,
        recorded_at=FOUNDED_AT + timedelta(minutes=row),
        recorded_by=None if founding else ADMIN,
    )


def policy(
    par_total_cents: int | None,
    *,
    table_id: UUID | None = None,
    game_type: str | None = None,
    mode: BankMode | None = None,
    since: date = FOUNDING_DAY,
    row: int = 1,
) -> ParPolicy:
    return ParPolicy(
        id=number(row),
        casino_id=CASINO,
        table_id=table_id,
        game_type=game_type,
        table_bank_mode=mode,
        par_total_cents=par_total_cents,
        target_chipset=None,
        effective_from_gaming_day=since,
        source=ParSource.MANUAL,
        recorded_by=ADMIN,
        recorded_at=FOUNDED_AT + timedelta(minutes=row),
        approved_by=ADMIN,
        approved_at=FOUNDED_AT + timedelta(minutes=row),
    )


def par_of(*policies: ParPolicy, day: date = FOUNDING_DAY, table_id: UUID = BJ_07) -> int | None:
    return par_in_force(
        policies=policies, modes=(), table_id=table_id, game_type="BLACKJACK", day=day
    ).par_total_cents


# -- the casino's mode -----------------------------------------------------------------------------


def test_a_casino_starts_unknown() -> None:
    """PAR-5: until a mode was chosen, none is presumed."""
    assert mode_in_force([], day=FOUNDING_DAY) is UNKNOWN
    chosen = mode(COUNT, since=date(2026, 2, 1))
    assert mode_in_force([chosen], day=date(2026, 1, 31)) is UNKNOWN
    assert mode_in_force([chosen], day=date(2026, 2, 1)) is COUNT


def test_the_mode_is_dated() -> None:
    """PAR-5, BASE-7: a change leaves the days before it as they were; ties go to the later row."""
    rows = [
        mode(UNKNOWN, row=1, founding=True),
        mode(COUNT, since=date(2026, 2, 1), row=2),
        mode(IMPREST, since=date(2026, 3, 1), row=3),
        mode(COUNT, since=date(2026, 3, 1), row=4),
    ]
    for ordered in (rows, rows[::-1]):
        assert mode_in_force(ordered, day=date(2026, 1, 31)) is UNKNOWN
        assert mode_in_force(ordered, day=date(2026, 2, 28)) is COUNT
        assert mode_in_force(ordered, day=date(2026, 3, 1)) is COUNT


def test_the_founding_mode_holds_for_every_earlier_day() -> None:
    """TIME-5: what a casino is created with is in force for every earlier day too."""
    assert mode_in_force([mode(IMPREST, founding=True)], day=date(1999, 1, 1)) is IMPREST


@pytest.mark.parametrize("wanted", [COUNT, IMPREST])
@pytest.mark.parametrize("current", list(BankMode))
def test_a_mode_may_be_chosen_and_changed(current: BankMode, wanted: BankMode) -> None:
    """PAR-5: either of the two, at any time."""
    check_mode_change(current=current, wanted=wanted)


@pytest.mark.parametrize("current", [COUNT, IMPREST])
def test_a_mode_once_chosen_never_returns_to_unknown(current: BankMode) -> None:
    """PAR-5: once chosen it never returns to UNKNOWN."""
    with refused(Refusal.SETTING_INVALID) as caught:
        check_mode_change(current=current, wanted=UNKNOWN)
    assert caught.pointers == ["/table_bank_mode"]


# -- policy ----------------------------------------------------------------------------------------


def test_the_most_specific_level_decides() -> None:
    """PAR-2: table, then game type, then casino, whatever was recorded last."""
    table = policy(3_000_000, table_id=BJ_07, row=1)
    game = policy(2_000_000, game_type="BLACKJACK", row=2)
    house = policy(1_000_000, row=3)
    assert par_of(house, game, table) == 3_000_000
    assert par_of(house, game, table, table_id=BJ_08) == 2_000_000
    assert par_of(house, policy(9, game_type="ROULETTE", row=4)) == 1_000_000
    assert par_of() is None


def test_a_table_without_a_game_type_has_no_game_types_par() -> None:
    """PAR-2: a game type that is not known matches none."""
    rows = (policy(2_000_000, game_type="BLACKJACK"),)
    assert policy_in_force(rows, table_id=BJ_07, game_type=None, day=FOUNDING_DAY) is None


def test_the_latest_effective_row_of_a_level_holds() -> None:
    """PAR-2, LESSON-12: a par edited in June leaves May as it was."""
    may = policy(2_000_000, table_id=BJ_07, since=date(2026, 5, 1), row=1)
    june = policy(2_500_000, table_id=BJ_07, since=date(2026, 6, 1), row=2)
    assert par_of(june, may, day=date(2026, 5, 31)) == 2_000_000
    assert par_of(june, may, day=date(2026, 6, 1)) == 2_500_000
    assert par_of(june, may, day=date(2026, 4, 30)) is None


def test_of_two_rows_for_one_day_the_later_recorded_holds() -> None:
    """PAR-2: the later recorded if tied."""
    first, second = policy(1, table_id=BJ_07, row=1), policy(2, table_id=BJ_07, row=2)
    assert par_of(first, second) == par_of(second, first) == 2


def test_a_row_decides_whole() -> None:
    """PAR-2: a table's row without a par means no par, not the casino's."""
    none_here = policy(None, table_id=BJ_07, mode=IMPREST)
    assert par_of(none_here, policy(1_000_000, row=2)) is None


def test_a_null_mode_falls_to_the_casinos() -> None:
    """PAR-2, PAR-5: a table may override the mode through policy; without, the casino's holds."""
    modes = [mode(COUNT, founding=True)]

    def in_force(*policies: ParPolicy) -> BankMode:
        return par_in_force(
            policies=policies, modes=modes, table_id=BJ_07, game_type=None, day=FOUNDING_DAY
        ).table_bank_mode

    assert in_force(policy(1, table_id=BJ_07, mode=IMPREST)) is IMPREST
    assert in_force(policy(1, table_id=BJ_07)) is COUNT
    assert in_force(policy(1, table_id=BJ_07, mode=UNKNOWN)) is COUNT
    assert in_force(policy(1, mode=IMPREST), policy(1, table_id=BJ_07, row=2)) is COUNT
    assert in_force() is COUNT


def test_the_answer_says_who_set_it_and_when() -> None:
    """PAR-1, BASE-6: level, source, approval and day come with the figure; without one, nulls."""
    row = policy(2_000_000, game_type="BLACKJACK", row=5)
    found = par_in_force(
        policies=[row], modes=[], table_id=BJ_07, game_type="BLACKJACK", day=FOUNDING_DAY
    )
    assert (found.policy_id, found.level) == (row.id, "game_type")
    assert (found.source, found.approved_by) == (ParSource.MANUAL, ADMIN)
    assert found.effective_from_gaming_day == FOUNDING_DAY
    assert found.approved_at == row.approved_at
    none = par_in_force(policies=[], modes=[], table_id=BJ_07, game_type=None, day=FOUNDING_DAY)
    assert (none.policy_id, none.level, none.par_total_cents) == (None, None, None)
    assert none.table_bank_mode is UNKNOWN


rows = st.lists(
    st.builds(
        lambda table, game, after, par, row: policy(
            par,
            table_id=table,
            game_type=game,
            since=FOUNDING_DAY + timedelta(days=after),
            row=row,
        ),
        st.sampled_from([None, BJ_07, BJ_08]),
        st.sampled_from([None, "BLACKJACK", "ROULETTE"]),
        st.integers(0, 5),
        st.none() | st.integers(0, 10**9),
        st.integers(1, 1_000),
    ),
    max_size=8,
    unique_by=lambda row: row.id,
)
game_types = st.sampled_from([None, "BLACKJACK", "CRAPS"])
after = st.integers(-1, 6)


def specificity(row: ParPolicy) -> int:
    return 2 if row.table_id is not None else 1 if row.game_type is not None else 0


@given(rows, game_types, after)
def test_exactly_one_row_holds_or_none(
    policies: list[ParPolicy], game_type: str | None, days: int
) -> None:
    """PAR-2: whenever a row reaches the table one holds, and no other one should have instead."""
    day = FOUNDING_DAY + timedelta(days=days)
    found = policy_in_force(policies, table_id=BJ_07, game_type=game_type, day=day)
    able = [
        row
        for row in policies
        if reaches(row, table_id=BJ_07, game_type=game_type)
        and row.effective_from_gaming_day <= day
    ]
    if found is None:
        assert able == []
        return
    row, level = found
    assert row in able
    assert level == ("casino", "game_type", "table")[specificity(row)]

    def precedence(each: ParPolicy) -> tuple[object, ...]:
        return specificity(each), each.effective_from_gaming_day, each.recorded_at

    assert all(precedence(each) <= precedence(row) for each in able)


@given(rows, game_types, after, st.randoms())
def test_the_order_of_rows_does_not_matter(
    policies: list[ParPolicy], game_type: str | None, days: int, dice: object
) -> None:
    """PAR-2: however the rows are loaded."""
    day = FOUNDING_DAY + timedelta(days=days)
    shuffled = list(policies)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert policy_in_force(
        policies, table_id=BJ_07, game_type=game_type, day=day
    ) == policy_in_force(shuffled, table_id=BJ_07, game_type=game_type, day=day)


@given(rows, rows, game_types, after)
def test_what_takes_effect_tomorrow_changes_nothing_today(
    known: list[ParPolicy], later: list[ParPolicy], game_type: str | None, days: int
) -> None:
    """PAR-3, BASE-7: the past does not move."""
    day = FOUNDING_DAY + timedelta(days=days)
    future = [row for row in later if row.effective_from_gaming_day > day]
    assert policy_in_force(known, table_id=BJ_07, game_type=game_type, day=day) == policy_in_force(
        [*known, *future], table_id=BJ_07, game_type=game_type, day=day
    )


# -- from when, and by whom ------------------------------------------------------------------------


def test_a_row_cannot_take_effect_in_a_day_that_has_begun() -> None:
    """PAR-3: from the next gaming day on; the refusal says which that is."""
    today = date(2026, 3, 1)
    check_effective_day(
        effective=today + timedelta(days=1), today=today, any_reached_table_has_played=True
    )
    for passed in (today, today - timedelta(days=1)):
        with refused(Refusal.EFFECTIVE_DAY_PASSED) as caught:
            check_effective_day(effective=passed, today=today, any_reached_table_has_played=True)
        assert caught.facts == {
            "effective_from_gaming_day": str(passed),
            "earliest": "2026-03-02",
        }
        assert caught.pointers == ["/effective_from_gaming_day"]


@pytest.mark.parametrize("days", [-30, 0, 1])
def test_before_any_table_has_played_any_day_will_do(days: int) -> None:
    """PAR-3: except before the first session of any table it would reach (bootstrap)."""
    today = date(2026, 3, 1)
    check_effective_day(
        effective=today + timedelta(days=days), today=today, any_reached_table_has_played=False
    )


@pytest.mark.parametrize("role", list(Role))
def test_managers_of_pit_and_cage_approve(role: Role) -> None:
    """PAR-4, SIGN-3: PIT_MANAGER and CAGE_MANAGER; anyone else's value is a proposal."""
    assert may_approve([role]) == (role in {Role.PIT_MANAGER, Role.CAGE_MANAGER})
