"""The description of the API: valid, complete, with examples that fit their own schemas."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator

from qianche.service.api import examples
from qianche.service.labels import FIELD_LABELS
from qianche.service.responses import ArticleResponse, CaseRecord, Readiness, SearchResponse, SegmentResponse
from qianche.service.responses.citing import CiteResponse
from qianche.service.schemas import SearchParameters

PATHS = {
    ("/api/search", "post"),
    ("/api/search", "get"),
    ("/api/facets", "get"),
    ("/api/segment", "get"),
    ("/api/cases/{case_id}", "get"),
    ("/api/cases/{case_id}/similar", "get"),
    ("/api/cases/{case_id}/rules", "get"),
    ("/api/rules", "get"),
    ("/api/rules/{rule_id}", "get"),
    ("/api/rules/{rule_id}/history", "get"),
    ("/api/rules/upcoming", "get"),
    ("/api/rules/diff", "get"),
    ("/api/rules/{rule_id}/articles/{no}", "get"),
    ("/api/cite", "get"),
    ("/api/cite", "post"),
    ("/api/stats", "get"),
    ("/healthz", "get"),
    ("/readyz", "get"),
}


@pytest.fixture
def described(client: TestClient) -> dict[str, Any]:
    reply = client.get("/api/openapi.json")
    assert reply.status_code == 200
    schema: dict[str, Any] = reply.json()
    return schema


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_address_of_the_api_is_described_and_nothing_else(described: dict[str, Any]) -> None:
    assert {(path, method) for path, method, _ in operations(described)} == PATHS
    assert described["openapi"].startswith("3.1")


def test_every_schema_is_a_valid_json_schema_and_every_reference_leads_somewhere(
    described: dict[str, Any],
) -> None:
    schemas = described["components"]["schemas"]
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)
    for reference in references(described):
        assert reference.removeprefix("#/components/schemas/") in schemas


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_examples_of_answers_fit_the_schema_they_stand_beside(described: dict[str, Any]) -> None:
    checked = 0
    for _, _, operation in operations(described):
        content = operation["responses"]["200"]["content"]["application/json"]
        if "example" in content:
            schema = content["schema"] | {"components": described["components"]}
            assert list(Draft202012Validator(schema).iter_errors(content["example"])) == []
            checked += 1
    assert checked == 9


def test_every_example_fits_its_model() -> None:
    for model, example in (
        (SearchResponse, examples.SEARCH),
        (CaseRecord, examples.CASE),
        (ArticleResponse, examples.ARTICLE),
        (SegmentResponse, examples.SEGMENT),
        (CiteResponse, examples.CITE),
        (Readiness, examples.READY),
    ):
        model.model_validate(example)


def test_examples_of_questions_can_be_asked(client: TestClient, described: dict[str, Any]) -> None:
    asked = described["components"]["schemas"]["SearchParameters"]["examples"]
    assert len(asked) >= 2
    for body in asked:
        assert client.post("/api/search", json=body).status_code == 200


def test_errors_are_described_as_problem_documents(described: dict[str, Any]) -> None:
    for _, _, operation in operations(described):
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert response["content"] == {
                    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
                }
    search = described["paths"]["/api/search"]["post"]["responses"]
    assert set(search) == {"200", "400", "413", "415", "422", "503"}


def test_every_filter_of_the_search_is_described_in_chinese(described: dict[str, Any]) -> None:
    named = {p["name"]: p for p in described["paths"]["/api/search"]["get"]["parameters"]}
    assert set(named) == set(SearchParameters.model_fields)
    for parameter in named.values():
        assert any("\u4e00" <= c <= "\u9fff" for c in parameter["description"])
    assert set(FIELD_LABELS) <= set(named)


def test_no_page_of_the_description_loads_anything_from_elsewhere(client: TestClient) -> None:
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404
