"""A session's life over HTTP: prepare, open, compare the opener, void, roll over (SESS)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import at, chips, dollars

TRAY = chips("40 red, 40 green, 20 black")


def _shift(casino: Casino, code: str) -> str:
    shifts = casino.sam.get("/shifts", gaming_day="2026-03-02").must(200)["items"]
    return str(next(each["id"] for each in shifts if each["code"] == code))


def test_a_table_has_one_live_session(live: AtTable) -> None:
    """SESS-1, LESSON-27: a second open is refused and names the session in the way."""
    other = {"table_id": live.id, "open": True}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post("/sessions", other, at=live.casino.now)
        answer.must_refuse(409, "SESSION_ALREADY_LIVE", session_id=live.session_id, status="OPEN")
    prepared = live.casino.sam.post("/sessions", {"table_id": live.id}).must(201)
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(f"/sessions/{prepared['id']}/open", at=live.casino.now)
        answer.must_refuse(409, "SESSION_ALREADY_LIVE", session_id=live.session_id)


def test_a_table_is_prepared_once_for_a_shift(own: Casino) -> None:
    """SESS-1, SESS-3: one READY_TO_OPEN for each shift, as many shifts as one likes."""
    casino, table = own, a_table(own)
    first = table.prepare()
    assert (first["status"], first["sequence"]) == ("READY_TO_OPEN", None)
    with nothing_changes(casino):
        answer = casino.sam.post("/sessions", {"table_id": table.id}, at=casino.now)
        answer.must_refuse(409, "SESSION_ALREADY_PREPARED", session_id=first["id"])
    swing = table.prepare(shift_id=_shift(casino, "SWING"))
    assert swing["shift_code"] == "SWING"


def test_open_takes_the_session_that_was_prepared(table: AtTable) -> None:
    """SESS-3: `open: true` opens what stands ready for that shift."""
    prepared = table.prepare()
    assert table.open()["id"] == prepared["id"]
    with nothing_changes(table.casino):
        answer = table.casino.sam.post(f"{table.path}/open", at=table.casino.now)
        answer.must_refuse(409, "SESSION_ALREADY_LIVE")
    table.force_close()
    answer = table.casino.sam.post(f"{table.path}/open", at=table.casino.now)
    answer.must_refuse(409, "SESSION_NOT_READY", status="CLOSED")


def test_only_an_available_table_is_opened(table: AtTable) -> None:
    """SESS-2, LESSON-15: an idle or decommissioned table is neither prepared nor opened."""
    casino = table.casino
    prepared = table.prepare()
    for status in ("inactive", "closed"):
        casino.ada.patch(f"/tables/{table.id}", {"status": status}).must(200)
        with nothing_changes(casino):
            answer = casino.sam.post(f"/sessions/{prepared['id']}/open", at=casino.now)
            answer.must_refuse(409, "TABLE_NOT_ACTIVE", status=status, table_id=table.id)
            answer = casino.sam.post("/sessions", {"table_id": table.id}, at=casino.now)
            answer.must_refuse(409, "TABLE_NOT_ACTIVE")


def test_a_session_closes_although_its_table_went_idle(live: AtTable) -> None:
    """SESS-2: taking a table out of service does not hold up its close."""
    live.casino.ada.patch(f"/tables/{live.id}", {"status": "inactive"}).must(200)
    assert live.close()["status"] == "CLOSED"


def test_a_table_with_chips_is_not_decommissioned(live: AtTable) -> None:
    """SESS-2: not while it is live, not with chips in its last closing, but with an empty tray."""
    casino = live.casino
    gone = {"status": "closed"}
    answer = casino.ada.patch(f"/tables/{live.id}", gone)
    answer.must_refuse(409, "TABLE_NOT_EMPTY", live=True)
    live.close("1 white")
    with nothing_changes(casino):
        answer = casino.ada.patch(f"/tables/{live.id}", gone)
        answer.must_refuse(409, "TABLE_NOT_EMPTY", last_count_cents=100, live=False)
    live.open_table("1 white")
    live.close("")
    assert casino.ada.patch(f"/tables/{live.id}", gone).must(200)["status"] == "closed"


def test_what_opening_needs_is_listed() -> None:
    """SESS-3: PRECONDITIONS_MISSING names all of it; a casino may do without boxes."""
    casino = found()
    casino.person("sam")
    table = a_table(casino, game_type=None, first_box=None)
    asked = {"table_id": table.id, "open": True}
    with nothing_changes(casino):
        casino.sam.post("/sessions", asked, at=casino.now).must_refuse(
            409, "PRECONDITIONS_MISSING", missing=["game_settings", "mounted_box"]
        )
    casino.ada.patch(f"/tables/{table.id}", {"game_type": "BACCARAT"}).must(200)
    answer = casino.sam.post("/sessions", asked, at=casino.now)
    answer.must_refuse(409, "PRECONDITIONS_MISSING", missing=["mounted_box"])
    casino.ada.patch("/casino", {"settings": {"drop_box_required": False}}).must(200)
    assert casino.sam.post("/sessions", asked, at=casino.now).must(201)["status"] == "OPENING"


def test_opening_binds_once_and_for_good(table: AtTable) -> None:
    """SESS-3, PAR-9, LESSON-12, SHF-08: code, pit, game, limits and need stay as
    they were at opening.
    """
    casino = table.casino
    policy = {
        "table_id": table.id,
        "par_total_cents": dollars("3,200"),
        "effective_from_gaming_day": "2026-03-02",
    }
    par = casino.pat.post("/par-policies", policy, at=casino.now).must(201)
    opened = table.open_table()
    bound = {
        "table_code": table.code,
        "pit": "PIT 1",
        "game_type": "BLACKJACK",
        "table_bank_mode": "INVENTORY_COUNT",
        "need_total_cents": dollars("3,200"),
        "par_policy_id": par["id"],
        "sequence": 1,
    }
    assert {name: opened[name] for name in bound} == bound
    changes = {"pit": "PIT 9", "game_type": "CRAPS", "name": "Renamed", "limits": None}
    casino.ada.patch(f"/tables/{table.id}", changes).must(200)
    later = {**policy, "par_total_cents": 1, "effective_from_gaming_day": "2026-03-03"}
    casino.pat.post("/par-policies", later).must(201)
    assert {name: table.session()[name] for name in bound} == bound


def test_nothing_moves_before_the_opener(table: AtTable) -> None:
    """SESS-4, LESSON-19, INV-01: no fill, credit, count or removal before OPEN."""
    casino = table.casino
    table.open()
    now = table.when(None)
    notice = {"notified_at": at("06:00"), "operator": "Sol"}
    with nothing_changes(casino):
        for step in ("fills", "credits"):
            answer = casino.sam.post(f"{table.path}/{step}", {"chipset": TRAY}, at=now)
            answer.must_refuse(409, "SESSION_NOT_OPEN", status="OPENING")
        asked = {"type": "SCHEDULED", "surveillance": notice}
        answer = casino.dora.post(f"{table.path}/drop/remove", asked, at=now, signed=[casino.dex])
        answer.must_refuse(409, "SESSION_NOT_OPEN")
        asked = {"kind": "INTERIM", "chipset": TRAY}
        answer = casino.sam.post(f"{table.path}/snapshots", asked, at=now, signed=[casino.dana])
        answer.must_refuse(409, "SESSION_NOT_OPEN")
        casino.sam.post(f"{table.path}/closing", at=now).must_refuse(409, "SESSION_NOT_OPEN")


def _opened_after(table: AtTable, closer: str) -> None:
    table.open_table()
    table.close(closer)
    table.open()


def test_a_first_differing_opener_is_a_trial_and_counted_again(table: AtTable) -> None:
    """SESS-5, INV-09: 200 with the trial and the difference; unnumbered and in
    no list of snapshots.
    """
    _opened_after(table, "20 black")
    asked = {"kind": "OPENING", "chipset": chips("19 black, 4 green")}
    given = table.casino.sam.post(
        f"{table.path}/snapshots", asked, at=table.when(None), signed=[table.casino.dana]
    )
    first = given.must(200)
    assert first["recount_required"] is True
    assert first["session_status"] == "OPENING"
    assert first["difference_cents"] == dollars("200"), "by chip type, although the totals agree"
    assert first["difference"] == {"10000": -1, "2500": 4}
    assert first["trial"]["chipset"] == {"10000": 19, "2500": 4}
    assert "number" not in first["trial"]
    assert table.casino.art.get(f"{table.path}/snapshots")["items"] == []
    again = table.count("OPENING", "20 black")
    assert (again["session_status"], again["number"][:2]) == ("OPEN", "O-")
    assert table.casino.pat.all_of("/exceptions", session_id=table.session_id) == []


def test_a_second_differing_opener_needs_a_pit_manager(table: AtTable) -> None:
    """SESS-5, INV-10: with Pat and a reason the table opens, and
    OPENING_VARIANCE is left to resolve.
    """
    _opened_after(table, "20 black")
    casino = table.casino
    path, asked = f"{table.path}/snapshots", {"kind": "OPENING", "chipset": chips("19 black")}
    casino.sam.post(path, asked, at=table.when(None), signed=[casino.dana]).must(200)
    now = table.when(None)
    with nothing_changes(casino):
        answer = casino.sam.post(path, asked, at=now, signed=[casino.dana])
        answer.must_refuse(409, "OPENING_VARIANCE_NEEDS_MANAGER")
        answer = casino.sam.post(path, asked, at=now, signed=[casino.dana, casino.pat])
        assert answer.status in (409, 422), "and a reason"
    opener = casino.sam.post(
        path, {**asked, "reason": "a chip is gone"}, at=now, signed=[casino.dana, casino.pat]
    ).must(201)
    assert opener["session_status"] == "OPEN"
    found = casino.pat.all_of("/exceptions", session_id=table.session_id)
    assert [(each["kind"], each["status"], each["stops"]) for each in found] == [
        ("OPENING_VARIANCE", "OPEN", "result")
    ]
    assert found[0]["variance_cents"] == -dollars("100")
    assert [each["id"] for each in opener["exceptions_raised"]] == [found[0]["id"]]


def test_an_opener_within_tolerance_is_no_difference() -> None:
    """SESS-5: a casino may allow a tolerance."""
    casino = found(settings={"opening_tolerance_cents": 500})
    table = a_table(casino)
    _opened_after(table, "20 black, 1 red")
    assert table.count("OPENING", "20 black")["session_status"] == "OPEN"


def test_an_empty_tray_can_be_recorded(table: AtTable) -> None:
    """CHIP-4, LESSON-23: opener, interim and closer of an empty tray are counts like any other."""
    table.open()
    assert table.count("OPENING", "")["total_cents"] == 0
    assert table.count("INTERIM", "")["total_cents"] == 0
    closed = table.close("")
    assert (closed["opening"]["total_cents"], closed["closing"]["total_cents"]) == (0, 0)
    assert table.rundown()["before_drop_cents"] == 0


def test_an_opening_count_does_not_reopen_a_closed_session(live: AtTable) -> None:
    """LESSON-28, SESS-6: posting it again neither opens nor rewrites anything."""
    live.close()
    asked = {"kind": "OPENING", "chipset": chips("1 black")}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(
            f"{live.path}/snapshots",
            asked,
            at=live.when(None),
            signed=[live.casino.dana, live.casino.pat],
        )
        answer.must_refuse(409, "SESSION_NOT_OPENING", status="CLOSED")


@pytest.mark.parametrize("until", ["READY_TO_OPEN", "OPENING", "OPEN"])
def test_a_session_is_voided_while_only_the_opener_hangs_on_it(table: AtTable, until: str) -> None:
    """SESS-7: with a reason, until OPEN or with nothing but the opener on it; a trace stays."""
    table.prepare()
    if until != "READY_TO_OPEN":
        table.open()
    if until == "OPEN":
        table.count("OPENING", "20 black")
    path, asked = f"{table.path}/void", {"reason": "the wrong table"}
    voided = table.casino.pat.post(path, asked, at=table.when(None)).must(200)
    assert (voided["status"], voided["void_reason"]) == ("VOIDED", "the wrong table")
    assert table.rundown()["state"] == "voided"
    assert table.rundown()["table_win_cents"] is None
    again = table.casino.pat.post(path, asked, at=table.when(None))
    again.must_refuse(409, "SESSION_IN_USE")


def _played(table: AtTable, what: str) -> None:
    steps: dict[str, Any] = {
        "a slip": lambda: table.ask_fill("1 black"),
        "a count": lambda: table.count("INTERIM", "20 black"),
        "a removal": lambda: table.drop(),
    }
    steps[what]()


@pytest.mark.parametrize("what", ["a slip", "a count", "a removal"])
def test_a_session_in_use_is_not_voided(live: AtTable, what: str) -> None:
    """SESS-7: a slip, another count or a removal hangs on it."""
    _played(live, what)
    with nothing_changes(live.casino):
        answer = live.casino.pat.post(f"{live.path}/void", {"reason": "no"}, at=live.when(None))
        answer.must_refuse(409, "SESSION_IN_USE", status="OPEN")


def test_a_voided_session_breaks_no_chain(live: AtTable) -> None:
    """SESS-7, SESS-5: the next opener is compared with the closer before the voided one."""
    first = live.session_id
    live.close("20 black")
    live.open_table("20 black")
    live.casino.pat.post(f"{live.path}/void", {"reason": "no"}, at=live.when(None)).must(200)
    opened = live.open_table("20 black")
    assert opened["previous_session_id"] == first


def test_a_session_never_opened_says_so() -> None:
    """SESS-3, TIME-5: after its shift it is NOT_OPENED, derived, by the casino's own clock."""
    casino = found()
    own = a_table(casino)
    own.prepare(at="06:10")
    assert own.session()["not_opened"] is False
    other = a_table(casino)
    other.open_table(at="14:00")
    assert own.session()["not_opened"] is True
    assert own.session()["status"] == "READY_TO_OPEN"
