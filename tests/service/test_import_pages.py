"""The pages of importing and deciding, on a real base in a folder; files say what `small_base.says` writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from tests.indexing.importing.making import LONG
from tests.service.conftest import BASE_URL
from tests.service.page_outline import Outline
from tests.service.small_base import REPORT, open_small_base, open_small_importer, says

from qianche.indexing.importing import Importer
from qianche.indexing.importing.records import Review
from qianche.service.app import create_app
from qianche.service.import_labels import REVIEW_KINDS
from qianche.service.settings import load_settings

HTML = {"accept": "text/html"}
CONFLICT: dict[str, Any] = {"drafts": [{"deaths": [3, 4], "firm": "安吉另一家厂", "day": "2023-02-02"}]}
LIKELY: dict[str, Any] = {"drafts": [{"day": "2024-05-07"}]}
"""The bundled accident, a day later: a question for a person."""
SAME: dict[str, Any] = {"drafts": [{}]}
"""The bundled accident itself."""
UNDATED: dict[str, Any] = {"drafts": [{"day": None, "firm": "安吉无日期厂"}]}


@dataclass
class Bench:
    """A browser without JavaScript before the application, and the importer behind it."""

    client: TestClient
    importer: Importer

    def take(self, name: str = "报告.docx", content: bytes = b"", **what: Any) -> str:
        """Import one file by the form; return its sha256."""
        files = {"files": (name, content or says(**what))}
        reply = self.client.post("/imports", files=files, data={"who": "张三"}, headers=HTML)
        assert reply.status_code == 303, reply.text
        job_id = reply.headers["location"].removeprefix("/imports/")
        (entry,) = self.importer.wait(job_id, 30).entries
        assert entry.sha256 is not None
        return entry.sha256

    def page(self, address: str, status: int = 200) -> Outline:
        reply = self.client.get(address.partition("#")[0], headers=HTML)
        assert reply.status_code == status, reply.text
        return Outline(reply.text)

    def send(self, address: str, **fields: str) -> Any:
        return self.client.post(address, data=fields, headers=HTML | {"origin": BASE_URL})

    def follow(self, address: str, **fields: str) -> Outline:
        """Send a form that must be carried out, and go where it leads."""
        reply = self.send(address, **fields)
        assert reply.status_code == 303, reply.text
        return self.page(reply.headers["location"])

    def refused(self, address: str, **fields: str) -> Outline:
        """Send a form that must come back with what is wrong."""
        reply = self.send(address, **fields)
        assert reply.status_code == 422, reply.text
        return Outline(reply.text)

    def only_review(self, kind: str) -> Review:
        (review,) = [r for r in self.importer.reviews() if r.kind == kind]
        return review

    def only_case(self, sha256: str) -> str:
        (account_id,) = self.importer.source(sha256).account_ids
        return self.importer.account(account_id).case_id or account_id


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    yield from make_bench(tmp_path / "home")


def make_bench(home: Path) -> Iterator[Bench]:
    base = open_small_base(home)
    # Similar cases are not under test here, and the dictionary they need takes a second to load.
    base.similar_cases = lambda case_id, top_k=10: ()  # type: ignore[method-assign]
    importer = open_small_importer(base)
    app = create_app(base, load_settings(home=home, port=8737), importer)
    with TestClient(app, base_url=BASE_URL, follow_redirects=False) as client:
        assert app.state.build.wait(10)
        yield Bench(client, importer)
    importer.close()
    base.close()


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A base with a bit of everything; for tests that change nothing."""
    for bench in make_bench(tmp_path_factory.mktemp("full") / "home"):
        bench.take("矛盾.docx", text=["甲厂起火，死三四人。"], **CONFLICT)
        bench.take("相似.docx", text=["乙厂次日起火。"], **LIKELY)
        bench.take("同一起.docx", text=["丙厂当天起火。"], **SAME)
        bench.take("无日期.docx", text=["丁厂某天起火。"], **UNDATED)
        bench.take("存疑.docx", text=["戊厂起火，字迹不清。"], doubtful="deaths")
        bench.take("双版规定.docx", text=["双版规定", "第一条 甲。"], rule="某未登记规定", drafts=[])
        bench.take("扫描.pdf", text=["此页无字。"], pages=["unread"], drafts=[])
        bench.take("目录.docx", text=["一、概况"], kind="contents-only", drafts=[])
        bench.take("坏.pdf", fail="“坏.pdf”已加密，无法读取。请去掉密码后重新导入。")
        yield bench


def sources_of(bench: Bench) -> dict[str, str]:
    return {source.names[0]: source.sha256 for source in bench.importer.sources()}


def links(page: Outline) -> set[str]:
    return {a["href"] for a in page.all("a")}


def values(page: Outline, name: str) -> list[str]:
    return [field.get("value", "") for field in page.all("input") if field.get("name") == name]


# --- every page


def every_address(bench: Bench) -> list[str]:
    found = sources_of(bench)
    same = bench.only_case(found["同一起.docx"])
    waiting = bench.only_case(found["无日期.docx"])
    jobs = [f"/imports/{job.job_id}" for job in bench.importer.jobs()]
    kinds = [f"/review?kind={r.kind}" for r in bench.importer.reviews()]
    return [
        "/imports", *jobs[:2], "/sources", "/review", "/review?state=decided", *kinds, f"/cases/{same}",
        f"/cases/{waiting}", "/cases/bundled-b", *(f"/sources/{sha}" for sha in found.values()),
        f"/sources/{found['矛盾.docx']}?page=1&start=2&end=8", f"/sources/{found['矛盾.docx']}/remove",
        f"/sources/{found['矛盾.docx']}/diff/{found['相似.docx']}", "/sources/" + "0" * 64,
    ]  # fmt: skip


def test_every_page_is_well_built_and_loads_nothing_from_outside(full: Bench) -> None:
    for address in every_address(full):
        page = Outline(full.client.get(address, headers=HTML).text)
        assert page.all("html")[0]["lang"] == "zh-CN"
        assert len(page.all("main")) == len(page.all("h1")) == len(page.all("title")) == 1, address
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels[levels.index(1) :])), address
        ids = [a["id"] for _, a in page.tags if "id" in a]
        assert len(ids) == len(set(ids)), address
        for tag, attributes in page.tags:
            for name in ("for", "aria-labelledby", "aria-describedby"):
                assert attributes.get(name, ids[0]) in ids, (address, attributes)
            assert "style" not in attributes
            assert not [name for name in attributes if name.startswith("on")]
            if tag in ("script", "link", "form"):
                assert (attributes.get("src") or attributes.get("href") or attributes["action"])[0] == "/"
        assert not page.all("style")


def test_every_field_has_a_label(full: Bench) -> None:
    for address in every_address(full):
        text = full.client.get(address, headers=HTML).text
        page = Outline(text)
        labelled = {label["for"] for label in page.all("label") if "for" in label}
        for field in page.all("input") + page.all("textarea") + page.all("select"):
            inside = field.get("type") in ("hidden", "radio")
            assert inside or field.get("id") in labelled, (address, field)


def test_every_link_within_the_service_leads_somewhere(full: Bench) -> None:
    seen: set[str] = set()
    for address in every_address(full)[:-1]:
        page = Outline(full.client.get(address, headers=HTML).text)
        ids = {a["id"] for _, a in page.tags if "id" in a}
        for link in links(page) - seen:
            seen.add(link)
            if link.startswith("#"):
                assert link[1:] in ids, (address, link)
            elif not link.startswith(("?", "/?q=")):
                reply = full.client.get(link.partition("#")[0], headers=HTML)
                assert reply.status_code == 200, (address, link)
                if link.startswith("/sources/") and link.endswith("#quote"):
                    assert 'id="quote"' in reply.text, (address, link)


def test_the_head_leads_to_importing_only_where_there_is_an_importer(full: Bench, client: TestClient) -> None:
    head = full.page("/")
    assert {"/imports", "/review"} <= links(head)
    assert f"待核{len(full.importer.reviews())}件" in head.words
    plain = Outline(client.get("/", headers=HTML).text)
    assert not {"/imports", "/review"} & links(plain)
    for address in ("/imports", "/review", "/sources"):
        assert client.get(address, headers=HTML).status_code == 404


def test_a_form_of_another_site_changes_nothing(bench: Bench) -> None:
    sha = bench.take()
    away = HTML | {"origin": "https://evil.example"}
    for address in ("/imports", f"/sources/{sha}/remove", "/review", "/cases/bundled-a/corrections"):
        reply = bench.client.post(address, data={"who": "甲"}, headers=away)
        assert reply.status_code == 403
    assert bench.importer.source(sha)


# --- importing


def test_a_file_goes_in_and_its_page_tells_what_came_of_it(bench: Bench) -> None:
    sha = bench.take("安吉报告.docx")
    (job,) = bench.importer.jobs()
    page = bench.page(f"/imports/{job.job_id}")
    assert "导入结果" in page.words and "1/1个文件已处理" in page.words
    assert "安吉报告.docx" in page.text and "已导入" in page.words and "事故报告" in page.words
    assert "新案例1" in page.words
    assert {f"/sources/{sha}", f"/cases/imp-{sha[:12]}-1"} <= links(page)
    assert "张三" in page.text
    assert f"/imports/{job.job_id}" in links(bench.page("/imports"))


def test_without_a_file_the_form_comes_back_with_the_name(bench: Bench) -> None:
    for given in ({}, {"files": ("", b"", "application/octet-stream")}):
        reply = bench.client.post("/imports", files=given or None, data={"who": '张"三'}, headers=HTML)
        assert reply.status_code == 422
        page = Outline(reply.text)
        assert "没有收到文件。请选择要导入的文件后再提交。" in page.text
        assert values(page, "who") == ['张"三']


def test_failed_files_stand_first_and_the_message_says_why(bench: Bench) -> None:
    files = [
        ("files", ("甲.docx", says())),
        ("files", ("坏.pdf", says(fail="“坏.pdf”已加密，无法读取。请去掉密码后重新导入。"))),
    ]
    reply = bench.client.post("/imports", files=files, data={"who": ""}, headers=HTML)
    job = bench.importer.wait(reply.headers["location"].removeprefix("/imports/"), 30)
    page = bench.page(reply.headers["location"])
    assert page.text.index("坏.pdf") < page.text.index("甲.docx")
    assert "请去掉密码后重新导入" in page.text and "失败1" in page.words
    assert job.who == "未署名" and "未署名" in page.text
    only = bench.page(f"/imports/{job.job_id}?state=failed")
    assert "甲.docx" not in only.text and "坏.pdf" in only.text
    assert "没有这种状态的文件" in bench.page(f"/imports/{job.job_id}?state=x").text


def test_a_running_job_refreshes_itself_without_javascript_and_can_be_stopped(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.take()
    (job,) = bench.importer.jobs()
    address = f"/imports/{job.job_id}"
    assert "http-equiv" not in bench.client.get(address, headers=HTML).text
    half = replace(
        job, state="running", entries=(job.entries[0], replace(job.entries[0], number=2, state="reading"))
    )
    monkeypatch.setattr(bench.importer, "job", lambda job_id: half)
    page = bench.page(address)
    assert {"http-equiv": "refresh", "content": "4"} in page.all("meta")
    assert page.all("progress")[0]["value"] == "1" and page.all("progress")[0]["max"] == "2"
    assert any(form["action"] == f"{address}/cancel" for form in page.all("form"))
    assert "http-equiv" not in bench.client.get(f"{address}?still=true", headers=HTML).text
    cancelled: list[str] = []
    monkeypatch.setattr(bench.importer, "cancel", cancelled.append)
    assert bench.send(f"{address}/cancel").headers["location"] == address
    assert cancelled == [job.job_id]


def test_a_file_that_is_written_but_not_yet_noted_is_still_being_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.take(**CONFLICT)
    (job,) = bench.importer.jobs()
    under_way = replace(job, state="running", entries=(replace(job.entries[0], state="reading"),))
    monkeypatch.setattr(bench.importer, "job", lambda job_id: under_way)
    page = bench.page(f"/imports/{job.job_id}")
    assert "读取中" in page.words and "件待核" not in page.words.partition("各文件的结果")[2]


def test_a_file_that_waits_for_its_date_becomes_a_case_on_its_page(bench: Bench) -> None:
    case_id = bench.only_case(bench.take(**UNDATED))
    (job,) = bench.importer.jobs()
    assert f"/cases/{case_id}" in links(bench.page(f"/imports/{job.job_id}"))
    page = bench.page(f"/cases/{case_id}")
    assert "还不是案例：缺少事故日期" in page.text
    wrong = bench.refused(f"/cases/{case_id}/corrections", field="occurred_on", value="2021年", who="李四")
    assert "日期“2021年”不能使用" in wrong.text and "2021年" in values(wrong, "value")
    done = bench.follow(f"/cases/{case_id}/corrections", field="occurred_on", value="2021-02-03", who="李四")
    assert "已更正“日期”" in done.text and "2021-02-03" in done.text
    assert "导入的记录" in done.words and "还不是案例" not in done.text


# --- sources


def test_a_source_shows_its_facts_and_the_quote_in_place(bench: Bench) -> None:
    sha = bench.take("安吉报告.docx")
    start = len(REPORT[0]) + 1
    reply = bench.client.get(f"/sources/{sha}?page=1&start={start}&end={start + 9}", headers=HTML)
    assert f'<p><mark id="quote" tabindex="-1">{REPORT[1][:9]}</mark>{REPORT[1][9:]}</p>' in reply.text
    page = Outline(reply.text)
    kept = sum(len(line) for line in REPORT)
    for said in (
        "安吉报告.docx",
        "事故报告",
        f"保留{kept}，文件自身{kept}",
        "张三",
        "文字1页",
        f"{kept}/{kept}",
    ):
        assert said in page.words
    assert f"/api/sources/{sha}/file" in links(page)
    away = bench.page(f"/sources/{sha}?start=9999&end=99999")
    assert "没有可标出的文字" in away.text


def test_an_unread_page_is_said(full: Bench) -> None:
    sha = sources_of(full)["扫描.pdf"]
    page = full.page(f"/sources/{sha}")
    assert "扫描件，未识别1页" in page.words and "未读出：第1页" in page.words


def test_two_versions_are_compared_with_words_for_what_changed(bench: Bench) -> None:
    what: dict[str, Any] = {"drafts": [{"day": "2022-02-02", "firm": "龙南飞燕铸造厂"}]}
    first = bench.take("初稿.docx", text=list(LONG), **what)
    edited = [LONG[0].replace("第1段", "首段"), *LONG[1:], "附记：新加的一段。"]
    second = bench.take("二稿.docx", text=edited, **what)
    assert f"/sources/{first}/diff/{second}" in links(bench.page(f"/sources/{second}"))
    assert f"/sources/{first}/diff/{second}" in links(bench.page(f"/sources/{first}"))
    page = bench.page(f"/sources/{first}/diff/{second}")
    assert "2处不同：改动1，新增1，删去0" in page.words
    assert "附记：新加的一段。" in page.text and "没有这一段" in page.text
    assert page.all("ins") and page.all("del")


def test_a_file_is_taken_back_only_with_a_name(bench: Bench) -> None:
    sha = bench.take("要撤回.docx")
    ask = bench.page(f"/sources/{sha}/remove")
    assert "撤回这个文件？" in ask.text and "1份事故记述" in ask.words
    wrong = bench.refused(f"/sources/{sha}/remove", who="  ")
    assert "没有写明由谁操作" in wrong.text
    assert "姓名有60个字" in bench.refused(f"/sources/{sha}/remove", who="张" * 60).words
    gone = bench.follow(f"/sources/{sha}/remove", who="李四")
    assert "已撤回该文件" in gone.text and "要撤回.docx" not in gone.text
    bench.page(f"/sources/{sha}", 404)


# --- the case page


def test_an_imported_case_never_says_that_it_is_ours(bench: Bench) -> None:
    page = bench.page(f"/cases/{bench.only_case(bench.take('安吉报告.docx'))}")
    main = page.text[page.text.index("概况") : page.text.index("自带案例")]
    assert "导入的记录" in page.text and "本库概括" not in main and "本库归纳" not in main
    assert "公开资料汇编" not in main
    assert "导入文件：安吉报告.docx" in page.words


def test_what_files_say_stands_beside_the_bundled_record_with_quotes_and_pages(bench: Bench) -> None:
    sha = bench.take("同一起.docx", text=["甲厂起火，死亡二人。"], drafts=[{"deaths": 2}])
    assert bench.only_case(sha) == "bundled-a"
    page = bench.page("/cases/bundled-a")
    assert "本库概括，非报告原文" in page.text  # the record is, the account is not
    assert "导入文件的记述" in page.text and "同一起.docx" in page.text
    assert "由规则并入：日期一致，地点一致" in page.words
    assert f"/sources/{sha}?page=1&start=0&end=4#quote" in links(page)
    assert "据句子的写法" in page.text


def test_figures_that_disagree_stand_side_by_side_and_are_flagged(bench: Bench) -> None:
    page = bench.page(f"/cases/{bench.only_case(bench.take(**CONFLICT))}")
    told = page.text[page.text.rindex("导入文件的记述") :]
    flagged = told[told.index("死亡人数") :]
    assert flagged.index("数据有出入") < flagged.index("更正")
    assert re.search(r"3.*4", flagged[: flagged.index("更正")], re.DOTALL)


def test_a_figure_that_the_bundled_record_does_not_give_is_flagged(bench: Bench) -> None:
    sha = bench.take(drafts=[{"direct_loss_wan": 7.5, "injured": 9}])
    assert bench.only_case(sha) == "bundled-a"
    told = bench.page("/cases/bundled-a").words.rpartition("导入文件的记述")[2]
    assert "与现记不同" not in told  # the bundled record gives neither figure
    bench.follow("/cases/bundled-a/corrections", field="toll.injured", value="8", who="李四")
    told = bench.page("/cases/bundled-a").words.rpartition("导入文件的记述")[2]
    assert "受伤人数现记：8与现记不同人工更正9" in told


def test_doubt_is_flagged_with_its_reason(bench: Bench) -> None:
    page = bench.page(f"/cases/{bench.only_case(bench.take(doubtful='deaths'))}")
    assert "存疑：识别不清" in page.words


def test_a_field_is_corrected_its_history_kept_and_withdrawn(bench: Bench) -> None:
    case_id = bench.only_case(bench.take(**CONFLICT))
    address = f"/cases/{case_id}/corrections"
    wrong = bench.refused(address, field="toll.deaths", value="四人", who="李四")
    assert "死亡人数“四人”不能使用：需要整数" in wrong.text
    assert "四人" in values(wrong, "value") and "李四" in values(wrong, "who")
    assert "没有写明由谁操作" in bench.refused(address, field="toll.deaths", value="4", who="").text
    assert "字段“x”不能更正" in bench.refused(address, field="x", value="4", who="李四").text
    done = bench.follow(address, field="toll.deaths", value="4", who="李四")
    assert "已更正“死亡人数”" in done.text and "人工更正" in done.words
    assert "由“未载”改为“4”" in done.words and values(done, "who")[0] == "李四"
    undone = bench.follow(f"/cases/{case_id}/withdrawals", field="toll.deaths", who="王五")
    assert "已撤回对“死亡人数”的更正" in undone.text and "更正已撤回" in undone.words


def test_a_value_that_the_record_cannot_hold_comes_back_in_chinese(bench: Bench) -> None:
    page = bench.refused("/cases/bundled-a/corrections", field="sector", value="不存在的行业", who="李四")
    assert "没有改动。" in page.text and "不存在的行业" in page.text


def test_a_joined_account_is_split_and_joined_again(bench: Bench) -> None:
    sha = bench.take(**SAME)
    account_id = f"imp-{sha[:12]}-1"
    assert "没有写明由谁操作" in bench.refused(f"/accounts/{account_id}/split", who="").text
    page = bench.follow(f"/accounts/{account_id}/split", who="李四")
    assert "已拆出" in page.text and f"/cases/{account_id}" in links(page)
    assert bench.only_case(sha) == account_id
    wrong = bench.refused(f"/accounts/{account_id}/join", case_id="没有", who="李四")
    assert "没有编号为“没有”的案例" in wrong.text and "没有" in values(wrong, "case_id")
    back = bench.follow(f"/accounts/{account_id}/join", case_id=f"{BASE_URL}/cases/bundled-a", who="李四")
    assert "已并入本案例" in back.text and bench.only_case(sha) == "bundled-a"


def test_an_unknown_case_is_not_found(bench: Bench) -> None:
    assert "没有" in bench.page("/cases/none", 404).text
    bench.page("/cases/imp-000000000000-1", 404)


# --- the queue


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
    assert "可能是同一起：" not in page.text and "数据有出入：死亡人数" in page.text


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
    assert "已记下。李四于" in page.words and "填写正确的值：4" in page.words
    assert "who=" in address
    assert "死亡4人" in bench.page(f"/cases/{case_id}").words
    decided = bench.page("/review?state=decided")
    assert "李四" in decided.text and "填写正确的值：4" in decided.words
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
    assert "《竹粉尘防爆规定》2023-01-01公布，2023-01-01施行" in page.words
    wrong = bench.refused("/review", review=review.review_id, action="version", value="x@y", who="李四")
    assert "登记表中没有版本“x@y”" in wrong.text
    bench.follow(
        "/review", review=review.review_id, action="version", value="dust-rules@2023-01-01", who="李四"
    )
    assert "应当清扫" in bench.page("/rules/dust-rules/articles/1?as_of=2024-01-01").text


def test_a_question_that_is_gone_is_not_found(bench: Bench) -> None:
    assert bench.send("/review", review="conflict:x", action="accept", who="李四").status_code == 404
    bench.page("/review?done=conflict:x")


# --- hostile text

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "javascript:alert(1)",
    "\u202e倒写\u2066\u200b\ufeff",
    "&lt;b&gt;",
    "长" * 100_000,
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_of_a_file_stays_text_on_every_page(bench: Bench, text: str) -> None:
    draft = {
        "day": "2022-02-02", "firm": text, "deaths": [1, 2], "direct_cause": text, "activity": [text, f"{text}甲"],
    }  # fmt: skip
    sha = bench.take(f"{text[:150]}.docx", text=[f"{text}起火。", text], drafts=[draft])
    case_id = bench.only_case(sha)
    (job,) = bench.importer.jobs()
    bench.follow(f"/cases/{case_id}/corrections", field="direct_cause", value=text[:900], who=text[:40])
    addresses = [
        "/imports", f"/imports/{job.job_id}", "/sources", f"/sources/{sha}", f"/sources/{sha}/remove",
        f"/sources/{sha}?start=0&end=4", f"/cases/{case_id}", "/review", "/review?kind=conflict",
        "/review?state=decided", f"/review?source={quote(text[:90])}&case={quote(text[:90])}&who={quote(text[:90])}",
        f"/sources/{sha}/diff/{sha}",
    ]  # fmt: skip
    for address in addresses:
        reply = bench.client.get(address, headers=HTML)
        assert reply.status_code == 200, address
        page = Outline(reply.text)
        assert all(s["src"].startswith("/static/") for s in page.all("script")), address
        assert not page.all("img") and not page.all("svg"), address
        assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
        assert all(link.startswith(("/", "#", "?")) for link in links(page)), address
        assert "49" not in page.text or "{{" not in text
        if address != f"/cases/{case_id}":
            assert len(reply.content) < 100_000, address


def test_what_was_typed_comes_back_escaped(bench: Bench) -> None:
    for text in HOSTILE[:6]:
        for address, fields in (
            ("/cases/bundled-a/corrections", {"field": "toll.deaths", "value": text, "who": text}),
            ("/review", {"review": text, "action": text, "who": text, "kind": text, "source": text}),
            ("/cases/bundled-a/corrections", {"field": text, "value": text, "who": "甲"}),
        ):
            reply = bench.send(address, **fields)
            assert reply.status_code in (404, 422)
            page = Outline(reply.text)
            assert not page.all("img") and not page.all("svg")
            assert all(s["src"].startswith("/static/") for s in page.all("script"))
