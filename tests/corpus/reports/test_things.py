"""Equipment and substances: found by the list, normalised only where a word can mean one thing."""

from __future__ import annotations

from tests.corpus.reports.content_reports import report

from qianche.corpus.reports.content import find_equipment, find_substances
from qianche.corpus.reports.content.tables import table
from qianche.indexing.segmentation.dictionary import bundled_dictionary

ROWS = {row["word"].upper(): row for row in table("things.tsv")}


def test_gas_in_a_pit_with_formula_and_name_is_one_substance() -> None:
    case = report(
        ("course", None, ["池内H2S浓度达300毫克，硫化氢逸出。ＣＯ报警仪和CO₂传感器未报警，COD在线监测正常。"])
    )
    found = find_substances(*case.args)
    assert [f.value for f in found] == ["硫化氢", "一氧化碳", "二氧化碳"]
    assert found[0].remark == "又写作：H2S"
    assert found[1].remark == "原文：ＣＯ，名称已归一"
    assert [case.document.quote(s) for s in found[0].spans] == ["H2S", "硫化氢"]


def test_a_word_with_more_than_one_meaning_stays_as_written() -> None:
    case = report(("direct_cause", "直接原因", ["煤气管道泄漏，液化气遇明火爆炸。"]))
    assert [f.value for f in find_substances(*case.args)] == ["煤气", "液化气"]


def test_equipment_of_one_kind_is_one_finding_under_the_first_word() -> None:
    case = report(("course", None, ["塔吊顶升时，塔式起重机套架下坠，砸断钢丝绳。"]))
    found = find_equipment(*case.args)
    assert [f.value for f in found] == ["塔吊", "顶升套架", "钢丝绳"] or [f.value for f in found] == [
        "塔吊",
        "钢丝绳",
    ]
    assert found[0].remark == "又写作：塔式起重机"


def test_rescue_and_background_are_not_asked_and_names_of_companies_hold_no_equipment() -> None:
    case = report(
        ("introduction", None, ["平江市远东电缆有限公司叉车翻倒。"]),
        ("background", "基本情况", ["厂区有锅炉2台。"]),
        ("response", "救援", ["调来挖掘机清理。"]),
    )
    assert [f.value for f in find_equipment(*case.args)] == ["叉车"]


def test_longer_words_win_and_scenery_is_left_out() -> None:
    case = report(("course", None, ["该路段为沥青路面。氧气呼吸器失效，便携式瓦斯检测仪损坏。"]))
    assert find_substances(*case.args) == ()
    assert [f.value for f in find_equipment(*case.args)] == ["氧气呼吸器", "便携式瓦斯检测仪"]


def test_every_word_of_the_safety_dictionary_is_in_the_list_if_only_as_neither() -> None:
    entries = [e for e in bundled_dictionary() if e.kind in ("equipment", "substance")]
    missing = {e.word.upper() for e in entries if len(e.word) > 1} - set(ROWS)
    assert missing == set()


def test_a_normal_name_is_itself_no_alias_and_of_the_same_kind() -> None:
    for row in table("things.tsv"):
        if row["normal"]:
            assert ROWS.get(row["normal"].upper(), {"normal": ""})["normal"] == "", row
            assert ROWS.get(row["normal"].upper(), row)["kind"] == row["kind"], row


def test_no_word_stands_twice() -> None:
    assert len(ROWS) == len(table("things.tsv"))


def test_what_a_works_makes_is_no_substance_where_it_stands_in_its_name() -> None:
    case = report(("course", None, ["平湾县兴隆纸箱厂屋面的采光板破裂，一名工人坠落。"]))
    assert find_substances(*case.args) == ()
    told = report(("course", None, ["平湾县兴隆纸箱厂仓库内堆放的纸箱起火。"]))
    assert [(f.value, len(f.spans)) for f in find_substances(*told.args)] == [("纸箱", 1)]
