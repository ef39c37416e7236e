"""The menu: which pages there are, whose work each of them is, and where a person begins."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from tablebank.domain.authority import SEES_CONTROLS, SEES_EXCEPTIONS, SEES_GAMING_DAY, STEPS
from tablebank.domain.terms import Role
from tablebank.queries.reports.kind import MANAGERS
from tablebank.web.words import Words

IN_THE_PIT = frozenset({Role.SUPERVISOR, Role.PIT_MANAGER})
AT_THE_CAGE = frozenset({Role.CASHIER, Role.CAGE_MANAGER})
APPROVES_PAR = frozenset({Role.PIT_MANAGER, Role.CAGE_MANAGER})
ABOUT_DROPS = frozenset(
    {
        Role.DROP_CREW,
        Role.COUNT_TEAM,
        Role.RUNNER,
        Role.SUPERVISOR,
        Role.PIT_MANAGER,
        Role.ACCOUNTING,
        Role.AUDITOR,
    }
)
READS_REPORTS = MANAGERS | {Role.SURVEILLANCE}
"""Whose page the list of reports is; others come to the one of their work from there."""
BEGINS_AT: Mapping[Role, str] = {
    Role.CASHIER: "cage",
    Role.CAGE_MANAGER: "cage",
    Role.DROP_CREW: "drops",
    Role.COUNT_TEAM: "drops",
    Role.RUNNER: "drops",
    Role.ADMIN: "settings",
}
"""The page of a role's work; everybody else's is the floor."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One page in the menu, by the name of its address; without roles it is everybody's."""

    name: str
    words: Words
    roles: frozenset[Role] = frozenset(Role)
    is_for_beginning: bool = False
    """Whether it is there only until the casino is set up."""


ENTRIES = (
    Entry(name="floor", words=_("Floor")),
    Entry(name="pit", words=_("Pit sheet"), roles=IN_THE_PIT),
    Entry(name="cage", words=_("Cage"), roles=AT_THE_CAGE),
    Entry(name="drops", words=_("Drop & count"), roles=ABOUT_DROPS),
    Entry(name="windows", words=_("Shift"), roles=SEES_EXCEPTIONS),
    Entry(name="reports", words=_("Reports"), roles=READS_REPORTS),
    Entry(name="day", words=_("Gaming day"), roles=SEES_GAMING_DAY),
    Entry(name="handover", words=_("Hand-over"), roles=frozenset({Role.SUPERVISOR})),
    Entry(name="exceptions", words=_("Exceptions"), roles=SEES_EXCEPTIONS),
    Entry(name="notices", words=_("Notices"), roles=frozenset({Role.SURVEILLANCE})),
    Entry(name="controls", words=_("Controls"), roles=SEES_CONTROLS),
    Entry(name="targets", words=_("Target needs"), roles=APPROVES_PAR),
    Entry(
        name="setup",
        words=_("Set-up"),
        roles=frozenset(STEPS["import_par"].callers),
        is_for_beginning=True,
    ),
    Entry(name="settings", words=_("Settings"), roles=frozenset({Role.ADMIN})),
)


def menu_for(roles: Collection[Role], *, is_set_up: bool) -> tuple[Entry, ...]:
    """The pages that are this person's to see; the set-up until a table was opened (PAR-5)."""
    return tuple(
        entry
        for entry in ENTRIES
        if entry.roles & set(roles) and not (entry.is_for_beginning and is_set_up)
    )


def begins_at(roles: Collection[Role]) -> str:
    """Where a person lands after signing in: who also works on the floor, there."""
    pages = {BEGINS_AT.get(role, "floor") for role in roles}
    return pages.pop() if len(pages) == 1 else "floor"
