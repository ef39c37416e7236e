"""Bootstrapped baselines in use: where a figure rests on a target and not on a count (BASE-1 C).

Of each shift asked for, the tables whose window begins with their target; and the sessions whose
opening was attested to be at par and not counted (SNAP-2). Neither enters official statistics.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tablebank.domain.terms import Role
from tablebank.domain.windows.asked import OpeningSource, Window
from tablebank.queries.asking import records
from tablebank.queries.doors import View
from tablebank.queries.reports.kind import MANAGERS, Asked, Filter, Part, Report
from tablebank.queries.reports.which import values_of
from tablebank.queries.windows import WindowRow, window_rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Bootstrapped:
    """A window that begins with a target; `par_cents` is that target, never a count."""

    gaming_day: date
    shift_code: str
    pit: str
    table_code: str
    table_bank_mode: str | None
    par_cents: int | None
    par_set_at: datetime | None
    par_set_by: str | None
    reasons: tuple[str, ...]
    table_id: UUID


@dataclass(frozen=True, kw_only=True, slots=True)
class Attested:
    """An opening that was attested to be at par, by whom and when."""

    gaming_day: date
    shift_code: str
    pit: str | None
    table_code: str | None
    par_cents: int
    attested_at: datetime
    attested_by: tuple[str, ...]
    session_id: UUID


def _parts(view: View, asked: Asked) -> tuple[Part, ...]:
    found = tuple(_bootstrapped(view, asked))
    attested = records(view.cursor, Attested, _ATTESTED, values=values_of(view, asked))
    return (
        Part(name="windows", row=Bootstrapped, items=found),
        Part(name="attested", row=Attested, items=attested),
    )


def _bootstrapped(view: View, asked: Asked) -> list[Bootstrapped]:
    shifts = [asked.shift] if asked.shift else view.house.calendar.shifts_of(asked.first_day)
    found: list[tuple[str, WindowRow]] = []
    for shift in shifts:
        if shift.starts_at > view.now:
            continue
        window = Window(start=shift.starts_at, end=shift.ends_at, shift_id=shift.id)
        rows = window_rows(view.cursor, view.house, window, blind=view.blind)
        found += [(shift.code, each) for each in rows if _rests_on_par(each, asked)]
    setters = {each.answer.par.approved_by for _, each in found} - {None}
    names: dict[UUID, str] = dict(
        view.cursor.execute(
            "select id, badge || ' ' || name from staff where casino_id = %s and id = any(%s)",
            [view.casino_id, list(setters)],
        ).fetchall()
    )
    return [_row(asked, code, each, names) for code, each in found]


def _rests_on_par(row: WindowRow, asked: Asked) -> bool:
    return row.answer.opening_source is OpeningSource.PAR_TARGET and asked.has_pit(row.table.pit)


def _row(asked: Asked, code: str, row: WindowRow, names: dict[UUID, str]) -> Bootstrapped:
    par = row.answer.par
    return Bootstrapped(
        gaming_day=asked.first_day,
        shift_code=code,
        pit=row.table.pit,
        table_code=row.table.code,
        table_bank_mode=str(par.table_bank_mode) if par.table_bank_mode else None,
        par_cents=par.par_total_cents,
        par_set_at=par.approved_at,
        par_set_by=names.get(par.approved_by) if par.approved_by else None,
        reasons=row.answer.reasons,
        table_id=row.table.id,
    )


_ATTESTED = """
select s.gaming_day, s.shift_code, s.pit, s.table_code, shot.total_cents as par_cents,
       shot.occurred_at as attested_at, coalesce(who.names, '{}') as attested_by,
       s.id as session_id
  from table_session s
  join tray_snapshot shot on shot.casino_id = s.casino_id and shot.session_id = s.id
       and shot.basis = 'PAR_ATTESTED'
  left join lateral (
       select array_agg(staff.badge || ' ' || staff.name order by staff.badge) as names
         from signature join staff on staff.casino_id = signature.casino_id
              and staff.id = signature.staff_id
        where signature.casino_id = s.casino_id and signature.subject_id = shot.id) who on true
 where s.casino_id = %(casino_id)s and s.id = any(%(sessions)s) and s.phase <> 'VOIDED'
   and not exists (select from tray_snapshot later
                    where later.casino_id = s.casino_id and later.supersedes = shot.id)
 order by s.gaming_day, s.pit, s.table_code, shot.occurred_at
"""

BOOTSTRAPPED_BASELINES = Report(
    slug="bootstrapped-baselines",
    readers=MANAGERS | {Role.SUPERVISOR},
    filters=(Filter.SHIFT, Filter.PIT),
    parts=_parts,
)
