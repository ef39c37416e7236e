"""Truth and result side by side: what was really won, and what the system answers, to the cent."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from tablebank.simulator.client import Answer, Caller
from tablebank.simulator.clock import Shift
from tablebank.simulator.truth import Ledger, SessionTruth


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The parts of a rundown; None where one is not known, or not known alone."""

    opening_cents: int | None
    closing_cents: int | None
    fills_cents: int | None
    credits_cents: int | None
    drop_cents: int | None
    before_drop_cents: int | None
    win_cents: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One session."""

    table: str
    pit: str
    game: str
    mode: str
    gaming_day: str
    shift: str
    session_id: str
    group_id: str | None
    state: str
    status: str
    truth: Figures
    result: Figures
    """As the system answers it; of a member of a drop group drop and win are None."""
    differences: tuple[str, ...]

    @property
    def matches(self) -> bool:
        """Nothing differs."""
        return not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One drop group: sessions that a box served together."""

    table: str
    pit: str
    group_id: str
    members: tuple[str, ...]
    shifts: tuple[str, ...]
    state: str
    truth: Figures
    result: Figures
    differences: tuple[str, ...]

    @property
    def matches(self) -> bool:
        """Nothing differs."""
        return not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftRow:
    """One shift's summary beside the sum of the truths known without a group."""

    gaming_day: str
    shift: str
    truth_known_cents: int
    known_cents: int | None
    win_cents: int | None
    complete: int
    shared: int
    pending: int
    unknown: int
    differences: tuple[str, ...]

    @property
    def matches(self) -> bool:
        """Nothing differs."""
        return not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run came to."""

    seed: int
    days: int
    tables: tuple[TableRow, ...]
    groups: tuple[GroupRow, ...]
    shifts: tuple[ShiftRow, ...]
    truth_win_cents: int
    result_win_cents: int | None
    open_exceptions: tuple[str, ...]
    left_to_people: tuple[str, ...] = ()
    """Tables at which somebody else acted: not compared, and no shift they stood in."""
    requests: int = 0
    seconds: float = 0.0

    def measured(self, *, requests: int, seconds: float) -> Self:
        """The same, with what it took: requests sent, seconds passed."""
        return replace(self, requests=requests, seconds=seconds)

    @property
    def matches(self) -> bool:
        """Every session, group and shift is right, and an honest night raised nothing."""
        right = (
            *(row.matches for row in self.tables),
            *(row.matches for row in self.groups),
            *(row.matches for row in self.shifts),
        )
        return all(right) and not self.open_exceptions

    def as_json(self) -> dict[str, Any]:
        """The whole outcome as plain values."""
        return {
            "seed": self.seed,
            "days": self.days,
            "tables": [_row(row) for row in self.tables],
            "groups": [_row(row) for row in self.groups],
            "shifts": [_row(row) for row in self.shifts],
            "truth_win_cents": self.truth_win_cents,
            "result_win_cents": self.result_win_cents,
            "open_exceptions": list(self.open_exceptions),
            "left_to_people": list(self.left_to_people),
            "requests": self.requests,
            "seconds": round(self.seconds, 1),
            "matches": self.matches,
        }


def _row(row: TableRow | GroupRow | ShiftRow) -> dict[str, Any]:
    return {**asdict(row), "matches": row.matches}


def compare(
    *,
    reader: Caller,
    ledger: Ledger,
    left_to_people: Sequence[str],
    shifts: Sequence[Shift],
    seed: int,
) -> Outcome:
    """Ask the system for every result and lay it beside the truth. `reader` is of ACCOUNTING."""
    ledger = ledger.without(left_to_people)
    sessions = {}
    for day in sorted({shift.gaming_day.isoformat() for shift in shifts}):
        for row in reader.items("/sessions", gaming_day=day):
            if row.get("table_code") not in left_to_people:
                sessions[row["id"]] = row
    tables: list[TableRow] = []
    groups: list[GroupRow] = []
    results: list[int | None] = []
    for members in ledger.groups():
        shared = len(members) > 1
        group_id = members[0].session_id if shared else None
        for member in members:
            rundown = reader.read(f"/sessions/{member.session_id}/rundown")
            session = sessions.get(member.session_id, {})
            tables.append(_table_row(member, session, rundown, group_id))
        if group_id is None:
            results.append(tables[-1].result.win_cents)
        else:
            groups.append(_group_row(reader, members, group_id))
            results.append(groups[-1].result.win_cents)
    strangers = set(sessions) - {row.session_id for row in tables}
    return Outcome(
        seed=seed,
        days=len({shift.gaming_day for shift in shifts}),
        tables=tuple(tables),
        groups=tuple(groups),
        shifts=tuple(_shift_row(reader, ledger, shift) for shift in shifts if not left_to_people),
        truth_win_cents=sum(session.won_cents for session in ledger.sessions),
        result_win_cents=_sum(results),
        open_exceptions=(
            *(f"session {stranger} is not ours" for stranger in sorted(strangers)),
            *_open_exceptions(reader),
        ),
        left_to_people=tuple(left_to_people),
    )


def _sum(amounts: Sequence[int | None]) -> int | None:
    """The sum, or None if one is unknown (SHIFT-1)."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if len(known) == len(amounts) else None


def _figures(rundown: Answer) -> Figures:
    return Figures(
        opening_cents=rundown["opening_total_cents"],
        closing_cents=rundown["closing_total_cents"],
        fills_cents=rundown["fills_total_cents"],
        credits_cents=rundown["credits_total_cents"],
        drop_cents=rundown["drop_total_cents"],
        before_drop_cents=rundown["before_drop_cents"],
        win_cents=rundown["table_win_cents"],
    )


def _differences(truth: Figures, result: Figures, **told: tuple[object, object]) -> tuple[str, ...]:
    """What differs, in words with both sides."""
    expected, answered = asdict(truth), asdict(result)
    pairs = {name: (expected[name], answered[name]) for name in expected} | told
    return tuple(
        f"{name}: {expected} expected, {answered} answered"
        for name, (expected, answered) in pairs.items()
        if expected != answered
    )


def _table_row(
    truth: SessionTruth, session: Answer, rundown: Answer, group_id: str | None
) -> TableRow:
    shared = group_id is not None
    expected = Figures(
        opening_cents=truth.opening_cents,
        closing_cents=truth.closing_cents,
        fills_cents=truth.fills_cents,
        credits_cents=truth.credits_cents,
        drop_cents=None if shared else truth.dropped_cents,
        before_drop_cents=truth.before_drop_cents,
        win_cents=None if shared else truth.won_cents,
    )
    answered = _figures(rundown)
    state = "shared_drop" if shared else "complete"
    differences = _differences(
        expected,
        answered,
        state=(state, rundown["state"]),
        group_id=(group_id, session.get("group_id")),
        status=("FINALIZED", session.get("status")),
        table_bank_mode=(truth.mode, session.get("table_bank_mode")),
    )
    return TableRow(
        table=truth.table,
        pit=truth.pit,
        game=truth.game,
        mode=truth.mode,
        gaming_day=truth.gaming_day,
        shift=truth.shift,
        session_id=truth.session_id,
        group_id=session.get("group_id"),
        state=rundown["state"],
        status=str(session.get("status")),
        truth=Figures(**{**asdict(expected), "win_cents": truth.won_cents}),
        result=answered,
        differences=differences,
    )


def _group_row(reader: Caller, members: Sequence[SessionTruth], group_id: str) -> GroupRow:
    """A drop group: every term is the sum over its members (BOX-6)."""
    rundown = reader.read(f"/drop-groups/{group_id}/rundown")
    answered = _figures(rundown)
    expected = Figures(
        opening_cents=sum(member.opening_cents for member in members),
        closing_cents=sum(member.closing_cents or 0 for member in members),
        fills_cents=sum(member.fills_cents for member in members),
        credits_cents=sum(member.credits_cents for member in members),
        drop_cents=sum(member.dropped_cents for member in members),
        before_drop_cents=sum(member.before_drop_cents for member in members),
        win_cents=sum(member.won_cents for member in members),
    )
    return GroupRow(
        table=members[0].table,
        pit=members[0].pit,
        group_id=group_id,
        members=tuple(member.session_id for member in members),
        shifts=tuple(member.shift for member in members),
        state=rundown["state"],
        truth=expected,
        result=answered,
        differences=_differences(expected, answered, state=("complete", rundown["state"])),
    )


def _shift_row(reader: Caller, ledger: Ledger, shift: Shift) -> ShiftRow:
    """The shift's summary: known is what no box shares with another shift, else null (SHIFT-1)."""
    totals = reader.read(f"/shifts/{shift.id}/summary")["totals"]
    own = [session for session in ledger.sessions if session.shift_id == shift.id]
    alone = [session for session in own if len(ledger.together(session)) == 1]
    inside = [
        session
        for session in own
        if all(other.shift_id == shift.id for other in ledger.together(session))
    ]
    known = sum(session.won_cents for session in inside)
    pairs = {
        "known_cents": (known, totals["known_cents"]),
        "win_cents": (known if len(inside) == len(own) else None, totals["win_cents"]),
        "complete": (len(alone), totals["complete"]),
        "shared": (len(own) - len(alone), totals["shared"]),
        "pending": (0, totals["pending"]),
        "unknown": (0, totals["unknown"]),
    }
    return ShiftRow(
        gaming_day=shift.gaming_day.isoformat(),
        shift=shift.code,
        truth_known_cents=known,
        known_cents=totals["known_cents"],
        win_cents=totals["win_cents"],
        complete=totals["complete"],
        shared=totals["shared"],
        pending=totals["pending"],
        unknown=totals["unknown"],
        differences=tuple(
            f"{name}: {expected} expected, {answered} answered"
            for name, (expected, answered) in pairs.items()
            if expected != answered
        ),
    )


def _open_exceptions(reader: Caller) -> list[str]:
    return [
        f"{found['kind']} {found.get('subject')}"
        for found in reader.items("/exceptions", status="OPEN")
    ]
