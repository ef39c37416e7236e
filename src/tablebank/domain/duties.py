"""Duties that stay apart: in one gaming day nobody acts in two of pit, cage, count room and
accounting (SIGN-5).

A casino may allow a pair of them; each use of it is a finding then, so that somebody says why one
person held both ends.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from tablebank.domain.authority import DEPARTMENT
from tablebank.domain.refusals import Refusal, Refused
from tablebank.domain.signatures import Signer
from tablebank.domain.terms import Role


class DutyPair(StrEnum):
    """Two departments that one person may act in on one gaming day, where the casino says so."""

    PIT_CAGE = "pit+cage"
    PIT_COUNT_ROOM = "pit+count_room"
    PIT_ACCOUNTING = "pit+accounting"
    CAGE_COUNT_ROOM = "cage+count_room"
    CAGE_ACCOUNTING = "cage+accounting"
    COUNT_ROOM_ACCOUNTING = "count_room+accounting"

    @property
    def departments(self) -> frozenset[str]:
        return frozenset(self.value.split("+"))


APART = frozenset(each for pair in DutyPair for each in pair.departments)
BY_DEPARTMENTS: Mapping[frozenset[str], DutyPair] = {pair.departments: pair for pair in DutyPair}


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """One person who acted in both of a pair on one gaming day, as the casino allows."""

    staff_id: UUID
    day: date
    pair: DutyPair

    @property
    def subject_id(self) -> str:
        """What makes it one finding, however often they signed that day (FIND-2)."""
        return f"{self.staff_id}/{self.day}/{self.pair}"


def to_look_at(signers: Iterable[Signer]) -> tuple[UUID, ...]:
    """The signers who act in one of the departments that stay apart."""
    return tuple(each.staff_id for each in signers if DEPARTMENT[each.role] in APART)


def overlaps(
    signers: Iterable[Signer],
    *,
    acted: Mapping[UUID, Collection[Role]],
    day: date,
    allowed: Collection[DutyPair],
) -> tuple[Overlap, ...]:
    """The overlaps that these signatures make; `acted` is as what each signed that gaming day.

    Refuses DUTY_OVERLAP one that the casino does not allow.
    """
    found = tuple(_overlaps(signers, acted=acted, day=day))
    for each in found:
        if each.pair not in allowed:
            raise Refused(
                Refusal.DUTY_OVERLAP,
                {
                    "staff_id": str(each.staff_id),
                    "gaming_day": str(each.day),
                    "departments": sorted(each.pair.departments),
                },
            )
    return found


def _overlaps(
    signers: Iterable[Signer], *, acted: Mapping[UUID, Collection[Role]], day: date
) -> Iterator[Overlap]:
    for signer in signers:
        here = DEPARTMENT[signer.role]
        before = {DEPARTMENT[role] for role in acted.get(signer.staff_id, ())}
        if here not in APART:
            continue
        for other in sorted((before & APART) - {here}):
            pair = BY_DEPARTMENTS[frozenset({here, other})]
            yield Overlap(staff_id=signer.staff_id, day=day, pair=pair)
