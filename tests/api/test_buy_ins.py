"""Buy-ins noted at the table: telemetry that stands beside what is official (BASE-5, LESSON-7)."""

from typing import Any

import pytest

from tests.api.documented import names_of
from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino, found
from tests.say import dollars


@pytest.fixture(scope="module")
def casino() -> Casino:
    """A house that takes telemetry."""
    return found(settings={"telemetry": True})


@pytest.fixture
def live(casino: Casino) -> AtTable:
    table = a_table(casino)
    table.open_table()
    return table


def note(table: AtTable, amount: str, *, at: str | None = None, **more: Any) -> Json:
    asked = {"kind": "CASH", "amount_cents": dollars(amount), **more}
    made: Json = table.casino.sam.post(
        f"{table.path}/buy-ins", asked, at=None if at is None else table.when(at)
    ).must(201)
    return made


def test_a_supervisor_notes_a_buy_in(live: AtTable) -> None:
    """SIGN-3: one signer; what, how much, when and who is kept, and can be read by everybody."""
    made = note(live, "500", at=None)
    assert (made["kind"], made["amount_cents"]) == ("CASH", dollars("500"))
    assert (made["noted_by"], made["by"]) == (live.casino.sam.id, "Sam Sato")
    assert set(made) == names_of("buy_in")
    assert live.casino.art.get(f"{live.path}/buy-ins")["items"] == [made]


def test_an_integration_notes_them_too(live: AtTable) -> None:
    """SIGN-3: a bill validator is a SERVICE; a dealer, a cashier or accounting notes none."""
    asked = {"kind": "VOUCHER", "amount_cents": 100}
    live.casino.iris.post(f"{live.path}/buy-ins", asked).must(201)
    for name in ("dana", "casey", "ana", "art", "ada", "dora"):
        person = live.casino.person(name)
        person.post(f"{live.path}/buy-ins", asked).must_refuse(403, "ROLE_NOT_ALLOWED")


def test_a_house_that_takes_none_says_so() -> None:
    """02: telemetry is off unless the house switches it on, and off again it takes no more."""
    casino = found()
    table = a_table(casino)
    table.open_table()
    asked = {"kind": "CASH", "amount_cents": 100}
    with nothing_changes(casino):
        casino.sam.post(f"{table.path}/buy-ins", asked).must_refuse(409, "TELEMETRY_OFF")
    casino.ada.patch("/casino", {"settings": {"telemetry": True}}, at=casino.tick()).must(200)
    casino.sam.post(f"{table.path}/buy-ins", asked, at=casino.tick()).must(201)
    casino.ada.patch("/casino", {"settings": {"telemetry": False}}, at=casino.tick()).must(200)
    casino.sam.post(f"{table.path}/buy-ins", asked).must_refuse(409, "TELEMETRY_OFF")
    assert len(casino.art.get(f"{table.path}/buy-ins")["items"]) == 1


def test_only_a_table_in_play_takes_them(casino: Casino) -> None:
    """SESS-6, TIME-1: from the opener to the close; afterwards the estimate stands as it was."""
    table = a_table(casino)
    asked = {"kind": "CASH", "amount_cents": 100}
    table.open(at="12:00")
    casino.sam.post(f"{table.path}/buy-ins", asked).must_refuse(409, "SESSION_NOT_OPEN")
    table.count("OPENING", TRAY, at="12:10")
    early = casino.sam.post(f"{table.path}/buy-ins", asked, at="12:09")
    early.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    kept = note(table, "100", at="12:20")
    table.close(at="13:00")
    casino.sam.post(f"{table.path}/buy-ins", asked).must_refuse(409, "SESSION_NOT_OPEN")
    late = {**asked, "supersedes": kept["id"], "reason": "the count says otherwise"}
    casino.sam.post(f"{table.path}/buy-ins", late).must_refuse(409, "SESSION_NOT_OPEN")


def test_what_was_noted_is_corrected_beside_it(live: AtTable) -> None:
    """LESSON-31: nothing is edited or deleted; the right one names the wrong one, and why."""
    first = note(live, "5,000")
    live.casino.tick(600)
    later = live.casino.tick()
    asked = {"kind": "CASH", "amount_cents": dollars("500"), "supersedes": first["id"]}
    right = live.casino.sam.post(
        f"{live.path}/buy-ins", {**asked, "reason": "a zero too many"}, at=later
    ).must(201)
    assert right["occurred_at"] == first["occurred_at"]
    none = note(live, "0", supersedes=right["id"], reason="another table's")
    items = live.casino.art.get(f"{live.path}/buy-ins")["items"]
    assert [each["superseded_by"] for each in items] == [right["id"], none["id"], None]
    assert [each["reason"] for each in items] == [None, "a zero too many", "another table's"]
    again = {"kind": "CASH", "amount_cents": 5, "supersedes": first["id"], "reason": "once more"}
    refused = live.casino.sam.post(f"{live.path}/buy-ins", again)
    refused.must_refuse(409, "BUY_IN_SUPERSEDED", superseded_by=right["id"])


def test_what_is_wrong_is_refused(live: AtTable) -> None:
    """CHIP-1, IDEM-1: nothing for nothing, no negatives, no unknown kind, no correction unsaid."""
    kept, path, sam = note(live, "100"), f"{live.path}/buy-ins", live.casino.sam
    other = a_table(live.casino)
    other.open_table()
    stray = note(other, "100")
    for asked, status, code in (
        ({"kind": "CASH", "amount_cents": 0}, 422, "SHAPE"),
        ({"kind": "CASH", "amount_cents": -1}, 422, "NEGATIVE_AMOUNT"),
        ({"kind": "CASH", "amount_cents": 1.5}, 422, "SHAPE"),
        ({"kind": "FILL", "amount_cents": 100}, 422, "SHAPE"),
        ({"kind": "CASH", "amount_cents": 1, "supersedes": kept["id"]}, 422, "REASON_REQUIRED"),
        (
            {"kind": "CASH", "amount_cents": 1, "supersedes": stray["id"], "reason": "r"},
            404,
            "NOT_FOUND",
        ),
    ):
        with nothing_changes(live.casino):
            sam.post(path, asked).must_refuse(status, code)


def test_a_buy_in_enters_nothing_official(casino: Casino) -> None:
    """BASE-8, LESSON-7: with buy-ins and without, the same rundown, tray, need and exceptions."""
    told = []
    for noted in ((), ("500", "1,200")):
        table = a_table(casino)
        table.open_table()
        for amount in noted:
            note(table, amount)
        live = table.session()
        table.close()
        table.drop()
        table.custody()
        table.soft_count(dollars("1,000"))
        rundown = table.rundown()
        table.reconcile()
        told.append(
            [
                {name: live[name] for name in ("expected_tray_cents", "need_now_cents")},
                {name: rundown[name] for name in rundown if name.endswith(("_cents", "_pct"))},
                rundown["state"],
                casino.art.get("/exceptions", table_id=table.id)["items"],
            ]
        )
    assert told[0] == told[1]
