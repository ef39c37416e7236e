"""People, what they prove themselves with, and what they signed."""

from typing import ClassVar

from django.db import models

from tablebank.domain.terms import Role
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


class Staff(CasinoRow):
    """A person in a casino."""

    badge = models.TextField()
    name = models.TextField()
    licence = models.TextField(null=True)
    roles = models.JSONField()
    active = models.BooleanField()

    class Meta:
        db_table = "staff"
        constraints: ClassVar = [
            of_casino("staff"),
            linkable("staff"),
            one_of_each("staff", "badge", name="badge_taken"),
        ]


class StaffSecret(models.Model):
    """The hashes of a person's PIN and password; kept apart, so that no record carries them.

    `pin_chosen` is false while the PIN is one that somebody else set (SIGN-5).
    """

    casino_id = models.UUIDField()
    staff_id = models.UUIDField(primary_key=True)
    pin_hash = models.TextField(null=True)
    pin_chosen = models.BooleanField()
    password_hash = models.TextField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "staff_secret"
        constraints: ClassVar = links("staff_secret", {"staff_id": "staff"})


class ApiToken(CasinoRow):
    """A program's way in, as one person of one casino; only the hash of it is kept."""

    staff_id = models.UUIDField()
    secret_sha256 = models.TextField()
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "api_token"
        constraints: ClassVar = [
            one_of_each("api_token", "secret_sha256", name="secret_taken"),
            *links("api_token", {"staff_id": "staff"}),
        ]


class BadgeLock(models.Model):
    """Wrong PINs in a row of one badge on one device (SIGN-4); gone after a right one."""

    pk = models.CompositePrimaryKey("casino_id", "device", "badge")
    casino_id = models.UUIDField()
    device = models.TextField()
    badge = models.TextField()
    failures = models.IntegerField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "badge_lock"
        constraints: ClassVar = [
            of_casino("badge_lock"),
            *never_negative("badge_lock", "failures"),
        ]


class Signature(CasinoRow):
    """One person, in one role, vouching for one step (SIGN-1)."""

    subject_id = models.UUIDField()
    session_id = models.UUIDField(null=True)
    step = models.TextField()
    staff_id = models.UUIDField()
    role = models.TextField()
    method = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        db_table = "signature"
        constraints: ClassVar = [
            *links("signature", {"session_id": "table_session", "staff_id": "staff"}),
            *known("signature", {"role": Role}),
        ]
        indexes: ClassVar = [
            index("signature", "subject_id", name="by_subject"),
            index("signature", "session_id", name="by_session"),
            index("signature", "staff_id", "signed_at", name="by_person"),
        ]
