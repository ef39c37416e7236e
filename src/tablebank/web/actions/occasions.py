"""When an action is offered, and what several of them ask for: a reason, a manager's leave.

An occasion says only what a form shows. Whether the step is allowed is the command's to say.
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from tablebank.domain.terms import BankMode, Phase, Role
from tablebank.web.actions.kind import Field, Place, SignsToo
from tablebank.web.words import Words

REASON = Field(name="reason", label=_("Reason"), kind="words")
WHY_IF_DIFFERENT = Field(
    name="reason",
    label=_("Reason"),
    kind="words",
    required=False,
    hint=_("Needed where the count differs or is off par"),
)
MANAGER = (Role.PIT_MANAGER,)


def in_phase(*phases: Phase) -> Callable[[Place], bool]:
    """Offered while the session is in one of these phases."""
    return lambda place: place.view.record.phase in phases


def imprest_with_par(place: Place) -> bool:
    """Whether there is a par to restore the tray to (CLOSE-1)."""
    record = place.view.record
    return record.table_bank_mode == BankMode.IMPREST_TO_PAR and record.need_total_cents is not None


def is_initial_bank(place: Place) -> bool:
    """Whether this is the table's first session: its opener is its initial bank (PAR-11)."""
    return place.view.record.previous_session_id is None


def managers_leave(place: Place, why: Words) -> tuple[SignsToo, ...]:
    """A pit manager's signature, where the step may need one. Who is one gives it by calling."""
    if Role.PIT_MANAGER in place.view.caller.roles:
        return ()
    return (SignsToo(roles=MANAGER, required=False, why=why),)
