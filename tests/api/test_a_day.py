"""One table from READY_TO_OPEN to FINALIZED over HTTP, and the next shift after it."""

from tests.at_table import AtTable
from tests.say import dollars, worth


def test_a_table_is_played_closed_dropped_counted_and_finalized(table: AtTable) -> None:
    """RUN-1, SESS-3, SESS-4, CLOSE-1, BOX-2, SOFT-6, RUN-4, RUN-5: C + credits + drop - O - F."""
    opener, closer = "40 red, 40 green, 20 black", "60 red, 20 green, 30 black"
    assert table.open_table(opener)["status"] == "OPEN"
    fill = table.fill("10 black")
    assert fill["status"] == "DEPOSITED_IN_DROPBOX"
    credit = table.credit("20 green")
    assert credit["status"] == "DEPOSITED_IN_DROPBOX"
    closed = table.close(closer)
    assert closed["status"] == "CLOSED"
    table.drop()
    table.custody()
    table.soft_count(dollars("2,345.00"))
    assert table.session()["drop_state"] == "COUNTED"
    assert table.reconcile()["status"] == "RECONCILED"
    final = table.finalize()
    assert final["status"] == "FINALIZED"
    assert final["state"] == "complete"
    assert final["table_win_cents"] == (
        worth(closer) + worth("20 green") + dollars("2,345") - worth(opener) - worth("10 black")
    )
