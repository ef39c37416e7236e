"""Drop trips, and the boxes they left out."""

from typing import ClassVar

from django.db import models

from tablebank.store.models.columns import CasinoRow, index, linkable, links, of_casino


class DropTrip(CasinoRow):
    """A run of the drop crew, with the boxes that were due when it began (BOX-2)."""

    gaming_day = models.DateField()
    pits = models.JSONField()
    due = models.JSONField()
    surveillance = models.JSONField()
    reason = models.TextField(null=True)
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    started_by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    end_recorded_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        db_table = "drop_trip"
        constraints: ClassVar = [
            of_casino("drop_trip"),
            linkable("drop_trip"),
            *links("drop_trip", {"started_by": "staff", "ended_by": "staff"}),
            models.CheckConstraint(
                condition=models.Q(
                    ended_at__isnull=True, end_recorded_at__isnull=True, ended_by__isnull=True
                )
                | models.Q(
                    ended_at__isnull=False, end_recorded_at__isnull=False, ended_by__isnull=False
                ),
                name="drop_trip_ends_whole",
            ),
        ]
        indexes: ClassVar = [index("drop_trip", "gaming_day", name="by_day")]


class BoxLeftOut(CasinoRow):
    """A box that served and still hung when its run ended, or its day was closed (BOX-5)."""

    mount_id = models.UUIDField()
    box_id = models.UUIDField()
    table_id = models.UUIDField()
    session_id = models.UUIDField()
    trip_id = models.UUIDField(null=True)
    gaming_day = models.DateField()
    left_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "box_left_out"
        constraints: ClassVar = [
            *links(
                "box_left_out",
                {
                    "mount_id": "box_mount",
                    "box_id": "drop_box",
                    "table_id": "gaming_table",
                    "session_id": "table_session",
                    "trip_id": "drop_trip",
                },
            ),
        ]
        indexes: ClassVar = [index("box_left_out", "mount_id", name="by_mount")]
