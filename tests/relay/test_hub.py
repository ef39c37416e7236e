"""The hub hands on every entry once and in order, to whoever follows, from wherever they begin.

JRN-4: nothing is lost or told out of order; TEN-1: nothing of another casino is told.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connections

from tablebank.relay import hub as hubs
from tablebank.relay.hub import FellBehind
from tests.cast import Casino, found
from tests.program import address
from tests.relay.following import Viewer, a_hub, done, happen, happens, head_of


@pytest.fixture
def casino(_database_is_real: None) -> Casino:
    """A casino of the test's own: its journal holds nothing that others did."""
    casino = found()
    for name in ("ada", "ana"):
        casino.person(name)
    return casino


def test_what_happens_is_told_to_all_as_it_happens(casino: Casino) -> None:
    """JRN-4, LESSON-24: who looks on is told at once, each entry once and in order."""

    async def seen() -> None:
        async with a_hub() as hub:
            head = await head_of(casino)
            async with (
                Viewer(hub, casino, after=None) as one,
                Viewer(hub, casino, after=None) as two,
            ):
                await one.joined()
                await two.joined()
                for _ in range(4):
                    await happens(casino)
                wanted = list(range(head + 1, head + 5))
                assert await one.until(head + 4) == wanted
                assert await two.until(head + 4) == wanted
            assert hub.viewers == 0

    done(seen())


def test_a_viewer_begins_at_its_own_position(casino: Casino) -> None:
    """JRN-4: what was missed comes first, then what happens next; nothing twice at the seam."""

    async def seen() -> None:
        async with a_hub() as hub:
            head = await head_of(casino)
            async with (
                Viewer(hub, casino, after=None) as other,
                Viewer(hub, casino, after=2) as late,
            ):
                await other.joined()
                await late.joined()
                assert late.heard == list(range(3, head + 1))
                await happens(casino)
                assert await late.until(head + 1) == list(range(3, head + 2))
                assert other.heard == []

    done(seen())


def test_a_position_beyond_the_journal_is_its_end(casino: Casino) -> None:
    """A number that nobody gave out holds nobody up: what happens next is told."""

    async def seen() -> None:
        async with a_hub() as hub, Viewer(hub, casino, after=10**9) as viewer:
            await viewer.joined()
            await happens(casino)
            head = await head_of(casino)
            assert await viewer.until(head) == [head]

    done(seen())


def test_far_behind_is_caught_up_page_by_page(
    casino: Casino, monkeypatch: pytest.MonkeyPatch
) -> None:
    """JRN-4: however far behind, and with more happening while it is read."""
    monkeypatch.setattr("tablebank.relay.lines.PAGE", 3)

    async def seen() -> None:
        for _ in range(10):
            await happens(casino)
        async with a_hub() as hub, Viewer(hub, casino, after=0) as viewer:
            await viewer.piece()
            await happens(casino)
            head = await head_of(casino)
            assert await viewer.until(head) == list(range(1, head + 1))

    done(seen())


@pytest.mark.parametrize("viewers", [12, pytest.param(100, marks=pytest.mark.trial)])
def test_nothing_is_lost_or_doubled_where_viewers_join(casino: Casino, viewers: int) -> None:
    """JRN-4: viewers come from everywhere in the journal while three threads write to it."""

    async def seen() -> None:
        head = await head_of(casino)
        last = head + 3 * viewers

        async def follow(hub: hubs.Hub, after: int) -> None:
            await asyncio.sleep(after / 100)
            async with Viewer(hub, casino, after=after) as viewer:
                assert await viewer.until(last) == list(range(after + 1, last + 1))

        def write() -> None:
            for _ in range(viewers):
                happen(casino)
            connections.close_all()

        loop = asyncio.get_running_loop()
        with ThreadPoolExecutor(max_workers=3) as pool:
            async with a_hub() as hub:
                writing = [loop.run_in_executor(pool, write) for _ in range(3)]
                await asyncio.gather(*(follow(hub, each % head) for each in range(viewers)))
                await asyncio.gather(*writing)

    done(seen())


def test_who_does_not_keep_up_is_let_go(casino: Casino, monkeypatch: pytest.MonkeyPatch) -> None:
    """JRN-4: a stalled viewer costs the others nothing, and misses nothing when it comes again."""
    monkeypatch.setattr(hubs, "MOST_WAITING", 3)

    async def seen() -> None:
        async with a_hub() as hub:
            head = await head_of(casino)
            async with (
                Viewer(hub, casino, after=None) as quick,
                Viewer(hub, casino, after=None) as slow,
            ):
                await quick.joined()
                await slow.joined()
                for number in range(head + 1, head + 6):
                    await happens(casino)
                    await quick.until(number)
                with pytest.raises(FellBehind):
                    await slow.until(head + 5)
                assert quick.heard == list(range(head + 1, head + 6))
            async with Viewer(hub, casino, after=max(slow.heard, default=head)) as again:
                await again.joined()
                assert slow.heard + again.heard == quick.heard

    done(seen())


def test_two_casinos_are_two_feeds(casino: Casino) -> None:
    """TEN-1: what happens next door is told next door and nowhere else."""

    next_door = found()
    next_door.person("ana")

    async def seen() -> None:
        mine, theirs = await head_of(casino), await head_of(next_door)
        async with (
            a_hub() as hub,
            Viewer(hub, casino, after=mine) as here,
            Viewer(hub, next_door, after=theirs) as there,
        ):
            await here.joined()
            await there.joined()
            await happens(next_door)
            await happens(next_door)
            await happens(casino)
            assert await there.until(theirs + 2) == [theirs + 1, theirs + 2]
            assert await here.until(mine + 1) == [mine + 1]

    done(seen())


def test_a_lost_poke_only_delays(casino: Casino, monkeypatch: pytest.MonkeyPatch) -> None:
    """JRN-4: the hub looks by itself where nobody told it to."""
    monkeypatch.setattr("tablebank.store.save.poke", lambda casino_id: None)

    async def seen() -> None:
        async with a_hub(look_seconds=0.1) as hub, Viewer(hub, casino, after=None) as viewer:
            await viewer.joined()
            head = await head_of(casino)
            await happens(casino)
            assert await viewer.until(head + 1) == [head + 1]

    done(seen())


def test_a_lost_database_only_delays(casino: Casino) -> None:
    """JRN-4: both connections are cut in the middle of it; the stream stays and misses nothing."""

    async def seen() -> None:
        async with a_hub() as hub, Viewer(hub, casino, after=None) as viewer:
            await viewer.joined()
            head = await head_of(casino)
            for cut in range(1, 4):
                assert await asyncio.to_thread(_cut_the_relay_off) >= 1
                await happens(casino)
                assert (await viewer.until(head + cut))[-1] == head + cut
            assert viewer.heard == [head + 1, head + 2, head + 3]

    done(seen())


def _cut_the_relay_off() -> int:
    with psycopg.connect(address("owner"), autocommit=True) as owner:
        cut = owner.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            " where datname = current_database() and application_name like 'tablebank relay%'"
        ).fetchone()
    return int(cut[0]) if cut else 0


def test_the_line_says_that_it_is_up(casino: Casino, monkeypatch: pytest.MonkeyPatch) -> None:
    """LESSON-24: a beat tells up to where everything was told; a silent line is a broken one."""
    monkeypatch.setattr(hubs, "BEAT_SECONDS", 0.05)

    async def seen() -> None:
        async with a_hub() as hub, Viewer(hub, casino, after=None) as viewer:
            await viewer.joined()
            assert await viewer.piece() == b'event: beat\ndata: {"number":%d}\n\n' % await head_of(
                casino
            )

    done(seen())


def test_the_feed_tells_where_and_nothing_more(casino: Casino) -> None:
    """SOFT-1: no figure, no name and no content leaves by the feed."""

    async def seen() -> None:
        async with a_hub() as hub, Viewer(hub, casino, after=None) as viewer:
            await viewer.joined()
            head = await head_of(casino)
            await happens(casino)
            lines = (await viewer.piece()).decode().splitlines()
            assert lines[:2] == [f"id: {head + 1}", "event: entry"]
            told = json.loads(lines[2].removeprefix("data: "))
            assert set(told) == {
                *("number", "command", "table_id", "session_id", "subject_type", "occurred_at")
            }
            assert (told["number"], told["command"]) == (head + 1, "register_box")

    done(seen())
