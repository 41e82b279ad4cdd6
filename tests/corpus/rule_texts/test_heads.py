"""Title, number, issuer and dates of heads written for these tests; values worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from tests.corpus.rule_texts.texts import document

from qianche.corpus.rule_texts.dates import find_days
from qianche.corpus.rule_texts.draft import RuleDraft
from qianche.corpus.rule_texts.labels import annex_label, article_label_at, clause_label, section_label
from qianche.corpus.rule_texts.numbers import document_number
from qianche.corpus.rule_texts.parse import parse_rule

BODY = ("第一条 为了安全，制定本规定。", "第二条 作业应当有人监护。")


def head(*lines: str, last: str = "第三条 未尽事宜另行规定。", file_name: str = "") -> RuleDraft:
    """Return the draft of a head above a small act."""
    return parse_rule(document(*lines, *BODY, last), file_name=file_name)


def test_an_order_first_then_title_then_text() -> None:
    draft = head(
        "某国家安全生产监督管理总局令", "第88号",
        "修订后的《小矿山管理办法》已经2016年4月15日局长办公会议审议通过，现予公布，自2016年7月1日起施行。",
        "局长　张某", "2016 年 6 月 3 日", "小矿山管理办法",
    )  # fmt: skip
    assert draft.title == "小矿山管理办法"
    assert draft.number == "某国家安全生产监督管理总局令第88号"
    assert (draft.promulgated_on, draft.effective_from) == (date(2016, 6, 3), date(2016, 7, 1))
    assert [(h.day, h.event) for h in draft.history] == [(date(2016, 4, 15), "局长办公会议审议通过")]


def test_history_lines_with_unbalanced_brackets_and_trailing_spaces() -> None:
    draft = head(
        "某省渡口条例",
        "2004年4月30日 某省人民政府令第406号公布　",
        "2012年11月9日 《关于修改部分规章的决定》第一次修订　",
        "2019年3月2日 《关于修改部分规章的决定》第二次修订）",
    )
    assert [(h.day, h.event) for h in draft.history] == [
        (date(2004, 4, 30), "某省人民政府令第406号公布"),
        (date(2012, 11, 9), "《关于修改部分规章的决定》第一次修订"),
        (date(2019, 3, 2), "《关于修改部分规章的决定》第二次修订"),
    ]
    assert draft.promulgated_on == date(2019, 3, 2)
    assert draft.number == "某省人民政府令第406号"


def test_history_in_one_bracket_gives_each_event() -> None:
    draft = head(
        "矿灯安全法",
        "（1992年11月7日第七届全国人民代表大会常务委员会第二十八次会议通过　"
        "根据2009年8月27日第十一届全国人民代表大会常务委员会第十次会议《关于修改部分法律的决定》修正）",
    )
    assert [h.day for h in draft.history] == [date(1992, 11, 7), date(2009, 8, 27)]
    assert (draft.promulgated_on, draft.issuer) == (date(2009, 8, 27), "全国人民代表大会常务委员会")


def test_the_first_day_of_the_act_is_not_the_first_day_of_a_revised_text() -> None:
    draft = head(
        "渡口条例",
        "2002年6月29日 会议通过",
        "2021年6月10日 会议第三次修正",
        last="第三条 本条例自2002年11月1日起施行。",
    )
    assert draft.effective_from is None
    assert draft.commencement == date(2002, 11, 1)
    assert any("2002年11月1日" in e and "早于" in e for e in draft.exceptions)


def test_the_clause_on_commencement_counts_where_the_head_agrees() -> None:
    draft = head("渡口法", "2013年6月29日 会议通过", last="第三条 本法自2014年1月1日起施行。")
    assert draft.effective_from == date(2014, 1, 1) == draft.commencement


def test_without_any_day_in_the_head_the_clause_proves_nothing() -> None:
    draft = head("渡口办法", last="第三条 本办法自二○一四年一月一日起施行。")
    assert (draft.effective_from, draft.commencement) == (None, date(2014, 1, 1))
    assert any("没有可以对照的日期" in e for e in draft.exceptions)


def test_from_the_day_of_promulgation() -> None:
    draft = head("渡口办法", "2014年7月29日 某部令第9号公布", last="第三条 本办法自公布之日起施行。")
    assert draft.effective_from == date(2014, 7, 29)


def test_adoption_alone_does_not_date_a_text_in_force_from_promulgation() -> None:
    draft = head("渡口办法", "2014年7月29日 某委员会通过", last="第三条 本办法自公布之日起施行。")
    assert draft.effective_from is None


def test_the_file_name_dates_a_text_whose_head_lacks_the_last_amendment() -> None:
    draft = head(
        "渡口条例", "2003年3月11日 国务院令第373号公布",
        last="第三条 本条例自2003年6月1日起施行。", file_name="渡口条例(2009-01-24).md",
    )  # fmt: skip
    assert (draft.name_date, draft.effective_from) == (date(2009, 1, 24), None)
    assert any("题注可能缺少最近的修改" in e for e in draft.exceptions)


def test_a_number_in_the_file_name_is_taken_and_told_apart() -> None:
    draft = head("渡口办法", file_name="[某安办〔2024〕2号]渡口办法.docx")
    assert (draft.number, draft.number_from_name) == ("某安办〔2024〕2号", True)
    other = head("渡口办法", "某安办〔2015〕23号", file_name="[某安办〔2018〕28号]渡口办法.docx")
    assert (other.number, other.number_from_name) == ("某安办〔2015〕23号", False)
    assert any("以正文为准" in e for e in other.exceptions)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("中华人民共和国渡口法（2013年）",), "中华人民共和国渡口法"),
        (("渡口法(2013修订)", "渡口法"), "渡口法"),
        (("关于加强班组安全", "培训工作的指导意见"), "关于加强班组安全培训工作的指导意见"),
        (("某省渡口条例", "某省人大常委会关于颁布施行《某省渡口条例》的公告",
          "《某省渡口条例》已由会议于2016年12月2日通过，现予公布。"), "某省渡口条例"),
        (("渡口办法", "（试行）"), "渡口办法（试行）"),
        (("新华社某地６月２９日电", "渡口法"), "渡口法"),
        (("最高人民法院 最高人民检察院", "关于办理渡口案件若干问题的解释（二）", "法释〔2022〕19号"),
         "关于办理渡口案件若干问题的解释（二）"),
        (("某部关于通报渡口检查", "条件确认工作情况的通报"), "某部关于通报渡口检查条件确认工作情况的通报"),
    ],
)  # fmt: skip
def test_the_title_is_found(lines: tuple[str, ...], title: str) -> None:
    assert head(*lines).title == title


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("中华人民共和国国务院令第493号", "国务院令第493号"),
        ("中华人民共和国主席令第八十八号", "主席令第88号"),
        ("国务院令493号", "国务院令第493号"),
        ("安监总管四〔2017〕129号", "安监总管四〔2017〕129号"),
        ("法释【2022】19号", "法释〔2022〕19号"),
        ("建办质[2018] 031 号", "建办质〔2018〕31号"),
        ("某部令2023年第13号", "某部令2023年第13号"),
        ("公安部第61号令", "公安部令第61号"),
        ("GB30871—2022", "GB 30871-2022"),
        ("AQ/T 9006-2010", "AQ/T 9006-2010"),
        ("2021年修订", None),
    ],
)
def test_numbers_have_one_form(text: str, number: str | None) -> None:
    assert document_number(text) == number


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2021年6月10日", [date(2021, 6, 10)]),
        ("２０１３年６月２９日", [date(2013, 6, 29)]),
        ("二○一一年十一月二十六日", [date(2011, 11, 26)]),
        ("一九九三年五月一日", [date(1993, 5, 1)]),
        ("2015 年 3 月 20 日", [date(2015, 3, 20)]),
        ("2021年13月1日", []),
        ("2021年6月", []),
    ],
)
def test_days_are_read_in_every_print(text: str, days: list[date]) -> None:
    assert [found.day for found in find_days(text)] == days


@pytest.mark.parametrize(
    ("text", "slug", "refers"),
    [
        ("第三十六条 应当", "36", False),
        ("第一百三十四条之一", "134-1", False),
        ("第五条规定的情形", "5", True),
        ("第五条、第六条", "5", True),
        ("第五条第一款", "5", True),
        ("第五条所有人员", "5", False),
        ("第五条中小企业", "5", False),
    ],
)
def test_an_article_label_knows_a_reference(text: str, slug: str, refers: bool) -> None:
    found = article_label_at(text)
    assert found is not None
    assert (found[1].slug, found[0].refers) == (slug, refers)


@pytest.mark.parametrize(("text", "number"), [
    ("6.2.2.1 应当", "6.2.2.1"), ("3.10应当", "3.10"), ("11.5.14.2 的试验", None), ("1.5MPa以上", None),
    ("0.7米", None), ("3.1和3.2的规定", None), ("1.5 吨", "1.5"), ("3.5%的盐水", None),
])  # fmt: skip
def test_a_clause_label_is_no_reference_and_no_measure(text: str, number: str | None) -> None:
    found = clause_label(text)
    assert (found.number if found else None) == number


@pytest.mark.parametrize(("text", "label"), [
    ("附件", "附件"), ("附件1", "附件1"), ("附录A（规范性附录）检查表", "附录A"), ("附：", "附"), ("附表二：限量", "附表二"),
    ("附则", None), ("附件规定的格式", None), ("附属设施应当检查。", None), ("附件1规定的格式应当使用。", None),
])  # fmt: skip
def test_an_annex_label_is_no_sentence(text: str, label: str | None) -> None:
    found = annex_label(text)
    assert (found.printed if found else None) == label


def test_a_section_label_is_a_numeral() -> None:
    found = section_label("十二、附则")
    assert found is not None and found.number == "12"
    assert section_label("一二、") is None
