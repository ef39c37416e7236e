"""`tablebank sweep`: what is too long by now is raised, and cleared by what ends it (FIND-2)."""

from datetime import date

from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.cli.typing_in import as_json
from tests.say import at


def _on(day: int, said: str, *, month: int = 3) -> str:
    return at(said, day=date(2026, month, day))


def _swept(casino: Casino, when: str) -> list[list[str]]:
    """The kinds that a sweep found at an instant of the casino's, table by table."""
    casino.ada.post("/boxes", {"code": casino.code("box"), "kind": "EMERGENCY"}, at=when).must(201)
    items: list[Json] = as_json("sweep", "--casino", casino.founded.slug)["items"]
    return [each["exceptions"] for each in items if each["line"] == "timed"]


def _open(casino: Casino) -> list[tuple[str, str]]:
    items = casino.pat.all_of("/exceptions", status="OPEN")
    return [(each["kind"], each["session_id"]) for each in items]


def _in_play() -> AtTable:
    table = a_table(found())
    table.open_table(at="08:00")
    return table


def test_chips_that_do_not_arrive_are_an_exception_until_they_do() -> None:
    """SLIP-7, FIND-2: after half an hour, once; it clears when the fill is verified."""
    table = _in_play()
    casino = table.casino
    slip = table.issue(table.ask_fill("5 black", at="09:00"), at="09:05")
    assert _swept(casino, "09:35") == []
    assert _swept(casino, "09:36") == [["SLIP_OVERDUE"]]
    assert _swept(casino, "09:50") == []
    assert _open(casino) == [("SLIP_OVERDUE", table.session_id)]
    entry = next(each for each in casino.art.all_of("/journal") if each["command"] == "note_timed")
    assert entry["actor"] == "SYSTEM sweep"
    table.verify_fill(slip, at="09:55")
    assert _open(casino) == []
    (cleared,) = casino.pat.all_of("/exceptions", kind="SLIP_OVERDUE")
    assert cleared["status"] == "CLEARED"


def test_a_table_in_play_long_after_its_shift_is_an_exception_until_it_closes() -> None:
    """SESS-9, FIND-2: after an hour; it stops closing the day, not the result."""
    table = _in_play()
    casino = table.casino
    assert _swept(casino, "15:00") == []
    assert _swept(casino, "15:01") == [["SESSION_LEFT_OPEN"]]
    (raised,) = casino.pat.all_of("/exceptions", kind="SESSION_LEFT_OPEN")
    assert (raised["stops"], raised["subject"]["id"]) == ("day", table.session_id)
    table.close(at="15:10")
    assert _open(casino) == []


def test_a_closed_table_that_nobody_counts_is_an_exception_until_somebody_does() -> None:
    """INV-13, SNAP-7: after a week; counted it is quiet for another."""
    table = _in_play()
    casino = table.casino
    table.close(at="13:00")
    assert _swept(casino, _on(9, "14:00")) == []
    assert _swept(casino, _on(9, "14:01")) == [["RECOUNT_DUE"]]
    path, asked = (
        f"/tables/{table.id}/idle-count",
        {"chipset": table.session()["closing"]["chipset"]},
    )
    casino.sam.post(path, asked, at=_on(9, "15:00"), signed=[casino.dana]).must(201)
    assert _open(casino) == []
    assert _swept(casino, _on(16, "15:00")) == []
    assert _swept(casino, _on(16, "15:01")) == [["RECOUNT_DUE"]]


def test_what_was_explained_once_is_raised_again_after_the_next_count() -> None:
    """FIND-2: a resolved one stays resolved while its facts stand; another week is another fact."""
    table = _in_play()
    casino = table.casino
    table.close(at="13:00")
    assert _swept(casino, _on(9, "14:01")) == [["RECOUNT_DUE"]]
    (raised,) = casino.pat.all_of("/exceptions", kind="RECOUNT_DUE")
    said = {"reason_code": "AUTHORIZED", "narrative": "the pit was locked for painting"}
    path, when = f"/exceptions/{raised['id']}/resolve", _on(9, "14:30")
    casino.ana.post(path, {**said, "occurred_at": when}).must(200)
    assert _swept(casino, _on(10, "14:00")) == []
    asked = {"chipset": table.session()["closing"]["chipset"]}
    path = f"/tables/{table.id}/idle-count"
    casino.sam.post(path, asked, at=_on(11, "15:00"), signed=[casino.dana]).must(201)
    assert _swept(casino, _on(18, "15:00")) == []
    assert _swept(casino, _on(18, "15:01")) == [["RECOUNT_DUE"]]


def test_a_house_may_ask_for_no_recounts() -> None:
    """INV-13: a profile's choice."""
    table = a_table(found(settings={"idle_recount_days": 0}))
    table.open_table(at="08:00")
    table.close(at="13:00")
    assert _swept(table.casino, _on(9, "13:00", month=4)) == []
