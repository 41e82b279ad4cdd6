"""The main job on the real bundled data: a hazard in site language, precedents and articles with evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from haystack.dataclasses import Document

from qianche.corpus.casebook import load_casebook
from qianche.corpus.citations.outcomes import Outcome
from qianche.corpus.errors import BadRequest, NotFound
from qianche.corpus.register.scopes import scope_of
from qianche.corpus.rules import ArticleNumber, ForceStatus
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.rulebook.case_law import case_law
from qianche.indexing.search.answer import Answer, CaseFilters, RuleFilters, SearchRequest
from tests.relevance.questions import Question, read_questions

TODAY = date(2026, 11, 25)


def ask(base: LocalKnowledgeBase, query: str, **changes: object) -> Answer:
    return base.search(replace(SearchRequest(query=query, as_of=TODAY), **changes))  # type: ignore[arg-type]


def article_ids(answer: Answer) -> list[str]:
    return [hit.article.article_id for hit in answer.rules if hit.article is not None]


@pytest.mark.parametrize("question", read_questions("guard"), ids=lambda q: q.question_id)
def test_a_guard_hazard_has_its_precedent_and_its_article_in_the_top_ten(
    knowledge_base: LocalKnowledgeBase, question: Question
) -> None:
    answer = ask(knowledge_base, question.query)
    cases = {key for key, grade in question.cases.items() if grade == 2}
    rules = {key for key, grade in question.rules.items() if grade == 2}
    assert not cases or cases & {hit.case.case_id for hit in answer.cases}
    assert not rules or rules & set(article_ids(answer))


@pytest.mark.parametrize("query", ["今天天气怎么样", "番茄炒蛋的做法", "你好", "123456", "？？？"])
def test_what_has_nothing_to_do_with_safety_gets_no_case_and_no_rule(
    knowledge_base: LocalKnowledgeBase, query: str
) -> None:
    answer = ask(knowledge_base, query)
    assert (answer.cases, answer.rules) == ((), ())
    assert {kind for notice, kind in answer.notices if notice == "nothing-fits"} == {"case", "rule"}


HAZARDS = ["堵塞疏散通道", "动火作业没有清理可燃物", "有限空间作业前没有检测气体", "塔吊拆除时倒塌"]


@pytest.mark.parametrize("query", HAZARDS)
def test_a_facet_value_promises_as_many_as_its_filter_shows(
    knowledge_base: LocalKnowledgeBase, query: str
) -> None:
    answer = ask(knowledge_base, query)
    for rule, count in list(answer.facets["rule"]["rule"].items())[:6]:
        assert ask(knowledge_base, query, rule_filters=RuleFilters(rule=(rule,))).totals["rule"] == count
    for sector, count in list(answer.facets["case"]["sector"].items())[:6]:
        assert ask(knowledge_base, query, case_filters=CaseFilters(sector=(sector,))).totals["case"] == count


def test_a_filter_that_leaves_nothing_is_told_apart_from_nothing_fitting(
    knowledge_base: LocalKnowledgeBase,
) -> None:
    left = ask(knowledge_base, "堵塞疏散通道", rule_filters=RuleFilters(rule=("road-traffic-law",)))
    assert left.rules == ()
    assert ("nothing-in-filter", "rule") in left.notices
    never = ask(knowledge_base, "番茄炒蛋的做法", rule_filters=RuleFilters(rule=("fire-law",)))
    assert ("nothing-fits", "rule") in never.notices


def test_a_long_query_says_that_not_all_of_its_words_count(knowledge_base: LocalKnowledgeBase) -> None:
    long = "".join(load_casebook()[i].direct_cause or "" for i in range(40))[:3000]
    assert ("query-cut", None) in ask(knowledge_base, long).notices
    assert ("query-cut", None) not in ask(knowledge_base, "吊篮钢丝绳断裂").notices


def test_traditional_characters_find_what_simplified_ones_find(knowledge_base: LocalKnowledgeBase) -> None:
    simplified = ask(knowledge_base, "电焊火花引燃泡沫保温材料")
    traditional = ask(knowledge_base, "電焊火花引燃泡沫保溫材料")
    assert simplified.cases
    assert {h.case.case_id for h in simplified.cases[:3]} & {h.case.case_id for h in traditional.cases[:3]}


def test_every_quote_stands_in_the_record_and_every_mark_in_the_quote(
    knowledge_base: LocalKnowledgeBase,
) -> None:
    answer = ask(knowledge_base, "清洗储罐没有通风就进去，中毒倒下后别人又下去救")
    assert answer.cases
    assert answer.rules
    for hit in answer.cases:
        for passage in hit.evidence:
            field = getattr(hit.case, passage.part)
            assert passage.text in (field if isinstance(field, tuple) else (field,))
            assert all(0 <= start < end <= len(passage.text) for start, end in passage.marks)
    for rule_hit in answer.rules:
        for passage in rule_hit.evidence:
            scope = scope_of(rule_hit.rule)
            sources = {
                "title": rule_hit.version.title,
                "scope": scope.what if scope else "",
                **dict.fromkeys(("paragraph", "item"), rule_hit.article.text if rule_hit.article else ""),
            }
            assert sources[passage.part][passage.start : passage.end] == passage.text
        for passage in rule_hit.digest_evidence:
            assert rule_hit.digest is not None
            assert passage.text in (rule_hit.digest.gist, *rule_hit.digest.said_as)


def test_each_hit_says_how_it_stood_in_each_leg(knowledge_base: LocalKnowledgeBase) -> None:
    answer = ask(knowledge_base, "叉车倒车撞到行人")
    assert answer.reading.engines == ("lexical", "dense")
    best = answer.cases[0]
    assert {leg.name for leg in best.score.legs} == {"bm25_score", "cosine"}
    assert [hit.score.rank for hit in answer.cases] == list(range(1, len(answer.cases) + 1))
    assert "叉车" in best.matched_words


def test_a_law_not_yet_in_force_is_not_returned_until_its_day(knowledge_base: LocalKnowledgeBase) -> None:
    # 危险化学品安全法: in force from 2026-05-01 (its article 127).
    query = "危险化学品仓库混放禁忌物料"
    before = ask(knowledge_base, query, as_of=date(2026, 4, 30), top_k=50)
    after = ask(knowledge_base, query, as_of=date(2026, 5, 1), top_k=50)
    assert not any("hazchem-safety-law" in article for article in article_ids(before))
    assert any("hazchem-safety-law" in article for article in article_ids(after))
    asked_for = ask(knowledge_base, query, as_of=date(2026, 4, 30), include_not_in_force=True, top_k=50)
    statuses = {hit.status for hit in asked_for.rules if hit.rule.rule_id == "hazchem-safety-law"}
    assert statuses == {ForceStatus.NOT_YET}


def test_nothing_outside_its_days_is_ever_returned_as_in_force(knowledge_base: LocalKnowledgeBase) -> None:
    for day in (date(2003, 1, 1), date(2015, 6, 1), date(2021, 8, 31), date(2026, 8, 15)):
        for hit in ask(knowledge_base, "特种作业人员无证上岗", as_of=day, top_k=50, scope="all").rules:
            begun = hit.version.effective_from is None or hit.version.effective_from <= day
            # Of a rule older than its first version in the register, that version answers as 效力待核.
            assert begun or (hit.status is ForceStatus.UNKNOWN and hit.version is hit.rule.versions[0])
            assert hit.version.effective_to is None or day <= hit.version.effective_to
            assert hit.status in (ForceStatus.IN_FORCE, ForceStatus.UNKNOWN)
            if hit.held is not None and hit.held is not hit.version:
                assert (hit.version.text_source, hit.held.rule_id) == (None, hit.version.rule_id)


def test_an_accident_before_the_texts_held_still_finds_its_articles(
    knowledge_base: LocalKnowledgeBase,
) -> None:
    # 特种作业人员持证: article 30 of the text of 2021, which did not apply on that day.
    answer = ask(knowledge_base, "特种作业人员无证上岗", as_of=date(2015, 6, 1), top_k=10)
    hit = next(h for h in answer.rules if h.article is not None and h.article.number == ArticleNumber(30))
    assert hit.version.version_id == "work-safety-law@2014-08-31"
    assert (hit.status, hit.version.text_source) == (ForceStatus.IN_FORCE, None)
    assert hit.held is not None
    assert hit.held.version_id == "work-safety-law@2021-06-10"


@pytest.mark.parametrize(
    ("query", "version_id"),
    [
        ("安全生产法", "work-safety-law@2021-06-10"),
        ("《中华人民共和国消防法》", "fire-law@2021-04-29"),
        ("493号令", "accident-report-investigation-regulation@2007-04-09"),
    ],
)
def test_a_rule_named_by_title_or_number_comes_first(
    knowledge_base: LocalKnowledgeBase, query: str, version_id: str
) -> None:
    first = ask(knowledge_base, query).rules[0]
    assert (first.article, first.version.version_id) == (None, version_id)


@pytest.mark.parametrize("query", ["安法36条", "安全生产法第三十六条", "《安全生产法》第36条"])
def test_an_article_cited_as_inspectors_write_it_is_among_the_first_two(
    knowledge_base: LocalKnowledgeBase, query: str
) -> None:
    first_two = ask(knowledge_base, query).rules[:2]
    assert "work-safety-law@2021-06-10/36" in [h.article.article_id for h in first_two if h.article]


def test_every_rule_in_force_is_found_by_its_title(knowledge_base: LocalKnowledgeBase) -> None:
    for rule in knowledge_base.rules():
        assert rule in knowledge_base.rules(rule.title)
        assert all(rule in knowledge_base.rules(name) for name in rule.short_titles)
        for version in rule.versions:
            assert version.number is None or rule in knowledge_base.rules(version.number)


def test_filters_restrict_and_facets_count_without_their_own_filter(
    knowledge_base: LocalKnowledgeBase,
) -> None:
    query = "人被卷进机器"
    free = ask(knowledge_base, query)
    sectors = free.facets["case"]["sector"]
    assert sum(sectors.values()) == free.totals["case"]
    one = ask(knowledge_base, query, case_filters=CaseFilters(sector=("煤矿",)), top_k=100)
    assert {hit.case.sector for hit in one.cases} == {"煤矿"}
    assert len(one.facets["case"]["sector"]) > 1
    assert set(one.facets["case"]["work_kind"]) == {hit.case.work_kind for hit in one.cases}


def test_ranges_of_date_and_deaths_hold(knowledge_base: LocalKnowledgeBase) -> None:
    filters = CaseFilters(date_from=date(2015, 1, 1), date_to=date(2020, 12, 31), deaths_min=3)
    answer = ask(knowledge_base, "有限空间中毒窒息", case_filters=filters, top_k=50)
    assert answer.cases
    for hit in answer.cases:
        assert date(2015, 1, 1) <= hit.case.occurred_on <= date(2020, 12, 31)
        assert hit.case.toll.deaths is not None
        assert hit.case.toll.deaths >= 3


def test_sorting_by_date_and_deaths(knowledge_base: LocalKnowledgeBase) -> None:
    by_date = [h.case.occurred_on for h in ask(knowledge_base, "瓦斯爆炸", sort="date").cases]
    assert by_date == sorted(by_date, reverse=True)
    by_deaths = [h.case.toll.deaths or 0 for h in ask(knowledge_base, "瓦斯爆炸", sort="deaths").cases]
    assert by_deaths == sorted(by_deaths, reverse=True)


def test_a_rule_filter_and_the_wider_scope(knowledge_base: LocalKnowledgeBase) -> None:
    filters = RuleFilters(rule=("fire-law",))
    answer = ask(knowledge_base, "烧电焊火星掉到泡沫上", rule_filters=filters)
    assert {hit.rule.rule_id for hit in answer.rules} == {"fire-law"}
    narrow = ask(knowledge_base, "民法典")
    assert "civil-code" not in {hit.rule.rule_id for hit in narrow.rules}
    assert ask(knowledge_base, "民法典", scope="all").rules[0].rule.rule_id == "civil-code"


def test_similar_cases_leave_the_case_itself_out(knowledge_base: LocalKnowledgeBase) -> None:
    similar = knowledge_base.similar_cases("2010-qinhuangdao-lihua-starch", top_k=5)
    assert 1 <= len(similar) <= 5
    assert "2010-qinhuangdao-lihua-starch" not in {hit.case.case_id for hit in similar}
    assert "2008-imperial-sugar-dust" in {hit.case.case_id for hit in similar}
    with pytest.raises(NotFound, match="没有编号为"):
        knowledge_base.similar_cases("no-such-case")


def test_documents_are_built_only_for_what_is_returned(
    knowledge_base: LocalKnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = 0
    original = Document.__init__

    def counting(self: Document, *args: object, **kwargs: object) -> None:
        nonlocal built
        built += 1
        original(self, *args, **kwargs)  # type: ignore[arg-type]

    knowledge_base._reader._kept.clear()  # records in memory need no document at all
    monkeypatch.setattr(Document, "__init__", counting)
    answer = ask(knowledge_base, "脚手架坍塌", top_k=7)
    assert built == len(answer.cases) + len(answer.rules)


def test_an_article_as_of_a_day(knowledge_base: LocalKnowledgeBase) -> None:
    today = knowledge_base.article("work-safety-law", ArticleNumber(119), TODAY)
    assert today.article is not None
    assert (today.previous, today.following) == (ArticleNumber(118), None)
    past = knowledge_base.article("work-safety-law", ArticleNumber(36), date(2020, 1, 1))
    assert past.version.version_id == "work-safety-law@2014-08-31"
    assert past.held is not None
    assert past.held.version_id == "work-safety-law@2021-06-10"
    assert past.article is not None
    assert past.article.article_id == "work-safety-law@2021-06-10/36"
    with pytest.raises(NotFound, match="登记的条数为 114 条，没有第五百条"):
        knowledge_base.article("work-safety-law", ArticleNumber(500), date(2020, 1, 1))
    with pytest.raises(NotFound, match="最后一条是第一百一十九条"):
        knowledge_base.article("work-safety-law", ArticleNumber(500), TODAY)


def test_the_whole_casebook_is_in_the_base_and_counted(knowledge_base: LocalKnowledgeBase) -> None:
    status = knowledge_base.status()
    assert (status.cases, status.rules, status.rule_versions) == (723, 283, 469)
    assert status.cases_by_cause_basis == {"page": 578, "general": 100, "memory": 45}
    assert sum(knowledge_base.facets("case")["sector"].values()) == 723
    case = load_casebook()[0]
    assert knowledge_base.case(case.case_id) == case


@pytest.mark.parametrize("query", ["", "   ", "\n\t", "\u200b"])
def test_an_empty_query_is_refused_in_chinese(knowledge_base: LocalKnowledgeBase, query: str) -> None:
    with pytest.raises(BadRequest, match="查询为空"):
        ask(knowledge_base, query)


@pytest.mark.parametrize("query", ["安" * 5000, "a" * 5000, "\x00罐", "𠀀𠀁", "🔥🔥", "(((", "AND OR NOT"])
def test_odd_queries_are_answered(knowledge_base: LocalKnowledgeBase, query: str) -> None:
    assert ask(knowledge_base, query).took_ms >= 0


def test_a_rule_cited_by_an_old_report_is_shown_dead_with_what_took_its_place(
    knowledge_base: LocalKnowledgeBase,
) -> None:
    # 煤矿安全监察条例 ended with 2024-04-30 by 煤矿安全生产条例 (its last article).
    law = case_law(knowledge_base, "2018-guangan-suzhai-roof", TODAY)
    rule = next(rule for rule in law.rules if rule.text == "煤矿安全监察条例")
    assert rule.basis == "cited"
    assert [read.resolution.outcome for read in rule.then] == [Outcome.RESOLVED]
    assert [read.resolution.outcome for read in rule.now] == [Outcome.NOT_IN_FORCE]
    assert "自 2024-05-01 起被《煤矿安全生产条例》" in rule.now[0].resolution.messages[0]
