"""Need now by chips: what is suggested adds up, and is never more than a suggestion (PAR-10)."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.need_now import expected_chips, suggested
from tablebank.domain.rundown import expected_tray
from tablebank.domain.terms import SlipKind, SnapshotKind
from tests.domain.cast import chips
from tests.domain.floor import Floor
from tests.domain.test_counting import at_play

KEYS = ("500", "2500", "10000", "50000")
trays = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 400))


def worth(tray: Mapping[str, int]) -> int:
    return sum(int(key) * pieces for key, pieces in tray.items())


@given(target=trays, tray=trays)
def test_the_final_adjustment_is_exact(target: dict[str, int], tray: dict[str, int]) -> None:
    """PAR-10: with both slips the tray is the target, to the chip."""
    need = worth(target) - worth(tray)
    found = suggested(need_now_cents=need, target=target, expected=tray, stack_size=20, exact=True)
    assert found.fill is not None
    assert found.credit is not None
    after = {
        key: tray.get(key, 0) + found.fill.get(key, 0) - found.credit.get(key, 0) for key in KEYS
    }
    assert after == {key: target.get(key, 0) for key in KEYS}
    assert worth(found.fill) - worth(found.credit) == need


@given(target=trays, tray=trays, size=st.sampled_from([10, 20, 25]))
def test_in_play_it_is_whole_stacks_one_way(
    target: dict[str, int], tray: dict[str, int], size: int
) -> None:
    """PAR-10: a positive need suggests a fill, a negative one a credit, in stacks of the casino."""
    need = worth(target) - worth(tray)
    found = suggested(
        need_now_cents=need, target=target, expected=tray, stack_size=size, exact=False
    )
    fill, credit = found.fill or {}, found.credit or {}
    assert all(pieces % size == 0 and pieces > 0 for pieces in (*fill.values(), *credit.values()))
    assert not (fill and credit)
    assert found.kind == (SlipKind.FILL if need > 0 else SlipKind.CREDIT if need else None)
    assert not credit if need > 0 else not fill
    for key, pieces in fill.items():
        assert abs(target.get(key, 0) - tray.get(key, 0) - pieces) * 2 <= size
    for key, pieces in credit.items():
        assert tray[key] >= 0
        assert abs(tray.get(key, 0) - target.get(key, 0) - pieces) * 2 <= size


def test_without_target_chips_only_the_amount_is_known() -> None:
    """PAR-10: unknown chips are not none (LESSON-2)."""
    found = suggested(
        need_now_cents=50_000, target=None, expected={"500": 1}, stack_size=20, exact=False
    )
    assert (found.kind, found.fill, found.credit) == (SlipKind.FILL, None, None)


def test_expected_chips_follow_the_slips() -> None:
    """SNAP-3: with what came and went since the last count; they add up to the expected tray."""
    floor = at_play()
    floor.filled("10 black")
    floor.pick_up(floor.ask(SlipKind.CREDIT, "20 green"))
    tray = expected_chips(floor.facts, floor.session())
    assert tray is not None
    assert worth(tray) == expected_tray(floor.facts, floor.session())
    floor.count(SnapshotKind.INTERIM, "3 black")
    counted = expected_chips(floor.facts, floor.session()) or {}
    assert {key: pieces for key, pieces in counted.items() if pieces} == chips("3 black")


def test_chips_that_come_out_below_zero_are_unknown() -> None:
    """SNAP-3: the estimate ignores play; by chips it can be impossible, and then says nothing."""
    floor = at_play()
    floor.count(SnapshotKind.INTERIM, "1 black")
    floor.pick_up(floor.ask(SlipKind.CREDIT, "20 green"))
    assert expected_chips(floor.facts, floor.session()) is None


def test_before_the_opener_there_is_nothing_to_suggest_from() -> None:
    """SNAP-3: no count, no expectation."""
    floor = Floor()
    floor.prepare()
    floor.open()
    assert expected_chips(floor.facts, floor.session()) is None
