"""For which tables nothing was proposed, and why: one line for each reason, with its tables."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.recommendations.advising import Kind
from tablebank.domain.recommendations.inference import NoCandidate
from tablebank.domain.refusals import Refusal
from tablebank.web.words import Words

WHY: Mapping[str, Words] = {
    Refusal.NOT_IMPREST.name: gettext_lazy(
        "Inventory Count: no par is inferred from closing counts"
    ),
    Refusal.BANK_MODE_UNKNOWN.name: gettext_lazy("No Table Bank Mode is chosen yet"),
    NoCandidate.TOO_FEW_OPENINGS: gettext_lazy("Fewer than five openings"),
    NoCandidate.NO_CLOSING: gettext_lazy("Never closed yet"),
    NoCandidate.CLOSING_NOT_COUNTED: gettext_lazy("The last close was not counted"),
    NoCandidate.CLOSING_NOT_RESTORED: gettext_lazy(
        "The last close was neither attested nor adjusted to par"
    ),
    NoCandidate.CLOSED_OFF_PAR: gettext_lazy("The last close was off par"),
    NoCandidate.TOO_FEW_RESTORED_CLOSES: gettext_lazy(
        "Fewer than five closes that were restored to par"
    ),
    Kind.NOT_ENOUGH_DATA: gettext_lazy("Not enough sessions yet"),
    Kind.NO_PAR: gettext_lazy("No target to advise on"),
    Kind.KEEP: gettext_lazy("The target is right as it is"),
}


def left_out(left: Sequence[Mapping[str, Any]]) -> list[str]:
    """Each reason with the tables it is true of, in the order in which they were met."""
    tables: defaultdict[str, list[str]] = defaultdict(list)
    for each in left:
        tables[each["why"]].append(each["table_code"])
    return [
        _("%(why)s: %(tables)s.") % {"why": WHY.get(why, why), "tables": ", ".join(codes)}
        for why, codes in tables.items()
    ]
