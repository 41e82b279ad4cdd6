"""Scope lines as people see them: in the answer, on the cards, on the rule's page, on the command line."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from rich.console import Console
from tests.service.small_base import client_of, open_small_base

from qianche.corpus.register import load_register
from qianche.indexing.build import rule_entry, version_entry
from qianche.service.cli.cards import print_answer
from qianche.service.cli.sheets import print_rule

LABEL = "适用范围（本库概括，非原文）"
SPIDER, FACADE = "gb-23525", "高楼外墙清洗"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a base with the whole register and no article: few rules make no word rare enough to judge by."""
    base = open_small_base(tmp_path_factory.mktemp("scopes"))
    for rule in load_register():
        base.store.write_records([rule_entry(rule), *(version_entry(rule, v) for v in rule.versions)])
    with client_of(base) as (lent, _):
        yield lent


def ask(client: TestClient, query: str = "工人坐吊板给高楼外墙清洗，安全绳没挂") -> dict[str, object]:
    """The answer about rules on a day when the old version applies."""
    body = {"query": query, "kinds": ["rule"], "as_of": "2020-06-01", "scope": "all"}
    answer: dict[str, object] = client.post("/api/search", json=body).json()
    return answer


def test_what_is_said_on_site_finds_the_rule_and_the_line_is_quoted_as_our_own(client: TestClient) -> None:
    hit = ask(client)["rules"][0]  # type: ignore[index]
    assert hit["id"] == f"{SPIDER}@2009-04-13"
    assert hit["kind"] == "rule"
    assert hit["evidence"][0]["part_label"] == LABEL
    assert FACADE in hit["evidence"][0]["text"]
    assert hit["text_label"].startswith("正文未收录")
    assert hit["scope"] == {
        "label": LABEL,
        "what": hit["evidence"][0]["text"],
        "whom": "外墙悬吊作业的单位和作业人员",
        "since": "2009-12-01",
        "since_label": hit["scope"]["since_label"],
    }
    assert hit["scope"]["since_label"].startswith("2009-12-01 起（本库所知最早的版本")


@pytest.mark.parametrize("query", ["工人坐吊板给高楼外墙清洗，安全绳没挂", "GB 23525"])
def test_the_card_shows_the_line_once_whether_its_words_were_asked_for_or_not(
    client: TestClient, query: str
) -> None:
    page = client.get("/", params={"q": query, "as_of": "2020-06-01", "scope": "all"}).text
    [card] = [card for card in page.split('<article class="card">') if f"/rules/{SPIDER}?" in card]
    assert card.split("</article>")[0].count(LABEL) == 1


def test_the_page_of_the_rule_says_what_whom_and_since_when(client: TestClient) -> None:
    page = client.get(f"/rules/{SPIDER}").text
    assert LABEL in page
    assert "遵守者：外墙悬吊作业的单位和作业人员" in page
    assert "施行：2009-12-01 起" in page


@pytest.mark.parametrize("rule_id", ["work-safety-law", "criminal-law-amendment-11"])
def test_a_rule_with_text_and_one_that_only_amends_have_no_line(client: TestClient, rule_id: str) -> None:
    assert client.get(f"/api/rules/{rule_id}").json()["scope"] is None
    assert LABEL not in client.get(f"/rules/{rule_id}").text


def test_the_command_line_prints_the_line_with_its_label(client: TestClient) -> None:
    for content, show in (
        (ask(client), print_answer),
        (client.get(f"/api/rules/{SPIDER}").json(), print_rule),
    ):
        screen = StringIO()
        show(Console(file=screen, width=200), content)
        printed = screen.getvalue().split("2. 《")[0]
        assert printed.count(LABEL) == 1
        assert FACADE in printed
