"""Estimates held against counts, as a program asks for them (BASE-5, 0059)."""

from typing import Any

import pytest

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.say import dollars


@pytest.fixture
def casino() -> Casino:
    """One of the test's own, taking telemetry."""
    return found(settings={"telemetry": True})


def buy_in(table: AtTable, amount: str) -> None:
    asked = {"kind": "CASH", "amount_cents": dollars(amount)}
    table.casino.sam.post(f"{table.path}/buy-ins", asked, at=table.casino.tick()).must(201)


def over(table: AtTable, counted: str | None) -> str:
    """Closed, dropped and, where it is said, counted; under which id."""
    table.close()
    table.drop()
    if counted is not None:
        table.custody()
        table.soft_count(dollars(counted))
    return table.session_id


def rows(casino: Casino, **query: Any) -> list[Json]:
    items: list[Json] = casino.ana.get("/estimates", **query).must(200)["items"]
    return items


def test_an_estimate_stands_beside_its_count(casino: Casino) -> None:
    """BASE-5: once counted, and only where something was noted."""
    table, quiet = a_table(casino), a_table(casino)
    table.open_table()
    buy_in(table, "400")
    buy_in(table, "500")
    session = over(table, None)
    quiet.open_table()
    over(quiet, "700")
    assert rows(casino) == [], "pending, or nothing noted: nothing to compare"
    table.custody()
    table.soft_count(dollars("1,000"))
    (row,) = rows(casino)
    (one,) = row["compared"]
    assert (row["table_id"], row["source"], row["points"]) == (table.id, "buy_ins", 1)
    assert (row["centre"], row["lower"], row["upper"]) == (None, None, None)
    assert one == {
        "session_ids": [session],
        "gaming_day": "2026-03-02",
        "estimate_cents": dollars("900"),
        "counted_cents": dollars("1,000"),
        "share": "0.9000",
        "signal": False,
    }
    assert rows(casino, table_id=quiet.id) == []


def test_a_group_is_compared_as_one(casino: Casino) -> None:
    """BOX-6: one box, two sessions; and not at all where one of them noted nothing."""
    both, half = a_table(casino), a_table(casino)
    for table in (both, half):
        table.open_table()
        buy_in(table, "400")
        table.roll_over()
    buy_in(both, "300")
    for table in (both, half):
        over(table, "1,000")
    (row,) = rows(casino)
    (one,) = row["compared"]
    assert (row["table_id"], len(one["session_ids"])) == (both.id, 2)
    assert (one["estimate_cents"], one["share"]) == (dollars("700"), "0.7000")


def test_the_last_reading_of_the_one_box_is_compared_too(casino: Casino) -> None:
    """SNAP-6: a running total; where two boxes served, it told of the second alone."""
    one, two = a_table(casino), a_table(casino)
    for table in (one, two):
        table.open_table()
        for drop in ("600", "800"):
            read = {"total_cents": 5, "estimated_drop_cents": dollars(drop)}
            casino.sam.post(f"{table.path}/observations", read, at=casino.tick()).must(201)
    two.drop(type="EMERGENCY", reason="the box was full")
    two.custody()
    two.soft_count(dollars("900"))
    for table in (one, two):
        over(table, "1,000")
    read_rows = [each for each in rows(casino) if each["source"] == "reading"]
    assert [each["table_id"] for each in read_rows] == [one.id]
    assert read_rows[0]["compared"][0]["share"] == "0.8000"


def test_enough_of_them_have_limits(casino: Casino) -> None:
    """0059: ten, and a share beyond them is a signal."""
    table = a_table(casino)
    for count in range(12):
        table.open_table()
        buy_in(table, "900")
        over(table, "3,000" if count == 10 else "1,000")
    (row,) = rows(casino, table_id=table.id)
    assert row["points"] == 12
    assert [each["signal"] for each in row["compared"]] == [False] * 10 + [True, False]
    assert row["estimated_cents"] == 12 * dollars("900")


def test_next_door_sees_none_of_it(casino: Casino) -> None:
    """TEN-1: and who counts nothing and answers for nothing does not either."""
    table = a_table(casino)
    table.open_table()
    buy_in(table, "400")
    over(table, "500")
    assert rows(found(), table_id=table.id) == []
    casino.dana.get("/estimates").must_refuse(403, "ROLE_NOT_ALLOWED")
    casino.ana.get("/estimates?days=0").must_refuse(422, "SHAPE")
