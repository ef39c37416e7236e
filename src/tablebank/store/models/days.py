"""Gaming days that accounting closed."""

from typing import ClassVar

from django.db import models

from tablebank.store.models.columns import CasinoRow, linkable, links, one_of_each


class DayClose(CasinoRow):
    """A closed gaming day as it was signed; an amendment is a further revision (DAY-1)."""

    gaming_day = models.DateField()
    revision = models.IntegerField()
    replaces = models.UUIDField(null=True)
    reason = models.TextField(null=True)
    content = models.JSONField()
    content_sha256 = models.TextField()
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField()

    class Meta:
        db_table = "gaming_day_close"
        constraints: ClassVar = [
            linkable("gaming_day_close"),
            one_of_each("gaming_day_close", "gaming_day", "revision", name="revision_taken"),
            models.CheckConstraint(
                condition=models.Q(revision=1, replaces__isnull=True)
                | models.Q(revision__gt=1, replaces__isnull=False, reason__isnull=False),
                name="gaming_day_close_says_why_again",
            ),
            *links("gaming_day_close", {"replaces": "gaming_day_close", "closed_by": "staff"}),
        ]
