"""Files go in by the form, and their page tells what came of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.service.import_pages.bench import HTML, UNDATED, Bench, links, values
from tests.service.page_outline import Outline
from tests.service.small_base import CONFLICT, says


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
