"""What changed within an article, by 款, 项 and 目 and by the words."""

from __future__ import annotations

import pytest
from tests.corpus.collation.scrambling import article

from qianche.corpus.collation import Place, place_label
from qianche.corpus.collation.units import unit_pairs
from qianche.corpus.collation.wording import compare
from qianche.corpus.rules import ArticleNumber

LIST = "仓库应当符合下列要求：\n（一）库门向外开启；\n（二）照明采用防爆灯具；\n（三）通道宽度不小于两米。"


def units(old: str, new: str) -> list[tuple[str, str | None, str | None]]:
    """Kind, and old and new place of every unit."""
    return [
        (u.kind, u.old and place_label(u.old.place), u.new and place_label(u.new.place))
        for u in unit_pairs([article(1, old)], [article(1, new)])
    ]


def words(old: str, new: str) -> str:
    """The wording with what was taken out in [ ] and what was put in in { }."""
    marks = {"kept": "{}", "removed": "[{}]", "added": "{{{}}}"}
    return "".join(marks[p.op].format(p.text) for p in compare(old, new))


def test_an_item_put_in_moves_the_others_up() -> None:
    new = LIST.replace("（三）", "（四）").replace("（二）照", "（二）每日清扫粉尘；\n（三）照")
    assert units(LIST, new) == [
        ("same", "", ""),
        ("same", "第（一）项", "第（一）项"),
        ("added", None, "第（二）项"),
        ("renumbered", "第（二）项", "第（三）项"),
        ("renumbered", "第（三）项", "第（四）项"),
    ]


def test_a_revised_item_is_told_apart_from_those_beside_it() -> None:
    assert units(LIST, LIST.replace("两米", "三米")) == [
        ("same", "", ""),
        ("same", "第（一）项", "第（一）项"),
        ("same", "第（二）项", "第（二）项"),
        ("revised", "第（三）项", "第（三）项"),
    ]


def test_a_paragraph_put_behind_makes_the_first_one_the_first() -> None:
    added = f"{LIST}\n库内不得住人。"
    assert units(LIST, added)[-1] == ("added", None, "第二款")
    assert units(added, LIST)[-1] == ("removed", "第二款", None)


def test_a_paragraph_that_moved_behind_another_is_renumbered() -> None:
    assert units("库内不得住人。", "库外设置围墙。\n库内不得住人。") == [
        ("added", None, "第一款"),
        ("renumbered", "", "第二款"),
    ]


def test_an_article_without_text_on_one_side() -> None:
    assert units("", "库内不得住人。") == [("added", None, "")]


@pytest.mark.parametrize(
    ("old", "new", "marked"),
    [
        ("处一万元罚款。", "处五万元罚款。", "处[一]{五}万元罚款。"),
        ("应当每年检修。", "应当每年检修，并作记录。", "应当每年检修{，并作记录}。"),
        ("处3000元以上的罚款。", "处2000元以上的罚款。", "处[3000]{2000}元以上的罚款。"),
        ("依照本法第九十四条处罚。", "依照本法第九十七条处罚。", "依照本法[第九十四条]{第九十七条}处罚。"),
        ("责令改正。处罚款。", "责令改正。", "责令改正。[处罚款。]"),
        # 长的 and 的 alone between two changes would be crumbs.
        ("矿长的职责", "厂长的义务", "[矿长的职责]{厂长的义务}"),
        ("甲的乙", "丙的丁", "[甲的乙]{丙的丁}"),
    ],
)
def test_what_was_taken_out_and_put_in_reads_well(old: str, new: str, marked: str) -> None:
    assert words(old, new) == marked


def test_a_very_long_rewritten_stretch_is_told_in_one_piece() -> None:
    old, new = "通" * 2000, "风" * 2000
    assert [(p.op, len(p.text)) for p in compare(old, new)] == [("removed", 2000), ("added", 2000)]


@pytest.mark.parametrize(
    ("place", "label"),
    [
        (Place(ArticleNumber(3), 1, only_paragraph=True), ""),
        (Place(ArticleNumber(3), 2), "第二款"),
        (Place(ArticleNumber(3), 2, 11, 4), "第二款第（十一）项第4目"),
        (Place(ArticleNumber(3), 1, 1, only_paragraph=True), "第（一）项"),
    ],
)
def test_places_are_named_as_citations_name_them(place: Place, label: str) -> None:
    assert place_label(place) == label
    assert place_label(place, with_article=True) == f"第三条{label}"
