"""What importing is called in Chinese: states of jobs, files and pages, kinds of questions, ways of finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qianche.corpus.intake import IntakeKind
from qianche.corpus.reading.document import Page, RemovedAs
from qianche.corpus.reading.raw import Format, PageStatus
from qianche.corpus.reports.draft import FoundBy
from qianche.indexing.importing import corrections
from qianche.indexing.importing.records import EntryState, JobState, JoinState, ReviewKind

JOB_STATES: dict[JobState, str] = {
    "waiting": "排队中", "running": "正在读取", "embedding": "正在生成语义向量", "done": "已完成", "cancelled": "已取消",
}  # fmt: skip
ENTRY_STATES: dict[EntryState, str] = {
    "pending": "等待", "reading": "读取中", "done": "已导入", "skipped": "已跳过", "failed": "失败", "cancelled": "已取消",
}  # fmt: skip
COUNTS = {
    "cases": "新案例",
    "joined": "并入已有案例",
    "waiting": "待补信息",
    "articles": "法规条文",
    "reviews": "待核事项",
}
KINDS: dict[IntakeKind, str] = {
    "report": "事故报告", "rule": "法规标准", "table": "事故台账", "contents-only": "只有目录", "other": "其他",
}  # fmt: skip
FORMATS: dict[Format, str] = {
    "docx": "Word 文档", "doc": "Word 97-2003 文档", "pdf": "PDF", "image": "图片", "html": "网页", "text": "文本",
    "markdown": "Markdown", "json": "JSON", "table": "表格",
}  # fmt: skip
PAGE_STATES: dict[PageStatus, str] = {
    "text": "文字", "ocr": "识别", "table": "只有表格", "empty": "空白", "unread": "扫描件，未识别", "failed": "读取失败",
}  # fmt: skip
REMOVED: dict[RemovedAs, str] = {
    "page-number": "页码", "running-header": "页眉页脚", "contents": "目录", "footnote-mark": "脚注号", "artifact": "抓取残留",
}  # fmt: skip
REVIEW_KINDS: dict[ReviewKind, str] = {
    "incomplete": "缺少必填项", "conflict": "数据有出入", "join": "可能是同一起事故", "field-doubtful": "存疑字段",
    "rule-unmatched": "法规版本待定", "page-unread": "页面未读出", "contents-only": "只有目录",
}  # fmt: skip
ACTION_LABELS = {
    "accept": "维持现状", "value": "填写正确的值", "join": "是同一起，并入", "separate": "不是同一起", "version": "选定版本",
}  # fmt: skip
JOIN_STATES: dict[JoinState, str] = {
    "joined": "已并入", "proposed": "待定", "refused": "判为不同事故", "undone": "已拆开",
}  # fmt: skip
FOUND_BY: dict[FoundBy, str] = {
    "heading": "据标题下的段落", "label": "据标签", "sentence": "据句子的写法", "title": "据题名", "table": "据表格",
    "dictionary": "据词表",
    "derived": "由其他内容推得",
}  # fmt: skip
RULE_NOT_HELD = (
    "原件和读出的文字已保存，但没有归入登记表的任何版本，不作为法规检索。如果它是某部登记法规的一个版本，"
    "请在核对中选定；登记表以外的规定（如本县的办法、企业制度）不能另行登记。"
)
"""Of a rule text that is no version of the register, or not yet told to be one."""
_MORE_FIELDS = {"units": "有关单位", "measures": "防范措施", "citations": "引用的法规"}


def field_label(field: str) -> str:
    """Return the name of a field of a case, or of what only an imported account holds."""
    return corrections.FIELDS.get(field) or _MORE_FIELDS.get(field, field)


def decision_label(action: str, value: Any, choices: Sequence[Any]) -> str:
    """Return what was decided, as in 选定“3” for a value that was offered."""
    label = ACTION_LABELS.get(action, action)
    if action not in ("value", "version"):
        return label
    return f"{'选定' if action == 'value' and value in choices else label}“{shown(value)}”"


def page_label(page: Page) -> str:
    """Return the state of a page, with the mean confidence of what was recognised: 识别（平均置信度 93 %）."""
    label = PAGE_STATES[page.status]
    if page.confidence is not None:
        label += f"（平均置信度 {page.confidence:.0%}）"
    return label


def counts_label(counts: dict[str, int]) -> str:
    """Return what came of a file in one line: 新案例 1，待核事项 3."""
    return "，".join(
        f"{COUNTS[name]} {number}" for name, number in counts.items() if number and name in COUNTS
    )


def shown(value: Any) -> str:
    """Return a value of a field as it is read, whole: 未载 where there is none, a unit with its role."""
    if value is None or value == []:
        return "未载"
    if isinstance(value, Mapping):
        name, role = value.get("name"), value.get("role")
        return f"{name}（{role}）" if name and role else "；".join(f"{v}" for v in value.values() if v)
    if isinstance(value, list | tuple):
        return "；".join(map(shown, value))
    return corrections.shown(value)
