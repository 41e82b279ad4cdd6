"""The queue of what needs a person."""

from __future__ import annotations

from collections import Counter

from tests.service.import_pages.bench import Bench, sources_of, values
from tests.service.small_base import CONFLICT, LIKELY

from qianche.service.import_labels import REVIEW_KINDS


def test_the_queue_is_grouped_by_kind_with_counts(full: Bench) -> None:
    page = full.page("/review")
    counts = Counter(REVIEW_KINDS[review.kind] for review in full.importer.reviews())
    assert set(counts) == set(REVIEW_KINDS.values())
    for kind, count in counts.items():
        assert f"{kind}{count}" in page.words
    one = full.page("/review?kind=join")
    assert "可能是同一起：日期相差一天" in one.words and "只有目录，没有正文" not in one.text


def test_the_queue_of_one_file_holds_only_its_questions(full: Bench) -> None:
    page = full.page(f"/review?source={sources_of(full)['矛盾.docx']}")
    assert "只看文件“矛盾.docx”的事项" in page.words
    assert "可能是同一起：" not in page.text and "死亡人数 3（" in page.text


def test_a_conflict_is_settled_by_choosing_and_the_page_comes_back_to_its_place(bench: Bench) -> None:
    case_id = bench.only_case(bench.take(**CONFLICT))
    review = bench.only_review("conflict")
    nothing = bench.refused("/review", review=review.review_id, action="value", who="李四")
    assert "没有给出选定的值" in nothing.text and "李四" in values(nothing, "who")
    reply = bench.send(
        "/review", review=review.review_id, action="value", choice="1", who="李四", kind="conflict"
    )
    assert reply.status_code == 303
    address, _, place = reply.headers["location"].partition("#")
    page = bench.page(address)
    assert place in {a.get("id") for a in page.all("article")}
    assert "已记下。李四于" in page.words and "选定“4”" in page.words
    assert "who=" in address
    assert "死亡4人" in bench.page(f"/cases/{case_id}").words
    decided = bench.page("/review?state=decided")
    assert "李四" in decided.text and "选定“4”" in decided.words
    again = bench.refused("/review", review=review.review_id, action="accept", who="王五")
    assert "该事项已由李四处理" in again.text


def test_another_value_than_those_offered_can_be_typed(bench: Bench) -> None:
    case_id = bench.only_case(bench.take(**CONFLICT))
    review = bench.only_review("conflict")
    wrong = bench.refused("/review", review=review.review_id, action="value", value="五", who="李四")
    assert "死亡人数“五”不能使用" in wrong.text and "五" in values(wrong, "value")
    bench.follow("/review", review=review.review_id, action="value", value="5", who="李四")
    assert "死亡5人" in bench.page(f"/cases/{case_id}").words


def test_a_join_shows_both_sides_and_is_made_or_refused(bench: Bench) -> None:
    sha = bench.take("相似.docx", **LIKELY)
    review = bench.only_review("join")
    page = bench.page("/review?kind=join")
    assert "2024-05-07第1页2024-05-06不同" in page.words
    assert "死亡人数2第1页2一致" in page.words
    assert {"join", "separate"} <= {b.get("value") for b in page.all("button")}
    bench.follow("/review", review=review.review_id, action="join", who="李四")
    assert bench.only_case(sha) == "bundled-a"


def test_two_accidents_are_kept_apart(bench: Bench) -> None:
    sha = bench.take("相似.docx", **LIKELY)
    review = bench.only_review("join")
    page = bench.follow("/review", review=review.review_id, action="separate", who="李四")
    assert "不是同一起" in page.words and bench.only_case(sha) == f"imp-{sha[:12]}-1"


def test_a_rule_is_put_under_the_version_chosen(bench: Bench) -> None:
    text = ["竹粉尘防爆规定", "第一条 应当清扫。", "第二条 应当除尘。"]
    bench.take("规定.docx", text=text, rule="竹粉尘防爆规定", drafts=[])
    review = bench.only_review("rule-unmatched")
    page = bench.page("/review?kind=rule-unmatched")
    assert "《竹粉尘防爆规定》2023-01-01公布的版本（dust-rules@2023-01-01）：2023-01-01起" in page.words
    wrong = bench.refused("/review", review=review.review_id, action="version", value="x@y", who="李四")
    assert "登记表中没有版本“x@y”" in wrong.text
    bench.follow(
        "/review", review=review.review_id, action="version", value="dust-rules@2023-01-01", who="李四"
    )
    assert "应当清扫" in bench.page("/rules/dust-rules/articles/1?as_of=2024-01-01").text


def test_a_question_that_is_gone_is_not_found(bench: Bench) -> None:
    assert bench.send("/review", review="conflict:x", action="accept", who="李四").status_code == 404
    bench.page("/review?done=conflict:x")
