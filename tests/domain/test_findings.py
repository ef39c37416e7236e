"""Findings: each kind with what raises it and what does not, and how one is settled."""

from collections.abc import Callable

import pytest

from tablebank.domain.findings.catalogue import BY_NAME, KINDS
from tablebank.domain.refusals import Refusal
from tablebank.domain.resolving import REASON_CODES, resolve_finding
from tablebank.domain.settings import Settings
from tablebank.domain.terms import BankMode, FindingStatus, SlipKind, Stops
from tests.domain.box_examples import BOX_EXAMPLES
from tests.domain.cast import DANA, PAT, worth
from tests.domain.floor import CLOSING, OPENING, Floor
from tests.domain.found_in_boxes import OF_BOXES, a_wrong_amount
from tests.domain.founding import refused
from tests.domain.timed_examples import TIMED_EXAMPLES

OPEN, CLEARED, RESOLVED = FindingStatus.OPEN, FindingStatus.CLEARED, FindingStatus.RESOLVED
TRAY = worth(100_000)
IMPREST = BankMode.IMPREST_TO_PAR

Example = Callable[[], Floor]


def closed(*, count_cents: int | None = 100, **result: object) -> Floor:
    """A session closed as it was opened; its box counted, with whatever else is said of it."""
    floor = Floor()
    floor.opened(TRAY)
    floor.closed(TRAY)
    removal = floor.remove()
    floor.hand_over(removal)
    if count_cents is not None:
        floor.count_box(removal, count_cents, **result)
    return floor


def disputed(*counts: str | None) -> Floor:
    floor = Floor()
    floor.opened(TRAY)
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    for counted in counts:
        floor.verify(slip, counted)
    return floor


def voided(counted_back: str) -> Floor:
    floor = disputed()
    floor.void_slip(floor.facts.slips[0].id, counted_back)
    return floor


def verified(*, deposit: bool) -> Floor:
    floor = disputed(None)
    if deposit:
        floor.deposit(floor.facts.slips[0].id)
    floor.closed(worth(150_000))
    floor.count_box(floor.remove(), 100)
    return floor


def reopened(opener: str, *, tolerance: int = 0) -> Floor:
    floor = Floor(settings=Settings(opening_tolerance_cents=tolerance))
    floor.opened(TRAY)
    floor.closed(TRAY)
    floor.prepare("SWING")
    floor.open()
    for _ in range(2):
        if floor.session().phase == "OPENING":
            floor.count(OPENING, opener, DANA, PAT, reason="counted twice")
    return floor


def forced(*, opener: bool = True, closer: bool = True, credit: bool = False) -> Floor:
    floor = Floor()
    floor.prepare()
    floor.open()
    if opener:
        floor.count(OPENING, TRAY, DANA, PAT)
    if credit:
        floor.pick_up(floor.ask(SlipKind.CREDIT, "1 black"))
    if closer:
        floor.begin()
        floor.count(CLOSING, TRAY)
    floor.force()
    return floor


def imprest(par_cents: int | None, tray: str = TRAY) -> Floor:
    floor = Floor(mode=IMPREST, par_cents=par_cents)
    floor.opened(TRAY)
    floor.begin()
    floor.count(CLOSING, tray)
    floor.close(by=PAT, reason="as it is")
    return floor


def late(minutes: int, *, simulated: bool = False) -> Floor:
    floor = Floor(simulated=simulated)
    floor.recorded_late(minutes=minutes)
    floor.opened(TRAY)
    return floor


EXAMPLES: dict[str, tuple[list[Example], list[Example]]] = {
    "SLIP_AMOUNT_MISMATCH": (
        [
            lambda: disputed("4 black", "4 black"),
            lambda: voided("4 black"),
            a_wrong_amount,
        ],
        [
            lambda: disputed("4 black"),
            lambda: disputed("4 black", None),
            lambda: disputed("4 black", "4 black", None),
            lambda: voided("5 black"),
        ],
    ),
    "SLIP_NOT_DEPOSITED": (
        [lambda: verified(deposit=False)],
        [lambda: verified(deposit=True), lambda: disputed(None)],
    ),
    "SLIP_UNSETTLED": ([lambda: forced(credit=True)], [lambda: disputed(), forced]),
    "OPENING_VARIANCE": (
        [lambda: reopened(worth(90_000)), lambda: reopened("40 green")],
        [lambda: reopened(TRAY), lambda: reopened(worth(90_000), tolerance=10_000)],
    ),
    "MISSING_OPENING_COUNT": (
        [lambda: forced(opener=False, closer=False)],
        [lambda: forced(closer=False), closed],
    ),
    "MISSING_CLOSING_COUNT": ([lambda: forced(closer=False)], [forced, closed]),
    "PAR_VARIANCE": (
        [lambda: imprest(100_000, worth(90_000))],
        [lambda: imprest(100_000), lambda: imprest(None, worth(90_000)), closed],
    ),
    "PAR_MISSING": ([lambda: imprest(None)], [lambda: imprest(100_000), closed]),
    "COUNT_VARIANCE": (
        [lambda: closed(second_count_cents=101), lambda: closed(first_count_cents=99)],
        [closed, lambda: closed(count_cents=None)],
    ),
    "COUNT_REPORTED": (
        [lambda: closed(reported_exceptions=[{"kind": "TORN_BILL", "words": "torn"}])],
        [closed, lambda: closed(count_cents=None)],
    ),
    **TIMED_EXAMPLES,
    **BOX_EXAMPLES,
    "LATE_ENTRY": (
        [lambda: late(16)],
        [lambda: late(15), lambda: late(600, simulated=True)],
    ),
    **OF_BOXES,
}
"""For every kind that is detected on a table: what raises it, and what comes close and does not."""

RAISED_BY_A_COMMAND = {
    "PIN_LOCKOUT",
    "SLIP_NUMBER_GAP",
    "HOLD_DEVIATION",
    "DUTY_OVERLAP",
    "DROP_OVERDUE",
    "TRANSFER_VARIANCE",
}
"""These hang on no table: the command that meets them raises them."""


# -- the kinds -------------------------------------------------------------------------------------


def test_every_kind_has_an_example_that_raises_it_and_one_that_does_not() -> None:
    """FIND-1: a kind without examples is a kind nobody has tried."""
    assert set(EXAMPLES) | RAISED_BY_A_COMMAND == set(BY_NAME)
    assert not set(EXAMPLES) & RAISED_BY_A_COMMAND
    assert all(firing and quiet for firing, quiet in EXAMPLES.values())
    assert len(BY_NAME) == len(KINDS)


@pytest.mark.parametrize(
    ("name", "play"), [(name, play) for name, (firing, _) in EXAMPLES.items() for play in firing]
)
def test_what_raises_a_finding(name: str, play: Example) -> None:
    """FIND-1: open at once, on the session it hangs on, with its kind's department and stop."""
    floor = play()
    assert name in floor.findings()
    finding = floor.finding(name)
    assert finding.stops == BY_NAME[name].stops
    assert finding.department == BY_NAME[name].department
    assert finding.session_id in {session.id for session in floor.facts.sessions}
    assert finding.table_id == floor.facts.table.id


@pytest.mark.parametrize(
    ("name", "play"), [(name, play) for name, (_, quiet) in EXAMPLES.items() for play in quiet]
)
def test_what_does_not(name: str, play: Example) -> None:
    """FIND-1: what comes close is not open."""
    assert name not in play().findings()


@pytest.mark.parametrize("name", sorted(RAISED_BY_A_COMMAND))
def test_what_a_command_raises_is_not_detected_on_a_table(name: str) -> None:
    """FIND-1, SIGN-4: a lock-out is about a badge, whatever happens on the table."""
    for firing, quiet in EXAMPLES.values():
        for play in (*firing, *quiet):
            floor = play()
            assert list(BY_NAME[name].detect(floor.house, floor.facts)) == []


def test_what_each_kind_stops() -> None:
    """FIND-1: the result, or nothing."""
    stops = {kind.name for kind in KINDS if kind.stops == Stops.RESULT}
    assert stops == {
        "SLIP_AMOUNT_MISMATCH",
        "SLIP_NOT_DEPOSITED",
        "SLIP_UNSETTLED",
        "OPENING_VARIANCE",
        "MISSING_OPENING_COUNT",
        "MISSING_CLOSING_COUNT",
        "PAR_VARIANCE",
        "COUNT_VARIANCE",
        "COUNT_REPORTED",
        "CUSTODY_IRREGULAR",
        "BOX_NOT_DROPPED",
        "MISSING_SLIP",
        "UNKNOWN_SLIP",
        "DUPLICATE_SLIP",
        "SLIP_WRONG_BOX",
        "VOID_MISUSE",
        "MISSING_FORM",
        "TRANSFER_VARIANCE",
    }
    assert {kind.name for kind in KINDS if kind.stops == Stops.DAY} == {
        "SLIP_NUMBER_GAP",
        "SESSION_LEFT_OPEN",
        "DROP_OVERDUE",
    }
    assert {kind.name for kind in KINDS if kind.stops == Stops.NOTHING} == {
        "DROP_OUT_OF_SCHEDULE",
        "PAR_MISSING",
        "SLIP_OVERDUE",
        "RECOUNT_DUE",
        "LATE_ENTRY",
        "PIN_LOCKOUT",
        "HOLD_DEVIATION",
        "DUTY_OVERLAP",
    }
    assert all(kind.words.endswith(".") for kind in KINDS)


def test_each_irregularity_the_count_room_reports_is_a_finding() -> None:
    """SOFT-1: two reports on one box are two findings."""
    reports = [{"kind": "TORN_BILL"}, {"kind": "COUNTERFEIT"}]
    floor = closed(reported_exceptions=reports)
    assert floor.findings() == ["COUNT_REPORTED", "COUNT_REPORTED"]
    assert [each.facts["reported"] for each in floor.facts.findings] == reports


# -- settling --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "play", [play for firing, quiet in EXAMPLES.values() for play in (*firing, *quiet)]
)
def test_detecting_twice_raises_once(play: Example) -> None:
    """FIND-2: a finding is unique by kind and subject; a second look changes nothing."""
    floor = play()
    before = floor.facts.findings
    assert floor.check() == ()
    assert floor.facts.findings == before
    keys = [(each.kind, each.subject_type, each.subject_id) for each in before]
    assert len(keys) == len(set(keys))


def test_what_the_facts_put_right_is_cleared_and_stays_visible() -> None:
    """FIND-2: without narrative; it opens again if the facts go wrong again."""
    floor = closed(second_count_cents=101)
    (count,) = floor.facts.counts
    floor.count_box(count.removal_id, 100, supersedes=count.id, reason="recounted")
    finding = floor.finding("COUNT_VARIANCE")
    assert finding.status == CLEARED
    assert finding.cleared_at == floor.clock
    assert finding.narrative is None
    second = floor.facts.counts[-1]
    more = {"supersedes": second.id, "reason": "once more", "second_count_cents": 90}
    floor.count_box(count.removal_id, 100, **more)
    again = floor.finding("COUNT_VARIANCE")
    assert again.id == finding.id
    assert (again.status, again.cleared_at) == (OPEN, None)
    assert again.variance_cents == -10


def test_a_resolved_finding_stays_resolved_while_its_facts_stand() -> None:
    """FIND-2: whatever else happens on the table."""
    floor = closed(second_count_cents=101)
    floor.resolve("COUNT_VARIANCE")
    floor.opened(TRAY, "SWING") if floor.mounted else floor.mount("B")
    floor.check()
    assert floor.findings(RESOLVED) == ["COUNT_VARIANCE"]


def test_a_resolved_finding_reopens_when_its_facts_change() -> None:
    """FIND-2: another count, another difference: the old explanation does not cover it."""
    floor = closed(second_count_cents=101)
    floor.resolve("COUNT_VARIANCE")
    (count,) = floor.facts.counts
    more = {"supersedes": count.id, "reason": "recounted", "second_count_cents": 150}
    floor.count_box(count.removal_id, 100, **more)
    finding = floor.finding("COUNT_VARIANCE")
    assert finding.status == OPEN
    assert finding.variance_cents == 50


def test_a_resolved_finding_is_not_cleared_over_its_narrative() -> None:
    """FIND-2, FIND-3: facts put right later leave what somebody explained as explained."""
    floor = closed(second_count_cents=101)
    floor.resolve("COUNT_VARIANCE")
    (count,) = floor.facts.counts
    floor.count_box(count.removal_id, 100, supersedes=count.id, reason="recounted")
    assert floor.findings(RESOLVED) == ["COUNT_VARIANCE"]


def test_a_finding_is_not_cleared_by_looking_elsewhere() -> None:
    """FIND-2, FIND-4: the closer it is about is not among the facts at hand: it stays open."""
    floor = reopened(worth(90_000))
    floor.closed(worth(90_000))
    floor.opened(worth(90_000), "GRAVE")
    floor.out_of_view(floor.facts.sessions[0].id)
    assert floor.check() == ()
    assert floor.findings() == ["OPENING_VARIANCE"]


def test_a_late_entry_clears_when_its_session_is_reconciled() -> None:
    """FIND-2, TIME-1: until then every late fact of the session is listed in one finding."""
    floor = late(20)
    one = floor.finding("LATE_ENTRY")
    floor.filled("1 black")
    floor.recorded_late(minutes=0)
    more = floor.finding("LATE_ENTRY")
    assert more.id == one.id
    assert len(more.facts["late"]) > len(one.facts["late"]) == 1
    floor.closed(TRAY)
    floor.count_box(floor.remove(), 100)
    floor.reconcile()
    assert floor.findings() == []
    assert floor.findings(CLEARED) == ["LATE_ENTRY"]


# -- resolving -------------------------------------------------------------------------------------


def test_a_finding_is_resolved_with_a_code_and_a_narrative() -> None:
    """FIND-3: by whom and when; the resolution is signed."""
    floor = closed(second_count_cents=101)
    decision = floor.resolve("COUNT_VARIANCE")
    finding = floor.finding("COUNT_VARIANCE")
    assert finding.status == RESOLVED
    assert finding.reason_code in REASON_CODES
    assert finding.narrative == "Looked into, nothing found."
    assert (finding.resolved_by, finding.resolved_at) == (PAT.id, floor.clock)
    assert [signed.subject_id for signed in decision.signed] == [finding.id]


@pytest.mark.parametrize(("code", "narrative"), [("BECAUSE", "It is so."), ("MISCOUNT", "  ")])
def test_a_resolution_explains(code: str, narrative: str) -> None:
    """FIND-3: a code of the list, and words."""
    floor = closed(second_count_cents=101)
    with refused(Refusal.REASON_REQUIRED):
        floor.do(
            resolve_finding,
            "resolve_finding",
            PAT,
            finding=floor.finding("COUNT_VARIANCE"),
            reason_code=code,
            narrative=narrative,
        )


def test_only_an_open_finding_is_resolved() -> None:
    """FIND-3: neither one that is resolved already nor one the facts have cleared."""
    floor = closed(second_count_cents=101)
    floor.resolve("COUNT_VARIANCE")
    with refused(Refusal.EXCEPTION_NOT_OPEN) as caught:
        floor.resolve("COUNT_VARIANCE")
    assert caught.facts == {"status": "RESOLVED"}
