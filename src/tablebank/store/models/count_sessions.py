"""Count sessions: the count room at work, box by box, until it posts the whole (SOFT-7)."""

from typing import ClassVar

from django.db import models

from tablebank.store.models.columns import (
    CasinoRow,
    index,
    linkable,
    links,
    never_negative,
    one_of_each,
)


class CountSession(CasinoRow):
    """Boxes of a gaming day counted by one team, and posted together."""

    gaming_day = models.DateField()
    batch_id = models.TextField()
    team = models.JSONField()
    surveillance = models.JSONField(null=True)
    tester = models.JSONField(null=True)
    started_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    started_by = models.UUIDField()
    posted_at = models.DateTimeField(null=True)
    posted_by = models.UUIDField(null=True)

    class Meta:
        db_table = "count_session"
        constraints: ClassVar = [
            linkable("count_session"),
            one_of_each("count_session", "batch_id", name="batch_taken"),
            *links("count_session", {"started_by": "staff", "posted_by": "staff"}),
            models.CheckConstraint(
                condition=models.Q(posted_at__isnull=True, posted_by__isnull=True)
                | models.Q(posted_at__isnull=False, posted_by__isnull=False),
                name="count_session_posted_by_somebody",
            ),
        ]
        indexes: ClassVar = [index("count_session", "gaming_day", name="by_day")]


class CountFile(CasinoRow):
    """A file of a currency counter that filled a count session; what it said stays in its hash."""

    count_session_id = models.UUIDField()
    sha256 = models.TextField()
    file_name = models.TextField(null=True)
    layout = models.TextField()
    outcome = models.JSONField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "count_file"
        constraints: ClassVar = [
            linkable("count_file"),
            one_of_each("count_file", "count_session_id", "sha256", name="read_once"),
            *links("count_file", {"count_session_id": "count_session", "recorded_by": "staff"}),
        ]


class CountEntry(CasinoRow):
    """One box as it was entered; entered again it is a further revision, and the last stands."""

    count_session_id = models.UUIDField()
    box_id = models.UUIDField()
    removal_id = models.UUIDField(null=True)
    revision = models.IntegerField()
    contents = models.JSONField()
    total_cents = models.BigIntegerField()
    first_count_cents = models.BigIntegerField()
    second_count_cents = models.BigIntegerField()
    evidence = models.JSONField()
    reported_exceptions = models.JSONField()
    file_id = models.UUIDField(null=True)
    entered_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    entered_by = models.UUIDField()
    withdrawn = models.BooleanField()

    class Meta:
        db_table = "count_entry"
        constraints: ClassVar = [
            linkable("count_entry"),
            one_of_each(
                "count_entry", "count_session_id", "box_id", "revision", name="revision_taken"
            ),
            *links(
                "count_entry",
                {
                    "count_session_id": "count_session",
                    "box_id": "drop_box",
                    "removal_id": "box_removal",
                    "file_id": "count_file",
                    "entered_by": "staff",
                },
            ),
            *never_negative(
                "count_entry", "total_cents", "first_count_cents", "second_count_cents"
            ),
        ]
        indexes: ClassVar = [index("count_entry", "removal_id", name="by_removal")]


class CountVerification(CasinoRow):
    """The total as a verifier of cage or accounting counted it, blind: once."""

    count_session_id = models.UUIDField()
    total_cents = models.BigIntegerField()
    verified_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    verified_by = models.UUIDField()

    class Meta:
        db_table = "count_verification"
        constraints: ClassVar = [
            linkable("count_verification"),
            one_of_each("count_verification", "count_session_id", name="once"),
            *links(
                "count_verification",
                {"count_session_id": "count_session", "verified_by": "staff"},
            ),
            *never_negative("count_verification", "total_cents"),
        ]
