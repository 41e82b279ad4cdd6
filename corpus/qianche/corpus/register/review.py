"""The reviewed decisions on rules: sectors of the closed list, the core mark, acts that only amend others."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any

from qianche.corpus.errors import BadRecord
from qianche.corpus.rules import ArticleNumber, ArticleRange
from qianche.corpus.schemes import ALL_SECTORS, SECTORS

SECTORS_FILE = "sectors.toml"
CORE_FILE = "core.toml"


@dataclass(frozen=True, slots=True)
class SectorReview:
    """How the register's sectors become those of `schemes.SECTORS` or 综合.

    `trades` maps a sector of the register to one of the closed list; `topics` are those that name a subject
    and no trade; `rules` overrides single rules by id.
    """

    trades: dict[str, str]
    topics: frozenset[str]
    rules: dict[str, tuple[str, ...]]

    def knows(self, name: str) -> bool:
        """Return whether the register may use this sector."""
        return name == ALL_SECTORS or name in self.trades or name in self.topics

    def sectors(self, rule_id: str, register_sectors: tuple[str, ...]) -> tuple[str, ...]:
        """Return the sectors of a rule: 综合 where the register says so or names subjects only."""
        if rule_id in self.rules:
            return self.rules[rule_id]
        trades = tuple(dict.fromkeys(self.trades[s] for s in register_sectors if s in self.trades))
        return (ALL_SECTORS,) if ALL_SECTORS in register_sectors or not trades else trades


@dataclass(frozen=True, slots=True)
class CoreReview:
    """Which rules belong to the default scope, and which articles where not all do.

    `amending` maps an act that only amends another to the rule it amends; it is never core.
    """

    core: frozenset[str]
    not_core: frozenset[str]
    articles: dict[str, tuple[ArticleRange, ...]]
    amending: dict[str, str]


def read_sectors(folder: Traversable) -> SectorReview:
    """Return the reviewed sector mapping.

    Raises:
        BadRecord: the file is no TOML, or names a sector outside the closed list.
    """
    data = _toml(folder, SECTORS_FILE)
    rules = {rule_id: tuple(names) for rule_id, names in data["rules"].items()}
    for key, name in [*data["trades"].items(), *((r, n) for r, names in rules.items() for n in names)]:
        if name not in SECTORS and name != ALL_SECTORS:
            raise BadRecord(
                f"{SECTORS_FILE}：{key} 的行业“{name}”不在行业表中。可选：{'、'.join(SECTORS)}、综合。"
            )
    return SectorReview(data["trades"], frozenset(data["topics"]), rules)


def read_core(folder: Traversable) -> CoreReview:
    """Return the reviewed core marks.

    Raises:
        BadRecord: the file is no TOML, a rule is judged twice, or a range of articles cannot be read.
    """
    data = _toml(folder, CORE_FILE)
    core, not_core, amending = data["core"], data["not_core"], data["amending"]
    judged = [*core, *not_core, *amending]
    if twice := sorted({rule_id for rule_id in judged if judged.count(rule_id) > 1}):
        raise BadRecord(f"{CORE_FILE}：同一规定判定了两次：{'、'.join(twice)}。请只留一处。")
    articles = {key: tuple(_range(text, key) for text in texts) for key, texts in data["articles"].items()}
    return CoreReview(frozenset(core), frozenset(not_core), articles, dict(amending))


def _toml(folder: Traversable, name: str) -> dict[str, Any]:
    """Return the tables of a review file."""
    try:
        return tomllib.loads(folder.joinpath(name).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadRecord(f"{name}：不是合法的 TOML（{error}）。请改正。") from error
    except OSError as error:
        raise BadRecord(f"{name}：无法读取（{error.strerror}）。请重新安装本软件。") from error


def _range(text: str, key: str) -> ArticleRange:
    """Return the range of `131..139-1`, or of a single `397`."""
    first, _, last = text.partition("..")
    try:
        pair = ArticleNumber.from_slug(first), ArticleNumber.from_slug(last or first)
    except ValueError:
        raise BadRecord(
            f"{CORE_FILE}：{key} 的条号范围“{text}”无法识别。请写成 131..139-1 或 397。"
        ) from None
    if pair[1] < pair[0]:
        raise BadRecord(f"{CORE_FILE}：{key} 的条号范围“{text}”首尾颠倒。请改正。")
    return pair
