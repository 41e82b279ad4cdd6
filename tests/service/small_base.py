"""A real knowledge base in a temporary folder: two invented accidents, two invented rules, no model.

Files are read by `making.take_in`: each test writes what its file "says" (`says`), nothing is extracted.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from tests.indexing.importing import making
from tests.indexing.importing.making import DIM
from tests.service.conftest import BASE_URL

from qianche.corpus.errors import ModelMissing
from qianche.corpus.intake import TakeIn
from qianche.indexing.build import case_entry, expected_facts, rule_entry, version_entry
from qianche.indexing.embedding import Embedder
from qianche.indexing.importing import Importer
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore
from qianche.service.app import create_app
from qianche.service.settings import load_settings

BUNDLED = (
    making.case("bundled-a"),
    making.case("bundled-b", day="2019-03-03", name="浙江安吉白鹭纸品“3·3”爆炸事故"),
)
RULE = making.rule()


def no_model() -> Embedder:
    """Stands for a machine without a model."""
    raise ModelMissing("本机没有语义模型。")


def open_small_base(home: Path) -> LocalKnowledgeBase:
    """The base of a folder, filled the first time."""
    store = EmbeddedKnowledgeStore(home, DIM)
    if store.get_state("data") is None:
        entries = [case_entry(case) for case in BUNDLED]
        entries += [rule_entry(RULE), *(version_entry(RULE, version) for version in RULE.versions)]
        store.write_records(entries)
        store.set_state(expected_facts())
    return LocalKnowledgeBase(store, no_model, home)


def open_small_importer(base: LocalKnowledgeBase, take_in: TakeIn = making.take_in) -> Importer:
    """An importer on it that knows the two accidents as bundled ones."""
    return Importer(base.store, base.home, take_in, build_vectors=base.build_vectors, bundled=lambda: BUNDLED)


@contextmanager
def client_of(base: LocalKnowledgeBase, **settings: Any) -> Iterator[tuple[TestClient, Importer]]:
    """Lend a client of the application on a base, and the importer behind it; all is closed at the end."""
    importer = open_small_importer(base)
    app = create_app(base, load_settings(home=base.home, port=8737, **settings), importer)
    with TestClient(app, base_url=BASE_URL, follow_redirects=False) as client:
        assert app.state.build.wait(10)
        yield client, importer
    importer.close()
    base.close()


CONFLICT: dict[str, Any] = {"drafts": [{"deaths": [3, 4], "firm": "安吉另一家厂", "day": "2023-02-02"}]}
LIKELY: dict[str, Any] = {"drafts": [{"day": "2024-05-07"}]}
"""The bundled accident, a day later: a question for a person."""
REPORT = (
    "安吉云泉竹制品厂火灾事故调查报告",
    "2024年7月8日8时30分，安吉云泉竹制品厂砂光车间起火，造成3人死亡。",
    "直接原因是除尘管积灰遇火花起火。",
)
"""A text that a file may hold; invented."""


def says(*paragraphs: str, **what: object) -> bytes:
    """The bytes of a file of one accident, told by these paragraphs; see `making.file_text` for what else."""
    defaults: dict[str, object] = {
        "text": list(paragraphs or REPORT),
        "drafts": [{"day": "2024-07-08", "deaths": 3, "firm": "安吉云泉竹制品厂"}],
    }
    return making.file_text(**(defaults | what)).encode()
