"""Closing a gaming day in one act (DAY-1).

What is ready is made final, what is not is listed with why, and the account of every number and the
chain of openers and closers are signed with it. The day is refused to be closed while it can still
move by itself: it is not over, a table is in play, an exception that stops the day is open, a
number is nowhere. After it, nothing of the day moves but by a further revision, with a reason.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from tablebank.domain.day_closes import DayClose
from tablebank.domain.decisions import Act, Decision, House, Signed
from tablebank.domain.facts import Report, Session
from tablebank.domain.gaming_day_state import DayFacts, DayState, NotReady, Unit, day_state
from tablebank.domain.lifecycle import status_of
from tablebank.domain.money import sum_known
from tablebank.domain.number_accounts import SeriesAccount
from tablebank.domain.opener_closer_chain import TableChain
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refusal, Refused

EVENT = "GAMING_DAY_CLOSED"
"""What goes out when a day is closed, and again with each revision (JRN-4)."""

OF_THIS_ACT = frozenset({"revision", "replaces", "reason", "closed_at", "closed_by", "journal"})
"""What every revision says of itself; where all else is the same, it says nothing new."""


def close_day(
    *, act: Act, house: House, known: DayFacts, reason: str | None, pending_count: bool
) -> Decision:
    """Make final what is ready, and keep the day as it then stands, signed and with its hash.

    Refuses GAMING_DAY_NOT_OVER, SESSION_NOT_CLOSED while a table is in play, EXCEPTIONS_OPEN for
    those that stop a day, NUMBERS_MISSING; GAMING_DAY_CLOSED a closed day without a reason, and
    NOTHING_TO_AMEND one about which nothing new can be said.
    """
    state = day_state(act=act, house=house, known=known, pending_count=pending_count)
    _check_may_close(act=act, house=house, known=known, state=state, reason=reason)
    last = known.closes[-1] if known.closes else None
    content = _content(act, known, state, reason=reason)
    if last is not None and _says_the_same(content, last.content):
        raise Refused(Refusal.NOTHING_TO_AMEND, {"revision": last.revision})
    close = DayClose(
        id=act.new_id(),
        casino_id=house.casino.id,
        gaming_day=known.day,
        revision=content["revision"],
        replaces=last.id if last else None,
        reason=reason,
        content=content,
        content_sha256=act.digest(content),
        closed_at=act.now,
        closed_by=act.actor_id,
    )
    decisions = [each.decision for each in state.ready]
    return Decision(
        new=(*(new for each in decisions for new in each.new), *state.left_out, close),
        changed=tuple(changed for each in decisions for changed in each.changed),
        signed=(
            *(signed for each in decisions for signed in each.signed),
            Signed(subject_id=close.id),
        ),
        subject_id=close.id,
        findings=state.findings,
        events=(EVENT,),
        outcome={
            "gaming_day": str(known.day),
            "revision": close.revision,
            "content_sha256": close.content_sha256,
            "finalized": [str(each.id) for made in state.ready for each in made.sessions],
        },
    )


def says_anything_new(*, act: Act, known: DayFacts, state: DayState) -> bool:
    """Whether a further revision of a closed day would say anything else than the last one."""
    if not known.closes:
        return False
    content = _content(act, known, state, reason=None)
    return not _says_the_same(content, known.closes[-1].content)


def day_ends_at(house: House, day: date) -> datetime:
    """The instant a gaming day is over (TIME-2), UTC."""
    return house.calendar.day_starts_at(day + timedelta(days=1))


def _check_may_close(
    *, act: Act, house: House, known: DayFacts, state: DayState, reason: str | None
) -> None:
    """Every refusal also lists what is not ready: who is refused once need not ask again."""
    waiting = {"not_ready": [as_listed(each) for each in state.not_ready]}
    ends_at = day_ends_at(house, known.day)
    if act.now < ends_at:
        raise Refused(Refusal.GAMING_DAY_NOT_OVER, {"ends_at": plain(ends_at), **waiting})
    if known.closes and not (reason and reason.strip()):
        last = known.closes[-1]
        raise Refused(
            Refusal.GAMING_DAY_CLOSED,
            {
                "gaming_day": str(known.day),
                "revision": last.revision,
                "closed_at": plain(last.closed_at),
                "content_sha256": last.content_sha256,
                "needed": ["reason"],
                **waiting,
            },
        )
    if state.live:
        told = [session_listed(each) for each in state.live]
        raise Refused(Refusal.SESSION_NOT_CLOSED, {"sessions": told, **waiting})
    if state.stopping:
        told = [{"id": str(each.id), "kind": each.kind} for each in state.stopping]
        raise Refused(Refusal.EXCEPTIONS_OPEN, {"exceptions": told, **waiting})
    if state.unexplained:
        raise Refused(Refusal.NUMBERS_MISSING, {"numbers": list(state.unexplained), **waiting})


def session_listed(session: Session) -> dict[str, Any]:
    """A session as lists of a day name it."""
    return {
        "id": str(session.id),
        "table_id": str(session.table_id),
        "table_code": session.table_code,
        "pit": session.pit,
        "shift_code": session.shift_code,
        "sequence": session.sequence,
        "status": status_of(session),
    }


def as_listed(unit: Unit) -> dict[str, Any]:
    """A unit as lists of a day name it: its table, its sessions, and why it is not ready."""
    said: dict[str, Any] = {
        "table_id": str(unit.table_id),
        "table_code": unit.table_code,
        "pit": unit.pit,
        "sessions": [session_listed(each) for each in unit.sessions],
    }
    if isinstance(unit, NotReady):
        said |= {"code": unit.code, "facts": plain(dict(unit.facts))}
    return said


def _content(act: Act, known: DayFacts, state: DayState, *, reason: str | None) -> dict[str, Any]:
    last = known.closes[-1] if known.closes else None
    reports = _reports(state)
    return {
        "gaming_day": str(known.day),
        "revision": last.revision + 1 if last else 1,
        "replaces": _named(last) if last else None,
        "reason": reason,
        "closed_at": plain(act.now),
        "closed_by": str(act.actor_id),
        "journal": plain(known.journal),
        "reports": [_report_listed(each) for each in reports],
        "not_ready": [as_listed(each) for each in state.not_ready],
        "not_opened": [session_listed(each) for each in state.not_opened],
        "voided": [session_listed(each) for each in state.voided],
        "totals": totals(state, reports, {str(each.id) for each in known.sessions}),
        "numbers": numbers_told(state.numbers),
        "chain": chain_told(state.chain),
    }


def _named(close: DayClose) -> dict[str, Any]:
    return {
        "id": str(close.id),
        "revision": close.revision,
        "content_sha256": close.content_sha256,
    }


def _says_the_same(content: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return _of_the_day(content) == _of_the_day(kept)


def _of_the_day(content: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of the day alone: which number came next is a later day's business."""
    said = {name: value for name, value in content.items() if name not in OF_THIS_ACT}
    return {**said, "numbers": [{**each, "after": None} for each in content["numbers"]]}


def _reports(state: DayState) -> tuple[Report, ...]:
    """The reports that stand once what is ready is final, each once, in the order of tables."""
    made = (new for each in state.ready for new in each.decision.new)
    standing = [each.report for each in state.final]
    found = {each.id: each for each in (*standing, *made) if isinstance(each, Report)}
    return tuple(
        sorted(
            found.values(),
            key=lambda each: (each.content["sessions"][0]["table_code"] or "", each.id),
        )
    )


def _report_listed(report: Report) -> dict[str, Any]:
    rundown = report.content["rundown"]
    return {
        "id": str(report.id),
        "session_ids": list(report.member_ids),
        "table_code": report.content["sessions"][0]["table_code"],
        "revision": report.revision,
        "pending_count": report.pending_count,
        "state": rundown["state"],
        "table_win_cents": rundown["table_win_cents"],
        "content_sha256": report.content_sha256,
    }


def totals(
    state: DayState, reports: Sequence[Report], inside: Iterable[str]
) -> dict[str, int | None]:
    """The day's sums over its final reports; None as soon as one term is unknown (SHIFT-1).

    A report of a drop group that reaches into another day says nothing about this one alone: its
    result is unknown here (BOX-6). `known_cents` is the sum of what is known.
    """
    mine = set(inside)
    whole = [each for each in reports if set(each.member_ids) <= mine]
    wins = [each.content["rundown"]["table_win_cents"] for each in whole]
    drops = [each.content["rundown"]["drop_total_cents"] for each in whole]
    is_all = len(whole) == len(reports) and not state.not_ready and not state.live
    return {
        "sessions": sum(len(each.sessions) for each in (*state.final, *state.ready)),
        "not_ready": sum(len(each.sessions) for each in state.not_ready),
        "known_cents": sum(each for each in wins if each is not None),
        "win_cents": sum_known(wins) if is_all else None,
        "drop_total_cents": sum_known(drops) if is_all else None,
    }


def numbers_told(numbers: Iterable[SeriesAccount]) -> list[dict[str, Any]]:
    """The account of every series, with how many are void and whether it is whole."""
    return [{**plain(each), "void": each.void, "whole": each.is_whole} for each in numbers]


def chain_told(chain: Iterable[TableChain]) -> list[dict[str, Any]]:
    """The chain of every table."""
    return [plain(each) for each in chain]
