"""Facts that were entered from signed paper, and the paper each of them rests on."""

from typing import ClassVar

from django.db import models

from tablebank.store.models.columns import CasinoRow, index, links, one_of_each


class PaperEntry(CasinoRow):
    """That one fact rests on a paper (BACK-1)."""

    subject_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    table_id = models.UUIDField(null=True)
    form = models.TextField()
    form_number = models.TextField()
    signed_by = models.JSONField()
    reason = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "paper_entry"
        constraints: ClassVar = [
            one_of_each("paper_entry", "subject_id", name="one_per_fact"),
            *links(
                "paper_entry",
                {
                    "session_id": "table_session",
                    "table_id": "gaming_table",
                    "recorded_by": "staff",
                },
            ),
        ]
        indexes: ClassVar = [index("paper_entry", "session_id", name="by_session")]
