"""Wrong PINs leave a trace although the command they came with leaves none (SIGN-4, JRN-1).

The refused command is rolled back whole; then, in a transaction of its own, the attempt is counted
and journalled, and the fifth in a row raises PIN_LOCKOUT.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat

from tablebank.commands.signing import WRONG_BEFORE_LOCK, WrongPin, count_wrong
from tablebank.domain.facts import Finding
from tablebank.domain.findings.pin_lockout import PIN_LOCKOUT
from tablebank.domain.journal import Entry
from tablebank.domain.plain import plain
from tablebank.domain.terms import FindingStatus
from tablebank.store.save import canonical, insert, lock_head, write_entry
from tablebank.store.scope import casino_scope


def note_wrong_pin(wrong: WrongPin, *, command: str, clock: Callable[[], datetime]) -> None:
    """Count and journal one refused PIN; lock the badge on that device at the fifth."""
    note_refused_attempt(
        wrong.casino_id,
        badge=wrong.badge,
        device=wrong.device,
        what="refuse_pin",
        asked={"command": command},
        clock=clock,
    )


def note_refused_attempt(
    casino_id: UUID,
    *,
    badge: str,
    device: str,
    what: str,
    asked: dict[str, Any],
    clock: Callable[[], datetime],
) -> None:
    """One refused PIN or sign-in: counted against the badge on that device, and journalled."""
    with casino_scope(casino_id) as cursor:
        at = clock()
        attempt = count_wrong(cursor, casino_id=casino_id, device=device, badge=badge, at=at)
        head = lock_head(cursor, casino_id)
        raised: tuple[Finding, ...] = ()
        if attempt.locked_until is not None and attempt.failures == WRONG_BEFORE_LOCK:
            raised = (
                _lockout(casino_id, badge=badge, device=device, at=at, number=head.number + 1),
            )
            insert(cursor, raised)
        content = {
            "asked": {**asked, "badge": badge, "device": device},
            "failures": attempt.failures,
            "locked_until": plain(attempt.locked_until),
            "findings": [plain(each) for each in raised],
        }
        entry = Entry(
            casino_id=casino_id,
            number=0,
            recorded_at=at,
            occurred_at=at,
            actor_id=None,
            actor=f"badge {badge}",
            role=None,
            command=what,
            subject_type="badge",
            subject_id=None,
            session_id=None,
            table_id=None,
            content=canonical(content),
            previous_hash="",
        )
        write_entry(cursor, head, entry, clock_at=None)


def _lockout(casino_id: UUID, *, badge: str, device: str, at: datetime, number: int) -> Finding:
    return Finding(
        id=uuid_utils.compat.uuid7(),
        casino_id=casino_id,
        kind=PIN_LOCKOUT.name,
        subject_type="badge",
        subject_id=f"{badge}/{device}/{at.isoformat()}",
        session_id=None,
        table_id=None,
        shift_id=None,
        status=FindingStatus.OPEN,
        stops=PIN_LOCKOUT.stops,
        variance_cents=None,
        facts={"badge": badge, "device": device},
        department=PIN_LOCKOUT.department,
        raised_at=at,
        journal_numbers=(number,),
    )
