"""The probes, and the build beside the service, which answers by words while vectors are still made."""

from __future__ import annotations

import logging

import pytest
from fastapi.testclient import TestClient
from tests.service.conftest import BASE_URL
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.corpus.errors import StoreError
from qianche.service import responses
from qianche.service.app import create_app
from qianche.service.background import BackgroundBuild
from qianche.service.settings import load_settings

WAIT = 10.0


def client_without_start(kb: FakeKnowledgeBase) -> TestClient:
    """A client whose application never starts its background build, so that a state stays as it is set."""
    return TestClient(create_app(kb, load_settings()), base_url=BASE_URL)


def test_healthz_says_that_the_service_runs(client: TestClient) -> None:
    reply = client.get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok"})


def test_ready_with_everything(client: TestClient) -> None:
    reply = client.get("/readyz")
    assert reply.status_code == 200
    responses.Readiness.model_validate_json(reply.content)
    assert reply.json() == {
        "ready": True,
        "records": True,
        "vectors": "complete",
        "vector_coverage": 1.0,
        "model": "invented-model",
        "detail": "可以查询，资料和语义向量齐全。",
        "failure": None,
    }


def test_ready_while_vectors_are_made() -> None:
    reply = client_without_start(FakeKnowledgeBase(coverage=0.999)).get("/readyz")
    assert reply.status_code == 200
    assert reply.json()["vectors"] == "pending"
    assert reply.json()["detail"] == "可以查询；语义向量正在生成，已完成 99%，在此之前主要按字词检索。"


def test_ready_without_a_model_says_what_to_do() -> None:
    reply = client_without_start(FakeKnowledgeBase(coverage=0.0, model=None)).get("/readyz")
    assert reply.status_code == 200
    assert (reply.json()["vectors"], reply.json()["model"]) == ("no-model", None)
    assert "qianche model import" in reply.json()["detail"]


def test_not_ready_without_records() -> None:
    reply = client_without_start(FakeKnowledgeBase(ready=False, coverage=0.0)).get("/readyz")
    assert reply.status_code == 503
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["retry-after"] == "5"
    body = reply.json()
    assert (body["code"], body["status"], body["ready"], body["vectors"]) == (
        "not-ready",
        503,
        False,
        "pending",
    )
    assert body["detail"] == "资料还没有入库，暂时不能查询。请稍候，或运行 `qianche build`。"


@pytest.mark.parametrize(
    "path",
    ["/api/search?query=x", "/api/facets", "/api/cases/tank-2019", "/api/rules", "/api/rules/invented-rule"],
)
def test_without_records_questions_are_put_off(path: str) -> None:
    reply = client_without_start(FakeKnowledgeBase(ready=False)).get(path)
    assert (reply.status_code, reply.json()["code"]) == (503, "not-ready")
    assert reply.json()["detail"] == "资料正在入库，暂时不能查询。请稍候再试。"


def test_after_the_start_missing_records_and_vectors_are_built() -> None:
    kb = FakeKnowledgeBase(ready=False, coverage=0.0)
    app = create_app(kb, load_settings())
    with TestClient(app, base_url=BASE_URL) as client:
        assert app.state.build.wait(WAIT)
        assert kb.calls == ["records", "vectors"]
        assert client.get("/readyz").json()["vectors"] == "complete"
        assert client.get("/api/search", params={"query": "通风"}).status_code == 200


def test_records_that_are_there_are_not_built_again_and_the_model_is_loaded() -> None:
    kb = FakeKnowledgeBase()
    build = BackgroundBuild(kb)
    build.start()
    assert build.wait(WAIT)
    build.stop()
    assert kb.calls == ["vectors"]  # embeds nothing new; searches do not wait for the model to load


def test_a_stop_before_the_vectors_leaves_them_for_the_next_start() -> None:
    kb = FakeKnowledgeBase(coverage=0.0)
    build = BackgroundBuild(kb)
    build.stop()
    build.start()
    assert build.wait(WAIT)
    assert kb.calls == []


def test_a_build_that_fails_is_told_in_readyz_and_the_service_goes_on() -> None:
    message = "磁盘已满，索引没有建立。请腾出空间后运行 `qianche build`。"
    kb = FakeKnowledgeBase(coverage=0.5, build_failure=StoreError(message))
    app = create_app(kb, load_settings())
    with TestClient(app, base_url=BASE_URL) as client:
        assert app.state.build.wait(WAIT)
        reply = client.get("/readyz")
        assert (reply.status_code, reply.json()["failure"]) == (200, message)
        assert client.get("/api/search", params={"query": "通风"}).status_code == 200


def test_records_that_cannot_be_built_are_the_reason_given(caplog: pytest.LogCaptureFixture) -> None:
    kb = FakeKnowledgeBase(ready=False, build_failure=ValueError("inside"))
    app = create_app(kb, load_settings())
    with caplog.at_level(logging.ERROR), TestClient(app, base_url=BASE_URL) as client:
        assert app.state.build.wait(WAIT)
        reply = client.get("/api/search", params={"query": "通风"})
        assert reply.status_code == 503
        assert reply.json()["detail"].startswith("后台建立索引时出错")
        assert "inside" not in reply.text
    assert "inside" in caplog.text
