"""`qianche import`: files and folders in, what came of each, unfinished imports gone on with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from qianche.corpus.errors import BadRequest
from qianche.service.cli.options import Json

if TYPE_CHECKING:
    from qianche.indexing.importing import Importer, Incoming
    from qianche.indexing.importing.records import Job
    from qianche.indexing.local import LocalKnowledgeBase
    from qianche.service.cli.gathering import Gathered
    from qianche.service.cli.output import Waiting

_LOOK = 0.2
"""Seconds between two looks at a job."""
_OTHERS = "另几种用法（不给路径）"
_STOPPED = (
    "已停止。读完的文件已经入库；没有读完的用 `qianche import --resume` 接着导入，"
    "或用 `qianche import --cancel {job_id}` 放弃。"
)


def import_files(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="路径", readable=False, help="文件或目录（连同其下各级），可多个。"),
    ] = None,
    who: Annotated[str, typer.Option("--who", metavar="姓名", help="由谁导入，记入每个文件的来历。")] = "",
    no_vectors: Annotated[
        bool, typer.Option("--no-vectors", help="先不生成语义向量，新资料暂按字词检索。")
    ] = False,
    json: Json = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="接着做没有做完的导入。", rich_help_panel=_OTHERS)
    ] = False,
    jobs: Annotated[bool, typer.Option("--jobs", help="列出全部导入。", rich_help_panel=_OTHERS)] = False,
    job: Annotated[
        str | None,
        typer.Option("--job", metavar="编号", help="看一次导入每个文件的结果。", rich_help_panel=_OTHERS),
    ] = None,
    cancel: Annotated[
        str | None,
        typer.Option(
            "--cancel", metavar="编号", help="取消一次导入；已导入的文件保留。", rich_help_panel=_OTHERS
        ),
    ] = None,
) -> None:
    """导入事故报告、法规和台账（Word、PDF、网页、表格等），随即可以检索。"""
    _one_of(paths=bool(paths), resume=resume, jobs=jobs, job=job is not None, cancel=cancel is not None)
    if paths:
        _import(paths, who, json=json, vectors=not no_vectors)
    elif resume:
        _resume(json=json, vectors=not no_vectors)
    else:
        _look_up(job, cancel, json=json)


def _one_of(**given: bool) -> None:
    """Return if exactly one thing is asked for."""
    if sum(given.values()) == 1:
        return
    raise BadRequest(
        "请给出要导入的文件或目录，如 `qianche import 报告.docx 台账/`；"
        "或者只给 --resume、--jobs、--job、--cancel 中的一个。"
    )


def _import(paths: Sequence[Path], who: str, *, json: bool, vectors: bool) -> None:
    """Import what the paths mean, and tell what came of it."""
    from qianche.service.by_hand import UNNAMED
    from qianche.service.cli import gathering, import_sheets, opening, output
    from qianche.service.cli.options import name_of
    from qianche.service.unpacking import unpacked
    from qianche.service.uploads import PREFIX, clear_left_behind

    name = name_of(who) if who.strip() else UNNAMED
    found = gathering.gather(paths)
    import_sheets.tell_passed(found.passed)
    if not found.files:
        raise BadRequest("没有可以导入的文件。请核对路径；按名称直接给出的文件，不论类型都会尝试读取。")
    settings = opening.begin()
    with opening.knowledge_base(settings) as base:
        with opening.importer(settings, base, with_vectors=False) as importer:
            with output.waiting("正在准备") as report:
                base.build_records(report)
                clear_left_behind(settings.home)
                with TemporaryDirectory(prefix=PREFIX, dir=settings.home) as folder:
                    files = unpacked(_incoming(found, report), Path(folder), settings.import_limits)
                    job_id = importer.start(map(_shown, files), name)
                done = _follow(importer, job_id, report)
            _tell(importer, [done], json=json, single=True)
        if vectors:
            _make_vectors(base, [done])
    _end([done])


def _resume(*, json: bool, vectors: bool) -> None:
    """Go on with every unfinished import, and tell what came of each."""
    from qianche.service.cli import opening, output

    settings = opening.begin()
    with opening.knowledge_base(settings) as base:
        with opening.importer(settings, base, with_vectors=False) as importer:
            with output.waiting("正在准备") as report:
                base.build_records(report)
                done = [_follow(importer, job_id, report) for job_id in importer.resume_all()]
            _tell(importer, done, json=json, single=False)
        if vectors:
            _make_vectors(base, done)
    _end(done)


def _look_up(job_id: str | None, cancelled_id: str | None, *, json: bool) -> None:
    """Tell of imports without importing anything: all, one, or the one that is to be cancelled."""
    from qianche.service import wire
    from qianche.service.cli import import_sheets, opening, output
    from qianche.service.wire import imports as import_wire
    from qianche.service.wire.found import stretch

    settings = opening.begin()
    content: wire.Json
    with (
        output.waiting("正在读取"),
        opening.knowledge_base(settings) as base,
        opening.importer(settings, base) as importer,
    ):
        if cancelled_id is not None:
            importer.cancel(cancelled_id)
            found = [importer.wait(cancelled_id)]
        else:
            found = [importer.job(job_id)] if job_id is not None else list(importer.jobs())
        listed = [import_wire.job(item) for item in found]
    one = job_id is not None or cancelled_id is not None
    content = listed[0] if one else stretch("jobs", listed)
    if json:
        output.print_json(content)
    elif one:
        import_sheets.print_job(output.screen(), content)
    else:
        import_sheets.print_jobs(output.screen(), listed)


def _incoming(found: Gathered, report: Waiting) -> Iterator[Incoming]:
    """Yield the files one by one, as the importer takes their bytes."""
    from qianche.indexing.importing import Incoming

    for number, path in enumerate(found.files):
        report("正在收取文件", number, len(found.files), path.name)
        yield Incoming(path.name, path)


def _shown(file: Incoming) -> Incoming:
    """Return the file under a name that can be shown."""
    from qianche.service.uploads import shown_name

    return replace(file, name=shown_name(file.name))


def _follow(importer: Importer, job_id: str, report: Waiting) -> Job:
    """Return a job once it has ended; an interrupt says how to go on."""
    from qianche.service.cli.ending import complain

    try:
        while True:
            since = time.monotonic()
            job = importer.wait(job_id, _LOOK)
            _report(job, report)
            if time.monotonic() - since < _LOOK:  # it did not wait: nothing runs any more
                return importer.job(job_id)
    except KeyboardInterrupt:
        complain(_STOPPED.format(job_id=job_id))
        raise


def _report(job: Job, report: Waiting) -> None:
    """Tell how far a job is."""
    from qianche.indexing.importing.records import FINAL

    finished = sum(entry.state in FINAL for entry in job.entries)
    under_way = next((entry.name for entry in job.entries if entry.state == "reading"), "")
    waits = job.state == "waiting" and not finished
    what = "排队：等另一个进程的导入做完" if waits else "正在导入"
    report(what, finished, len(job.entries), under_way)


def _tell(importer: Importer, done: Iterable[Job], *, json: bool, single: bool) -> None:
    """Print what came of the imports."""
    from qianche.service.cli import import_sheets, output
    from qianche.service.wire import imports as import_wire
    from qianche.service.wire.found import stretch

    listed = [import_wire.job(job) for job in done]
    if json:
        output.print_json(listed[0] if single else stretch("jobs", listed))
        return
    screen = output.screen()
    if not listed:
        output.put(screen, output.plain("没有未做完的导入。"))
    kinds = import_sheets.kinds_of(importer.sources())
    not_held = {item.source for item in importer.reviews("rule-unmatched")}
    for content in listed:
        import_sheets.print_job(screen, content, kinds, not_held)


def _make_vectors(base: LocalKnowledgeBase, done: Iterable[Job]) -> None:
    """Make the vectors of what was brought, if anything was."""
    from qianche.service.cli import opening

    if any(entry.counts for job in done for entry in job.entries):
        opening.make_vectors(base)


def _end(done: Iterable[Job]) -> None:
    """End with 1 where a file failed or was not reached."""
    from qianche.service.cli.ending import COULD_NOT

    if any(entry.state not in ("done", "skipped") for job in done for entry in job.entries):
        raise typer.Exit(COULD_NOT)
