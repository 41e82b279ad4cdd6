"""`qianche rules upcoming` and `qianche rules history`: what is decided to change, and how a rule came to be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from qianche.corpus.errors import BadRequest
from qianche.corpus.register.labels import EVIDENCE_LABELS
from qianche.service.cli.cards import status_badge
from qianche.service.cli.output import DIM, STRONG, WARN, joined, plain, put

if TYPE_CHECKING:
    from qianche.corpus.rules import Rule
    from qianche.indexing.knowledge_base import KnowledgeBase

UPCOMING = "upcoming"
HISTORY = "history"
Content = dict[str, Any]


def history_asked(words: Sequence[str]) -> str | None:
    """Return the id of the rule whose history is asked for, None where the words ask for something else.

    Raises:
        BadRequest: a history is asked for without the id, or with more than that.
    """
    if not words or words[0] != HISTORY:
        return None
    if len(words) != 2:
        raise BadRequest("history 后面要写一部规定的编号，如 `qianche rules history work-safety-law`。")
    return words[1].partition("@")[0]


def history_of(base: KnowledgeBase, rule: Rule, on: date) -> Content:
    """Return the history of a rule as the wire has it."""
    from qianche.indexing.rulebook.history import rule_history
    from qianche.service.wire import history as history_wire

    return history_wire.rule_history(rule_history(base, rule.rule_id), on)


def changes_ahead(base: KnowledgeBase, on: date, sector: str | None, level: str | None) -> Content:
    """Return the coming changes as the wire has them."""
    from qianche.indexing.rulebook.history import upcoming
    from qianche.service.wire import history as history_wire

    return history_wire.upcoming_changes(upcoming(base, on, sector, level), on)


def print_upcoming(console: Console, coming: Content) -> None:
    """Print the coming changes, soonest first."""
    put(console, joined((f"截至 {coming['as_of']} 已经决定的变化", f"共 {coming['total']} 项")))
    for change in coming["changes"]:
        put(console, Text())
        put(console, plain(f"《{change['title']}》", STRONG))
        put(console, joined((change["kind_label"], change["label"]), style=""), 2)
        grade = None  # 待核 stands in the label
        if change["verified_label"] not in (None, EVIDENCE_LABELS["memory"]):
            grade = f"日期{change['verified_label']}"
        put(
            console,
            joined((change["level"], change["version"]["number"], "、".join(change["sectors"]), grade)),
            2,
        )
        if change["note"]:
            put(console, plain(f"说明：{change['note']}", WARN), 2)
        put(console, plain(f"编号 {change['version']['id']}", DIM), 2)
    if not coming["changes"]:
        put(console, plain("登记表中没有这一天已经决定、此后才生效的变化。", WARN))
    put(console, plain(f"\n登记表登记到 {coming['recorded_until']}，此后公布的变化不在其中。", DIM))


def print_history(console: Console, rule: Content) -> None:
    """Print how a rule stands on the day, its versions oldest first, and the rules before and after it."""
    standing = rule["standing"]
    put(console, plain(f"《{rule['title']}》", STRONG))
    put(
        console,
        Text.assemble(plain(f"{rule['as_of']}  "), status_badge(standing["status"], standing["status"])),
    )
    put(console, plain(f"{standing['label']}。"))
    for version in rule["versions"]:
        _print_version(console, version, rule["title"])
    for name, links in (("它代替的规定", rule["predecessors"]), ("代替或者废止它的规定", rule["successors"])):
        if links:
            put(console, plain(f"\n{name}", STRONG))
        for link in links:
            doubt = "" if link["confirmed"] else "（待核）"
            put(console, joined((f"{link['label']}{doubt}", link["rule_id"]), style=""), 2)


def _print_version(console: Console, version: Content, title: str) -> None:
    """Print one version of a history."""
    standing = version["standing"]
    put(console, Text())
    put(console, Text.assemble(
        plain(version["dates_label"], STRONG), "  ", status_badge(standing["status"], standing["status"]),
    ))  # fmt: skip
    if version["title"] != title:
        put(console, plain(f"当时名称：《{version['title']}》"), 2)
    put(console, plain(f"{standing['label']}。"), 2)
    count = f"{version['article_count']} 条" if version["article_count"] is not None else "条数未载"
    held = "正文已收录" if version["has_text"] else "正文未收录"
    put(console, joined((version["number"], count, held, *_grades(version))), 2)
    if version["sources"]:
        names = "、".join(source["url"] or source["label"] for source in version["sources"])
        put(console, plain(f"出处：{names}", DIM), 2)
    if version["note"]:
        put(console, plain(f"说明：{version['note']}", WARN), 2)
    put(console, plain(f"编号 {version['id']}", DIM), 2)


def _grades(version: Content) -> list[str]:
    """Return how well each known date of a version is known."""
    first = version["verified_label"] if version["effective_from"] else None
    dates = (
        ("公布日期", version["version_date_verified_label"]),
        ("施行日期", first),
        ("终止日期", version["end_verified_label"]),
    )
    return [f"{name}{label}" for name, label in dates if label]
