"""The glossary of site language: what fires, what must not, and what a bad file is told."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.errors import BadRecord
from qianche.indexing.segmentation import bundled_glossary, normalise, read_glossary

HEADER = "colloquial\tterms\tscope\tif_negated\texample\n"

# What a safety engineer would look up for each sentence; one term of many is enough.
FIRES = [
    ("老板没给安全带", "case", "高处坠落"),
    ("老板没给安全带", "rule", "劳动防护用品"),
    ("烧电焊没人看火", "both", "动火作业"),
    ("下井没测气", "case", "有限空间"),
    ("罐子里闷倒两个", "case", "中毒和窒息"),
    ("电瓶车在楼道充电", "both", "电动自行车"),
    ("屋里煤气中毒", "both", "一氧化碳"),
    ("天车钢丝绳断了", "both", "桥式起重机"),
    ("爬架没固定", "both", "附着式升降脚手架"),
    ("吊篮里站了四个人", "both", "高处作业吊篮"),
    ("叉车没人管", "rule", "场(厂)内专用机动车辆"),
    ("楼道堆东西", "both", "疏散通道"),
    ("没培训就上岗", "both", "安全生产教育和培训"),
    ("死了人瞒报", "both", "事故报告"),
    ("屋顶活包给没资质的", "both", "承包"),
    ("打开双氧水桶", "both", "过氧化氢"),
    ("烧碱溅到眼睛", "both", "氢氧化钠"),
    ("反应斧超温", "both", "反应釜"),
    ("没有安全措失", "both", "措施"),
    ("墙上的灭火气过期", "both", "灭火器"),
    ("電瓶車樓道充電", "both", "充电"),
    ("没给工人系安全代", "both", "安全带"),
    ("worker did Hot Work near paint", "both", "动火作业"),
    ("forklift hit a worker", "both", "叉车"),
    ("no permit", "both", "作业审批"),
]


@pytest.mark.parametrize(("text", "scope", "term"), FIRES, ids=[f"{row[0]} {row[1]}" for row in FIRES])
def test_site_language_brings_the_term(text: str, scope: str, term: str) -> None:
    found = bundled_glossary().expand(normalise(text))
    assert any(e.scope == scope and term in e.terms for e in found)


# Each holds the characters of a wording by accident, or says the opposite.
SILENT = [
    ("充电到一半", "电到 is not a word here"),
    ("没有漏气", "a denied event"),
    ("未发生火灾", "a denied event, officially put"),
    ("没有重大风险", "大风 and 没有风 are not words here"),
    ("压住人了", "住人 is not living somewhere"),
    ("没什么问题,安全带都挂好了", "a gap never crosses a comma"),
    ("企业诊断指南", "断指 is not a word here"),
    ("石灰石", "limestone does not burn skin"),
    ("矛盾突出", "突出 is not an outburst here"),
    ("tankers", "English stands as whole words"),
    ("今天天气怎么样", "no hazard at all"),
    ("番茄炒蛋的做法", "no hazard at all"),
    ("", "nothing at all"),
]


@pytest.mark.parametrize(("text", "reason"), SILENT, ids=[row[1] for row in SILENT])
def test_nothing_fires_by_accident(text: str, reason: str) -> None:
    assert bundled_glossary().expand(normalise(text)) == [], reason


def test_the_longest_wording_wins() -> None:
    found = bundled_glossary().expand("电动车楼道充电")
    assert [e.found for e in found] == ["电动车楼道充电"]


def test_an_expansion_knows_its_place_in_the_query() -> None:
    query = normalise("工地上有人在烧电焊")
    (expansion,) = bundled_glossary().expand(query)
    assert (expansion.found, expansion.start, expansion.end) == ("烧电焊", 6, 9)


def glossary_file(folder: Path, *rows: str) -> Path:
    path = folder / "terms.tsv"
    path.write_text(HEADER + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def test_two_scopes_of_one_wording_both_fire(tmp_path: Path) -> None:
    path = glossary_file(tmp_path, "踩空\t坠落\tcase\t\t踩空了", "踩空\t高处作业\trule\t\t踩空了")
    assert [(e.scope, e.terms) for e in read_glossary(path).expand("踩空")] == [
        ("case", ("坠落",)), ("rule", ("高处作业",)),
    ]  # fmt: skip


def test_a_gap_takes_up_to_five_characters(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path, "没*安全带\t高处坠落\tboth\t\t没给安全带"))
    assert [e.found for e in glossary.expand("没安全带")] == ["没安全带"]
    assert [e.found for e in glossary.expand("没给一二三四安全带")] == ["没给一二三四安全带"]
    assert glossary.expand("没给一二三四五安全带") == []


def test_a_wording_cut_off_by_the_end_of_the_query_does_not_fire(tmp_path: Path) -> None:
    glossary = read_glossary(glossary_file(tmp_path, "没人看火\t监护\tboth\t\t没人看火"))
    assert glossary.expand("没人看") == []


def test_a_denied_event_is_skipped_only_where_the_row_says_so(tmp_path: Path) -> None:
    glossary = read_glossary(
        glossary_file(tmp_path, "漏气\t泄漏\tboth\tskip\t管子漏气", "护栏\t防护栏杆\tboth\t\t没有护栏")
    )
    assert glossary.expand("没有漏气") == []
    assert glossary.expand("未发现漏气") == []
    assert [e.found for e in glossary.expand("一直漏气")] == ["漏气"]
    assert [e.found for e in glossary.expand("没有护栏")] == ["护栏"]


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(["没", "安全带", "灭火气", ",", "烧电焊", "的", "hot work", " ", "人"]), max_size=30
    )
)
def test_expansions_are_in_order_and_never_overlap(pieces: list[str]) -> None:
    query = "".join(pieces)
    found = bundled_glossary().expand(query)
    spans = sorted({(e.start, e.end) for e in found})
    assert all(query[e.start : e.end] == e.found for e in found)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert [(e.start, e.end) for e in found] == sorted((e.start, e.end) for e in found)


def test_the_glossary_is_large_and_no_row_expands_to_its_own_wording_alone() -> None:
    entries = bundled_glossary().entries
    assert len(entries) >= 300
    assert [e.forms for e in entries if set(e.terms) == set(e.forms)] == []


def test_a_long_query_is_quick() -> None:
    query = "工人没系安全带在楼顶干活,下面吊着东西还有人走," * 2000
    started = time.process_time()
    bundled_glossary().expand(query[:50_000])
    assert time.process_time() - started < 5


BAD_ROWS = [
    ("踩空\t坠落\teverything\t\t踩空", "未知的范围“everything”"),
    ("踩空\t\tcase\t\t踩空", "没有对应的术语"),
    ("踩\t坠落\tcase\t\t踩", "说法“踩”太短"),
    ("*踩空\t坠落\tcase\t\t踩空", "说法“*踩空”"),
    ("踩*空*了\t坠落\tcase\t\t踩空了", "说法“踩*空*了”"),
    ("踩空\t坠落\tcase\tyes\t踩空", "if_negated 列是“yes”"),
    ("踩空\t坠落\tcase\t\t摔倒", "例句“摔倒”里没有出现该说法"),
]


@pytest.mark.parametrize(("row", "message"), BAD_ROWS, ids=[row[1] for row in BAD_ROWS])
def test_a_bad_row_is_refused_by_file_and_line(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read_glossary(glossary_file(tmp_path, row))
    assert "“terms.tsv”第 2 行" in refused.value.message
    assert message in refused.value.message


def test_a_wording_listed_twice_for_one_scope_is_refused(tmp_path: Path) -> None:
    path = glossary_file(tmp_path, "踩空|踏空\t坠落\tcase\t\t踩空", "踏空\t高处\tboth\t\t踏空")
    with pytest.raises(BadRecord, match="第 3 行:说法“踏空”与第 2 行重复"):
        read_glossary(path)
