"""The rundown: what a table won or lost, and why it is not known where it is not (RUN).

`table_win = closing + credits + counted_drop − opening − fills`, in both bank modes, from the
session's own facts by id. There is one function for it, and no other place adds these five up. Each
term is a number of cents or None with a reason; a result over an unknown is unknown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from uuid import UUID

from tablebank.domain.boxes import DropKnown, drop_known, group_of
from tablebank.domain.facts import Session, Slip, Snapshot, TableFacts
from tablebank.domain.money import sum_known
from tablebank.domain.terms import CLOSED_PHASES, Basis, Phase, SlipKind, SlipStatus, SnapshotKind

IN_FLIGHT = frozenset({SlipStatus.REQUESTED, SlipStatus.ISSUED, SlipStatus.PICKED_UP})
"""A slip in one of these is neither in nor out (SLIP-6)."""

VERIFIED = frozenset(
    {SlipStatus.VERIFIED_AT_TABLE, SlipStatus.VERIFIED_AT_CAGE, SlipStatus.DEPOSITED_IN_DROPBOX}
)

STATES = (
    "voided",
    "provisional",
    "missing_opening",
    "missing_closing",
    "pending_slips",
    "shared_drop",
    "unknown_drop",
    "pending_count",
    "complete",
)
"""A rundown's states; the first that applies is the one shown (RUN-2)."""


def before_drop(
    *,
    opening_cents: int | None,
    closing_cents: int | None,
    fills_cents: int | None,
    credits_cents: int | None,
) -> int | None:
    """`closing + credits − opening − fills`: the tray's change, not a result (RUN-2)."""
    if opening_cents is None or closing_cents is None:
        return None
    if fills_cents is None or credits_cents is None:
        return None
    return closing_cents + credits_cents - opening_cents - fills_cents


def table_win(*, before_drop_cents: int | None, drop_cents: int | None) -> int | None:
    """The result: the tray's change plus the counted drop; None unless both are known (RUN-1)."""
    if before_drop_cents is None or drop_cents is None:
        return None
    return before_drop_cents + drop_cents


def hold_pct(*, win_cents: int | None, drop_cents: int | None) -> str | None:
    """Win over drop, a decimal string with two places; None when the drop is unknown or 0 (RUN-7).

    For a period give the sums: it is sum over sum, never a mean of percentages.
    """
    if win_cents is None or not drop_cents:
        return None
    pct = Decimal(win_cents) * 100 / Decimal(drop_cents)
    return str(pct.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True, kw_only=True, slots=True)
class Inputs:
    """The facts a rundown was made from, by id (RUN-1)."""

    snapshots: tuple[UUID, ...]
    slips: tuple[UUID, ...]
    counts: tuple[UUID, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Rundown:
    """The rundown of one session or drop group: five terms, the result, and the reasons."""

    session_id: UUID
    group_id: UUID | None
    state: str
    reasons: tuple[str, ...]
    opening_total_cents: int | None
    opening_source: str | None
    closing_total_cents: int | None
    fills_total_cents: int | None
    credits_total_cents: int | None
    drop_total_cents: int | None
    table_win_cents: int | None
    before_drop_cents: int | None
    need_total_cents: int | None
    variance_from_par_cents: int | None
    hold_pct: str | None
    inputs: Inputs
    members: tuple["Rundown", ...] = ()


def effective_snapshot(facts: TableFacts, session_id: UUID, kind: SnapshotKind) -> Snapshot | None:
    """The session's snapshot of a kind that no other supersedes (SNAP-1)."""
    superseded = {snapshot.supersedes for snapshot in facts.snapshots}
    standing = [
        snapshot
        for snapshot in facts.snapshots
        if snapshot.session_id == session_id
        and snapshot.kind == kind
        and snapshot.id not in superseded
    ]
    return max(standing, key=lambda each: (each.occurred_at, each.recorded_at), default=None)


def slips_of(facts: TableFacts, session_id: UUID) -> tuple[Slip, ...]:
    """The slips whose rundown this session is (SLIP-12)."""
    return tuple(slip for slip in facts.slips if slip.session_id == session_id)


def tray_recorded_at(facts: TableFacts, slip: Slip) -> datetime | None:
    """When the slip's tray instant was recorded: it breaks ties (SLIP-12)."""
    reached = {SlipStatus.VERIFIED_AT_TABLE, SlipStatus.PICKED_UP}
    return next(
        (
            step.recorded_at
            for step in facts.steps
            if step.slip_id == slip.id and step.status in reached
        ),
        None,
    )


def touches_after(facts: TableFacts, slip: Slip, snapshot: Snapshot) -> bool:
    """Whether the slip touched the tray after the count: by tray instant, ties as recorded."""
    if slip.tray_instant is None or slip.status in (SlipStatus.VOIDED, SlipStatus.CANCELLED):
        return False
    return _is_after(snapshot, slip.tray_instant, recorded_at=tray_recorded_at(facts, slip))


def returned_after(facts: TableFacts, slip: Slip, snapshot: Snapshot) -> bool:
    """Whether a credit that was out at the count was voided after it (SLIP-6, SLIP-12).

    Its chips were not in the tray then and are in no slip now: the count no longer says what the
    table has.
    """
    if slip.status != SlipStatus.VOIDED or slip.tray_instant is None:
        return False
    if _is_after(snapshot, slip.tray_instant, recorded_at=tray_recorded_at(facts, slip)):
        return False
    return any(
        _is_after(snapshot, step.occurred_at, recorded_at=step.recorded_at)
        for step in facts.steps
        if step.slip_id == slip.id and step.status == SlipStatus.VOIDED
    )


def _is_after(snapshot: Snapshot, instant: datetime, *, recorded_at: datetime | None) -> bool:
    if instant != snapshot.occurred_at:
        return instant > snapshot.occurred_at
    return recorded_at is not None and recorded_at > snapshot.recorded_at


def standing_closing(facts: TableFacts, session_id: UUID) -> Snapshot | None:
    """The closing count, unless chips moved after it: a stale count is not a closing (SLIP-6).

    Taken as it stands it would leave those chips out of the tray and in the slips: a wrong result
    is worse than an unknown one.
    """
    closing = effective_snapshot(facts, session_id, SnapshotKind.CLOSING)
    if closing is None or is_stale(facts, closing):
        return None
    return closing


def is_stale(facts: TableFacts, closing: Snapshot) -> bool:
    """Whether chips of the session's slips moved after this closing count (SLIP-6)."""
    if closing.session_id is None:
        return False
    return any(
        touches_after(facts, slip, closing) or returned_after(facts, slip, closing)
        for slip in slips_of(facts, closing.session_id)
    )


def last_count(facts: TableFacts, session_id: UUID) -> Snapshot | None:
    """The session's latest count of any kind that no other supersedes (SNAP-1)."""
    superseded = {snapshot.supersedes for snapshot in facts.snapshots}
    mine = [
        snapshot
        for snapshot in facts.snapshots
        if snapshot.session_id == session_id and snapshot.id not in superseded
    ]
    return max(mine, key=lambda each: (each.occurred_at, each.recorded_at), default=None)


def expected_tray(facts: TableFacts, session: Session) -> int | None:
    """Last snapshot, plus fills, minus credits after it (SNAP-3): an estimate that ignores play."""
    last = last_count(facts, session.id)
    if last is None:
        return None
    moved = sum(
        slip.bank_effect_cents
        for slip in slips_of(facts, session.id)
        if touches_after(facts, slip, last)
    )
    returned = sum(
        slip.bank_effect_cents
        for slip in slips_of(facts, session.id)
        if returned_after(facts, slip, last)
    )
    return last.total_cents + moved - returned


@dataclass(frozen=True, kw_only=True, slots=True)
class _Moved:
    """One of the two slip terms: what was verified, whether anything is still on the way."""

    cents: int | None
    in_flight: bool


def _moved(slips: Iterable[Slip], kind: SlipKind, *, closed: bool) -> _Moved:
    mine = [slip for slip in slips if slip.kind == kind]
    in_flight = any(slip.status in IN_FLIGHT for slip in mine)
    verified = sum(slip.total_cents for slip in mine if slip.status in VERIFIED)
    return _Moved(cents=None if closed and in_flight else verified, in_flight=in_flight)


def rundown_of(facts: TableFacts, session: Session) -> Rundown:
    """The rundown of one session from its own facts (RUN-1, RUN-2).

    A member of a drop group has no drop, win or hold of its own (`DROP_SHARED`): the group has.
    """
    group = group_of(facts, session)
    shared = len(group) > 1
    opening = effective_snapshot(facts, session.id, SnapshotKind.OPENING)
    closing = standing_closing(facts, session.id)
    closed = session.phase in CLOSED_PHASES
    slips = slips_of(facts, session.id)
    fills = _moved(slips, SlipKind.FILL, closed=closed)
    credited = _moved(slips, SlipKind.CREDIT, closed=closed)
    drop = _drop_of(facts, session, shared=shared)
    change = before_drop(
        opening_cents=opening.total_cents if opening else None,
        closing_cents=closing.total_cents if closing else None,
        fills_cents=fills.cents,
        credits_cents=credited.cents,
    )
    win = table_win(before_drop_cents=change, drop_cents=drop.total_cents) if closed else None
    need = session.need_total_cents
    conditions = {
        "voided": session.phase == Phase.VOIDED,
        "provisional": not closed,
        "missing_opening": opening is None,
        "missing_closing": closing is None,
        "pending_slips": fills.in_flight or credited.in_flight,
        "shared_drop": shared,
        "unknown_drop": "BOX_OLDER_THAN_OPENER" in drop.reasons,
        "pending_count": drop.total_cents is None,
    }
    entering = [slip for slip in slips if slip.status in VERIFIED]
    return Rundown(
        session_id=session.id,
        group_id=group[0].id if shared else None,
        state=first_state(conditions),
        reasons=(*_reasons(conditions, drop), *_adopted(closing)),
        opening_total_cents=opening.total_cents if opening else None,
        opening_source=str(opening.basis) if opening else None,
        closing_total_cents=closing.total_cents if closing else None,
        fills_total_cents=fills.cents,
        credits_total_cents=credited.cents,
        drop_total_cents=drop.total_cents,
        table_win_cents=win,
        before_drop_cents=change,
        need_total_cents=need,
        variance_from_par_cents=(
            closing.total_cents - need if closing and need is not None else None
        ),
        hold_pct=hold_pct(win_cents=win, drop_cents=drop.total_cents),
        inputs=Inputs(
            snapshots=tuple(each.id for each in (opening, closing) if each),
            slips=tuple(slip.id for slip in entering),
            counts=tuple(count.id for count in drop.counts),
        ),
    )


def _adopted(closing: Snapshot | None) -> tuple[str, ...]:
    """A closing that was adopted is named wherever its result is told (BACK-2)."""
    adopted = closing is not None and closing.basis == Basis.ADOPTED_NEXT_OPENER
    return (Basis.ADOPTED_NEXT_OPENER.value,) if adopted else ()


def _drop_of(facts: TableFacts, session: Session, *, shared: bool) -> DropKnown:
    if shared:
        return DropKnown(total_cents=None, reasons=("DROP_SHARED",), counts=())
    return drop_known(facts, (session,))


def first_state(conditions: dict[str, bool]) -> str:
    """The first state whose condition holds; `complete` when none does (RUN-2)."""
    return next((state for state in STATES if conditions.get(state)), "complete")


def _reasons(conditions: dict[str, bool], drop: DropKnown) -> tuple[str, ...]:
    words = {
        "voided": ("VOIDED",),
        "provisional": ("NOT_CLOSED",),
        "missing_opening": ("NOT_COUNTED", "MISSING_OPENING_COUNT"),
        "missing_closing": ("NOT_COUNTED", "MISSING_CLOSING_COUNT"),
        "pending_slips": ("SLIP_IN_FLIGHT",),
    }
    found = [word for state, said in words.items() if conditions[state] for word in said]
    return tuple(dict.fromkeys((*found, *drop.reasons)))


def group_rundown(facts: TableFacts, group: Sequence[Session]) -> Rundown:
    """The one rundown of a drop group: Σ before_drop + Σ counted drops (BOX-6).

    The four tray terms are the sums over its members, so the identity of RUN-1 holds for it too.
    Called with a session that is alone it is that session's own rundown.
    """
    if len(group) == 1:
        return rundown_of(facts, group[0])
    parts = tuple(rundown_of(facts, member) for member in group)
    drop = drop_known(facts, group)
    change = sum_known(part.before_drop_cents for part in parts)
    states = {part.state for part in parts}
    reasons = [reason for part in parts for reason in part.reasons if reason != "DROP_SHARED"]
    closed = all(member.phase in CLOSED_PHASES for member in group)
    win = table_win(before_drop_cents=change, drop_cents=drop.total_cents) if closed else None
    conditions = {state: state in states for state in STATES[:5]}
    conditions["unknown_drop"] = "BOX_OLDER_THAN_OPENER" in drop.reasons
    conditions["pending_count"] = drop.total_cents is None
    return Rundown(
        session_id=group[0].id,
        group_id=group[0].id,
        state=first_state(conditions),
        reasons=tuple(dict.fromkeys((*reasons, *drop.reasons))),
        opening_total_cents=sum_known(part.opening_total_cents for part in parts),
        opening_source=parts[0].opening_source,
        closing_total_cents=sum_known(part.closing_total_cents for part in parts),
        fills_total_cents=sum_known(part.fills_total_cents for part in parts),
        credits_total_cents=sum_known(part.credits_total_cents for part in parts),
        drop_total_cents=drop.total_cents,
        table_win_cents=win,
        before_drop_cents=change,
        need_total_cents=None,
        variance_from_par_cents=None,
        hold_pct=hold_pct(win_cents=win, drop_cents=drop.total_cents),
        inputs=Inputs(
            snapshots=tuple(each for part in parts for each in part.inputs.snapshots),
            slips=tuple(each for part in parts for each in part.inputs.slips),
            counts=tuple(count.id for count in drop.counts),
        ),
        members=parts,
    )
