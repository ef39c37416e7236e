"""Counting the tray of a table that stands closed (SNAP-7, INV-13)."""

from typing import Any

import pytest

from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Answer, Casino, Person
from tests.say import chips, dollars

SHORT = "40 red, 40 green, 19 black"


@pytest.fixture
def closed(own: Casino) -> AtTable:
    table = a_table(own)
    table.open_table()
    table.close(TRAY)
    return table


def count(
    table: AtTable, tray: str = TRAY, *, also: tuple[Person, ...] = (), **more: Any
) -> Answer:
    casino = table.casino
    return casino.sam.post(
        f"/tables/{table.id}/idle-count",
        {"chipset": chips(tray), **more},
        at=table.when(None),
        signed=[casino.dana, *also],
    )


def variances(casino: Casino) -> list[Json]:
    items: list[Json] = casino.pat.get("/exceptions", kind="OPENING_VARIANCE").must(200)["items"]
    return items


def test_a_closed_table_is_counted_without_a_session(closed: AtTable) -> None:
    """SNAP-7: a count by two people that belongs to no session and has no number."""
    counted = count(closed).must(201)
    assert (counted["kind"], counted["basis"], counted["session_id"]) == ("IDLE", "COUNTED", None)
    assert (counted["number"], counted["session_status"]) == (None, None)
    assert {each["role"] for each in counted["signatures"]} == {"SUPERVISOR", "DEALER"}
    assert counted["exceptions_raised"] == []


def test_one_person_alone_does_not_count_it(closed: AtTable) -> None:
    """SIGN-3, INV-13: dealer and supervisor, or two supervisors."""
    path, asked = f"/tables/{closed.id}/idle-count", {"chipset": chips(TRAY)}
    refused = closed.casino.sam.post(path, asked, at=closed.when(None))
    assert refused.must(422)["code"] == "SIGNATURE_MISSING"


def test_a_table_in_play_is_counted_by_its_session(closed: AtTable) -> None:
    """SNAP-7: an idle count is of a closed table."""
    closed.open()
    assert count(closed).must(409)["code"] == "SESSION_ALREADY_LIVE"


def test_what_was_never_played_left_nothing_to_count(own: Casino) -> None:
    """PAR-11: a table's first chips are its initial bank."""
    fresh = a_table(own)
    assert count(fresh).must(409)["code"] == "PRECONDITIONS_MISSING"


def test_the_next_opener_is_compared_with_it(closed: AtTable) -> None:
    """SESS-5, SNAP-7: it replaces the last closer; the difference was a manager's word before."""
    casino = closed.casino
    count(closed, SHORT, also=(casino.pat,), reason="a chip fell apart").must(201)
    closed.open_table(SHORT)
    (raised,) = variances(casino)
    assert raised["subject"]["type"] == "count"
    day = closed.session()["gaming_day"]
    links = casino.ana.get("/reports/opener-closer-chain", gaming_day=day).must(200)["items"]
    second = next(each for each in links if each["sequence"] == 2)
    assert (second["held"], second["closer_cents"]) == ("equal", dollars("3100"))


def test_an_opener_that_forgets_it_is_counted_again(closed: AtTable) -> None:
    """SESS-5: what agrees with the closer alone does not agree with what was counted since."""
    casino = closed.casino
    count(closed, SHORT, also=(casino.pat,), reason="a chip fell apart").must(201)
    closed.open()
    path, asked = f"{closed.path}/snapshots", {"kind": "OPENING", "chipset": chips(TRAY)}
    told = casino.sam.post(path, asked, at=closed.when(None), signed=[casino.dana]).must(200)
    assert (told["recount_required"], told["difference_cents"]) == (True, dollars("100"))


def test_a_count_that_differs_needs_a_manager_and_a_reason(closed: AtTable) -> None:
    """SESS-5, FIND-1: chips that went behind a closed lid are an exception, not a new truth."""
    casino = closed.casino
    refused = count(closed, SHORT).must(409)
    assert refused["code"] == "OPENING_VARIANCE_NEEDS_MANAGER"
    assert refused["facts"]["difference_cents"] == dollars("100")
    assert count(closed, SHORT, also=(casino.pat,)).must(409)["code"] == refused["code"]
    kept = count(closed, SHORT, also=(casino.pat,), reason="nobody knows").must(201)
    (raised,) = kept["exceptions_raised"]
    (listed,) = variances(casino)
    assert (raised["kind"], raised["variance_cents"]) == ("OPENING_VARIANCE", -dollars("100"))
    assert (listed["id"], listed["stops"], listed["status"]) == (raised["id"], "result", "OPEN")
    assert listed["session_id"] == closed.session_id


def test_who_counted_it_does_not_explain_it(closed: AtTable) -> None:
    """FIND-3: the resolver signed none of the facts in question."""
    casino = closed.casino
    count(closed, SHORT, also=(casino.pat,), reason="nobody knows").must(201)
    (raised,) = variances(casino)
    path = f"/exceptions/{raised['id']}/resolve"
    asked = {"reason_code": "MISCOUNT", "narrative": "seen on camera"}
    assert casino.pat.post(path, asked, at=casino.tick()).must(422)["code"] == "SIGNER_INVOLVED"
    resolved = casino.ana.post(path, asked, at=casino.tick()).must(200)
    assert resolved["status"] == "RESOLVED"


def test_a_window_starts_from_it(closed: AtTable) -> None:
    """BASE-1: the latest counted snapshot before the start, also where it is an idle count."""
    casino = closed.casino
    counted = count(closed, SHORT, also=(casino.pat,), reason="a chip fell apart").must(201)
    start, end = "2026-03-02T20:00:00Z", "2026-03-02T21:00:00Z"
    rows = casino.ana.get("/win-loss", start=start, end=end).must(200)["items"]
    row = next(each for each in rows if each["table_id"] == closed.id)
    assert row["opening_source"] == "snapshot:prior_count"
    assert row["opening_snapshot_id"] == counted["id"]


def test_a_table_whose_chips_went_to_the_cage_is_decommissioned(closed: AtTable) -> None:
    """SESS-2: with chips in its last count it is not; with an empty tray it is."""
    casino, path = closed.casino, f"/tables/{closed.id}"
    ask = {"status": "closed"}
    assert casino.ada.patch(path, ask, at=casino.tick()).must(409)["code"] == "TABLE_NOT_EMPTY"
    asked = {"chipset": {}, "reason": "the tray was broken up"}
    hands = [casino.dana, casino.pat]
    casino.sam.post(f"{path}/idle-count", asked, at=closed.when(None), signed=hands).must(201)
    casino.ada.patch(path, ask, at=casino.tick()).must(200)
