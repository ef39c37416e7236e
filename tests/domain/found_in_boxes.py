"""Boxes as the count room opens them: what raises a finding about their forms, and what does not.

The plays of `test_findings` for every kind of the three-way match (SOFT-4).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from uuid import UUID

from tablebank.domain.elsewhere import Elsewhere, FoundForm
from tablebank.domain.settings import BoxForm, Evidence, Settings
from tablebank.domain.terms import SlipKind
from tests.domain.cast import in_manifest, worth
from tests.domain.floor import Floor

TRAY = worth(100_000)
WITH_FORMS = Settings(box_forms=tuple(BoxForm))
OTHER_REMOVAL = UUID(int=88)

Example = Callable[[], Floor]


def dropped(
    *, count_cents: int | None = 100, settings: Settings | None = None, **result: object
) -> Floor:
    """A fill of $500 deposited, the table closed, its box counted: honestly, unless said else."""
    floor = Floor(settings=settings or Settings())
    floor.opened(TRAY)
    floor.filled("5 black")
    floor.closed(worth(150_000))
    removal = floor.remove()
    if count_cents is not None:
        floor.count_box(removal, count_cents, **result)
    return floor


def slip_found(
    number: str = "F-2026-000001", *, amount_cents: int | None = 50_000
) -> dict[str, object]:
    return {"form": "FILL", "number": number, "table": "BJ-07", "amount_cents": amount_cents}


def opener_found() -> dict[str, object]:
    return {"form": "OPENER", "number": "O-2026-000001", "amount_cents": 100_000}


def found_elsewhere(*, own: Sequence[dict[str, object]], deposit: bool = True) -> Floor:
    """The fill's slip lay in another table's box, which was counted first."""
    floor = Floor()
    floor.opened(TRAY)
    slip = floor.ask(SlipKind.FILL, "5 black")
    floor.issue(slip)
    floor.verify(slip, deposit=deposit)
    other = FoundForm(
        form="FILL",
        number="F-2026-000001",
        amount_cents=50_000,
        table="BJ-07",
        removal_id=OTHER_REMOVAL,
        box="BX-08",
        table_code="BJ-08",
    )
    floor.facts = replace(floor.facts, elsewhere=Elsewhere(found=(other,)))
    floor.closed(worth(150_000))
    floor.count_box(floor.remove(), 100, evidence=list(own))
    return floor


def of_others(number: str) -> Floor:
    """The box held a slip that is another table's: it is known, and judged there."""
    floor = dropped(count_cents=None)
    floor.facts = replace(floor.facts, elsewhere=Elsewhere(known=frozenset({number})))
    removal = floor.facts.removals[0].id
    floor.count_box(removal, 100, evidence=[slip_found(), slip_found(number)])
    return floor


def issued_and_found() -> Floor:
    """A fill was on its way at a forced close, and its slip lay in the box all the same."""
    floor = Floor()
    floor.opened(TRAY)
    floor.issue(floor.ask(SlipKind.FILL, "5 black"))
    floor.force()
    floor.count_box(floor.remove(), 100, evidence=[slip_found()])
    return floor


def with_marker(found: str) -> Floor:
    """A credit that carries marker M-1, and a marker in the box."""
    floor = Floor()
    floor.opened(TRAY)
    line = {"instrument": "MARKER", "number": "M-1", "amount_cents": 10_000}
    floor.credited("1 black", lines=(line,))
    floor.closed(worth(90_000))
    removal = floor.remove()
    marker = {"form": "MARKER", "number": found, "amount_cents": 10_000}
    floor.count_box(
        removal, 100, evidence=[*in_manifest(floor.facts, floor.removal(removal)), marker]
    )
    return floor


def void_found(*evidence: dict[str, object]) -> Floor:
    floor = Floor()
    floor.opened(TRAY)
    floor.issue(floor.ask(SlipKind.FILL, "5 black"))
    floor.void_slip(floor.facts.slips[0].id, "5 black")
    floor.closed(TRAY)
    floor.count_box(floor.remove(), 100, evidence=list(evidence))
    return floor


def a_wrong_amount() -> Floor:
    """The paper in the box bears another amount than the record."""
    return dropped(evidence=[slip_found(amount_cents=49_900)])


OF_BOXES: dict[str, tuple[list[Example], list[Example]]] = {
    "MISSING_SLIP": (
        [lambda: dropped(evidence=[]), lambda: dropped(evidence=[slip_found("F-2026-000009")])],
        [
            dropped,
            lambda: dropped(count_cents=None),
            lambda: dropped(settings=Settings(evidence=Evidence.ELECTRONIC), evidence=[]),
            lambda: found_elsewhere(own=()),
            void_found,
        ],
    ),
    "UNKNOWN_SLIP": (
        [
            lambda: dropped(evidence=[slip_found(), slip_found("F-2026-000009")]),
            lambda: dropped(evidence=[slip_found(), {"form": "CREDIT"}]),
            lambda: issued_and_found(),
        ],
        [
            dropped,
            lambda: dropped(evidence=[slip_found(), {"form": "COUPON", "number": "F-9"}]),
            lambda: of_others("F-2026-000009"),
        ],
    ),
    "DUPLICATE_SLIP": (
        [
            lambda: dropped(evidence=[slip_found(), slip_found()]),
            lambda: dropped(evidence=[slip_found(), slip_found(amount_cents=5)]),
            lambda: found_elsewhere(own=[slip_found()]),
            lambda: with_marker("M-1"),
        ],
        [dropped, lambda: found_elsewhere(own=()), lambda: with_marker("M-2")],
    ),
    "SLIP_WRONG_BOX": (
        [lambda: found_elsewhere(own=()), lambda: found_elsewhere(own=(), deposit=False)],
        [dropped, lambda: found_elsewhere(own=[slip_found()])],
    ),
    "VOID_MISUSE": (
        [lambda: void_found(slip_found())],
        [lambda: void_found(), lambda: dropped()],
    ),
    "MISSING_FORM": (
        [
            lambda: dropped(settings=WITH_FORMS),
            lambda: dropped(settings=WITH_FORMS, evidence=[slip_found(), opener_found()]),
        ],
        [
            dropped,
            lambda: dropped(
                settings=WITH_FORMS,
                evidence=[
                    slip_found(),
                    opener_found(),
                    {"form": "CLOSER", "number": "K-2026-000001"},
                    {"form": "REQUEST", "number": "R-2026-000001"},
                ],
            ),
        ],
    ),
}
"""For every kind of the match: what raises it, and what comes close and does not."""
