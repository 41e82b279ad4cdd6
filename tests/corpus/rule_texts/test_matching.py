"""Texts matched to the register: titles and days are facts of the register, checked by hand."""

from __future__ import annotations

import pytest
from tests.corpus.rule_texts.texts import document

from qianche.corpus.register import Register
from qianche.corpus.rule_texts.matching import Match, match_version
from qianche.corpus.rule_texts.parse import parse_rule

BODY = ("第一条 甲。", "第二条 乙。")


def match(register: Register, *head: str, last: str, file_name: str = "") -> Match:
    """Return the match of a head above three articles, the last of them with the number and text given."""
    return match_version(parse_rule(document(*head, *BODY, last), file_name=file_name), register)


UNIQUE = [
    # The last amendment decides, not the adoption; the clause on commencement is the first one's.
    (("中华人民共和国安全生产法", "2002年6月29日 全国人民代表大会常务委员会通过", "2021年6月10日 第三次修正"),
     "第一百一十九条 本法自2002年11月1日起施行。", "work-safety-law@2021-06-10"),
    (("安全生产法", "2002年6月29日 通过", "2009年8月27日 第一次修正", "2014年8月31日 第二次修正"),
     "第一百一十四条 本法自2002年11月1日起施行。", "work-safety-law@2014-08-31"),
    # Title without 中华人民共和国, with the year of the edition, day of adoption and first day.
    (("特种设备安全法（2013年）", "（2013年6月29日全国人民代表大会常务委员会通过）"),
     "第一百零一条 本法自2014年1月1日起施行。", "special-equipment-safety-law@2013-06-29"),
    # By the order's number and day.
    (("应急管理部令", "第5号", "《高层民用建筑消防安全管理规定》已经审议通过，现予公布，自2021年8月1日起施行。",
      "2021年6月21日", "高层民用建筑消防安全管理规定"),
     "第五十一条 本规定自2021年8月1日起施行。", "high-rise-fire-rules@2021-06-21"),
    (("生产安全事故应急预案管理办法", "国家安全生产监督管理总局令第88号", "2016年6月3日"),
     "第四十八条 本办法自2016年7月1日起施行。", "accident-plan-rules@2016-06-03"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "last", "version"), UNIQUE)
def test_title_and_days_lead_to_one_version(
    register: Register, head: tuple[str, ...], last: str, version: str
) -> None:
    result = match(register, *head, last=last)
    assert result.kind == "unique"
    assert result.version is not None and result.version.version_id == version
    assert "题名相符" in result.reason


def test_a_text_without_days_is_not_matched_even_to_an_only_version(register: Register) -> None:
    result = match(register, "高层民用建筑消防安全管理规定", last="第五十一条 本规定自2021年8月1日起施行。")
    assert (result.kind, result.version) == ("candidates", None)
    assert [v.version_id for v in result.candidates] == ["high-rise-fire-rules@2021-06-21"]
    assert "没有公布、修订或施行日期" in result.reason


def test_a_head_that_tells_a_later_amendment_is_another_version(register: Register) -> None:
    result = match(
        register, "高层民用建筑消防安全管理规定", "应急管理部令第5号", "2021年6月21日 公布", "2030年1月1日 修订",
        last="第五十一条 本规定自2021年8月1日起施行。",
    )  # fmt: skip
    assert result.kind == "candidates"


def test_the_file_name_against_the_head_goes_to_a_person(register: Register) -> None:
    result = match(
        register, "特种设备安全监察条例", "2003年3月11日 国务院令第373号公布",
        last="第一百零三条 本条例自2003年6月1日起施行。", file_name="特种设备安全监察条例(2009-01-24).md",
    )  # fmt: skip
    assert result.kind == "candidates"
    assert "special-equipment-supervision-regulation@2009-01-24" in result.reason
    assert "可能缺少最近的修改" in result.reason


def test_another_number_of_articles_speaks_against_a_version(register: Register) -> None:
    result = match(
        register, "安全生产法", "2021年6月10日 第三次修正", last="第九十七条 本法自2002年11月1日起施行。"
    )
    assert result.kind == "candidates"
    assert "条数不同" in result.reason


def test_a_number_from_the_file_name_alone_proves_nothing(register: Register) -> None:
    result = match(
        register,
        "高层民用建筑消防安全管理规定",
        last="第五十一条 另行规定。",
        file_name="[应急管理部令第5号]高层规定.docx",
    )
    assert result.kind == "candidates"


def test_unknown_titles_and_texts_without_title_have_no_match(register: Register) -> None:
    assert match(register, "某镇养鸡管理办法", last="第三条 丙。").kind == "none"
    result = match_version(parse_rule(document(*BODY, "第三条 丙。")), register)
    assert result.kind == "none" and "没有标题" in result.reason
