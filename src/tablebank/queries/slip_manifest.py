"""The slip manifest of a shift: every fill and credit of it, and what each kind comes to (SHIFT).

Fills and credits stand apart and are never netted; what was verified stands apart from what is
still on the way. A slip belongs to the shift of the session whose slip it is (TIME-4, SLIP-12).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tablebank.domain.plain import plain
from tablebank.domain.rundown import VERIFIED
from tablebank.domain.terms import SlipKind, SlipStatus
from tablebank.queries.asking import records
from tablebank.store.scope import Cursor

ON_THE_WAY = frozenset({SlipStatus.ISSUED, SlipStatus.PICKED_UP})


@dataclass(frozen=True, kw_only=True, slots=True)
class ManifestSlip:
    """One slip of the shift: number, table, amount in cents, and how far it is."""

    id: UUID
    session_id: UUID
    table_id: UUID
    table_code: str
    pit: str
    kind: str
    purpose: str
    number: str | None
    request_number: str | None
    status: str
    disputed: bool
    total_cents: int
    requested_at: datetime
    tray_instant: datetime | None
    replaced_by: UUID | None


@dataclass(frozen=True, kw_only=True, slots=True)
class KindSums:
    """What the slips of one kind come to, by how far they are, in cents."""

    verified: int
    verified_cents: int
    in_transit: int
    in_transit_cents: int
    requested: int
    requested_cents: int
    disputed: int
    voided: int
    cancelled: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """The slips of a shift, in the order they were asked for, and the sums of each kind."""

    items: tuple[ManifestSlip, ...]
    fills: KindSums
    credits: KindSums

    def as_json(self) -> dict[str, Any]:
        """The manifest of `docs/interface.md`."""
        sums = {"fills": self.fills, "credits": self.credits}
        return {"items": plain(self.items), "totals": plain(sums), "next_cursor": None}


def slip_manifest(cursor: Cursor, casino_id: UUID, shift_id: UUID) -> Manifest:
    """Every slip of a shift, in one statement; the sums are of the same slips."""
    values = {"casino": casino_id, "shift": shift_id}
    slips = records(cursor, ManifestSlip, _SLIPS, values=values)
    return Manifest(
        items=slips,
        fills=_sums([each for each in slips if each.kind == SlipKind.FILL]),
        credits=_sums([each for each in slips if each.kind == SlipKind.CREDIT]),
    )


def _sums(slips: Sequence[ManifestSlip]) -> KindSums:
    verified = [each for each in slips if each.status in VERIFIED]
    moving = [each for each in slips if each.status in ON_THE_WAY]
    asked = [each for each in slips if each.status == SlipStatus.REQUESTED]
    return KindSums(
        verified=len(verified),
        verified_cents=sum(each.total_cents for each in verified),
        in_transit=len(moving),
        in_transit_cents=sum(each.total_cents for each in moving),
        requested=len(asked),
        requested_cents=sum(each.total_cents for each in asked),
        disputed=sum(each.disputed for each in moving),
        voided=sum(each.status == SlipStatus.VOIDED for each in slips),
        cancelled=sum(each.status == SlipStatus.CANCELLED for each in slips),
    )


_SLIPS = """
select p.id, p.session_id, p.table_id, s.table_code, s.pit, p.kind, p.purpose, p.number,
       p.request_number, p.status, p.disputed, p.total_cents, p.requested_at, p.tray_instant,
       p.replaced_by
  from table_session s
  join slip p on p.casino_id = s.casino_id and p.session_id = s.id
 where s.casino_id = %(casino)s and s.shift_id = %(shift)s
 order by p.requested_at, p.id
"""
