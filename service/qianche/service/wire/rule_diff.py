"""Differences of two versions of a rule on the wire."""

from __future__ import annotations

from datetime import date
from typing import get_args

from qianche.corpus.collation import (
    KIND_LABELS,
    UNIT_LABELS,
    ArticlePair,
    Collation,
    PairKind,
    Unit,
    UnitPair,
    place_label,
)
from qianche.corpus.rules import Article
from qianche.corpus.statutes import article_label
from qianche.indexing.rulebook.differences import VersionDifferences
from qianche.service.wire.found import Json
from qianche.service.wire.rules import contents_line, version_record


def rule_differences(found: VersionDifferences, on: date) -> Json:
    """Return the differences from version `a` to version `b`, pairs in the order of `b`.

    Args:
        found: the differences.
        on: the day whose status of the versions is told.
    """
    collation = found.collation
    return {
        "a": version_record(found.old_rule, found.old, on),
        "b": version_record(found.new_rule, found.new, on),
        "articles_a": sum(len(pair.old) for pair in collation.pairs),
        "articles_b": sum(len(pair.new) for pair in collation.pairs),
        "counts": {kind: collation.counts[kind] for kind in get_args(PairKind)},
        "only_references": collation.only_references,
        "label": summary_label(collation),
        "renumberings": [
            {
                "a": old.slug,
                "b": new.slug,
                "a_label": article_label(old),
                "b_label": article_label(new),
            }
            for old, new in collation.renumberings
        ],
        "pairs": [article_pair(pair) for pair in collation.pairs],
    }


def summary_label(collation: Collation) -> str:
    """Return how many articles there are of each kind in one sentence, kinds without any left out."""
    counts = collation.counts
    parts = [f"{KIND_LABELS[kind]} {counts[kind]} 处" for kind in get_args(PairKind) if counts[kind]]
    followed = collation.only_references
    told = f"；修改的当中，{followed} 处只是所引条号随条号变动而改" if followed else ""
    return f"{'、'.join(parts)}{told}。" if parts else "两个版本都没有条文。"


def article_pair(pair: ArticlePair) -> Json:
    """Return what became of an article; spans are half-open, in the texts of a side joined by a newline."""
    several = pair.kind in ("split", "merged")
    return {
        "kind": pair.kind,
        "kind_label": KIND_LABELS[pair.kind],
        "similarity": pair.similarity,
        "doubtful": pair.doubtful,
        "only_references": pair.only_references,
        "a": [_article(article) for article in pair.old],
        "b": [_article(article) for article in pair.new],
        "units": [_unit_pair(unit, several) for unit in pair.units],
    }


def _article(article: Article) -> Json:
    """Return an article as it stands in its version."""
    return contents_line(article) | {"text": article.text}


def _unit_pair(pair: UnitPair, several: bool) -> Json:
    """Return what became of a 款, 项 or 目."""
    return {
        "kind": pair.kind,
        "kind_label": UNIT_LABELS[pair.kind],
        "a": _unit(pair.old, several),
        "b": _unit(pair.new, several),
        "pieces": [
            {"op": piece.op, "text": piece.text, "a": list(piece.old), "b": list(piece.new)}
            for piece in pair.pieces
        ],
    }


def _unit(unit: Unit | None, several: bool) -> Json | None:
    """Return where a unit stands; the 条 is named where there are several on a side."""
    if unit is None:
        return None
    place = unit.place
    return {
        "article": place.article.slug,
        "paragraph": place.paragraph,
        "item": place.item,
        "point": place.point,
        "label": place_label(place, with_article=several),
        "start": unit.start,
        "end": unit.end,
    }
