"""Two versions of a rule against each other, article by article, where both texts are held."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qianche.corpus.collation import Collation, collate
from qianche.corpus.errors import BadRequest, NotFound
from qianche.corpus.register.labels import version_name
from qianche.corpus.register.succession import Succession
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.indexing.knowledge_base import KnowledgeBase

_KEPT = 4
"""Collations kept: a reader turns the pages of one, and each takes up to some seconds to make."""
_LISTED = 8
"""Versions that a message names."""


@dataclass(frozen=True, slots=True)
class VersionDifferences:
    """What became of the old version's articles in the new one; the rules differ where one replaced the other."""

    old_rule: Rule
    old: RuleVersion
    new_rule: Rule
    new: RuleVersion
    collation: Collation


def version_differences(kb: KnowledgeBase, old: str, new: str) -> VersionDifferences:
    """Return the differences of two versions, from `old` to `new`, whichever is the later one.

    Args:
        kb: the knowledge base.
        old: id of a version, such as `work-safety-law@2021-06-10`.
        new: id of another version of that rule, or of one that replaced it or that it replaced.

    Raises:
        NotFound: no such version (`not-found`), or the text of one is not held (`text-not-held`).
        BadRequest: both are the same version (`same-version`), or of rules of which neither replaced the other
            (`unrelated-rules`).
    """
    old_rule, before = _version(kb, old)
    new_rule, after = _version(kb, new)
    if before.version_id == after.version_id:
        raise BadRequest(
            f"要对照的是同一个版本“{before.version_id}”。请给出两个不同的版本。", code="same-version"
        )
    if old_rule.rule_id != new_rule.rule_id and not _replaced(kb, old_rule, new_rule):
        raise BadRequest(
            f"《{before.title}》和《{after.title}》是两部法规，登记表没有写明一部代替了另一部，不能对照。"
            "请选同一部法规的两个版本，或选前后相替的两部法规。",
            code="unrelated-rules",
        )
    texts = [kb.articles(version.version_id) for version in (before, after)]
    _require_texts([v for v, text in zip((before, after), texts, strict=True) if not text])
    return VersionDifferences(old_rule, before, new_rule, after, _collated(*texts))


@lru_cache(_KEPT)
def _collated(old: tuple[Article, ...], new: tuple[Article, ...]) -> Collation:
    """Return the collation of two texts; the texts themselves are the key, so a text imported anew is none."""
    return collate(old, new)


def _version(kb: KnowledgeBase, version_id: str) -> tuple[Rule, RuleVersion]:
    """Return a version and its rule; `NotFound` says what is there instead."""
    rule_id, at, _ = version_id.partition("@")
    if not at and not rule_id:
        raise NotFound("没有给出版本编号。请给出两个版本编号，如 work-safety-law@2021-06-10。")
    rule = kb.rule(rule_id)
    found = next((v for v in rule.versions if v.version_id == version_id), None)
    if found is not None:
        return rule, found
    listed = "、".join(v.version_id for v in rule.versions[-_LISTED:])
    more = f"等 {len(rule.versions)} 个" if len(rule.versions) > _LISTED else ""
    what = f"没有版本“{version_id}”" if at else f"的版本没有写明（“{version_id}”只是法规的编号）"
    raise NotFound(f"《{rule.title}》{what}。登记的版本：{listed}{more}。")


def _replaced(kb: KnowledgeBase, one: Rule, other: Rule) -> bool:
    """Return whether the register says that one took the place of the other, perhaps with others between them."""
    succession = Succession(kb.rules())
    links = (*succession.successors(one), *succession.predecessors(one))
    return any(link.rule is not None and link.rule.rule_id == other.rule_id for link in links)


def _require_texts(missing: list[RuleVersion]) -> None:
    """Raise `NotFound` that names every version whose text is not held."""
    if not missing:
        return
    named = "、".join(version_name(version) for version in missing)
    raise NotFound(
        f"不能对照：{named}没有收录分条的正文。"
        "请下载官方文本，用 `qianche import 文件` 导入并归入该版本，再对照。",
        code="text-not-held",
    )
