"""The table of SIGN-3, and in which role a person calls a step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.authority import (
    DEPARTMENT,
    STEPS,
    Step,
    acting_role,
    acts_as,
    department_of,
)
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import Role
from tests.domain.founding import refused

FLOOR = ["DEALER", "SUPERVISOR"]

CALLERS = {
    "prepare": ["SUPERVISOR"],
    "open_session": ["SUPERVISOR"],
    "begin_closing": ["SUPERVISOR"],
    "close_session": ["SUPERVISOR"],
    "cancel_slip": ["SUPERVISOR"],
    "observe": ["SUPERVISOR", "SERVICE"],
    "telemetry": ["SUPERVISOR", "SERVICE"],
    "start_count": FLOOR,
    "record_snapshot": FLOOR,
    "roll_over": ["SUPERVISOR"],
    "void_session": ["PIT_MANAGER"],
    "force_close": ["PIT_MANAGER"],
    "request_slip": ["SUPERVISOR"],
    "issue_fill": ["CASHIER"],
    "verify_fill": FLOOR,
    "pick_up_credit": ["SUPERVISOR"],
    "verify_credit": ["CASHIER"],
    "deposit_slip": FLOOR,
    "deposit_request_first_credit": FLOOR,
    "relieve_runner": ["RUNNER", "CASHIER", "SUPERVISOR"],
    "void_slip": ["CASHIER", "SUPERVISOR"],
    "mount_box": ["DROP_CREW", "COUNT_TEAM"],
    "remove_box": ["DROP_CREW", "COUNT_TEAM"],
    "remove_box_emergency": ["DROP_CREW", "COUNT_TEAM", "RUNNER"],
    "record_custody": ["DROP_CREW", "COUNT_TEAM"],
    "start_drop_trip": ["DROP_CREW", "COUNT_TEAM"],
    "end_drop_trip": ["DROP_CREW", "COUNT_TEAM"],
    "schedule_drop": ["PIT_MANAGER", "SUPERVISOR", "DROP_CREW"],
    "post_count": ["COUNT_TEAM", "SERVICE"],
    "attest_par": ["SUPERVISOR"],
    "propose_par": ["SUPERVISOR", "PIT_MANAGER", "CAGE_MANAGER", "ADMIN"],
    "approve_par": ["PIT_MANAGER", "CAGE_MANAGER"],
    "import_par": ["PIT_MANAGER", "CAGE_MANAGER", "ADMIN"],
    "resolve_finding": ["PIT_MANAGER", "CAGE_MANAGER", "ACCOUNTING"],
    "assign_finding": ["PIT_MANAGER", "CAGE_MANAGER", "ACCOUNTING"],
    "hang_finding": ["PIT_MANAGER", "CAGE_MANAGER", "ACCOUNTING"],
    "acknowledge_finding": ["SURVEILLANCE"],
    "review": ["PIT_MANAGER"],
    "reconcile": ["ACCOUNTING"],
    "finalize": ["ACCOUNTING"],
    "amend": ["ACCOUNTING"],
    "amend_from_paper": ["ACCOUNTING"],
    "close_gaming_day": ["ACCOUNTING"],
    "hand_over_shift": ["SUPERVISOR"],
    "sweep": ["ADMIN"],
    "start_count_session": ["COUNT_TEAM", "SERVICE"],
    "change_count_team": ["COUNT_TEAM"],
    "enter_count": ["COUNT_TEAM", "SERVICE"],
    "verify_count": ["CASHIER", "ACCOUNTING"],
    "attach_count": ["ACCOUNTING"],
    "remark": ["SUPERVISOR", "CASHIER", "COUNT_TEAM", "ACCOUNTING"],
    "remark_on_exception": ["SUPERVISOR", "CAGE_MANAGER", "ACCOUNTING"],
    "settings": ["ADMIN"],
    "unlock_badge": ["PIT_MANAGER", "ADMIN"],
    "choose_pin": list(Role),
    "print_form": list(Role),
}
"""Who calls what, written out a second time from the rules, so that neither can drift alone."""

MANAGERS = {Role.PIT_MANAGER: Role.SUPERVISOR, Role.CAGE_MANAGER: Role.CASHIER}

steps = st.sampled_from(sorted(STEPS.values(), key=lambda step: step.name))
role_sets = st.frozensets(st.sampled_from(Role), min_size=1)


def test_the_catalogue_is_the_table() -> None:
    """SIGN-3, FIL-11, CRD-03: every step, and nobody more or less than the table says."""
    assert {name: sorted(step.callers) for name, step in STEPS.items()} == {
        name: sorted(callers) for name, callers in CALLERS.items()
    }
    assert all(name == step.name for name, step in STEPS.items())


def may(step: Step, role: Role) -> bool:
    try:
        acting_role(step=step, roles=[role], wanted=None)
    except Refused as turned_down:
        if turned_down.refusal is not Refusal.ROLE_NOT_ALLOWED:
            raise
        return False
    return True


@pytest.mark.parametrize("name", sorted(CALLERS))
@pytest.mark.parametrize("role", Role)
def test_each_role_may_call_what_the_table_says(name: str, role: Role) -> None:
    """SIGN-3, FIL-01, FIL-04, CRD-01, DRP-14: role by step; managers also where those
    they stand in for may.
    """
    expected = role in CALLERS[name] or MANAGERS.get(role) in CALLERS[name]
    assert may(STEPS[name], role) == expected


@pytest.mark.parametrize(
    ("role", "also"), [(Role.AUDITOR, []), (Role.SURVEILLANCE, ["acknowledge_finding"])]
)
def test_who_only_reads_changes_nothing(role: Role, also: list[str]) -> None:
    """SIGN: an auditor reads all, on paper too, and changes nothing but their own PIN;
    surveillance also says that it has seen an exception (FIND-5).
    """
    allowed = [*also, "choose_pin", "print_form"]
    assert [name for name, step in STEPS.items() if may(step, role)] == allowed


def test_an_admin_has_no_floor_cage_or_count_command() -> None:
    """SIGN, SIGN-3, SYS-04, SYS-10: people, settings and policy, no chips."""
    assert {name for name, step in STEPS.items() if may(step, Role.ADMIN)} == {
        "settings",
        "unlock_badge",
        "choose_pin",
        "print_form",
        "propose_par",
        "import_par",
        "sweep",
    }


def test_every_role_has_a_department() -> None:
    """SIGN: pit, cage, transport, count room, accounting, and those who watch or run the system."""
    assert set(DEPARTMENT) == set(Role)
    assert {role for role in Role if DEPARTMENT[role] == "pit"} == {
        Role.DEALER,
        Role.SUPERVISOR,
        Role.PIT_MANAGER,
    }
    assert DEPARTMENT[Role.RUNNER] not in {"pit", "cage"}


@given(role_sets)
def test_a_person_belongs_to_a_department_of_their_roles(roles: frozenset[Role]) -> None:
    """SIGN: whatever the order in which the roles were given."""
    assert department_of(sorted(roles)) == department_of(sorted(roles, reverse=True))
    assert department_of(roles) in {DEPARTMENT[role] for role in roles}


def test_a_person_without_a_role_belongs_nowhere() -> None:
    """SIGN: and can do nothing."""
    assert department_of([]) == "none"
    with refused(Refusal.ROLE_NOT_ALLOWED):
        acting_role(step=STEPS["choose_pin"], roles=[], wanted=None)


def test_managers_stand_in_and_nobody_else() -> None:
    """SIGN: PIT_MANAGER may act as SUPERVISOR, CAGE_MANAGER as CASHIER."""
    for role in Role:
        assert acts_as([role]) == {role, MANAGERS.get(role, role)}


@pytest.mark.parametrize(
    ("step", "roles", "wanted", "acts"),
    [
        ("request_slip", {Role.PIT_MANAGER}, None, Role.SUPERVISOR),
        ("request_slip", {Role.PIT_MANAGER}, Role.SUPERVISOR, Role.SUPERVISOR),
        ("record_snapshot", {Role.PIT_MANAGER}, Role.PIT_MANAGER, Role.PIT_MANAGER),
        ("record_snapshot", {Role.DEALER, Role.SUPERVISOR}, None, Role.SUPERVISOR),
        ("record_snapshot", {Role.DEALER, Role.SUPERVISOR}, Role.DEALER, Role.DEALER),
        ("propose_par", {Role.PIT_MANAGER}, None, Role.PIT_MANAGER),
        ("issue_fill", {Role.CAGE_MANAGER}, None, Role.CASHIER),
    ],
)
def test_a_person_calls_in_a_role_of_theirs(
    step: str, roles: set[Role], wanted: Role | None, acts: Role
) -> None:
    """SIGN-1: the role they name, else one of their own, else one they stand in for."""
    assert acting_role(step=STEPS[step], roles=roles, wanted=wanted) is acts


def test_a_refusal_says_who_may() -> None:
    """SIGN-3: ROLE_NOT_ALLOWED names the roles that are needed."""
    with refused(Refusal.ROLE_NOT_ALLOWED) as caught:
        acting_role(step=STEPS["reconcile"], roles=[Role.PIT_MANAGER], wanted=None)
    assert caught.facts == {"needed": ["ACCOUNTING"]}
    with refused(Refusal.ROLE_NOT_ALLOWED) as caught:
        acting_role(step=STEPS["request_slip"], roles=[Role.SUPERVISOR], wanted=Role.DEALER)
    assert caught.facts == {"needed": ["SUPERVISOR"], "acting_role": "DEALER"}


@given(steps, role_sets, st.none() | st.sampled_from(Role))
def test_nobody_acts_in_a_role_they_do_not_have(
    step: Step, roles: frozenset[Role], wanted: Role | None
) -> None:
    """SIGN-1: the acting role is theirs, is the one they wanted, and may call the step."""
    try:
        role = acting_role(step=step, roles=roles, wanted=wanted)
    except Refused:
        able = acts_as(roles) & set(step.callers)
        assert wanted is not None or not able
    else:
        assert role in acts_as(roles)
        assert acts_as([role]) & set(step.callers)
        assert wanted in (None, role)
