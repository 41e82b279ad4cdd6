"""The page of two versions against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup, escape
from starlette.responses import Response

from qianche.corpus.collation import UNIT_LABELS, ArticlePair, Piece, UnitPair, place_label
from qianche.corpus.statutes import article_label
from qianche.indexing.knowledge_base import KnowledgeBase
from qianche.indexing.rulebook.differences import version_differences
from qianche.service.background import BackgroundBuild
from qianche.service.pages.rendering import Page
from qianche.service.pages.turning import last_page, on_page
from qianche.service.wire.rule_diff import article_pair, summary_label
from qianche.service.wire.rules import version_record

LISTED = 50
"""Pairs of articles on one page."""
_MARKS = {"removed": ("del", "删去："), "added": ("ins", "新增：")}
VersionId = Annotated[str, Query(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class ShownUnit:
    """One row: a 款, 项 or 目 on both sides, escaped, what changed marked; None where it stands on one side only."""

    kind: str
    label: str
    before_place: str
    after_place: str
    before: Markup | None
    after: Markup | None


def build_router(kb: KnowledgeBase, build: BackgroundBuild, page: Page) -> APIRouter:
    """Return the route; it must be added before that of a rule by its id."""
    router = APIRouter(include_in_schema=False)

    @router.get("/rules/diff")
    def diff_page(
        a: VersionId, b: VersionId, whole: bool = False, at: Annotated[int, Query(ge=1)] = 1
    ) -> Response:
        build.require_records()
        found = version_differences(kb, a.strip(), b.strip())
        pairs = [pair for pair in found.collation.pairs if whole or pair.kind != "same"]
        day, versions = date.today(), [("a", found.old.version_id), ("b", found.new.version_id)]
        return page(
            "rule_diff.html",
            before=version_record(found.old_rule, found.old, day),
            after=version_record(found.new_rule, found.new, day),
            before_rule=found.old_rule.rule_id,
            after_rule=found.new_rule.rule_id,
            label=summary_label(found.collation),
            renumberings=[
                (article_label(old), article_label(new)) for old, new in found.collation.renumberings
            ],
            pairs=[(article_pair(pair), shown_units(pair)) for pair in on_page(pairs, at, LISTED)],
            total=len(pairs),
            whole=whole,
            at=at,
            last=last_page(len(pairs), LISTED),
            own_query=f"?{urlencode([*versions, *([('whole', 'true')] if whole else [])])}",
            changed_query=f"?{urlencode(versions)}",
            whole_query=f"?{urlencode([*versions, ('whole', 'true')])}",
            swapped_query=f"?{urlencode([('a', found.new.version_id), ('b', found.old.version_id)])}",
        )

    return router


def shown_units(pair: ArticlePair) -> list[ShownUnit]:
    """Return the rows of a pair; one row of whole texts where nothing is told unit by unit."""
    if pair.units:
        return [_unit(unit, pair.kind in ("split", "merged")) for unit in pair.units]
    if pair.kind == "new":
        return [ShownUnit("added", "", "", "", None, _wrapped("added", pair.new_text))]
    if pair.kind == "removed":
        vacant = escape(pair.new_text) if pair.new else None
        return [ShownUnit("removed", "", "", "", _wrapped("removed", pair.old_text), vacant)]
    return [ShownUnit("same", "", "", "", escape(pair.old_text), escape(pair.new_text))]


def _unit(unit: UnitPair, several: bool) -> ShownUnit:
    """Return a row."""
    return ShownUnit(
        kind=unit.kind,
        label="" if unit.kind == "same" else UNIT_LABELS[unit.kind],
        before_place="" if unit.old is None else place_label(unit.old.place, with_article=several),
        after_place="" if unit.new is None else place_label(unit.new.place, with_article=several),
        before=None if unit.old is None else _side(unit.pieces, "removed"),
        after=None if unit.new is None else _side(unit.pieces, "added"),
    )


def _side(pieces: Iterable[Piece], own: str) -> Markup:
    """Return one side of a unit: what was kept, and what only this side has."""
    return Markup("").join(
        escape(piece.text) if piece.op == "kept" else _wrapped(piece.op, piece.text)
        for piece in pieces
        if piece.op in ("kept", own)
    )


def _wrapped(op: str, text: str) -> Markup:
    """Return a piece in <del> or <ins>, said in words too, for a reader that tells neither colour nor mark."""
    tag, words = _MARKS[op]
    if not text.strip():
        return escape(text)
    return Markup(f'<{tag}><span class="unseen">{words}</span>{escape(text)}</{tag}>')
