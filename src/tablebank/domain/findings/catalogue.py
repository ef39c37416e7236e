"""All kinds of finding, and the one place where detections become, stay or cease to be findings.

Menu, permission, documents and tests follow from `KINDS`; adding a kind is one file and one line
(FIND-1).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.box_not_dropped import BOX_NOT_DROPPED
from tablebank.domain.findings.count_reported import COUNT_REPORTED
from tablebank.domain.findings.count_variance import COUNT_VARIANCE
from tablebank.domain.findings.custody_irregular import CUSTODY_IRREGULAR
from tablebank.domain.findings.drop_out_of_schedule import DROP_OUT_OF_SCHEDULE
from tablebank.domain.findings.drop_overdue import DROP_OVERDUE
from tablebank.domain.findings.duplicate_slip import DUPLICATE_SLIP
from tablebank.domain.findings.duty_overlap import DUTY_OVERLAP
from tablebank.domain.findings.hold_deviation import HOLD_DEVIATION
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.findings.late_entry import LATE_ENTRY
from tablebank.domain.findings.missing_closing_count import MISSING_CLOSING_COUNT
from tablebank.domain.findings.missing_form import MISSING_FORM
from tablebank.domain.findings.missing_opening_count import MISSING_OPENING_COUNT
from tablebank.domain.findings.missing_slip import MISSING_SLIP
from tablebank.domain.findings.notices import due_at
from tablebank.domain.findings.opening_variance import OPENING_VARIANCE
from tablebank.domain.findings.par_missing import PAR_MISSING
from tablebank.domain.findings.par_variance import PAR_VARIANCE
from tablebank.domain.findings.pin_lockout import PIN_LOCKOUT
from tablebank.domain.findings.recount_due import RECOUNT_DUE
from tablebank.domain.findings.session_left_open import SESSION_LEFT_OPEN
from tablebank.domain.findings.slip_amount_mismatch import SLIP_AMOUNT_MISMATCH
from tablebank.domain.findings.slip_not_deposited import SLIP_NOT_DEPOSITED
from tablebank.domain.findings.slip_number_gap import SLIP_NUMBER_GAP
from tablebank.domain.findings.slip_overdue import SLIP_OVERDUE
from tablebank.domain.findings.slip_unsettled import SLIP_UNSETTLED
from tablebank.domain.findings.slip_wrong_box import SLIP_WRONG_BOX
from tablebank.domain.findings.transfer_variance import TRANSFER_VARIANCE
from tablebank.domain.findings.unknown_slip import UNKNOWN_SLIP
from tablebank.domain.findings.void_misuse import VOID_MISUSE
from tablebank.domain.terms import FindingStatus

KINDS: tuple[Kind, ...] = (
    SLIP_AMOUNT_MISMATCH,
    SLIP_NOT_DEPOSITED,
    SLIP_UNSETTLED,
    MISSING_SLIP,
    UNKNOWN_SLIP,
    DUPLICATE_SLIP,
    SLIP_WRONG_BOX,
    VOID_MISUSE,
    MISSING_FORM,
    OPENING_VARIANCE,
    MISSING_OPENING_COUNT,
    MISSING_CLOSING_COUNT,
    PAR_VARIANCE,
    PAR_MISSING,
    COUNT_VARIANCE,
    COUNT_REPORTED,
    CUSTODY_IRREGULAR,
    BOX_NOT_DROPPED,
    DROP_OUT_OF_SCHEDULE,
    DROP_OVERDUE,
    TRANSFER_VARIANCE,
    LATE_ENTRY,
    PIN_LOCKOUT,
    SLIP_OVERDUE,
    SESSION_LEFT_OPEN,
    RECOUNT_DUE,
    SLIP_NUMBER_GAP,
    HOLD_DEVIATION,
    DUTY_OVERLAP,
)

BY_NAME: Mapping[str, Kind] = {kind.name: kind for kind in KINDS}

Key = tuple[str, str, str]


def settled(*, act: Act, house: House, facts: TableFacts) -> tuple[Finding, ...]:
    """The findings that are new, put right, or changed with these facts (FIND-2).

    Detecting twice raises once. What is no longer found becomes CLEARED by the facts and stays
    visible. A resolved one stays resolved unless its facts changed; then it is open again. What
    comes with time is raised by the sweep alone, and put right by whoever puts it right.
    """
    found = {
        (kind.name, each.subject_type, each.subject_id): (kind, each)
        for kind in KINDS
        for each in _detected(act, house, facts, kind)
    }
    kept: dict[Key, Finding] = {
        (finding.kind, finding.subject_type, finding.subject_id): finding
        for finding in facts.findings
    }
    raised = [
        _raised(act, house, facts, kind, each)
        for key, (kind, each) in found.items()
        if key not in kept and (kind.detect_by is None or act.sweeps)
    ]
    changed = [
        now
        for key, finding in kept.items()
        if (now := _now(act, facts, finding, found.get(key))) is not None
    ]
    return (*raised, *changed)


def _detected(act: Act, house: House, facts: TableFacts, kind: Kind) -> Iterable[Found]:
    if kind.detect_by is not None:
        return kind.detect_by(house, facts, act.now)
    return kind.detect(house, facts)


def _raised(act: Act, house: House, facts: TableFacts, kind: Kind, found: Found) -> Finding:
    return Finding(
        id=act.new_id(),
        casino_id=facts.table.casino_id,
        kind=kind.name,
        subject_type=found.subject_type,
        subject_id=found.subject_id,
        session_id=found.session.id,
        table_id=facts.table.id,
        shift_id=found.session.shift_id,
        status=FindingStatus.OPEN,
        stops=kind.stops,
        variance_cents=found.variance_cents,
        facts=dict(found.facts),
        department=kind.department,
        raised_at=act.now,
        due_at=due_at(house, kind=kind.name, stops=kind.stops, raised_at=act.now),
    )


def _now(
    act: Act, facts: TableFacts, finding: Finding, found: tuple[Kind, Found] | None
) -> Finding | None:
    """The finding's after-image, or None when nothing about it changed.

    One on a slip goes with the slip to the session that takes it (SLIP-12), whatever its status.
    """
    if found is None:
        in_view = finding.kind not in BY_NAME or BY_NAME[finding.kind].in_view(facts, finding)
        if finding.status != FindingStatus.OPEN or not in_view:
            return None
        return replace(finding, status=FindingStatus.CLEARED, cleared_at=act.now)
    seen: dict[str, Any] = dict(found[1].facts)
    same = seen == finding.facts and found[1].variance_cents == finding.variance_cents
    session = found[1].session
    here = replace(finding, session_id=session.id, shift_id=session.shift_id)
    if same and finding.status != FindingStatus.CLEARED:
        return here if here != finding else None
    return replace(
        here,
        status=FindingStatus.OPEN,
        cleared_at=None,
        facts=seen,
        variance_cents=found[1].variance_cents,
    )
