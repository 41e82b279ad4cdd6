"""Evidence: what is quoted is what is stored, and the marks stand on the query's words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qianche.indexing.passages import Part
from qianche.indexing.search.evidence import Highlighter, choose_evidence, matched_words, readable
from qianche.indexing.segmentation import normalise


def part(text: str, name: str = "direct_cause") -> Part:
    return Part(name, 1, text, 0, len(text))


def marked(text: str, highlighter: Highlighter) -> list[str]:
    passage = highlighter.quote(readable(part(text)))
    assert passage.text == text
    return [text[start:end] for start, end in passage.marks]


def test_words_are_marked_in_the_text_as_stored() -> None:
    highlighter = Highlighter(("反应釜", "h2s"), {})
    assert marked("清理反應釜時，Ｈ２Ｓ逸出", highlighter) == ["反應釜", "Ｈ２Ｓ"]


def test_a_piece_of_the_query_is_marked_and_a_lone_pair_is_not() -> None:
    highlighter = Highlighter((), {}, own="楼道电焊火花乱飞，作业没人管")
    assert marked("电焊火花引燃，作业中断", highlighter) == ["电焊火花"]


def test_neighbouring_pairs_that_the_query_does_not_say_together_are_not_marked() -> None:
    # 个人 and 人接 both stand in the query, 个人接 does not.
    highlighter = Highlighter((), {}, own="第一个人下井晕倒，后面的人接着下去救")
    assert marked("无个人接触限值", highlighter) == []


def test_a_piece_does_not_run_over_punctuation() -> None:
    assert marked("先通风，后检测", Highlighter((), {}, own="没有先通风，后检测也没做")) == [
        "先通风",
        "后检测",
    ]


def test_touching_marks_become_one() -> None:
    assert marked("可燃气体报警器", Highlighter(("可燃气体", "报警器"), {})) == ["可燃气体报警器"]


def test_the_parts_worth_most_come_first_and_at_most_three() -> None:
    weights = {"通风": 2.0, "检测": 3.0, "监护": 1.0, "培训": 0.5}
    texts = ["未培训上岗", "未通风未检测", "无人监护", "现场通风不足", "天气晴"]
    chosen = choose_evidence([readable(part(t)) for t in texts], Highlighter((), weights))
    assert [passage.text for passage in chosen] == ["未通风未检测", "现场通风不足", "无人监护"]


def test_where_no_word_stands_the_first_part_is_shown_without_marks() -> None:
    chosen = choose_evidence([readable(part("甲")), readable(part("乙"))], Highlighter((), {}))
    assert [(passage.text, passage.marks) for passage in chosen] == [("甲", ())]


def test_matched_words_keep_the_order_of_the_query() -> None:
    highlighter = Highlighter(("钢丝绳", "安全带", "吊篮"), {})
    assert matched_words("吊篮钢丝绳断裂", highlighter) == ("钢丝绳", "吊篮")


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_marks_are_ordered_disjoint_and_inside_whatever_the_text(text: str, words: list[str]) -> None:
    own = normalise(text[len(text) // 3 :])
    passage = Highlighter(tuple(words), {}, own).quote(readable(part(text)))
    flat = [position for mark in passage.marks for position in mark]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in passage.marks)
