"""Numbers of articles that a text refers to: masked for comparing, and whether they only followed a renumbering."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from qianche.corpus.collation.plain import plain
from qianche.corpus.rules import ArticleNumber
from qianche.corpus.statutes.numerals import article_number

# 第九十四条, 第一百三十四条之一; not 第三章, not 第二款
_REFERENCE = re.compile(r"第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?")
_MASK = "第□条"
# Another act right in front: 《刑法》第三条, 刑法第三条, 《条例》（国务院令第9号）第三条; not 本法第三条
_OTHER_ACT = re.compile(r"(?:》|(?<!本)法典?|(?<!本)条例)(?:（[^（）]*）)?$")
_ACT_NAMED_WITHIN = 80
"""Characters in which the end of an act's name and a bracket behind it stand."""
# What stands between the numbers of one list: 第三条第二款、第五条; not 第三条规定的…第五条
_LIST = re.compile(
    r"(?:第[一二三四五六七八九十]+款|第（[一二三四五六七八九十]+）项|[、和及或至与]|以及|或者)*"
)


@dataclass(frozen=True, slots=True)
class _Reference:
    """A number referred to; `other_act`: of an act named in front of it."""

    number: ArticleNumber | None
    other_act: bool


def masked(text: str) -> str:
    """Return the text with every number of an article replaced by one sign.

    >>> masked("依照本法第九十四条处罚")
    '依照本法第□条处罚'
    """
    return _REFERENCE.sub(_MASK, text)


def only_references(old: str, new: str, became: Mapping[ArticleNumber, Collection[ArticleNumber]]) -> bool:
    """Return whether two texts differ in nothing but numbers of articles that went where `became` says.

    Args:
        old: the old text.
        new: the new text.
        became: for each number of the old version the numbers under which its article now stands.
    """
    if plain(masked(old)) != plain(masked(new)) or plain(old) == plain(new):
        return False
    return all(_followed(a, b, became) for a, b in zip(_references(old), _references(new), strict=True))


def _followed(
    old: _Reference, new: _Reference, became: Mapping[ArticleNumber, Collection[ArticleNumber]]
) -> bool:
    """Whether a reference is the same, or points where the article it pointed to now stands."""
    if old == new:
        return True
    if old.other_act or new.other_act or old.number is None:
        return False
    return new.number in became.get(old.number, ())


def _references(text: str) -> Iterator[_Reference]:
    """Yield the numbers a text refers to, in order."""
    end, other_act = 0, False
    for match in _REFERENCE.finditer(text):
        if not (end and _LIST.fullmatch(text, end, match.start())):
            before = text[max(0, match.start() - _ACT_NAMED_WITHIN) : match.start()]
            other_act = _OTHER_ACT.search(before) is not None
        yield _Reference(article_number(match.group()), other_act)
        end = match.end()
