"""Structure for keyboard and screen reader, nothing from outside, contrast, size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from tests.service.fake_kb import FakeKnowledgeBase
from tests.service.page_outline import QUERY, Outline, client_of, search, source

from qianche.indexing.search.answer import Answer, SearchRequest
from qianche.service.pages.rendering import STATIC_FOLDER

PAGES = (
    "/",
    f"/?{urlencode({'q': QUERY})}",
    f"/?{urlencode([('q', QUERY), ('scope', 'all'), ('sector', '工贸'), ('deaths_min', '1')])}",
    "/?q=xyz",
    "/cases/tank-2019",
    "/cases/scaffold-2005",
    "/cases/mine-2011",
    "/rules/invented-rule",
    "/rules/upcoming",
    "/rules/invented-rule?as_of=2015-01-01",
    "/rules/invented-rule/articles/3",
    "/rules/invented-rule/articles/3?as_of=2015-01-01",
    f"/?{urlencode({'q': '粉尘'})}",
    "/rules/judged-rule",
    "/rules/judged-rule/articles/3",
    "/cite",
    f"/cite?{urlencode({'text': '《池内作业规定》第三条、第九条；第八十条', 'as_of': '2015-01-01'})}",
    "/cite?text=x&as_of=2021-02-30",
    "/cases/none",
)

# --- structure, for keyboard and screen reader


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_well_built(client: TestClient, address: str) -> None:
    page = Outline(source(client, address))
    assert page.all("html")[0]["lang"] == "zh-CN"
    assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    h1 = levels.index(1)
    assert all(after <= before + 1 for before, after in pairwise(levels[h1:]))
    ids = [a["id"] for _, a in page.tags if "id" in a]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        for name in ("for", "aria-labelledby", "form"):
            assert attributes.get(name, ids[0]) in ids
    for a in page.all("a"):
        assert not a["href"].startswith("#") or a["href"][1:] in ids


@pytest.mark.parametrize("address", PAGES)
def test_every_field_has_a_label(client: TestClient, address: str) -> None:
    page = source(client, address)
    outline = Outline(page)
    labelled = {label["for"] for label in outline.all("label") if "for" in label}
    wrapped = re.findall(r"<label(?: class=\"\w+\")?>(.*?)</label>", page, re.DOTALL)
    for field in outline.all("input") + outline.all("textarea"):
        if field.get("type") == "hidden":
            continue
        inside = any(f'name="{field.get("name")}"' in inner for inner in wrapped)
        assert inside or field.get("id") in labelled or field.get("aria-label")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_has_inline_code_or_anything_from_outside(client: TestClient, address: str) -> None:
    page = Outline(source(client, address))
    assert not page.all("style")
    for tag, attributes in page.tags:
        assert "style" not in attributes
        assert not [name for name in attributes if name.startswith("on")]
        if tag in ("script", "link", "img", "form"):
            target = attributes.get("src") or attributes.get("href") or attributes["action"]
            assert target.startswith("/")


def test_the_files_of_the_pages_are_served_and_load_nothing(client: TestClient) -> None:
    page = Outline(source(client, "/"))
    for address in [e["href"] for e in page.all("link")] + [e["src"] for e in page.all("script")]:
        response = client.get(address)
        assert response.status_code == 200
        assert "url(" not in response.text
        assert "@import" not in response.text


# --- colours

_PAIRS = [
    (ink, ground)
    for ground in ("ground", "paper", "accent-soft", "notice")
    for ink in ("ink", "quiet", "accent")
] + [(f"grade-{n}", "paper") for n in (1, 2, 3, 4)] + [
    (ink, ground) for ink in ("in", "not-yet", "old", "unknown") for ground in ("paper", "accent-soft")
] + [("accent-ink", "accent"), ("mark-ink", "mark"), ("accent-ink", "grade-1")]  # fmt: skip


def _schemes() -> Iterator[tuple[str, dict[str, str]]]:
    style = (STATIC_FOLDER / "qianche.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\n *\}", style, re.DOTALL)[:2]
    variables = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    yield "light", variables
    yield "dark", variables | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dark))


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(("name", "variables"), list(_schemes()), ids=["light", "dark"])
def test_every_text_has_enough_contrast(name: str, variables: dict[str, str]) -> None:
    def contrast(one: str, other: str) -> float:
        low, high = sorted(_luminance(variables[c]) for c in (one, other))
        return (high + 0.05) / (low + 0.05)

    assert {pair: round(contrast(*pair), 2) for pair in _PAIRS if contrast(*pair) < 4.5} == {}
    assert contrast("field", "paper") >= 3  # borders of fields


# --- size


class FullKnowledgeBase(FakeKnowledgeBase):
    """Ten cases and ten articles with three evidence passages each, and facets with thirty values."""

    def search(self, request: SearchRequest) -> Answer:
        answer = super().search(replace(request, query="有限空间 通风"))
        case, rule = answer.cases[0], answer.rules[0]
        text = "有限空间内通风不良，作业人员没有检测就进入，先后有三人倒下，另有一人施救时中毒。"
        evidence = (replace(case.evidence[0], text=text, marks=((0, 4), (5, 7))),) * 3
        facets = {
            kind: {field: {f"取值{n}": n for n in range(1, 31)} for field in fields if field != "year"}
            for kind, fields in answer.facets.items()
        }
        return replace(
            answer,
            cases=(replace(case, evidence=evidence),) * 10,
            rules=(replace(rule, evidence=evidence),) * 10,
            facets=facets,
            totals={"case": 70, "rule": 90},
        )


def _weight(client: TestClient, address: str) -> int:
    """Return the bytes of a page with the files that it loads, uncompressed."""
    response = client.get(address, headers={"accept": "text/html"})
    assert response.status_code == 200
    outline = Outline(response.text)
    asked = [tag.get("href") or tag.get("src", "") for tag in (*outline.all("link"), *outline.all("script"))]
    loaded = {STATIC_FOLDER / name.partition("?")[0].rsplit("/", 1)[1] for name in asked}
    assert len(loaded) >= 2
    return len(response.content) + sum(file.stat().st_size for file in loaded)


def test_the_first_view_and_a_full_result_stay_below_100_kb() -> None:
    client = client_of(FullKnowledgeBase())
    assert _weight(client, "/") < 100_000
    assert _weight(client, search(q="有限空间作业前没有通风检测，下去一个人没上来，又下去两个人救")) < 100_000
    assert (
        _weight(client, search(q="池" * 5000)) < 120_000
    )  # the query stands in the page a few times, not per facet
