"""What there is at most one of, held by the database also when two ask at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError
from psycopg import errors

from tablebank.domain import facts, terms
from tablebank.store.save import insert
from tablebank.store.scope import casino_scope
from tests.store.ground import Ground, lay
from tests.store.records import a_count, a_fill, a_finding, a_report, a_snapshot, an_open_session


@pytest.fixture(scope="module")
def ground() -> Ground:
    return lay()


def _prepared(ground: Ground) -> facts.Session:
    return replace(
        an_open_session(table=ground.table),
        phase=terms.Phase.READY_TO_OPEN,
        ordinal=None,
        sequence=None,
    )


def _kept(ground: Ground, *records: Any) -> None:
    with casino_scope(ground.id) as cursor:
        insert(cursor, records)


@pytest.mark.parametrize("phase", sorted(terms.LIVE))
def test_a_table_has_one_live_session(ground: Ground, phase: terms.Phase) -> None:
    """SESS-1."""
    second = replace(an_open_session(table=ground.table, ordinal=2), phase=phase)
    with pytest.raises(errors.UniqueViolation, match="table_session_one_live"):
        _kept(ground, second)


def test_a_closed_session_makes_room(ground: Ground) -> None:
    _kept(ground, replace(an_open_session(table=ground.table, ordinal=5), phase="CLOSED"))


def test_a_shift_has_one_prepared_session_per_table(ground: Ground) -> None:
    """SESS-1: besides the live one; another shift's is another matter."""
    _kept(ground, _prepared(ground), replace(_prepared(ground), shift_id=uuid4()))
    with pytest.raises(errors.UniqueViolation, match="table_session_one_prepared"):
        _kept(ground, _prepared(ground))


def test_a_session_is_bound_when_it_is_opened_and_not_before(ground: Ground) -> None:
    """SESS-3."""
    for wrong in (
        replace(_prepared(ground), shift_id=uuid4(), ordinal=7),
        replace(an_open_session(table=ground.table), phase="CLOSED", ordinal=None),
    ):
        with pytest.raises(errors.CheckViolation, match="table_session_bound_when_opened"):
            _kept(ground, wrong)
    _kept(ground, replace(_prepared(ground), phase="VOIDED"))


TWINS: dict[str, Callable[[Ground], Any]] = {
    "table_session_ordinal_taken": lambda g: replace(
        an_open_session(table=g.table, ordinal=1), phase="CLOSED"
    ),
    "box_mount_one_per_box": lambda g: replace(g.mount, id=uuid4(), box_id=g.box.id),
    "slip_request_number_taken": lambda g: a_fill(session=g.session, person=g.person),
    "tray_snapshot_number_taken": lambda g: a_snapshot(session=g.session),
    "box_removal_once_per_mount": lambda g: replace(g.removal, id=uuid4()),
    "soft_count_revision_taken": lambda g: a_count(removal=g.removal),
    "finding_raised_once": lambda g: a_finding(session=g.session),
    "staff_badge_taken": lambda g: replace(g.person, id=uuid4()),
    "gaming_table_code_taken": lambda g: replace(g.table, id=uuid4()),
    "drop_box_code_taken": lambda g: replace(g.box, id=uuid4()),
    "rundown_report_revision_taken": lambda g: a_report(session=g.session, person=g.person),
    "slip_hand_one_role_each": lambda g: facts.SlipHand(
        id=uuid4(),
        casino_id=g.id,
        slip_id=g.slip.id,
        staff_id=g.person.id,
        role=terms.Role.DEALER,
    ),
    "custody_step_once_each": lambda g: facts.Custody(
        id=uuid4(),
        casino_id=g.id,
        removal_id=g.removal.id,
        step=terms.CustodyStep.REMOVED,
        occurred_at=g.removal.removed_at,
        recorded_at=g.removal.removed_at,
        seal=None,
    ),
}


@pytest.mark.parametrize("key", TWINS)
def test_a_twin_is_refused(key: str, ground: Ground) -> None:
    """SIGN-2, SLIP-2, SOFT-2, FIND-2, BOX-2, FIL-14, SYS-02: one of each, whoever asks."""
    other_one_fails_first = {"box_mount_one_per_box": "box_mount_one_per"}
    with pytest.raises(errors.UniqueViolation, match=other_one_fails_first.get(key, key)):
        _kept(ground, TWINS[key](ground))


def test_a_slip_number_is_used_once(ground: Ground) -> None:
    """SLIP-2, FIL-05."""
    one, two = (
        a_fill(session=ground.session, person=ground.person, number="F-2026-000001", request=each)
        for each in (11, 12)
    )
    _kept(ground, one)
    with pytest.raises(errors.UniqueViolation, match="slip_number_taken"):
        _kept(ground, two)


def test_numbers_are_a_casinos_own() -> None:
    """The neighbour counts from one too (TEN-1)."""
    here, next_door = lay(), lay()
    assert here.slip.request_number == next_door.slip.request_number


def test_a_snapshot_is_superseded_once() -> None:
    """SNAP-1."""
    ground = lay()
    for number in ("O-2026-000002", "O-2026-000003"):
        correction = replace(
            a_snapshot(session=ground.session, number=number), supersedes=ground.snapshot.id
        )
        if number.endswith("2"):
            _kept(ground, correction)
            continue
        with pytest.raises(errors.UniqueViolation, match="tray_snapshot_superseded_once"):
            _kept(ground, correction)


def test_a_table_carries_one_box(ground: Ground) -> None:
    """BOX-2."""
    box = replace(ground.box, id=uuid4(), code="BX-08")
    with pytest.raises(errors.UniqueViolation, match="box_mount_one_per_table"):
        _kept(ground, box, replace(ground.mount, id=uuid4(), box_id=box.id))


def test_a_value_that_the_domain_does_not_know_is_refused(ground: Ground) -> None:
    for wrong in (
        replace(an_open_session(table=ground.table, ordinal=9), phase="ACTIVE"),
        replace(ground.table, id=uuid4(), code="X", status="broken"),
    ):
        with pytest.raises(errors.CheckViolation, match="known"):
            _kept(ground, wrong)


def test_amounts_are_never_negative_and_a_slip_is_for_something(ground: Ground) -> None:
    """CHIP-1, CHIP-4."""
    fill = a_fill(session=ground.session, person=ground.person, request=20)
    for wrong in (
        replace(a_snapshot(session=ground.session, number="O-9"), total_cents=-1),
        replace(fill, total_cents=0),
        replace(fill, bank_effect_cents=-20_000),
    ):
        with pytest.raises(errors.CheckViolation):
            _kept(ground, wrong)


def test_a_link_to_nothing_is_refused_when_the_transaction_commits(ground: Ground) -> None:
    stray = replace(a_snapshot(session=ground.session, number="O-10"), session_id=uuid4())
    with pytest.raises(IntegrityError):
        _kept(ground, stray)
