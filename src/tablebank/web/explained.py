"""What stands in the way of a refused step, in words a person can act on (SESS-6).

The refusal's own sentence says that it is no; the facts it carries say what is missing. Each of
them is put in words here; a refusal that is not listed has said all with its own sentence.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from tablebank.domain.refusals import Refusal, Refused
from tablebank.web import words
from tablebank.web.figures import money, wall

Facts = Mapping[str, Any]

PRECONDITION: Mapping[str, str] = {
    "game_settings": "The table has no game.",
    "chip_list": "The casino has no chips.",
    "mounted_box": "No drop box is mounted: mount one first.",
}


def explained(refused: Refused, *, currency: str) -> Sequence[str]:
    """The sentences beside a refusal's own, most telling first."""
    say = _SAYING.get(refused.refusal)
    return say(refused.facts, currency) if say else ()


def out_of_range(refused: Refused, *, zone: str) -> str:
    """What is wrong with a time that cannot be, by the casino's clock; empty for other refusals."""
    facts = refused.facts
    if refused.refusal is not Refusal.OCCURRED_AT_OUT_OF_RANGE or "why" in facts:
        return ""
    if "what" not in facts:
        return refused.errors[0].message if refused.errors else refused.detail
    if "earliest" in facts:
        earliest = datetime.fromisoformat(facts["earliest"])
        whole = earliest + timedelta(microseconds=-earliest.microsecond % 1_000_000)
        return f"It cannot be before {facts['what']}, {wall(whole, zone=zone)}."
    latest = datetime.fromisoformat(facts["latest"])
    return f"It cannot be after {facts['what']}, {wall(latest, zone=zone)}."


def _slips(facts: Facts, currency: str) -> Sequence[str]:
    return [
        f"{words.said(words.SLIP_KIND, each['kind'])} {each['number'] or each['request_number']}: "
        f"{words.said(words.SLIP_STATUS, each['status']).lower()}, "
        f"{money(each['total_cents'], currency=currency)}."
        for each in facts.get("slips", ())
    ]


def _off_par(facts: Facts, currency: str) -> Sequence[str]:
    closing = money(facts["closing_total_cents"], currency=currency)
    par = money(facts["need_total_cents"], currency=currency)
    said = f"Closing inventory ({closing}) does not match par ({par})."
    return [
        f"{said} Consider a final fill/credit to restore to par.",
        "Or a pit manager lets it pass: badge, PIN and a reason.",
    ]


def _signatures(facts: Facts, currency: str) -> Sequence[str]:
    missing = ", ".join(words.said(words.ROLE, each) for each in facts.get("missing", ()))
    why = f" ({facts['why']})" if "why" in facts else ""
    return [f"Still to sign: {missing}{why}."] if missing else []


def _preconditions(facts: Facts, currency: str) -> Sequence[str]:
    return [PRECONDITION.get(each, each) for each in facts.get("missing", ())]


def _exceptions(facts: Facts, currency: str) -> Sequence[str]:
    kinds = [words.said({}, each["kind"]) for each in facts.get("exceptions", ())]
    return [f"Open: {', '.join(kinds)}."] if kinds else []


def _locked(facts: Facts, currency: str) -> Sequence[str]:
    minutes = -(-int(facts.get("retry_after_seconds", 0)) // 60)
    return [f"Try again in {minutes} min, or let a pit manager unlock the badge."]


def _difference(facts: Facts, currency: str) -> Sequence[str]:
    gap = facts.get("difference_cents")
    return [f"It differs by {money(gap, currency=currency)}."] if gap is not None else []


def _status(facts: Facts, currency: str) -> Sequence[str]:
    status = facts.get("status")
    return [f"It is now: {words.said(words.STATUS, status)}."] if status else []


def _slip_status(facts: Facts, currency: str) -> Sequence[str]:
    status = facts.get("status")
    return [f"It is now: {words.said(words.SLIP_STATUS, status)}."] if status else []


def _why(facts: Facts, currency: str) -> Sequence[str]:
    why = facts.get("why")
    return [f"{str(why)[:1].upper()}{str(why)[1:]}."] if why else []


def _sent_before(facts: Facts, currency: str) -> Sequence[str]:
    return ["This form was sent before. Look whether it took effect before you send it again."]


_SAYING: Mapping[Refusal, Callable[[Facts, str], Sequence[str]]] = {
    Refusal.SLIPS_IN_FLIGHT: _slips,
    Refusal.RESTORE_REQUIRED: _off_par,
    Refusal.PAR_VARIANCE_NEEDS_MANAGER: _off_par,
    Refusal.SIGNATURE_MISSING: _signatures,
    Refusal.PRECONDITIONS_MISSING: _preconditions,
    Refusal.EXCEPTIONS_OPEN: _exceptions,
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
    Refusal.SNAPSHOT_NOT_REPLACEABLE: _why,
    Refusal.SIGNER_INVOLVED: _why,
    Refusal.OCCURRED_AT_OUT_OF_RANGE: _why,
    Refusal.COUNT_STALE: _why,
    Refusal.IDEMPOTENCY_KEY_REUSED: _sent_before,
}
