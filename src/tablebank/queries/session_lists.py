"""Finding sessions: by table, shift, gaming day, status, or what is live now."""

from datetime import date
from uuid import UUID

from tablebank.queries.pages import Asked, Ids, ids_of
from tablebank.store.scope import Cursor


def session_ids(
    cursor: Cursor,
    casino_id: UUID,
    *,
    asked: Asked,
    table_id: UUID | None = None,
    shift_id: UUID | None = None,
    gaming_day: date | None = None,
    status: str | None = None,
    live: bool | None = None,
) -> Ids:
    """One page of the sessions that meet the filters; `status` is the derived one (SESS)."""
    return ids_of(
        cursor,
        "select kept.id from table_session kept where kept.casino_id = %(casino)s"
        " and (%(table)s::uuid is null or kept.table_id = %(table)s)"
        " and (%(shift)s::uuid is null or kept.shift_id = %(shift)s)"
        " and (%(day)s::date is null or kept.gaming_day = %(day)s)"
        " and (%(status)s::text is null or %(status)s = case"
        "      when kept.phase = 'OPEN' and kept.drop_state <> 'NONE' then kept.drop_state"
        "      else kept.phase end)"
        " and (%(live)s::bool is null"
        "      or (kept.phase in ('OPENING', 'OPEN', 'CLOSING')) = %(live)s)",
        {
            "casino": casino_id,
            "table": table_id,
            "shift": shift_id,
            "day": gaming_day,
            "status": status,
            "live": live,
        },
        asked=asked,
    )


def session_after(
    cursor: Cursor, casino_id: UUID, session_id: UUID, *, table_id: UUID
) -> UUID | None:
    """The session that followed this one on its table, if one did; voided ones are passed over."""
    row = cursor.execute(
        "select id from table_session where casino_id = %s and table_id = %s"
        " and previous_session_id = %s and phase <> 'VOIDED' order by ordinal desc limit 1",
        [casino_id, table_id, session_id],
    ).fetchone()
    return row[0] if row else None
