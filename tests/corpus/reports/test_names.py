"""The accident's name, and the facts put together."""

from __future__ import annotations

import re

import pytest
from tests.corpus.reports.documents import document, whole
from tests.corpus.reports.telling import facts, facts_in

from qianche.corpus.reading.document import Block, Document, Span
from qianche.corpus.reports.fields import CaseFacts, find_facts
from qianche.corpus.reports.parts import find_parts

# first lines, name
TITLED = [
    (("某县某镇“5·6”一般坍塌事故调查报告",), "某县某镇“5·6”一般坍塌事故"),
    (("关于某公司“5·6”较大爆炸事故的通报",), "某公司“5·6”较大爆炸事故"),
    (("5·6某市某烧烤店“”", "重大燃气爆炸事故调查报告"), "某市某烧烤店“5·6”重大燃气爆炸事故"),
    (("某市某烧烤店“5·6”重大", "燃气爆炸事故调查报告"), "某市某烧烤店“5·6”重大燃气爆炸事故"),
    (("2001年某站液氯槽车泄漏事故",), "2001年某站液氯槽车泄漏事故"),
    (("云岭市平湾县G3×1线“5·6”较大交通事故调查报告", "平湾县“5·6”事故调查组"), "云岭市平湾县G3×1线“5·6”较大交通事故"),
    (("平湾县××化工厂“5·6”爆炸事故调查报告",), "平湾县××化工厂“5·6”爆炸事故"),
    (("702.某煤矿“11.10”一般顶板事故调查报告",), "某煤矿“11·10”一般顶板事故"),
    (("事故名称：某小区“5·6”燃气爆炸事故",), "某小区“5·6”燃气爆炸事故"),
    (("混合检索", "云岭县“5·06”较大道路交通事故调查报告"), "云岭县“5·06”较大道路交通事故"),
    (("云岭市“20200506”重大道路交通事故调查报告",), "云岭市“5·6”重大道路交通事故"),
    (("关于某镇一起民房火灾事故调查情况的通报",), "某镇一起民房火灾事故"),
    (("一、某中心大火事故",), "某中心大火事故"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "name"), TITLED)
def test_the_name_is_the_title_without_the_report(lines: tuple[str, ...], name: str) -> None:
    found = facts(*lines, "2020年5月6日9时，某处发生事故，造成1人死亡。").name
    assert found.value == name
    assert found.findings[0].found_by in ("title", "label")


def test_a_sentence_that_names_the_place_beats_a_bare_title() -> None:
    found = facts(
        "“5·6”一般坍塌事故调查报告",
        "2020年5月6日9时，某地发生坍塌事故，造成1人死亡。",
        "经调查认定，某县某镇“5·6”一般坍塌事故是一起生产安全责任事故。",
    ).name
    assert (found.value, found.findings[0].found_by) == ("某县某镇“5·6”一般坍塌事故", "sentence")


def test_a_bare_title_is_kept_where_nothing_is_fuller() -> None:
    found = facts("“5·6”一般坍塌事故调查报告", "2020年5月6日9时，某地发生坍塌事故，造成1人死亡。").name
    assert found.value == "“5·6”一般坍塌事故"


def test_a_day_whose_dot_was_lost_is_read_by_the_day_of_the_accident() -> None:
    found = facts(
        "某钢构公司“621”一般高处坠落事故调查报告2021年6月21日15时，某仓库发生高处坠落事故，造成1人死亡。"
    )
    assert found.name.value == "某钢构公司“6·21”一般高处坠落事故"


def test_a_name_put_together_is_marked_derived() -> None:
    (finding,) = facts("2020年5月6日9时，某县某煤矿发生顶板事故，造成1人死亡。").name.findings
    assert (finding.value, finding.found_by, finding.sure) == ("某县某煤矿“5·6”顶板事故", "derived", False)


def test_a_headline_that_counts_the_dead_is_no_name() -> None:
    found = facts(
        "4死2伤煤矿事故调查报告发布",
        "4月8日，某局网站发布某县某煤矿“7·29”较大煤与瓦斯突出事故调查报告。",
        "2019年7月29日，某县某煤矿发生一起较大煤与瓦斯突出事故，造成4人死亡、2人轻伤。",
    )
    assert found.name.value == "某县某煤矿“7·29”较大煤与瓦斯突出事故"


def test_nothing_told_gives_no_name() -> None:
    assert facts("防范措施：加强管理。").name.findings == ()


REPORT = (
    "某县某镇“5·6”较大坍塌事故调查报告",
    "2020年5月6日9时20分许，江苏省南通市海门区某镇安置房工地发生一起坍塌事故，造成3人死亡、1人受伤，"
    "直接经济损失486.5万元。",
    "一、事故发生经过",
    "5月6日8时，工人进场。9时20分许，模板支撑失稳坍塌。",
    "二、直接原因",
    "模板支撑体系搭设不符合规范。",
    "三、事故性质",
    "经调查认定，该起事故是一起较大生产安全责任事故。",
    "四、防范措施",
    "吸取2019年4月10日某地坍塌事故7人死亡的教训。",
)  # fmt: skip


def _told(found: CaseFacts) -> tuple[object, ...]:
    """The values of a report's facts."""
    moment, place = found.moment.value, found.place.value
    assert moment is not None and place is not None
    return (
        found.name.value, moment.day.isoformat(), moment.time, place.county, found.deaths.value, found.injured.value,
        found.direct_loss_wan.value, found.severity_named.value, found.severity_computed.value, found.sector.value,
        found.accident_class["gb6441-1986"].value,
    )  # fmt: skip


WHOLE = (
    "某县某镇“5·6”较大坍塌事故", "2020-05-06", "09:20", "海门区", 3, 1, 486.5, "较大", "较大", "建筑施工", "坍塌",
)  # fmt: skip


def test_a_whole_report_yields_all_facts_without_a_warning() -> None:
    found = facts(*REPORT)
    assert _told(found) == WHOLE
    assert found.warnings == ()


def test_parts_by_meaning_change_nothing_in_a_plain_report() -> None:
    told = document(*REPORT)
    assert _told(find_facts(told, whole(told), find_parts(told, whole(told)))) == WHOLE


@pytest.mark.parametrize("gap", [" ", "\u3000", "  "])
def test_spaces_around_every_number_change_nothing(gap: str) -> None:
    spaced = [re.sub(r"([\d.]+)", rf"{gap}\1{gap}", paragraph) for paragraph in REPORT[1:]]
    assert _told(facts(REPORT[0], *spaced)) == WHOLE


def test_every_span_lies_in_the_part_of_the_document_that_was_asked_for() -> None:
    other = "2018年1月2日，另一矿发生顶板事故，造成9人死亡。"
    told = document(other, *REPORT, other)
    start, end = len(other) + 1, len(told.text) - len(other) - 1
    found = find_facts(told, type(whole(told))(start, end))
    assert _told(found) == WHOLE
    fields = [found.name, found.moment, found.place, found.deaths, found.injured, found.direct_loss_wan]
    spans = [span for field in fields for finding in field.findings for span in finding.spans]
    assert spans and all(start <= span.start < span.end <= end for span in spans)


def test_an_empty_span_and_a_contents_page_yield_nothing() -> None:
    empty = document("目录", "一、事故有关情况........................ 3")
    found = facts_in(empty)
    assert found.deaths.findings == found.moment.findings == ()
    nothing = Document("text", "", (), empty.pages)
    assert find_facts(nothing, whole(nothing)) == CaseFacts(
        accident_class=find_facts(nothing, whole(nothing)).accident_class
    )


def _with_persons(deaths: int | None, *rows: str) -> CaseFacts:
    """A report of so many deaths, or of none stated, with a table of persons."""
    toll = "" if deaths is None else f"，造成{deaths}人死亡"
    sentence = f"2020年5月6日9时，某厂发生坍塌事故{toll}。"
    lines = ["姓名\t性别\t伤害程度", *rows]
    text = "\n".join([sentence, *lines])
    cells, start = [], len(sentence) + 1
    for line in lines:
        row = []
        for cell in line.split("\t"):
            row.append(Span(start, start + len(cell)))
            start += len(cell) + 1
        cells.append(tuple(row))
    blocks = (
        Block("paragraph", 0, len(sentence)),
        Block("table", len(sentence) + 1, len(text), rows=tuple(cells)),
    )
    return facts_in(Document("docx", text, blocks, document("x").pages))


def test_without_a_stated_number_the_table_of_persons_is_the_source() -> None:
    found = _with_persons(None, "柯某\t男\t死亡", "阮某\t男\t死亡", "瞿某\t女\t轻伤")
    (finding,) = found.deaths.findings
    assert (finding.value, finding.found_by) == (2, "table")


def test_a_table_of_persons_is_a_check_of_the_number_stated() -> None:
    rows = ("甲某\t男\t死亡", "乙某\t男\t死亡", "丙某\t女\t重伤")
    agreeing, differing = _with_persons(2, *rows), _with_persons(3, *rows)
    assert agreeing.deaths.value == 2 and agreeing.warnings == ()
    assert differing.deaths.value == 3
    assert any("死者2人" in warning and "死亡3人" in warning for warning in differing.warnings)


def test_a_table_of_labels_is_read() -> None:
    text = "事故时间\t2020年5月6日9时\n死亡人数\t2人\n直接经济损失\t180万元"
    told = Document("docx", text, (Block("table", 0, len(text)),), document("x").pages)
    found = facts_in(told)
    assert (found.deaths.value, found.direct_loss_wan.value) == (2, 180.0)
    assert found.moment.value is not None and found.moment.value.time == "09:00"
