"""NJ_STYLE: after New Jersey, N.J.A.C. 13:69D-1."""

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

NJ_STYLE = Profile(
    code=ProfileCode.NJ_STYLE,
    template="NJ_STYLE",
    signers={
        "record_snapshot": Asks(
            signatures=((Role.DEALER, Role.SUPERVISOR),),
            clauses=("N.J.A.C. 13:69D-1.21(b)-(d)",),
        ),
        "void_slip": Asks(
            also=((Role.CASHIER, Role.CAGE_MANAGER),),
            clauses=("N.J.A.C. 13:69D-1.22(b)",),
        ),
    },
    credit_flow=Cited(CreditFlow.SLIP_FIRST, (), Standing.OURS),
    team_minimum=Cited(3, (), Standing.OURS),
    drop_frequency=Cited(DropFrequency.TWO_GAMING_DAYS, ("N.J.A.C. 13:69D-1.17(a)",)),
    number_series=Cited(NumberSeries.CALENDAR_YEAR, (), Standing.OURS),
    slip_parts=Cited(3, ("N.J.A.C. 13:69D-1.22(d)",)),
    inventory_slip_parts=Cited(2, ("N.J.A.C. 13:69D-1.21(a)",)),
    idle_recount_days=None,
    variance_notices=(
        VarianceNotice(
            at_least_cents=2_501,
            by=ToldBy.SIGNED_REPORT,
            within=AT_ONCE,
            clauses=("N.J.A.C. 13:69D-1.21(e)",),
        ),
        VarianceNotice(
            at_least_cents=10_000,
            by=ToldBy.REGULATOR,
            within=AT_ONCE,
            clauses=("N.J.A.C. 13:69D-1.21(e)",),
        ),
    ),
    deadlines={
        **GENERIC.deadlines,
        "OPENING_VARIANCE": Cited(AT_ONCE, ("N.J.A.C. 13:69D-1.21(e)",)),
    },
)
