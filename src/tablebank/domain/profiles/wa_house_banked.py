"""WA_HOUSE_BANKED: Washington's house-banked card rooms, chapter 230-15 WAC."""

from datetime import timedelta

from tablebank.domain.profiles.generic import GENERIC
from tablebank.domain.profiles.kind import (
    Asks,
    Cited,
    DropFrequency,
    NumberSeries,
    Profile,
    ToldBy,
    VarianceNotice,
)
from tablebank.domain.settings import CreditFlow
from tablebank.domain.terms import ProfileCode, Role

_DAY = timedelta(hours=24)

WA_HOUSE_BANKED = Profile(
    code=ProfileCode.WA_HOUSE_BANKED,
    template="WA_HOUSE_BANKED",
    signers={
        "record_snapshot": Asks(
            signatures=((Role.DEALER, Role.SUPERVISOR),),
            clauses=("WAC 230-15-535(1)", "WAC 230-15-535(4)"),
        ),
    },
    credit_flow=Cited(CreditFlow.REQUEST_FIRST, ("WAC 230-15-530(3)-(10)",)),
    team_minimum=Cited(3, ("WAC 230-15-610(1)",)),
    drop_frequency=Cited(DropFrequency.GAMING_DAY, ("WAC 230-15-610(3)",)),
    number_series=Cited(NumberSeries.FOR_EVER, ("WAC 230-15-520(1)",)),
    slip_parts=Cited(3, ("WAC 230-15-520(1)",)),
    inventory_slip_parts=Cited(3, ("WAC 230-15-535(3)",)),
    idle_recount_days=None,
    variance_notices=(
        VarianceNotice(
            at_least_cents=20_000,
            by=ToldBy.REGULATOR,
            within=_DAY,
            clauses=("WAC 230-15-495(5)(g)",),
        ),
    ),
    deadlines={
        **GENERIC.deadlines,
        "OPENING_VARIANCE": Cited(_DAY, ("WAC 230-15-495(5)(g)",)),
    },
)
