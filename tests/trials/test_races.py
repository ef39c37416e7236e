"""Everything at the same moment, over real sockets, against real rows (S2, LESSON-26 to 31).

The casinos here are real ones (not simulated): nobody says when a thing happened, so it happened
when its turn came.
"""

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import pytest

from tests.cast import Casino, found
from tests.line import Answer, OverTheWire
from tests.program import Server
from tests.trials.racing import at_once, check_journal, told
from tests.trials.spot import Spot, box_content, spot_in

HIRED = ("dana", "drew", "sam", "sue", "pat", "casey", "rory", "rae", "dora", "dex", "tina", "tom")


@pytest.fixture(scope="module")
def busy(wire: OverTheWire, server: Server) -> Iterator[Casino]:
    """A casino with everybody at work; afterwards its journal must hold (JRN-1)."""
    casino = found(line=wire, simulated=False)
    for name in (*HIRED, "ana"):
        casino.person(name)
    yield casino
    assert check_journal(casino) > 100
    assert "Traceback" not in server.said()


def test_two_hundred_open_one_table(busy: Casino) -> None:
    """SESS-1, LESSON-27: one session; everybody else is told that there is one."""
    spot = spot_in(busy)
    said = {"table_id": spot.id, "open": True}
    callers = [busy.sam, busy.sue, busy.pat]
    answers = at_once([partial(callers[n % 3].post, "/sessions", said) for n in range(200)])
    assert told(answers) == {"201": 1, "409 SESSION_ALREADY_LIVE": 199}
    winner = next(each for each in answers if each.status == 201)["id"]
    there = busy.sam.all_of("/sessions", table_id=spot.id)
    assert [each["id"] for each in there] == [winner]
    for each in answers:
        if each.status == 409:
            assert each["facts"]["session_id"] == winner


def test_two_hundred_open_one_prepared_session(busy: Casino) -> None:
    """SESS-1, SESS-3: it is opened once; what opening binds is bound once."""
    spot = spot_in(busy)
    prepared = busy.sam.post("/sessions", {"table_id": spot.id}).must(201)["id"]
    path = f"/sessions/{prepared}/open"
    answers = at_once([partial(busy.sam.post, path) for _ in range(200)])
    assert told(answers) == {"200": 1, "409 SESSION_ALREADY_LIVE": 199}
    there = busy.sam.all_of("/sessions", table_id=spot.id)
    assert [(each["id"], each["sequence"]) for each in there] == [(prepared, 1)]


def test_fifty_prepare_one_shift(busy: Casino) -> None:
    """SESS-1: a table is prepared once for a shift, whoever prepares the whole shift at once."""
    spots = [spot_in(busy) for _ in range(3)]
    said = {"table_ids": [spot.id for spot in spots]}
    answers = at_once([partial(busy.sam.post, "/sessions/prepare", said) for _ in range(50)])
    assert {each.status for each in answers} == {200}
    assert sum(len(each["items"]) for each in answers) == 3
    for spot in spots:
        assert len(busy.sam.all_of("/sessions", table_id=spot.id)) == 1


def test_fifty_issues_take_fifty_numbers(busy: Casino) -> None:
    """SLIP-2, FIL-05: consecutive, none twice, none left out, on ten tables at once."""
    spots = [spot_in(busy) for _ in range(10)]
    for spot in spots:
        spot.open("100 black")
    asked = [spot.ask_fill("1 black")["id"] for spot in spots for _ in range(5)]
    answers = at_once(
        [
            partial(busy.casey.post, f"/slips/{slip}/issue", signed=[(busy.rory, busy.rae)[n % 2]])
            for n, slip in enumerate(asked)
        ]
    )
    assert told(answers) == {"200": 50}
    numbers = sorted(int(each["number"].rpartition("-")[2]) for each in answers)
    assert numbers == list(range(numbers[0], numbers[0] + 50))
    series = {each["number"].rpartition("-")[0] for each in answers}
    assert len(series) == 1


def test_two_hundred_retries_have_one_effect(busy: Casino) -> None:
    """IDEM-1, LESSON-28: the same answer to all, and one slip."""
    spot = spot_in(busy)
    spot.open("100 black")
    path, said, key = f"/sessions/{spot.session}/fills", {"chipset": {"10000": 5}}, str(uuid4())
    answers = at_once([partial(busy.sam.post, path, said, key=key) for _ in range(200)])
    assert told(answers) == {"201": 200}
    assert len({each.content for each in answers}) == 1
    assert sum(not each.replayed for each in answers) == 1
    slips = busy.sam.all_of("/slips", session_id=spot.session)
    assert [each["id"] for each in slips] == [answers[0]["id"]]


def test_two_commands_under_one_key(busy: Casino) -> None:
    """IDEM-1: one of them was meant; the other is refused and has no effect."""
    spot = spot_in(busy)
    spot.open("100 black")
    for _ in range(10):
        before = len(busy.sam.all_of("/slips", session_id=spot.session))
        key = str(uuid4())
        answers = at_once(
            [
                partial(
                    busy.sam.post,
                    f"/sessions/{spot.session}/{what}",
                    {"chipset": {"10000": 5}},
                    key=key,
                )
                for what in ("fills", "credits") * 4
            ]
        )
        assert told(answers) == {"201": 4, "422 IDEMPOTENCY_KEY_REUSED": 4}
        after = busy.sam.all_of("/slips", session_id=spot.session)
        assert len(after) == before + 1


def test_a_refused_command_leaves_its_key_free(busy: Casino) -> None:
    """IDEM-1: refused ten times at once, the same key works once the state allows it."""
    spot = spot_in(busy)
    spot.begin()
    path, said, key = f"/sessions/{spot.session}/fills", {"chipset": {"10000": 5}}, str(uuid4())
    answers = at_once([partial(busy.sam.post, path, said, key=key) for _ in range(10)])
    assert told(answers) == {"409 SESSION_NOT_OPEN": 10}
    spot.count_tray("OPENING", "100 black", signed=[busy.dana, busy.pat])
    assert busy.sam.post(path, said, key=key).must(201)["status"] == "REQUESTED"


def test_one_box_is_mounted_on_one_of_two_tables(busy: Casino) -> None:
    """BOX-2: a box is in one place, and a table has one box, also at the same moment."""
    for _ in range(10):
        tables = [_without_a_box(busy) for _ in range(2)]
        box = busy.code("POOL")
        busy.ada.post("/boxes", {"code": box, "kind": "EMERGENCY"}).must(201)
        answers = at_once(
            [
                partial(
                    busy.dora.post, f"/tables/{table}/mount-box", {"box": box}, signed=[busy.dex]
                )
                for table in tables
            ]
        )
        assert told(answers) == {"200": 1, "409 BOX_NOT_FREE": 1}


def test_two_boxes_are_mounted_on_one_table(busy: Casino) -> None:
    """BOX-2: the second is told that there is one."""
    table = _without_a_box(busy)
    boxes = [busy.code("POOL") for _ in range(8)]
    for box in boxes:
        busy.ada.post("/boxes", {"code": box, "kind": "EMERGENCY"}).must(201)
    path = f"/tables/{table}/mount-box"
    answers = at_once(
        [partial(busy.dora.post, path, {"box": box}, signed=[busy.dex]) for box in boxes]
    )
    assert told(answers) == {"200": 1, "409 TABLE_HAS_BOX": 7}


def test_one_box_is_removed_once(busy: Casino) -> None:
    """BOX-2, LESSON-17: two crews at one table come back with one box."""
    spot = spot_in(busy)
    spot.open("100 black")
    said = {
        "type": "SCHEDULED",
        "box": spot.code,
        "replacement_box": spot.spare_box(),
        "surveillance": {"notified_at": "2026-03-02T12:00:00Z", "operator": "S-12"},
    }
    path = f"/sessions/{spot.session}/drop/remove"
    answers = at_once([partial(busy.dora.post, path, said, signed=[busy.dex]) for _ in range(10)])
    assert told(answers) == {"201": 1, "409 BOX_NOT_MOUNTED": 9}
    assert len(busy.ana.all_of("/drops", session_id=spot.session)) == 1


def test_one_box_is_counted_once(busy: Casino) -> None:
    """SOFT-2, SOFT-3: the same batch is answered as the first time, another is refused."""
    spot = spot_in(busy)
    spot.open("100 black")
    drop = spot.remove()
    path = f"/drops/{drop}/count"
    bodies = [box_content(busy, 100_000, batch="B-1")] * 10 + [
        box_content(busy, 90_000 + n, batch=f"B-{n + 2}") for n in range(10)
    ]
    answers = at_once([partial(busy.tina.post, path, body, signed=[busy.tom]) for body in bodies])
    for each in answers:
        if each.status != 201:
            each.must_refuse(409, "ALREADY_COUNTED")
    counted = [each["id"] for each in answers if each.status == 201]
    assert len(counted) in (1, 10)
    assert len(set(counted)) == 1
    standing = busy.tina.get(f"/drops/{drop}").must(200)["count"]
    assert (standing["id"], standing["revision"]) == (counted[0], 1)


def test_one_session_rolls_over_once(busy: Casino) -> None:
    """SESS-1, SESS-8: twenty supervisors, one next session."""
    spot = spot_in(busy)
    spot.open("100 black")
    path, said = f"/sessions/{spot.session}/roll-over", {"chipset": {"10000": 100}}
    answers = at_once([partial(busy.sam.post, path, said, signed=[busy.dana]) for _ in range(20)])
    assert told(answers) == {"200": 1, "409 SESSION_NOT_OPEN": 19}
    there = busy.sam.all_of("/sessions", table_id=spot.id)
    assert sorted(each["phase"] for each in there) == ["CLOSED", "OPEN"]


def test_tills_at_work_are_never_told_to_come_back(busy: Casino) -> None:
    """LESSON-30: eight whole cycles side by side; nothing fails for having met another."""
    spots = [spot_in(busy) for _ in range(8)]

    def cycle(spot: Spot) -> Answer:
        spot.open("100 black")
        for _ in range(3):
            spot.fill("5 black")
            spot.credit("5 black")
        spot.close("100 black")
        return busy.ana.get(f"/sessions/{spot.session}/rundown")

    for answer in at_once([partial(cycle, spot) for spot in spots]):
        result = answer.must(200)
        assert result["before_drop_cents"] == 0
        assert result["fills_total_cents"] == result["credits_total_cents"] == 150_000


def test_a_first_session_and_a_par_for_its_day_know_of_each_other(busy: Casino) -> None:
    """PAR-3, PAR-9: a par for a day that has begun is refused, or the first session has it."""
    spots = [spot_in(busy) for _ in range(12)]
    today = busy.sam.get("/shifts/current").must(200)["gaming_day"]

    def policy(spot: Spot) -> dict[str, object]:
        return {"table_id": spot.id, "par_total_cents": 5, "effective_from_gaming_day": today}

    opened = [
        partial(busy.sam.post, "/sessions", {"table_id": each.id, "open": True}) for each in spots
    ]
    set_now = [partial(busy.pat.post, "/par-policies", policy(each)) for each in spots]
    answers = at_once([*opened, *set_now])
    for session, par in zip(answers[: len(spots)], answers[len(spots) :], strict=True):
        bound = session.must(201)["par_policy_id"]
        if par.is_refusal:
            par.must_refuse(422, "EFFECTIVE_DAY_PASSED")
            assert bound is None
        else:
            assert bound == par.must(201)["id"]


def _without_a_box(casino: Casino) -> str:
    said = {"code": casino.code("RO"), "pit": "2", "game_type": "ROULETTE", "first_box": None}
    table: str = casino.ada.post("/tables", said).must(201)["id"]
    return table
