"""What `qianche review` and `correct` print for people: questions, decisions, corrections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from qianche.service import import_labels as labels
from qianche.service.by_hand import one_line
from qianche.service.cli.import_sheets import clipped
from qianche.service.cli.output import DIM, STRONG, WARN, grid, joined, plain, put

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One place where a file gives a value: the file's name, the page, the words."""

    value: Any
    name: str
    page: int
    words: str


def print_reviews(console: Console, reviews: Sequence[Content], names: Mapping[str, str]) -> None:
    """Print questions by kind; `names` are those of the files by sha256."""
    if not reviews:
        put(console, plain("没有待核事项。"))
        return
    for kind, items in groupby(reviews, key=lambda item: item["kind"]):
        found = list(items)
        put(
            console,
            Text.assemble((f"【{labels.REVIEW_KINDS[kind]}】", "bold cyan"), (f"{len(found)} 件", DIM)),
        )
        for item in found:
            put(console, plain(item["what"]), 2)
            page = f"第 {item['page']} 页" if item["page"] is not None else None
            put(console, joined((names.get(item["source"], "（已撤回的文件）"), page, _state(item))), 4)
            put(console, plain(f"编号 {item['id']}", DIM), 4)
    put(console, plain("看一件：`qianche review '编号'`", DIM))


def print_review(console: Console, item: Content, name: str, quote: str, places: Sequence[Told] = ()) -> None:
    """Print one question: what is asked, the words it is about, what may be decided.

    `places`: where files give the values to choose from; each is told under its value.
    """
    put(console, plain(f"{item['kind_label']}：{item['what']}", STRONG))
    put(console, plain(item["proposal"]))
    page = f"，第 {item['page']} 页" if item["page"] is not None else ""
    rows: list[tuple[str, str | Text]] = [("来源", f"{name}{page}（{item['source'][:12]}）")]
    if quote:
        rows.append(("原话", f"“{clipped(one_line(quote))}”"))
    if item["field_label"]:
        rows.append(("字段", item["field_label"]))
    rows += [(label, item[key]) for label, key in (("案例", "case_id"), ("记述", "account_id")) if item[key]]
    if item["choices"] and item["kind"] != "join" and not places:
        rows.append(("可选的值", "；".join(labels.shown(choice) for choice in item["choices"])))
    rows.append(("状态", _state(item) or "待核"))
    put(console, grid(rows))
    _print_places(console, item["choices"], places)
    if item["state"] == "open":
        for of in item["actions"]:
            put(console, plain(f"{of['label']}：{_command(item, of['action'])}", DIM))


def _print_places(console: Console, choices: Sequence[Any], places: Sequence[Told]) -> None:
    """Print every value to choose from, and under it the places that give it."""
    if not places:
        return
    put(console, plain("可选的值", STRONG))
    for choice in choices:
        put(console, plain(labels.shown(choice)), 2)
        for told in places:
            if str(told.value) == str(choice):
                words = f"“{clipped(one_line(told.words))}”"
                put(console, joined((told.name, f"第 {told.page} 页", words)), 4)


def print_decided(console: Console, item: Content) -> None:
    """Print what was decided."""
    put(console, plain(f"{item['what']}"))
    put(console, plain(_state(item), STRONG))


def print_corrections(console: Console, corrections: Sequence[Content]) -> None:
    """Print the corrections of a case, every change with name and time."""
    if not corrections:
        put(console, plain("这个案例没有更正。"))
    for item in corrections:
        withdrawn = plain("  （已撤回）", WARN) if item["withdrawn"] else ""
        put(console, Text.assemble(plain(f"{item['field_label']}〔{item['field']}〕", STRONG), withdrawn))
        for change in item["changes"]:
            before = labels.shown(change["before"])
            emptied = change["value"] == []
            what = (
                f"已清空，原为“{before}”" if emptied else f"由“{before}”改为“{labels.shown(change['value'])}”"
            )
            put(console, joined((what, change["who"], change["at"]), style=""), 2)


def _command(item: Content, action: str) -> str:
    """The command line that decides so."""
    value = " --value 值" if action in ("value", "version") else ""
    return f"`qianche review '{item['id']}' --action {action}{value} --who 姓名`"


def _state(item: Content) -> str:
    """Who decided what; empty while it is open."""
    if item["state"] == "open":
        return ""
    decision = item["decision"]
    label = labels.decision_label(decision["action"], decision["value"], item["choices"])
    return f"已由{item['decided_by']}决定：{label}（{item['decided_at'][:10]}）"
