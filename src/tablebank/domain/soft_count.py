"""Taking in what the count room found in a box (SOFT).

A count is a fact: posted once, corrected only by a new revision. What it means for the drop of the
sessions that the box served is in `boxes`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import count_of
from tablebank.domain.decisions import Act, Decision, Signed, after
from tablebank.domain.drops import custody_link, tracks_moved
from tablebank.domain.elsewhere import ManifestLine
from tablebank.domain.facts import Count, Removal, TableFacts
from tablebank.domain.occurrence import check_not_before
from tablebank.domain.refusals import FieldError, Refusal, Refused
from tablebank.domain.settings import Settings
from tablebank.domain.slip_match import expected_forms
from tablebank.domain.terms import CustodyStep, DropState

EFFECT: Mapping[str, int] = {
    "CURRENCY": 1,
    "COIN": 1,
    "CHIP": 1,
    "FOREIGN_CURRENCY": 1,
    "VOUCHER": 1,
    "CHECK": 1,
    "MARKER_ISSUE": 1,
    "MARKER_PAYMENT": -1,
    "PROMO_CHIP": 0,
    "FOREIGN_CHIP": 0,
    "COUPON": 0,
    "REJECT": 0,
    "OTHER": 0,
}
"""What each instrument does to the counted drop in the GENERIC profile (SOFT-1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """What the count room says of one box (SOFT-1)."""

    batch_id: str
    contents: Sequence[Mapping[str, Any]]
    total_cents: int
    first_count_cents: int
    second_count_cents: int
    evidence: Sequence[Mapping[str, Any]]
    team: tuple[str, ...]
    tester: Mapping[str, Any] | None = None
    reported_exceptions: Sequence[Mapping[str, Any]] = ()
    supersedes: UUID | None = None
    reason: str | None = None
    count_session_id: UUID | None = None


def checked_lines(
    contents: Sequence[Mapping[str, Any]], *, total_cents: int
) -> tuple[Mapping[str, Any], ...]:
    """The content lines, when no amount is negative and they add up to the total (SOFT-3)."""
    errors = [
        error
        for index, line in enumerate(contents)
        if (error := _what_is_wrong(line, pointer=f"/contents/{index}")) is not None
    ]
    if errors:
        raise Refused(Refusal[errors[0].code], errors=errors)
    if sum(line["amount_cents"] for line in contents) != total_cents:
        raise Refused(Refusal.TOTAL_MISMATCH, {"total_cents": total_cents})
    return tuple(contents)


def _what_is_wrong(line: Mapping[str, Any], *, pointer: str) -> FieldError | None:
    """The first thing wrong with one line of a box's content."""
    if line.get("instrument") not in EFFECT:
        return FieldError(f"{pointer}/instrument", Refusal.SHAPE.name, "No such instrument.")
    amount: int = line["amount_cents"]
    denomination: int | None = line.get("denomination_cents")
    quantity: int | None = line.get("quantity")
    if min(amount, denomination or 0, quantity or 0) < 0:
        return FieldError(pointer, Refusal.NEGATIVE_AMOUNT.name, "An amount is negative.")
    if denomination is None or quantity is None or denomination * quantity == amount:
        return None
    message = "The amount is not quantity times denomination."
    return FieldError(f"{pointer}/amount_cents", Refusal.TOTAL_MISMATCH.name, message)


def post_count(
    *,
    act: Act,
    settings: Settings,
    facts: TableFacts,
    removal: Removal,
    result: Result,
) -> Decision:
    """Take in one box's count: once (SOFT-2), and every session it completes is COUNTED (SOFT-6).

    The same batch again is answered as the first time; another, or the same with other content, is
    ALREADY_COUNTED. A correction names the count it replaces, with a reason and two signers.
    """
    standing = count_of(facts, removal)
    if standing is not None and result.supersedes is None:
        if standing.batch_id == result.batch_id and _same(standing, result):
            return Decision(
                subject_id=standing.id, session_id=removal.session_id, changed_nothing=True
            )
        raise Refused(Refusal.ALREADY_COUNTED, {"count_id": str(standing.id)})
    if result.supersedes is not None and (
        standing is None or standing.id != result.supersedes or not result.reason
    ):
        raise Refused(
            Refusal.COUNT_REVISION_INVALID,
            {"count_id": str(standing.id) if standing else None, "needed": ["reason"]},
        )
    links = [link for link in facts.custody if link.removal_id == removal.id]
    last = max((link.occurred_at for link in links), default=removal.removed_at)
    check_not_before(act.occurred_at, earliest=last, what="the last hand-over")
    count = _count(act=act, settings=settings, removal=removal, result=result, standing=standing)
    new: list[Any] = [count, *manifest_of(act, count)]
    if standing is None:
        new.append(custody_link(act, removal, step=CustodyStep.OPENED, seal=None))
    moved = tuple(
        replace(session, drop_posted_at=act.now)
        if session.drop_state == DropState.COUNTED
        else session
        for session in tracks_moved(after(facts, new))
    )
    return Decision(
        new=tuple(new),
        changed=moved,
        signed=tuple(
            Signed(subject_id=each.id, session_id=removal.session_id)
            for each in new
            if not isinstance(each, ManifestLine)
        ),
        subject_id=count.id,
        session_id=removal.session_id,
    )


def manifest_of(act: Act, count: Count) -> tuple[ManifestLine, ...]:
    """The numbered forms of a count's manifest, as they are looked up (SOFT-4)."""
    return tuple(
        ManifestLine(
            id=act.new_id(),
            casino_id=count.casino_id,
            count_id=count.id,
            removal_id=count.removal_id,
            place=place,
            form=line["form"],
            number=line["number"],
            amount_cents=line.get("amount_cents"),
            table_named=line.get("table"),
        )
        for place, line in enumerate(count.evidence)
        if line.get("number")
    )


def _count(
    *, act: Act, settings: Settings, removal: Removal, result: Result, standing: Count | None
) -> Count:
    """The count as it is kept; a correction is held to what was expected of the first."""
    lines = checked_lines(result.contents, total_cents=result.total_cents)
    return Count(
        id=act.new_id(),
        casino_id=removal.casino_id,
        removal_id=removal.id,
        batch_id=result.batch_id,
        revision=standing.revision + 1 if standing else 1,
        contents=lines,
        total_cents=result.total_cents,
        drop_effect_cents=sum(EFFECT[line["instrument"]] * line["amount_cents"] for line in lines),
        first_count_cents=result.first_count_cents,
        second_count_cents=result.second_count_cents,
        tester=result.tester,
        evidence=tuple(result.evidence),
        team=result.team,
        reported_exceptions=tuple(result.reported_exceptions),
        supersedes=result.supersedes,
        reason=result.reason,
        counted_at=act.occurred_at,
        recorded_at=act.recorded_at,
        expected_forms=standing.expected_forms if standing else expected_forms(settings),
        count_session_id=standing.count_session_id if standing else result.count_session_id,
    )


def _same(standing: Count, result: Result) -> bool:
    return (
        list(standing.contents) == list(result.contents)
        and standing.total_cents == result.total_cents
        and standing.first_count_cents == result.first_count_cents
        and standing.second_count_cents == result.second_count_cents
        and standing.tester == result.tester
        and list(standing.evidence) == list(result.evidence)
        and list(standing.reported_exceptions) == list(result.reported_exceptions)
        and set(standing.team) == set(result.team)
    )
