"""The OpenAPI document says what the endpoints do, and nothing twice."""

import json

import pytest

from tablebank.api.endpoint import Write
from tablebank.api.examples import EXAMPLES
from tablebank.api.urls import ENDPOINTS, api

WRITES = [each for each in ENDPOINTS if isinstance(each, Write)]


@pytest.mark.parametrize("write", WRITES, ids=lambda each: f"{each.method} {each.path}")
def test_every_command_shows_a_request_that_is_of_its_shape(write: Write) -> None:
    """An example that its own shape refuses would teach clients the wrong thing."""
    write.shape.model_validate(EXAMPLES[write.shape])


def test_every_operation_has_a_summary_and_lists_its_refusals() -> None:
    """Independent clients are written against this document."""
    document = json.loads(json.dumps(api.get_openapi_schema()))
    for endpoint in ENDPOINTS:
        method = endpoint.method.lower() if isinstance(endpoint, Write) else "get"
        operation = document["paths"][f"/api/v1{endpoint.path}"][method]
        assert operation["summary"]
        assert "NOT_SIGNED_IN" in operation["responses"]["401"]["description"]
        for refusal in endpoint.refuses if isinstance(endpoint, Write) else ():
            said = " ".join(each["description"] for each in operation["responses"].values())
            assert refusal.name in said


def test_no_status_stands_twice() -> None:
    """A status told once as a number and once as text is one key twice in JSON."""
    for operations in api.get_openapi_schema()["paths"].values():
        for operation in operations.values():
            assert all(isinstance(status, str) for status in operation["responses"])
