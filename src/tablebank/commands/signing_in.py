"""Signing in at a browser: casino, badge, password. A refused attempt leaves a trace (JRN-1).

The same words for a wrong casino, badge or password, and the same time; five wrong in a row lock
the badge on that device (SIGN-4).
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from tablebank.commands.lockout import note_refused_attempt
from tablebank.commands.pins import is_right
from tablebank.commands.signing import check_not_locked
from tablebank.domain.credentials import SessionCredential
from tablebank.domain.refusals import Refusal, Refused
from tablebank.store.scope import casino_scope
from tablebank.store.seeking import casino_at


def sign_in(
    *, slug: str, badge: str, password: str, device: str, clock: Callable[[], datetime]
) -> SessionCredential:
    """Who has signed in, or NOT_SIGNED_IN; BADGE_LOCKED after five wrong attempts in a row."""
    casino_id = casino_at(slug)
    if casino_id is None:
        is_right(password, None)
        raise Refused(Refusal.NOT_SIGNED_IN, detail="Casino, badge or password is not right.")
    staff_id = _proved(casino_id, badge=badge, password=password, device=device, at=clock())
    if staff_id is None:
        note_refused_attempt(
            casino_id,
            badge=badge,
            device=f"browser:{device}",
            what="refuse_sign_in",
            asked={},
            clock=clock,
        )
        raise Refused(Refusal.NOT_SIGNED_IN, detail="Casino, badge or password is not right.")
    return SessionCredential(casino_id=casino_id, staff_id=staff_id, device=device)


def _proved(
    casino_id: UUID, *, badge: str, password: str, device: str, at: datetime
) -> UUID | None:
    with casino_scope(casino_id) as cursor:
        row = cursor.execute(
            "select staff.id, staff_secret.password_hash, badge_lock.locked_until"
            "  from (select %(badge)s::text as badge) asked"
            "  left join staff on staff.casino_id = %(casino)s and staff.badge = asked.badge"
            "       and staff.active"
            "  left join staff_secret on staff_secret.casino_id = staff.casino_id"
            "       and staff_secret.staff_id = staff.id"
            "  left join badge_lock on badge_lock.casino_id = %(casino)s"
            "       and badge_lock.device = %(device)s and badge_lock.badge = asked.badge",
            {"casino": casino_id, "badge": badge, "device": f"browser:{device}"},
        ).fetchone()
        if row is None:
            return None
        check_not_locked(row[2], at=at)
        if not is_right(password, row[1]) or row[0] is None:
            return None
        cursor.execute(
            "delete from badge_lock where casino_id = %s and device = %s and badge = %s",
            [casino_id, f"browser:{device}", badge],
        )
        found: UUID = row[0]
        return found
