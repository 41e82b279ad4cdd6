"""What becomes of a citation on a day. Rules and dates are the register's; every article text here is invented."""

# ruff: noqa: E501  (a table of one row a case)

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.citations.outcomes import Outcome, Resolution
from qianche.corpus.citations.resolve import Resolver
from qianche.corpus.register import load_register
from qianche.corpus.rules import Article
from qianche.corpus.statutes.assemble import Row, assemble

HELD = "work-safety-law@2021-06-10"
"""The version whose text is held here: 第一条 to 第四条, all invented, 第三条 in two 款 of which the first has 项."""
THIRD = "下池的人应当：\n（一）先通风。再检测；\n（二）系绳：\n1.绳不短于池深；\n2.绳有人拉。\n没有人看守的，不得下池。"
_TEXTS = ("池边应当有人看守。", "池盖应当上锁。", THIRD, "（删去）")
_NUMBERS = ("第一条", "第二条", "第三条", "第四条")
ARTICLES = assemble(
    [Row(None, None, number, text) for number, text in zip(_NUMBERS, _TEXTS, strict=True)],
    law="某法",
    version_id=HELD,
).articles
TODAY = date(2026, 11, 25)


def articles(version_id: str) -> tuple[Article, ...]:
    return ARTICLES if version_id == HELD else ()


RESOLVER = Resolver(load_register(), articles)


def resolve(text: str, day: date = TODAY) -> Resolution:
    [found] = RESOLVER.resolve(text, day)
    return found


def last(text: str, day: date = TODAY) -> Resolution:
    return RESOLVER.resolve(text, day)[-1]


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
        ("《安全生产法》第三条第一款第（九）项", "没有第（九）项：共2项"),
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


# citation · day · version, by the days on which the acts themselves say they begin
VERSIONS: list[tuple[str, date, str, Outcome]] = [
    ("《安全生产法》", date(2021, 8, 31), "work-safety-law@2014-08-31", Outcome.RESOLVED),
    ("《安全生产法》", date(2021, 9, 1), "work-safety-law@2021-06-10", Outcome.RESOLVED),
    ("《煤矿安全监察条例》", date(2024, 4, 30), "coal-mine-supervision-regulation@2013-07-18", Outcome.RESOLVED),
    ("《煤矿安全监察条例》", date(2024, 5, 1), "coal-mine-supervision-regulation@2013-07-18", Outcome.NOT_IN_FORCE),
    ("《煤矿安全生产条例》", date(2024, 4, 30), "coal-mine-safety-production-regulation@2024-01-24", Outcome.NOT_IN_FORCE),
    ("《环境保护法》", date(2026, 8, 14), "environmental-protection-law@2014-04-24", Outcome.RESOLVED),
    ("《环境保护法》", date(2026, 8, 15), "environmental-protection-law@2014-04-24", Outcome.NOT_IN_FORCE),
    # an edition, an amending order, a year and a former title choose their version
    ("GB 6441-1986", date(2026, 6, 30), "gb-6441@1986-05-31", Outcome.RESOLVED),
    ("GB 6441-1986", date(2026, 7, 1), "gb-6441@1986-05-31", Outcome.NOT_IN_FORCE),
    ("GB 6441-2025", date(2026, 6, 30), "gb-6441@2025-12-31", Outcome.NOT_IN_FORCE),
    ("GB 30871第5.2.3条", date(2022, 9, 30), "gb-30871@2014-07-24", Outcome.TEXT_NOT_HELD),
    ("GB 30871第5.2.3条", date(2022, 10, 1), "gb-30871@2022-03-15", Outcome.TEXT_NOT_HELD),
    ("《安全生产法》（主席令第88号）", date(2015, 6, 1), "work-safety-law@2021-06-10", Outcome.NOT_IN_FORCE),
    ("《安全生产法》（主席令第13号）", TODAY, "work-safety-law@2014-08-31", Outcome.NOT_IN_FORCE),
    ("《安全生产法》（2014年修正）", TODAY, "work-safety-law@2014-08-31", Outcome.NOT_IN_FORCE),
    ("《工贸行业重大生产安全事故隐患判定标准（2017版）》", date(2023, 5, 15), "major-hazard-industry-trade@2017-11-30", Outcome.NOT_IN_FORCE),
    ("《工贸企业重大事故隐患判定标准》", date(2023, 5, 15), "major-hazard-industry-trade@2023-04-14", Outcome.RESOLVED),
    # the number of the first version is that of the act, amended or not
    ("《安全生产许可证条例》（国务院令第397号）", TODAY, "safety-licence-regulation@2014-07-29", Outcome.RESOLVED),
    # a title within a title, however it is set off
    ("《《生产安全事故报告和调查处理条例》罚款处罚暂行规定》", date(2012, 1, 1), "accident-fine-rules@2011-09-01", Outcome.RESOLVED),
    ("《〈生产安全事故报告和调查处理条例〉罚款处罚暂行规定》", date(2012, 1, 1), "accident-fine-rules@2011-09-01", Outcome.RESOLVED),
    # one title, one after the other: the day decides
    ("《企业安全生产标准化基本规范》", date(2015, 1, 1), "aq-9006@2010-04-15", Outcome.RESOLVED),
    ("《企业安全生产标准化基本规范》", date(2018, 1, 1), "gb-33000@2016-12-13", Outcome.RESOLVED),
    # first day not known; a day before the versions in the register
    ("《国务院关于进一步加强企业安全生产工作的通知》", TODAY, "state-council-2010-23@2010-07-19", Outcome.FORCE_UNKNOWN),
    ("《煤矿安全规程》", date(2012, 1, 1), "coal-mine-safety-code@2016-02-25", Outcome.FORCE_UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "version_id", "outcome"), VERSIONS)
def test_the_version_is_that_of_the_day_or_the_one_named(
    text: str, day: date, version_id: str, outcome: Outcome
) -> None:
    found = resolve(text, day)
    assert found.version is not None
    assert (found.version.version_id, found.outcome) == (version_id, outcome)
    if outcome in (Outcome.NOT_IN_FORCE, Outcome.FORCE_UNKNOWN):
        assert found.messages


def test_a_dead_rule_is_told_with_what_ended_it_and_since_when() -> None:
    [said, *_] = resolve("《煤矿安全监察条例》", date(2024, 5, 1)).messages
    assert "2024-05-01 已废止：自 2024-05-01 起被《煤矿安全生产条例》（国务院令第774号" in said


def test_a_version_named_that_does_not_apply_is_told_beside_the_one_that_does() -> None:
    found = resolve("《安全生产法》（主席令第88号）第二条", date(2015, 6, 1))
    assert found.on_day is not None
    assert found.on_day.version_id == "work-safety-law@2014-08-31"
    assert "2015-06-01 适用的是《中华人民共和国安全生产法》" in "".join(found.messages)


def test_a_first_day_from_memory_is_said_to_need_a_check() -> None:
    assert "登记的施行日期待核。" in resolve("《安全生产法》", date(2015, 6, 1)).messages
    assert resolve("《安全生产法》").messages == ()


AMBIGUOUS: list[tuple[str, set[str]]] = [
    ("令10号第四条", {"major-hazard-industry-trade", "vehicle-monitoring-rules"}),
    ("《安全生产责任保险实施办法》", {"safety-liability-insurance-rules", "safety-liability-insurance-rules-2025"}),
    ("《实施条例》第三条", {"mine-safety-law-implementing-regulation", "road-traffic-law-implementing-regulation"}),
    # title and number of two acts, and a number that no act with this title has
    ("《生产安全事故应急条例》（国务院令第493号）", {"accident-emergency-regulation", "accident-report-investigation-regulation"}),
    ("《生产安全事故报告和调查处理条例》（国务院令第394号）", {"accident-report-investigation-regulation"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rules"), AMBIGUOUS)
def test_where_several_may_be_meant_all_are_told_and_none_is_chosen(text: str, rules: set[str]) -> None:
    found = resolve(text)
    assert (found.outcome, found.rule, found.version) == (Outcome.AMBIGUOUS, None, None)
    assert {candidate.rule.rule_id for candidate in found.candidates} == rules
    assert found.messages


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("《某县池塘看守条例》第二条", 0),
        ("国务院令第9999号", 0),
        ("GB 99999-2020", 0),
        ("AQ 1020-2008", 1),
        ("《安全生产法》（2019年修正）第三条", 4),
        ("《生产安全事故报告与调查处理条例》", 1),
    ],
)
def test_what_the_register_does_not_have_is_unknown_and_never_taken_for_another(
    text: str, candidates: int
) -> None:
    found = resolve(text)
    assert (found.outcome, found.rule) == (Outcome.UNKNOWN, None)
    assert len(found.candidates) == candidates
    assert found.messages


RELATIVE: list[tuple[str, str]] = [
    ("违反《安全生产法》第一条，依据第二条处罚", "《中华人民共和国安全生产法》第二条"),
    ("《安全生产法》第一条，本法第二条", "《中华人民共和国安全生产法》第二条"),
    ("依据《消防法》第一条；《安全生产法》第一条，依据第二条处罚", "《中华人民共和国安全生产法》第二条"),
    ("《安全生产法》（以下简称《池法》）第一条；《池法》第二条", "《中华人民共和国安全生产法》第二条"),
    # in a quotation 前款 is the one before that quoted, elsewhere the one named
    ("《安全生产法》第三条第二款：“有前款情形的”", "《中华人民共和国安全生产法》第三条第一款"),
    ("《安全生产法》第三条第二款，违反前款规定", "《中华人民共和国安全生产法》第三条第二款"),
    ("《安全生产法》第二条：“依照前条规定”", "《中华人民共和国安全生产法》第一条"),
    ("《安全生产法》第三条第一款，前款第（一）项", "《中华人民共和国安全生产法》第三条第一款第（一）项"),
    # what follows 前款 in the list is another article of the rule, and 前项 is the item alone
    (
        "《安全生产法》第三条第一款，违反前款第（一）项、第二条",
        "《中华人民共和国安全生产法》第三条第一款第（一）项；《中华人民共和国安全生产法》第二条",
    ),
    ("《安全生产法》第三条第一款第（一）项第一句，前项规定", "《中华人民共和国安全生产法》第三条第一款第（一）项"),
    ("《安全生产法》第三条第一款第（一）项第l目，前项规定", "《中华人民共和国安全生产法》第三条第一款第（一）项"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "canonical"), RELATIVE)
def test_a_relative_citation_goes_to_the_rule_named_before_it_and_says_so(text: str, canonical: str) -> None:
    found = last(text)
    assert found.outcome is Outcome.RESOLVED
    assert found.canonical == canonical
    assert found.read_as


@pytest.mark.parametrize(
    "text",
    [
        "依据第三十六条处罚",
        "依照本法第二条",
        "《安全生产法》第一条，本条例第二条",
        "前款规定的单位",
        "《安全生产法》规定，前款",
        "《安全生产法》第一条第一款，前三款",
        "《安全生产法》第一条：“违反前条”",
        "《条例》第四条",
        "《安全生产法》第一条，又违反《白云公司看守制度》，依据第二条处罚",
    ],
)
def test_a_relative_citation_without_its_context_is_told_as_such(text: str) -> None:
    found = last(text)
    assert (found.outcome, found.rule) == (Outcome.NEEDS_CONTEXT, None)
    assert found.messages[0].endswith("。")


def test_what_recognition_spoilt_is_never_resolved_and_the_likely_reading_is_only_said() -> None:
    found = resolve("《安全生产法》第三＋六条")
    assert found.outcome is Outcome.DAMAGED
    [part] = found.provisions
    assert "可能是第三十六条，请核对原件" in part.message
    assert (part.quote, part.stand_in) == (None, None)
    number = resolve("GB 3O871-2022")
    assert (number.outcome, number.rule) == (Outcome.DAMAGED, None)
    assert [candidate.rule.rule_id for candidate in number.candidates] == ["gb-30871"]


def test_a_clause_of_a_standard_is_given_back_as_cited() -> None:
    found = resolve("GB 30871-2022第5.2.3条")
    assert found.canonical == "《危险化学品企业特殊作业安全规范》（GB 30871-2022）5.2.3"
    [part] = found.provisions
    assert part.outcome is Outcome.TEXT_NOT_HELD
    assert "按所写照录" in part.message


PIECES = st.sampled_from([
    "《安全生产法》", "《消防法》", "安法", "《实施条例》", "《条例》", "（以下简称《条例》）", "（主席令第88号）", "令10号", "国务院令493号",
    "GB 30871-2022", "5.2.3", "第一条", "第三条", "第四条", "第五百条", "第三＋六条", "第一款", "第二款", "第（一）项", "第1目", "第二句",
    "（节选）", "（连同引导语）", "前款", "前条", "前两款", "本法", "该条例", "依据", "违反", "、", "，", "。", "：“", "”", "\n", "2014年",
    "（2014年修正）", "《白云公司制度》", "a",
])  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60), st.dates(min_value=date(1949, 10, 1))
)
def test_any_text_is_resolved_and_every_quotation_is_the_articles_own(text: str, day: date) -> None:
    for found in RESOLVER.resolve(text, day):
        assert (found.rule is None) == (found.version is None)
        assert found.outcome is Outcome.RESOLVED or found.messages or found.provisions
        assert found.outcome is not Outcome.RESOLVED or found.rule is not None
        if found.outcome in (Outcome.AMBIGUOUS, Outcome.UNKNOWN) and found.rule is None:
            assert found.messages
        for part in found.provisions:
            assert part.outcome is Outcome.RESOLVED or part.message
            for quote in filter(None, (part.quote, part.stand_in)):
                whole = next(a for a in ARTICLES if a.article_id == quote.article.article_id).text
                assert quote.text == "\n".join(whole[span.start : span.end] for span in quote.spans)
                assert quote.text.strip()
