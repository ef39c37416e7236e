"""What par advice says, in the reader's language: where it comes from, and its reasons.

A proposal keeps each reason as a code with values (SUGG-3); here they become sentences, with the
amounts as the casino writes them. A code that a later release knows is said as it was kept.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from tablebank.domain.establishment import ParProposal
from tablebank.domain.par_proposals import APPROVED, PROPOSED, REJECTED, SUPERSEDED
from tablebank.domain.recommendations.reasons import SENTENCES, Why
from tablebank.web import words
from tablebank.web.figures import money
from tablebank.web.heard import heard
from tablebank.web.words import Words
from tablebank.web.written import current

STATUS: Mapping[str, Words] = {
    PROPOSED: gettext_lazy("Waiting for a decision"),
    APPROVED: gettext_lazy("Approved"),
    REJECTED: gettext_lazy("Rejected"),
    SUPERSEDED: gettext_lazy("Replaced by newer advice"),
}

WEEKDAY: Mapping[str, Words] = {
    "monday": gettext_lazy("Monday"),
    "tuesday": gettext_lazy("Tuesday"),
    "wednesday": gettext_lazy("Wednesday"),
    "thursday": gettext_lazy("Thursday"),
    "friday": gettext_lazy("Friday"),
    "saturday": gettext_lazy("Saturday"),
    "sunday": gettext_lazy("Sunday"),
}

LEFT_OUT: Mapping[str, Words] = {
    "not_opened": gettext_lazy("not opened"),
    "voided": gettext_lazy("voided"),
    "in_play": gettext_lazy("still in play"),
    "fills_unknown": gettext_lazy("fills not known"),
    "another_par": gettext_lazy("under another target"),
}


def reasons_in_words(proposal: ParProposal) -> list[str]:
    """What a proposal rests on, sentence by sentence: its evidence, else its author's own words."""
    evidence = proposal.evidence or {}
    told = [*evidence.get("reasons", ()), *evidence.get("weaknesses", ())]
    if told:
        return [said(each) for each in told]
    if "sentences" in evidence:
        return [heard(each) for each in evidence["sentences"]]
    return [proposal.notes] if proposal.notes else []


def said(reason: Mapping[str, Any]) -> str:
    """One reason as it is kept (`code`, `values`), as a sentence."""
    code, values = str(reason["code"]), reason.get("values", {})
    if code not in set(Why):
        return code.replace("_", " ").capitalize()
    shown = {name: _said(name, value, values) for name, value in values.items()}
    return gettext(SENTENCES[Why(code)]).format(**shown)


def part_in_words(dimension: str, name: str) -> str:
    """A part of the lookback by its name: a weekday, a shift's code, a game."""
    if dimension == "weekday":
        return words.said(WEEKDAY, name)
    return words.said(words.GAME, name) if dimension == "game_type" else name


def _said(name: str, value: Any, values: Mapping[str, Any]) -> str | Promise:
    if name.endswith("_cents"):
        return money(value)
    if name == "why":
        return words.said(LEFT_OUT, value)
    if name == "name":
        return part_in_words(str(values.get("dimension")), value)
    if name == "safety_factor":
        return str(value).replace(".", current().decimal)
    return str(value)
