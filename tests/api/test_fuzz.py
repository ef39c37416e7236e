"""Anything at all, sent anywhere: an answer of the contract, never an error of ours."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.catalogue import BODIES, NOBODY, READS, WRITES, address
from tests.api.stage import Stage
from tests.api.test_permissions import MAY_CALL

STATUSES = {200, 201, 400, 401, 403, 404, 409, 422, 423}
SCALARS: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(
        [
            *("2026-03-02T12:00:00Z", "2026-03-02", "12:00", "500", "OPENING", "SCHEDULED", ""),
            *(NOBODY, "1007", "SUPERVISOR", "COUNTED", "VALUE", "\x00", "\ud800", "a/b~c"),
            *(2**53, 2**63, -1, 0, 1, 1.0, 1e308),
        ]
    ),
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=6,
)
COMMON = {"occurred_at": None, "signatures": None, "acting_role": None, "remark": None}


@st.composite
def commands(draw: st.DrawFn) -> tuple[str, Any]:
    """A command and a body: the right one with some of its fields replaced by anything."""
    endpoint = draw(st.sampled_from(sorted(WRITES)))
    if draw(st.integers(0, 9)) == 0:
        return endpoint, draw(ANYTHING)
    fields = sorted(WRITES[endpoint].shape.model_fields)
    wrong = draw(st.dictionaries(st.sampled_from(fields), ANYTHING, min_size=1, max_size=3))
    return endpoint, {**BODIES.get(endpoint, {}), **wrong}


@settings(
    max_examples=250,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sent=commands())
def test_whatever_is_sent_is_answered(stage: Stage, sent: tuple[str, Any]) -> None:
    """LESSON-8, LESSON-29: every body at every address; only as a dry run, so the stage stands."""
    endpoint, body = sent
    write = WRITES[endpoint]
    person = stage.casino.in_role(MAY_CALL[write.command.name].split()[0])
    answer = person.send(
        write.method,
        f"{address(stage, write.path)}?dry_run=true",
        body=json.dumps(body).encode(),
        headers={"Idempotency-Key": "fuzz"},
    )
    assert answer.status in STATUSES, (answer.status, answer.text)
    if answer.status >= 400:
        assert answer.is_refusal
        assert answer["code"]


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    endpoint=st.sampled_from(sorted(READS)),
    query=st.dictionaries(
        st.sampled_from(
            [
                "limit",
                "cursor",
                "table_id",
                "shift_id",
                "session_id",
                "gaming_day",
                "status",
                "live",
                "kind",
                "number",
                "in_transit",
                "state",
                "after",
                "at",
            ]
        ),
        st.text(alphabet=st.characters(codec="utf-8"), max_size=10)
        | st.sampled_from([NOBODY, "1", "2026-03-02", "9" * 20, "true", "OPEN", "FILL"]),
        max_size=3,
    ),
)
def test_whatever_is_asked_is_answered(stage: Stage, endpoint: str, query: dict[str, str]) -> None:
    """Every question with any filter: what there is, or a clear refusal."""
    path = address(stage, READS[endpoint].path)
    for person in (stage.casino.ada, stage.casino.art):
        answer = person.get(path, **query)
        assert answer.status in STATUSES, (answer.status, answer.text)
