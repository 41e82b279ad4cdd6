"""Digest files: read as they are written, refused with file and entry where they are wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.corpus.digests.pond import DIGEST, HAZARDS, HEAD, a_register, entry, write

from qianche.corpus.digests import Hazard, load_digests, place_order
from qianche.corpus.digests.loader import place_label
from qianche.corpus.errors import BadRecord
from qianche.corpus.rules import ArticleNumber

PHRASES = ("池口一个人也没有", "监护的人去买烟了")


def test_a_digest_is_read_as_it_is_written(tmp_path: Path) -> None:
    digests = load_digests(a_register(), write(tmp_path))
    assert list(digests) == [DIGEST]
    assert len(digests) == 1
    assert digests.get("pond-law@2020-01-01/1") == DIGEST
    assert digests.get("pond-law@2020-01-01/2") is None
    assert DIGEST.digest_id == "pond-law@2020-01-01:1"


def test_the_digests_of_a_version_come_in_the_order_of_its_file(tmp_path: Path) -> None:
    folder = write(tmp_path, HEAD + entry("2", said_as=PHRASES) + entry("1"))
    digests = load_digests(a_register(), folder)
    assert [digest.place for digest in digests.of_version("pond-law@2020-01-01")] == ["2", "1"]
    assert digests.of_version("dyke-law@2020-01-01") == ()


def test_hazards_are_read_with_their_other_words(tmp_path: Path) -> None:
    hazards = load_digests(a_register(), write(tmp_path)).hazards
    assert hazards["未通风检测"] == Hazard("未通风检测", "管理因素", ("中毒和窒息",), ("没测气",))
    assert hazards["无人监护"] == Hazard("无人监护", "人的因素", ("中毒和窒息", "淹溺"))


def test_judging_criteria_are_marked_and_may_name_items(tmp_path: Path) -> None:
    text = HEAD.replace("pond-law", "dyke-law").replace('basis = "text"', 'basis = "page"') + entry("1.2")
    [_, digest] = load_digests(a_register(), write(tmp_path, major=text))
    assert (digest.major_hazard, digest.basis, digest.label) == (True, "page", "第一条第（二）项")


def test_what_may_be_left_out_is_empty(tmp_path: Path) -> None:
    head = HEAD.replace("read_on = 2026-11-25\n", "")
    bare = entry(more='duty_holder = ["从业人员"]\nhazards = []\n')
    [digest] = load_digests(a_register(), write(tmp_path, head + bare))
    expected = replace(DIGEST, duty_holders=("从业人员",), hazards=(), penalties=(), read_on=None)
    assert digest == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rule = ", "pond-law.toml：无法读取"),
        (HEAD.replace("2020-01-01", "2019-01-01") + entry(), "版本“pond-law@2019-01-01”不在登记表中"),
        (HEAD.replace('"text"', '"hearsay"') + entry(), "basis “hearsay”不认识"),
        (HEAD + 'numbering = "page"\n' + entry(), "numbering “page”不认识"),
        (HEAD + entry(more='duty_holder = ["从业人员"]\n'), "pond-law.toml 的 1：缺少 hazards"),
        (HEAD + entry() + 'heading = "总则"\n', "pond-law.toml 的 1：不认识 heading"),
        (HEAD + entry(more='duty_holder = ["路人"]\nhazards = []\n'), "责任主体“路人”不在表中"),
        (HEAD + entry(more='duty_holder = ["从业人员"]\nhazards = ["天太热"]\n'), "隐患“天太热”不在 hazards.toml 中"),
        (HEAD + entry("第一条"), "条号“第一条”不认识"),
        (HEAD + entry("1.2.3"), "条号“1.2.3”不认识"),
        (HEAD + entry() + entry(said_as=PHRASES), "第一条的要旨写了两次"),
        (HEAD + entry() + entry("2"), "“没测硫化氢就让人下化粪池”既在第一条下又在第二条下"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_and_the_entry_named(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadRecord) as refused:
        load_digests(a_register(), write(tmp_path, text))
    assert said in str(refused.value)
    assert "pond-law.toml" in str(refused.value)


@pytest.mark.parametrize(
    ("hazards", "said"),
    [
        (HAZARDS + HAZARDS, "“未通风检测”重复"),
        (HAZARDS.replace("管理因素", "天气因素"), "分支“天气因素”不在四类之中"),
        (HAZARDS.replace("淹溺", "落水"), "“无人监护”的事故类别“落水”不在 GB 6441 的类别中"),
        ("[[hazard]\n", "hazards.toml：无法读取"),
    ],
)
def test_a_bad_list_of_hazards_is_refused(tmp_path: Path, hazards: str, said: str) -> None:
    with pytest.raises(BadRecord) as refused:
        load_digests(a_register(), write(tmp_path, hazards=hazards))
    assert said in str(refused.value)


def test_a_missing_list_of_hazards_is_named(tmp_path: Path) -> None:
    folder = write(tmp_path)
    folder.joinpath("hazards.toml").unlink()
    with pytest.raises(BadRecord, match=r"hazards\.toml：无法读取"):
        load_digests(a_register(), folder)


@pytest.mark.parametrize(
    ("place", "numbering", "label"),
    [
        ("36", "article", "第三十六条"),
        ("134-1", "article", "第一百三十四条之一"),
        ("3.1", "article", "第三条第（一）项"),
        ("10.12", "article", "第十条第（十二）项"),
        ("15", "item", "第十五项"),
        ("2.3", "section", "二、（三）"),
        ("2", "section", "二、"),
        ("4.6", "clause", "4.6"),
    ],
)
def test_a_place_is_cited_as_its_rule_numbers_it(place: str, numbering: str, label: str) -> None:
    assert place_label(place, numbering) == label


def test_a_file_says_how_its_rule_is_numbered(tmp_path: Path) -> None:
    major = HEAD.replace("pond-law", "dyke-law") + 'numbering = "item"\n' + entry("2")
    [_, digest] = load_digests(a_register(), write(tmp_path, major=major))
    assert digest.label == "第二项"


def test_places_sort_in_the_order_of_the_text() -> None:
    shuffled = ["10", "3.2", "134-1", "3", "134", "3.10", "135"]
    assert sorted(shuffled, key=place_order) == ["3", "3.2", "3.10", "10", "134", "134-1", "135"]
    assert place_order("134-1") == (ArticleNumber(134, 1), 0)
