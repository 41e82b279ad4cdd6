"""The collation of two versions: articles aligned, each pair told with what changed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from qianche.corpus.collation.align import Match, align
from qianche.corpus.collation.plain import plain
from qianche.corpus.collation.records import ArticlePair, Collation, PairKind
from qianche.corpus.collation.references import only_references
from qianche.corpus.collation.units import unit_pairs
from qianche.corpus.rules import Article, ArticleNumber

Became = Mapping[ArticleNumber, Collection[ArticleNumber]]


def collate(old: Sequence[Article], new: Sequence[Article]) -> Collation:
    """Return what became of every article of the old version, and where every one of the new version comes from.

    Args:
        old: articles of the one version, in order.
        new: articles of the other, in order.
    """
    matches = align(old, new)
    became: defaultdict[ArticleNumber, set[ArticleNumber]] = defaultdict(set)
    for match in matches:
        for i in match.old:
            became[old[i].number].update(new[j].number for j in match.new)
    placed = [*_matched(matches, old, new, became), *_unmatched(matches, old, new)]
    return Collation(tuple(pair for _, pair in sorted(placed, key=lambda entry: entry[0])))


Placed = tuple[tuple[int, int, int], ArticlePair]
"""A pair with its place: new article, then what follows it without standing in the new text, by old place."""


def _matched(
    matches: Iterable[Match], old: Sequence[Article], new: Sequence[Article], became: Became
) -> Iterable[Placed]:
    """Yield what was matched, at the place of its first new article."""
    for match in matches:
        pair = _pair(tuple(old[i] for i in match.old), tuple(new[j] for j in match.new), match, became)
        yield (match.new[0], 0, match.old[0]), pair


def _unmatched(matches: Sequence[Match], old: Sequence[Article], new: Sequence[Article]) -> Iterable[Placed]:
    """Yield what is new, and what was removed: behind what the article before it became."""
    known_old = {i: match.new[-1] for match in matches for i in match.old}
    known_new = {j for match in matches for j in match.new}
    vacant = {article.number: j for j, article in enumerate(new) if article.deleted and j not in known_new}
    behind = -1
    for i, article in enumerate(old):
        if i in known_old:
            behind = known_old[i]
        elif (j := vacant.pop(article.number, None)) is not None:
            known_new.add(j)
            yield (j, 0, i), ArticlePair("removed", (article,), (new[j],))
        else:
            yield (behind, 1, i), ArticlePair("removed", (article,), ())
    for j, article in enumerate(new):
        if j not in known_new:
            yield (j, 0, -1), ArticlePair("new", (), (article,))


def _pair(old: tuple[Article, ...], new: tuple[Article, ...], match: Match, became: Became) -> ArticlePair:
    """Return what became of articles that belong together."""
    if len(old) == len(new) == 1:
        moved = old[0].number != new[0].number
        if plain(old[0].text) == plain(new[0].text):
            return ArticlePair("renumbered" if moved else "same", old, new, match.similarity)
        kind: PairKind = "revised-renumbered" if moved else "revised"
        followed = only_references(old[0].text, new[0].text, became)
        return ArticlePair(kind, old, new, match.similarity, followed, unit_pairs(old, new))
    kind = "split" if len(old) == 1 else "merged"
    return ArticlePair(kind, old, new, match.similarity, units=unit_pairs(old, new))
