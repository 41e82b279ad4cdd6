"""The links of an article on the screen: its penalties, the duties it punishes, what it names, what names it."""

from __future__ import annotations

from typing import Any

from rich.console import Console

from qianche.service.cli.output import STRONG, WARN, joined, plain, put
from qianche.service.wire.links import target_remarks

Content = dict[str, Any]


def print_links(console: Console, view: Content) -> None:
    """Print the links of an article, as `wire.article_links` has them; nothing of a kind that is not there."""
    for name, key in (("罚则", "penalties"), ("对应义务", "penalises")):
        if view[key]:
            put(console, plain(f"\n{name}", STRONG))
        for row in view[key]:
            put(console, joined((f"{row['own_label']} → {row['label']}", row["basis_label"], row["note"])), 2)
    if view["links_notice"]:
        put(console, plain(view["links_notice"], WARN))
    if view["references"]:
        put(console, plain("\n引用", STRONG))
    for reference in view["references"]:
        target, through = reference["target"], reference["through"]
        shown = _shown(view, target) + (f" 至 {through['label']}" if through else "")
        put(console, joined((f"{reference['text']} → {shown}", *target_remarks(target))), 2)
    if view["cited_by"]:
        put(console, plain("\n被引用于", STRONG))
        put(console, plain("、".join(_shown(view, target) for target in view["cited_by"])), 2)


def _shown(view: Content, target: Content) -> str:
    """Return the citation of a target, without the title where it is of the same rule."""
    shown: str = target["label"] if target["rule_id"] == view["rule"]["id"] else target["citation"]
    return shown
