"""The journal, the numbers of forms, and the keys under which commands were given."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import Form
from tablebank.store.models.columns import index, known, links, never_negative, of_casino


class JournalHead(models.Model):
    """The end of a casino's journal: its row is the lock of the chain (JRN-1).

    `clock_at` is the latest instant the casino was given, a simulated casino's now (TIME-5).
    """

    casino_id = models.UUIDField(primary_key=True)
    number = models.BigIntegerField()
    hash = models.TextField()
    clock_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "journal_head"
        constraints: ClassVar = [
            of_casino("journal_head"),
            *never_negative("journal_head", "number"),
        ]


class JournalEntry(models.Model):
    """What one command changed, in its place in its casino's chain (JRN-1).

    `content` is canonical JSON kept as text, byte for byte as it was hashed.
    """

    pk = models.CompositePrimaryKey("casino_id", "number")
    casino_id = models.UUIDField()
    number = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    occurred_at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor = models.TextField()
    role = models.TextField(null=True)
    command = models.TextField()
    subject_type = models.TextField()
    subject_id = models.UUIDField(null=True)
    session_id = models.UUIDField(null=True)
    table_id = models.UUIDField(null=True)
    content = models.TextField()
    previous_hash = models.TextField()
    hash = models.TextField()

    class Meta:
        db_table = "journal_entry"
        constraints: ClassVar = links(
            "journal_entry",
            {"actor_id": "staff", "session_id": "table_session", "table_id": "gaming_table"},
        )
        indexes: ClassVar = [
            index(
                "journal_entry",
                *("session_id", "number"),
                when=models.Q(session_id__isnull=False),
                name="by_session",
            ),
            index(
                "journal_entry",
                *("table_id", "number"),
                when=models.Q(table_id__isnull=False),
                name="by_table",
            ),
            index(
                "journal_entry",
                *("subject_id", "number"),
                when=models.Q(session_id__isnull=True),
                name="by_subject",
            ),
        ]


class NumberSeries(models.Model):
    """The last number given out for a form in a calendar year (SLIP-2): gap-free, never twice."""

    pk = models.CompositePrimaryKey("casino_id", "form", "year")
    casino_id = models.UUIDField()
    form = models.TextField()
    year = models.IntegerField()
    last = models.BigIntegerField()

    class Meta:
        db_table = "number_series"
        constraints: ClassVar = [
            of_casino("number_series"),
            *known("number_series", {"form": Form}),
            *never_negative("number_series", "last"),
        ]


class IdempotencyKey(models.Model):
    """The key of a command that succeeded, and what it answered (IDEM-1)."""

    pk = models.CompositePrimaryKey("casino_id", "staff_id", "key")
    casino_id = models.UUIDField()
    staff_id = models.UUIDField()
    key = models.TextField()
    fingerprint = models.TextField()
    status = models.IntegerField(null=True)
    answer = models.TextField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "idempotency_key"
        constraints: ClassVar = links("idempotency_key", {"staff_id": "staff"})
