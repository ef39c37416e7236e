"""The sweep: what comes with time and nobody does, looked for and written down (FIND-2, SHIFT-2).

A server sweeps every minute, `tablebank sweep` when it is told to; a simulated casino, whose time
stands still between two commands, is swept by the latter alone (TIME-5). What is found goes through
the one door like every other change, each in a transaction and with a journal entry of its own. So
two that sweep at once do it once, and where there is nothing to do nothing is written.

A line below is a kind of thing that comes with time. A further one is a line more.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog

from tablebank.commands.hold_deviations import NOTE_HOLDS, NoteHolds, holds_to_note
from tablebank.commands.number_gaps import NOTE_NUMBER_GAPS, NoteNumberGaps, gaps_to_note
from tablebank.commands.perform import Answer, Asked, Done, perform
from tablebank.commands.scene import Command
from tablebank.commands.shift_rundowns import KEEP, KeepShiftRundown, shifts_to_keep
from tablebank.commands.timed_findings import NOTE_TIMED, NoteTimed, tables_to_note
from tablebank.domain.credentials import SystemCredential
from tablebank.domain.decisions import Decision
from tablebank.domain.refusals import Refused
from tablebank.store.load import Known, load_house
from tablebank.store.scope import Cursor, casino_view
from tablebank.store.seeking import every_casino

logger = structlog.get_logger(__name__)

Clock = Callable[[], datetime]


class Due(Protocol):
    """What is to be done by now, by the ids the line's command takes, in the order of doing it.

    `since` is the id before which nothing new is to be expected; None: look at everything.
    """

    def __call__(
        self, cursor: Cursor, known: Known, *, now: datetime, since: UUID | None
    ) -> Collection[UUID]: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One kind of thing that comes with time: what is due of it, and the command that does one."""

    name: str
    due: Due
    command: Command
    body: Callable[[], Any]


LINES = (
    Line(name="shift_rundown", due=shifts_to_keep, command=KEEP, body=KeepShiftRundown),
    Line(name="holds", due=holds_to_note, command=NOTE_HOLDS, body=NoteHolds),
    Line(name="timed", due=tables_to_note, command=NOTE_TIMED, body=NoteTimed),
    Line(name="number_gaps", due=gaps_to_note, command=NOTE_NUMBER_GAPS, body=NoteNumberGaps),
)
"""Everything a sweep does, in this order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """One thing that a sweep did, and what came of it."""

    casino_id: UUID
    casino: str
    line: str
    outcome: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """One thing that is due in a casino."""

    casino_id: UUID
    casino: str
    line: Line
    subject_id: UUID


def due_in(
    casino_id: UUID, *, clock: Clock, looking_back: timedelta | None = None, simulated: bool = True
) -> tuple[Waiting, ...]:
    """What is due in a casino by its own time, in the order of doing it.

    `looking_back` is how far back new rows are looked for, by the server's clock; None: all of
    them. `simulated` False: in a simulated casino nothing ever is.
    """
    at = clock()
    since = None if looking_back is None else _first_id(at - looking_back)
    with casino_view(casino_id) as cursor:
        known = load_house(cursor, casino_id)
        casino = known.house.casino
        if casino.simulated and not simulated:
            return ()
        return tuple(
            Waiting(casino_id=casino_id, casino=casino.slug, line=line, subject_id=subject_id)
            for line in LINES
            for subject_id in line.due(cursor, known, now=known.now(at=at), since=since)
        )


def sweep_casino(casino_id: UUID, *, clock: Clock) -> Iterator[Swept]:
    """Do what is due in one casino, simulated or not, and tell each thing as it is done."""
    for waiting in due_in(casino_id, clock=clock):
        if (swept := _done(waiting, clock=clock)) is not None:
            yield swept


def sweep_everywhere(
    *, clock: Clock, looking_back: timedelta | None, is_ending: Callable[[], bool]
) -> int:
    """A server's round over all casinos that live by the clock; how many things were done.

    What fails is logged and stops nothing else: the next round tries it again.
    """
    done = 0
    for casino_id in every_casino():
        try:
            due = due_in(casino_id, clock=clock, looking_back=looking_back, simulated=False)
        except Refused as no:
            # Listed, and not to be entered: nothing of it is due.
            logger.warning("casino not swept", casino_id=str(casino_id), code=no.code)
            continue
        except Exception as met:
            logger.error("sweep failed", casino_id=str(casino_id), exc_info=met)
            continue
        for waiting in due:
            if is_ending():
                return done
            done += _tried(waiting, clock=clock)
    return done


def _tried(waiting: Waiting, *, clock: Clock) -> bool:
    said = {"casino": waiting.casino, "line": waiting.line.name}
    try:
        swept = _done(waiting, clock=clock)
    except Exception as met:
        logger.error("sweep failed", **said, subject_id=str(waiting.subject_id), exc_info=met)
        return False
    if swept is None:
        return False
    logger.info("swept", **said, outcome=dict(swept.outcome))
    return True


def _done(waiting: Waiting, *, clock: Clock) -> Swept | None:
    """One thing through the one door; None where somebody else had done it by then."""
    seen: list[Decision] = []

    def answer(cursor: Cursor, done: Done) -> Answer:
        seen.append(done.decision)
        return Answer(status=200, text="")

    line = waiting.line
    perform(
        SystemCredential(casino_id=waiting.casino_id, acts_as="sweep"),
        line.command,
        Asked(path_id=waiting.subject_id, body=line.body(), raw={"line": line.name}),
        clock=clock,
        answer=answer,
    )
    decision = seen[-1]
    if decision.changed_nothing:
        return None
    return Swept(
        casino_id=waiting.casino_id,
        casino=waiting.casino,
        line=line.name,
        outcome=decision.outcome,
    )


def _first_id(at: datetime) -> UUID:
    """The least id (UUIDv7) that a row made at this instant could have."""
    return UUID(int=int(at.timestamp() * 1000) << 80)
