"""Given signatures, held against those a step asks for."""

from collections.abc import Sequence
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.authority import DEPARTMENT, STEPS, Step, acting_role, acts_as
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.signatures import Signer, settle
from tablebank.domain.terms import Role
from tests.domain.founding import number, refused


def person(name: int, *roles: Role, signs: Role | None = None) -> Signer:
    return Signer(
        staff_id=number(name), role=signs or roles[0], method="pin", roles=frozenset(roles)
    )


DANA = person(1, Role.DEALER)
SAM = person(2, Role.SUPERVISOR)
SUE = person(3, Role.SUPERVISOR)
PAT = person(4, Role.PIT_MANAGER)
PAT_SUPERVISES = person(4, Role.PIT_MANAGER, signs=Role.SUPERVISOR)
CORA = person(5, Role.CASHIER)
RUBY = person(6, Role.RUNNER)
DREW = person(7, Role.DROP_CREW)
COLE = person(8, Role.COUNT_TEAM)
CLEO = person(9, Role.COUNT_TEAM)
ACE = person(10, Role.ACCOUNTING)
BOT = person(11, Role.SERVICE)


def settled(step: str, caller: Signer, *further: Signer) -> tuple[Signer, ...]:
    return settle(step=STEPS[step], caller=caller, further=further)


def names(signers: Sequence[Signer]) -> list[tuple[int, Role]]:
    return [(signer.staff_id.int, signer.role) for signer in signers]


# -- who must sign ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "caller", "further"),
    [
        ("prepare", SAM, []),
        ("open_session", SAM, []),
        ("begin_closing", SAM, []),
        ("close_session", SAM, []),
        ("cancel_slip", SAM, []),
        ("observe", SAM, []),
        ("observe", BOT, []),
        ("telemetry", SAM, []),
        ("telemetry", BOT, []),
        ("record_snapshot", SAM, [DANA]),
        ("record_snapshot", DANA, [SAM]),
        ("record_snapshot", SAM, [SUE]),
        ("roll_over", SAM, [SUE]),
        ("roll_over", SAM, [DANA]),
        ("attest_par", SAM, [DANA]),
        ("void_session", PAT, []),
        ("force_close", PAT, []),
        ("request_slip", SAM, []),
        ("issue_fill", CORA, [RUBY]),
        ("verify_fill", SAM, [DANA, RUBY]),
        ("verify_fill", DANA, [RUBY, SAM]),
        ("pick_up_credit", SAM, [DANA, RUBY]),
        ("verify_credit", CORA, [RUBY]),
        ("deposit_slip", DANA, [RUBY]),
        ("void_slip", CORA, [SAM]),
        ("void_slip", SAM, [RUBY]),
        ("mount_box", DREW, [SAM]),
        ("remove_box", DREW, [SAM]),
        ("remove_box", DREW, [COLE]),
        ("remove_box_emergency", RUBY, [SAM]),
        ("record_custody", DREW, [COLE]),
        ("schedule_drop", SAM, []),
        ("propose_par", SAM, []),
        ("approve_par", PAT, []),
        ("resolve_finding", ACE, []),
        ("review", PAT, []),
        ("reconcile", ACE, []),
        ("finalize", ACE, []),
        ("amend", ACE, []),
        ("hand_over_shift", SAM, [SUE]),
        ("remark", SAM, []),
        ("remark_on_exception", ACE, []),
    ],
)
def test_the_least_that_is_asked_is_enough(
    step: str, caller: Signer, further: list[Signer]
) -> None:
    """SIGN-3: the caller signs by calling, the others by badge and PIN."""
    assert settled(step, caller, *further) == (caller, *further)


@pytest.mark.parametrize(
    ("step", "caller", "further", "missing"),
    [
        ("record_snapshot", SAM, [], ["DEALER"]),
        ("record_snapshot", DANA, [], ["SUPERVISOR"]),
        ("record_snapshot", SAM, [RUBY], ["DEALER"]),
        ("roll_over", SAM, [], ["SUPERVISOR"]),
        ("hand_over_shift", SAM, [DANA], ["SUPERVISOR"]),
        ("attest_par", SAM, [SUE], ["DEALER"]),
        ("issue_fill", CORA, [], ["RUNNER"]),
        ("verify_fill", SAM, [DANA], ["RUNNER"]),
        ("verify_fill", SAM, [RUBY], ["DEALER"]),
        ("verify_fill", SAM, [], ["DEALER", "RUNNER"]),
        ("pick_up_credit", SAM, [SUE, RUBY], ["DEALER"]),
        ("deposit_slip", SAM, [RUBY], ["DEALER"]),
        ("deposit_slip", DANA, [], ["RUNNER"]),
        ("void_slip", CORA, [], ["a second person"]),
        ("void_slip", SAM, [DANA], ["a person of another department"]),
        ("remove_box", DREW, [], ["a second person"]),
    ],
)
def test_what_is_missing_is_said(
    step: str, caller: Signer, further: list[Signer], missing: list[str]
) -> None:
    """SIGN-3, LESSON-22: without the signatures asked for nothing is done, and it says which."""
    with refused(Refusal.SIGNATURE_MISSING) as caught:
        settled(step, caller, *further)
    assert caught.facts["missing"] == missing
    assert caught.pointers == ["/signatures"]


def test_the_alternatives_are_said_too() -> None:
    """SIGN-3: a dealer and a supervisor, or two supervisors."""
    with refused(Refusal.SIGNATURE_MISSING) as caught:
        settled("record_snapshot", SAM)
    assert caught.facts["alternatives"] == [["DEALER", "SUPERVISOR"], ["SUPERVISOR", "SUPERVISOR"]]


def test_two_people_of_the_pit_take_no_box() -> None:
    """BOX-2, SIGN-3, DRP-08: at least one not of the pit, however the step came to be called."""
    with refused(Refusal.SIGNATURE_MISSING) as caught:
        settled("remove_box", SAM, SUE)
    assert caught.facts["missing"] == ["a person who is not of the pit"]


# -- the caller ------------------------------------------------------------------------------------


def test_a_caller_whose_role_is_not_asked_for_only_records() -> None:
    """SIGN-1: a deposit takes dealer and runner; a supervisor who records it does not sign."""
    assert settled("deposit_slip", SAM, DANA, RUBY) == (DANA, RUBY)


def test_a_caller_whose_role_is_asked_for_signs_beside_the_others() -> None:
    """SIGN-1: the caller is a signer where the step asks for a role they act in."""
    assert settled("record_snapshot", SAM, DANA, SUE) == (SAM, DANA, SUE)


def test_a_caller_who_also_gives_a_pin_has_signed_once() -> None:
    """SIGN-1, SIGN-2: one person, one signature, in the role they named."""
    assert settled("record_snapshot", SAM, DANA, SAM) == (DANA, SAM)
    assert settled("remove_box", DREW, DREW, SAM) == (DREW, SAM)


def test_a_manager_takes_the_place_of_whom_they_stand_in_for() -> None:
    """SIGN: a pit manager fills the supervisor's place, and is known to be one."""
    caller = person(4, Role.PIT_MANAGER, signs=Role.SUPERVISOR)
    (first, _) = settled("record_snapshot", caller, DANA)
    assert (first.role, first.roles) == (Role.SUPERVISOR, {Role.PIT_MANAGER})
    (first, _) = settled("record_snapshot", PAT, DANA)
    assert first.role is Role.SUPERVISOR


def test_a_manager_countersigns_as_manager() -> None:
    """SESS-5, PAR-11: beside dealer and supervisor a pit manager's signature is kept as that."""
    assert names(settled("record_snapshot", SAM, DANA, PAT)) == names((SAM, DANA, PAT))
    assert names(settled("record_snapshot", PAT, DANA, SAM)) == names((PAT, DANA, SAM))
    assert names(settled("record_snapshot", PAT_SUPERVISES, DANA, SAM)) == names((PAT, DANA, SAM))
    assert settled("request_slip", SAM, PAT) == (SAM, PAT)


def test_a_caller_of_two_roles_takes_the_one_that_is_open() -> None:
    """SIGN-1: the role they act in first, then another of theirs."""
    dual = person(12, Role.SUPERVISOR, Role.DEALER, signs=Role.SUPERVISOR)
    assert names(settled("verify_fill", dual, SAM, RUBY))[0] == (12, Role.DEALER)
    assert names(settled("record_snapshot", dual, SAM))[0] == (12, Role.SUPERVISOR)


# -- different people ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "caller", "further"),
    [
        ("record_snapshot", SAM, [DANA, DANA]),
        ("record_snapshot", SAM, [SAM]),
        ("record_snapshot", SAM, [person(2, Role.SUPERVISOR, Role.DEALER, signs=Role.DEALER)]),
        ("issue_fill", CORA, [person(5, Role.CASHIER, Role.RUNNER, signs=Role.RUNNER)]),
        (
            "verify_fill",
            SAM,
            [RUBY, person(6, Role.RUNNER, Role.DEALER, signs=Role.DEALER)],
        ),
        ("remove_box", DREW, [DREW]),
        ("void_slip", CORA, [CORA]),
    ],
)
def test_one_person_cannot_sign_twice(step: str, caller: Signer, further: list[Signer]) -> None:
    """SIGN-2, LESSON-19, FIL-14, INV-04: signers of one step are different people,
    the caller among them.
    """
    with refused(Refusal.SIGNERS_NOT_DISTINCT) as caught:
        settled(step, caller, *further)
    assert caught.pointers == ["/signatures"]


def test_nobody_signs_in_a_role_they_do_not_have() -> None:
    """SIGN-1, FIL-12: each role is pointed at."""
    with refused(Refusal.SIGNER_NOT_ALLOWED) as caught:
        settled("verify_fill", SAM, DANA, person(6, Role.CASHIER, signs=Role.RUNNER))
    assert caught.pointers == ["/signatures/1/role"]
    assert PAT_SUPERVISES in settled("roll_over", SAM, PAT_SUPERVISES)


# -- the count team --------------------------------------------------------------------------------


def count_posted(caller: Signer, *further: Signer, team: Sequence[Signer]) -> tuple[Signer, ...]:
    ids = [member.staff_id for member in team]
    return settle(step=STEPS["post_count"], caller=caller, further=further, team=ids)


def test_every_member_of_the_team_signs() -> None:
    """SIGN-3, SOFT-7, CNT-15: who posts is one of them and signs by posting."""
    assert count_posted(COLE, CLEO, team=[COLE, CLEO]) == (COLE, CLEO)
    with refused(Refusal.SIGNATURE_MISSING) as caught:
        count_posted(COLE, team=[COLE, CLEO])
    assert caught.facts == {"missing": ["COUNT_TEAM"], "staff_ids": [str(CLEO.staff_id)]}


def test_a_team_has_its_least_number() -> None:
    """SIGN-3, CNT-01, CNT-14: the profile's minimum, 2 or 3."""
    with refused(Refusal.SIGNATURE_MISSING):
        count_posted(COLE, team=[COLE])
    with refused(Refusal.SIGNATURE_MISSING):
        settle(
            step=STEPS["post_count"],
            caller=COLE,
            further=[CLEO],
            team=[COLE.staff_id, CLEO.staff_id],
            team_minimum=3,
        )


def test_who_posts_is_one_of_the_team() -> None:
    """SIGN-3: the caller one of them."""
    outsider = person(13, Role.COUNT_TEAM)
    with refused(Refusal.SIGNER_NOT_ALLOWED) as caught:
        count_posted(outsider, COLE, CLEO, team=[COLE, CLEO])
    assert caught.pointers == ["/team"]


def test_a_program_posts_with_the_batchs_own_signatures() -> None:
    """SIGN-3: an integration signs nothing; the team does."""
    assert count_posted(BOT, COLE, CLEO, team=[COLE, CLEO]) == (COLE, CLEO)
    with refused(Refusal.SIGNATURE_MISSING):
        count_posted(BOT, COLE, team=[COLE, CLEO])


def test_members_sign_as_the_team() -> None:
    """SIGN-3: a member's signature in another role is not the team's."""
    as_crew = person(9, Role.COUNT_TEAM, Role.DROP_CREW, signs=Role.DROP_CREW)
    with refused(Refusal.SIGNATURE_MISSING):
        count_posted(COLE, as_crew, team=[COLE, CLEO])


# -- whatever is given -----------------------------------------------------------------------------

steps = st.sampled_from(sorted(STEPS.values(), key=lambda step: step.name))


@st.composite
def signers(draw: st.DrawFn) -> Signer:
    """One of six people, in a role they act in: so that the same one often comes twice."""
    roles = draw(st.frozensets(st.sampled_from(Role), min_size=1, max_size=3))
    name = draw(st.integers(1, 6))
    role = draw(st.sampled_from(sorted(acts_as(roles))))
    return Signer(staff_id=number(name), role=role, method="pin", roles=roles)


@st.composite
def calls(draw: st.DrawFn) -> tuple[Step, Signer, list[Signer], list[UUID]]:
    """A step, one who may call it, others who sign, and a team that may be theirs."""
    step = draw(steps)
    role = draw(st.sampled_from(step.callers))
    roles = frozenset({role, *draw(st.frozensets(st.sampled_from(Role), max_size=1))})
    caller = Signer(
        staff_id=number(draw(st.integers(1, 6))),
        role=acting_role(step=step, roles=roles, wanted=role),
        method="token",
        roles=roles,
    )
    asked = [role for roles in step.signatures[:1] for role in roles]
    fitting = st.builds(
        lambda name, role: person(name, role),
        st.integers(1, 6),
        st.sampled_from([*asked, Role.COUNT_TEAM, Role.RUNNER]),
    )
    further = draw(st.lists(signers() | fitting, max_size=4))
    people = [caller, *further]
    team = draw(st.lists(st.sampled_from([each.staff_id for each in people]), max_size=3))
    return step, caller, further, team


def outcome(
    step: Step, caller: Signer, further: Sequence[Signer], team: Sequence[UUID]
) -> tuple[Signer, ...] | Refusal:
    try:
        return settle(step=step, caller=caller, further=further, team=team)
    except Refused as turned_down:
        return turned_down.refusal


@given(calls())
def test_no_step_passes_with_one_person_twice(
    call: tuple[Step, Signer, list[Signer], list[UUID]],
) -> None:
    """SIGN-2: whatever is given, those who signed are different people."""
    result = outcome(*call)
    if not isinstance(result, Refusal):
        assert len({signer.staff_id for signer in result}) == len(result)


@given(calls())
def test_no_step_passes_with_less_than_it_asks_for(
    call: tuple[Step, Signer, list[Signer], list[UUID]],
) -> None:
    """SIGN-3, FIL-11, FIL-13: what passes has the signatures of an alternative, or meets
    the step's own rule.
    """
    step, caller, further, team = call
    result = outcome(step, caller, further, team)
    if isinstance(result, Refusal):
        return
    roles = [signer.role for signer in result]
    spread = {DEPARTMENT[role] for role in roles}
    if step.signatures:
        # A caller in a manager's role may take the place they stand in for.
        assert any(
            all(roles.count(role) >= alternative.count(role) for role in alternative)
            for alternative in step.signatures
        )
    if step.two_departments:
        assert len(spread) >= 2
    if step.two_people_one_not_of_pit:
        assert len(roles) >= 2
        assert spread != {"pit"}
    if step.team:
        assert len(set(team)) >= 2
        assert set(team) <= {each.staff_id for each in result if each.role is Role.COUNT_TEAM}


@given(calls(), st.randoms())
def test_the_order_of_signers_does_not_matter(
    call: tuple[Step, Signer, list[Signer], list[UUID]], dice: object
) -> None:
    """SIGN-1: one at a time on one device, in any order."""
    step, caller, further, team = call
    shuffled = list(further)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = outcome(step, caller, further, team), outcome(step, caller, shuffled, team)
    if isinstance(one, Refusal) or isinstance(other, Refusal):
        assert one == other
    else:
        assert set(one) == set(other)


@given(calls(), signers())
def test_one_more_different_signer_never_spoils_it(
    call: tuple[Step, Signer, list[Signer], list[UUID]], extra: Signer
) -> None:
    """SIGN-3: more signatures than asked for are kept."""
    step, caller, further, team = call
    if extra.staff_id in {caller.staff_id, *(each.staff_id for each in further)}:
        return
    result = outcome(step, caller, further, team)
    if not isinstance(result, Refusal):
        more = outcome(step, caller, [*further, extra], team)
        assert not isinstance(more, Refusal)
        assert extra in more
