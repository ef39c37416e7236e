"""The journal over HTTP: one entry per command, gap-free, chained, and nothing refused (JRN)."""

import hashlib
import itertools

from tablebank.domain.journal import GENESIS
from tests.api.catalogue import NOBODY
from tests.at_table import AtTable, a_table
from tests.cast import Casino
from tests.say import at, chips

PLAYED = (
    *("prepare_session", "record_snapshot", "request_fill", "issue_fill", "verify_slip"),
    *("begin_closing", "record_snapshot", "close_session", "register_box", "remove_box"),
    *("record_custody", "post_count", "reconcile", "finalize"),
)


def _hire(casino: Casino) -> None:
    for name in ("sam", "dana", "pat", "casey", "rory", "dora", "dex", "tina", "tom", "ana", "art"):
        casino.person(name)


def _played(casino: Casino) -> AtTable:
    table = a_table(casino)
    table.open_table()
    table.fill("1 black")
    table.close()
    table.drop()
    table.custody()
    table.soft_count(100)
    table.reconcile()
    table.finalize()
    return table


def test_every_command_writes_exactly_one_entry(own: Casino) -> None:
    """JRN-1, SYS-09: numbers without a gap, in the order of what was done."""
    _hire(own)
    head = own.art.get("/journal/verify")["entries"]
    _played(own)
    entries = own.art.get("/journal", after=head, limit=1000).must(200)["items"]
    assert [each["command"] for each in entries] == ["register_table", *PLAYED]
    assert [each["number"] for each in entries] == list(range(head + 1, head + 1 + len(entries)))


def test_an_entry_says_who_what_when_and_all_of_it(live: AtTable) -> None:
    """JRN-1: actor, role, command, subject, instants and the full content."""
    slip = live.casino.sam.post(
        f"{live.path}/fills",
        {"chipset": chips("3 black"), "remark": "the rush"},
        at=live.when(None),
    ).must(201)
    head = live.casino.art.get("/journal/verify")["entries"]
    entry = live.casino.art.get("/journal", after=head - 1).must(200)["items"][0]
    assert (entry["command"], entry["role"]) == ("request_fill", "SUPERVISOR")
    assert entry["actor_id"] == live.casino.sam.id
    assert entry["actor"] == "2001 Sam Sato"
    assert (entry["subject_id"], entry["session_id"]) == (slip["id"], live.session_id)
    assert (entry["table_id"], entry["occurred_at"]) == (
        live.id,
        slip["history"][0]["occurred_at"],
    )
    asked = entry["content"]["asked"]
    assert asked["remark"] == "the rush"
    assert asked["body"]["chipset"] == chips("3 black")
    rows = {each["row"] for each in entry["content"]["new"]}
    assert {"slip", "slip_step", "signature"} <= rows


def test_entries_are_chained_by_hash(own: Casino) -> None:
    """JRN-1, LESSON-32: each holds the hash of the one before; the first the genesis."""
    _hire(own)
    _played(own)
    entries = own.art.get("/journal", limit=1000).must(200)["items"]
    assert entries[0]["previous_hash"] == GENESIS
    for before, entry in itertools.pairwise(entries):
        assert entry["previous_hash"] == before["hash"]
    assert all(len(each["hash"]) == len(hashlib.sha256().hexdigest()) for each in entries)
    seen = own.art.get("/journal/verify").must(200)
    assert (seen["valid"], seen["broken_at"]) == (True, None)
    assert (seen["entries"], seen["head_hash"]) == (len(entries), entries[-1]["hash"])


def test_what_is_refused_leaves_no_entry(live: AtTable) -> None:
    """JRN-1, SESS-6: none for a wrong role, shape, state or signature that was not given."""
    casino = live.casino
    head = casino.art.get("/journal/verify")["entries"]
    casino.dana.post(f"{live.path}/fills", {"chipset": {"500": 1}})
    casino.sam.post(f"{live.path}/fills", {"chipset": {"7": 1}})
    casino.sam.post(f"{live.path}/close")
    casino.sam.post(f"{live.path}/attest-par")
    casino.sam.post(f"/sessions/{NOBODY}/closing")
    assert casino.art.get("/journal/verify")["entries"] == head


def test_a_finding_goes_into_the_entry_that_raised_it(live: AtTable) -> None:
    """JRN-1, FIND-3: it names that entry's number."""
    live.force_close()
    head = live.casino.art.get("/journal/verify")["entries"]
    entry = live.casino.art.get("/journal", after=head - 1)["items"][0]
    raised = entry["content"]["findings"]
    assert [each["kind"] for each in raised] == ["MISSING_CLOSING_COUNT"]
    listed = live.casino.pat.all_of("/exceptions", session_id=live.session_id)
    assert listed[0]["journal_numbers"] == [entry["number"]]


def test_the_journal_is_read_from_a_position(live: AtTable) -> None:
    """JRN-4, RET-02: page by page, nothing twice, nothing left out."""
    art = live.casino.art
    head = art.get("/journal/verify")["entries"]
    numbers: list[int] = []
    after = 0
    while True:
        page = art.get("/journal", after=after, limit=7).must(200)
        numbers += [each["number"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        after = int(page["next_cursor"])
    assert numbers == list(range(1, head + 1))
    assert art.get("/journal", after=head)["items"] == []


def test_recorded_at_is_the_servers_and_occurred_at_the_floors(own: Casino) -> None:
    """TIME-1, TIME-5: in a simulated casino too, `recorded_at` stays real."""
    live = a_table(own)
    live.open_table(at="08:00")
    count = live.count("INTERIM", "1 black", at="11:11")
    assert count["occurred_at"] == at("11:11")
    assert count["recorded_at"] > "2026-03-03"
