"""Links of articles over a knowledge base: on invented acts by day, and over every article held."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

import pytest

from qianche.corpus.register import load_register
from qianche.corpus.register.names import RuleNames
from qianche.corpus.rules import Article, ArticleNumber, Heading, Rule, RuleVersion
from qianche.corpus.statutes import Statutes, load_statutes, parse_article
from qianche.corpus.statutes.references import find_references
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.linked import Target
from qianche.indexing.rulebook.links import RuleLinks

OLD, NEW = date(2010, 1, 1), date(2020, 1, 1)
TODAY = date(2026, 11, 25)


@dataclass
class Held:
    """Rules and texts: all that links ask of a knowledge base."""

    listed: tuple[Rule, ...]
    texts: dict[str, tuple[Article, ...]]
    reads: list[str] = field(default_factory=list)

    def rules(self) -> tuple[Rule, ...]:
        return tuple(self.listed)

    def articles(self, version_id: str) -> tuple[Article, ...]:
        self.reads.append(version_id)
        return self.texts.get(version_id, ())


def links(held: Held) -> RuleLinks:
    return RuleLinks(cast(KnowledgeBase, held))


def version(rule_id: str, title: str, start: date, end: date | None, *, held: bool = True) -> RuleVersion:
    return RuleVersion(
        rule_id, title, "法律", None, None, start, start, end, None, None, None, "laws.db" if held else None,
        "text", "text", "", "",
    )  # fmt: skip


def rule(rule_id: str, *versions: RuleVersion) -> Rule:
    return Rule(rule_id, (), ("综合",), ("综合",), True, versions)


def act(of: RuleVersion, *texts: str, penalties_from: int = 99) -> tuple[Article, ...]:
    headings = (Heading("章", "第一章 总则"), Heading("章", "第二章 法律责任"))
    return tuple(
        Article(
            f"{of.version_id}/{n}", of.version_id, ArticleNumber(n), (headings[n >= penalties_from],), text,
            parse_article(text),
        )
        for n, text in enumerate(texts, 1)
    )  # fmt: skip


POND_OLD = version("pond-law", "池塘法", OLD, date(2019, 12, 31))
POND = version("pond-law", "池塘法", NEW, None)
WELL = version("well-law", "水井法", OLD, None)
GONE = version("gone-law", "沟渠法", OLD, date(2015, 6, 30), held=False)
LAWS = Held(
    (rule("pond-law", POND_OLD, POND), rule("well-law", WELL), rule("gone-law", GONE)),
    {
        POND_OLD.version_id: act(POND_OLD, "甲。", "依照本法第一条。"),
        POND.version_id: act(
            POND,
            "甲。\n乙。",
            "依照本法第一条第二款、第三条和第九条办理，并执行《沟渠法》第二条。",
            "有前条行为，违反本法第一条第二款规定的，罚款。",
            "适用本法第一条至第三条。",
            penalties_from=3,
        ),
        WELL.version_id: act(WELL, "依照《池塘法》第一条、第三条办理。"),
    },
)


def article_of(held: Held, version_id: str, number: int) -> Article:
    return next(a for a in held.texts[version_id] if a.number == ArticleNumber(number))


def ids(targets: tuple[Target, ...]) -> list[str]:
    return [target.citation for target in targets]


def test_a_reference_leads_to_its_own_act_and_to_others_as_of_the_day() -> None:
    article = article_of(LAWS, POND.version_id, 2)
    found = links(LAWS).of(article, TODAY).references
    assert [(article.text[x.span.start : x.span.end], x.target.citation, x.target.held) for x in found] == [
        ("本法第一条第二款", "《池塘法》第一条第二款", True),
        ("第三条", "《池塘法》第三条", True),
        # The act has no article 9: no link. The text of the other act is not held.
        ("《沟渠法》第二条", "《沟渠法》第二条", False),
    ]


def test_an_act_that_cites_another_gets_the_version_of_the_day() -> None:
    article = article_of(LAWS, WELL.version_id, 1)
    found = links(LAWS)
    assert [x.target.record_id for x in found.of(article, date(2015, 1, 1)).references] == [
        "pond-law@2010-01-01/1"  # the version of that day has no article 3
    ]
    assert [x.target.record_id for x in found.of(article, TODAY).references] == [
        "pond-law@2020-01-01/1",
        "pond-law@2020-01-01/3",
    ]


def test_an_article_knows_what_cites_it_ranges_included() -> None:
    found = links(LAWS)
    assert ids(found.of(article_of(LAWS, POND.version_id, 1), TODAY).cited_by) == [
        "《池塘法》第二条",
        "《池塘法》第三条",
        "《池塘法》第四条",
        "《水井法》第一条",
    ]
    # Within 第一条至第三条 and named by 前条.
    assert ids(found.of(article_of(LAWS, POND.version_id, 2), TODAY).cited_by) == [
        "《池塘法》第三条",
        "《池塘法》第四条",
    ]


def test_other_acts_cite_the_version_of_the_day_only() -> None:
    old = article_of(LAWS, POND_OLD.version_id, 1)
    found = links(LAWS)
    assert ids(found.of(old, date(2015, 1, 1)).cited_by) == ["《池塘法》第二条", "《水井法》第一条"]
    assert ids(found.of(old, TODAY).cited_by) == ["《池塘法》第二条"]


def test_a_duty_knows_its_penalty_and_back() -> None:
    found = links(LAWS)
    (penalty,) = found.of(article_of(LAWS, POND.version_id, 1), TODAY).penalties
    assert (penalty.target.citation, penalty.basis) == ("《池塘法》第三条", "stated")
    assert (penalty.own.paragraph, penalty.own.item) == (2, None)
    duties = found.of(article_of(LAWS, POND.version_id, 3), TODAY).penalises
    assert [(d.target.citation, d.basis) for d in duties] == [("《池塘法》第一条第二款", "stated")]


def test_texts_are_read_once_until_the_rules_are_others() -> None:
    held = Held(LAWS.listed, LAWS.texts)
    found = links(held)
    article = article_of(LAWS, POND.version_id, 1)
    found.of(article, TODAY)
    read = len(held.reads)
    found.of(article, TODAY)
    assert len(held.reads) == read == 3
    held.listed = tuple(replace(rule) for rule in held.listed)
    held.texts = {POND.version_id: LAWS.texts[POND.version_id]}
    assert ids(found.of(article, TODAY).cited_by) == [
        "《池塘法》第二条",
        "《池塘法》第三条",
        "《池塘法》第四条",
    ]


def test_an_article_of_a_text_that_is_not_there_has_no_links() -> None:
    empty = links(Held(LAWS.listed, {})).of(article_of(LAWS, POND.version_id, 1), TODAY)
    assert (empty.references, empty.cited_by, empty.penalties, empty.penalises) == ((), (), (), ())


def test_a_table_that_does_not_fit_the_text_is_not_used_and_that_is_said() -> None:
    fire = version("fire-law", "中华人民共和国消防法", date(2021, 4, 29), None)
    held = Held((rule("fire-law", fire),), {fire.version_id: act(fire, "甲。", "乙。")})
    found = links(held).of(held.texts[fire.version_id][0], TODAY)
    assert found.penalties == ()
    assert found.notice is not None
    assert found.notice.startswith("本库归纳的罚则与收录的条文不符，未采用。")


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return load_statutes(load_register())


@pytest.fixture(scope="module")
def everything(statutes: Statutes) -> Held:
    versions = {v.version_id: statutes.articles(v.version_id) for v in statutes.versions()}
    return Held(tuple(load_register()), versions)


def test_every_link_of_every_article_held_leads_to_something_that_is_there(everything: Held) -> None:
    found, names = links(everything), RuleNames(everything.listed)
    there = {article.article_id for articles in everything.texts.values() for article in articles}
    assert len(there) == 6903
    days = {v.version_id: v.effective_from or TODAY for r in everything.listed for v in r.versions}
    count = 0
    for version_id, articles in everything.texts.items():
        previous = None
        for article in articles:
            result = found.of(article, days[version_id])
            for link in result.references:
                for target in (link.target, link.through or link.target):
                    assert target.held == (target.version.version_id in everything.texts)
                    if target.held and target.provision.article is not None:
                        assert target.record_id in there
            # Nothing that the text says of its own act was dropped because it is not there.
            own = [r.span for r in find_references(article, previous, names) if r.own]
            assert own == [x.span for x in result.references if x.target.version.version_id == version_id]
            for other in (*result.cited_by, *(b.target for b in (*result.penalties, *result.penalises))):
                assert other.record_id in there
            previous, count = article.number, count + len(result.references)
    assert count > 1700


# Counted in the texts by hand.
COUNTED = [
    ("hazchem-safety-law@2025-12-27", 52, ["37", "38", "40", "45", "34", "35", "36", "39"]),
    ("work-safety-law@2021-06-10", 115, ["95", "110", "114"]),
    ("work-safety-law@2021-06-10", 87, ["90"]),
    ("work-safety-law@2021-06-10", 36, []),
    ("fire-law@2021-04-29", 67, ["16", "17", "18", "21"]),
    ("road-traffic-safety-law@2021-04-29", 121, ["8", "9", "13", "19", "23", "121"]),
    ("oil-gas-pipeline-protection-law@2010-06-25", 52, ["29", "30", "32", "33"]),
    ("maritime-traffic-safety-law@2021-04-29", 17, ["9", "12", "14"]),
    ("emergency-response-law@2024-06-28", 99, ["84", "85"]),
]


@pytest.mark.parametrize(("version_id", "number", "expected"), COUNTED)
def test_references_counted_by_hand_are_found(
    everything: Held, version_id: str, number: int, expected: list[str]
) -> None:
    article = article_of(everything, version_id, number)
    found = links(everything).of(article, TODAY).references
    named = [x.target.provision.article for x in found]
    assert [n.slug for n in named if n is not None] == expected


def test_reading_all_references_does_not_take_long(everything: Held) -> None:
    """A bound far above what it takes (half a second), to notice if a pattern goes wrong."""
    names = RuleNames(everything.listed)
    started = time.process_time()
    for articles in everything.texts.values():
        for article in articles:
            find_references(article, None, names)
    assert time.process_time() - started < 10
