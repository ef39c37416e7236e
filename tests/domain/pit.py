"""One table in memory, and the walk of a command over it.

Every fact comes out of the domain's own decisions: `do` settles the signatures, decides, numbers
the forms, writes the facts down and runs every check, as the door does. What the product never
writes cannot be here. A step takes a minute unless `at(...)` says when.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count as counting_up
from typing import Any, Self
from uuid import UUID

from tablebank.domain.authority import STEPS, acting_role, acts_as
from tablebank.domain.boxes import count_in, group_of, members, mounted
from tablebank.domain.decisions import Act, Decision, FormNeeded, House, after
from tablebank.domain.drops import new_mount
from tablebank.domain.establishment import BankModeRow, ParPolicy
from tablebank.domain.facts import (
    Box,
    Finding,
    Mount,
    Removal,
    Session,
    Slip,
    Snapshot,
    Table,
    TableFacts,
)
from tablebank.domain.findings.catalogue import settled
from tablebank.domain.gaming_day import Shift
from tablebank.domain.rundown import Rundown, group_rundown, rundown_of
from tablebank.domain.settings import Settings
from tablebank.domain.signatures import Signer, settle
from tablebank.domain.slips.kind import slip_of
from tablebank.domain.terms import (
    LIVE,
    BankMode,
    BoxKind,
    FindingStatus,
    Form,
    ParSource,
    TableStatus,
)
from tests.domain.cast import DEE, DREW, PAT, SAM, Person, chips
from tests.domain.founding import (
    CASINO,
    DEFAULT_ROWS,
    FOUNDED_AT,
    FOUNDING_DAY,
    casino,
    instant,
    number,
)

BJ_07 = number(7)


def digest(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@dataclass
class Pit:
    """One table of one casino: its house, its clock, and what was written down."""

    mode: BankMode = BankMode.INVENTORY_COUNT
    par_cents: int | None = None
    target: str | None = None
    settings: Settings = field(default_factory=Settings)
    simulated: bool = False
    box: str | None = "A"
    box_in_play: bool = False

    def __post_init__(self) -> None:
        self._ids = (UUID(int=(1 << 100) + each) for each in counting_up())
        self._rows = (UUID(int=(1 << 90) + each) for each in counting_up())
        self._numbers: dict[Form, int] = {}
        self.clock = instant("2026-03-02 11:00")
        self.recorded_after = timedelta()
        self.modes: list[BankModeRow] = []
        self.policies: list[ParPolicy] = []
        if self.mode != BankMode.UNKNOWN:
            self.choose_mode(self.mode)
        if self.par_cents is not None:
            self.set_par(self.par_cents)
        table = Table(
            id=BJ_07,
            casino_id=CASINO,
            code="BJ-07",
            name="Blackjack 7",
            pit="1",
            game_type="BLACKJACK",
            limits={"min_cents": 1_500, "max_cents": 200_000},
            status=TableStatus.ACTIVE,
            last_ordinal=0,
        )
        self.facts = TableFacts(table=table)
        if self.box is not None:
            box = self.register(self.box)
            act = self.act("mount_box", DREW, DEE)
            mount = new_mount(
                act=act, facts=self.facts, box=box, is_free=True, in_play=self.box_in_play
            )
            self.facts = after(self.facts, (mount,))

    # -- the house -----------------------------------------------------------------------------

    @property
    def house(self) -> House:
        return House(
            casino=replace(casino(), simulated=self.simulated),
            settings=self.settings,
            modes=tuple(self.modes),
            chip_rows=DEFAULT_ROWS,
            schedules=(),
        )

    def choose_mode(self, mode: BankMode) -> None:
        self.mode = mode
        self.modes.append(
            BankModeRow(
                id=next(self._rows),
                casino_id=CASINO,
                table_bank_mode=mode,
                effective_from_gaming_day=FOUNDING_DAY,
                recorded_at=FOUNDED_AT + timedelta(minutes=len(self.modes)),
                recorded_by=None if not self.modes else number(1),
            )
        )

    def set_par(self, cents: int | None) -> None:
        """A par of the whole casino, in force from the founding day on."""
        self.policies.append(
            ParPolicy(
                id=next(self._rows),
                casino_id=CASINO,
                table_id=None,
                game_type=None,
                table_bank_mode=None,
                par_total_cents=cents,
                target_chipset=chips(self.target) if self.target else None,
                effective_from_gaming_day=FOUNDING_DAY,
                source=ParSource.MANUAL,
                recorded_by=PAT.id,
                recorded_at=FOUNDED_AT + timedelta(minutes=len(self.policies)),
                approved_by=PAT.id,
                approved_at=FOUNDED_AT,
            )
        )

    def shift(self, code: str, day: str = "2026-03-02") -> Shift:
        found = self.house.calendar.shift(instant(f"{day} 00:00").date(), code)
        assert found is not None
        return found

    def change_table(self, status: TableStatus, **more: Any) -> None:
        """The table is changed as an ADMIN would: its status, or what else is named."""
        table = replace(self.facts.table, status=status, **more)
        self.facts = replace(self.facts, table=table)

    # -- time, signatures, writing down --------------------------------------------------------

    def at(self, text: str) -> Self:
        """The next step happens then: `15:00` of the first day, in UTC, or a whole instant."""
        self.clock = instant(text if " " in text else f"2026-03-02 {text}") - timedelta(minutes=1)
        return self

    def recorded_late(self, *, minutes: int) -> None:
        """From now on things are written down so long after they happened (TIME-1)."""
        self.recorded_after = timedelta(minutes=minutes)

    def out_of_view(self, session_id: UUID) -> None:
        """Facts are loaded around what a command is about: this session is not among them."""
        self.facts = replace(
            self.facts,
            sessions=tuple(each for each in self.facts.sessions if each.id != session_id),
            snapshots=tuple(each for each in self.facts.snapshots if each.session_id != session_id),
        )

    def forget_findings(self) -> None:
        """As before any check had run."""
        self.facts = replace(self.facts, findings=())

    def act(self, step: str, caller: Person, *others: Person | Signer) -> Act:
        """Who does it, once the step's signatures were found to be in order (SIGN-3)."""
        self.clock += timedelta(minutes=1)
        further = [
            each if isinstance(each, Signer) else each.signing(next(iter(each.roles)))
            for each in others
        ]
        team = [caller.id, *(each.staff_id for each in further)] if STEPS[step].team else []
        role = acting_role(step=STEPS[step], roles=caller.roles, wanted=None)
        signers = settle(
            step=STEPS[step],
            caller=replace(caller.signing(role), roles=acts_as(caller.roles)),
            further=further,
            team=team,
        )
        return Act(
            actor_id=caller.id,
            role=role,
            actor_roles=acts_as(caller.roles),
            occurred_at=self.clock,
            recorded_at=self.clock + self.recorded_after,
            now=self.clock + self.recorded_after,
            signers=signers,
            new_id=lambda: next(self._ids),
            digest=digest,
        )

    def write_down(self, act: Act, decision: Decision) -> Decision:
        """As the door does: number the forms, keep the records, run every check."""
        if not decision.changed_nothing:
            self.facts = after(
                self.facts, self._numbered((*decision.new, *decision.changed), decision.forms)
            )
            self.check(act)
        return decision

    def check(self, act: Act | None = None) -> tuple[Finding, ...]:
        """Run every check now; what is new or changed among the findings (FIND-2)."""
        found = settled(act=act or self.act("prepare", SAM), house=self.house, facts=self.facts)
        self.facts = after(self.facts, found)
        return found

    def sweep(self, at: str) -> tuple[Finding, ...]:
        """What the program finds by itself at an instant (FIND-2)."""
        act = replace(self.at(at).act("prepare", SAM), sweeps=True)
        return self.check(act)

    def _numbered(self, records: Sequence[Any], forms: Iterable[FormNeeded]) -> Sequence[Any]:
        numbered = list(records)
        for need in forms:
            taken = self._numbers[need.form] = self._numbers.get(need.form, 0) + 1
            text = f"{need.form}-2026-{taken:06d}"
            numbered = [
                replace(each, **{need.field: text}) if each.id == need.record_id else each
                for each in numbered
            ]
        return numbered

    def do(
        self,
        decide: Callable[..., Decision],
        step: str,
        caller: Person,
        /,
        *others: Person | Signer,
        **given: Any,
    ) -> Decision:
        """One command from signatures to findings; a refusal leaves the facts as they were."""
        act = self.act(step, caller, *others)
        return self.write_down(act, decide(act=act, **given))

    # -- looking -------------------------------------------------------------------------------

    def session(self, session_id: UUID | None = None) -> Session:
        """The session with this id; else the live one; else the last one there is."""
        if session_id is not None:
            return next(each for each in self.facts.sessions if each.id == session_id)
        live = [each for each in self.facts.sessions if each.phase in LIVE]
        return (live or list(self.facts.sessions))[-1]

    def slip(self, slip_id: UUID) -> Slip:
        return slip_of(self.facts, slip_id)

    def snapshots(self, session_id: UUID | None = None) -> list[Snapshot]:
        wanted = self.session(session_id).id
        return [each for each in self.facts.snapshots if each.session_id == wanted]

    def rundown(self, session_id: UUID | None = None) -> Rundown:
        return rundown_of(self.facts, self.session(session_id))

    def group(self, session_id: UUID | None = None) -> Rundown:
        return group_rundown(self.facts, group_of(self.facts, self.session(session_id)))

    def findings(self, *status: FindingStatus) -> list[str]:
        """The kinds of the findings there are, or of the open ones."""
        wanted = status or (FindingStatus.OPEN,)
        return sorted(each.kind for each in self.facts.findings if each.status in wanted)

    def finding(self, name: str) -> Finding:
        return next(each for each in self.facts.findings if each.kind == name)

    # -- boxes ---------------------------------------------------------------------------------

    def register(self, code: str) -> Box:
        """The box of this code, known from now on."""
        known = [each for each in self.facts.boxes if each.code == code]
        if known:
            return known[0]
        box = Box(
            id=next(self._rows), casino_id=CASINO, code=code, table_id=BJ_07, kind=BoxKind.TABLE
        )
        self.facts = after(self.facts, (box,))
        return box

    def is_free(self, box: Box) -> bool:
        """On no table, and counted if it was ever taken off one (BOX-3)."""
        mine = [mount for mount in self.facts.mounts if mount.box_id == box.id]
        return all(count_in(self.facts, mount) is not None for mount in mine)

    @property
    def mounted(self) -> Mount | None:
        return mounted(self.facts)

    def removal(self, removal_id: UUID) -> Removal:
        return next(each for each in self.facts.removals if each.id == removal_id)

    def last_served(self) -> Session:
        """The live session, else the latest closed one (BOX-2)."""
        everyone = members(self.facts)
        return everyone[-1] if everyone else self.session()
