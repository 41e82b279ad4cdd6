"""What holds for every file: no character lost, anchors in order, clean text stays as it is."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.cleaning.characters import repair
from qianche.corpus.reading.cleaning.slips import mend
from qianche.corpus.reading.cleaning.spaces import tidy
from qianche.corpus.reading.document import Document
from qianche.corpus.reading.raw import RawBlock, RawDocument, RawPage

FRAGMENTS = (
    "一、事故经过", "（二）现场情况", "第一章 总 则", "第三条 ", "（三）项", "1.", "2.", "5.2.1 ",
    "11.5.14.2 的", "(2)", "①", "事故发生后，", "没有检测气体", "造成 3 人死亡", "。", "，", "；", "：",
    "“先检测", "”", "《青河县规定》", "（GB/T", "7588-2020）", "2021 年", "6 月 3 日", "目 录", "……12",
    ".......3", "- 3 -", "3", "第 2 页", "4为此", "[1]", "[2]《规定》第三条：", "50[1]《规定》", "the exami-",
    "nation was", " in ", "in-", "flight", "&nbsp;", r"\n", "\u3000\u3000", "\u200b", "８％", "⒉", "⼯",
    "的", "和", " ", "(二〉", "（二）事故发生经过通过询问，查明。", "为期I个月", '"', "附件：", "A", "-", "/",
    "b)", "%", "(", ")", "•",
)  # fmt: skip
LINES = st.lists(st.sampled_from(FRAGMENTS), min_size=0, max_size=7).map("".join)
ANY_LINES = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="&\\"), max_size=12
) | st.text("甲乙，。、一二三123.()（） ab-“”《》目录…\n\t\u3000", max_size=12)
KINDS = st.sampled_from(("line", "line", "line", "paragraph", "heading"))
BLOCKS = st.builds(
    RawBlock,
    KINDS,
    LINES | ANY_LINES,
    label=st.sampled_from(("", "", "", "第三条", "5.2", "（一）", "a)", "1")),
    left=st.none() | st.sampled_from((60.0, 84.0)),
    size=st.none() | st.sampled_from((10.0, 12.0, 20.0)),
    blank_before=st.booleans(),
)
TABLES = st.lists(st.lists(LINES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(
    lambda rows: RawBlock("table", rows=tuple(rows))
)
PAGES = st.lists(
    st.tuples(
        st.lists(BLOCKS | BLOCKS | BLOCKS | TABLES, max_size=6), st.sampled_from(("text", "text", "ocr"))
    ),
    min_size=1,
    max_size=4,
)
DOCUMENTS = st.builds(
    lambda fmt, pages: RawDocument(
        fmt,
        tuple(RawPage(number, tuple(blocks), status) for number, (blocks, status) in enumerate(pages, 1)),
    ),
    st.sampled_from(("pdf", "text", "html", "docx")),
    PAGES,
)


def visible(text: str) -> Counter[str]:
    """Count the non-space characters."""
    return Counter(character for character in text if not character.isspace())


def mapped(raw: RawDocument) -> Counter[str]:
    """Count the file's characters after the documented mapping, artifacts and labels with them."""
    total: Counter[str] = Counter()
    for page in raw.pages:
        for block in page.blocks:
            for text in (block.text, *(cell for row in block.rows for cell in row)):
                repaired, dropped = repair(text)
                total += visible(dropped)
                for line in repaired.split("\n"):
                    slipped = page.status == "ocr" and block.kind != "table"
                    total += visible(mend(tidy(line))[0] if slipped else line)
            total += visible(repair(block.label)[0])
    return total


def characters_by_page(document: Document) -> Counter[tuple[int, str]]:
    """Count the text's non-space characters by the page that the anchors name, labels left out."""
    total: Counter[tuple[int, str]] = Counter()
    for block in document.blocks:
        for at in range(block.label_end or block.start, block.end):
            if not document.text[at].isspace():
                total[document.page_at(at), document.text[at]] += 1
    return total


def assert_no_character_is_lost(raw: RawDocument, document: Document) -> None:
    """The file's characters are those of the text and of what is listed as removed."""
    listed = sum((visible(entry.text) for entry in document.removed), Counter[str]())
    assert visible(document.text) + listed == mapped(raw)


def assert_anchors_are_in_order(raw: RawDocument, document: Document) -> None:
    """Blocks cover the text but for the newlines between them, pages ascend."""
    at = 0
    for index, block in enumerate(document.blocks):
        assert block.start == (at + 1 if index else 0)
        assert block.end >= block.start
        assert block.kind == "table" or "\n" not in document.text[block.start : block.end]
        at = block.end
    assert at == len(document.text)
    starts = [page.start for page in document.pages]
    assert starts == sorted(starts) and starts[0] == 0
    assert [page.number for page in document.pages] == [page.number for page in raw.pages]


def assert_pages_hold_their_own(raw: RawDocument, document: Document) -> None:
    """Every character is found on the page it came from, and each page counts its own."""
    found = characters_by_page(document)
    for page, anchored in zip(raw.pages, document.pages, strict=True):
        listed = sum((visible(e.text) for e in document.removed if e.page == page.number), Counter[str]())
        here = Counter({c: n for (number, c), n in found.items() if number == page.number})
        labels = sum((visible(repair(block.label)[0]) for block in page.blocks), Counter[str]())
        of_file = mapped(RawDocument(raw.format, (page,)))
        assert here + listed <= of_file <= here + listed + labels
        assert here.total() == anchored.kept_characters


def assert_clean_text_stays(document: Document) -> None:
    """Cleaning the clean text, block by block, changes nothing."""
    blocks = tuple(
        RawBlock("table", rows=tuple(tuple(map(document.quote, row)) for row in block.rows))
        if block.kind == "table"
        else RawBlock(block.kind, document.text[block.start : block.end])
        for block in document.blocks
    )
    again = clean(RawDocument("docx", (RawPage(1, blocks, "text"),)))
    assert again.text == document.text
    assert not again.removed


@settings(max_examples=150, deadline=None, derandomize=True)
@given(DOCUMENTS)
def test_whatever_the_file_nothing_is_lost_and_every_anchor_holds(raw: RawDocument) -> None:
    document = clean(raw)
    assert_no_character_is_lost(raw, document)
    assert_anchors_are_in_order(raw, document)
    assert_pages_hold_their_own(raw, document)
    assert_clean_text_stays(document)
