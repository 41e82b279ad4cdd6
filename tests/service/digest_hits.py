"""What the tests of digests say and ask more than once."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi.testclient import TestClient
from tests.service.fake_digests import JUDGED

from qianche.corpus.digests import Digest
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.indexing.search.answer import RuleHit, Score
from qianche.service import responses, wire
from qianche.service.responses.rules import RuleHit as RuleHitShape

LABEL = "要旨，本库归纳，非条文原文"
ALARM = "可能构成重大事故隐患"
NOT_THAT_DAY = "当日不适用的判定标准"
NO_TEXT = "要旨，非原文：本库没有这一条的正文，请查阅官方文本。"
ITEM = "《车间重大事故隐患判定办法》第三条第（二）项"


def hit_of(
    version: RuleVersion,
    digest: Digest | None,
    on: date,
    *,
    rule: Rule = JUDGED,
    article: Article | None = None,
    held: RuleVersion | None = None,
) -> dict[str, Any]:
    """A hit on the wire, in its declared shape."""
    score = Score(1, 1.0, 0.9, ())
    hit = RuleHit(rule, version, article, digest, held, version.status(on), score, (), (), ())
    record = wire.rule_hit(hit, on)
    RuleHitShape.model_validate(record)
    return record


def article(client: TestClient, path: str) -> dict[str, Any]:
    """An article as the API has it, in its declared shape."""
    reply = client.get(f"/api/rules/{path}")
    responses.ArticleResponse.model_validate_json(reply.content)
    found: dict[str, Any] = reply.json()
    return found
