"""Whether the signatures given are those a step asks for (SIGN-1, SIGN-2, SIGN-3).

The caller is the recorder, and signs by calling where the step asks for a role they act in. Others
sign by badge and PIN, each in the role they name. That a PIN was right has been seen to before;
that one person stays in one role on a whole slip is the slip's own rule (SIGN-2).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.domain.authority import DEPARTMENT, VOUCH_FOR_PAPER, Step, acts_as
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import Role


@dataclass(frozen=True, kw_only=True, slots=True)
class Signer:
    """A person who signs: in which role, how they were identified, and all the roles they have."""

    staff_id: UUID
    role: Role
    method: str
    roles: frozenset[Role]


def settle(
    *,
    step: Step,
    caller: Signer,
    further: Sequence[Signer],
    team: Collection[UUID] = (),
    team_minimum: int = 2,
) -> tuple[Signer, ...]:
    """All signatures of the step, the caller's first where it is one.

    Signatures beyond those asked for (a pit manager countersigning) are kept. For a step with a
    team, `team` are its members, of whom at least `team_minimum`. Refuses SIGNER_NOT_ALLOWED for a
    role the signer does not act in, SIGNERS_NOT_DISTINCT where one person would sign twice, and
    SIGNATURE_MISSING with `missing` and `alternatives`.
    """
    _check_each(further)
    signers = _settled(step, caller, further, team=team, minimum=team_minimum)
    _check_also(step, signers)
    return signers


def _settled(
    step: Step,
    caller: Signer,
    further: Sequence[Signer],
    *,
    team: Collection[UUID],
    minimum: int,
) -> tuple[Signer, ...]:
    """Held against the step's own line."""
    if step.team:
        return _settled_team(caller, further, team=team, minimum=minimum)
    if step.back_entry:
        return _settled_back_entry(caller, further)
    if step.two_people_one_not_of_pit or step.two_departments:
        return _settled_pair(step, caller, further)
    if not step.signatures:
        return _with_caller(caller, further)
    return _settled_roles(step, caller, further)


def _check_also(step: Step, signers: Sequence[Signer]) -> None:
    """Whom the profile asks for beside: of each group somebody, and for each somebody else."""
    if not step.also or _are_met(step.also, signers):
        return
    open_groups = [group for group in step.also if not _are_met((group,), signers)] or step.also
    raise _missing(
        [group[0].value for group in open_groups],
        alternatives=[[role.value for role in group] for group in open_groups],
    )


def _are_met(groups: Sequence[tuple[Role, ...]], signers: Sequence[Signer]) -> bool:
    """Whether different people can stand for all of the groups; there are two or three of each."""
    if not groups:
        return True
    first, rest = groups[0], groups[1:]
    return any(
        _are_met(rest, [each for each in signers if each is not signer])
        for signer in signers
        if acts_as([signer.role]) & set(first)
    )


def _check_each(further: Sequence[Signer]) -> None:
    errors = [
        FieldError(
            f"/signatures/{index}/role",
            Refusal.SIGNER_NOT_ALLOWED.name,
            f"This person does not act as {signer.role}.",
        )
        for index, signer in enumerate(further)
        if signer.role not in acts_as(signer.roles)
    ]
    if errors:
        raise Refused(Refusal.SIGNER_NOT_ALLOWED, errors=errors)
    if len({signer.staff_id for signer in further}) < len(further):
        raise _not_distinct()


def _settled_roles(step: Step, caller: Signer, further: Sequence[Signer]) -> tuple[Signer, ...]:
    """The first alternative that the further signatures meet, or meet together with the caller."""
    gaps = [_gap(alternative, further) for alternative in step.signatures]
    if Counter() in gaps:
        asked = {role for alternative in step.signatures for role in alternative}
        signs = acts_as([caller.role]) & asked
        return _with_caller(_as_themselves(caller), further) if signs else tuple(further)
    places = [place for gap in gaps if (place := _caller_closes(gap, caller)) is not None]
    if not places:
        raise _missing_roles(step, caller, further, gaps=gaps)
    if _signs(caller, further):
        raise _not_distinct()
    own = [place for place in places if place in acts_as([caller.role])]
    return (replace(caller, role=(own or places)[0]), *further)


def _gap(alternative: Iterable[Role], signers: Iterable[Signer]) -> Counter[Role]:
    """The roles of an alternative in which nobody has signed yet."""
    return Counter(alternative) - Counter(signer.role for signer in signers)


def _caller_fills(gap: Counter[Role], caller: Signer) -> Role | None:
    """The open role the caller takes: the one they act in if it is open, else one they have."""
    for able in (acts_as([caller.role]), acts_as(caller.roles)):
        for role in sorted(gap, key=list(Role).index):
            if role in able:
                return role
    return None


def _caller_closes(gap: Counter[Role], caller: Signer) -> Role | None:
    """The role the caller takes, if with it nothing is open any more."""
    return _caller_fills(gap, caller) if gap.total() == 1 else None


def _as_themselves(caller: Signer) -> Signer:
    """A manager whom nobody needs to stand in for anyone countersigns as manager."""
    own = [role for role in Role if role in caller.roles and caller.role in acts_as([role])]
    return caller if caller.role in own or not own else replace(caller, role=own[0])


def _settled_pair(step: Step, caller: Signer, further: Sequence[Signer]) -> tuple[Signer, ...]:
    """Two people, of two departments or not all of the pit (BOX-4, SLIP-3)."""
    signers = _with_caller(caller, further)
    if len(signers) < 2:
        if further:
            raise _not_distinct()
        raise _missing(["a second person"])
    departments = {DEPARTMENT[signer.role] for signer in signers}
    if step.two_departments and len(departments) < 2:
        raise _missing(["a person of another department"])
    if step.two_people_one_not_of_pit and departments == {"pit"}:
        raise _missing(["a person who is not of the pit"])
    return signers


_NEVER_ENTER = frozenset({Role.AUDITOR, Role.SURVEILLANCE, Role.ADMIN, Role.SERVICE})
"""They read, or keep the house: no fact of the floor rests on their word (SIGN)."""


def _settled_back_entry(caller: Signer, further: Sequence[Signer]) -> tuple[Signer, ...]:
    """Who enters a paper and a second person, a pit manager or accounting among them (BACK-1)."""
    for index, signer in enumerate(further):
        if signer.role in _NEVER_ENTER:
            message = "Nothing is entered from paper in this role."
            error = FieldError(
                f"/signatures/{index}/role", Refusal.SIGNER_NOT_ALLOWED.name, message
            )
            raise Refused(Refusal.SIGNER_NOT_ALLOWED, errors=[error])
    signers = _with_caller(caller, further)
    if len(signers) < 2:
        if further:
            raise _not_distinct()
        raise _missing(["a second person"])
    if not {signer.role for signer in signers} & set(VOUCH_FOR_PAPER):
        needed = [role.value for role in VOUCH_FOR_PAPER]
        raise _missing([needed[0]], alternatives=[[role] for role in needed])
    return signers


def _settled_team(
    caller: Signer, further: Sequence[Signer], *, team: Collection[UUID], minimum: int
) -> tuple[Signer, ...]:
    """Every member of the team, the caller one of them unless a program posts (SOFT-7)."""
    members = frozenset(team)
    if len(members) < minimum:
        raise _missing([Role.COUNT_TEAM.value] * (minimum - len(members)))
    by_program = caller.role is Role.SERVICE
    if not by_program and caller.staff_id not in members:
        error = FieldError(
            "/team", Refusal.SIGNER_NOT_ALLOWED.name, "Who posts the count is one of its team."
        )
        raise Refused(Refusal.SIGNER_NOT_ALLOWED, errors=[error])
    signers = tuple(further) if by_program else _with_caller(caller, further)
    counted = {signer.staff_id for signer in signers if signer.role is Role.COUNT_TEAM}
    if members - counted:
        absent = sorted(str(member) for member in members - counted)
        raise _missing([Role.COUNT_TEAM.value] * len(absent), staff_ids=absent)
    return signers


def _with_caller(caller: Signer, further: Sequence[Signer]) -> tuple[Signer, ...]:
    """The caller and the others; a caller who signed by PIN too has signed once, as they said."""
    return tuple(further) if _signs(caller, further) else (caller, *further)


def _signs(caller: Signer, further: Iterable[Signer]) -> bool:
    return any(signer.staff_id == caller.staff_id for signer in further)


def _missing_roles(
    step: Step, caller: Signer, further: Sequence[Signer], *, gaps: Sequence[Counter[Role]]
) -> Refused:
    """What the nearest alternative still lacks once the caller has taken their place in it."""
    left = []
    for gap in gaps:
        place = None if _signs(caller, further) else _caller_fills(gap, caller)
        left.append(gap - Counter([place] if place else []))
    nearest = min(left, key=Counter.total)
    return _missing(
        [role.value for role in nearest.elements()],
        alternatives=[[role.value for role in roles] for roles in step.signatures],
    )


def _missing(missing: Sequence[str], **facts: Any) -> Refused:
    message = f"Still to sign: {', '.join(missing)}."
    return Refused(
        Refusal.SIGNATURE_MISSING,
        {"missing": list(missing), **facts},
        errors=[FieldError("/signatures", Refusal.SIGNATURE_MISSING.name, message)],
    )


def _not_distinct() -> Refused:
    refusal = Refusal.SIGNERS_NOT_DISTINCT
    return Refused(refusal, errors=[FieldError("/signatures", refusal.name, refusal.sentence)])
