"""The OpenAPI document: every operation with summary, example and refusals (02-interfaces)."""

from typing import Any

import pytest
from pydantic import BaseModel

from tablebank import __version__
from tablebank.api.urls import api
from tablebank.domain.refusals import Refusal
from tests.api.catalogue import READS, WRITES
from tests.at_table import AtTable


def _document() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def _operation(document: dict[str, Any], endpoint: str) -> dict[str, Any]:
    method, path = endpoint.split()
    found: dict[str, Any] = document["paths"][f"/api/v1{path}"][method.lower()]
    return found


def test_every_operation_is_documented_with_its_refusals() -> None:
    """Each has a summary and lists what it refuses, by status, as problem+json."""
    document = _document()
    for endpoint in {**READS, **WRITES}:
        operation = _operation(document, endpoint)
        assert operation["summary"], endpoint
        assert {"401", "404"} <= set(operation["responses"]), endpoint
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert "application/problem+json" in response["content"], (endpoint, status)
    for endpoint, write in WRITES.items():
        operation = _operation(document, endpoint)
        said = str(operation["responses"])
        for refusal in write.refuses:
            assert refusal.name in said, (endpoint, refusal)
        schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        assert schema.split("/")[-1] in document["components"]["schemas"], endpoint
        names = {each["name"] for each in operation["parameters"]}
        assert {"Idempotency-Key", "dry_run"} <= names, endpoint


@pytest.mark.parametrize(
    ("path", "by_role"),
    [
        ("/sessions/{id}/documents/variance.pdf", True),
        ("/drops/{id}/count.pdf", True),
        ("/shifts/{id}/documents/rundown.pdf", False),
        ("/count-sessions/{id}/document.pdf", True),
        ("/hand-overs/{id}/document.pdf", True),
    ],
)
def test_a_form_is_documented_as_a_pdf_with_its_refusals(path: str, *, by_role: bool) -> None:
    """0056, 0061: what it answers, on which sheet, and whether some roles may not print it."""
    operation = _operation(_document(), f"GET {path}")
    assert list(operation["responses"]["200"]["content"]) == ["application/pdf"]
    assert [each["name"] for each in operation["parameters"]] == ["id", "paper"]
    assert ("403" in operation["responses"]) is by_role


def test_the_document_is_served(live: AtTable) -> None:
    """SYS-13: The generated OpenAPI document is the reference for everything else."""
    given = live.casino.sam.get("/openapi.json").must(200)
    assert given["openapi"].startswith("3.")
    assert given["info"]["version"] == __version__
    assert set(given["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == {
        each.name for each in Refusal
    }


@pytest.mark.parametrize("endpoint", WRITES)
def test_every_command_has_an_example_of_its_shape(endpoint: str) -> None:
    """An example that the product itself would refuse is none."""
    body = _operation(_document(), endpoint)["requestBody"]["content"]["application/json"]
    shape: type[BaseModel] = WRITES[endpoint].shape
    shape.model_validate(body["example"])
