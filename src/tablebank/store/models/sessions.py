"""Table inventory sessions and the counts of their trays."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import LIVE, BankMode, Basis, DropState, Phase, SnapshotKind
from tablebank.store.models.columns import (
    CasinoRow,
    index,
    known,
    linkable,
    links,
    never_negative,
    one_of_each,
)

IS_LIVE = models.Q(phase__in=sorted(str(phase) for phase in LIVE))
IS_PREPARED = models.Q(phase=str(Phase.READY_TO_OPEN))


class Session(CasinoRow):
    """One table's bank over one stretch of play (SESS)."""

    table_id = models.UUIDField()
    shift_id = models.UUIDField()
    shift_code = models.TextField()
    gaming_day = models.DateField()
    phase = models.TextField()
    drop_state = models.TextField()
    prepared_at = models.DateTimeField()
    ordinal = models.IntegerField(null=True)
    sequence = models.IntegerField(null=True)
    table_bank_mode = models.TextField(null=True)
    need_total_cents = models.BigIntegerField(null=True)
    par_policy_id = models.UUIDField(null=True)
    previous_session_id = models.UUIDField(null=True)
    table_code = models.TextField(null=True)
    pit = models.TextField(null=True)
    game_type = models.TextField(null=True)
    limits = models.JSONField(null=True)
    opened_by = models.UUIDField(null=True)
    closing_at = models.DateTimeField(null=True)
    attested_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    close_forced = models.BooleanField()
    close_reason = models.TextField(null=True)
    close_off_par = models.BooleanField()
    void_reason = models.TextField(null=True)
    drop_window_start = models.DateTimeField(null=True)
    drop_window_end = models.DateTimeField(null=True)
    drop_posted_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    reconciled_at = models.DateTimeField(null=True)
    reconciled_by = models.UUIDField(null=True)

    class Meta:
        db_table = "table_session"
        constraints: ClassVar = [
            linkable("table_session"),
            models.UniqueConstraint(
                fields=["casino_id", "table_id"],
                condition=IS_LIVE,
                name="table_session_one_live",
            ),
            models.UniqueConstraint(
                fields=["casino_id", "table_id", "shift_id"],
                condition=IS_PREPARED,
                name="table_session_one_prepared",
            ),
            one_of_each("table_session", "table_id", "ordinal", name="ordinal_taken"),
            models.CheckConstraint(
                condition=models.Q(phase=str(Phase.VOIDED))
                | models.Q(IS_PREPARED, ordinal__isnull=True)
                | models.Q(~IS_PREPARED, ordinal__isnull=False, sequence__isnull=False),
                name="table_session_bound_when_opened",
            ),
            *links(
                "table_session",
                {
                    "table_id": "gaming_table",
                    "par_policy_id": "par_policy",
                    "previous_session_id": "table_session",
                    "opened_by": "staff",
                    "closed_by": "staff",
                    "reviewed_by": "staff",
                    "reconciled_by": "staff",
                },
            ),
            *known(
                "table_session",
                {"phase": Phase, "drop_state": DropState, "table_bank_mode": BankMode},
            ),
            *never_negative("table_session", "need_total_cents"),
        ]
        indexes: ClassVar = [
            index("table_session", "shift_id", name="by_shift"),
            index("table_session", "gaming_day", name="by_day"),
            index("table_session", "table_id", "gaming_day", name="by_table"),
        ]


class Snapshot(CasinoRow):
    """A signed count of a tray (SNAP-1)."""

    table_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    kind = models.TextField()
    basis = models.TextField()
    number = models.TextField(null=True)
    chipset = models.JSONField(null=True)
    total_cents = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    is_synthetic = models.BooleanField()
    synthetic_reason = models.TextField(null=True)
    supersedes = models.UUIDField(null=True)
    reason = models.TextField(null=True)
    mount_id = models.UUIDField(null=True)
    count_id = models.UUIDField(null=True)

    class Meta:
        db_table = "tray_snapshot"
        constraints: ClassVar = [
            linkable("tray_snapshot"),
            one_of_each("tray_snapshot", "number", name="number_taken"),
            one_of_each("tray_snapshot", "supersedes", name="superseded_once"),
            one_of_each("tray_snapshot", "session_id", "count_id", name="recorded_once"),
            *links(
                "tray_snapshot",
                {
                    "table_id": "gaming_table",
                    "session_id": "table_session",
                    "supersedes": "tray_snapshot",
                    "mount_id": "box_mount",
                    "count_id": "count_start",
                },
            ),
            *known("tray_snapshot", {"kind": SnapshotKind, "basis": Basis}),
            *never_negative("tray_snapshot", "total_cents"),
        ]
        indexes: ClassVar = [
            index("tray_snapshot", "session_id", name="by_session"),
            index("tray_snapshot", "table_id", "-occurred_at", name="by_table"),
        ]


class Trial(CasinoRow):
    """A first count that differed and was counted again: kept, never a fact (SESS-5, SLIP-3)."""

    subject_id = models.UUIDField()
    session_id = models.UUIDField()
    step = models.TextField()
    chipset = models.JSONField()
    total_cents = models.BigIntegerField()
    difference_cents = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    kind = models.TextField(null=True)
    count_id = models.UUIDField(null=True)

    class Meta:
        db_table = "count_trial"
        constraints: ClassVar = [
            *links("count_trial", {"session_id": "table_session", "count_id": "count_start"}),
            *known("count_trial", {"kind": SnapshotKind}),
            *never_negative("count_trial", "total_cents"),
        ]
        indexes: ClassVar = [
            index("count_trial", "session_id", name="by_session"),
            index("count_trial", "subject_id", name="by_subject"),
        ]
