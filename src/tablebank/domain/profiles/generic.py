"""GENERIC: the NIGC template, 25 CFR 542, which has bound nobody by itself since 2018."""

from datetime import timedelta

from tablebank.domain.profiles.kind import (
    AT_ONCE,
    Cited,
    DropFrequency,
    NumberSeries,
    Profile,
    Standing,
)
from tablebank.domain.settings import CreditFlow
from tablebank.domain.terms import ProfileCode

_OURS: tuple[tuple[str, ...], Standing] = ((), Standing.OURS)
_DAYS_2 = Cited(timedelta(days=2), *_OURS)
_DAY = Cited(timedelta(days=1), *_OURS)

GENERIC = Profile(
    code=ProfileCode.GENERIC,
    template="GENERIC_NIGC_542_TEMPLATE",
    signers={},
    credit_flow=Cited(
        CreditFlow.SLIP_FIRST, ("25 CFR 542.12(c)(13)", "25 CFR 542.12(c)(17)"), Standing.MEMORY
    ),
    team_minimum=Cited(2, ("25 CFR 542.31(c)(1)",)),
    drop_frequency=Cited(DropFrequency.EACH_SHIFT, ("25 CFR 542.31(b)(2)",)),
    number_series=Cited(NumberSeries.BUSINESS_YEAR, ("25 CFR 542.12(c)(1)",), Standing.MEMORY),
    slip_parts=Cited(3, ("25 CFR 542.12(c)(5)",), Standing.MEMORY),
    inventory_slip_parts=Cited(2, *_OURS),
    idle_recount_days=None,
    variance_notices=(),
    deadlines={
        "MISSING_SLIP": _DAYS_2,
        "UNKNOWN_SLIP": _DAYS_2,
        "DUPLICATE_SLIP": _DAYS_2,
        "SLIP_AMOUNT_MISMATCH": _DAYS_2,
        "SLIP_WRONG_BOX": _DAYS_2,
        "SLIP_NOT_DEPOSITED": _DAYS_2,
        "SLIP_UNSETTLED": _DAY,
        "MISSING_FORM": _DAYS_2,
        "VOID_MISUSE": _DAY,
        "COUNT_VARIANCE": _DAY,
        "COUNT_REPORTED": _DAY,
        "TRANSFER_VARIANCE": _DAY,
        "OPENING_VARIANCE": _DAY,
        "CUSTODY_IRREGULAR": _DAY,
        "BOX_NOT_DROPPED": _DAY,
        "SLIP_NUMBER_GAP": _DAYS_2,
        "DROP_OVERDUE": Cited(AT_ONCE, *_OURS),
        "DROP_OUT_OF_SCHEDULE": _DAY,
    },
)
