"""Jurisdiction profiles: for each and every step who signs, what is refused, and what it cites."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest

from tablebank.domain.authority import STEPS, Step, acting_role
from tablebank.domain.establishment import ProfileRow
from tablebank.domain.findings.catalogue import KINDS
from tablebank.domain.profiles.catalogue import PROFILES, profile_in_force, team_minimum
from tablebank.domain.profiles.kind import (
    Profile,
    Standing,
    asks_no_less,
    notice_deadline,
    step_under,
)
from tablebank.domain.refusals import Refusal
from tablebank.domain.settings import CreditFlow
from tablebank.domain.signatures import Signer, settle
from tablebank.domain.terms import ProfileCode, Role
from tests.domain.founding import CASINO, FOUNDED_AT, number, refused

GENERIC, WASHINGTON, JERSEY, KANSAS = ProfileCode
MONDAY = date(2026, 3, 2)


def person(name: int, role: Role) -> Signer:
    return Signer(staff_id=number(name), role=role, method="pin", roles=frozenset({role}))


DANA, SAM, SUE = person(1, Role.DEALER), person(2, Role.SUPERVISOR), person(3, Role.SUPERVISOR)
CORA, RUBY, ROY = person(5, Role.CASHIER), person(6, Role.RUNNER), person(12, Role.RUNNER)
DREW, DEE = person(7, Role.DROP_CREW), person(13, Role.DROP_CREW)
COLE, CLEO, CARL = (person(name, Role.COUNT_TEAM) for name in (8, 9, 14))
ACE = person(10, Role.ACCOUNTING)

SIGNED: Mapping[str, tuple[Signer, ...]] = {
    "record_snapshot": (SAM, DANA),
    "roll_over": (SAM, SUE),
    "attest_par": (SAM, DANA),
    "issue_fill": (CORA, RUBY),
    "verify_fill": (SAM, DANA, RUBY),
    "pick_up_credit": (SAM, DANA, RUBY),
    "verify_credit": (CORA, RUBY),
    "deposit_slip": (DANA, RUBY),
    "deposit_request_first_credit": (SAM, DANA, RUBY),
    "relieve_runner": (RUBY, ROY),
    "void_slip": (CORA, SAM),
    "mount_box": (DREW, SAM),
    "remove_box": (DREW, SAM),
    "remove_box_emergency": (DREW, SAM),
    "record_custody": (DREW, COLE),
    "start_drop_trip": (DREW, SAM),
    "end_drop_trip": (DREW, SAM),
    "post_count": (COLE, CLEO),
    "hand_over_shift": (SAM, SUE),
}
"""For every step that takes more than its caller: no more than it takes, the caller first."""

ASKED_HERE: Mapping[tuple[ProfileCode, str], tuple[Signer, ...]] = {
    (KANSAS, "void_slip"): (CORA, RUBY),
    (KANSAS, "remove_box_emergency"): (DREW, RUBY),
    (WASHINGTON, "post_count"): (COLE, CLEO, CARL),
    (JERSEY, "post_count"): (COLE, CLEO, CARL),
    (KANSAS, "post_count"): (COLE, CLEO, CARL),
}
"""Where a profile asks for somebody else, or for more."""

NOT_ENOUGH_HERE = (
    (WASHINGTON, "record_snapshot", (SAM, SUE)),
    (JERSEY, "record_snapshot", (SAM, SUE)),
    (JERSEY, "void_slip", (SAM, RUBY)),
    (KANSAS, "void_slip", (CORA, SAM)),
    (KANSAS, "void_slip", (SAM, RUBY)),
    (KANSAS, "remove_box_emergency", (DREW, SAM)),
    (KANSAS, "remove_box_emergency", (DREW, DEE)),
    (KANSAS, "remove_box_emergency", (RUBY, SAM)),
    (KANSAS, "remove_box_emergency", (RUBY, ROY)),
    (WASHINGTON, "post_count", (COLE, CLEO)),
    (JERSEY, "post_count", (COLE, CLEO)),
    (KANSAS, "post_count", (COLE, CLEO)),
)
"""What is enough by SIGN-3 and not by the profile."""


def settled(code: ProfileCode, name: str, signers: tuple[Signer, ...]) -> tuple[Signer, ...]:
    profile = PROFILES[code]
    return settle(
        step=step_under(profile, STEPS[name]),
        caller=signers[0],
        further=signers[1:],
        team=[each.staff_id for each in signers] if STEPS[name].team else (),
        team_minimum=profile.team_minimum.value,
    )


def takes_more_than_its_caller(step: Step) -> bool:
    return bool(
        step.signatures or step.team or step.two_departments or step.two_people_one_not_of_pit
    )


def test_every_step_that_takes_more_than_its_caller_is_tried() -> None:
    """SIGN-3: a further one is tried here, or missed loudly."""
    assert set(SIGNED) == {each.name for each in STEPS.values() if takes_more_than_its_caller(each)}


@pytest.mark.parametrize("code", ProfileCode)
@pytest.mark.parametrize("name", SIGNED)
def test_who_signs_a_step(code: ProfileCode, name: str) -> None:
    """SIGN-3: enough passes, and with any one of them missing it is refused."""
    signers = ASKED_HERE.get((code, name), SIGNED[name])
    assert len(settled(code, name, signers)) == len(signers)
    for index in range(1, len(signers)):
        with refused(Refusal.SIGNATURE_MISSING):
            settled(code, name, (*signers[:index], *signers[index + 1 :]))


@pytest.mark.parametrize("code", ProfileCode)
@pytest.mark.parametrize("name", STEPS)
def test_who_calls_a_step(code: ProfileCode, name: str) -> None:
    """SIGN-3: no profile changes who may; the others are refused."""
    step = step_under(PROFILES[code], STEPS[name])
    for role in Role:
        able = (
            role in step.callers
            or {
                Role.PIT_MANAGER: Role.SUPERVISOR,
                Role.CAGE_MANAGER: Role.CASHIER,
            }.get(role)
            in step.callers
        )
        if able:
            assert acting_role(step=step, roles=[role], wanted=None) in (role, *step.callers)
        else:
            with refused(Refusal.ROLE_NOT_ALLOWED):
                acting_role(step=step, roles=[role], wanted=None)


@pytest.mark.parametrize(("code", "name", "signers"), NOT_ENOUGH_HERE)
def test_a_profile_may_ask_for_more(
    code: ProfileCode, name: str, signers: tuple[Signer, ...]
) -> None:
    """SIGN-3, CNT-01, DRP-13, FIL-16, INV-04: what the least allows is not enough here."""
    assert len(settled(GENERIC, name, signers)) == len(signers)
    with refused(Refusal.SIGNATURE_MISSING):
        settled(code, name, signers)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.code)
def test_a_profile_never_asks_for_fewer(profile: Profile) -> None:
    """SIGN-3, SOFT-7."""
    assert profile.team_minimum.value >= 2
    for name, asks in profile.signers.items():
        assert asks_no_less(STEPS[name], asks)
        assert asks.signatures or asks.also


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.code)
def test_every_rule_says_where_it_comes_from(profile: Profile) -> None:
    """A clause and how it was read; without a clause the choice is ours and says so."""
    rules = [
        *(profile.credit_flow, profile.team_minimum, profile.drop_frequency),
        *(profile.number_series, profile.slip_parts, profile.inventory_slip_parts),
        *profile.deadlines.values(),
        *profile.signers.values(),
        *profile.variance_notices,
        *([profile.idle_recount_days] if profile.idle_recount_days else []),
    ]
    for rule in rules:
        assert bool(rule.clauses) == (rule.standing is not Standing.OURS)


def test_what_differs_is_what_the_regulations_say() -> None:
    """CRD-05, CNT-01, DRP-06, INV-13: controls, section 3."""
    by_code = PROFILES
    assert by_code[WASHINGTON].credit_flow.value == CreditFlow.REQUEST_FIRST
    assert {each.credit_flow.value for each in (by_code[GENERIC], by_code[JERSEY])} == {
        CreditFlow.SLIP_FIRST
    }
    assert [by_code[code].team_minimum.value for code in ProfileCode] == [2, 3, 3, 3]
    assert [by_code[code].drop_frequency.value for code in ProfileCode] == [
        *("EACH_SHIFT", "GAMING_DAY", "TWO_GAMING_DAYS", "GAMING_DAY"),
    ]
    recount = by_code[KANSAS].idle_recount_days
    assert recount is not None
    assert recount.value == 7


def test_how_soon_a_finding_is_told() -> None:
    """FIND-5, INV-11, CNT-13: by profile; what has no time has none."""
    assert notice_deadline(PROFILES[WASHINGTON], "OPENING_VARIANCE") == timedelta(hours=24)
    assert notice_deadline(PROFILES[KANSAS], "OPENING_VARIANCE") == timedelta(0)
    assert notice_deadline(PROFILES[KANSAS], "MISSING_SLIP") == timedelta(days=2)
    assert notice_deadline(PROFILES[GENERIC], "PAR_MISSING") is None
    dollars = [each.at_least_cents for each in PROFILES[JERSEY].variance_notices]
    assert dollars == [2_501, 10_000]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda each: each.code)
def test_deadlines_are_of_kinds_there_are(profile: Profile) -> None:
    """FIND-1: no deadline of a kind that nobody knows."""
    to_come = {
        *("MISSING_SLIP", "UNKNOWN_SLIP", "DUPLICATE_SLIP", "SLIP_WRONG_BOX", "MISSING_FORM"),
        *("VOID_MISUSE", "TRANSFER_VARIANCE"),
    }
    assert set(profile.deadlines) <= {kind.name for kind in KINDS} | to_come


def test_which_profile_holds_on_a_day() -> None:
    """BASE-7: GENERIC until one is chosen; a choice holds from its day, the later one if tied."""
    rows = [
        row(JERSEY, MONDAY, nth=1),
        row(KANSAS, MONDAY + timedelta(days=7), nth=2),
        row(WASHINGTON, MONDAY + timedelta(days=7), nth=3),
    ]
    days = [MONDAY + timedelta(days=each) for each in (-1, 0, 6, 7)]
    found = [profile_in_force(rows, day=each).code for each in days]
    assert found == [GENERIC, JERSEY, JERSEY, WASHINGTON]
    assert team_minimum((), day=MONDAY) == 2
    assert team_minimum(rows, day=MONDAY) == 3


def row(code: ProfileCode, day: date, *, nth: int) -> ProfileRow:
    return ProfileRow(
        id=number(nth),
        casino_id=CASINO,
        profile=code,
        effective_from_gaming_day=day,
        recorded_at=FOUNDED_AT + timedelta(minutes=nth),
        recorded_by=number(99),
    )
