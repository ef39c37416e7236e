"""What was really won: the simulator's own books, kept from things and never from answers.

Two independent ways to the same cent: bet by bet (what was swept less what was paid), and by
holding (tray and box before and after, fills and credits taken out). They agree or the simulator
itself is wrong, and says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self


@dataclass(slots=True, kw_only=True, eq=False)
class SessionTruth:
    """One session as it was played."""

    session_id: str
    table: str
    pit: str
    game: str
    mode: str
    gaming_day: str
    shift: str
    shift_id: str
    opening_cents: int = 0
    closing_cents: int | None = None
    fills_cents: int = 0
    credits_cents: int = 0
    dropped_cents: int = 0
    play_cents: int = 0
    """Bets swept less bets paid."""

    @property
    def before_drop_cents(self) -> int:
        """What the tray says alone: closing + credits − opening − fills (RUN-2)."""
        if self.closing_cents is None:
            raise RuntimeError(f"{self.table} {self.shift} was never closed")
        return self.closing_cents + self.credits_cents - self.opening_cents - self.fills_cents

    @property
    def won_cents(self) -> int:
        """What the house won: by play, proved by tray and box."""
        by_holding = self.before_drop_cents + self.dropped_cents
        if by_holding != self.play_cents:
            raise RuntimeError(
                f"{self.table} {self.shift}: {self.play_cents} won by play, "
                f"{by_holding} by tray and box"
            )
        return self.play_cents


@dataclass(slots=True, kw_only=True, eq=False)
class BoxTruth:
    """One box on one table, from mounting to count, and the sessions whose play went into it."""

    box: str
    serves: list[SessionTruth] = field(default_factory=list)
    drop_id: str | None = None
    drop_cents: int | None = None

    def serve(self, session: SessionTruth) -> None:
        """Play of this session goes into this box from here on."""
        if session not in self.serves:
            self.serves.append(session)


@dataclass(slots=True, kw_only=True)
class Ledger:
    """All sessions and boxes of a run, in the order in which they began."""

    sessions: list[SessionTruth] = field(default_factory=list)
    boxes: list[BoxTruth] = field(default_factory=list)

    def without(self, tables: Iterable[str]) -> Self:
        """The same, less everything of some tables."""
        left = frozenset(tables)
        return type(self)(
            sessions=[one for one in self.sessions if one.table not in left],
            boxes=[box for box in self.boxes if not any(one.table in left for one in box.serves)],
        )

    def together(self, session: SessionTruth) -> list[SessionTruth]:
        """The drop group of a session: all that boxes connect with it, itself alone if none."""
        found = [session]
        for member in found:
            for box in self.boxes:
                if member in box.serves:
                    found.extend(other for other in box.serves if other not in found)
        return [known for known in self.sessions if known in found]

    def boxes_of(self, members: Iterable[SessionTruth]) -> list[BoxTruth]:
        """Every box that served any of these."""
        wanted = list(members)
        return [box for box in self.boxes if any(one in box.serves for one in wanted)]

    def groups(self) -> list[list[SessionTruth]]:
        """Every session once, alone or in its drop group."""
        seen: list[SessionTruth] = []
        groups = []
        for session in self.sessions:
            if session not in seen:
                group = self.together(session)
                seen.extend(group)
                groups.append(group)
        return groups

    def settled(self, session: SessionTruth) -> bool:
        """Whether all of its drop group is closed and every box of it counted."""
        group = self.together(session)
        return all(one.closing_cents is not None for one in group) and all(
            box.drop_cents is not None for box in self.boxes_of(group)
        )
