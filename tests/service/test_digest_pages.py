"""Digests on the pages: on cards, beside an article or in place of one, as the contents of a rule; hostile text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from fastapi.testclient import TestClient
from tests.service.digest_hits import ALARM, LABEL, NO_TEXT, NOT_THAT_DAY
from tests.service.fake_digests import VENT_DIGEST
from tests.service.fake_kb import FakeKnowledgeBase
from tests.service.page_outline import Outline, client_of, get, search, source

from qianche.corpus.digests import Digest
from qianche.corpus.rules import ArticleNumber
from qianche.indexing.knowledge_base import ArticleView
from qianche.indexing.search.answer import Answer, SearchRequest


def test_the_card_of_a_digest_warns_says_that_no_text_is_held_and_leads_to_the_item(
    client: TestClient,
) -> None:
    text = source(client, search(q="粉尘没扫", as_of="2026-01-01"))
    page = Outline(text)
    assert "/rules/judged-rule/articles/3?as_of=2026-01-01#d3.2" in {a["href"] for a in page.all("a")}
    assert [s["class"] for s in page.all("span") if "alarm" in s.get("class", "")] == ["badge alarm"]
    assert NO_TEXT in page.text
    assert "要旨（本库归纳）车间里的粉尘没有按时清扫。" in page.words
    assert "车间里的<mark>粉尘</mark>没有按时清扫。" in text
    assert "责任主体生产经营单位" in page.words
    assert page.text.index(ALARM) < page.text.index("现行（2023-05-15")


def test_the_card_of_an_article_has_gist_and_scene_after_the_statute(client: TestClient) -> None:
    text = source(client, search(q="通风", as_of="2021-01-01"))
    places = [
        text.index(piece)
        for piece in (
            "（一）<mark>通风</mark>",
            "下池的人先通风再测气体。",
            "掀开盖子就下去了，没<mark>通风</mark>",
        )
    ]
    assert places == sorted(places)
    page = Outline(text)
    assert "现场说法掀开盖子就下去了，没通风" in page.words
    assert "责任主体生产经营单位、从业人员隐患通风不良" in page.words
    assert "alarm" not in text


def test_a_criterion_of_another_day_is_no_warning_on_the_card(client: TestClient) -> None:
    address = search(q="粉尘没扫", as_of="2026-01-01", include_not_in_force="true")
    cards = source(client, address).split('<article class="card">')[1:]
    now, once = (card.split("</article>")[0] for card in cards if "judged-rule" in card)
    assert ALARM in now
    assert ALARM not in once
    assert f"{NOT_THAT_DAY}（已被修订）" in once
    assert "alarm" not in once


@pytest.mark.parametrize(
    "address",
    [
        search(q="粉尘没扫"),
        search(q="粉尘没扫", as_of="2020-01-01", include_not_in_force="true"),
        search(q="有限空间没有通风", as_of="2015-01-01"),
        "/rules/judged-rule",
        "/rules/judged-rule?as_of=2020-01-01",
        "/rules/judged-rule/articles/3",
        "/rules/judged-rule/articles/4?as_of=2020-01-01",
        "/rules/judged-rule/articles/9",
        "/rules/invented-rule/articles/3?as_of=2015-01-01",
    ],
)
def test_pages_with_digests_are_well_built(client: TestClient, address: str) -> None:
    page = Outline(source(client, address))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert all(a["aria-labelledby"] in ids for _, a in page.tags if "aria-labelledby" in a)
    levels = [int(tag[1]) for tag, _ in page.tags if tag in ("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_page_of_an_article_without_text_shows_its_items_and_where_they_were_read(
    client: TestClient,
) -> None:
    page = get(client, "/rules/judged-rule/articles/3?as_of=2026-01-01")
    order = [
        page.text.index(piece)
        for piece in (
            "当日版本未收录",
            LABEL,
            "第三条第（一）项",
            "车间楼上住人",
            "第三条第（二）项",
            "要旨依据",
        )
    ]
    assert order == sorted(order)
    assert page.text.count(ALARM) == 2
    assert page.words.count("要旨依据：据网页") == 1
    assert "据网页·https://example.gov.cn/judged.html（经某处所录）·2026-11-25查阅" in page.words
    outside = [a for a in page.all("a") if "://" in a["href"]]
    assert [a["href"] for a in outside] == ["https://example.gov.cn/judged.html"]
    assert "noreferrer" in outside[0]["rel"]
    assert [a["href"] for a in page.all("a") if a.get("rel") == "next"] == [
        "/rules/judged-rule/articles/5?as_of=2026-01-01"
    ]


def test_the_page_of_one_item_gives_its_citation(client: TestClient) -> None:
    page = get(client, "/rules/judged-rule/articles/4?as_of=2020-01-01")
    assert [i["value"] for i in page.all("input") if "readonly" in i] == [
        "《车间重大事故隐患判定办法》第四条第（一）项"
    ]
    assert "要旨依据：待核·出处未记·2026-11-25查阅" in page.words


def test_the_page_of_an_article_with_text_shows_its_digest_after_it(client: TestClient) -> None:
    page = get(client, "/rules/invented-rule/articles/3")
    assert page.text.index("下池前应当") < page.text.index(LABEL) < page.text.index("掀开盖子就下去了")
    assert "要旨依据：据原文·本库所收条文" in page.words
    assert any(a["href"] == "/rules/invented-rule/articles/134-1" and "rel" not in a for a in page.all("a"))


def test_the_digest_of_another_day_stands_under_the_version_it_is_of(client: TestClient) -> None:
    page = get(client, "/rules/invented-rule/articles/3?as_of=2015-01-01")
    above, mark, below = page.text.partition("非当日文本，条号可能不同")
    assert mark
    assert VENT_DIGEST.gist not in above
    assert VENT_DIGEST.gist in below
    assert not [a for a in page.all("a") if "/articles/134-1" in a["href"] and "rel" not in a]


def test_the_page_of_a_rule_without_text_lists_its_digests(client: TestClient) -> None:
    page = get(client, "/rules/judged-rule")
    assert "要旨目录（本库归纳，非条文原文）" in page.text
    assert {f"/rules/judged-rule/articles/{p}" for p in ("3#d3.1", "3#d3.2", "5#d5.1")} <= {
        a["href"] for a in page.all("a")
    }
    assert "要旨目录" not in get(client, "/rules/invented-rule").text


# --- hostile text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "\u202e倒写\u2066\u200b\u0000",
    'https://x.example/"onmouseover="alert(1)',
)


class HostileDigests(FakeKnowledgeBase):
    """Every text of every digest is the same hostile one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hostile = text

    def _made(self, digest: Digest) -> Digest:
        many = (self.hostile,)
        return replace(
            digest, gist=self.hostile, said_as=many, duty_holders=many, hazards=many, source=self.hostile
        )

    def search(self, request: SearchRequest) -> Answer:
        answer = super().search(request)
        hits = tuple(
            replace(
                hit,
                digest=self._made(hit.digest) if hit.digest else None,
                digest_evidence=tuple(
                    replace(passage, part=part, text=self.hostile, marks=((0, 3), (2, 10**6)))
                    for passage in hit.digest_evidence
                    for part in ("gist", "said_as")
                ),
            )
            for hit in answer.rules
        )
        return replace(answer, rules=hits)

    def digests(self, version_id: str) -> tuple[Digest, ...]:
        return tuple(map(self._made, super().digests(version_id)))

    def article(self, rule_id: str, number: ArticleNumber, as_of: date) -> ArticleView:
        view = super().article(rule_id, number, as_of)
        return replace(view, digests=tuple(map(self._made, super().digests(view.version.version_id))))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_a_digest_stays_text(text: str) -> None:
    kb = HostileDigests(text)
    client = client_of(kb)
    for address in (
        search(q="粉尘"), search(q="通风"), "/rules/judged-rule", "/rules/judged-rule/articles/3",
        "/rules/invented-rule/articles/3",
    ):  # fmt: skip
        page = Outline(source(client, address))
        assert len(page.all("script")) == 1
        assert not page.all("img")
        assert not [a for _, attributes in page.tags for a in attributes if a.startswith("on")]
        assert not [a for a in page.all("a") if a["href"].startswith("javascript:")]
