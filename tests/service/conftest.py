"""Fixture policy: the service is tested on a hand-written knowledge base in memory: the wire is exact.

`kb` is that knowledge base, `client` a client of the application on it, bound to this machine, no token.
The application is made once, which takes longer than most tests; `kb` is as new for every test.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from tests.service.fake_kb import FakeKnowledgeBase

from qianche.service.app import create_app
from qianche.service.settings import Settings, load_settings

BASE_URL = "http://127.0.0.1:8737"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine's environment sets, so that defaults are defaults."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"QIANCHE_{name.upper()}", raising=False)


@pytest.fixture(scope="session")
def shared() -> Iterator[tuple[FakeKnowledgeBase, TestClient]]:
    """The one application of most tests and the knowledge base behind it."""
    kb = FakeKnowledgeBase()
    app = create_app(kb, load_settings(host="127.0.0.1", port=8737))
    with TestClient(app, base_url=BASE_URL, follow_redirects=False) as client:
        yield kb, client


@pytest.fixture
def kb(shared: tuple[FakeKnowledgeBase, TestClient]) -> FakeKnowledgeBase:
    kb = shared[0]
    vars(kb).clear()
    vars(kb).update(vars(FakeKnowledgeBase()))
    return kb


@pytest.fixture
def client(kb: FakeKnowledgeBase, shared: tuple[FakeKnowledgeBase, TestClient]) -> TestClient:
    client = shared[1]
    client.cookies.clear()
    return client
