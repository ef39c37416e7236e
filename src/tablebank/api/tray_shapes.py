"""The shape of a count of a table that stands closed (SNAP-7)."""

from tablebank.api.body import Cents, Chips, FloorBody


class IdleCountIn(FloorBody):
    """The chips in the tray; a total, if sent, is their sum."""

    chipset: Chips
    total_cents: Cents | None = None
