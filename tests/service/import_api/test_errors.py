"""Importing over HTTP: what cannot be asked, and how the operations are described."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from pydantic import BaseModel
from tests.service.conftest import BASE_URL
from tests.service.import_api.bench import FORM_HEAD, NOBODY, Bench, make_bench, problem
from tests.service.small_base import open_small_base, says

from qianche.service.api.description import _EXAMPLES
from qianche.service.app import create_app
from qianche.service.responses import imports as shapes
from qianche.service.settings import load_settings


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/imports/20990101-000000-1", 404, "not-found"),
        ("GET", "/api/imports/%00", 404, "not-found"),
        ("GET", f"/api/imports/{'1' * 65}", 422, "bad-parameters"),
        ("POST", "/api/imports/20990101-000000-1/cancel", 404, "not-found"),
        ("GET", f"/api/sources/{NOBODY}", 404, "not-found"),
        ("GET", "/api/sources/ABC", 422, "bad-parameters"),
        ("GET", f"/api/sources/{NOBODY}/pages/1", 404, "not-found"),
        ("GET", f"/api/sources/{NOBODY}/pages/x", 422, "bad-parameters"),
        ("GET", f"/api/sources/{NOBODY}/file", 404, "not-found"),
        ("GET", "/api/sources/diff", 422, "bad-parameters"),
        ("GET", f"/api/sources/diff?a={NOBODY}&b={NOBODY}", 404, "not-found"),
        ("DELETE", f"/api/sources/{NOBODY}", 422, "bad-parameters"),
        ("DELETE", f"/api/sources/{NOBODY}?who=", 422, "no-name"),
        ("DELETE", f"/api/sources/{NOBODY}?who=%00", 422, "no-name"),
        ("DELETE", f"/api/sources/{NOBODY}?who=李四", 404, "not-found"),
        ("GET", "/api/reviews?kind=doubt", 422, "bad-parameters"),
        ("GET", "/api/reviews?state=closed", 422, "bad-parameters"),
        ("GET", "/api/joins?state=x", 422, "bad-parameters"),
        ("GET", "/api/cases/nobody/accounts", 404, "not-found"),
        ("GET", "/api/cases/nobody/corrections", 404, "not-found"),
        ("POST", "/api/reviews/nobody/decide", 415, "not-json"),
        ("POST", "/api/cases/bundled-a/corrections", 415, "not-json"),
        ("POST", "/api/imports", 415, "not-a-form"),
        ("PUT", "/api/imports", 405, "method-not-allowed"),
    ],
)
def test_what_cannot_be_asked_has_its_status_and_code(
    quiet: Bench, method: str, path: str, status: int, code: str
) -> None:
    problem(quiet.client.request(method, path), status, code)


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("/api/reviews/nobody/decide", {"action": "accept", "who": "李四"}, 404, "not-found"),
        ("/api/accounts/nobody/join", {"case_id": "bundled-a", "who": "李四"}, 404, "not-found"),
        ("/api/accounts/nobody/split", {"who": "李四"}, 404, "not-found"),
        ("/api/accounts/nobody/split", {}, 422, "bad-parameters"),
        (
            "/api/cases/nobody/corrections",
            {"field": "name", "value": "x", "who": "李四"},
            422,
            "no-such-case",
        ),
        ("/api/cases/bundled-a/corrections/withdraw", {"field": "name", "who": "李四"}, 404, "not-found"),
        ("/api/cases/bundled-a/corrections", {"field": "name", "who": "李四"}, 422, "bad-parameters"),
    ],
)
def test_a_change_to_what_is_not_there_is_refused(
    quiet: Bench, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    problem(quiet.client.post(path, json=body), status, code)


def test_a_page_that_does_not_exist_names_the_last_one(bench: Bench) -> None:
    sha = bench.take()
    for page in ("0", "2", "-1", "9" * 30):
        detail = problem(bench.client.get(f"/api/sources/{sha}/pages/{page}"), 404, "no-such-page")
        assert "共 1 页" in detail


@pytest.mark.parametrize(
    "body",
    [
        b'--edge\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\n\r\n--edge--\r\n',
        b'--edge\r\nContent-Disposition: form-data; name="who"\r\n\r\nx\r\n--edge--\r\n',
        b'--edge\r\nContent-Disposition: form-data; name="files"\r\n\r\ntext\r\n--edge--\r\n',
    ],
)
def test_a_form_without_a_file_is_refused(quiet: Bench, body: bytes) -> None:
    problem(quiet.client.post("/api/imports", content=body, headers=FORM_HEAD), 422, "bad-parameters")


def test_a_file_without_a_name_is_no_file(quiet: Bench) -> None:
    body = b'--edge\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\nx\r\n--edge--\r\n'
    problem(quiet.client.post("/api/imports", content=body, headers=FORM_HEAD), 422, "no-files")


@pytest.mark.parametrize("content_type", [FORM_HEAD["content-type"], "multipart/form-data"])
def test_a_damaged_form_is_said_to_be_one(quiet: Bench, content_type: str) -> None:
    reply = quiet.client.post("/api/imports", content=b"nothing", headers={"content-type": content_type})
    assert "表单" in problem(reply, 400, "bad-form")


def test_more_than_the_settings_allow_is_refused_declared_or_not(quiet: Bench) -> None:
    large = ("大.pdf", b"x" * 1_100_000)
    assert "合计超过 1 MB" in problem(
        quiet.client.post("/api/imports", files=[("files", large)]), 413, "body-too-large"
    )
    pieces = (b"x" * 100_000 for _ in range(11))
    problem(quiet.client.post("/api/imports", content=pieces, headers=FORM_HEAD), 413, "body-too-large")
    assert quiet.get("/api/imports").json() == {"total": 0, "offset": 0, "jobs": []}


def test_a_thousand_and_one_files_are_refused_whole(quiet: Bench) -> None:
    files = [("files", (f"{n}.txt", b"x")) for n in range(1001)]
    assert "1000 个文件" in problem(quiet.client.post("/api/imports", files=files), 413, "too-many-files")
    assert quiet.get("/api/imports").json() == {"total": 0, "offset": 0, "jobs": []}


def test_a_foreign_page_can_change_nothing(quiet: Bench) -> None:
    other = {"origin": "https://other.example"}
    for method, path in (
        ("POST", "/api/imports"),
        ("POST", "/api/reviews/x/decide"),
        ("POST", "/api/accounts/x/join"),
        ("DELETE", f"/api/sources/{NOBODY}?who=x"),
    ):
        problem(quiet.client.request(method, path, headers=other), 403, "foreign-origin")


def test_every_address_asks_for_the_token_where_one_is_set(tmp_path: Path) -> None:
    token = "a-token-for-the-tests"
    for bench in make_bench(tmp_path / "home", token=token):
        for path in ("/api/imports", "/api/sources", f"/api/sources/{NOBODY}/file", "/api/reviews"):
            problem(bench.client.get(path), 401, "token-required")
        problem(bench.client.post("/api/imports", files=[("files", ("a", b"x"))]), 401, "token-required")
        bench.client.headers["authorization"] = f"Bearer {token}"
        assert bench.post(("报告.docx", says())).state == "done"


# The description


def test_every_operation_is_described_with_an_example_that_fits_its_schema(quiet: Bench) -> None:
    described = quiet.get("/api/openapi.json").json()
    without = {("get", "/api/sources/{sha256}/file"), ("delete", "/api/sources/{sha256}")}
    checked = 0
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            if operation["tags"][0] not in ("导入", "核对") or (method, path) in without:
                continue
            done = next(r for status, r in operation["responses"].items() if int(status) < 300)
            content = done["content"]["application/json"]
            schema = content["schema"] | {"components": described["components"]}
            assert list(Draft202012Validator(schema).iter_errors(content["example"])) == [], path
            checked += 1
    assert checked == 19


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        (("/api/imports", "get"), shapes.ImportJobs),
        (("/api/imports/{job_id}/cancel", "post"), shapes.ImportJob),
        (("/api/sources", "get"), shapes.SourceList),
        (("/api/sources/{sha256}/pages/{page}", "get"), shapes.PageText),
        (("/api/reviews/{review_id}/decide", "post"), shapes.ReviewItem),
        (("/api/joins", "get"), shapes.JoinList),
    ],
)
def test_the_examples_fit_their_models(path: tuple[str, str], shape: type[BaseModel]) -> None:
    shape.model_validate(json.loads(json.dumps(_EXAMPLES[path])))


def test_a_service_that_only_answers_has_none_of_these_addresses(tmp_path: Path) -> None:
    base = open_small_base(tmp_path / "home")
    app = create_app(base, load_settings(home=tmp_path / "home", port=8737))
    with TestClient(app, base_url=BASE_URL) as client:
        problem(client.get("/api/imports"), 404, "no-such-address")
    base.close()
