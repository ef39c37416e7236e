"""The shift rundown: the sum of its sessions' rundowns, and how it is kept (SHIFT-1, SHIFT-2).

While a shift runs its sum is worked out from the sessions as they stand. Once it is over and all of
its sessions are final, the sum of their final reports is kept like a report, with inputs and hash.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tablebank.domain.decisions import Act, Decision
from tablebank.domain.facts import Report, Session
from tablebank.domain.gaming_day import Shift
from tablebank.domain.plain import plain
from tablebank.domain.rundown import Inputs, Rundown
from tablebank.domain.shifts import ShiftRundown

READY = "SHIFT_RUNDOWN_READY"
"""What goes out, once, when a shift's rundown is kept for the first time (SHIFT-2)."""

PENDING = frozenset({"provisional", "pending_slips", "pending_count"})
UNKNOWN = frozenset({"missing_opening", "missing_closing", "unknown_drop"})


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftTotals:
    """Sums that never hide an unknown (SHIFT-1).

    `known_cents` adds up what is known; `win_cents` is None unless everything is. The counts are of
    sessions; a shared one is known only where its whole group lies inside the shift.
    """

    known_cents: int
    win_cents: int | None
    complete: int
    pending: int
    shared: int
    unknown: int


def totals_of(
    *, items: Sequence[Rundown], groups: Iterable[Rundown], inside: Collection[UUID]
) -> ShiftTotals:
    """The sums over a shift's sessions `items` and the drop groups they are in (0025).

    `inside` are the ids of the shift's sessions: a group that reaches out of them adds nothing.
    """
    states = [each.state for each in items]
    wins = [each.table_win_cents for each in items if each.state != "shared_drop"]
    covered: set[UUID] = set()
    for group in groups:
        members = {each.session_id for each in group.members}
        if members <= set(inside):
            wins.append(group.table_win_cents)
            covered |= members
    shared = [each for each in items if each.state == "shared_drop"]
    outside = [each for each in shared if each.session_id not in covered]
    known = sum(win for win in wins if win is not None)
    everything = not outside and all(win is not None for win in wins)
    return ShiftTotals(
        known_cents=known,
        win_cents=known if everything else None,
        complete=states.count("complete"),
        pending=sum(state in PENDING for state in states),
        shared=len(shared),
        unknown=sum(state in UNKNOWN for state in states),
    )


def rundown_from(told: Mapping[str, Any]) -> Rundown:
    """A rundown from its JSON, as a report keeps it."""
    inputs = {name: tuple(UUID(each) for each in ids) for name, ids in told["inputs"].items()}
    return Rundown(
        **{
            **told,
            "session_id": UUID(told["session_id"]),
            "group_id": UUID(told["group_id"]) if told["group_id"] else None,
            "reasons": tuple(told["reasons"]),
            "inputs": Inputs(**inputs),
            "members": tuple(rundown_from(each) for each in told["members"]),
        }
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class FinalResult:
    """A final session of the shift, and the report that stands for it: the latest it is in."""

    session: Session
    report: Report

    @property
    def whole(self) -> Rundown:
        """What the report is of: the session, or its whole drop group (BOX-6)."""
        return rundown_from(self.report.content["rundown"])

    @property
    def own(self) -> Rundown:
        """The session's own rundown, as its report has it."""
        whole = self.whole
        mine = (each for each in whole.members if each.session_id == self.session.id)
        return next(mine) if whole.members else whole


def is_new(results: Sequence[FinalResult], kept: ShiftRundown | None) -> bool:
    """Whether the final results say anything else than what is kept of the shift (RUN-6)."""
    return bool(results) and (kept is None or _report_ids(results) != kept.report_ids)


def keep_shift_rundown(
    *,
    act: Act,
    casino_id: UUID,
    shift: Shift,
    results: Sequence[FinalResult],
    kept: ShiftRundown | None,
) -> Decision:
    """A new revision of the shift's rundown from the final results of all its sessions (SHIFT-1).

    The first of a shift sends `SHIFT_RUNDOWN_READY`, a later one does not (SHIFT-2). `kept` is the
    revision that stands; where the results say nothing new, nothing is written.
    """
    if not is_new(results, kept):
        return Decision(subject_id=shift.id, changed_nothing=True)
    content = _content(shift, results, kept)
    rundown = ShiftRundown(
        id=act.new_id(),
        casino_id=casino_id,
        shift_id=shift.id,
        shift_code=shift.code,
        gaming_day=shift.gaming_day,
        revision=kept.revision + 1 if kept else 1,
        replaces=kept.id if kept else None,
        report_ids=_report_ids(results),
        content=content,
        content_sha256=act.digest(content),
        recorded_at=act.recorded_at,
    )
    return Decision(
        new=(rundown,),
        subject_id=shift.id,
        outcome={
            "shift_id": str(shift.id),
            "gaming_day": str(shift.gaming_day),
            "shift_code": shift.code,
            "revision": rundown.revision,
            "content_sha256": rundown.content_sha256,
        },
        events=() if kept else (READY,),
    )


def _report_ids(results: Sequence[FinalResult]) -> tuple[str, ...]:
    return tuple(sorted({str(each.report.id) for each in results}))


def _content(
    shift: Shift, results: Sequence[FinalResult], kept: ShiftRundown | None
) -> dict[str, Any]:
    groups = {each.report.id: each for each in results if each.whole.members}
    totals = totals_of(
        items=[each.own for each in results],
        groups=[each.whole for each in groups.values()],
        inside={each.session.id for each in results},
    )
    replaced = {"revision": kept.revision, "content_sha256": kept.content_sha256} if kept else None
    return {
        "shift": plain(shift),
        "items": [
            {"session": _session(each.session), "report": _of(each.report), **plain(each.own)}
            for each in results
        ],
        "groups": [{"report": _of(each.report), **plain(each.whole)} for each in groups.values()],
        "totals": plain(totals),
        "replaces": replaced,
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "id": str(session.id),
        "table_id": str(session.table_id),
        "table_code": session.table_code,
        "pit": session.pit,
        "game_type": session.game_type,
        "sequence": session.sequence,
    }


def _of(report: Report) -> dict[str, Any]:
    return {
        "id": str(report.id),
        "revision": report.revision,
        "pending_count": report.pending_count,
        "content_sha256": report.content_sha256,
    }
