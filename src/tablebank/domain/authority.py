"""Who may do what: roles, departments, and for every step who calls it and who signs.

The catalogue below is the table of SIGN-3, one line per step: the least any regulator asks. A
profile may ask for more callers' signatures, never for fewer. How given signatures are held
against it is decided in `signatures`; whether the *state* allows a step is not decided here.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.terms import Role

DEPARTMENT: Mapping[Role, str] = {
    Role.DEALER: "pit",
    Role.SUPERVISOR: "pit",
    Role.PIT_MANAGER: "pit",
    Role.CASHIER: "cage",
    Role.CAGE_MANAGER: "cage",
    Role.RUNNER: "transport",
    Role.DROP_CREW: "count_room",
    Role.COUNT_TEAM: "count_room",
    Role.ACCOUNTING: "accounting",
    Role.SURVEILLANCE: "surveillance",
    Role.AUDITOR: "audit",
    Role.ADMIN: "admin",
    Role.SERVICE: "service",
}

_ALSO_ACTS_AS: Mapping[Role, Role] = {
    Role.PIT_MANAGER: Role.SUPERVISOR,
    Role.CAGE_MANAGER: Role.CASHIER,
}


SEES_EXCEPTIONS = frozenset(
    {Role.SUPERVISOR, Role.PIT_MANAGER, Role.CAGE_MANAGER, Role.ACCOUNTING, Role.AUDITOR}
)
"""Who may read findings: those who answer for them, and those who audit them."""
SEES_GAMING_DAY = frozenset({Role.PIT_MANAGER, Role.CAGE_MANAGER, Role.ACCOUNTING, Role.AUDITOR})
"""Who may read where a gaming day stands and what was signed when it was closed."""
SEES_JOURNAL = frozenset({Role.ACCOUNTING, Role.AUDITOR, Role.ADMIN})
SEES_NO_MANIFEST = frozenset({Role.CASHIER, Role.CAGE_MANAGER})
"""The cage never learns what the count room found (CNT-18)."""
SEES_PEOPLE = frozenset({Role.ADMIN})
SEES_CONTROLS = frozenset({Role.ACCOUNTING, Role.AUDITOR, Role.ADMIN})
"""Who may read what is done about each control, and which tests show it."""


def department_of(roles: Iterable[Role]) -> str:
    """The department a person belongs to: that of the first of their roles, as roles are listed.

    A person without a role belongs to `none`.
    """
    held = set(roles)
    return next((DEPARTMENT[role] for role in Role if role in held), "none")


def acts_as(roles: Iterable[Role]) -> frozenset[Role]:
    """The roles a person may act in: their own, and what their own may stand in for (SIGN)."""
    held = frozenset(roles)
    return held | {_ALSO_ACTS_AS[role] for role in held if role in _ALSO_ACTS_AS}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that is done: which roles may call it, and whose signatures it takes.

    `signatures` are alternatives, each the roles that must sign; without any, the caller's is
    enough. Rules that roles alone do not say have a flag each.
    """

    name: str
    callers: tuple[Role, ...]
    signatures: tuple[tuple[Role, ...], ...] = ()
    two_people_one_not_of_pit: bool = False
    two_departments: bool = False
    team: bool = False
    back_entry: bool = False
    also: tuple[tuple[Role, ...], ...] = ()
    """Further people a profile asks for: of each group one who acts in one of its roles."""


_D, _S, _PM = Role.DEALER, Role.SUPERVISOR, Role.PIT_MANAGER
_C, _CM, _R = Role.CASHIER, Role.CAGE_MANAGER, Role.RUNNER
_CREW, _COUNT, _ACC = Role.DROP_CREW, Role.COUNT_TEAM, Role.ACCOUNTING
_ADMIN, _SERVICE = Role.ADMIN, Role.SERVICE

_CATALOGUE = (
    # sessions and counts
    Step("prepare", (_S,)),
    Step("open_session", (_S,)),
    Step("begin_closing", (_S,)),
    Step("close_session", (_S,)),
    Step("observe", (_S, _SERVICE)),
    Step("telemetry", (_S, _SERVICE)),
    Step("start_count", (_S, _D)),
    Step("record_snapshot", (_S, _D), ((_D, _S), (_S, _S))),
    Step("roll_over", (_S,), ((_S, _S), (_S, _D))),
    Step("attest_par", (_S,), ((_D, _S),)),
    Step("void_session", (_PM,)),
    Step("force_close", (_PM,)),
    # slips
    Step("request_slip", (_S,)),
    Step("cancel_slip", (_S,)),
    Step("issue_fill", (_C,), ((_C, _R),)),
    Step("verify_fill", (_S, _D), ((_D, _S, _R),)),
    Step("pick_up_credit", (_S,), ((_D, _S, _R),)),
    Step("verify_credit", (_C,), ((_C, _R),)),
    Step("deposit_slip", (_S, _D), ((_D, _R),)),
    Step("deposit_request_first_credit", (_S, _D), ((_D, _R, _S),)),
    Step("relieve_runner", (_R, _C, _S), ((_R, _R),)),
    Step("void_slip", (_C, _S), two_departments=True),
    # boxes and counts of boxes
    Step("mount_box", (_CREW, _COUNT), two_people_one_not_of_pit=True),
    Step("remove_box", (_CREW, _COUNT), two_people_one_not_of_pit=True),
    Step("remove_box_emergency", (_CREW, _COUNT, _R), two_people_one_not_of_pit=True),
    Step("record_custody", (_CREW, _COUNT), two_people_one_not_of_pit=True),
    Step("start_drop_trip", (_CREW, _COUNT), two_people_one_not_of_pit=True),
    Step("end_drop_trip", (_CREW, _COUNT), two_people_one_not_of_pit=True),
    Step("schedule_drop", (_PM, _S, _CREW)),
    Step("post_count", (_COUNT, _SERVICE), team=True),
    Step("start_count_session", (_COUNT, _SERVICE)),
    Step("change_count_team", (_COUNT,)),
    Step("enter_count", (_COUNT, _SERVICE)),
    Step("verify_count", (_C, _ACC)),
    Step("attach_count", (_ACC,)),
    # policy
    Step("propose_par", (_S, _PM, _CM, _ADMIN)),
    Step("approve_par", (_PM, _CM)),
    Step("import_par", (_PM, _CM, _ADMIN)),
    # findings and results
    Step("resolve_finding", (_PM, _CM, _ACC)),
    Step("assign_finding", (_PM, _CM, _ACC)),
    Step("hang_finding", (_PM, _CM, _ACC)),
    Step("acknowledge_finding", (Role.SURVEILLANCE,)),
    Step("review", (_PM,)),
    Step("reconcile", (_ACC,)),
    Step("finalize", (_ACC,)),
    Step("amend", (_ACC,)),
    Step("amend_from_paper", (_ACC,), back_entry=True),
    Step("close_gaming_day", (_ACC,)),
    # shifts
    Step("hand_over_shift", (_S,), ((_S, _S),)),
    # remarks
    Step("remark", (_S, _C, _COUNT, _ACC)),
    Step("remark_on_exception", (_S, _CM, _ACC)),
    # the house
    Step("settings", (_ADMIN,)),
    Step("unlock_badge", (_PM, _ADMIN)),
    Step("choose_pin", tuple(Role)),
    # What comes with time: the program's own round, which no face offers to anybody.
    Step("sweep", (_ADMIN,)),
    # What changes nothing but is counted: whoever may read a form may print it.
    Step("print_form", tuple(Role)),
)

STEPS: Mapping[str, Step] = {step.name: step for step in _CATALOGUE}
"""Every step there is, by name."""


VOUCH_FOR_PAPER = (Role.PIT_MANAGER, Role.ACCOUNTING)
"""One of the two who enter a fact from signed paper is one of these (BACK-1)."""


def from_paper(step: Step) -> Step:
    """The step as it is taken from signed paper (BACK-1): by whoever may take it, or by a pit
    manager or accounting; signed by who enters it and a second person, and by nobody else.
    """
    usual = [role for role in step.callers if role not in (*VOUCH_FOR_PAPER, Role.SERVICE)]
    return Step(step.name, (*VOUCH_FOR_PAPER, *usual), back_entry=True)


def acting_role(*, step: Step, roles: Collection[Role], wanted: Role | None) -> Role:
    """The role in which a person with these roles calls the step (SIGN-1, SIGN-3).

    Unless they want one they act in, a role of their own goes before one they stand in for. A
    manager may call as manager what they may call in the role they stand in for. Refuses
    ROLE_NOT_ALLOWED and says which roles may.
    """
    own = frozenset(roles)
    if wanted is not None:
        if wanted in acts_as(own) and acts_as([wanted]) & set(step.callers):
            return wanted
        raise _not_allowed(step, wanted=wanted)
    for able in (own, acts_as(own)):
        for role in step.callers:
            if role in able:
                return role
    raise _not_allowed(step, wanted=None)


def _not_allowed(step: Step, *, wanted: Role | None) -> Refused:
    facts: dict[str, object] = {"needed": [role.value for role in step.callers]}
    if wanted is not None:
        facts["acting_role"] = wanted.value
    return Refused(Refusal.ROLE_NOT_ALLOWED, facts)
