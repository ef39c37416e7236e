"""What a jurisdiction profile says, in words: its name, its rules, how its clauses were read."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tablebank.domain.profiles.kind import (
    AT_ONCE,
    Asks,
    DropFrequency,
    NumberSeries,
    Standing,
    ToldBy,
)
from tablebank.domain.settings import CreditFlow
from tablebank.domain.terms import ProfileCode, Role
from tablebank.web import words
from tablebank.web.words import Words

TEMPLATE = gettext_lazy("Template, confirm with your regulator")

NAME: Mapping[ProfileCode, Words] = {
    ProfileCode.GENERIC: gettext_lazy("Generic (NIGC 542 template)"),
    ProfileCode.WA_HOUSE_BANKED: gettext_lazy("Washington, house-banked card rooms"),
    ProfileCode.NJ_STYLE: gettext_lazy("After New Jersey"),
    ProfileCode.KS_OH_STYLE: gettext_lazy("After Kansas and Ohio"),
}

STANDING: Mapping[Standing, Words] = {
    Standing.TEXT: gettext_lazy("read in the text"),
    Standing.COPY: gettext_lazy("read in a copy"),
    Standing.MEMORY: gettext_lazy("not read in the text: confirm it"),
    Standing.OURS: gettext_lazy("no clause found: our choice"),
}

CREDIT_FLOW: Mapping[CreditFlow, Words] = {
    CreditFlow.SLIP_FIRST: gettext_lazy("The slip first, then the chips leave"),
    CreditFlow.REQUEST_FIRST: gettext_lazy("The chips travel with the request"),
}

FREQUENCY: Mapping[DropFrequency, Words] = {
    DropFrequency.EACH_SHIFT: gettext_lazy("At least each shift"),
    DropFrequency.GAMING_DAY: gettext_lazy("At least each gaming day"),
    DropFrequency.TWO_GAMING_DAYS: gettext_lazy("At least every two gaming days"),
}

SERIES: Mapping[NumberSeries, Words] = {
    NumberSeries.CALENDAR_YEAR: gettext_lazy("No number twice in a calendar year"),
    NumberSeries.BUSINESS_YEAR: gettext_lazy("No number twice in a business year"),
    NumberSeries.FOR_EVER: gettext_lazy("No number ever twice"),
}

TOLD_BY: Mapping[ToldBy, Words] = {
    ToldBy.SIGNED_REPORT: gettext_lazy("a signed report"),
    ToldBy.REGULATOR: gettext_lazy("notice to the regulator"),
}

STEP: Mapping[str, Words] = {
    "record_snapshot": gettext_lazy("Signatures on a count"),
    "void_slip": gettext_lazy("Signatures on a void"),
    "remove_box_emergency": gettext_lazy("Signatures on an emergency drop"),
}
"""The steps for which a profile asks more than the least."""


def asked(asks: Asks) -> str:
    """Whose signatures: of each alternative all, of each further group one."""
    lines = [" + ".join(_role(role) for role in line) for line in asks.signatures]
    groups = [_(" or ").join(_role(role) for role in group) for group in asks.also]
    return _(" or ").join(lines) if lines else " + ".join(groups)


def _role(role: Role) -> str:
    return words.said(words.ROLE, role).lower()


def how_soon(within: timedelta) -> str:
    """A deadline in words."""
    if within == AT_ONCE:
        return _("at once")
    hours = int(within.total_seconds() // 3600)
    if hours % 24 == 0 and hours > 24:
        return ngettext("within %(n)s day", "within %(n)s days", hours // 24) % {"n": hours // 24}
    return ngettext("within %(n)s hour", "within %(n)s hours", hours) % {"n": hours}
