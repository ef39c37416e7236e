"""Readings by eye: estimates that stand beside the counts and enter nothing (SNAP-6)."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.documented import names_of
from tests.api.unchanged import nothing_changes
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino
from tests.say import chips, dollars, worth


def test_a_supervisor_reads_a_tray(live: AtTable) -> None:
    """SNAP-6: one signer, a total, perhaps the drop so far; who and when is kept."""
    asked = {"total_cents": dollars("22,610"), "estimated_drop_cents": dollars("4,000")}
    read = live.casino.sam.post(f"{live.path}/observations", asked, at=live.when(None)).must(201)
    assert (read["total_cents"], read["chipset"]) == (dollars("22,610"), None)
    assert (read["observed_by"], read["by"]) == (live.casino.sam.id, "Sam Sato")
    (item,) = live.casino.art.get(f"{live.path}/observations")["items"]
    assert item == read
    assert set(item) == names_of("observation")
    for told in (live.session(), _row(live)):
        assert told["last_observation"] == {
            "total_cents": dollars("22,610"),
            "estimated_drop_cents": dollars("4,000"),
            "occurred_at": read["occurred_at"],
            "by": "Sam Sato",
        }


def _row(table: AtTable) -> dict[str, object]:
    items = table.casino.sam.get("/floor")["items"]
    row: dict[str, object] = next(each for each in items if each["id"] == table.id)
    return row


def test_stacks_are_read_by_denomination(live: AtTable) -> None:
    """SNAP-6, CHIP-3: the total is that of the chips; another is refused."""
    path, sam = f"{live.path}/observations", live.casino.sam
    read = sam.post(path, {"chipset": chips("15 black, 60 red")}, at=live.when(None)).must(201)
    assert read["total_cents"] == worth("15 black, 60 red")
    for asked, code in (
        ({"chipset": chips("15 black"), "total_cents": 5}, "TOTAL_MISMATCH"),
        ({"chipset": {"700": 1}}, "DENOMINATION_UNKNOWN"),
        ({"total_cents": -1}, "NEGATIVE_AMOUNT"),
        ({"total_cents": 5, "estimated_drop_cents": -1}, "NEGATIVE_AMOUNT"),
        ({"estimated_drop_cents": 5}, "SHAPE"),
        ({}, "SHAPE"),
    ):
        with nothing_changes(live.casino):
            sam.post(path, asked).must_refuse(422, code)


def test_only_a_table_in_play_is_read(table: AtTable) -> None:
    """SNAP-6, SESS-6: from the opener to the close, and at no time outside it (TIME-1)."""
    sam, asked = table.casino.sam, {"total_cents": 100}
    table.open()
    sam.post(f"{table.path}/observations", asked).must_refuse(409, "SESSION_NOT_OPEN")
    table.count("OPENING", TRAY, at="12:00")
    early = sam.post(f"{table.path}/observations", asked, at="11:59")
    early.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")
    table.closing()
    sam.post(f"{table.path}/observations", asked, at=table.when(None)).must(201)
    table.count("CLOSING", TRAY)
    sam.post(f"{table.path}/close", at=table.when(None)).must(200)
    sam.post(f"{table.path}/observations", asked).must_refuse(409, "SESSION_NOT_OPEN")


def test_an_integration_reads_too(live: AtTable) -> None:
    """SIGN-3: a camera over the table is a SERVICE."""
    asked = {"total_cents": 100}
    read = live.casino.iris.post(f"{live.path}/observations", asked, at=live.when(None)).must(201)
    assert read["by"] == "Iris, an integration"


def test_one_sheet_takes_a_whole_pit(casino: Casino) -> None:
    """SNAP-6, JRN-1: many tables, one command, one journal entry, each reading signed once."""
    tables = [a_table(casino) for _ in range(3)]
    for table in tables:
        table.open_table()
    before = casino.art.all_of("/journal")[-1]["number"]
    items = [
        {"session_id": table.session_id, "total_cents": dollars(f"{20 + index},500")}
        for index, table in enumerate(reversed(tables))
    ]
    made = casino.sam.post("/observations", {"items": items}, at=casino.tick()).must(201)
    assert [each["session_id"] for each in made["items"]] == [each["session_id"] for each in items]
    entries = casino.art.get("/journal", after=before)["items"]
    assert [each["command"] for each in entries] == ["observe_sheet"]
    rows = [row for row in entries[0]["content"]["new"] if row["row"] == "tray_observation"]
    assert len(rows) == 3
    assert tables[0].session()["last_observation"]["total_cents"] == dollars("22,500")


def test_a_sheet_is_kept_whole_or_not_at_all(casino: Casino) -> None:
    """SNAP-6: every item that cannot be taken is pointed at; nothing of the sheet is kept."""
    live, closed, shut = (a_table(casino) for _ in range(3))
    for table in (live, closed, shut):
        table.open_table()
    closed.close(TRAY)
    shut.close(TRAY)
    items = [{"session_id": table.session_id, "total_cents": 100} for table in (closed, live, shut)]
    with nothing_changes(casino):
        problem = casino.sam.post("/observations", {"items": items}).must_refuse(
            409, "SESSION_NOT_OPEN"
        )
    assert [each["pointer"] for each in problem["errors"]] == ["/items/0", "/items/2"]
    wrong = [{**items[1], "total_cents": -5}, {**items[1]}, {**items[1], "chipset": {"7": 1}}]
    with nothing_changes(casino):
        answer = casino.sam.post("/observations", {"items": wrong})
        problem = answer.must_refuse(422, "NEGATIVE_AMOUNT")
    assert [each["pointer"] for each in problem["errors"]] == [
        "/items/0/total_cents",
        "/items/1",
        "/items/2",
    ]


def test_a_sheet_names_sessions_of_this_casino(live: AtTable, next_door: object) -> None:
    """TEN-1: 404 for a session that is not here, whatever else is on the sheet."""
    stranger = next_door.ids["session"]  # type: ignore[attr-defined]
    items = [{"session_id": each, "total_cents": 5} for each in (live.session_id, stranger)]
    answer = live.casino.sam.post("/observations", {"items": items})
    answer.must_refuse(404, "NOT_FOUND", session_id=stranger)


def test_a_sheet_sent_twice_is_one(live: AtTable) -> None:
    """IDEM-1: a lost answer doubles no reading."""
    asked = {"items": [{"session_id": live.session_id, "total_cents": 5}]}
    for replayed in (False, True):
        answer = live.casino.sam.post("/observations", asked, key=f"pit-{live.session_id}")
        answer.must(201)
        assert answer.replayed is replayed
    assert len(live.casino.art.get(f"{live.path}/observations")["items"]) == 1


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    read=st.lists(st.tuples(st.integers(0, 10**9), st.none() | st.integers(0, 10**9)), max_size=3)
)
def test_an_observation_enters_nothing(casino: Casino, read: list[tuple[int, int | None]]) -> None:
    """SNAP-6, LESSON-10: with readings and without, the same rundown, expected tray and need."""
    watched, unwatched = a_table(casino), a_table(casino)
    told = []
    for table in (watched, unwatched):
        table.open_table()
        table.fill("5 black")
        for total_cents, drop_cents in read if table is watched else ():
            asked = {"total_cents": total_cents, "estimated_drop_cents": drop_cents}
            path = f"{table.path}/observations"
            casino.sam.post(path, asked, at=table.when(None)).must(201)
        live = table.session()
        table.close("20 black, 40 green")
        rundown = table.rundown()
        table.open()
        again = table.count("OPENING", "20 black, 40 green")
        told.append(
            [
                {name: live[name] for name in ("expected_tray_cents", "need_now_cents")},
                {
                    name: value
                    for name, value in rundown.items()
                    if name not in ("session_id", "inputs", "members")
                },
                again["total_cents"],
                casino.art.get("/exceptions", table_id=table.id)["items"],
            ]
        )
    assert told[0] == told[1]


@pytest.mark.parametrize("path", ["/observations", "/sessions/{id}/observations"])
def test_reading_is_a_supervisors_or_an_integrations(live: AtTable, path: str) -> None:
    """SIGN-3: nobody else reads for the house."""
    address = path.replace("{id}", live.session_id)
    for name in ("dana", "casey", "ana", "art", "ada"):
        live.casino.person(name).post(address).must_refuse(403, "ROLE_NOT_ALLOWED")
