"""Every error: exact status, code and Chinese detail in one shape; nothing that is asked ends in a 5xx."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.corpus.errors import BadRecord, BadRequest, ModelMissing, NotFound, QiancheError, StoreError
from qianche.service import schemas
from qianche.service.app import create_app
from qianche.service.settings import load_settings

DAY_WANTED = "需要日期，写作 年-月-日，如 2021-09-01"


def problem(reply: Any) -> dict[str, Any]:
    """The body of an error, held to its shape."""
    assert reply.headers["content-type"] == "application/problem+json"
    schemas.Problem.model_validate_json(reply.content)
    body: dict[str, Any] = reply.json()
    assert body["status"] == reply.status_code
    assert body["type"] == f"urn:qianche:problem:{body['code']}"
    assert any("\u4e00" <= c <= "\u9fff" for c in body["detail"])
    return body


@pytest.mark.parametrize(
    ("path", "code", "detail"),
    [
        ("/api/cases/x", "not-found", "没有编号为“x”的事故案例。请核对编号，或改用检索。"),
        ("/api/cases/x/similar", "not-found", "没有编号为“x”的事故案例。请核对编号，或改用检索。"),
        ("/api/rules/x", "not-found", "没有编号为“x”的法规。请核对编号，或按名称查找。"),
        (
            "/api/rules/invented-rule/articles/200",
            "not-found",
            "《池内作业规定》没有第200条：最后一条是第一百三十四条之一。请核对条号。",
        ),
        ("/api/x", "no-such-address", "没有地址“/api/x”。接口说明见 /api/openapi.json。"),
        ("/api/search/", "no-such-address", "没有地址“/api/search/”。接口说明见 /api/openapi.json。"),
    ],
)
def test_what_does_not_exist_is_404(client: TestClient, path: str, code: str, detail: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 404
    assert problem(reply) == {
        "type": f"urn:qianche:problem:{code}",
        "title": "没有找到" if code == "not-found" else "没有这个地址",
        "status": 404,
        "detail": detail,
        "code": code,
    }


def test_a_method_that_an_address_does_not_know_is_405_and_names_the_known_ones(client: TestClient) -> None:
    reply = client.delete("/api/cases/tank-2019")
    assert reply.status_code == 405
    assert reply.headers["allow"] == "GET"
    assert problem(reply)["detail"] == "地址“/api/cases/tank-2019”不支持 DELETE。可用：GET。"


@pytest.mark.parametrize("query", ["", " ", "\u3000\n\t", "\x00", "\x00 \x00"])
def test_an_empty_query_is_422_by_body_and_by_query_string(client: TestClient, query: str) -> None:
    for reply in (
        client.post("/api/search", json={"query": query}),
        client.get("/api/search", params={"query": query}),
    ):
        assert reply.status_code == 422
        body = problem(reply)
        assert body["code"] == "empty-query"
        assert body["detail"] == "没有可检索的内容：查询为空。请用一两句话描述看到的隐患。"


@pytest.mark.parametrize("length", [5_001, 50_000])
def test_a_query_that_is_too_long_is_422_with_advice(client: TestClient, length: int) -> None:
    reply = client.post("/api/search", json={"query": "池" * length})
    assert reply.status_code == 422
    body = problem(reply)
    assert body["code"] == "query-too-long"
    assert body["detail"] == f"查询有 {length} 字，超过上限 5000 字。请只粘贴与隐患有关的段落。"


@pytest.mark.parametrize(
    ("body", "field", "given", "message"),
    [
        ({}, "query", "", "必须给出"),
        ({"query": 5}, "query", "5", "需要文字"),
        ({"query": None}, "query", "", "需要文字"),
        ({"query": ["池"]}, "query", "['池']", "需要文字"),
        ({"query": "池", "top_k": 0}, "top_k", "0", "不能小于 1"),
        ({"query": "池", "top_k": 101}, "top_k", "101", "不能大于 100"),
        ({"query": "池", "top_k": "多"}, "top_k", "多", "需要整数"),
        ({"query": "池", "top_k": True}, "top_k", "True", "需要整数"),
        ({"query": "池", "top_k": 1.5}, "top_k", "1.5", "需要整数"),
        ({"query": "池", "top_k": 10**30}, "top_k", str(10**30), "不能大于 100"),
        ({"query": "池", "as_of": "昨天"}, "as_of", "昨天", DAY_WANTED),
        ({"query": "池", "as_of": 0}, "as_of", "0", DAY_WANTED),
        ({"query": "池", "as_of": "2021-02-30"}, "as_of", "2021-02-30", DAY_WANTED),
        ({"query": "池", "sector": "工贸"}, "sector", "工贸", '需要列表，如 ["工贸"]'),
        ({"query": "池", "year": [2020, 0]}, "year.1", "0", "不能小于 1"),
        ({"query": "池", "kinds": []}, "kinds", "[]", "至少 1 个值"),
        ({"query": "池", "facets": "也许"}, "facets", "也许", "需要 true 或 false"),
        ({"query": "池", "deaths_min": -1}, "deaths_min", "-1", "不能小于 0"),
        ({"query": "池", "sectors": ["工贸"]}, "sectors", "['工贸']", "没有这个参数，请核对拼写"),
        ({"query": "池", "equipment": ["x"] * 101}, "equipment", None, "最多 100 个值"),
        ({"query": "池", "date_from": "2021-01-02", "date_to": "2021-01-01"}, "date_to", "2021-01-01",
         "不能早于 date_from（2021-01-02）"),
        ({"query": "池", "deaths_min": 3, "deaths_max": 2}, "deaths_max", "2", "不能小于 deaths_min（3）"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_422_and_named(
    client: TestClient, body: dict[str, Any], field: str, given: str | None, message: str
) -> None:
    reply = client.post("/api/search", json=body)
    assert reply.status_code == 422
    answer = problem(reply)
    assert answer["code"] == "bad-parameters"
    [error] = answer["errors"]
    assert (error["field"], error["message"]) == (field, message)
    if given is not None:
        assert error["given"] == given
    assert message in answer["detail"]


def test_an_unknown_choice_lists_the_valid_ones(client: TestClient) -> None:
    reply = client.get("/api/search", params={"query": "池", "kinds": "案例"})
    assert reply.status_code == 422
    [error] = problem(reply)["errors"]
    assert error == {
        "field": "kinds.0", "given": "案例", "message": "没有这个选项。可选：case、rule",
        "allowed": ["case", "rule"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "first", "last"),
    [
        ("sector", "矿", "煤矿", "综合"),
        ("grade", "重大事故", "特别重大", "一般"),
        ("work_kind", "高空", "动火", "其他"),
        ("level", "条例", "法律", "地方性法规"),
        ("accident_class", "摔倒", "物体打击", "瓦斯突出"),
        ("equipment", "塔吊", "脚手架", "脚手架"),
        ("province", "己省", "甲省", "某国"),
        ("rule", "no-such-rule", "invented-rule", "invented-rule"),
    ],
)
def test_an_unknown_filter_value_is_422_and_lists_the_valid_ones(
    client: TestClient, field: str, value: str, first: str, last: str
) -> None:
    for reply in (
        client.post("/api/search", json={"query": "池", field: [value]}),
        client.get("/api/search", params={"query": "池", field: value}),
    ):
        assert reply.status_code == 422
        body = problem(reply)
        assert body["code"] == "unknown-filter-value"
        [error] = body["errors"]
        assert (error["field"], error["given"]) == (field, value)
        assert (error["allowed"][0], error["allowed"][-1]) == (first, last)
        assert f"{field}“{value}”：没有这个值。可选：" in body["detail"]


def test_of_many_valid_values_the_nearest_are_named(client: TestClient, kb: FakeKnowledgeBase) -> None:
    many = {f"设备{n}": 1 for n in range(100)} | {"塔式起重机": 1}
    kb.facets = lambda kind: {"equipment": many}  # type: ignore[method-assign]
    [error] = problem(client.post("/api/search", json={"query": "池", "equipment": ["塔式起重"]}))["errors"]
    assert error["allowed"] == ["塔式起重机"]
    assert error["message"] == "没有这个值。相近的有：塔式起重机；全部 101 个见 /api/facets"


@pytest.mark.parametrize("path", ["/api/rules?sector=矿", "/api/rules?level=条例"])
def test_unknown_sector_or_level_of_rules_is_422(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 422
    assert problem(reply)["code"] == "unknown-filter-value"


@pytest.mark.parametrize("number", ["0", "36-0", "36条", "第零条", "1e3", "99999", "-1", "%00"])
def test_what_is_no_article_number_is_422(client: TestClient, number: str) -> None:
    reply = client.get(f"/api/rules/invented-rule/articles/{number}")
    assert reply.status_code == 422
    body = problem(reply)
    assert body["code"] == "bad-article-number"
    assert body["detail"].endswith("不是条号。请写成 36、134-1 或 第三十六条。")


@pytest.mark.parametrize("path", ["/api/rules/invented-rule?as_of=x", "/api/cases/tank-2019/similar?top_k=0"])
def test_wrong_parameters_of_other_addresses_are_422(client: TestClient, path: str) -> None:
    reply = client.get(path)
    assert reply.status_code == 422
    assert problem(reply)["code"] == "bad-parameters"


@pytest.mark.parametrize(
    "content",
    [
        b"{", b'{"query": "\xff"}', b"[" * 100_000,
        b'{"query": "x", "top_k": ' + b"9" * 5_000 + b"}", b"\x00",
        b"{'query': 'x'}",
    ],
    ids=["cut", "not-utf8", "deep", "huge-number", "nul", "single-quotes"],
)  # fmt: skip
def test_what_is_not_json_is_400(client: TestClient, content: bytes) -> None:
    reply = client.post("/api/search", content=content, headers={"content-type": "application/json"})
    assert reply.status_code == 400
    body = problem(reply)
    assert body["code"] == "bad-json"
    assert body["detail"] == "请求正文不是可以读取的 JSON。请检查括号、引号和编码（UTF-8）。"


@pytest.mark.parametrize("content", [b"[]", b'"x"', b"null", b"1", b""])
def test_a_body_that_is_no_object_is_422(client: TestClient, content: bytes) -> None:
    reply = client.post("/api/search", content=content, headers={"content-type": "application/json"})
    assert reply.status_code == 422
    assert problem(reply)["code"] == "bad-parameters"


def test_lone_surrogates_are_refused_and_repeated_harmlessly(client: TestClient) -> None:
    for content in (
        b'{"query": "x\\ud800"}',
        b'{"query": "x", "sector": ["\\udfff"]}',
        b'{"query": "x", "\\ud800": 1}',
    ):
        reply = client.post("/api/search", content=content, headers={"content-type": "application/json"})
        assert reply.status_code == 422
        assert problem(reply)["code"] == "bad-parameters"


def test_nul_and_odd_characters_in_a_query_are_searched_around(client: TestClient) -> None:
    reply = client.post("/api/search", json={"query": "通风\x00\u202e\ufeff👷"})
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_another_media_type_than_json_is_415(client: TestClient, media_type: str) -> None:
    reply = client.post("/api/search", content=b"query=x", headers={"content-type": media_type})
    assert reply.status_code == 415
    assert problem(reply)["detail"] == "请求正文需要是 JSON。请加上请求头 Content-Type: application/json。"


def test_json_by_any_of_its_names_is_read(client: TestClient) -> None:
    for media_type in ("application/json; charset=utf-8", "APPLICATION/JSON", "application/vnd.x+json"):
        reply = client.post("/api/search", content=b'{"query": "x"}', headers={"content-type": media_type})
        assert reply.status_code == 200


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (BadRequest("不能这样问。"), 422, "请求的内容不能使用"),
        (NotFound("没有。"), 404, "没有找到"),
        (ModelMissing("没有模型。"), 503, "没有语义模型"),
        (StoreError("磁盘已满。请腾出空间。"), 503, "资料库暂时不能使用"),
        (BadRecord("第 3 行有误。"), 500, "资料有误"),
        (QiancheError("别的错误。"), 500, "服务出错"),
    ],
)
def test_the_error_family_has_one_status_each(
    client: TestClient, kb: FakeKnowledgeBase, error: QiancheError, status: int, title: str
) -> None:
    kb.failure = error
    reply = client.post("/api/search", json={"query": "通风"})
    assert reply.status_code == status
    body = problem(reply)
    assert (body["code"], body["title"], body["detail"]) == (error.code, title, error.message)


def test_an_unforeseen_error_is_500_with_a_number_and_the_trace_only_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    kb = FakeKnowledgeBase(failure=ZeroDivisionError("secret detail"))
    client = TestClient(create_app(kb, load_settings()), base_url=BASE_URL)
    with caplog.at_level(logging.ERROR):
        reply = client.post("/api/search", json={"query": "通风"})
    assert reply.status_code == 500
    body = problem(reply)
    assert body["code"] == "internal"
    assert body["incident"] in body["detail"]
    assert "secret" not in reply.text and "Traceback" not in reply.text and "ZeroDivision" not in reply.text
    assert body["incident"] in caplog.text
    assert "secret detail" in caplog.text
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_a_person_with_a_browser_gets_a_page_a_program_gets_json(client: TestClient) -> None:
    page = client.get("/no-such-page", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "没有地址" in page.text
    assert problem(client.get("/no-such-page"))["code"] == "no-such-address"
    assert problem(client.get("/api/x", headers={"accept": "text/html"}))["code"] == "no-such-address"
