"""Examples of importing for OpenAPI, with the invented accident of `examples`; held to their shapes by the tests."""

from __future__ import annotations

from typing import Any

_SHA = "3f1c" * 16
_OLD_SHA = "9b20" * 16
_ACCOUNT = "imp-3f1c3f1c3f1c-1"
_CASE = "example-sewage-tank"
_AT = "2026-03-01T12:00:00+00:00"
_ENTRY: dict[str, Any] = {
    "number": 1,
    "name": "某食品厂事故调查报告.docx",
    "sha256": _SHA,
    "size_bytes": 48_213,
    "state": "done",
    "state_label": "已导入",
    "message": "已导入。",
    "counts": {"cases": 1, "reviews": 1},
    "counts_label": "新案例 1，待核事项 1",
    "record_ids": [_ACCOUNT],
}
_FAILED = _ENTRY | {
    "number": 2,
    "name": "附件.pdf",
    "sha256": _OLD_SHA,
    "size_bytes": 512,
    "state": "failed",
    "state_label": "失败",
    "message": "文件不完整，无法读取。请重新下载或复制后再导入。",
    "counts": {},
    "counts_label": "",
    "record_ids": [],
}
JOB: dict[str, Any] = {
    "id": "20260301-120000-1",
    "created_at": _AT,
    "who": "张三",
    "state": "done",
    "state_label": "已完成",
    "message": "",
    "files": 2,
    "finished": 2,
    "entries": [_ENTRY, _FAILED],
}
JOBS = {"total": 1, "offset": 0, "jobs": [JOB]}
_UNDONE = {"message": "", "counts": {}, "counts_label": "", "record_ids": []}
JOB_WAITING = JOB | {
    "state": "waiting",
    "state_label": "排队中",
    "finished": 0,
    "entries": [entry | _UNDONE | {"state": "pending", "state_label": "等待"} for entry in JOB["entries"]],
}
JOB_CANCELLED = JOB | {
    "state": "cancelled",
    "state_label": "已取消",
    "entries": [
        _ENTRY,
        _FAILED | {"state": "cancelled", "state_label": "已取消", "message": "已取消，没有导入。"},
    ],
}
SOURCE: dict[str, Any] = {
    "sha256": _SHA,
    "names": ["某食品厂事故调查报告.docx"],
    "size_bytes": 48_213,
    "format": "docx",
    "format_label": "Word 文档",
    "received_at": _AT,
    "job_id": "20260301-120000-1",
    "kind": "report",
    "kind_label": "事故报告",
    "warnings": [],
    "account_ids": [_ACCOUNT],
    "version_of": None,
    "resemblance": None,
    "rule_title": None,
    "rule_version": None,
    "file_characters": 6_120,
    "kept_characters": 6_118,
    "pages": [
        {
            "number": 1,
            "status": "text",
            "status_label": "文字",
            "confidence": None,
            "problem": "",
            "file_characters": 6_120,
            "kept_characters": 6_118,
        }
    ],
}
SOURCES = {"total": 1, "offset": 0, "sources": [SOURCE]}
_TEXT = "2019年6月1日，某食品厂清理污水池，造成3人死亡。"
PAGE = {
    "sha256": _SHA,
    "page": 1,
    "pages": 1,
    "start": 0,
    "end": len(_TEXT),
    "text": _TEXT,
    "blocks": [{"kind": "paragraph", "start": 0, "end": len(_TEXT)}],
    "removed": [{"text": "- 1 -", "reason": "page-number", "reason_label": "页码"}],
}
_DAY = {
    "number": 1,
    "header": "时间",
    "field": "date",
    "field_label": "发生时间",
    "sure": True,
    "unit": None,
    "samples": ["2019-06-01", "2020-03-12"],
}
_TOLL = _DAY | {
    "number": 2,
    "header": "伤亡",
    "field": "casualties",
    "field_label": "伤亡情况",
    "samples": ["3", "0"],
}
_TABLE: dict[str, Any] = {
    "number": 1,
    "page": 1,
    "title": "某集团历年事故台账",
    "use": "accidents",
    "use_label": "事故清单，一行一起",
    "note": "",
    "rows": 2,
    "columns": [_DAY, _TOLL],
}
COLUMNS: dict[str, Any] = {
    "sha256": _OLD_SHA,
    "tables": [_TABLE],
    "fields": [{"field": "date", "label": "发生时间"}, {"field": "deaths", "label": "死亡人数"}],
    "units": ["亿元", "万元", "千元", "元"],
    "changes": [],
}
COLUMNS_CORRECTED = COLUMNS | {
    "tables": [_TABLE | {"columns": [_DAY, _TOLL | {"field": "deaths", "field_label": "死亡人数"}]}],
    "changes": [{"table": 1, "columns": {"2": "deaths"}, "unit": None, "who": "张三", "at": _AT}],
}
DIFFERENCES = {
    "a": _OLD_SHA,
    "b": _SHA,
    "differences": [
        {
            "kind": "changed",
            "before": "造成2人死亡。",
            "after": "造成3人死亡。",
            "before_page": 1,
            "after_page": 1,
        }
    ],
}
_QUOTE = "造成3人死亡"
_START = _TEXT.index(_QUOTE)
_END = _START + len(_QUOTE)
REVIEW: dict[str, Any] = {
    "id": f"conflict:{_ACCOUNT}:toll.deaths",
    "kind": "conflict",
    "kind_label": "数据有出入",
    "what": "死亡人数有 2 种说法：3（第 1 页）；2（第 4 页）。",
    "proposal": "请核对原文，选定一个数值；暂不选定的，案例中此项留空。",
    "source": _SHA,
    "account_id": _ACCOUNT,
    "case_id": _ACCOUNT,
    "field": "toll.deaths",
    "field_label": "死亡人数",
    "page": 1,
    "span": [_START, _END],
    "choices": [3, 2],
    "actions": [
        {"action": "accept", "label": "维持现状"},
        {"action": "value", "label": "填写正确的值"},
    ],
    "state": "open",
    "decided_by": None,
    "decided_at": None,
    "decision": None,
}
REVIEWS = {"total": 1, "offset": 0, "reviews": [REVIEW]}
DECIDED = REVIEW | {
    "state": "decided",
    "decided_by": "张三",
    "decided_at": _AT,
    "decision": {"action": "value", "value": 3},
}
ACCOUNTS = {
    "case_id": _CASE,
    "accounts": [
        {
            "id": _ACCOUNT,
            "source": _SHA,
            "source_name": "某食品厂事故调查报告.docx",
            "number": 1,
            "case_id": _CASE,
            "waiting_for": "",
            "warnings": ["死亡人数前后不一。"],
            "evidence": [
                {
                    "field": "toll.deaths",
                    "field_label": "死亡人数",
                    "value": 3,
                    "page": 1,
                    "start": _START,
                    "end": _END,
                    "quote": _QUOTE,
                    "found_by": "sentence",
                    "found_by_label": "据句子的写法",
                    "sure": True,
                    "remark": "",
                }
            ],
        }
    ],
}
JOINS = {
    "total": 1,
    "offset": 0,
    "joins": [
        {
            "id": f"{_ACCOUNT}>{_CASE}",
            "account_id": _ACCOUNT,
            "case_id": _CASE,
            "verdict": "certain",
            "score": 0.94,
            "reasons": ["日期相同", "地点相同", "死亡人数相同"],
            "state": "joined",
            "state_label": "已并入",
            "by": "规则",
            "at": _AT,
        }
    ],
}
CORRECTION = {
    "case_id": _CASE,
    "field": "toll.deaths",
    "field_label": "死亡人数",
    "withdrawn": False,
    "changes": [{"value": 3, "before": 2, "who": "张三", "at": _AT}],
}
CORRECTIONS = {"corrections": [CORRECTION]}
WITHDRAWN = {"corrections": [CORRECTION | {"withdrawn": True}]}
