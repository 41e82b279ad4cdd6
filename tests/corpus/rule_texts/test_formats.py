"""One law of our own as Word, web page, text, Markdown and PDF, through the real readers: the same tree from each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from io import BytesIO

import docx
import pytest
from tests.corpus.reading.pdf_files import Sheet, Text, pdf_file
from tests.corpus.rule_texts.texts import shape, uncovered

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.document import Document
from qianche.corpus.reading.read import read
from qianche.corpus.rule_texts.articles import to_articles
from qianche.corpus.rule_texts.parse import parse_rule
from qianche.corpus.statutes import to_chinese

TITLE = "某省渡口安全管理条例"
HISTORY = "（2019年3月2日某省第十三届人民代表大会常务委员会第八次会议通过）"
CHAPTERS = ("总则", "渡口的设置", "渡船和渡工", "监督检查", "法律责任", "附则")
PER_CHAPTER = 7
LINE = 36
"""Characters on a line of the PDF page."""

# Three kinds of article in turn; the tree of each is written beside it.
PLAIN = (
    "渡口应当设置在水流平缓、便于上下船的岸边，并且与桥梁、取水口保持足够的距离，具体距离由县级人民政府确定。",
)
TWO = (
    "渡工应当经过培训并且考试合格，年满十八周岁，身体健康，没有妨碍驾驶渡船的疾病，每年参加一次安全教育。",
    "渡工饮酒以后不得驾驶渡船；发现渡工饮酒的，乘客有权拒绝乘坐，并且可以向乡镇人民政府报告。",
)
ITEMS = (
    "渡船有下列情形之一的，不得载客：",
    "（一）没有检验证书，或者检验证书已经超过有效期的；",
    "（二）救生衣的数量少于核定的乘客人数，或者救生设备不能使用的；",
    "（三）遇有大风、大雾、洪水等恶劣天气，能见度不足以保证航行安全的。",
)
KINDS = ((PLAIN, "款1"), (TWO, "款1 款2"), (ITEMS, "款1(项1 项2 项3)"))


@dataclass(frozen=True)
class Law:
    """The lines of the law, which of them are headings, and the tree worked out by hand."""

    lines: tuple[str, ...]
    tree: str


def law() -> Law:
    """Return a law of six chapters with seven articles each, contents before it."""
    headings = [f"第{to_chinese(n)}章　{title}" for n, title in enumerate(CHAPTERS, 1)]
    lines = [TITLE, HISTORY, "目　录", *headings]
    tree, number = [], 0
    for chapter, heading in enumerate(headings, 1):
        lines.append(heading)
        below = []
        for _ in range(PER_CHAPTER):
            text, units = KINDS[number % len(KINDS)]
            number += 1
            lines += [f"第{to_chinese(number)}条　{text[0]}", *text[1:]]
            below.append(f"条{number}({units})")
        tree.append(f"章{chapter}({' '.join(below)})")
    return Law(tuple(lines), " ".join(tree))


def as_docx(lines: tuple[str, ...]) -> Document:
    """Return the law as a Word file reads, headings by style."""
    file = docx.Document()
    for line in lines:
        file.add_paragraph(line, style="Heading 1" if line.startswith("第") and "章" in line[:4] else None)
    data = BytesIO()
    file.save(data)
    return clean(read(data.getvalue(), "law.docx"))


def as_html(lines: tuple[str, ...]) -> Document:
    """Return the law as a web page reads, with a bold number and no-break spaces."""
    body = "".join(f"<p>&nbsp;&nbsp;{_bold(escape(line))}</p>\n" for line in lines)
    page = f"<html><head><meta charset='utf-8'><title>条例</title></head><body>{body}</body></html>"
    return clean(read(page.encode(), "law.html"))


def _bold(line: str) -> str:
    """Return the line with its number in bold, as web pages print it."""
    number, space, rest = line.partition("　")
    return f"<strong>{number}</strong>{space}{rest}" if space and number.endswith("条") else line


def as_text(lines: tuple[str, ...]) -> Document:
    """Return the law as a text file in GB18030 reads, indented, with blank lines between."""
    return clean(read("\n\n".join(f"　　{line}" for line in lines).encode("gb18030"), "law.txt"))


def as_markdown(lines: tuple[str, ...]) -> Document:
    """Return the law as Markdown reads: front matter, headings, bold numbers."""
    text = "---\ntitle: 另一个名称\n---\n" + "\n\n".join(_marked(line) for line in lines)
    return clean(read(text.encode(), "law.md"))


def _marked(line: str) -> str:
    """Return the line with its mark of a heading or of a number."""
    if line == TITLE:
        return f"# {line}"
    if line.startswith("第") and "章" in line[:4]:
        return f"## {line}"
    return _bold(line).replace("<strong>", "**").replace("</strong>", "**")


def as_pdf(lines: tuple[str, ...]) -> Document:
    """Return the law as a PDF reads: lines broken at the margin, page numbers below."""
    rows: list[str] = []
    for line in lines:
        padded = line if line in (TITLE, "目　录") else f"　　{line}"
        rows += [padded[at : at + LINE] for at in range(0, len(padded), LINE)]
    sheets = []
    for page, first in enumerate(range(0, len(rows), 34), 1):
        items = [Text(row.lstrip("　"), 72 + 12 * (len(row) - len(row.lstrip("　"))), 780 - 20 * n)
                 for n, row in enumerate(rows[first : first + 34])]  # fmt: skip
        sheets.append(Sheet([*items, Text(f"- {page} -", 290, 40)]))
    return clean(read(pdf_file(sheets), "law.pdf"))


FORMATS = (as_docx, as_html, as_text, as_markdown, as_pdf)


@pytest.mark.parametrize("read", FORMATS)
def test_every_format_gives_the_tree_worked_out_by_hand(read: Callable[[tuple[str, ...]], Document]) -> None:
    source = law()
    document = read(source.lines)
    draft = parse_rule(document)
    assert draft.title == TITLE
    assert shape(draft.body) == source.tree
    assert uncovered(draft, document) == ""
    assert not [e for e in draft.exceptions if "缺少" in e or "重复" in e]


@pytest.mark.parametrize("read", FORMATS)
def test_every_format_gives_the_same_articles(read: Callable[[tuple[str, ...]], Document]) -> None:
    document = read(law().lines)
    articles = to_articles(parse_rule(document), document, "ferry@2019-03-02")
    assert len(articles) == len(CHAPTERS) * PER_CHAPTER
    for index, article in enumerate(articles):
        assert "".join(article.text.split()) == "".join(KINDS[index % len(KINDS)][0])
        assert (
            article.path[0].text
            == f"第{to_chinese(index // PER_CHAPTER + 1)}章 {CHAPTERS[index // PER_CHAPTER]}"
        )
