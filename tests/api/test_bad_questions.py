"""Questions of no sense: wrong limits, cursors, filters, ids and addresses (02, Lists; TEN-1)."""

import pytest

from tests.api.catalogue import READS, WRITES, body_for
from tests.api.stage import Stage
from tests.api.test_permissions import MAY_CALL

QUERIES = (
    *("limit=0", "limit=1001", "limit=-1", "limit=x", "limit=", "limit=1.5", "limit=9" * 9),
    *("cursor=x", "cursor=5", "cursor=%00"),
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(
    "path", ["/sessions", "/slips", "/drops", "/tables", "/boxes", "/staff", "/exceptions"]
)
def test_a_wrong_limit_or_cursor_is_refused(stage: Stage, path: str, query: str) -> None:
    """02, Lists: limit 1 to 1000, a cursor as the last page gave it."""
    who = stage.casino.ada if path == "/staff" else stage.casino.art
    who.get(f"{path}?{query}").must_refuse(422, "SHAPE")


WRONG_FILTERS = (
    *("/sessions?table_id=x", "/sessions?shift_id=1", "/sessions?gaming_day=today"),
    *("/sessions?status=SLEEPING", "/sessions?live=perhaps", "/slips?session_id=x"),
    *("/slips?status=LOST", "/slips?kind=TIP", "/slips?in_transit=2", "/slips?number=%00"),
    *("/drops?state=LOST", "/drops?session_id=%00", "/exceptions?kind=BAD_LUCK"),
    *("/exceptions?status=SHUT", "/exceptions?shift_id=x", "/par-policies?table_id=x"),
    *("/shifts?gaming_day=2026-02-30", "/shifts?at=now", "/shifts?at=2026-03-02T12:00:00"),
    *("/journal?after=-1", "/journal?after=x", "/journal?limit=0", "/journal?after=" + "9" * 30),
    *("/chips?gaming_day=x", "/sessions?gaming_day=20260302", "/shifts?at=1772452800"),
)


@pytest.mark.parametrize("asked", WRONG_FILTERS)
def test_a_wrong_filter_is_refused(stage: Stage, asked: str) -> None:
    """02: a filter of no sense is refused, never ignored."""
    stage.casino.art.get(asked).must_refuse(422, "SHAPE")


@pytest.mark.parametrize("endpoint", [name for name in {**READS, **WRITES} if "{id}" in name])
@pytest.mark.parametrize("wrong", ["x", "0", "%00", "..", "null", "1" * 200, "%F0%9F%8E%B2"])
def test_an_id_of_no_shape_in_a_path_is_not_there(stage: Stage, endpoint: str, wrong: str) -> None:
    """TEN-1: what is no id is not there, like any other."""
    method, path = endpoint.split()
    write = WRITES.get(endpoint)
    person = stage.casino.art
    if write is not None:
        person = stage.casino.in_role(MAY_CALL[write.command.name].split()[0])
    at = path.replace("{id}", wrong)
    answer = person.get(at) if write is None else person.command(method, at, body_for(endpoint))
    answer.must_refuse(404, "NOT_FOUND")


def test_what_an_address_does_not_do_is_405(stage: Stage) -> None:
    """A method that an address does not have is answered as a problem too."""
    for method, path in (("PUT", "/casino"), ("DELETE", "/sessions"), ("POST", "/me")):
        answer = stage.casino.ada.command(method, path, {})
        assert (answer.status, answer.is_refusal) == (405, True), path


def test_what_is_not_an_address_is_404(stage: Stage) -> None:
    """404 as problem+json wherever there is nothing."""
    for path in ("/", "/nothing", "/sessions/", "/sessions/x/y/z", "/tables//par"):
        stage.casino.sam.get(path).must_refuse(404, "NOT_FOUND")
