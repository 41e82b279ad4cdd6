"""Digests on the wire: marked as no text of the law, and of the right day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from tests.service.digest_hits import ALARM, ITEM, LABEL, NO_TEXT, NOT_THAT_DAY, article, hit_of
from tests.service.fake_digests import DUST, DUST_ONCE, JUDGED, JUDGED_NOW, JUDGED_ONCE
from tests.service.fake_kb import VENT

from qianche.corpus.digests.neighbours import digest_neighbours
from qianche.corpus.rules import ArticleNumber, RuleVersion
from qianche.indexing.knowledge_base import ArticleView
from qianche.service import responses, wire
from qianche.service.wire.digests import digest_record


def asked(client: TestClient, **more: object) -> list[dict[str, Any]]:
    """The rules found for dust that was not swept."""
    reply = client.post("/api/search", json={"query": "粉尘没扫", "kinds": ["rule"], **more})
    responses.SearchResponse.model_validate_json(reply.content)
    found: list[dict[str, Any]] = reply.json()["rules"]
    return found


# --- hits


def test_a_provision_without_text_is_found_by_its_digest(client: TestClient) -> None:
    [hit] = asked(client, as_of="2026-01-01")
    assert (hit["id"], hit["kind"]) == ("judged-rule@2023-04-14:3.2", "digest")
    assert (hit["article"], hit["citation"]) == ("3.2", ITEM)
    assert (hit["text"], hit["path"], hit["evidence"], hit["scope"]) == (None, [], [], None)
    assert (hit["has_text"], hit["text_label"]) == (False, NO_TEXT)
    assert hit["digest"]["gist"] == "车间里的粉尘没有按时清扫。"
    assert (hit["digest"]["label"], hit["digest"]["article"]) == (LABEL, "3")
    assert [(e["part"], e["marks"]) for e in hit["digest_evidence"]] == [("gist", [[4, 6]])]
    assert hit["major_hazard_label"] == ALARM


def test_only_an_address_in_the_source_can_be_opened() -> None:
    day = date(2026, 1, 1)
    whole = digest_record(DUST, JUDGED, day)
    assert whole["source"] == "https://example.gov.cn/judged.html（经某处所录）"
    assert whole["address"] == "https://example.gov.cn/judged.html"
    for text in ("公开法规文本", "javascript:alert(1)", "ftp://x", ""):
        assert digest_record(replace(DUST, source=text), JUDGED, day)["address"] is None


@pytest.mark.parametrize(
    ("version", "day", "label"),
    [
        (JUDGED_NOW, "2023-05-15", ALARM),
        (JUDGED_NOW, "2023-05-14", f"{NOT_THAT_DAY}（尚未施行）"),
        (JUDGED_ONCE, "2023-05-14", ALARM),
        (JUDGED_ONCE, "2023-05-15", f"{NOT_THAT_DAY}（已被修订）"),
    ],
)
def test_an_item_is_a_criterion_only_while_its_version_is_in_force(
    version: RuleVersion, day: str, label: str
) -> None:
    digest = DUST if version is JUDGED_NOW else DUST_ONCE
    hit = hit_of(version, digest, date.fromisoformat(day))
    assert hit["major_hazard_label"] == hit["digest"]["major_hazard_label"] == label


def test_a_criterion_of_unknown_force_says_so() -> None:
    unknown = replace(JUDGED_NOW, effective_from=None)
    hit = hit_of(unknown, DUST, date(2026, 1, 1), rule=replace(JUDGED, versions=(JUDGED_ONCE, unknown)))
    assert hit["major_hazard_label"] == "重大事故隐患判定标准，效力待核"


def test_a_repealed_criterion_never_warns() -> None:
    gone = replace(JUDGED_NOW, effective_to=date(2025, 1, 1), repealed_by="another-rule@2025-01-02")
    hit = hit_of(gone, DUST, date(2026, 1, 1), rule=replace(JUDGED, versions=(JUDGED_ONCE, gone)))
    assert hit["major_hazard_label"] == f"{NOT_THAT_DAY}（已废止）"


def test_a_provision_that_is_no_criterion_has_no_such_label(client: TestClient) -> None:
    [hit] = client.post("/api/search", json={"query": "通风", "kinds": ["rule"]}).json()["rules"]
    assert (hit["digest"]["major_hazard"], hit["major_hazard_label"]) == (False, None)


def test_the_digest_of_another_day_stands_apart(client: TestClient) -> None:
    body = {"query": "有限空间没有通风", "as_of": "2015-01-01", "kinds": ["rule"]}
    [hit] = client.post("/api/search", json=body).json()["rules"]
    assert (hit["kind"], hit["digest"], hit["major_hazard_label"]) == ("stand-in", None, None)
    assert [d["id"] for d in hit["stand_in"]["digests"]] == ["invented-rule@2020-05-01:3"]
    assert hit["digest_evidence"][0]["text"] == "掀开盖子就下去了，没通风"


def test_a_digest_of_another_version_never_passes_for_that_of_the_day() -> None:
    hit = hit_of(JUDGED_NOW, DUST_ONCE, date(2026, 1, 1))
    assert (hit["kind"], hit["article"], hit["citation"]) == ("stand-in", None, f"《{JUDGED.title}》")
    assert (hit["digest"], hit["major_hazard_label"]) == (None, None)
    other = hit["stand_in"]
    assert (other["label"], other["article"]) == ("非当日文本，条号可能不同", None)
    assert [(d["place"], d["major_hazard_label"]) for d in other["digests"]] == [
        ("4.1", f"{NOT_THAT_DAY}（已被修订）")
    ]


def test_an_imported_text_takes_the_place_and_the_digest_stays() -> None:
    held = replace(JUDGED_NOW, text_source="imported")
    own = replace(VENT, article_id="judged-rule@2023-04-14/3", version_id="judged-rule@2023-04-14")
    rule = replace(JUDGED, versions=(JUDGED_ONCE, held))
    hit = hit_of(held, replace(DUST, place="3"), date(2026, 1, 1), rule=rule, article=own, held=held)
    assert (hit["kind"], hit["text"], hit["text_label"]) == ("article", VENT.text, None)
    assert hit["digest"]["gist"] == DUST.gist


# --- articles and rules


def test_an_article_has_its_digest_beside_its_text(client: TestClient) -> None:
    view = article(client, "invented-rule/articles/3?as_of=2021-01-01")
    assert (view["article"]["number"], view["notice"]) == ("3", None)
    assert [d["gist"] for d in view["digests"]] == ["下池的人先通风再测气体。"]


def test_an_article_without_text_has_the_digests_of_all_its_items(client: TestClient) -> None:
    view = article(client, "judged-rule/articles/3?as_of=2026-01-01")
    assert (view["article"], view["stand_in"]) == (None, None)
    assert [d["place_label"] for d in view["digests"]] == ["第三条第（一）项", "第三条第（二）项"]
    assert view["notice"].startswith("当日版本未收录：查询日适用的是《车间重大事故隐患判定办法》2023-04-14")
    assert (view["previous"], view["following"]) == (None, "5")


def test_digests_of_a_version_that_stands_in_are_not_those_of_the_day(client: TestClient) -> None:
    view = article(client, "invented-rule/articles/3?as_of=2015-01-01")
    assert (view["article"], view["digests"]) == (None, [])
    assert [d["id"] for d in view["stand_in"]["digests"]] == ["invented-rule@2020-05-01:3"]


def test_an_article_known_by_digests_of_two_versions_keeps_them_apart() -> None:
    view = ArticleView(JUDGED, JUDGED_NOW, None, None, None, None, (DUST, DUST_ONCE))
    record = wire.article_view(view, date(2026, 1, 1))
    assert [d["place"] for d in record["digests"]] == ["3.2"]
    assert [d["place"] for d in record["stand_in"]["digests"]] == ["4.1"]
    assert record["stand_in"]["version"]["id"] == "judged-rule@2018-01-01"


def test_a_version_held_in_part_says_that_this_provision_is_missing() -> None:
    held = replace(JUDGED_NOW, text_source="imported")
    rule = replace(JUDGED, versions=(JUDGED_ONCE, held))
    record = wire.article_view(ArticleView(rule, held, None, None, None, None, (DUST,)), date(2026, 1, 1))
    assert record["notice"] == NO_TEXT
    assert [d["place"] for d in record["digests"]] == ["3.2"]


def test_a_rule_without_text_has_contents_made_of_digests(client: TestClient) -> None:
    reply = client.get("/api/rules/judged-rule?as_of=2026-01-01")
    responses.RuleRecord.model_validate_json(reply.content)
    contents = reply.json()["digest_contents"]
    assert contents["label"] == "要旨目录（本库归纳，非条文原文）"
    assert [(line["place"], line["article"], line["major_hazard_label"]) for line in contents["lines"]] == [
        ("3.1", "3", ALARM), ("3.2", "3", ALARM), ("5.1", "5", ALARM)
    ]  # fmt: skip
    once = client.get("/api/rules/judged-rule?as_of=2020-01-01").json()["digest_contents"]
    assert [line["citation"] for line in once["lines"]] == ["《车间重大事故隐患判定办法》第四条第（一）项"]


@pytest.mark.parametrize("path", ["invented-rule", "invented-rule?as_of=2015-01-01"])
def test_a_rule_with_text_or_without_digests_has_none(client: TestClient, path: str) -> None:
    assert client.get(f"/api/rules/{path}").json()["digest_contents"] is None


_NUMBERS = st.builds(ArticleNumber, st.integers(1, 40), st.integers(0, 2))


@given(st.sets(_NUMBERS, max_size=12), _NUMBERS)
def test_neighbours_are_the_nearest_on_either_side(
    numbers: set[ArticleNumber], asked_for: ArticleNumber
) -> None:
    digests = [replace(DUST, place=f"{number.slug}.{item}") for number in numbers for item in (1, 2)]
    before, after = digest_neighbours(digests, asked_for)
    row = sorted(numbers | {asked_for})
    at = row.index(asked_for)
    assert before == (row[at - 1] if at else None)
    assert after == (row[at + 1] if at + 1 < len(row) else None)
