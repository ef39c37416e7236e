"""The words records are written in: phases, steps, kinds and roles; chips; what every record has.

Each list is short and closed, and the text of a word is its text in the database and on the wire.
The records themselves are in `facts` and `establishment`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

Chipset = Mapping[str, int]
"""Chips by code, in pieces: `{"500": 40}` is forty $5 chips (CHIP-2)."""


class BankMode(StrEnum):
    """How a table's bank is closed (PAR-5, PAR-6)."""

    UNKNOWN = "UNKNOWN"
    INVENTORY_COUNT = "INVENTORY_COUNT"
    IMPREST_TO_PAR = "IMPREST_TO_PAR"


class Phase(StrEnum):
    """The first of a session's two tracks (SESS)."""

    READY_TO_OPEN = "READY_TO_OPEN"
    OPENING = "OPENING"
    OPEN = "OPEN"
    CLOSING = "CLOSING"
    CLOSED = "CLOSED"
    RECONCILED = "RECONCILED"
    FINALIZED = "FINALIZED"
    VOIDED = "VOIDED"


LIVE = frozenset({Phase.OPENING, Phase.OPEN, Phase.CLOSING})
"""A session in one of these holds its table (SESS-1)."""

CLOSED_PHASES = frozenset({Phase.CLOSED, Phase.RECONCILED, Phase.FINALIZED})


class DropState(StrEnum):
    """The second track: where the session's boxes are (BOX-5)."""

    NONE = "NONE"
    DROP_SCHEDULED = "DROP_SCHEDULED"
    DROPPED = "DROPPED"
    COUNTED = "COUNTED"


class SnapshotKind(StrEnum):
    OPENING = "OPENING"
    INTERIM = "INTERIM"
    CLOSING = "CLOSING"
    IDLE = "IDLE"


class Basis(StrEnum):
    """What a snapshot rests on (SNAP-1)."""

    COUNTED = "COUNTED"
    PAR_ATTESTED = "PAR_ATTESTED"
    PAPER = "PAPER"
    ADOPTED_NEXT_OPENER = "ADOPTED_NEXT_OPENER"


class SlipKind(StrEnum):
    FILL = "FILL"
    CREDIT = "CREDIT"


class Purpose(StrEnum):
    NORMAL = "NORMAL"
    FINAL_ADJUSTMENT = "FINAL_ADJUSTMENT"


class SlipStatus(StrEnum):
    REQUESTED = "REQUESTED"
    ISSUED = "ISSUED"
    VERIFIED_AT_TABLE = "VERIFIED_AT_TABLE"
    PICKED_UP = "PICKED_UP"
    VERIFIED_AT_CAGE = "VERIFIED_AT_CAGE"
    DEPOSITED_IN_DROPBOX = "DEPOSITED_IN_DROPBOX"
    CANCELLED = "CANCELLED"
    VOIDED = "VOIDED"


class BoxKind(StrEnum):
    TABLE = "TABLE"
    EMERGENCY = "EMERGENCY"


class Unfit(StrEnum):
    """Why a box should not hang where it was hung (BOX-3)."""

    IN_USE = "IN_USE"
    """On another table by the record, or taken off one and not counted yet."""
    OF_ANOTHER_TABLE = "OF_ANOTHER_TABLE"


class RemovalType(StrEnum):
    SCHEDULED = "SCHEDULED"
    UNSCHEDULED = "UNSCHEDULED"
    EMERGENCY = "EMERGENCY"


class CustodyStep(StrEnum):
    """The links of the custody chain; posting the count is OPENED (BOX-4)."""

    REMOVED = "REMOVED"
    ARRIVED = "ARRIVED"
    STORED = "STORED"
    OPENED = "OPENED"


class TableStatus(StrEnum):
    """A table's availability; screens say Available, Idle, Decommissioned."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    CLOSED = "closed"


class Role(StrEnum):
    DEALER = "DEALER"
    SUPERVISOR = "SUPERVISOR"
    PIT_MANAGER = "PIT_MANAGER"
    CASHIER = "CASHIER"
    CAGE_MANAGER = "CAGE_MANAGER"
    RUNNER = "RUNNER"
    DROP_CREW = "DROP_CREW"
    COUNT_TEAM = "COUNT_TEAM"
    ACCOUNTING = "ACCOUNTING"
    SURVEILLANCE = "SURVEILLANCE"
    AUDITOR = "AUDITOR"
    ADMIN = "ADMIN"
    SERVICE = "SERVICE"


class ProfileCode(StrEnum):
    """The jurisdiction profiles a casino may go by; each is a template."""

    GENERIC = "GENERIC"
    WA_HOUSE_BANKED = "WA_HOUSE_BANKED"
    NJ_STYLE = "NJ_STYLE"
    KS_OH_STYLE = "KS_OH_STYLE"


class Form(StrEnum):
    """Numbered forms, each with its own gap-free series (SLIP-2, SNAP-8).

    A form written by hand and entered later has a series beside the one it would have had (BACK-1).
    """

    FILL = "F"
    CREDIT = "C"
    REQUEST = "R"
    OPENER = "O"
    CLOSER = "K"
    PAPER_FILL = "PF"
    PAPER_CREDIT = "PC"
    PAPER_REQUEST = "PR"
    PAPER_OPENER = "PO"
    PAPER_CLOSER = "PK"


class ParSource(StrEnum):
    IMPORTED = "imported"
    MANUAL = "manual"
    SYSTEM_SUGGESTED = "system_suggested"
    INFERRED_UNVERIFIED = "inferred_unverified"
    INFERRED_FROM_IMPREST_CLOSE = "inferred_from_imprest_close"


class FindingStatus(StrEnum):
    OPEN = "OPEN"
    CLEARED = "CLEARED"
    RESOLVED = "RESOLVED"


class Stops(StrEnum):
    """What an open finding holds up (FIND-1)."""

    RESULT = "result"
    DAY = "day"
    NOTHING = "nothing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """Anything that is kept: its id (UUIDv7) and the casino it belongs to (TEN-1)."""

    id: UUID
    casino_id: UUID
