"""Review, reconcile, finalize: when a result is ready, and who may say so (RUN-4, RUN-5)."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found


@pytest.fixture
def counted(live: AtTable) -> AtTable:
    """A closed table whose only box is counted."""
    live.close()
    live.drop()
    live.custody()
    live.soft_count(50_000)
    return live


def _refuse(table: AtTable, step: str, status: int, code: str, **body: object) -> None:
    with nothing_changes(table.casino):
        path = f"{table.path}/{step}"
        who = table.casino.pat if step == "review" else table.casino.ana
        who.post(path, body, at=table.casino.now).must_refuse(status, code)


def test_a_result_goes_its_way_once(live: AtTable) -> None:
    """RUN-4, RUN-5, SESS-6: closed and counted, then reconciled, then final; each once."""
    for step in ("review", "reconcile", "finalize"):
        _refuse(live, step, 409, "SESSION_NOT_CLOSED")
    live.close()
    _refuse(live, "reconcile", 409, "COUNT_PENDING")
    _refuse(live, "finalize", 409, "NOT_RECONCILED")
    live.drop()
    live.soft_count(5)
    _refuse(live, "finalize", 409, "NOT_RECONCILED")
    live.reconcile()
    _refuse(live, "reconcile", 409, "ALREADY_RECONCILED")
    live.finalize()
    for step in ("reconcile", "finalize"):
        _refuse(live, step, 409, "ALREADY_FINALIZED")


def test_an_open_finding_stops_reconcile_and_finalize(live: AtTable) -> None:
    """RUN-4, FIND-4, EXC-06: listed by id and kind; resolved, the way is free."""
    live.close()
    live.drop()
    raised = live.soft_count(100, second_count_cents=99)["exceptions_raised"]
    casino = live.casino
    answer = casino.ana.post(f"{live.path}/reconcile", at=casino.now)
    facts = answer.must_refuse(409, "EXCEPTIONS_OPEN")["facts"]
    assert facts["exceptions"] == [{"id": raised[0]["id"], "kind": "COUNT_VARIANCE"}]
    asked = {"reason_code": "MISCOUNT", "narrative": "one dollar stuck in the counter"}
    casino.cam.post(f"/exceptions/{raised[0]['id']}/resolve", asked).must(200)
    live.reconcile()
    body = {**live.count_of(200), "supersedes": _count_id(live), "reason": "found more"}
    casino.tina.post(
        f"/drops/{live.drop_ids[0]}/count",
        {**body, "second_count_cents": 1},
        at=live.when(None),
        signed=[casino.tom],
    ).must(201)
    _refuse(live, "finalize", 409, "EXCEPTIONS_OPEN")


def _count_id(table: AtTable) -> str:
    drop = table.casino.art.get(f"/drops/{table.drop_ids[0]}").must(200)
    return str(drop["count"]["id"])


def test_who_signed_a_fact_neither_reconciles_nor_finalizes(own: Casino) -> None:
    """SIGN-3: caller, who signed none of the facts; also not of another member of the group."""
    both = own.hire(badge="both", name="Bo", roles=["SUPERVISOR", "ACCOUNTING"], pin="909090")
    table = a_table(own)
    table.open_table()
    own.sam.post(
        f"{table.path}/snapshots",
        {"kind": "INTERIM", "chipset": {}},
        at=table.when(None),
        signed=[both.signs("SUPERVISOR")],
    ).must(201)
    table.roll_over()
    table.close()
    table.drop()
    table.soft_count(5)
    for step in ("reconcile", "finalize"):
        if step == "finalize":
            table.reconcile()
        with nothing_changes(own):
            answer = both.post(f"{table.path}/{step}", at=own.now)
            answer.must_refuse(422, "SIGNER_INVOLVED")
    table.finalize()


def test_a_finalized_report_is_kept_with_inputs_and_hash(counted: AtTable) -> None:
    """RUN-5, STA-01: who, when, every input by id, its own hash; it never changes."""
    counted.reconcile()
    final = counted.finalize()
    assert final["revision"] == 1
    assert final["finalized_by"] == counted.casino.ana.id
    assert len(final["content_sha256"]) == 64
    assert len(final["inputs"]["snapshots"]) == 2
    assert len(final["inputs"]["counts"]) == 1
    reports = counted.casino.art.get(f"{counted.path}/reports").must(200)["items"]
    assert len(reports) == 1
    assert reports[0]["content_sha256"] == final["content_sha256"]
    assert counted.rundown()["table_win_cents"] == final["table_win_cents"]


def test_what_comes_later_stands_beside_the_report(counted: AtTable) -> None:
    """RUN-6, LESSON-17: a recount is kept at once, shown beside, and changes no final number."""
    counted.reconcile()
    final = counted.finalize()
    counted.soft_count(
        60_000, supersedes=_count_id(counted), reason="a bundle was found in the lid"
    )
    now = counted.rundown()
    assert now["table_win_cents"] == final["table_win_cents"]
    assert (now["content_sha256"], now["revision"]) == (final["content_sha256"], 1)
    assert now["since_report"], "and it says that something came"
    assert counted.session()["phase"] == "FINALIZED"


def test_an_amendment_is_a_revision_beside_the_report(counted: AtTable) -> None:
    """RUN-6, LESSON-17, WIN-08: with a reason, by accounting; both stay, with a hash each."""
    _refuse(counted, "amend", 409, "NOT_FINALIZED", reason="too soon")
    counted.reconcile()
    final = counted.finalize()
    _refuse(counted, "amend", 409, "NOTHING_TO_AMEND", reason="just so")
    counted.soft_count(60_000, supersedes=_count_id(counted), reason="a bundle in the lid")
    for body in ({}, {"reason": "  "}, {"reason": "x", "add": {"drop_cents": 5}}):
        _refuse(counted, "amend", 422, "SHAPE", **body)
    amended = counted.amend("a bundle was found in the lid")
    assert (amended["status"], amended["revision"]) == ("FINALIZED", 2)
    assert amended["table_win_cents"] == final["table_win_cents"] + 10_000
    assert amended["since_report"] is None
    assert counted.rundown()["content_sha256"] == amended["content_sha256"]
    first, second = counted.casino.art.get(f"{counted.path}/reports").must(200)["items"]
    assert first["content_sha256"] == final["content_sha256"]
    assert first["content"]["rundown"]["table_win_cents"] == final["table_win_cents"]
    assert (second["revision"], second["replaces"]) == (2, first["id"])
    assert second["content"]["amends"]["reason"] == "a bundle was found in the lid"
    entry = counted.casino.art.all_of("/journal")[-1]
    assert (entry["command"], entry["subject_id"]) == ("amend", counted.session_id)


def test_an_open_finding_stops_an_amendment(counted: AtTable) -> None:
    """FIND-4, RUN-6: what is found in the recount is answered for first."""
    counted.reconcile()
    counted.finalize()
    again = {"supersedes": _count_id(counted), "reason": "the lid", "second_count_cents": 1}
    counted.soft_count(60_000, **again)
    _refuse(counted, "amend", 409, "EXCEPTIONS_OPEN", reason="the lid")


def test_who_signed_a_fact_does_not_amend(own: Casino) -> None:
    """SIGN-3: also not who counted the box again; who finalized it may."""
    both = own.hire(badge="both2", name="Bo", roles=["COUNT_TEAM", "ACCOUNTING"], pin="909090")
    table = a_table(own)
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(5)
    table.reconcile()
    table.finalize()
    body = {**table.count_of(7), "supersedes": _count_id(table), "reason": "two more"}
    team = [both.badge, own.tom.badge]
    path = f"/drops/{table.drop_ids[0]}/count"
    both.post(path, {**body, "team": team}, at=own.tick(), signed=[own.tom]).must(201)
    with nothing_changes(own):
        asked = both.post(f"{table.path}/amend", {"reason": "two more"}, at=own.now)
        asked.must_refuse(422, "SIGNER_INVOLVED")
    assert table.amend()["revision"] == 2


def test_a_member_final_before_its_count_is_amended_into_its_group() -> None:
    """BOX-6, RUN-6: the group's report replaces the member's; all of them are final then."""
    casino = found(settings={"finalize_pending_count": True})
    table = a_table(casino)
    table.open_table("20 black")
    first = table.session_id
    table.roll_over("10 black")
    second = table.session_id
    table.close("5 black")
    alone = {"pending_count": True}
    casino.ana.post(f"/sessions/{first}/finalize", alone, at=casino.tick()).must(200)
    _refuse(table, "amend", 409, "COUNT_PENDING", reason="not counted yet")
    table.drop()
    table.soft_count(300_000)
    _refuse(table, "reconcile", 409, "ALREADY_FINALIZED")
    amended = table.amend("the box is counted")
    assert (amended["group_id"], amended["revision"]) == (first, 2)
    assert amended["table_win_cents"] == -150_000 + 300_000
    for each in (first, second):
        own = casino.sam.get(f"/sessions/{each}/rundown").must(200)
        assert (own["status"], own["revision"], own["since_report"]) == ("FINALIZED", 2, None)
    reports = casino.sam.get(f"/sessions/{first}/reports").must(200)["items"]
    assert [each["revision"] for each in reports] == [1, 2]


def test_a_pending_count_is_finalized_only_where_the_house_allows_it(live: AtTable) -> None:
    """RUN-5, CLOSE-4: the report says so for good, and its win is null."""
    live.close()
    _refuse(live, "finalize", 409, "COUNT_PENDING", pending_count=True)
    casino = found(settings={"finalize_pending_count": True})
    table = a_table(casino)
    table.open_table()
    table.close()
    casino.person("ana")
    _refuse(table, "finalize", 409, "NOT_RECONCILED")
    final = table.finalize(pending_count=True)
    assert (final["status"], final["state"]) == ("FINALIZED", "pending_count")
    assert (final["table_win_cents"], final["drop_total_cents"]) == (None, None)
    report = casino.art.get(f"{table.path}/reports")["items"][0]
    assert report["pending_count"] is True
    table.drop()
    table.soft_count(700)
    assert table.rundown()["table_win_cents"] is None, "the count enters by amendment (RUN-6)"


def test_a_group_is_reconciled_and_finalized_as_one(live: AtTable) -> None:
    """BOX-6: on any member, for all, when all are closed and counted."""
    first = live.session_id
    live.roll_over()
    second = live.session_id
    _refuse(live, "reconcile", 409, "SESSION_NOT_CLOSED")
    live.close()
    _refuse(live, "reconcile", 409, "COUNT_PENDING")
    live.drop()
    live.soft_count(5_000)
    sam = live.casino.sam
    for each in (first, second):
        member = sam.get(f"/sessions/{each}/rundown").must(200)
        assert (member["state"], member["group_id"]) == ("shared_drop", first)
        assert (member["drop_total_cents"], member["table_win_cents"]) == (None, None)
        assert member["hold_pct"] is None
        assert "DROP_SHARED" in member["reasons"]
    answer = live.reconcile()
    assert answer["group_id"] == first
    assert answer["table_win_cents"] == 5_000
    assert [each["session_id"] for each in answer["members"]] == [first, second]
    live.session_id = first
    assert live.finalize()["status"] == "FINALIZED"
    for each in (first, second):
        assert sam.get(f"/sessions/{each}").must(200)["phase"] == "FINALIZED"
        reports = sam.get(f"/sessions/{each}/reports").must(200)["items"]
        assert len(reports) == 1, "a member lists its group's"


def test_a_drop_group_is_asked_for_by_any_of_its_own_ids_only(live: AtTable) -> None:
    """BOX-6, TEN-1: `group_id` is its first session's id; what is no group is not there."""
    sam, first = live.casino.sam, live.session_id
    sam.get(f"/drop-groups/{first}/rundown").must_refuse(404, "NOT_FOUND")
    live.roll_over()
    assert sam.get(f"/drop-groups/{first}/rundown").must(200)["group_id"] == first
