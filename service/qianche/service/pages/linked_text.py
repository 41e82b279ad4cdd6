"""The text of an article with its references as links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from qianche.corpus.rules import Article
from qianche.service.addresses import rule_address
from qianche.service.pages.display import Block, blocks
from qianche.service.pages.state import Pairs
from qianche.service.wire import Json
from qianche.service.wire.links import target_remarks


@dataclass(frozen=True, slots=True)
class LinkedBlock:
    """A block as `display.blocks` cuts it, its text with links; `anchor` is where links to a 款 or 项 lead."""

    kind: str
    label: str
    anchor: str
    html: Markup


def linked_blocks(article: Article, references: Sequence[Json], day: Pairs) -> list[LinkedBlock]:
    """Return the blocks of an article.

    Args:
        article: the article shown.
        references: as `wire.article_links` has them, in the order of the text.
        day: the day as the page's links carry it on.
    """
    return [LinkedBlock(b.kind, b.label, b.anchor, _html(b, references, day)) for b in blocks(article)]


def link_address(target: Json, day: Pairs) -> str:
    """Return the address of a provision, of the rule's page where a rule as a whole is meant."""
    place = anchor(target["paragraph"], target["item"]) if target["paragraph"] else ""
    return rule_address(target["rule_id"], target["article"], day, place)


def anchor(paragraph: int, item: int | None) -> str:
    """Return the name of a 款 or 项 on the page of its article: k2, k2-3."""
    return f"k{paragraph}" + (f"-{item}" if item else "")


def _html(block: Block, references: Sequence[Json], day: Pairs) -> Markup:
    """The text of a block, escaped, with the links that lie in it."""
    end = block.start + len(block.text)
    parts: list[str] = []
    at = block.start
    for reference in references:
        first, last = max(reference["start"], at), min(reference["end"], end)
        if first >= last:
            continue
        target = reference["target"]
        remark = "，".join(target_remarks(target))
        title = target["citation"] + (f"（{remark}）" if remark else "")
        parts.append(str(escape(block.text[at - block.start : first - block.start])))
        shown = escape(block.text[first - block.start : last - block.start])
        parts.append(f'<a href="{escape(link_address(target, day))}" title="{escape(title)}">{shown}</a>')
        at = last
    return Markup("".join(parts) + str(escape(block.text[at - block.start :])))
