"""Every thing is answered with exactly the names of the contract, and in its spellings."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from tests.api.documented import names_of
from tests.api.stage import Stage
from tests.at_table import AtTable, a_table
from tests.say import chips

Json = dict[str, Any]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _a_day(stage: Stage) -> Any:
    """The gaming day of the stage, of which one table is final."""
    return stage.casino.ana.get("/gaming-days/2026-03-02")


THINGS: dict[str, tuple[str, Callable[[Stage], Any]]] = {
    "GET /casino": ("casino", lambda s: s.casino.art.get("/casino")),
    "GET /casino settings": ("settings", lambda s: s.casino.art.get("/casino")["settings"]),
    "GET /casino advice": ("advice", lambda s: s.casino.art.get("/casino")["settings"]["advice"]),
    "GET /casino denomination": ("chip", lambda s: s.casino.art.get("/casino")["denominations"][0]),
    "GET /setup": ("setup", lambda s: s.casino.pat.get("/setup")),
    "GET /setup item": ("setup_item", lambda s: s.casino.pat.get("/setup")["items"][0]),
    "GET /staff": ("staff", lambda s: s.casino.ada.get("/staff")["items"][0]),
    "GET /me": ("staff", lambda s: s.casino.sam.get("/me")["staff"]),
    "GET /chips": ("chip", lambda s: s.casino.sam.get("/chips")["items"][0]),
    "GET /tables": ("table", lambda s: s.casino.sol.get("/tables")["items"][0]),
    "GET /tables/{id}": ("table", lambda s: s.casino.sol.get(f"/tables/{s.live.id}")),
    "GET /tables/{id} limits": (
        "limits",
        lambda s: s.casino.sol.get(f"/tables/{s.live.id}")["limits"],
    ),
    "GET /tables/{id}/par": (
        "par_in_force",
        lambda s: s.casino.sol.get(f"/tables/{s.live.id}/par"),
    ),
    "GET /par-policies": ("par_policy", lambda s: s.casino.sol.get("/par-policies")["items"][0]),
    "GET /par-proposals": (
        "par_proposal",
        lambda s: s.casino.sol.get("/par-proposals")["items"][0],
    ),
    "GET /par-proposals/{id}": (
        "par_proposal",
        lambda s: s.casino.sol.get(f"/par-proposals/{s.ids['par-proposal']}"),
    ),
    "GET /par-proposals/{id} comment": (
        "par_comment",
        lambda s: s.casino.sol.get(f"/par-proposals/{s.ids['par-proposal']}")["comments"][0],
    ),
    "GET /par-proposals/outcomes": (
        "par_outcomes",
        lambda s: s.casino.sol.get("/par-proposals/outcomes"),
    ),
    "GET /par-proposals/outcomes source": (
        "par_tally",
        lambda s: s.casino.sol.get("/par-proposals/outcomes")["sources"][0],
    ),
    "GET /par-proposals/outcomes sum": (
        "par_sum",
        lambda s: s.casino.sol.get("/par-proposals/outcomes")["sum"],
    ),
    "GET /sessions/{id}/buy-ins": (
        "buy_in",
        lambda s: s.casino.art.get(f"{s.done.path}/buy-ins")["items"][0],
    ),
    "GET /sessions/{id}/remarks": (
        "remark",
        lambda s: s.casino.art.get(f"{s.done.path}/remarks")["items"][0],
    ),
    "GET /sessions": ("session", lambda s: s.casino.art.get("/sessions")["items"][0]),
    "GET /sessions/{id}": ("session", lambda s: s.casino.art.get(s.done.path)),
    "GET /sessions/{id} boxes": (
        "session_box",
        lambda s: s.casino.art.get(s.done.path)["boxes"][0],
    ),
    "GET /sessions/{id} opening": ("snapshot", lambda s: s.casino.art.get(s.done.path)["opening"]),
    "GET /sessions/{id} closing": ("snapshot", lambda s: s.casino.art.get(s.done.path)["closing"]),
    "GET /sessions/{id}/snapshots": (
        "snapshot",
        lambda s: s.casino.art.get(f"{s.done.path}/snapshots")["items"][1],
    ),
    "GET /sessions/{id}/rundown": ("rundown", lambda s: s.casino.art.get(f"{s.done.path}/rundown")),
    "GET /sessions/{id}/rundown inputs": (
        "inputs",
        lambda s: s.casino.art.get(f"{s.done.path}/rundown")["inputs"],
    ),
    "GET /drop-groups/{id}/rundown": (
        "rundown",
        lambda s: s.casino.art.get(f"/drop-groups/{s.ids['drop-group']}/rundown"),
    ),
    "GET /drop-groups/{id}/rundown member": (
        "member",
        lambda s: s.casino.art.get(f"/drop-groups/{s.ids['drop-group']}/rundown")["members"][1],
    ),
    "GET /slips": ("slip", lambda s: s.casino.art.get("/slips")["items"][0]),
    "GET /slips/{id}": ("slip", lambda s: s.casino.art.get(f"/slips/{s.ids['slip']}")),
    "GET /slips/{id} history": (
        "slip_step",
        lambda s: s.casino.art.get(f"/slips/{s.ids['slip']}")["history"][0],
    ),
    "GET /drops": ("drop", lambda s: s.casino.art.get("/drops")["items"][0]),
    "GET /drops/{id}": ("drop", lambda s: s.casino.art.get(f"/drops/{s.ids['drop']}")),
    "GET /drops/{id} count": (
        "count",
        lambda s: s.casino.art.get(f"/drops/{s.ids['drop']}")["count"],
    ),
    "GET /drop-trips": ("drop_trip", lambda s: s.casino.art.get("/drop-trips")["items"][0]),
    "GET /drop-trips/{id}": (
        "drop_trip",
        lambda s: s.casino.art.get(f"/drop-trips/{s.ids['drop-trip']}"),
    ),
    "GET /drop-trips/{id} due": (
        "box_of_trip",
        lambda s: s.casino.art.get(f"/drop-trips/{s.ids['drop-trip']}")["due"][0],
    ),
    "GET /count-sessions": (
        "count_session",
        lambda s: s.casino.tina.get("/count-sessions")["items"][0],
    ),
    "GET /count-sessions/{id}": (
        "count_session",
        lambda s: s.casino.art.get(f"/count-sessions/{s.ids['count-session']}"),
    ),
    "GET /exceptions": ("exception", lambda s: s.casino.art.get("/exceptions")["items"][0]),
    "GET /exceptions/{id}": (
        "exception",
        lambda s: s.casino.art.get(f"/exceptions/{s.ids['exception']}"),
    ),
    "GET /gaming-days/{day}": ("gaming_day", _a_day),
    "GET /gaming-days/{day} unit": ("gaming_day_unit", lambda s: _a_day(s)["final"][0]),
    "GET /gaming-days/{day} number": ("number_account", lambda s: _a_day(s)["numbers"][0]),
    "GET /gaming-days/{day} chain": ("table_chain", lambda s: _a_day(s)["chain"][0]),
    "GET /gaming-days/{day} link": ("chain_link", lambda s: _a_day(s)["chain"][0]["links"][0]),
    "GET /shifts/{id}/summary": (
        "shift_summary",
        lambda s: s.casino.art.get(f"/shifts/{s.ids['shift']}/summary"),
    ),
    "GET /shifts/{id}/summary totals": (
        "shift_totals",
        lambda s: s.casino.art.get(f"/shifts/{s.ids['shift']}/summary")["totals"],
    ),
    "GET /shifts/{id}/summary item": (
        "rundown",
        lambda s: s.casino.art.get(f"/shifts/{s.ids['shift']}/summary")["items"][0],
    ),
    "GET /shifts/{id}/slip-manifest": (
        "slip_manifest",
        lambda s: s.casino.art.get(f"/shifts/{s.ids['shift']}/slip-manifest"),
    ),
    "GET /shifts/{id}/hand-over": (
        "stands_open",
        lambda s: s.casino.art.get(f"/shifts/{s.ids['shift']}/hand-over"),
    ),
    "GET /shifts/{id}/hand-over item": (
        "hand_over",
        lambda s: s.casino.art.get(f"/shifts/{s.ids['shift']}/hand-over")["items"][0],
    ),
}
LISTS = (
    *("staff", "tokens", "chips", "tables", "boxes", "shifts", "shift-schedules", "par-policies"),
    *("par-proposals", "sessions", "slips", "drops", "exceptions", "journal", "floor"),
)


def _json(answer: Any) -> Json:
    body: Json = answer if isinstance(answer, dict) else answer.must(200)
    return body


@pytest.mark.parametrize("what", THINGS)
def test_a_thing_has_the_names_of_the_contract(stage: Stage, what: str) -> None:
    """The field names are the contract's; what we added to them is listed by name."""
    thing, ask = THINGS[what]
    assert set(_json(ask(stage))) == names_of(thing)


@pytest.mark.parametrize("what", THINGS)
def test_a_thing_is_spelled_as_the_contract_says(stage: Stage, what: str) -> None:
    """CHIP-1, TIME-1, LESSON-6: ids are UUIDs, instants UTC ending in Z, money whole cents."""
    for name, value in _leaves(_json(THINGS[what][1](stage))):
        if value is None:
            continue
        if name.endswith("_cents") or name == "cents":
            assert type(value) is int, (name, value)
        elif name.endswith("_at") or name == "tray_instant":
            assert INSTANT.fullmatch(value), (name, value)
        elif name.endswith("_day"):
            assert DAY.fullmatch(value), (name, value)
        elif name == "id" or (name.endswith("_id") and name != "batch_id"):
            assert str(UUID(value)) == value, (name, value)


def _leaves(value: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for each, inner in value.items():
            yield from _leaves(inner, each)
    elif isinstance(value, list):
        for inner in value:
            yield from _leaves(inner, name)
    else:
        yield name, value


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_items_and_a_cursor(stage: Stage, path: str) -> None:
    """Lists answer `{items, next_cursor}`, the cursor null at their end."""
    who = stage.casino.ada if path in ("staff", "tokens") else stage.casino.art
    answer = who.get(f"/{path}").must(200)
    assert {"items", "next_cursor"} <= set(answer)
    assert isinstance(answer["items"], list)


def test_new_things_have_ids_that_sort_by_age(stage: Stage) -> None:
    """Ids are UUIDv7."""
    ids = [each["id"] for each in stage.casino.art.all_of("/sessions")]
    assert {UUID(each).version for each in ids} == {7}
    assert ids == sorted(ids)


def test_creating_answers_201_and_other_commands_200(stage: Stage) -> None:
    """Creating answers 201 with the thing created; a step 200 with the thing the path names."""
    table = a_table(stage.casino)
    assert set(table.table) == names_of("table")
    sam = stage.casino.sam
    prepared = sam.post("/sessions", {"table_id": table.id}).must(201)
    assert set(prepared) >= names_of("session")
    opened = sam.post(f"/sessions/{prepared['id']}/open").must(200)
    assert (opened["id"], opened["status"]) == (prepared["id"], "OPENING")


def test_a_snapshot_answers_with_the_session_status(table: AtTable) -> None:
    """SESS-4: a snapshot answers the snapshot with `session_status`."""
    table.open()
    opener = table.count("OPENING", "20 black")
    assert set(opener) - {"session_status", "exceptions_raised"} == names_of("snapshot")
    assert (opener["session_status"], opener["basis"]) == ("OPEN", "COUNTED")
    assert opener["chipset"] == chips("20 black")
    assert opener["total_cents"] == 200_000


def test_prepare_answers_what_it_made_and_what_it_did_not(table: AtTable) -> None:
    """SESS-3: prepare answers `{items, refused}`, each refusal with its code and its table."""
    casino = table.casino
    idle = a_table(casino)
    casino.ada.patch(f"/tables/{idle.id}", {"status": "inactive"}).must(200)
    asked = {"table_ids": [table.id, idle.id]}
    answer = casino.sam.post("/sessions/prepare", asked).must(200)
    assert set(answer) == names_of("prepared")
    assert [each["table_id"] for each in answer["items"]] == [table.id]
    assert set(answer["items"][0]) == names_of("session")
    assert [(each["table_id"], each["code"]) for each in answer["refused"]] == [
        (idle.id, "TABLE_NOT_ACTIVE")
    ]


def test_a_roll_over_answers_closed_opened_and_carried(live: AtTable) -> None:
    """SESS-8: roll-over answers `{closed, opened, carried[]}`."""
    before = live.session_id
    slip = live.ask_fill("5 black")
    answer = live.roll_over()
    assert set(answer) == names_of("roll_over")
    assert set(answer["closed"]) - {"exceptions_raised"} == names_of("session")
    assert (answer["closed"]["id"], answer["closed"]["status"]) == (before, "CLOSED")
    assert answer["opened"]["previous_session_id"] == before
    assert answer["opened"]["status"] == "OPEN"
    assert [each["id"] for each in answer["carried"]] == [slip["id"]]


def test_steps_of_a_result_answer_the_rundown_with_its_status(live: AtTable) -> None:
    """RUN-4, RUN-5: review, reconcile and finalize answer the rundown with `status`."""
    live.close()
    live.drop()
    live.custody()
    live.soft_count(1_000)
    reviewed = live.casino.pat.post(f"{live.path}/review").must(200)
    assert set(reviewed) == names_of("rundown")
    assert [reviewed["status"], live.reconcile()["status"], live.finalize()["status"]] == [
        "CLOSED",
        "RECONCILED",
        "FINALIZED",
    ]
