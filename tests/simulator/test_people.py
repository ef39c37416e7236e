"""The cast: the same people from the same seed, each in one department, with PINs of their own."""

from tablebank.simulator.layouts import drops_each_shift, pits_of, tables_of
from tablebank.simulator.people import SHIFTS, cast


def test_the_same_seed_brings_the_same_people() -> None:
    assert cast(seed=7, tables=24) == cast(seed=7, tables=24)
    assert cast(seed=7, tables=24) != cast(seed=8, tables=24)


def test_badges_and_pins_are_each_persons_own() -> None:
    """SIGN-5: the PIN they choose is not the one they were given."""
    people = cast(seed=7, tables=24).people
    assert len({one.badge for one in people}) == len(people)
    assert len({one.name for one in people}) == len(people)
    assert all(len(one.pin) == 6 and one.pin.isdigit() for one in people)
    assert all(one.pin != one.first_pin for one in people)


def test_one_can_be_somebody_of_every_role() -> None:
    people = cast(seed=7, tables=24).people
    roles = {one.role for one in people}
    assert roles == {one.role for one in people if one.password}


def test_every_pit_has_supervisors_whose_hours_span_each_change() -> None:
    everybody = cast(seed=7, tables=24)
    for pit in range(1, pits_of(24) + 1):
        for order in range(len(SHIFTS)):
            assert everybody.of(role="SUPERVISOR", crew=f"MID-{order}", pit=pit)
            assert everybody.of(role="SUPERVISOR", crew=SHIFTS[order], pit=pit)


def test_the_house_has_both_bank_modes_and_both_drop_practices() -> None:
    for tables in (6, 24, 61):
        specs = tables_of(tables)
        assert len(specs) == tables
        assert len({spec.code for spec in specs}) == tables
        assert [spec.imprest for spec in specs] == [index % 2 == 1 for index in range(tables)]
        for practice in (True, False):
            here = [spec for spec in specs if drops_each_shift(spec.pit) is practice]
            assert {spec.imprest for spec in here} == {True, False}
