"""What stands in the way of a refused step, in words a person can act on (SESS-6).

The refusal's own sentence says that it is no; the facts it carries say what is missing. Each of
them is put in words here; a refusal that is not listed has said all with its own sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tablebank.domain.decisions import House
from tablebank.domain.refusals import Refusal, Refused
from tablebank.web import words
from tablebank.web.figures import money, wall
from tablebank.web.heard import heard
from tablebank.web.written import write_as

Facts = Mapping[str, Any]

PRECONDITION: Mapping[str, words.Words] = {
    "game_settings": gettext_lazy("The table has no game."),
    "chip_list": gettext_lazy("The casino has no chips."),
    "mounted_box": gettext_lazy("No drop box is mounted: mount one first."),
}


def explained(refused: Refused, *, house: House | None = None) -> Sequence[str]:
    """The sentences beside a refusal's own, most telling first; amounts the house's own way."""
    say = _SAYING.get(refused.refusal)
    if say is None:
        return ()
    with write_as(house) if house else nullcontext():
        return say(refused.facts)


def out_of_range(refused: Refused, *, zone: str) -> str:
    """What is wrong with a time that cannot be, by the casino's clock; empty for other refusals."""
    facts = refused.facts
    if refused.refusal is not Refusal.OCCURRED_AT_OUT_OF_RANGE or "why" in facts:
        return ""
    if "what" not in facts:
        return heard(refused.errors[0].message if refused.errors else refused.detail)
    if "earliest" in facts:
        earliest = datetime.fromisoformat(facts["earliest"])
        whole = earliest + timedelta(microseconds=-earliest.microsecond % 1_000_000)
        said = _("It cannot be before %(what)s, %(when)s.")
        return said % {"what": heard(facts["what"]), "when": wall(whole, zone=zone)}
    latest = datetime.fromisoformat(facts["latest"])
    said = _("It cannot be after %(what)s, %(when)s.")
    return said % {"what": heard(facts["what"]), "when": wall(latest, zone=zone)}


def _slips(facts: Facts) -> Sequence[str]:
    return [
        _("%(kind)s %(number)s: %(status)s, %(amount)s.")
        % {
            "kind": words.said(words.SLIP_KIND, each["kind"]),
            "number": each["number"] or each["request_number"],
            "status": words.said(words.SLIP_STATUS, each["status"]).lower(),
            "amount": money(each["total_cents"]),
        }
        for each in facts.get("slips", ())
    ]


def _off_par(facts: Facts) -> Sequence[str]:
    closing = money(facts["closing_total_cents"])
    par = money(facts["need_total_cents"])
    said = _(
        "Closing inventory (%(closing)s) does not match par (%(par)s). Consider a final fill/credit"
        " to restore to par."
    )
    return [
        said % {"closing": closing, "par": par},
        _("Or a pit manager lets it pass: badge, PIN and a reason."),
    ]


def _signatures(facts: Facts) -> Sequence[str]:
    missing = ", ".join(_who(each) for each in facts.get("missing", ()))
    if not missing:
        return []
    if "why" not in facts:
        return [_("Still to sign: %(missing)s.") % {"missing": missing}]
    why = heard(facts["why"])
    return [_("Still to sign: %(missing)s (%(why)s).") % {"missing": missing, "why": why}]


def _who(missing: str) -> str:
    """Whose signature is missing: a role, or a person of some kind."""
    if missing in words.ROLE:
        return words.said(words.ROLE, missing)
    return heard(missing).capitalize()


def _preconditions(facts: Facts) -> Sequence[str]:
    return [str(PRECONDITION.get(each, each)) for each in facts.get("missing", ())]


def _exceptions(facts: Facts) -> Sequence[str]:
    kinds = [words.said(words.FINDING, each["kind"]) for each in facts.get("exceptions", ())]
    return [_("Open: %(kinds)s.") % {"kinds": ", ".join(kinds)}] if kinds else []


def _numbers(facts: Facts) -> Sequence[str]:
    numbers = ", ".join(facts.get("numbers", ()))
    return [_("Missing or on two forms: %(numbers)s.") % {"numbers": numbers}]


def _not_closed(facts: Facts) -> Sequence[str]:
    """The sessions of a day that are still in play; a result names them on its own page."""
    return [
        f"{each['table_code']} {each['shift_code']}: {words.said(words.STATUS, each['status'])}"
        for each in facts.get("sessions", ())
        if each.get("table_code")
    ]


def _locked(facts: Facts) -> Sequence[str]:
    minutes = -(-int(facts.get("retry_after_seconds", 0)) // 60)
    said = _("Try again in %(minutes)s min, or let a pit manager unlock the badge.")
    return [said % {"minutes": minutes}]


def _difference(facts: Facts) -> Sequence[str]:
    gap = facts.get("difference_cents")
    if gap is None:
        return []
    return [_("It differs by %(amount)s.") % {"amount": money(gap)}]


def _status(facts: Facts) -> Sequence[str]:
    status = facts.get("status")
    if not status:
        return []
    return [_("It is now: %(status)s.") % {"status": words.said(words.STATUS, status)}]


def _slip_status(facts: Facts) -> Sequence[str]:
    status = facts.get("status")
    if not status:
        return []
    return [_("It is now: %(status)s.") % {"status": words.said(words.SLIP_STATUS, status)}]


def _why(facts: Facts) -> Sequence[str]:
    why = heard(str(facts.get("why") or ""))
    return [f"{why[:1].upper()}{why[1:]}."] if why else []


def _stale(facts: Facts) -> Sequence[str]:
    """What moved is said beside the count itself, with what can be done about it."""
    return [] if facts.get("slips") else _why(facts)


def _sent_before(facts: Facts) -> Sequence[str]:
    return [_("This form was sent before. Look whether it took effect before you send it again.")]


_SAYING: Mapping[Refusal, Callable[[Facts], Sequence[str]]] = {
    Refusal.SLIPS_IN_FLIGHT: _slips,
    Refusal.RESTORE_REQUIRED: _off_par,
    Refusal.PAR_VARIANCE_NEEDS_MANAGER: _off_par,
    Refusal.SIGNATURE_MISSING: _signatures,
    Refusal.PRECONDITIONS_MISSING: _preconditions,
    Refusal.EXCEPTIONS_OPEN: _exceptions,
    Refusal.NUMBERS_MISSING: _numbers,
    Refusal.SESSION_NOT_CLOSED: _not_closed,
    Refusal.BADGE_LOCKED: _locked,
    Refusal.OPENING_VARIANCE_NEEDS_MANAGER: _difference,
    Refusal.SESSION_ALREADY_LIVE: _status,
    Refusal.SESSION_NOT_READY: _status,
    Refusal.SESSION_NOT_OPEN: _status,
    Refusal.SESSION_NOT_OPENING: _status,
    Refusal.SESSION_NOT_CLOSING: _status,
    Refusal.SESSION_IN_USE: _status,
    Refusal.SLIP_STATUS: _slip_status,
    Refusal.PAR_ATTESTED_NOT_ALLOWED: _why,
    Refusal.CLOSING_NOT_ADOPTABLE: _why,
    Refusal.SNAPSHOT_NOT_REPLACEABLE: _why,
    Refusal.SIGNER_INVOLVED: _why,
    Refusal.OCCURRED_AT_OUT_OF_RANGE: _why,
    Refusal.COUNT_STALE: _stale,
    Refusal.IDEMPOTENCY_KEY_REUSED: _sent_before,
}
