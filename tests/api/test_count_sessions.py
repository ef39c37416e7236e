"""Count sessions over HTTP: entered box by box, unseen outside, posted as a whole (SOFT-7)."""

from typing import Any

import pytest

from tablebank.domain.findings.catalogue import BY_NAME
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json, a_table
from tests.cast import Casino, found
from tests.line import Answer

DAY = "2026-03-02"


def played(casino: Casino, *, code: str | None = None) -> AtTable:
    """A table with a fill, closed, its box in the count room."""
    table = a_table(casino, code=code)
    table.open_table()
    table.fill("5 black")
    table.close()
    table.drop()
    table.custody()
    return table


@pytest.fixture
def room() -> Casino:
    """A casino whose count room is ours alone."""
    return found()


def begin(casino: Casino, **more: Any) -> Json:
    asked = {"gaming_day": DAY, "team": [casino.tina.badge, casino.tom.badge], **more}
    answer: Json = casino.tina.post("/count-sessions", asked, at=casino.tick()).must(201)
    return answer


def box_of(table: AtTable, cents: int, **more: Any) -> Json:
    """What the team enters of a table's box."""
    whole = table.count_of(cents, evidence=table.manifest(table.drop_ids[-1]))
    return {**{name: whole[name] for name in whole if name not in ("batch_id", "team")}, **more}


def enter(session: Json, table: AtTable, cents: int, **more: Any) -> Answer:
    path = f"/count-sessions/{session['id']}/boxes/{table.drop_ids[-1]}"
    tina = table.casino.tina
    return tina.command("PUT", path, box_of(table, cents, **more), at=table.when(None))


def post(casino: Casino, session: Json, **how: Any) -> Answer:
    asked = {"at": casino.tick(), "signed": [casino.tom], **how}
    return casino.tina.post(f"/count-sessions/{session['id']}/post", **asked)


def test_boxes_of_many_tables_are_posted_at_once(room: Casino) -> None:
    """SOFT-6, SOFT-7: nothing before it posts; then every session is COUNTED, in one entry."""
    first, second = played(room), played(room)
    session = begin(room)
    assert {each["box"] for each in session["due"]} == {first.code, second.code}
    enter(session, first, 100_000).must(200)
    entered = enter(session, second, 50_000).must(200)
    assert (entered["total_cents"], len(entered["boxes"])) == (150_000, 2)
    assert first.session()["drop_state"] == "DROPPED"
    before = room.art.get("/journal", limit=1000).must(200)["items"][-1]["number"]
    posted = post(room, session).must(200)
    assert (posted["status"], posted["counted"], posted["unattributed"]) == ("POSTED", 2, 0)
    for table, cents in ((first, 100_000), (second, 50_000)):
        assert table.session()["drop_state"] == "COUNTED"
        assert table.rundown()["drop_total_cents"] == cents
        count = room.art.get(f"/drops/{table.drop_ids[-1]}").must(200)["count"]
        assert count["batch_id"] == session["batch_id"]
        assert count["team"] == [room.tina.badge, room.tom.badge]
    after = room.art.get("/journal", after=before).must(200)["items"]
    assert [each["command"] for each in after] == ["post_count_session"]
    assert post(room, session).must(200)["status"] == "POSTED"
    assert room.art.get("/journal", after=before).must(200)["items"] == after


SECRET = 7_654_321


def test_no_number_of_it_leaves_the_room_before_it_posts(room: Casino) -> None:
    """SOFT-7, CNT-19: no drop, rundown, exception or journal tells one; nor the verifier's."""
    table = played(room)
    session = begin(room)
    enter(session, table, SECRET).must(200)
    path = f"/count-sessions/{session['id']}"
    room.casey.post(f"{path}/verifier", {"total_cents": SECRET}, at=room.tick()).must(200)
    paths = (
        *(path, "/count-sessions", "/drops", f"/drops/{table.drop_ids[-1]}", "/exceptions"),
        *(table.path, f"{table.path}/rundown", "/journal", "/floor"),
    )
    for name in ("sam", "pat", "casey", "cam", "ana", "art", "ada", "dora"):
        for each in paths:
            answer = room.person(name).get(each, limit=1000)
            assert str(SECRET) not in answer.text, (name, each)
    inside = room.tess.get(path).must(200)
    assert inside["total_cents"] == SECRET
    assert inside["verified_total_cents"] is None
    (entry,) = [
        each
        for each in room.art.get("/journal", limit=1000).must(200)["items"]
        if each["command"] == "enter_count"
    ]
    assert set(entry["content"]["asked"]) == {"sealed_sha256"}
    post(room, session).must(200)
    assert room.sam.get(path).must(200)["boxes"][0]["total_cents"] == SECRET
    assert room.cam.get(path).must(200)["boxes"][0]["evidence"] is None


def test_everyone_present_signs_once(room: Casino) -> None:
    """SIGN-3, CNT-15: all listed members, or it stays open."""
    table = played(room)
    session = begin(room, team=[room.tina.badge, room.tom.badge, room.tess.badge])
    enter(session, table, 100).must(200)
    post(room, session).must_refuse(422, "SIGNATURE_MISSING")
    post(room, session, signed=[room.tom, room.tess]).must(200)


def test_who_leaves_signs_and_the_team_keeps_its_minimum(room: Casino) -> None:
    """SOFT-7, CNT-01: joining and leaving times; never below the minimum before it posts."""
    table = played(room)
    session = begin(room)
    path = f"/count-sessions/{session['id']}/team"
    leaving = {"badge": room.tom.badge, "leaves": True}
    room.tina.post(path, leaving, at=room.tick(), signed=[room.tom]).must_refuse(
        409, "COUNT_TEAM_TOO_SMALL"
    )
    room.tina.post(path, {"badge": room.tess.badge}, at=room.tick()).must(200)
    room.tina.post(path, leaving, at=room.tick()).must_refuse(422, "SIGNATURE_MISSING")
    left = room.tina.post(path, leaving, at=room.tick(), signed=[room.tom]).must(200)
    assert [each["left_at"] is None for each in left["team"]] == [True, False, True]
    again = room.tina.post(path, leaving, at=room.tick(), signed=[room.tom])
    again.must_refuse(409, "COUNT_TEAM_UNCHANGED")
    enter(session, table, 100).must(200)
    room.tom.command(
        "PUT",
        f"/count-sessions/{session['id']}/boxes/{table.drop_ids[-1]}",
        box_of(table, 5),
        at=room.tick(),
    ).must_refuse(422, "SIGNER_NOT_ALLOWED")
    post(room, session, signed=[room.tess]).must(200)


@pytest.mark.parametrize(
    ("team", "status", "code"),
    [
        (["7001"], 409, "COUNT_TEAM_TOO_SMALL"),
        (["7001", "7001"], 422, "SIGNERS_NOT_DISTINCT"),
        (["7002", "7003"], 422, "SIGNER_NOT_ALLOWED"),
        (["7001", "6001"], 422, "SIGNER_NOT_ALLOWED"),
        (["7001", "9999"], 422, "REFERENCE_UNKNOWN"),
    ],
)
def test_a_team_that_may_not_count(room: Casino, team: list[str], status: int, code: str) -> None:
    """SIGN-2, SIGN-3, CNT-02: distinct, of the count room, enough of them, the caller one."""
    for name in ("tom", "tess", "dora"):
        room.person(name)
    asked = {"gaming_day": DAY, "team": team}
    room.tina.post("/count-sessions", asked, at=room.tick()).must_refuse(status, code)


def test_who_signed_for_the_pit_does_not_count_its_boxes(room: Casino) -> None:
    """CNT-02, SIGN-5: in the gaming day that is counted, unless the casino allows the pair."""
    table = played(room)
    roles = {"roles": ["COUNT_TEAM", "DEALER"]}
    room.ada.patch(f"/staff/{room.dana.id}", roles).must(200)
    asked = {"gaming_day": DAY, "team": [room.tina.badge, room.dana.badge]}
    refused = room.tina.post("/count-sessions", asked, at=room.tick())
    assert refused.must_refuse(422, "SIGNER_INVOLVED")["facts"]["staff_ids"] == [room.dana.id]
    body = {**table.count_of(5), "team": asked["team"]}
    path = f"/drops/{table.drop_ids[-1]}/count"
    as_counter = room.dana.signs("COUNT_TEAM")
    next_day = "2026-03-03T15:00:00Z"
    refused = room.tina.post(path, body, at=next_day, signed=[as_counter])
    refused.must_refuse(422, "SIGNER_INVOLVED")
    allowed = {"settings": {"duty_pairs": ["pit+count_room"]}}
    room.ada.patch("/casino", allowed, at=next_day).must(200)
    room.tina.post(path, body, at=next_day, signed=[as_counter]).must(201)


def test_a_box_is_entered_again_and_the_last_entry_stands(room: Casino) -> None:
    """SOFT-7: the ones before it stay on record; the same once more changes nothing."""
    table = played(room)
    session = begin(room)
    enter(session, table, 100).must(200)
    assert enter(session, table, 100).must(200)["boxes"][0]["revision"] == 1
    again = enter(session, table, 300).must(200)
    assert [(each["revision"], each["total_cents"]) for each in again["boxes"]] == [(2, 300)]
    path = f"/count-sessions/{session['id']}/boxes/{table.drop_ids[-1]}"
    out = room.tina.command("DELETE", path, {}, at=room.tick()).must(200)
    assert out["boxes"] == []
    post(room, session).must_refuse(409, "COUNT_SESSION_EMPTY")


def test_what_is_not_the_sum_of_its_parts_is_not_entered(room: Casino) -> None:
    """SOFT-3: refused, and loses nothing."""
    table = played(room)
    session = begin(room)
    with nothing_changes(room):
        enter(session, table, 100, total_cents=99).must_refuse(422, "TOTAL_MISMATCH")
        enter(session, table, 100, first_count_cents=-1).must_refuse(422, "NEGATIVE_AMOUNT")


def test_a_box_lies_in_one_session_and_is_counted_once(room: Casino) -> None:
    """SOFT-3, LESSON-17: neither entered twice nor posted twice."""
    table, other = played(room), played(room)
    first, second = begin(room), begin(room)
    enter(first, table, 100).must(200)
    enter(second, table, 100).must_refuse(409, "ALREADY_COUNTED")
    enter(first, other, 100).must(200)
    other.soft_count(100)
    with nothing_changes(room):
        post(room, first).must_refuse(409, "ALREADY_COUNTED")
    path = f"/count-sessions/{first['id']}/boxes/{other.drop_ids[-1]}"
    room.tina.command("DELETE", path, {}, at=room.tick()).must(200)
    post(room, first).must(200)
    enter(first, table, 100).must_refuse(409, "COUNT_SESSION_POSTED")
    assert table.rundown()["drop_total_cents"] == 100


def test_a_verifier_counts_blind_and_a_difference_stops_every_result(room: Casino) -> None:
    """SOFT-7, CNT-16, CNT-17, FIND-4: both figures stay; a corrected count clears it."""
    room.ada.patch("/casino", {"settings": {"count_verifier": True}}, at=room.tick()).must(200)
    first, second = played(room), played(room)
    session = begin(room)
    enter(session, first, 100_000).must(200)
    enter(session, second, 50_000).must(200)
    post(room, session).must_refuse(409, "COUNT_NOT_VERIFIED")
    path = f"/count-sessions/{session['id']}/verifier"
    seen = room.casey.post(path, {"total_cents": 149_900}, at=room.tick()).must(200)
    assert (seen["total_cents"], seen["boxes"]) == (None, None)
    room.ana.post(path, {"total_cents": 1}, at=room.tick()).must_refuse(409, "COUNT_VERIFIED")
    posted = post(room, session).must(200)
    assert posted["exceptions_raised"][0]["variance_cents"] == -100
    for table in (first, second):
        refused = room.ana.post(f"{table.path}/reconcile", at=room.tick())
        told = refused.must_refuse(409, "EXCEPTIONS_OPEN")["facts"]["exceptions"]
        assert [each["kind"] for each in told] == ["TRANSFER_VARIANCE"]
    (finding,) = room.ana.all_of("/exceptions", kind="TRANSFER_VARIANCE")
    assert finding["facts"]["counted_cents"] == 150_000
    room.ada.patch(f"/staff/{room.casey.id}", {"roles": ["CAGE_MANAGER"]}).must(200)
    told = {"reason_code": "MISCOUNT", "narrative": "it was me"}
    involved = room.casey.post(f"/exceptions/{finding['id']}/resolve", told, at=room.tick())
    involved.must_refuse(422, "SIGNER_INVOLVED")
    count = room.art.get(f"/drops/{second.drop_ids[-1]}").must(200)["count"]
    again = {"supersedes": count["id"], "reason": "a hundred short", "batch_id": "B-again"}
    second.soft_count(49_900, **again)
    (finding,) = room.ana.all_of("/exceptions", kind="TRANSFER_VARIANCE")
    assert finding["status"] == "CLEARED"
    for table in (first, second):
        table.reconcile()


def test_the_match_runs_over_all_boxes_when_it_posts(room: Casino) -> None:
    """SOFT-4, CNT-12: a slip in the other table's box is one finding,
    whichever was entered first.
    """
    first, second = played(room), played(room)
    mine = first.manifest(first.drop_ids[-1])
    theirs = second.manifest(second.drop_ids[-1])
    session = begin(room)
    enter(session, first, 100, evidence=[]).must(200)
    enter(session, second, 100, evidence=[*mine, *theirs]).must(200)
    assert room.pat.all_of("/exceptions") == []
    post(room, session).must(200)
    open_now = room.pat.all_of("/exceptions", status="OPEN")
    assert [each["kind"] for each in open_now] == ["SLIP_WRONG_BOX"]
    assert open_now[0]["session_id"] == first.session_id


def test_a_box_that_nobody_is_known_to_have_taken_enters_nothing_until_it_is_attached(
    room: Casino,
) -> None:
    """SOFT-3: counted as unattributed; ACCOUNTING says which drop it was."""
    table = played(room)
    stranger = a_table(room)
    stranger.open_table()
    stranger.close()
    session = begin(room)
    enter(session, table, 100).must(200)
    loose = {**box_of(table, 900, evidence=[]), "box": stranger.code}
    path = f"/count-sessions/{session['id']}"
    held = room.tina.post(f"{path}/boxes", loose, at=room.tick()).must(200)
    assert [each["drop_id"] for each in held["boxes"]] == [table.drop_ids[-1], None]
    assert post(room, session).must(200)["unattributed"] == 1
    assert stranger.rundown()["drop_total_cents"] is None
    irregular = [each for each in room.ana.all_of("/exceptions") if each["session_id"] is None]
    assert [each["facts"]["box"] for each in irregular] == [stranger.code] * (
        "CUSTODY_IRREGULAR" in BY_NAME
    )
    removal = stranger.drop()
    asked = {"drop_id": removal["id"], "box": stranger.code, "reason": "not recorded"}
    room.ana.post(f"{path}/attach", asked, at=room.tick()).must(200)
    assert stranger.rundown()["drop_total_cents"] == 900
    room.ana.post(f"{path}/attach", asked, at=room.tick()).must_refuse(409, "ALREADY_COUNTED")


def test_a_dry_run_of_posting_changes_nothing(room: Casino) -> None:
    """IDEM-2: the same answer and checks."""
    table = played(room)
    session = begin(room)
    enter(session, table, 100).must(200)
    with nothing_changes(room):
        assert post(room, session, dry_run=True).must(200)["counted"] == 1
    assert table.session()["drop_state"] == "DROPPED"
