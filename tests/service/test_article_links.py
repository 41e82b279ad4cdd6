"""Links between articles over HTTP, on the page and on the screen: references, penalties, what cites an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from rich.console import Console
from tests.service.conftest import BASE_URL
from tests.service.fake_kb import NEW, RULE, FakeKnowledgeBase

from qianche.corpus.rules import Article, ArticleNumber, Heading, Rule
from qianche.corpus.statutes import parse_article
from qianche.indexing.knowledge_base import ArticleView
from qianche.service.app import create_app
from qianche.service.cli.link_sheets import print_links
from qianche.service.pages.display import blocks
from qianche.service.pages.linked_text import anchor, linked_blocks
from qianche.service.responses import ArticleResponse
from qianche.service.settings import load_settings

TEXTS = (
    "下池前应当通风。\n并应当检测 <氧气>。",
    "下列人员应当监护：\n（一）班长；\n（二）安全员。\n前款规定的人员依照《消防令》第七条培训。",
    "违反本法第一条第二款规定的，罚款。",
    "有前条行为，造成事故的，依照本法第二条的办法调查。",
)
PENALTIES_FROM = 3
DEAD = replace(
    NEW,
    rule_id="fire-order",
    title="消防令",
    text_source=None,
    effective_to=date(2021, 1, 1),
    repealed_by="x",
)
ACT = replace(RULE, versions=(replace(NEW, title="池塘法"),))
OTHER = replace(RULE, rule_id="fire-order", short_titles=(), versions=(DEAD,))


def article(number: int) -> Article:
    path = (Heading("章", "第二章 法律责任" if number >= PENALTIES_FROM else "第一章 总则"),)
    text = TEXTS[number - 1]
    return Article(
        f"{NEW.version_id}/{number}", NEW.version_id, ArticleNumber(number), path, text, parse_article(text)
    )


@dataclass
class LinkedTexts(FakeKnowledgeBase):
    """The hand-written knowledge base with an act whose articles name each other."""

    def rule(self, rule_id: str) -> Rule:
        return ACT if rule_id == ACT.rule_id else OTHER

    def rules(self, text: str = "", sector: str | None = None, level: str | None = None) -> tuple[Rule, ...]:
        return (ACT, OTHER)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        return tuple(map(article, range(1, len(TEXTS) + 1))) if version_id == NEW.version_id else ()

    def article(self, rule_id: str, number: ArticleNumber, as_of: date) -> ArticleView:
        version = self.rule(rule_id).versions[0]
        if rule_id != ACT.rule_id:
            return ArticleView(OTHER, version, None, None, None, None)
        return ArticleView(ACT, version, version, article(number.main), None, None)


@pytest.fixture(scope="module")
def linked() -> Iterator[TestClient]:
    app = create_app(LinkedTexts(), load_settings(host="127.0.0.1", port=8737))
    with TestClient(app, base_url=BASE_URL) as client:
        yield client


def asked(client: TestClient, number: int) -> ArticleResponse:
    reply = client.get(f"/api/rules/{ACT.rule_id}/articles/{number}?as_of=2024-01-01")
    assert reply.status_code == 200
    return ArticleResponse.model_validate_json(reply.content)


def test_references_come_with_their_places_and_targets(linked: TestClient) -> None:
    second = asked(linked, 2)
    assert second.article is not None
    text = second.article.text
    assert [(text[r.start : r.end], r.text) for r in second.references] == [
        ("前款", "前款"),
        ("《消防令》第七条", "《消防令》第七条"),
    ]
    own, other = (reference.target for reference in second.references)
    assert (own.id, own.paragraph, own.label, own.held, own.status) == (
        f"{NEW.version_id}/2", 1, "第二条第一款", True, "现行",
    )  # fmt: skip
    assert (other.rule_id, other.article, other.held, other.status) == ("fire-order", "7", False, "已废止")


def test_a_duty_has_its_penalty_with_its_basis_and_the_penalty_its_duty(linked: TestClient) -> None:
    (penalty,) = asked(linked, 1).penalties
    assert (penalty.label, penalty.basis, penalty.basis_label, penalty.own_label) == (
        "第三条", "stated", "条文明示", "第二款",
    )  # fmt: skip
    assert [(p.paragraph, p.item) for p in penalty.own] == [(2, None)]
    (duty,) = asked(linked, 3).penalises
    assert (duty.label, duty.own_label, duty.paragraph) == ("第一条第二款", "本条", 2)
    # Article 4 names article 2 without speaking of its breach.
    assert asked(linked, 2).penalties == []


def test_an_article_says_what_cites_it(linked: TestClient) -> None:
    assert [t.label for t in asked(linked, 1).cited_by] == ["第三条"]
    assert [t.label for t in asked(linked, 2).cited_by] == ["第四条"]


def test_an_article_without_text_has_empty_lists(linked: TestClient) -> None:
    reply = linked.get("/api/rules/fire-order/articles/7?as_of=2020-09-01").json()
    assert reply["article"] is None
    assert [reply[name] for name in ("references", "cited_by", "penalties", "penalises")] == [[], [], [], []]


def test_the_page_links_the_text_and_keeps_the_day(linked: TestClient) -> None:
    page = linked.get(f"/rules/{ACT.rule_id}/articles/2?as_of=2024-01-01").text
    assert (
        f'<a href="/rules/{ACT.rule_id}/articles/2?as_of=2024-01-01#k1" title="《池塘法》第二条第一款">前款</a>'
        in page
    )
    assert (
        '<a href="/rules/fire-order/articles/7?as_of=2024-01-01" title="《消防令》第七条（已废止，当日版本未收录）">'
        "《消防令》第七条</a>" in page
    )
    for name in ("k1", "k1-1", "k1-2", "k2"):
        assert page.count(f'id="{name}"') == 1
    assert "被引用于" in page
    assert "罚则" not in page


def test_the_page_of_a_duty_names_its_penalty_and_what_is_a_text_stays_a_text(linked: TestClient) -> None:
    page = linked.get(f"/rules/{ACT.rule_id}/articles/1").text
    assert "并应当检测 &lt;氧气&gt;。" in page
    assert (
        f'<a href="/rules/{ACT.rule_id}/articles/3#k1">第三条</a> <span class="basis">条文明示</span>' in page
    )
    # Nothing of it is the product's own finding, so nothing is said of that.
    assert "本库归纳" not in page


def test_every_link_to_a_place_has_its_anchor_and_no_character_is_lost() -> None:
    for number in range(1, len(TEXTS) + 1):
        shown = linked_blocks(article(number), [], [])
        names = {anchor(p.number, None) for p in article(number).paragraphs}
        names |= {anchor(p.number, item.number) for p in article(number).paragraphs for item in p.items}
        assert {block.anchor for block in shown} - {""} == names
        for block in blocks(article(number)):
            assert TEXTS[number - 1].startswith(block.text, block.start)


def test_the_screen_shows_the_links(linked: TestClient) -> None:
    def screen(number: int) -> str:
        out = StringIO()
        view = linked.get(f"/api/rules/{ACT.rule_id}/articles/{number}?as_of=2024-01-01").json()
        print_links(Console(file=out, width=100), view)
        return out.getvalue()

    assert "罚则\n  第二款 → 第三条 · 条文明示\n" in screen(1)
    assert "被引用于\n  第三条\n" in screen(1)
    assert "  前款 → 第二条第一款\n" in screen(2)
    assert "  《消防令》第七条 → 《消防令》第七条 · 已废止 · 当日版本未收录\n" in screen(2)
    assert "对应义务\n  本条 → 第一条第二款 · 条文明示\n" in screen(3)
