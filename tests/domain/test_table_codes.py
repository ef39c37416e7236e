"""Codes of tables as people write them: the same, only alike, or another table."""

import pytest

from tablebank.domain.table_codes import alike_code, same_code


@pytest.mark.parametrize("other", ["bj-07", "Bj-07", "BJ-07"])
def test_case_makes_no_other_table(other: str) -> None:
    """PAR-8: one table for sure."""
    assert same_code(other) == same_code("BJ-07")


@pytest.mark.parametrize("other", ["BJ 07", "BJ07", "bj.7", "BJ_007", "BJ/7", "ＢＪ-07"])
def test_another_way_of_writing_it_is_alike(other: str) -> None:
    """PAR-8: perhaps the same, so never another one without a word."""
    assert alike_code(other) == alike_code("BJ-07")
    assert same_code(other) != same_code("BJ-07")


@pytest.mark.parametrize(("first", "second"), [("1-1", "11"), ("BJ-1", "BJ-10"), ("A1", "1A")])
def test_other_numbers_are_other_tables(first: str, second: str) -> None:
    """PAR-8: table 1 of pit 1 is not table 11."""
    assert alike_code(first) != alike_code(second)
