"""A whole simulated day is closed; and what races with the closing is in it or refused (DAY-1)."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from tablebank.simulator.play import play
from tests.at_table import a_table
from tests.cast import Casino, found
from tests.cli.typing_in import done, new_casino
from tests.line import API, OverTheWire
from tests.program import Server
from tests.trials.racing import at_once, check_journal

ROUNDS = 6


def _token(slug: str, badge: str, role: str) -> str:
    person = ("--badge", badge, "--name", f"{role} {badge}", "--role", role, "--pin", "128901")
    done("staff", "add", "--casino", slug, *person)
    return done("token", "create", "--casino", slug, "--badge", badge).strip()


def test_a_simulated_day_is_closed(server: Server, wire: OverTheWire) -> None:
    """DAY-1, FIL-06, INV-12: no number is missing, no link broken, and the day won what was won."""
    slug = new_casino("--simulated", "--mode", "INVENTORY_COUNT")
    outcome = play(
        base_url=server.base_url,
        admin_token=_token(slug, "1", "ADMIN"),
        tables=4,
        days=1,
        seed=7,
        pace=None,
        progress=lambda _: None,
    )
    assert outcome.matches
    (day,) = {row.gaming_day for row in outcome.tables}
    who = {"Authorization": f"Bearer {_token(slug, '999001', 'ACCOUNTING')}"}
    path = f"{API}/gaming-days/{day}"
    before = wire.send("GET", path, headers=who, body=None).must(200)
    assert len(before["final"]) + len(before["ready"]) > 0
    assert [before[each] for each in ("not_ready", "live", "unexplained_numbers")] == [[], [], []]
    body = f'{{"occurred_at": "{before["ends_at"]}"}}'.encode()
    keyed = {**who, "Idempotency-Key": "close"}
    closed = wire.send("POST", f"{path}/close", headers=keyed, body=body).must(200)
    content = closed["close"]["content"]
    assert content["totals"]["win_cents"] == outcome.truth_win_cents
    assert all(each["whole"] and each["issued"] for each in content["numbers"])
    links = [link["held"] for each in content["chain"] for link in each["links"]]
    assert set(links) == {"first", "equal"}
    assert len(links) == len(outcome.tables)


@pytest.fixture(scope="module")
def busy(wire: OverTheWire) -> Casino:
    """A casino by the clock, with yesterdays enough."""
    casino = found(line=wire, simulated=False, timezone_name="UTC")
    for name in ("sam", "ana"):
        casino.person(name)
    return casino


def _shift(casino: Casino, day: date) -> str:
    shift: str = casino.sam.get("/shifts", gaming_day=str(day)).must(200)["items"][0]["id"]
    return shift


@pytest.mark.parametrize("opens", [False, True], ids=["prepared", "opened"])
def test_a_session_is_in_the_closed_day_or_refused(busy: Casino, opens: bool) -> None:
    """DAY-1, LESSON-26: never begun and missing from what was signed; never both refused."""
    table = a_table(busy)
    first = datetime.now(UTC).date() - timedelta(days=2 + 20 * opens)
    for back in range(ROUNDS):
        day = first - timedelta(days=back)
        asked = {"table_id": table.id, "shift_id": _shift(busy, day), "open": opens}
        begun, closed = at_once(
            [
                partial(busy.sam.post, "/sessions", asked),
                partial(busy.ana.post, f"/gaming-days/{day}/close"),
            ]
        )
        if begun.status == 409:
            begun.must_refuse(409, "GAMING_DAY_CLOSED")
            assert closed.must(200)["not_opened"] == []
            continue
        session: dict[str, Any] = begun.must(201)
        if opens:
            closed.must_refuse(409, "SESSION_NOT_CLOSED")
            why = {"reason": "another day"}
            busy.pat.post(f"/sessions/{session['id']}/void", why).must(200)
        else:
            listed = closed.must(200)["close"]["content"]["not_opened"]
            assert [each["id"] for each in listed] == [session["id"]]
    check_journal(busy)


def test_a_day_is_closed_once(busy: Casino) -> None:
    """DAY-1, LESSON-28: of many who close it at once one does."""
    day = datetime.now(UTC).date() - timedelta(days=60)
    a_table(busy)
    answers = at_once([partial(busy.ana.post, f"/gaming-days/{day}/close")] * 6)
    assert sorted(each.status for each in answers) == [200, *[409] * 5]
    assert {each.code for each in answers} == {None, "GAMING_DAY_CLOSED"}
    check_journal(busy)
