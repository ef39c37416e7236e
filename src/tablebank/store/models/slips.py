"""Fills and credits, each change of them, and the hands they went through."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import Purpose, Role, SlipKind, SlipStatus
from tablebank.store.models.columns import (
    CasinoRow,
    index,
    known,
    linkable,
    links,
    one_of_each,
)

REPLACED = models.Q(replaced_by__isnull=False)
PUT_BACK = models.Q(status=str(SlipStatus.VOIDED), kind=str(SlipKind.CREDIT))
"""Credits whose chips came back to their table: few, and looked for by every window (BASE-4)."""
IN_TRANSIT = models.Q(status__in=[str(SlipStatus.ISSUED), str(SlipStatus.PICKED_UP)])


class Slip(CasinoRow):
    """A fill or a credit: chips and total never change, status and custody move (SLIP-1)."""

    session_id = models.UUIDField()
    requested_session_id = models.UUIDField()
    table_id = models.UUIDField()
    shift_id = models.UUIDField()
    gaming_day = models.DateField()
    kind = models.TextField()
    purpose = models.TextField()
    status = models.TextField()
    chipset = models.JSONField()
    lines = models.JSONField()
    total_cents = models.BigIntegerField()
    bank_effect_cents = models.BigIntegerField()
    request_number = models.TextField(null=True)
    requested_at = models.DateTimeField()
    requested_by = models.UUIDField()
    number = models.TextField(null=True)
    disputed = models.BooleanField()
    tray_instant = models.DateTimeField(null=True)
    runner_id = models.UUIDField(null=True)
    moved_at = models.DateTimeField(null=True)
    mount_id = models.UUIDField(null=True)
    deposited_at = models.DateTimeField(null=True)
    counted_chipset = models.JSONField(null=True)
    counted_back = models.JSONField(null=True)
    replaced_by = models.UUIDField(null=True)
    void_reason = models.TextField(null=True)
    request_first = models.BooleanField(default=False)

    class Meta:
        db_table = "slip"
        constraints: ClassVar = [
            linkable("slip"),
            one_of_each("slip", "number", name="number_taken"),
            one_of_each("slip", "request_number", name="request_number_taken"),
            models.CheckConstraint(
                condition=models.Q(total_cents__gt=0), name="slip_for_something"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=str(SlipKind.FILL), bank_effect_cents__gte=0)
                | models.Q(kind=str(SlipKind.CREDIT), bank_effect_cents__lte=0),
                name="slip_effect_as_its_kind",
            ),
            *links(
                "slip",
                {
                    "session_id": "table_session",
                    "requested_session_id": "table_session",
                    "table_id": "gaming_table",
                    "mount_id": "box_mount",
                    "replaced_by": "slip",
                    "requested_by": "staff",
                    "runner_id": "staff",
                },
            ),
            *known("slip", {"kind": SlipKind, "purpose": Purpose, "status": SlipStatus}),
        ]
        indexes: ClassVar = [
            index("slip", "session_id", name="by_session"),
            index("slip", "table_id", "tray_instant", name="by_table"),
            index("slip", "mount_id", name="by_mount"),
            index("slip", "moved_at", when=IN_TRANSIT, name="in_transit"),
            index("slip", "table_id", "tray_instant", when=PUT_BACK, name="put_back"),
            index("slip", "replaced_by", when=REPLACED, name="by_replacement"),
        ]


class SlipStep(CasinoRow):
    """One change of a slip's status; its signatures hang on this id."""

    slip_id = models.UUIDField()
    status = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor_id = models.UUIDField()
    reason = models.TextField(null=True)

    class Meta:
        db_table = "slip_step"
        constraints: ClassVar = [
            *links("slip_step", {"slip_id": "slip", "actor_id": "staff"}),
            *known("slip_step", {"status": SlipStatus}),
        ]
        indexes: ClassVar = [index("slip_step", "slip_id", name="by_slip")]


class SlipHand(CasinoRow):
    """Who acts as what on a slip: one person, one role (SIGN-2)."""

    slip_id = models.UUIDField()
    staff_id = models.UUIDField()
    role = models.TextField()

    class Meta:
        db_table = "slip_hand"
        constraints: ClassVar = [
            one_of_each("slip_hand", "slip_id", "staff_id", name="one_role_each"),
            *links("slip_hand", {"slip_id": "slip", "staff_id": "staff"}),
            *known("slip_hand", {"role": Role}),
        ]
