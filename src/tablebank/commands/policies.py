"""Commands of need/par policy (PAR-1..4): append a row, or a proposal by who may not approve."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.chips import parse_chipset, total_cents
from tablebank.domain.dated import in_force
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import ParPolicy, ParProposal
from tablebank.domain.facts import Table
from tablebank.domain.money import checked_cents
from tablebank.domain.par import check_effective_day, may_approve
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode, Chipset, ParSource


@dataclass(frozen=True, kw_only=True, slots=True)
class SetPar:
    """A target for a table, a game type, or the whole casino, from a gaming day on (PAR-1)."""

    effective_from_gaming_day: date
    table_id: UUID | None = None
    game_type: str | None = None
    table_bank_mode: BankMode | None = None
    par_total_cents: int | None = None
    target_chipset: Any = None
    notes: str | None = None
    stability: str | None = None
    pain_points: str | None = None


def _check_par(scene: Scene, body: SetPar) -> SetPar:
    if body.table_id is not None and body.game_type is not None:
        raise _wrong("/game_type", "A row is for a table or for a game type, not for both.")
    if body.table_bank_mode == BankMode.UNKNOWN:
        raise _wrong("/table_bank_mode", "A mode once chosen never returns to UNKNOWN.")
    if body.par_total_cents is not None:
        checked_cents(body.par_total_cents, pointer="/par_total_cents")
    chipset: Chipset | None = None
    if body.target_chipset is not None:
        chips = scene.house.chips_on(body.effective_from_gaming_day)
        chipset = parse_chipset(
            body.target_chipset, chips=chips, pointer="/target_chipset", may_be_empty=False
        )
        if total_cents(chipset, chips=chips) != body.par_total_cents:
            refusal = Refusal.TOTAL_MISMATCH
            message = "The target chips do not add up to the need."
            error = FieldError("/target_chipset", refusal.name, message)
            raise Refused(refusal, {"par_total_cents": body.par_total_cents}, errors=[error])
    if body.table_id is not None:
        scene.must(Table, body.table_id)
    return replace(body, target_chipset=chipset)


def _wrong(pointer: str, message: str) -> Refused:
    refusal = Refusal.SETTING_INVALID
    return Refused(refusal, errors=[FieldError(pointer, refusal.name, message)])


def has_played(
    scene: Scene, *, table_id: UUID | None, game_type: str | None, effective: date
) -> bool:
    """Whether a table that such a row would reach has ever had a session opened (PAR-3).

    A game's row reaches every table that had the game on any day from `effective` on, also one
    where something else is dealt by now (BASE-7). For a day that has begun and tables that never
    played, their rows are locked: nobody opens one of them while the row is written.
    """
    reached = {
        "casino": scene.casino_id,
        "table": table_id,
        "game": game_type,
        "effective": effective,
    }
    rows = scene.cursor.execute(_REACHED, reached).fetchall()
    if effective <= scene.today and not any(played for _, played in rows):
        rows = scene.cursor.execute(
            _LOCKED, {**reached, "ids": [row[0] for row in rows]}
        ).fetchall()
    return any(played for _, played in rows)


_REACHED = """
select t.id, t.last_ordinal > 0
  from gaming_table t
 where t.casino_id = %(casino)s
   and (%(table)s::uuid is null or t.id = %(table)s)
   and (%(game)s::text is null or exists (
       select 1 from (
              select v.game_type, v.effective_from_gaming_day as since,
                     lag(v.id) over dealt is null as is_first,
                     lead(v.effective_from_gaming_day) over dealt as until
                from table_revision v
               where v.casino_id = t.casino_id and v.table_id = t.id
              window dealt as (order by v.effective_from_gaming_day, v.recorded_at, v.id)) had
        where had.game_type = %(game)s
          and (had.until is null or had.until > %(effective)s)
          and (had.until is null or had.is_first or had.until > had.since)))
"""
"""The first revision of a table holds for every earlier day: `par.game_type_on`."""

_LOCKED = """
select id, last_ordinal > 0
  from gaming_table where casino_id = %(casino)s and id = any(%(ids)s) order by id for share
"""


def _set_par(scene: Scene, body: SetPar) -> Decision:
    act = scene.acted()
    check_effective_day(
        effective=body.effective_from_gaming_day,
        today=scene.today,
        any_reached_table_has_played=has_played(
            scene,
            table_id=body.table_id,
            game_type=body.game_type,
            effective=body.effective_from_gaming_day,
        ),
    )
    said: dict[str, Any] = {
        "id": act.new_id(),
        "casino_id": scene.casino_id,
        "table_id": body.table_id,
        "game_type": body.game_type,
        "table_bank_mode": body.table_bank_mode,
        "par_total_cents": body.par_total_cents,
        "target_chipset": body.target_chipset,
        "effective_from_gaming_day": body.effective_from_gaming_day,
        "source": ParSource.MANUAL,
        "recorded_by": act.actor_id,
        "recorded_at": act.recorded_at,
        "notes": body.notes,
        "stability": body.stability,
        "pain_points": body.pain_points,
    }
    if not may_approve(scene.caller.roles):
        proposal = ParProposal(**said, status="PROPOSED")
        return Decision(new=(proposal,), subject_id=proposal.id, outcome={"proposal": True})
    before = replaced_by(
        scene,
        table_id=body.table_id,
        game_type=body.game_type,
        effective=body.effective_from_gaming_day,
    )
    policy = ParPolicy(**said, approved_by=act.actor_id, approved_at=act.now, replaces=before)
    return Decision(new=(policy,), subject_id=policy.id, outcome={"proposal": False})


def replaced_by(
    scene: Scene, *, table_id: UUID | None, game_type: str | None, effective: date
) -> UUID | None:
    """The latest row of the same level and subject that a new one takes over from (PAR-1)."""
    same = scene.all_of(
        ParPolicy,
        "table_id is not distinct from %s and game_type is not distinct from %s"
        " and effective_from_gaming_day <= %s",
        table_id,
        game_type,
        effective,
    )
    last = in_force(same, day=effective)
    return last.id if last else None


SET_PAR = Command(
    name="set_par",
    body=SetPar,
    step="propose_par",
    find=the_casino,
    check=_check_par,
    decide=_set_par,
    creates=True,
)
