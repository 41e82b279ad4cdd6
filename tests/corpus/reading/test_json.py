"""JSON of any shape: its texts in order, one document a record; metadata is counted, not mixed in."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats.json_file import read_json
from qianche.corpus.reading.limits import DEFAULT_LIMITS, Limits
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument


def read(value: object, limits: Limits = DEFAULT_LIMITS) -> tuple[RawDocument, ...]:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return read_json(data, limits)


def blocks(document: RawDocument) -> list[tuple[str, str, str]]:
    return [(block.kind, block.label, block.text) for block in document.pages[0].blocks]


CRAWLED = {
    "title": "某县“1·2”坍塌事故调查报告.docx",
    "category": "典型事故案例",
    "source_url": "https://example.org/a.docx",
    "chapters": [
        {
            "chapter": "正文",
            "articles": [
                {"no": "第1条", "content": "一、事故经过"},
                {"no": "第2条", "content": "2024年1月2日，某工地发生坍塌。"},
            ],
        }
    ],
}


def test_a_crawled_report_is_title_and_paragraphs_without_the_numbers_of_the_crawler() -> None:
    (document,) = read(CRAWLED)
    assert blocks(document) == [
        ("heading", "", "某县“1·2”坍塌事故调查报告"),
        ("paragraph", "", "一、事故经过"),
        ("paragraph", "", "2024年1月2日，某工地发生坍塌。"),
    ]
    assert document.title == "某县“1·2”坍塌事故调查报告"
    # .docx 5, 典型事故案例 6, the address 26, 正文 2, 第1条 and 第2条 6
    assert document.warnings == (
        "略去了说明性字段（title、category、source_url、chapter、no）共 45 字，只取标题和正文。",
    )


def test_the_numbers_of_a_crawled_law_are_its_own() -> None:
    (document,) = read(
        {
            "law_name": "某市安全规定",
            "chapters": [
                {
                    "chapter_title": "第一章 总则",
                    "articles": [{"num": "第一条", "text": "为了安全，制定本规定。"}],
                },
                {
                    "chapter_title": "第二章 附则",
                    "articles": [{"num": "第二条", "text": "本规定自公布之日起施行。"}],
                },
            ],
        }
    )
    assert blocks(document) == [
        ("heading", "", "某市安全规定"),
        ("heading", "", "第一章 总则"),
        ("paragraph", "第一条", "为了安全，制定本规定。"),
        ("heading", "", "第二章 附则"),
        ("paragraph", "第二条", "本规定自公布之日起施行。"),
    ]
    assert document.warnings == ()


@pytest.mark.parametrize("lines", [True, False])
def test_every_record_is_a_document(lines: bool) -> None:
    told = "某厂发生火灾，造成一人受伤，原因是电焊火花引燃了可燃物，现场无人监护。" * 3
    records = [{"no": 39, "text": told}, {"no": 40, "text": told + "\n其后整改。"}]
    data = "\n".join(json.dumps(r, ensure_ascii=False) for r in records).encode() if lines else records
    first, second = read(data)
    assert blocks(first) == [("paragraph", "", told)]
    assert blocks(second) == [("paragraph", "", told), ("paragraph", "", "其后整改。")]


def test_short_records_are_pieces_of_one_text() -> None:
    (document,) = read([{"type": "p", "text": "第一段。"}, {"type": "p", "text": "第二段。"}])
    assert [text for _, _, text in blocks(document)] == ["第一段。", "第二段。"]


def test_plain_lists_and_long_sentences_are_texts_whatever_their_key() -> None:
    long = "二〇二四年一月二日，某工地基坑边坡失稳坍塌，两名工人被埋，经抢救无效死亡。"
    (document,) = read({"data": ["甲。", "乙。"], "x1": long, "status": "现行有效", "count": 3})
    assert [text for _, _, text in blocks(document)] == ["甲。", "乙。", long]


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [
        (b'{"a": "b"', "damaged", "第 1 行第 10 个"),
        (b'{"a": 1}\n{"a": }\n', "damaged", "第 2 行第 7 个"),
        (b'{\n "a": x\n}', "damaged", "第 2 行第 7 个"),
        (b"[" * 100_000, "too-deep", "嵌套过深"),
        (b"[" + b"9" * 10_000 + b"]", "damaged", "过长的数字"),
    ],
)
def test_a_mistake_is_told_with_its_place(data: bytes, code: str, told: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read(data)
    assert (caught.value.code, told in caught.value.message) == (code, True)


def test_a_paragraph_beyond_the_limit_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read({"text": "甲" * 50 + "\n" + "乙" * 51}, Limits(paragraph_characters=50))
    assert (caught.value.code, "51 字" in caught.value.message) == ("line-too-long", True)


def test_more_records_than_pages_are_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read([{"text": "甲" * 100}] * 3, Limits(pages=2))
    assert "3 条记录" in caught.value.message


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["title", "no", "content", "x"]) | st.text(max_size=5), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_json_keeps_every_character_it_counts(value: object) -> None:
    try:
        documents = read(json.dumps(value).encode())
    except QiancheError as problem:
        assert problem.message.endswith("。")
        return
    for document in documents:
        page = document.pages[0]
        held = sum(not c.isspace() for block in page.blocks for c in block.text)
        assert held == page.file_characters


def test_lines_broken_by_a_margin_are_lines() -> None:
    text = "\n".join(["某矿井下综采工作面发生顶板事故，当班工人在支护不到位的情况下冒"] * 6)
    (document,) = read({"text": text})
    assert {block.kind for block in document.pages[0].blocks} == {"line"}
    assert isinstance(document.pages[0].blocks[0], RawBlock)
