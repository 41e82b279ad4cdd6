"""The documentation says what the program does: settings, addresses, parameters, the example, errors, links."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic_core import PydanticUndefined

from qianche.corpus.errors import NotFound, StoreError
from qianche.indexing.importing import ACTIONS, Importer
from qianche.indexing.importing.records import FINAL
from qianche.service.app import create_app
from qianche.service.responses import SearchResponse
from qianche.service.schemas import Problem, SearchParameters
from qianche.service.settings import Settings, load_settings, settings_table
from tests.indexing.importing.making import LEDGER, ledger
from tests.service.fake_kb import FakeKnowledgeBase
from tests.service.small_base import open_small_base, open_small_importer, says

ROOT = Path(__file__).parent.parent
API = (ROOT / "docs" / "api.md").read_text("utf-8")
PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md", ROOT / "README.zh-CN.md"]
BASE_URL = "http://127.0.0.1:8737"
TOKEN = "a-token-for-the-tests"
UNDESCRIBED = {("GET", "/api/openapi.json")}
"""The description itself, which OpenAPI does not list."""

JSON = {"content-type": "application/json"}
FORM = {"content-type": "multipart/form-data; boundary=edge"}
NO_FILE = b'--edge\r\nContent-Disposition: form-data; name="files"; filename=""\r\n\r\nx\r\n--edge--\r\n'
FAILURES: dict[str, Exception] = {
    "no-such-article": NotFound("没有这一条。请核对条号。", code="no-such-article"),
    "internal": RuntimeError("unforeseen"),
    "not-ready": StoreError("资料正在入库。请稍候再试。", code="not-ready"),
}
"""What the hand-written knowledge base does not meet by itself."""
# Each code of the table, and a request that must end in it.
PROVOKED: dict[str, dict[str, Any]] = {
    "bad-json": {"method": "POST", "url": "/api/search", "content": "{", "headers": JSON},
    "bad-host": {"method": "GET", "url": "/api/stats", "headers": {"host": "other.example"}},
    "token-required": {"method": "GET", "url": "/api/stats", "headers": {"authorization": "Bearer wrong"}},
    "foreign-origin": {
        "method": "POST", "url": "/api/stats", "headers": {"origin": "https://other.example"},
    },
    "not-found": {"method": "GET", "url": "/api/cases/x"},
    "no-such-article": {"method": "GET", "url": "/api/search?query=通风"},
    "text-not-held": {
        "method": "GET", "url": "/api/rules/diff?a=invented-rule@2010-01-01&b=invented-rule@2020-05-01",
    },
    "no-such-address": {"method": "GET", "url": "/api/x"},
    "method-not-allowed": {"method": "DELETE", "url": "/api/stats"},
    "body-too-large": {"method": "POST", "url": "/api/search", "content": "x" * 1_000_001, "headers": JSON},
    "not-json": {"method": "POST", "url": "/api/search", "content": "query=x"},
    "empty-query": {"method": "GET", "url": "/api/search?query="},
    "query-too-long": {"method": "POST", "url": "/api/search", "json": {"query": "火" * 5001}},
    "bad-parameters": {"method": "GET", "url": "/api/search?query=通风&top_k=0"},
    "unknown-filter-value": {"method": "GET", "url": "/api/search?query=通风&sector=x"},
    "bad-article-number": {"method": "GET", "url": "/api/rules/invented-rule/articles/x"},
    "same-version": {
        "method": "GET", "url": "/api/rules/diff?a=invented-rule@2020-05-01&b=invented-rule@2020-05-01",
    },
    "internal": {"method": "GET", "url": "/api/search?query=通风"},
    "not-ready": {"method": "GET", "url": "/api/search?query=通风"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine's environment sets, so that defaults are defaults."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QIANCHE_{name.upper()}", raising=False)


# The same of the table on importing; in braces what the imported files are called.
PROVOKED_BY_IMPORTING: dict[str, dict[str, Any]] = {
    "bad-form": {"method": "POST", "url": "/api/imports", "content": "x", "headers": FORM},
    "too-many-files": {
        "method": "POST", "url": "/api/imports", "files": [("files", (str(n), b"x")) for n in range(1001)],
    },
    "not-a-form": {"method": "POST", "url": "/api/imports", "json": {}},
    "no-such-page": {"method": "GET", "url": "/api/sources/{sha}/pages/9"},
    "no-table": {"url": "/api/sources/{sha}/columns", "json": {"columns": {"1": None}}},
    "no-such-table": {"url": "/api/sources/{table}/columns", "json": {"table": 2, "columns": {"1": None}}},
    "no-such-column": {"url": "/api/sources/{table}/columns", "json": {"columns": {"9": None}}},
    "no-such-field": {"url": "/api/sources/{table}/columns", "json": {"columns": {"1": "x"}}},
    "no-such-unit": {"url": "/api/sources/{table}/columns", "json": {"columns": {"1": None}, "unit": "x"}},
    "no-files": {"method": "POST", "url": "/api/imports", "content": NO_FILE, "headers": FORM},
    "no-name": {"method": "DELETE", "url": "/api/sources/{sha}?who="},
    "already-decided": {"url": "/api/reviews/{join}/decide", "json": {"action": "join"}},
    "unknown-action": {"url": "/api/reviews/{conflict}/decide", "json": {"action": "join"}},
    "no-value": {"url": "/api/reviews/{conflict}/decide", "json": {"action": "value"}},
    "bad-value": {"url": "/api/reviews/{conflict}/decide", "json": {"action": "value", "value": "x"}},
    "unknown-field": {"url": "/api/cases/bundled-a/corrections", "json": {"field": "x", "value": 1}},
    "no-such-case": {"url": "/api/cases/x/corrections", "json": {"field": "name", "value": "x"}},
    "already-joined": {"url": "/api/accounts/{account}/join", "json": {"case_id": "{account}"}},
    "not-joined": {"url": "/api/accounts/{account}/split", "json": {}},
}  # fmt: skip


@pytest.fixture(scope="module")
def importer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    """An importer on a small base."""
    base = open_small_base(tmp_path_factory.mktemp("docs") / "home")
    importer = open_small_importer(base)
    yield importer
    importer.close()
    base.close()


@pytest.fixture(scope="module")
def service(
    importer: Importer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FakeKnowledgeBase, TestClient]]:
    kb = FakeKnowledgeBase()
    settings = load_settings(
        home=tmp_path_factory.mktemp("uploads"), host="127.0.0.1", port=8737, token=TOKEN
    )
    shown = {"authorization": f"Bearer {TOKEN}"}
    with TestClient(create_app(kb, settings, importer), base_url=BASE_URL, headers=shown) as client:
        yield kb, client


@pytest.fixture(scope="module")
def imported(service: tuple[FakeKnowledgeBase, TestClient], importer: Importer) -> dict[str, str]:
    """Names of what was imported: a file with figures in conflict, and one that was kept apart from a case."""
    client = service[1]
    files = [
        ("files", ("a", says(drafts=[{"deaths": [3, 4], "firm": "另一家厂", "day": "2023-02-02"}]))),
        ("files", ("b", says(drafts=[{"day": "2024-05-07"}]))),
    ]
    entry = importer.wait(client.post("/api/imports", files=files).json()["id"], 30).entries[0]
    conflict, join = (item.review_id for item in importer.reviews())
    table = client.post(
        "/api/imports", files=[("files", ("c.csv", ledger(*LEDGER[:1], *LEDGER[2:])))]
    ).json()["id"]
    (listed,) = importer.wait(table, 30).entries
    importer.decide(join, "separate", "张三")
    return {
        "sha": str(entry.sha256), "table": str(listed.sha256), "account": entry.record_ids[0], "conflict": conflict, "join": join,
    }  # fmt: skip


def table(text: str, *heads: str) -> list[tuple[str, ...]]:
    """Rows of the Markdown table with these column heads; cells without their backticks at the ends."""
    lines = iter(text.splitlines())
    wanted = "| " + " | ".join(heads) + " |"
    assert any(line == wanted for line in lines), wanted
    next(lines)
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append(tuple(cell.strip() for cell in line.strip("|").split("|")))
    assert all(len(row) == len(heads) for row in rows)
    return rows


def code(cell: str) -> str:
    """A cell that is one piece of code, without its backticks."""
    found = re.fullmatch(r"`([^`]+)`", cell)
    assert found, cell
    return found[1]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", API, re.DOTALL)


def test_the_settings_page_has_every_setting_with_its_default() -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    rows = table(page, "variable", "default", "meaning")
    assert [(code(name), default) for name, default, _ in rows] == [
        (row.variable, row.default) for row in settings_table()
    ]
    assert all(meaning for *_, meaning in rows)


def test_the_address_table_is_what_the_program_describes(
    service: tuple[FakeKnowledgeBase, TestClient],
) -> None:
    described = service[1].get("/api/openapi.json").json()["paths"]
    offered = {(method.upper(), path) for path, methods in described.items() for method in methods}
    listed = [code(address) for address, _ in table(API, "address", "answers")]
    assert {tuple(address.split(" ")) for address in listed} == offered
    assert len(listed) == len(offered)
    named = set(re.findall(r"\b(GET|POST|PUT|PATCH|DELETE) (/[^\s`?]*)", API))
    assert named - UNDESCRIBED == offered
    for _, path in UNDESCRIBED:
        assert service[1].get(path).status_code == 200


def test_the_parameters_of_the_other_addresses_are_those_described(
    service: tuple[FakeKnowledgeBase, TestClient],
) -> None:
    described = service[1].get("/api/openapi.json").json()["paths"]
    for address, told in table(API, "address", "parameters"):
        method, path = code(address).split(" ")
        takes = {p["name"] for p in described[path][method.lower()].get("parameters", [])}
        for name in takes - {"case_id", "rule_id"}:
            assert f"`{name}`" in told, (address, name)


def test_the_parameter_table_has_every_parameter_of_a_search_with_its_default() -> None:
    rows = table(API, "parameter", "default", "meaning")
    assert [code(name) for name, *_ in rows] == list(SearchParameters.model_fields)
    for name, default, meaning in rows:
        field = SearchParameters.model_fields[code(name)]
        assert meaning
        if field.default is PydanticUndefined:
            assert default == ""
        elif default == "today":
            assert field.default is None
        else:
            assert json.loads(code(default)) == field.default


def test_the_example_question_can_be_asked_as_it_is_written() -> None:
    asked = next(block for block in blocks("sh") if "/api/search" in block)
    words = shlex.split(asked.replace("\\\n", " "))
    assert f"{BASE_URL}/api/search" in words
    SearchParameters.model_validate_json(words[words.index("-d") + 1])


def test_the_example_answer_has_the_declared_shape_and_tells_a_bundled_case() -> None:
    answer = SearchResponse.model_validate_json(blocks("json")[0])
    folder = files("qianche.corpus") / "casebook" / "cases"
    lines = [line for file in folder.iterdir() for line in file.read_text("utf-8").splitlines()]
    bundled = {record["case_id"]: record for record in map(json.loads, lines)}
    for hit in answer.cases:
        record = bundled[hit.id]
        assert (hit.name, hit.date) == (record["name"], record["occurred_on"])
        assert (hit.deaths, hit.direct_cause) == (record["toll"]["deaths"], record["direct_cause"])
        for evidence in hit.evidence:
            assert len(evidence.text) == evidence.end - evidence.start
            assert evidence.text in json.dumps(record[evidence.part], ensure_ascii=False)


def test_the_example_holds_no_text_of_a_law() -> None:
    answer = SearchResponse.model_validate_json(blocks("json")[0])
    assert answer.rules
    for hit in answer.rules:
        assert {hit.text, *(evidence.text for evidence in hit.evidence)} == {"…"}


def test_the_error_table_lists_what_is_provoked_here() -> None:
    assert [code(name) for _, name, _ in table(API, "status", "`code`", "when")] == list(PROVOKED)


@pytest.mark.parametrize(("status", "name"), [r[:2] for r in table(API, "status", "`code`", "when")])
def test_an_error_comes_with_the_status_and_code_of_the_table(
    service: tuple[FakeKnowledgeBase, TestClient], status: str, name: str
) -> None:
    kb, client = service
    kb.failure = FAILURES.get(code(name))
    try:
        reply = client.request(**PROVOKED[code(name)])
    finally:
        kb.failure = None
    assert reply.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate_json(reply.content)
    assert (reply.status_code, problem.code) == (int(status), code(name))


def test_the_errors_of_importing_that_are_listed_are_provoked_here() -> None:
    listed = [code(name) for _, name, _ in table(API, "status", "`code`", "when importing or deciding")]
    assert listed == list(PROVOKED_BY_IMPORTING)


@pytest.mark.parametrize(
    ("status", "name"), [r[:2] for r in table(API, "status", "`code`", "when importing or deciding")]
)
def test_an_error_of_importing_comes_with_the_status_and_code_of_the_table(
    service: tuple[FakeKnowledgeBase, TestClient], imported: dict[str, str], status: str, name: str
) -> None:
    asked = {"method": "POST"} | PROVOKED_BY_IMPORTING[code(name)]
    asked["url"] = asked["url"].format_map(imported)
    if "json" in asked:
        asked["json"] = {"who": "张三"} | {
            key: value.format_map(imported) if isinstance(value, str) else value
            for key, value in asked["json"].items()
        }
    reply = service[1].request(**asked)
    problem = Problem.model_validate_json(reply.content)
    assert (reply.status_code, problem.code) == (int(status), code(name)), problem.detail


def test_the_kinds_of_questions_are_listed_with_their_actions() -> None:
    listed = {
        code(kind): re.findall(r"`([a-z]+)`", acts)
        for kind, _, acts in table(API, "`kind`", "asks", "actions")
    }
    assert {kind: set(acts) for kind, acts in listed.items()} == {k: set(a) for k, a in ACTIONS.items()}


def test_the_states_of_a_file_that_has_ended_are_listed() -> None:
    assert {code(state) for state, _ in table(API, "entry", "means")} == FINAL


def test_the_commands_of_the_sections_on_importing_name_addresses_that_are_there(
    service: tuple[FakeKnowledgeBase, TestClient],
) -> None:
    described = service[1].get("/api/openapi.json").json()["paths"]
    patterns = [re.sub(r"\\{[^}]+\\}", "[^ ]+", re.escape(path)) for path in described]
    for block in blocks("sh"):
        for path in re.findall(rf"{BASE_URL}(/api/\S+)", block):
            assert any(re.fullmatch(pattern, path) for pattern in patterns), path


def test_the_example_of_an_error_is_what_the_program_answers(
    service: tuple[FakeKnowledgeBase, TestClient],
) -> None:
    assert service[1].get("/api/search?query=通风&top_k=0").json() == json.loads(blocks("json")[1])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_of_the_project_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
        assert "://" in target or (page.parent / target).exists(), target
