"""Citations over HTTP, as a page and on the command line; the rule and its text are the invented ones of `fake_kb`."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.service.page_outline import Outline

from qianche.service.responses.citing import CiteResponse

CITED = "违反《池内作业规定》第三条第一款第（二）项，依据第九条"


def cite(client: TestClient, text: str, as_of: str = "2021-01-01") -> dict[str, Any]:
    reply = client.get("/api/cite", params={"text": text, "as_of": as_of})
    assert reply.status_code == 200, reply.text
    CiteResponse.model_validate_json(reply.content)
    answer: dict[str, Any] = reply.json()
    return answer


def test_citations_come_back_in_order_with_place_version_and_text(client: TestClient) -> None:
    answer = cite(client, CITED)
    assert (answer["as_of"], answer["total"]) == ("2021-01-01", 2)
    assert answer["counts"] == [
        {"outcome": "resolved", "label": "已认定", "count": 1},
        {"outcome": "does-not-exist", "label": "没有这一条款", "count": 1},
    ]
    first, second = answer["citations"]
    assert CITED[first["start"] : first["end"]] == first["text"] == "《池内作业规定》第三条第一款第（二）项"
    assert first["canonical"] == "《池内作业规定》第三条第（二）项"
    assert first["rule"]["id"] == "invented-rule"
    assert first["version"]["id"] == "invented-rule@2020-05-01"
    [provision] = first["provisions"]
    assert (provision["article"], provision["paragraph"], provision["item"], provision["point"]) == (
        "3",
        1,
        2,
        None,
    )
    assert provision["quote"] == {
        "article_id": "invented-rule@2020-05-01/3",
        "version_id": "invented-rule@2020-05-01",
        "version_date": "2020-05-01",
        "label": "第三条",
        "path": ["第一章 总则"],
        "spans": [[14, 20]],
        "text": "（二）检测。",
        "notice": None,
        "link": "/rules/invented-rule/articles/3?as_of=2021-01-01",
    }
    assert second["read_as"] == "据上文理解为《池内作业规定》的条款。"
    assert second["provisions"][0]["message"].startswith("《池内作业规定》（2020-05-01 公布）没有第九条")


def test_a_day_whose_text_is_not_held_has_the_other_text_apart_with_its_badge(client: TestClient) -> None:
    [found] = cite(client, "《池内作业规定》第三条", "2012-01-01")["citations"]
    assert (found["outcome"], found["outcome_label"]) == ("text-not-held", "正文未收录")
    [provision] = found["provisions"]
    assert provision["quote"] is None
    assert provision["stand_in"]["notice"] == "非当日文本，条号可能不同"
    assert provision["stand_in"]["version_id"] == "invented-rule@2020-05-01"
    link = provision["stand_in"]["link"]
    assert link == "/rules/invented-rule/articles/3?as_of=2020-07-01"
    assert client.get(link).status_code == 200


def test_a_text_without_citations_has_none(client: TestClient) -> None:
    assert cite(client, "池边没有人看守。") == {
        "as_of": "2021-01-01", "register_notice": None, "total": 0, "counts": [], "citations": [],
    }  # fmt: skip


def test_a_long_text_is_posted(client: TestClient) -> None:
    text = "池" * 20_000 + "《池内作业规定》第三条"
    reply = client.post("/api/cite", json={"text": text, "as_of": "2021-01-01"})
    CiteResponse.model_validate_json(reply.content)
    [found] = reply.json()["citations"]
    assert (found["start"], found["outcome"]) == (20_000, "resolved")
    short = {"text": CITED, "as_of": "2021-01-01"}
    assert client.post("/api/cite", json=short).json() == client.get("/api/cite", params=short).json()


# what is asked · status · code · words of the message
REFUSED: list[tuple[dict[str, str], int, str, str]] = [
    ({"text": ""}, 422, "empty-query", "文字为空"),
    ({"text": " \n\u200b"}, 422, "empty-query", "文字为空"),
    ({"text": "池" * 5001}, 422, "query-too-long", "请改用 POST /api/cite"),
    ({}, 422, "bad-parameters", "text：必须给出"),
    ({"text": "池", "as_of": "2021-02-30"}, 422, "bad-parameters", "as_of“2021-02-30”：需要日期"),
    ({"text": "池", "as_of": "1948-12-31"}, 422, "bad-parameters", "早于 1949-10-01"),
]


@pytest.mark.parametrize(("asked", "status", "code", "words"), REFUSED)
def test_what_cannot_be_asked_is_refused_in_chinese(
    client: TestClient, asked: dict[str, str], status: int, code: str, words: str
) -> None:
    reply = client.get("/api/cite", params=asked)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert words in reply.json()["detail"]


def test_a_posted_text_has_a_limit_too(client: TestClient) -> None:
    reply = client.post("/api/cite", json={"text": "池" * 100_001})
    assert (reply.status_code, reply.json()["code"]) == (422, "query-too-long")
    assert "超过上限 100000 字。请分段给出。" in reply.json()["detail"]
    assert client.post("/api/cite", json={"text": "池", "day": "2021-01-01"}).status_code == 422
    headers = {"content-type": "application/json"}
    assert client.post("/api/cite", content='{"text": "\\ud800"}', headers=headers).status_code == 422


# --- the page


def test_the_page_resolves_what_is_posted_without_a_script(client: TestClient) -> None:
    empty = Outline(client.get("/cite").text)
    [form] = [f for f in empty.all("form") if f["action"] == "/cite"]
    assert (form["method"], form["enctype"]) == ("post", "multipart/form-data")
    reply = client.post("/cite", data={"text": CITED, "as_of": "2021-01-01"})
    page = Outline(reply.text)
    for words in (
        "共2处引用",
        "已认定",
        "（二）检测。",
        "没有这一条款",
        "据上文理解为《池内作业规定》的条款。",
        "现行（2020-07-01起）",
    ):
        assert words in page.words
    assert {"href": "/rules/invented-rule/articles/3?as_of=2021-01-01"} in page.all("a")


def test_the_page_can_be_linked_with_a_short_text(client: TestClient) -> None:
    page = Outline(client.get("/cite", params={"text": "《池内作业规定》第三条", "as_of": "2012-01-01"}).text)
    assert "非当日文本，条号可能不同" in page.words
    assert "当日版本未收录" in page.words
    assert "没有找到法规引用" in Outline(client.get("/cite?text=池").text).words


@pytest.mark.parametrize(
    ("text", "as_of", "words"),
    [
        (" ", "", "文字为空"),
        ("池", "2021-02-30", "适用日期“2021-02-30”：需要日期"),
        ("池", "1900-01-01", "早于1949-10-01"),
        ("池" * 100_001, "", "超过上限100000字"),
    ],
)
def test_the_page_says_what_is_wrong_and_keeps_the_text(
    client: TestClient, text: str, as_of: str, words: str
) -> None:
    reply = client.post("/cite", data={"text": text, "as_of": as_of})
    assert reply.status_code == 422
    page = Outline(reply.text)
    assert words in page.words
    assert text.strip() in page.text


def test_what_is_pasted_is_never_markup(client: TestClient) -> None:
    hostile = "</textarea><script>alert(1)</script>《<b>池</b>条例》第三条\n《池内作业规定》第三条"
    page = Outline(client.post("/cite", data={"text": hostile, "as_of": "2021-01-01"}).text)
    assert all("src" in script for script in page.all("script"))
    assert page.all("b") == []
