"""Citations resolved by a real base: rules and texts come from its store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.indexing.importing import making

from qianche.corpus.citations.outcomes import Outcome
from qianche.corpus.errors import ModelMissing
from qianche.corpus.rules import Article
from qianche.corpus.statutes.assemble import Row, assemble
from qianche.indexing.build import article_entry, rule_entry, version_entry
from qianche.indexing.embedding import Embedder
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.rulebook.citing import resolve_text
from qianche.indexing.store.embedded import EmbeddedKnowledgeStore

_PLAIN = making.rule(days=("2023-01-01",))
RULE = replace(_PLAIN, versions=(replace(_PLAIN.versions[0], text_source="laws.db"),))
TEXTS: tuple[Article, ...] = assemble(
    [Row(None, None, "第一条", "除尘器应当清灰。"), Row(None, None, "第十条", "清灰应当用布袋。")],
    law="某法",
    version_id=RULE.versions[0].version_id,
).articles


def no_model() -> Embedder:
    raise ModelMissing("本机没有语义模型。")


@pytest.fixture
def base(tmp_path: Path) -> LocalKnowledgeBase:
    store = EmbeddedKnowledgeStore(tmp_path, making.DIM)
    version = RULE.versions[0]
    entries = [rule_entry(RULE), version_entry(RULE, version)]
    entries += [article_entry(RULE, version, article) for article in TEXTS]
    store.write_records(entries)
    return LocalKnowledgeBase(store, no_model, tmp_path)


def test_the_text_of_a_citation_is_that_of_the_store(base: LocalKnowledgeBase) -> None:
    tenth, eleventh = resolve_text(base, "《竹粉尘防爆规定》第十条，依据第十一条", date(2024, 1, 1))
    assert (tenth.outcome, eleventh.outcome) == (Outcome.RESOLVED, Outcome.ABSENT)
    quote = tenth.provisions[0].quote
    assert quote is not None
    assert (quote.article.article_id, quote.text) == ("dust-rules@2023-01-01/10", "清灰应当用布袋。")
    assert "最后一条是第十条" in eleventh.provisions[0].message


def test_the_articles_of_a_version_come_in_the_order_of_their_numbers(base: LocalKnowledgeBase) -> None:
    assert base.articles("dust-rules@2023-01-01") == TEXTS
    assert base.articles("dust-rules@2000-01-01") == ()
