"""What a casino lacks before its next shift: each item is what a step would refuse without it."""

import itertools
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tablebank.domain.authority import STEPS, acting_role, acts_as
from tablebank.domain.readiness import (
    HouseStanding,
    Item,
    PersonStanding,
    SetUpStep,
    Stops,
    TableStanding,
    readiness,
)
from tablebank.domain.refusals import Refused
from tablebank.domain.signatures import Signer, settle
from tablebank.domain.terms import BankMode, Role, TableStatus

TABLE = TableStanding(
    code="BJ-01",
    pit="Pit 1",
    status=TableStatus.ACTIVE,
    game_type="BLACKJACK",
    box="BJ-01",
    par_total_cents=2_500_000,
)
ROLES = ("DEALER", "SUPERVISOR", "PIT_MANAGER", "CASHIER", "RUNNER", "DROP_CREW")
TEAM = ("COUNT_TEAM", "COUNT_TEAM", "ACCOUNTING")


def somebody(badge: str, *roles: str, **more: Any) -> PersonStanding:
    said = {"chose_pin": True, "can_sign_in": True, **more}
    return PersonStanding(badge=badge, roles=frozenset(map(Role, roles)), **said)


PEOPLE = [somebody(str(at), role) for at, role in enumerate((*ROLES, *TEAM))]
WHOLE = HouseStanding(
    mode=BankMode.INVENTORY_COUNT,
    tables=[TABLE],
    people=PEOPLE,
    has_chips=True,
    box_required=True,
    pits_with_schedule={"Pit 1"},
)


def without(role: str) -> HouseStanding:
    people = [each for each in PEOPLE if Role(role) not in each.roles]
    return replace(WHOLE, people=people)


def test_nothing_is_missing_where_everything_is_there() -> None:
    """PAR-11: then the first shift can be opened."""
    found = readiness(WHOLE)
    assert (found.missing, found.can_open, found.tables_ready) == ((), True, 1)
    assert found.next_step is SetUpStep.READY


@pytest.mark.parametrize(
    ("role", "item", "stops"),
    [
        ("DEALER", Item.INITIAL_BANK, Stops.OPENING),
        ("SUPERVISOR", Item.OPENER, Stops.OPENING),
        ("PIT_MANAGER", Item.INITIAL_BANK, Stops.OPENING),
        ("CASHIER", Item.CASHIER, Stops.SLIPS),
        ("RUNNER", Item.RUNNER, Stops.SLIPS),
        ("COUNT_TEAM", Item.COUNT_TEAM, Stops.COUNT),
        ("ACCOUNTING", Item.ACCOUNTING, Stops.RESULT),
    ],
)
def test_a_role_that_nobody_has_stops_what_it_signs(role: str, item: Item, stops: Stops) -> None:
    """LESSON-20, SIGN-3: said before somebody stands at a table and cannot go on."""
    standing = without(role)
    if role == "SUPERVISOR":
        standing = replace(without(role), people=[p for p in PEOPLE if p.badge in "0345678"])
    found = readiness(standing).of(item)
    assert (found.is_met, found.stops, found.is_in_the_way) == (False, stops, True)


@pytest.mark.parametrize(
    ("changed", "item", "about"),
    [
        ({"game_type": None}, Item.GAMES, ("BJ-01",)),
        ({"box": None}, Item.BOXES, ("BJ-01",)),
        ({"status": TableStatus.INACTIVE}, Item.TABLES, ()),
    ],
)
def test_a_table_that_cannot_be_opened_is_named(
    changed: dict[str, Any], item: Item, about: tuple[str, ...]
) -> None:
    """SESS-2, SESS-3: alone it stops everything, beside a table that can be opened only itself."""
    table = replace(TABLE, **changed)
    alone = readiness(replace(WHOLE, tables=[table]))
    assert (alone.can_open, alone.of(item).is_met, alone.of(item).about) == (False, False, about)
    other = replace(TABLE, code="BJ-02")
    both = readiness(replace(WHOLE, tables=[table, other]))
    assert (both.can_open, both.tables_ready, both.tables) == (True, 1, 2)


def test_a_house_without_boxes_asks_for_none() -> None:
    found = readiness(replace(WHOLE, tables=[replace(TABLE, box=None)], box_required=False))
    assert found.can_open
    assert found.of(Item.BOXES).is_met


def test_an_unknown_mode_stops_closing_and_nothing_before() -> None:
    """CLOSE-3, PAR-5: a table may be opened first and bound at its close."""
    found = readiness(replace(WHOLE, mode=BankMode.UNKNOWN))
    assert (found.can_open, found.of(Item.BANK_MODE).stops) == (True, Stops.CLOSING)
    assert found.next_step is SetUpStep.MODE


@pytest.mark.parametrize("mode", [BankMode.INVENTORY_COUNT, BankMode.IMPREST_TO_PAR])
def test_a_par_that_is_missing_stops_nothing(mode: BankMode) -> None:
    """PAR-6: in neither mode; it is said, and the set-up can go past it."""
    bare = replace(WHOLE, mode=mode, tables=[replace(TABLE, par_total_cents=None)])
    found = readiness(bare)
    assert found.can_open
    targets = found.of(Item.TARGETS)
    assert (targets.is_met, targets.is_in_the_way, targets.about) == (False, False, ("BJ-01",))
    assert found.next_step is SetUpStep.TARGETS
    assert readiness(replace(bare, has_begun=True)).next_step is SetUpStep.READY
    assert readiness(replace(bare, proposals=1)).next_step is SetUpStep.READY


def test_pins_and_schedules_are_advised() -> None:
    """SIGN-5, BOX-3: who has not chosen a PIN is named; a pit without a schedule too."""
    people = [*PEOPLE, somebody("99", "DEALER", chose_pin=False), somebody("1", "AUDITOR")]
    found = readiness(replace(WHOLE, people=people, pits_with_schedule=()))
    assert found.can_open
    assert found.of(Item.PINS).about == ("99",)
    assert found.of(Item.DROP_SCHEDULE).about == ("Pit 1",)
    assert not any(each.is_in_the_way for each in found.missing)


def test_a_house_begins_with_its_mode_and_its_tables() -> None:
    """PAR-5: the steps in their order, each derived from what is there."""
    bare = replace(WHOLE, mode=BankMode.UNKNOWN, tables=[])
    assert readiness(bare).next_step is SetUpStep.MODE
    chosen = replace(bare, mode=BankMode.IMPREST_TO_PAR)
    assert readiness(chosen).next_step is SetUpStep.TABLES
    assert not readiness(chosen).can_open


_PIT = st.sets(st.sampled_from([Role.DEALER, Role.SUPERVISOR, Role.PIT_MANAGER]), max_size=2)


@given(st.lists(st.tuples(_PIT, st.booleans(), st.booleans()), max_size=4))
def test_the_initial_bank_is_ready_just_when_it_could_be_signed(
    drawn: list[tuple[set[Role], bool, bool]],
) -> None:
    """PAR-11, SIGN-2: against every way in which these people could sign the first opener."""
    people = [
        PersonStanding(
            badge=str(at), roles=frozenset(roles), chose_pin=chose_pin, can_sign_in=can_sign_in
        )
        for at, (roles, chose_pin, can_sign_in) in enumerate(drawn)
    ]
    found = readiness(replace(WHOLE, people=people))
    is_ready = found.of(Item.OPENER).is_met and found.of(Item.INITIAL_BANK).is_met
    assert is_ready is _could_be_signed(people), people


def _could_be_signed(people: list[PersonStanding]) -> bool:
    """By trying: somebody who may opens, one who is signed in calls the count, the others give
    their PINs in roles they act in."""
    signed_in = [each for each in people if each.can_sign_in]
    if not any(each.acts(Role.SUPERVISOR) for each in signed_in):
        return False
    for caller in (each for each in signed_in if each.acts(Role.SUPERVISOR, Role.DEALER)):
        beside = [each for each in people if each is not caller and each.chose_pin]
        for count in range(len(beside) + 1):
            for others in itertools.permutations(beside, count):
                for roles in itertools.product(*(sorted(acts_as(each.roles)) for each in others)):
                    if _is_signed(caller, list(zip(others, roles, strict=True))):
                        return True
    return False


def _is_signed(caller: PersonStanding, others: list[tuple[PersonStanding, Role]]) -> bool:
    """In whichever of their roles the caller acts: a command may name it (SIGN-1)."""
    step = STEPS["record_snapshot"]
    further = [_signer(each, role, "PIN") for each, role in others]
    for wanted in acts_as(caller.roles):
        try:
            role = acting_role(step=step, roles=caller.roles, wanted=wanted)
            signers = settle(step=step, caller=_signer(caller, role, "SESSION"), further=further)
        except Refused:
            continue
        if any(each.role is Role.PIT_MANAGER for each in signers):
            return True
    return False


def _signer(person: PersonStanding, role: Role, method: str) -> Signer:
    return Signer(
        staff_id=UUID(int=int(person.badge)), role=role, method=method, roles=acts_as(person.roles)
    )
