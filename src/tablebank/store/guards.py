"""What each table refuses, said once: to whom it belongs, who may write what, what never changes.

Migrations make tables; `walls` then puts up what this list says: the application role's grants,
row-level security that binds even the owner (TEN-1), and triggers that keep facts, signatures and
journal as they were written (SNAP-1, SIGN-1, JRN-2). A table that is not in the list has no grant:
it fails closed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import LiteralString

APP_ROLE = "tablebank_app"


class Kind(StrEnum):
    """How much of a row may change once it is written."""

    APPEND_ONLY = "APPEND_ONLY"
    """Nothing: written and read, by nobody changed, not even by the owner."""
    STATUS = "STATUS"
    """The named columns and no other; never deleted."""
    PLAIN = "PLAIN"
    """Housekeeping: what the grants allow."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Guard:
    """The walls of one table."""

    table: str
    kind: Kind
    grants: tuple[LiteralString, ...]
    casino: str | None = "casino_id"
    """The column that says whose the row is; None for what belongs to no casino."""
    moving: tuple[str, ...] = ()
    once: tuple[str, ...] = ()
    """Of the moving ones: set from unknown once, and then fixed."""
    rising: tuple[str, ...] = ()
    """Of the moving ones: never lower than before."""
    special: tuple[LiteralString, ...] = ()
    """Trigger functions for what only this table refuses."""


def _fact(table: str) -> Guard:
    return Guard(table=table, kind=Kind.APPEND_ONLY, grants=("select", "insert"))


def _status(
    table: str,
    *moving: str,
    casino: str = "casino_id",
    once: tuple[str, ...] = (),
    rising: tuple[str, ...] = (),
    special: tuple[LiteralString, ...] = (),
) -> Guard:
    return Guard(
        table=table,
        kind=Kind.STATUS,
        grants=("select", "insert", "update"),
        casino=casino,
        moving=(*moving, *once, *rising),
        once=once,
        rising=rising,
        special=special,
    )


def _plain(table: str, *grants: LiteralString, casino: str | None = "casino_id") -> Guard:
    return Guard(table=table, kind=Kind.PLAIN, grants=grants, casino=casino)


GUARDS = (
    # The casino, and what is dated in it (BASE-7: the past does not move).
    _status("casino", "name", casino="id", special=("tablebank_casino_found",)),
    _fact("casino_settings"),
    _fact("bank_mode"),
    _fact("jurisdiction_profile"),
    _fact("chip_type"),
    _fact("shift_schedule"),
    _fact("drop_schedule"),
    _plain("casino_address", casino=None),
    # People.
    _status("staff", "name", "licence", "roles", "active"),
    _status("staff_secret", "pin_hash", "pin_chosen", "password_hash", "changed_at"),
    _status("api_token", once=("revoked_at",)),
    _plain("badge_lock", "select", "insert", "update", "delete"),
    _fact("signature"),
    # Tables and boxes.
    _status(
        "gaming_table",
        *("code", "name", "pit", "game_type", "limits", "status"),
        rising=("last_ordinal",),
    ),
    _fact("table_revision"),
    _status("drop_box", "code", "table_id"),
    _status(
        "box_mount",
        "serves_from",
        once=("served_to", "taken_off_at"),
        special=("tablebank_mount_reaches_back",),
    ),
    _status("drop_trip", once=("ended_at", "end_recorded_at", "ended_by")),
    _fact("box_removal"),
    _fact("custody_step"),
    _fact("box_left_out"),
    _fact("soft_count"),
    _fact("manifest_line"),
    _status("count_session", "team", once=("posted_at", "posted_by")),
    _fact("count_file"),
    _fact("count_entry"),
    _fact("count_verification"),
    # Sessions: opening binds them, once and for good (SESS-3).
    _status(
        "table_session",
        *("phase", "drop_state", "ordinal", "sequence", "table_bank_mode", "need_total_cents"),
        *("par_policy_id", "previous_session_id", "table_code", "pit", "game_type", "limits"),
        *("opened_by", "closing_at", "attested_at", "closed_at", "closed_by", "close_forced"),
        *("close_reason", "close_off_par", "void_reason", "drop_window_start", "drop_window_end"),
        *("drop_posted_at", "reviewed_at", "reviewed_by", "reconciled_at", "reconciled_by"),
        special=("tablebank_session_binds_once",),
    ),
    _fact("tray_snapshot"),
    _fact("count_trial"),
    _fact("count_start"),
    _fact("tray_observation"),
    _fact("buy_in"),
    # Slips: chips and total never change, status and custody move (SLIP-1).
    _status(
        "slip",
        *("status", "session_id", "shift_id", "gaming_day", "disputed", "runner_id", "moved_at"),
        *("mount_id", "deposited_at", "counted_chipset", "counted_back", "replaced_by"),
        *("void_reason", "request_first"),
        once=("number", "tray_instant"),
    ),
    _fact("slip_step"),
    _fact("slip_hand"),
    # What was entered from signed paper (BACK-1).
    _fact("paper_entry"),
    # Policy, findings, reports.
    _fact("par_policy"),
    _fact("par_import"),
    _status(
        "par_proposal",
        "status",
        once=("decided_by", "decided_at", "decided_because", "policy_id"),
    ),
    _fact("par_comment"),
    _status(
        "finding",
        *("session_id", "table_id", "shift_id", "status", "stops", "variance_cents", "facts"),
        *("department", "due_at", "cleared_at", "reason_code", "narrative", "resolved_by"),
        *("resolved_at", "journal_numbers", "assigned_to", "assigned_at", "seen_by", "seen_at"),
        "cause_id",
    ),
    _fact("rundown_report"),
    _fact("remark"),
    _fact("gaming_day_close"),
    _fact("shift_rundown"),
    _fact("hand_over"),
    # The journal, the numbers, the keys.
    _fact("journal_entry"),
    _status("journal_head", "hash", "clock_at", rising=("number",)),
    _status("number_series", rising=("last",)),
    _status("idempotency_key", "status", "answer"),
    # Django's own.
    _plain("django_session", "select", "insert", "update", "delete", casino=None),
    _plain("django_migrations", "select", casino=None),
)
