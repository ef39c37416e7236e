"""Hold by table and by game, beside what the same held in the year before (RUN-7, STA).

Sum over sum, never a mean of percentages. Estimates are in none of it (BASE-8): every result is a
rundown's, and one that is not known makes the period's hold unknown.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from tablebank.domain.hold import held
from tablebank.domain.table_games import Results, ToDate, added
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.results import codes_of, to_date
from tablebank.store.results import Place

YEAR = timedelta(days=365)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldRow:
    """The hold of a table or a game. `before_…` is of the 365 gaming days before the first."""

    table_code: str | None
    pit: str | None
    game_type: str | None
    results: int
    unknown_results: int
    drop_cents: int | None
    win_cents: int | None
    hold_pct: str | None
    before_results: int
    before_drop_cents: int | None
    before_win_cents: int | None
    before_hold_pct: str | None
    deviation_pct: str | None
    limit_points: int | None
    is_beyond: bool | None
    reasons: tuple[str, ...]
    table_id: UUID | None


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    day_before = asked.first_day - timedelta(days=1)
    now = to_date(view, asked)
    before = to_date(
        view, replace(asked, first_day=asked.first_day - YEAR, last_day=day_before, shift=None)
    )
    codes = codes_of(view, {place.table_id for place in now})
    limit = view.house.settings.hold_limit_points or None
    tables = sorted(now, key=lambda place: (place.pit, codes[place.table_id]))
    games: defaultdict[str, list[Place]] = defaultdict(list)
    for place in {*now, *before}:
        games[place.game_type].append(place)
    return (
        Part(
            name="tables",
            row=HeldRow,
            items=tuple(
                _row(
                    _sum(now, [place]),
                    _sum(before, [place]),
                    limit_points=limit,
                    place=place,
                    code=codes[place.table_id],
                )
                for place in tables
            ),
        ),
        Part(
            name="by_game",
            row=HeldRow,
            items=tuple(
                _row(_sum(now, mine), _sum(before, mine), limit_points=limit, game_type=game)
                for game, mine in sorted(games.items())
            ),
        ),
    )


def _sum(sums: Mapping[Place, ToDate], places: Iterable[Place]) -> Results:
    return added(sums[place].results for place in places if place in sums)


def _row(
    now: Results,
    before: Results,
    *,
    limit_points: int | None,
    place: Place | None = None,
    code: str | None = None,
    game_type: str | None = None,
) -> HeldRow:
    told = held(now=now, before=before, limit_points=limit_points)
    return HeldRow(
        table_code=code,
        pit=place.pit if place else None,
        game_type=place.game_type if place else game_type,
        results=now.results,
        unknown_results=now.unknown,
        drop_cents=now.drop_cents,
        win_cents=now.win_cents,
        hold_pct=told.hold_pct,
        before_results=before.results - before.unknown,
        before_drop_cents=before.known_drop_cents,
        before_win_cents=before.known_win_cents,
        before_hold_pct=told.before_pct,
        deviation_pct=told.deviation_pct,
        limit_points=limit_points,
        is_beyond=told.is_beyond,
        reasons=told.reasons,
        table_id=place.table_id if place else None,
    )


HOLD = Report(
    slug="hold",
    readers=MANAGERS,
    filters=(Filter.TO_DAY, Filter.PIT, Filter.BASELINE),
    parts=_parts,
)
