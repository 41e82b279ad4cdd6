"""Characters, spaces and slips of recognition: one row, one reason."""

from __future__ import annotations

import pytest

from qianche.corpus.reading.cleaning.characters import repair
from qianche.corpus.reading.cleaning.slips import SLIPS, Slip, mend, pair_quotes
from qianche.corpus.reading.cleaning.spaces import seam, tidy

CHARACTERS = [
    ("byte order mark", "\ufeff通知", "通知", "\ufeff"),
    ("marks without width", "安\u200b全\u200d生\u2060产", "安全生产", "\u200b\u200d\u2060"),
    ("soft hyphen inside a line", "安\u00ad全", "安全", "\u00ad"),
    ("no-break space is a space", "附件\u00a01", "附件 1", ""),
    ("printed no-break space", "第三条&nbsp;&nbsp;作业前", "第三条  作业前", "&nbsp;&nbsp;"),
    ("printed joiner", "局&zwj;长", "局长", "&zwj;"),
    ("numbered entity of a space", "附件&#160;1", "附件 1", "&#160;"),
    ("entity escaped twice", "第三条&amp;nbsp;作业前", "第三条 作业前", "&amp;nbsp;"),
    ("entity of a visible character", "甲&amp;乙，压力&lt;3", "甲&乙，压力<3", ""),
    ("not an entity", "R&D部门；A&Q;", "R&D部门；A&Q;", ""),
    ("literal line break", r"应当通风。\n第四条", "应当通风。\n第四条", r"\n"),
    ("literal line breaks in a row", r"应当通风。\r\n", "应当通风。\n", r"\r\n"),
    ("literal line breaks before a letter", r"\n\nthe end", "\nthe end", r"\n\n"),
    ("a path is no line break", r"C:\new\rack", r"C:\new\rack", ""),
    ("control characters", "监\x01测\x7f", "监测", "\x01\x7f"),
    ("line ends of every kind", "甲\r\n乙\r丙\x0b丁\u2028戊", "甲\n乙\n丙\n丁\n戊", ""),
    ("full-width digits and percent", "占８０．５％", "占80.5%", ""),
    ("full-width letters of a standard", "ＡＱ１０２０－２００８", "AQ1020-2008", ""),
    ("Chinese punctuation stays", "其中：甲，乙；丙（丁）！", "其中：甲，乙；丙（丁）！", ""),
    ("full-width dot after a number", "１．概况", "1.概况", ""),
    ("number with a dot in one character", "⒉.培训不到位", "2.培训不到位", ""),
    (
        "number in brackets in one character",
        "(⑴)未检测；⑵未通风",
        "(1)未检测;(2)未通风".replace(";", "；"),
        "",
    ),
    ("Chinese number in brackets in one character", "㈢现场管理", "（三）现场管理", ""),
    ("circled numbers stay", "①通风②检测", "①通风②检测", ""),
    ("radicals for characters", "⼯⻋⻔⻓", "工车门长", ""),
    ("compatibility ideograph", "\uf9d1\u6708", "六月", ""),
    ("ligature of an English font", "ﬁre", "fire", ""),
    ("Wingdings bullet", "\uf06c高处作业", "•高处作业", ""),
    ("sash for city", "青河巿应急局", "青河市应急局", ""),
    ("sash in a name", "徐巿东渡", "徐巿东渡", ""),
    ("upright colon", "如下︰", "如下：", ""),
    ("hyphen at the end of an English line", "exam\ufffe", "exam-", ""),
]


@pytest.mark.parametrize(
    ("text", "clean", "dropped"), [row[1:] for row in CHARACTERS], ids=[r[0] for r in CHARACTERS]
)
def test_a_character_becomes_what_it_stands_for(text: str, clean: str, dropped: str) -> None:
    assert repair(text) == (clean, dropped)
    assert repair(clean) == (clean, "")


SPACES = [
    ("around numbers", "2021 年 3 月 5 日 9 时 20 分许", "2021年3月5日9时20分许"),
    ("inside Chinese", "总 则", "总则"),
    ("between Chinese and Latin", "配有卡拉 OK 设备的 3 间包房", "配有卡拉OK设备的3间包房"),
    ("standard number", "按 GB 30871-2022 和 AQ 1020 执行", "按GB 30871-2022和AQ 1020执行"),
    ("English words", "Safety  Instrumented System", "Safety Instrumented System"),
    ("English quotation", "the driver’s “red” card", "the driver’s “red” card"),
    ("formula", "当 a + b > 3 时", "当a + b > 3时"),
    ("percent", "不超过 10 %", "不超过10%"),
    ("brackets", "（ GB/T 7588 ）和( GB 7589 )", "（GB/T 7588）和(GB 7589)"),
    ("punctuation", "甲 、 乙 ； 丙 。", "甲、乙；丙。"),
    ("article number keeps one", "第三条　　作业前应当通风", "第三条 作业前应当通风"),
    ("chapter with a spaced title", "第一章  总　　则", "第一章 总则"),
    ("article number with nothing stays", "第三条作业前应当通风", "第三条作业前应当通风"),
    ("clause number keeps one", "5.2.1 作业票应当审批", "5.2.1 作业票应当审批"),
    ("figure is no clause number", "5.2 万元", "5.2万元"),
    ("clause of one digit", "4 一般规定", "4 一般规定"),
    ("figure at the beginning", "4 名工人被困", "4名工人被困"),
    ("wide gap between words", "姓名　职务    单位", "姓名　职务　单位"),
    ("indent", "　　本规定自公布之日起施行。  ", "本规定自公布之日起施行。"),
    ("zero written 〇", "二 〇 二 一 年", "二〇二一年"),
]


@pytest.mark.parametrize(("text", "clean"), [row[1:] for row in SPACES], ids=[row[0] for row in SPACES])
def test_spaces_are_in_order(text: str, clean: str) -> None:
    assert tidy(text) == clean
    assert tidy(clean) == clean


@pytest.mark.parametrize(
    ("left", "right", "between"),
    [
        ("现场人员", "窒息死亡", ""),
        ("the engine", "failed", " "),
        ("（GB/T", "7588-2020）", " "),
        ("GB 7588-", "2020", ""),
        ("GB 7588", "-2020", ""),
        ("https://example.org/a/", "b.html", ""),
        ("2021", "年", ""),
    ],
)
def test_two_lines_are_joined_with_what_the_language_needs(left: str, right: str, between: str) -> None:
    assert seam(left, right) == between


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.example for slip in SLIPS])
def test_a_slip_is_corrected_in_its_context_only(slip: Slip) -> None:
    assert slip.pattern.search(slip.example)
    assert not slip.pattern.search(slip.keeps)


RECOGNISED = [
    ("为期I个月的检查", "为期1个月的检查", 1),
    ("20l9年1O月", "2019年10月", 2),
    ("(二〉加强监管", "(二）加强监管", 1),
    ("组建应.急救援队", "组建应急救援队", 1),
    ("高速·公路", "高速公路", 1),
    ('“3·15"事故', "“3·15”事故", 1),
    ('"老街市场”周边', "“老街市场”周边", 1),
    ('所谓"包干"做法', "所谓“包干”做法", 2),
    ("长1.5米的管道", "长1.5米的管道", 0),
    ("“5·12”事故", "“5·12”事故", 0),
    ("《规定（一）》", "《规定（一）》", 0),
    ('a 3" pipe', 'a 3" pipe', 0),
]


@pytest.mark.parametrize(("text", "clean", "count"), RECOGNISED)
def test_a_recognised_line_is_mended_and_counted(text: str, clean: str, count: int) -> None:
    assert mend(text) == (clean, count)
    assert mend(clean) == (clean, 0)


def test_a_straight_quote_without_a_partner_stays() -> None:
    assert pair_quotes('管径3"的阀门') == '管径3"的阀门'
