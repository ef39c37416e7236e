"""Signed remarks on sessions, slips and exceptions, and results that ask for one (RUN-10)."""

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import Casino, Person, found

SAID = {"text": "Three hands at $5,000 by one player.", "reference": "report 118"}
LIMITS = {"min_cents": 2_500, "max_cents": 500_000, "result_cents": 40_000}


def _counted(casino: Casino, cents: int, **limits: object) -> AtTable:
    """A table with the limit, closed as it was opened, with so much in its box."""
    table = a_table(casino, limits={**LIMITS, **limits})
    table.open_table()
    table.close()
    table.drop()
    table.soft_count(cents)
    return table


def _remark(who: Person, path: str, table: AtTable, **more: object) -> dict[str, object]:
    answer: dict[str, object] = who.post(
        f"{path}/remarks", {**SAID, **more}, at=table.when(None)
    ).must(201)
    return answer


def test_a_remark_is_signed_and_stays(live: AtTable) -> None:
    """RUN-10: who, when, what it points to; a further one adds, and none is changed."""
    casino = live.casino
    first = _remark(casino.sam, live.path, live)
    _remark(casino.ana, live.path, live, text="Agreed.", reference=None)
    items = casino.art.get(f"{live.path}/remarks").must(200)["items"]
    assert [each["text"] for each in items] == [SAID["text"], "Agreed."]
    assert items[0] == first
    assert (first["reference"], items[1]["reference"]) == ("report 118", None)
    (signed,) = items[0]["signatures"]
    assert (signed["staff_id"], signed["role"]) == (casino.sam.id, "SUPERVISOR")
    assert (first["subject_type"], first["subject_id"]) == ("session", live.session_id)
    entry = casino.art.all_of("/journal")[-1]
    assert (entry["command"], entry["session_id"]) == ("remark_on_session", live.session_id)


def test_a_slip_and_an_exception_take_remarks(live: AtTable) -> None:
    """RUN-10: each where it belongs; of the exception only for those who may read it."""
    casino = live.casino
    slip = live.fill("5 black")
    _remark(casino.casey, f"/slips/{slip['id']}", live)
    live.close()
    live.drop()
    raised = live.soft_count(100, second_count_cents=99)["exceptions_raised"]
    path = f"/exceptions/{raised[0]['id']}"
    on_it = _remark(casino.pat, path, live)
    assert (on_it["subject_type"], on_it["session_id"]) == ("exception", live.session_id)
    assert len(casino.sam.get(f"{path}/remarks").must(200)["items"]) == 1
    casino.dana.get(f"{path}/remarks").must_refuse(403, "ROLE_NOT_ALLOWED")
    assert len(casino.dana.get(f"/slips/{slip['id']}/remarks").must(200)["items"]) == 1
    assert casino.sam.get(f"{live.path}/remarks").must(200)["items"] == []


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": " \n"}, {"text": "x", "at": 1}])
def test_a_remark_says_something(live: AtTable, body: dict[str, object]) -> None:
    """RUN-10: a blank one is none."""
    with nothing_changes(live.casino):
        live.casino.sam.post(f"{live.path}/remarks", body).must_refuse(422, "SHAPE")


def test_a_remark_makes_nobody_involved(live: AtTable) -> None:
    """SIGN-3, RUN-10: who says something to a session has not signed a fact of it."""
    live.close()
    live.drop()
    live.soft_count(100)
    _remark(live.casino.ana, live.path, live)
    live.reconcile()
    _remark(live.casino.ana, live.path, live, text="Also after it.")
    assert live.finalize()["status"] == "FINALIZED"


def test_a_result_beyond_the_limit_asks_for_a_remark(own: Casino) -> None:
    """RUN-10: refused with both amounts, until somebody has said something to it."""
    own.person("ana")
    table = _counted(own, 40_001)
    with nothing_changes(own):
        answer = own.ana.post(f"{table.path}/reconcile", at=own.now)
        facts = answer.must_refuse(409, "REMARK_REQUIRED")["facts"]
    assert facts == {"limit_cents": 40_000, "table_win_cents": 40_001}
    _remark(own.pat, table.path, table)
    assert table.reconcile()["status"] == "RECONCILED"
    assert table.finalize()["status"] == "FINALIZED"


def test_what_was_said_before_the_count_was_not_said_to_the_result(own: Casino) -> None:
    """RUN-10: nobody knew the result yet."""
    table = a_table(own, limits=LIMITS)
    table.open_table()
    table.close()
    _remark(own.pat, table.path, table)
    table.drop()
    table.soft_count(90_000)
    own.ana.post(f"{table.path}/reconcile", at=own.now).must_refuse(409, "REMARK_REQUIRED")


@pytest.mark.parametrize(("cents", "limits"), [(40_000, {}), (9_000_000, {"result_cents": None})])
def test_within_the_limit_and_without_one_nothing_is_asked(
    own: Casino, cents: int, limits: dict[str, object]
) -> None:
    """RUN-10: the limit itself is within it."""
    assert _counted(own, cents, **limits).reconcile()["status"] == "RECONCILED"


def test_an_amendment_beyond_the_limit_asks_too() -> None:
    """RUN-6, RUN-10: a result that was within the limit and is not any more."""
    casino = found()
    table = _counted(casino, 30_000)
    table.reconcile()
    table.finalize()
    count = casino.art.get(f"/drops/{table.drop_ids[0]}").must(200)["count"]["id"]
    table.soft_count(70_000, supersedes=count, reason="the lid")
    asked = casino.ana.post(f"{table.path}/amend", {"reason": "the lid"}, at=casino.now)
    asked.must_refuse(409, "REMARK_REQUIRED")
    _remark(casino.pat, table.path, table)
    assert table.amend()["revision"] == 2


def test_a_recount_between_reconciling_and_finalizing_asks_too(own: Casino) -> None:
    """RUN-5, RUN-10: through no door."""
    table = _counted(own, 30_000)
    table.reconcile()
    count = own.art.get(f"/drops/{table.drop_ids[0]}").must(200)["count"]["id"]
    table.soft_count(70_000, supersedes=count, reason="the lid")
    own.ana.post(f"{table.path}/finalize", at=own.now).must_refuse(409, "REMARK_REQUIRED")


def test_the_limit_is_the_one_the_session_was_opened_with(own: Casino) -> None:
    """BASE-7, RUN-10: raising it afterwards lets nothing through."""
    table = _counted(own, 50_000)
    higher = {"limits": {**LIMITS, "result_cents": 90_000}}
    own.ada.patch(f"/tables/{table.id}", higher, at=own.tick()).must(200)
    own.ana.post(f"{table.path}/reconcile", at=own.now).must_refuse(409, "REMARK_REQUIRED")


def test_a_limit_is_an_amount(own: Casino) -> None:
    """CHIP-1, RUN-10: none below zero."""
    asked = {"code": "XX", "pit": "1", "limits": {**LIMITS, "result_cents": -1}}
    own.ada.post("/tables", asked).must_refuse(422, "NEGATIVE_AMOUNT")
