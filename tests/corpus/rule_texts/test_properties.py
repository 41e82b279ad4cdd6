"""Generated laws: whatever their parts, nothing is lost and every number comes back."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.corpus.rule_texts.texts import document, uncovered

from qianche.corpus.rule_texts.articles import to_articles, units
from qianche.corpus.rule_texts.parse import parse_rule
from qianche.corpus.rule_texts.tree import walk
from qianche.corpus.statutes import parse_article, to_chinese

WORDS = st.text(alphabet="安全生产应当检查设备人员登记通风照明", min_size=2, max_size=12)
SENTENCES = WORDS.map(lambda words: f"{words}。")
SPACES = st.sampled_from(["", " ", "　", "  "])


@st.composite
def articles(draw: st.DrawFn) -> list[str]:
    """The lines of one article, without its number."""
    lines = [draw(SENTENCES)]
    for _ in range(draw(st.integers(0, 2))):
        count = draw(st.integers(2, 4))
        lines.append(f"{draw(WORDS)}：")
        lines += [
            f"（{to_chinese(n)}）{draw(WORDS)}{'；' if n < count else '。'}" for n in range(1, count + 1)
        ]
    return lines


@st.composite
def laws(draw: st.DrawFn) -> tuple[list[str], int]:
    """The lines of a law with chapters, and its number of articles."""
    lines, number = [f"{draw(WORDS)}管理条例"], 0
    for chapter in range(1, draw(st.integers(1, 4)) + 1):
        if chapter > 1 or draw(st.booleans()):
            lines.append(f"第{to_chinese(chapter)}章{draw(SPACES)}{draw(WORDS)}")
        for _ in range(draw(st.integers(1, 5))):
            number += 1
            first, *rest = draw(articles())
            lines += [f"第{to_chinese(number)}条{draw(SPACES)}{first}", *rest]
    return lines, number


@settings(max_examples=60, deadline=None, derandomize=True)
@given(laws())
def test_a_generated_law_keeps_every_character_and_number(law: tuple[list[str], int]) -> None:
    lines, count = law
    made = document(*lines)
    draft = parse_rule(made)
    assert uncovered(draft, made) == ""
    assert [n.number for n in walk(draft.body) if n.kind == "条"] == [str(n) for n in range(1, count + 1)]
    assert not [e for e in draft.exceptions if "第" in e and "条" in e and "施行" not in e]
    for article in to_articles(draft, made, "r@2020-01-01"):
        assert article.paragraphs == parse_article(article.text)


PIECES = st.sampled_from([
    "第一条", "第二条 ", "第五条规定的", "第一章 总则", "第二章", "附则", "附件1", "附：", "目录", "一、", "二、检查",
    "（一）甲；", "1.乙；", "1.1 丙", "1.2丁。", "2 戊", "2021年6月10日", "某市应急管理局", "本办法自2020年1月1日起施行。",
    "应当检查。", "《渡口办法》", "关于印发《渡口办法》的通知", "某安办〔2024〕2号", "各县：", "①己；", "a)庚；", "”", "（",
])  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.lists(PIECES, min_size=1, max_size=4).map("".join), max_size=14))
def test_no_order_of_pieces_loses_a_character_or_fails(lines: list[str]) -> None:
    made = document(*lines)
    draft = parse_rule(made)
    assert uncovered(draft, made) == ""
    units(draft, made)
    numbers = [article.number for article in to_articles(draft, made, "r@2020-01-01")]
    assert len(numbers) == len(set(numbers))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.text(max_size=40).map(lambda text: text.replace("\n", " ")), max_size=8))
def test_arbitrary_text_is_kept(lines: list[str]) -> None:
    made = document(*lines)
    assert uncovered(parse_rule(made), made) == ""
