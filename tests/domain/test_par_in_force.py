"""For any rows of policy and any day: exactly one par holds, or none; and the past stays put."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.establishment import BankModeRow, ParPolicy
from tablebank.domain.facts import TableRevision
from tablebank.domain.par import check_effective_day, game_type_on, par_in_force, policy_in_force
from tablebank.domain.refusals import Refused
from tablebank.domain.terms import BankMode, ParSource, TableStatus
from tests.domain.founding import CASINO, FOUNDED_AT, FOUNDING_DAY, number
from tests.domain.par_oracle import holds

TABLES = [number(each) for each in (901, 902, 903)]
GAMES = ["BLACKJACK", "ROULETTE"]
SPAN = 5


def on(offset: int) -> date:
    return FOUNDING_DAY + timedelta(days=offset)


days = st.integers(-1, SPAN + 1).map(on)
subjects = st.one_of(
    st.tuples(st.sampled_from(TABLES), st.none()),
    st.tuples(st.none(), st.sampled_from(GAMES)),
    st.just((None, None)),
)


@st.composite
def written(draw: st.DrawFn, least: int = 0) -> list[ParPolicy]:
    """Rows in the order they were written: for any subject, from any day, often in one instant."""
    rows: list[ParPolicy] = []
    at = FOUNDED_AT
    for nth in range(draw(st.integers(least, 9))):
        table_id, game = draw(subjects)
        at += timedelta(seconds=draw(st.integers(0, 1)))
        rows.append(
            ParPolicy(
                id=number(nth + 1),
                casino_id=CASINO,
                table_id=table_id,
                game_type=game,
                table_bank_mode=draw(st.none() | st.sampled_from(BankMode)),
                par_total_cents=draw(st.none() | st.integers(0, 10**9)),
                target_chipset=None,
                effective_from_gaming_day=on(draw(st.integers(0, SPAN))),
                source=draw(st.sampled_from(ParSource)),
                recorded_by=number(70),
                recorded_at=at,
                approved_by=draw(st.none() | st.just(number(71))),
                approved_at=at,
            )
        )
    return rows


def chosen(mode: BankMode, since: date, at: datetime) -> BankModeRow:
    return BankModeRow(
        id=number(500),
        casino_id=CASINO,
        table_bank_mode=mode,
        effective_from_gaming_day=since,
        recorded_at=at,
        recorded_by=number(70),
    )


@given(
    rows=written(),
    mode=st.none() | st.sampled_from([BankMode.INVENTORY_COUNT, BankMode.IMPREST_TO_PAR]),
    table_id=st.sampled_from(TABLES),
    game=st.none() | st.sampled_from(GAMES),
    day=days,
    shuffled=st.randoms(use_true_random=False),
)
def test_one_row_or_none_decides_and_decides_whole(
    rows: list[ParPolicy],
    mode: BankMode | None,
    table_id: UUID,
    game: str | None,
    day: date,
    shuffled: Random,
) -> None:
    """PAR-2: the row an oracle finds slowly, every field of the answer its own, or none at all;
    only a mode that the row has none of is the casino's, UNKNOWN where it chose none (PAR-5).
    """
    modes = [] if mode is None else [chosen(mode, on(1), FOUNDED_AT)]
    casinos = mode if mode is not None and day >= on(1) else BankMode.UNKNOWN
    row = holds(rows, table_id=table_id, game_type=game, day=day)
    loaded = list(rows)
    shuffled.shuffle(loaded)
    found = policy_in_force(loaded, table_id=table_id, game_type=game, day=day)
    par = par_in_force(policies=loaded, modes=modes, table_id=table_id, game_type=game, day=day)
    if row is None:
        assert found is None
        told = (par.policy_id, par.level, par.par_total_cents, par.source, par.approved_by)
        assert told == (None,) * 5
        assert (par.effective_from_gaming_day, par.approved_at) == (None, None)
        assert par.table_bank_mode is casinos
        return
    assert found is not None
    assert found[0] == row
    assert par.policy_id == row.id
    assert par.par_total_cents == row.par_total_cents, "also None: it decides whole"
    assert (par.source, par.approved_by) == (row.source, row.approved_by)
    assert par.effective_from_gaming_day == row.effective_from_gaming_day
    own = row.table_bank_mode
    assert par.table_bank_mode is (casinos if own in (None, BankMode.UNKNOWN) else own)
    assert par.level == ("table" if row.table_id else "game_type" if row.game_type else "casino")


@given(rows=written(least=1), today=days, played=st.sets(st.sampled_from(TABLES)))
def test_whatever_may_be_published_leaves_earlier_days_as_they_were(
    rows: list[ParPolicy], today: date, played: set[UUID]
) -> None:
    """PAR-3, BASE-7, LESSON-12: the last row written comes in only where it reaches no day that
    has begun of any table that ever played; then not one of their answers is another.
    """
    *before, row = rows
    games = dict(zip(TABLES, [*GAMES, None], strict=True))
    reached = [each for each in TABLES if _reaches(row, each, games[each])]
    try:
        check_effective_day(
            effective=row.effective_from_gaming_day,
            today=today,
            any_reached_table_has_played=any(each in played for each in reached),
        )
    except Refused:
        assert row.effective_from_gaming_day <= today
        return
    for table_id in played:
        for day in (on(offset) for offset in range(-1, (today - FOUNDING_DAY).days + 1)):
            assert _answer(rows, table_id, games[table_id], day) == _answer(
                before, table_id, games[table_id], day
            )


def _reaches(row: ParPolicy, table_id: UUID, game: str | None) -> bool:
    if row.table_id is not None:
        return row.table_id == table_id
    return row.game_type in (None, game)


def _answer(rows: Sequence[ParPolicy], table_id: UUID, game: str | None, day: date) -> object:
    return par_in_force(policies=rows, modes=[], table_id=table_id, game_type=game, day=day)


def revision(game: str | None, offset: int, *, nth: int) -> TableRevision:
    return TableRevision(
        id=number(nth),
        casino_id=CASINO,
        table_id=TABLES[0],
        effective_from_gaming_day=on(offset),
        name="BJ-07",
        pit="PIT 1",
        game_type=game,
        limits=None,
        status=TableStatus.ACTIVE,
        recorded_at=FOUNDED_AT + timedelta(minutes=nth),
        recorded_by=number(70),
    )


def test_the_game_of_a_past_day_is_the_one_dealt_then() -> None:
    """BASE-7: a game that is dealt from Thursday on was not dealt on Wednesday."""
    dealt = [
        revision("BLACKJACK", 1, nth=1),
        revision("ROULETTE", 4, nth=3),
        revision("CRAPS", 4, nth=4),
    ]
    for rows in (dealt, dealt[::-1]):
        assert game_type_on(rows, day=on(-9)) == "BLACKJACK", "the first holds for earlier days"
        assert game_type_on(rows, day=on(3)) == "BLACKJACK"
        assert game_type_on(rows, day=on(4)) == "CRAPS", "the later recorded of one day"
    assert game_type_on([], day=on(3)) is None
    assert game_type_on([replace(dealt[0], game_type=None)], day=on(3)) is None
