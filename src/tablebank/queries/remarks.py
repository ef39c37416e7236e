"""Remarks as they are read: what was said, on what, by whom, and who signed it (RUN-10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tablebank.domain.remarks import Remark, RemarkedOn
from tablebank.queries.session_sheet import Signed, signatures_by_subject
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor


@dataclass(frozen=True, kw_only=True, slots=True)
class RemarkSheet:
    """A remark as `docs/interface.md` has it."""

    id: UUID
    subject_type: str
    subject_id: UUID
    session_id: UUID | None
    text: str
    reference: str | None
    occurred_at: datetime
    recorded_at: datetime
    signatures: tuple[Signed, ...]


def remarks_on(
    cursor: Cursor, casino_id: UUID, *, subject_type: RemarkedOn, subject_id: UUID
) -> tuple[RemarkSheet, ...]:
    """What was said to one session, slip or exception, the oldest first."""
    found = load_many(
        cursor,
        Remark,
        of(casino_id, "subject_id = %s and subject_type = %s", subject_id, str(subject_type)),
    )
    return _sheets(cursor, casino_id, found)


def remarks_of_session(
    cursor: Cursor, casino_id: UUID, session_id: UUID, *, also_on_exceptions: bool
) -> tuple[RemarkSheet, ...]:
    """What was said to a session, its slips and, for who may read those, its exceptions.

    A slip that rolled over since has its remarks where it was when they were written.
    """
    which = "session_id = %s" if also_on_exceptions else "session_id = %s and subject_type <> %s"
    values = [session_id] if also_on_exceptions else [session_id, str(RemarkedOn.EXCEPTION)]
    return _sheets(cursor, casino_id, load_many(cursor, Remark, of(casino_id, which, *values)))


def remark_by_id(cursor: Cursor, casino_id: UUID, remark_id: UUID) -> RemarkSheet:
    """A remark that is there."""
    (found,) = load_many(cursor, Remark, of(casino_id, "id = %s", remark_id))
    return _sheets(cursor, casino_id, (found,))[0]


def _sheets(cursor: Cursor, casino_id: UUID, found: Sequence[Remark]) -> tuple[RemarkSheet, ...]:
    if not found:
        return ()
    signed = signatures_by_subject(cursor, casino_id, [each.id for each in found])
    return tuple(
        RemarkSheet(
            id=each.id,
            subject_type=each.subject_type,
            subject_id=each.subject_id,
            session_id=each.session_id,
            text=each.text,
            reference=each.reference,
            occurred_at=each.occurred_at,
            recorded_at=each.recorded_at,
            signatures=signed.get(each.id, ()),
        )
        for each in found
    )
