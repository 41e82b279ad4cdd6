"""Hostile text in queries and records stays text."""

from __future__ import annotations

import html
from dataclasses import replace

import pytest
from tests.service.fake_kb import CASES, TANK, FakeKnowledgeBase
from tests.service.page_outline import Outline, client_of, get, search, source

from qianche.corpus.cases import Case
from qianche.indexing.search.answer import Answer, SearchRequest

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202e倒写\u2066\u200b\ufeff\u0000\ud7ff",
    "&lt;b&gt;&amp;amp;",
    "a" * 4900,
    "\r\n\t ' ` \\ 通风",
)


class HostileKnowledgeBase(FakeKnowledgeBase):
    """Every text of every record is the same hostile one."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.hostile = text

    def search(self, request: SearchRequest) -> Answer:
        answer = super().search(replace(request, query="通风 脚手架"))
        cases = tuple(
            replace(
                hit,
                case=self._case(hit.case),
                matched_words=(self.hostile,),
                evidence=(replace(hit.evidence[0], text=self.hostile, marks=((0, 3), (2, 9), (5, 10**6))),),
            )
            for hit in answer.cases
        )
        reading = replace(answer.reading, key_terms=(self.hostile,))
        facets = {**answer.facets, "case": {**answer.facets.get("case", {}), "substances": {self.hostile: 2}}}
        return replace(answer, cases=cases, reading=reading, facets=facets)

    def case(self, case_id: str) -> Case:
        return self._case(super().case(case_id))

    def _case(self, case: Case) -> Case:
        many = (self.hostile,)
        return replace(
            case, name=self.hostile, direct_cause=self.hostile, activity=self.hostile, lessons=many,
            management_failures=many, failed_barriers=many, substances=many, cited_rules=many,
            note=self.hostile, industry=self.hostile, place=replace(case.place, city=self.hostile),
        )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    kb = HostileKnowledgeBase(text)
    client = client_of(kb)
    first = search(q=text.strip())
    response = client.get(first, headers={"accept": "text/html"})
    address = response.headers.get("location", first)
    for page in (
        source(client, address),
        source(client, "/cases/tank-2019"),
        source(client, search(q=text, sort=text)),
    ):
        outline = Outline(page)
        assert len(outline.all("script")) == 1
        assert (
            not outline.all("img") and not outline.all("svg") and not outline.all("b")
        ) or "<b>" not in text
        assert not [a for _, attributes in outline.tags for a in attributes if a.startswith("on")]
        assert not [a for a in outline.all("a") if a["href"].startswith("javascript:")]
    if text.isprintable():
        assert html.escape(text, quote=False).replace('"', "&#34;") in source(
            client, "/cases/tank-2019"
        ).replace("&#39;", "'")


def test_case_ids_with_odd_characters_stay_inside_their_link(
    kb: FakeKnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = 'a/b?c#d"e 中'
    monkeypatch.setitem(CASES, odd, replace(TANK, case_id=odd))
    page = get(client_of(kb), search(q="硫化氢"))
    assert "/cases/a%2Fb%3Fc%23d%22e%20%E4%B8%AD" in {a["href"] for a in page.all("a")}
