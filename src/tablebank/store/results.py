"""Reading what final results came to over some gaming days, by table, pit and game (RUN-7).

Reports and the judging of holds ask the same question here.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from tablebank.domain.table_games import Results, results_from
from tablebank.store.load import statement
from tablebank.store.scope import Cursor


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A table as it was when it was opened: in which pit, with which game (BASE-7)."""

    pit: str
    game_type: str
    table_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Gaming days in a row, both ends inside; of one pit, or of all.

    `counted`: results that rest on a tray attested to be at par are not known (BASE-8). `pending`:
    what was made final before its count, and not amended since, is a result that is not known;
    without it that is left out, for who works it out from its facts.
    """

    first: date
    last: date
    pit: str | None = None
    counted: bool = False
    pending: bool = True


def final_results(cursor: Cursor, casino_id: UUID, period: Period) -> dict[Place, Results]:
    """The sums of the results that are final, where there are any."""
    values = {
        "casino_id": casino_id,
        "first_day": period.first,
        "last_day": period.last,
        "pit": period.pit,
        "counted": period.counted,
        "pending": period.pending,
    }
    return {
        Place(pit, game_type, table_id): results_from(
            results=count, known=known, win_cents=win, drop_cents=drop
        )
        for table_id, pit, game_type, count, known, win, drop in cursor.execute(
            statement("results_to_date"), values
        ).fetchall()
    }


def results_to_come(cursor: Cursor, casino_id: UUID, period: Period) -> dict[UUID, int]:
    """How many sessions of each table were opened on these days and are not final, if some are."""
    rows = cursor.execute(
        "select table_id, count(*)::int from table_session"
        " where casino_id = %s and gaming_day between %s and %s"
        " and phase not in ('READY_TO_OPEN', 'VOIDED', 'FINALIZED') group by table_id",
        [casino_id, period.first, period.last],
    ).fetchall()
    return dict(rows)
