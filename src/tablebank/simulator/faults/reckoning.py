"""What the system says of a night, beside what went wrong in it: missed, and raised for nothing."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tablebank.simulator.client import Answer, Caller, Line, Turned
from tablebank.simulator.faults.drawing import draw
from tablebank.simulator.faults.kind import Fault, Shown
from tablebank.simulator.faults.night import Night, play_night

CLEARED = "CLEARED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """Something that was to go wrong at a table, and what must have been raised for it."""

    table: str
    name: str
    is_seen: bool
    """Whether any system could see it."""
    struck: bool
    due: frozenset[Shown]

    def __str__(self) -> str:
        return f"{self.table}: {self.name}" + ("" if self.is_seen else " (not to be seen)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A night and what came of it."""

    seed: int
    faults: tuple[Laid, ...]
    raised: tuple[Shown, ...]
    """Every exception on record but those on the way to another, put right by the facts."""
    reconciled: frozenset[str] = frozenset()
    """The sessions that accounting could reconcile, by id."""
    is_drawn: bool = True
    """Whether the seed alone says what goes wrong: then a line plays it again."""
    let_through: tuple[Shown, ...] = ()
    """What stops the result of a session, stands open, and did not (FIND-4)."""

    @property
    def due(self) -> frozenset[Shown]:
        """What must have been raised."""
        return frozenset(each for fault in self.faults for each in fault.due)

    @property
    def idle(self) -> list[Laid]:
        """What was to go wrong and never did: the night is not as it was drawn."""
        return [fault for fault in self.faults if not fault.struck]

    @property
    def missed(self) -> list[Shown]:
        """What went wrong and was not raised as its kind on its subject."""
        return sorted(self.due.difference(self.raised))

    @property
    def unexpected(self) -> list[Shown]:
        """What was raised though nothing of the kind went wrong there, and what was twice."""
        return sorted((Counter(self.raised) - Counter(self.due)).elements())

    @property
    def holds(self) -> bool:
        """Everything that went wrong was raised, nothing else was, and what stops does stop."""
        return not (self.missed or self.unexpected or self.idle or self.let_through)

    def told(self) -> str:
        """The night in words, with the line that plays it again."""
        lines = [
            f"seed {self.seed}: {', '.join(map(str, self.faults)) or 'an honest night'}",
            *(f"  missed: {each}" for each in self.missed),
            *(f"  unexpected: {each}" for each in self.unexpected),
            *(f"  did not stop: {each}" for each in self.let_through),
            *(f"  did not happen: {each}" for each in self.idle),
        ]
        if self.is_drawn:
            lines.append(f"  again: python -m bench faults --seed {self.seed}")
        return "\n".join(lines)


def nights_reckoning(
    *,
    line: Line,
    admin_token: str,
    seed: int,
    sweep: Callable[[], object],
    only: Iterable[type[Fault]] | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Reckoned:
    """Play a night, sweep what comes with time, and lay the exceptions beside what went wrong.

    It is swept twice, so that what is found twice and raised twice shows (FIND-2).
    The casino must be a fresh simulated one. `only` names what goes wrong; else the seed draws it.
    """
    drawn = draw(seed=seed, only=None if only is None else tuple(only))
    night = play_night(line=line, admin_token=admin_token, seed=seed, drawn=drawn, say=say)
    sweep()
    sweep()
    clerk = night.house.cast.of(role="ACCOUNTING", crew="ALL")[0]
    reader = night.house.caller(clerk, line=line, place="reckoning")
    return replace(reckon(night, seed=seed, reader=reader), is_drawn=only is None)


def reckon(night: Night, *, seed: int, reader: Caller) -> Reckoned:
    """The night's exceptions, as accounting reads them, beside its faults; then the results.

    Accounting tries to reconcile every session. Nothing may come of it where an exception that
    stops a result stands open (FIND-4).
    """
    listed = [(_shown(row), row["status"]) for row in reader.items("/exceptions")]
    reconciled = _reconciled(night, reader=reader)
    let_through = tuple(
        _shown(row)
        for row in reader.items("/exceptions", status="OPEN")
        if row["stops"] == "result" and row["session_id"] in reconciled
    )
    passing = {each for _, fault in night.faults if fault.struck for each in fault.passing()}
    return Reckoned(
        seed=seed,
        faults=tuple(
            Laid(
                table=table,
                name=fault.name,
                is_seen=fault.is_seen,
                struck=fault.struck,
                due=frozenset(fault.shows() if fault.struck else ()),
            )
            for table, fault in night.faults
        ),
        raised=tuple(
            each for each, status in listed if not (each in passing and status == CLEARED)
        ),
        reconciled=reconciled,
        let_through=let_through,
    )


def _shown(row: Answer) -> Shown:
    return Shown(row["kind"], row["subject"]["type"], row["subject"]["id"])


def _reconciled(night: Night, *, reader: Caller) -> frozenset[str]:
    """Try every session; those that are reconciled then, alone or with their drop group."""
    for session_id in night.sessions:
        try:
            reader.command(f"/sessions/{session_id}/reconcile", at=night.ended_at)
        except Turned:
            continue
    day = night.house.shifts[0].gaming_day.isoformat()
    rows = reader.items("/sessions", gaming_day=day)
    return frozenset(row["id"] for row in rows if row["status"] == "RECONCILED")
