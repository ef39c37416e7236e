"""A count has a beginning: chips that move after it make it stale (SNAP-5), over HTTP."""

import pytest

from tests.api.documented import names_of
from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino, Person
from tests.line import Answer
from tests.say import chips, worth


def begin(table: AtTable, kind: str = "INTERIM", *, by: Person | None = None) -> Json:
    who = by or table.casino.sam
    answer: Json = who.post(f"{table.path}/counts", {"kind": kind}, at=table.when(None)).must(201)
    return answer


def count(table: AtTable, count_id: str, *, kind: str = "INTERIM", tray: str = TRAY) -> Answer:
    asked = {"kind": kind, "chipset": chips(tray), "count_id": count_id}
    path, dana = f"{table.path}/snapshots", table.casino.dana
    return table.casino.sam.post(path, asked, at=table.when(None), signed=[dana])


def test_a_count_is_begun_and_named(live: AtTable) -> None:
    """SNAP-5: what it starts from; the snapshot says which start guarded it."""
    opener = live.session()["opening"]
    start = begin(live, by=live.casino.dana)
    assert set(start) == names_of("count_start")
    assert start["id"] == start["count_id"]
    assert (start["kind"], start["session_id"]) == ("INTERIM", live.session_id)
    assert start["started_by"] == live.casino.dana.id
    assert start["base_snapshot_id"] == opener["id"]
    assert start["expected_tray_cents"] == opener["total_cents"]
    assert (start["renews"], start["moved"]) == (None, [])
    snapshot = count(live, start["count_id"]).must(201)
    assert snapshot["count_id"] == start["count_id"]


def test_a_fill_while_counting_is_refused_with_what_happened(live: AtTable) -> None:
    """SNAP-5: which slip, when and how much; nothing is kept, and the count is begun anew."""
    slip = live.issue(live.ask_fill("5 black"))
    start = begin(live)
    verified = live.verify_fill(slip)
    with nothing_changes(live.casino):
        answer = count(live, start["count_id"])
        stale = answer.must_refuse(409, "COUNT_STALE", count_id=start["count_id"])["facts"]
    (moved,) = stale["slips"]
    assert (moved["number"], moved["effect_cents"]) == (slip["number"], worth("5 black"))
    assert moved["at"] == verified["tray_instant"]
    assert stale["moved_cents"] == worth("5 black")
    assert stale["ways_on"] == ["count_again", "start_again"]
    again = begin(live)
    assert again["renews"] == start["count_id"]
    assert [each["id"] for each in again["moved"]] == [slip["id"]]
    counted = count(live, again["count_id"], tray="25 black, 40 green, 40 red").must(201)
    assert counted["total_cents"] == worth(TRAY) + worth("5 black")


@pytest.mark.parametrize("kind", ["OPENING", "CLOSING"])
def test_a_count_that_cannot_be_recorded_cannot_be_begun(table: AtTable, kind: str) -> None:
    """SESS-6: by the phase of the session."""
    table.prepare()
    answer = table.casino.sam.post(f"{table.path}/counts", {"kind": kind})
    answer.must_refuse(409, f"SESSION_NOT_{kind}", status="READY_TO_OPEN")


def test_an_unknown_start_is_not_found(live: AtTable, casino: Casino) -> None:
    """404 for one that is not there, of another session, or of another kind."""
    other = a_table(casino)
    other.open_table()
    elsewhere, closing = begin(other)["count_id"], begin(live, "CLOSING")["count_id"]
    for count_id in (live.session_id, elsewhere, closing):
        count(live, count_id).must_refuse(404, "NOT_FOUND", count_id=count_id)
        unsigned = {"kind": "INTERIM", "chipset": {}, "count_id": count_id}
        answer = live.casino.sam.post(f"{live.path}/snapshots", unsigned)
        answer.must_refuse(404, "NOT_FOUND", count_id=count_id)


def test_a_start_is_recorded_once(live: AtTable) -> None:
    """SNAP-5, LESSON-28: the same start is no second count."""
    start = begin(live)
    first = count(live, start["count_id"]).must(201)
    answer = count(live, start["count_id"])
    answer.must_refuse(409, "COUNT_STALE", snapshot_id=first["id"])


def test_a_retry_begins_one_count(live: AtTable) -> None:
    """IDEM-1: the same key answers the same start."""
    asked = {"kind": "INTERIM"}
    first = live.casino.sam.post(f"{live.path}/counts", asked, key="begin-once").must(201)
    again = live.casino.sam.post(f"{live.path}/counts", asked, key="begin-once")
    assert again.replayed
    assert again.must(201) == first


def test_a_roll_over_names_its_start(live: AtTable) -> None:
    """SNAP-5, SESS-8: its one count is a closing; stale, it closes nothing and opens nothing."""
    start = begin(live, "CLOSING")
    live.fill("5 black")
    tray = "25 black, 40 green, 40 red"
    asked = {"chipset": chips(tray), "count_id": start["count_id"]}
    path, sue = f"{live.path}/roll-over", live.casino.sue
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(path, asked, at=live.when(None), signed=[sue])
        answer.must_refuse(409, "COUNT_STALE")
    rolled = live.roll_over(tray, count_id=begin(live, "CLOSING")["count_id"])
    assert rolled["closed"]["closing"]["count_id"] == rolled["opened"]["opening"]["count_id"]


def test_without_a_start_everything_stays_as_it_was(live: AtTable) -> None:
    """SNAP-5: a count that names no start is not guarded."""
    begin(live)
    live.fill("5 black")
    assert live.count("INTERIM", TRAY)["count_id"] is None
