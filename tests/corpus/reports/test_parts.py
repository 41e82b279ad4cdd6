"""The parts of reports: golden documents worked out by hand, and what holds for every document."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reports.documents import Golden, document, whole
from tests.corpus.reports.golden import GOLDEN
from tests.corpus.reports.golden_late import GOLDEN_LATE
from tests.corpus.reports.golden_more import GOLDEN_MORE
from tests.corpus.reports.golden_short import GOLDEN_SHORT

from qianche.corpus.reading.document import Document, Span
from qianche.corpus.reports.parts import find_parts


def outline(doc: Document) -> list[tuple[str, str]]:
    parts = find_parts(doc, whole(doc))
    joined = [next(group) for _, group in groupby(parts, key=lambda part: part.kind)]
    return [(part.kind, doc.quote(part.span)[:10]) for part in joined]


@pytest.mark.parametrize(
    "golden", GOLDEN + GOLDEN_MORE + GOLDEN_SHORT + GOLDEN_LATE, ids=lambda golden: golden.name
)
def test_a_report_has_the_parts_that_a_reader_sees(golden: Golden) -> None:
    expected = [(kind, text.split("\n")[0]) for kind, text in golden.expected]
    assert [(kind, text.split("\n")[0]) for kind, text in outline(golden.document)] == expected


PARAGRAPHS = st.sampled_from(
    [
        "某厂“3·2”爆炸事故调查报告", "一、事故经过", "（一）事故直接原因", "（一）安全管理制度不健全。",
        "二、事故原因：吊索断裂。",
        "3月2日8时，工人听到一声巨响。", "防范措施:", "1、加强管理。", "事故类别：顶板", "死亡人数：1", "地点：井口",
        "附件：平面图",
        "目录", "一、经过……1", "建议给予撤职处分。", "  ", "【经验教训】", "经认定，这是一起责任事故。",
        "七、", "（三）", "Findings", "ａ。b。",
    ]
)  # fmt: skip


def covered(doc: Document, span: Span) -> None:
    parts = find_parts(doc, span)
    gaps = [span.start, *(part.span.end for part in parts)], [*(part.span.start for part in parts), span.end]
    for end, start in zip(*gaps, strict=True):
        assert start >= end
        assert not doc.text[end:start].strip()
    for part in parts:
        assert part.span.start < part.span.end
        if part.heading is not None:
            assert part.span.start <= part.heading.start < part.heading.end <= part.span.end


@settings(max_examples=150, deadline=None)
@given(st.lists(PARAGRAPHS, max_size=14))
def test_every_character_is_in_exactly_one_part(paragraphs: list[str]) -> None:
    doc = document(*paragraphs)
    covered(doc, whole(doc))


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("一二、（）1.事故原因经过直接：:。 \t“”【】3年月日①", max_size=30), max_size=8),
    st.data(),
)
def test_any_text_and_any_span_of_it_is_covered(paragraphs: list[str], data: st.DataObject) -> None:
    doc = document(*(text.replace("\n", "") for text in paragraphs))
    start = data.draw(st.integers(0, len(doc.text)))
    covered(doc, Span(start, data.draw(st.integers(start, len(doc.text)))))


def test_a_heading_is_kept_apart_from_the_text_of_its_part() -> None:
    doc = document("一、事故经过", "3月2日8时起火。", "二、事故直接原因：电线短路。")
    course, cause = find_parts(doc, whole(doc))
    assert doc.quote(course.heading or course.span) == "一、事故经过"
    assert doc.quote(cause.heading or cause.span) == "二、事故直接原因："


def test_a_heading_without_text_belongs_to_the_part_after_it() -> None:
    doc = document("四、事故原因", "（一）直接原因", "电线短路。", "（二）间接原因", "无人巡查。")
    direct, indirect = find_parts(doc, whole(doc))
    assert (direct.kind, indirect.kind) == ("direct_cause", "indirect_cause")
    assert direct.span.start == 0
    assert doc.quote(direct.heading or direct.span) == "四、事故原因\n（一）直接原因"


def test_items_that_read_like_headings_stay_in_their_list() -> None:
    doc = document(
        "五、防范措施",
        "（一）吸取事故教训",
        "开展警示教育。",
        "（二）应急救援",
        "配齐器材。",
        "（三）责任追究",
        "严肃问责。",
    )
    assert [part.kind for part in find_parts(doc, whole(doc))] == ["measures"]


def test_a_document_without_text_has_no_parts() -> None:
    doc = document("")
    assert find_parts(doc, whole(doc)) == ()


def test_a_text_that_tells_nothing_of_an_accident_is_one_part() -> None:
    doc = document("食堂改造下周三完成招标，请各科室配合做好腾退工作，并于周五前报送名单。")
    assert len(find_parts(doc, whole(doc))) == 1


def test_unnumbered_headings_under_numbered_ones_do_not_swallow_the_next_number() -> None:
    doc = document(
        "1.事故经过：2005年12月25日11时，卷扬机司机程某被钢丝绳带倒。",
        "2.事故原因", "直接原因", "1、卷筒没有护罩。", "2、司机着装不合要求。", "间接原因", "卷扬机没有验收。",
        "3.事故教训", "卷筒应当设护罩。",
    )  # fmt: skip
    assert outline(doc) == [
        ("course", "1.事故经过：200"),
        ("direct_cause", "2.事故原因\n直接原"),
        ("indirect_cause", "间接原因\n卷扬机没有"),
        ("lessons", "3.事故教训\n卷筒应"),
    ]


def test_numbered_causes_under_an_unnumbered_heading_stay_below_it() -> None:
    doc = document(
        "事故经过", "3月2日8时，程某被钢丝绳带倒。",
        "事故原因", "1.直接原因：卷筒没有护罩。", "2.间接原因：卷扬机没有验收。", "防范措施", "1.加装护罩。", "2.严格验收。",
    )  # fmt: skip
    assert [kind for kind, _ in outline(doc)] == ["course", "direct_cause", "indirect_cause", "measures"]
