"""Normalising, index terms and words: right values worked out by hand."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qianche.corpus.errors import BadRecord
from qianche.indexing.segmentation import (
    KINDS,
    Segmenter,
    bundled_dictionary,
    dictionary_version,
    index_terms,
    normalise,
    normalise_with_offsets,
    read_dictionary,
    term_format,
)

# Characters that lengthen, shorten, vanish or join under normalisation, mixed into ordinary text.
AWKWARD = st.text(
    st.one_of(
        st.sampled_from(
            "脚手架倒塌觸電乾燥Ａ１，㎏①½ﬁ²ｶﾞ가é\u0301\u0327\u200b\u200d\ufeff\x00\n\u3000\xa0\ud800\udfff😀薴İΣ"
        ),
        st.characters(codec=None),
    ),
    max_size=60,
)


@pytest.fixture(scope="module")
def segmenter(tmp_path_factory: pytest.TempPathFactory) -> Segmenter:
    return Segmenter(cache_folder=tmp_path_factory.mktemp("words"))


NORMALISED = [
    ("施工現場觸電", "施工现场触电", "traditional becomes simplified"),
    ("ＣＯ２中毒，３人", "co2中毒,3人", "full width becomes half width"),
    ("CO₂", "co2", "a subscript becomes a digit"),
    ("GB30871", "gb30871", "upper case becomes lower case"),
    ("瓦\x00斯", "瓦 斯", "NUL becomes a space"),
    ("脚手\u200b架\ufeff", "脚手架", "zero width and byte order mark vanish"),
    ("第一行\r\n第二行\t", "第一行  第二行 ", "line ends and tabs become spaces"),
    ("火\u3000灾", "火 灾", "an ideographic space becomes a space"),
    ("塌\ud800方", "塌�方", "a lone surrogate is replaced"),
    ("⼈", "人", "a radical becomes its character"),
    ("e\u0301", "é", "a mark joins its base"),
    ("ｶﾞｽ", "ガス", "half-width voicing joins its base"),
    ("", "", "nothing stays nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), NORMALISED, ids=[row[2] for row in NORMALISED])
def test_text_is_normalised(text: str, expected: str, reason: str) -> None:
    assert normalise(text) == expected, reason


def test_offsets_of_a_character_that_becomes_two_point_to_the_one() -> None:
    assert normalise_with_offsets("重㎏物") == ("重kg物", [(0, 1), (1, 2), (1, 2), (2, 3)])


def test_offsets_skip_what_vanished() -> None:
    assert normalise_with_offsets("脚\u200b手") == ("脚手", [(0, 1), (2, 3)])


@settings(deadline=None)
@given(AWKWARD)
def test_both_ways_of_normalising_agree_and_spans_are_in_order(text: str) -> None:
    normalised, offsets = normalise_with_offsets(text)
    assert normalised == normalise(text)
    assert len(offsets) == len(normalised)
    assert all(0 <= start < end <= len(text) for start, end in offsets)
    assert offsets == sorted(offsets)


@settings(deadline=None)
@given(AWKWARD)
def test_a_span_of_the_original_normalises_to_the_characters_that_point_to_it(text: str) -> None:
    normalised, offsets = normalise_with_offsets(text)
    for span in set(offsets):
        pointing = "".join(c for c, own in zip(normalised, offsets, strict=True) if own == span)
        assert normalise(text[slice(*span)]) == pointing


@settings(deadline=None)
@given(AWKWARD)
def test_normalising_twice_changes_nothing_for_single_characters(text: str) -> None:
    for character in text:
        once = normalise(character)
        assert normalise(once) == once


TERMS = [
    ("脚手架倒塌", ["脚", "脚手", "手", "手架", "架", "架倒", "倒", "倒塌", "塌"]),
    ("H2S超标", ["h2s", "超", "超标", "标"]),
    ("罐内CO,3人", ["罐", "罐内", "内", "co", "3", "人"]),
    ("1.5米", ["1.5", "1", "5", "米"]),
    ("“11·20”", ["11", "20"]),
    ("GB30871", ["gb30871", "gb", "30871"]),
    ("GB 30871", ["gb", "30871"]),
    ("10kV", ["10kv", "10", "kv"]),
    ("二〇二四", ["二", "二〇", "〇", "〇二", "二", "二四", "四"]),
    ("着火 冒烟", ["着", "着火", "火", "冒", "冒烟", "烟"]),
    ("hot work", ["hot", "work"]),
    ("……!?😀_", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), TERMS, ids=[row[0] or "empty" for row in TERMS])
def test_index_terms_are_characters_pairs_and_runs(text: str, expected: list[str]) -> None:
    assert index_terms(text) == expected


def test_traditional_and_simplified_give_the_same_terms() -> None:
    assert index_terms("工人在鷹架上墜落,電線漏電") == index_terms("工人在鹰架上坠落,电线漏电")


def test_a_giant_run_is_cut_to_64_characters() -> None:
    assert index_terms("A" * 100_000) == ["a" * 64]


@settings(deadline=None)
@given(AWKWARD)
def test_no_term_is_empty_or_holds_white_space(text: str) -> None:
    terms = index_terms(text)
    assert " ".join(terms).split() == terms


def test_fifty_thousand_characters_are_quick(segmenter: Segmenter) -> None:
    # Different characters all along, so that nothing repeats cheaply; seconds would mean it is not linear.
    text = "".join(chr(0x4E00 + (i * 7919) % 20_000) for i in range(50_000))
    segmenter.warm_up()
    started = time.process_time()
    assert len(index_terms(text)) == 99_999
    segmenter.cut(text)
    assert time.process_time() - started < 5


def test_the_term_format_names_the_tables_it_depends_on() -> None:
    assert "opencc/" in term_format()
    assert "unicode/" in term_format()


SENTENCES = [
    ("工人在有限空间作业时硫化氢中毒", "工人 在 有限空间作业 时 硫化氢中毒"),
    ("塔式起重机顶升套架坠落", "塔式起重机 顶升套架 坠落"),
    ("附着式升降脚手架提升时坠落", "附着式升降脚手架 提升 时 坠落"),
    ("液化石油气瓶泄漏闪爆", "液化石油气瓶 泄漏 闪爆"),
    ("综采工作面局部通风机停风", "综采工作面 局部通风机 停风"),
    ("在储罐上动火", "在 储罐 上 动火"),
    ("叉车司机无证上岗", "叉车司机 无证上岗"),
    ("电动自行车在楼道充电", "电动自行车 在 楼道充电"),
    ("违反安全生产法", "违反 安全生产法"),
    ("煤与瓦斯突出事故", "煤与瓦斯突出 事故"),
    ("安全带和安全绳", "安全带 和 安全绳"),
    ("H2S浓度,CO2排放", "h2s 浓度 co2 排放"),
    ("尾矿库溃坝", "尾矿库 溃坝"),
    ("有人行车道", "有人 行车道"),
    ("單體液壓支柱", "单体液压支柱"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_words_of_the_trades_come_out_whole(segmenter: Segmenter, text: str, expected: str) -> None:
    assert [word.text for word in segmenter.cut(text)] == expected.split()


def test_every_word_of_the_dictionary_comes_out_whole(segmenter: Segmenter) -> None:
    broken = [e.word for e in bundled_dictionary() if [w.text for w in segmenter.cut(e.word)] != [e.word]]
    assert broken == []


def test_a_word_knows_its_kind_and_its_place_in_the_original(segmenter: Segmenter) -> None:
    text = "　２號 塔\u200b式起重機!"
    word = segmenter.cut(text)[-1]
    assert (word.text, word.kind) == ("塔式起重机", "equipment")
    assert text[word.start : word.end] == "塔\u200b式起重機"


@settings(deadline=None)
@given(AWKWARD)
def test_words_lie_in_the_original_in_order(text: str) -> None:
    words = SHARED.cut(text)
    for word in words:
        assert word.text in normalise(text[word.start : word.end])
    assert [word.start for word in words] == sorted(word.start for word in words)


SHARED = Segmenter()


def test_key_terms_put_the_trades_first_and_drop_stop_words(segmenter: Segmenter) -> None:
    terms = [word.text for word in segmenter.key_terms("我们发现村民的脚手架倒塌,脚手架在 2023 年")]
    assert terms == ["村民", "脚手架", "倒塌"]


@pytest.mark.parametrize("text", ["", "\x00", " \n", "😀", "\ud800", "……"])
def test_texts_without_words_give_none(segmenter: Segmenter, text: str) -> None:
    assert segmenter.cut(text) == []
    assert segmenter.key_terms(text) == []


def test_threads_share_a_segmenter() -> None:
    fresh = Segmenter()
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(fresh.cut, ["有限空间中毒"] * 16))
    assert all(result == results[0] for result in results)


def test_a_damaged_word_table_is_replaced(tmp_path: Path) -> None:
    Segmenter(cache_folder=tmp_path).warm_up()
    (table,) = tmp_path.iterdir()
    whole = table.read_bytes()
    table.write_bytes(whole[:5000])
    assert [word.text for word in Segmenter(cache_folder=tmp_path).cut("液压支架")] == ["液压支架"]
    assert len(table.read_bytes()) == len(whole)


def test_a_cache_folder_that_cannot_be_made_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert [w.text for w in Segmenter(cache_folder=tmp_path / "file").cut("液压支架")] == ["液压支架"]


def test_the_tokenizer_of_jieba_that_others_use_is_left_alone(segmenter: Segmenter) -> None:
    segmenter.warm_up()
    import jieba

    assert not jieba.dt.initialized


def test_the_dictionary_holds_every_kind_and_many_words() -> None:
    words = list(bundled_dictionary())
    assert len(words) >= 1200
    assert {entry.kind for entry in words} == set(KINDS)


ALIASES = [
    ("塔吊", "塔式起重机"),
    ("CO", "一氧化碳"),
    ("烧碱", "氢氧化钠"),
    ("安法", "安全生产法"),
    ("氨气", "氨"),
]


@pytest.mark.parametrize(("alias", "canonical"), ALIASES)
def test_an_alias_knows_the_usual_name(alias: str, canonical: str) -> None:
    entry = bundled_dictionary().get(normalise(alias))
    assert entry is not None
    assert entry.canonical == canonical


def test_the_dictionary_file_is_sorted_within_kinds() -> None:
    keys = [(entry.kind, entry.word) for entry in bundled_dictionary()]
    assert keys == sorted(keys)


BAD_TABLES = [
    ("word\tkind\n塔吊\tequipment\n", "第 1 行", "a missing column"),
    ("", "没有表头", "an empty file"),
    ("word\tkind\tcanonical\n塔吊\ttool\n", "第 2 行:未知的类别“tool”", "an unknown kind"),
    (
        "word\tkind\tcanonical\n塔吊\tequipment\n塔吊\tplace\n",
        "第 3 行:词“塔吊”与第 2 行重复",
        "a word twice",
    ),
    ("word\tkind\tcanonical\n塔吊\tequipment\t塔机\n", "第 2 行:规范名“塔机”", "an unknown canonical name"),
    ("word\tkind\tcanonical\n塔\tequipment\n", "第 2 行:词“塔”太短", "one character"),
    ("word\tkind\tcanonical\n塔 吊\tequipment\n", "第 2 行:词“塔 吊”", "a space inside"),
    ("word\tkind\tcanonical\n塔吊\tequipment\t\t多\n", "第 2 行:有 4 列", "a cell too many"),
]


@pytest.mark.parametrize(("table", "message", "reason"), BAD_TABLES, ids=[row[2] for row in BAD_TABLES])
def test_a_bad_dictionary_is_refused_by_file_and_line(
    tmp_path: Path, table: str, message: str, reason: str
) -> None:
    path = tmp_path / "words.tsv"
    path.write_text(table, "utf-8")
    with pytest.raises(BadRecord) as refused:
        read_dictionary(path)
    assert "words.tsv" in refused.value.message, reason
    assert message in refused.value.message


def test_a_dictionary_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.tsv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadRecord, match="无法读取"):
        read_dictionary(path)


def test_the_version_is_a_stable_hash() -> None:
    assert dictionary_version() == dictionary_version()
    assert len(dictionary_version()) == 16
