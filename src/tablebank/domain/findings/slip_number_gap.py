"""SLIP_NUMBER_GAP: a form's number was taken and is on no record, or stands on two (FIL-06).

It hangs on no table and is not detected from the facts of one: the sweep looks at all numbers of
the casino's days. Its subject is the number. Open, it stops closing the day whose numbers it is
among; resolved, somebody has said in words what became of the form (FIND-3).
"""

from collections.abc import Iterable
from dataclasses import replace

from tablebank.domain.decisions import Act, House
from tablebank.domain.facts import Finding, TableFacts
from tablebank.domain.findings.kind import Found, Kind
from tablebank.domain.findings.notices import due_at
from tablebank.domain.number_accounts import SeriesAccount, gaps
from tablebank.domain.terms import FindingStatus, Stops


def detect(house: House, facts: TableFacts) -> Iterable[Found]:
    return ()


SLIP_NUMBER_GAP = Kind(
    name="SLIP_NUMBER_GAP",
    stops=Stops.DAY,
    department="accounting",
    words="A form's number is on no record, or stands on two.",
    detect=detect,
)


def number_gaps(
    *, act: Act, house: House, numbers: Iterable[SeriesAccount], kept: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The findings that are new, or put right, with these accounts (FIND-2).

    `kept` are the findings of this kind on record; those on numbers that these accounts do not
    reach are left alone. A number that is found again clears its finding; one that was explained
    stays explained.
    """
    accounts = tuple(numbers)
    open_now = set(gaps(accounts))
    known = {
        each.subject_id: each
        for each in kept
        if any(account.covers(each.subject_id) for account in accounts)
    }
    twice = {number for each in accounts for number in each.duplicates}
    raised = tuple(
        _raised(act, house, number, is_twice=number in twice)
        for number in sorted(open_now - set(known))
    )
    back = tuple(
        replace(each, status=FindingStatus.CLEARED, cleared_at=act.now)
        for each in known.values()
        if each.status == FindingStatus.OPEN and each.subject_id not in open_now
    )
    again = tuple(
        replace(each, status=FindingStatus.OPEN, cleared_at=None)
        for each in known.values()
        if each.status == FindingStatus.CLEARED and each.subject_id in open_now
    )
    return (*raised, *back, *again)


def _raised(act: Act, house: House, number: str, *, is_twice: bool) -> Finding:
    return Finding(
        id=act.new_id(),
        casino_id=house.casino.id,
        kind=SLIP_NUMBER_GAP.name,
        subject_type="number",
        subject_id=number,
        session_id=None,
        table_id=None,
        shift_id=None,
        status=FindingStatus.OPEN,
        stops=SLIP_NUMBER_GAP.stops,
        variance_cents=None,
        facts={"number": number, **({"is_twice": True} if is_twice else {})},
        department=SLIP_NUMBER_GAP.department,
        raised_at=act.now,
        due_at=due_at(
            house, kind=SLIP_NUMBER_GAP.name, stops=SLIP_NUMBER_GAP.stops, raised_at=act.now
        ),
    )
