"""Shapes of the differences of two versions of a rule."""

from __future__ import annotations

from pydantic import Field

from qianche.corpus.collation import PairKind, UnitKind
from qianche.corpus.collation.records import Op
from qianche.service.responses.found import Wire
from qianche.service.responses.rules import Version


class DiffArticle(Wire):
    """一个版本中的一条。"""

    id: str
    number: str
    label: str
    path: list[str]
    deleted: bool
    text: str


class DiffUnit(Wire):
    """款、项、目的位置；[start, end) 是在这一侧正文中的位置。"""

    article: str
    paragraph: int
    item: int | None
    point: int | None
    label: str
    start: int
    end: int


class DiffPiece(Wire):
    """一段文字：保留、删去或新增；a、b 是它在两侧正文中的 [起, 止)。"""

    op: Op
    text: str
    a: tuple[int, int]
    b: tuple[int, int]


class DiffUnitPair(Wire):
    """一款、一项或一目的去向。"""

    kind: UnitKind
    kind_label: str
    a: DiffUnit | None
    b: DiffUnit | None
    pieces: list[DiffPiece]


class DiffPair(Wire):
    """一条的去向；拆分或合并时一侧有几条，其正文以换行相连。"""

    kind: PairKind
    kind_label: str
    similarity: float | None = Field(
        description="对应关系有多大把握：两侧共有的字和词的加权比例，0 至 1；新增和删去为 null。"
    )
    doubtful: bool = Field(description="相似度低，对应关系须核对原文。")
    only_references: bool = Field(description="只有所引的条号随条号变动而改，内容没有变。")
    a: list[DiffArticle]
    b: list[DiffArticle]
    units: list[DiffUnitPair]


class Renumbering(Wire):
    """条号的变动。"""

    a: str
    b: str
    a_label: str
    b_label: str


class RuleDifferences(Wire):
    """从版本 a 到版本 b 的改动，按 b 的条文顺序排列；a 中删去的排在原来的前一条之后。"""

    a: Version
    b: Version
    articles_a: int
    articles_b: int
    counts: dict[PairKind, int]
    only_references: int
    label: str
    renumberings: list[Renumbering]
    pairs: list[DiffPair]
