"""Counts over HTTP: facts, corrected only by new ones; par that stands for a count (SNAP)."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.line import Answer
from tests.say import chips, worth


def _opening(table: AtTable, body: Json) -> Answer:
    casino = table.casino
    return casino.sam.post(
        f"{table.path}/snapshots",
        {"kind": "OPENING", **body},
        at=table.when(None),
        signed=[casino.dana, casino.pat],
    )


def test_openers_and_closers_are_numbered_without_a_gap() -> None:
    """SNAP-8, SLIP-2, INV-03: O- and K- by casino and year, as they were made; interims are not."""
    casino = found()
    tables = [a_table(casino) for _ in range(2)]
    for table in tables:
        table.open_table()
    assert tables[0].count("INTERIM", "1 black")["number"] is None
    for table in reversed(tables):
        table.close()
    sessions = casino.art.all_of("/sessions")
    assert [each["opening"]["number"] for each in sessions] == ["O-2026-000001", "O-2026-000002"]
    assert [each["closing"]["number"] for each in sessions] == ["K-2026-000002", "K-2026-000001"]


def test_a_count_says_who_vouched_for_it(live: AtTable) -> None:
    """SIGN-1, LESSON-22, FRM-04: person, role, method, instant of each signer; no typed names."""
    count = live.count("INTERIM", "5 black")
    assert [(each["role"], each["badge"], each["method"]) for each in count["signatures"]] == [
        ("SUPERVISOR", "2001", "TOKEN"),
        ("DEALER", "1007", "PIN"),
    ]
    assert {each["signed_at"] for each in count["signatures"]} == {count["occurred_at"]}


def test_the_initial_bank_is_signed_by_a_pit_manager(table: AtTable) -> None:
    """PAR-11: beside dealer and supervisor; no predecessor, no OPENING_VARIANCE."""
    casino = table.casino
    table.open()
    asked = {"kind": "OPENING", "chipset": chips("20 black")}
    path, now = f"{table.path}/snapshots", table.when(None)
    with nothing_changes(casino):
        answer = casino.sam.post(path, asked, at=now, signed=[casino.dana])
        answer.must_refuse(422, "SIGNATURE_MISSING", missing=["PIT_MANAGER"])
    opener = casino.sam.post(path, asked, at=now, signed=[casino.dana, casino.pat]).must(201)
    assert {each["role"] for each in opener["signatures"]} == {
        "SUPERVISOR",
        "DEALER",
        "PIT_MANAGER",
    }
    assert table.session()["previous_session_id"] is None
    assert casino.pat.all_of("/exceptions", session_id=table.session_id) == []


def test_an_opener_is_corrected_until_something_hangs_on_it(live: AtTable) -> None:
    """SNAP-1, INV-16: superseded with a reason, both stay; after a slip only by amendment."""
    opener = live.session()["opening"]
    asked = {"chipset": chips("2 black"), "supersedes": opener["id"]}
    with nothing_changes(live.casino):
        _opening(live, asked).must_refuse(422, "REASON_REQUIRED")
        unknown = {**asked, "supersedes": live.id, "reason": "miscounted"}
        _opening(live, unknown).must_refuse(404, "NOT_FOUND")
    right = _opening(live, {**asked, "reason": "miscounted"}).must(201)
    assert live.session()["opening"]["id"] == right["id"]
    old = next(
        each
        for each in live.casino.art.get(f"{live.path}/snapshots")["items"]
        if each["id"] == opener["id"]
    )
    assert (old["superseded_by"], old["total_cents"]) == (right["id"], opener["total_cents"])
    live.ask_fill("1 black")
    asked = {"chipset": {}, "supersedes": right["id"], "reason": "again"}
    with nothing_changes(live.casino):
        _opening(live, asked).must_refuse(409, "SNAPSHOT_NOT_REPLACEABLE")


def test_an_interim_count_is_counted_again_not_replaced(live: AtTable) -> None:
    """SNAP-1: it is a fact; the next one stands beside it."""
    first = live.count("INTERIM", "5 black")
    asked = {"kind": "INTERIM", "chipset": {}, "supersedes": first["id"], "reason": "again"}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(
            f"{live.path}/snapshots", asked, at=live.when(None), signed=[live.casino.dana]
        )
        answer.must_refuse(409, "SNAPSHOT_NOT_REPLACEABLE")


def _imprest_table(*, with_par: bool) -> AtTable:
    casino = found(mode="IMPREST_TO_PAR")
    if with_par:
        asked = {"par_total_cents": 777_700, "effective_from_gaming_day": "2026-03-02"}
        casino.pat.post("/par-policies", asked, at=casino.now).must(201)
    table = a_table(casino)
    table.open()
    return table


def test_par_attested_stands_for_the_first_opener_and_is_never_a_count() -> None:
    """SNAP-2, PAR-11: synthetic, with its reason; chips unknown where the target's are."""
    table = _imprest_table(with_par=True)
    opener = _opening(table, {"basis": "PAR_ATTESTED"}).must(201)
    assert (opener["basis"], opener["is_synthetic"], opener["synthetic_reason"]) == (
        "PAR_ATTESTED",
        True,
        "par_attested",
    )
    assert (opener["chipset"], opener["total_cents"]) == (None, 777_700)
    assert table.rundown()["opening_source"] == "PAR_ATTESTED"


def test_a_par_that_is_attested_is_not_counted() -> None:
    """SNAP-2: chips beside it are refused, never silently left out."""
    table = _imprest_table(with_par=True)
    for more in ({"chipset": chips("1 black")}, {"total_cents": 5}):
        _opening(table, {"basis": "PAR_ATTESTED", **more}).must_refuse(422, "SHAPE")


def test_par_is_attested_only_where_it_may_be(table: AtTable) -> None:
    """SNAP-2: a table's first session, Imprest to Par, with a par; nothing else."""
    table.open()
    with nothing_changes(table.casino):
        answer = _opening(table, {"basis": "PAR_ATTESTED"})
        answer.must_refuse(409, "PAR_ATTESTED_NOT_ALLOWED")
    without = _imprest_table(with_par=False)
    _opening(without, {"basis": "PAR_ATTESTED"}).must_refuse(409, "PAR_ATTESTED_NOT_ALLOWED")
    second = _imprest_table(with_par=True)
    _opening(second, {"basis": "PAR_ATTESTED"}).must(201)
    second.closing()
    second.count("CLOSING", "77 black, 77 white")
    second.casino.sam.post(f"{second.path}/close", at=second.when(None)).must(200)
    second.open()
    _opening(second, {"basis": "PAR_ATTESTED"}).must_refuse(409, "PAR_ATTESTED_NOT_ALLOWED")


def test_after_an_attested_opener_the_next_is_compared_by_total() -> None:
    """SNAP-2: where one side has no chips, totals are compared."""
    table = _imprest_table(with_par=True)
    _opening(table, {"basis": "PAR_ATTESTED"}).must(201)
    table.close("7 yellow, 7 black, 7 red, 42 white")
    opened = table.open_table("7 yellow, 7 black, 7 red, 42 white")
    assert opened["status"] == "OPEN"


def test_the_expected_tray_is_the_last_count_and_what_moved_since(live: AtTable) -> None:
    """SNAP-3, SLIP-12, LESSON-10: by tray instant, an estimate; nothing before the count enters."""
    assert live.session()["expected_tray_cents"] == worth("40 red, 40 green, 20 black")
    live.fill("10 black")
    live.count("INTERIM", "5 black")
    assert live.session()["expected_tray_cents"] == worth("5 black")
    live.fill("2 black")
    on_the_road = live.issue(live.ask_fill("3 black"))
    live.pick_up(live.ask_credit("4 black"))
    assert live.session()["expected_tray_cents"] == worth("3 black")
    live.verify_fill(on_the_road)
    assert live.session()["expected_tray_cents"] == worth("6 black")


@pytest.mark.parametrize("claimed", [0, 199_999, 200_001])
def test_a_total_that_is_not_the_chips_is_refused(live: AtTable, claimed: int) -> None:
    """CHIP-3, LESSON-8, INV-02: totals are computed; a caller's own must agree."""
    asked = {"kind": "INTERIM", "chipset": chips("20 black"), "total_cents": claimed}
    path = f"{live.path}/snapshots"
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(path, asked, signed=[live.casino.dana])
        answer.must_refuse(
            422, "TOTAL_MISMATCH", total_cents=worth("20 black"), claimed_cents=claimed
        )


def test_chips_outside_the_bank_are_counted_beside_it(own: Casino) -> None:
    """CHIP-5: a promo chip goes by its code and enters no total."""
    promo = {"code": "PROMO-25", "cents": 2_500, "colour": "pink", "set": "PROMO"}
    day = {"effective_from_gaming_day": "2026-03-02"}
    own.ada.post("/chips", {**promo, "in_bank": False, **day}, at=own.now).must(201)
    half = {"code": "250", "cents": 250, "colour": "snow", "set": "VALUE", "in_bank": True}
    own.ada.post("/chips", {**half, **day}).must(201)
    table = a_table(own)
    table.open()
    tray = {"250": 20, "500": 40, "PROMO-25": 4}
    opener = table.count("OPENING", tray)
    assert opener["chipset"] == {"500": 40, "250": 20, "PROMO-25": 4}
    assert opener["total_cents"] == 25_000
