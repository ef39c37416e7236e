"""The opener/closer chain over a table's sessions and gaming days, broken once in each way."""

from datetime import date, timedelta

import pytest

from tablebank.domain.opener_closer_chain import Held, TableChain, breaks
from tablebank.queries.opener_closer_chain import chains_of_days
from tablebank.store.load import load_house
from tablebank.store.scope import casino_view
from tests.at_table import TRAY, AtTable, a_table
from tests.cast import Casino, found
from tests.say import DAY, dollars, moment, worth
from tests.tampering import unguarded

NEXT = DAY + timedelta(days=1)


@pytest.fixture
def table(_database_is_real: None) -> AtTable:
    """Two sessions on the first day, one on the next; each found what was left."""
    casino = found()
    table = a_table(casino)
    table.open_table(at="07:00")
    table.roll_over(at="14:00")
    table.close("10 black", at="20:00")
    casino.now = moment("07:00", day=NEXT)
    table.open_table("10 black")
    return table


def _chain(casino: Casino, day: date, *, blind: bool = False) -> TableChain:
    with casino_view(casino.founded.id) as cursor:
        house = load_house(cursor, casino.founded.id).house
        [chain] = chains_of_days(cursor, house, first=day, last=day, blind=blind)
    return chain


def test_the_chain_holds_across_sessions_and_days(table: AtTable) -> None:
    """INV-12, DAY-1: the first link of all is open, the others equal, also over the day's edge."""
    first, next_day = _chain(table.casino, DAY), _chain(table.casino, NEXT)
    assert [each.held for each in first.links] == [Held.FIRST, Held.EQUAL]
    assert first.left_with is not None
    assert first.left_with.total_cents == worth("10 black")
    [link] = next_day.links
    assert (link.held, link.difference_cents, link.net_cents) == (Held.EQUAL, 0, 0)
    assert link.closer is not None
    assert (link.closer.gaming_day, link.closer.number) == (DAY, first.left_with.number)
    assert next_day.left_with is None


def test_a_voided_session_breaks_no_chain(table: AtTable) -> None:
    """SESS-7: the one after it is held against the one before it."""
    why = {"reason": "opened by mistake"}
    table.casino.pat.post(f"{table.path}/void", why, at=table.casino.tick()).must(200)
    table.open_table("10 black")
    [link] = _chain(table.casino, NEXT).links
    assert (link.held, link.session_id.hex) == (Held.EQUAL, table.session_id.replace("-", ""))


def test_a_changed_count_breaks_the_chain(table: AtTable) -> None:
    """INV-12: chips in another mix are a difference too (SESS-5), and the break is named."""
    casino = table.casino
    with unguarded(casino, "tray_snapshot") as owner:
        owner.execute(
            "update tray_snapshot set chipset = %s where kind = 'OPENING' and session_id = %s",
            ['{"10000": 8, "2500": 8}', table.session_id],
        )
    chain = _chain(casino, NEXT)
    [broken] = breaks((chain,))
    assert (broken.difference_cents, broken.net_cents) == (dollars("400"), 0)
    assert broken.by_chip == {"2500": 8, "10000": -2}


def test_a_variance_that_was_signed_is_still_a_break(table: AtTable) -> None:
    """SESS-5, INV-12: with the exception it raised, open or resolved."""
    casino = table.casino
    table.close("10 black")
    table.open()
    table.count("OPENING", "9 black")
    asked = {"kind": "OPENING", "chipset": {"10000": 9}, "reason": "short by one"}
    path = f"{table.path}/snapshots"
    signed = [casino.dana, casino.pat]
    casino.sam.post(path, asked, at=casino.tick(), signed=signed).must(201)
    link = _chain(casino, NEXT).links[-1]
    assert (link.held, link.net_cents) == (Held.BROKEN, -dollars("100"))
    assert link.exception_status == "OPEN"


def test_what_was_not_counted_is_unknown(table: AtTable) -> None:
    """LESSON-1, CLOSE-2: no closer is no empty tray; the link says why it is unknown."""
    table.force_close()
    assert _chain(table.casino, NEXT).left_with is None
    table.open()
    table.count("OPENING", TRAY)
    link = _chain(table.casino, NEXT).links[-1]
    assert (link.held, link.difference_cents, link.net_cents) == (Held.UNKNOWN, None, None)
    assert link.reasons == ("MISSING_CLOSING_COUNT",)
    assert link.closer is None


def test_who_counts_blind_sees_no_amount(table: AtTable) -> None:
    """SNAP-4: of the tray that waits for a count; whether the link held is no secret."""
    told = {"settings": {"blind_counts": True}}
    table.casino.ada.patch("/casino", told).must(200)
    [link] = _chain(table.casino, NEXT, blind=True).links
    assert link.held is Held.EQUAL
    assert link.opener is not None
    assert link.closer is not None
    assert (link.opener.total_cents, link.closer.total_cents) == (None, None)
    assert link.difference_cents is None
