"""Files in over HTTP, and the sources they became; names of every kind."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.service.import_api.bench import FORM_HEAD, Bench, make_bench, problem
from tests.service.small_base import CONFLICT, LIKELY, REPORT, says

from qianche.service.responses import imports as shapes


def test_files_are_taken_and_the_job_is_answered_at_once_with_its_address(bench: Bench) -> None:
    reply = bench.client.post("/api/imports", files=[("files", ("报告.docx", says()))], data={"who": "张三"})
    job = shapes.ImportJob.model_validate_json(reply.content)
    assert (reply.status_code, reply.headers["location"]) == (202, f"/api/imports/{job.id}")
    assert (job.files, job.who, job.entries[0].name) == (1, "张三", "报告.docx")


def test_each_file_has_its_result_and_one_that_cannot_be_read_fails_alone(bench: Bench) -> None:
    job = bench.post(
        ("好.docx", says()),
        ("坏.pdf", b'{"fail": "\xe6\x96\x87\xe4\xbb\xb6\xe6\x8d\x9f\xe5\x9d\x8f\xe3\x80\x82"}'),
    )
    good, bad = job.entries
    assert (job.state_label, job.files, job.finished) == ("已完成", 2, 2)
    assert (good.state_label, good.counts_label, good.counts) == ("已导入", "新案例 1", {"cases": 1})
    assert good.record_ids == [f"imp-{(good.sha256 or '')[:12]}-1"]
    assert (bad.state_label, bad.message, bad.record_ids) == ("失败", "文件损坏。", [])
    assert bench.client.get(f"/api/cases/{good.record_ids[0]}").json()["origin"] == "imported"


def test_the_same_bytes_again_are_said_and_skipped(bench: Bench) -> None:
    bench.take("报告.docx")
    (entry,) = bench.post(("副本.docx", says())).entries
    assert entry.state_label == "已跳过"
    assert "与 " in entry.message and "“报告.docx”完全相同" in entry.message


def test_jobs_are_listed_newest_first_and_who_did_not_say_is_unnamed(bench: Bench) -> None:
    bench.post(("一.docx", says()))
    bench.post(("二.docx", says(**CONFLICT)), who="  ")
    jobs = shapes.ImportJobs.model_validate_json(bench.get("/api/imports").content).jobs
    assert [(job.entries[0].name, job.who) for job in jobs] == [("二.docx", "未署名"), ("一.docx", "张三")]


def test_cancelling_a_job_that_has_ended_leaves_it_as_it_is(bench: Bench) -> None:
    job = bench.post(("一.docx", says()))
    reply = bench.client.post(f"/api/imports/{job.id}/cancel")
    assert (reply.status_code, shapes.ImportJob.model_validate_json(reply.content)) == (200, job)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/报告.docx", "报告.docx"),
        ("..\\..\\报告.docx", "报告.docx"),
        ("C:\\文档\\报告.docx", "报告.docx"),
        ("事故🔥.docx", "事故🔥.docx"),
        ("长" * 300 + ".docx", "长" * 195 + ".docx"),
        ("零\u200b宽.docx", "零\ufffd宽.docx"),
        ("..", "未命名"),
        ("   ", "未命名"),
    ],
)
def test_a_name_is_kept_for_display_and_never_is_a_path(
    bench: Bench, tmp_path: Path, sent: str, kept: str
) -> None:
    (entry,) = bench.post((sent, says())).entries
    assert (entry.name, entry.state) == (kept, "done")
    files = [p for p in tmp_path.rglob("*") if p.is_file() and p.read_bytes() == says()]
    assert [p.name for p in files] == [entry.sha256]
    assert files[0].is_relative_to(tmp_path / "home" / "originals")


def test_control_characters_in_a_name_are_shown_as_such(bench: Bench) -> None:
    name = "清\x1b[31m屏\x07.docx".encode()
    body = b'--edge\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n%s\r\n--edge--\r\n'
    reply = bench.client.post("/api/imports", content=body % (name, says()), headers=FORM_HEAD)
    assert reply.json()["entries"][0]["name"] == "清\ufffd[31m屏\ufffd.docx"


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive of these files."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


def test_an_archive_is_the_files_in_it_and_each_has_its_result(bench: Bench, tmp_path: Path) -> None:
    content = zipped({
        "资料/报告.docx": says(),
        "../外面.docx": says(**CONFLICT),
        "资料/~$报告.docx": b"lock",
        "内.zip": zipped({"附件.docx": says(**LIKELY)}),
    })  # fmt: skip
    job = bench.post(("全部.zip", content), ("单份.docx", says(text=["另一篇。"], drafts=[])))
    assert [(e.name, e.state) for e in job.entries] == [
        ("报告.docx", "done"),
        ("外面.docx", "failed"),
        ("附件.docx", "done"),
        ("单份.docx", "done"),
    ]
    assert "指向压缩包之外" in job.entries[1].message
    assert [p.name for p in (tmp_path / "home").glob("incoming-*")] == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (zipped({}), "压缩包里没有文件。"),
        (zipped({"~$a.docx": b"x"}), "压缩包里没有文件。"),
        (zipped({"大.txt": b"0" * 40_000_000}), "超过单个文件的上限"),
    ],
)
def test_an_archive_that_gives_nothing_fails_with_its_reason(
    tmp_path: Path, content: bytes, message: str
) -> None:
    for bench in make_bench(tmp_path / "home", import_file_mb=32):
        (entry,) = bench.post(("包.zip", content)).entries
        assert (entry.state, message in entry.message) == ("failed", True), entry.message


# Sources


def test_a_source_is_told_with_every_page(bench: Bench) -> None:
    sha = bench.take("报告.docx")
    listed = shapes.SourceList.model_validate_json(bench.get("/api/sources").content).sources
    source = shapes.SourceRecord.model_validate_json(bench.get(f"/api/sources/{sha}").content)
    assert listed == [source]
    assert (source.names, source.kind_label, source.size_bytes) == (["报告.docx"], "事故报告", len(says()))
    kept = sum(len(paragraph) for paragraph in REPORT)
    assert [(p.number, p.status_label, p.kept_characters) for p in source.pages] == [(1, "文字", kept)]


def test_a_page_is_the_text_that_was_read_with_its_blocks(bench: Bench) -> None:
    sha = bench.take()
    page = shapes.PageText.model_validate_json(bench.get(f"/api/sources/{sha}/pages/1").content)
    assert page.text == "\n".join(REPORT)
    assert [page.text[b.start : b.end] for b in page.blocks] == list(REPORT)


def test_the_original_comes_back_byte_for_byte_as_a_download(bench: Bench) -> None:
    sha = bench.take("事故“七·八”报告.docx")
    reply = bench.get(f"/api/sources/{sha}/file")
    assert reply.content == says()
    assert reply.headers["content-type"] == "application/octet-stream"
    name = quote("事故“七·八”报告.docx")
    assert reply.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"


def test_two_texts_are_compared_paragraph_by_paragraph(bench: Bench) -> None:
    before, after = REPORT[1], REPORT[1].replace("3人", "4人")
    a = bench.take("初稿.docx", drafts=[])
    b = bench.take("终稿.docx", text=[REPORT[0], after, REPORT[2]], drafts=[])
    found = shapes.DifferenceList.model_validate_json(bench.get(f"/api/sources/diff?a={a}&b={b}").content)
    assert [(d.kind, d.before, d.after, d.before_page) for d in found.differences] == [
        ("changed", before, after, 1)
    ]


def test_a_file_that_is_taken_back_leaves_nothing(bench: Bench) -> None:
    sha = bench.take(**CONFLICT)
    reply = bench.client.delete(f"/api/sources/{sha}", params={"who": "张三"})
    assert (reply.status_code, reply.content) == (204, b"")
    assert bench.get("/api/sources").json() == {"total": 0, "offset": 0, "sources": []}
    assert bench.reviews(state="all") == []
    for path in (f"/api/sources/{sha}", f"/api/sources/{sha}/file", f"/api/cases/imp-{sha[:12]}-1"):
        problem(bench.client.get(path), 404, "not-found")
