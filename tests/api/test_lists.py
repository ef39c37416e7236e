"""Lists over HTTP: page by page in order of age, nothing twice, nothing left out; filters."""

import pytest

from tests.api.stage import Stage
from tests.at_table import a_table
from tests.cast import Casino

PATHS = (
    *("/staff", "/tokens", "/tables", "/boxes", "/sessions", "/slips", "/drops", "/exceptions"),
    *("/par-policies",),
)


@pytest.fixture(scope="module")
def walked(stage: Stage) -> Casino:
    """A casino with a few of everything."""
    casino = stage.casino
    for _ in range(3):
        table = a_table(casino)
        table.open_table()
        table.ask_fill("1 black")
        table.ask_credit("1 black")
        table.force_close()
        table.drop()
        policy = {"table_id": table.id, "effective_from_gaming_day": "2026-03-04"}
        casino.pat.post("/par-policies", policy).must(201)
    return casino


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_pages_make_the_whole_list(walked: Casino, path: str, limit: int) -> None:
    """Lists: `limit` at most, the cursor of a page leads to the next, null ends it."""
    who = walked.ada if path in ("/staff", "/tokens") else walked.art
    whole = who.get(path, limit=1000).must(200)
    assert whole["next_cursor"] is None
    ids, cursor, pages = [], None, 0
    while True:
        page = who.get(path, limit=limit, cursor=cursor).must(200)
        assert 0 < len(page["items"]) <= limit
        ids += [each["id"] for each in page["items"]]
        cursor, pages = page["next_cursor"], pages + 1
        if cursor is None:
            break
    assert ids == [each["id"] for each in whole["items"]]
    assert len(ids) == len(set(ids)) >= 3
    assert pages == -(-len(ids) // limit)


def test_sessions_are_filtered(walked: Casino) -> None:
    """By table, shift, gaming day, status and whether they are live."""
    art = walked.art
    every = art.all_of("/sessions")
    live = art.all_of("/sessions", live="true")
    assert {each["phase"] for each in live} <= {"OPENING", "OPEN", "CLOSING"}
    assert len(live) + len(art.all_of("/sessions", live="false")) == len(every)
    for status in {each["status"] for each in every}:
        found = art.all_of("/sessions", status=status)
        assert [each["id"] for each in found] == [
            each["id"] for each in every if each["status"] == status
        ]
    one = every[0]
    same_table = art.all_of("/sessions", table_id=one["table_id"])
    assert {each["table_id"] for each in same_table} == {one["table_id"]}
    assert art.all_of("/sessions", gaming_day="2020-01-01") == []
    in_shift = art.all_of("/sessions", shift_id=one["shift_id"], gaming_day=one["gaming_day"])
    assert {each["shift_id"] for each in in_shift} == {one["shift_id"]}


def test_drops_are_filtered_by_session_and_state(walked: Casino, stage: Stage) -> None:
    """BOX-4: a removed box, and one that was counted."""
    art = walked.art
    assert [each["id"] for each in art.all_of("/drops", session_id=stage.done.session_id)] == (
        stage.done.drop_ids
    )
    states = {each["id"]: each["state"] for each in art.all_of("/drops")}
    for state in ("REMOVED", "ARRIVED", "STORED", "OPENED"):
        found = {each["id"] for each in art.all_of("/drops", state=state)}
        assert found == {drop for drop, has in states.items() if has == state}


def test_an_unknown_parameter_is_left_alone(walked: Casino) -> None:
    """Query parameters we do not know hurt nobody."""
    assert walked.art.get("/tables", colour="green").must(200)["items"]
