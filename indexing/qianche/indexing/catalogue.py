"""Lists and counts over all records of one generation: every rule, every case, what a title names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from qianche.corpus.casebook import case_from_payload
from qianche.corpus.cases import Case
from qianche.corpus.register import rule_from_payload
from qianche.corpus.register.applicable import applicable_version
from qianche.corpus.rules import ArticleNumber, Rule
from qianche.corpus.schemes import ALL_SECTORS
from qianche.corpus.statutes import from_chinese
from qianche.indexing.documents import CASES, REGISTER, RULES
from qianche.indexing.search.law_of_the_day import LawOfTheDay, law_of
from qianche.indexing.search.placing import Class
from qianche.indexing.segmentation import normalise
from qianche.indexing.store.protocol import Keys, KnowledgeStore, key_of

_TITLE = re.compile(r"《([^《》]+)》")
_ARTICLE = re.compile(r"第?([0-9]+|[〇零一二三四五六七八九十百千]+)条(之[一二三四五六七八九十])?")
"""Matches 36条, 第三十六条, 第一百三十四条之一 at the start of a text; must not match 第三章."""
_DAYS_REMEMBERED = 64
_SPACE = re.compile(r"[\s《》〈〉]+")


class Catalogue:
    """All records of one generation, read once each at first need."""

    def __init__(self, store: KnowledgeStore, generation: int) -> None:
        self._store = store
        self.generation = generation

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule, by title."""
        rules = [rule_from_payload(payload) for _, payload in self._store.iter_records(REGISTER)]
        return tuple(sorted(rules, key=lambda rule: rule.title))

    @cached_property
    def _rules_by_name(self) -> dict[str, list[Rule]]:
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            for name in dict.fromkeys(_names(rule)):
                found.setdefault(name, []).append(rule)
        return found

    @cached_property
    def _law(self) -> Callable[[date], LawOfTheDay]:
        """The law of a day; remembered for the days asked last."""
        return lru_cache(maxsize=_DAYS_REMEMBERED)(lambda day: law_of(self.rules, day))

    def law(self, day: date) -> LawOfTheDay:
        """Return which versions answer for a day."""
        return self._law(day)

    def named(self, query: str, day: date) -> frozenset[int]:
        """Return the record keys of what a query names outright, as it stood on a day.

        A query names a rule by beginning with its title, short title or number and ending there or going on with
        an article (安法36条: that article too), or by carrying its title in 《》. Where the text of that day is not
        held, the article of that number in the version that stands in for it is meant.
        """
        plain = _plain(query)
        found = {(rule, "") for title in _TITLE.findall(query) for rule in self._called(_plain(title))}
        for end in range(len(plain), 1, -1):
            if rules := self._called(plain[:end]):
                rest = plain[end:]
                article = _ARTICLE.match(rest)
                if not rest or article:
                    found |= {(rule, article[0] if article else "") for rule in rules}
                break
        keys = set()
        for rule, cited in found:
            version = applicable_version(rule, day)
            keys.add(key_of(version.version_id))
            if (number := _number(cited)) is not None:
                held = rule.stand_in(version) or version
                keys.add(key_of(f"{held.version_id}/{number.slug}"))
        return frozenset(keys)

    def _called(self, name: str) -> list[Rule]:
        return self._rules_by_name.get(name, [])

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        """Every case, by id."""
        return tuple(case_from_payload(payload) for _, payload in self._store.iter_records(CASES))

    @cached_property
    def _classes_by_id(self) -> dict[str, Class]:
        return {record_id: _class_of(payload) for record_id, payload in self._store.iter_records(RULES)}

    @property
    def _rule_record_ids(self) -> Iterable[str]:
        return self._classes_by_id.keys()

    @cached_property
    def classes(self) -> dict[int, Class]:
        """By key: the class of every record of rules that is no provision."""
        return {key_of(i): found for i, found in self._classes_by_id.items() if found != "provision"}

    @cached_property
    def _numbers(self) -> dict[str, tuple[ArticleNumber, ...]]:
        numbers: dict[str, list[ArticleNumber]] = {}
        for record_id in self._rule_record_ids:
            version_id, _, slug = record_id.partition("/")
            if slug:
                numbers.setdefault(version_id, []).append(ArticleNumber.from_slug(slug))
        return {version_id: tuple(sorted(found)) for version_id, found in numbers.items()}

    def article_numbers(self, version_id: str) -> tuple[ArticleNumber, ...]:
        """Return the numbers of the articles held of a version, in order."""
        return self._numbers.get(version_id, ())

    @cached_property
    def _digest_ids(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for record_id in self._rule_record_ids:
            version_id, colon, _ = record_id.partition(":")
            if colon:
                found.setdefault(version_id, []).append(record_id)
        return found

    def digest_ids(self, version_id: str) -> tuple[str, ...]:
        """Return the ids of the digests of a version that stand in for articles without text."""
        return tuple(self._digest_ids.get(version_id, ()))

    @property
    def article_count(self) -> int:
        """Number of articles held, over all versions."""
        return sum("/" in record_id for record_id in self._rule_record_ids)

    @cached_property
    def record_keys(self) -> dict[str, Keys]:
        """Keys of every case, and of every article and rule version."""
        ids: dict[str, Iterable[str]] = {
            CASES: (case.case_id for case in self.cases),
            RULES: self._rule_record_ids,
        }
        return {name: np.fromiter((key_of(i) for i in them), np.int64) for name, them in ids.items()}


def _class_of(payload: Mapping[str, Any]) -> Class:
    """What a record of rules is: an article or its digest, an item of judging criteria, or a version as such."""
    if "article_id" in payload:
        return "provision"
    digest = payload.get("digest")
    if digest is None:
        return "rule"
    return "criterion" if digest["major_hazard"] else "provision"


def _plain(text: str) -> str:
    """Titles and numbers in the form they are compared in: normalised, without blanks and brackets."""
    return _SPACE.sub("", normalise(text))


def _number(text: str) -> ArticleNumber | None:
    """The article number that a text matched by `_ARTICLE` gives; None for an empty or impossible one."""
    match = _ARTICLE.match(text)
    if match is None:
        return None
    main = int(match[1]) if match[1].isdecimal() else from_chinese(match[1])
    sub = from_chinese(match[2][1:]) if match[2] else 0
    return None if main is None or sub is None else ArticleNumber(main, sub)


def _names(rule: Rule) -> list[str]:
    """Everything a rule is called, in the form that is compared."""
    names = [*rule.short_titles]
    for version in rule.versions:
        names += [version.title, version.number or ""]
    return [plain for name in names if (plain := _plain(name))]


def _match(rule: Rule, wanted: str) -> int:
    """How well a rule's names fit: 0 exact, 1 begins with it, 2 contains it, 3 not at all."""
    plain = _names(rule)
    if wanted in plain:
        return 0
    if any(name.startswith(wanted) for name in plain):
        return 1
    return 2 if any(wanted in name for name in plain) else 3


def find_rules(
    rules: Iterable[Rule], text: str = "", sector: str | None = None, level: str | None = None
) -> tuple[Rule, ...]:
    """Return the rules that a title, short title or number names, best match first; without text all, by title.

    A sector keeps the rules of that sector and those of every trade (综合).
    """
    kept = [
        rule
        for rule in rules
        if (sector is None or sector in rule.sectors or ALL_SECTORS in rule.sectors)
        and (level is None or rule.versions[-1].level == level)
    ]
    wanted = _plain(text)
    if not wanted:
        return tuple(kept)
    scored = [(match, rule.title, rule) for rule in kept if (match := _match(rule, wanted)) < 3]
    return tuple(rule for _, _, rule in sorted(scored, key=lambda s: s[:2]))
