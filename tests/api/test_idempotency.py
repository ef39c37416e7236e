"""The same key has one effect, and a dry run none (IDEM-1, IDEM-2, LESSON-28)."""

from collections.abc import Callable

import pytest

from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable, a_table
from tests.cast import NO_KEY, Casino
from tests.line import Answer
from tests.say import chips, spoken


def _ask(table: AtTable, key: str, stack: str = "5 black") -> Answer:
    sam = table.casino.sam
    return sam.post(f"{table.path}/fills", {"chipset": chips(stack)}, key=key)


def test_a_replay_answers_byte_for_byte_what_was_answered_first(live: AtTable) -> None:
    """IDEM-1, LESSON-28: an identical retry doubles nothing; first status, first body, a header."""
    key = live.casino.code("key")
    first = _ask(live, key)
    assert (first.status, first.replayed) == (201, False)
    live.issue(first.json)
    with nothing_changes(live.casino):
        again = _ask(live, key)
    assert (again.status, again.content, again.replayed) == (201, first.content, True)
    assert len(live.casino.art.all_of("/slips", session_id=live.session_id)) == 1


def test_the_same_key_with_other_content_is_refused(live: AtTable) -> None:
    """IDEM-1: other chips, another instant, another path or another command is other content."""
    casino, key = live.casino, live.casino.code("key")
    _ask(live, key).must(201)
    other = a_table(casino)
    other.open_table()
    with nothing_changes(casino):
        _ask(live, key, "6 black").must_refuse(422, "IDEMPOTENCY_KEY_REUSED")
        _ask(other, key).must_refuse(422, "IDEMPOTENCY_KEY_REUSED")
        body = {"chipset": chips("5 black")}
        answer = casino.sam.post(f"{live.path}/credits", body, key=key)
        answer.must_refuse(422, "IDEMPOTENCY_KEY_REUSED")
        answer = casino.sam.post(f"{live.path}/fills", {**body, "remark": "!"}, key=key)
        answer.must_refuse(422, "IDEMPOTENCY_KEY_REUSED")


def test_keys_are_per_person(live: AtTable) -> None:
    """IDEM-1: Sue's key is not Sam's."""
    key = live.casino.code("key")
    mine = _ask(live, key)
    body = {"chipset": chips("5 black")}
    hers = live.casino.sue.post(f"{live.path}/fills", body, key=key)
    assert hers.status == 201
    assert hers["id"] != mine["id"]


def test_a_refused_command_leaves_no_key(table: AtTable) -> None:
    """IDEM-1, SIGN-4: what was refused may be sent again with the same key, put right or later."""
    casino, key = table.casino, table.casino.code("key")
    table.open()
    asked = {"kind": "OPENING", "chipset": chips("20 black")}
    path = f"{table.path}/snapshots"
    at = table.when(None)
    wrong = {**casino.dana.signs(), "pin": "000000"}
    answer = casino.sam.post(path, asked, at=at, key=key, signed=[wrong, casino.pat])
    answer.must_refuse(422, "SIGNATURE_REFUSED")
    casino.sam.post(path, asked, at=at, key=key).must_refuse(422, "SIGNATURE_MISSING")
    answer = casino.sam.post(path, asked, at=at, key=key, signed=[casino.dana, casino.pat])
    assert answer.status == 201
    assert not answer.replayed


def test_a_pin_is_no_part_of_the_content(table: AtTable) -> None:
    """IDEM-1: PINs are in no hash: a retry is recognized although a PIN in it was mistyped."""
    casino, key = table.casino, table.casino.code("key")
    table.open()
    asked = {"kind": "OPENING", "chipset": chips("20 black")}
    path, at = f"{table.path}/snapshots", table.when(None)
    first = casino.sam.post(path, asked, at=at, key=key, signed=[casino.dana, casino.pat])
    first.must(201)
    mistyped = {**casino.dana.signs(), "pin": "000000"}
    again = casino.sam.post(path, asked, at=at, key=key, signed=[mistyped, casino.pat])
    assert again.replayed
    assert again.content == first.content


@pytest.mark.parametrize("key", [NO_KEY, "k" * 256])
def test_a_command_without_a_key_is_refused(live: AtTable, key: str) -> None:
    """IDEM-1: every command takes a key of up to 255 characters; tokens must send one."""
    with nothing_changes(live.casino):
        _ask(live, key).must_refuse(422, "IDEMPOTENCY_KEY_MISSING")


def test_a_key_of_255_characters_is_a_key(live: AtTable) -> None:
    """IDEM-1: any string up to 255."""
    key = live.casino.code("k").ljust(255, "~")
    assert _ask(live, key).status == 201
    assert _ask(live, key).replayed


def test_a_new_token_is_shown_once(casino: Casino) -> None:
    """IDEM-1: a replay shows everything but the secret, which is kept nowhere."""
    casino.person("sam")
    key = casino.code("key")
    first = casino.ada.post("/tokens", {"badge": "2001"}, key=key)
    again = casino.ada.post("/tokens", {"badge": "2001"}, key=key)
    assert first["token"].startswith("tb_")
    assert (again.status, again.replayed, again["token"]) == (201, True, None)
    assert again["id"] == first["id"]


Send = Callable[[AtTable, bool], Answer]


def _fill(table: AtTable, dry: bool) -> Answer:
    body = {"chipset": chips("5 black")}
    return table.casino.sam.post(f"{table.path}/fills", body, at=table.casino.now, dry_run=dry)


def _interim(table: AtTable, dry: bool) -> Answer:
    body = {"kind": "INTERIM", "chipset": chips("5 black")}
    return table.casino.sam.post(
        f"{table.path}/snapshots",
        body,
        at=table.casino.now,
        signed=[table.casino.dana],
        dry_run=dry,
    )


def _roll(table: AtTable, dry: bool) -> Answer:
    return table.casino.sam.post(
        f"{table.path}/roll-over",
        {"chipset": chips("5 black")},
        at=table.casino.now,
        signed=[table.casino.dana],
        dry_run=dry,
    )


def _remove(table: AtTable, dry: bool) -> Answer:
    notice = {"notified_at": spoken(table.casino.now), "operator": "Sol"}
    return table.casino.dora.post(
        f"{table.path}/drop/remove",
        {"type": "SCHEDULED", "surveillance": notice},
        at=table.casino.now,
        signed=[table.casino.dex],
        dry_run=dry,
    )


def _closing(table: AtTable, dry: bool) -> Answer:
    return table.casino.sam.post(f"{table.path}/closing", at=table.casino.now, dry_run=dry)


def _new_table(table: AtTable, dry: bool) -> Answer:
    body = {"code": "DRY-1", "pit": "1", "game_type": "CRAPS"}
    return table.casino.ada.post("/tables", body, at=table.casino.now, dry_run=dry)


def _par(table: AtTable, dry: bool) -> Answer:
    body = {"table_id": table.id, "effective_from_gaming_day": "2026-04-01", "par_total_cents": 7}
    return table.casino.pat.post("/par-policies", body, at=table.casino.now, dry_run=dry)


def _force(table: AtTable, dry: bool) -> Answer:
    body = {"force": True, "reason": "an alarm"}
    return table.casino.pat.post(f"{table.path}/close", body, at=table.casino.now, dry_run=dry)


SENDING: tuple[Send, ...] = (
    *(_fill, _interim, _roll, _remove, _closing, _new_table, _par, _force),
)
NEW_EACH_TIME = ("id", "recorded_at", "next_cursor")


@pytest.mark.parametrize("send", SENDING, ids=lambda send: send.__name__)
def test_a_dry_run_answers_the_same_and_writes_nothing(live: AtTable, send: Send) -> None:
    """IDEM-2: the same status, names and figures; not one row, number or journal entry."""
    live.casino.tick()
    with nothing_changes(live.casino):
        dry = send(live, True)
    wet = send(live, False)
    assert dry.status == wet.status
    assert 200 <= dry.status < 300, dry.text
    assert _figures(dry.json) == _figures(wet.json)


def _figures(value: object) -> object:
    """What does not hang on when and as which row it was written."""
    if isinstance(value, dict):
        return {
            name: _figures(each)
            for name, each in value.items()
            if not (name in NEW_EACH_TIME or name.endswith(("_id", "_sha256")))
            and name not in ("closed", "opened", "inputs", "serves", "exceptions_raised")
        }
    if isinstance(value, list):
        return [_figures(each) for each in value]
    return value


def test_a_dry_run_is_refused_as_the_command_would_be(live: AtTable) -> None:
    """IDEM-2: the same checks."""
    body = {"chipset": {"7": 1}}
    with nothing_changes(live.casino):
        for dry in (True, False):
            answer = live.casino.sam.post(f"{live.path}/fills", body, dry_run=dry)
            answer.must_refuse(422, "DENOMINATION_UNKNOWN")
            answer = live.casino.sam.post(f"{live.path}/close", dry_run=dry)
            answer.must_refuse(409, "SESSION_NOT_CLOSING")


def test_a_dry_run_claims_no_key(live: AtTable) -> None:
    """IDEM-2: the command itself may follow with the same key."""
    key = live.casino.code("key")
    body = {"chipset": chips("5 black")}
    for _ in range(2):
        dry = live.casino.sam.post(f"{live.path}/fills", body, key=key, dry_run=True)
        assert (dry.status, dry.replayed) == (201, False)
    assert not _ask(live, key).replayed


def test_what_changes_nothing_is_answered_and_leaves_no_entry(live: AtTable) -> None:
    """IDEM-1, JRN-1: a change to what already is answers 200; the journal keeps changes only."""
    casino = live.casino
    head = casino.art.get("/journal/verify")["entries"]
    casino.ada.patch(f"/tables/{live.id}", {"name": live.code}).must(200)
    assert casino.art.get("/journal/verify")["entries"] == head
