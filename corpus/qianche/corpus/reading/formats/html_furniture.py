"""What a web page prints around its text without saying so in its markup: paths, menus, tools, the site's footer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qianche.corpus.reading.raw import RawBlock

# Matches 您当前所在位置：首页 > 政务公开 > …; not 位置在3号仓库。
_PATH = re.compile(r"(?:位置|首页).{0,12}?(?:>|»|›|＞|/|→|\|)")
# Matches 版权所有：某局, 粤ICP备000号, 网站标识码 44, 公安备案 3101…; not 版权所有人应当…。
_FOOTER = re.compile(
    r"版权所有(?![^：:]*。)|ICP备|ICP证|网站标识码|公网安备|(?:主办|承办)单位[：:].{0,40}(?:联系|地址|电话|技术)"
)
# A link to a file that belongs to the text: 附件1：检查表.docx.
_ATTACHED = re.compile(r"附\s*[件表图录]|\.(?:docx?|xlsx?|pdf|zip|wps)$", re.IGNORECASE)
_LONGEST_LINE = 200
_RUN = 2
"""So many links below one another, with nothing else beside them, are a menu or a list of other pages."""


@dataclass(frozen=True, slots=True)
class Linked:
    """How much of a block is links: how many there are, and how many characters stand outside of them."""

    links: int = 0
    outside: int = 0


def furniture(blocks: Sequence[RawBlock], linked: Sequence[Linked]) -> frozenset[int]:
    """Return the indexes of the blocks that are no text of the page; none where nothing else would be left.

    Headings, tables and links to attached files are text, and so is a sentence, however many links are in it.
    """
    menus = [_is_links(block, of) for block, of in zip(blocks, linked, strict=True)]
    found: set[int] = set()
    for index, block in enumerate(blocks):
        if menus[index]:
            run = index
            while run + 1 < len(blocks) and menus[run + 1]:
                run += 1
            beside = index > 0 and index - 1 in found and menus[index - 1]
            if linked[index].links >= _RUN or run - index + 1 >= _RUN or beside:
                found.add(index)
        elif block.kind == "paragraph" and _is_page_line(block.text, linked[index]):
            found.add(index)
    return frozenset(found) if len(found) < len(blocks) else frozenset()


def _is_links(block: RawBlock, linked: Linked) -> bool:
    """Whether the block is links and nothing else."""
    return (
        block.kind == "paragraph"
        and linked.links > 0
        and linked.outside == 0
        and "。" not in block.text
        and not _ATTACHED.search(block.text)
    )


def _is_page_line(text: str, linked: Linked) -> bool:
    """Whether the line is the path to the page, or the footer of the site."""
    if len(text) > _LONGEST_LINE:
        return False
    return bool(linked.links >= _RUN and _PATH.search(text)) or _FOOTER.search(text) is not None
