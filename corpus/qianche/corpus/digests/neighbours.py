"""Going from one provision to the next by way of the digests, where no text is held."""

from __future__ import annotations

from collections.abc import Iterable

from qianche.corpus.digests.digest import Digest, place_order
from qianche.corpus.rules import ArticleNumber


def digest_neighbours(
    digests: Iterable[Digest], number: ArticleNumber
) -> tuple[ArticleNumber | None, ArticleNumber | None]:
    """Return the nearest articles before and after a number that have a digest, whether it has one itself or not.

    Args:
        digests: of one version; those of items count for their article.
        number: of the article that is left.
    """
    numbers = {place_order(digest.place)[0] for digest in digests}
    before = max((other for other in numbers if other < number), default=None)
    after = min((other for other in numbers if other > number), default=None)
    return before, after
