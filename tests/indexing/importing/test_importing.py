"""From files to cases: what is kept, what is told, what is skipped, and what fails alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.indexing.importing.conftest import Bench
from tests.indexing.importing.making import LONG

from qianche.corpus.errors import BadRequest, ModelMissing, NotFound
from qianche.corpus.rules import ArticleNumber
from qianche.indexing.embedding import Embedder
from qianche.indexing.importing import Incoming
from qianche.indexing.local import LocalKnowledgeBase
from qianche.indexing.search.answer import SearchRequest
from qianche.indexing.segmentation import index_terms, normalise
from qianche.indexing.store.protocol import LexicalLeg

ELSEWHERE = {"day": "2021-07-08", "place": ("江西省", "赣州市", "信丰县"), "firm": "信丰白鹭木器有限公司"}


def found(bench: Bench, words: str) -> list[str]:
    """Records of the cases that hold one of the words, best first."""
    terms = tuple((term, 1.0) for term in index_terms(normalise(words)))
    snapshot = bench.store.collection("cases").snapshot()
    (hits,) = snapshot.retrieve([LexicalLeg(terms)], filters=None, depth=10)
    return [d.meta["record_id"] for d in snapshot.fetch([int(k) for k in hits.keys])]


def test_a_report_becomes_a_searchable_case_with_its_evidence(bench: Bench) -> None:
    sha = bench.take("信丰.docx", text=["当天有人用角磨机切割管道。"], drafts=[ELSEWHERE])
    case_id = f"imp-{sha[:12]}-1"
    payload = bench.cases()[case_id]
    assert (payload["occurred_on"], payload["toll"]["deaths"], payload["origin"]) == (
        "2021-07-08",
        2,
        "imported",
    )
    assert payload["cause_basis"] == "file"  # the text is no investigation report
    assert found(bench, "角磨机切割")[0] == case_id  # a word of the text that no field holds
    (account,) = bench.importer.accounts(case_id)
    evidence = {e.field: e for e in bench.importer.evidence(account.account_id)}
    assert evidence["toll.deaths"].value == 2
    assert (evidence["toll.deaths"].page, evidence["toll.deaths"].quote) == (1, "当天有人")


def test_the_original_is_kept_byte_for_byte(bench: Bench) -> None:
    file = bench.file(text=["一段。"], drafts=[ELSEWHERE])
    content = file.path.read_bytes()
    (entry,) = bench.run(file).entries
    file.path.unlink()
    assert entry.sha256 is not None
    assert bench.importer.original(entry.sha256).read_bytes() == content
    assert bench.importer.source(entry.sha256).size_bytes == len(content)


def test_the_same_bytes_again_are_skipped_and_the_new_name_is_kept(bench: Bench) -> None:
    what = {"text": ["一段。"], "drafts": [ELSEWHERE]}
    sha = bench.take("甲.docx", **what)
    before = bench.cases()
    job = bench.run(bench.file("乙.docx", **what), bench.file("甲.docx", **what))
    assert [entry.state for entry in job.entries] == ["skipped", "skipped"]
    assert all(entry.message.startswith("已导入过") for entry in job.entries)
    assert bench.importer.source(sha).names == ("甲.docx", "乙.docx")
    assert bench.cases() == before


def test_a_file_twice_in_one_job_is_imported_once(bench: Bench) -> None:
    what = {"text": ["一段。"], "drafts": [ELSEWHERE]}
    job = bench.run(bench.file("甲.docx", **what), bench.file("甲.docx", **what))
    assert [entry.state for entry in job.entries] == ["done", "skipped"]


def test_a_failing_file_fails_alone(bench: Bench, tmp_path: Path) -> None:
    job = bench.run(
        bench.file("坏.pdf", fail="“坏.pdf”已加密，无法读取。请去掉密码后重新导入。"),
        bench.file("虫.pdf", crash=True),
        Incoming("无.pdf", tmp_path / "not there"),
        bench.file("好.docx", text=["一段。"], drafts=[ELSEWHERE]),
    )
    assert [entry.state for entry in job.entries] == ["failed", "failed", "failed", "done"]
    assert job.entries[0].message == "“坏.pdf”已加密，无法读取。请去掉密码后重新导入。"
    assert "RuntimeError" in job.entries[1].message and "无法读取“无.pdf”" in job.entries[2].message
    assert job.state == "done"
    assert len(bench.importer.sources()) == 1


def test_several_accidents_of_one_file_become_several_cases(bench: Bench) -> None:
    other = ELSEWHERE | {"day": "2022-02-02", "firm": "龙南飞燕铸造厂"}
    sha = bench.take(text=["汇编。"], drafts=[ELSEWHERE, other])
    assert {f"imp-{sha[:12]}-1", f"imp-{sha[:12]}-2"} <= bench.cases().keys()


def test_a_file_without_accident_or_rule_is_kept_but_not_searched(bench: Bench) -> None:
    job = bench.run(bench.file("通知.docx", text=["今天下午开会。"], kind="other"))
    assert "没有认出" in job.entries[0].message
    (source,) = bench.importer.sources()
    assert bench.importer.document(source.sha256).text == "今天下午开会。"
    assert len(bench.cases()) == 2


def test_contents_only_is_said(bench: Bench) -> None:
    job = bench.run(bench.file("目录.json", text=["一、概况……1"], kind="contents-only"))
    assert job.entries[0].message == "只有目录，没有正文。"
    assert [r.kind for r in bench.importer.reviews()] == ["contents-only"]


def test_unread_pages_are_asked_about_once_a_file(bench: Bench) -> None:
    bench.take("扫描.pdf", text=["一段。"], drafts=[ELSEWHERE], pages=["text", "unread", "failed"])
    (review,) = bench.importer.reviews("page-unread")
    assert review.page == 2
    assert "2 页未读出" in review.what and "第 3 页" in review.what


def test_a_draft_without_date_waits_and_becomes_a_case_when_a_person_gives_it(bench: Bench) -> None:
    sha = bench.take(text=["某日起火。"], drafts=[ELSEWHERE | {"day": None}])
    case_id = f"imp-{sha[:12]}-1"
    assert case_id not in bench.cases()
    assert "日期" in bench.importer.account(case_id).waiting_for
    (review,) = bench.importer.reviews("incomplete")
    assert review.field == "occurred_on"
    bench.importer.decide(review.review_id, "value", "李四", "2021-07-08")
    assert bench.cases()[case_id]["occurred_on"] == "2021-07-08"
    assert bench.importer.account(case_id).waiting_for == ""
    assert bench.importer.review(review.review_id).decided_by == "李四"


def test_figures_in_conflict_are_left_out_and_asked_about(bench: Bench) -> None:
    sha = bench.take("信丰.docx", text=["死亡人数前后不一。"], drafts=[ELSEWHERE | {"deaths": [28, 29]}])
    case_id = f"imp-{sha[:12]}-1"
    payload = bench.cases()[case_id]
    assert payload["toll"]["deaths"] is None
    assert payload["note"] == "数据有出入：死亡人数 28（信丰.docx 第 1 页）、29（信丰.docx 第 1 页）。"
    (review,) = bench.importer.reviews("conflict")
    assert review.choices == (28, 29)
    bench.importer.decide(review.review_id, "value", "李四", 29)
    assert bench.cases()[case_id]["toll"]["deaths"] == 29
    assert bench.cases()[case_id]["grade"] == {"value": "重大", "basis": "computed"}
    assert bench.importer.reviews("conflict") == ()


def test_a_nearly_equal_text_is_a_version_of_the_earlier_and_makes_no_second_case(bench: Bench) -> None:
    first = bench.take("初稿.docx", text=list(LONG), drafts=[ELSEWHERE])
    edited = [*LONG[:5], "第6段是后来改写的，说明除尘管早已锈穿。", *LONG[6:], "末尾补写的一段。"]
    second = bench.take("定稿.docx", text=edited, drafts=[ELSEWHERE | {"deaths": 3}])
    source = bench.importer.source(second)
    assert source.version_of == first
    case_id = f"imp-{first[:12]}-1"
    assert [a.source for a in bench.importer.accounts(case_id)] == [first, second]
    assert f"imp-{second[:12]}-1" not in bench.cases()
    assert [c["toll"]["deaths"] for i, c in bench.cases().items() if i == case_id] == [None]
    changes = bench.importer.diff(first, second)
    assert [(c.kind, c.after) for c in changes] == [("changed", edited[5]), ("added", "末尾补写的一段。")]
    assert changes[0].before == LONG[5]
    assert bench.importer.original(first).is_file()


def test_two_accidents_written_to_one_template_are_no_versions(bench: Bench) -> None:
    first = bench.take(text=list(LONG), drafts=[ELSEWHERE])
    second = bench.take(text=[*LONG, "另一天。"], drafts=[ELSEWHERE | {"day": "2021-09-09"}])
    assert bench.importer.source(second).version_of is None
    assert {f"imp-{first[:12]}-1", f"imp-{second[:12]}-1"} <= bench.cases().keys()


def test_a_row_of_a_table_is_a_case_by_the_word_of_the_user(bench: Bench) -> None:
    sha = bench.take("台账.xlsx", kind="table", text=["一行"], drafts=[ELSEWHERE | {"sector": []}])
    payload = bench.cases()[f"imp-{sha[:12]}-1"]
    assert (payload["cause_basis"], payload["sector"]) == ("person", "其他")
    assert [(r.kind, r.field) for r in bench.importer.reviews()] == [("incomplete", "sector")]


def test_a_doubtful_field_is_asked_about_with_its_place(bench: Bench) -> None:
    bench.take("甲.docx", text=["一段文字。"], drafts=[ELSEWHERE], doubtful="deaths")
    (review,) = bench.importer.reviews("field-doubtful")
    assert (review.field, review.page, review.span, review.choices) == ("toll.deaths", 1, (0, 4), (2,))
    assert review.what == "死亡人数“2”存疑：识别不清（甲.docx 第 1 页）。"
    assert bench.importer.decide(review.review_id, "accept", "李四").state == "decided"
    assert bench.importer.reviews() == ()


def test_the_knowledge_base_answers_with_what_was_imported(bench: Bench) -> None:
    sha = bench.take("信丰.docx", text=["有人用角磨机切割管道，引燃积尘。"], drafts=[ELSEWHERE])
    bench.take("规定.docx", text=["竹粉尘防爆规定", "第一条 除尘管每班清扫。"], rule="竹粉尘防爆规定")

    def no_model() -> Embedder:
        raise ModelMissing("没有模型。")

    base = LocalKnowledgeBase(bench.store, no_model, bench.home)
    answer = base.search(SearchRequest("角磨机切割管道引燃积尘", as_of=date(2024, 1, 1)))
    assert f"imp-{sha[:12]}-1" in [hit.case.case_id for hit in answer.cases]
    view = base.article("dust-rules", ArticleNumber(1), date(2024, 1, 1))
    assert view.article is not None and view.article.text == "除尘管每班清扫。"
    assert base.status().articles == 1


def test_a_hit_through_the_text_of_a_report_quotes_the_sentence_that_answers(bench: Bench) -> None:
    told = "有人用角磨机切割管道。没有清扫的积尘被火星点着，火一直烧到布袋里。当天刮北风，厂里人都看见了。"
    sha = bench.take("信丰.docx", text=["开头一段与此无关。", told], drafts=[ELSEWHERE])

    def no_model() -> Embedder:
        raise ModelMissing("没有模型。")

    base = LocalKnowledgeBase(bench.store, no_model, bench.home)
    answer = base.search(SearchRequest("火星点着积尘烧到布袋里", as_of=date(2024, 1, 1)))
    hit = next(hit for hit in answer.cases if hit.case.case_id == f"imp-{sha[:12]}-1")
    quote = hit.evidence[0]
    assert quote.text == "没有清扫的积尘被火星点着，火一直烧到布袋里。"
    assert (quote.part, quote.source, quote.page) == ("report.course", sha, 1)
    assert bench.importer.document(sha).text[quote.start : quote.end] == quote.text
    assert [quote.text[a:b] for a, b in quote.marks] == ["积尘", "火星点着", "烧到布袋里"]


def test_removing_a_file_leaves_nothing_of_it(bench: Bench) -> None:
    before = bench.cases()
    sha = bench.take(text=["当天有人用角磨机。"], drafts=[ELSEWHERE | {"deaths": [1, 2]}], pages=["unread"])
    bench.importer.remove(sha, "李四")
    assert bench.cases() == before
    assert bench.importer.sources() == bench.importer.reviews() == bench.importer.joins() == ()
    assert f"imp-{sha[:12]}-1" not in found(bench, "角磨机")
    assert not any("角磨机" in (d.content or "") for d in bench.store.collection("cases").filter_documents())
    with pytest.raises(NotFound):
        bench.importer.original(sha)


def test_a_job_needs_a_file_and_a_change_needs_a_name(bench: Bench) -> None:
    with pytest.raises(BadRequest):
        bench.importer.start([], "张三")
    with pytest.raises(BadRequest):
        bench.importer.correct("bundled-a", "toll.deaths", 3, " ")


def test_what_is_inferred_in_most_reports_is_no_question_each(bench: Bench) -> None:
    bench.take("甲.docx", text=["一段文字。"], drafts=[ELSEWHERE], doubtful="work_kind")
    assert bench.importer.reviews() == ()


def test_a_doubt_of_a_file_about_a_bundled_case_is_no_question(bench: Bench) -> None:
    bench.take("乙.docx", text=["一段文字。"], drafts=[{}], doubtful="sector")
    assert [
        a.case_id for s in bench.importer.sources() for a in map(bench.importer.account, s.account_ids)
    ] == ["bundled-a"]
    assert bench.importer.reviews() == ()
