"""Where a gaming day stands, and what was signed when it was closed (DAY-1).

What closing would do is not guessed here: it is asked of the decision's own half that sorts the
sessions, with an act that nothing will be kept of.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat

from tablebank.domain.blind import hidden_sessions
from tablebank.domain.closing_the_day import (
    as_listed,
    chain_told,
    day_ends_at,
    numbers_told,
    says_anything_new,
    session_listed,
)
from tablebank.domain.day_closes import DayClose
from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding
from tablebank.domain.gaming_day_state import DayFacts, DayState, day_state
from tablebank.domain.opener_closer_chain import veiled_chain
from tablebank.domain.plain import plain
from tablebank.domain.terms import Role
from tablebank.store.days import load_day
from tablebank.store.save import digest
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """Who asks, when by the casino's time, and whether they may count a tray (SNAP-4)."""

    staff_id: UUID
    now: datetime
    blind: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DaySheet:
    """A gaming day as it stands. `changed_since`: whether the closed day would now say more."""

    day: date
    ends_at: datetime
    is_over: bool
    state: DayState
    closes: tuple[DayClose, ...]
    changed_since: bool
    blind: bool

    @property
    def close(self) -> DayClose | None:
        """The revision that stands."""
        return self.closes[-1] if self.closes else None

    @property
    def in_the_way(self) -> bool:
        """Whether closing is refused as the day stands, whoever asks."""
        state = self.state
        return bool(not self.is_over or state.live or state.stopping or state.unexplained)

    def as_json(self) -> dict[str, Any]:
        """The gaming day of `docs/interface.md`."""
        state = self.state
        return {
            "gaming_day": str(self.day),
            "ends_at": plain(self.ends_at),
            "is_over": self.is_over,
            "status": "CLOSED" if self.closes else "OPEN",
            "may_close": not self.in_the_way and (not self.closes or self.changed_since),
            "changed_since_close": self.changed_since,
            "not_ready": [as_listed(each) for each in state.not_ready],
            "ready": [as_listed(each) for each in state.ready],
            "final": [as_listed(each) for each in state.final],
            "live": [session_listed(each) for each in state.live],
            "not_opened": [session_listed(each) for each in state.not_opened],
            "voided": [session_listed(each) for each in state.voided],
            "exceptions": [_exception(each) for each in state.stopping],
            "unexplained_numbers": list(state.unexplained),
            "numbers": numbers_told(state.numbers),
            "chain": chain_told(state.chain),
            "close": close_told(self.close, blind=self.blind) if self.close else None,
            "revisions": [_named(each) for each in self.closes],
        }


def _exception(finding: Finding) -> dict[str, Any]:
    return {
        "id": str(finding.id),
        "kind": finding.kind,
        "session_id": plain(finding.session_id),
        "table_id": plain(finding.table_id),
        "raised_at": plain(finding.raised_at),
    }


def _named(close: DayClose) -> dict[str, Any]:
    return {
        "id": str(close.id),
        "revision": close.revision,
        "reason": close.reason,
        "closed_at": plain(close.closed_at),
        "closed_by": str(close.closed_by),
        "content_sha256": close.content_sha256,
    }


def close_told(close: DayClose, *, blind: bool) -> dict[str, Any]:
    """A closed day: who, when, its hash, and what was signed, but for who counts blind (SNAP-4)."""
    return {**_named(close), "content": None if blind else dict(close.content)}


def gaming_day(cursor: Cursor, house: House, day: date, *, asking: Asking) -> DaySheet:
    """The gaming day as it stands for who asks."""
    known = load_day(cursor, house, day)
    act = _act(asking)
    state = day_state(act=act, house=house, known=known, pending_count=False)
    ends_at = day_ends_at(house, day)
    return DaySheet(
        day=day,
        ends_at=ends_at,
        is_over=ends_at <= asking.now,
        state=_veiled(state, known) if asking.blind else state,
        closes=known.closes,
        changed_since=says_anything_new(act=act, known=known, state=state),
        blind=asking.blind,
    )


def _veiled(state: DayState, known: DayFacts) -> DayState:
    """For who may count a tray: nothing of what a count to come is held against (SNAP-4)."""
    hidden = {each for facts in known.tables for each in hidden_sessions(facts)}
    return replace(
        state,
        chain=tuple(veiled_chain(each, hidden) for each in state.chain),
        not_ready=tuple(
            replace(each, facts={}) if any(one.id in hidden for one in each.sessions) else each
            for each in state.not_ready
        ),
    )


def _act(asking: Asking) -> Act:
    """An act of accounting by nobody who signs: what it decides is looked at and thrown away."""
    return Act(
        actor_id=asking.staff_id,
        role=Role.ACCOUNTING,
        actor_roles=frozenset({Role.ACCOUNTING}),
        occurred_at=asking.now,
        recorded_at=asking.now,
        now=asking.now,
        signers=(),
        new_id=uuid_utils.compat.uuid7,
        digest=digest,
        is_tried=True,
    )
