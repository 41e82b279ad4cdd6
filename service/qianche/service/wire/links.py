"""Links of an article on the wire: what it names, what names it, its penalties, the duties it punishes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from qianche.corpus.citations import Provision
from qianche.corpus.citations.print import print_provision
from qianche.corpus.register.standing import standing_of
from qianche.corpus.rules import Article, ForceStatus
from qianche.indexing.rulebook.linked import ArticleLinks, BreachLink, Link, Target
from qianche.service.labels import VERSION_NOT_HELD
from qianche.service.wire.found import Json

BASIS_LABELS = {"stated": "条文明示", "reviewed": "本库归纳"}
"""Where a link between duty and penalty comes from: see `penalties.breaches.Basis`."""


def article_links(article: Article | None, links: ArticleLinks | None, on: date) -> Json:
    """Return the four lists of links, all empty where no text is held; spans are of the article's `text`."""
    if article is None or links is None:
        return {"references": [], "cited_by": [], "penalties": [], "penalises": [], "links_notice": None}
    return {
        "references": [_reference(article, link, on) for link in links.references],
        "cited_by": [_target(target, on) for target in links.cited_by],
        "penalties": _breaches(article, links.penalties, on),
        "penalises": _breaches(article, links.penalises, on),
        "links_notice": links.notice,
    }


def target_remarks(target: Json) -> list[str]:
    """Return what must be known of a target before it is followed; nothing where it is held and in force."""
    remarks = [target["status"]] if target["status"] != ForceStatus.IN_FORCE.value else []
    return remarks if target["held"] else [*remarks, VERSION_NOT_HELD]


def _target(target: Target, on: date) -> Json:
    """Return what a link leads to; `label` is its citation without the title."""
    place = target.provision
    return {
        "id": target.record_id,
        "rule_id": target.rule.rule_id,
        "version_id": target.version.version_id,
        "article": place.article.slug if place.article is not None else None,
        "paragraph": place.paragraph,
        "item": place.item,
        "citation": target.citation,
        "label": target.label,
        "held": target.held,
        "status": standing_of(target.rule, target.version, on).status.value,
    }


def _reference(article: Article, link: Link, on: date) -> Json:
    """Return one reference of the text."""
    span = link.span
    return {
        "start": span.start,
        "end": span.end,
        "text": article.text[span.start : span.end],
        "target": _target(link.target, on),
        "through": _target(link.through, on) if link.through is not None else None,
    }


def _breaches(article: Article, links: Iterable[BreachLink], on: date) -> list[Json]:
    """Return the links between duties and penalties, each target once with all places of this article."""
    found: dict[tuple[str, int | None, int | None], tuple[BreachLink, list[Provision]]] = {}
    for link in links:
        place = link.target.provision
        key = (link.target.record_id, place.paragraph, place.item)
        found.setdefault(key, (link, []))[1].append(link.own)
    return [
        _target(link.target, on)
        | {
            "basis": link.basis,
            "basis_label": BASIS_LABELS[link.basis],
            "note": link.note or None,
            "own": [{"paragraph": place.paragraph, "item": place.item} for place in own],
            "own_label": _own_label(article, own),
        }
        for link, own in found.values()
    ]


def _own_label(article: Article, places: Iterable[Provision]) -> str:
    """Return the places of an article as they are cited: 第一款、第二款; 第一款第（二）项、第（三）项; 本条."""
    only_one = len(article.paragraphs) < 2
    labels: list[str] = []
    before: int | None = None
    for place in places:
        repeats = place.item is not None and place.paragraph == before
        shown = None if only_one or repeats else place.paragraph
        labels.append(print_provision(Provision(paragraph=shown, item=place.item)) or "本条")
        before = place.paragraph
    return "、".join(dict.fromkeys(labels))
