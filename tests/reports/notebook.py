"""A notebook kept by hand beside the system: what happened at a table, and what follows from it.

The slow way round, on purpose: every question walks over all that was written down, and nothing of
the product is asked. Amounts are cents, instants are local to nobody (UTC), None is unknown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

HOUSE = ZoneInfo("America/New_York")
STARTS = {"DAY": 6, "SWING": 14, "GRAVE": 22}


def shift_then(instant: datetime) -> tuple[date, str]:
    """The gaming day and shift an instant lies in, by the clock on the wall and nothing else."""
    wall = instant.astimezone(HOUSE)
    day = wall.date() if wall.hour >= STARTS["DAY"] else wall.date() - timedelta(days=1)
    if wall.hour < STARTS["DAY"] or wall.hour >= STARTS["GRAVE"]:
        return day, "GRAVE"
    return day, "DAY" if wall.hour < STARTS["SWING"] else "SWING"


@dataclass(kw_only=True)
class Sitting:
    """One session as an onlooker saw it. `counts` are all counts of its tray, the opener first."""

    id: str
    day: date
    shift: str
    opened: datetime
    ended: datetime | None = None
    closer: int | None = None
    counts: list[tuple[datetime, int]] = field(default_factory=list)
    fills: list[tuple[datetime, int]] = field(default_factory=list)
    credits: list[tuple[datetime, int]] = field(default_factory=list)
    voided: bool = False


@dataclass(kw_only=True)
class Taken:
    """A box that was taken: which sittings it stood at, by their place, and what was in it."""

    first: int
    last: int
    cents: int | None


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a window comes to."""

    opening: int | None
    source: str
    closing: int | None
    change: int | None
    win: int | None


@dataclass(kw_only=True)
class Notebook:
    """All that was written down about one table."""

    sittings: list[Sitting] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    pars: list[tuple[date, int]] = field(default_factory=list)

    def box_of(self, place: int) -> Taken | None:
        """The box that stood at this sitting, once it was taken; at one sitting there is one."""
        return next((each for each in self.taken if each.first <= place <= each.last), None)

    def together(self, place: int) -> range:
        """The sittings that shared this one's box, those it still collects from included."""
        box = self.box_of(place)
        if box is not None:
            return range(box.first, box.last + 1)
        first = self.taken[-1].last + 1 if self.taken else 0
        return range(first, len(self.sittings))

    def change_of(self, place: int) -> int | None:
        sitting = self.sittings[place]
        if sitting.ended is None or sitting.closer is None:
            return None
        moved = sum(c for _, c in sitting.credits) - sum(c for _, c in sitting.fills)
        return sitting.closer + moved - sitting.counts[0][1]

    def result_of(self, places: Iterable[int]) -> int | None:
        """The result of sittings that shared a box: all their trays' changes and its content."""
        group = list(places)
        box = self.box_of(group[0])
        changes = [self.change_of(each) for each in group]
        if box is None or box.cents is None or None in changes:
            return None
        return sum(each or 0 for each in changes) + box.cents

    def results_of(self, inside: Iterable[int]) -> list[int | None]:
        """One result for each group wholly inside, an unknown for each sitting of another."""
        wanted = set(inside)
        found: list[int | None] = []
        done: set[int] = set()
        for place in sorted(wanted):
            group = set(self.together(place))
            if place in done:
                continue
            done |= group
            if group <= wanted:
                found.append(self.result_of(sorted(group)))
            else:
                found += [None] * len(group & wanted)
        return found

    # -- windows ----------------------------------------------------------------------------------

    def par_on(self, day: date) -> int | None:
        return next((cents for since, cents in reversed(self.pars) if since <= day), None)

    def window(self, start: datetime, end: datetime) -> Told:
        """Any window: from the latest count before it, else a target, else the first inside."""
        every = [count for each in self.sittings for count in each.counts]
        openers = {each.opened: each.counts[0][1] for each in self.sittings}
        before = [count for count in every if count[0] <= start]
        inside = [count for count in every if start < count[0] <= end]
        if before:
            at, opening = before[-1]
            source = "snapshot:verified_open" if at in openers else "snapshot:prior_count"
            return self._told(opening, source, since=at, closers=inside)
        par = self.par_on(shift_then(start)[0])
        if par is not None:
            return self._told(par, "bootstrap:par_target", since=start, closers=inside)
        if inside:
            at, opening = inside[0]
            later = [count for count in inside if count[0] > at]
            return self._told(opening, "fallback:earliest_in_window", since=at, closers=later)
        return Told(opening=None, source="none", closing=None, change=None, win=None)

    def shift(self, day: date, code: str, start: datetime, end: datetime) -> Told:
        """A shift's own window: its first opener, its last closer, whenever they were counted."""
        ours = [each for each in self.sittings if (each.day, each.shift) == (day, code)]
        before = [c for each in self.sittings for c in each.counts if c[0] <= start]
        if not ours:
            told = self.window(start, start)
            return told if before else self._without(told)
        first, last = ours[0], ours[-1]
        at, opening = first.counts[0]
        inside = [c for each in ours for c in each.counts if start < c[0] <= end and c[0] > at]
        closers = [c for c in inside if c[0] > at]
        if last.ended is not None and last.closer is not None:
            closers = [*closers, last.counts[-1]]
        return self._told(opening, "snapshot:verified_open", since=at, closers=closers)

    def _without(self, told: Told) -> Told:
        return Told(opening=told.opening, source=told.source, closing=None, change=None, win=None)

    def _told(
        self, opening: int, source: str, *, since: datetime, closers: list[tuple[datetime, int]]
    ) -> Told:
        if not closers:
            return Told(opening=opening, source=source, closing=None, change=None, win=None)
        upto, closing = closers[-1]
        fills = sum(c for each in self.sittings for at, c in each.fills if since < at <= upto)
        credit = sum(c for each in self.sittings for at, c in each.credits if since < at <= upto)
        change = closing + credit - opening - fills
        drop = self._drop(since, upto)
        win = None if drop is None else change + drop
        return Told(opening=opening, source=source, closing=closing, change=change, win=win)

    def _drop(self, since: datetime, upto: datetime) -> int | None:
        """What was in the boxes of the sittings between, if each lies between as a whole."""
        played = [
            place
            for place, each in enumerate(self.sittings)
            if each.opened < upto and (each.ended is None or each.ended > since)
        ]
        whole = set(played)
        total = 0
        done: set[int] = set()
        for place in played:
            each = self.sittings[place]
            if each.opened < since or each.ended is None or each.ended > upto:
                return None
            group = set(self.together(place))
            box = self.box_of(place)
            if not group <= whole or box is None or box.cents is None:
                return None
            if place not in done:
                total += box.cents
                done |= group
        return total
