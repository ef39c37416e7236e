"""A casino with one row in every table, laid down through the store's own writing.

The rules are not asked here: these tests are about what the database itself refuses, whoever asks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

import psycopg
from django.db import connections, transaction
from psycopg import sql
from uuid_utils.compat import uuid7

from tablebank.domain import establishment, facts, shifts, terms, trays, vouching
from tablebank.store.save import insert
from tablebank.store.scope import Cursor, casino_scope
from tests.store.records import (
    AT,
    CHIPS,
    DAY,
    a_buy_in,
    a_closed_day,
    a_count,
    a_count_room,
    a_fill,
    a_finding,
    a_paper,
    a_remark,
    a_report,
    a_run,
    a_snapshot,
    an_open_session,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """One casino, and the rows the tests speak of."""

    casino: establishment.Casino
    person: establishment.Staff
    table: facts.Table
    box: facts.Box
    mount: facts.Mount
    session: facts.Session
    snapshot: facts.Snapshot
    slip: facts.Slip
    removal: facts.Removal
    count: facts.Count
    finding: facts.Finding
    report: facts.Report

    @property
    def id(self) -> UUID:
        return self.casino.id


def lay() -> Ground:
    """A casino of the test's own, with a row in every table."""
    ground = _ground(uuid7())
    with casino_scope(ground.id) as cursor:
        own = [getattr(ground, name) for name in ground.__dataclass_fields__]
        insert(cursor, [*own, *_beside(ground)])
        _unrecorded(cursor, ground)
    return ground


def _ground(casino_id: UUID) -> Ground:
    mine: dict[str, Any] = {"casino_id": casino_id}
    person = establishment.Staff(
        id=uuid7(), **mine, badge="1007", name="Dana", licence=None, roles=(), active=True
    )
    table = facts.Table(
        id=uuid7(),
        **mine,
        code="BJ-07",
        name="Blackjack 7",
        pit="P1",
        game_type="BLACKJACK",
        limits={"min_cents": 1_500, "max_cents": 100_000},
        status=terms.TableStatus.ACTIVE,
        last_ordinal=1,
    )
    box = facts.Box(id=uuid7(), **mine, code="BX-07", table_id=table.id, kind=terms.BoxKind.TABLE)
    mount = facts.Mount(
        id=uuid7(),
        **mine,
        box_id=box.id,
        table_id=table.id,
        mounted_at=AT,
        recorded_at=AT,
        serves_from=1,
    )
    session = an_open_session(table=table)
    snapshot = a_snapshot(session=session)
    removal = facts.Removal(
        id=uuid7(),
        **mine,
        mount_id=mount.id,
        box_id=box.id,
        table_id=table.id,
        session_id=session.id,
        gaming_day=DAY,
        type=terms.RemovalType.SCHEDULED,
        removed_at=AT,
        recorded_at=AT,
        reason=None,
        seal=None,
        trip_id=None,
        replacement_box_id=None,
        surveillance={"operator": "eye", "notified_at": "2026-03-01T14:00:00Z"},
    )
    return Ground(
        casino=establishment.Casino(
            id=casino_id,
            slug=f"house-{casino_id}",
            name="Silver Fox",
            timezone="America/New_York",
            currency="USD",
            gaming_day_start=time(6),
            simulated=False,
            created_at=AT,
        ),
        person=person,
        table=table,
        box=box,
        mount=mount,
        session=session,
        snapshot=snapshot,
        slip=a_fill(session=session, person=person),
        removal=removal,
        count=a_count(removal=removal),
        finding=a_finding(session=session),
        report=a_report(session=session, person=person),
    )


def _beside(ground: Ground) -> list[Any]:
    """The records no test speaks of by name, so that no table stands empty."""
    mine: dict[str, Any] = {"casino_id": ground.id}
    by: dict[str, Any] = {"recorded_at": AT, "recorded_by": ground.person.id}
    return [
        *_dated(mine, by),
        *_of_the_table(mine, by, ground),
        *a_run(ground.mount, session=ground.session, by=ground.person.id),
        *_of_the_session(mine, ground),
        *_of_the_shift(mine, ground),
        *a_count_room(person=ground.person, box=ground.box, count=ground.count),
    ]


def _dated(mine: dict[str, Any], by: dict[str, Any]) -> list[Any]:
    since: dict[str, Any] = {**mine, "effective_from_gaming_day": DAY}
    return [
        establishment.SettingsRow(id=uuid7(), **mine, settings={"transit_limit_minutes": 30}, **by),
        establishment.BankModeRow(
            id=uuid7(), **since, table_bank_mode=terms.BankMode.INVENTORY_COUNT, **by
        ),
        establishment.ProfileRow(id=uuid7(), **since, profile=terms.ProfileCode.NJ_STYLE, **by),
        establishment.ChipType(
            id=uuid7(),
            **since,
            code="500",
            cents=500,
            colour="red",
            chip_set="VALUE",
            in_bank=True,
            recorded_at=AT,
        ),
        establishment.ShiftScheduleRow(
            id=uuid7(), **since, shifts=({"code": "DAY", "start": "06:00"},), **by
        ),
        establishment.DropScheduleRow(
            id=uuid7(),
            **since,
            pit=None,
            at=("05:30",),
            window_minutes=60,
            grace_minutes=30,
            occurred_at=AT,
            **by,
        ),
    ]


def _of_the_table(mine: dict[str, Any], by: dict[str, Any], ground: Ground) -> list[Any]:
    since: dict[str, Any] = {
        **mine,
        "table_id": ground.table.id,
        "effective_from_gaming_day": DAY,
    }
    par: dict[str, Any] = {
        "game_type": None,
        "table_bank_mode": None,
        "par_total_cents": 20_000,
        "target_chipset": CHIPS,
        "source": terms.ParSource.MANUAL,
    }
    proposal = establishment.ParProposal(id=uuid7(), **since, **par, **by, status="OPEN")
    return [
        facts.TableRevision(
            id=uuid7(),
            **since,
            name=ground.table.name,
            pit=ground.table.pit,
            game_type=ground.table.game_type,
            limits=None,
            status=ground.table.status,
            **by,
        ),
        facts.Custody(
            id=uuid7(),
            **mine,
            removal_id=ground.removal.id,
            step=terms.CustodyStep.REMOVED,
            occurred_at=AT,
            recorded_at=AT,
            seal=None,
        ),
        establishment.ParPolicy(
            id=uuid7(), **since, **par, **by, approved_by=None, approved_at=None
        ),
        establishment.ParImport(id=uuid7(), **mine, **by, sha256=None, file_name=None, outcome={}),
        proposal,
        establishment.ParComment(
            id=uuid7(),
            **mine,
            **by,
            proposal_id=proposal.id,
            text="busy on Saturdays",
            occurred_at=AT,
        ),
    ]


def _of_the_session(mine: dict[str, Any], ground: Ground) -> list[Any]:
    return [
        facts.Trial(
            id=uuid7(),
            **mine,
            subject_id=ground.session.id,
            session_id=ground.session.id,
            step="opening",
            chipset=CHIPS,
            total_cents=20_000,
            difference_cents=500,
            occurred_at=AT,
            recorded_at=AT,
        ),
        trays.CountStart(
            id=uuid7(),
            **mine,
            table_id=ground.table.id,
            session_id=ground.session.id,
            kind=terms.SnapshotKind.INTERIM,
            started_at=AT,
            recorded_at=AT,
            started_by=ground.person.id,
        ),
        trays.Observation(
            id=uuid7(),
            **mine,
            table_id=ground.table.id,
            session_id=ground.session.id,
            total_cents=20_000,
            chipset=None,
            estimated_drop_cents=None,
            occurred_at=AT,
            recorded_at=AT,
            observed_by=ground.person.id,
        ),
        a_buy_in(ground.session, by=ground.person.id),
        a_paper(ground.snapshot, by=ground.person.id),
        vouching.Signature(
            id=uuid7(),
            **mine,
            subject_id=ground.snapshot.id,
            session_id=ground.session.id,
            step="count",
            staff_id=ground.person.id,
            role=terms.Role.DEALER,
            method="PIN",
            signed_at=AT,
        ),
        facts.SlipStep(
            id=uuid7(),
            **mine,
            slip_id=ground.slip.id,
            status=terms.SlipStatus.REQUESTED,
            occurred_at=AT,
            recorded_at=AT,
            actor_id=ground.person.id,
        ),
        a_remark(session=ground.session, person=ground.person),
        a_closed_day(person=ground.person),
        facts.SlipHand(
            id=uuid7(),
            **mine,
            slip_id=ground.slip.id,
            staff_id=ground.person.id,
            role=terms.Role.SUPERVISOR,
        ),
    ]


def _of_the_shift(mine: dict[str, Any], ground: Ground) -> list[Any]:
    shift: dict[str, Any] = {
        "shift_id": ground.session.shift_id,
        "shift_code": ground.session.shift_code,
        "gaming_day": DAY,
        "content": {},
        "content_sha256": "a",
        "recorded_at": AT,
    }
    relief = establishment.Staff(
        id=uuid7(), **mine, badge="2002", name="Sue", licence=None, roles=(), active=True
    )
    return [
        shifts.ShiftRundown(
            id=uuid7(),
            **mine,
            **shift,
            revision=1,
            replaces=None,
            report_ids=(str(ground.report.id),),
        ),
        relief,
        shifts.HandOver(
            id=uuid7(),
            **mine,
            **shift,
            outgoing_id=ground.person.id,
            incoming_id=relief.id,
            remark="quiet",
            journal_number=1,
            occurred_at=AT,
        ),
    ]


def _unrecorded(cursor: Cursor, ground: Ground) -> None:
    """Rows that no record stands for."""
    person = ground.person.id
    rows: dict[str, dict[str, Any]] = {
        "staff_secret": {"staff_id": person, "pin_chosen": True, "changed_at": AT},
        "api_token": {"id": uuid7(), "staff_id": person, "secret_sha256": "a", "created_at": AT},
        "badge_lock": {"device": "tablet", "badge": "1007", "failures": 1},
        "number_series": {"form": "F", "year": 2026, "last": 7},
        "idempotency_key": {
            "staff_id": person,
            "key": "k",
            "fingerprint": "f",
            "recorded_at": AT,
        },
        "journal_head": {"number": 1, "hash": "h"},
        "journal_entry": {
            "number": 1,
            "recorded_at": AT,
            "occurred_at": AT,
            "actor": "Dana",
            "command": "create_casino",
            "subject_type": "casino",
            "content": "{}",
            "previous_hash": "0",
            "hash": "h",
        },
    }
    for table, row in rows.items():
        whole = {"casino_id": ground.id, **row}
        cursor.execute(
            sql.SQL("insert into {} ({}) values ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, whole)),
                sql.SQL(", ").join(map(sql.Placeholder, whole)),
            ),
            whole,
        )


@contextmanager
def owner_scope(casino_id: UUID) -> Iterator[psycopg.Cursor[Any]]:
    """The owner's door, inside one casino: for what even the owner is refused."""
    with transaction.atomic(using="owner"):
        cursor = psycopg.Cursor(connections["owner"].connection)
        cursor.execute("select set_config('tablebank.casino_id', %s, true)", [str(casino_id)])
        yield cursor
