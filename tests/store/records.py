"""Records as they might be written at a table: whole, plain, and the casino's own."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from tablebank.domain import (
    buy_ins,
    count_sessions,
    day_closes,
    elsewhere,
    establishment,
    facts,
    papers,
    remarks,
    terms,
    trips,
)

AT = datetime(2026, 3, 1, 14, 2, tzinfo=UTC)
DAY = date(2026, 3, 1)
SHIFT = UUID("01900000-0000-7000-8000-00000000da01")
CHIPS = {"500": 40}


def an_open_session(*, table: facts.Table, ordinal: int = 1) -> facts.Session:
    return facts.Session(
        id=uuid7(),
        casino_id=table.casino_id,
        table_id=table.id,
        shift_id=SHIFT,
        shift_code="DAY",
        gaming_day=DAY,
        phase=terms.Phase.OPEN,
        drop_state=terms.DropState.NONE,
        prepared_at=AT,
        ordinal=ordinal,
        sequence=1,
        table_bank_mode=terms.BankMode.INVENTORY_COUNT,
        table_code=table.code,
        pit=table.pit,
        game_type=table.game_type,
    )


def a_snapshot(*, session: facts.Session, number: str = "O-2026-000001") -> facts.Snapshot:
    return facts.Snapshot(
        id=uuid7(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        kind=terms.SnapshotKind.OPENING,
        basis=terms.Basis.COUNTED,
        number=number,
        chipset=CHIPS,
        total_cents=20_000,
        occurred_at=AT,
        recorded_at=AT,
    )


def a_fill(
    *,
    session: facts.Session,
    person: establishment.Staff,
    number: str | None = None,
    request: int = 1,
) -> facts.Slip:
    return facts.Slip(
        id=uuid7(),
        casino_id=session.casino_id,
        session_id=session.id,
        requested_session_id=session.id,
        table_id=session.table_id,
        shift_id=session.shift_id,
        gaming_day=session.gaming_day,
        kind=terms.SlipKind.FILL,
        purpose=terms.Purpose.NORMAL,
        status=terms.SlipStatus.REQUESTED,
        chipset=CHIPS,
        lines=(),
        total_cents=20_000,
        bank_effect_cents=20_000,
        request_number=f"R-2026-{request:06d}",
        requested_at=AT,
        requested_by=person.id,
        number=number,
    )


def a_count(*, removal: facts.Removal, revision: int = 1) -> facts.Count:
    return facts.Count(
        id=uuid7(),
        casino_id=removal.casino_id,
        removal_id=removal.id,
        batch_id="B-1",
        revision=revision,
        contents=(),
        total_cents=0,
        drop_effect_cents=0,
        first_count_cents=0,
        second_count_cents=0,
        tester=None,
        evidence=(),
        team=("1007",),
        reported_exceptions=(),
        supersedes=None,
        reason=None,
        counted_at=AT,
        recorded_at=AT,
    )


def a_finding(*, session: facts.Session) -> facts.Finding:
    return facts.Finding(
        id=uuid7(),
        casino_id=session.casino_id,
        kind="OPENING_VARIANCE",
        subject_type="session",
        subject_id=str(session.id),
        session_id=session.id,
        table_id=session.table_id,
        shift_id=session.shift_id,
        status=terms.FindingStatus.OPEN,
        stops=terms.Stops.RESULT,
        variance_cents=None,
        facts={},
        department="pit",
        raised_at=AT,
    )


def a_report(
    *, session: facts.Session, person: establishment.Staff, revision: int = 1
) -> facts.Report:
    return facts.Report(
        id=uuid7(),
        casino_id=session.casino_id,
        session_id=session.id,
        member_ids=(str(session.id),),
        revision=revision,
        replaces=None,
        pending_count=False,
        content={"win_cents": None},
        content_sha256="0" * 64,
        finalized_at=AT,
        finalized_by=person.id,
    )


def a_closed_day(*, person: establishment.Staff) -> day_closes.DayClose:
    return day_closes.DayClose(
        id=uuid7(),
        casino_id=person.casino_id,
        gaming_day=DAY,
        revision=1,
        replaces=None,
        reason=None,
        content={"gaming_day": str(DAY)},
        content_sha256="d",
        closed_at=AT,
        closed_by=person.id,
    )


def a_paper(snapshot: facts.Snapshot, *, by: UUID) -> papers.PaperEntry:
    """The paper that a count was read from."""
    return papers.PaperEntry(
        id=uuid7(),
        casino_id=snapshot.casino_id,
        subject_id=snapshot.id,
        session_id=snapshot.session_id,
        table_id=snapshot.table_id,
        form="Table inventory slip",
        form_number="A-00417",
        signed_by=("D. Diaz", "S. Sato"),
        reason="the network was down",
        occurred_at=AT,
        recorded_at=AT,
        recorded_by=by,
    )


def a_buy_in(session: facts.Session, *, by: UUID) -> buy_ins.BuyIn:
    """A buy-in of $200.00 in cash."""
    return buy_ins.BuyIn(
        id=uuid7(),
        casino_id=session.casino_id,
        table_id=session.table_id,
        session_id=session.id,
        kind=buy_ins.BuyInKind.CASH,
        amount_cents=20_000,
        occurred_at=AT,
        recorded_at=AT,
        noted_by=by,
    )


def a_run(
    mount: facts.Mount, *, session: facts.Session, by: UUID
) -> tuple[terms.Record, terms.Record]:
    """A drop trip, and the box it left behind."""
    mine: dict[str, Any] = {"casino_id": mount.casino_id, "gaming_day": DAY, "recorded_at": AT}
    trip = trips.DropTrip(
        id=uuid7(),
        **mine,
        pits=("P1",),
        due=(),
        surveillance={"operator": "eye", "notified_at": "2026-03-01T14:00:00Z"},
        reason=None,
        started_at=AT,
        started_by=by,
    )
    left = trips.BoxLeftOut(
        id=uuid7(),
        **mine,
        mount_id=mount.id,
        box_id=mount.box_id,
        table_id=mount.table_id,
        session_id=session.id,
        trip_id=trip.id,
        left_at=AT,
    )
    return trip, left


def a_count_room(*, person: establishment.Staff, box: facts.Box, count: facts.Count) -> list[Any]:
    """A count session with one of everything that is entered in it, and a manifest by number."""
    mine: dict[str, Any] = {"casino_id": person.casino_id}
    session = count_sessions.CountSession(
        id=uuid7(),
        **mine,
        gaming_day=DAY,
        batch_id="CS-1",
        team=({"staff_id": str(person.id), "badge": "1007"},),
        surveillance=None,
        tester=None,
        started_at=AT,
        recorded_at=AT,
        started_by=person.id,
    )
    about: dict[str, Any] = {"count_session_id": session.id, "recorded_at": AT}
    file = count_sessions.CountFile(
        id=uuid7(),
        **mine,
        **about,
        sha256="a",
        file_name="counter.csv",
        layout="PLAIN",
        outcome={},
        recorded_by=person.id,
    )
    return [
        session,
        file,
        count_sessions.CountEntry(
            id=uuid7(),
            **mine,
            **about,
            box_id=box.id,
            removal_id=count.removal_id,
            revision=1,
            contents=(),
            total_cents=0,
            first_count_cents=0,
            second_count_cents=0,
            evidence=(),
            reported_exceptions=(),
            file_id=file.id,
            entered_at=AT,
            entered_by=person.id,
        ),
        count_sessions.CountVerification(
            id=uuid7(),
            **mine,
            **about,
            total_cents=0,
            verified_at=AT,
            verified_by=person.id,
        ),
        elsewhere.ManifestLine(
            id=uuid7(),
            **mine,
            count_id=count.id,
            removal_id=count.removal_id,
            place=0,
            form="FILL",
            number="F-2026-000001",
            amount_cents=None,
            table_named=None,
        ),
    ]


def a_remark(*, session: facts.Session, person: establishment.Staff) -> remarks.Remark:
    return remarks.Remark(
        id=uuid7(),
        casino_id=session.casino_id,
        subject_type=remarks.RemarkedOn.SESSION,
        subject_id=session.id,
        session_id=session.id,
        table_id=session.table_id,
        text="a long night",
        reference="report 118",
        occurred_at=AT,
        recorded_at=AT,
        recorded_by=person.id,
    )
