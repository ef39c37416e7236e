"""No count is invented: a par may stand for a first opener where a tray holds its par (BASE-9)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import worth

TODAY = "2026-03-02"


def with_par(casino: Casino, **more: Any) -> AtTable:
    """A table with a target of what the usual tray holds."""
    table = a_table(casino)
    row = {
        "table_id": table.id,
        "par_total_cents": worth(TRAY),
        "effective_from_gaming_day": TODAY,
        **more,
    }
    casino.pat.post("/par-policies", row, at=casino.now).must(201)
    return table


def attest_opening(table: AtTable) -> Any:
    """The signers of an initial bank say that the tray holds its par."""
    casino = table.casino
    return casino.sam.post(
        f"{table.path}/snapshots",
        {"kind": "OPENING", "basis": "PAR_ATTESTED"},
        at=casino.tick(),
        signed=[casino.dana, casino.pat],
    )


def snapshots(table: AtTable) -> list[dict[str, Any]]:
    return table.casino.sam.all_of(f"{table.path}/snapshots")


@pytest.mark.parametrize(
    ("house", "own"),
    [("INVENTORY_COUNT", None), ("IMPREST_TO_PAR", "INVENTORY_COUNT"), ("UNKNOWN", None)],
)
def test_where_counts_are_recorded_as_they_are_no_par_stands_for_one(
    house: str, own: str | None
) -> None:
    """BASE-9, SNAP-2, LESSON-1: in Inventory Count, the casino's or the table's own, a par is a
    target; opening does not count by itself, and nobody may say par instead. Nor before a mode is
    chosen.
    """
    casino = found(mode=house)
    table = with_par(casino, table_bank_mode=own)
    opened = table.open()
    assert (opened["need_total_cents"], opened["opening"]) == (worth(TRAY), None)
    casino.person("dana")
    casino.person("pat")
    with nothing_changes(casino):
        attest_opening(table).must_refuse(409, "PAR_ATTESTED_NOT_ALLOWED")
    assert snapshots(table) == []
    rundown = table.rundown()
    assert (rundown["opening_total_cents"], rundown["opening_source"]) == (None, None)
    assert table.session()["expected_tray_cents"] is None
    shown = next(
        each for each in casino.sam.get("/floor").must(200)["items"] if each["id"] == table.id
    )
    assert (shown["last_count"], shown["expected_tray_cents"]) == (None, None)


def test_a_session_that_closed_without_an_opener_gets_none_from_par() -> None:
    """BASE-9, CLOSE-2, LESSON-1: the result is unknown, however well the target is known."""
    casino = found()
    table = with_par(casino)
    table.open()
    table.force_close()
    rundown = table.rundown()
    assert rundown["state"] == "missing_opening"
    assert (rundown["opening_total_cents"], rundown["table_win_cents"]) == (None, None)
    assert snapshots(table) == []


def test_an_imprest_table_may_open_on_its_par_once_and_says_so() -> None:
    """BASE-9, SNAP-2: materialised by signature, marked, and never taken for a count: the next
    session is counted.
    """
    casino = found(mode="IMPREST_TO_PAR")
    table = with_par(casino)
    table.open()
    assert snapshots(table) == [], "not by itself: somebody signs for it"
    opener = attest_opening(table).must(201)
    assert (opener["basis"], opener["total_cents"]) == ("PAR_ATTESTED", worth(TRAY))
    assert (opener["is_synthetic"], opener["synthetic_reason"]) == (True, "par_attested")
    assert table.rundown()["opening_source"] == "PAR_ATTESTED"
    table.close()
    table.open()
    with nothing_changes(casino):
        attest_opening(table).must_refuse(409, "PAR_ATTESTED_NOT_ALLOWED")
