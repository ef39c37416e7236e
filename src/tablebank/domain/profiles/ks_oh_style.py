"""KS_OH_STYLE: after Kansas, K.A.R. 112-104 and 112-108, and Ohio, O.A.C. 3772; the stricter."""

from datetime import timedelta

from tablebank.domain.profiles.generic import GENERIC
from tablebank.domain.profiles.kind import (
    AT_ONCE,
    Asks,
    Cited,
    DropFrequency,
    NumberSeries,
    Profile,
    Standing,
    ToldBy,
    VarianceNotice,
)
from tablebank.domain.settings import CreditFlow
from tablebank.domain.terms import ProfileCode, Role

_OPENER = ("K.A.R. 112-108-28(e)", "O.A.C. 3772-11-08(E)")
_SLIPS = Cited(timedelta(days=2), ("K.A.R. 112-104-4(f)",))

KS_OH_STYLE = Profile(
    code=ProfileCode.KS_OH_STYLE,
    template="KS_OH_STYLE",
    signers={
        "void_slip": Asks(
            also=((Role.CASHIER, Role.CAGE_MANAGER), (Role.RUNNER, Role.ACCOUNTING)),
            clauses=("K.A.R. 112-108-32(e)", "O.A.C. 3772-10-05(D)"),
        ),
        "remove_box_emergency": Asks(
            also=((Role.RUNNER,), (Role.DROP_CREW, Role.COUNT_TEAM, Role.ACCOUNTING)),
            clauses=("K.A.R. 112-108-47(c)-(e)",),
        ),
    },
    credit_flow=Cited(CreditFlow.SLIP_FIRST, ("K.A.R. 112-108-34(e)-(f)",)),
    team_minimum=Cited(3, ("O.A.C. 3772-10-19(B)", "O.A.C. 3772-10-19(C)(3)")),
    drop_frequency=Cited(DropFrequency.GAMING_DAY, (), Standing.OURS),
    number_series=Cited(NumberSeries.CALENDAR_YEAR, ("K.A.R. 112-108-32(c)",)),
    slip_parts=Cited(2, ("K.A.R. 112-108-32(c)-(d)",)),
    inventory_slip_parts=Cited(2, ("O.A.C. 3772-11-28",)),
    idle_recount_days=Cited(7, ("O.A.C. 3772-11-06(E)", "K.A.R. 112-108-27(f)")),
    variance_notices=(
        VarianceNotice(at_least_cents=10_000, by=ToldBy.REGULATOR, within=AT_ONCE, clauses=_OPENER),
    ),
    deadlines={
        **GENERIC.deadlines,
        "OPENING_VARIANCE": Cited(AT_ONCE, _OPENER),
        "MISSING_SLIP": _SLIPS,
        "UNKNOWN_SLIP": _SLIPS,
        "DUPLICATE_SLIP": _SLIPS,
        "SLIP_AMOUNT_MISMATCH": _SLIPS,
        "SLIP_WRONG_BOX": _SLIPS,
        "MISSING_FORM": _SLIPS,
        "DROP_OUT_OF_SCHEDULE": Cited(AT_ONCE, ("O.A.C. 3772-11-24",)),
    },
)
