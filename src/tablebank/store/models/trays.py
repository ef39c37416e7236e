"""What is written down at a tray beside its counts: starts of counts, readings by eye."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import SnapshotKind
from tablebank.store.models.columns import (
    CasinoRow,
    index,
    known,
    linkable,
    links,
    never_negative,
    one_of_each,
)


class CountStart(CasinoRow):
    """A count that somebody began (SNAP-5)."""

    table_id = models.UUIDField()
    session_id = models.UUIDField()
    kind = models.TextField()
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    started_by = models.UUIDField()
    base_snapshot_id = models.UUIDField(null=True)
    renews = models.UUIDField(null=True)

    class Meta:
        db_table = "count_start"
        constraints: ClassVar = [
            linkable("count_start"),
            one_of_each("count_start", "renews", name="renewed_once"),
            *links(
                "count_start",
                {
                    "table_id": "gaming_table",
                    "session_id": "table_session",
                    "started_by": "staff",
                    "base_snapshot_id": "tray_snapshot",
                    "renews": "count_start",
                },
            ),
            *known("count_start", {"kind": SnapshotKind}),
        ]
        indexes: ClassVar = [index("count_start", "session_id", name="by_session")]


class Observation(CasinoRow):
    """One supervisor's reading of a tray by eye: an estimate (SNAP-6)."""

    table_id = models.UUIDField()
    session_id = models.UUIDField()
    total_cents = models.BigIntegerField()
    chipset = models.JSONField(null=True)
    estimated_drop_cents = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    observed_by = models.UUIDField()

    class Meta:
        db_table = "tray_observation"
        constraints: ClassVar = [
            *links(
                "tray_observation",
                {
                    "table_id": "gaming_table",
                    "session_id": "table_session",
                    "observed_by": "staff",
                },
            ),
            *never_negative("tray_observation", "total_cents", "estimated_drop_cents"),
        ]
        indexes: ClassVar = [
            index("tray_observation", "session_id", "-occurred_at", name="by_session"),
        ]
