"""What is tried: one target a reader, each with valid files to begin from and the way they are taken in."""

from __future__ import annotations

import io
import json
import traceback
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from unittest.mock import patch

from PIL import Image

from qianche.corpus.casebook import case_to_payload, load_casebook
from qianche.corpus.errors import QiancheError
from qianche.corpus.reading.archives import members
from qianche.corpus.reading.formats import ocr
from qianche.corpus.reading.limits import Limits
from qianche.corpus.taking_in import take_in_bytes
from tests.corpus.reading.docx_files import cell, docx_file, numbered, numbering, p, table, zip_file
from tests.corpus.reading.pdf_files import Sheet, lines, pdf_file
from tests.corpus.tables.workbooks import workbook

LIMITS = Limits(table_rows=20_000, unpacked_bytes=64 * 1024**2, paragraph_characters=200_000)
"""Smaller than for users: a run is to try many inputs, not large ones."""

REPORT = """甲县乙化工有限公司“3·4”较大中毒事故调查报告

2021年3月4日9时20分许，乙化工有限公司在污水池清淤作业过程中发生中毒事故，造成3人死亡、1人重伤，直接经济损失420万元。
一、基本情况
（一）事故单位：乙化工有限公司（以下简称乙公司），法定代表人张某。
二、事故发生经过
3月4日9时许，作业人员未经检测进入污水池清淤，8点51分倒下，次日经抢救无效死亡。
三、事故原因
（一）直接原因
作业人员未经通风检测即进入污水池，吸入硫化氢中毒。
（二）间接原因
1.未执行审批制度，违反了《中华人民共和国安全生产法》第四十四条第一款第（二）项。
2．一是没有救援器材；二是培训走过场。
四、责任认定及处理建议
1、张某，男，乙公司总经理，建议移送司法机关追究刑事责任。
五、防范和整改措施
（一）严格执行 GB 30871-2022 第 5.2.3 条。
附件：1.图 2.表
"""
RULE = """某省危险作业安全规定

（2019年5月1日某省人民政府令第12号公布　根据2021年6月2日某省人民政府令第20号修正）
目　录
第一章　总则
第一章　总则
第一条　为了安全，制定本规定。
第二条　有下列情形之一的，不得作业：
（一）未经审批；
（二）1.未检测；2.未通风。
第二条之一　前款规定适用于本省。
第三条　本规定自公布之日起施行。
附件
危险作业目录
6.2.2.1应当设置监护人。
"""
LEDGER = [
    ["某县2023年事故台账"],
    ["序号", "事故名称", "发生时间", "地点", "伤亡情况", None, "直接经济损失（万元）", "事故经过"],
    [None, None, None, None, "死亡", "受伤", None, None],
    [1, "甲厂触电事故", "2023-5-6 14:30", "甲县", 1, 2, 30.5, "2023年5月6日，甲厂发生触电，造成1人死亡。"],
    ["合计", None, None, None, "=E4", 2, None, None],
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """A reader to try: name of its files, valid ones to begin from, and whether it works apart (C code may crash)."""

    file_name: str
    seeds: Callable[[], tuple[bytes, ...]]
    apart: bool = False


def attempt(target: str, data: bytes) -> str | None:
    """Return the trace of anything but a clear error, None where all is well; also called in worker processes."""
    try:
        if target == "zip":
            for member in members(data, LIMITS):
                if (member.data is None) != bool(member.problem):
                    return f"a member without bytes and without a reason: {member.name!r}"
        else:
            with _without_recognition():
                take_in_bytes(data, TARGETS[target].file_name, LIMITS)
    except QiancheError as error:
        return None if error.message.endswith("。") else f"not a sentence: {error.message!r}"
    except Exception:
        return traceback.format_exc()
    return None


def _without_recognition() -> AbstractContextManager[object]:
    """Take recognition for one that sees nothing: it needs seconds a page and is not what is tried here."""
    return patch.multiple(ocr, available=lambda: True, recognise=lambda image: ocr.Recognised((), None))


def _docx() -> tuple[bytes, ...]:
    paragraphs = "".join(p(line) for line in REPORT.splitlines())
    grid = table(*("".join(cell(p(str(text or ""))) for text in row) for row in LEDGER[1:]))
    listed = "".join(numbered(line) for line in RULE.splitlines())
    return (
        docx_file(paragraphs + grid, pages=3, title="报告", footnotes=""),
        docx_file(listed, numbering=numbering(("chineseCountingThousand", "第%1条"))),
    )


def _pdf() -> tuple[bytes, ...]:
    text = [line[i : i + 36] for line in REPORT.splitlines() for i in range(0, len(line), 36)]
    return (
        pdf_file([Sheet(lines(text[i : i + 12])) for i in range(0, len(text), 12)]),
        pdf_file([Sheet(lines(RULE.splitlines()))]),
    )


def _html() -> tuple[bytes, ...]:
    rows = "".join("<tr>" + "".join(f"<td>{text or ''}</td>" for text in row) + "</tr>" for row in LEDGER)
    body = "".join(f"<p>&nbsp;{line}<br></p>" for line in REPORT.splitlines())
    page = f'<!DOCTYPE html><html><head><meta charset="gb2312"><title>报告</title></head><body><nav>首页</nav>{body}'
    listed = "".join(f"<li>{line}</li>" for line in RULE.splitlines())
    return (
        f"{page}<table>{rows}</table></body></html>".encode("gb18030"),
        f"<html><body><ol type=A>{listed}</ol><div style='display:none'>x</div></body></html>".encode(),
    )


def _mhtml() -> tuple[bytes, ...]:
    head = (
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return (head.encode() + _html()[0] + b"\r\n--b--\r\n",)


def _markdown() -> tuple[bytes, ...]:
    rows = "\n".join("|" + "|".join(str(text or "") for text in row) + "|" for row in LEDGER[1:])
    law = "\n\n".join(
        f"## {line}" if "章" in line else f"**{line[:3]}**{line[3:]}" for line in RULE.splitlines()
    )
    return (f"---\ntitle: 报告\n---\n# {REPORT}\n\n{rows}\n".encode(), law.encode())


def _json() -> tuple[bytes, ...]:
    articles = [{"no": f"第{number}条", "content": line} for number, line in enumerate(REPORT.splitlines())]
    crawled = {"title": "报告.docx", "chapters": [{"chapter": "正文", "articles": articles}]}
    cases = [case_to_payload(case) for case in load_casebook()[:2]]
    records = [
        {"no": n, "text": text, "labels": {"死亡人数": "3 人"}} for n, text in enumerate((REPORT, RULE))
    ]
    return (
        json.dumps(crawled, ensure_ascii=False).encode(),
        "\n".join(json.dumps(case, ensure_ascii=False) for case in cases).encode(),
        json.dumps(cases, ensure_ascii=False, indent=1).encode(),
        "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode(),
    )


def _csv() -> tuple[bytes, ...]:
    rows = "\n".join(",".join(f'"{text or ""}"' for text in row) for row in LEDGER)
    return (rows.encode("gb18030"), rows.replace(",", "\t").replace('"', "").encode("utf-16"))


def _text() -> tuple[bytes, ...]:
    return (REPORT.encode(), RULE.encode("gb18030"), REPORT.encode("utf-16"), RULE.encode("big5", "replace"))


def _xlsx() -> tuple[bytes, ...]:
    return (workbook(LEDGER, merged=["A1:H1", "E2:F2"]), workbook(LEDGER, 二月=LEDGER))


def _zip() -> tuple[bytes, ...]:
    inner = zip_file({"甲.txt": REPORT, "b/../c.txt": "x"})
    outer = io.BytesIO(zip_file({"报告.txt": REPORT, "夹/规定.txt": RULE, "__MACOSX/._a": "x"}))
    with zipfile.ZipFile(outer, "a") as archive:
        archive.writestr("内.zip", inner)
    return (inner, outer.getvalue())


def _images() -> tuple[bytes, ...]:
    found = []
    for kind in ("PNG", "JPEG", "BMP", "TIFF", "WEBP"):
        stream = io.BytesIO()
        first = Image.linear_gradient("L").resize((64, 48))
        more = {"save_all": True, "append_images": [first, first]} if kind == "TIFF" else {}
        first.save(stream, kind, **more)
        found.append(stream.getvalue())
    return tuple(found)


TARGETS: dict[str, Target] = {
    "docx": Target("报告.docx", _docx),
    "pdf": Target("报告.pdf", _pdf, apart=True),
    "html": Target("报告.html", _html),
    "mhtml": Target("报告.mhtml", _mhtml),
    "text": Target("报告.txt", _text),
    "markdown": Target("报告.md", _markdown),
    "xlsx": Target("台账.xlsx", _xlsx),
    "csv": Target("台账.csv", _csv),
    "json": Target("案例.jsonl", _json),
    "zip": Target("包.zip", _zip),
    "image": Target("扫描.png", _images),
}
"""By the names that `--target` takes."""
