"""The text of an article with its references as links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from qianche.corpus.rules import Article, ForceStatus
from qianche.service.pages.display import Block, blocks
from qianche.service.pages.state import Pairs
from qianche.service.wire import Json

_IN_FORCE = ForceStatus.IN_FORCE.value


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
    path = f"/rules/{quote(target['rule_id'], safe='')}"
    if target["article"] is not None:
        path += f"/articles/{quote(target['article'], safe='')}"
    fragment = f"#{anchor(target['paragraph'], target['item'])}" if target["paragraph"] else ""
    return path + (f"?{urlencode(day)}" if day else "") + fragment


def anchor(paragraph: int, item: int | None) -> str:
    """Return the name of a 款 or 项 on the page of its article: k2, k2-3."""
    return f"k{paragraph}" + (f"-{item}" if item else "")


def _remark(target: Json) -> str:
    """What must be known of a target before it is followed; nothing where it is held and in force."""
    remarks = [target["status"]] if target["status"] != _IN_FORCE else []
    if not target["held"]:
        remarks.append("当日版本未收录")
    return f"（{'，'.join(remarks)}）" if remarks else ""


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
        title = target["citation"] + _remark(target)
        parts.append(str(escape(block.text[at - block.start : first - block.start])))
        shown = escape(block.text[first - block.start : last - block.start])
        parts.append(f'<a href="{escape(link_address(target, day))}" title="{escape(title)}">{shown}</a>')
        at = last
    return Markup("".join(parts) + str(escape(block.text[at - block.start :])))
