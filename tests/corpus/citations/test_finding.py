"""Citations of rules in running text, as inspectors and committees write them; sentences are our own."""

# ruff: noqa: E501  (a table of one row a case)

from __future__ import annotations

from itertools import pairwise

import pytest

from qianche.corpus.citations import Provision, find_citations
from qianche.corpus.rules import ArticleNumber

P = Provision


def a(main: int, sub: int = 0, **more: int | bool) -> Provision:
    return Provision(article=ArticleNumber(main, sub), **more)  # type: ignore[arg-type]


# text · what is cited, as it stands · title · number · provisions
FOUND: list[tuple[str, str, str | None, str | None, tuple[Provision, ...]]] = [
    ("依《消防法》第十六条第一款第（二）项处理", "《消防法》第十六条第一款第（二）项", "消防法", None, (a(16, paragraph=1, item=2),)),
    ("见《消防法》第二十八条第一句。", "《消防法》第二十八条第一句", "消防法", None, (a(28, sentence=1),)),
    ("《安全生产法》第四十一条第二款（节选）", "《安全生产法》第四十一条第二款（节选）", "安全生产法", None, (a(41, paragraph=2, excerpt=True),)),
    ("《建筑法》第三条（二）", "《建筑法》第三条（二）", "建筑法", None, (a(3, item=2),)),
    ("《建筑法》第三十三条第三、四款", "《建筑法》第三十三条第三、四款", "建筑法", None, (a(33, paragraph=3), a(33, paragraph=4))),
    ("《消防法》第十二条第一款第（三）项（连同引导语）", "《消防法》第十二条第一款第（三）项（连同引导语）", "消防法", None, (a(12, paragraph=1, item=3, with_lead=True),)),
    ("按《刑法》第一百三十四条之一追责", "《刑法》第一百三十四条之一", "刑法", None, (a(134, 1),)),
    ("违反《安全生产法》第二十一条第二项、第五项之规定", "《安全生产法》第二十一条第二项、第五项", "安全生产法", None, (a(21, item=2), a(21, item=5))),
    ("《安全生产法》第二十一条第二项和第四十三条", "《安全生产法》第二十一条第二项和第四十三条", "安全生产法", None, (a(21, item=2), a(43))),
    ("《煤矿安全规程》第155 条要求", "《煤矿安全规程》第155 条", "煤矿安全规程", None, (a(155),)),
    ("《安全生产法》第十条至第十二条", "《安全生产法》第十条至第十二条", "安全生产法", None, (a(10), a(11), a(12))),
    ("《中华人民共和国消防法》（2021年修正）第四条", "《中华人民共和国消防法》（2021年修正）第四条", "中华人民共和国消防法", None, (a(4),)),
    ("《安全生产法》第九十二条，第一百零九条第一项", "《安全生产法》第九十二条，第一百零九条第一项", "安全生产法", None, (a(92), a(109, item=1))),
    ("引自安全生产法第三十六条", "安全生产法第三十六条", "安全生产法", None, (a(36),)),
    ("安法36条写得清楚", "安法36条", "安法", None, (a(36),)),
    ("令10号第四条", "令10号第四条", None, "令第10号", (a(4),)),
    ("依据应急管理部令第4号第十三条、第十五条停产", "应急管理部令第4号第十三条、第十五条", None, "应急管理部令第4号", (a(13), a(15))),
    ("国务院令493号已明确", "国务院令493号", None, "国务院令第493号", ()),
    ("《某某特别规定》（国务院令（2005）446号）第八条", "《某某特别规定》（国务院令（2005）446号）第八条", "某某特别规定", "国务院令第446号", (a(8),)),
    ("未按GB 30871-2022 5.2.3检测", "GB 30871-2022 5.2.3", None, "GB 30871-2022", (P(clause="5.2.3"),)),
    ("执行AQ1020—2008", "AQ1020—2008", None, "AQ 1020-2008", ()),
    ("对照TSG Q7015-2016第4.1条", "TSG Q7015-2016第4.1条", None, "TSG Q7015-2016", (P(clause="4.1"),)),
    ("《经济损失统计标准》(GB6721—1986)", "《经济损失统计标准》(GB6721—1986)", "经济损失统计标准", "GB 6721-1986", ()),
    ("《防火规范》（GB 55037-2022）12.0.4：", "《防火规范》（GB 55037-2022）12.0.4", "防火规范", "GB 55037-2022", (P(clause="12.0.4"),)),
    ("《瓶装气调压器》（GB 35844-2018）5.2.1.3规定", "《瓶装气调压器》（GB 35844-2018）5.2.1.3", "瓶装气调压器", "GB 35844-2018", (P(clause="5.2.1.3"),)),
    ("《国务院关于加强某项工作的通知》（国发〔2010〕23号）", "《国务院关于加强某项工作的通知》（国发〔2010〕23号）", "国务院关于加强某项工作的通知", "国发〔2010〕23号", ()),
    ("违背国办发(2001)68号文件", "国办发(2001)68号", None, "国办发〔2001〕68号", ()),
    ("JGJ59-2011第3.1.2条", "JGJ59-2011第3.1.2条", None, "JGJ 59-2011", (P(clause="3.1.2"),)),
    ("《生产安全事故应急预案管理办法》第七条", "《生产安全事故应急预案管理办法》第七条", "生产安全事故应急预案管理办法", None, (a(7),)),
    ("《建筑设计防火规范》（GB 50016-2014）", "《建筑设计防火规范》（GB 50016-2014）", "建筑设计防火规范", "GB 50016-2014", ()),
    ("《中华人民共和国消防法》(2021年)第二十八条：", "《中华人民共和国消防法》(2021年)第二十八条", "中华人民共和国消防法", None, (a(28),)),
    ("未按《煤矿防治水细则》第85条、86条的规定", "《煤矿防治水细则》第85条、86条", "煤矿防治水细则", None, (a(85), a(86))),
    ("《某某特别规定》（国务院446号令）的标准", "《某某特别规定》（国务院446号令）", "某某特别规定", "国务院令第446号", ()),
    ("照GB 30871-2022《特殊作业规范》5.2.3做", "GB 30871-2022《特殊作业规范》5.2.3", "特殊作业规范", "GB 30871-2022", (P(clause="5.2.3"),)),
    ("按交通运输部令2023年第13号第五条", "交通运输部令2023年第13号第五条", None, "交通运输部令2023年第13号", (a(5),)),
    ("国务院第493号令第三条", "国务院第493号令第三条", None, "国务院令第493号", (a(3),)),
    ("按GB 30871动火", "GB 30871", None, "GB 30871", ()),
    ("查安全生产法（主席令第88号）第三条", "安全生产法（主席令第88号）第三条", "安全生产法", "主席令第88号", (a(3),)),
    ("江苏省燃气条例第三条", "江苏省燃气条例第三条", "江苏省燃气条例", None, (a(3),)),
    ("违反特种工具管理办法第三条", "特种工具管理办法第三条", "特种工具管理办法", None, (a(3),)),
    ("照《《某某条例》处罚规定》第三条办", "《《某某条例》处罚规定》第三条", "《某某条例》处罚规定", None, (a(3),)),
    ("煤矿要守《煤矿矿长保护矿工生命安全七条规定》", "《煤矿矿长保护矿工生命安全七条规定》", "煤矿矿长保护矿工生命安全七条规定", None, ()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quote", "title", "number", "provisions"), FOUND, ids=lambda v: str(v)[:24])
def test_a_citation_is_found_with_its_span_and_its_numbers(
    text: str, quote: str, title: str | None, number: str | None, provisions: tuple[Provision, ...]
) -> None:
    [found] = find_citations(text)
    assert text[found.span.start : found.span.end] == quote
    assert (found.title, found.number, found.provisions) == (title, number, provisions)


RELATIVE: list[tuple[str, str, str, tuple[Provision, ...]]] = [
    ("依照本法第二十一条处罚", "本法第二十一条", "本法", (a(21),)),
    ("前款规定的单位", "前款", "前款", ()),
    ("前款第二项", "前款第二项", "前款", (P(item=2),)),
    ("违反第六十条第一款第（二）项", "第六十条第一款第（二）项", "", (a(60, paragraph=1, item=2),)),
    ("依据第九十五条", "第九十五条", "", (a(95),)),
]


@pytest.mark.parametrize(("text", "quote", "relative", "provisions"), RELATIVE)
def test_a_citation_that_leans_on_what_stands_before_is_marked_so(
    text: str, quote: str, relative: str, provisions: tuple[Provision, ...]
) -> None:
    [found] = find_citations(text)
    assert text[found.span.start : found.span.end] == quote
    assert (found.relative, found.provisions) == (relative, provisions)


@pytest.mark.parametrize(
    "text",
    [
        "（松）公（司）鉴（法尸）字【2023】94号检验报告",
        "经（2023）黔06刑初12号判决",
        "松发改投资〔2021〕159号批准立项",
        "安全生产许可证编号（黔）JZ安许证字〔2019〕0123号",
        "未执行《3101综采工作面作业规程》第三章",
        "双方签订《劳务分包合同》第三条",
        "违反《某某煤矿顶板管理规定》",
        "《白云矿业有限公司安全管理办法》第五条",
        "《安全技术措施》没有贯彻",
        "《安全生产责任制》流于形式",
        "《岗位操作规程》第2.3.2款",
        "双方签订《劳务分包合同》第三条第一款",
        "违反某某公司管理规定第三条第一款",
        "目前条件不具备",
        "第一责任人的条件",
        "GB 30871-20225",
        "第三条皮带跑偏",
        "三采区第二条运输巷",
        "SY6480挖掘机",
        "直径3.2米、长5.2.3",
        "他说了句“禁令第一号”",
        # the letters of a registered number, but another authority's
        "鲁厅字〔2020〕3号批复",
    ],
)
def test_what_only_looks_like_a_citation_is_none(text: str) -> None:
    assert find_citations(text) == ()


def test_spans_are_in_order_and_do_not_overlap() -> None:
    text = "依据《安全生产法》第二十一条、GB 30871-2022 5.2.3和本法第三条、国务院令493号，前款除外。"
    spans = [(c.span.start, c.span.end) for c in find_citations(text)]
    assert len(spans) == 5
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("违反本法第三十六条第一款的规定", "本法第三十六条第一款"),
        ("见本条例第三条第一款、第九条第二款的规定", "本条例第三条第一款、第九条第二款"),
        ("国务院令（2005）446号第四条", "国务院令（2005）446号第四条"),
    ],
)
def test_a_place_that_reads_in_two_ways_is_one_citation(text: str, quote: str) -> None:
    assert [text[c.span.start : c.span.end] for c in find_citations(text)] == [quote]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("违反前款、第三十六条的，责令改正", ["前款", "第三十六条"]),
        ("违反前款和第三十六条", ["前款", "第三十六条"]),
        ("《安全生产法》第三十六条。第五百条规定", ["《安全生产法》第三十六条", "第五百条"]),
        ("《安全生产法》第三十六条；第五百条也有要求", ["《安全生产法》第三十六条；第五百条"]),
        ("《安全生产法》第三十六条。第五百条。", ["《安全生产法》第三十六条", "第五百条"]),
        ("《安全生产法》第三十六条。第三条皮带跑偏", ["《安全生产法》第三十六条"]),
        ("皮带跑偏。第三条也跑偏", []),
    ],
)
def test_a_provision_that_goes_on_right_behind_a_citation_is_one_too(text: str, quotes: list[str]) -> None:
    assert [text[c.span.start : c.span.end] for c in find_citations(text)] == quotes
