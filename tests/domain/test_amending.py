"""Amending a final result: what came later enters as a revision, and the report before it stays."""

from uuid import UUID

import pytest

from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import Settings
from tablebank.domain.terms import DropState, Phase, RemovalType, SlipKind
from tests.domain.cast import ACE, worth
from tests.domain.floor import Floor
from tests.domain.founding import refused
from tests.domain.pit import digest

TRAY = worth(100_000)
WAITING = Settings(finalize_pending_count=True)


def final(cents: int = 10_000) -> Floor:
    """A session whose report says so much was won."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    floor.count_box(floor.remove(replacement="B"), cents)
    floor.reconcile()
    floor.finalize()
    return floor


def recount(floor: Floor, cents: int, **more: int) -> None:
    """The count room counts the box again, and says why."""
    count = max(floor.facts.counts, key=lambda each: each.revision)
    floor.count_box(count.removal_id, cents, supersedes=count.id, reason="the lid", **more)


def waiting_member() -> tuple[Floor, UUID, UUID]:
    """Two sessions on one box: the first final before the count, the second only closed."""
    floor = Floor(settings=WAITING)
    first = floor.opened(TRAY)
    second = floor.roll_over(worth(90_000))
    floor.finalize(first, pending=True)
    floor.closed(TRAY)
    return floor, first, second


def test_a_recount_enters_as_a_revision_that_names_what_it_replaces() -> None:
    """RUN-6: reason, new number, own hash; the report before it stays as it was."""
    floor = final()
    (before,) = floor.facts.reports
    recount(floor, 12_000)
    assert floor.facts.reports == (before,)
    report = floor.amend(reason="a bundle in the lid")
    assert floor.facts.reports == (before, report)
    assert (report.revision, report.replaces) == (2, before.id)
    assert report.content["rundown"]["table_win_cents"] == 12_000
    assert before.content["rundown"]["table_win_cents"] == 10_000
    assert report.content["amends"] == {
        "reason": "a bundle in the lid",
        "replaces": [
            {"id": str(before.id), "revision": 1, "content_sha256": before.content_sha256}
        ],
    }
    assert report.content_sha256 == digest(report.content) != before.content_sha256
    assert report.finalized_by == ACE.id
    assert floor.session().phase == Phase.FINALIZED


def test_each_amendment_replaces_the_one_before() -> None:
    """RUN-6: revisions are a chain, and none is left out."""
    floor = final()
    recount(floor, 12_000)
    second = floor.amend()
    recount(floor, 11_000)
    third = floor.amend()
    assert (third.revision, third.replaces) == (3, second.id)


def test_a_recount_that_comes_to_the_same_is_another_input() -> None:
    """RUN-6: a report names its inputs; another count is another input."""
    floor = final()
    recount(floor, 10_000)
    report = floor.amend()
    assert report.content["rundown"]["table_win_cents"] == 10_000
    newest = max(floor.facts.counts, key=lambda each: each.revision)
    assert report.content["rundown"]["inputs"]["counts"] == [str(newest.id)]


def test_nothing_new_is_no_amendment() -> None:
    """RUN-6: NOTHING_TO_AMEND with the revision that stands, before and after an amendment."""
    floor = final()
    with refused(Refusal.NOTHING_TO_AMEND) as caught:
        floor.amend()
    assert caught.facts == {"revision": 1}
    recount(floor, 12_000)
    floor.amend()
    with refused(Refusal.NOTHING_TO_AMEND) as caught:
        floor.amend()
    assert caught.facts == {"revision": 2}


def test_what_is_not_final_is_not_amended() -> None:
    """RUN-6, SESS-6: there is no report to amend yet."""
    floor = Floor()
    floor.opened(TRAY)
    with refused(Refusal.NOT_FINALIZED) as caught:
        floor.amend()
    assert caught.facts == {"status": "OPEN"}
    floor.closed(TRAY)
    floor.count_box(floor.remove(), 100)
    floor.reconcile()
    with refused(Refusal.NOT_FINALIZED):
        floor.amend()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_an_amendment_has_a_reason(reason: str) -> None:
    """RUN-6: a blank is none."""
    floor = final()
    recount(floor, 12_000)
    with refused(Refusal.REASON_REQUIRED):
        floor.amend(reason=reason)


def test_an_open_finding_stops_an_amendment() -> None:
    """FIND-4, RUN-6: through no door; resolved, the way is free."""
    floor = final()
    recount(floor, 12_000, second_count_cents=11_000)
    before = floor.facts
    with refused(Refusal.EXCEPTIONS_OPEN) as caught:
        floor.amend()
    assert [each["kind"] for each in caught.facts["exceptions"]] == ["COUNT_VARIANCE"]
    assert floor.facts == before
    floor.resolve("COUNT_VARIANCE")
    assert floor.amend().content["rundown"]["table_win_cents"] == 12_000


def test_every_check_runs_before_an_amendment() -> None:
    """FIND-4: what nobody has detected yet stops it all the same."""
    floor = final()
    recount(floor, 12_000, second_count_cents=11_000)
    floor.forget_findings()
    with refused(Refusal.EXCEPTIONS_OPEN):
        floor.amend()


def test_a_box_that_came_after_the_report_is_counted_first() -> None:
    """RUN-6, LESSON-1: an amended report is never over an unknown drop."""
    floor = final()
    box = floor.remove(RemovalType.SCHEDULED)
    with refused(Refusal.COUNT_PENDING):
        floor.amend()
    floor.count_box(box, 500)
    assert floor.amend().content["rundown"]["table_win_cents"] == 10_500


def test_a_count_after_a_pending_report_enters_by_amendment() -> None:
    """RUN-5, RUN-6: the pending report says so for good; the revision knows the win."""
    floor = Floor(settings=WAITING)
    floor.opened(TRAY)
    floor.closed(TRAY)
    pending = floor.finalize(pending=True)
    with refused(Refusal.COUNT_PENDING):
        floor.amend()
    floor.count_box(floor.remove(), 700)
    report = floor.amend()
    assert (report.pending_count, report.content["pending_count"]) == (False, False)
    assert report.content["rundown"]["table_win_cents"] == 700
    assert floor.facts.reports == (pending, report)
    session = floor.session()
    assert (session.phase, session.drop_state) == (Phase.FINALIZED, DropState.COUNTED)
    assert session.reconciled_by == ACE.id


# -- the group -------------------------------------------------------------------------------------


@pytest.mark.parametrize("which", [0, 1])
def test_a_member_final_before_the_count_is_amended_into_its_group(which: int) -> None:
    """BOX-6, RUN-6: on any member, for all; the member's own report is what is replaced."""
    floor, first, second = waiting_member()
    (alone,) = floor.facts.reports
    floor.count_box(floor.remove(), 5_000)
    with refused(Refusal.ALREADY_FINALIZED):
        floor.reconcile(second)
    report = floor.amend((first, second)[which], reason="the box is counted")
    assert (report.session_id, report.member_ids) == (first, (str(first), str(second)))
    assert (report.revision, report.replaces, report.pending_count) == (2, alone.id, False)
    assert report.content["rundown"]["table_win_cents"] == 5_000
    assert {floor.session(each).phase for each in (first, second)} == {Phase.FINALIZED}
    assert {floor.session(each).reconciled_by for each in (first, second)} == {ACE.id}


def test_a_group_names_every_report_it_replaces() -> None:
    """BOX-6, RUN-6: where each member was final alone, both are named."""
    floor, _, second = waiting_member()
    floor.finalize(second, pending=True)
    floor.count_box(floor.remove(), 5_000)
    report = floor.amend(second)
    named = {each["id"] for each in report.content["amends"]["replaces"]}
    assert named == {str(each.id) for each in floor.facts.reports if each.id != report.id}
    assert len(named) == 2
    assert report.revision == 2


def test_a_group_is_amended_when_all_its_members_are_closed_and_counted() -> None:
    """BOX-6: as it is reconciled."""
    floor = Floor(settings=WAITING)
    first = floor.opened(TRAY)
    second = floor.roll_over(worth(90_000))
    floor.finalize(first, pending=True)
    with refused(Refusal.SESSION_NOT_CLOSED) as caught:
        floor.amend(first)
    assert caught.facts == {"sessions": [{"id": str(second), "status": "OPEN"}]}
    floor.closed(TRAY)
    with refused(Refusal.COUNT_PENDING):
        floor.amend(first)


def test_a_credit_on_the_road_is_settled_before_an_amendment() -> None:
    """RUN-1, SLIP-12: no amended result over a term that is not known."""
    floor = Floor(settings=WAITING)
    first = floor.opened(TRAY)
    floor.roll_over(TRAY)
    floor.finalize(first, pending=True)
    slip = floor.ask(SlipKind.CREDIT, worth(20_000))
    floor.pick_up(slip)
    floor.roll_over(worth(80_000))
    floor.closed(worth(80_000))
    floor.count_box(floor.remove(replacement="B"), 100)
    with refused(Refusal.SLIPS_IN_FLIGHT):
        floor.amend(first)
    floor.verify(slip)
    floor.deposit(slip)
    assert floor.amend(first).content["rundown"]["table_win_cents"] == 100
