"""What a sheet would change, against the tables there are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.intake.par_plan import KnownTable, Outcome, Plan, plan
from tablebank.intake.par_sheet import Limits
from tests.domain.founding import house_chips
from tests.intake.sheets import read

BJ_07 = KnownTable(code="BJ-07", pit="Main", need_cents=2_500_000)
BJ_08 = KnownTable(code="BJ-08", pit="Main")


def planned(rows: list[list[str]], *known: KnownTable, provision: bool = False) -> Plan:
    return plan(read([["Table", "Need", "Pit"], *rows]), known, provision=provision)


def outcomes(found: Plan) -> list[Outcome]:
    return [each.outcome for each in found.rows]


def said(found: Plan) -> list[tuple[str, str]]:
    return [(str(note.place), note.code) for note in found.errors]


def test_every_row_has_its_outcome() -> None:
    """PAR-8: set, changed, unchanged, or left as it is where the sheet names no need."""
    known = [BJ_07, BJ_08, KnownTable(code="A", pit="x", need_cents=5), replace(BJ_07, code="B-1")]
    rows = [["BJ-07", "30000"], ["BJ-08", "5"], ["A", "0.05"], ["B-1", ""]]
    found = planned(rows, *known)
    assert outcomes(found) == [
        Outcome.CHANGE_NEED,
        Outcome.SET_NEED,
        Outcome.UNCHANGED,
        Outcome.NO_NEED,
    ]
    assert (found.rows[0].from_cents, found.rows[0].to_cents) == (2_500_000, 3_000_000)
    assert (found.rows[1].from_cents, found.rows[1].to_cents) == (None, 500)
    assert [each.writes_policy for each in found.rows] == [True, True, False, False]
    assert found.may_go
    assert not found.changes_nothing


def test_unknown_tables_are_errors_unless_they_are_provisioned() -> None:
    """PAR-8: all of them at once; a new table stands in a pit."""
    rows = [["BJ-07", "5", ""], ["X-1", "6", ""], ["X-2", "5", "Main"]]
    refused = planned(rows, BJ_07)
    assert said(refused) == [("line 3", "TABLE_UNKNOWN"), ("line 4", "TABLE_UNKNOWN")]
    assert not refused.may_go
    assert outcomes(refused)[1:] == [Outcome.REFUSED] * 2
    provisioned = planned(rows, BJ_07, provision=True)
    assert said(provisioned) == [("line 3", "PIT_MISSING")]
    assert outcomes(provisioned)[1:] == [Outcome.REFUSED, Outcome.CREATE_TABLE]
    sheet = read([["Table", "Need", "Pit"], *rows])
    assert plan(sheet, [BJ_07], provision=True, default_pit="Main").may_go


def test_a_table_without_a_need_can_be_registered() -> None:
    """PAR-8: it is created, and no policy is written for it."""
    found = planned([["X-1", "", "Main"]], provision=True)
    assert outcomes(found) == [Outcome.CREATE_TABLE]
    assert not found.rows[0].writes_policy


@pytest.mark.parametrize("written", ["BJ-07", "bj-07", "BJ 07", "BJ7", "bj.7"])
def test_a_table_is_known_however_it_is_written(written: str) -> None:
    """PAR-8: the outcome says which one it was taken for."""
    found = planned([[written, "25000"]], BJ_07, BJ_08)
    assert outcomes(found) == [Outcome.UNCHANGED]
    assert found.rows[0].table_code == "BJ-07"


def test_just_as_it_is_written_goes_before_alike() -> None:
    """PAR-8: a house with BJ-07 and BJ 7 means what it writes; BJ07 could be either."""
    other = replace(BJ_07, code="BJ 7")
    assert planned([["BJ 7", "5"]], BJ_07, other).rows[0].table_code == "BJ 7"
    assert said(planned([["BJ07", "5"]], BJ_07, other, provision=True)) == [
        ("line 2", "TABLE_AMBIGUOUS")
    ]
    twice = [BJ_07, replace(BJ_07, code="bj-07")]
    assert said(planned([["Bj-07", "5"]], *twice)) == [("line 2", "TABLE_AMBIGUOUS")]


def test_two_rows_cannot_be_one_table() -> None:
    """PAR-8: the sheet has both in one way or another."""
    sheet = read([["Table", "Need"], ["BJ-07", "5"], ["RL-01", "6"]])
    alike = replace(sheet, rows=(sheet.rows[0], replace(sheet.rows[1], table_code="BJ 07")))
    assert said(plan(alike, [BJ_07], provision=False)) == [("line 3", "TABLE_NAMED_TWICE")]


def test_what_is_told_otherwise_than_registered_is_said() -> None:
    """PAR-8: an import of needs does not move a table or change its game."""
    rows = [
        ["Table", "Need", "Pit", "Game", "Min", "Max", "Notes"],
        ["BJ-07", "25000", "High limit", "Roulette", "1", "2", ""],
    ]
    known = replace(BJ_07, game_type="BLACKJACK", limits=Limits(min_cents=1, max_cents=2))
    found = plan(read(rows), [known], provision=False)
    assert found.rows[0].differs == ("pit", "game_type", "limits")
    assert outcomes(found) == [Outcome.UNCHANGED]


def test_a_new_note_is_a_new_policy_row() -> None:
    """PAR-1: what is told of a need belongs to its history."""
    rows = [["Table", "Need", "Notes", "Stability"], ["BJ-07", "25000", "busy", "stable"]]
    found = plan(read(rows), [BJ_07], provision=False)
    assert outcomes(found) == [Outcome.CHANGE_DETAILS]
    again = replace(BJ_07, notes="busy", stability="stable")
    assert plan(read(rows), [again], provision=False).changes_nothing


def test_chips_the_casino_does_not_have_are_refused() -> None:
    """PAR-8, CHIP-5: each of them named."""
    rows = [["Table", "$20", "$100", "Par"], ["BJ-07", "5", "1", "200"]]
    found = plan(read(rows), [BJ_07], provision=False, chips=house_chips())
    assert said(found) == [("line 2", "CHIP_UNKNOWN")]
    assert "$20.00" in found.errors[0].sentence
    assert plan(read(rows), [BJ_07], provision=False).may_go


def test_what_cannot_be_read_cannot_be_imported() -> None:
    """PAR-8: one bad row stops all; an open question too."""
    bad = read([["Table", "Need"], ["BJ-07", "5"], ["BJ-08", "x"]])
    assert said(plan(bad, [BJ_07, BJ_08], provision=False)) == [("line 3", "AMOUNT_UNREADABLE")]
    assert not plan(bad, [BJ_07, BJ_08], provision=False).may_go
    asked = read([["BJ-07", "5"]])
    assert not plan(asked, [BJ_07], provision=False).may_go


@given(
    st.dictionaries(
        st.integers(1, 60), st.one_of(st.none(), st.integers(0, 10**9)), min_size=1, max_size=12
    )
)
def test_importing_the_same_sheet_again_changes_nothing(needs: dict[int, int | None]) -> None:
    """PAR-8: whatever was set is then in force, whatever was not named is left alone."""
    rows = [
        [f"T-{number}", "" if need is None else f"{need / 100:.2f}", "Main"]
        for number, need in needs.items()
    ]
    first = planned(rows, provision=True)
    assert first.may_go
    after = [
        KnownTable(code=each.table_code, pit=each.row.pit or "", need_cents=each.to_cents)
        for each in first.rows
    ]
    second = planned(rows, *after, provision=True)
    assert second.changes_nothing
    assert not any(each.writes_policy for each in second.rows)
