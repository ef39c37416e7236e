"""The soft count over HTTP: posted once, immutable, corrected by a new revision (SOFT)."""

from typing import Any

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, Json
from tests.line import Answer
from tests.say import dollars, spoken


@pytest.fixture
def dropped(live: AtTable) -> AtTable:
    """A closed table whose box has arrived in the count room."""
    live.close()
    live.drop()
    live.custody()
    return live


def _post(table: AtTable, body: Json, **how: Any) -> Answer:
    asked = {"signed": [table.casino.tom], "at": table.when(None), **how}
    return table.casino.tina.post(f"/drops/{table.drop_ids[-1]}/count", body, **asked)


CONTENTS = (
    ("CURRENCY", 100_000, 1),
    ("COIN", 25, 1),
    ("CHIP", 2_500, 1),
    ("FOREIGN_CURRENCY", 500, 1),
    ("VOUCHER", 700, 1),
    ("CHECK", 9_000, 1),
    ("MARKER_ISSUE", 50_000, 1),
    ("MARKER_PAYMENT", 20_000, -1),
    ("PROMO_CHIP", 2_500, 0),
    ("FOREIGN_CHIP", 100, 0),
    ("COUPON", 1_000, 0),
    ("REJECT", 2_000, 0),
    ("OTHER", 3_000, 0),
)


def test_every_instrument_has_its_effect_on_the_drop(dropped: AtTable) -> None:
    """SOFT-1, CNT-21, CNT-22: total is the sum of amounts, the drop effect what enters the drop."""
    lines = [{"instrument": name, "amount_cents": cents} for name, cents, _ in CONTENTS]
    total = sum(cents for _, cents, _ in CONTENTS)
    answer = dropped.soft_count(total, contents=lines)
    assert answer["total_cents"] == total
    assert answer["drop_effect_cents"] == sum(cents * sign for _, cents, sign in CONTENTS)
    assert dropped.rundown()["drop_total_cents"] == answer["drop_effect_cents"]


def test_a_counted_drop_may_be_negative_and_empty(dropped: AtTable) -> None:
    """SOFT-1: amounts never, their signed sum may be; lines of 0 and no lines are valid."""
    lines = [
        {"instrument": "MARKER_PAYMENT", "amount_cents": 500},
        {"instrument": "CURRENCY", "denomination_cents": 10_000, "quantity": 0, "amount_cents": 0},
    ]
    assert dropped.soft_count(500, contents=lines)["drop_effect_cents"] == -500
    assert dropped.rundown()["drop_total_cents"] == -500


def test_an_empty_box_is_a_count_of_nothing(dropped: AtTable) -> None:
    """SOFT-1, LESSON-2: a drop that is 0 is known; the hold over it is not (RUN-7)."""
    assert dropped.soft_count(0)["contents"] == []
    rundown = dropped.rundown()
    assert (rundown["state"], rundown["drop_total_cents"]) == ("complete", 0)
    assert rundown["hold_pct"] is None


def test_a_total_is_the_sum_of_its_parts(dropped: AtTable) -> None:
    """SOFT-3, LESSON-17, CNT-06, CNT-14: else nothing is taken in and nothing is lost."""
    good = dropped.count_of(1_000)
    line = {"instrument": "CURRENCY", "denomination_cents": 10_000, "quantity": 2}
    with nothing_changes(dropped.casino):
        _post(dropped, {**good, "total_cents": 999}).must_refuse(422, "TOTAL_MISMATCH")
        _post(dropped, {**good, "contents": []}).must_refuse(422, "TOTAL_MISMATCH")
        wrong = {**good, "contents": [{**line, "amount_cents": 1_000}]}
        problem = _post(dropped, wrong).must_refuse(422, "TOTAL_MISMATCH")
        assert problem["errors"][0]["pointer"] == "/contents/0/amount_cents"
    assert _post(dropped, good).status == 201


def test_the_same_batch_again_is_answered_as_the_first_time(dropped: AtTable) -> None:
    """SOFT-2, CNT-20: under another key too; with other content, or another
    batch, ALREADY_COUNTED.
    """
    body = dropped.count_of(1_000)
    first = _post(dropped, body)
    now = dropped.when(None)
    with nothing_changes(dropped.casino):
        again = _post(dropped, body, dry_run=True, at=now)
        assert again["id"] == first["id"]
        for other in (
            {**body, "first_count_cents": 999},
            dropped.count_of(1_000),
            {**body, "evidence": [{"form": "OTHER"}]},
        ):
            answer = _post(dropped, other, at=now)
            answer.must_refuse(409, "ALREADY_COUNTED", count_id=first["id"])
    answer = _post(dropped, body)
    assert (answer.status, answer["id"], answer["revision"]) == (201, first["id"], 1)


def test_a_correction_is_a_new_revision_with_a_reason(dropped: AtTable) -> None:
    """SOFT-2, CNT-10: it names what it replaces; the old one stays, the new
    one enters the rundown.
    """
    first = dropped.soft_count(1_000)
    body = dropped.count_of(2_000)
    with nothing_changes(dropped.casino):
        wrong = {**body, "supersedes": first["id"]}
        _post(dropped, wrong).must_refuse(422, "COUNT_REVISION_INVALID")
        wrong = {**body, "supersedes": dropped.id, "reason": "a bundle was counted twice"}
        _post(dropped, wrong).must_refuse(404, "NOT_FOUND")
    right = _post(
        dropped, {**body, "supersedes": first["id"], "reason": "a bundle was counted twice"}
    ).must(201)
    assert (right["revision"], right["supersedes"]) == (2, first["id"])
    assert dropped.rundown()["drop_total_cents"] == 2_000
    drop = dropped.casino.art.get(f"/drops/{dropped.drop_ids[0]}")
    assert drop["count"]["id"] == right["id"]


def test_every_member_of_the_team_signs(dropped: AtTable) -> None:
    """SIGN-3, SOFT-7, CNT-15: at least two, the caller one of them, nobody for another."""
    casino, body = dropped.casino, dropped.count_of(1_000)
    now = dropped.when(None)
    with nothing_changes(casino):
        _post(dropped, body, signed=[], at=now).must_refuse(422, "SIGNATURE_MISSING")
        alone = {**body, "team": [casino.tina.badge]}
        _post(dropped, alone, signed=[], at=now).must_refuse(422, "SIGNATURE_MISSING")
        three = {**body, "team": ["7001", "7002", "7003"]}
        _post(dropped, three, at=now).must_refuse(422, "SIGNATURE_MISSING")
        without = {**body, "team": ["7002", "7003"]}
        answer = _post(dropped, without, signed=[casino.tom, casino.tess], at=now)
        answer.must_refuse(422, "SIGNER_NOT_ALLOWED")
        twice = {**body, "team": ["7001", "7001"]}
        _post(dropped, twice, at=now).must_refuse(422, "SIGNERS_NOT_DISTINCT")
        unknown = {**body, "team": ["7001", "0000"]}
        problem = _post(dropped, unknown, at=now).must_refuse(422, "REFERENCE_UNKNOWN")
        assert problem["errors"][0]["pointer"] == "/team/1"
    three["team"] = ["7001", "7002", "7003"]
    assert _post(dropped, three, signed=[casino.tom, casino.tess]).status == 201


def test_an_integration_posts_with_the_teams_own_signatures(dropped: AtTable) -> None:
    """SIGN-3: SERVICE posts and signs nothing."""
    casino, body = dropped.casino, dropped.count_of(1_000)
    path, now = f"/drops/{dropped.drop_ids[0]}/count", dropped.when(None)
    with nothing_changes(casino):
        answer = casino.iris.post(path, body, at=now, signed=[casino.tom])
        answer.must_refuse(422, "SIGNATURE_MISSING")
    answer = casino.iris.post(path, body, at=now, signed=[casino.tina, casino.tom])
    assert answer.status == 201


def test_posting_sets_when_the_drop_was_posted(dropped: AtTable) -> None:
    """SOFT-6: of the sessions it makes COUNTED; nothing else does."""
    assert dropped.session()["drop_posted_at"] is None
    now = dropped.when(None)
    _post(dropped, dropped.count_of(5), at=now).must(201)
    assert dropped.session()["drop_posted_at"] == spoken(now)


def test_what_the_count_room_saw_becomes_findings(dropped: AtTable) -> None:
    """SOFT-1, CNT-08, CNT-09: counts that differ are COUNT_VARIANCE, what it reports
    COUNT_REPORTED each.
    """
    dropped.soft_count(
        dollars("10"),
        second_count_cents=dollars("9"),
        reported_exceptions=[{"words": "a torn bill"}, {"words": "no seal"}],
    )
    found = dropped.casino.pat.all_of("/exceptions", session_id=dropped.session_id)
    assert sorted(each["kind"] for each in found) == [
        "COUNT_REPORTED",
        "COUNT_REPORTED",
        "COUNT_VARIANCE",
    ]
    assert all(each["stops"] == "result" for each in found)


def test_the_manifest_is_kept(dropped: AtTable) -> None:
    """SOFT-1, CNT-11: every form found, with number, table and amount."""
    evidence = [
        {"form": "OPENER", "number": "O-2026-000001", "table": "BJ-07"},
        {"form": "FILL", "number": "F-2026-000123", "table": "BJ-07", "amount_cents": 250_000},
    ]
    dropped.soft_count(5, evidence=evidence)
    drop = dropped.casino.ana.get(f"/drops/{dropped.drop_ids[0]}")
    assert drop["count"]["evidence"] == evidence


def test_a_count_is_not_before_the_hand_over(dropped: AtTable) -> None:
    """TIME-1: counts not before the fact they follow."""
    with nothing_changes(dropped.casino):
        answer = _post(dropped, dropped.count_of(5), at=dropped.when("06:01"))
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_a_slip_in_no_box_when_the_drop_is_counted_is_a_finding(live: AtTable) -> None:
    """SLIP-13, FIND-2: SLIP_NOT_DEPOSITED; it clears when the slip is deposited after all."""
    slip = live.verify_fill(live.issue(live.ask_fill("1 black")), deposit=False)
    live.close()
    live.drop()
    live.custody()
    raised = live.soft_count(1_000)["exceptions_raised"]
    assert [each["kind"] for each in raised] == ["SLIP_NOT_DEPOSITED"]
    answer = live.casino.ana.post(f"{live.path}/reconcile", at=live.when(None))
    answer.must_refuse(409, "EXCEPTIONS_OPEN")
    live.deposit(slip)
    finding = live.casino.pat.get(f"/exceptions/{raised[0]['id']}").must(200)
    assert finding["status"] == "CLEARED"
    assert live.reconcile()["status"] == "RECONCILED"
