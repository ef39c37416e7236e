"""Gaming tables, the boxes on them, and what the count room found in those."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import BoxKind, CustodyStep, RemovalType, TableStatus, Unfit
from tablebank.store.models.columns import (
    CasinoRow,
    index,
    known,
    linkable,
    links,
    never_negative,
    of_casino,
    one_of_each,
)

ON_THE_TABLE = models.Q(taken_off_at__isnull=True)


class Table(CasinoRow):
    """A gaming table as it stands today; its row is the lock for everything of the table."""

    code = models.TextField()
    name = models.TextField()
    pit = models.TextField()
    game_type = models.TextField(null=True)
    limits = models.JSONField(null=True)
    status = models.TextField()
    last_ordinal = models.IntegerField()

    class Meta:
        db_table = "gaming_table"
        constraints: ClassVar = [
            of_casino("gaming_table"),
            linkable("gaming_table"),
            one_of_each("gaming_table", "code", name="code_taken"),
            *known("gaming_table", {"status": TableStatus}),
            *never_negative("gaming_table", "last_ordinal"),
        ]


class TableRevision(CasinoRow):
    """What a table was from a gaming day on (BASE-7)."""

    table_id = models.UUIDField()
    effective_from_gaming_day = models.DateField()
    name = models.TextField()
    pit = models.TextField()
    game_type = models.TextField(null=True)
    limits = models.JSONField(null=True)
    status = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "table_revision"
        constraints: ClassVar = [
            *links("table_revision", {"table_id": "gaming_table", "recorded_by": "staff"}),
            *known("table_revision", {"status": TableStatus}),
        ]
        indexes: ClassVar = [
            index("table_revision", "table_id", "-effective_from_gaming_day", name="in_force")
        ]


class Box(CasinoRow):
    """A drop box, of a table or of the emergency pool (BOX-1)."""

    code = models.TextField()
    table_id = models.UUIDField(null=True)
    kind = models.TextField()

    class Meta:
        db_table = "drop_box"
        constraints: ClassVar = [
            of_casino("drop_box"),
            linkable("drop_box"),
            one_of_each("drop_box", "code", name="code_taken"),
            *links("drop_box", {"table_id": "gaming_table"}),
            *known("drop_box", {"kind": BoxKind}),
        ]


class Mount(CasinoRow):
    """A box on a table: at most one per table, and on at most one table (BOX-2).

    A box that was hung while the record had it on another table too says so itself (BOX-3).
    """

    box_id = models.UUIDField()
    table_id = models.UUIDField()
    mounted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    serves_from = models.IntegerField()
    served_to = models.IntegerField(null=True)
    taken_off_at = models.DateTimeField(null=True)
    in_play = models.BooleanField()
    seal = models.TextField(null=True)
    hangs_twice = models.BooleanField(default=False)

    class Meta:
        db_table = "box_mount"
        constraints: ClassVar = [
            linkable("box_mount"),
            models.UniqueConstraint(
                fields=["casino_id", "table_id"],
                condition=ON_THE_TABLE,
                name="box_mount_one_per_table",
            ),
            models.UniqueConstraint(
                fields=["casino_id", "box_id"],
                condition=ON_THE_TABLE & models.Q(hangs_twice=False),
                name="box_mount_one_per_box",
            ),
            *links("box_mount", {"box_id": "drop_box", "table_id": "gaming_table"}),
            *never_negative("box_mount", "serves_from"),
        ]
        indexes: ClassVar = [index("box_mount", "table_id", "served_to", name="served")]


class Removal(CasinoRow):
    """A box taken off a table, on the last session it served (BOX-2): once per mounting."""

    mount_id = models.UUIDField()
    box_id = models.UUIDField()
    table_id = models.UUIDField()
    session_id = models.UUIDField()
    gaming_day = models.DateField()
    type = models.TextField()
    removed_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    reason = models.TextField(null=True)
    seal = models.TextField(null=True)
    trip_id = models.UUIDField(null=True)
    replacement_box_id = models.UUIDField(null=True)
    surveillance = models.JSONField()
    notices = models.JSONField(default=list)
    replacement_unfit = models.TextField(null=True)
    out_of_schedule = models.JSONField(null=True)
    custody_steps = models.JSONField(default=list)

    class Meta:
        db_table = "box_removal"
        constraints: ClassVar = [
            linkable("box_removal"),
            one_of_each("box_removal", "mount_id", name="once_per_mount"),
            *links(
                "box_removal",
                {
                    "mount_id": "box_mount",
                    "box_id": "drop_box",
                    "table_id": "gaming_table",
                    "session_id": "table_session",
                    "replacement_box_id": "drop_box",
                    "trip_id": "drop_trip",
                },
            ),
            *known("box_removal", {"type": RemovalType, "replacement_unfit": Unfit}),
        ]
        indexes: ClassVar = [
            index("box_removal", "session_id", name="by_session"),
            index("box_removal", "table_id", "removed_at", name="by_table"),
            index("box_removal", "gaming_day", name="by_day"),
            index("box_removal", "trip_id", name="by_trip"),
        ]


class Custody(CasinoRow):
    """One link of a removed box's chain of hand-overs (BOX-4)."""

    removal_id = models.UUIDField()
    step = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    seal = models.TextField(null=True)

    class Meta:
        db_table = "custody_step"
        constraints: ClassVar = [
            one_of_each("custody_step", "removal_id", "step", name="once_each"),
            *links("custody_step", {"removal_id": "box_removal"}),
            *known("custody_step", {"step": CustodyStep}),
        ]


class Count(CasinoRow):
    """What the count room found in a box; corrected by a further revision (SOFT-2)."""

    removal_id = models.UUIDField()
    batch_id = models.TextField()
    revision = models.IntegerField()
    contents = models.JSONField()
    total_cents = models.BigIntegerField()
    drop_effect_cents = models.BigIntegerField()
    first_count_cents = models.BigIntegerField()
    second_count_cents = models.BigIntegerField()
    tester = models.JSONField(null=True)
    evidence = models.JSONField()
    team = models.JSONField()
    reported_exceptions = models.JSONField()
    supersedes = models.UUIDField(null=True)
    reason = models.TextField(null=True)
    counted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    expected_forms = models.JSONField(null=True)
    count_session_id = models.UUIDField(null=True)

    class Meta:
        db_table = "soft_count"
        constraints: ClassVar = [
            linkable("soft_count"),
            one_of_each("soft_count", "removal_id", "revision", name="revision_taken"),
            one_of_each("soft_count", "supersedes", name="superseded_once"),
            *links(
                "soft_count",
                {
                    "removal_id": "box_removal",
                    "supersedes": "soft_count",
                    "count_session_id": "count_session",
                },
            ),
            *never_negative("soft_count", "total_cents", "first_count_cents", "second_count_cents"),
        ]
        indexes: ClassVar = [index("soft_count", "count_session_id", name="by_session")]


class ManifestLine(CasinoRow):
    """One form with a number that lay in a box, to be looked up by its number (SOFT-4)."""

    count_id = models.UUIDField()
    removal_id = models.UUIDField()
    place = models.IntegerField()
    form = models.TextField()
    number = models.TextField()
    amount_cents = models.BigIntegerField(null=True)
    table_named = models.TextField(null=True)

    class Meta:
        db_table = "manifest_line"
        constraints: ClassVar = [
            one_of_each("manifest_line", "count_id", "place", name="once_each"),
            *links("manifest_line", {"count_id": "soft_count", "removal_id": "box_removal"}),
        ]
        indexes: ClassVar = [index("manifest_line", "number", name="by_number")]
