"""What a person is asked: which row is meant, why it has no day, nothing said twice."""

from __future__ import annotations

from qianche.corpus.reading.cleaning import clean
from qianche.corpus.reading.formats.tables import read_table
from qianche.corpus.reading.limits import DEFAULT_LIMITS
from qianche.corpus.tables import map_columns, rows_to_drafts
from qianche.indexing.importing.merging import Teller
from qianche.indexing.importing.questions import case_questions
from qianche.indexing.importing.records import Review

HEADER = "名称,时间,地点,死亡,行业,事故经过\n"


def asked(row: str) -> dict[str, Review]:
    """Return the questions about the one row of a ledger, by kind and field."""
    document = clean(read_table(f"某局事故台账,,,,,\n{HEADER}{row}\n".encode(), DEFAULT_LIMITS))
    (draft,) = rows_to_drafts(document, map_columns(document))
    teller = Teller("台账-1", "0" * 64, "台账.csv", draft, document)
    reviews = case_questions("台账-1", [teller], None)
    return {f"{review.kind}:{review.field}": review for review in reviews}


def test_a_row_is_named_by_number_and_name() -> None:
    found = asked("砖厂皮带绞伤,,春溪镇,0,工贸,")
    assert (
        found["incomplete:occurred_on"].what == "“台账.csv”第 3 行（砖厂皮带绞伤）没有写明日期，或未能读出。"
    )


def test_a_row_without_a_name_is_told_by_its_first_words() -> None:
    what = asked(",,春溪镇砖厂,1,工贸,")["incomplete:occurred_on"].what
    assert what.startswith("“台账.csv”第 3 行（春溪镇砖厂 1 工贸")


def test_a_day_that_does_not_exist_is_said_so() -> None:
    what = asked("沼气池中毒,2022-02-30,前湾镇,2,农业,")["incomplete:occurred_on"].what
    assert what == "“台账.csv”第 3 行（沼气池中毒）的日期无法确定：日期不存在（2022-02-30）。"


def test_only_a_row_with_a_day_is_said_to_be_searchable() -> None:
    without, with_day = asked("甲,,春溪镇,,工贸,"), asked("甲,2022-01-02,春溪镇,,工贸,")
    assert without["incomplete:toll.deaths"].proposal == "日期尚缺，还不成为案例；此项可一并补上，或留空。"
    assert with_day["incomplete:toll.deaths"].proposal == "案例已可检索，此项留空。"


def test_a_conflict_does_not_say_its_kind_again() -> None:
    found = asked("甲,2022-01-02,春溪镇,3,工贸,2022年1月2日9时，某砖厂发生一起坍塌事故，造成2人死亡。")
    assert found["conflict:toll.deaths"].what.startswith("死亡人数 3（台账.csv 第 1 页）、2（")
