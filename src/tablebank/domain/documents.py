"""The forms that are printed: of what parts each consists, who receives them, who may hold them.

A form is printed in parts, each for one department (FRM-03). How often a part was printed is read
from the journal: the first is the form, every later one a reprint (FIL-07).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tablebank.domain.terms import Role


class Document(StrEnum):
    """A form as it is asked for: of a slip, a session, a box, a shift, a hand-over."""

    SLIP = "slip"
    OPENER = "opener"
    CLOSER = "closer"
    RUNDOWN = "rundown"
    VARIANCE = "variance"
    COUNT = "count"
    COUNT_SESSION = "count-session"
    SHIFT_RUNDOWN = "shift-rundown"
    HAND_OVER = "hand-over"


class Printed(StrEnum):
    """A form as it is printed. A request is a form of its own, before its slip is (SNAP-8)."""

    REQUEST = "REQUEST"
    SLIP = "SLIP"
    OPENER = "OPENER"
    CLOSER = "CLOSER"
    RUNDOWN = "RUNDOWN"
    VARIANCE = "VARIANCE"
    COUNT = "COUNT"
    COUNT_SESSION = "COUNT_SESSION"
    SHIFT_RUNDOWN = "SHIFT_RUNDOWN"
    HAND_OVER = "HAND_OVER"


class Part(StrEnum):
    """One copy of a form, by who receives it."""

    DROP_BOX = "DROP_BOX"
    CAGE = "CAGE"
    TABLE = "TABLE"
    PIT = "PIT"
    ACCOUNTING = "ACCOUNTING"
    RESTRICTED = "RESTRICTED"


PARTS: Mapping[Printed, tuple[Part, ...]] = {
    Printed.REQUEST: (Part.CAGE, Part.DROP_BOX),
    Printed.SLIP: (Part.DROP_BOX, Part.CAGE, Part.RESTRICTED),
    Printed.OPENER: (Part.DROP_BOX, Part.ACCOUNTING),
    Printed.CLOSER: (Part.DROP_BOX, Part.TABLE, Part.ACCOUNTING),
    Printed.RUNDOWN: (Part.ACCOUNTING,),
    Printed.VARIANCE: (Part.DROP_BOX, Part.ACCOUNTING),
    Printed.COUNT: (Part.ACCOUNTING,),
    Printed.COUNT_SESSION: (Part.ACCOUNTING,),
    Printed.SHIFT_RUNDOWN: (Part.ACCOUNTING,),
    Printed.HAND_OVER: (Part.PIT, Part.ACCOUNTING),
}
"""The parts of each form in their order; a closer's second stays with the tray (INV-03).

A count sheet goes straight to accounting: it has no part for the cage (CNT-18).
"""

SEES_RESTRICTED = frozenset({Role.ACCOUNTING, Role.AUDITOR})
"""Who may hold the restricted part of a slip: neither pit nor cage (FIL-08)."""


def parts_for(form: Printed, roles: Collection[Role]) -> tuple[Part, ...]:
    """The parts of a form that somebody with these roles prints."""
    may = bool(SEES_RESTRICTED & set(roles))
    return tuple(part for part in PARTS[form] if may or part is not Part.RESTRICTED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """How often a part was printed before, and when and by whom first; None if it never was."""

    times: int = 0
    first_at: datetime | None = None
    first_by: str = ""

    @property
    def is_reprint(self) -> bool:
        """Whether what is printed now has to say that it is not the first (FIL-07)."""
        return self.times > 0
