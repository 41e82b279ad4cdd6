"""A real knowledge base in a temporary folder: two invented accidents, two invented rules, no model.

Files are read by `making.take_in`: each test writes what its file "says" (`says`), nothing is extracted.
"""

from __future__ import annotations

from pathlib import Path

from tests.indexing.importing import making
from tests.indexing.importing.making import DIM

from qianche.corpus.errors import ModelMissing
from qianche.corpus.intake import TakeIn
from qianche.indexing.build import case_entry, expected_facts, rule_entry, version_entry
from qianche.indexing.embedding import Embedder
from qianche.indexing.importing import Importer
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

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
