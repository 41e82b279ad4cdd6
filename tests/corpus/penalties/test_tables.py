"""The reviewed tables of penalties: complete, fitting their acts, and refused where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from qianche.corpus.citations import Provision
from qianche.corpus.errors import BadRecord
from qianche.corpus.penalties import (
    Breach,
    check_table,
    is_penalty_article,
    join_breaches,
    load_penalties,
    stated_breaches,
)
from qianche.corpus.register import load_register
from qianche.corpus.register.names import RuleNames
from qianche.corpus.rules import Article, ArticleNumber, Heading
from qianche.corpus.statutes import Statutes, load_statutes, parse_article
from qianche.corpus.statutes.references import Reference, find_references

ACTS = (
    "coal-law@2016-11-07", "construction-law@2019-04-23", "emergency-response-law@2024-06-28",
    "fire-law@2021-04-29", "hazchem-safety-law@2025-12-27", "maritime-traffic-safety-law@2021-04-29",
    "mine-safety-law@2009-08-27", "occupational-disease-law@2018-12-29",
    "oil-gas-pipeline-protection-law@2010-06-25", "road-traffic-safety-law@2021-04-29",
    "special-equipment-safety-law@2013-06-29", "work-safety-law@2021-06-10",
)  # fmt: skip


@pytest.fixture(scope="module")
def statutes() -> Statutes:
    return load_statutes(load_register())


def references(articles: tuple[Article, ...], names: RuleNames) -> dict[ArticleNumber, tuple[Reference, ...]]:
    return {a.number: find_references(a, None, names) for a in articles}


def test_there_is_a_table_of_each_act() -> None:
    assert tuple(sorted(load_penalties())) == ACTS


@pytest.mark.parametrize("version_id", ACTS)
def test_a_table_tells_of_every_penalty_and_names_only_what_is_there(
    version_id: str, statutes: Statutes
) -> None:
    check_table(load_penalties()[version_id], statutes.articles(version_id))


@pytest.mark.parametrize("version_id", ACTS)
def test_a_table_has_every_pair_that_the_act_states_itself(version_id: str, statutes: Statutes) -> None:
    articles = statutes.articles(version_id)
    stated = stated_breaches(articles, references(articles, RuleNames(load_register())))
    told = {breach.pair for breach in load_penalties()[version_id].breaches}
    assert {breach.pair for breach in stated} <= told


# Read from the acts by hand: (act, place of the penalty, place of the duty), 条.款.项.
READ = [
    ("work-safety-law@2021-06-10", (99, 1, 3), (36, 2, None)),
    ("work-safety-law@2021-06-10", (97, 1, 7), (30, 1, None)),
    ("work-safety-law@2021-06-10", (105, 1, 2), (42, 2, None)),
    ("work-safety-law@2021-06-10", (110, 2, None), (83, 2, None)),
    ("hazchem-safety-law@2025-12-27", (103, 1, 8), (43, 2, None)),
    ("hazchem-safety-law@2025-12-27", (111, 1, 4), (71, 1, None)),
    ("hazchem-safety-law@2025-12-27", (107, 4, None), (63, None, None)),
    ("fire-law@2021-04-29", (60, 1, 2), (28, None, None)),
    ("fire-law@2021-04-29", (68, None, None), (44, 2, None)),
    ("special-equipment-safety-law@2013-06-29", (83, 1, 1), (33, None, None)),
    ("mine-safety-law@2009-08-27", (43, None, None), (12, 2, None)),
    ("construction-law@2019-04-23", (70, None, None), (49, None, None)),
    ("occupational-disease-law@2018-12-29", (72, 1, 8), (24, 2, None)),
    ("emergency-response-law@2024-06-28", (97, None, None), (7, 2, None)),
    ("road-traffic-safety-law@2021-04-29", (92, 1, None), (49, None, None)),
    ("maritime-traffic-safety-law@2021-04-29", (109, 1, 3), (63, 2, None)),
    ("coal-law@2016-11-07", (60, None, None), (50, None, None)),
    ("oil-gas-pipeline-protection-law@2010-06-25", (53, None, None), (35, None, None)),
]


@pytest.mark.parametrize(("version_id", "penalty", "duty"), READ)
def test_pairs_read_by_hand_are_in_the_tables(
    version_id: str, penalty: tuple[int, int | None, int | None], duty: tuple[int, int | None, int | None]
) -> None:
    pairs = {(breach.penalty, breach.duty) for breach in load_penalties()[version_id].breaches}
    assert (place(*penalty), place(*duty)) in pairs


def place(number: int, paragraph: int | None = None, item: int | None = None) -> Provision:
    return Provision(ArticleNumber(number), paragraph, item)


DUTIES, PENALTIES = (Heading("章", "第一章 总则"),), (Heading("章", "第二章 法律责任"),)
TEXTS = (
    (DUTIES, "下池前应当通风。\n并应当检测。"),
    (DUTIES, "下池应当有人监护。"),
    (
        PENALTIES,
        "有下列行为之一的，罚款：\n（一）未通风的；\n（二）违反本法第二条规定的。\n情节严重的，停业。",
    ),
    (PENALTIES, "不具有本法第一条所称条件的单位，依照本法第二条的办法处理。"),
)


def act(*texts: tuple[tuple[Heading, ...], str]) -> tuple[Article, ...]:
    return tuple(
        Article(f"pond-law@2020-01-01/{n}", "pond-law@2020-01-01", ArticleNumber(n), path, text, parse_article(text))
        for n, (path, text) in enumerate(texts, 1)
    )  # fmt: skip


def write(folder: Path, text: str, name: str = "pond-law.toml") -> Path:
    folder.joinpath(name).write_text('version = "pond-law@2020-01-01"\n' + text, encoding="utf-8")
    return folder


WHOLE = """
[3]
"1.1" = ["1.1"]
"1.2" = ["2"]
"2" = "加重"
note = "备注"
[4]
whole = "程序"
"""


def test_a_table_is_read_as_it_is_written(tmp_path: Path) -> None:
    table = load_penalties(write(tmp_path, WHOLE))["pond-law@2020-01-01"]
    assert table.breaches == (
        Breach(place(1, 1), place(3, 1, 1), "reviewed", "备注"),
        Breach(place(2), place(3, 1, 2), "reviewed", "备注"),
    )
    assert table.reasons == {place(3, 2): "加重", place(4): "程序"}
    check_table(table, act(*TEXTS))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (WHOLE.replace('"2" = "加重"', ""), "漏了第三条第二款"),
        (WHOLE.replace('"1.2" = ["2"]', ""), "漏了第三条第一款第（二）项"),
        (WHOLE.replace('[4]\nwhole = "程序"', ""), "漏了第四条"),
        (WHOLE.replace('["1.1"]', '["1.3"]'), "没有第一条第三款"),
        (WHOLE.replace('["2"]', '["9"]'), "没有第九条"),
        (WHOLE.replace('"1.2"', '"1.9"'), "没有第三条第一款第（九）项"),
    ],
)
def test_a_table_that_does_not_fit_its_act_is_refused(tmp_path: Path, text: str, what: str) -> None:
    table = load_penalties(write(tmp_path, text))["pond-law@2020-01-01"]
    with pytest.raises(BadRecord, match=what):
        check_table(table, act(*TEXTS))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[3", "不是合法的 TOML"),
        ("[3]\n第一款 = 1", "不是合法的 TOML"),
        ('[3]\nx = ["1"]', "“x”无法识别"),
        ('[3]\nwhole = ["第一条"]', "“第一条”不是条号"),
        ("[3]\nwhole = []", "应当是不重复的义务条号"),
        ('[3]\nwhole = ["1", "1"]', "应当是不重复的义务条号"),
        ('[3]\nwhole = " "', "应当是不重复的义务条号"),
        ("three = 3", "“three”应当是一条罚则的表"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(BadRecord, match=what):
        load_penalties(write(tmp_path, text))


def test_a_version_has_one_table(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    with pytest.raises(BadRecord, match="已有另一个罚则表"):
        load_penalties(write(tmp_path, WHOLE, "second.toml"))


def test_a_penalty_states_the_duty_whose_breach_it_speaks_of() -> None:
    articles = act(*TEXTS)
    assert [is_penalty_article(a) for a in articles] == [False, False, True, True]
    stated = stated_breaches(articles, references(articles, RuleNames(())))
    # Article 4 names articles 1 and 2 without speaking of a breach.
    assert stated == (Breach(place(2), place(3, 1, 2), "stated"),)


def test_what_both_sources_tell_is_told_once_as_stated_with_the_finer_place() -> None:
    stated = (Breach(place(2), place(3, 1), "stated"), Breach(place(5), place(3, 1), "stated"))
    reviewed = (Breach(place(2, 1), place(3, 1, 2), "reviewed"), Breach(place(1), place(3, 1, 1), "reviewed"))
    named = {(ArticleNumber(3), ArticleNumber(2)), (ArticleNumber(3), ArticleNumber(5))}
    assert set(join_breaches(stated, reviewed, named)) == {
        Breach(place(5), place(3, 1), "stated"),
        Breach(place(2, 1), place(3, 1, 2), "stated"),
        Breach(place(1), place(3, 1, 1), "reviewed"),
    }
