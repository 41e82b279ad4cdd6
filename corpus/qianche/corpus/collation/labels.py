"""What the user reads of a collation: kinds of change, places in an article."""

from __future__ import annotations

from qianche.corpus.citations import Provision
from qianche.corpus.citations.print import print_provision
from qianche.corpus.collation.records import PairKind, Place, UnitKind

KIND_LABELS: dict[PairKind, str] = {
    "same": "未改动",
    "renumbered": "仅条号变动",
    "revised": "修改",
    "revised-renumbered": "修改且条号变动",
    "new": "新增",
    "removed": "删去",
    "split": "拆分",
    "merged": "合并",
}
UNIT_LABELS: dict[UnitKind, str] = {
    "same": "未改动",
    "renumbered": "仅序号变动",
    "revised": "修改",
    "added": "新增",
    "removed": "删去",
}


def place_label(place: Place, *, with_article: bool = False) -> str:
    """Return 第二款第（三）项第1目; 第X款 is left out where the article has only one, "" for the whole of it.

    Args:
        place: the place of a unit.
        with_article: put the 条 in front, as where several articles stand on one side.
    """
    return print_provision(
        Provision(
            article=place.article if with_article else None,
            paragraph=None if place.only_paragraph else place.paragraph,
            item=place.item,
            point=place.point,
        )
    )
