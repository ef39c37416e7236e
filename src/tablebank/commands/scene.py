"""What one command sees while it is carried out: house, caller, subject, and one table's facts.

A scene is filled step by step in the order of checks (docs/interface.md): first who calls, then
what the path names, then who signs, and only then, under the table's lock, the facts. Commands read
it; only `perform` fills it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from tablebank.domain.blind import is_blind
from tablebank.domain.boxes import session_of
from tablebank.domain.credentials import Caller
from tablebank.domain.decisions import Act, Decision, House
from tablebank.domain.duties import Overlap
from tablebank.domain.establishment import ParPolicy, Staff
from tablebank.domain.facts import Box, Finding, Removal, Session, Slip, Table, TableFacts
from tablebank.domain.gaming_day import Shift
from tablebank.domain.gaming_day_state import DayFacts
from tablebank.domain.occurrence import BEGINNING
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.slips.kind import slip_of
from tablebank.store.load import load_many, load_one, of
from tablebank.store.scope import Cursor

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """What a command's path names, and the table and session it belongs to, if any."""

    type: str
    id: UUID | None
    table_id: UUID | None = None
    session_id: UUID | None = None
    also_focus: tuple[UUID, ...] = ()


@dataclass(kw_only=True, slots=True)
class Scene:
    """One command's view. `kept` holds every loaded record by id: the images before the change."""

    cursor: Cursor
    house: House
    caller: Caller
    clock_at: datetime | None
    occurred_at: datetime
    recorded_at: datetime
    target: Target
    path_other: UUID | None = None
    """The second thing that the path names: the box of a count session."""
    path_day: date | None = None
    """The gaming day that the path names instead of a thing."""
    told_when: bool = False
    """Whether the command says itself when it happened."""
    dry_run: bool = False
    """Whether nothing of it will be kept (IDEM-2)."""
    act: Act | None = None
    facts: TableFacts | None = None
    day: DayFacts | None = None
    reach: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    """Further tables that the command concerns, each with its sessions in question."""
    reached: tuple[Table, ...] = ()
    """Those tables and its own, under their locks."""
    decision: Decision | None = None
    overlaps: tuple[Overlap, ...] = ()
    """Who acts in two departments with this, as the casino allows (SIGN-5)."""
    kept: dict[UUID, Any] = field(default_factory=dict)

    @property
    def casino_id(self) -> UUID:
        return self.house.casino.id

    @property
    def now(self) -> datetime:
        """The clock rules compare with: in a simulated casino the command's own (TIME-5)."""
        return self.occurred_at if self.house.casino.simulated else self.recorded_at

    @property
    def today(self) -> date:
        """The gaming day that now lies in; before a simulated casino's clock, the first of all."""
        return self.house.calendar.day_of(BEGINNING if self._unborn else self.now)

    @property
    def there_since(self) -> datetime:
        """From when on a table or chip registered now is there: in a simulated casino, unless it is
        told when, before all play, wherever that will lie (TIME-5)."""
        simulated = self.house.casino.simulated
        return BEGINNING if simulated and not self.told_when else self.occurred_at

    @property
    def _unborn(self) -> bool:
        return self.house.casino.simulated and self.clock_at is None and not self.told_when

    @property
    def local_year(self) -> int:
        """The calendar year on the casino's wall, in which a form is numbered (SLIP-2)."""
        return self.occurred_at.astimezone(ZoneInfo(self.house.casino.timezone)).year

    @property
    def blind(self) -> bool:
        """Whether the caller may count a tray in a house that counts blind (SNAP-4)."""
        return is_blind(self.house, self.caller.roles)

    def acted(self) -> Act:
        if self.act is None:
            raise RuntimeError("the command is not signed yet")
        return self.act

    def decided(self) -> Decision:
        if self.decision is None:
            raise RuntimeError("nothing is decided yet")
        return self.decision

    def on_table(self) -> TableFacts:
        if self.facts is None:
            raise RuntimeError("the command is not about a table")
        return self.facts

    def the_day(self) -> DayFacts:
        if self.day is None:
            raise RuntimeError("the command is not about a gaming day")
        return self.day

    def session(self) -> Session:
        """The session the path names, as it stands under the lock."""
        if self.target.session_id is None:
            raise RuntimeError("the command is not about a session")
        return session_of(self.on_table(), self.target.session_id)

    def shift(self) -> Shift:
        """The shift the path names; it is no row, and follows from the schedule."""
        shift = self.house.calendar.shift_by_id(self.named())
        if shift is None:
            raise RuntimeError("the command is not about a shift")
        return shift

    def slip(self) -> Slip:
        return slip_of(self.on_table(), self.named())

    def removal(self) -> Removal:
        wanted = self.named()
        return next(each for each in self.on_table().removals if each.id == wanted)

    def finding(self) -> Finding:
        wanted = self.named()
        if self.facts is not None:
            for each in self.facts.findings:
                if each.id == wanted:
                    return each
        return self.must(Finding, wanted)

    def named(self) -> UUID:
        """The id of what the path names."""
        if self.target.id is None:
            raise RuntimeError("the path names nothing")
        return self.target.id

    def must(self, record_type: type[R], record_id: UUID) -> R:
        """A record that path or body names; refuses NOT_FOUND, also for next door (TEN-1)."""
        found = load_one(self.cursor, record_type, of(self.casino_id, "id = %s", record_id))
        if found is None:
            raise Refused(Refusal.NOT_FOUND, {"id": str(record_id)})
        self.keep((found,))
        return found

    def must_alone(self, record_type: type[R], record_id: UUID) -> R:
        """Like `must`, under the record's own lock: for what stands behind no table's."""
        which = of(self.casino_id, "id = %s for update", record_id)
        found = load_one(self.cursor, record_type, which)
        if found is None:
            raise Refused(Refusal.NOT_FOUND, {"id": str(record_id)})
        self.keep((found,))
        return found

    def all_of(self, record_type: type[R], where: str = "true", *values: Any) -> tuple[R, ...]:
        found = load_many(self.cursor, record_type, of(self.casino_id, where, *values))
        self.keep(found)
        return found

    def keep(self, records: Iterable[Any]) -> None:
        for record in records:
            self.kept[record.id] = record

    def policies(self) -> tuple[ParPolicy, ...]:
        """The par policies that could reach the command's table at any level (PAR-2)."""
        table = self.on_table().table
        return self.all_of(
            ParPolicy,
            "(table_id = %s or (table_id is null and (game_type is null or game_type = %s)))",
            table.id,
            table.game_type,
        )

    def shift_named(self, shift_id: UUID | None) -> Shift | None:
        """The shift a body names; refuses NOT_FOUND for one that is not the casino's (TIME-3)."""
        if shift_id is None:
            return None
        shift = self.house.calendar.shift_by_id(shift_id)
        if shift is None:
            raise Refused(Refusal.NOT_FOUND, {"shift_id": str(shift_id)})
        return shift

    def shift_now(self) -> Shift:
        """The shift that `occurred_at` falls in, where none is named (TIME-4)."""
        return self.house.calendar.shift_at(self.occurred_at)

    def box_named(self, name: str | None, *, pointer: str) -> Box | None:
        """A box by code or id; an unknown one is wrong content, not a missing page."""
        if name is None:
            return None
        found = self.all_of(Box, "(code = %s or id::text = %s)", name, name)
        if not found:
            error = FieldError(pointer, Refusal.REFERENCE_UNKNOWN.name, f"No box {name!r} here.")
            raise Refused(Refusal.REFERENCE_UNKNOWN, {"box": name}, errors=[error])
        return found[0]

    def box_is_free(self, box: Box) -> bool:
        """On no table, and counted if it was ever taken off one (BOX-3)."""
        row = self.cursor.execute(
            "select not exists (select 1 from box_mount m"
            "   where m.casino_id = %(casino)s and m.box_id = %(box)s and m.taken_off_at is null)"
            " and not exists (select 1 from box_removal r"
            "   where r.casino_id = %(casino)s and r.box_id = %(box)s and not exists ("
            "     select 1 from soft_count c"
            "      where c.casino_id = r.casino_id and c.removal_id = r.id))",
            {"casino": self.casino_id, "box": box.id},
        ).fetchone()
        return bool(row and row[0])

    def box_hangs(self, box: Box) -> bool:
        """Whether the record has the box on some table now (BOX-1)."""
        row = self.cursor.execute(
            "select exists (select 1 from box_mount"
            " where casino_id = %s and box_id = %s and taken_off_at is null)",
            [self.casino_id, box.id],
        ).fetchone()
        return bool(row and row[0])

    def staff_by_badge(self, badges: Iterable[str], *, pointer: str) -> dict[str, Staff]:
        """People by badge; an unknown or inactive one is wrong content."""
        wanted = list(badges)
        found = {
            each.badge: each for each in self.all_of(Staff, "badge = any(%s) and active", wanted)
        }
        errors = [
            FieldError(f"{pointer}/{index}", Refusal.REFERENCE_UNKNOWN.name, "No such badge.")
            for index, badge in enumerate(wanted)
            if badge not in found
        ]
        if errors:
            raise Refused(Refusal.REFERENCE_UNKNOWN, errors=errors)
        return found

    def caller_signed(self, subject_ids: Iterable[UUID], *, but: Iterable[str] = ()) -> bool:
        """Whether the caller signed any of these facts, steps in `but` aside (SIGN-3)."""
        row = self.cursor.execute(
            "select exists (select 1 from signature where casino_id = %s"
            " and subject_id = any(%s) and staff_id = %s and step <> all(%s))",
            [self.casino_id, list(subject_ids), self.caller.staff.id, list(but)],
        ).fetchone()
        return bool(row and row[0])

    def signers_of(self, subject_id: UUID) -> frozenset[UUID]:
        """Who signed a fact."""
        rows = self.cursor.execute(
            "select staff_id from signature where casino_id = %s and subject_id = %s",
            [self.casino_id, subject_id],
        ).fetchall()
        return frozenset(row[0] for row in rows)


def _as_it_is(scene: Scene, body: Any) -> Any:
    return body


def _nothing(scene: Scene, body: Any) -> None:
    return None


def _nowhere(scene: Scene, body: Any) -> Mapping[UUID, frozenset[UUID]]:
    return {}


@dataclass(frozen=True, kw_only=True, slots=True)
class Command:
    """One thing that can be done, as the one door carries it out. One line in a catalogue.

    `find` sees what the path names (404); `check` looks at the content against the casino's own
    lists and resolves what it names (422, 404) and gives the body the decision takes; `reach` names
    tables that it concerns beyond its own; `vet` refuses callers who are involved themselves;
    `decide` is the domain's call. `then` keeps what must not travel in a record: the hashes of
    secrets. `step` is the line of SIGN-3, by name, or by what the path names and the body says
    (None where the body is of no shape). `sealed`: what is asked stands in the journal by its hash
    alone, because nobody outside may read it yet (SOFT-7).
    """

    name: str
    body: type
    step: str | Callable[[Scene, Any], str]
    find: Callable[[Scene, UUID | None], Target]
    decide: Callable[[Scene, Any], Decision]
    check: Callable[[Scene, Any], Any] = _as_it_is
    vet: Callable[[Scene, Any], None] = _nothing
    then: Callable[[Scene, Any], None] = _nothing
    reach: Callable[[Scene, Any], Mapping[UUID, frozenset[UUID]]] = _nowhere
    team: Callable[[Scene, Any], tuple[str, ...]] | None = None
    creates: bool = False
    on_paper: bool = False
    """Whether it is a fact of the floor that may be entered from signed paper (BACK-1)."""
    sealed: bool = False

    def step_for(self, scene: Scene, body: Any) -> str:
        return self.step if isinstance(self.step, str) else self.step(scene, body)


def the_casino(scene: Scene, record_id: UUID | None) -> Target:
    return Target(type="casino", id=scene.casino_id)


def the_table(scene: Scene, record_id: UUID | None) -> Target:
    table = scene.must(Table, _given(record_id))
    return Target(type="table", id=table.id, table_id=table.id)


def the_session(scene: Scene, record_id: UUID | None) -> Target:
    session = scene.must(Session, _given(record_id))
    return Target(type="session", id=session.id, table_id=session.table_id, session_id=session.id)


def the_slip(scene: Scene, record_id: UUID | None) -> Target:
    slip = scene.must(Slip, _given(record_id))
    return Target(
        type="slip",
        id=slip.id,
        table_id=slip.table_id,
        session_id=slip.session_id,
        also_focus=(slip.requested_session_id,),
    )


def the_drop(scene: Scene, record_id: UUID | None) -> Target:
    removal = scene.must(Removal, _given(record_id))
    return Target(
        type="drop", id=removal.id, table_id=removal.table_id, session_id=removal.session_id
    )


def the_finding(scene: Scene, record_id: UUID | None) -> Target:
    finding = scene.must(Finding, _given(record_id))
    if finding.table_id is None:
        finding = scene.must_alone(Finding, finding.id)
    return Target(
        type="exception", id=finding.id, table_id=finding.table_id, session_id=finding.session_id
    )


def the_shift(scene: Scene, record_id: UUID | None) -> Target:
    """Refuses NOT_FOUND any id that is not of a shift of this casino (TIME-3, TEN-1)."""
    shift = scene.shift_named(_given(record_id))
    return Target(type="shift", id=shift.id if shift else None)


def the_person(scene: Scene, record_id: UUID | None) -> Target:
    return Target(type="staff", id=scene.must_alone(Staff, _given(record_id)).id)


def _given(record_id: UUID | None) -> UUID:
    if record_id is None:
        raise RuntimeError("the path names nothing")
    return record_id


def without_secrets(value: Any) -> Any:
    """A body as it may be kept: without PIN and password, wherever it goes (IDEM-1)."""
    secret = {"pin", "current_pin", "password"}
    if isinstance(value, Mapping):
        return {key: without_secrets(each) for key, each in value.items() if key not in secret}
    if isinstance(value, list | tuple):
        return [without_secrets(each) for each in value]
    return value
