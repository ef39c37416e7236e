"""Posting a count session: the verifier's blind total, and counts of everything entered (SOFT-7).

What is entered in a session and by whom is in `count_sessions`; what one box's count does to the
drop in `soft_count`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.domain.count_sessions import (
    CountEntry,
    CountSession,
    CountVerification,
    check_minimum,
    check_not_posted,
    standing_entries,
)
from tablebank.domain.decisions import Act, Decision, House, Signed, after
from tablebank.domain.facts import Count, Removal, Session, TableFacts
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.plain import plain
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.settings import Settings
from tablebank.domain.soft_count import Result, post_count


def verify_session(
    *,
    act: Act,
    session: CountSession,
    total_cents: int,
    known: CountVerification | None,
) -> Decision:
    """Somebody of cage or accounting counted what the team hands over, without knowing its total.

    Once; refuses one of the team, and a session that is posted.
    """
    check_not_posted(session)
    if known is not None:
        raise Refused(Refusal.COUNT_VERIFIED, {"verified_at": plain(known.verified_at)})
    if str(act.actor_id) in {each["staff_id"] for each in session.team}:
        raise Refused(Refusal.SIGNER_INVOLVED, {"count_session_id": str(session.id)})
    verification = CountVerification(
        id=act.new_id(),
        casino_id=session.casino_id,
        count_session_id=session.id,
        total_cents=total_cents,
        verified_at=act.occurred_at,
        recorded_at=act.recorded_at,
        verified_by=act.actor_id,
    )
    signed = (Signed(subject_id=verification.id),)
    return Decision(new=(verification,), signed=signed, subject_id=session.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Posting:
    """All that posting a session needs: its entries, its verifier's total, and the facts of every
    table that one of its boxes was taken off, by table."""

    session: CountSession
    entries: Sequence[CountEntry]
    verification: CountVerification | None
    tables: Mapping[UUID, TableFacts]


def post_session(*, act: Act, house: House, posting: Posting) -> Decision:
    """Make counts of what was entered: every box in one act, signed by everyone present (SOFT-7).

    Every session that becomes COUNTED by it has its drop posted now (SOFT-6). Posted once: the same
    again is answered as the first time. Refuses a session with no box in it, a team below the
    minimum, a total that nobody verified where the casino asks for that, and, as a whole, if one of
    its boxes was counted meanwhile.
    """
    session = posting.session
    if session.posted_at is not None:
        return Decision(subject_id=session.id, changed_nothing=True)
    entries = standing_entries(posting.entries)
    if not entries:
        raise Refused(Refusal.COUNT_SESSION_EMPTY, {"batch_id": session.batch_id})
    check_minimum(house, len(session.present), at=act.occurred_at)
    if house.settings.count_verifier and posting.verification is None:
        raise Refused(Refusal.COUNT_NOT_VERIFIED, {"batch_id": session.batch_id})
    last = max(each.entered_at for each in entries)
    check_not_before(act.occurred_at, earliest=last, what="the last box that was entered")
    posted = replace(session, posted_at=act.occurred_at, posted_by=act.actor_id)
    counted = [each for each in entries if each.removal_id is not None]
    new, sessions, signed = _counts(act, house.settings, posting, counted)
    return Decision(
        new=tuple(new),
        changed=(posted, *sessions),
        signed=(Signed(subject_id=session.id), *signed),
        subject_id=session.id,
        outcome={
            "counted": len(counted),
            "unattributed": len(entries) - len(counted),
            "total_cents": sum(each.total_cents for each in entries),
        },
    )


def _counts(
    act: Act, settings: Settings, posting: Posting, entries: Sequence[CountEntry]
) -> tuple[list[Any], tuple[Session, ...], list[Signed]]:
    """What each box's count makes, one after the other: two of one table follow each other."""
    tables = dict(posting.tables)
    removals = {each.id: each for facts in tables.values() for each in facts.removals}
    new: list[Any] = []
    signed: list[Signed] = []
    sessions: dict[UUID, Session] = {}
    for entry in entries:
        removal = removals[entry.removal_id] if entry.removal_id else None
        if removal is None:
            continue
        facts = tables[removal.table_id]
        decision = post_count(
            act=act,
            settings=settings,
            facts=facts,
            removal=removal,
            result=result_of(posting.session, entry),
        )
        if decision.changed_nothing:
            raise Refused(Refusal.ALREADY_COUNTED, {"drop_id": str(removal.id)})
        tables[removal.table_id] = after(facts, (*decision.new, *decision.changed))
        new += decision.new
        signed += decision.signed
        sessions |= {each.id: each for each in decision.changed}
    return new, tuple(sessions.values()), signed


def result_of(session: CountSession, entry: CountEntry) -> Result:
    """What a session says of one box, as a count takes it in."""
    return Result(
        batch_id=session.batch_id,
        contents=entry.contents,
        total_cents=entry.total_cents,
        first_count_cents=entry.first_count_cents,
        second_count_cents=entry.second_count_cents,
        evidence=entry.evidence,
        team=session.badges,
        tester=session.tester,
        reported_exceptions=entry.reported_exceptions,
        count_session_id=session.id,
    )


def attach_box(
    *,
    act: Act,
    settings: Settings,
    facts: TableFacts,
    removal: Removal,
    counted: tuple[CountSession, CountEntry],
) -> Decision:
    """ACCOUNTING says which removal a box was that nobody was known to have taken (SOFT-3).

    From here on its count is that removal's. Refuses a session that is not posted, a removal of
    another box, and one that is counted.
    """
    session, entry = counted
    if session.posted_at is None:
        raise Refused(Refusal.COUNT_PENDING, {"count_session_id": str(session.id)})
    if entry.removal_id is not None or removal.box_id != entry.box_id:
        raise Refused(Refusal.REFERENCE_UNKNOWN, {"drop_id": str(removal.id)})
    decision = post_count(
        act=act,
        settings=settings,
        facts=facts,
        removal=removal,
        result=result_of(session, entry),
    )
    if decision.changed_nothing:
        raise Refused(Refusal.ALREADY_COUNTED, {"drop_id": str(removal.id)})
    return decision


def counted_total_cents(counts: Iterable[Count]) -> int:
    """What the boxes of a session held together, by their standing counts: plain sums, in cents."""
    latest: dict[UUID, Count] = {}
    for each in sorted(counts, key=lambda count: count.revision):
        latest[each.removal_id] = each
    return sum(each.total_cents for each in latest.values())
