"""Rules over the API: exact status, shape and values, worked out by hand from `fake_kb`."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from qianche.service import responses


@pytest.mark.parametrize(
    ("params", "total"),
    [
        ({}, 1),
        ({"text": "池规"}, 1),
        ({"text": "没有的名称"}, 0),
        ({"sector": "煤矿", "level": "部门规章"}, 1),
        ({"level": "法律"}, 0),
        ({"sector": "综合"}, 1),
    ],
)
def test_rules_are_found_by_name_sector_and_level(
    client: TestClient, params: dict[str, str], total: int
) -> None:
    reply = client.get("/api/rules", params=params)
    assert reply.status_code == 200
    responses.RuleList.model_validate_json(reply.content)
    assert reply.json()["total"] == len(reply.json()["rules"]) == total


def test_a_rule_shows_every_version_with_its_status_on_the_day(client: TestClient) -> None:
    reply = client.get("/api/rules/invented-rule", params={"as_of": "2021-01-01"})
    assert reply.status_code == 200
    responses.RuleRecord.model_validate_json(reply.content)
    rule = reply.json()
    assert [(v["id"], v["status"]) for v in rule["versions"]] == [
        ("invented-rule@2010-01-01", "已被修订"),
        ("invented-rule@2020-05-01", "现行"),
    ]
    assert rule["version"]["id"] == "invented-rule@2020-05-01"
    assert [(a["number"], a["label"]) for a in rule["articles"]] == [
        ("3", "第三条"),
        ("134-1", "第一百三十四条之一"),
    ]
    assert rule["text_label"] is None


def test_a_rule_on_a_day_whose_text_is_not_held_has_no_articles_and_says_so(client: TestClient) -> None:
    rule = client.get("/api/rules/invented-rule", params={"as_of": "2015-01-01"}).json()
    assert rule["version"]["id"] == "invented-rule@2010-01-01"
    assert rule["articles"] == []
    assert rule["text_label"].startswith("正文未收录")


@pytest.mark.parametrize("number", ["134-1", "第一百三十四条之一"])
def test_an_article_is_found_by_either_form_of_its_number(client: TestClient, number: str) -> None:
    reply = client.get(f"/api/rules/invented-rule/articles/{number}", params={"as_of": "2021-01-01"})
    assert reply.status_code == 200
    responses.ArticleResponse.model_validate_json(reply.content)
    view = reply.json()
    assert view["article"]["citation"] == "《池内作业规定》第一百三十四条之一"
    assert view["article"]["text"] == "本规定自发布之日起施行。"
    assert (view["previous"], view["following"], view["notice"]) == ("3", None, None)


def test_an_article_shows_its_items_with_their_place_in_the_text(client: TestClient) -> None:
    article = client.get("/api/rules/invented-rule/articles/3", params={"as_of": "2021-01-01"}).json()[
        "article"
    ]
    [paragraph] = article["paragraphs"]
    texts = [article["text"][item["start"] : item["end"]] for item in paragraph["items"]]
    assert texts == ["（一）通风；", "（二）检测。"]


def test_an_article_on_a_day_whose_text_is_not_held_says_which_version_applied(client: TestClient) -> None:
    reply = client.get("/api/rules/invented-rule/articles/3", params={"as_of": "2015-01-01"})
    assert reply.status_code == 200
    responses.ArticleResponse.model_validate_json(reply.content)
    view = reply.json()
    assert view["article"] is None
    assert view["version"]["id"] == "invented-rule@2010-01-01"
    assert view["notice"] == (
        "当日版本未收录：查询日适用的是《池内作业规定》2010-01-01（待核）公布的版本（现行），"
        "本库没有其正文。请查阅官方文本。"
    )


def test_the_rules_of_a_case_stand_side_by_side_then_and_now(client: TestClient) -> None:
    law = client.get("/api/cases/tank-2019/rules").json()
    assert (law["id"], law["then"]) == ("tank-2019", "2019-06-01")
    [rule] = law["rules"]
    assert rule["basis_label"] == "系统匹配，非报告引用"
    [then], [now] = rule["then"], rule["now"]
    assert then["version"]["id"] == "invented-rule@2010-01-01"
    assert (then["version"]["status"], then["version"]["has_text"]) == ("现行", False)
    assert (now["version"]["id"], now["canonical"]) == ("invented-rule@2020-05-01", "《池内作业规定》第三条")
    assert rule["stand_in"]["label"] == "非当日文本，条号可能不同"
    assert rule["stand_in"]["article"]["id"] == "invented-rule@2020-05-01/3"
    assert client.get("/api/cases/nobody/rules").status_code == 404
