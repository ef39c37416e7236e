"""Nothing of one casino is readable, writable or guessable from another (TEN-1, LESSON-15)."""

from typing import Any

import pytest

from tests.api.catalogue import NOBODY, READS, WRITES, body_for, has_id, id_for
from tests.api.stage import Stage
from tests.api.test_permissions import MAY_CALL
from tests.at_table import a_table
from tests.line import Answer
from tests.say import spoken

PATHS_WITH_ID = {name: each for name, each in {**READS, **WRITES}.items() if has_id(each.path)}


@pytest.mark.parametrize("endpoint", PATHS_WITH_ID)
def test_an_id_of_next_door_is_no_id(stage: Stage, next_door: Stage, endpoint: str) -> None:
    """TEN-1: the same 404, word for word, as for an id that nothing has; for the roles that may."""
    method, path = endpoint.split()
    theirs = id_for(next_door, path)
    for role in ("PIT_MANAGER", "ACCOUNTING", "ADMIN", "CASHIER", "COUNT_TEAM", "DEALER"):
        person = stage.casino.in_role(role)
        answers = []
        for record_id in (theirs, NOBODY, "not-an-id"):
            address = path.replace("{id}", record_id)
            if method == "GET":
                answers.append(person.get(address))
            else:
                answers.append(person.command(method, address, body_for(endpoint)))
        assert {answer.status for answer in answers} <= {403, 404}, endpoint
        assert _without(answers[0], theirs) == _without(answers[1], NOBODY)
        assert answers[2].status == answers[1].status


def _without(answer: Answer, record_id: str) -> tuple[int, str]:
    return answer.status, answer.text.replace(record_id, "<id>")


@pytest.mark.parametrize("endpoint", PATHS_WITH_ID)
def test_who_may_is_told_404_and_not_403(stage: Stage, next_door: Stage, endpoint: str) -> None:
    """TEN-1: that there is such a thing next door is not said, not even to who may do it here."""
    method, path = endpoint.split()
    address = path.replace("{id}", id_for(next_door, path))
    if method == "GET":
        answer = stage.casino.art.get(address)
    else:
        role = MAY_CALL[WRITES[endpoint].command.name].split()[-1]
        answer = stage.casino.in_role(role).command(method, address, body_for(endpoint))
    answer.must_refuse(404, "NOT_FOUND")


LISTS = (
    *("/tables", "/sessions", "/slips", "/drops", "/boxes", "/exceptions", "/par-policies"),
    *("/floor", "/journal", "/chips"),
)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_holds_nothing_of_next_door(stage: Stage, next_door: Stage, path: str) -> None:
    """TEN-1: no id of the casino next door stands anywhere in a list."""
    mine = stage.casino.art.get(path, limit=1000).must(200)
    theirs = next_door.casino.art.get(path, limit=1000).must(200)
    assert not _ids(mine) & _ids(theirs)
    assert next_door.casino.id not in str(mine)


def _ids(listed: Any) -> set[str]:
    return {str(each.get("id") or each.get("number", "")) for each in listed["items"]} - {
        *(str(number) for number in range(10_000))
    }


FILTERS = (
    *("/sessions?table_id=table", "/sessions?shift_id=shift", "/slips?session_id=session"),
    *("/drops?session_id=session", "/exceptions?session_id=session", "/exceptions?table_id=table"),
    *("/exceptions?shift_id=shift", "/par-policies?table_id=table", "/sessions?cursor=session"),
)


@pytest.mark.parametrize("asked", FILTERS)
def test_a_filter_by_an_id_of_next_door_finds_nothing_of_theirs(
    stage: Stage, next_door: Stage, asked: str
) -> None:
    """TEN-1: a filter or a cursor is no way in either."""
    path, query = asked.split("?")
    name, kind = query.split("=")
    found = stage.casino.art.get(path, **{name: next_door.ids[kind]}).must(200)
    theirs = {each["id"] for each in next_door.casino.art.all_of(path)}
    assert not {each["id"] for each in found["items"]} & theirs
    if name != "cursor":
        assert found["items"] == []


def test_ids_of_next_door_in_a_body_are_not_found(stage: Stage, next_door: Stage) -> None:
    """TEN-1, LESSON-15: a casino cannot open, price or equip a table of another."""
    casino, theirs = stage.casino, next_door.ids
    table = a_table(casino)
    for asked in (
        {"table_id": theirs["table"]},
        {"table_id": theirs["table"], "open": True},
        {"table_id": table.id, "shift_id": theirs["shift"]},
    ):
        casino.sam.post("/sessions", asked).must_refuse(404, "NOT_FOUND")
    for asked in ({"table_ids": [table.id, theirs["table"]]}, {"shift_id": theirs["shift"]}):
        casino.sam.post("/sessions/prepare", asked).must_refuse(404, "NOT_FOUND")
    policy = {"table_id": theirs["table"], "effective_from_gaming_day": "2027-01-01"}
    casino.pat.post("/par-policies", policy).must_refuse(404, "NOT_FOUND")
    box = {"code": "next-door", "table_id": theirs["table"]}
    casino.ada.post("/boxes", box).must_refuse(404, "NOT_FOUND")
    table.prepare()
    assert len(casino.art.all_of("/sessions", table_id=table.id)) == 1


def test_references_of_next_door_in_a_body_are_unknown(stage: Stage, next_door: Stage) -> None:
    """TEN-1: boxes, counts and slips of next door cannot be named, no more than what is not."""
    table = a_table(stage.casino)
    table.open_table()
    casino = stage.casino
    their_box = next_door.casino.art.all_of("/boxes")[0]
    for box in (their_box["id"], NOBODY):
        asked = {
            "type": "SCHEDULED",
            "surveillance": {"notified_at": spoken(casino.now), "operator": "Sol"},
            "replacement_box": box,
        }
        answer = casino.dora.post(
            f"{table.path}/drop/remove", asked, at=table.when(None), signed=[casino.dex]
        )
        answer.must_refuse(422, "REFERENCE_UNKNOWN")
    their_opener = next_door.casino.art.get(next_door.live.path).must(200)["opening"]["id"]
    asked = {
        "kind": "OPENING",
        "chipset": {},
        "supersedes": their_opener,
        "reason": "miscounted",
    }
    answer = casino.sam.post(
        f"{table.path}/snapshots", asked, at=table.when(None), signed=[casino.dana, casino.pat]
    )
    answer.must_refuse(404, "NOT_FOUND")
    slip = table.issue(table.ask_fill("1 black"))
    back = {"reason": "wrong table", "counted_back": {}, "replaced_by": next_door.ids["slip"]}
    answer = casino.cody.post(
        f"/slips/{slip['id']}/void", back, at=table.when(None), signed=[casino.sam]
    )
    answer.must_refuse(404, "NOT_FOUND")


def test_what_is_not_there_yet_is_named_by_nobody(stage: Stage) -> None:
    """404 for an id in the body: trips and begun counts that nobody has."""
    casino, live = stage.casino, stage.live
    count = {"kind": "INTERIM", "chipset": {}, "count_id": NOBODY}
    casino.sam.post(f"{live.path}/snapshots", count).must_refuse(404, "NOT_FOUND")
    trip = {**body_for("POST /sessions/{id}/drop/remove"), "trip_id": NOBODY}
    casino.dora.post(f"{live.path}/drop/remove", trip).must_refuse(404, "NOT_FOUND")


def test_people_of_next_door_sign_nothing_here(stage: Stage, next_door: Stage) -> None:
    """TEN-1, SIGN-1: a badge and PIN that are right next door are wrong here."""
    only_there = next_door.casino.hire(badge="555", name="Nell", roles=["DEALER"], pin="555123")
    table = a_table(stage.casino)
    table.open()
    answer = stage.casino.sam.post(
        f"{table.path}/snapshots",
        {"kind": "OPENING", "chipset": {}},
        signed=[only_there, stage.casino.pat],
    )
    answer.must_refuse(422, "SIGNATURE_REFUSED")
    stage.casino.ada.post("/tokens", {"badge": "555"}).must_refuse(422, "REFERENCE_UNKNOWN")


def test_a_token_opens_its_own_casino_only(stage: Stage, next_door: Stage) -> None:
    """TEN-1: the secret of one casino's token under the other's name is no token."""
    mine, theirs = stage.casino.ada.token, next_door.casino.ada.token
    prefix, _, secret = mine.split("_", 2)
    crossed = "_".join((prefix, theirs.split("_", 2)[1], secret))
    headers = {"Authorization": f"Bearer {crossed}"}
    answer = stage.casino.line.send("GET", "/api/v1/casino", headers=headers, body=None)
    answer.must_refuse(401, "NOT_SIGNED_IN")


def test_the_same_keys_and_codes_next_door_are_others(stage: Stage, next_door: Stage) -> None:
    """TEN-1, IDEM-1: keys are per person and casino; table codes, badges and numbers are too."""
    asked = {"code": "TWIN-1", "pit": "1", "game_type": "CRAPS"}
    made = [each.casino.ada.post("/tables", asked, key="twin") for each in (stage, next_door)]
    assert [answer.status for answer in made] == [201, 201]
    assert made[0]["id"] != made[1]["id"]
    assert not made[1].replayed
