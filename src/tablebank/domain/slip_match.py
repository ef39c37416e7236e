"""The three-way match: what the cage issued, what the table verified, what the box held (SOFT-4).

A box should hold what was deposited in it. Each slip is held against every manifest that names its
number, in its own table's boxes and in others, and is judged once: so one trouble is one finding,
whatever it looks like from the other box. What a judgement is called and whom it concerns is said
in `findings`; nothing here is written down.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from tablebank.domain.boxes import count_of, mounts_serving, removal_of, session_of
from tablebank.domain.elsewhere import FoundForm
from tablebank.domain.facts import Count, Finding, Mount, Removal, Slip, TableFacts
from tablebank.domain.settings import Evidence, Settings
from tablebank.domain.terms import SlipStatus

SLIP_FORMS = ("FILL", "CREDIT")
WAITING = (SlipStatus.VERIFIED_AT_TABLE, SlipStatus.VERIFIED_AT_CAGE)
CREDITED = (*WAITING, SlipStatus.PICKED_UP, SlipStatus.DEPOSITED_IN_DROPBOX)

Sightings = Mapping[str, Sequence[FoundForm]]


class Verdict(StrEnum):
    """What is wrong between a slip and the boxes; at most one thing."""

    MISSING = "MISSING"
    """Deposited, and not in its box when that was counted, nor in any other."""
    UNEXPECTED = "UNEXPECTED"
    """Found in a box before anybody verified its chips."""
    DUPLICATE = "DUPLICATE"
    """Its number was found more than once."""
    WRONG_BOX = "WRONG_BOX"
    """Found in a box that is not the one it was deposited in."""
    VOID = "VOID"
    """It is void, and was found as if it were valid."""
    AMOUNT = "AMOUNT"
    """The paper says another amount than the record."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A slip with what is wrong with it, and where it was found. `box`: the one it should be in."""

    slip: Slip
    verdict: Verdict
    found: Sequence[FoundForm]
    box: str | None

    @property
    def apart_cents(self) -> int | None:
        """What the paper says less what the record says; None where either says nothing."""
        if len(self.found) != 1 or self.found[0].amount_cents is None:
            return None
        return self.found[0].amount_cents - self.slip.total_cents

    def facts(self) -> dict[str, Any]:
        """What a finding says of it."""
        return {
            "number": self.slip.number,
            "total_cents": self.slip.total_cents,
            "deposited_in": self.box,
            "found_in": [f"{each.table_code} {each.box}" for each in self.found],
            "found_cents": [each.amount_cents for each in self.found],
        }


def expected_forms(settings: Settings) -> tuple[str, ...]:
    """The forms a box should hold by a casino's settings; none where evidence is electronic."""
    if settings.evidence == Evidence.ELECTRONIC:
        return ()
    return tuple(form.value for form in settings.box_forms)


def matched_counts(facts: TableFacts) -> Iterator[tuple[Removal, Count]]:
    """The standing count of every removed box that was taken in since forms are matched."""
    for removal in facts.removals:
        count = count_of(facts, removal)
        if count is not None and count.expected_forms is not None:
            yield removal, count


def found_in(facts: TableFacts, removal: Removal, count: Count) -> Iterator[FoundForm]:
    """The forms with a number that the count room found in this box."""
    for line in count.evidence:
        if line.get("number"):
            yield FoundForm(
                form=line["form"],
                number=line["number"],
                amount_cents=line.get("amount_cents"),
                table=line.get("table"),
                removal_id=removal.id,
                box=box_code(facts, removal),
                table_code=facts.table.code,
            )


def box_code(facts: TableFacts, removal: Removal) -> str:
    """The code of a removed box."""
    return next((each.code for each in facts.boxes if each.id == removal.box_id), "")


def sightings(facts: TableFacts) -> Sightings:
    """Every form that was found, in the table's boxes or in others, by its number."""
    found: dict[str, list[FoundForm]] = defaultdict(list)
    for removal, count in matched_counts(facts):
        for each in found_in(facts, removal, count):
            found[each.number].append(each)
    for each in facts.elsewhere.found:
        found[each.number].append(each)
    return found


def judged(facts: TableFacts, *verdicts: Verdict) -> Iterator[Judged]:
    """The slips with which one of these things is wrong."""
    seen = sightings(facts)
    for slip in facts.slips:
        named = (each for number in numbers_of(facts, slip) for each in seen.get(number, ()))
        found = [each for each in named if each.form in SLIP_FORMS]
        verdict = _verdict(facts, slip, found)
        if verdict in verdicts:
            removal = _own_removal(facts, slip)
            box = box_code(facts, removal) if removal else None
            yield Judged(slip=slip, verdict=verdict, found=found, box=box)


def numbers_of(facts: TableFacts, slip: Slip) -> frozenset[str]:
    """What the slip is called in a box: its own number, and that of the paper it was entered from
    (BACK-1): what was carried while the house was dark bears only that."""
    steps = {each.id for each in facts.steps if each.slip_id == slip.id}
    papers = {each.form_number for each in facts.papers if each.subject_id in steps}
    return frozenset(papers | ({slip.number} if slip.number else set()))


def _verdict(facts: TableFacts, slip: Slip, found: Sequence[FoundForm]) -> Verdict | None:
    if not found:
        return Verdict.MISSING if _is_missing(facts, slip) else None
    if slip.status == SlipStatus.VOIDED:
        return Verdict.VOID
    if len(found) > 1:
        return Verdict.DUPLICATE
    if slip.status not in (*WAITING, SlipStatus.DEPOSITED_IN_DROPBOX):
        return Verdict.UNEXPECTED
    if found[0].removal_id not in _right_places(facts, slip):
        return Verdict.WRONG_BOX
    says = found[0].amount_cents
    return Verdict.AMOUNT if says is not None and says != slip.total_cents else None


def _is_missing(facts: TableFacts, slip: Slip) -> bool:
    removal = _own_removal(facts, slip)
    count = count_of(facts, removal) if removal else None
    return count is not None and slip.kind.value in (count.expected_forms or ())


def _right_places(facts: TableFacts, slip: Slip) -> frozenset[UUID]:
    """The removals in which a slip may be found: its box's, or before its deposit any of its
    session's."""
    if slip.status == SlipStatus.DEPOSITED_IN_DROPBOX:
        removal = _own_removal(facts, slip)
        return frozenset({removal.id} if removal else ())
    serving = mounts_serving(facts, session_of(facts, slip.session_id))
    return frozenset(gone.id for mount in serving if (gone := removal_of(facts, mount)) is not None)


def _own_removal(facts: TableFacts, slip: Slip) -> Removal | None:
    """The taking away of the box that the slip was deposited in, once it was taken."""
    mount = mount_of(facts, slip)
    return removal_of(facts, mount) if mount else None


def mount_of(facts: TableFacts, slip: Slip) -> Mount | None:
    """The mounting of the box that the slip was deposited in."""
    if slip.status != SlipStatus.DEPOSITED_IN_DROPBOX:
        return None
    return next((each for each in facts.mounts if each.id == slip.mount_id), None)


def slip_in_view(facts: TableFacts, finding: Finding) -> bool:
    """Whether the slip of a finding is among the facts, with the box it was deposited in."""
    slip_id = finding.subject_id.split("/")[0]
    slip = next((each for each in facts.slips if str(each.id) == slip_id), None)
    if slip is None:
        return False
    return slip.status != SlipStatus.DEPOSITED_IN_DROPBOX or mount_of(facts, slip) is not None


def box_in_view(facts: TableFacts, finding: Finding) -> bool:
    """Whether the removal that a finding names is among the facts."""
    removal_id = finding.subject_id.split("/")[0]
    return any(str(each.id) == removal_id for each in facts.removals)
