"""The command that asks for proposals: advice from fills, a median of openings, a restored close.

Nothing it makes is in force: every proposal waits for somebody who may approve it (PAR-4, SUGG-4).
What could not be proposed is said, table by table, with the reason.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from tablebank.commands.scene import Command, Scene, the_casino
from tablebank.domain.decisions import Decision
from tablebank.domain.establishment import ParPolicy, ParProposal
from tablebank.domain.facts import Session, Slip, Snapshot, Table, TableFacts
from tablebank.domain.par import ParInForce, Pars
from tablebank.domain.par_evidence import closings_of, openings_of
from tablebank.domain.par_proposals import PROPOSED, SUPERSEDED
from tablebank.domain.plain import plain
from tablebank.domain.recommendations.advising import SOURCE, Recommendation, recommend
from tablebank.domain.recommendations.evidence import TableEvidence
from tablebank.domain.recommendations.inference import (
    LAST,
    Candidate,
    NoCandidate,
    adopt_from_imprest_close,
    adopt_median_of_imprest_closes,
    infer_from_openings,
)
from tablebank.domain.recommendations.reasons import Reason, sentence
from tablebank.domain.recommendations.replay import ShiftPoint
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.terms import BankMode, ParSource, TableStatus
from tablebank.store.evidence import Stretch, sessions_seen
from tablebank.store.load import hold_house

Kind = Literal["recommend", "infer", "adopt"]
Of = Literal["openings", "closings"]
Finds = Callable[[Table, ParInForce], ParProposal | dict[str, Any]]
"""The proposal for one table, or why there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProposePars:
    """Advice for one table, or for every table that is not decommissioned.

    `recommend` from the fills of the lookback (SUGG), `infer` the median of the last openings, or
    `of` the last closings of a tray restored to par, `adopt` the last of these closings (PAR-7).
    """

    kind: Kind
    table_id: UUID | None = None
    of: Of = "openings"


def _check(scene: Scene, body: ProposePars) -> ProposePars:
    if body.of != "openings" and body.kind != "infer":
        error = FieldError("/of", Refusal.SHAPE.name, "Only a median is of something.")
        raise Refused(Refusal.SHAPE, errors=[error])
    if body.table_id is not None:
        scene.must(Table, body.table_id)
    return body


def _propose(scene: Scene, body: ProposePars) -> Decision:
    """What is proposed, and what is left out with the reason. Refused by name as a whole where
    every table is (PAR-7). Who asks at the same moment waits for the house: of each kind one
    proposal waits for a table.
    """
    hold_house(scene.cursor, scene.casino_id)
    tables = _tables(scene, body)
    find = _advises(scene, tables) if body.kind == "recommend" else _infers(scene, body, tables)
    pars = Pars.of(scene.all_of(ParPolicy), scene.house.modes)
    made: list[ParProposal] = []
    left: list[dict[str, Any]] = []
    refusals: list[Refused] = []
    for table in tables:
        par = pars.on(scene.today, table_id=table.id, game_type=table.game_type)
        try:
            found = find(table, par)
        except Refused as no:
            if body.table_id is not None:
                raise
            refusals.append(no)
            left.append({"table_id": str(table.id), "table_code": table.code, "why": no.code})
            continue
        if isinstance(found, ParProposal):
            made.append(found)
        else:
            left.append({"table_id": str(table.id), "table_code": table.code, **found})
    if tables and len(refusals) == len(tables):
        first = refusals[0]
        raise Refused(first.refusal, {**first.facts, "tables": left}, detail=first.detail)
    return Decision(
        new=tuple(made),
        changed=_superseded(scene, made),
        subject_id=scene.casino_id,
        outcome={"items": [str(each.id) for each in made], "left": left},
        changed_nothing=not made,
    )


def _tables(scene: Scene, body: ProposePars) -> tuple[Table, ...]:
    if body.table_id is not None:
        return scene.all_of(Table, "id = %s", body.table_id)
    return scene.all_of(Table, "status <> %s", str(TableStatus.CLOSED))


def _advises(scene: Scene, tables: Sequence[Table]) -> Finds:
    """Advice from the lookback's sessions of these tables, read in one statement (SUGG)."""
    advice, day = scene.house.settings.advice, scene.today
    first = day - timedelta(days=advice.lookback_days - 1)
    stretches = [Stretch(table.id, first, day) for table in tables]
    seen = sessions_seen(scene.cursor, scene.casino_id, stretches)
    place = {table.id: nth for nth, table in enumerate(tables)}

    def find(table: Table, par: ParInForce) -> ParProposal | dict[str, Any]:
        evidence = TableEvidence(
            table_id=table.id,
            par_total_cents=par.par_total_cents,
            table_bank_mode=par.table_bank_mode,
            sessions=seen[place[table.id]],
        )
        return _recommended(scene, table, recommend(evidence, day=day, advice=advice))

    return find


def _infers(scene: Scene, body: ProposePars, tables: Sequence[Table]) -> Finds:
    """A median of openings, or the last restored close. Refuses NOT_IMPREST by name (PAR-7)."""
    facts = _facts(scene, tables)

    def find(table: Table, par: ParInForce) -> ParProposal | dict[str, Any]:
        candidate = _candidate_of(body, facts[table.id], mode=par.table_bank_mode)
        if isinstance(candidate, NoCandidate):
            return {"why": str(candidate)}
        return _candidate(scene, table, candidate, kind=body.kind)

    return find


def _facts(scene: Scene, tables: Sequence[Table]) -> dict[UUID, TableFacts]:
    """The latest sessions of each table with their counts and slips: three statements."""
    sessions = scene.all_of(
        Session,
        "table_id = any(%s) and ordinal > (select t.last_ordinal - %s from gaming_table t"
        " where t.casino_id = kept.casino_id and t.id = kept.table_id)",
        [table.id for table in tables],
        3 * LAST,
    )
    asked = [session.id for session in sessions]
    snapshots = _by_table(scene.all_of(Snapshot, "session_id = any(%s)", asked))
    slips = _by_table(scene.all_of(Slip, "session_id = any(%s)", asked))
    by_table = _by_table(sessions)
    return {
        table.id: TableFacts(
            table=table,
            sessions=tuple(by_table[table.id]),
            snapshots=tuple(snapshots[table.id]),
            slips=tuple(slips[table.id]),
        )
        for table in tables
    }


def _by_table(records: Iterable[Any]) -> defaultdict[UUID, list[Any]]:
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for each in records:
        found[each.table_id].append(each)
    return found


def _candidate_of(
    body: ProposePars, facts: TableFacts, *, mode: BankMode
) -> Candidate | NoCandidate:
    if body.kind == "adopt":
        return adopt_from_imprest_close(closings_of(facts), mode=mode)
    if body.of == "closings":
        return adopt_median_of_imprest_closes(closings_of(facts), mode=mode)
    return infer_from_openings(openings_of(facts))


def _recommended(
    scene: Scene, table: Table, advised: Recommendation
) -> ParProposal | dict[str, Any]:
    said = _said(advised.reasons)
    if advised.proposed_par_total_cents is None:
        return {"why": str(advised.kind), "reasons": said}
    return _proposal(
        scene,
        table,
        kind="recommend",
        cents=advised.proposed_par_total_cents,
        source=SOURCE,
        evidence={**plain(advised), "shifts": _columns(advised.shifts), "sentences": said},
    )


def _columns(points: Sequence[ShiftPoint]) -> dict[str, list[Any]]:
    """The chart as columns, shift by shift in each: a run for a whole house stays readable."""
    return {
        each.name: [plain(getattr(point, each.name)) for point in points]
        for each in fields(ShiftPoint)
    }


def _candidate(scene: Scene, table: Table, found: Candidate, *, kind: Kind) -> ParProposal:
    said = _said((*found.reasons, *found.weaknesses))
    return _proposal(
        scene,
        table,
        kind=kind,
        cents=found.par_total_cents,
        source=found.source,
        evidence={**plain(found), "sentences": said},
    )


def _said(reasons: Iterable[Reason]) -> list[str]:
    return [sentence(reason) for reason in reasons]


def _proposal(
    scene: Scene,
    table: Table,
    *,
    kind: Kind,
    cents: int,
    source: ParSource,
    evidence: dict[str, Any],
) -> ParProposal:
    act = scene.acted()
    return ParProposal(
        id=act.new_id(),
        casino_id=scene.casino_id,
        table_id=table.id,
        game_type=None,
        table_bank_mode=None,
        par_total_cents=cents,
        target_chipset=None,
        effective_from_gaming_day=scene.today + timedelta(days=1),
        source=source,
        status=PROPOSED,
        recorded_by=act.actor_id,
        recorded_at=act.recorded_at,
        kind=kind,
        evidence=evidence,
    )


def _superseded(scene: Scene, made: Sequence[ParProposal]) -> tuple[ParProposal, ...]:
    """Advice of the same kind for the same table that nobody has decided: the new one stands."""
    if not made:
        return ()
    before = scene.all_of(
        ParProposal,
        "table_id = any(%s) and status = %s and kind = %s for update",
        [each.table_id for each in made],
        PROPOSED,
        made[0].kind,
    )
    return tuple(replace(each, status=SUPERSEDED) for each in before)


PROPOSE_PARS = Command(
    name="propose_pars",
    body=ProposePars,
    step="propose_par",
    find=the_casino,
    check=_check,
    decide=_propose,
    creates=True,
)
