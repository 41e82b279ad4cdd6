"""Articles and units made from drafts: texts, spans and paths worked out by hand."""

from __future__ import annotations

from tests.corpus.rule_texts.texts import document

from qianche.corpus.rule_texts.articles import Unit, to_articles, units
from qianche.corpus.rule_texts.parse import parse_rule
from qianche.corpus.rules import Heading
from qianche.corpus.statutes import parse_article


def found(*blocks: str | tuple[tuple[str, ...], ...]) -> list[Unit]:
    """Return the units of a document."""
    made = document(*blocks)
    return list(units(parse_rule(made), made))


def test_an_article_has_its_text_without_number_and_the_path_above_it() -> None:
    made = document(
        "值守办法", "第一章　总　则", "第一条　值守应当：（一）到岗；（二）记录。", "　记录保存三年。", "第二章 附则",
        "第二条 （删去）", "第三条　本办法自2020年1月1日起施行。",
    )  # fmt: skip
    first, second, third = to_articles(parse_rule(made), made, "watch@2020-01-01")
    assert first.article_id == "watch@2020-01-01/1"
    assert first.path == (Heading("章", "第一章 总则"),)
    assert first.text == "值守应当：（一）到岗；（二）记录。\n记录保存三年。"
    assert first.paragraphs == parse_article(first.text)
    assert [item.label for item in first.paragraphs[0].items] == ["（一）", "（二）"]
    assert second.deleted and not third.deleted
    assert third.path == (Heading("章", "第二章 附则"),)


def test_articles_follow_the_conventions_of_the_statute_parser() -> None:
    made = document(
        "动火规定", "第一条 应当：", "（一）清除：", "1.地面；", "2.墙面。", "续前。", "（二）监护。", "另一款。",
        "第二条 不得：", "1.吸烟；", "2.离岗。", "第三条 其他。",
    )  # fmt: skip
    for article in to_articles(parse_rule(made), made, "fire@2020-01-01"):
        assert article.paragraphs == parse_article(article.text)


def test_a_number_printed_on_every_paragraph_makes_one_article() -> None:
    made = document("规定", "第一条甲。", "第二条乙。", "第二条丙。", "第三条丁。")
    articles = to_articles(parse_rule(made), made, "r@2020-01-01")
    assert [a.text for a in articles] == ["甲。", "乙。\n丙。", "丁。"]


def test_a_table_belongs_to_the_paragraph_before_it() -> None:
    made = document(
        "规定", "第一条 如下表：", (("甲", "1"), ("乙", "2")), "另一款。", "第二条 乙。", "第三条 丙。"
    )
    first = to_articles(parse_rule(made), made, "r@2020-01-01")[0]
    assert first.text == "如下表：\n甲\t1\n乙\t2\n另一款。"
    assert [first.text[p.start : p.end] for p in first.paragraphs] == ["如下表：\n甲\t1\n乙\t2", "另一款。"]


def test_a_long_article_is_never_cut() -> None:
    long = "应当检查。" * 4000
    made = document("规定", f"第一条 {long}", "第二条 乙。", "第三条 丙。")
    assert to_articles(parse_rule(made), made, "r@2020-01-01")[0].text == long


def test_only_acts_have_articles() -> None:
    made = document(
        "关于修改《渡口办法》的决定",
        "第一条 将第三条修改为：“甲。”",
        "第二条 删去第四条。",
        "第三条 自公布之日起施行。",
    )
    assert to_articles(parse_rule(made), made, "r@2020-01-01") == ()


def test_clauses_are_units_with_the_titles_above_them() -> None:
    texts = found(
        "库房规程",
        "1 范围",
        "1.1 适用于库房。",
        "2 要求",
        "2.1 一般要求",
        "2.1.1 应当通风。",
        "2.1.2 应当：",
        "a)甲；",
        "b)乙。",
    )
    assert [(u.label, u.text) for u in texts] == [
        ("1.1", "适用于库房。"), ("2.1.1", "应当通风。"), ("2.1.2", "应当：\na)甲；\nb)乙。"),
    ]  # fmt: skip
    assert [h.text for h in texts[1].path] == ["2 要求", "2.1 一般要求"]


def test_criteria_are_units_by_their_bracketed_items() -> None:
    texts = found(
        "小作坊重大隐患判定标准",
        "一、通用类",
        "有下列情形的：",
        "（一）无出口的。",
        "（二）占通道的：",
        "1.堆货；",
        "2.栅栏。",
        "二、用电类",
        "私拉电线的。",
    )
    assert [(u.kind, u.label, u.text) for u in texts] == [
        ("section", "一、", "有下列情形的："),
        ("item", "一、（一）", "无出口的。"),
        ("item", "一、（二）", "占通道的：\n1.堆货；\n2.栅栏。"),
        ("section", "二、", "用电类\n私拉电线的。"),
    ]
    assert [h.text for h in texts[2].path] == ["一、通用类"]


def test_annexes_and_unnumbered_text_are_units() -> None:
    texts = found("规定", "第一条 甲。", "第二条 乙。", "第三条 丙。", "附件1", "登记表", (("姓名", ""),))
    assert [(u.kind, u.label) for u in texts] == [
        ("article", "第一条"),
        ("article", "第二条"),
        ("article", "第三条"),
        ("annex", "附件1"),
    ]
    listed = found("工种目录", "电工。", "焊工。")
    assert [(u.kind, u.text) for u in listed] == [("text", "电工。"), ("text", "焊工。")]
