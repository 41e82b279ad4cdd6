"""What a citation quotes, and what is said where the text has no such place or is not held."""

from __future__ import annotations

from datetime import date

import pytest
from tests.corpus.citations.pond_act import HELD, THIRD, resolve

from qianche.corpus.citations.outcomes import Outcome

# citation · canonical form · what is quoted
QUOTED: list[tuple[str, str, str]] = [
    ("《安全生产法》第二条", "《中华人民共和国安全生产法》第二条", "池盖应当上锁。"),
    ("安法2条", "《中华人民共和国安全生产法》第二条", "池盖应当上锁。"),
    ("《安全生产法》（主席令第88号）第二条", "《中华人民共和国安全生产法》第二条", "池盖应当上锁。"),
    ("《安全生产法》第三条", "《中华人民共和国安全生产法》第三条", THIRD),
    ("《安全生产法》第三条第二款", "《中华人民共和国安全生产法》第三条第二款", "没有人看守的，不得下池。"),
    ("《安全生产法》第三条（一）", "《中华人民共和国安全生产法》第三条第一款第（一）项", "（一）先通风。再检测；"),
    ("《安全生产法》第三条第一款第（二）项第2目", "《中华人民共和国安全生产法》第三条第一款第（二）项第2目", "2.绳有人拉。"),
    (
        "《安全生产法》第三条第一款第（一）项（连同引导语）",
        "《中华人民共和国安全生产法》第三条第一款第（一）项（连同引导语）",
        "下池的人应当：\n（一）先通风。再检测；",
    ),
    ("《安全生产法》第三条第二款（节选）", "《中华人民共和国安全生产法》第三条第二款（节选）", "没有人看守的，不得下池。"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "canonical", "quote"), QUOTED)
def test_a_provision_that_is_held_is_quoted_with_its_full_citation(
    text: str, canonical: str, quote: str
) -> None:
    found = resolve(text)
    assert (found.outcome, found.canonical) == (Outcome.RESOLVED, canonical)
    [part] = found.provisions
    assert part.quote is not None
    assert part.quote.text == quote
    assert part.quote.article.article_id.startswith(f"{HELD}/")


def test_the_only_paragraph_of_an_article_is_quoted_and_the_way_to_write_it_said() -> None:
    found = resolve("《安全生产法》第一条第一款")
    assert (found.outcome, found.canonical) == (Outcome.RESOLVED, "《中华人民共和国安全生产法》第一条")
    assert found.provisions[0].message == "该条只有一款，规范的写法不写“第一款”。"


def test_a_list_resolves_each_provision_and_is_as_good_as_its_worst() -> None:
    found = resolve("《安全生产法》第一条、第五百条")
    assert [p.outcome for p in found.provisions] == [Outcome.RESOLVED, Outcome.ABSENT]
    assert found.outcome is Outcome.ABSENT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("《安全生产法》第五百条", "没有第五百条：收录的最后一条是第四条"),
        ("《安全生产法》第四条", "已删去"),
        ("《安全生产法》第一条第二款", "没有第二款：该条共一款"),
        ("《安全生产法》第三条第九款", "没有第九款：该条共二款"),
        ("《安全生产法》第三条第一款第（九）项", "没有第（九）项：该款共2项"),
        ("《安全生产法》第三条第二款第（一）项", "没有第（一）项：该款没有分项"),
        ("《安全生产法》第三条第一款第（一）项第1目", "没有第1目：该项没有分目"),
        ("《安全生产法》第三条第一款第（二）项第3目", "没有第3目：该项共2目"),
        ("《安全生产法》第二条第三句", "没有第3句"),
    ],
)
def test_what_the_text_does_not_have_does_not_exist(text: str, said: str) -> None:
    found = resolve(text)
    assert found.outcome is Outcome.ABSENT
    assert said in found.provisions[0].message
    assert found.provisions[0].quote is None


def test_a_text_that_is_not_held_is_told_apart_from_the_article_of_another_version() -> None:
    found = resolve("《安全生产法》第二条", date(2020, 1, 1))
    assert found.outcome is Outcome.TEXT_NOT_HELD
    assert found.version is not None
    assert found.version.version_id == "work-safety-law@2014-08-31"
    [part] = found.provisions
    assert part.quote is None
    assert part.stand_in is not None
    assert part.stand_in.text == "池盖应当上锁。"
    assert part.message.startswith("当日版本未收录")
    assert "非当日文本，条号可能不同" in part.message


def test_no_article_stands_in_where_the_other_version_has_none_of_that_number() -> None:
    [part] = resolve("《安全生产法》第九十条", date(2020, 1, 1)).provisions
    assert (part.outcome, part.stand_in) == (Outcome.TEXT_NOT_HELD, None)


def test_a_number_beyond_the_registered_count_does_not_exist_though_the_text_is_not_held() -> None:
    # the text of 2014 has 114 articles
    [part] = resolve("《安全生产法》第一百一十五条", date(2020, 1, 1)).provisions
    assert part.outcome is Outcome.ABSENT
    assert "登记的条数为 114 条" in part.message
    [part] = resolve("《安全生产法》第一百一十四条", date(2020, 1, 1)).provisions
    assert part.outcome is Outcome.TEXT_NOT_HELD


def test_a_clause_of_a_standard_is_given_back_as_cited() -> None:
    found = resolve("GB 30871-2022第5.2.3条")
    assert found.canonical == "《危险化学品企业特殊作业安全规范》（GB 30871-2022）5.2.3"
    [part] = found.provisions
    assert part.outcome is Outcome.TEXT_NOT_HELD
    assert "按所写照录" in part.message


# an act has no such clauses: as cited · what is said of it
CLAUSES_OF_ACTS: list[tuple[str, str]] = [
    ("《安全生产法》第3.1条", "没有“第3.1条”这样的条款号。可能是第三条，请核对原件。"),
    ("安法3.1.2", "没有“3.1.2”这样的条款号。可能是第三条，请核对原件。"),
    # four articles are held
    ("《安全生产法》第36.1条", "没有“第36.1条”这样的条款号。请核对条号。"),
    # an act without text here, with the registered number of its articles and with none
    ("《生产安全事故报告和调查处理条例》第4.1条", "没有“第4.1条”这样的条款号。可能是第四条，请核对原件。"),
    ("《生产安全事故报告和调查处理条例》第500.1条", "没有“第500.1条”这样的条款号。请核对条号。"),
]


@pytest.mark.parametrize(("text", "said"), CLAUSES_OF_ACTS)
def test_a_clause_number_of_an_act_does_not_exist_and_its_article_is_only_a_reading(
    text: str, said: str
) -> None:
    found = resolve(text)
    assert found.outcome is Outcome.ABSENT
    [part] = found.provisions
    assert part.message.endswith(f"按条、款、项编排，{said}")
    assert (part.quote, part.stand_in) == (None, None)


BACKWARDS: list[tuple[str, str]] = [
    ("《安全生产法》第三条至第一条", "第三条至第一条"),
    ("《安全生产法》第三至一条", "第三至一条"),
    ("《安全生产法》第三条第二款至第一款", "第二款至第一款"),
    ("GB 30871-2022 5.2.4至5.2.1", "5.2.4至5.2.1"),
]


@pytest.mark.parametrize(("text", "turned"), BACKWARDS)
def test_a_range_that_runs_backwards_is_told_as_such(text: str, turned: str) -> None:
    found = resolve(text)
    assert found.outcome is Outcome.AMBIGUOUS
    [part] = found.provisions
    assert part.message == f"“{turned}”前后颠倒，不能确定指哪几处。请核对起止的编号。"
    assert part.quote is None


def test_a_title_within_a_title_is_set_off_in_every_message() -> None:
    inner = "〈生产安全事故报告和调查处理条例〉罚款处罚暂行规定"
    found = resolve(f"《{inner}》第三条", date(2012, 1, 1))
    said = "".join((*found.messages, *(part.message for part in found.provisions)))
    assert f"《{inner}》" in said
    assert "《《" not in said
