"""What is set up in a simulated casino before it is told an instant is older than all its play."""

from datetime import UTC, datetime
from uuid import uuid4

from tests.at_table import AtTable
from tests.cast import found

LAST_MARCH = datetime(2026, 3, 2, 15, tzinfo=UTC)


def test_a_table_without_an_instant_is_there_for_play_in_the_past() -> None:
    """TIME-5: play may lie anywhere, and the table, its box and its chips were there before it."""
    casino = found(mode="UNKNOWN")
    casino.ada.patch("/casino", {"table_bank_mode": "INVENTORY_COUNT"}).must(200)
    pink = {"code": "250", "cents": 250, "colour": "pink", "set": "VALUE", "in_bank": True}
    casino.ada.post("/chips", pink).must(201)
    asked = {"code": f"BJ-{uuid4().hex[:6]}", "pit": "1", "game_type": "BLACKJACK"}
    table = casino.ada.post("/tables", asked).must(201)
    assert table["table_bank_mode"] == "INVENTORY_COUNT"

    casino.now = LAST_MARCH
    at_table = AtTable(casino=casino, table=table)
    at_table.open_table({"250": 8, "2500": 40})
    slip = at_table.fill("10 green")
    assert slip["box"] == table["mounted_box"]
    at_table.close({"250": 8, "2500": 50})
    assert at_table.drop()["state"] == "REMOVED"
