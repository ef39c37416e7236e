"""Par policy, findings, and the reports that are final."""

from typing import ClassVar

from django.db import models

from tablebank.domain.remarks import RemarkedOn
from tablebank.domain.terms import BankMode, FindingStatus, ParSource, Stops
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


class ParPolicy(CasinoRow):
    """One row of need/par policy; nothing is edited, a later row replaces it (PAR-1)."""

    table_id = models.UUIDField(null=True)
    game_type = models.TextField(null=True)
    table_bank_mode = models.TextField(null=True)
    par_total_cents = models.BigIntegerField(null=True)
    target_chipset = models.JSONField(null=True)
    effective_from_gaming_day = models.DateField()
    source = models.TextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField(null=True)
    notes = models.TextField(null=True)
    stability = models.TextField(null=True)
    pain_points = models.TextField(null=True)
    replaces = models.UUIDField(null=True)
    import_id = models.UUIDField(null=True)

    class Meta:
        db_table = "par_policy"
        constraints: ClassVar = [
            of_casino("par_policy"),
            linkable("par_policy"),
            models.CheckConstraint(
                condition=models.Q(table_id__isnull=True) | models.Q(game_type__isnull=True),
                name="par_policy_one_level",
            ),
            *links(
                "par_policy",
                {
                    "table_id": "gaming_table",
                    "recorded_by": "staff",
                    "approved_by": "staff",
                    "replaces": "par_policy",
                    "import_id": "par_import",
                },
            ),
            *known("par_policy", {"table_bank_mode": BankMode, "source": ParSource}),
            *never_negative("par_policy", "par_total_cents"),
        ]
        indexes: ClassVar = [
            index("par_policy", "table_id", "-effective_from_gaming_day", name="in_force")
        ]


class ParImport(CasinoRow):
    """A par sheet that was imported, by the hash of its file (PAR-8)."""

    sha256 = models.TextField(null=True)
    file_name = models.TextField(null=True)
    outcome = models.JSONField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    sheet_name = models.TextField(null=True)
    answers = models.JSONField(null=True)

    class Meta:
        db_table = "par_import"
        constraints: ClassVar = [
            of_casino("par_import"),
            linkable("par_import"),
            *links("par_import", {"recorded_by": "staff"}),
        ]


class ParProposal(CasinoRow):
    """A par that somebody else has yet to approve (PAR-4); never in force."""

    table_id = models.UUIDField(null=True)
    game_type = models.TextField(null=True)
    table_bank_mode = models.TextField(null=True)
    par_total_cents = models.BigIntegerField(null=True)
    target_chipset = models.JSONField(null=True)
    effective_from_gaming_day = models.DateField()
    source = models.TextField()
    status = models.TextField()
    recorded_by = models.UUIDField()
    recorded_at = models.DateTimeField()
    notes = models.TextField(null=True)
    stability = models.TextField(null=True)
    pain_points = models.TextField(null=True)
    kind = models.TextField(default="set")
    evidence = models.JSONField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.TextField(null=True)
    policy_id = models.UUIDField(null=True)

    class Meta:
        db_table = "par_proposal"
        constraints: ClassVar = [
            of_casino("par_proposal"),
            linkable("par_proposal"),
            *links(
                "par_proposal",
                {
                    "table_id": "gaming_table",
                    "recorded_by": "staff",
                    "decided_by": "staff",
                    "policy_id": "par_policy",
                },
            ),
            *known("par_proposal", {"table_bank_mode": BankMode, "source": ParSource}),
            *never_negative("par_proposal", "par_total_cents"),
        ]
        indexes: ClassVar = [index("par_proposal", "status", name="by_status")]


class ParComment(CasinoRow):
    """What somebody said to a proposed par (PAR-4)."""

    proposal_id = models.UUIDField()
    text = models.TextField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "par_comment"
        constraints: ClassVar = [
            of_casino("par_comment"),
            *links("par_comment", {"proposal_id": "par_proposal", "recorded_by": "staff"}),
            models.CheckConstraint(
                condition=~models.Q(text__regex=r"^\s*$"), name="par_comment_says_something"
            ),
        ]
        indexes: ClassVar = [index("par_comment", "proposal_id", name="by_proposal")]


class Finding(CasinoRow):
    """A broken rule that someone must explain: raised once per kind and subject (FIND-2)."""

    kind = models.TextField()
    subject_type = models.TextField()
    subject_id = models.TextField()
    session_id = models.UUIDField(null=True)
    table_id = models.UUIDField(null=True)
    shift_id = models.UUIDField(null=True)
    status = models.TextField()
    stops = models.TextField()
    variance_cents = models.BigIntegerField(null=True)
    facts = models.JSONField()
    department = models.TextField()
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    reason_code = models.TextField(null=True)
    narrative = models.TextField(null=True)
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)
    journal_numbers = models.JSONField()
    assigned_to = models.UUIDField(null=True)
    assigned_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)
    seen_at = models.DateTimeField(null=True)
    cause_id = models.UUIDField(null=True)

    class Meta:
        db_table = "finding"
        constraints: ClassVar = [
            of_casino("finding"),
            linkable("finding"),
            one_of_each("finding", "kind", "subject_type", "subject_id", name="raised_once"),
            *links(
                "finding",
                {
                    "session_id": "table_session",
                    "table_id": "gaming_table",
                    "resolved_by": "staff",
                    "assigned_to": "staff",
                    "seen_by": "staff",
                    "cause_id": "finding",
                },
            ),
            *known("finding", {"status": FindingStatus, "stops": Stops}),
        ]
        indexes: ClassVar = [
            index("finding", "status", "-raised_at", name="by_status"),
            index("finding", "session_id", name="by_session"),
            index("finding", "table_id", name="by_table"),
            index("finding", "cause_id", name="by_cause"),
        ]


class Remark(CasinoRow):
    """What somebody wrote beside the facts, signed; nothing of it is ever changed (RUN-10)."""

    subject_type = models.TextField()
    subject_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    table_id = models.UUIDField(null=True)
    text = models.TextField()
    reference = models.TextField(null=True)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField()

    class Meta:
        db_table = "remark"
        constraints: ClassVar = [
            of_casino("remark"),
            *links(
                "remark",
                {"session_id": "table_session", "table_id": "gaming_table", "recorded_by": "staff"},
            ),
            *known("remark", {"subject_type": RemarkedOn}),
            models.CheckConstraint(
                condition=~models.Q(text__regex=r"^\s*$"), name="remark_says_something"
            ),
        ]
        indexes: ClassVar = [
            index("remark", "subject_id", name="by_subject"),
            index("remark", "session_id", name="by_session"),
        ]


class Report(CasinoRow):
    """A finalized rundown; an amendment is a further revision (RUN-5, RUN-6)."""

    session_id = models.UUIDField()
    member_ids = models.JSONField()
    revision = models.IntegerField()
    replaces = models.UUIDField(null=True)
    pending_count = models.BooleanField()
    content = models.JSONField()
    content_sha256 = models.TextField()
    finalized_at = models.DateTimeField()
    finalized_by = models.UUIDField()

    class Meta:
        db_table = "rundown_report"
        constraints: ClassVar = [
            linkable("rundown_report"),
            one_of_each("rundown_report", "session_id", "revision", name="revision_taken"),
            *links(
                "rundown_report",
                {
                    "session_id": "table_session",
                    "replaces": "rundown_report",
                    "finalized_by": "staff",
                },
            ),
        ]
