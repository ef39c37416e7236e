"""What is written down at a tray beside its counts: starts of counts, readings, buy-ins."""

from typing import ClassVar

from django.db import models

from tablebank.domain.buy_ins import BuyInKind
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


class BuyIn(CasinoRow):
    """What a player gave for chips, as it was noted: telemetry (BASE-5)."""

    table_id = models.UUIDField()
    session_id = models.UUIDField()
    kind = models.TextField()
    amount_cents = models.BigIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    noted_by = models.UUIDField()
    supersedes = models.UUIDField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        db_table = "buy_in"
        constraints: ClassVar = [
            linkable("buy_in"),
            one_of_each("buy_in", "supersedes", name="superseded_once"),
            *links(
                "buy_in",
                {
                    "table_id": "gaming_table",
                    "session_id": "table_session",
                    "noted_by": "staff",
                    "supersedes": "buy_in",
                },
            ),
            *known("buy_in", {"kind": BuyInKind}),
            *never_negative("buy_in", "amount_cents"),
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=False) | models.Q(amount_cents__gt=0),
                name="buy_in_for_something",
            ),
            models.CheckConstraint(
                condition=models.Q(supersedes__isnull=True) | models.Q(reason__isnull=False),
                name="buy_in_corrected_for_a_reason",
            ),
        ]
        indexes: ClassVar = [
            index("buy_in", "session_id", name="by_session"),
            index("buy_in", "table_id", "occurred_at", name="by_table"),
        ]
