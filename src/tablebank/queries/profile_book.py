"""The jurisdiction profile as it is read: what holds, where it comes from, and what was before.

What the casino has set otherwise is told beside it: a profile says what its regulator would have,
and changes no setting by itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import House
from tablebank.domain.establishment import ProfileRow
from tablebank.domain.profiles.catalogue import PROFILES
from tablebank.domain.profiles.kind import Asks, Cited, Profile, VarianceNotice

TEMPLATE = "template, confirm with your regulator"
"""What every profile is, wherever it is shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProfileSheet:
    """A profile with all its rules, each with the clauses it comes from."""

    profile: str
    template: str
    label: str
    signers: tuple[Mapping[str, Any], ...]
    rules: Mapping[str, Any]
    variance_notices: tuple[Mapping[str, Any], ...]
    deadlines: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """One choice: from which gaming day on, who made it, when and why."""

    id: UUID
    profile: str
    effective_from_gaming_day: date
    recorded_at: datetime
    recorded_by: UUID
    reason: str | None


def profile_now(house: House, *, day: date) -> dict[str, Any]:
    """What the casino goes by on a gaming day, what it has set otherwise, and every choice."""
    profile = house.profile_on(day)
    return {
        "profile": profile.code,
        "label": TEMPLATE,
        "effective_from_gaming_day": _since(house, day),
        "in_force": profile_sheet(profile),
        "differs": differs(house, profile),
        "history": chosen(house.profiles),
        "available": [profile_sheet(each) for each in PROFILES.values()],
    }


def _since(house: House, day: date) -> date | None:
    rows = [row for row in house.profiles if row.effective_from_gaming_day <= day]
    last = max(
        rows,
        key=lambda row: (row.effective_from_gaming_day, row.recorded_at, row.id),
        default=None,
    )
    return last.effective_from_gaming_day if last else None


def chosen(rows: Iterable[ProfileRow]) -> tuple[Chosen, ...]:
    """Every choice, the first first."""
    in_order = sorted(rows, key=lambda row: (row.recorded_at, row.id))
    return tuple(
        Chosen(
            id=row.id,
            profile=row.profile,
            effective_from_gaming_day=row.effective_from_gaming_day,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
            reason=row.reason,
        )
        for row in in_order
    )


def differs(house: House, profile: Profile) -> list[dict[str, Any]]:
    """The settings that are not as the profile would have them."""
    set_now = house.settings.credit_flow
    if set_now == profile.credit_flow.value:
        return []
    return [{"setting": "credit_flow", "set": set_now, "profile": profile.credit_flow.value}]


def profile_sheet(profile: Profile) -> ProfileSheet:
    """A profile as it is shown."""
    return ProfileSheet(
        profile=profile.code,
        template=profile.template,
        label=TEMPLATE,
        signers=tuple(_asks(step, asks) for step, asks in profile.signers.items()),
        rules={
            "credit_flow": _cited(profile.credit_flow),
            "team_minimum": _cited(profile.team_minimum),
            "drop_frequency": _cited(profile.drop_frequency),
            "number_series": _cited(profile.number_series),
            "slip_parts": _cited(profile.slip_parts),
            "inventory_slip_parts": _cited(profile.inventory_slip_parts),
            "idle_recount_days": _cited(profile.idle_recount_days),
        },
        variance_notices=tuple(_notice(each) for each in profile.variance_notices),
        deadlines=tuple(
            {"kind": kind, **_deadline(each)} for kind, each in profile.deadlines.items()
        ),
    )


def _cited(rule: Cited[Any] | None) -> dict[str, Any]:
    if rule is None:
        return {"value": None, "clauses": [], "standing": None}
    return {"value": rule.value, "clauses": list(rule.clauses), "standing": rule.standing}


def _asks(step: str, asks: Asks) -> dict[str, Any]:
    return {
        "step": step,
        "signatures": [list(each) for each in asks.signatures],
        "also": [list(each) for each in asks.also],
        "clauses": list(asks.clauses),
        "standing": asks.standing,
    }


def _notice(notice: VarianceNotice) -> dict[str, Any]:
    return {
        "at_least_cents": notice.at_least_cents,
        "by": notice.by,
        "within_minutes": _minutes(notice.within),
        "clauses": list(notice.clauses),
        "standing": notice.standing,
    }


def _deadline(rule: Cited[timedelta]) -> dict[str, Any]:
    return {
        "within_minutes": _minutes(rule.value),
        "clauses": list(rule.clauses),
        "standing": rule.standing,
    }


def _minutes(within: timedelta) -> int:
    return int(within.total_seconds() // 60)
