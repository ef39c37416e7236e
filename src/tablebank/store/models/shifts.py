"""What is kept of a shift: revisions of its rundown, and its hand-overs."""

from typing import ClassVar

from django.db import models

from tablebank.store.models.columns import (
    CasinoRow,
    index,
    linkable,
    links,
    never_negative,
    of_casino,
    one_of_each,
)


class ShiftRundown(CasinoRow):
    """A shift's rundown as it was kept; a further revision names the one it replaces (SHIFT-1)."""

    shift_id = models.UUIDField()
    shift_code = models.TextField()
    gaming_day = models.DateField()
    revision = models.IntegerField()
    replaces = models.UUIDField(null=True)
    report_ids = models.JSONField()
    content = models.JSONField()
    content_sha256 = models.TextField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "shift_rundown"
        constraints: ClassVar = [
            linkable("shift_rundown"),
            of_casino("shift_rundown"),
            one_of_each("shift_rundown", "shift_id", "revision", name="revision_taken"),
            one_of_each("shift_rundown", "replaces", name="replaced_once"),
            *links("shift_rundown", {"replaces": "shift_rundown"}),
        ]


class HandOver(CasinoRow):
    """A shift handed from one supervisor to another, with what they saw (SHIFT-3)."""

    shift_id = models.UUIDField()
    shift_code = models.TextField()
    gaming_day = models.DateField()
    outgoing_id = models.UUIDField()
    incoming_id = models.UUIDField()
    remark = models.TextField(null=True)
    journal_number = models.BigIntegerField()
    content = models.JSONField()
    content_sha256 = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "hand_over"
        constraints: ClassVar = [
            of_casino("hand_over"),
            one_of_each("hand_over", "journal_number", name="one_at_a_time"),
            *links("hand_over", {"outgoing_id": "staff", "incoming_id": "staff"}),
            *never_negative("hand_over", "journal_number"),
            models.CheckConstraint(
                condition=~models.Q(outgoing_id=models.F("incoming_id")),
                name="hand_over_two_people",
            ),
        ]
        indexes: ClassVar = [index("hand_over", "shift_id", name="by_shift")]
