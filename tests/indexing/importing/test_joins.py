"""The same accident from several files: joined when certain, asked when likely, else apart; and undone."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from tests.indexing.importing import making
from tests.indexing.importing.conftest import Bench

from qianche.corpus.cases import Place
from qianche.corpus.errors import BadRequest
from qianche.corpus.reports.draft import Moment, Whereabouts
from qianche.indexing.importing.joining import compare
from qianche.indexing.importing.likeness import Telling, telling_of_case, telling_of_draft

SAME = {"day": "2024-05-06", "deaths": 2, "firm": "安吉青岭竹制品有限公司"}
"""The accident that the bundled case tells."""


@pytest.mark.parametrize(
    ("why", "bundled", "report", "expected"),
    [
        ("day, place, deaths and firm agree", {}, SAME, "certain"),
        ("another firm of the county on that day", {}, SAME | {"firm": "安吉云泉机械有限公司"}, "separate"),
        ("firms that share only trade words", {}, SAME | {"firm": "安吉竹海竹制品有限公司"}, "separate"),
        ("the day after", {}, SAME | {"day": "2024-05-07"}, "likely"),
        ("two days after", {}, SAME | {"day": "2024-05-08"}, "separate"),
        ("other deaths", {}, SAME | {"deaths": 3}, "likely"),
        ("deaths not given", {}, SAME | {"deaths": None}, "likely"),
        ("another county", {}, SAME | {"place": ("浙江省", "湖州市", "长兴县")}, "separate"),
        ("another province", {}, SAME | {"place": ("福建省", None, None)}, "separate"),
        ("no date", {}, SAME | {"day": None}, "separate"),
        ("no deaths on either side", {"deaths": 0}, SAME | {"deaths": 0}, "likely"),
        ("firm masked, two deaths", {}, SAME | {"firm": "某竹制品厂"}, "separate"),
        ("firm masked, five deaths", {"deaths": 5}, SAME | {"firm": "某竹制品厂", "deaths": 5}, "likely"),
        ("firm masked, equal loss", {"loss": 312.7}, SAME | {"firm": "某厂", "direct_loss_wan": 312.7}, "certain"),
        ("class differs", {}, SAME | {"accident_class": {"gb6441-1986": "坍塌"}}, "likely"),
    ],
)  # fmt: skip
def test_the_rule(why: str, bundled: dict[str, object], report: dict[str, object], expected: str) -> None:
    report = dict(report)
    classes = report.pop("accident_class", None)
    assert verdict_of(bundled, report, classes) == expected, why


def verdict_of(bundled: dict[str, object], report: dict[str, object], classes: object) -> str:
    """The verdict with classes put in by scheme."""
    case = telling_of_case(making.case("bundled-a", **bundled))
    draft = making.draft("文", **report)
    if isinstance(classes, dict):
        draft = making.replace(draft, accident_class={k: making.field(v) for k, v in classes.items()})
    return compare(telling_of_draft(draft, "imp-1"), case).verdict


@pytest.mark.parametrize(
    ("bundled", "report", "expected"),
    [
        (("湖南省", "衡阳市", "耒阳市"), ("湖南省", "衡阳市", "未阳市"), "certain"),
        (("湖北省", "黄石市", "大冶市"), ("湖北省", "黄石市", "大治市"), "certain"),
        (("湖南省", "衡阳市", "衡阳县"), ("湖南省", "衡阳市", "衡山县"), "separate"),
        (("江苏省", "泰州市", "兴化市"), ("江苏省", "苏州市", "兴化市"), "separate"),
    ],
)
def test_a_county_misread_by_a_character_that_looks_alike_is_the_same_county(
    bundled: tuple[str, str, str], report: tuple[str, str, str], expected: str
) -> None:
    case = {"name": "青岭竹制品“5·6”火灾事故", "place": Place("中国", *bundled)}
    told = SAME | {"firm": "青岭竹制品有限公司", "place": report}
    assert verdict_of(case, told, None) == expected


UNKNOWN = "岚阳市石桥县"
"""A place that no list of places holds: only its text is known."""
ELSEWHERE = "岚阳市双河县"


def told(firm: str, time: str | None = None, place: str | None = None, **figures: object) -> Telling:
    """A report of one death on one day at a firm."""
    draft = making.draft("文", day="2023-03-04", deaths=1, firm=firm, **figures)
    draft = making.replace(draft, moment=making.field(Moment(date(2023, 3, 4), time)))
    if place is not None:
        draft = making.replace(draft, place=making.field(Whereabouts(place)))
    return telling_of_draft(draft, firm)


@pytest.mark.parametrize(
    ("why", "one", "other", "expected"),
    [
        ("one character of the core, hours apart", told("宏发砖厂", "08:10"), told("宏达砖厂", "16:10"), "separate"),
        ("one character of the core, no time", told("宏发砖厂"), told("宏达砖厂"), "separate"),
        ("one character, time agrees", told("宏发砖厂", "08:10"), told("宏达砖厂", "08:20"), "likely"),
        ("one character, loss equal", told("宏发砖厂", direct_loss_wan=97.3), told("宏达砖厂", direct_loss_wan=97.3), "likely"),
        ("two phases", told("万通物流园一期", injured=1), told("万通物流园二期 仓库", injured=3), "separate"),
        ("two phases, the loss equal",
            told("万通物流园一期", direct_loss_wan=88.1),
            told("万通物流园二期", direct_loss_wan=88.1), "likely"),
        ("two areas", told("云泉纸品厂A区"), told("云泉纸品厂B区"), "separate"),
        ("two numbered works", told("云泉1号仓库"), told("云泉2号仓库"), "separate"),
        ("one number written in two ways", told("云泉第二矿"), told("云泉二矿"), "certain"),
        ("two schools",
            told("第一小学工地", "09:20", direct_loss_wan=96),
            told("第三小学工地", "17:40", direct_loss_wan=158), "separate"),
        ("two building sites", told("第27号工地", "08:30"), told("第87号工地", "08:30"), "separate"),
        ("unknown county", told("石桥县鑫源铸造厂", place=UNKNOWN), told("石桥县永兴木业有限公司", place=UNKNOWN), "separate"),
        ("unknown county, before the firm",
            told("岚阳市石桥县鑫源铸造厂", place="岚阳市石桥县鑫源铸造厂"),
            told("岚阳市石桥县永兴木业有限公司", place="岚阳市石桥县永兴木业有限公司"), "separate"),
        ("unknown county agrees", told("鑫源铸造厂", place=UNKNOWN), told("鑫源铸造有限公司", place=UNKNOWN), "certain"),
        ("another unknown county", told("鑫源铸造厂", place=UNKNOWN), told("鑫源铸造厂", place=ELSEWHERE), "separate"),
        ("another trade of one name", told("宏发砖厂"), told("宏发木业有限公司"), "likely"),
        ("two works of one group", told("青岭集团白石煤矿"), told("青岭集团黑泉煤矿"), "likely"),
        ("one character more", told("新兴铸造厂"), told("新兴源铸造厂"), "separate"),
        ("half an hour apart", told("宏发砖厂", "08:10"), told("宏发砖厂", "08:40"), "certain"),
        ("more than half an hour apart", told("宏发砖厂", "08:10"), told("宏发砖厂", "08:41"), "likely"),
        ("injured differ", told("宏发砖厂", injured=1), told("宏发砖厂", injured=3), "likely"),
        ("injured not given once", told("宏发砖厂", injured=1), told("宏发砖厂"), "certain"),
        ("loss rounded", told("宏发砖厂", direct_loss_wan=99), told("宏发砖厂", direct_loss_wan=100), "certain"),
        ("loss differs", told("宏发砖厂", direct_loss_wan=96), told("宏发砖厂", direct_loss_wan=158), "likely"),
    ],
)  # fmt: skip
def test_another_company_is_another_accident_and_what_contradicts_is_asked(
    why: str, one: Telling, other: Telling, expected: str
) -> None:
    assert (compare(one, other).verdict, compare(other, one).verdict) == (expected, expected), why


def test_a_shared_site_in_the_names_does_not_outvote_other_employers() -> None:
    one, other = told("云泉机械厂"), told("白鹭纸品厂")
    park = ("万通物流园",)
    verdict = compare(making.replace(one, names=park), making.replace(other, names=park)).verdict
    assert verdict == "likely"


def test_as_many_numbered_sites_on_one_day_stay_as_many_cases(bench: Bench) -> None:
    before = len(bench.cases())
    for n in range(1, 21):
        bench.take(f"{n}.json", text=[f"{n}号工地的事。"], drafts=[NEW | {"firm": f"第{n}号工地"}])
    assert len(bench.cases()) - before == 20
    assert bench.importer.reviews("join") == ()


def test_no_two_bundled_cases_are_taken_for_one() -> None:
    from qianche.corpus.casebook import load_casebook

    cases = [telling_of_case(case) for case in load_casebook()]
    by_day = sorted(cases, key=lambda telling: min(telling.days))
    proposed = [
        (one.case_id, other.case_id)
        for place, one in enumerate(by_day)
        for other in by_day[place + 1 : place + 8]
        if compare(one, other).verdict != "separate"
    ]
    assert proposed == []


def test_the_missing_may_be_counted_among_the_dead() -> None:
    book = telling_of_case(making.case("bundled-a", deaths=10))
    book = making.replace(book, missing=1)
    told = telling_of_draft(making.draft("文", **(SAME | {"deaths": 11})), "imp-1")
    assert compare(told, book).verdict == "certain"


def test_a_certain_join_leaves_the_bundled_record_as_it_is_and_adds_the_text(bench: Bench) -> None:
    before = bench.cases()["bundled-a"]
    sha = bench.take(text=["当天有人用角磨机。"], drafts=[SAME | {"injured": 4}])
    assert bench.cases()["bundled-a"] == before
    assert f"imp-{sha[:12]}-1" not in bench.cases()
    (account,) = bench.importer.accounts("bundled-a")
    assert account.draft is not None and account.draft.injured.value == 4
    assert "当天有人用角磨机。" in bench.passages("bundled-a")
    (join,) = bench.importer.joins("joined")
    assert (join.case_id, join.verdict, join.by) == ("bundled-a", "certain", "规则")


def test_splitting_restores_both_sides_exactly(bench: Bench) -> None:
    before, passages = bench.cases(), bench.passages("bundled-a")
    sha = bench.take(text=["当天有人用角磨机。"], drafts=[SAME])
    account_id = f"imp-{sha[:12]}-1"
    bench.importer.split(account_id, "李四")
    after = bench.cases()
    assert {i: p for i, p in after.items() if i != account_id} == before
    assert bench.passages("bundled-a") == passages
    assert after[account_id]["toll"]["deaths"] == 2
    (join,) = bench.importer.joins()
    assert (join.state, join.by) == ("undone", "李四")
    with pytest.raises(BadRequest):
        bench.importer.split(account_id, "李四")


def test_joining_again_and_splitting_again_changes_nothing(bench: Bench) -> None:
    sha = bench.take(text=["当天有人用角磨机。"], drafts=[SAME])
    account_id = f"imp-{sha[:12]}-1"
    joined = bench.cases()
    bench.importer.split(account_id, "李四")
    apart = bench.cases()
    bench.importer.join(account_id, "bundled-a", "李四")
    assert bench.cases() == joined
    bench.importer.split(account_id, "李四")
    assert bench.cases() == apart


def test_a_likely_join_is_put_before_a_person(bench: Bench) -> None:
    sha = bench.take(text=["一段。"], drafts=[SAME | {"deaths": 3}])
    account_id = f"imp-{sha[:12]}-1"
    assert account_id in bench.cases()
    (review,) = bench.importer.reviews("join")
    assert (review.account_id, review.case_id) == (account_id, "bundled-a")
    bench.importer.decide(review.review_id, "join", "李四")
    assert account_id not in bench.cases()
    assert [a.account_id for a in bench.importer.accounts("bundled-a")] == [account_id]
    assert bench.importer.reviews("join") == ()


def test_a_refused_join_stays_refused(bench: Bench) -> None:
    bench.take(text=["一段。"], drafts=[SAME | {"deaths": 3}])
    (review,) = bench.importer.reviews("join")
    bench.importer.decide(review.review_id, "separate", "李四")
    assert [join.state for join in bench.importer.joins()] == ["refused"]
    assert bench.importer.reviews("join") == ()
    with pytest.raises(BadRequest):
        bench.importer.decide(review.review_id, "join", "李四")


NEW = {"day": "2022-08-09", "place": ("云南省", "大理州", "宾川县"), "firm": "宾川金沙糖厂"}


def test_two_imported_reports_are_one_case_with_the_figures_side_by_side(bench: Bench) -> None:
    one = bench.take("快报.docx", text=["快报。"], drafts=[NEW | {"direct_loss_wan": 90}])
    two = bench.take(
        "报告.docx", text=["这是调查报告。"], drafts=[NEW | {"direct_loss_wan": 120, "injured": 5}]
    )
    (question,) = bench.importer.reviews("join")  # the losses differ: a person says that it is one accident
    bench.importer.decide(question.review_id, "join", "李四")
    case_id = f"imp-{one[:12]}-1"
    payload = bench.cases()[case_id]
    assert [a.source for a in bench.importer.accounts(case_id)] == [one, two]
    assert payload["toll"]["injured"] == 5
    assert payload["toll"]["direct_loss_wan"] is None
    assert "直接经济损失（万元） 90" in payload["note"] and "120（报告.docx" in payload["note"]
    bench.importer.split(
        case_id, "李四"
    )  # the account that bears the id leaves: the other goes on under its own
    assert bench.cases()[case_id]["toll"]["direct_loss_wan"] == 90
    assert bench.cases()[f"imp-{two[:12]}-1"]["toll"]["direct_loss_wan"] == 120


def test_removing_the_first_of_two_files_leaves_the_other_a_case(bench: Bench) -> None:
    one = bench.take("快报.docx", text=["快报。"], drafts=[NEW])
    two = bench.take("报告.docx", text=["这是调查报告。"], drafts=[NEW])
    bench.importer.remove(one, "李四")
    assert f"imp-{one[:12]}-1" not in bench.cases()
    other = f"imp-{two[:12]}-1"
    assert [a.account_id for a in bench.importer.accounts(other)] == [other]
    assert bench.passages(other).count("这是调查报告。") == 1


def test_a_group_is_joined_whole(bench: Bench) -> None:
    one = bench.take("快报.docx", text=["快报。"], drafts=[NEW])
    two = bench.take("报告.docx", text=["这是调查报告。"], drafts=[NEW])
    ids = [f"imp-{sha[:12]}-1" for sha in (one, two)]
    bench.importer.join(ids[0], "bundled-b", "李四")
    assert sorted(a.account_id for a in bench.importer.accounts("bundled-b")) == sorted(ids)
    assert set(bench.cases()) == {"bundled-a", "bundled-b"}
    bench.importer.split(ids[1], "李四")
    assert ids[1] in bench.cases()


def test_the_list_of_coal_joins_names_cases_of_the_casebook() -> None:
    from qianche.corpus.casebook import load_casebook

    listed = json.loads(Path(__file__).with_name("coal_joins.json").read_text("utf-8"))
    assert set(listed["bundled"].values()) <= {case.case_id for case in load_casebook()}
    assert len(set(listed["bundled"].values())) == len(listed["bundled"]) == 48
