"""How a table closes is changed by who says so, never by who tells of its par alone (PAR-2, PAR-5).

A row of policy decides whole: one that came of a sheet or of advice, which say nothing of the mode,
would else set the casino's in place of the table's own.
"""

from typing import Any

import pytest

from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import worth

TODAY, TOMORROW, LATER = "2026-03-02", "2026-03-03", "2026-03-09"


def policy(casino: Casino, **row: Any) -> None:
    asked = {"par_total_cents": worth(TRAY), "effective_from_gaming_day": TODAY, **row}
    casino.pat.post("/par-policies", asked, at=casino.now).must(201)


def mode(table: AtTable, day: str) -> Any:
    par = table.casino.sam.get(f"/tables/{table.id}/par", gaming_day=day).must(200)
    return par["table_bank_mode"]


@pytest.mark.parametrize("of_the_game", [False, True])
def test_a_sheet_of_needs_leaves_the_mode_as_it_is(of_the_game: bool) -> None:
    """PAR-2, PAR-8: the table's own mode, or its game's, stays with the need that is imported."""
    casino = found()
    table, other = a_table(casino), a_table(casino, game_type="CRAPS")
    whom = {"game_type": "BLACKJACK"} if of_the_game else {"table_id": table.id}
    policy(casino, **whom, table_bank_mode="IMPREST_TO_PAR")
    rows = [{"table_code": each.code, "need_cents": 500} for each in (table, other)]
    asked = {"rows": rows, "effective_from_gaming_day": TOMORROW}
    casino.pat.post("/par-sheets", asked, at=casino.now).must(200)
    (row,) = casino.sam.all_of("/par-policies", table_id=table.id)[-1:]
    assert (row["par_total_cents"], row["source"]) == (500, "imported")
    assert mode(table, TODAY) == mode(table, TOMORROW) == "IMPREST_TO_PAR"
    assert mode(other, TOMORROW) == "INVENTORY_COUNT"
    (inherits,) = casino.sam.all_of("/par-policies", table_id=other.id)
    assert inherits["table_bank_mode"] is None, "what inherits goes on inheriting"


def test_an_approved_close_leaves_the_mode_as_it_is_by_then() -> None:
    """PAR-2, PAR-7, SUGG-4: what the row in force says on the day it begins, not when asked for."""
    casino = found()
    table = a_table(casino)
    policy(casino, table_id=table.id, table_bank_mode="IMPREST_TO_PAR")
    table.open_table()
    table.closing()
    table.count("CLOSING", TRAY)
    casino.sam.post(f"{table.path}/attest-par", at=casino.tick(), signed=[casino.dana]).must(200)
    casino.sam.post(f"{table.path}/close", at=casino.tick()).must(200)
    for expected in ("IMPREST_TO_PAR", "INVENTORY_COUNT"):
        how = {"kind": "adopt", "table_id": table.id}
        (proposal,) = casino.pat.post("/par-proposals", how, at=casino.now).must(201)["items"]
        if expected == "INVENTORY_COUNT":
            policy(
                casino,
                table_id=table.id,
                table_bank_mode=expected,
                effective_from_gaming_day=LATER,
            )
        path = f"/par-proposals/{proposal['id']}/approve"
        day = {"effective_from_gaming_day": LATER}
        casino.cam.post(path, day, at=casino.now).must(200)
        assert mode(table, LATER) == expected


def test_what_somebody_proposed_is_approved_as_they_said_it(own: Casino) -> None:
    """PAR-4: with the mode they named, and inheriting where they named none."""
    table = a_table(own)
    policy(own, table_id=table.id, table_bank_mode="IMPREST_TO_PAR")
    for named in ("IMPREST_TO_PAR", None):
        asked = {"table_id": table.id, "par_total_cents": 5, "table_bank_mode": named}
        proposal = own.sam.post(
            "/par-policies", {**asked, "effective_from_gaming_day": LATER}, at=own.now
        ).must(201)
        path = f"/par-proposals/{proposal['id']}/approve"
        own.cam.post(path, {"effective_from_gaming_day": LATER}, at=own.now).must(200)
        row = own.sam.all_of("/par-policies", table_id=table.id)[-1]
        assert row["table_bank_mode"] == named
