"""Who must still sign on a form beside the person who fills it in (SIGN-1, SIGN-3).

The form asks for what the step's line in the catalogue leaves open once the caller has taken their
place in it. It only asks: whether those who signed were enough is the command's to say.
"""

from collections import Counter
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from tablebank.domain.authority import DEPARTMENT, VOUCH_FOR_PAPER, Step, acts_as
from tablebank.domain.profiles.kind import Profile, step_under
from tablebank.domain.refusals import Refusal
from tablebank.domain.terms import Role
from tablebank.web.actions.kind import Action, Place, SignsToo

OF_SIGNATURES = frozenset(
    {
        Refusal.SIGNATURE_MISSING,
        Refusal.SIGNATURE_REFUSED,
        Refusal.SIGNERS_NOT_DISTINCT,
        Refusal.SIGNER_NOT_ALLOWED,
        Refusal.SIGNER_INVOLVED,
        Refusal.DUTY_OVERLAP,
        Refusal.RUNNER_CHANGED,
        Refusal.BADGE_LOCKED,
    }
)
"""Refusals that are said where people sign."""

ON_THE_FLOOR = (
    Role.DROP_CREW,
    Role.COUNT_TEAM,
    Role.RUNNER,
    Role.CASHIER,
    Role.CAGE_MANAGER,
    Role.DEALER,
    Role.SUPERVISOR,
    Role.PIT_MANAGER,
)


def rows_for(action: Action, place: Place) -> tuple[SignsToo, ...]:
    """The signature rows of an action's form, those its own occasion asks for last."""
    acting = action.role(place)
    if acting is None:
        return action.signs_too(place)
    step = step_under(_profile(place), action.line(place))
    extra = action.signs_too(place)
    if _signs_as_manager(place, extra):
        return _whole_line(step)
    return (*_of_step(step, acting, place), *extra)


def _profile(place: Place) -> Profile:
    """The profile that the casino goes by today."""
    return place.view.house.profile_on(place.view.house.calendar.day_of(place.view.now))


def _also_asked(step: Step, acting: Role) -> tuple[SignsToo, ...]:
    """Whom the profile asks for beside, the caller's own place left out."""
    taken = next((group for group in step.also if acts_as([acting]) & set(group)), None)
    groups = [group for group in step.also if group is not taken]
    return tuple(SignsToo(roles=group, why=_("asked for by the profile")) for group in groups)


def _signs_as_manager(place: Place, extra: Sequence[SignsToo]) -> bool:
    """A manager whose own signature is asked for signs as manager; the line is left to others."""
    asked = {role for each in extra if each.required for role in each.roles}
    return Role.PIT_MANAGER in asked & place.view.caller.roles


def _whole_line(step: Step) -> tuple[SignsToo, ...]:
    return tuple(SignsToo(roles=(role,)) for role in step.signatures[0])


def _of_step(step: Step, acting: Role, place: Place) -> tuple[SignsToo, ...]:
    if step.team:
        least = _profile(place).team_minimum.value
        return (
            *(SignsToo(roles=(Role.COUNT_TEAM,)) for _nth in range(least - 1)),
            SignsToo(
                roles=(Role.COUNT_TEAM,), required=False, why=_("a further member, if there was")
            ),
        )
    if step.back_entry:
        alone = acting in VOUCH_FOR_PAPER
        second = (*VOUCH_FOR_PAPER, *ON_THE_FLOOR[:-1]) if alone else VOUCH_FOR_PAPER
        return (SignsToo(roles=second, why=_("a second person")),)
    if step.also:
        return _also_asked(step, acting)
    if step.two_departments:
        mine = DEPARTMENT[acting]
        others = tuple(role for role in ON_THE_FLOOR if DEPARTMENT[role] != mine)
        return (SignsToo(roles=_ordered(others), why=_("of another department")),)
    if step.two_people_one_not_of_pit:
        return (SignsToo(roles=ON_THE_FLOOR, why=_("a second person")),)
    if not step.signatures:
        return ()
    return _left_open(step, acting, place)


def _left_open(step: Step, acting: Role, place: Place) -> tuple[SignsToo, ...]:
    """The shortest of what the alternatives leave open; equal ones are offered as a choice."""
    left = [_without_caller(line, acting, place) for line in step.signatures]
    fewest = min(len(each) for each in left)
    shortest = [each for each in left if len(each) == fewest]
    if fewest == 1:
        return (SignsToo(roles=tuple(dict.fromkeys(each[0] for each in shortest))),)
    return tuple(SignsToo(roles=(role,)) for role in shortest[0])


def _without_caller(line: Sequence[Role], acting: Role, place: Place) -> tuple[Role, ...]:
    able = acts_as([acting]) | acts_as(place.view.caller.roles)
    taken = next((role for role in line if role in acts_as([acting])), None) or next(
        (role for role in line if role in able), None
    )
    open_roles = Counter(line)
    if taken is not None:
        open_roles[taken] -= 1
    return tuple(open_roles.elements())


def _ordered(roles: Sequence[Role]) -> tuple[Role, ...]:
    """Cage and pit first: those who most often void a slip together."""
    first = (Role.CASHIER, Role.SUPERVISOR)
    return (
        *(role for role in first if role in roles),
        *(role for role in roles if role not in first),
    )
