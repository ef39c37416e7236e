"""Reviewing, reconciling and finalizing: what must be there first, and what stays for good."""

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest

from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import Settings
from tablebank.domain.terms import DropState, Phase, RemovalType, SlipKind
from tests.domain.cast import ACE, PAT, worth
from tests.domain.floor import CLOSING, Floor
from tests.domain.founding import refused
from tests.domain.pit import digest

TRAY = worth(100_000)
WAITING = Settings(finalize_pending_count=True)


def counted(cents: int = 10_000) -> Floor:
    """A session closed and counted, with nothing to explain."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    removal = floor.remove(replacement="B")
    floor.hand_over(removal)
    floor.count_box(removal, cents)
    return floor


def shared() -> tuple[Floor, list[UUID]]:
    """Two sessions on one box, both closed and counted."""
    floor = Floor()
    first = floor.opened(TRAY)
    second = floor.roll_over(TRAY)
    floor.closed(TRAY)
    floor.count_box(floor.remove(), 10_000)
    return floor, [first, second]


# -- reconcile -------------------------------------------------------------------------------------


def test_a_counted_session_without_findings_is_reconciled() -> None:
    """RUN-4: CLOSED and COUNTED to RECONCILED, with who and when."""
    floor = counted()
    floor.reconcile()
    session = floor.session()
    assert session.phase == Phase.RECONCILED
    assert session.reconciled_by == ACE.id
    assert session.reconciled_at == floor.clock


def test_what_is_open_is_not_reconciled() -> None:
    """RUN-4: the refusal lists who is not closed yet."""
    floor = Floor()
    session = floor.opened(TRAY)
    floor.count_box(floor.remove(replacement="B"), 100)
    with refused(Refusal.SESSION_NOT_CLOSED) as caught:
        floor.reconcile()
    assert caught.facts == {"sessions": [{"id": str(session), "status": "OPEN"}]}


@pytest.mark.parametrize("track", ["NONE", "DROPPED"])
def test_what_is_not_counted_is_not_reconciled(track: str) -> None:
    """RUN-4: the drop's track is in the refusal."""
    floor = Floor()
    session = floor.opened(TRAY)
    floor.closed(TRAY)
    if track == "DROPPED":
        floor.remove()
    with refused(Refusal.COUNT_PENDING) as caught:
        floor.reconcile()
    assert caught.facts == {"sessions": [{"id": str(session), "drop": track}]}


def test_a_result_is_reconciled_once() -> None:
    """SESS-6: again, or after it is final, it is refused as what it is."""
    floor = counted()
    floor.reconcile()
    with refused(Refusal.ALREADY_RECONCILED):
        floor.reconcile()
    floor.finalize()
    with refused(Refusal.ALREADY_FINALIZED):
        floor.reconcile()
    with refused(Refusal.ALREADY_FINALIZED):
        floor.finalize()


def test_an_open_finding_stands_in_the_way() -> None:
    """RUN-4, FIND-4: it is listed; resolved, it no longer stops the result."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    removal = floor.remove()
    floor.count_box(removal, 10_000, second_count_cents=9_000)
    before = floor.facts
    with refused(Refusal.EXCEPTIONS_OPEN) as caught:
        floor.reconcile()
    finding = floor.finding("COUNT_VARIANCE")
    assert caught.facts == {"exceptions": [{"id": str(finding.id), "kind": "COUNT_VARIANCE"}]}
    assert floor.facts == before
    floor.resolve("COUNT_VARIANCE")
    floor.reconcile()
    assert floor.session().phase == Phase.RECONCILED


def test_every_check_runs_before_it_reconciles() -> None:
    """RUN-4, FIND-4: what nobody has detected yet stops it all the same."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    removal = floor.remove()
    floor.count_box(removal, 10_000, second_count_cents=9_000)
    floor.forget_findings()
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile()


def test_another_session_s_finding_does_not_stop_it() -> None:
    """RUN-4: only what hangs on the session or its group."""
    floor = counted()
    first = floor.session().id
    floor.opened(TRAY, "SWING")
    floor.force("power cut")
    assert floor.findings() == ["MISSING_CLOSING_COUNT"]
    floor.reconcile(first)
    assert floor.session(first).phase == Phase.RECONCILED


def test_a_finding_that_stops_nothing_stops_nothing() -> None:
    """FIND-1: it wants an answer and the result goes on."""
    floor = Floor()
    floor.recorded_late(minutes=20)
    floor.opened(TRAY)
    floor.recorded_late(minutes=0)
    floor.closed(TRAY)
    floor.count_box(floor.remove(), 100)
    assert floor.findings() == ["LATE_ENTRY"]
    floor.reconcile()


def test_a_credit_that_rolled_away_unverified_is_settled_first() -> None:
    """RUN-1, SLIP-12: it left this tray and the cage has not counted it: no result yet."""
    floor = Floor()
    session = floor.opened(TRAY)
    slip = floor.ask(SlipKind.CREDIT, worth(20_000))
    floor.pick_up(slip)
    floor.roll_over(worth(80_000))
    floor.count_box(floor.remove(on=session, replacement="B"), 100)
    with refused(Refusal.SLIPS_IN_FLIGHT):
        floor.reconcile(session)
    floor.verify(slip)
    floor.deposit(slip)
    floor.reconcile(session)
    assert floor.rundown(session).table_win_cents == 100


# -- the group -------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1])
def test_a_group_is_reconciled_and_finalized_whole(which: int) -> None:
    """BOX-6, RUN-5: on any member, for all of them, with one report."""
    floor, members = shared()
    member = members[which]
    floor.reconcile(member)
    assert {floor.session(each).phase for each in members} == {Phase.RECONCILED}
    report = floor.finalize(member)
    assert {floor.session(each).phase for each in members} == {Phase.FINALIZED}
    assert report.session_id == members[0]
    assert report.member_ids == tuple(str(each) for each in members)
    assert report.content["rundown"]["table_win_cents"] == 10_000
    assert len(report.content["rundown"]["members"]) == 2


def test_a_group_waits_for_all_its_members() -> None:
    """BOX-6: only when all are CLOSED and COUNTED."""
    floor = Floor()
    first = floor.opened(TRAY)
    second = floor.roll_over(TRAY)
    floor.count_box(floor.remove(replacement="B"), 100)
    with refused(Refusal.SESSION_NOT_CLOSED) as caught:
        floor.reconcile(first)
    assert caught.facts == {"sessions": [{"id": str(second), "status": "OPEN"}]}


def test_a_finding_on_one_member_stops_all() -> None:
    """BOX-6, FIND-4: the group is what is reconciled."""
    floor = Floor()
    first = floor.opened(TRAY)
    floor.roll_over(TRAY)
    floor.force("power cut")
    floor.count_box(floor.remove(), 100)
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.reconcile(first)


# -- finalize --------------------------------------------------------------------------------------


def test_a_final_report_holds_everything_it_was_made_from() -> None:
    """RUN-5: the inputs by id, the numbers, who and when, and its own hash."""
    floor = Floor(par_cents=100_000)
    session = floor.opened(TRAY)
    slip = floor.filled(worth(20_000))
    floor.closed(worth(120_000))
    floor.count_box(floor.remove(), 7_000)
    floor.reconcile()
    report = floor.finalize()
    rundown = report.content["rundown"]
    assert rundown["state"] == "complete"
    assert rundown["table_win_cents"] == 7_000
    assert rundown["inputs"] == {
        "snapshots": [str(each.id) for each in floor.snapshots(session)],
        "slips": [str(slip)],
        "counts": [str(floor.facts.counts[0].id)],
    }
    assert report.content["finalized_by"] == str(ACE.id)
    assert report.content["finalized_at"] == floor.clock.isoformat().replace("+00:00", "Z")
    assert report.content["sessions"][0]["table_code"] == "BJ-07"
    assert report.pending_count is report.content["pending_count"] is False
    assert (report.revision, report.replaces) == (1, None)
    assert report.content_sha256 == digest(report.content)
    with pytest.raises(FrozenInstanceError):
        report.revision = 2  # type: ignore[misc]


def test_a_hash_changes_with_any_number_in_the_report() -> None:
    """RUN-5: one dollar more is another hash."""
    hashes = set()
    for cents in (10_000, 10_100):
        floor = counted(cents)
        floor.reconcile()
        hashes.add(floor.finalize().content_sha256)
    assert len(hashes) == 2


def test_a_result_is_reconciled_before_it_is_final() -> None:
    """RUN-5: NOT_RECONCILED, however well everything fits."""
    floor = counted()
    for pending in (False, True):
        with refused(Refusal.NOT_RECONCILED):
            floor.finalize(pending=pending)
    assert floor.facts.reports == ()


def test_what_came_to_light_after_reconciling_stops_the_final_report() -> None:
    """FIND-4, RUN-5: through no door, not through the second one either."""
    floor = counted()
    floor.reconcile()
    (count,) = floor.facts.counts
    floor.count_box(
        count.removal_id,
        10_000,
        second_count_cents=9_000,
        supersedes=count.id,
        reason="recounted",
    )
    assert floor.findings() == ["COUNT_VARIANCE"]
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.finalize()
    floor.resolve("COUNT_VARIANCE")
    floor.finalize()


def test_a_box_that_came_after_reconciling_is_counted_first() -> None:
    """RUN-5: a final report that is not pending is never over an unknown drop."""
    floor = counted()
    session = floor.session().id
    floor.reconcile()
    second = floor.remove(RemovalType.SCHEDULED)
    assert floor.session(session).drop_state == DropState.DROPPED
    with refused(Refusal.COUNT_PENDING):
        floor.finalize()
    floor.count_box(second, 0)
    assert floor.finalize().content["rundown"]["table_win_cents"] == 10_000


# -- before the count ------------------------------------------------------------------------------


def test_a_session_is_finalized_before_its_count_where_the_casino_allows_it() -> None:
    """RUN-5: then the report says so for good, and its win is null."""
    floor = Floor(settings=WAITING)
    floor.opened(TRAY)
    floor.closed(worth(120_000))
    report = floor.finalize(pending=True)
    assert report.pending_count is report.content["pending_count"] is True
    assert report.content["rundown"]["table_win_cents"] is None
    assert report.content["rundown"]["drop_total_cents"] is None
    assert report.content["rundown"]["before_drop_cents"] == 20_000
    assert report.content["rundown"]["state"] == "pending_count"
    floor.count_box(floor.remove(), 500)
    assert floor.facts.reports == (report,)
    assert floor.rundown().table_win_cents == 20_500


@pytest.mark.parametrize(
    ("settings", "pending", "refusal"),
    [
        (Settings(), True, Refusal.COUNT_PENDING),
        (Settings(), False, Refusal.NOT_RECONCILED),
        (WAITING, False, Refusal.NOT_RECONCILED),
    ],
)
def test_otherwise_it_waits_for_its_count(
    settings: Settings, pending: bool, refusal: Refusal
) -> None:
    """RUN-5: the casino must allow it and somebody must ask for it."""
    floor = Floor(settings=settings)
    floor.opened(TRAY)
    floor.closed(TRAY)
    with refused(refusal):
        floor.finalize(pending=pending)


def test_before_the_count_every_check_that_can_run_has_run() -> None:
    """RUN-5, FIND-4: pending is no way round a finding."""
    floor = Floor(settings=WAITING)
    floor.opened(TRAY)
    floor.force("power cut")
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.finalize(pending=True)


def test_a_live_session_is_never_final() -> None:
    """RUN-5: it needs to be CLOSED."""
    floor = Floor(settings=WAITING)
    floor.opened(TRAY)
    floor.issue(floor.ask(SlipKind.FILL, "1 black"))
    floor.begin()
    floor.count(CLOSING, TRAY)
    with refused(Refusal.SESSION_NOT_CLOSED):
        floor.finalize(pending=True)


def test_a_member_is_finalized_alone_only_before_the_count() -> None:
    """BOX-6: as a pending count, with its own before-drop and no win."""
    floor = Floor(settings=WAITING)
    first = floor.opened(TRAY)
    second = floor.roll_over(worth(90_000))
    report = floor.finalize(first, pending=True)
    assert report.member_ids == (str(first),)
    assert report.content["rundown"]["state"] == "shared_drop"
    assert report.content["rundown"]["before_drop_cents"] == -10_000
    assert report.content["rundown"]["table_win_cents"] is None
    assert floor.session(second).phase == Phase.OPEN


# -- review ----------------------------------------------------------------------------------------


def test_a_pit_manager_looks_at_a_closed_result() -> None:
    """SIGN-3: who reviewed it, and when; a live one is not reviewed."""
    floor = Floor()
    floor.opened(TRAY)
    with refused(Refusal.SESSION_NOT_CLOSED):
        floor.review()
    floor.closed(TRAY)
    floor.review()
    assert floor.session().reviewed_by == PAT.id
    assert floor.session().phase == Phase.CLOSED
