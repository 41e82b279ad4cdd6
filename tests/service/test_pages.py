"""The pages as a person gets them: content, form, honesty about gaps, problems."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from tests.service.fake_kb import SCAFFOLD, TANK, FakeKnowledgeBase
from tests.service.page_outline import QUERY, Outline, client_of, get, search, source

# --- first view


def test_the_first_view_asks_shows_examples_and_says_what_the_base_holds(client: TestClient) -> None:
    page = get(client, "/")
    assert [box["name"] for box in page.all("textarea")] == ["q"]
    assert "事故案例3起（2005-03-09至2019-06-01）" in page.words
    assert "法规标准1部2个版本，其中有正文的条文2条" in page.words
    assert "其中2起的成因不是调查认定或仍待核" in page.words
    examples = [a["href"] for a in page.all("a") if a["href"].startswith("/?q=")]
    assert len(examples) == 8
    for address in examples:
        assert client.get(address).status_code == 200


def test_the_first_view_says_that_records_are_not_there_yet(kb: FakeKnowledgeBase) -> None:
    kb.ready = False
    page = get(client_of(kb), "/")
    assert "资料还没有入库" in page.text
    assert "不足：" not in page.text


# --- state


def test_what_the_form_sends_is_led_to_an_address_that_holds_the_state_alone(client: TestClient) -> None:
    today = date.today().isoformat()
    sent = search(q="  通风 ", as_of=today, scope="safety", date_from="", date_to="", deaths_min="", sort="")
    response = client.get(sent)
    assert response.status_code == 303
    assert response.headers["location"] == search(q="通风")


def test_filters_reach_the_search_and_show_as_chips(client: TestClient, kb: FakeKnowledgeBase) -> None:
    address = search(
        q=QUERY, include_not_in_force="true", date_from="2000-01-01", sector="建筑施工", year="2005"
    )
    page = get(client, address)
    asked = kb.requests[-1]
    assert (asked.case_filters.sector, asked.rule_filters.sector) == (("建筑施工",), ("建筑施工",))
    assert (asked.case_filters.year, asked.case_filters.date_from) == ((2005,), date(2000, 1, 1))
    assert asked.include_not_in_force
    dropped = {b["value"] for b in page.buttons("chip")}
    assert dropped == {"sector:建筑施工", "year:2005", "date_from", "include_not_in_force"}
    assert SCAFFOLD.name in page.text
    assert TANK.name not in page.text


def test_facets_show_counts_and_which_values_are_chosen(client: TestClient) -> None:
    page = get(client, f"/?{urlencode([('q', QUERY), ('sector', '工贸')])}")
    facets = {(b["name"], b["value"]): b["aria-pressed"] for b in page.buttons("facet")}
    assert facets[("drop", "sector:工贸")] == "true"
    assert facets[("sector", "煤矿")] == "false"
    assert facets[("substances", "硫化氢")] == "false"
    assert "池内作业规定2" in page.words


# --- results


def test_cases_and_rules_stand_side_by_side_with_their_evidence_marked(client: TestClient) -> None:
    text = source(client, search(q=QUERY))
    assert "有限空间内硫化氢积聚，下池前没有<mark>通风</mark>" in text
    assert "<mark>脚手架</mark>临边没有<mark>防护栏</mark>" in text
    assert "（一）<mark>通风</mark>；" in text
    page = Outline(text)
    for said in (
        "甲市食品厂“6·1”中毒和窒息事故", "较大事故", "按493号令标准推算", "死亡3人", "受伤1人",
        "直接损失未载",
        "成因据同类机理概括，非调查认定", "《池内作业规定》第三条", "第一章总则", "现行（2020-07-01起）",
        "联想：下池→有限空间", "伤亡数字或日期未经公开页面核实",
    ):  # fmt: skip
        assert said in page.words


def test_zero_is_zero_and_unknown_is_said(client: TestClient) -> None:
    page = get(client, search(q="脚手架 瓦斯")).words
    assert "死亡0人" in page  # SCAFFOLD
    assert "直接损失12.5万元" in page
    assert "死亡未载" in page  # MINE
    assert "未定级" in page


def test_the_law_of_a_day_is_shown_and_a_text_not_held_is_said(
    client: TestClient,
) -> None:
    page = get(client, search(q="通风", as_of="2015-01-01"))
    assert "现行（2010-03-01 至 2020-06-30，日期待核）" in page.text
    assert "正文未收录" in page.text
    assert any(a["href"] == "/rules/invented-rule?as_of=2015-01-01" for a in page.all("a"))


def test_an_empty_result_says_why(client: TestClient) -> None:
    assert "没有找到与所述内容相近的事故案例和法规条款" in get(client, search(q="番茄炒蛋")).text
    restricted = get(client, search(q="番茄炒蛋", sector="工贸"))
    assert "已启用筛选条件，符合条件的一条也没有" in restricted.text


def test_missing_model_and_missing_vectors_are_said(kb: FakeKnowledgeBase) -> None:
    kb.coverage = 0.5
    assert "语义向量正在生成" in get(client_of(kb), search(q="通风")).text
    kb.model = None
    assert "本机没有语义模型" in get(client_of(kb), search(q="通风")).text


def test_before_the_records_are_there_a_search_says_so(kb: FakeKnowledgeBase) -> None:
    kb.ready = False
    client = client_of(kb)
    assert "资料还没有入库" in get(client, search(q="通风"), 503).text
    kb.ready = True
    get(client, search(q="通风"))


# --- records


def test_a_case_says_what_it_rests_on_and_what_it_lacks(client: TestClient) -> None:
    page = get(client, "/cases/scaffold-2005")
    order = [
        page.text.index(f"\n{part}")
        for part in ("概况", "经过", "原因", "失效的防护", "教训", "依据", "来源")
    ]
    assert order == sorted(order)
    assert "按493号令折算" in page.text
    assert "本库概括，非报告原文" in page.text
    # activity, event, management, lessons, cited rules, substances, sources
    assert page.text.count("原记录未载") == 7
    assert "两处来源的受伤人数不同。" in page.text
    assert "重伤1人" in page.words


def test_only_linkable_sources_are_links(client: TestClient) -> None:
    page = get(client, "/cases/tank-2019")
    outside = [a for a in page.all("a") if "://" in a["href"]]
    assert [a["href"] for a in outside] == ["https://example.gov.cn/1"]
    assert "noreferrer" in outside[0]["rel"]
    assert "公开资料汇编 1 处，不列链接" in page.text
    assert "内部汇编 3" not in page.text
    assert "待人工确定：中毒、窒息" in page.text


def test_a_rule_shows_versions_and_contents(client: TestClient) -> None:
    page = get(client, "/rules/invented-rule")
    links = {a["href"] for a in page.all("a")}
    assert {"/rules/invented-rule/articles/3", "/rules/invented-rule/articles/134-1"} <= links
    assert {"?as_of=2010-03-01", "?as_of=2020-07-01"} <= links
    assert "第一百三十四条之一" in page.text
    assert "又称：池规" in page.text
    old = get(client, "/rules/invented-rule?as_of=2015-01-01")
    assert "正文未收录" in old.text
    assert "2015-01-01当日" in old.words


def test_an_article_is_laid_out_with_path_citation_and_neighbours(client: TestClient) -> None:
    page = get(client, "/rules/invented-rule/articles/3")
    assert "第一章 总则" in page.text
    assert [i["value"] for i in page.all("input") if "readonly" in i] == ["《池内作业规定》第三条"]
    assert [p.get("class") for p in page.all("p")].count("item") == 2
    assert [a["href"] for a in page.all("a") if a.get("rel") == "next"] == [
        "/rules/invented-rule/articles/134-1"
    ]
    assert not [a for a in page.all("a") if a.get("rel") == "prev"]


def test_an_article_of_a_day_whose_text_is_not_held_says_so(client: TestClient) -> None:
    page = get(client, "/rules/invented-rule/articles/3?as_of=2015-01-01")
    assert "当日版本未收录" in page.text
    above, mark, below = page.text.partition("非当日文本，条号可能不同")
    assert mark
    assert "下池前应当" not in above
    assert "下池前应当" in below
    assert "引用格式" not in page.text


def test_an_article_is_found_by_its_printed_number(client: TestClient) -> None:
    assert "下池前应当" in get(client, "/rules/invented-rule/articles/第三条").text


# --- problems


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/cases/none", 404, "没有编号为“none”的事故案例"),
        ("/rules/none", 404, "没有编号为“none”的法规"),
        ("/rules/invented-rule/articles/200", 404, "最后一条是第一百三十四条之一"),
        ("/rules/invented-rule/articles/abc", 422, "“abc”不是条号"),
        ("/rules/invented-rule?as_of=2021-02-30", 422, "法规适用日期“2021-02-30”：需要日期"),
        ("/nowhere", 404, "没有地址“/nowhere”"),
        (search(q="火", as_of="昨天"), 422, "法规适用日期“昨天”：需要日期"),
        (search(q="火", grade="很大"), 422, "事故等级“很大”：没有这个值。可选：特别重大、重大、较大、一般"),
        (
            search(q="火", deaths_min="9", deaths_max="3"),
            422,
            "死亡人数（最多）“3”：不能小于 死亡人数（最少）（9）",
        ),
        (search(q="火" * 5001), 422, "查询有 5001 字，超过上限 5000 字"),
        (search(q="\u200b"), 422, "查询为空"),
    ],
)
def test_a_problem_is_a_page_in_chinese(client: TestClient, address: str, status: int, said: str) -> None:
    page = get(client, address, status)
    assert said in page.text
    assert len(page.all("h1")) == 1


def test_an_unforeseen_error_is_a_page_with_a_number_and_no_trace(kb: FakeKnowledgeBase) -> None:
    kb.failure = RuntimeError("secret detail")
    page = get(client_of(kb), search(q="通风"), 500)
    assert re.search(r"编号 [0-9a-f]{12}", page.text)
    assert "secret detail" not in page.text
    assert [i["value"] for i in page.all("input") if i.get("name") == "q"] == ["通风"]


def test_a_citation_that_cannot_be_read_stands_on_the_page_as_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kb = FakeKnowledgeBase()
    cited = replace(TANK, cited_rules=("甲厂动火台账",))
    monkeypatch.setattr(kb, "case", lambda case_id: cited)
    page = get(client_of(kb), "/cases/tank-2019")
    assert "甲厂动火台账" in page.text
    assert "不能认出是哪一部规定。" in page.text


def test_a_case_shows_its_rules_then_and_now(client: TestClient) -> None:
    page = get(client, "/cases/tank-2019")
    assert "系统匹配，非报告引用" in page.text
    assert "事发时" in page.text
    assert "非当日文本，条号可能不同" in page.text
    assert any(a["href"].startswith("/rules/invented-rule/articles/3?as_of=") for a in page.all("a"))
