"""What importing prints for people: results of files, files as they were read, questions, accounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qianche.service import import_labels as labels
from qianche.service.by_hand import one_line
from qianche.service.cli.output import DIM, STRONG, WARN, grid, joined, plain, put
from qianche.service.labels import toll_label

if TYPE_CHECKING:
    from qianche.corpus.cases import Case
    from qianche.indexing.importing.records import Source
    from qianche.service.cli.gathering import Passed

Content = dict[str, Any]
_STATE_STYLES = {"done": "green", "failed": "red", "cancelled": WARN, "skipped": DIM}
_QUOTED = 200
"""Characters of a quote that are shown; the page it stands on has all of it."""
_SHA = 12
"""Digits of a sha256 that are shown; commands take as many."""


def tell_passed(passed: Sequence[Passed]) -> None:
    """Tell on stderr which files are not taken, and why."""
    console = Console(stderr=True, highlight=False, markup=False, emoji=False)
    for item in passed:
        console.print(plain(f"略过“{item.path}”：{item.why}。", DIM), soft_wrap=True)


def kinds_of(sources: Iterable[Source]) -> dict[str, str]:
    """Return what each file turned out to be, by sha256."""
    return {source.sha256: labels.KINDS[source.kind] for source in sources}


def print_job(
    console: Console, job: Content, kinds: Mapping[str, str] | None = None, not_held: Container[str] = ()
) -> None:
    """Print what came of each file of an import, and the sum.

    Args:
        kinds: what each file turned out to be, by sha256.
        not_held: sha256 of rule texts that are under no version of the register.
    """
    table = Table()
    for name in ("文件", "结果", *(("类型",) if kinds is not None else ()), "带来", "说明"):
        table.add_column(name, overflow="fold")
    for entry in job["entries"]:
        state = plain(entry["state_label"], _STATE_STYLES.get(entry["state"], ""))
        kind = () if kinds is None else (plain(kinds.get(entry["sha256"] or "", "")),)
        table.add_row(
            plain(entry["name"]), state, *kind, plain(entry["counts_label"]), plain(entry["message"])
        )
    put(console, table)
    put(console, plain(_summary(job), STRONG))
    if job["message"]:
        put(console, plain(job["message"], WARN))
    for entry in job["entries"]:
        if entry["sha256"] in not_held:
            put(console, plain(f"“{entry['name']}”：{labels.RULE_NOT_HELD}", WARN))
    counts = _counts(job)
    if counts["reviews"]:
        put(console, plain("有待核事项：`qianche review`", DIM))
    put(console, plain(f"导入编号 {job['id']}（{job['state_label']}）", DIM))


def print_jobs(console: Console, jobs: Sequence[Content]) -> None:
    """Print all imports, newest first."""
    if not jobs:
        put(console, plain("还没有导入过文件。用法见 `qianche import --help`。"))
        return
    table = Table()
    for name in ("编号", "状态", "由谁", "文件", "结果"):
        table.add_column(name, overflow="fold")
    for job in jobs:
        done = f"{job['finished']}/{job['files']}"
        table.add_row(
            plain(job["id"]), plain(job["state_label"]), plain(job["who"]), plain(done), plain(_states(job))
        )
    put(console, table)
    if any(job["finished"] < job["files"] for job in jobs):
        put(console, plain("接着做没有做完的：`qianche import --resume`", DIM))


def _summary(job: Content) -> str:
    """One line: how many files became what, and what they brought."""
    brought = labels.counts_label(dict(_counts(job)))
    return f"共 {job['files']} 个文件：{_states(job)}{f'；{brought}' if brought else ''}。"


def _states(job: Content) -> str:
    """How many files are in each state: 已导入 3，失败 1."""
    states = Counter(entry["state_label"] for entry in job["entries"])
    return "，".join(f"{label} {states[label]}" for label in labels.ENTRY_STATES.values() if label in states)


def _counts(job: Content) -> Counter[str]:
    """What the files brought together, by kind, in the order of the labels."""
    total: Counter[str] = Counter()
    for name in labels.COUNTS:
        total[name] = sum(entry["counts"].get(name, 0) for entry in job["entries"])
    return total


def print_sources(console: Console, sources: Sequence[Content]) -> None:
    """Print all imported files, newest first."""
    if not sources:
        put(console, plain("还没有导入过文件。用法见 `qianche import --help`。"))
        return
    for source in sources:
        put(console, Text.assemble(plain(source["names"][0], STRONG)))
        unread = sum(page["status"] in ("unread", "failed") for page in source["pages"])
        put(console, joined((
            source["kind_label"], source["format_label"], f"{len(source['pages'])} 页",
            f"{unread} 页没有读出" if unread else None, source["received_at"][:10], f"读出 {_share(source)} 字",
        )), 2)  # fmt: skip
        put(console, plain(f"编号 {source['sha256'][:_SHA]}", DIM), 2)
    put(console, plain("看一个文件：`qianche sources 编号`", DIM))


def print_source(console: Console, source: Content) -> None:
    """Print one imported file: what it is, what came of it, how each page was read."""
    put(console, plain(source["names"][0], STRONG))
    version = source["version_of"]
    put(console, grid([
        ("类型", f"{source['kind_label']}（{source['format_label']}，{source['size_bytes']} 字节）"),
        ("其他名称", "、".join(source["names"][1:]) or "无"),
        ("导入", f"{source['received_at']}（{source['job_id']}）"),
        ("读出字数", _share(source)),
        ("另一版本", f"{version[:_SHA]}（文字相同 {source['resemblance']:.0%}）" if version else "无"),
        ("法规", " · ".join(t for t in (source["rule_title"], source["rule_version"]) if t) or "无"),
        ("事故", "、".join(source["account_ids"]) or "无"),
        ("sha256", source["sha256"]),
    ]))  # fmt: skip
    if source["kind"] == "rule" and not source["rule_version"]:
        put(console, plain(labels.RULE_NOT_HELD, WARN))
    for warning in source["warnings"]:
        put(console, plain(warning, WARN))
    table = Table()
    for name in ("页", "状态", "读出字数", "说明"):
        table.add_column(name, overflow="fold")
    for page in source["pages"]:
        table.add_row(str(page["number"]), plain(page["status_label"]), _share(page), plain(page["problem"]))
    put(console, table)
    put(
        console, plain("看一页：加 --page 页码；取出原文件：加 --save 文件；撤回：`qianche remove 编号`", DIM)
    )


def _share(item: Content) -> str:
    """Characters kept, of how many the file holds where it can tell."""
    whole = item["file_characters"]
    return str(item["kept_characters"]) if whole is None else f"{item['kept_characters']}/{whole}"


def print_page(console: Console, page: Content) -> None:
    """Print one page as it was read, and what was left out of it."""
    put(console, plain(f"第 {page['page']} 页（共 {page['pages']} 页）", STRONG))
    put(console, plain(page["text"]))
    for item in page["removed"]:
        put(console, plain(f"未收入（{item['reason_label']}）：{item['text']}", DIM))


def print_differences(console: Console, found: Content) -> None:
    """Print what changed from one text to another."""
    if not found["differences"]:
        put(console, plain("两个文件的文字没有不同。"))
    for item in found["differences"]:
        for mark, side, style in (("-", "before", "red"), ("+", "after", "green")):
            if item[side]:
                put(console, plain(f"{mark} 第 {item[f'{side}_page']} 页  {item[side]}", style))


def print_joined(console: Console, case_id: str, case: Case | None, accounts: Sequence[Content]) -> None:
    """Print in short which case it is (None: it waits for its date), and whose accounts belong to it."""
    put(console, plain(f"案例 {case_id}{'' if case is None else f'：{case.name}'}", STRONG))
    if case is not None:
        put(console, plain(f"{case.occurred_on}，{toll_label(case)}"), 2)
    put(console, plain(f"来源文件 {len(accounts)} 个："), 2)
    for account in accounts:
        waits = account["waiting_for"]
        put(
            console,
            plain(f"{account['source_name']}（记述 {account['id']}）{f'：{waits}' if waits else ''}"),
            4,
        )
    if case is not None:
        put(console, plain(f"全部内容：`qianche show {case_id}`", DIM))


def print_accounts(console: Console, accounts: Sequence[Content]) -> None:
    """Print what each imported file tells of a case, every field with the words that say so."""
    for account in accounts:
        put(console, plain(f"\n来源文件“{account['source_name']}”所述", STRONG))
        put(console, joined((f"记述 {account['id']}", f"文件 {account['source'][:_SHA]}")), 2)
        for text in (account["waiting_for"], *account["warnings"]):
            if text:
                put(console, plain(text, WARN), 2)
        for found in account["evidence"]:
            _print_evidence(console, found)


def _print_evidence(console: Console, found: Content) -> None:
    """Print one value of one field, with page and quote; a quote that is the value is not told twice."""
    doubt = "" if found["sure"] else f"（存疑：{found['remark'] or '请核对原文'}）"
    value, quote = one_line(labels.shown(_flat(found["value"]))), one_line(found["quote"])
    put(console, Text.assemble(
        (f"{found['field_label']}：", STRONG), plain(clipped(value)), plain(doubt, WARN)
    ), 2)  # fmt: skip
    said = None if quote == value else f"“{clipped(quote)}”"
    put(console, joined((f"第 {found['page']} 页", found["found_by_label"], said)), 4)


def clipped(text: str) -> str:
    """Return a text of at most `_QUOTED` characters; what is cut is said."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……（共 {len(text)} 字）"


def _flat(value: Any) -> Any:
    """A value of several parts as one text: a unit with its role, a moment with its time."""
    if isinstance(value, dict):
        return " ".join(str(part) for part in value.values() if part not in (None, False, ""))
    return value
