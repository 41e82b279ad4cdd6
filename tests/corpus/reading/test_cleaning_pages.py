"""What is no text of its own: page numbers, running lines, contents, footnotes; and the anchors that are left."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.cleaning.contents import ONLY_CONTENTS
from qianche.corpus.reading.document import Document, Removed, Span
from qianche.corpus.reading.raw import Format, RawBlock, RawDocument, RawKind, RawPage

BODY = "当班人员没有检测气体就打开了阀门，管内残留的物料随即喷出，距离最近的两人来不及撤离"
"""A full line that ends in mid-sentence."""


def pages(*texts: Sequence[str], fmt: Format = "pdf", kind: RawKind = "line") -> RawDocument:
    """Return a document of pages, each a list of lines."""
    return RawDocument(
        fmt,
        tuple(
            RawPage(number, tuple(RawBlock(kind, line) for line in lines), "text")
            for number, lines in enumerate(texts, 1)
        ),
    )


def texts(document: Document) -> list[str]:
    """Return the text of each block."""
    return [document.text[block.start : block.end] for block in document.blocks]


def removed(document: Document, reason: str) -> list[tuple[int, str]]:
    """Return page and text of what was removed for the reason."""
    return [(entry.page, entry.text) for entry in document.removed if entry.reason == reason]


@pytest.mark.parametrize("form", ["- {} -", "—{}—", "第 {} 页 共 3 页", "{}/3", "{}", "Page {} of 3", "·{}·"])
def test_page_numbers_on_their_own_line_are_removed(form: str) -> None:
    document = clean(
        pages(*([f"第{word}部分说明如下。", form.format(n)] for n, word in enumerate("甲乙丙", 1)))
    )
    assert texts(document) == ["第甲部分说明如下。", "第乙部分说明如下。", "第丙部分说明如下。"]
    assert [page for page, _ in removed(document, "page-number")] == [1, 2, 3]


def test_a_bare_number_out_of_sequence_is_text() -> None:
    document = clean(pages(["甲部分说明如下。", "17"], ["乙部分说明如下。", "4"], ["丙部分说明如下。", "90"]))
    assert not document.removed
    assert "17" in document.text


def test_a_page_number_stuck_to_the_next_word_is_removed_where_it_goes_on() -> None:
    document = clean(pages([BODY], ["1为此受伤。", BODY], ["2为此死亡。", BODY], ["3为此停产。"]))
    assert texts(document) == [f"{BODY}为此受伤。", f"{BODY}为此死亡。", f"{BODY}为此停产。"]
    assert removed(document, "page-number") == [(2, "1"), (3, "2"), (4, "3")]
    assert [document.page_at(document.text.index(word)) for word in ("为此受伤", "为此死亡", "为此停产")] == [
        2,
        3,
        4,
    ]


def test_a_figure_at_the_top_of_a_page_is_no_page_number() -> None:
    document = clean(pages([BODY], ["3人被困。", BODY], ["7人受伤。", BODY], ["2人死亡。"]))
    assert not document.removed
    assert f"{BODY}3人被困。" in document.text


def test_a_page_number_and_a_figure_in_one_are_told_apart() -> None:
    document = clean(pages([BODY], ["1为此受伤。", BODY], ["23人死亡。", BODY], ["3为此停产。"]))
    assert f"{BODY}23人死亡。" in document.text
    assert removed(document, "page-number") == [(2, "1"), (4, "3")]


def test_numbers_stuck_to_words_are_found_in_a_text_that_lost_its_pages() -> None:
    lines = [
        "一、经过",
        BODY,
        "4为此受伤，送往医院。",
        BODY,
        "5为此死亡，家属已经到场。",
        BODY,
        "6为此停产，等待验收。",
    ]
    document = clean(pages(lines, fmt="text", kind="paragraph"))
    assert texts(document)[1:] == [
        f"{BODY}为此受伤，送往医院。",
        f"{BODY}为此死亡，家属已经到场。",
        f"{BODY}为此停产，等待验收。",
    ]
    assert removed(document, "page-number") == [(1, "4"), (1, "5"), (1, "6")]


def test_clauses_of_a_standard_are_no_page_numbers() -> None:
    lines = [
        "受限空间作业规程",
        "1范围",
        "本规程规定了检测和监护的要求。",
        "2术语和定义",
        "3作业",
        "3.1 作业前应当检测。",
    ]
    assert not clean(pages(lines, fmt="text", kind="paragraph")).removed


def test_running_lines_are_removed_up_to_their_digits() -> None:
    document = clean(
        pages(
            *(
                ["青河化工厂事故调查报告", f"第{c}项措施已经落实。", f"青河县 第{n}页"]
                for n, c in enumerate("甲乙丙丁戊", 1)
            )
        )
    )
    assert texts(document) == ["青河化工厂事故调查报告", *(f"第{c}项措施已经落实。" for c in "甲乙丙丁戊")]
    assert removed(document, "running-header")[:3] == [
        (1, "青河县第1页"),
        (2, "青河化工厂事故调查报告"),
        (2, "青河县第2页"),
    ]


def test_a_header_on_two_of_many_pages_is_text() -> None:
    lines = [["检查表", "甲项。"], ["检查表", "乙项。"], ["丙项。"], ["丁项。"], ["戊项。"], ["己项。"]]
    assert not clean(pages(*lines)).removed


def test_a_line_that_stands_everywhere_is_no_running_line() -> None:
    entries = [
        ["（选择一项）", f"第{c}问如下", "（选择一项）", f"第{c}问续", "（选择一项）"] for c in "甲乙丙丁戊"
    ]
    assert not clean(pages(*entries)).removed


LEADERS = ["……………… ", "........ ", " · · · · · · ", "……", "...... "]


@pytest.mark.parametrize("leader", LEADERS)
def test_contents_with_leaders_are_removed(leader: str) -> None:
    contents = ["目 录", f"一、事故经过{leader}1", f"（一）现场情况{leader}2", f"二、事故原因{leader}12"]
    document = clean(
        pages(
            ["青河化工厂事故调查报告"],
            contents,
            ["一、事故经过", "阀门没有关闭。", "二、事故原因", "没有检测。"],
        )
    )
    assert texts(document) == [
        "青河化工厂事故调查报告",
        "一、事故经过",
        "阀门没有关闭。",
        "二、事故原因",
        "没有检测。",
    ]
    assert [page for page, _ in removed(document, "contents")] == [2, 2, 2, 2]


def test_a_long_entry_over_two_lines_and_a_title_stuck_to_a_date_are_contents() -> None:
    lines = [
        "2021 年 3 月目 录",
        "一、事故经过……1",
        "二、青河县人民政府及其有关部门在监管中",
        "存在的问题……3",
        "三、原因……5",
        "一、事故经过",
        "略。",
    ]
    document = clean(pages(lines, fmt="text"))
    assert texts(document) == ["2021年3月", "一、事故经过", "略。"]
    assert len(removed(document, "contents")) == 5


def test_an_entry_too_long_for_its_leaders_is_contents_beside_the_others() -> None:
    lines = [
        "目录",
        "一、经过......1",
        "二、原因......3",
        "三、教训......9",
        "四、关于进一步加强监管的建议.. 12",
        "一、经过",
        "略。",
    ]
    assert texts(clean(pages(lines, fmt="json", kind="paragraph"))) == ["一、经过", "略。"]


def test_contents_without_leaders_are_told_by_their_repetition() -> None:
    contents = ["目录", "第一章 总则", "第二章 作业", "第三章 附则"]
    body = [
        "第一章 总则",
        "第一条 应当检测。",
        "第二章 作业",
        "第二条 应当监护。",
        "第三章 附则",
        "第三条 自公布之日起施行。",
    ]
    document = clean(pages(["青河县安全规定", *contents, *body], fmt="html", kind="paragraph"))
    assert texts(document) == ["青河县安全规定", *body]
    assert [text for _, text in removed(document, "contents")] == contents


def test_contents_with_page_numbers_alone_may_differ_from_the_headings() -> None:
    contents = [
        "目录",
        "1.组织保障3",
        "1.1目标（50分）3",
        "1.2管理机构与人员任命及其",
        "职责（60）6",
        "2.培训15",
    ]
    body = ["1.组织保障", "1.1目标", "应当制定目标。", "1.2机构", "应当设置机构。", "2.培训", "应当培训。"]
    assert texts(clean(pages(contents + body, fmt="docx", kind="paragraph"))) == body


def test_equal_headings_in_different_parts_of_the_contents_do_not_end_it() -> None:
    contents = ["目录", "一、甲公司", "（一）概况", "二、乙公司", "（一）概况"]
    body = ["一、甲公司", "（一）概况", "甲公司有八人。", "二、乙公司", "（一）概况", "乙公司有九人。"]
    assert texts(clean(pages(contents + body, fmt="html", kind="paragraph"))) == body


def test_headings_that_return_are_no_contents_without_its_title() -> None:
    lines = ["1.姓名", "2.职务", "3.处理", "甲某受到处理。", "1.姓名", "2.职务", "3.处理", "乙某受到处理。"]
    assert not clean(pages(lines, fmt="html", kind="paragraph")).removed


def test_a_file_with_nothing_but_contents_says_so() -> None:
    lines = [
        "青河化工厂事故调查报告",
        *(f"（{c}）第{c}项情况.................{n}" for n, c in enumerate("一二三四五", 2)),
    ]
    document = clean(pages(lines, fmt="json", kind="paragraph"))
    assert texts(document) == ["青河化工厂事故调查报告"]
    assert len(removed(document, "contents")) == 5
    assert document.warnings == (ONLY_CONTENTS,)
    assert "只有目录，没有正文" in ONLY_CONTENTS


def test_footnotes_do_not_interrupt_the_sentence_and_keep_their_page() -> None:
    first = [
        "违规使用两种气源[1]，没有设置专用房间[2]，员工不清楚 50[1]《青河县燃气规定》第三条：不得同时使用两种气源。",
        "[2]《青河县气瓶规定》第八条：应当设置专用房间。",
    ]
    document = clean(pages(first, ["公斤气瓶的风险，违规操作。", "二、原因"]))
    assert texts(document) == [
        "违规使用两种气源，没有设置专用房间，员工不清楚50公斤气瓶的风险，违规操作。",
        "[1]《青河县燃气规定》第三条：不得同时使用两种气源。",
        "[2]《青河县气瓶规定》第八条：应当设置专用房间。",
        "二、原因",
    ]
    assert removed(document, "footnote-mark") == [(1, "[1]"), (1, "[2]")]
    places = ["违规使用", "公斤气瓶", "[1]", "[2]", "二、"]
    assert [document.page_at(document.text.index(place)) for place in places] == [1, 2, 1, 1, 2]
    assert [block.page for block in document.blocks] == [None, 1, 1, None]


def test_footnotes_after_a_whole_sentence_stay_where_they_are() -> None:
    document = clean(
        pages(["没有设置专用房间[1]。", "[1]《青河县气瓶规定》第八条。"], ["二、原因", "没有检测。"])
    )
    assert texts(document) == [
        "没有设置专用房间。",
        "[1]《青河县气瓶规定》第八条。",
        "二、原因",
        "没有检测。",
    ]
    assert all(block.page is None for block in document.blocks)


def test_a_document_number_in_square_brackets_is_no_footnote_mark() -> None:
    document = clean(pages(["依据青安〔2018]137号和青安[21]3号文件的要求，开展检查。"]))
    assert not document.removed


def test_recognised_pages_are_mended_and_counted() -> None:
    block = RawBlock("line", "(二〉开展为期I个月的检查。")
    raw = RawDocument("pdf", (RawPage(1, (block,), "ocr", 0.9), RawPage(2, (block,), "text")))
    document = clean(raw)
    assert texts(document) == ["(二）开展为期1个月的检查。", "(二〉开展为期I个月的检查。"]
    assert [warning for warning in document.warnings if "2 处" in warning]


def test_tables_have_a_span_for_every_cell() -> None:
    rows = (("姓 名", "伤情"), ("甲&nbsp;某", ""), ("乙\n某", "轻伤 3 处"))
    raw = RawDocument(
        "docx", (RawPage(1, (RawBlock("paragraph", "名单"), RawBlock("table", rows=rows)), "text"),)
    )
    document = clean(raw)
    table = document.blocks[1]
    assert document.text == "名单\n姓名\t伤情\n甲某\t\n乙某\t轻伤3处"
    assert [[document.quote(cell) for cell in row] for row in table.rows] == [
        ["姓名", "伤情"],
        ["甲某", ""],
        ["乙某", "轻伤3处"],
    ]
    assert Span(table.start, table.end) == Span(3, len(document.text))
    assert document.removed == (Removed(1, "&nbsp;", "artifact"),)


def test_printed_numbers_stand_before_the_text() -> None:
    blocks = (
        RawBlock("heading", "总 则", level=1, label="第一章"),
        RawBlock("paragraph", "应当检测。", label="第一条"),
        RawBlock("paragraph", "检测氧含量；", label="（一）"),
        RawBlock("paragraph", "阀门应当关闭。", label="5.2.1"),
    )
    document = clean(RawDocument("docx", (RawPage(1, blocks, "text", file_characters=20),)))
    assert texts(document) == ["第一章总则", "第一条应当检测。", "（一）检测氧含量；", "5.2.1 阀门应当关闭。"]
    labels = [document.text[b.start : b.label_end] for b in document.blocks]
    assert labels == ["第一章", "第一条", "（一）", "5.2.1"]
    assert document.blocks[0].kind == "heading" and document.blocks[0].level == 1
    assert document.pages[0].kept_characters == 20


def test_pages_without_text_keep_their_place_and_status() -> None:
    raw = RawDocument(
        "pdf",
        (
            RawPage(1, (), "empty"),
            RawPage(2, (RawBlock("line", "甲项说明。"),), "text", file_characters=5),
            RawPage(3, (), "unread", problem="扫描件，未识别"),
            RawPage(4, (RawBlock("line", "乙项说明。"),), "text", file_characters=5),
            RawPage(5, (), "empty"),
        ),
    )
    document = clean(raw)
    assert [page.start for page in document.pages] == [0, 0, 6, 6, 11]
    assert [document.page_at(at) for at in (0, 6, 10)] == [2, 4, 4]
    assert document.pages[2].problem == "扫描件，未识别"
    assert [page.kept_characters for page in document.pages] == [0, 5, 0, 5, 0]


def test_a_file_without_any_text_is_an_empty_document() -> None:
    document = clean(RawDocument("pdf", (RawPage(1, (), "empty"),), warnings=("没有文字",)))
    assert document.text == ""
    assert document.blocks == ()
    assert document.page_at(0) == 1
    assert document.warnings[0] == "没有文字"
    assert document.warnings[1].startswith("文件里没有文字")
