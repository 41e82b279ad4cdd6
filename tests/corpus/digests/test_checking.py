"""The checks of the digests, on an invented act: each fault is found where it is, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.corpus.digests.pond import DIGEST, HEAD, TEXTS, VERSION, a_register, articles, entry, write

from qianche.corpus.digests import load_digests
from qianche.corpus.digests.checking import (
    RUN,
    Fault,
    alike_faults,
    characters,
    check_digests,
    copied_faults,
    form_faults,
    own_word_faults,
    place_faults,
)

SECOND = replace(DIGEST, place="2", said_as=("池口一个人也没有", "监护的人去买烟了"))
WATCH = 'duty_holder = ["生产经营单位"]\nhazards = ["无人监护"]\n'


def messages(faults: Iterable[Fault]) -> str:
    """All messages in one."""
    return "\n".join(fault.message for fault in faults)


def whole(folder: Path, *entries: str) -> list[Fault]:
    """The faults of a file with these entries, checked against the invented act."""
    register = a_register()
    digests = load_digests(register, write(folder, HEAD + "".join(entries)))
    return list(check_digests(digests, register, {VERSION.version_id: articles()}))


def test_good_digests_have_no_fault(tmp_path: Path) -> None:
    second = entry("2", "人下去了，上面要一直站着一个人看着。", SECOND.said_as, WATCH)
    assert whole(tmp_path, entry(), second) == []


def test_a_hazard_that_no_digest_names_is_told(tmp_path: Path) -> None:
    assert whole(tmp_path, entry()) == [Fault("无人监护", "没有一条要旨用到这一隐患。请用上或删去。")]


def test_all_checks_are_made_of_a_file(tmp_path: Path) -> None:
    unpunished = entry(more='duty_holder = ["生产经营单位"]\nhazards = []\npenalty = ["9"]\n')
    said_as = ("鼓风机坏了还往下跳！", "有专人在池口监护")
    copied = entry("2", "进入污水池期间应当有专人在池口监护, 不许走开。", said_as, WATCH)
    beyond = entry("4", said_as=("天黑才收工", "电筒没电"))
    found = messages(whole(tmp_path, unpunished, copied, beyond))
    told = (
        "没有“9”条",
        "（U+002C）",
        "首尾有标点",
        "几乎全是条文",
        "没有“4”条",
        "重复",
        "个字相同",
    )
    assert [said for said in told if said not in found] == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"gist": "下池前先吹风再测气，才准去。"}, "有 14 个字，应为 15 至 140 个"),
        ({"gist": "长" * 140 + "。"}, "有 141 个字"),
        ({"gist": "清池子之前先吹风、再测气，数值合格了人才能下去"}, "应以句号结尾"),
        ({"said_as": ("没测气", "鼓风机坏了还往下跳")}, "“没测气”有 3 个字，应为 4 至 36 个"),
        ({"said_as": ("长" * 37, "鼓风机坏了还往下跳")}, "有 37 个字"),
        ({"said_as": ("没测气就下池",)}, "有 1 条说法，应为 2 至 18 条"),
        ({"said_as": tuple(f"第{n}个池子没测气" for n in range(10, 29))}, "有 19 条说法"),
        ({"duty_holders": ()}, "没有责任主体"),
        ({"said_as": ("没测气就下池。", "鼓风机坏了还往下跳")}, "首尾有标点"),
        ({"said_as": ("沒測氣就下池", "鼓风机坏了还往下跳")}, "有繁体字“沒測氣”"),
        ({"said_as": ("没测气,就下池", "鼓风机坏了还往下跳")}, "有“,”（U+002C）"),
        ({"said_as": ("没测气(硫化氢)就下池", "鼓风机坏了还往下跳")}, "有“(”（U+0028）"),
        ({"said_as": ('门上写着"禁入"还进', "鼓风机坏了还往下跳")}, "有“\"”（U+0022）"),
        ({"said_as": ("门上写着「禁入」还进", "鼓风机坏了还往下跳")}, "有“「”（U+300C）"),
        ({"said_as": ("没测气 就下池", "鼓风机坏了还往下跳")}, "（U+0020）"),
        ({"said_as": ("没测气\u3000就下池", "鼓风机坏了还往下跳")}, "（U+3000）"),
        ({"said_as": ("没测气\u200b就下池", "鼓风机坏了还往下跳")}, "（U+200B）"),
        ({"said_as": ("Ｈ2Ｓ没测就下池", "鼓风机坏了还往下跳")}, "（U+FF28）"),
        ({"said_as": ("池子.没测气", "鼓风机坏了还往下跳")}, "（U+002E）"),
    ],
)  # fmt: skip
def test_a_fault_of_form_is_told(changes: dict[str, object], said: str) -> None:
    faults = list(form_faults(replace(DIGEST, **changes)))  # type: ignore[arg-type]
    assert said in messages(faults)
    assert {fault.where for fault in faults} == {"pond-law@2020-01-01/1"}


@pytest.mark.parametrize(
    "phrase",
    [
        "KTV的池子没测气",
        "氧含量才19.5%就下去",
        "SDS/MSDS都没有",
        "没挂“禁止入内”的牌子",
        "谁来罚？",
        "夏天池里60℃还下",
    ],
)
def test_figures_latin_names_and_chinese_quotes_are_no_fault(phrase: str) -> None:
    assert list(form_faults(replace(DIGEST, said_as=(phrase, "鼓风机坏了还往下跳")))) == []


def test_places_are_held_against_the_text_where_there_is_one() -> None:
    digest = replace(DIGEST, place="4", penalties=("3", "5"))
    assert messages(place_faults(digest, VERSION, articles())).count("没有") == 2
    assert list(place_faults(replace(DIGEST, place="3", penalties=()), VERSION, articles())) == []


def test_an_article_taken_out_is_not_there() -> None:
    [first, second, third] = articles()
    held = (first, second, replace(third, deleted=True))
    assert "没有“3”条" in messages(place_faults(DIGEST, VERSION, held))


def test_without_a_text_places_are_held_against_the_number_of_articles() -> None:
    digest = replace(DIGEST, place="3.9", penalties=("4",))
    assert messages(place_faults(digest, VERSION, None)) == "这一版本没有“4”条。请核对条号。"
    assert list(place_faults(digest, replace(VERSION, article_count=None), None)) == []


def test_a_penalty_is_another_article_and_a_place() -> None:
    assert "是本条自己" in messages(place_faults(replace(DIGEST, penalties=("1",)), VERSION, articles()))
    assert "不是条号" in messages(place_faults(replace(DIGEST, penalties=("第三条",)), VERSION, articles()))


@pytest.mark.parametrize(
    ("phrase", "faulty"),
    [
        ("污水池清理前通风", True),  # 水前 aside, every pair stands in the article: 前通
        ("清理污水池没吹风", False),
        ("先行通风", False),  # too short to be judged
        ("没戴面具就下池子", False),
    ],
)
def test_a_phrase_of_the_articles_own_words_is_told(phrase: str, faulty: bool) -> None:
    faults = list(own_word_faults(replace(DIGEST, said_as=(phrase,)), articles()))
    assert bool(faults) == faulty


def test_own_words_are_those_of_the_article_and_not_of_another() -> None:
    taken = "期间应当有专人在池口监护"
    assert list(own_word_faults(replace(DIGEST, said_as=(taken,)), articles())) == []
    assert list(own_word_faults(replace(DIGEST, place="2", said_as=(taken,)), articles())) != []


@pytest.mark.parametrize(
    "phrase",
    [
        "鼓风机坏了还往下跳",
        "鼓风机，坏了还往下跳",
        "鼓风机坏了还往下跳没人拦",
        "风机坏了还往下跳",
        "还往下跳鼓风机坏了",
    ],
)
def test_phrases_that_hold_each_other_or_only_turn_the_words_are_told(phrase: str) -> None:
    [fault] = alike_faults([DIGEST, replace(SECOND, said_as=(phrase,))])
    assert fault.where == DIGEST.article_id
    assert "pond-law@2020-01-01/2" in fault.message


def test_different_phrases_are_no_fault() -> None:
    assert list(alike_faults([DIGEST, SECOND])) == []


def test_the_same_phrase_under_another_act_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path)
    other = HEAD.replace("pond-law", "dyke-law") + entry(said_as=("没测硫化氢，就让人下化粪池", "堤上没灯"))
    folder.joinpath("articles", "dyke-law.toml").write_text(other, encoding="utf-8")
    register = a_register()
    found = [f for f in check_digests(load_digests(register, folder), register, {}) if "也在" in f.message]
    assert [(f.where, "dyke-law@2020-01-01/1" in f.message) for f in found] == [
        ("pond-law@2020-01-01/1", True)
    ]


def test_fourteen_characters_in_common_are_copied_and_thirteen_are_not() -> None:
    text = characters(TEXTS[0])  # 23 characters
    fourteen, thirteen = "我" + text[4:18] + "他", "我" + text[4:17] + "他"
    [fault] = copied_faults([replace(DIGEST, gist=fourteen)], [("水池规定", TEXTS[0])])
    assert text[4:18] in fault.message
    assert "水池规定" in fault.message
    assert list(copied_faults([replace(DIGEST, gist=thirteen)], [("水池规定", TEXTS[0])])) == []


def test_punctuation_does_not_hide_a_copy() -> None:
    text = TEXTS[0].replace("前应当", "前，\n应当（")
    phrase = "、".join(characters(TEXTS[0])[2:18])
    assert len(list(copied_faults([replace(DIGEST, said_as=(phrase,))], [("水池规定", text)]))) == 1


def test_each_text_that_was_copied_is_named_once() -> None:
    faults = list(copied_faults([replace(DIGEST, gist=TEXTS[0])], [("甲", TEXTS[0]), ("乙", TEXTS[0])]))
    assert [("甲" in f.message, "乙" in f.message) for f in faults] == [(True, False), (False, True)]


@given(
    st.text("池水风气人井，。（）1a", max_size=40),
    st.text("池水风气人井，。（）1a", max_size=40),
)
def test_a_copy_is_found_where_comparing_every_run_finds_one(own: str, text: str) -> None:
    plain, other = characters(own), characters(text)
    common = any(plain[i : i + RUN] in other for i in range(len(plain) - RUN + 1))
    digest = replace(DIGEST, gist=own, said_as=())
    assert bool(list(copied_faults([digest], [("文", text)]))) == common
