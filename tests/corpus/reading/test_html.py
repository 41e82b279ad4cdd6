"""Web pages: blocks as a browser shows them, whatever the source looks like."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.reading.reading_checks import nothing_is_lost, texts

from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.formats.html import read_html
from qianche.corpus.reading.formats.mhtml import read_mhtml
from qianche.corpus.reading.limits import DEFAULT_LIMITS
from qianche.corpus.reading.problems import Unreadable
from qianche.corpus.reading.raw import RawBlock, RawDocument


def read(source: str) -> RawDocument:
    """Return a page that lost nothing."""
    document = read_html(source.encode(), DEFAULT_LIMITS)
    assert nothing_is_lost(document)
    return document


def blocks(source: str) -> tuple[RawBlock, ...]:
    """Return the blocks of a page."""
    return read(source).pages[0].blocks


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>甲<b>乙</b><span>丙</span>丁</p>", ["甲乙丙丁"]),
        ("<p>某<font>厂</font>\n于<a href='x'>8时</a></p>", ["某厂 于8时"]),
        ("甲<br>乙<br/>丙", ["甲", "乙", "丙"]),
        ("<div>甲<div>乙</div>丙</div>", ["甲", "乙", "丙"]),
        ("<p>甲<p>乙", ["甲", "乙"]),
        ("<p>&nbsp;&nbsp;　甲&nbsp;乙&mdash;&#x4e19;</p>", ["\xa0\xa0　甲\xa0乙—丙"]),
        ("<pre>甲\n  乙\n\n丙</pre>", ["甲", "  乙", "丙"]),
        ("<p>浓度<5%，a < b</p>", ["浓度<5%，a < b"]),
        ("<!-- 注 --><p title='a>b'>甲<!-- <p>乙 --></p><![if !x]>丙<![endif]>", ["甲", "丙"]),
        ("<p>甲<o:p></o:p></p><style>p{}</style><script>var a='<p>x</p>'</script>", ["甲"]),
        ("<dl><dt>名称<dd>某矿</dl>", ["名称", "某矿"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("甲 &lt;乙&gt; &amp;nbsp;", ["甲 <乙> &nbsp;"]),
    ],
)
def test_block_elements_part_and_inline_elements_do_not(source: str, expected: list[str]) -> None:
    assert texts(read(source)) == expected


def test_headings_have_levels_and_the_title_is_only_a_hint() -> None:
    document = read(
        "<html><head><title> 通报\n全文 </title></head><body><h1>通报</h1><h3>一、<i>经过</i></h3><p>甲</p>"
    )
    assert document.title == "通报 全文"
    assert [(b.kind, b.level, b.text) for b in document.pages[0].blocks] == [
        ("heading", 1, "通报"), ("heading", 3, "一、经过"), ("paragraph", None, "甲"),
    ]  # fmt: skip


def test_numbers_of_lists_are_labels() -> None:
    source = "<ol start=3><li>甲<li><p>乙</p><ol type=a><li>子</ol><li value=9>丙</ol>"
    assert [(b.label, b.text) for b in blocks(source)] == [
        ("3.", "甲"),
        ("4.", "乙"),
        ("a.", "子"),
        ("9.", "丙"),
    ]


def test_an_empty_line_is_noted() -> None:
    assert [b.blank_before for b in blocks("甲<br><br>乙<br>丙")] == [False, True, False]


def test_a_table_of_data_is_a_table_with_merged_cells_once() -> None:
    source = (
        "<table><caption>伤亡</caption><thead><tr><th>单位<th colspan=2>人数</thead><tr><td rowspan=2>甲厂<td>死亡<td>1"
        "<tr><td>受伤<td><p>2</p><p>另1人轻伤</p></table>后"
    )
    caption, table, after = blocks(source)
    assert (caption.text, after.text) == ("伤亡", "后")
    assert table.rows == (("单位", "人数", ""), ("甲厂", "死亡", "1"), ("", "受伤", "2\n另1人轻伤"))


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td><p>甲甲</p><p>乙乙</p><p>丙丙</p></table>",
        "<table><tr><td>导航<td><table><tr><td><p>甲甲</p><p>乙乙</p><p>丙丙</p></table></table>".replace(
            "导航", ""
        ),
        "<table><tr><td>甲甲<tr><td>乙乙<tr><td>丙丙</table>",
    ],
)
def test_a_table_that_arranges_the_page_is_paragraphs(source: str) -> None:
    assert texts(read(source)) == ["甲甲", "乙乙", "丙丙"]


def test_a_column_of_links_beside_the_text_does_not_make_the_text_a_cell() -> None:
    text = "".join(f"<p>第{number}段，这里是正文，讲事故的经过。</p>" for number in "一二三四")
    found = blocks(f"<table><tr><td>栏目</td><td>{text}</td></tr></table>")
    assert [block.kind for block in found] == ["paragraph"] * 5


def test_a_form_with_one_long_answer_stays_a_table() -> None:
    answer = "".join(f"<p>第{number}段，这里讲事故的经过，比别的格子都长得多。</p>" for number in "一二三四")
    rows = "".join(f"<tr><td>{name}<td>某{name}" for name in ("单位", "时间", "地点"))
    assert [b.kind for b in blocks(f"<table>{rows}<tr><td>经过<td>{answer}</table>")] == ["table"]


def test_what_a_page_hides_or_only_navigates_with_is_left_out_and_counted() -> None:
    source = "<nav>首页 <a>新闻</a></nav><p hidden>藏</p><p style='display : none'>起<script>x</script></p><button>打印</button>"
    document = read(f"{source}<p>正文</p><noscript>请启用脚本</noscript>")
    assert texts(document) == ["正文"]
    assert "共 8 字" in document.warnings[0]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [("gb18030", "gb2312"), ("gb18030", "GBK"), ("utf-8", "gb2312"), ("gb18030", "utf-8"), ("gb18030", None),
     ("big5", "big5"), ("utf-16", None), ("utf-8-sig", "gbk"), ("gb18030", "iso-8859-1"), ("gb18030", "nonsense")],
)  # fmt: skip
def test_the_encoding_is_found_even_where_the_page_is_wrong_about_it(
    encoding: str, declared: str | None
) -> None:
    text = (
        "煤礦安全監察" if encoding == "big5" else "煤矿镕㙍安全" if encoding.startswith("gb") else "煤矿安全"
    )
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    assert texts(read_html(f"{meta}<p>{text}</p>".encode(encoding), DEFAULT_LIMITS)) == [text]


def test_bytes_that_fit_nowhere_are_replaced_and_counted() -> None:
    data = (
        "<p>安全生产责任制度</p>".encode("gb18030")
        + b"<p>\xff\xff</p>"
        + "<p>事故调查报告</p>".encode("gb18030") * 20
    )
    document = read_html(data, DEFAULT_LIMITS)
    assert texts(document)[:3] == ["安全生产责任制度", "��", "事故调查报告"]
    assert "2 处字节无法辨认" in document.warnings[0]


def test_a_page_without_text_is_empty() -> None:
    (page,) = read("<html><!-- x --><body> &nbsp; </body></html>").pages
    assert (page.status, page.blocks) == ("empty", ())


def test_two_thousand_nested_tags_are_read_and_ten_thousand_refused() -> None:
    assert texts(read("<div><font>" * 1000 + "底")) == ["底"]
    with pytest.raises(Unreadable) as caught:
        read_html(("<div>" * 10_000 + "底").encode(), DEFAULT_LIMITS)
    assert caught.value.code == "too-deep"


@pytest.mark.parametrize("piece", ["<a href='", "<script", "<!--", "<", "<td>", "&"])
def test_a_page_of_one_broken_piece_again_and_again_takes_no_time(piece: str) -> None:
    started = time.perf_counter()
    read_html((piece * 20_000).encode(), DEFAULT_LIMITS)
    assert time.perf_counter() - started < 5  # a quadratic pattern would need minutes


MAIL = """From: <Saved by Browser>
MIME-Version: 1.0
Content-Type: multipart/related; boundary="xx"; type="text/html"

--xx
Content-Type: image/png
Content-Transfer-Encoding: base64

iVBORw0KGgo=
--xx
Content-Type: text/html; charset="gb2312"
Content-Transfer-Encoding: quoted-printable

<p>=B0=B2=C8=AB</p>
--xx--
"""


def test_a_web_archive_gives_its_page_by_the_encoding_in_the_header() -> None:
    document = read_mhtml(MAIL.encode(), DEFAULT_LIMITS)
    assert (document.format, texts(document)) == ("html", ["安全"])
    assert nothing_is_lost(document)


def test_a_web_archive_without_a_page_is_refused() -> None:
    with pytest.raises(Unreadable) as caught:
        read_mhtml(MAIL.replace("text/html", "text/css").encode(), DEFAULT_LIMITS)
    assert caught.value.code == "damaged"


SOUP = (
    "<p> </p> <table> <tr> <td§colspan=9999999> <td§rowspan=3> </table> <ol§start=x> <li§value=-5> <pre> <nav> <b> </b>"
    ' <h2> <br> <!-- --> <title> <style> 甲 &#0; &#55357; <a§b=" " < > <caption> \x00 §'
)
PIECES = st.lists(st.sampled_from(SOUP.split(" ")).map(lambda piece: piece.replace("§", " ")), max_size=40)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PIECES)
def test_any_tag_soup_gives_a_document_or_a_clear_error(pieces: list[str]) -> None:
    try:
        read_html("".join(pieces).encode(), DEFAULT_LIMITS)
    except QiancheError as problem:
        assert problem.message.endswith("。")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.integers(0, len(MAIL)), st.binary(max_size=8))
def test_any_web_archive_gives_a_document_or_a_clear_error(place: int, change: bytes) -> None:
    data = MAIL.encode()
    try:
        read_mhtml(data[:place] + change + data[place + len(change) :], DEFAULT_LIMITS)
    except QiancheError as problem:
        assert problem.message.endswith("。")
