"""Who is on the floor in the pure tests, and chips the way people say them."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from tablebank.domain.chips import parse_chipset
from tablebank.domain.facts import Removal, TableFacts
from tablebank.domain.signatures import Signer
from tablebank.domain.soft_count import Result
from tablebank.domain.terms import Chipset, Role
from tests.domain.founding import house_chips, number

COLOURS = {
    "white": "100",
    "red": "500",
    "green": "2500",
    "black": "10000",
    "purple": "50000",
    "yellow": "100000",
    "brown": "500000",
}


def chips(text: str) -> Chipset:
    """`20 black, 40 green` as a chip count; `nothing` is an empty tray."""
    raw: dict[str, int] = {}
    if text != "nothing":
        for part in text.split(","):
            pieces, colour = part.split()
            raw[COLOURS[colour]] = int(pieces)
    return parse_chipset(raw, chips=house_chips(), may_be_empty=True)


def worth(cents: int) -> str:
    """A tray of so many cents, in black and white chips."""
    blacks, rest = divmod(cents, 10_000)
    return f"{blacks} black, {rest // 100} white" if cents else "nothing"


@dataclass(frozen=True)
class Person:
    """Somebody of the cast, by badge."""

    badge: int
    roles: frozenset[Role]

    @property
    def id(self) -> UUID:
        return number(self.badge)

    def signing(self, role: Role) -> Signer:
        return Signer(staff_id=self.id, role=role, method="pin", roles=self.roles)


def _person(badge: int, *roles: Role) -> Person:
    return Person(badge, frozenset(roles))


DANA = _person(101, Role.DEALER)
DION = _person(102, Role.DEALER)
SAM = _person(103, Role.SUPERVISOR)
SUE = _person(104, Role.SUPERVISOR)
PAT = _person(105, Role.PIT_MANAGER)
CORA = _person(106, Role.CASHIER)
RUBY = _person(108, Role.RUNNER)
RON = _person(109, Role.RUNNER)
DREW = _person(110, Role.DROP_CREW)
DEE = _person(111, Role.DROP_CREW)
COLE = _person(112, Role.COUNT_TEAM)
CLEO = _person(113, Role.COUNT_TEAM)
ACE = _person(114, Role.ACCOUNTING)
FLOYD = _person(115, Role.DEALER, Role.SUPERVISOR)
"""Deals one hour and supervises the next."""

SURVEILLANCE = {"operator": "Vi", "notified_at": "2026-03-02T15:00:00Z"}


def found(cents: int, *, batch: str = "batch-1", **more: Any) -> Result:
    """What the count room says of a box with so much currency, or marker payments, in it."""
    instrument = "CURRENCY" if cents >= 0 else "MARKER_PAYMENT"
    line = {"instrument": instrument, "amount_cents": abs(cents)}
    plain = Result(
        batch_id=batch,
        contents=[line] if cents else [],
        total_cents=abs(cents),
        first_count_cents=abs(cents),
        second_count_cents=abs(cents),
        evidence=[],
        team=("112", "113"),
    )
    return replace(plain, **more)


def in_manifest(facts: TableFacts, removal: Removal) -> list[dict[str, Any]]:
    """The slips that were deposited in a box, as the count room writes them down (SOFT-1)."""
    return [
        {
            "form": slip.kind.value,
            "number": slip.number,
            "table": facts.table.code,
            "amount_cents": slip.total_cents,
        }
        for slip in facts.slips
        if slip.mount_id == removal.mount_id
    ]
