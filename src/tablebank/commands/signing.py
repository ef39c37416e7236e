"""Further signatures on the same device: badge and PIN, one at a time (SIGN-1, SIGN-4).

A wrong PIN is refused without saying which part was wrong. Five in a row lock that badge on that
device for 15 minutes by the server's clock, simulated casino or not: it guards a door, not a game.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from tablebank.commands.pins import is_right
from tablebank.domain.authority import acts_as
from tablebank.domain.establishment import Staff
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.signatures import Signer
from tablebank.domain.terms import Role
from tablebank.store.rows import from_json
from tablebank.store.scope import Cursor

WRONG_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True, slots=True)
class SignatureGiven:
    """One signature as it comes: role, badge, PIN. It is never shown, not even in an error."""

    role: Role
    badge: str
    pin: str

    def __repr__(self) -> str:
        return f"SignatureGiven(role={self.role}, badge={self.badge!r})"


class WrongPin(Refused):
    """SIGNATURE_REFUSED, remembering whose badge it was so that the attempt can be counted."""

    def __init__(self, badge: str, *, casino_id: UUID, device: str) -> None:
        super().__init__(Refusal.SIGNATURE_REFUSED)
        self.badge = badge
        self.casino_id = casino_id
        self.device = device


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    staff: Staff | None
    pin_hash: str | None
    failures: int
    locked_until: datetime | None


def signers_of(
    cursor: Cursor,
    given: Sequence[SignatureGiven],
    *,
    casino_id: UUID,
    device: str,
    at: datetime,
) -> tuple[Signer, ...]:
    """The people behind the signatures, each PIN proved.

    Refuses BADGE_LOCKED with how long still, and SIGNATURE_REFUSED for a wrong PIN, an unknown
    badge or someone who has left: the same words for each.
    """
    if not given:
        return ()
    known = _known(cursor, [each.badge for each in given], casino_id=casino_id, device=device)
    for each in given:
        check_not_locked(known[each.badge].locked_until, at=at)
    signers = []
    for each in given:
        person = known[each.badge]
        if not is_right(each.pin, person.pin_hash) or person.staff is None:
            raise WrongPin(each.badge, casino_id=casino_id, device=device)
        signers.append(
            Signer(
                staff_id=person.staff.id,
                role=each.role,
                method="PIN",
                roles=acts_as(person.staff.roles),
            )
        )
    forgiven = [badge for badge, person in known.items() if person.failures]
    if forgiven:
        cursor.execute(
            "delete from badge_lock where casino_id = %s and device = %s and badge = any(%s)",
            [casino_id, device, forgiven],
        )
    return tuple(signers)


def check_not_locked(locked_until: datetime | None, *, at: datetime) -> None:
    """Refuses BADGE_LOCKED while the lock lasts, and says how long (SIGN-4)."""
    if locked_until is not None and locked_until > at:
        left = int((locked_until - at).total_seconds()) + 1
        raise Refused(Refusal.BADGE_LOCKED, {"retry_after_seconds": left})


def _known(
    cursor: Cursor, badges: Sequence[str], *, casino_id: UUID, device: str
) -> Mapping[str, _Known]:
    rows: Sequence[Any] = cursor.execute(
        "select asked.badge, to_jsonb(staff), staff_secret.pin_hash,"
        "       coalesce(badge_lock.failures, 0), badge_lock.locked_until"
        "  from unnest(%(badges)s::text[]) asked(badge)"
        "  left join staff on staff.casino_id = %(casino)s and staff.badge = asked.badge"
        "       and staff.active"
        "  left join staff_secret on staff_secret.casino_id = staff.casino_id"
        "       and staff_secret.staff_id = staff.id"
        "  left join badge_lock on badge_lock.casino_id = %(casino)s"
        "       and badge_lock.device = %(device)s and badge_lock.badge = asked.badge",
        {"casino": casino_id, "badges": list(badges), "device": device},
    ).fetchall()
    return {
        badge: _Known(
            staff=from_json(Staff, staff) if staff else None,
            pin_hash=pin_hash,
            failures=failures,
            locked_until=locked_until,
        )
        for badge, staff, pin_hash, failures, locked_until in rows
    }


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What became of a wrong attempt: how many in a row, and until when the badge is locked."""

    failures: int
    locked_until: datetime | None


def count_wrong(
    cursor: Cursor, *, casino_id: UUID, device: str, badge: str, at: datetime
) -> Attempt:
    """Count one more wrong PIN of a badge on a device; the fifth in a row locks it (SIGN-4)."""
    row = cursor.execute(
        "insert into badge_lock as kept (casino_id, device, badge, failures, locked_until)"
        " values (%(casino)s, %(device)s, %(badge)s, 1, null)"
        " on conflict (casino_id, device, badge) do update set"
        "   failures = case when kept.locked_until <= %(at)s then 1 else kept.failures + 1 end,"
        "   locked_until = case"
        "     when kept.locked_until <= %(at)s then null"
        "     when kept.failures + 1 >= %(most)s then coalesce(kept.locked_until, %(until)s)"
        "   end"
        " returning failures, locked_until",
        {
            "casino": casino_id,
            "device": device,
            "badge": badge,
            "at": at,
            "most": WRONG_BEFORE_LOCK,
            "until": at + LOCKED_FOR,
        },
    ).fetchone()
    return (
        Attempt(failures=row[0], locked_until=row[1])
        if row
        else Attempt(failures=0, locked_until=None)
    )
