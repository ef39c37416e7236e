"""Need now: what would bring a tray back to its target, by chips (PAR-10).

The target less the expected tray: more than zero suggests a fill, less a credit. Where the target
is known chip by chip, so is the suggestion: in whole stacks while a table is in play, to the chip
for the final adjustment of an imprest tray. It is a suggestion from an estimate and asks nobody's
leave to be ignored; a slip is made from what a person asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tablebank.domain.facts import Session, TableFacts
from tablebank.domain.rundown import last_count, returned_after, slips_of, touches_after
from tablebank.domain.terms import SlipKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggested:
    """Chips to bring (`fill`) and to take (`credit`); both None where no chips can be named.

    Both hold chips only in a final adjustment of a tray whose total is right and whose chips are
    not, or nearly so: two slips, for a slip goes one way.
    """

    need_now_cents: int
    fill: Mapping[str, int] | None
    credit: Mapping[str, int] | None

    @property
    def kind(self) -> SlipKind | None:
        """Which slip the amount suggests; None where nothing is needed."""
        if not self.need_now_cents:
            return None
        return SlipKind.FILL if self.need_now_cents > 0 else SlipKind.CREDIT


def expected_chips(facts: TableFacts, session: Session) -> dict[str, int] | None:
    """The expected tray chip by chip: the last count with what slips brought and took (SNAP-3).

    None where there is no count, where it was taken by its total only, and where it comes out below
    zero: then the estimate is not to be had by chips.
    """
    last = last_count(facts, session.id)
    if last is None or last.chipset is None:
        return None
    chips = dict(last.chipset)
    for slip in slips_of(facts, session.id):
        brings = 1 if slip.kind == SlipKind.FILL else -1
        times = brings * (touches_after(facts, slip, last) - returned_after(facts, slip, last))
        for key, pieces in slip.chipset.items():
            chips[key] = chips.get(key, 0) + times * pieces
    return chips if all(pieces >= 0 for pieces in chips.values()) else None


def suggested(
    *,
    need_now_cents: int,
    target: Mapping[str, int] | None,
    expected: Mapping[str, int] | None,
    stack_size: int,
    exact: bool,
) -> Suggested:
    """The chips that need now suggests, where target and tray are known chip by chip.

    In play: whole stacks of what is short for a fill, or over for a credit, to the nearest stack.
    `exact`: to the chip, both ways, for the final adjustment.
    """
    if target is None or expected is None:
        return Suggested(need_now_cents=need_now_cents, fill=None, credit=None)
    keys = sorted({*target, *expected}, key=_rank)
    short = {key: target.get(key, 0) - expected.get(key, 0) for key in keys}
    if exact:
        fill = {key: pieces for key, pieces in short.items() if pieces > 0}
        credit = {key: -pieces for key, pieces in short.items() if pieces < 0}
        return Suggested(need_now_cents=need_now_cents, fill=fill, credit=credit)
    way = 1 if need_now_cents > 0 else -1
    wanted = {key: _stacks(way * pieces, size=stack_size) for key, pieces in short.items()}
    chips = {key: pieces for key, pieces in wanted.items() if pieces > 0}
    if not need_now_cents:
        chips = {}
    return Suggested(
        need_now_cents=need_now_cents,
        fill=chips if way > 0 else {},
        credit=chips if way < 0 else {},
    )


def _rank(key: str) -> tuple[bool, int, str]:
    """Value chips from the highest down, then those that go by a code."""
    return (not key.isdigit(), -int(key) if key.isdigit() else 0, key)


def _stacks(pieces: int, *, size: int) -> int:
    """The nearest whole number of stacks, in pieces; half a stack is one."""
    return (max(pieces, 0) + size // 2) // size * size
