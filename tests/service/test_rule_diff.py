"""Two versions against each other: the question, over HTTP, on the page."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from tests.service.page_outline import Outline, client_of
from tests.service.two_texts import SUCCESSOR, WITHOUT_TEXT, A, B, TwoTexts

from qianche.corpus.errors import BadRequest, NotFound
from qianche.indexing.rulebook.differences import version_differences
from qianche.service.responses.rule_diff import RuleDifferences
from qianche.service.schemas import Problem

KINDS = ["same", "new", "revised-renumbered", "revised-renumbered", "removed", "revised"]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with client_of(TwoTexts()) as client:
        yield client


def address(a: str, b: str, **more: str) -> str:
    return f"/rules/diff?{urlencode({'a': a, 'b': b} | more)}"


def outline(client: TestClient, url: str, status: int = 200) -> Outline:
    reply = client.get(url, headers={"accept": "text/html"})
    assert reply.status_code == status
    return Outline(reply.text)


# --- the question


def test_what_became_of_each_article_is_told() -> None:
    found = version_differences(TwoTexts(), A, B)
    assert [p.kind for p in found.collation.pairs] == KINDS
    assert (found.old.version_id, found.new.version_id) == (A, B)


def test_the_later_version_may_be_given_first() -> None:
    kinds = [p.kind for p in version_differences(TwoTexts(), B, A).collation.pairs]
    assert sorted(kinds) == sorted(KINDS)


def test_an_act_is_compared_with_the_one_that_it_replaced() -> None:
    for a, b in ((B, SUCCESSOR.version_id), (A, SUCCESSOR.version_id), (SUCCESSOR.version_id, B)):
        assert version_differences(TwoTexts(), a, b).collation.counts["same"] >= 1


@pytest.mark.parametrize(
    ("a", "b", "error", "code", "words"),
    [
        (A, A, BadRequest, "same-version", ("同一个版本", A)),
        (A, "stranger@2020-05-01", BadRequest, "unrelated-rules", ("《池内作业规定》", "《锅炉规定》")),
        (A, "none@2020-05-01", NotFound, "not-found", ("none",)),
        (A, "invented-rule@1999-01-01", NotFound, "not-found", ("1999-01-01", A, B)),
        (A, "invented-rule", NotFound, "not-found", ("没有写明", B)),
        ("", B, NotFound, "not-found", ("没有给出版本编号",)),
        (WITHOUT_TEXT.version_id, B, NotFound, "text-not-held", ("2005-01-01", "qianche import")),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_remedy(
    a: str, b: str, error: type[NotFound], code: str, words: tuple[str, ...]
) -> None:
    with pytest.raises(error) as refused:
        version_differences(TwoTexts(), a, b)
    assert refused.value.code == code
    assert all(word in refused.value.message for word in words)


# --- the API


def test_the_answer_has_its_declared_shape(client: TestClient) -> None:
    reply = client.get(f"/api{address(A, B)}")
    answer = RuleDifferences.model_validate_json(reply.content)
    assert (answer.a.id, answer.b.id, answer.articles_a, answer.articles_b) == (A, B, 5, 5)
    assert [pair.kind for pair in answer.pairs] == KINDS
    assert answer.counts == {
        "same": 1, "renumbered": 0, "revised": 1, "revised-renumbered": 2, "new": 1, "removed": 1, "split": 0, "merged": 0,
    }  # fmt: skip
    assert answer.label == (
        "未改动 1 处、修改 1 处、修改且条号变动 2 处、新增 1 处、删去 1 处；修改的当中，1 处只是所引条号随条号变动而改。"
    )
    assert [(r.a, r.b, r.a_label, r.b_label) for r in answer.renumberings] == [
        ("2", "3", "第二条", "第三条"),
        ("3", "4", "第三条", "第四条"),
    ]


def test_changes_are_told_by_item_and_by_words(client: TestClient) -> None:
    answer = RuleDifferences.model_validate_json(client.get(f"/api{address(A, B)}").content)
    things, fine = answer.pairs[2], answer.pairs[3]
    assert [(u.kind, u.a and u.a.label, u.b and u.b.label) for u in things.units] == [
        ("same", "", ""),
        ("same", "第（一）项", "第（一）项"),
        ("revised", "第（二）项", "第（二）项"),
        ("added", None, "第（三）项"),
    ]
    breather = [(p.op, p.text) for p in things.units[2].pieces if p.op != "kept"]
    assert breather == [("added", "正压式"), ("removed", "。"), ("added", "；\n")]
    assert (fine.only_references, things.only_references) == (True, False)
    for pair in answer.pairs:
        before = "\n".join(article.text for article in pair.a)
        for unit in pair.units:
            for piece in unit.pieces:
                if piece.op != "added":
                    assert before[slice(*piece.a)] == piece.text


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        (f"a={A}&b={A}", 422, "same-version"),
        (f"a={A}&b=stranger@2020-05-01", 422, "unrelated-rules"),
        (f"a={A}&b=none@2020", 404, "not-found"),
        (f"a={WITHOUT_TEXT.version_id}&b={B}", 404, "text-not-held"),
        (f"a={A}", 422, "bad-parameters"),
        (f"a={A}&b=", 422, "bad-parameters"),
        ("", 422, "bad-parameters"),
    ],
)
def test_bad_questions_are_answered_with_a_problem(
    client: TestClient, query: str, status: int, code: str
) -> None:
    reply = client.get(f"/api/rules/diff?{query}")
    problem = Problem.model_validate_json(reply.content)
    assert (reply.status_code, problem.code) == (status, code)
    assert any("\u4e00" <= c <= "\u9fff" for c in problem.detail)
    page = outline(client, f"/rules/diff?{query}", status)
    assert all(said in page.text for said in problem.detail.rstrip("。").split("；"))


# --- the page


def test_the_page_shows_what_changed_and_leaves_out_the_rest(client: TestClient) -> None:
    page = outline(client, address(A, B))
    assert "先通风，再检测" not in page.text  # the first article is the same
    for text in (
        "第二条 → 第三条",
        "只有所引条号变动",
        "清淤车不得停在池边",
        "版本乙没有",
        "<钥匙>",
        "第（三）项，新增",
    ):
        assert text in page.text
    assert "新增：正压式" in page.text
    assert page.all("ins") and page.all("del")
    assert "先通风，再检测" in outline(client, address(A, B, whole="true")).text


def test_the_page_needs_no_script_and_leads_on(client: TestClient) -> None:
    page = outline(client, address(A, B))
    assert len(page.all("h1")) == 1
    for link in page.all("a"):
        if link["href"].startswith(("/rules", "?")):
            target = link["href"] if link["href"].startswith("/") else f"/rules/diff{link['href']}"
            assert client.get(target.partition("#")[0], headers={"accept": "text/html"}).status_code == 200


def test_marks_are_told_in_words_too(client: TestClient) -> None:
    reply = client.get(address(A, B), headers={"accept": "text/html"}).text
    assert reply.count("<ins>") == reply.count('<ins><span class="unseen">新增：</span>')
    assert reply.count("<del>") == reply.count('<del><span class="unseen">删去：</span>')


def test_a_page_behind_the_last_one_shows_nothing(client: TestClient) -> None:
    assert not outline(client, address(A, B, at="9")).all("ins")
    assert client.get(address(A, B, at="0"), headers={"accept": "text/html"}).status_code == 422
