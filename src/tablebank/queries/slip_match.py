"""The three-way match as it is read: what the cage issued, what the table verified, what was found.

By number, amount and chips, with what does not agree named; for one session, or for every box of a
count session. Nobody of the cage is shown it (CNT-18), nor who counts trays blind (SNAP-4).
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from tablebank.domain.boxes import count_of, removal_of
from tablebank.domain.chips import total_cents
from tablebank.domain.decisions import House
from tablebank.domain.elsewhere import FoundForm
from tablebank.domain.facts import Removal, Slip, TableFacts
from tablebank.domain.slip_match import (
    SLIP_FORMS,
    WAITING,
    Verdict,
    box_code,
    found_in,
    judged,
    matched_counts,
    mount_of,
    sightings,
)
from tablebank.domain.terms import Chipset, SlipStatus
from tablebank.queries.session_sheet import facts_of_tables
from tablebank.store.load import load_many, of
from tablebank.store.scope import Cursor

AGREES, PENDING, NOT_DEPOSITED, UNMATCHED = "AGREES", "PENDING", "NOT_DEPOSITED", "UNMATCHED"
UNKNOWN, OF_ANOTHER = "UNKNOWN", "OF_ANOTHER"


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchLine:
    """One slip, or one form that was found and is no slip of these tables.

    `issued` is what was sent, `verified` what was counted where it arrived; None where it was not
    yet, or where nothing is on record. `standing` is AGREES, PENDING (its box is not counted yet),
    NOT_DEPOSITED, UNMATCHED (counted before forms were matched), UNKNOWN, OF_ANOTHER, or a verdict.
    """

    form: str
    number: str | None
    table_code: str
    session_id: UUID | None
    slip_id: UUID | None
    status: str | None
    issued_cents: int | None
    issued_chips: Chipset | None
    verified_cents: int | None
    verified_chips: Chipset | None
    box: str | None
    found: tuple[FoundForm, ...]
    standing: str

    @property
    def needs(self) -> bool:
        """Whether somebody has to explain it."""
        return self.standing not in (AGREES, PENDING, UNMATCHED, OF_ANOTHER)


def match_lines(
    house: House, facts: TableFacts, *, slips: Iterable[Slip], removals: Collection[Removal]
) -> tuple[MatchLine, ...]:
    """The slips, by number, then what else was found in these boxes and is on no slip of theirs."""
    verdicts = {each.slip.id: each.verdict for each in judged(facts, *Verdict)}
    seen = sightings(facts)
    mine = sorted(slips, key=lambda each: (each.number or "", each.requested_at))
    lines = [
        _of_slip(
            house,
            facts,
            each,
            found=tuple(seen.get(each.number or "", ())),
            verdict=verdicts.get(each.id),
        )
        for each in mine
        if each.status not in (SlipStatus.REQUESTED, SlipStatus.CANCELLED)
    ]
    return (*lines, *_strangers(facts, removals))


def _of_slip(
    house: House,
    facts: TableFacts,
    slip: Slip,
    *,
    found: tuple[FoundForm, ...],
    verdict: Verdict | None,
) -> MatchLine:
    mount = mount_of(facts, slip)
    code = next((each.code for each in facts.boxes if mount and each.id == mount.box_id), None)
    counted = _counted(slip)
    chips = house.chips_on(slip.gaming_day)
    return MatchLine(
        form=slip.kind.value,
        number=slip.number,
        table_code=facts.table.code,
        session_id=slip.session_id,
        slip_id=slip.id,
        status=slip.status.value,
        issued_cents=slip.total_cents,
        issued_chips=slip.chipset,
        verified_cents=None if counted is None else total_cents(counted, chips=chips),
        verified_chips=counted,
        box=code,
        found=tuple(each for each in found if each.form in SLIP_FORMS),
        standing=str(verdict) if verdict else _standing(facts, slip),
    )


def _counted(slip: Slip) -> Chipset | None:
    """The chips that were counted where they arrived; a disputed slip's are not its own."""
    if slip.disputed:
        return slip.counted_chipset
    arrived = slip.status in (*WAITING, SlipStatus.DEPOSITED_IN_DROPBOX)
    return slip.chipset if arrived else None


def _standing(facts: TableFacts, slip: Slip) -> str:
    """How a slip stands with which nothing is wrong."""
    if slip.status in WAITING:
        return NOT_DEPOSITED
    mount = mount_of(facts, slip)
    removal = removal_of(facts, mount) if mount else None
    count = count_of(facts, removal) if removal else None
    if count is None:
        return AGREES if slip.status == SlipStatus.VOIDED else PENDING
    return UNMATCHED if count.expected_forms is None else AGREES


def _strangers(facts: TableFacts, removals: Collection[Removal]) -> Iterator[MatchLine]:
    """What was found in these boxes under a number that is on no slip of this table."""
    wanted = {each.id for each in removals}
    own = {each.number for each in facts.slips}
    for removal, count in matched_counts(facts):
        if removal.id not in wanted:
            continue
        for each in found_in(facts, removal, count):
            if each.form in SLIP_FORMS and each.number not in own:
                standing = OF_ANOTHER if each.number in facts.elsewhere.known else UNKNOWN
                yield _stranger(facts, removal, each, standing)


def _stranger(facts: TableFacts, removal: Removal, found: FoundForm, standing: str) -> MatchLine:
    return MatchLine(
        form=found.form,
        number=found.number,
        table_code=facts.table.code,
        session_id=removal.session_id,
        slip_id=None,
        status=None,
        issued_cents=None,
        issued_chips=None,
        verified_cents=None,
        verified_chips=None,
        box=box_code(facts, removal),
        found=(found,),
        standing=standing,
    )


def match_of_batch(cursor: Cursor, house: House, count_session_id: UUID) -> tuple[MatchLine, ...]:
    """Every box of a posted count session: what was deposited in it against what it held."""
    casino_id = house.casino.id
    removals = load_many(
        cursor,
        Removal,
        of(
            casino_id,
            "exists (select 1 from soft_count c where c.casino_id = kept.casino_id"
            " and c.removal_id = kept.id and c.count_session_id = %s)",
            count_session_id,
        ),
    )
    behind = facts_of_tables(cursor, casino_id, [each.session_id for each in removals])
    tables = {facts.table.id: facts for facts in behind.values()}
    lines: list[MatchLine] = []
    for facts in sorted(tables.values(), key=lambda each: each.table.code):
        here = [each for each in removals if each.table_id == facts.table.id]
        mounts = {each.mount_id for each in here}
        numbers = {
            each.number
            for found in sightings(facts).values()
            for each in found
            if each.removal_id in {removal.id for removal in removals}
        }
        slips = [each for each in facts.slips if each.mount_id in mounts or each.number in numbers]
        lines += match_lines(house, facts, slips=slips, removals=here)
    return tuple(lines)
