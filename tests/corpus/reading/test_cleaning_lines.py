"""Lines become paragraphs, headings are parted from their text: one row, one reason."""

from __future__ import annotations

import pytest

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.cleaning.endings import bracket_open, cut, ended, splits_figure
from qianche.corpus.reading.cleaning.heading_phrases import is_heading_phrase, phrase_end
from qianche.corpus.reading.cleaning.markers import STYLES, Style, marker_of, succeeds
from qianche.corpus.reading.document import Document
from qianche.corpus.reading.raw import Format, RawBlock, RawDocument, RawKind, RawPage

FULL = "作业前班组没有对受限空间内的气体进行检测也没有安排专人在外面监护就让三名工人下"
"""A full line of 38 characters; the pages below are set in it."""


def lines_of(*pages: str, fmt: Format = "pdf", kind: RawKind = "line") -> RawDocument:
    """Return a document with one page a text, one block a line."""
    return RawDocument(
        fmt,
        tuple(
            RawPage(number, tuple(RawBlock(kind, line) for line in page.split("\n") if line), "text")
            for number, page in enumerate(pages, 1)
        ),
    )


def texts(document: Document) -> list[str]:
    """Return the text of each block."""
    return [document.text[block.start : block.end] for block in document.blocks]


def cleaned(*pages: str, fmt: Format = "pdf", kind: RawKind = "line") -> list[str]:
    """Return the text of each block of the cleaned document."""
    return texts(clean(lines_of(*pages, fmt=fmt, kind=kind)))


LINES = [
    ("broken inside a word", f"{FULL}\n井作业。", [f"{FULL}井作业。"]),
    ("broken after a comma before the width", f"事故发生后，\n{FULL}\n井。", [f"事故发生后，{FULL}井。"]),
    ("a line with a Chinese numeral is no heading", f"{FULL}\n一起较大窒息事故。", [f"{FULL}一起较大窒息事故。"]),
    ("a line with a figure is no heading", f"{FULL}\n36 分 51 秒时报警。", [f"{FULL}36分51秒时报警。"]),
    (
        "a reference to a clause is no heading",
        f"{FULL[:-2]}按\n11.5.14.2 的试验方法检查。",
        [f"{FULL[:-2]}按11.5.14.2的试验方法检查。"],
    ),
    ("a reference to an article is no heading", f"{FULL}\n第三十六条的要求。", [f"{FULL}第三十六条的要求。"]),
    (
        "an item of an article is no heading",
        f"{FULL[:-4]}第七条第\n（五）项的要求。",
        [f"{FULL[:-4]}第七条第（五）项的要求。"],
    ),
    (
        "a line with the rest of a standard number",
        f"{FULL[:-4]}（GB/T\n7588-2020）的要求",
        [f"{FULL[:-4]}（GB/T 7588-2020）的要求"],
    ),
    (
        "a line with nothing but the rest of a number",
        f"{FULL[:-4]}（GB\n7588-2020）\n的要求。{FULL}",
        [f"{FULL[:-4]}（GB 7588-2020）的要求。{FULL}"],
    ),
    ("a date in pieces", f"{FULL}\n2021 年\n6 月 3 日。", [f"{FULL}2021年6月3日。"]),
    ("a figure and its unit", f"{FULL[:-1]}3\n人死亡。", [f"{FULL[:-1]}3人死亡。"]),
    (
        "Chinese headings",
        f"一、事故经过\n{FULL}\n井。\n（一）现场情况\n{FULL}",
        ["一、事故经过", f"{FULL}井。", "（一）现场情况", FULL],
    ),
    ("a heading after a line that fills the width", f"{FULL}\n二、事故原因\n{FULL}", [FULL, "二、事故原因", FULL]),
    (
        "numbered entries",
        f"1.未检测。\n2.未监护，{FULL}\n井。\n3.未培训。",
        ["1.未检测。", f"2.未监护，{FULL}井。", "3.未培训。"],
    ),
    (
        "the next number after a full line",
        f"1.未检测。\n2.{FULL}\n3.未培训。",
        ["1.未检测。", f"2.{FULL}", "3.未培训。"],
    ),
    (
        "articles",
        f"第一条 为了安全，{FULL}\n井。\n第二条 本规定适用于本厂。",
        [f"第一条 为了安全，{FULL}井。", "第二条 本规定适用于本厂。"],
    ),
    ("chapters", f"第一章 总 则\n第一条 为了安全，{FULL}\n井。", ["第一章 总则", f"第一条 为了安全，{FULL}井。"]),
    (
        "a short line that ends a sentence",
        f"{FULL}\n井作业。\n{FULL}\n井检查。",
        [f"{FULL}井作业。", f"{FULL}井检查。"],
    ),
    ("a full line that ends a sentence", f"{FULL[:-1]}。\n{FULL}", [f"{FULL[:-1]}。{FULL}"]),
    ("an indent", f"{FULL[:-1]}。\n　　{FULL[:-2]}\n井。", [f"{FULL[:-1]}。", f"{FULL[:-2]}井。"]),
    (
        "a title over two lines",
        f"青河化工厂三月五日\n事故调查报告\n一、概况\n{FULL}",
        ["青河化工厂三月五日", "事故调查报告", "一、概况", FULL],
    ),
    ("labels", f"{FULL}\n井。\n死亡人数：3\n地点：青河县", [f"{FULL}井。", "死亡人数：3", "地点：青河县"]),
    (
        "English lines",
        "The pump had not been isolated before\nthe crew opened the flange.",
        ["The pump had not been isolated before the crew opened the flange."],
    ),
    (
        "a broken English word",
        "The crew had not examined the flange with care; the exami-\nnation was due.",
        ["The crew had not examined the flange with care; the examination was due."],
    ),
    (
        "a compound keeps its hyphen",
        "The crew reported an in-flight failure and a second in-\nflight fault.",
        ["The crew reported an in-flight failure and a second in-flight fault."],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("page", "wanted"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_lines_become_paragraphs(page: str, wanted: list[str]) -> None:
    assert cleaned(page) == wanted


def test_indents_in_points_begin_paragraphs() -> None:
    blocks = [
        RawBlock("line", "　　".strip() + FULL[:-1] + "。", left=90, size=12),
        RawBlock("line", FULL, left=66, size=12),
        RawBlock("line", FULL[:-1] + "。", left=66, size=12),
        RawBlock("line", FULL[:-2], left=90, size=12),
        RawBlock("line", FULL, left=66, size=12),
        RawBlock("line", "井。", left=66, size=12),
    ]
    document = clean(RawDocument("pdf", (RawPage(1, tuple(blocks), "text"),)))
    assert texts(document) == [FULL[:-1] + "。" + FULL + FULL[:-1] + "。", FULL[:-2] + FULL + "井。"]


def test_a_page_of_short_entries_is_told_by_the_edge_of_the_file() -> None:
    first = [RawBlock("line", FULL, left=66, size=12) for _ in range(4)]
    second = [RawBlock("line", f"{FULL[:30]}{word}？", left=90, size=12) for word in "甲乙丙丁"]
    raw = RawDocument("pdf", (RawPage(1, tuple(first), "text"), RawPage(2, tuple(second), "text")))
    assert texts(clean(raw)) == [FULL * 4, *(f"{FULL[:30]}{word}？" for word in "甲乙丙丁")]


def test_an_empty_line_begins_a_paragraph() -> None:
    blocks = (
        RawBlock("line", FULL[:-1] + "。"),
        RawBlock("line", FULL, blank_before=True),
        RawBlock("line", "井。"),
    )
    document = clean(RawDocument("text", (RawPage(1, blocks, "text"),)))
    assert texts(document) == [FULL[:-1] + "。", FULL + "井。"]


def test_a_quotation_on_a_line_of_its_own_is_part_of_the_sentence_where_lines_are_in_pieces() -> None:
    page = f"(1)没有遵守\n“先检测后作业”\n的原则，\n{FULL}\n井。\n(2)培训不足，\n{FULL}\n井作业。"
    assert cleaned(page) == [f"(1)没有遵守“先检测后作业”的原则，{FULL}井。", f"(2)培训不足，{FULL}井作业。"]


def test_a_paragraph_goes_on_over_a_page_break_and_the_page_begins_inside_it() -> None:
    document = clean(lines_of(f"一、经过\n{FULL}\n{FULL}", f"井作业。\n{FULL}\n完。"))
    assert texts(document) == ["一、经过", f"{FULL}{FULL}井作业。", f"{FULL}完。"]
    assert [page.start for page in document.pages] == [0, len("一、经过\n") + 2 * len(FULL)]
    assert document.page_at(document.text.index("井作业。")) == 2
    assert document.page_at(document.text.index("井作业。") - 1) == 1


WEB = [
    ("a lone bracket", ["（", "来源：青河县政府网", "）"], ["（来源：青河县政府网）"]),
    ("a comma", ["经调查，", "事故发生在下午。"], ["经调查，事故发生在下午。"]),
    ("a date", ["2021年", "6月3日下午，阀门泄漏。"], ["2021年6月3日下午，阀门泄漏。"]),
    (
        "a beginning that only goes on",
        ["青河县应急管理局负责本县企业", "的监督检查。"],
        ["青河县应急管理局负责本县企业的监督检查。"],
    ),
    ("an open title", ["依据《青河县", "安全条例》，制定本办法。"], ["依据《青河县安全条例》，制定本办法。"]),
    ("a number of an article alone", ["第三条", "作业前应当检测。"], ["第三条 作业前应当检测。"]),
    ("a document number in pieces", ["青河县人民政府令第", "9号"], ["青河县人民政府令第9号"]),
    (
        "a signature stays",
        ["特此通知", "青河县应急管理局", "2021年6月3日"],
        ["特此通知", "青河县应急管理局", "2021年6月3日"],
    ),
    (
        "items stay",
        ["下列情形之一的：", "（一）未检测；", "（二）未监护。"],
        ["下列情形之一的：", "（一）未检测；", "（二）未监护。"],
    ),
    (
        "a word that begins like one that goes on",
        ["青河县应急管理局负责人", "及时赶到现场。"],
        ["青河县应急管理局负责人", "及时赶到现场。"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("blocks", "wanted"), [row[1:] for row in WEB], ids=[row[0] for row in WEB])
def test_breaks_of_inline_tags_are_joined_in_web_pages_only(blocks: list[str], wanted: list[str]) -> None:
    page = "\n".join(blocks)
    assert cleaned(page, fmt="html", kind="paragraph") == wanted
    assert cleaned(page, fmt="docx", kind="paragraph") == blocks


def test_literal_line_breaks_begin_paragraphs() -> None:
    assert cleaned(r"第一条 应当通风。\n第二条 应当检测。\n", fmt="text", kind="paragraph") == [
        "第一条 应当通风。",
        "第二条 应当检测。",
    ]


STUCK = [
    ("（二）事故发生经过通过询问当班人员，查明如下：上午有三人下井。", 9),
    ("（三）人员伤亡情况事故共造成3人死亡，2人受伤。", 9),
    ("二、事故直接原因经现场勘验，阀门没有关闭。", 8),
    ("第一章总则第一条为了安全生产，制定本规定。", 5),
    ("（一）直接原因是司机操作不当，制动失灵。", None),
    ("（二）事故经过及应急处置情况", None),
    ("（一）事故直接原因分析。阀门没有关闭，气体泄漏。", None),
    ("（一）送错气瓶。工人没有核对，直接接上。", None),
    ("事故直接原因经现场勘验，阀门没有关闭。", None),
]


@pytest.mark.parametrize(("text", "at"), STUCK)
def test_a_heading_is_parted_from_its_text(text: str, at: int | None) -> None:
    wanted = [text] if at is None else [text[:at], text[at:]]
    assert cleaned(text, fmt="docx", kind="paragraph") == wanted


@pytest.mark.parametrize("style", STYLES, ids=[style.name for style in STYLES])
def test_a_marker_is_told_from_what_looks_like_it(style: Style) -> None:
    found = marker_of(style.example)
    assert found is not None
    assert found.style == style.name
    assert style.pattern.match(style.counter) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("第十二条 作业前", (12,)),
        ("5.2.1 作业票", (5, 2, 1)),
        ("（十一）现场", (11,)),
        ("26.2021年3月5日", (26,)),
        ("③通风", (3,)),
    ],
)
def test_the_number_of_a_marker_is_read(text: str, number: tuple[int, ...]) -> None:
    found = marker_of(text)
    assert found is not None
    assert found.number == number


def test_numbers_follow_in_order() -> None:
    assert succeeds((3,), (2,))
    assert succeeds((4, 2, 1), (4, 2))
    assert succeeds((4, 3), (4, 2, 7))
    assert not succeeds((11, 5, 14, 2), (4, 2))
    assert not succeeds((3,), (3,))


def test_ends_and_beginnings_of_sentences() -> None:
    assert ended("已经完成。”") and ended("The end.") and not ended("已经完成") and not ended("第3.")
    assert cut("事故发生后，") and cut("负责人的") and not cut("检查目的") and not cut("违法行为")
    assert splits_figure("于2021年", "6月3日") and splits_figure("造成3", "人死亡")
    assert not splits_figure("于2021年", "6.培训")
    assert (
        bracket_open("依据《青河县") and not bracket_open("依据《青河县条例》") and not bracket_open("1)检测")
    )


def test_known_headings() -> None:
    assert is_heading_phrase("事故直接原因：")
    assert is_heading_phrase("防范措施")
    assert not is_heading_phrase("原因")
    assert phrase_end("事故经过如下", 0) is None


COPIED = [
    # before · after · joined: text copied out of a PDF keeps breaks inside sentences
    ("2021年3月4日9时许，白云县青石镇某某粮油加工厂在清理原料筒仓的过程中发生", "一起较大中毒窒息事故，造成3人死亡。", True),
    ("2021年3月4日9时许，白云县青石镇某某粮油加工厂发生事故，造成3人死亡。", "事故发生后，县里成立调查组。", False),
    ("关于白云县青石镇某某粮油加工厂较大中毒窒息事故调查处理情况的通报稿", "事故发生后，县里成立调查组。", False),
    ("2021年3月4日9时许，白云县青石镇某某粮油加工厂在清理原料筒仓的过程中发生", "二、事故经过和应急处置情况如下。", False),
    ("2021年3月4日9时许，白云县青石镇某某粮油加工厂在清理原料筒仓的过程中发生", "附：伤亡人员名单", False),
    ("2021年3月4日9时许,白云县青石镇某某粮油加工厂(位于粮库路)发生", "一起较大中毒窒息事故,造成3人死亡。", True),
    ("2021年3月4日9时许,白云县青石镇某某粮油加工厂(位于粮库路)清仓时", "工人晕倒,3人死亡。", True),
    ("某某粮油加工厂(以下简称粮油厂)发生", "1起中毒窒息事故", True),
    ("粮油厂清理筒仓时发生", "起重机同时停机检修。", False),
    ("The report was issued by the bureau on March 4, 2021, in the county", "Three workers were killed.", False),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "joined"), COPIED)
def test_a_sentence_that_copying_broke_is_joined_and_nothing_else(
    before: str, after: str, joined: bool
) -> None:
    blocks = (RawBlock("paragraph", before), RawBlock("paragraph", after))
    document = clean(RawDocument("text", (RawPage(1, blocks, "text"),)))
    assert len(document.blocks) == (1 if joined else 2)


def page_with_title(*title: str) -> RawDocument:
    """A PDF page with centred lines of large type above text of usual size."""
    large = [
        RawBlock("line", text, left=72 + (38 - len(text)) * 6 - 6 * len(text) / 2, size=22) for text in title
    ]
    body = [RawBlock("line", FULL, left=66, size=12), RawBlock("line", FULL[:20] + "。", left=66, size=12)]
    return RawDocument("pdf", (RawPage(1, (*large, *body * 3), "text"),))


@pytest.mark.parametrize(
    ("lines", "titles"),
    [
        (("某县恒达木业有限公司“9·18”事故调查", "报告"), ["某县恒达木业有限公司“9·18”事故调查报告"]),
        (("某县恒达木业有限公司", "“9·18”较大爆炸事故", "调查报告"), ["某县恒达木业有限公司“9·18”较大爆炸事故调查报告"]),
        (("某县人民政府", "关于加强粉尘防爆工作的意见"), ["某县人民政府关于加强粉尘防爆工作的意见"]),
        (("某县“9·18”事故调查报告", "某县“9·18”事故调查组"), ["某县“9·18”事故调查报告", "某县“9·18”事故调查组"]),
        (("某省粉尘防爆管理", "办法（试行）", "2021年12月10日"), ["某省粉尘防爆管理办法（试行）", "2021年12月10日"]),
        (("某省人民政府令", "第88号"), ["某省人民政府令", "第88号"]),
    ],
)  # fmt: skip
def test_a_title_in_large_type_is_one_paragraph_and_what_stands_with_it_is_not(
    lines: tuple[str, ...], titles: list[str]
) -> None:
    assert texts(clean(page_with_title(*lines)))[: len(titles)] == titles
