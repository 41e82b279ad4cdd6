"""The reviewed tables: for each penalty article of an act, the duties whose breach it punishes."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from qianche.corpus.citations import Provision
from qianche.corpus.citations.print import print_provision
from qianche.corpus.errors import BadRecord
from qianche.corpus.penalties.breaches import Breach, is_penalty_article
from qianche.corpus.rules import Article, ArticleNumber
from qianche.corpus.statutes.places import has_place

WHOLE = "whole"
_NOTE = "note"
# 97 or 134-1, with .款 and .款.项 behind it: 97.1.3 is 第九十七条第一款第（三）项
_PLACE = re.compile(r"(?P<article>\d+(?:-\d+)?)(?:\.(?P<paragraph>\d+)(?:\.(?P<item>\d+))?)?")
_PART = re.compile(r"(?P<paragraph>\d+)(?:\.(?P<item>\d+))?")


@dataclass(frozen=True, slots=True)
class PenaltyTable:
    """What is reviewed of one version; nothing is claimed for any other.

    `reasons` says of penalty provisions, in our own words, why no duty stands beside them.
    """

    version_id: str
    breaches: tuple[Breach, ...]
    reasons: dict[Provision, str]


def load_penalties(folder: Traversable | None = None) -> dict[str, PenaltyTable]:
    """Return the tables by version id, each checked by itself; `check_table` checks one against its act.

    Args:
        folder: where the .toml files lie; default: the bundled ones.

    Raises:
        BadRecord: a file is no TOML, a place cannot be read, or a version has two tables.
    """
    folder = folder if folder is not None else files("qianche.corpus.penalties")
    tables: dict[str, PenaltyTable] = {}
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        table = _read_table(file)
        if table.version_id in tables:
            raise BadRecord(f"{file.name}：版本“{table.version_id}”已有另一个罚则表。请合并成一个文件。")
        tables[table.version_id] = table
    return tables


def check_table(table: PenaltyTable, articles: Sequence[Article]) -> None:
    """Raise `BadRecord` unless the table fits its act.

    Every article, paragraph and item named must exist; of every article under 法律责任 each paragraph must be told
    of, as a whole or by each of its items, with duties or with a reason.
    """
    by_number = {article.number: article for article in articles}
    told = {breach.penalty for breach in table.breaches} | set(table.reasons)
    for place in (*told, *(breach.duty for breach in table.breaches)):
        article = by_number.get(place.article) if place.article is not None else None
        if article is None or not has_place(article, place):
            raise BadRecord(
                f"罚则表 {table.version_id}：没有{print_provision(place)}。请对照该版本的条文改正。"
            )
    for article in articles:
        if is_penalty_article(article) and not article.deleted and (left := _left_out(article, told)):
            raise BadRecord(
                f"罚则表 {table.version_id}：漏了{print_provision(left)}。"
                "请写明它处罚违反哪一条的行为；没有对应的义务时写明理由。"
            )


def _left_out(article: Article, told: set[Provision]) -> Provision | None:
    """The first paragraph or item of a penalty article that a table does not tell of."""
    if Provision(article=article.number) in told:
        return None
    for paragraph in article.paragraphs:
        whole = Provision(article=article.number, paragraph=paragraph.number)
        if whole in told:
            continue
        items = [Provision(article.number, paragraph.number, item.number) for item in paragraph.items]
        left = next((item for item in items if item not in told), None if items else whole)
        if left is not None:
            return left
    return None


def _read_table(file: Traversable) -> PenaltyTable:
    """The table of one file."""
    try:
        data: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRecord(f"{file.name}：不是合法的 TOML（{error}）。请改正。") from error
    version_id = data.pop("version", None)
    if not isinstance(version_id, str) or "@" not in version_id:
        raise BadRecord(f"{file.name}：version 应当是版本编号，如 work-safety-law@2021-06-10。请补上。")
    breaches: list[Breach] = []
    reasons: dict[Provision, str] = {}
    for slug, parts in data.items():
        if not isinstance(parts, dict):
            raise BadRecord(f"{file.name}：“{slug}”应当是一条罚则的表，如 [97]。请改正。")
        note = parts.pop(_NOTE, "")
        for part, value in parts.items():
            penalty = _penalty_place(file.name, slug, part)
            if isinstance(value, str) and value.strip():
                reasons[penalty] = value
            elif isinstance(value, list) and value and len(set(value)) == len(value):
                breaches += [Breach(_duty_place(file.name, d), penalty, "reviewed", note) for d in value]
            else:
                raise BadRecord(
                    f"{file.name}：[{slug}] 的 {part} 应当是不重复的义务条号的列表，或没有对应义务的理由。请改正。"
                )
    return PenaltyTable(version_id, tuple(breaches), reasons)


def _penalty_place(name: str, slug: str, part: str) -> Provision:
    """The place of a key: `whole`, `1`, `1.3`."""
    match = _PART.fullmatch(part)
    if match is None and part != WHOLE:
        raise BadRecord(f"{name}：[{slug}] 的“{part}”无法识别。请写 {WHOLE}、款号（1）或款号.项号（1.3）。")
    return _duty_place(name, slug if match is None else f"{slug}.{part}")


def _duty_place(name: str, text: object) -> Provision:
    """The provision of `97`, `97.1`, `97.1.3`."""
    match = _PLACE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise BadRecord(f"{name}：“{text}”不是条号。请写成 97、97.1（第一款）或 97.1.3（第一款第三项）。")
    paragraph, item = (int(match[level]) if match[level] else None for level in ("paragraph", "item"))
    return Provision(ArticleNumber.from_slug(match["article"]), paragraph, item)
