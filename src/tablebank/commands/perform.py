"""The one door: every change of every casino goes through `perform`, in one order, in one
transaction.

Scope → who calls → the key → what the path names → may they → what they ask → who signs → the
table's lock and facts → the decision → rows → findings → one journal entry under the casino's chain
lock → the answer → commit. A refusal anywhere leaves nothing behind (SESS-6); a dry run walks the
whole way and then leaves nothing behind either (IDEM-2).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

import uuid_utils.compat
from psycopg.errors import UniqueViolation

from tablebank.commands.back_entry import as_entered, check_paper, line_of
from tablebank.commands.closed_days import check_day_open
from tablebank.commands.duties import overlaps_in, overlaps_to_raise
from tablebank.commands.journalling import said_in_journal, write_down
from tablebank.commands.keys import Kept, claim, fingerprint, keep
from tablebank.commands.lockout import note_wrong_pin
from tablebank.commands.reaching import lock_reach, settled_in_reach
from tablebank.commands.scene import Command, Scene, Target
from tablebank.commands.signing import SignatureGiven, WrongPin, signers_of
from tablebank.domain.authority import STEPS, Step, acting_role, acts_as
from tablebank.domain.credentials import Credential
from tablebank.domain.decisions import Act, Decision, after
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.occurrence import (
    check_not_before,
    instant_by_default,
    settle_occurred_at,
)
from tablebank.domain.papers import Paper
from tablebank.domain.profiles.kind import step_under
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.signatures import Signer, settle
from tablebank.domain.terms import Role
from tablebank.store.load import load_caller, load_house, load_table_facts, lock_table
from tablebank.store.save import digest, insert, numbered, update
from tablebank.store.scope import Cursor, casino_scope, worth_retrying

ATTEMPTS = 3
"""How often a command is tried when it met another one; then TRY_AGAIN."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What came in through a face: the body decoded, or the refusal that decoding it gave.

    `raw` is the body as it came, for the key's fingerprint and the journal (secrets are taken out
    before either).
    """

    path_id: UUID | None = None
    path_other: UUID | None = None
    path_day: date | None = None
    body: Any = None
    misshapen: Refused | None = None
    raw: Any = None
    occurred_at: datetime | None = None
    signatures: tuple[SignatureGiven, ...] = ()
    acting_role: Role | None = None
    remark: str | None = None
    key: str | None = None
    dry_run: bool = False
    paper: Paper | None = None
    """The signed paper that it is entered from, if it is (BACK-1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """What was done, for the face to answer with, inside the same transaction."""

    target: Target
    decision: Decision
    findings: tuple[Finding, ...]
    scene: Scene


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """Status and body as they went out; `kept` is what a replay shows if that is not the same."""

    status: int
    text: str
    kept: str | None = None
    replayed: bool = False


Answering = Callable[[Cursor, Done], Answer]


class _DryRun(Exception):
    """Carries a dry run's answer out of the transaction that is rolled back."""

    def __init__(self, answer: Answer) -> None:
        super().__init__("dry run")
        self.answer = answer


def perform(
    credential: Credential,
    command: Command,
    asked: Asked,
    *,
    clock: Callable[[], datetime],
    answer: Answering,
) -> Answer:
    """Carry out one command and answer it, or raise `Refused`; the only door for writes.

    `clock` is the server's, read under the lock, so that what is recorded later says so.
    """
    for _ in range(ATTEMPTS):
        try:
            with casino_scope(credential.casino_id) as cursor:
                return _carried_out(cursor, credential, command, asked, clock=clock, answer=answer)
        except _DryRun as dry:
            return dry.answer
        except WrongPin as wrong:
            note_wrong_pin(wrong, command=command.name, clock=clock)
            raise
        except Exception as met:
            if not _may_try_again(met):
                raise
    raise Refused(Refusal.TRY_AGAIN)


def outcome_of(
    credential: Credential, command: Command, asked: Asked, *, clock: Callable[[], datetime]
) -> Mapping[str, Any]:
    """Carry out one command for its outcome alone, which is what its key keeps (IDEM-1)."""

    def answer(cursor: Cursor, done: Done) -> Answer:
        return Answer(status=200, text=json.dumps(dict(done.decision.outcome)))

    outcome: Mapping[str, Any] = json.loads(
        perform(credential, command, asked, clock=clock, answer=answer).text
    )
    return outcome


def _may_try_again(met: Exception) -> bool:
    """Lost races; a unique row that another command wrote meanwhile is seen by the next attempt."""
    return worth_retrying(met) or any(
        isinstance(each, UniqueViolation) for each in (met, met.__cause__)
    )


def _carried_out(
    cursor: Cursor,
    credential: Credential,
    command: Command,
    asked: Asked,
    *,
    clock: Callable[[], datetime],
    answer: Answering,
) -> Answer:
    scene = _entered(cursor, credential, command, asked, clock=clock)
    role = _may_call(scene, command, asked)
    if asked.misshapen is not None:
        raise asked.misshapen
    check_paper(command, paper=asked.paper)
    said = {"command": command.name, "path": str(asked.path_id or asked.path_day)}
    if asked.path_other:
        said["other"] = str(asked.path_other)
    earlier = claim(scene, asked.key, fingerprint({**said, "body": asked.raw}))
    if earlier is not None:
        return Answer(status=earlier.status, text=earlier.text, replayed=True)
    scene.occurred_at = settle_occurred_at(
        claimed=asked.occurred_at,
        recorded_at=scene.recorded_at,
        simulated=scene.house.casino.simulated,
        clock_at=scene.clock_at,
    )
    body = command.check(scene, asked.body)
    signers = _signed(scene, command, asked, role)
    lock_reach(scene, command.reach(scene, body))
    _loaded(scene)
    command.vet(scene, body)
    scene.recorded_at = clock()
    if not scene.told_when and not scene.house.casino.simulated:
        scene.occurred_at = instant_by_default(scene.facts, at=scene.recorded_at)
    scene.dry_run = asked.dry_run
    sweeps = command.step == "sweep"
    scene.act = replace(_act(scene, role, signers), paper=asked.paper, sweeps=sweeps)
    scene.decision = as_entered(scene, command.decide(scene, body))
    scene.overlaps = overlaps_in(scene, signers)
    _check_prepared_before(scene)
    check_day_open(scene, scene.decision)
    done = _kept(scene, command, asked, scene.decision)
    command.then(scene, body)
    given = answer(cursor, done)
    if asked.dry_run:
        raise _DryRun(given)
    keep(scene, asked.key, Kept(status=given.status, text=given.kept or given.text))
    return given


def _entered(
    cursor: Cursor,
    credential: Credential,
    command: Command,
    asked: Asked,
    *,
    clock: Callable[[], datetime],
) -> Scene:
    """Who calls, and what the path names: 401 before 404."""
    at = clock()
    known = load_house(cursor, credential.casino_id)
    scene = Scene(
        cursor=cursor,
        house=known.house,
        caller=load_caller(cursor, credential, at=at),
        clock_at=known.clock_at,
        occurred_at=at,
        recorded_at=at,
        target=Target(type="casino", id=credential.casino_id),
        path_other=asked.path_other,
        path_day=asked.path_day,
        told_when=asked.occurred_at is not None,
    )
    scene.target = command.find(scene, asked.path_id)
    return scene


def _may_call(scene: Scene, command: Command, asked: Asked) -> Role:
    """The role in which the caller acts (403)."""
    step = _step(scene, command, asked)
    return acting_role(step=step, roles=scene.caller.roles, wanted=asked.acting_role)


def _step(scene: Scene, command: Command, asked: Asked) -> Step:
    return line_of(STEPS[command.step_for(scene, asked.body)], command, paper=asked.paper)


def _signed(scene: Scene, command: Command, asked: Asked, role: Role) -> tuple[Signer, ...]:
    """Everyone who signs this step, PINs proved (423, 422)."""
    further = signers_of(
        scene.cursor,
        asked.signatures,
        casino_id=scene.casino_id,
        device=scene.caller.device,
        at=scene.recorded_at,
    )
    caller = Signer(
        staff_id=scene.caller.staff.id,
        role=role,
        method=scene.caller.method,
        roles=acts_as(scene.caller.staff.roles),
    )
    badges = command.team(scene, asked.body) if command.team else ()
    team = scene.staff_by_badge(badges, pointer="/team") if badges else {}
    profile = scene.house.profile_on(scene.house.calendar.day_of(scene.occurred_at))
    return settle(
        step=step_under(profile, _step(scene, command, asked)),
        caller=caller,
        further=further,
        team=[each.id for each in team.values()],
        team_minimum=profile.team_minimum.value,
    )


def _loaded(scene: Scene) -> None:
    """The table's lock, then its facts under it: every write path of a session comes by here."""
    if scene.target.table_id is None:
        return
    table = lock_table(scene.cursor, scene.casino_id, scene.target.table_id)
    if table is None:
        raise Refused(Refusal.NOT_FOUND, {"id": str(scene.target.table_id)})
    focus = [*scene.target.also_focus, *scene.reach.get(table.id, ())]
    if scene.target.session_id is not None:
        focus.append(_session_now(scene))
    scene.facts = load_table_facts(scene.cursor, table, focus=focus)
    scene.keep((table,))
    for place in _places(scene.facts):
        scene.keep(place)


def _check_prepared_before(scene: Scene) -> None:
    """Nothing is told of a session that happened before it was prepared, but from paper: what that
    tells may be older than the session is here (TIME-1, BACK-1)."""
    from_paper = scene.acted().paper is not None
    if from_paper or not scene.told_when or scene.facts is None:
        return
    if scene.target.session_id is not None:
        earliest = scene.session().prepared_at
        check_not_before(scene.occurred_at, earliest=earliest, what="the preparation")


def _session_now(scene: Scene) -> UUID:
    """The session in question under the lock: a slip may have gone along with a roll-over since."""
    session_id = scene.target.session_id
    if scene.target.type == "slip":
        row = scene.cursor.execute(
            "select session_id from slip where casino_id = %s and id = %s",
            [scene.casino_id, scene.target.id],
        ).fetchone()
        session_id = row[0] if row else session_id
    if session_id is None:
        raise RuntimeError("the command is not about a session")
    return session_id


def _places(facts: TableFacts) -> Iterator[tuple[Any, ...]]:
    for name in facts.__slots__:
        place = getattr(facts, name)
        if isinstance(place, tuple):
            yield place


def _act(scene: Scene, role: Role, signers: tuple[Signer, ...]) -> Act:
    return Act(
        actor_id=scene.caller.staff.id,
        role=role,
        actor_roles=acts_as(scene.caller.staff.roles),
        occurred_at=scene.occurred_at,
        recorded_at=scene.recorded_at,
        now=scene.now,
        signers=signers,
        new_id=uuid_utils.compat.uuid7,
        digest=digest,
        is_tried=scene.dry_run,
    )


def _kept(scene: Scene, command: Command, asked: Asked, decision: Decision) -> Done:
    """Write down what was decided, what it raises or clears, and the entry that says so."""
    if decision.changed_nothing:
        return Done(target=scene.target, decision=decision, findings=(), scene=scene)
    everything = numbered(
        scene.cursor,
        scene.casino_id,
        forms=decision.forms,
        records=(*decision.new, *decision.changed),
        year=scene.local_year,
    )
    new, changed = everything[: len(decision.new)], everything[len(decision.new) :]
    for record in changed:
        update(scene.cursor, before=scene.kept[record.id], now=record)
    insert(scene.cursor, new)
    scene.keep(new)
    findings = decision.findings
    if scene.reach:
        findings = (*findings, *settled_in_reach(scene))
    elif scene.facts is not None:
        scene.facts = after(scene.facts, everything)
        seen = settled(act=scene.acted(), house=scene.house, facts=scene.facts)
        findings = (*findings, *seen)
        scene.facts = after(scene.facts, findings)
    if scene.overlaps:
        findings = (*findings, *overlaps_to_raise(scene))
    write_down(
        scene,
        command_name=command.name,
        step=command.step_for(scene, asked.body),
        decision=decision,
        new=new,
        changed=changed,
        findings=findings,
        said=said_in_journal(command, {"body": asked.raw, "remark": asked.remark}),
        clock_moves=scene.told_when,
    )
    return Done(target=scene.target, decision=decision, findings=findings, scene=scene)
