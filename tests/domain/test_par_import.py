"""What becomes of a sheet's rows, against the tables and policies there are (PAR-8)."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.establishment import ParPolicy
from tablebank.domain.facts import Table
from tablebank.domain.par_import import Asked, Outcome, Planned, SheetRow, planned
from tablebank.domain.refusals import FieldError
from tablebank.domain.terms import ParSource, TableStatus
from tests.domain.founding import instant, number

TODAY, TOMORROW = date(2026, 3, 2), date(2026, 3, 3)
ASKED = Asked(provision=False, effective=None, today=TODAY, tomorrow=TOMORROW)


def a_table(nth: int, code: str, *, played: int = 0, **more: Any) -> Table:
    return Table(
        id=number(nth),
        casino_id=number(1),
        code=code,
        name=code,
        pit=more.get("pit", "Main"),
        game_type=more.get("game_type"),
        limits=more.get("limits"),
        status=TableStatus.ACTIVE,
        last_ordinal=played,
    )


BJ_07, BJ_08 = a_table(7, "BJ-07"), a_table(8, "BJ-08")


def a_policy(table: Table, cents: int | None, **more: Any) -> ParPolicy:
    told: dict[str, Any] = {
        "id": number(100 + table.id.int % 50),
        "casino_id": number(1),
        "table_id": table.id,
        "game_type": None,
        "table_bank_mode": None,
        "par_total_cents": cents,
        "target_chipset": None,
        "effective_from_gaming_day": TODAY,
        "source": ParSource.MANUAL,
        "recorded_by": number(2),
        "recorded_at": instant("2026-03-01T12:00:00Z"),
        "approved_by": None,
        "approved_at": None,
        **more,
    }
    return ParPolicy(**told)


def what(
    *rows: SheetRow, tables: Any = (BJ_07, BJ_08), policies: Any = (), asked: Asked = ASKED
) -> tuple[list[Planned], list[tuple[str, str]]]:
    plans, errors = planned(rows, tables=tables, policies=policies, asked=asked)
    return plans, [_said(each) for each in errors]


def _said(error: FieldError) -> tuple[str, str]:
    return error.pointer, error.code


def test_every_row_has_its_outcome() -> None:
    """PAR-8: set, changed, unchanged, or left as it is where the sheet names no need."""
    extra = a_table(9, "A")
    plans, errors = what(
        SheetRow(table_code="BJ-07", need_cents=30),
        SheetRow(table_code="BJ-08", need_cents=5),
        SheetRow(table_code="A"),
        tables=(BJ_07, BJ_08, extra),
        policies=(a_policy(BJ_07, 20), a_policy(BJ_08, 5)),
    )
    assert errors == []
    assert [plan.outcome for plan in plans] == [
        Outcome.NEED_CHANGED,
        Outcome.UNCHANGED,
        Outcome.NO_NEED,
    ]
    assert [plan.writes_policy for plan in plans] == [True, False, False]


@pytest.mark.parametrize("written", ["BJ-07", "bj-07", "BJ 07", "BJ7", "bj.7"])
def test_a_table_is_known_however_it_is_written(written: str) -> None:
    """PAR-8: also where tables may be provisioned, no second one is made beside it."""
    row = SheetRow(table_code=written, need_cents=5, pit="Main")
    plans, errors = what(row, asked=replace(ASKED, provision=True))
    assert errors == []
    assert (plans[0].table, plans[0].outcome) == (BJ_07, Outcome.NEED_SET)


def test_just_as_it_is_written_goes_before_alike() -> None:
    """PAR-8: a house with BJ-07 and BJ 7 means what it writes; BJ07 could be either."""
    tables = (BJ_07, a_table(9, "BJ 7"))
    plans, errors = what(SheetRow(table_code="BJ 7", need_cents=5), tables=tables)
    assert (plans[0].table, errors) == (tables[1], [])
    _, errors = what(SheetRow(table_code="BJ07", need_cents=5), tables=tables)
    assert errors == [("/rows/0/table_code", "REFERENCE_UNKNOWN")]


def test_two_rows_cannot_be_one_table() -> None:
    """PAR-8: in whatever way the sheet writes it."""
    rows = (SheetRow(table_code="BJ-07", need_cents=5), SheetRow(table_code="bj 7", need_cents=6))
    assert what(*rows)[1] == [("/rows/1/table_code", "CODE_TAKEN")]


def test_unknown_tables_are_errors_unless_they_are_provisioned() -> None:
    """PAR-8: all of them at once; a new table stands in a pit, and may have no need."""
    rows = (
        SheetRow(table_code="X-1", need_cents=5),
        SheetRow(table_code="X-2", pit="Main"),
    )
    assert [code for _, code in what(*rows)[1]] == ["REFERENCE_UNKNOWN"] * 2
    plans, errors = what(*rows, asked=replace(ASKED, provision=True))
    assert errors == [("/rows/0/pit", "SHAPE")]
    assert plans[1].outcome is Outcome.TABLE_REGISTERED
    assert not plans[1].writes_policy


def test_what_is_told_otherwise_than_registered_is_said() -> None:
    """PAR-8: an import of needs does not move a table or change its game."""
    table = a_table(9, "A", game_type="BLACKJACK", limits={"min_cents": 1, "max_cents": 2})
    row = SheetRow(
        table_code="A",
        pit="High limit",
        game_type="ROULETTE",
        limits={"min_cents": 1, "max_cents": 2},
    )
    assert what(row, tables=(table,))[0][0].differs == ("pit", "game_type")


def test_a_new_note_is_a_new_policy_row() -> None:
    """PAR-1: what is told of a need belongs to its history; what is left out is no news."""
    row = SheetRow(table_code="BJ-07", need_cents=20, notes="busy")
    (plan,), _ = what(row, policies=(a_policy(BJ_07, 20),))
    assert (plan.outcome, plan.writes_policy) == (Outcome.DETAILS_CHANGED, True)
    (again,), _ = what(row, policies=(a_policy(BJ_07, 20, notes="busy"),))
    assert again.outcome is Outcome.UNCHANGED
    (silent,), _ = what(
        SheetRow(table_code="BJ-07", need_cents=20),
        policies=(a_policy(BJ_07, 20, notes="busy", stability="stable"),),
    )
    assert silent.outcome is Outcome.UNCHANGED


def test_the_last_word_counts_also_one_still_to_take_effect() -> None:
    """PAR-8: importing today what holds from tomorrow changes nothing."""
    policies = (
        a_policy(BJ_07, 10),
        a_policy(BJ_07, 20, id=number(77), effective_from_gaming_day=TOMORROW),
    )
    (plan,), _ = what(SheetRow(table_code="BJ-07", need_cents=20), policies=policies)
    assert plan.outcome is Outcome.UNCHANGED


def test_what_a_table_has_from_its_casino_is_not_its_own() -> None:
    """PAR-2: a table's own row is written, also where the casino's says the same."""
    of_casino = replace(a_policy(BJ_07, 20), table_id=None)
    (plan,), _ = what(SheetRow(table_code="BJ-07", need_cents=20), policies=(of_casino,))
    assert plan.outcome is Outcome.NEED_SET


def test_a_day_that_has_begun_is_refused_for_who_has_played() -> None:
    """PAR-3: each such row; without a day it takes effect as soon as it may."""
    played = a_table(9, "P", played=1)
    rows = (SheetRow(table_code="P", need_cents=5), SheetRow(table_code="BJ-07", need_cents=5))
    tables = (played, BJ_07)
    plans, errors = what(*rows, tables=tables)
    assert errors == []
    assert [plan.effective for plan in plans] == [TOMORROW, TODAY]
    _, errors = what(*rows, tables=tables, asked=replace(ASKED, effective=TODAY))
    assert errors == [("/rows/0/table_code", "EFFECTIVE_DAY_PASSED")]


codes = st.sampled_from(["BJ-07", "bj 7", "BJ-08", "X", "x", "11", "1-1"])


@given(
    rows=st.lists(
        st.builds(
            SheetRow,
            table_code=codes,
            need_cents=st.none() | st.integers(0, 5),
            pit=st.none() | st.just("Main"),
        ),
        max_size=6,
    ),
    provision=st.booleans(),
)
def test_what_may_go_makes_each_table_once(rows: list[SheetRow], provision: bool) -> None:
    """PAR-8: without an error each row is about a table of its own."""
    plans, errors = what(*rows, asked=replace(ASKED, provision=provision))
    assert len(plans) == len(rows)
    if not errors:
        known = [plan.table.id for plan in plans if plan.table]
        new = [plan.row.table_code.casefold() for plan in plans if plan.table is None]
        assert len(set(known)) == len(known)
        assert len(set(new)) == len(new)
        assert not new or provision


def test_the_rows_of_others_stay_theirs() -> None:
    """PAR-8: ids of tables are never mixed up."""
    (plan,), _ = what(SheetRow(table_code="BJ-08", need_cents=5), policies=(a_policy(BJ_07, 5),))
    assert plan.from_cents is None
    assert plan.table is not None
    assert plan.table.id == UUID(int=number(8).int)


def test_a_sheet_is_held_against_the_day_it_would_take_effect() -> None:
    """PAR-8, PAR-2: a coming row is no answer for the days before it, and does not make the same
    sheet a change each time."""
    later = a_policy(BJ_07, 20, id=number(77), effective_from_gaming_day=date(2026, 4, 1))
    before = (a_policy(BJ_07, 10), later)
    row = SheetRow(table_code="BJ-07", need_cents=20)
    asked = replace(ASKED, effective=TOMORROW)
    (plan,), _ = what(row, policies=before, asked=asked)
    assert (plan.outcome, plan.from_cents) == (Outcome.NEED_CHANGED, 10)
    for each in (ASKED, asked):
        (plan,), _ = what(SheetRow(table_code="BJ-07", need_cents=10), policies=before, asked=each)
        assert plan.outcome is Outcome.UNCHANGED


def test_what_a_sheet_leaves_out_of_the_same_need_stays() -> None:
    """PAR-1: a note on an unchanged need does not lose the table's target chips."""
    own = a_policy(BJ_07, 20, target_chipset={"10": 2}, stability="stable", pain_points="late")
    row = SheetRow(table_code="BJ-07", need_cents=20, notes="busy")
    (plan,), _ = what(row, policies=(own,))
    assert plan.outcome is Outcome.DETAILS_CHANGED
    assert plan.row == replace(row, chipset={"10": 2}, stability="stable", pain_points="late")
    (more,), _ = what(replace(row, need_cents=30), policies=(own,))
    assert more.row.chipset is None
