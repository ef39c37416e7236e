"""Blind counts over HTTP: what is hidden, from whom, until when; and the second count (SNAP-4)."""

from typing import Any

import pytest

from tests.at_table import TRAY, AtTable, Json, a_table
from tests.cast import Casino, Person, found
from tests.say import DAY, chips, dollars, worth

SEES = ("art", "ana", "sol", "casey", "cam", "rory", "dora", "tina", "ada", "iris")
COUNTS = ("sam", "sue", "dana", "pat")


@pytest.fixture
def blind(_database_is_real: None) -> Casino:
    """A casino that counts blind; a hundred dollars of play are let pass."""
    settings = {"blind_counts": True, "count_tolerance_cents": dollars("100")}
    return found(settings=settings)


@pytest.fixture
def live(blind: Casino) -> AtTable:
    table = a_table(blind)
    par = {"par_total_cents": dollars("50,000"), "effective_from_gaming_day": str(DAY)}
    blind.pat.post("/par-policies", {**par, "table_id": table.id}, at=blind.now).must(201)
    table.open_table()
    return table


def seen(table: AtTable, who: Person) -> dict[str, Any]:
    """Everything this person can read about the table's counts, address by address."""
    session = who.get(table.path).must(200)
    row = next(each for each in who.get("/floor")["items"] if each["id"] == table.id)
    return {
        "session": session,
        "sessions": next(
            each for each in who.all_of("/sessions") if each["id"] == table.session_id
        ),
        "snapshots": who.get(f"{table.path}/snapshots")["items"],
        "rundown": who.get(f"{table.path}/rundown").must(200),
        "shift": who.get(f"/shifts/{session['shift_id']}/summary").must(200),
        "table": who.get(f"/tables/{table.id}").must(200),
        "floor": row,
    }


def tells(told: Any, *figures: int) -> bool:
    """Whether one of these amounts stands anywhere in what was told."""
    if isinstance(told, dict):
        return any(tells(each, *figures) for each in told.values())
    if isinstance(told, list):
        return any(tells(each, *figures) for each in told)
    return type(told) is int and told in figures


TRAY_FIGURES = (worth(TRAY), worth(TRAY) + worth("5 black"))
NEEDED = tuple(dollars("50,000") - each for each in TRAY_FIGURES)


@pytest.mark.parametrize("name", COUNTS)
def test_who_counts_sees_no_count_and_no_expected_tray(live: AtTable, name: str) -> None:
    """SNAP-4: nowhere, not even as the need that follows from it; slips and par are no secret."""
    live.fill("5 black")
    told = seen(live, live.casino.person(name))
    assert not tells(told, *TRAY_FIGURES, *NEEDED), told
    session, floor = told["session"], told["floor"]
    assert (session["expected_tray_cents"], session["need_now_cents"]) == (None, None)
    assert session["counts_hidden"] is floor["counts_hidden"] is told["table"]["counts_hidden"]
    assert session["counts_hidden"] is True
    assert (floor["last_count"], floor["expected_tray_cents"]) == (None, None)
    assert session["opening"]["number"] is not None
    assert session["opening"]["chipset"] is None
    assert "COUNTS_BLIND" in told["rundown"]["reasons"]
    assert session["need_total_cents"] == dollars("50,000")
    assert session["fills_total_cents"] == worth("5 black")


@pytest.mark.parametrize("name", SEES)
def test_who_does_not_count_sees_them(live: AtTable, name: str) -> None:
    """SNAP-4: cage, crews, audit and surveillance count no tray."""
    told = seen(live, live.casino.person(name))
    assert told["session"]["expected_tray_cents"] == worth(TRAY)
    assert told["floor"]["last_count"]["total_cents"] == worth(TRAY)
    assert told["session"]["counts_hidden"] is told["floor"]["counts_hidden"] is False
    assert "COUNTS_BLIND" not in told["rundown"]["reasons"]


def test_an_opening_is_excepted(live: AtTable) -> None:
    """SNAP-4: the opener is held against the last closing, for all to see."""
    live.close(TRAY)
    before = live.session_id
    live.open()
    closed = live.casino.sam.get(f"/sessions/{before}").must(200)
    assert closed["closing"]["total_cents"] == worth(TRAY)
    assert not live.session()["counts_hidden"]


def test_what_was_recorded_is_shown_once_no_count_is_to_come(live: AtTable) -> None:
    """SNAP-4: after an interim count the closing is still to come; after the closing nothing is."""
    counted = live.count("INTERIM", TRAY)
    assert counted["total_cents"] == worth(TRAY)
    assert not tells(seen(live, live.casino.sam), worth(TRAY))
    live.closing()
    assert not tells(seen(live, live.casino.sam), worth(TRAY))
    live.count("CLOSING", TRAY)
    told = seen(live, live.casino.sam)
    assert told["session"]["closing"]["total_cents"] == worth(TRAY)
    assert [each["total_cents"] for each in told["snapshots"]] == [worth(TRAY)] * 3


def test_a_roll_over_leaves_the_tray_unknown_on_both_sides(live: AtTable) -> None:
    """SNAP-4: the session that rolled closed on the very count the next one began with."""
    before = live.session_id
    live.roll_over(TRAY)
    sam, art = live.casino.sam, live.casino.art
    for session_id in (before, live.session_id):
        assert not tells(sam.get(f"/sessions/{session_id}/rundown").json, worth(TRAY))
        assert tells(art.get(f"/sessions/{session_id}/rundown").json, worth(TRAY))
    group = sam.get(f"/drop-groups/{before}/rundown").must(200)
    assert not tells(group, worth(TRAY), 2 * worth(TRAY))


def count(table: AtTable, tray: str, *signed: Person, by: Person | None = None) -> Json:
    asked = {"kind": "INTERIM", "chipset": chips(tray)}
    who = by or table.casino.sam
    path, hands = f"{table.path}/snapshots", signed or (table.casino.dana,)
    answer: Json = who.post(path, asked, at=table.when(None), signed=hands).must(200, 201)
    return answer


def test_a_count_within_tolerance_is_recorded_at_once(live: AtTable) -> None:
    """SNAP-4: a second count follows only when tolerance fails."""
    assert count(live, "19 black, 40 green, 40 red")["number"] is None
    assert len(live.casino.art.get(f"{live.path}/snapshots")["items"]) == 2


def test_a_first_count_that_is_off_says_not_by_how_much(live: AtTable) -> None:
    """SNAP-4: 200 and a trial; neither answer nor pages tell what was expected."""
    first = count(live, "5 black")
    assert first["recount_required"] is True
    assert first["trial"]["total_cents"] == worth("5 black")
    assert first["trial"]["difference_cents"] is first["difference_cents"] is None
    assert not tells(first, worth(TRAY), worth(TRAY) - worth("5 black"))
    assert len(live.casino.art.get(f"{live.path}/snapshots")["items"]) == 1


def test_the_second_is_independent_and_recorded_whatever_it_says(live: AtTable) -> None:
    """SNAP-4: both are kept; one more than those of the first must sign the second."""
    casino = live.casino
    count(live, "5 black")
    asked = {"kind": "INTERIM", "chipset": chips("6 black")}
    path = f"{live.path}/snapshots"
    refused = casino.sam.post(path, asked, at=live.when(None), signed=[casino.dana])
    refused.must_refuse(422, "SIGNER_INVOLVED")
    second = count(live, "6 black", casino.drew)
    assert second["total_cents"] == worth("6 black")
    kept = [
        row
        for entry in casino.art.all_of("/journal")
        for row in entry["content"]["new"]
        if row.get("row") in ("count_trial", "tray_snapshot")
        and row["session_id"] == live.session_id
    ]
    assert [row["total_cents"] for row in kept] == [
        worth(each) for each in (TRAY, "5 black", "6 black")
    ]


def test_a_blind_roll_over_is_counted_twice_too(live: AtTable) -> None:
    """SNAP-4, SESS-8: the first count closes nothing; the second does."""
    casino, session_id = live.casino, live.session_id
    path, asked = f"{live.path}/roll-over", {"chipset": chips("5 black")}
    first = casino.sam.post(path, asked, at=live.when(None), signed=[casino.sue]).must(200)
    assert (first["recount_required"], first["closed"], first["opened"]) == (True, None, None)
    assert casino.art.get(f"/sessions/{session_id}")["phase"] == "OPEN"
    again = casino.sam.post(path, asked, at=live.when(None), signed=[casino.dana]).must(200)
    assert again["closed"]["id"] == session_id


def test_a_variance_of_a_hidden_count_is_not_told(blind: Casino) -> None:
    """SNAP-4: an exception says that the opener was off, and to who counts not by how much."""
    table = a_table(blind)
    table.open_table()
    table.close(TRAY)
    table.open()
    opener = {"kind": "OPENING", "chipset": chips("19 black, 40 green, 40 red")}
    path, dana, pat = f"{table.path}/snapshots", blind.dana, blind.pat
    blind.sam.post(path, opener, at=table.when(None), signed=[dana]).must(200)
    asked = {**opener, "reason": "a chip is gone"}
    blind.sam.post(path, asked, at=table.when(None), signed=[dana, pat]).must(201)
    for who, variance in ((blind.sam, None), (blind.ana, -worth("1 black"))):
        (item,) = who.get("/exceptions", session_id=table.session_id, status="OPEN")["items"]
        assert (item["kind"], item["variance_cents"]) == ("OPENING_VARIANCE", variance)
        assert who.get(f"/exceptions/{item['id']}")["variance_cents"] == variance


def test_a_start_does_not_tell_either(live: AtTable) -> None:
    """SNAP-4, SNAP-5: the base is named, not its chips."""
    sam, path = live.casino.sam, f"{live.path}/counts"
    start = sam.post(path, {"kind": "INTERIM"}, at=live.when(None)).must(201)
    assert start["counts_hidden"] is True
    assert start["expected_tray_cents"] is None
    assert not tells(start, worth(TRAY))


@pytest.mark.parametrize("name", ["sam", "pat"])
def test_a_manifest_tells_no_opener_while_a_count_is_to_come(live: AtTable, name: str) -> None:
    """SNAP-4: a box taken in play is counted before the tray is, and in it lies the opener."""
    form = {"form": "OPENER", "number": live.session()["opening"]["number"], "table": live.code}
    drop = live.drop(kind="UNSCHEDULED")
    live.custody()
    live.soft_count(dollars("900"), evidence=[{**form, "amount_cents": worth(TRAY)}])
    who = live.casino.person(name)
    told = [who.get(f"/drops/{drop['id']}").must(200), *who.get("/drops")["items"]]
    assert not tells(told, worth(TRAY))
    assert told[0]["count"]["total_cents"] == dollars("900")
    assert tells(live.casino.ana.get(f"/drops/{drop['id']}").must(200), worth(TRAY))
    live.close(TRAY)
    assert tells(who.get(f"/drops/{drop['id']}").must(200), worth(TRAY))


def test_a_shift_summary_with_something_hidden_has_no_hash() -> None:
    """SNAP-4, SHIFT-1: a hash is of the whole, or it is nobody's."""
    casino = found(settings={"blind_counts": True})
    table = a_table(casino)
    table.open_table()
    path = f"/shifts/{table.session()['shift_id']}/summary"
    assert casino.sam.get(path).must(200)["content_sha256"] is None
    assert casino.ana.get(path).must(200)["content_sha256"]


def test_a_dry_run_tells_nothing_of_the_tray() -> None:
    """SNAP-4, IDEM-2: near or far, it is answered alike, so no total can be tried in secret."""
    casino = found(settings={"blind_counts": True, "count_tolerance_cents": 0})
    table = a_table(casino)
    table.open_table("40 black")
    told = []
    for tray in ("40 black", "1 black"):
        asked = {"kind": "INTERIM", "chipset": chips(tray)}
        answer = casino.sam.post(
            f"{table.path}/snapshots", asked, at=casino.now, signed=[casino.dana], dry_run=True
        )
        told.append((answer.status, "recount_required" in answer.json))
    assert told == [(201, False), (201, False)]
    asked = {"kind": "INTERIM", "chipset": chips("1 black")}
    real = casino.sam.post(f"{table.path}/snapshots", asked, at=casino.tick(), signed=[casino.dana])
    assert real.must(200)["recount_required"] is True


def test_the_journal_keeps_the_counts_from_who_counts() -> None:
    """SNAP-4: an auditor who also supervises finds the entry, and not what it holds."""
    casino = found(settings={"blind_counts": True})
    both = casino.hire(
        badge="2444", name="Both Ways", roles=["SUPERVISOR", "AUDITOR"], pin="246810"
    )
    table = a_table(casino)
    table.open_table("41 black")
    entries = both.get("/journal", limit=1000).must(200)["items"]
    mine = [each for each in entries if each["session_id"] == table.session_id]
    assert mine
    assert all(each["counts_hidden"] and each["content"] is None for each in mine)
    assert all(each["hash"] for each in mine)
    seen = casino.art.get("/journal", limit=1000).must(200)["items"]
    assert any("41" in str(each["content"]) for each in seen if each["session_id"])
    table.close("41 black")
    after = both.get("/journal", limit=1000).must(200)["items"]
    assert all(each["content"] for each in after if each["session_id"] == table.session_id)
