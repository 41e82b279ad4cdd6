"""Importing over HTTP: files in, jobs, and the sources they became."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Form, Query, UploadFile
from fastapi import Path as InPath
from starlette.responses import FileResponse, Response

from qianche.corpus.reading.limits import Limits
from qianche.indexing.importing import Importer
from qianche.service.api.reply import MAX_LISTED, Limit, Offset, errors, listed, reply, require_form
from qianche.service.background import BackgroundBuild
from qianche.service.by_hand import UNNAMED, Name
from qianche.service.responses import imports as shapes
from qianche.service.uploads import laid_down
from qianche.service.wire import imports as import_wire

JobId = Annotated[str, InPath(description="导入编号。", max_length=64)]
Sha = Annotated[str, InPath(description="文件的 sha256，64 位十六进制。", pattern="^[0-9a-f]{64}$")]
SomeSha = Annotated[str, Query(description="文件的 sha256。", pattern="^[0-9a-f]{64}$")]
Who = Annotated[Name, Query(description="由谁操作。", examples=["张三"])]


_FILE = {
    "description": "原文件，作为附件下载。",
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}


def build_router(importer: Importer, build: BackgroundBuild, home: Path, limits: Limits) -> APIRouter:
    """Return the routes of imports and sources.

    Args:
        home: data folder, where uploads are laid down for a moment.
        limits: how far archives are unpacked.
    """
    router = APIRouter(tags=["导入"])

    @router.post(
        "/imports",
        status_code=202,
        summary="导入文件：报告、法规、台账，可多个，可为压缩包",
        response_model=shapes.ImportJob,
        responses=errors(400, 413, 415, 422, 503),
        dependencies=[Depends(require_form)],
    )
    def post_import(
        files: Annotated[list[UploadFile], File(description="要导入的文件。")],
        who: Annotated[Name, Form(description="由谁导入。")] = "",
    ) -> Response:
        build.require_records()
        with laid_down(files, home, limits) as incoming:
            job_id = importer.start(incoming, who or UNNAMED)
        answer = reply(import_wire.job(importer.job(job_id)))
        answer.status_code = 202
        answer.headers["location"] = f"/api/imports/{job_id}"
        return answer

    @router.get("/imports", summary="全部导入", response_model=shapes.ImportJobs)
    def get_imports(limit: Limit = MAX_LISTED, offset: Offset = 0) -> Response:
        return listed("jobs", importer.jobs(), import_wire.job, limit, offset)

    @router.get(
        "/imports/{job_id}",
        summary="一次导入的进度和每个文件的结果",
        response_model=shapes.ImportJob,
        responses=errors(404, 422),
    )
    def get_import(job_id: JobId) -> Response:
        return reply(import_wire.job(importer.job(job_id)))

    @router.post(
        "/imports/{job_id}/cancel",
        summary="取消导入；已导入的文件保留",
        response_model=shapes.ImportJob,
        responses=errors(404, 422),
    )
    def cancel_import(job_id: JobId) -> Response:
        return reply(import_wire.job(importer.cancel(job_id)))

    @router.get("/sources", summary="全部导入的文件", response_model=shapes.SourceList)
    def get_sources(limit: Limit = MAX_LISTED, offset: Offset = 0) -> Response:
        return listed("sources", importer.sources(), import_wire.source, limit, offset)

    @router.get(
        "/sources/diff",
        summary="两个文件的文字有何不同",
        response_model=shapes.DifferenceList,
        responses=errors(404, 422),
    )
    def get_difference(a: SomeSha, b: SomeSha) -> Response:
        found = [import_wire.difference(item) for item in importer.diff(a, b)]
        return reply({"a": a, "b": b, "differences": found})

    @router.get(
        "/sources/{sha256}",
        summary="一个文件和每页的读取情况",
        response_model=shapes.SourceRecord,
        responses=errors(404, 422),
    )
    def get_source(sha256: Sha) -> Response:
        return reply(import_wire.source(importer.source(sha256)))

    @router.get(
        "/sources/{sha256}/pages/{page}",
        summary="从一个文件读出的一页文字",
        response_model=shapes.PageText,
        responses=errors(404, 422),
    )
    def get_page(sha256: Sha, page: int) -> Response:
        return reply(import_wire.page_of(importer, sha256, page))

    @router.get(
        "/sources/{sha256}/file",
        summary="原文件，与导入时逐字节相同",
        response_class=Response,
        responses={200: _FILE, **errors(404, 422)},
    )
    def get_file(sha256: Sha) -> Response:
        return original_file(importer, sha256)

    @router.delete(
        "/sources/{sha256}",
        status_code=204,
        summary="撤回一个文件：连同由它而来的记述、条文和待核事项",
        response_class=Response,
        responses=errors(404, 422),
    )
    def delete_source(sha256: Sha, who: Who) -> Response:
        importer.remove(sha256, who)
        return Response(status_code=204)

    return router


def original_file(importer: Importer, sha256: str) -> Response:
    """Return the original as a download: a file of a stranger is never opened inside the service's own pages."""
    name = importer.source(sha256).names[0].rpartition("/")[2]
    return FileResponse(
        importer.original(sha256),
        media_type="application/octet-stream",
        headers={"content-disposition": f"attachment; filename*=UTF-8''{quote(name)}"},
    )
