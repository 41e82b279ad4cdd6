"""What became of each article: invented texts, the right answer worked out by hand."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from tests.corpus.collation.scrambling import LATER, article

from qianche.corpus.collation import ArticlePair, Collation, collate, place_label
from qianche.corpus.collation.references import only_references
from qianche.corpus.rules import Article, ArticleNumber

HELMET = "进入矿井的人员应当佩戴安全帽，携带自救器和矿灯，并在井口登记。"
FAN = "主要通风机应当每季度检修一次，检修期间备用通风机运转，检修记录保存三年。"
VALVE = "储罐的泄压阀每年校验一次，校验不合格的立即更换，更换前停止进料。"
ROPE = "起重用的钢丝绳断丝超过百分之十的，不得继续使用，由设备管理人员剪断报废。"
FINE = "违反本规定第二条的，由县级应急管理部门责令限期改正，逾期不改正的，处一万元以下的罚款。"
START = "本规定自二〇二〇年三月一日起施行。"


def text(*wordings: str, version: str | None = None) -> tuple[Article, ...]:
    """Articles numbered from one."""
    given = {} if version is None else {"version": version}
    return tuple(article(n, wording, **given) for n, wording in enumerate(wordings, 1))


def told(old: Sequence[Article], new: Sequence[Article]) -> list[tuple[str, str, str]]:
    """Kind, old and new numbers of every pair, in order."""
    return [
        (p.kind, "+".join(a.number.slug for a in p.old), "+".join(a.number.slug for a in p.new))
        for p in collate(old, new).pairs
    ]


def only(collation: Collation, kind: str) -> ArticlePair:
    (pair,) = (p for p in collation.pairs if p.kind == kind)
    return pair


def test_a_text_against_itself_is_the_same_throughout() -> None:
    same = text(HELMET, FAN, VALVE)
    found = collate(same, text(HELMET, FAN, VALVE, version=LATER))
    assert [(p.kind, p.similarity, p.units) for p in found.pairs] == [("same", 1.0, ())] * 3


def test_blanks_and_the_width_of_characters_are_no_change() -> None:
    assert told(text("阀门（甲类）每年 检修1次。"), text("阀门(甲类)每年检修１次。")) == [("same", "1", "1")]


def test_an_article_put_in_renumbers_those_behind_it() -> None:
    assert told(text(HELMET, FAN, START), text(HELMET, ROPE, FAN, START)) == [
        ("same", "1", "1"),
        ("new", "", "2"),
        ("renumbered", "2", "3"),
        ("renumbered", "3", "4"),
    ]


def test_what_was_removed_stands_behind_what_stood_before_it() -> None:
    assert told(text(HELMET, VALVE, FAN), text(HELMET, FAN)) == [
        ("same", "1", "1"),
        ("removed", "2", ""),
        ("renumbered", "3", "2"),
    ]
    assert told(text(VALVE, HELMET), text(HELMET)) == [("removed", "1", ""), ("renumbered", "2", "1")]


def test_an_article_that_moved_is_found_at_its_new_place() -> None:
    moved = told(text(HELMET, FAN, VALVE, ROPE), text(VALVE, HELMET, FAN, ROPE))
    assert moved == [
        ("renumbered", "3", "1"),
        ("renumbered", "1", "2"),
        ("renumbered", "2", "3"),
        ("same", "4", "4"),
    ]


def test_one_that_moved_and_was_revised_too() -> None:
    revised = VALVE.replace("每年校验一次", "每半年校验一次")
    found = collate(text(HELMET, FAN, VALVE, ROPE), text(revised, HELMET, FAN, ROPE))
    pair = found.pairs[0]
    assert (pair.kind, pair.old[0].number.slug, pair.new[0].number.slug) == ("revised-renumbered", "3", "1")
    assert [(p.op, p.text) for p in pair.pieces if p.op != "kept"] == [("added", "半")]


def test_what_has_nothing_in_common_is_new_and_removed() -> None:
    assert told(text(HELMET, VALVE, START), text(HELMET, "粮食仓库严禁烟火。", START)) == [
        ("same", "1", "1"),
        ("removed", "2", ""),
        ("new", "", "2"),
        ("same", "3", "3"),
    ]  # fmt: skip


def test_the_numbers_referred_to_may_follow_a_renumbering() -> None:
    followed = FINE.replace("第二条", "第三条")
    found = collate(text(HELMET, FAN, FINE), text(HELMET, ROPE, FAN, followed))
    pair = only(found, "revised-renumbered")
    assert (pair.old[0].number.slug, pair.new[0].number.slug) == ("3", "4")
    assert pair.only_references
    assert found.only_references == 1


def test_a_reference_that_goes_elsewhere_is_a_change_of_substance() -> None:
    elsewhere = FINE.replace("第二条", "第一条")
    found = collate(text(HELMET, FAN, FINE), text(HELMET, ROPE, FAN, elsewhere))
    assert not only(found, "revised-renumbered").only_references


def test_a_reference_to_another_act_is_no_reference_to_this_one() -> None:
    other = "违反《某某法》第二条的，依照该法处罚，并在本单位公示栏公示七日。"
    found = collate(text(HELMET, FAN, other), text(HELMET, ROPE, FAN, other.replace("第二条", "第三条")))
    assert not only(found, "revised-renumbered").only_references
    listed = "违反《某某法》第一条、第二条的，依照该法处罚，并在本单位公示栏公示七日。"
    found = collate(text(HELMET, FAN, listed), text(HELMET, ROPE, FAN, listed.replace("第二条", "第三条")))
    assert not only(found, "revised-renumbered").only_references


def test_a_change_beside_the_reference_is_a_change_of_substance() -> None:
    dearer = FINE.replace("第二条", "第三条").replace("一万元", "五万元")
    found = collate(text(HELMET, FAN, FINE), text(HELMET, ROPE, FAN, dearer))
    assert not only(found, "revised-renumbered").only_references


def test_an_article_cut_in_two_is_a_split() -> None:
    assert told(text(HELMET, FAN + VALVE, START), text(HELMET, FAN, VALVE, START)) == [
        ("same", "1", "1"),
        ("split", "2", "2+3"),
        ("renumbered", "3", "4"),
    ]


def test_two_articles_put_together_are_merged() -> None:
    found = collate(text(HELMET, FAN, VALVE, START), text(HELMET, f"{FAN}\n{VALVE}", START))
    pair = only(found, "merged")
    assert [a.number.slug for a in pair.old] == ["2", "3"]
    assert pair.old_text == f"{FAN}\n{VALVE}" == pair.new_text
    assert {p.op for p in pair.pieces} == {"kept"}
    assert [place_label(u.old.place, with_article=True) for u in pair.units if u.old] == ["第二条", "第三条"]
    assert [place_label(u.new.place) for u in pair.units if u.new] == ["第一款", "第二款"]


def test_a_short_part_of_a_long_article_is_a_part_all_the_same() -> None:
    short = "矿灯应当集中充电。"
    long = f"{HELMET}{FAN}{VALVE}{ROPE}"
    assert told(text(START, long, short), text(START, f"{long}{short}")) == [
        ("same", "1", "1"),
        ("merged", "2+3", "2"),
    ]


def test_an_article_that_merely_resembles_another_is_no_part_of_it() -> None:
    twin = HELMET.replace("矿井", "隧道").replace("矿灯", "对讲机")
    assert ("new", "", "2") in told(text(HELMET, START), text(HELMET, twin, START))


def test_a_number_kept_for_a_deleted_article_is_told_as_its_removal() -> None:
    new = (article(1, HELMET), article(2, "（删去）", deleted=True), article(3, START))
    found = collate(text(HELMET, VALVE, START), new)
    pair = only(found, "removed")
    assert (pair.old[0].text, [a.number.slug for a in pair.new]) == (VALVE, ["2"])
    assert [p.kind for p in found.pairs] == ["same", "removed", "same"]
    again = collate(new, new)
    assert [p.kind for p in again.pairs] == ["same"] * 3


def test_deleted_articles_are_known_by_their_numbers() -> None:
    old = (article(1, HELMET), *(article(n, "（删去）", deleted=True) for n in (2, 5)), article(6, FAN))
    new = (article(1, HELMET), article(5, "（删去）", deleted=True), article(6, FAN))
    assert told(old, new) == [
        ("same", "1", "1"), ("removed", "2", ""), ("same", "5", "5"), ("same", "6", "6"),
    ]  # fmt: skip


def test_of_equal_articles_those_with_the_same_number_belong_together() -> None:
    twice = "依照前款规定处罚。"
    assert told(text(twice, HELMET, twice), text(twice, HELMET, FAN, twice)) == [
        ("same", "1", "1"),
        ("same", "2", "2"),
        ("new", "", "3"),
        ("renumbered", "3", "4"),
    ]


def test_the_last_article_is_the_last_however_much_lies_before_it() -> None:
    later = "本规定自二〇二五年七月一日起施行，《池内作业若干规定》同时废止。"
    found = told(text(HELMET, FAN, START), text(VALVE, ROPE, FINE, later))
    assert found[-1] == ("revised-renumbered", "3", "4")


def test_renumberings_are_listed_old_to_new() -> None:
    found = collate(text(HELMET, FAN, START), text(HELMET, ROPE, FAN, START))
    assert found.renumberings == (
        (ArticleNumber(2), ArticleNumber(3)),
        (ArticleNumber(3), ArticleNumber(4)),
    )
    assert dict(found.counts) == {"same": 1, "new": 1, "renumbered": 2}


def test_nothing_against_something() -> None:
    assert told((), ()) == []
    assert told((), text(HELMET)) == [("new", "", "1")]
    assert told(text(HELMET), ()) == [("removed", "1", "")]


def test_an_unlikely_match_is_marked_as_doubtful() -> None:
    rewritten = "起重用的吊带和卸扣由使用班组每班检查，发现裂纹的，不得继续使用。"
    (_, pair, _) = collate(text(HELMET, ROPE, START), text(HELMET, rewritten, START)).pairs
    assert pair.kind == "revised"
    assert pair.doubtful
    assert not collate(text(HELMET), text(HELMET)).pairs[0].doubtful


def test_a_long_article_full_of_references_is_compared_in_a_short_time() -> None:
    long = "依照本法第三条第二款和第五条处理，由有关部门按第六条执行；" * 2000
    started = time.process_time()
    assert not only_references(long, long.replace("第三条", "第四条"), {})
    assert only_references(long, long.replace("第三条", "第四条"), {ArticleNumber(3): {ArticleNumber(4)}})
    assert time.process_time() - started < 5  # half a second; each number looked through all before it


@pytest.mark.parametrize("wording", ["（删去）", "依照前款规定处罚。"])
def test_many_equal_articles_cost_no_more_than_others(wording: str) -> None:
    many = [article(n, wording) for n in range(1, 3001)]
    started = time.process_time()
    found = collate(many, many[:2500])
    assert time.process_time() - started < 5  # 0.1 s by the order of the texts; each with each took minutes
    assert found.counts == {"same": 2500, "removed": 500}
