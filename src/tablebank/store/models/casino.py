"""The casino, and what is dated in it: settings, bank mode, chips, shifts."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import BankMode, ProfileCode
from tablebank.store.models.columns import (
    CasinoRow,
    index,
    known,
    links,
    never_negative,
    of_casino,
    one_of_each,
)


class Casino(models.Model):
    """One property, one tenant."""

    id = models.UUIDField(primary_key=True)
    slug = models.TextField(unique=True)
    name = models.TextField()
    timezone = models.TextField()
    currency = models.TextField()
    gaming_day_start = models.TimeField()
    simulated = models.BooleanField()
    created_at = models.DateTimeField()

    class Meta:
        db_table = "casino"


class CasinoAddress(models.Model):
    """Where a casino is found before anybody is signed in; the application may not look."""

    slug = models.TextField(primary_key=True)
    casino_id = models.UUIDField(unique=True)

    class Meta:
        db_table = "casino_address"


class SettingsRow(CasinoRow):
    """The casino's settings from `recorded_at` on."""

    settings = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        db_table = "casino_settings"
        constraints: ClassVar = [
            of_casino("casino_settings"),
            *links("casino_settings", {"recorded_by": "staff"}),
        ]
        indexes: ClassVar = [index("casino_settings", "-recorded_at", name="latest")]


class BankModeRow(CasinoRow):
    """The casino's bank mode from a gaming day on (PAR-5)."""

    table_bank_mode = models.TextField()
    effective_from_gaming_day = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    reason = models.TextField(null=True)

    class Meta:
        db_table = "bank_mode"
        constraints: ClassVar = [
            of_casino("bank_mode"),
            *links("bank_mode", {"recorded_by": "staff"}),
            *known("bank_mode", {"table_bank_mode": BankMode}),
        ]
        indexes: ClassVar = [index("bank_mode", "-effective_from_gaming_day", name="in_force")]


class ProfileRow(CasinoRow):
    """The jurisdiction profile the casino goes by from a gaming day on."""

    profile = models.TextField()
    effective_from_gaming_day = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    reason = models.TextField(null=True)

    class Meta:
        db_table = "jurisdiction_profile"
        constraints: ClassVar = [
            of_casino("jurisdiction_profile"),
            *links("jurisdiction_profile", {"recorded_by": "staff"}),
            *known("jurisdiction_profile", {"profile": ProfileCode}),
        ]
        indexes: ClassVar = [
            index("jurisdiction_profile", "-effective_from_gaming_day", name="in_force")
        ]


class ChipType(CasinoRow):
    """A kind of chip, from a gaming day on (CHIP-5)."""

    code = models.TextField()
    cents = models.BigIntegerField()
    colour = models.TextField()
    chip_set = models.TextField()
    in_bank = models.BooleanField()
    effective_from_gaming_day = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "chip_type"
        constraints: ClassVar = [
            of_casino("chip_type"),
            one_of_each(
                "chip_type", "code", "effective_from_gaming_day", "recorded_at", name="dated"
            ),
            *never_negative("chip_type", "cents"),
        ]


class ShiftScheduleRow(CasinoRow):
    """The shifts of every gaming day from one on (TIME-3)."""

    effective_from_gaming_day = models.DateField()
    shifts = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        db_table = "shift_schedule"
        constraints: ClassVar = [
            of_casino("shift_schedule"),
            *links("shift_schedule", {"recorded_by": "staff"}),
        ]
        indexes: ClassVar = [index("shift_schedule", "-effective_from_gaming_day", name="in_force")]


class DropScheduleRow(CasinoRow):
    """When boxes are dropped in a pit, or wherever none has a row, from a gaming day on (BOX-3)."""

    effective_from_gaming_day = models.DateField()
    pit = models.TextField(null=True)
    at = models.JSONField()
    window_minutes = models.IntegerField()
    grace_minutes = models.IntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()
    reason = models.TextField(null=True)

    class Meta:
        db_table = "drop_schedule"
        constraints: ClassVar = [
            of_casino("drop_schedule"),
            *links("drop_schedule", {"recorded_by": "staff"}),
            *never_negative("drop_schedule", "window_minutes", "grace_minutes"),
        ]
        indexes: ClassVar = [index("drop_schedule", "-effective_from_gaming_day", name="in_force")]
