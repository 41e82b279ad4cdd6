"""The OpenAPI description, completed with what FastAPI leaves out: nulls in examples, the type of errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from qianche.service.api import examples, import_examples
from qianche.service.problems import MEDIA_TYPE

_EXAMPLES: Mapping[tuple[str, str], Any] = {
    ("/api/search", "post"): examples.SEARCH,
    ("/api/search", "get"): examples.SEARCH,
    ("/api/facets", "get"): examples.FACETS,
    ("/api/segment", "get"): examples.SEGMENT,
    ("/api/cases/{case_id}", "get"): examples.CASE,
    ("/api/rules/{rule_id}/articles/{no}", "get"): examples.ARTICLE,
    ("/api/cite", "get"): examples.CITE,
    ("/api/cite", "post"): examples.CITE,
    ("/readyz", "get"): examples.READY,
    ("/api/imports", "post"): import_examples.JOB_WAITING,
    ("/api/imports", "get"): import_examples.JOBS,
    ("/api/imports/{job_id}", "get"): import_examples.JOB,
    ("/api/imports/{job_id}/cancel", "post"): import_examples.JOB_CANCELLED,
    ("/api/sources", "get"): import_examples.SOURCES,
    ("/api/sources/diff", "get"): import_examples.DIFFERENCES,
    ("/api/sources/{sha256}", "get"): import_examples.SOURCE,
    ("/api/sources/{sha256}/columns", "get"): import_examples.COLUMNS,
    ("/api/sources/{sha256}/columns", "post"): import_examples.COLUMNS_CORRECTED,
    ("/api/sources/{sha256}/pages/{page}", "get"): import_examples.PAGE,
    ("/api/reviews", "get"): import_examples.REVIEWS,
    ("/api/reviews/{review_id}/decide", "post"): import_examples.DECIDED,
    ("/api/cases/{case_id}/accounts", "get"): import_examples.ACCOUNTS,
    ("/api/accounts/{account_id}/join", "post"): import_examples.ACCOUNTS,
    ("/api/accounts/{account_id}/split", "post"): import_examples.ACCOUNTS,
    ("/api/joins", "get"): import_examples.JOINS,
    ("/api/cases/{case_id}/corrections", "get"): import_examples.CORRECTIONS,
    ("/api/cases/{case_id}/corrections", "post"): import_examples.CORRECTION,
    ("/api/cases/{case_id}/corrections/withdraw", "post"): import_examples.WITHDRAWN,
}
_OWN_OF_FASTAPI = ("HTTPValidationError", "ValidationError")


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the description of the API, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                operation["responses"] = _responses(operation["responses"])
                if (path, method) in _EXAMPLES:
                    done = next(r for status, r in operation["responses"].items() if int(status) < 300)
                    done["content"]["application/json"]["example"] = _EXAMPLES[path, method]
        for name in _OWN_OF_FASTAPI:
            schema["components"]["schemas"].pop(name, None)
        app.openapi_schema = schema
    return app.openapi_schema


def _responses(responses: dict[str, Any]) -> dict[str, Any]:
    """Return the responses, errors as problem documents; FastAPI's own form of a 422 does not occur here."""
    told = {}
    for status, response in responses.items():
        content = response.get("content", {}).get("application/json")
        if content is None:  # a file, or nothing at all
            told[status] = response
            continue
        if content["schema"].get("$ref", "").endswith("/HTTPValidationError"):
            continue
        told[status] = (
            response
            if int(status) < 400
            else {**response, "content": {MEDIA_TYPE: {"schema": content["schema"]}}}
        )
    return told
