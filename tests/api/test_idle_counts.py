"""Counting a table that stands closed: it takes the last closer's place (SNAP-7, INV-13)."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino
from tests.line import Answer
from tests.say import chips, worth

LESS = "40 red, 40 green, 19 black"


@pytest.fixture
def closed(own: Casino) -> AtTable:
    """A table closed with the usual tray."""
    table = a_table(own)
    table.open_table()
    table.close()
    return table


def counted(table: AtTable, tray: str, **more: object) -> Answer:
    """Dana and Sam look into the tray of a closed table."""
    casino = table.casino
    body = {"chipset": chips(tray), **more}
    path = f"/tables/{table.id}/idle-count"
    return casino.sam.post(path, body, at=casino.tick(), signed=[casino.dana])


def variances(table: AtTable) -> list[Json]:
    return table.casino.art.all_of("/exceptions", table_id=table.id, kind="OPENING_VARIANCE")


def test_an_idle_count_hangs_on_no_session(closed: AtTable) -> None:
    """SNAP-7, SNAP-1, INV-13: signed by two, without a number, and it changes no result."""
    before = closed.rundown()
    given = counted(closed, LESS, total_cents=worth(LESS)).must(201)
    assert (given["kind"], given["session_id"], given["number"]) == ("IDLE", None, None)
    assert (given["basis"], given["total_cents"]) == ("COUNTED", worth(LESS))
    assert {each["role"] for each in given["signatures"]} == {"SUPERVISOR", "DEALER"}
    assert closed.rundown() == before


def test_the_next_opener_is_held_against_it(closed: AtTable) -> None:
    """SNAP-7, SESS-5: not against the closer before it; what differs from it is a trial first."""
    counted(closed, LESS).must(201)
    following = AtTable(casino=closed.casino, table=closed.table)
    following.open()
    assert following.count("OPENING", TRAY)["recount_required"]
    assert "recount_required" not in following.count("OPENING", LESS)
    assert variances(following) == []


def test_the_latest_idle_count_decides_and_play_begins_anew(closed: AtTable) -> None:
    """SNAP-7: the last of several; after the next session its own closer counts again."""
    counted(closed, TRAY).must(201)
    counted(closed, LESS).must(201)
    following = AtTable(casino=closed.casino, table=closed.table)
    following.open_table(LESS)
    following.close("7 red")
    third = AtTable(casino=closed.casino, table=closed.table)
    third.open()
    assert third.count("OPENING", LESS)["recount_required"]
    assert "recount_required" not in third.count("OPENING", "7 red")


def test_it_stands_for_a_closing_that_nobody_counted(own: Casino) -> None:
    """SNAP-7, LESSON-16: the next opener has something to be compared with after all."""
    table = a_table(own)
    table.open_table()
    table.force_close()
    counted(table, LESS).must(201)
    following = AtTable(casino=own, table=table.table)
    following.open()
    assert following.count("OPENING", TRAY)["recount_required"]


def test_a_table_in_play_is_counted_in_its_session(closed: AtTable) -> None:
    """SNAP-7: refused with the session that is live; and nobody counts alone."""
    casino = closed.casino
    with nothing_changes(casino):
        path, body = f"/tables/{closed.id}/idle-count", {"chipset": chips(LESS)}
        casino.sam.post(path, body, at=casino.tick()).must_refuse(422, "SIGNATURE_MISSING")
        early = casino.sam.post(path, body, at="06:00", signed=[casino.dana])
        early.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    following = AtTable(casino=casino, table=closed.table)
    following.open_table()
    with nothing_changes(casino):
        facts = counted(closed, LESS).must_refuse(409, "SESSION_ALREADY_LIVE")["facts"]
    assert facts["session_id"] == following.session_id


def test_an_idle_count_may_come_from_paper(closed: AtTable) -> None:
    """BACK-1, SNAP-7."""
    casino = closed.casino
    paper = {"form": "Inventory slip", "number": "I-3", "signed_by": ["D. Diaz"], "reason": "dark"}
    body = {"chipset": chips(LESS), "paper": paper}
    path = f"/tables/{closed.id}/idle-count"
    given = casino.sam.post(path, body, at=casino.tick(), signed=[casino.pat]).must(201)
    assert (given["basis"], given["paper"]["number"]) == ("PAPER", "I-3")
