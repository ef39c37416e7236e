"""The sessions that advice is made from: one statement says what the table's own records say."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tablebank.domain.facts import Session, Slip, Snapshot
from tablebank.domain.recommendations.evidence import FillSeen, SessionSeen
from tablebank.domain.rundown import IN_FLIGHT, VERIFIED
from tablebank.domain.terms import Basis, Purpose, SlipKind, SnapshotKind
from tablebank.store.evidence import Stretch, sessions_seen
from tablebank.store.load import load_many, of
from tablebank.store.scope import casino_view
from tests.at_table import AtTable, a_table
from tests.cast import Casino, found
from tests.say import chips, dollars, worth

TARGET = "40 red, 40 green, 20 black"
FIRST, LAST = date(2026, 3, 2), date(2026, 3, 8)


def _told(session: Session, snapshots: list[Snapshot], slips: list[Slip]) -> SessionSeen:
    """The same by looking through all records, one by one."""
    replaced = {each.supersedes for each in snapshots}
    mine = [each for each in snapshots if each.session_id == session.id and each.id not in replaced]
    mine.sort(key=lambda each: (each.occurred_at, each.recorded_at))
    openers = [each for each in mine if each.kind == SnapshotKind.OPENING]
    closers = [each for each in mine if each.kind == SnapshotKind.CLOSING]
    moved = [each for each in slips if each.session_id == session.id]
    verified = [each for each in moved if each.status in VERIFIED]
    unsettled = any(each.status in IN_FLIGHT for each in moved)
    adjusted = any(each.purpose == Purpose.FINAL_ADJUSTMENT for each in verified)
    opener = openers[-1] if openers and openers[-1].basis != Basis.PAR_ATTESTED else None
    fills = tuple(
        FillSeen(
            amount_cents=each.total_cents, purpose=each.purpose, tray_instant=each.tray_instant
        )
        for each in verified
        if each.kind == SlipKind.FILL and each.tray_instant is not None
    )
    credits_ = sum(each.total_cents for each in verified if each.kind == SlipKind.CREDIT)
    return SessionSeen(
        ordinal=session.ordinal,
        gaming_day=session.gaming_day,
        shift_code=session.shift_code,
        game_type=session.game_type,
        phase=session.phase,
        need_total_cents=session.need_total_cents,
        opening_total_cents=opener.total_cents if opener else None,
        interim_totals_cents=tuple(
            each.total_cents for each in mine if each.kind == SnapshotKind.INTERIM
        ),
        closing_total_cents=closers[-1].total_cents if closers else None,
        restored=session.attested_at is not None or adjusted,
        fills=None if unsettled else fills,
        credits_total_cents=None if unsettled else credits_,
    )


def _both(table: AtTable) -> tuple[list[SessionSeen], list[SessionSeen]]:
    """What the statement sees of a table, and what its records tell."""
    casino_id, table_id = table.casino.founded.id, UUID(table.id)
    with casino_view(casino_id) as cursor:
        seen = sessions_seen(cursor, casino_id, [Stretch(table_id, FIRST, LAST)])[0]

        def all_of(kind: type[Any]) -> list[Any]:
            return list(load_many(cursor, kind, of(casino_id, "table_id = %s", table_id)))

        told = [_told(each, all_of(Snapshot), all_of(Slip)) for each in all_of(Session)]

    def in_order(each: SessionSeen) -> tuple[bool, int, str]:
        return (each.ordinal is None, each.ordinal or 0, each.shift_code)

    return sorted(seen, key=in_order), sorted(told, key=in_order)


@pytest.fixture(scope="module")
def casino(_database_is_real: None) -> Casino:
    return found(mode="IMPREST_TO_PAR")


@pytest.fixture
def at_par(casino: Casino) -> AtTable:
    table = a_table(casino)
    policy = {
        "table_id": table.id,
        "par_total_cents": worth(TARGET),
        "target_chipset": chips(TARGET),
        "effective_from_gaming_day": str(casino.now.date()),
    }
    casino.pat.post("/par-policies", policy, at=casino.now).must(201)
    return table


def test_counts_and_slips_of_a_shift_are_seen(at_par: AtTable) -> None:
    """SUGG-1: fills in their order, final adjustments by their purpose, credits beside them."""
    at_par.open_table(TARGET)
    at_par.fill("10 black")
    at_par.fill("5 green")
    at_par.credit("4 black")
    at_par.count("INTERIM", "26 black")
    at_par.count("INTERIM", "25 black")
    at_par.closing()
    at_par.count("CLOSING", "40 red, 40 green, 19 black")
    asked = at_par.ask_fill("1 black", purpose="FINAL_ADJUSTMENT")
    at_par.verify_fill(at_par.issue(asked))
    at_par.count("CLOSING", TARGET)
    at_par.casino.sam.post(f"{at_par.path}/close", at=at_par.casino.tick()).must(200)
    at_par.prepare()
    seen, told = _both(at_par)
    assert seen == told
    assert [fill.purpose for fill in seen[0].fills or ()].count(Purpose.FINAL_ADJUSTMENT) == 1
    assert (seen[0].restored, seen[0].credits_total_cents) == (True, dollars("400"))
    assert (seen[1].ordinal, seen[1].fills) == (None, ())


def test_a_slip_left_unsettled_leaves_the_fills_unknown(at_par: AtTable) -> None:
    """SUGG-1, LESSON-2: unknown, and not none; cancelled and voided ones are none."""
    at_par.open_table(TARGET)
    cancelled = at_par.ask_fill("1 black")
    at_par.casino.sam.post(
        f"/slips/{cancelled['id']}/cancel", {"reason": "not needed"}, at=at_par.casino.tick()
    ).must(200)
    at_par.fill("2 black")
    seen, told = _both(at_par)
    assert seen == told
    assert len(seen[0].fills or ()) == 1
    at_par.issue(at_par.ask_fill("10 black"))
    at_par.force_close()
    seen, told = _both(at_par)
    assert seen == told
    assert (seen[0].fills, seen[0].credits_total_cents) == (None, None)
    assert seen[0].closing_total_cents is None


def test_a_count_that_was_replaced_is_not_seen(at_par: AtTable) -> None:
    """SNAP-1: the one that stands; par that stood for a count is none (SNAP-2)."""
    at_par.open_table(TARGET)
    opener = at_par.session()["opening"]
    better = {"supersedes": opener["id"], "reason": "a stack was missed"}
    at_par.count("OPENING", "40 red, 40 green, 19 black", **better)
    seen, told = _both(at_par)
    assert seen == told
    assert seen[0].opening_total_cents == worth("40 red, 40 green, 19 black")


def test_par_that_stood_for_an_opening_is_no_count(at_par: AtTable) -> None:
    """SNAP-2: known for sure, and never counted."""
    at_par.open()
    asked = {"kind": "OPENING", "basis": "PAR_ATTESTED"}
    hands = [at_par.casino.dana, at_par.casino.pat]
    path, at = f"{at_par.path}/snapshots", at_par.casino.tick()
    at_par.casino.sam.post(path, asked, at=at, signed=hands).must(200, 201)
    seen, told = _both(at_par)
    assert seen == told
    assert seen[0].opening_total_cents is None


def test_only_the_days_and_tables_asked_for_are_seen(at_par: AtTable) -> None:
    """SUGG-1, TEN-1: each stretch its own, a table of another casino none."""
    at_par.open_table(TARGET)
    casino_id, table_id = at_par.casino.founded.id, UUID(at_par.id)
    next_door = a_table(found())
    next_door.open_table(TARGET)
    stretches = [
        Stretch(table_id, date(2026, 3, 3), LAST),
        Stretch(table_id, FIRST, FIRST),
        Stretch(UUID(next_door.id), FIRST, LAST),
        Stretch(table_id, FIRST, LAST),
    ]
    with casino_view(casino_id) as cursor:
        seen = sessions_seen(cursor, casino_id, stretches)
    assert [len(seen[place]) for place in range(4)] == [0, 1, 0, 1]
