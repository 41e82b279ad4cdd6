"""What kind of document a file is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.corpus.reports.documents import document
from tests.corpus.reports.golden import GOLDEN
from tests.corpus.reports.golden_late import GOLDEN_LATE
from tests.corpus.reports.golden_more import GOLDEN_MORE
from tests.corpus.reports.golden_short import GOLDEN_SHORT
from tests.corpus.reports.no_reports import NO_REPORTS
from tests.corpus.reports.told_forms import TOLD_FORMS

from qianche.corpus.reading.document import Document, Removed
from qianche.corpus.reports.kinds import kind_of
from qianche.corpus.reports.signs import SIGNS, Sign
from qianche.corpus.reports.told import WORDINGS, Wording, telling_of

LAW = document(
    "柳河省燃气安全条例",
    "（2018年5月31日柳河省人民代表大会常务委员会通过）",
    "第一章　总则",
    "第一条　为了保障燃气使用安全，制定本条例。",
    "第二条　本省行政区域内的燃气经营和使用，应当遵守本条例。",
    "第二章　法律责任",
    "第三条　造成3人以上死亡事故的，依照有关法律追究责任。",
    "第四条　本条例自2018年9月1日起施行。",
)
STANDARD = document(
    "AQ 9999-2020 木工机械安全要求",
    "1 范围",
    *(f"4.{i}.1 防护罩应符合第{i}章的要求，不得缺失。" for i in range(1, 12)),
)
NOTICE = document(
    "关于开展粉尘防爆专项检查的通知",
    "柳安办〔2021〕14号",
    "各县（市、区）安委会：",
    "2021年3月2日，外省某金属加工厂发生粉尘爆炸事故，造成5人死亡。为吸取教训，现将有关事项通知如下：",
    "一、检查范围",
    "各类涉粉作业企业。",
    "二、工作要求",
    "各地应当逐企检查，不得走过场。",
)
PLAN = document(
    "铸造车间整改方案",
    "2021年3月2日，铸造车间发生灼烫事故，造成1人重伤。现制定方案如下。",
    "更换炉盖，下月完成。",
)
ACCIDENT_NOTICE = document(
    "关于柳城冶炼厂“3·2”爆炸事故的通报",
    "2021年3月2日，柳城冶炼厂发生一起爆炸事故，造成2人死亡。",
    "一、事故经过",
    "3月2日8时，工人向炉内加入潮湿废料，随即发生爆炸。",
    "二、事故原因",
    "入炉料未烘干。",
    "三、工作要求",
    "各单位要立即自查。",
)
NEWS = document("本报讯 昨日上午，城西一家具市场发生火灾，造成2人死亡，5人受伤。", "目前火灾原因正在调查中。")
CONTENTS = document(
    "某公司“6·6”坍塌事故调查报告",
    *(f"{n}、{title}……………………{page}" for n, title, page in (
        ("一", "基本情况", 1), ("二", "事故经过", 3), ("三", "事故原因", 8), ("四", "事故性质", 11), ("五", "防范措施", 12),
    )),
)  # fmt: skip
LETTER = document("会议纪要", "会议听取了食堂改造进展，决定下周三完成招标。")


@pytest.mark.parametrize(
    "golden", [*GOLDEN, *GOLDEN_MORE, *GOLDEN_SHORT, *GOLDEN_LATE], ids=lambda golden: golden.name
)
def test_every_form_of_report_is_a_report(golden: object) -> None:
    assert kind_of(golden.document).kind == "report"  # type: ignore[attr-defined]


@pytest.mark.parametrize("doc", [LAW, STANDARD, NOTICE], ids=["law", "standard", "notice"])
def test_laws_standards_and_notices_are_rules(doc: Document) -> None:
    assert kind_of(doc).kind == "rule"


def test_a_law_is_sure_and_a_plan_that_opens_with_an_accident_is_not() -> None:
    assert kind_of(LAW).sure
    verdict = kind_of(PLAN)
    assert not verdict.sure
    assert "；但也" in verdict.reason


def test_an_accident_notice_and_a_news_item_are_reports() -> None:
    assert kind_of(ACCIDENT_NOTICE).kind == "report"
    assert kind_of(NEWS).kind == "report"


def test_a_bare_table_of_contents_is_known_as_such() -> None:
    verdict = kind_of(CONTENTS)
    assert verdict.kind == "contents-only"
    assert verdict.sure
    assert "目录" in verdict.reason


def test_contents_that_cleaning_took_out_count_too() -> None:
    left = document("某公司“6·6”坍塌事故调查报告")
    assert (
        kind_of(replace(left, removed=(Removed(1, "一、基本情况……1", "contents"),))).kind == "contents-only"
    )


def test_a_report_with_contents_and_body_is_a_report() -> None:
    fire = next(golden for golden in GOLDEN if golden.name.startswith("fire"))
    assert kind_of(fire.document).kind == "report"


def test_cells_without_any_other_sign_are_a_table() -> None:
    doc = document(
        "2020年台账",
        "序号\t名称\t数量\n1\t灭火器\t20\n2\t应急灯\t14\n3\t空气呼吸器\t6",
        tables=frozenset({1}),
    )
    assert kind_of(doc).kind == "table"


def test_a_text_of_neither_kind_is_other() -> None:
    assert kind_of(LETTER).kind == "other"


def test_an_empty_document_is_other_and_says_so() -> None:
    verdict = kind_of(document(""))
    assert (verdict.kind, verdict.reason) == ("other", "没有文字")


def test_too_little_evidence_is_never_sure() -> None:
    verdict = kind_of(document("柳安办〔2021〕14号", "食堂改造完成。"))
    assert verdict.kind == "other"
    assert not verdict.sure


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.reason)
def test_each_sign_shows_what_it_matches_and_what_not(sign: Sign) -> None:
    assert sign.pattern.search(sign.example)
    assert not sign.pattern.search(sign.unlike)


@pytest.mark.parametrize(("name", "kinds", "paragraphs"), NO_REPORTS, ids=[row[0] for row in NO_REPORTS])
def test_texts_that_only_speak_of_accidents_are_no_reports(
    name: str, kinds: tuple[str, ...], paragraphs: tuple[str, ...]
) -> None:
    assert kind_of(document(*paragraphs)).kind in kinds


@pytest.mark.parametrize(("name", "sure", "paragraphs"), TOLD_FORMS, ids=[row[0] for row in TOLD_FORMS])
def test_texts_that_tell_one_accident_in_any_form_are_reports(
    name: str, sure: bool, paragraphs: tuple[str, ...]
) -> None:
    verdict = kind_of(document(*paragraphs))
    assert (verdict.kind, verdict.sure) == ("report", sure)


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.example)
def test_each_wording_of_an_account_shows_what_it_matches_and_what_not(wording: Wording) -> None:
    assert wording.pattern.search(wording.example)
    assert not wording.pattern.search(wording.unlike)


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("3月2日9时,某厂仓库发生一起火灾。", "named"),
        ("3月2日9时，李某从屋面坠落，经抢救无效死亡。", "shown"),
        ("李某从屋面坠落，经抢救无效死亡。", None),
        ("3月2日9时，李某到车间上班。", None),
        ("3月2日，全市共发生火灾12起，造成2人死亡。", None),
        ("3月2日，演练模拟储罐爆炸，造成2人死亡。", None),
        ("On March 2, 2020, the roofer fell and was killed.", "shown"),
        ("On March 2, 2020, the number of workers killed in falls was published.", None),
    ],
)
def test_an_account_needs_a_day_an_event_and_a_harm(text: str, telling: str | None) -> None:
    assert telling_of(text) == telling


def test_a_reply_without_its_annex_is_doubtful_and_says_what_spoke_for_it() -> None:
    verdict = kind_of(document("关于同意恒达公司“3·14”坠落事故结案的批复", "同意结案。"))
    assert (verdict.kind, verdict.reason, verdict.sure) == ("report", "是关于一起事故的公文", False)
