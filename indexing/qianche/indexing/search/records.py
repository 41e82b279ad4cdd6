"""Records behind hits, read from the store and kept while they are asked for often."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any

from qianche.corpus.casebook import case_from_payload
from qianche.corpus.cases import Case
from qianche.corpus.register import rule_from_payload
from qianche.corpus.rules import Article, Rule, RuleVersion
from qianche.corpus.statutes import article_from_payload
from qianche.indexing.documents import CASES, REGISTER, RULES
from qianche.indexing.passages import Part, article_parts, case_parts
from qianche.indexing.search.evidence import ReadablePart, readable
from qianche.indexing.store.protocol import KnowledgeStore

KEPT = 4096
"""Records kept in memory (a few KB each): all that is asked for in a day, far below a large base."""


@dataclass(frozen=True)
class CaseRecord:
    """A case with its parts prepared for marking."""

    case: Case

    @cached_property
    def parts(self) -> tuple[ReadablePart, ...]:
        """The pieces that can be quoted."""
        return tuple(readable(part) for part in case_parts(self.case))

    @cached_property
    def texts(self) -> tuple[ReadablePart, ...]:
        """Everything of the case where a word of the query may stand."""
        case = self.case
        place = " ".join(p for p in (case.place.province, case.place.city, case.place.county) if p)
        things = " ".join((*case.equipment, *case.substances, case.industry, case.sector, case.work_kind))
        names = " ".join((case.name, place, things))
        return (*self.parts, readable(Part("name", 1, names, 0, len(names))))


@dataclass(frozen=True)
class RuleRecord:
    """An article, or (article None) a version found by its title."""

    rule: Rule
    version: RuleVersion
    article: Article | None

    @cached_property
    def parts(self) -> tuple[ReadablePart, ...]:
        """The pieces that can be quoted: 款 and 项; of a version found by title, its title."""
        if self.article is None:
            title = self.version.title
            return (readable(Part("title", 1, title, 0, len(title))),)
        return tuple(readable(part) for part in article_parts(self.article))

    @cached_property
    def texts(self) -> tuple[ReadablePart, ...]:
        """Everything of the article where a word of the query may stand: text, path, titles."""
        path = [heading.text for heading in self.article.path] if self.article else []
        names = " ".join([self.version.title, *self.rule.short_titles, *path])
        return (*self.parts, readable(Part("title", 1, names, 0, len(names))))


class RecordReader:
    """Reads records of one store, as of a generation; thread-safe."""

    def __init__(self, store: KnowledgeStore) -> None:
        self._store = store
        self._kept: OrderedDict[tuple[int, str, str], Any] = OrderedDict()
        self._lock = Lock()

    def cases(self, generation: int, ids: Sequence[str]) -> list[CaseRecord | None]:
        """Return cases in the order asked, None for each that is not there."""
        return self._read(generation, CASES, ids, lambda p: CaseRecord(case_from_payload(p)))

    def rule(self, generation: int, rule_id: str) -> Rule | None:
        """Return a rule with all its versions."""
        found: Rule | None = self._read(generation, REGISTER, [rule_id], rule_from_payload)[0]
        return found

    def rule_records(self, generation: int, ids: Sequence[str]) -> list[RuleRecord | None]:
        """Return articles (`rule@date/number`) and versions (`rule@date`) in the order asked."""
        return self._read(generation, RULES, ids, lambda p: self._rule_record(generation, p))

    def _rule_record(self, generation: int, payload: dict[str, Any]) -> RuleRecord | None:
        version_id = payload["version_id"]
        rule = self.rule(generation, version_id.split("@")[0])
        version = next((v for v in rule.versions if v.version_id == version_id), None) if rule else None
        if rule is None or version is None:
            return None
        article = article_from_payload(payload) if "article_id" in payload else None
        return RuleRecord(rule, version, article)

    def _read(
        self, generation: int, collection: str, ids: Sequence[str], make: Callable[[dict[str, Any]], Any]
    ) -> list[Any]:
        """Records in the order asked; what is not kept is read in one round trip."""
        found: dict[str, Any] = {}
        with self._lock:
            for record_id in ids:
                key = (generation, collection, record_id)
                if key in self._kept:
                    self._kept.move_to_end(key)
                    found[record_id] = self._kept[key]
        wanted = [record_id for record_id in ids if record_id not in found]
        if wanted:
            payloads = self._store.get_records(collection, wanted)
            new = {i: make(p) for i, p in zip(wanted, payloads, strict=True) if p is not None}
            found |= new
            with self._lock:
                self._kept.update({(generation, collection, i): record for i, record in new.items()})
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
        return [found.get(record_id) for record_id in ids]
