"""Bad input of every kind is a clear refusal and changes nothing: never a 5xx, never a write."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from tests.api.catalogue import WRITES, address, body_for
from tests.api.stage import Stage
from tests.api.test_permissions import MAY_CALL
from tests.api.unchanged import nothing_changes
from tests.at_table import AtTable
from tests.line import Answer
from tests.say import spoken

BIG = (2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64, 10**30, -(2**63) - 1)

UNREADABLE: Mapping[str, bytes] = {
    "not JSON": b"{",
    "a word": b"chips",
    "single quotes": b"{'chipset': {}}",
    "NaN": b'{"chipset": {"500": NaN}}',
    "infinite": b'{"chipset": {"500": -Infinity}}',
    "not UTF-8": b'{"remark": "\xff\xfe"}',
    "two values": b"{} {}",
    "half a letter": b'{"remark": "\\ud800"}',
    "half a letter in a name": b'{"\\udfff": 1}',
    "a number beyond all": b'{"total_cents": 1e400}',
    "deeper than anything said": b'{"lines": ' + b"[" * 50 + b"]" * 50 + b"}",
    "very deep": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "a number of a million digits": b'{"total_cents": ' + b"9" * 1_000_000 + b"}",
}

NOT_AN_OBJECT: Mapping[str, bytes] = {
    "a list": b"[]",
    "a text": b'"chips"',
    "a number": b"5",
    "true": b"true",
    "null": b"null",
    "a list of lists": b"[[[[]]]]",
}

CHIPSETS: Mapping[str, tuple[Any, str]] = {
    "an unknown denomination": ({"700": 1}, "DENOMINATION_UNKNOWN"),
    "LESSON-8: denomination 7": ({"7": 1}, "DENOMINATION_UNKNOWN"),
    "$2.50 that the casino does not have": ({"250": 1}, "DENOMINATION_UNKNOWN"),
    "a decimal amount": ({"5.00": 1}, "DENOMINATION_UNKNOWN"),
    "leading zeros": ({"0500": 1}, "DENOMINATION_UNKNOWN"),
    "a sign": ({"+500": 1}, "DENOMINATION_UNKNOWN"),
    "spaces": ({" 500": 1}, "DENOMINATION_UNKNOWN"),
    "digits of another script": ({"٥٠٠": 1}, "DENOMINATION_UNKNOWN"),
    "an empty key": ({"": 1}, "DENOMINATION_UNKNOWN"),
    "NUL": ({"5\x0000": 1}, "DENOMINATION_UNKNOWN"),
    "a slash and a tilde": ({"a/b~c": 1}, "DENOMINATION_UNKNOWN"),
    "negative": ({"500": -1}, "NEGATIVE_AMOUNT"),
    "a fraction": ({"500": 1.5}, "CHIPSET_INVALID"),
    "a whole float": ({"500": 1.0}, "CHIPSET_INVALID"),
    "exponent": ({"500": 1e3}, "CHIPSET_INVALID"),
    "a text": ({"500": "1"}, "CHIPSET_INVALID"),
    "true": ({"500": True}, "CHIPSET_INVALID"),
    "null": ({"500": None}, "CHIPSET_INVALID"),
    "a list of one": ({"500": [1]}, "CHIPSET_INVALID"),
    "an object": ({"500": {}}, "CHIPSET_INVALID"),
    "LESSON-8: more than fits": ({"500": 2**53}, "CHIPSET_INVALID"),
    "2**63": ({"500": 2**63}, "CHIPSET_INVALID"),
    "a total that overflows": ({"500000": 2**40}, "CHIPSET_INVALID"),
    "a list": ([], "CHIPSET_INVALID"),
    "a text for all": ("20 black", "CHIPSET_INVALID"),
    "a number for all": (5, "CHIPSET_INVALID"),
    "null for all": (None, "CHIPSET_INVALID"),
}


def _send_raw(live: AtTable, body: bytes) -> Answer:
    headers = {"Idempotency-Key": "raw"}
    path = f"{live.path}/fills"
    return live.casino.sam.send("POST", path, body=body, headers=headers)


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_not_json_is_400(live: AtTable, what: str) -> None:
    """400: not JSON, not parseable; NaN is no number (CHIP-1)."""
    with nothing_changes(live.casino):
        _send_raw(live, UNREADABLE[what]).must_refuse(400, "NOT_JSON")


@pytest.mark.parametrize("what", NOT_AN_OBJECT)
def test_what_is_no_object_is_422(live: AtTable, what: str) -> None:
    with nothing_changes(live.casino):
        _send_raw(live, NOT_AN_OBJECT[what]).must_refuse(422, "SHAPE")


def test_a_body_beyond_all_measure_is_400(live: AtTable) -> None:
    """Too large to be read is not readable; nothing is kept of it."""
    body = b'{"remark": "' + b"x" * 5_000_000 + b'"}'
    with nothing_changes(live.casino):
        _send_raw(live, body).must_refuse(400, "NOT_JSON")


def test_an_empty_body_is_a_command_without_fields(live: AtTable) -> None:
    """02: a command without fields takes an empty body; one with fields says what is missing."""
    sam, headers = live.casino.sam, {"Idempotency-Key": live.casino.code("empty")}
    sam.send("POST", f"{live.path}/closing", headers=headers).must(200)
    answer = sam.send("POST", f"{live.path}/roll-over", headers={"Idempotency-Key": "other"})
    problem = answer.must_refuse(422, "SHAPE")
    assert [each["pointer"] for each in problem["errors"]] == ["/chipset"]


@pytest.mark.parametrize("what", CHIPSETS)
def test_a_bad_chip_count_is_refused_everywhere(stage: Stage, what: str) -> None:
    """CHIP-1, CHIP-2, LESSON-8, LESSON-29: by fills, counts and roll-overs alike, at the key."""
    raw, code = CHIPSETS[what]
    live, sam = stage.live, stage.casino.sam
    with nothing_changes(stage.casino):
        for path, more in (
            (f"{live.path}/fills", {}),
            (f"{live.path}/credits", {}),
            (f"{live.path}/snapshots", {"kind": "INTERIM"}),
            (f"{live.path}/roll-over", {}),
        ):
            answer = sam.post(path, {"chipset": raw, **more}, signed=[stage.casino.dana])
            problem = answer.must_refuse(422, code)
            assert all(each["code"] == code for each in problem["errors"])
            assert all(each["pointer"].startswith("/chipset") for each in problem["errors"])


def test_every_bad_chip_is_named_at_once(live: AtTable) -> None:
    """02: validation answers errors with a pointer, a code and words each."""
    asked = {"chipset": {"700": 1, "500": -1, "2500": 1.5, "a/b": 1}}
    problem = live.casino.sam.post(f"{live.path}/fills", asked).must_refuse(
        422, "DENOMINATION_UNKNOWN"
    )
    assert [(each["pointer"], each["code"]) for each in problem["errors"]] == [
        ("/chipset/700", "DENOMINATION_UNKNOWN"),
        ("/chipset/500", "NEGATIVE_AMOUNT"),
        ("/chipset/2500", "CHIPSET_INVALID"),
        ("/chipset/a~1b", "DENOMINATION_UNKNOWN"),
    ]


@pytest.mark.parametrize("cents", [*BIG, 1.0, 1.5, "100", True, [], {}])
def test_an_amount_is_whole_cents_that_fit(live: AtTable, cents: Any) -> None:
    """CHIP-1, LESSON-29: no float, no text, no flag, nothing beyond what every reader can hold."""
    casino = live.casino
    limits = {"min_cents": 0, "max_cents": cents}
    with nothing_changes(casino):
        asked = {"chipset": {"500": 1}, "total_cents": cents}
        casino.sam.post(f"{live.path}/fills", asked).must_refuse(422, "SHAPE")
        casino.ada.patch(f"/tables/{live.id}", {"limits": limits}).must_refuse(422, "SHAPE")
        par = {"par_total_cents": cents, "effective_from_gaming_day": "2027-01-01"}
        casino.pat.post("/par-policies", par).must_refuse(422, "SHAPE")


@pytest.mark.parametrize("cents", [-1, -(2**53) + 1])
def test_an_amount_below_zero_is_refused(stage: Stage, cents: int) -> None:
    """CHIP-2, SOFT-3: limits, par, lines and amounts of a count are never negative."""
    casino, live = stage.casino, stage.live
    count = live.count_of(0)
    with nothing_changes(casino):
        par = {"par_total_cents": cents, "effective_from_gaming_day": "2027-01-01"}
        casino.pat.post("/par-policies", par).must_refuse(422, "NEGATIVE_AMOUNT")
        limits = {"limits": {"min_cents": cents, "max_cents": 5}}
        casino.ada.patch(f"/tables/{live.id}", limits).must_refuse(422, "NEGATIVE_AMOUNT")
        lines = [{"instrument": "MARKER", "number": "M-1", "amount_cents": cents}]
        asked = {"chipset": {}, "lines": lines}
        casino.sam.post(f"{live.path}/credits", asked).must_refuse(422, "NEGATIVE_AMOUNT")
        for wrong in (
            {"contents": [{"instrument": "CURRENCY", "amount_cents": cents}]},
            {"first_count_cents": cents},
            {"second_count_cents": cents},
            {"evidence": [{"form": "FILL", "amount_cents": cents}]},
            {"contents": [{"instrument": "COIN", "amount_cents": 0, "quantity": -1}]},
        ):
            answer = casino.tina.post(
                f"/drops/{stage.ids['drop']}/count", {**count, **wrong}, signed=[casino.tom]
            )
            answer.must_refuse(422, "NEGATIVE_AMOUNT")


INSTANTS = (
    *("2026-03-02T12:00:00", "2026-03-02", "12:00", "yesterday", "", "2026-02-30T12:00:00Z"),
    *(
        "2026-03-02T25:00:00Z",
        "1772452800.5",
        1772452800,
        1772452800.0,
        0,
        True,
        [],
        {},
        "\x00",
        "1772452800",
    ),
)


@pytest.mark.parametrize("instant", INSTANTS)
def test_an_instant_says_its_zone_and_is_no_number(live: AtTable, instant: Any) -> None:
    """TIME-1: a wall time without a zone and seconds since 1970 are refused, not guessed at."""
    asked = {"chipset": {"500": 1}, "occurred_at": instant}
    with nothing_changes(live.casino):
        problem = live.casino.sam.post(f"{live.path}/fills", asked).must_refuse(422, "SHAPE")
        assert problem["errors"][0]["pointer"].startswith("/occurred_at")


@pytest.mark.parametrize("instant", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_an_instant_no_casino_saw_is_out_of_range(live: AtTable, instant: str) -> None:
    """TIME-1, TIME-5: also in a simulated casino."""
    asked = {"chipset": {"500": 1}, "occurred_at": instant}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(f"{live.path}/fills", asked)
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


@pytest.mark.parametrize(
    "day", ["2026-13-01", "1772409600", "2026-02-30", "tomorrow", 20270101, 0, None, ""]
)
def test_a_gaming_day_is_a_date(live: AtTable, day: Any) -> None:
    """TIME-2."""
    asked = {"par_total_cents": 5, "effective_from_gaming_day": day}
    with nothing_changes(live.casino):
        live.casino.pat.post("/par-policies", asked).must_refuse(422, "SHAPE")


@pytest.mark.parametrize("wrong", ["", "x", 5, True, "0" * 40, "not-an-id", ["a"], "\x00"])
def test_an_id_in_a_body_is_an_id(live: AtTable, wrong: Any) -> None:
    """02: an id of no shape is wrong content, not a missing thing."""
    with nothing_changes(live.casino):
        live.casino.sam.post("/sessions", {"table_id": wrong}).must_refuse(422, "SHAPE")


WRONG_FIELDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ada", "POST /tables", {"code": ""}),
    ("ada", "POST /tables", {"code": "x" * 65}),
    ("ada", "POST /tables", {"code": "a\x00b"}),
    ("ada", "POST /tables", {"code": "  "}),
    ("ada", "POST /chips", {"code": "700", "set": "PROMO"}),
    ("ada", "POST /tables", {"code": 7}),
    ("ada", "POST /tables", {"code": None}),
    ("ada", "POST /tables", {"limits": {"min_cents": 5}}),
    ("ada", "POST /tables", {"limits": {"min_cents": 5, "max_cents": 4}}),
    ("ada", "POST /tables", {"limits": {"min_cents": 5, "max_cents": 6, "more": 1}}),
    ("ada", "POST /tables", {"first_box": {"code": "B", "in_play": "yes"}}),
    ("ada", "PATCH /tables/{id}", {"status": "sleeping"}),
    ("ada", "PATCH /tables/{id}", {"status": "ACTIVE"}),
    ("ada", "POST /staff", {"roles": []}),
    ("ada", "POST /staff", {"roles": ["KING"]}),
    ("ada", "POST /staff", {"roles": "DEALER"}),
    ("ada", "POST /staff", {"pin": "12"}),
    ("ada", "POST /staff", {"pin": "12345678901234"}),
    ("ada", "POST /staff", {"pin": "12ab56"}),
    ("ada", "POST /staff", {"pin": "٢٤٦٨٠١"}),
    ("ada", "POST /staff", {"password": "short"}),
    ("ada", "POST /staff/{id}/pin", {"pin": ""}),
    ("ada", "POST /staff/{id}/pin", {"pin": 246801}),
    ("ada", "POST /tokens", {"expires_at": "2027-01-01"}),
    ("ada", "POST /chips", {"set": "GOLD"}),
    ("ada", "POST /chips", {"in_bank": 1}),
    ("ada", "POST /chips", {"cents": 0, "set": "VALUE"}),
    ("ada", "POST /shift-schedules", {"shifts": []}),
    ("ada", "POST /shift-schedules", {"shifts": [{"code": "A", "start": "24:00"}]}),
    ("ada", "POST /shift-schedules", {"shifts": [{"code": "A", "start": "07:00"}]}),
    ("ada", "POST /shift-schedules", {"shifts": [{"code": "A", "start": "06:00"}] * 2}),
    ("ada", "POST /boxes", {"kind": "SHOE"}),
    ("pat", "POST /par-policies", {"stability": "shaky"}),
    ("pat", "POST /par-policies", {"table_bank_mode": "IMPREST"}),
    ("sam", "POST /sessions", {"open": "yes"}),
    ("sam", "POST /sessions", {"open": 1}),
    ("sam", "POST /sessions/prepare", {"table_ids": "all"}),
    ("sam", "POST /sessions/{id}/snapshots", {"kind": "IDLE"}),
    ("sam", "POST /sessions/{id}/snapshots", {"kind": "opening"}),
    ("sam", "POST /sessions/{id}/snapshots", {"basis": "PAPER"}),
    ("sam", "POST /sessions/{id}/snapshots", {"reason": ""}),
    ("sam", "POST /sessions/{id}/fills", {"purpose": "TIPS"}),
    ("sam", "POST /sessions/{id}/fills", {"lines": []}),
    ("sam", "POST /sessions/{id}/credits", {"lines": [{"instrument": "IOU", "amount_cents": 5}]}),
    ("sam", "POST /sessions/{id}/credits", {"lines": [{"instrument": "MARKER"}]}),
    ("sam", "POST /sessions/{id}/fills", {"signatures": {}}),
    ("sam", "POST /sessions/{id}/fills", {"signatures": [{"role": "DEALER", "badge": "1007"}]}),
    ("sam", "POST /sessions/{id}/fills", {"signatures": [{"role": "X", "badge": "1", "pin": "1"}]}),
    ("sam", "POST /sessions/{id}/fills", {"signatures": [None]}),
    ("sam", "POST /sessions/{id}/fills", {"acting_role": "KING"}),
    ("sam", "POST /sessions/{id}/fills", {"remark": "x" * 2001}),
    ("sam", "POST /sessions/{id}/fills", {"remark": "a\x00b"}),
    ("sam", "POST /sessions/{id}/closing", {"reason": "x" * 2001}),
    ("pat", "POST /sessions/{id}/close", {"force": "true"}),
    ("pat", "POST /sessions/{id}/void", {"reason": ""}),
    ("pat", "POST /sessions/{id}/void", {"reason": " \t "}),
    ("pat", "POST /sessions/{id}/void", {"reason": None}),
    ("sam", "POST /sessions/{id}/drop/schedule", {"window_end": None}),
    ("dora", "POST /sessions/{id}/drop/remove", {"type": "STOLEN"}),
    ("dora", "POST /sessions/{id}/drop/remove", {"surveillance": None}),
    ("dora", "POST /sessions/{id}/drop/remove", {"surveillance": {"operator": "Sol"}}),
    ("dora", "POST /sessions/{id}/drop/remove", {"trip_id": "1"}),
    ("dora", "POST /drops/{id}/custody", {"step": "REMOVED"}),
    ("dora", "POST /drops/{id}/custody", {"step": "LOST"}),
    ("tina", "POST /drops/{id}/count", {"contents": [{"instrument": "GOLD", "amount_cents": 5}]}),
    ("tina", "POST /drops/{id}/count", {"contents": {}}),
    ("tina", "POST /drops/{id}/count", {"contents": [{"instrument": "COIN"}]}),
    ("tina", "POST /drops/{id}/count", {"evidence": [{"form": "NAPKIN"}]}),
    ("tina", "POST /drops/{id}/count", {"evidence": None}),
    ("tina", "POST /drops/{id}/count", {"team": []}),
    ("tina", "POST /drops/{id}/count", {"batch_id": ""}),
    ("tina", "POST /drops/{id}/count", {"tester": []}),
    ("tina", "POST /drops/{id}/count", {"tester": {"read": 2**53}}),
    ("tina", "POST /drops/{id}/count", {"tester": {"a\x00b": 1}}),
    ("tina", "POST /drops/{id}/count", {"reported_exceptions": ["torn"]}),
    ("tina", "POST /drops/{id}/count", {"reported_exceptions": [{"words": ["\x00"]}]}),
    (
        "tina",
        "POST /drops/{id}/count",
        {"contents": [{"instrument": "COIN", "amount_cents": 1, "quantity": 2**60}]},
    ),
    ("tina", "POST /drops/{id}/count", {"total_cents": 2**53}),
    ("ana", "POST /exceptions/{id}/resolve", {"reason_code": "BORED"}),
    ("ana", "POST /exceptions/{id}/resolve", {"narrative": ""}),
)


@pytest.mark.parametrize(("who", "endpoint", "wrong"), WRONG_FIELDS)
def test_a_wrong_field_is_refused(
    stage: Stage, who: str, endpoint: str, wrong: dict[str, Any]
) -> None:
    """02: wrong types, unknown spellings, too short, too long: 422 with a pointer to the field."""
    write = WRITES[endpoint]
    asked = {**body_for(endpoint), **wrong}
    with nothing_changes(stage.casino):
        path = address(stage, write.path)
        problem = (
            stage.casino.person(who).command(write.method, path, asked).must_refuse(422, "SHAPE")
        )
    field = next(iter(wrong))
    assert any(each["pointer"].startswith(f"/{field}") for each in problem["errors"]), problem


@pytest.mark.parametrize("endpoint", WRITES)
def test_an_unknown_field_is_refused(stage: Stage, endpoint: str) -> None:
    """02: unknown body fields are refused, and named."""
    write = WRITES[endpoint]
    person = stage.casino.in_role(MAY_CALL[write.command.name].split()[0])
    asked = {**body_for(endpoint), "chipsett": {}}
    with nothing_changes(stage.casino):
        path = address(stage, write.path)
        problem = person.command(write.method, path, asked).must_refuse(422, "SHAPE")
    assert "/chipsett" in [each["pointer"] for each in problem["errors"]]


def test_an_event_told_before_it_happened_there_is_refused(live: AtTable) -> None:
    """TIME-1: nothing happens before the session was prepared."""
    asked = {"chipset": {"500": 1}, "occurred_at": spoken(live.when("06:00"))}
    with nothing_changes(live.casino):
        answer = live.casino.sam.post(f"{live.path}/fills", asked)
        answer.must_refuse(422, "OCCURRED_AT_OUT_OF_RANGE")


def test_a_field_twice_is_the_last_and_nothing_breaks(live: AtTable) -> None:
    """JSON with a key twice is readable; what counts is what was read, and the total agrees."""
    body = b'{"chipset": {"500": 1, "500": 2}, "total_cents": 1000}'
    assert json.loads(_send_raw(live, body).content)["total_cents"] == 1_000
