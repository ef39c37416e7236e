"""What the commands beside a tray's counts may say: begin one, count a closed table (SNAP)."""

from typing import Literal

from tablebank.api.body import Cents, Chips, CommandBody, FloorBody, Reason
from tablebank.domain.terms import SnapshotKind


class IdleCountIn(FloorBody):
    chipset: Chips = None
    total_cents: Cents | None = None
    reason: Reason | None = None


class StartCountIn(CommandBody):
    kind: Literal[SnapshotKind.OPENING, SnapshotKind.INTERIM, SnapshotKind.CLOSING]
